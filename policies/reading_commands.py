"""Commands of the terminal that change nothing: everybody may run them."""

from policies import write_off_commands

READING = frozenset(
    {
        "agency compare", "agency list", "agency preview", "placement list", "placement show",
        "aging", "agreement show", "calls", "case explain", "case list", "case show", "court list", "court show", "creditor show",
        "customer show", "customer statement", "deadlines", "disputes list", "disputes show", "disputes stats", "import map", "inbox",
        "incoming export", "incoming list", "incoming show", "insolvency list", "insolvency show", "insurance claim-file", "insurance claims", "insurance list", "insurance show",
        "interest", "letters list", "measure list", "measure show", "mediation list", "mediation mediators", "outbox export",
        "outbox list", "outbox show", "policy check", "policy exceptions", "policy list", "policy plan", "policy replay",
        "policy rules", "policy show", "policy test", "question waiting", "rates list", "report", "status", "stay list",
        "template check", "template preview", "terms list", "unmatched", "user list", "user refusals", "user tokens", *write_off_commands.READING,
        "seal check", "seal list", "seal show", "verify",
    }
)  # fmt: skip
"""Commands that only look."""
