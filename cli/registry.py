"""The commands a person can type. A new one is a line here; its module is imported only when it is called."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Entry:
    """Where a command lives: a function, or a `typer.Typer` for a group such as `case list`."""

    module: str
    attribute: str
    help: str
    passes_on: bool = False
    """Unknown options are the command's own business (`test` hands them to pytest)."""


COMMANDS: dict[str, Entry] = {
    "demo": Entry("cli.demo", "demo", "Collect sixty invoices over 120 days, in about four minutes."),
    "up": Entry("cli.up", "up", "Start everything, watch it, stop it together with Ctrl-C."),
    "link": Entry("cli.upkeep", "link", "A new link to sign in to the running UI."),
    "user": Entry("cli.people", "app", "Accounts: add, list, set, disable, link, token; what was refused."),
    "status": Entry("cli.standing", "status", "How things stand: cases, questions, doubts, imports."),
    "import": Entry("cli.import_files", "app", "Read invoices, payments and customers from files."),
    "aging": Entry("cli.aging_report", "aging", "Open amounts by days past the due date."),
    "report": Entry(
        "cli.report", "report", "The week, why customers pay late, who is above its limit, what may be lost."
    ),
    "customer": Entry("cli.customers", "app", "Customers: what one owes, how it pays; segments."),
    "unmatched": Entry(
        "cli.matching", "unmatched", "Bank lines whose invoice is not known: why, and what they may be for."
    ),
    "match": Entry("cli.matching", "match", "Proposed matches; book a bank line by hand, undo, refuse, set aside."),
    "credit": Entry("cli.credit_notes", "credit", "Set a credit note against invoices, or leave it aside."),
    "insurance": Entry("cli.insurance", "app", "Credit insurance: policies, cover, what the insurer says, claims."),
    "disputes": Entry("cli.disputes", "app", "Disputed invoices: list, show, open, decide, document, stats."),
    "court": Entry("cli.court", "app", "Files before a court: list, show, file, event."),
    "insolvency": Entry("cli.insolvency", "app", "Insolvent customers: open, change, close, list, show, claim, match."),
    "stay": Entry("cli.stays", "app", "Customers left alone for a time (death, over-indebtedness, complaint)."),
    "mediation": Entry(
        "cli.mediation", "app", "Mediations: list, propose, outcome; the mediators that may be proposed."
    ),
    "write-off": Entry("cli.write_offs", "app", "What is given up: propose, list, show, add-proof, reverse; its VAT."),
    "case": Entry("cli.cases", "app", "Cases: list, show, explain, act, hold, release, skip."),
    "deadlines": Entry("cli.deadlines", "deadlines", "Days after which something is lost, each with its article."),
    "inbox": Entry("cli.inbox_answers", "inbox", "Everything that waits for a person."),
    "calls": Entry("cli.calls", "calls", "Whom to call, the call worth most first, and what to say."),
    "log-call": Entry("cli.calls", "log_call", "Write down a call, yours or the customer's."),
    "answer": Entry("cli.inbox_answers", "answer", "Answer a question."),
    "agreement": Entry("cli.agreements", "app", "Promises, payment plans, settlements, set-offs: agree, show, cancel."),
    "measure": Entry("cli.measures", "app", "Stop supply, prepayment only, a lower limit: propose, list, show, lift."),
    "question": Entry("cli.question_moves", "app", "Give a question to somebody else; how long they wait for us."),
    "agency": Entry("cli.agencies", "app", "Collection agencies: list, set, choose, preview, compare."),
    "placement": Entry("cli.placements", "app", "Files with an agency: list, show, status, paid, recall, import."),
    "policy": Entry("cli.policy", "app", "Ladders: list, show, check, assign, pin, migrate, exceptions."),
    "interest": Entry("cli.interest", "interest", "What may be claimed for a late debt, line by line."),
    "terms": Entry("cli.terms", "app", "What customers agreed to: add, list, withdraw."),
    "rates": Entry("cli.rates", "app", "Reference rates: list, set."),
    "template": Entry("cli.templates", "app", "The words of messages: preview, check."),
    "outbox": Entry("cli.outbox", "app", "Messages as they were written: list, show, export."),
    "incoming": Entry("cli.incoming", "app", "What came back: list, show, read, assign, done, export."),
    "evidence": Entry(
        "cli.evidence", "evidence", "What proves a case, in one file: letters, journals, seals, an index."
    ),
    "verify": Entry(
        "cli.verify", "verify", "Check a file of evidence, offline; names the first thing that was altered."
    ),
    "seal": Entry("cli.seals", "app", "The daily seals: list, show, check."),
    "live": Entry("cli.going_live", "app", "Send to debtors (on), or to the local sink only (off)."),
    "letters": Entry(
        "cli.letters", "app", "Letters to print and post, and what became of them: list, posted, outcome."
    ),
    "collecting": Entry("cli.switches", "collecting", "Collect (on), or let every case rest (off)."),
    "creditor": Entry("cli.creditor", "app", "The company that is owed: show, set."),
    "reconcile": Entry("cli.standing", "reconcile", "Make sure every open case has exactly one live run."),
    "migrate": Entry("cli.upkeep", "migrate", "Bring the tables to the version of this program."),
    "doctor": Entry(
        "cli.doctor", "doctor", "Check database, Prefect, SMTP, mailbox, Twilio, clock, disk and versions."
    ),
    "bench": Entry("cli.bench_command", "bench", "Measure: wakeups, opening, idle, faults."),
    "test": Entry("cli.test_command", "test", "Run every test; further words go to pytest.", passes_on=True),
}
"""In the order of the help text."""
