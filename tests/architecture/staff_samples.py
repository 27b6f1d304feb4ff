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
F1 is insured with Coface: placing it with an agency needs the insurer's consent. Ask for it and record the answer (Consent of the insurer, or ./relance insurance consent), then come back.
F1, F2 are insured with Coface: going to court needs the insurer's consent. Ask for it and record the answer (Consent of the insurer, or ./relance insurance consent), then come back.
No written mandate of Agence Sud is recorded (CPCE R124-3): relance agency set “Agence Sud” mandate=…
Agence Sud takes files from 2000.00 EUR on; this one holds 1500.00 EUR.
There is no placement “12”: see relance placement list.
“12” fits several files: placement 12, C1-20260601-EUR (Dupont SARL); placement 13, C2-20260601-EUR (Martin SA). Say the number or the reference that fits one alone.
Placement C1-20260601-EUR is over.
“asleep” is no status; choose one of: received, contacted.
“soon” is not a day up to today; write it as YYYY-MM-DD.
The agreed fee, 20.00, is more than what was paid: say what it keeps.
Only 1000.00 EUR is open of this file: check what the customer paid, and say what of it is interest and flat sums.
C1-20260601-EUR: 400.00 EUR paid to the agency, which keeps 60.00
Mediation 3 is about it already: say what became of it first.
“soon” is no day to come; write it as YYYY-MM-DD.
Several may be proposed, say which: M. Lenoir; Médiation Conso.
The customer may answer until 2026-04-07 (policy fr-b2b, step mediation: 15 days to answer): wait until then, or say that it was refused.
Write the amount that is given up, less than the 3000.00 EUR asked for: 150.00.
mediation 1, answer by 7 Apr
agreement 4 waits for the credit insurer's consent
written down; it waits for the credit insurer's consent
the formal notice waits for the word of Coface, the credit insurer
C1 has no letter in the list; copy the number from it.
“weather” is no reason of a dispute; choose one of: price, other.
“much” is no amount in EUR; write it as 400.00.
Only 10.00 EUR is open of the invoice; leave it empty to dispute the whole.
Say what is accepted of the 400.00 EUR in dispute: more than nothing, and less than all of it.
Open are 10.00 EUR: a settlement is for less. For all of it, make a plan.
Name the last day on which it may come, written YYYY-MM-DD.
Say why less is enough: whoever decides reads it.
Say why: whoever decides reads it.
Name the new limit, such as 5000.00.
A limit is only named to lower it; leave it empty.
It would be lifted at once: nothing is overdue.
It would be lifted at once: 10.00 EUR is within the limit.
Say why it is lifted though what lifts it has not come about.
There is no measure 12. See ./relance measure list.
measure 12 proposed: Stop supply
measure 12: Stop supply
L12 was printed after 2026-03-04.
F1 is not among the open invoices shown; copy the numbers from the table.
F1 is not among the invoices shown; copy the numbers from the table.
Write invoice numbers with commas between them, or leave it empty for all.
Waiting for the answer in the daily review
Waiting for the answer with F1, same customer
written off: too small
the formal notice waits for newer bank data: it may have been paid, looked at again on 3 Dec
on hold (promise: on the telephone) until 3 Dec
on hold (dispute: wrong price) until its owner ends it
waits until 3 Dec
formal notice on 3 Dec, after the closed season
upcoming notice lapsed: It made sense until 2026-03-30 only.
second reminder passed over: a harder one left
No: collecting is switched off
Yes, up to and including 31 Dec 2029: 5 years from the due date, 31 Dec 2024
Yes, up to and including 31 Dec 2029
Yes: the formal notice, step 4 of 7
Yes: the second reminder, step 3 of 7, time 2 of at most 3
A person agreed on 3 Mar 2026
A person agreed on 3 Mar 2026 (alone above 5000.00 EUR)
Yes: known through 3 Mar 2026, and its age is not limited
Yes: known through 3 Mar 2026, at most 2 bank days ago
Yes: 1 of 3 contacts by email, sms in 7 days
Yes: 1 of 3 contacts by email, sms in 7 days; 0 of 1 contacts by call in 1 day
Yes: dispute (wrong price), until marie ends it
Yes: promise (on the telephone), until 3 Mar 2026
Yes: manual (a holiday); marie is asked whether it goes on
Yes: manual (a holiday), named until 3 Mar 2026; marie is asked whether it goes on
Yes: the formal notice stage of another invoice is open
Yes: the formal notice stage of another invoice is open until 3 Mar 2026
Not before 3 Mar 2026: 1 day after the due date, 2 Mar 2026
Not before 3 Mar 2026: 12 days after the due date, 19 Feb 2026; that is no sending day, so on 5 Mar 2026
Not before 3 Mar 2026: 3 days before the due date, 6 Mar 2026
Yes, since 3 Mar 2026: 12 days after the end of the month it was due in
Yes, since 3 Mar 2026: 12 days after the step before it
Yes, since 3 Mar 2026: 12 days after the day a new policy counts from
Not now: it leaves from 9 to 18 o'clock, Mon–Fri, not on public holidays, next on 3 Mar 2026
Not now: it leaves from 9 to 18 o'clock, Mon–Sat, not on public holidays, next on 3 Mar 2026
Yes: the formal notice waits for approval (6000.00 EUR overdue)
Yes: the formal notice waits for approval (6000.00 EUR overdue, above 5000.00 EUR)
No: every step is behind it, and a person says what becomes of it
No: every step is behind it; the customer last heard from us on 3 Mar 2026, and a person says what becomes of it
No: every step is behind it; the customer last heard from us on 3 Mar 2026, and from 5 Mar 2026 a person says what becomes of it
a manager or an administrator
a manager, the legal department or an administrator
an agent, a manager, the legal department or an administrator
dispute until released
promise until 3 Dec
promised 3 Dec
There is no customer “Dupond”.
Yes: 1250.00 EUR of 6 Mar 2026 from DUPONT (bank line 12), proposed for it; a person is asked
Yes: 1250.00 EUR of 6 Mar 2026 (bank line 12), whose amount or name could settle it; it waits until that is matched or set aside
Yes: 1250.00 EUR of 6 Mar 2026 (bank line 12), proposed for it; a person is asked
Yes: 1250.00 EUR of 6 Mar 2026 from DUPONT (bank line 12), whose amount or name could settle it; a person is asked
Yes: 12.00 EUR of credit note A7 of 6 Mar 2026, which is set against no invoice; a person is asked
F1 has no invoice 12.
Not before 3 Mar 2026: somebody was spoken to on 28 Feb 2026, 7 days without a call
Not before 3 Mar 2026: 1 contact by email in 7 days is all that is allowed
Not before 3 Mar 2026: 3 contacts by email, sms in 7 days is all that is allowed
Not before 3 Mar 2026: the due date, 3 Mar 2026
The customer cannot be reached by email.
The payments come to 500.00 EUR, open are 600.00 EUR: a plan pays all of it. For less, make a settlement.
There is no invoice “F9”.
""".splitlines()
