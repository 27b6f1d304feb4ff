"""What a person may choose. Sentences a collections agent would say."""

from collections.abc import Sequence

from policies.call_choices import CALL_CHOICES
from policies.choice import Choice
from policies.insolvency_choices import INSOLVENCY_CHOICES
from policies.insurance_choices import INSURANCE_CHOICES
from policies.measure_choices import MEASURE_CHOICES
from policies.mediation_choices import MEDIATION_CHOICES
from policies.objection import OBJECTION_CHOICES
from policies.offer_choices import OFFER_CHOICES
from policies.office_choices import OFFICE_CHOICES
from policies.questions import QuestionKind
from policies.stages import Stage

_SEND: dict[Stage | None, str] = {
    Stage.UPCOMING: "Send the upcoming notice",
    Stage.COURTESY_REMINDER: "Send the courtesy reminder",
    Stage.SECOND_REMINDER: "Send the second reminder",
    Stage.FORMAL_NOTICE: "Send the formal notice",
    Stage.FOLLOW_UP_CALL: "Make the follow-up call",
    Stage.MEDIATION: "Propose mediation",
    Stage.AGENCY: "Hand the file to the collection agency",
    Stage.LEGAL: "Take the file to court",
}

_NOTE, _DATE = frozenset({"note"}), frozenset({"date"})
_SKIP = Choice("skip", "Skip this step", needs=_NOTE)
_STOP = Choice("stop", "Stop chasing until I say")
_WAIT_30 = Choice("wait_30", "Wait 30 days")
_WRITE_OFF = Choice("write_off", "Write it off", needs=_NOTE)
_WITHDRAW = Choice("withdraw", "Withdraw the claim", needs=_NOTE)
_ACTS = (
    Choice("acknowledgement", "The customer acknowledged the debt on the date below", needs=_DATE),
    Choice("court_act", "A court act was done on the date below", needs=_DATE),
    Choice("enforcement", "An act of enforcement was done on the date below", needs=_DATE),
    Choice("court_title", "A court gave an enforceable title on the date below", needs=_DATE),
    Choice("lawyer_notice", "A lawyer or bailiff gave formal notice on the date below", needs=_DATE),
    Choice("written_demand", "A written demand of payment was received on the date below", needs=_DATE),
)

_CHOICES: dict[QuestionKind, tuple[Choice, ...]] = (
    {
        QuestionKind.APPROVE: (Choice("wait_7", "Wait 7 days"), _WAIT_30, _SKIP, _STOP),
        QuestionKind.DAILY_REVIEW: (
            Choice("send_all", "Send all"),
            Choice("send_except", "Send all except these customers", needs=frozenset({"customers"})),
            Choice("none_today", "Send none today"),
        ),
        QuestionKind.CALL_OUTCOME: CALL_CHOICES,
        QuestionKind.EXHAUSTED: (_WRITE_OFF, _WITHDRAW, _WAIT_30),
        QuestionKind.HOLD_REVIEW: (
            Choice("resume", "Resume collecting"),
            Choice("keep_holding", "Keep holding until the date below", needs=_DATE),
            _WITHDRAW,
            _WRITE_OFF,
        ),
        QuestionKind.AMBIGUOUS: (
            Choice("arrived", "It arrived"),
            Choice("send_again", "It did not arrive, send it again"),
            _SKIP,
        ),
        QuestionKind.UNDELIVERABLE: (
            Choice("correct_email", "Send it to the address below", needs=frozenset({"email"})),
            _SKIP,
            _STOP,
        ),
        QuestionKind.LIMITATION: (*_ACTS, Choice("go_on", "I know, go on"), _WRITE_OFF),
        QuestionKind.TIME_BARRED: (
            _WRITE_OFF,
            _WITHDRAW,
            Choice("keep", "Keep it, send nothing any more"),
            *_ACTS,
        ),
        QuestionKind.OBJECTION: OBJECTION_CHOICES,
        QuestionKind.MEASURE: MEASURE_CHOICES,
    }
    | OFFICE_CHOICES
    | OFFER_CHOICES
    | INSURANCE_CHOICES
    | INSOLVENCY_CHOICES
    | MEDIATION_CHOICES
)
OFFERED = "offer_"
"""Codes of what a question itself offers: `offer_1`, `offer_2`…"""


def choices(kind: QuestionKind, stage: Stage | None, offers: Sequence[str] = ()) -> tuple[Choice, ...]:
    """The choices of a question, in the order a form lists them; approving comes first and names the stage's act.

    `offers` are sentences of the question's own, such as the invoices a bank line may pay: they come before the others. Of
    the ways to court the first is that of the draft, and approves it.
    """
    if kind is QuestionKind.APPROVE:
        first, *others = offers or (_SEND.get(stage, "Go ahead"),)
        ways = (Choice(f"{OFFERED}{place}", sentence) for place, sentence in enumerate(others, 2))
        return (Choice("send", first), *ways, *_CHOICES[kind])
    if offers:
        own = (Choice(f"{OFFERED}{place}", sentence) for place, sentence in enumerate(offers, 1))
        return (*own, *_CHOICES[kind])
    return _CHOICES[kind]
