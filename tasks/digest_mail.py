"""A digest in words, in its reader's language, with a link to every question and customer."""

from collections.abc import Callable
from datetime import datetime, tzinfo
from typing import Any
from urllib.parse import quote

from policies.message import Rendered
from storage.digest import Digest, News, WaitingCall, WaitingQuestion
from storage.digests import DigestDay
from tasks import wording
from tasks.marked_text import figure, link, named
from tasks.staff_letter import staff_letter
from tasks.staff_text import speaking, told


def digest_mail(digest: Digest, day: DigestDay, base: str, zone: tzinfo) -> Rendered:
    """The e-mail. `base` is where the reader reaches the desk; days are those of `zone`."""
    language, base = digest.reader.language, base.rstrip("/")

    def on(moment: datetime) -> str:
        return wording.short_day(moment.astimezone(zone).date(), language)

    words: dict[str, Any] = {
        "name": named(wording.one_line(digest.reader.name)),
        "today": wording.day(day.on, language),
        "last": on(day.since),
        "waiting": digest.waiting, "new": digest.new, "late": digest.late, "calling": digest.calling,
        "questions": [_question(one, base, on, language) for one in digest.questions],
        "calls": [_call(one, base, zone, language) for one in digest.calls],
        "told": digest.told,
        "news": [_news(one, base, language) for one in digest.news],
        "anyones": digest.anyones,
        "inbox": link(f"{base}/desk/inbox?whose=mine"),
        "call_list": link(f"{base}/desk/calls"),
    }  # fmt: skip
    return staff_letter("digest", language, words)


def _question(one: WaitingQuestion, base: str, on: Callable[[datetime], str], language: str) -> dict[str, Any]:
    page = f"{base}/v2/runs/flow-run/{one.run}" if one.run else f"{base}/desk/inbox?whose=mine"
    return {
        "title": named(_title(wording.one_line(one.title), language)), "since": on(one.since), "due": on(one.due_at) if one.due_at else "",
        "new": one.new, "late": one.late, "link": link(page),
    }  # fmt: skip


def _title(title: str, language: str) -> str:
    """What is asked, in the reader's language; it was put into words in the house's."""
    what, mark, about = title.partition(" · ")
    with speaking(language):
        return f"{told(what)}{mark}{about}"


def _call(one: WaitingCall, base: str, zone: tzinfo, language: str) -> dict[str, Any]:
    return {
        "customer": named(wording.one_line(one.customer_name)),
        "amount": figure(wording.amount(one.amount, one.currency, language)),
        "days": one.days_late, "at": f"{one.at.astimezone(zone):%H:%M}", "agreed": one.agreed,
        "link": link(f"{base}/v2/runs/flow-run/{one.run}" if one.run else f"{base}/desk/calls"),
    }  # fmt: skip


def _news(one: News, base: str, language: str) -> dict[str, Any]:
    return {
        "kind": one.kind,
        "customer": named(wording.one_line(one.customer_name)),
        "invoice": named(wording.one_line(one.invoice)),
        "amount": figure(wording.amount(one.amount, one.currency, language)) if one.currency else "",
        "link": link(f"{base}/desk/customers/{quote(one.customer_number, safe='')}"),
    }
