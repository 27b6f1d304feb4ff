"""An e-mail to one of our own people in words: its templates, its plain part and its HTML, from the same marked text."""

from collections.abc import Mapping
from typing import Any

from policies.message import Rendered
from tasks import wording
from tasks.marked_text import ITEM, plain
from tasks.message_blocks import blocks
from tasks.message_html import FRENCH_SIGNS, message_pages
from tasks.template_sandbox import one_message, spaced, written


def staff_letter(name: str, language: str, words: Mapping[str, Any]) -> Rendered:
    """The e-mail `name` (`digest`) in the reader's language. Names, amounts and links in `words` bear their marks.

    Raises BadTemplate where a file of the house's own cannot be used.
    """
    with one_message():
        subject, body = (
            written(f"_staff/{language}/{name}/{part}.txt", {**words, "item": ITEM}) for part in ("subject", "body")
        )
    subject, body = wording.one_line(plain(subject)), spaced(body)
    return Rendered(subject=subject, text=plain(body), html=_html(body, subject, language), sms="", pictures=())


def _html(marked: str, subject: str, language: str) -> str:
    shown = blocks(FRENCH_SIGNS.sub("\u00a0", marked) if language == "fr" else marked)
    return message_pages().get_template("_staff/mail.html").render(blocks=shown, subject=subject, language=language)
