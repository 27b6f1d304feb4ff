"""How a customer pays, in the reader's language: the law says it in English, in parts that are put together of figures."""

import re
from datetime import date

from tasks import staff_text
from web.house_words import say, told

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_ITEMS = r"(?P<count>\d+) items?"
PARTS = (
    (rf"(?P<days>[\d.]+) days late on average, weighted by amount, over {_ITEMS} since (?P<since>\S+)",
     "{days} days late on average, weighted by amount, over {count} invoices since {since}"),
    (rf"(?P<days>[\d.]+) days late on average, weighted by amount, over {_ITEMS} since (?P<since>\S+), and (?P<more>\d+) items? still open from before",
     "{days} days late on average, weighted by amount, over {count} invoices since {since}, and {more} still open from before"),
    (rf"{_ITEMS} fell due since (?P<since>\S+), fewer than (?P<least>\d+)",
     "{count} invoices fell due since {since}, fewer than {least}"),
    (r"(?P<late>\d+) later than (?P<days>\d+) days \((?P<percent>\d+) %\)", "{late} later than {days} days ({percent} %)"),
    (r"the last six months (?P<now>[\d.]+) days \((?P<some>\d+) items?\), the six before (?P<before>[\d.]+) days \((?P<others>\d+) items?\)",
     "the last six months {now} days ({some} invoices), the six before {before} days ({others} invoices)"),
    (r"(?P<count>\d+) promises? broken", "promises broken: {count}"),
    (r"(?P<count>\d+) disputed or withdrawn items? left out", "disputed or withdrawn: {count}, left out"),
    (r"(?P<open>[\d.]+ [A-Z]{3}) are open, above the credit limit of (?P<limit>[\d.]+)",
     "{open} open, above the credit limit of {limit}"),
)  # fmt: skip
"""A part as the law says it, and as the pages do."""
WORDS = {
    "Prompt": "Pays on time",
    "Usual slow": "Pays late, as always",
    "Worsening": "Pays worse than it did",
    "New": "Too little is known",
}


def paying(because: str) -> str:
    """The sentence in the reader's language; as the law says it where a part of it is not known here."""
    word, _, rest = because.partition(": ")
    if word not in WORDS:
        return told(because)
    parts = [_part(one) for one in re.split(r"; |\. ", rest.removesuffix("."))]
    if None in parts:
        return because
    return f"{say(WORDS[word])} ({staff_text.semicolon(part for part in parts if part)})"


def _part(said: str) -> str | None:
    for pattern, words in PARTS:
        if found := re.fullmatch(pattern, said):
            return say(words, **{name: _figure(value) for name, value in found.groupdict().items()})
    return None


def _figure(value: str) -> str:
    """`79.0`, and `79,0` in French; a day as the reader writes it."""
    if _DAY.fullmatch(value):
        return staff_text.day(date.fromisoformat(value))
    return value.replace(".", ",") if staff_text.language() == "fr" else value
