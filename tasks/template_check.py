"""Every template there is, shipped or the company's own: read, written and printed once; what is wrong is told by line."""

from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path

from jinja2 import TemplateSyntaxError, meta, nodes

from policies.courtesy import Found, harsh_words, words_for_unpaid
from policies.facts import DebtorKind
from policies.languages import SHIPPED
from policies.problems import Problem
from policies.stages import Stage
from tasks.beside_check import NEWS_PARTS, TOLD, wrong_news
from tasks.letter import letter
from tasks.render import render, vocabulary
from tasks.required_content import COURTEOUS, lacking
from tasks.sample_message import STAGES, sample, sample_posting
from tasks.template_choice import ANY, FOR_ONE_KIND, find
from tasks.template_sandbox import Room, room
from tasks.template_source import FIXED, TEMPLATES, BadTemplate, own_folder, own_text
from tasks.tidy_facts import tidied

PARTS = frozenset({"subject.txt", "body.txt", "sms.txt"})
Text = tuple[str, str, DebtorKind, str]
"""A law, a text, a kind of debtor and a language."""

HARD_CASES = ("one", "instalments", "interest", "credit", "bare")
"""What a company's own words are tried on: between them every branch of the shipped ones is taken."""

FIRST = "a first message cannot be mistaken for collection"
UNPAID = "a telephone is read over shoulders"


def wrong_templates() -> tuple[int, list[str]]:
    """How many texts there are, and a sentence for each thing that is wrong with one, with file and line where it has one."""
    known, own = list(known_texts()), _own_files()
    wrong = [*_wrong_shipped_words(), *(sentence for path in own for sentence in _wrong_own(path, room()))]
    for one in known:
        wrong += _wrong(one, HARD_CASES if _is_touched(one, own) else ("one",))
        wrong += _unprintable(one)
    news, wrong_pieces = wrong_news()
    return len(known) + news, list(dict.fromkeys([*wrong, *wrong_pieces]))


def wrong_own_templates() -> tuple[int, list[str]]:
    """The same for the company's own files and the texts they go into, without printing; how many files it has."""
    own = _own_files()
    wrong = [sentence for path in own for sentence in _wrong_own(path, room())]
    for one in known_texts() if own else ():
        wrong += _wrong(one, HARD_CASES) if _is_touched(one, own) else ()
    return len(own), list(dict.fromkeys(wrong))


def _wrong_shipped_words() -> Iterator[str]:
    words = room()
    for path in sorted(TEMPLATES.glob("[!_]*/*/*/*/*.txt")):
        yield from _wrong_words(path, path.relative_to(TEMPLATES).parts, path.read_text(encoding="utf-8"), words)


def _is_touched(one: Text, own: list[Path]) -> bool:
    """Whether a file of the company's own goes into this text."""
    found = find(*one)
    places = (f"{found[0]}/", f"_base/{found[1]}/") if found else ()
    return any(path.relative_to(own_folder()).as_posix().startswith(places) for path in own)


def _own_files() -> list[Path]:
    folder = own_folder()
    return sorted(path for path in folder.rglob("*") if not path.is_dir()) if folder.is_dir() else []


def _wrong_own(path: Path, words: Room) -> Iterator[str]:
    parts = path.relative_to(own_folder()).parts
    if not _is_read(parts):
        yield str(
            Problem(str(path), None, "", f"Nothing reads it: name it as one of the shipped ones ({_shape(parts)}).")
        )
        return
    try:
        text = own_text(path)
        yield from _unknown(path, words.parse(text, filename=str(path)))
    except BadTemplate as problem:
        yield str(problem)
    except TemplateSyntaxError as problem:
        yield str(Problem(str(path), problem.lineno, "", f"{(problem.message or 'cannot be read').rstrip('.')}."))
    else:
        yield from _wrong_words(path, parts, text, words)


def _unknown(path: Path, tree: nodes.Template) -> Iterator[str]:
    """Names nothing stands for, wherever in the file they are: a branch that is seldom taken breaks a message too."""
    unknown = meta.find_undeclared_variables(tree) - _names()
    for name in tree.find_all(nodes.Name):
        if name.name in unknown and name.ctx == "load":
            yield str(
                Problem(
                    str(path), name.lineno, "", f"Nothing is called “{name.name}”: docs/messages.md lists the names."
                )
            )


