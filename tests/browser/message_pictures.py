"""Pictures of messages as mail programs and paper show them: `.venv/bin/python -m tests.browser.message_pictures [DIR]`.

With a folder, forty of them to review; without, the contact sheets of docs/images anew.
"""

import base64
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from cli.home import CHECKOUT
from policies.facts import DebtorKind
from tasks.letter import letter
from tasks.render import render
from tasks.sample_message import sample, sample_posting
from tests.browser.conftest import ARGUMENTS, CHROMIUM

IMAGES = CHECKOUT / "docs" / "images"
BUSINESS, CONSUMER, PUBLIC = DebtorKind.BUSINESS, DebtorKind.CONSUMER, DebtorKind.PUBLIC


@dataclass(frozen=True)
class Mail:
    """A message in a case, on a screen of some width, light or dark."""

    law: str
    text: str
    debtor: DebtorKind
    language: str
    case: str = "one"
    width: int = 600
    dark: bool = False

    @property
    def name(self) -> str:
        look = "dark" if self.dark else "light"
        return f"{self.text}-{self.law or 'common'}-{self.debtor.value}-{self.language}-{self.case}-{self.width}-{look}"


MAILS = (
    Mail("", "upcoming", BUSINESS, "fr"),
    Mail("", "upcoming", CONSUMER, "es", width=320),
    Mail("", "upcoming", BUSINESS, "it", "instalments"),
    Mail("", "upcoming", BUSINESS, "pt", width=320, dark=True),
    Mail("", "upcoming", CONSUMER, "de", dark=True),
    Mail("", "upcoming", BUSINESS, "nl", "no-phone", 320),
    Mail("", "upcoming", BUSINESS, "en", "thirty", 320),
    Mail("", "courtesy_reminder", BUSINESS, "fr", "instalments", dark=True),
    Mail("", "courtesy_reminder", BUSINESS, "en", "credit"),
    Mail("", "courtesy_reminder", BUSINESS, "de", "two-currencies", 320),
    Mail("", "courtesy_reminder", CONSUMER, "es", "bare"),
    Mail("", "courtesy_reminder", BUSINESS, "it", "right-to-left"),
    Mail("", "courtesy_reminder", BUSINESS, "pt", "credit", 320, True),
    Mail("", "courtesy_reminder", BUSINESS, "nl", "long-names"),
    Mail("", "statement", BUSINESS, "fr", "thirty"),
    Mail("", "statement", BUSINESS, "es", "credit", 320),
    Mail("", "statement", BUSINESS, "it", dark=True),
    Mail("", "statement", BUSINESS, "pt", "instalments"),
    Mail("", "statement", BUSINESS, "en", "right-to-left", 320, True),
    Mail("FR", "second_reminder", BUSINESS, "fr", "zero-interest"),
    Mail("FR", "second_reminder", CONSUMER, "fr", "one", 320, True),
    Mail("DE", "second_reminder", BUSINESS, "de", "instalments"),
    Mail("FR", "formal_notice", BUSINESS, "fr", "interest"),
    Mail("FR", "formal_notice", BUSINESS, "fr", "interest", 320, True),
    Mail("FR", "formal_notice", CONSUMER, "fr"),
    Mail("FR", "formal_notice", PUBLIC, "fr", "one", 320),
    Mail("UK-EW", "formal_notice", BUSINESS, "en", "interest", dark=True),
    Mail("DE", "formal_notice", BUSINESS, "de", "interest"),
    Mail("BE", "free_reminder", CONSUMER, "nl"),
    Mail("BE", "formal_notice", CONSUMER, "fr", "one", 320, True),
    Mail("EU", "formal_notice", BUSINESS, "en", "long-names"),
    Mail("FR", "mediation", CONSUMER, "fr", width=320),
    Mail("FR", "mediation", BUSINESS, "en"),
)

