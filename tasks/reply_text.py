"""What a person wrote in a reply: without the message quoted below or above it, and without the signature.

Line by line, in time proportional to the text. Words of seven languages; a line that only looks like a signature is
kept where what follows is long.
"""

import re

from lxml import html as lxml_html
from lxml.etree import ParserError, XMLSyntaxError

_WROTE = re.compile(
    r"(wrote|a écrit|ecrit|schrieb\b.*|escribió|ha scritto|scrisse|schreef\b.*|escreveu|napisał.*|skrev.*)\s?:?\s*$",
    re.IGNORECASE,
)
_WROTE_OPENS = re.compile(r"^\s*(on|le|am|el|il|op|em|den|dnia|\d{1,4}[-/.])\b", re.IGNORECASE)
_WROTE_WHOLE = re.compile(
    r"^\s*(on|le|am|el|il|op|em)\b.{6,250}\b(wrote|a écrit|schrieb|escribió|ha scritto|schreef|escreveu)\b.{0,120}:\s*$",
    re.IGNORECASE,
)
_WROTE_BY = re.compile(
    r"^\s*[^>\s].{0,200}<[^<>\s]{1,200}@[^<>\s]{1,200}>\)?\s+"
    r"(wrote|a écrit|schrieb|escribió|ha scritto|schreef|escreveu|napisał\w*|skrev)\b.{0,120}:\s*$",
    re.IGNORECASE,
)
"""*Martin <a@b.example> escreveu no dia …:*"""
_FIELD = re.compile(
    r"^[\s*>|]*(from|sent|to|cc|date|subject|de|envoyé|à|a|objet|date|von|gesendet|an|datum|betreff"
    r"|enviado( el)?|para|asunto|fecha|da|inviato|oggetto|data"
    r"|van|verzonden|aan|onderwerp|enviada|enviado em|assunto)( ?le)?\s?[*]?\s?:",
    re.IGNORECASE,
)
_FROM = re.compile(r"^[\s*>|]*(from|de|von|da|van)\s?[*]?\s?:\s*\S", re.IGNORECASE)
_ADDRESSED = re.compile(r"^\s*[^>\s].{0,200}<[^<>\s]{1,200}@[^<>\s]{1,200}>.{0,80}:\s*$")
"""A line with an address and a colon; before quoted lines it introduces them, in whatever language."""
_BAR = re.compile(
    r"^[\s>]*[-_=*]{3,}\s*(original message|message d.origine|message initial|(e-?)?mail original|courriel original|message transféré"
    r"|ursprüngliche nachricht|originalnachricht|mensaje original"
    r"|messaggio originale|oorspronkelijk bericht|mensagem original|forwarded message"
    r"|weitergeleitete nachricht|reply above this line|répondez au-dessus de cette ligne)",
    re.IGNORECASE,
)
_RULE = re.compile(r"^\s*_{20,}\s*$|^\s*-{30,}\s*$")
_QUOTE = re.compile(r"^\s{0,3}[>|]")
_SIGN = re.compile(r"^(--|__|—)\s?$")
_SENT = re.compile(
    r"^\s*(sent (from|via) |get outlook for|envoyé (de|depuis|à partir)|télécharg.{0,12}outlook"
    r"|obtenez outlook|gesendet (von|mit)|von meinem .{1,40}gesendet|enviado desde|inviato da"
    r"|verzonden (vanaf|met|vanuit)|verstuurd vanaf|enviado (do|a partir)|obter o outlook"
    r"|holen sie sich outlook|outlook (für|pour|for) )",
    re.IGNORECASE,
)
_CLOSING = re.compile(
    r"^\s*((bien )?(très )?cordialement|(sincères|meilleures) salutations|salutations( distinguées)?"
    r"|bien à vous|(best|kind|kindest|warm)? ?regards|yours (sincerely|faithfully|truly)|sincerely"
    r"|mit freundlichen gr(ü|ue)(ß|ss)en|(viele|beste|freundliche|liebe) grüße|mfg"
    r"|(un )?(cordial )?saludos?( cordiales)?|atentamente|cordiali saluti|distinti saluti"
    r"|met vriendelijke groet(en)?|vriendelijke groet(en)?|hartelijke groet(en)?"
    r"|com os melhores cumprimentos|(os )?melhores cumprimentos|atenciosamente|cheers|best"
    r"|mvg)\s?[,.!]?\s*$",
    re.IGNORECASE,
)
MOST_LINES = 2000
"""Lines of a text that are read."""
LONGEST_LINE = 10_000
"""Characters of a line that are kept."""
LONGEST_SIGNATURE = 14
"""Lines after a closing formula or a rule that may be a signature; more are still what the author says."""
_QUOTED_HTML = (

        "//blockquote[@type='cite' or contains(@class,'gmail_quote') or contains(@class,'moz') or "
        "ancestor::*[contains(@class,'gmail_quote')]]"

        "|//*[contains(concat(' ',@class,' '),' gmail_quote ')]|//*[contains(@class,'gmail_attr')]"
        "|//*[contains(@class,'moz-cite-prefix')]"

        "|//*[contains(@class,'yahoo_quoted')]|//*[@id='divRplyFwdMsg']"
        "|//*[@id='divRplyFwdMsg']/following-sibling::*|//*[@id='appendonsend']/following-sibling::*"

        "|//*[contains(@class,'protonmail_quote')]|//*[contains(@class,'gmail_signature')]"
        "|//*[contains(@class,'moz-signature')]|//*[@id='Signature']"
    "|//*[@id='mail-editor-reference-message-container']|//*[@name='quote']|//blockquote[@type='cite']"
)  # fmt: skip
_QUOTATIONS = "//blockquote|//*[contains(@class,'gmail_attr')]|//*[contains(@class,'moz-cite-prefix')]"
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_HIDDEN = "//style|//script|//head|//title|//comment()"
_POSTSCRIPT = re.compile(r"^\s*(p\.? ?s\.?|n\.? ?b\.?)\s*[:.–-]|^\s*(p\.\s?s\.|PS|NB)\s", re.IGNORECASE)
_LINES = frozenset({"p", "div", "br", "tr", "li", "table", "blockquote", "h1", "h2", "h3", "ul", "ol", "hr", "pre"})


