"""The notice that bank data is too old, in words for the team."""

from collections.abc import Sequence

from policies.questions import QuestionKind
from storage.bank_positions import Account
from storage.question_subject import Wording
from tasks.answer_words import what_each_answer_does
from tasks.staff_text import day, say
from tasks.staff_words import cell


def stale_bank_text(accounts: Sequence[Account], cases: int) -> Wording:
    """Which accounts are behind, how many cases wait, and what lets them go on."""
    waiting = say("1 case waits") if cases == 1 else say("{count} cases wait", count=cases)
    oldest = max((one.age for one in accounts), default=0)
    title = say("Bank data {age} old · {waiting}", age=_days(oldest), waiting=waiting)
    intro = say(
        "**{waiting}**: customers may have paid since the last bank file, and nobody is chased who has. "
        "Import a newer file (`./relance import payments FILE`), and everything goes on by itself.",
        waiting=waiting,
    )
    rows = [say("| Account | Known through | Age |"), "|---|---|---|"]
    rows += [f"| {cell(named(one))} | {day(one.through)} | {_days(one.age)} |" for one in accounts]
    closed = say(
        "An account that is no longer used is taken out with `./relance creditor close-account ACCOUNT --why …`, "
        "files without a number with `--unnamed` instead of ACCOUNT."
    )
    follows = what_each_answer_does(QuestionKind.BANK_DATA, None)
    return Wording(title, "\n\n".join((f"### {title}", intro, "\n".join(rows), closed, follows)), waiting)


def named(account: Account) -> str:
    """The account's number; files that name none are one account."""
    return account.account or say("files without an account number")


def _days(number: int) -> str:
    return say("1 bank day") if number == 1 else say("{count} bank days", count=number)
