"""Every message there is, in every case, in a folder to look at: pages, texts, letters, and an index of them."""

import base64
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from policies.message import Rendered
from tasks.letter import letter
from tasks.page_html import pages
from tasks.render import render
from tasks.sample_message import CASES, sample, sample_posting
from tasks.template_check import Text, known_texts, where

ON_PAPER = frozenset({"one", "thirty", "interest", "right-to-left"})
"""Cases that are printed too: a letter takes a tenth of a second."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A message in one case: its files by form, or why there is none."""

    case: str
    files: tuple[tuple[str, str], ...] = ()
    wrong: str = ""
    sms: str = ""


@dataclass(frozen=True, slots=True)
class ShownText:
    """A text to one kind of debtor in one language, in every case."""

    debtor: str
    language: str
    written: tuple[Shown, ...]

    @property
    def sms(self) -> str:
        """The short message in the first case."""
        return self.written[0].sms


def write_previews(folder: Path, wanted: Callable[[Text], bool], *, paper: bool) -> tuple[int, int]:
    """Writes the messages that are `wanted` and `index.html`; how many there are, and how many cannot be written."""
    groups: dict[str, list[ShownText]] = defaultdict(list)
    for one in known_texts():
        if wanted(one):
            law, text, debtor, language = one
            shown = tuple(_shown(one, case, folder, paper=paper) for case in CASES)
            groups[f"{text.replace('_', ' ')} · {law or 'any law'}"].append(ShownText(debtor.value, language, shown))
    every = [shown for texts in groups.values() for text in texts for shown in text.written]
    wrong = sum(1 for shown in every if shown.wrong)
    folder.mkdir(parents=True, exist_ok=True)
    page = pages().get_template("_preview/index.html")
    told = page.render(groups=groups, cases=CASES, count=len(every), wrong=wrong)
    (folder / "index.html").write_text(told, encoding="utf-8")
    return len(every), wrong


def _shown(one: Text, case: str, folder: Path, *, paper: bool) -> Shown:
    name = f"{where(one).replace('/', '.').lower()}.{case}"
    try:
        facts = sample(*one, case)
        rendered = render(facts)
        made = dict(_files(rendered))
        if paper and case in ON_PAPER:
            made["pdf"] = letter(facts, sample_posting(one[1], "FR"))
    except Exception as wrong:  # noqa: BLE001  # whatever goes wrong is shown in its place
        return Shown(case, wrong=str(wrong))
    folder.mkdir(parents=True, exist_ok=True)
    for form, content in made.items():
        (folder / f"{name}.{form}").write_bytes(content)
    return Shown(case, tuple((form, f"{name}.{form}") for form in made), sms=rendered.sms)


def _files(rendered: Rendered) -> Iterator[tuple[str, bytes]]:
    """The forms of a message. Its pictures stand in the page itself here: a browser knows no `cid:`."""
    if rendered.html:
        page = rendered.html
        for picture in rendered.pictures:
            data = base64.b64encode(picture.content).decode()
            page = page.replace(f"cid:{picture.id}", f"data:image/png;base64,{data}")
        yield "html", page.encode()
    sms = f"\nSMS: {rendered.sms}\n" if rendered.sms else ""
    yield "txt", f"{rendered.subject}\n\n{rendered.text}{sms}".encode()
