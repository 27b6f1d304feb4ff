"""The words of the desk's own pages: each is there in French, with its values, and none is left over."""

import re
import tomllib
from datetime import date, timedelta

from policies.act_roles import ACT_ROLES
from policies.agreement import AgreementKind
from policies.agreement_words import EndedHow
from policies.behaviour.assess import NOT_SCORED
from policies.behaviour.figures import figures
from policies.behaviour.figures_words import sentence
from policies.behaviour.history import History, PastItem
from policies.behaviour.scale import USUAL
from policies.beside import MessageKind
from policies.decisions import Outcome
from policies.effects import EffectState
from policies.facts import DatedAmount, HoldKind
from policies.incoming import IncomingKind
from policies.payer import Payer
from policies.plan_state import PlanState
from policies.promise import Word
from policies.questions import QuestionKind
from policies.searched import LONGEST, read_search
from policies.staff import Role
from policies.staff_text.catalogue import names_in
from policies.stages import Channel, Stage
from storage.call_list import CLOSED, TOO_OFTEN
from storage.call_list import LATER as LATER_CALL
from storage.staff_catalogue import staff_catalogue
from tasks import staff_names
from tasks.staff_text import speaking
from web import house_names
from web.house import LATER
from web.house_names import ALL
from web.house_paying import PARTS, WORDS, paying
from web.house_words import PAGES, page_catalogue, say, single

BESIDE = [kind for kind in MessageKind if kind is not MessageKind.STEP]
SHARED = {
    name
    for table in (staff_names.QUESTIONS, staff_names.STAGES, staff_names.CHANNELS, staff_names.BESIDE)
    for name in table.values()
}
"""Names the whole house has: their French stands with the house's."""
OWN = {"Reply"}
"""Of these, what means something else on the pages."""
IN_TEMPLATES = re.compile(r"""\bt\(("|')(.*?)\1[,)]""")
OF_PROBLEMS = re.compile(r"""problem\(counts\.\w+, "([^"]*)", "([^"]*)"[,)]""")
IN_CODE = re.compile(r"""\b(?:say|told)\(\s*("|')(.*?)\1""", re.DOTALL)


def words() -> set[str]:
    """Everything the pages say."""
    found = {name for table in ALL for name in table.values()} | {LATER}
    for page in PAGES.glob("*.html"):
        text = page.read_text()
        found |= {one[1] for one in IN_TEMPLATES.findall(text)}
        found |= {sentence for one in OF_PROBLEMS.findall(text) for sentence in one}
    for module in PAGES.parent.glob("house*.py"):
        found |= {one[1] for one in IN_CODE.findall(module.read_text())}
    found |= {*WORDS.values(), NOT_SCORED, CLOSED, TOO_OFTEN, LATER_CALL} | {said for _, said in PARTS}
    return found | {str(read_search("")), str(read_search("x" * (LONGEST + 1)))}


def entries() -> dict[str, str]:
    return tomllib.loads((PAGES / "fr.toml").read_text())


def test_every_word_of_the_pages_is_there_in_french_and_none_is_left_over() -> None:
    assert sorted(words() - SHARED - entries().keys()) == []
    assert sorted(SHARED - staff_catalogue("fr").entries.keys()) == []
    assert SHARED & entries().keys() == OWN
    assert sorted(entries().keys() - words()) == []


def test_how_a_customer_pays_is_told_in_the_reader_s_language_figures_and_all() -> None:
    many = sentence(Payer.USUAL_SLOW, figures(history(12), date(2026, 3, 3), USUAL), USUAL)
    few = sentence(Payer.NEW, figures(history(1), date(2026, 3, 3), USUAL), USUAL)
    with speaking("fr"):
        assert [paying(one).split(" (")[0] for one in (many, few)] == [
            "Paie en retard, comme toujours",
            "Historique insuffisant",
        ]
        assert [one for one in (many, few) if paying(one) == one] == []
        assert paying(NOT_SCORED).startswith("Les particuliers")
        above = "New: 1 item fell due since 2025-03-03, fewer than 3; 2 disputed or withdrawn items left out. 9000.50 EUR are open, above the credit limit of 5000.00."
        assert paying(above).endswith("9000,50 EUR restant dû, au-dessus de la limite de crédit de 5000,00)")
    assert paying("Prompt: something quite new.") == "Prompt: something quite new."


def history(count: int) -> History:
    """So many invoices paid ten days late, one a month."""
    days = [date(2025, 3, 10) + timedelta(days=28 * n) for n in range(count)]
    return History(
        tuple(PastItem(one, 10_000, "EUR", (DatedAmount(one + timedelta(days=10), 10_000),), (), None) for one in days),
        (),
        {},
        0,
    )


def test_a_french_sentence_has_the_values_of_its_english_one() -> None:
    wrong = [key for key, said in entries().items() if sorted(names_in(key)) != sorted(names_in(said))]
    assert wrong == []


def test_french_words_are_set_with_their_own_spaces() -> None:
    assert say("Did it arrive?") == "Did it arrive?"
    with speaking("fr"):
        assert say("Did it arrive?") == "Bien arrivé\u202f?"
    late = "1 case should have gone on an hour ago: does Relance run?"
    assert (
        page_catalogue("fr").exact(late)
        == "1\u00a0dossier aurait dû avancer il y a une heure\u00a0: Relance tourne-t-il\u202f?"
    )
    assert page_catalogue("en").exact(late) is None


def test_every_code_a_page_may_show_has_a_name() -> None:
    tables = [
        (house_names.KINDS, QuestionKind), (house_names.STAGES, Stage), (house_names.CHANNELS, Channel),
        (house_names.STATES, EffectState), (house_names.STATES, Outcome), (house_names.STATES, Word), (house_names.STATES, PlanState), (house_names.STATES, EndedHow), (house_names.HOLDS, AgreementKind),
        (house_names.HOLDS, HoldKind), (house_names.SENT, BESIDE), (house_names.INCOMING, IncomingKind),
        (house_names.ROLES, Role),
    ]  # fmt: skip
    assert [code for names, codes in tables for code in codes if str(code) not in names] == []


def test_steps_questions_and_acts_have_one_french_name_on_the_desk_and_in_prefect() -> None:
    named = [house_names.KINDS, house_names.STAGES, house_names.SENT, house_names.ACTS]
    with speaking("fr"):
        pairs = {word: (say(word), staff_catalogue("fr").exact(word)) for table in named for word in table.values()}
    own = {"Reply", "Sent"}
    assert {word: two for word, two in pairs.items() if two[1] and two[0] != two[1] and word not in own} == {}


def test_in_french_none_counts_as_one() -> None:
    with speaking("fr"):
        assert [single(count) for count in (0, 1, 2)] == [True, True, False]
    assert [single(count) for count in (0, 1, 2)] == [False, True, False]


def test_what_is_known_of_one_invoice_is_told_in_good_french_with_its_day() -> None:
    with speaking("fr"):
        assert paying("New: 1 item fell due since 2025-03-03, fewer than 3.") == (
            "Historique insuffisant (factures échues depuis le 3 mars 2025\u00a0: 1, il en faut au moins 3)"
        )


def test_an_act_that_takes_a_customer_or_an_invoice_is_offered_on_their_pages() -> None:
    elsewhere = {
        "import-invoices",
        "import-payments",
        "collect-invoice",
        "delegate",
        "object",
        "letter-posted",
        "letter-outcome",
        "placement-status",
        "agency-paid",
        "placement-recall",
    }
    assert ACT_ROLES.keys() - elsewhere == house_names.ACTS.keys()
