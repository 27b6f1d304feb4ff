"""The same facts brought to the real engine as files, holds and answers are, at their own moments on the stepped clock."""

import asyncio
import time as real_time
from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from policies.customer_record import CustomerRecord
from policies.facts import DebtorKind
from policies.hold_form import HoldWords
from policies.payment_record import PaymentRecord
from policies.play.events import Event, Held, Money, Released
from policies.play.world import Debtor, Owed
from policies.questions import QuestionKind
from policies.records import DocumentKind, InvoiceRecord
from storage import clock, doors, hold_deeds, questions
from storage.customers import import_customers
from storage.invoices import import_invoices
from storage.payments import book_payments
from tests.agreement.habits import end_of, moment
from tests.agreement.people import HOUR, answering_days, reply
from tests.engine.staff import MARIE
from tests.engine.world import World, settled, state_of_things

SOURCE = "agreement"
PATIENCE = 120.0
"""Seconds until the next moment comes before something is wrong."""


class Engine:
    """Brings facts to a world on the stepped clock."""

    def __init__(
        self, world: World, debtors: Sequence[Debtor], days: int, say: Callable[[str], None] = lambda _: None
    ) -> None:
        self._world, self._debtors, self._days, self._say = world, debtors, days, say
        self._facts: dict[datetime, list[Owed | Event]] = defaultdict(list)
        self._whose: dict[str, Debtor] = {}
        self._holder: dict[int, str] = {}
        for debtor in debtors:
            for owed in debtor.owed:
                self._facts[owed.known].append(owed)
                self._whose[owed.number] = debtor
            for event in debtor.events:
                self._facts[event.known].append(event)
                self._holder[id(event)] = debtor.number

    def run(self) -> None:
        """Everything that happens, moment by moment, to the end of the days."""
        self._world.run(self._run())

    async def _run(self) -> None:
        await import_customers([_customer(one) for one in self._debtors], SOURCE, "customers", self._world.creditor,
                               await clock.now())  # fmt: skip
        answering, end = {moment(day, HOUR) for day in answering_days(self._days)}, end_of(self._days)
        for at in sorted(one for one in {*answering, *self._facts, end} if one <= end):
            await self._reach(at)
            await self._learn(self._facts.get(at, []), at)
            if at in answering:
                await self._answer(at)
            await self._reach(at)
            if at.time() == HOUR and at.weekday() == 0:
                self._say(f"{at:%d %b %Y}")

    async def _reach(self, at: datetime) -> None:
        """Let time pass until then, and everything due by then be done."""
        await clock.run_until(at)
        deadline = real_time.monotonic() + PATIENCE
        while not (await clock.now() >= at and await settled()):
            if real_time.monotonic() > deadline:
                raise AssertionError(f"time stands at {await clock.now()}, not {at}\n{await state_of_things()}")
            await asyncio.sleep(0.02)

    async def _learn(self, facts: Sequence[Owed | Event], at: datetime) -> None:
        """What is known from this moment on: files first, then what people said."""
        creditor, stamp = self._world.creditor, at.isoformat()
        documents = [self._invoice(one) for one in facts if isinstance(one, Owed)]
        documents += [self._credit_note(one) for one in facts if isinstance(one, Money) and one.credit]
        if documents:
            taken = await import_invoices(documents, SOURCE, f"invoices {stamp}", creditor, at)
            assert (taken.new, taken.problems) == (len(documents), ()), taken
        money = [_line(one) for one in facts if isinstance(one, Money) and not one.credit]
        if money:
            booked = await book_payments(money, SOURCE, f"bank {stamp}", creditor, at)
            assert booked.booked == len(money), booked
        for one in facts:
            await self._said(one, at)

    async def _said(self, one: Owed | Event, at: datetime) -> None:
        match one:
            case Held(hold=hold, invoice=invoice):
                until = "" if hold.until is None else hold.until.isoformat()
                words = HoldWords(reason=hold.reason, kind=hold.kind.value, until=until)
                done = await hold_deeds.hold_customer(self._holder[id(one)], invoice, words, hold.owner, at)
            case Released(invoice=invoice):
                done = await hold_deeds.release_customer(self._holder[id(one)], invoice, "marie", at)
            case _:
                return
        if isinstance(done, list):
            self._say(f"{at:%d %b} {done[0].reason}")

    async def _answer(self, at: datetime) -> None:
        """Whatever is open at this hour, once; what only follows from an answer waits for the next day."""
        for question in sorted(await questions.inbox(), key=lambda one: (list(QuestionKind).index(one.kind), one.id)):
            customer = await questions.customer_number(question.id) or "C000"
            said = reply(customer, question.kind, at.date())
            if said is not None:
                code, values = said
                filled = self._world.form(question, code, values)
                refused = await doors.answer_directly(question.id, MARIE, "terminal", filled)
                assert refused is None, (question.title, refused)

    def _invoice(self, owed: Owed) -> InvoiceRecord:
        reached = {"reached_stage": owed.reached, "reached_on": owed.reached_on}
        return self._document(
            self._whose[owed.number].number, owed.number, owed.due, owed.amount, owed.currency, **reached
        )

    def _credit_note(self, note: Money) -> InvoiceRecord:
        name = note.names[0]
        more = {"kind": DocumentKind.CREDIT_NOTE, "reference": name}
        return self._document(
            self._whose[name].number, f"AV-{name}", note.on, note.amount, note.currency, issued=note.on, **more
        )

    def _document(self, customer: str, number: str, due: Any, total: int, currency: str, **more: Any) -> InvoiceRecord:
        given: dict[str, Any] = {
            "number": number, "kind": DocumentKind.INVOICE, "issued": None, "due": due, "currency": currency, "total": total,
            "prepaid": 0, "customer_number": customer, "customer_name": customer, "email": "", "phone": "", "country": "",
            "language": "", "owner": "", "salesperson": "", "customer_kind": DebtorKind.BUSINESS, "iban": "",
            "reference": "", "seller": "", "buyer": "", "reached_stage": None, "reached_on": None, "document": "",
            "policy": "", "line": 1,
        }  # fmt: skip
        return InvoiceRecord(**(given | more))


def _customer(debtor: Debtor) -> CustomerRecord:
    return CustomerRecord(
        number=debtor.number, name=f"Client {debtor.number}", email=f"compta@{debtor.number.lower()}.example", phone="",
        country=debtor.country or "", language="fr", time_zone="Europe/Paris", contact="", owner="marie", salesperson="",
        kind=debtor.kind, policy=debtor.policy, segment="", region="", line=1,
    )  # fmt: skip


def _line(money: Money) -> PaymentRecord:
    back = "AC04" if money.amount < 0 else ""
    return PaymentRecord(
        account="bank", booked=money.on, value_date=money.on, amount=money.amount, currency=money.currency,
        reference=" ".join(money.names), end_to_end_id=money.mark, counterparty="", iban="", text="", return_reason=back,
        invoices=() if back else money.names, line=1,
    )  # fmt: skip
