"""A company's own templates: used where they are right, told by file and line where they are wrong, never passed over."""

from pathlib import Path

import pytest

from policies.facts import DebtorKind
from policies.message import CreditorFacts
from policies.stages import Channel, Stage
from tasks.render import render
from tasks.template_check import wrong_own_templates
from tasks.template_source import TEMPLATES, BadTemplate
from tasks.write import CannotWrite, write
from tests.tasks.letters import CREDITOR, Words, facts, upcoming

UPCOMING = "common/upcoming/any/en/body.txt"


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of a company's own templates."""
    monkeypatch.setenv("RELANCE_HOME", str(tmp_path))
    return tmp_path / "templates"


def put(own: Path, name: str, text: str | bytes) -> Path:
    path = own / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def changed(name: str, old: str, new: str) -> str:
    text = (TEMPLATES / name).read_text(encoding="utf-8")
    assert old in text
    return text.replace(old, new)


def test_one_file_of_the_company_s_own_takes_the_place_of_the_shipped_one_and_the_others_stay(own: Path) -> None:
    shipped = render(upcoming("en"))
    put(own, UPCOMING, changed(UPCOMING, "Kind regards", "With our best wishes from Lyon"))
    rendered = render(upcoming("en"))
    assert rendered.text == shipped.text.replace("Kind regards", "With our best wishes from Lyon")
    assert (rendered.subject, rendered.sms) == (shipped.subject, shipped.sms)
    assert "With our best wishes from Lyon" in rendered.html


def test_a_change_counts_from_the_next_message_on_and_a_file_removed_gives_the_shipped_words_back(own: Path) -> None:
    shipped = render(upcoming("en")).text
    path = put(own, UPCOMING, changed(UPCOMING, "Kind regards", "Warm regards"))
    assert "Warm regards" in render(upcoming("en")).text
    put(own, UPCOMING, changed(UPCOMING, "Kind regards", "Sunny regards"))
    assert "Sunny regards" in render(upcoming("en")).text
    path.unlink()
    assert render(upcoming("en")).text == shipped


def test_a_part_of_the_company_s_own_goes_into_every_message_of_its_language(own: Path) -> None:
    put(
        own,
        "_base/fr/contact.txt",
        "Écrivez à {{ facts.agent_email or creditor.reply_to or creditor.email }}, nous répondons vite.\n",
    )
    assert "nous répondons vite" in render(upcoming("fr")).text
    assert "nous répondons vite" in render(facts(Stage.FORMAL_NOTICE, "fr")).text
    assert wrong_own_templates() == (1, [])


def test_a_company_may_write_to_private_persons_in_words_of_their_own(own: Path) -> None:
    for part in ("subject", "body", "sms"):
        put(
            own,
            f"common/upcoming/consumer/en/{part}.txt",
            (TEMPLATES / f"common/upcoming/any/en/{part}.txt").read_bytes(),
        )
    put(own, "common/upcoming/consumer/en/body.txt", changed(UPCOMING, "Kind regards", "See you soon"))
    assert "See you soon" in render(upcoming("en", debtor=DebtorKind.CONSUMER)).text
    assert "See you soon" not in render(upcoming("en")).text
    assert wrong_own_templates() == (3, [])


@pytest.mark.parametrize(
    ("text", "line", "why"),
    [
        ("Hello\n{{ creditor.nme }}", 2, "has no attribute 'nme'"),
        ("Hello\n\n{% if facts.credit %}{{ balance }}{% endif %}", 3, "Nothing is called “balance”"),
        ("{% if one %}\nHello", 2, "Unexpected end of template"),
        ("Hello\n{% for %}", 2, "Expected an expression"),
        ("{{ amount(facts.demanded * 2) }}", 1, "does not compute"),
        ("{{ ''.__class__.__mro__ }}", 1, "unsafe"),
        ("Hi\n{{ facts.customer_name.center(999999999) }}", 2, "not safely callable"),
        ("{{ creditor.name | replace('A', 'B') }}", 1, "No filter named 'replace'"),
        ("{% macro again() %}{{ again() }}{% endmacro %}{{ again() }}", 1, "no macro"),
        ("{% import 'x.txt' as x %}", 1, "imports nothing"),
        ("\n{% for a in lines %}{% for b in lines %}{% for c in lines %}{% endfor %}{% endfor %}{% endfor %}", 2, "2 deep"),
        ("{% for a in lines %}{% include partials ~ '/pay.txt' %}{% endfor %}", 1, "not included within a loop"),
        ("{% for n in range(999999999) %}{{ n }}{% endfor %}", 1, "Nothing is called “range”"),
    ],
)  # fmt: skip
def test_a_template_that_cannot_be_used_is_told_with_its_file_line_and_reason(
    own: Path, text: str, line: int, why: str
) -> None:
    path = put(own, UPCOMING, text)
    count, wrong = wrong_own_templates()
    assert count == 1
    assert [sentence for sentence in wrong if sentence.startswith(f"{path}:{line}: ") and why in sentence] != [], wrong