def written(text: str) -> str:
    """What the author of the text wrote; the whole text where nothing of it would be left."""
    lines = [one[:LONGEST_LINE] for one in text.replace("\r\n", "\n").split("\n")[:MOST_LINES]]
    own = _unsigned(_unquoted(lines))
    kept = _joined(own)
    return kept or _joined([one for one in lines if not _QUOTE.match(one)])


def written_in_html(source: str) -> str:
    """The same of a page of HTML: what mail programs mark as quoted is taken away before the text is read.

    Where nothing is left, somebody wrote between what is quoted: then only the quotations themselves are taken away.
    """
    if not source.strip():
        return ""
    return written(text_of_html(source, without=_QUOTED_HTML)) or written(text_of_html(source, without=_QUOTATIONS))


def text_of_html(source: str, *, without: str = "") -> str:
    """The text of a page of HTML, a line for every block; `without` is what is left out (XPath)."""
    try:
        tree = lxml_html.document_fromstring(
            source.encode("utf-8", "replace"), parser=lxml_html.HTMLParser(encoding="utf-8")
        )
    except (ParserError, XMLSyntaxError, ValueError, AssertionError):
        return re.sub(r"<[^>]{0,500}>", " ", source)
    for path in (_HIDDEN, *((without,) if without else ())):
        for node in tree.xpath(path):
            _drop(node)
    for node in tree.iter():
        if node.tag in _LINES:
            node.text = "\n" + _printable(node.text) if node.tag != "br" else node.text
            node.tail = "\n" + _printable(node.tail).lstrip("\n")
    lines = (" ".join(one.split()) for one in tree.text_content().replace("\xa0", " ").split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def _printable(text: str | None) -> str:
    """The text without control characters, which a page may name (`&#1;`) and no tree takes back."""
    return _CONTROL.sub("", text or "")


def _drop(node: lxml_html.HtmlElement) -> None:
    parent = node.getparent()
    if parent is None:
        return
    if node.tail:
        before = node.getprevious()
        if before is None:
            parent.text = _printable(parent.text) + _printable(node.tail)
        else:
            before.tail = _printable(before.tail) + _printable(node.tail)
        node.tail = None
    parent.remove(node)


def _unquoted(lines: list[str]) -> list[str]:
    """The lines before the quoted message; where the answer stands below or between, all that is not quoted."""
    kept: list[str] = []
    place = 0
    while place < len(lines):
        height = _introduces(lines, place)
        if height and _ends_here(lines, place + height):
            break
        if height:
            place += height
            continue
        if not _QUOTE.match(lines[place]):
            kept.append(lines[place])
        place += 1
    return kept


def _introduces(lines: list[str], place: int) -> int:
    """How many lines from here introduce a quoted message: *On … wrote:*, a bar, or a head of From, Sent, To."""
    line = lines[place]
    if _BAR.match(line):
        return 1
    if _RULE.match(line):
        following = [one for one in lines[place + 1 : place + 6] if one.strip()]
        return 1 if following and _FROM.match(following[0]) else 0
    if _heads(lines[place : place + 7]) or (_ADDRESSED.search(line) and _quoted_next(lines, place + 1)):
        return 1
    for height in (1, 2, 3):
        group = lines[place : place + height]
        if not all(one.strip() for one in group):
            break
        told = " ".join(one.strip() for one in group)
        if (
            _WROTE_WHOLE.match(told)
            or _WROTE_BY.match(told)
            or (_WROTE_OPENS.match(told) and _WROTE.search(told) and told.endswith(":") and re.search(r"\d", told))
        ):
            return height
    return 0


def _heads(lines: list[str]) -> bool:
    """Whether the first of these lines opens the head of an older message: three fields, the sender among them."""
    fields = [one for one in lines if _FIELD.match(one)]
    return len(fields) >= 3 and fields[0] is lines[0] and any(_FROM.match(one) for one in fields)


def _quoted_next(lines: list[str], place: int) -> bool:
    return any(_QUOTE.match(one) for one in lines[place : place + 2])


def _ends_here(lines: list[str], after: int) -> bool:
    """Whether all that follows is the old message: nothing unquoted stands below marked quotes."""
    rest = [one for one in lines[after:] if one.strip()]
    marked = [place for place, one in enumerate(rest) if _QUOTE.match(one)]
    if not marked or marked[0] > 0:
        return True
    below = rest[marked[-1] + 1 :]
    return not below and len(marked) == len(rest)


def _unsigned(lines: list[str]) -> list[str]:
    """The lines before the signature."""
    waiting = sum(1 for one in lines if one.strip())
    before = 0
    for place, line in enumerate(lines):
        waiting -= bool(line.strip())
        if _SIGN.match(line) or _SENT.match(line):
            return lines[:place]
        if before and waiting <= LONGEST_SIGNATURE and (_CLOSING.match(line) or _RULE.match(line)):
            return lines if any(_POSTSCRIPT.match(one) for one in lines[place:]) else lines[:place]
        before += bool(line.strip())
    return lines


def _joined(lines: list[str]) -> str:
    return re.sub(r"\n{3,}", "\n\n", "\n".join(one.rstrip() for one in lines)).strip()
