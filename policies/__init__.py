"""THE LAW: what may be done about an overdue invoice, when, and why.

Pure functions over frozen facts. Standard library only: no clock, no environment, no logging, no randomness.
The date is always an argument; amounts are integer minor units with a currency; every decision carries its reason.
"""