@pytest.mark.parametrize(
    ("name", "text", "why"),
    [
        (UPCOMING, b"Caf\xe9", "is not UTF-8"),
        (UPCOMING, "a\x01b", "control character U+0001"),
        (UPCOMING, "x" * 30_001, "30001 bytes, more than 30000"),
        ("_base/en/lines.txt", "{{ lines }}", "stay as shipped"),
        (UPCOMING, "{% include '../../secrets.txt' %}", "no such template"),
        (UPCOMING, "{% include '/etc/passwd' %}", "no such template"),
        (UPCOMING, f"{{% include '{UPCOMING}' %}}", "more than 200 parts"),
    ],
)
def test_a_file_that_holds_something_else_than_words_is_refused(
    own: Path, name: str, text: str | bytes, why: str
) -> None:
    put(own, name, text)
    _, wrong = wrong_own_templates()
    assert any(why in sentence for sentence in wrong), wrong
    with pytest.raises(BadTemplate):
        render(upcoming("en"))


def test_a_link_that_leads_elsewhere_is_refused(own: Path, tmp_path: Path) -> None:
    secret = put(tmp_path, "secret.txt", "The password")
    (own / UPCOMING).parent.mkdir(parents=True)
    (own / UPCOMING).symlink_to(secret)
    with pytest.raises(BadTemplate, match="lies outside"):
        render(upcoming("en"))
    secret.unlink()
    with pytest.raises(BadTemplate, match="cannot be read"):
        render(upcoming("en"))


def test_a_file_nothing_reads_is_told_since_its_words_would_never_be_sent(own: Path) -> None:
    path = put(own, "common/upcomming/any/en/body.txt", "Hello")
    other = put(own, "_base/en/foter.txt", "Hello")
    assert wrong_own_templates() == (2, [
        f"{other}: Nothing reads it: name it as one of the shipped ones (_base/fr/footer.txt).",
        f"{path}: Nothing reads it: name it as one of the shipped ones (common/upcoming/any/fr/body.txt).",
    ])  # fmt: skip


@pytest.mark.parametrize(
    ("part", "what"),
    [
        ("pay.txt", "how to pay"),
        ("talk.txt", "whom to talk to"),
        ("position.txt", "the day of the bank data"),
        ("crossed.txt", "what to do if it is paid already"),
        ("lines.txt", "of each invoice its number"),
        ("footer.txt", "the company's mentions"),
    ],
)
def test_a_message_that_lacks_what_it_must_hold_is_not_written(own: Path, part: str, what: str) -> None:
    put(own, UPCOMING, changed(UPCOMING, f'{{% include partials ~ "/{part}" %}}', ""))
    with pytest.raises(BadTemplate, match=rf"common/upcoming/any/en/body\.txt.*It does not say {what}"):
        render(upcoming("en"))


def test_a_french_notice_to_a_private_person_without_its_mediator_or_its_article_is_not_written(own: Path) -> None:
    name = "fr/formal_notice/consumer/en/body.txt"
    notice = Words("FR", "formal_notice", DebtorKind.CONSUMER, "en").facts()
    put(own, name, changed(name, "{{ mediator() }}", "ask us"))
    with pytest.raises(BadTemplate, match="It does not say the mediator for consumers"):
        render(notice)
    put(own, name, changed(name, "article L. 111-8 of", "an article of"))
    with pytest.raises(BadTemplate, match="It does not name 111-8, which its law wants"):
        render(notice)


def test_a_notice_that_hides_how_the_interest_it_claims_was_computed_is_not_written(own: Path) -> None:
    from tests.tasks.test_accessories_in_words import CLAIM

    put(own, "_base/en/accessories.txt", "Interest and fixed sum: {{ amount(claimed.total_with - facts.demanded) }}\n")
    with pytest.raises(BadTemplate, match="It does not say the interest and flat sums claimed, with their calculation"):
        render(Words("FR", "formal_notice", DebtorKind.BUSINESS, "en").facts(accessories=CLAIM))


