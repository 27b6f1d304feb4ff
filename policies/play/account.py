"""One debtor while it is played: its items, its money, what holds it, and what it heard from us."""

from dataclasses import replace
from datetime import date, datetime

from policies.case import Contact, StepDone
from policies.decisions import Passed
from policies.facts import Hold
from policies.law.limitation_rules import LimitationRule
from policies.play.agenda import Agenda
from policies.play.around import Around
from policies.play.asked import Asked
from policies.play.books import Books
from policies.play.failures import Fails
from policies.play.item import Item
from policies.play.played import ActPlayed, PassedPlayed
from policies.play.remarks import RemarkPlayed
from policies.play.world import Choose, Debtor, House
from policies.stages import Channel, Stage

Window = tuple[str, Stage, date, Channel]


class Account:
    """Everything known of a debtor at the moment the play has reached."""

    def __init__(self, debtor: Debtor, choose: Choose, house: House) -> None:
        self.debtor, self.choose, self.house = debtor, choose, house
        self.items = [Item(number, owed, owed.number, owed.amount) for number, owed in enumerate(debtor.owed)]
        self.books = Books(self.items)
        self.agenda = Agenda(house.outages)
        self.reach = debtor.reach
        self.holds: tuple[Hold, ...] = ()
        self.promised: tuple[Hold, ...] = ()
        self.contacts: tuple[Contact, ...] = ()
        self.windows: set[Window] = set()
        self.failing: list[Fails] = []
        self.off = False
        self._moment: datetime | None = None
        self._day = date.min
        self.unpaid: dict[str, dict[int, Item]] = {}
        """Items in our books of which something is open, by currency."""
        self.around: dict[str, Around] = {}
        """What every item of a currency shares at this moment; cleared by whatever changes it."""
        self.due: dict[int, Item] = {}
        """Items to be looked at now."""
        self.questions: list[Asked] = []
        self.acts: list[ActPlayed] = []
        self.passed: list[PassedPlayed] = []
        self.remarks: list[RemarkPlayed] = []

    def day(self, moment: datetime) -> date:
        """The debtor's day."""
        if moment is not self._moment:
            self._moment, self._day = moment, self.debtor.calendar.day(moment)
        return self._day

    @property
    def limitation(self) -> LimitationRule | None:
        """The law on how long its claims live."""
        return None if self.debtor.law is None else self.debtor.law.limitation

    def wake(self, item: Item, now: datetime) -> None:
        """Look at the item now, or when things run again."""
        moment = self.agenda.running(now)
        if moment > now:
            self.look(item, moment)
        else:
            self.due[item.id] = item

    def look(self, item: Item, moment: datetime | None) -> None:
        """Look at the item at `moment`, and not before unless a fact arrives; None: only then."""
        item.look = None if moment is None else self.agenda.running(moment)
        if item.look is not None:
            self.agenda.put(item.look, item)

    def open_items(self, currency: str) -> list[Item]:
        """Items of the currency whose case is open."""
        return [item for item in self.unpaid.get(currency, {}).values() if item.is_open]

    def file(self, item: Item) -> None:
        """Keep the item among those of which something is open, or take it out."""
        among = self.unpaid.setdefault(item.owed.currency, {})
        if item.known and item.principal > 0:
            among[item.id] = item
        elif not item.is_open:
            among.pop(item.id, None)

    def go_past(self, item: Item, passed: tuple[Passed, ...]) -> None:
        """Write down the steps a decision went past."""
        item.behind(*(StepDone(one.step, one.on, one.how, one.occurrence) for one in passed))
        number, name = self.debtor.number, item.name
        self.passed += [PassedPlayed(name, number, one.step, one.how, one.on, one.why) for one in passed]

    def failing_now(self, channel: Channel) -> Fails | None:
        """How the next message through the channel fails; it is used up by that."""
        for place, one in enumerate(self.failing):
            if one.channel is channel:
                self.failing[place : place + 1] = [replace(one, times=one.times - 1)] if one.times > 1 else []
                return one
        return None
