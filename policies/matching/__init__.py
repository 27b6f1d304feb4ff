"""Matching: which invoices a bank line pays, how sure that is, and why. Booked when sure, asked when likely."""
