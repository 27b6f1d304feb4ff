"""The manager's Monday: what was done in a week, what waits, what comes. Every figure is one of the books."""

from dataclasses import dataclass
from datetime import datetime

from policies.report_week import ReportWeek
from policies.stages import Channel
from storage.call_list import OutcomeCount, outcomes
from storage.creditor import Creditor
from storage.session import reading
from storage.week_report_agreed import Agreed, agreed
from storage.week_report_ahead import Ahead, ahead
from storage.week_report_customers import Debtor, largest
from storage.week_report_money import Money, money
from storage.week_report_sent import Correspondence, correspondence
from storage.week_report_span import Span
from storage.week_report_troubles import Exceptions, Trouble, treated_otherwise, troubles
from storage.week_report_waiting import Waiting, waiting


@dataclass(frozen=True, slots=True)
class WeekReport:
    """A creditor's week; what stands (questions, customers, days ahead, exceptions, troubles) stands at `at`."""

    creditor: str
    week: ReportWeek
    zone: str
    at: datetime
    correspondence: Correspondence
    calls: tuple[OutcomeCount, ...]
    """What came of the week's calls, of all creditors of the house."""
    waiting: Waiting
    agreed: Agreed
    money: Money
    customers: tuple[Debtor, ...]
    ahead: Ahead
    exceptions: Exceptions
    troubles: tuple[Trouble, ...]


async def week_report(creditor: Creditor, week: ReportWeek, at: datetime, channels: frozenset[Channel]) -> WeekReport:
    """The report of the week as it is known at `at`. `channels` are those that have credentials."""
    span = Span(creditor.id, week, creditor.zone, at)
    otherwise = await treated_otherwise(span)
    called = await outcomes(week.first, week.last)
    async with reading() as connection:
        return WeekReport(
            creditor.name, week, creditor.zone, at,
            correspondence=await correspondence(connection, span),
            calls=called,
            waiting=await waiting(connection, span),
            agreed=await agreed(connection, span),
            money=await money(connection, span),
            customers=await largest(connection, span, channels),
            ahead=await ahead(connection, span, channels),
            exceptions=otherwise,
            troubles=await troubles(connection, span),
        )  # fmt: skip