LETTERS = (
    Mail("", "statement", BUSINESS, "es", "thirty"),
    Mail("", "statement", BUSINESS, "it", "credit"),
    Mail("", "courtesy_reminder", BUSINESS, "pt", "instalments"),
    Mail("FR", "formal_notice", BUSINESS, "fr", "interest"),
    Mail("DE", "formal_notice", BUSINESS, "de", "interest"),
    Mail("UK-EW", "formal_notice", BUSINESS, "en", "right-to-left"),
    Mail("FR", "agency", BUSINESS, "fr", "interest"),
    Mail("FR", "legal", CONSUMER, "fr"),
)

SHEETS = {
    "sheet-first-messages": (0, 3, 9, 10, 12, 15),
    "sheet-hard-messages": (19, 22, 23, 26, 28, 31),
}
"""The contact sheets: which of `MAILS` stand on each."""


WIDE = {320: 210, 600: 330}
"""How wide a picture of a screen of that width stands on a sheet."""


def page_of(mail: Mail) -> str:
    """The HTML part, its picture in it: a browser knows no `cid:`."""
    rendered = render(sample(mail.law, mail.text, mail.debtor, mail.language, mail.case))
    page = rendered.html
    for picture in rendered.pictures:
        page = page.replace(f"cid:{picture.id}", f"data:image/png;base64,{base64.b64encode(picture.content).decode()}")
    return page


def take(browser: Browser, mail: Mail, file: Path) -> None:
    """One picture of the whole message."""
    page = browser.new_page(
        viewport={"width": mail.width, "height": 200}, color_scheme="dark" if mail.dark else "light"
    )
    page.set_content(page_of(mail))
    wide = page.evaluate("document.documentElement.scrollWidth")
    assert wide <= mail.width, f"{mail.name} is {wide} pixels wide: it must be read by moving it sideways"
    page.screenshot(path=file, full_page=True)
    page.close()


def print_letter(mail: Mail, file: Path) -> None:
    """The letter's pages as pictures beside `file`."""
    facts = sample(mail.law, mail.text, mail.debtor, mail.language, mail.case)
    file.with_suffix(".pdf").write_bytes(letter(facts, sample_posting(mail.text, "DE" if mail.law == "DE" else "FR")))
    subprocess.run(["pdftoppm", "-r", "60", "-png", file.with_suffix(".pdf"), file.with_suffix("")], check=True)


def _picture(folder: Path, mail: Mail) -> str:
    return base64.b64encode((folder / f"{mail.name}.png").read_bytes()).decode()


def sheet(browser: Browser, folder: Path, mails: tuple[Mail, ...], file: Path) -> None:
    """Several messages beside each other, all from their head and in their whole width."""
    shown = "".join(
        f'<figure style="width:{WIDE[mail.width]}px"><div><img src="data:image/png;base64,{_picture(folder, mail)}"></div>'
        f"<figcaption>{mail.text.replace('_', ' ')} · {mail.language} · {mail.width} px</figcaption></figure>"
        for mail in mails
    )
    style = (
        "body{margin:8px;background:#999;display:flex;gap:8px;font:11px sans-serif}figure{margin:0;flex:none}"
        "div{height:620px;overflow:hidden}img{width:100%}"
    )
    width = 8 + sum(WIDE[mail.width] + 8 for mail in mails)
    page = browser.new_page(viewport={"width": width, "height": 660})
    page.set_content(f"<style>{style}</style>{shown}")
    page.screenshot(path=file, type="jpeg", quality=60)
    page.close()


def main() -> None:
    """Takes them all."""
    with tempfile.TemporaryDirectory() as kept, sync_playwright() as playwright:
        folder = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(kept)
        folder.mkdir(parents=True, exist_ok=True)
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        for mail in MAILS:
            take(browser, mail, folder / f"{mail.name}.png")
        if len(sys.argv) > 1:
            for mail in LETTERS:
                print_letter(mail, folder / f"letter-{mail.name}.png")
        else:
            for name, places in SHEETS.items():
                sheet(browser, folder, tuple(MAILS[place] for place in places), IMAGES / f"{name}.jpg")
        browser.close()


if __name__ == "__main__":
    main()