@pytest.mark.parametrize(
    ("name", "old", "new", "word", "line"),
    [
        (UPCOMING, "Kind regards", "Your un\u00adpaid account", "un\u00adpaid", 22),
        ("common/upcoming/any/fr/body.txt", "Bien cordialement", "Sans retards", "retards", 22),
        ("common/courtesy_reminder/any/fr/body.txt", "Bien cordialement", "Facture IMPAYÉE", "IMPAYÉE", 25),
        ("common/courtesy_reminder/any/de/body.txt", "Freundliche Grüße", "Letzte Zahlungsmahnung", "Zahlungsmahnung", 25),
        ("common/courtesy_reminder/any/es/body.txt", "Un cordial saludo", "Facturas impagadas", "impagadas", 25),
        ("common/courtesy_reminder/any/it/body.txt", "Cordiali saluti", "La fattura è insoluta", "insoluta", 25),
        ("common/courtesy_reminder/any/nl/body.txt", "Met vriendelijke groeten", "Laatste aanmaning", "aanmaning", 25),
        ("common/courtesy_reminder/any/pt/body.txt", "Com os melhores", "Cobrança judicial. Com os", "Cobrança", 25),
        ("common/upcoming/any/de/sms.txt", "Schon eingeplant", "Nicht verspätet", "verspätet", 1),
        ("common/upcoming/any/fr/subject.txt", "échéances à venir", "mise\n en demeure", "mise en demeure", 4),
    ],
)  # fmt: skip
def test_a_harsh_word_in_a_first_message_is_told_with_file_and_line_however_it_is_inflected(
    own: Path, name: str, old: str, new: str, word: str, line: int
) -> None:
    path = put(own, name, changed(name, old, new))
    _, wrong = wrong_own_templates()
    assert f"{path}:{line}: It says “{word}”: a first message cannot be mistaken for collection." in wrong


def test_a_harsh_word_put_together_from_pieces_is_found_in_the_message_itself(own: Path) -> None:
    put(own, UPCOMING, changed(UPCOMING, "Kind regards", '{{ "un" ~ "paid" }}'))
    with pytest.raises(BadTemplate, match="It says “unpaid”"):
        render(upcoming("en"))


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "your invoice is not yet paid"), ("fr", "facture non encore réglée"), ("de", "noch nicht bezahlt"),
        ("es", "factura impagada"), ("it", "fattura non pagata"), ("nl", "onbetaalde factuur"), ("pt", "fatura não paga"),
    ],
)  # fmt: skip
def test_a_short_message_never_says_unpaid_in_any_language(own: Path, language: str, words: str) -> None:
    put(own, f"common/courtesy_reminder/any/{language}/sms.txt", "{{ creditor.name }}: " + words)
    _, wrong = wrong_own_templates()
    assert any("a telephone is read over shoulders" in sentence for sentence in wrong), wrong


def test_a_short_message_names_an_amount_to_a_company_only(own: Path) -> None:
    put(
        own,
        "common/upcoming/any/en/sms.txt",
        "{{ creditor.name }}: {{ sms_amount(facts.total_open) }} on {{ day(oldest) }}",
    )
    assert "1250.00 EUR" in render(upcoming("en")).sms
    with pytest.raises(BadTemplate, match=r"names an amount \(“0\.00”\)|names an amount"):
        render(upcoming("en", debtor=DebtorKind.CONSUMER))


def test_a_company_called_by_a_harsh_word_may_still_be_written_for(own: Path) -> None:
    put(own, UPCOMING, changed(UPCOMING, "Kind regards", "Warm regards"))
    creditor = CreditorFacts("Recovery Court Ltd", CREDITOR.email, CREDITOR.reply_to)
    assert "Warm regards" in render(upcoming("en", creditor=creditor)).text


def test_a_broken_template_stops_its_message_in_a_sentence_and_nothing_is_sent_in_its_place(own: Path) -> None:
    path = put(own, UPCOMING, "Dear {{ customer }}")
    with pytest.raises(CannotWrite) as told:
        write(upcoming("en"), Channel.EMAIL, "a@b.example")
    assert str(told.value) == f"{path}:1: 'customer' is undefined."
    assert write(upcoming("fr"), Channel.EMAIL, "a@b.example").subject.startswith("Facture")


def test_a_text_without_a_short_message_cannot_leave_as_an_empty_one(own: Path) -> None:
    for part in ("subject", "body"):
        put(
            own,
            f"common/upcoming/consumer/en/{part}.txt",
            (TEMPLATES / f"common/upcoming/any/en/{part}.txt").read_bytes(),
        )
    with pytest.raises(CannotWrite, match=r"no short message \(sms\.txt\)"):
        write(upcoming("en", debtor=DebtorKind.CONSUMER), Channel.SMS, "+33612345678")


def test_what_the_law_wants_named_and_nobody_told_is_said_by_its_setting_where_the_case_waits() -> None:
    nameless = Words("FR", "formal_notice", DebtorKind.CONSUMER, "fr").facts(
        creditor=CreditorFacts("Atelier", "a@b.example", "")
    )
    with pytest.raises(CannotWrite, match="relance creditor set mediator="):
        write(nameless, Channel.EMAIL, "c@d.example")
