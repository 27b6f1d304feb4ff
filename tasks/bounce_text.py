"""Bounces written for people only (qmail, Exim, older Exchange, Yahoo, Zoho…), and the notices of Amazon SES.

Only a mail system's own address, or a header only mail systems write, makes a message a bounce: whatever a person
writes about undelivered mail is a reply.
"""

import json
import re

from policies.incoming import Failure, IncomingKind
from tasks.bounce_words import DEAD, SOFT, STATUS, is_dead
from tasks.delivery_report import Delivery, last_words
from tasks.mail_parts import MailParts

_DAEMON = re.compile(
    r"^(mailer.?daemon|post.?master|poostmaster|mail.?delivery|mdaemon|microsoftexchange\w*|mail\.delivery\.system|bounces?"
    r"|noreply.?bounce)\b"
)
_SYSTEM = re.compile(
    r"^(mail deliver(y|er)? (sub)?system|mailer.?daemon|system administrator|mail administrator|postmaster)\b"
)
_FAILED = re.compile(
    r"undeliver|not deliver|non.?deliver|deliver\w* (has )?fail|delivery (status|error|problem)|failed to deliver|fail(ed|ure)"
    r"|return(ed|ing)( mail| to sender|ing)|returning message|unable to deliver|could ?n.t be delivered"
    r"|could not (be )?(deliver|send)|trouble delivering"
    r"|(was|were) not? able to deliver|did not reach|mail system error|error (sending|delivering)"
    r"|permanent (fatal )?error|can(no|')t be delivered"
    r"|non (remis|distribu|d[eé]livr)|[eé]chec d|n.a pas pu [eê]tre (remis|d[eé]livr|distribu|envoy)"
    r"|unzustellbar|nicht zugestellt|zustellung.{0,30}fehlgeschlagen"
    r"|no se (ha |pudo )?(podido )?entreg|no entregad|mancato recapito|impossibile (consegnare"
    r"|recapitare)|non recapit|niet (afgeleverd|bezorgd|bestelbaar)"
    r"|n[aã]o (entregue|foi poss[ií]vel entregar)|falha na entrega"
)
_DELAYED = re.compile(
    r"\bdelay|could not send.{0,30}past|still (being )?tr(y|ied)|will (keep|continue|be) (trying|retried"
    r"|to try)|warning.{0,30}not (yet )?"
    r"|retard[eé]|diff[eé]r|verz[oö]ger|retras|ritard|vertraag|atrasad"
)
_COPY = re.compile(
    r"^[^\w\n]{0,20}-{2,}.{0,60}(copy|original|below this line|header|message text follow|enclosed)|^[^\w\n]{0,80}(original"
    r"|message headers?) (message )?follow"
    r"|^(received|return-path|message-id|dkim-signature) ?:|^the attachment contains",
    re.IGNORECASE | re.MULTILINE,
)
_ADDRESS = r"[^\s<>;,:\"'()\[\]=]{1,64}@[\w.-]{1,255}\w"
_ENTRY = re.compile(rf"^[ \t>*]*<?({_ADDRESS})>?(?::|[ \t]*\.\.\.|[ \t]*$|[ \t]+(?:Invalid|Error))", re.MULTILINE)
_ANY = re.compile(_ADDRESS)


_SUBJECT = re.compile(
    r"^\W*(undeliver|returned mail|failure notice|mail delivery (fail|problem|error|status)|delivery (failure|status notification)"
    r"|non remis|unzustellbar|mancato recapito|no se puede entregar|no entregado|onbestelbaar|n[aã]o entregue)"
)
"""Subjects of mail systems, lower case."""
_CODE = re.compile(r"(?<![\d.,/-])[45][05]\d[ -]")
_STRONG = re.compile(r"^mailer.?daemon\b")
_ANSWER = re.compile(r"^\s*(re|aw|antw|sv|rv|r)\s*:", re.IGNORECASE)


def from_mail_system(parts: MailParts) -> bool:
    """Whether a mail system wrote the message, by its sender or by a header only mail systems write."""
    if any(parts.header(one) for one in ("X-Failed-Recipients", "X-Bounced-Address", "X-MS-Embedded-Report")):
        return True
    name = parts.header("From").strip(' "<').lower()
    local = parts.sender.partition("@")[0]
    if _STRONG.match(local) or not name.strip("<> "):
        return True
    answer = _ANSWER.match(parts.header("Subject")) and parts.header(
        "In-Reply-To"
    )  # a postmaster may answer, as anybody
    return not answer and bool(_DAEMON.match(local) or _SYSTEM.match(name) or _DAEMON.match(name))


