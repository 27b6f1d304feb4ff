"""The QR code of a transfer as a picture in a message: what it pays stands in words beside it."""

import hashlib
import io
from dataclasses import dataclass

import segno

MARGIN = 4
"""White modules around the code, without which no telephone finds it (ISO/IEC 18004)."""
SCALE = 4
"""Pixels of one module."""
NEWEST_VERSION = 13
"""The largest code banks' programs must read (EPC069-12)."""


@dataclass(frozen=True, slots=True)
class PayCode:
    """A picture and its words. `id` is what the HTML part calls it by; `width` in pixels as it is shown."""

    id: str
    png: bytes
    width: int
    alt: str
    caption: str


def pay_code(content: bytes, alt: str, caption: str) -> PayCode | None:
    """The picture of these bytes; None where they need a larger code than programs must read."""
    code = _code(content)
    if code is None:
        return None
    drawn = io.BytesIO()
    code.save(drawn, kind="png", scale=SCALE, border=MARGIN)
    png = drawn.getvalue()
    width = int(code.symbol_size(scale=SCALE, border=MARGIN)[0])
    return PayCode(f"{hashlib.sha256(png).hexdigest()[:32]}@code.invalid", png, width, alt, caption)


def drawn_code(content: bytes) -> str:
    """The same code as a drawing of lines (SVG), for paper; empty where there is none."""
    code = _code(content)
    if code is None:
        return ""
    drawn = io.BytesIO()
    code.save(drawn, kind="svg", border=MARGIN, xmldecl=False, nl=False)
    return drawn.getvalue().decode()


def _code(content: bytes) -> segno.QRCode | None:
    """At error level M, as banks' programs read it."""
    try:
        code = segno.make_qr(content, error="m", version=None, boost_error=False)
    except segno.DataOverflowError:
        return None
    return code if int(code.version) <= NEWEST_VERSION else None
