"""Which consequences a choice has where the question is about no single case."""

from policies.consequences import (
    AllocateCredits,
    Approve,
    AskAboutLineLater,
    BankComplete,
    DataChecked,
    LeaveCreditsAside,
    LettersPosted,
    RefuseReadings,
    ReplacePolicy,
)
from policies.follows import Rule, always, with_reason
from policies.questions import QuestionKind

_Q = QuestionKind
OFFICE_RULES: dict[tuple[QuestionKind, str], Rule] = {
    (_Q.BANK_DATA, "complete"): lambda given, as_of: (BankComplete(given.on or as_of),),
    (_Q.BANK_DATA, "later"): always(),
    (_Q.MIGRATION, "move"): always(ReplacePolicy()),
    (_Q.MIGRATION, "discard"): always(),
    (_Q.CREDIT, "oldest"): always(AllocateCredits()),
    (_Q.CREDIT, "aside"): with_reason(LeaveCreditsAside),
    (_Q.CREDIT, "later"): always(),
    (_Q.DATA_REVIEW, "right"): always(DataChecked()),
    (_Q.DATA_REVIEW, "correct_email"): lambda given, as_of: (DataChecked(given.email),),
    (_Q.DATA_REVIEW, "later"): always(),
    (_Q.LETTERS, "posted"): lambda given, as_of: (LettersPosted(given.on or as_of),),
    (_Q.LETTERS, "posted_but"): lambda given, as_of: (LettersPosted(given.on or as_of, given.customers),),
    (_Q.LETTERS, "later"): always(),
    (_Q.RESEND, "send"): always(Approve()),
    (_Q.RESEND, "no"): always(),
    (_Q.MATCH, "none"): with_reason(RefuseReadings),
    (_Q.MATCH, "wait_2"): always(AskAboutLineLater(2)),
}