@lru_cache(maxsize=1)
def _names() -> frozenset[str]:
    """What a template may name; `agent`, `court` and `under` are set by a text for the part it includes, `pieces` and
    `told` are there in news."""
    facts = sample("FR", "formal_notice", DebtorKind.BUSINESS, "en")
    return frozenset(vocabulary(facts)) | {"agent", "court", "under", "super", "loop", "pieces", "told"}


def _is_read(parts: tuple[str, ...]) -> bool:
    """Whether a file at this place goes into a message."""
    if parts[0] == "_base":
        return (TEMPLATES.joinpath(*parts)).is_file() or parts[-1] in FIXED
    if len(parts) == 5 and parts[1] in TOLD:
        return (parts[0], parts[2]) == ("common", ANY) and parts[3] in SHIPPED and parts[4] in NEWS_PARTS
    if len(parts) != 5 or parts[4] not in PARTS or parts[3] not in SHIPPED or parts[0].startswith("_"):
        return False
    stages, kinds = {*STAGES, *(stage.value for stage in Stage)}, {ANY, *(kind.value for kind in DebtorKind)}
    return parts[1] in stages and parts[2] in kinds and parts[0] == parts[0].lower()


def _shape(parts: tuple[str, ...]) -> str:
    return "_base/fr/footer.txt" if parts[0] == "_base" else "common/upcoming/any/fr/body.txt"


def _wrong_words(path: Path, parts: tuple[str, ...], text: str, words: Room) -> Iterator[str]:
    """The words that may not stand in a file, each with its line."""
    if len(parts) != 5 or parts[0] == "_base":
        return
    said = literal(text, words)
    harsh = harsh_words(said, parts[3], before_due=parts[1] == "upcoming") if parts[1] in (*COURTEOUS, *TOLD) else ()
    unpaid = words_for_unpaid(said) if parts[4] == "sms.txt" else ()
    for found, why in ((harsh, FIRST), (unpaid, UNPAID)):
        yield from (_refused(path, each, why) for each in found)


def _refused(path: Path, found: Found, why: str) -> str:
    return str(Problem(str(path), found.line, "", f"It says “{found.word}”: {why}."))


def literal(text: str, words: Room) -> str:
    """What a template says by itself, line by line: its words and the texts in its quotes, without names of facts."""
    pieces = [
        piece if kind in ("data", "string") else "\n" * piece.count("\n") or " " for _, kind, piece in words.lex(text)
    ]
    return "".join(pieces)


def known_texts() -> Iterator[Text]:
    """Every text; one for any debtor as a business and as a private person get it."""
    roots = (TEMPLATES, own_folder())
    folders = {path.parent.relative_to(root).parts for root in roots for path in root.glob("[!_]*/*/*/*/body.txt")}
    for law, text, debtor, language in sorted(folders):
        if not _is_read((law, text, debtor, language, "body.txt")):
            continue
        kinds = (DebtorKind.BUSINESS, DebtorKind.CONSUMER) if debtor == ANY else (DebtorKind(debtor),)
        for kind in kinds:
            yield "" if law == "common" else law.upper().replace("_", "-"), text, kind, language


def _wrong(one: Text, cases: Iterable[str]) -> Iterator[str]:
    """What goes wrong when a text is written in each of these cases, and what it lacks then."""
    for case in cases:
        try:
            facts, found = sample(*one, case), find(*one)
            said = render(facts)
        except BadTemplate as wrong:
            yield str(wrong)
        except Exception as wrong:  # noqa: BLE001  # whatever a template does wrong ends in a sentence with its name
            yield f"{where(one)}: {wrong}"
        else:
            lacks = lacking(tidied(facts), said, found[0]) if found else ()
            yield from (f"{where(one)}: {sentence}" for sentence in lacks)


def _unprintable(one: Text) -> Iterator[str]:
    """Why a text cannot be set as a letter; one for any debtor is set once."""
    if one[2] is DebtorKind.CONSUMER and one[1] not in FOR_ONE_KIND:
        return
    try:
        letter(sample(*one), sample_posting(one[1], "FR"))
    except Exception as wrong:  # noqa: BLE001  # as above
        yield str(wrong) if isinstance(wrong, BadTemplate) else f"{where(one)}: {wrong}"


def where(one: Text) -> str:
    """A text by its place: `FR/formal_notice/business/fr`."""
    law, text, debtor, language = one
    return f"{law or 'common'}/{text}/{debtor.value}/{language}"
