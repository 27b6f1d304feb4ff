"""The words of the desk's own pages: each is there in French, with its values, and none is left over."""

import re
import tomllib

from policies.agreement import AgreementKind
from policies.agreement_words import EndedHow
from policies.beside import BY_HAND, NEWS
from policies.decisions import Outcome
from policies.effects import EffectState
from policies.facts import HoldKind
from policies.incoming import IncomingKind
from policies.plan_state import PlanState
from policies.promise import Word
from policies.questions import QuestionKind
from policies.searched import LONGEST, read_search
from policies.staff import Role
from policies.staff_text.catalogue import names_in
from policies.stages import Channel, Stage
from web import house_names
from web.house import LATER
from web.house_names import ALL
from web.house_words import PAGES, page_catalogue

IN_TEMPLATES = re.compile(r"""\bt\(("|')(.*?)\1[,)]""")
OF_PROBLEMS = re.compile(r"""problem\(counts\.\w+, "(.*?)", "(.*?)"\)""")
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
    return found | {str(read_search("")), str(read_search("x" * (LONGEST + 1)))}


def entries() -> dict[str, str]:
    return tomllib.loads((PAGES / "fr.toml").read_text())


def test_every_word_of_the_pages_is_there_in_french_and_none_is_left_over() -> None:
    assert sorted(words() - entries().keys()) == []
    assert sorted(entries().keys() - words()) == []


def test_a_french_sentence_has_the_values_of_its_english_one() -> None:
    wrong = [key for key, said in entries().items() if sorted(names_in(key)) != sorted(names_in(said))]
    assert wrong == []


def test_french_words_are_set_with_their_own_spaces() -> None:
    assert page_catalogue("fr").exact("Did it arrive?") == "Bien arrivé\u202f?"
    assert page_catalogue("en").exact("Did it arrive?") is None


def test_every_code_a_page_may_show_has_a_name() -> None:
    tables = [
        (house_names.KINDS, QuestionKind), (house_names.STAGES, Stage), (house_names.CHANNELS, Channel),
        (house_names.STATES, EffectState), (house_names.STATES, Outcome), (house_names.STATES, Word), (house_names.STATES, PlanState), (house_names.STATES, EndedHow), (house_names.HOLDS, AgreementKind),
        (house_names.HOLDS, HoldKind), (house_names.SENT, (*NEWS, *BY_HAND)), (house_names.INCOMING, IncomingKind),
        (house_names.ROLES, Role),
    ]  # fmt: skip
    assert [code for names, codes in tables for code in codes if str(code) not in names] == []
