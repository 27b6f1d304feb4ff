"""Dated stories on the real stack: every message expected is listed, and nothing more may leave."""
