"""Sentences that laws and the memory put together of parts, one of each kind, as staff read them in English."""

COMPOSED = """\
31 Mar 2029, the last day it can be brought to court: 5 years from the due date, 31 Mar 2024
31 Mar 2029, after which the debt no longer exists: 1 year as agreed from 1 Jan 2028, after the year of the claim
31 Mar 2029, the last day it can be brought to court: 2 years as agreed from the end of 2027, the year it fell due
31 Mar 2029, the last day it can be brought to court: 1 year from the part payment of 31 Mar 2028
31 Dec 2029, the last day it can be brought to court: 3 years from 1 Jan 2027, after the court act of 3 May 2026
The acknowledgement by the customer of 3 May 2025 changes nothing: this law does not count it, or the period runs longer anyway.
The act of enforcement of 3 May 2025 stops the clock for a time that is not known here; the true last day is later, ask counsel.
The written demand of payment of 3 May 2025 came after the claim had died; no new life is assumed, ask counsel.
A new period starts with: part payment, enforceable title. The clock stands still for: formal notice by a lawyer or bailiff. No letter of ours does, not even registered.
A new period starts with: part payment.
A new period starts with: part payment. No letter of ours does, not even registered.
A new period starts with: part payment. The clock stands still for: court act.
No act is known that would give it a new period.
No act is known that would give it a new period. The clock stands still for: court act.
""".splitlines()
