"""Who may run which command at the terminal: the same people who may do the same thing at the desk.

What is not listed is for administrators. Whoever acts there acts as the holder of a token, or as the first admin.
"""

from collections.abc import Mapping

from policies import write_off_commands
from policies.act_roles import ACT_ROLES, LEGAL, STEERING, WITH_LEGAL
from policies.placement_commands import AGENCY_SETTINGS, PLACEMENT_ACTS
from policies.reading_commands import READING
from policies.staff import Role

ADMINS = frozenset({Role.ADMIN})
EVERYBODY = frozenset(Role)

AS_AT_THE_DESK: Mapping[str, str] = {
    "agreement plan": "payment-plan",
    "agreement promise": "promise",
    "agreement settle": "settlement",
    "agreement set-off": "set-off",
    "agreement goods-back": "dispute",
    "agreement cancel": "cancel-agreement",
    "case act": "limitation-act",
    "case hold": "hold",
    "case release": "release",
    "case send-copy": "resend-invoice",
    "court event": "court-event",
    "court file": "court-file",
    "customer object": "object",
    "customer write": "write-to-customer",
    "disputes open": "dispute",
    "import invoices": "import-invoices",
    "import payments": "import-payments",
    "import customers": "import-invoices",
    "insolvency open": "insolvency",
    "insolvency change": "insolvency",
    "insolvency match": "insolvency",
    "insolvency close": "insolvency-close",
    "stay open": "stay",
    "mediation propose": "mediation",
    "insurance cover": "insurance-cover",
    "insurance consent": "insurer-consent",
    "letters posted": "letter-posted",
    "letters outcome": "letter-outcome",
    "letters import": "letter-outcome",
    "log-call": "log-call",
    **PLACEMENT_ACTS,
    "measure propose": "measure",
    "measure lift": "lift-measure",
    "question give": "delegate",
    **write_off_commands.AS_AT_THE_DESK,
}
"""Commands that do what an act of the desk does."""
OF_THE_TERMINAL: Mapping[str, frozenset[Role]] = {
    **AGENCY_SETTINGS,
    "case skip": WITH_LEGAL,
    "collecting off": STEERING,
    "collecting on": STEERING,
    "credit": WITH_LEGAL,
    "creditor close-account": STEERING,
    "creditor set": STEERING,
    "customer erase": ADMINS,
    "customer segment": STEERING,
    "customer set": WITH_LEGAL,
    "disputes document": WITH_LEGAL,
    "evidence": LEGAL,
    "incoming assign": WITH_LEGAL,
    "insolvency claim": LEGAL,
    "incoming done": WITH_LEGAL,
    "incoming read": WITH_LEGAL,
    "link": ADMINS,
    "insurance set": STEERING,
    "insurance claim": WITH_LEGAL,
    "insurance filed": LEGAL,
    "insurance indemnity": STEERING,
    "insurance declined": STEERING,
    "live off": STEERING,
    "live on": STEERING,
    "match": WITH_LEGAL,
    "mediation forget": STEERING,
    "mediation name": STEERING,
    "outbox resend": WITH_LEGAL,
    "outbox settle": WITH_LEGAL,
    "policy assign": STEERING,
    "policy migrate": STEERING,
    "policy pin": STEERING,
    "rates set": LEGAL,
    "reconcile": STEERING,
    **dict.fromkeys(("terms add", "terms withdraw"), WITH_LEGAL),
    **write_off_commands.OF_THE_TERMINAL,
    **dict.fromkeys(("user add", "user disable", "user enable", "user link", "user set"), ADMINS),
}
"""Commands that change something and have no form at the desk."""
JUDGED_INSIDE = frozenset({"answer", "disputes decide", "mediation outcome", "user token", "user revoke"})
"""Choice by choice, or by whose token it is."""
ALSO_LOOKS = frozenset({"write-off add-proof", "disputes document", "match", "policy migrate"})
"""Commands that change something in one form, and only look in another: judged when they act."""


def roles_of(command: str) -> frozenset[Role]:
    """The roles that may run a command (as it is typed, without `relance`)."""
    if command in READING or command in JUDGED_INSIDE:
        return EVERYBODY
    if (act := AS_AT_THE_DESK.get(command)) is not None:
        return ACT_ROLES[act]
    return OF_THE_TERMINAL.get(command, ADMINS)


def may_run(command: str, role: Role) -> str:
    """Why somebody of this role may not run the command, as a sentence; empty where they may.

    >>> may_run("live on", Role.AGENT)
    'As agent you may not do this; it is for: manager, admin. Nothing was done.'
    """
    allowed = roles_of(command)
    if role in allowed:
        return ""
    names = ", ".join(one.value for one in Role if one in allowed)
    return f"As {role.value} you may not do this; it is for: {names}. Nothing was done."
