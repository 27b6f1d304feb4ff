"""The classes of advisory locks, in one place so that no two meanings share a number."""

MIGRATION = 7_265_001
"""Migrations run one process at a time."""
DEBTOR = 7_265_002
"""One run at a time prepares a message or a question to a debtor."""
DISPATCHER = 7_265_003
"""Held by a dispatcher for as long as it lives; the second number is its own."""
PRINT = 7_265_009
"""One process at a time lays out the print folder."""
IMPORT = 7_265_004
"""One import at a time per creditor."""
