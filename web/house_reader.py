"""Who looks at a page of the desk, and the words and figures as that person reads them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from markupsafe import Markup, escape
from starlette.types import Scope

from policies.act_roles import may_start
from policies.staff import Role
from storage.desk_views.house_day import House
from tasks import wording
from web.callers import SCOPE_KEY
from web.house_names import name_of
from web.house_words import say


@dataclass(frozen=True, slots=True)
class Reader:
    """A person at the desk: login, role, and the language the pages are written in."""

    login: str
    role: Role
    language: str

    def may_start(self, act: str) -> bool:
        """Whether the form of this act is of use to the person."""
        return not may_start(act, self.role)


def reader_of(scope: Scope) -> Reader:
    """The person the gate has let in."""
    caller = scope[SCOPE_KEY]
    return Reader(caller.actor, caller.role, caller.language)


@dataclass(frozen=True, slots=True)
class Spoken:
    """How a page writes days, moments, ages and amounts: in the reader's language, by the day of the house."""

    reader: Reader
    house: House

    def names(self) -> Mapping[str, Callable[..., Any]]:
        """What templates may call."""
        return {
            "money": self.money,
            "day": self.day,
            "short": self.short,
            "moment": self.moment,
            "age": self.age,
            "figure": self.figure,
        }

    def money(self, minor: int, currency: str) -> Markup:
        """`1 250,00 €`, never broken over two lines."""
        shown = escape(wording.amount(minor, currency, self.reader.language))
        return Markup('<span class="money">{}</span>').format(shown)

    def figure(self, count: int) -> str:
        """`10,000`, `10 000`."""
        return wording.figure(Decimal(count), self.reader.language)

    def day(self, on: date) -> str:
        """`3 December 2026`."""
        return wording.day(on, self.reader.language)

    def short(self, on: date | datetime) -> str:
        """`3 Dec`, with the year where it is another."""
        local = on.astimezone(self.house.zone).date() if isinstance(on, datetime) else on
        short = wording.short_day(local, self.reader.language)
        return short if local.year == self.house.today.year else f"{short} {local.year}"

    def moment(self, at: datetime) -> str:
        """`3 Dec, 14:05` by the clock of the house."""
        return f"{self.short(at)}, {at.astimezone(self.house.zone):%H:%M}"

    def age(self, on: date) -> str:
        """`12 days late`, `due in 3 days`, `due today`."""
        days = (self.house.today - on).days
        if days > 1:
            return say("{days} days late", days=days)
        if days == 1:
            return say("1 day late")
        if days == 0:
            return say("due today")
        return say("due in {days} days", days=-days) if days < -1 else say("due tomorrow")


def spoken_name(names: Mapping[str, str], code: str | None) -> str:
    """The name of a code in the reader's language."""
    return say(name_of(names, code).replace("{", "").replace("}", ""))
