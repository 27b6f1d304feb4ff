"""What a customer wrote, as whoever answers reads it."""

from dataclasses import replace
from datetime import UTC, date, datetime

from policies.choices import choices
from policies.incoming import IncomingKind
from policies.questions import QuestionKind
from storage.unread_replies import OwedInvoice, RepliesToRead, Reply
from tasks.reason_follows import reply_follows
from tasks.reply_words import about_replies

REPLY = Reply(
    7, "email", IncomingKind.REPLY, "a person wrote it", "compta@dupont.example", "Re: Relance", "Bonjour,\n\nmerci.",
    datetime(2026, 3, 6, 19, 12, tzinfo=UTC), "second_reminder", "Facture FA-1", datetime(2026, 3, 6, 9, tzinfo=UTC),
)  # fmt: skip
FOUND = RepliesToRead(
    creditor=1, customer=2, number="C1", name="Dupont | fils", owner="marie", zone="Europe/Paris",
    today=date(2026, 3, 9), replies=(REPLY,),
    invoices=(
        OwedInvoice(1, "FA-1", date(2026, 2, 1), "EUR", 100_00, stored=True, in_question=True),
        OwedInvoice(2, "FA-2", date(2026, 3, 15), "GBP", 7_00, stored=False, in_question=False),
    ),
)  # fmt: skip
SHOWN = """\
### What does the customer say?

**Dupont \\| fils** (C1) wrote to us. Nothing leaves to this customer until somebody has chosen below.

**E-mail of compta@dupont.example**, 6 March 2026, 20:12, “Re: Relance”. It answers our second reminder of 6 March 2026, “Facture FA-1”.

> Bonjour,~
> ~
> merci.~

| Invoice | Due | Days late | Open | In question |
|---|---|---:|---:|---|
| FA-1 | 1 February 2026 | 36 | 100,00 € | yes |
| FA-2 | 15 March 2026 | 0 | 7,00 £GB |  |

**What each answer does**
""".replace("~", "  ")  # a line ends where its author ended it


def test_the_question_is_read_from_top_to_bottom() -> None:
    said = about_replies(FOUND)
    assert said.title == "Reply · Dupont | fils · 100,00 €"
    assert said.description.startswith(SHOWN)


def test_a_long_message_and_many_invoices_are_cut_and_say_so() -> None:
    many = tuple(replace(FOUND.invoices[0], case=n, number=f"FA-{n}") for n in range(60))
    said = about_replies(replace(FOUND, replies=(replace(REPLY, text="x\n" * 500),), invoices=many)).description
    assert "The message goes on; it is kept whole." in said
    assert "20 more are open: `./relance customer show C1`." in said
    assert len(said) < 10_000


def test_of_many_messages_the_latest_are_shown_and_the_rest_is_told() -> None:
    many = tuple(replace(REPLY, id=n, text=f"message {n}.") for n in range(400))
    said = about_replies(replace(FOUND, replies=many)).description
    assert "390 earlier messages are not shown here" in said
    assert ("message 389." in said, "message 390." in said, "message 399." in said) == (False, True, True)


def test_without_words_or_invoices_it_says_so() -> None:
    silent = replace(REPLY, text=" \n", sender="", subject="", our_day=None)
    said = about_replies(replace(FOUND, replies=(silent,), invoices=())).description
    assert "**E-mail of an unknown sender**, 6 March 2026, 20:12." in said
    assert "> (without words)" in said
    assert "No invoice of this customer is being collected" in said


def test_every_choice_says_what_it_does() -> None:
    assert set(reply_follows()) == {one.code for one in choices(QuestionKind.REPLY, None)}
    assert [code for code, words in reply_follows().items() if not words.endswith(".")] == []
