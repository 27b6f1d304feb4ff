"""Which message of ours an e-mail answers or reports about, and what its subject names."""

import re

from tasks.mail_parts import MailParts, blocks

_ID = re.compile(r"<[^<>\s@]{1,250}@[^<>\s@]{1,250}>")
_BODY_ID = re.compile(
    r"^[ \t>]*Message-ID:[ \t]*\r?\n?[ \t]*(<[^<>\s@]{1,250}@[^<>\s@]{1,250}>)", re.IGNORECASE | re.MULTILINE
)
_NUMBER = re.compile(r"(?<![\w@.])(?=[\w/.-]*\d)[A-Za-z0-9][\w/.-]{2,38}\w(?![\w@])")
MOST = 50
"""Message-IDs kept of one message."""


def answered(parts: MailParts, told: str) -> tuple[str, ...]:
    """Message-IDs, the nearest first: the original a report returns, then In-Reply-To, then References from the last."""
    found = [one for original in parts.originals for one in _ID.findall(_head(original).get("message-id", ""))]
    for rows in parts.reports.values():
        for row in rows:
            found += _ID.findall(row.get("original-message-id", "") + row.get("x-original-message-id", ""))
    found += _ID.findall(parts.header("In-Reply-To"))
    found += reversed(_ID.findall(parts.header("References")))
    found += _BODY_ID.findall(told)
    own = parts.header("Message-ID").strip()
    return tuple(one for one in dict.fromkeys(found) if one != own)[:MOST]


def subject_references(subject: str) -> tuple[str, ...]:
    """Words of a subject with a digit in them, four signs or more: perhaps the number of an invoice or a case."""
    return tuple(dict.fromkeys(one.strip("./-") for one in _NUMBER.findall(subject[:500])))[:20]


def _head(original: str) -> dict[str, str]:
    return next(iter(blocks(original.lstrip("\n")[:60_000])), {})