def read_text(parts: MailParts, told: str) -> Delivery | None:
    """What a mail system's letter says of the addresses it could not reach; None when it says nothing of the kind."""
    subject = parts.header("Subject").lower()
    notice = _notice(told)
    heard = f"{subject}\n{notice.lower()[:4000]}"
    if _DELAYED.search(subject) and "fail" not in subject.replace("failed for the moment", ""):
        return Delivery(IncomingKind.DELAYED, _failures(parts, notice))
    if not _FAILED.search(heard) and not parts.header("X-Failed-Recipients"):
        return None
    failures = _failures(parts, notice)
    if not any(one.address or one.status for one in failures):
        return None  # a mail system names the address or the code; a postmaster who writes about goods names neither
    if not (_is_machine(parts) or _SUBJECT.match(subject) or _says_why(notice)):
        return None  # he may sign with his address
    hard = any(one.hard for one in failures)
    return Delivery(IncomingKind.HARD_BOUNCE if hard else IncomingKind.SOFT_BOUNCE, failures)


def _is_machine(parts: MailParts) -> bool:
    """Whether nobody can sit behind the sender: a postmaster may be a person, a mailer-daemon is none."""
    marks = ("X-Failed-Recipients", "X-Bounced-Address", "X-MS-Embedded-Report", "Auto-Submitted")
    local = parts.sender.partition("@")[0]
    return bool(_STRONG.match(local)) or parts.header("Return-Path").strip() == "<>" or any(map(parts.header, marks))


def _says_why(notice: str) -> bool:
    """Whether a server's words or its code stand in it."""
    said = notice.lower()
    return bool(STATUS.search(said) or _CODE.search(said) or DEAD.search(said) or SOFT.search(said))


def read_ses(told: str) -> Delivery | IncomingKind | None:
    """A notice of Amazon SES (JSON, by way of SNS): bounce, complaint or delivery; None when it is none of them."""
    try:
        notice = json.loads(told[told.index("{") : told.rindex("}") + 1])
        notice = json.loads(notice["Message"]) if isinstance(notice.get("Message"), str) else notice
    except (ValueError, KeyError, AttributeError, RecursionError):
        notice = _loose(told)
    kind = (
        str(notice.get("notificationType") or notice.get("eventType") or "").lower() if isinstance(notice, dict) else ""
    )
    if kind == "bounce":
        return _ses_bounce(notice.get("bounce"))
    return {"complaint": IncomingKind.COMPLAINT, "delivery": IncomingKind.DELIVERED}.get(kind)


def _loose(told: str) -> dict[str, object]:
    """The kind and the recipients of a notice whose lines were broken on the way."""
    flat = told.replace('\\"', '"').replace("\n", "")
    kind = re.search(r'"(?:notification|event)Type"\s*:\s*"(\w+)"', flat)
    names = ("emailAddress", "action", "status", "diagnosticCode")
    found = {one: re.search(rf'"{one}"\s*:\s*"([^"]*)"', flat) for one in names}
    row = {one: match[1] for one, match in found.items() if match}
    lasting = re.search(r'"bounceType"\s*:\s*"(\w+)"', flat)
    bounce = {"bounceType": lasting[1] if lasting else "", "bouncedRecipients": [row]}
    return {"notificationType": kind[1] if kind else "", "bounce": bounce}


def _ses_bounce(bounce: object) -> Delivery | None:
    rows = bounce.get("bouncedRecipients") if isinstance(bounce, dict) else None
    if not isinstance(rows, list):
        return None
    failures = tuple(_ses_failure(one) for one in rows if isinstance(one, dict))
    hard = any(one.hard for one in failures)
    return Delivery(IncomingKind.HARD_BOUNCE if hard else IncomingKind.SOFT_BOUNCE, failures)


def _ses_failure(row: dict[str, object]) -> Failure:
    status, said = str(row.get("status") or ""), str(row.get("diagnosticCode") or "").removeprefix("smtp; ")
    return Failure(str(row.get("emailAddress") or "").lower(), is_dead(status, said), status, said)


def _notice(told: str) -> str:
    """The part of the letter before the copy of the message."""
    copy = _COPY.search(told, 1)
    return told[: copy.start()] if copy and copy.start() > 40 else told


def _failures(parts: MailParts, notice: str) -> tuple[Failure, ...]:
    entries = list(_ENTRY.finditer(notice))
    if not entries:
        return (_failure(_lone_address(parts, notice), notice),)
    ends = [*(one.start() for one in entries[1:]), len(notice)]
    found: dict[str, Failure] = {}
    for entry, end in zip(entries, ends, strict=True):
        found.setdefault(entry[1].lower(), _failure(entry[1].lower(), notice[entry.end() : end]))
    if not any(one.diagnostic for one in found.values()) or len(found) == 1:
        return tuple(_failure(address, notice) for address in found)
    return tuple(found.values())


def _lone_address(parts: MailParts, notice: str) -> str:
    named = _ANY.search(parts.header("X-Failed-Recipients") or parts.header("X-Bounced-Address"))
    if named:
        return named[0].lower()
    own = _ANY.findall(parts.header("To").lower())
    return next((one for one in _ANY.findall(notice.lower()) if one not in own and not _DAEMON.match(one)), "")


def _failure(address: str, words: str) -> Failure:
    said = last_words(words)
    status = STATUS.search(said)
    return Failure(address, is_dead(status[1] if status else "", said), status[1] if status else "", said[:300])
