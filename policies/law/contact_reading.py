"""Reading the rules of a law file on contacts, formal notices, routes, and how long a claim lives."""

from policies.ladder_parts import chosen, read_cap
from policies.law.contact_rules import ContactRule, NoticeRule, Route, Window
from policies.law.court_reading import COURT_KEYS, read_court
from policies.law.written import WHERE_KEYS, Page, read_amount, read_where
from policies.stages import Channel, Stage
from policies.toml_lines import Section, inside
from policies.toml_table import Table
from policies.toml_values import flag, identifier, listed, one_of, text, weekday, whole

CONTACT_KEYS = (*WHERE_KEYS, "caps", "windows", "rest_after_conversation")
NOTICE_KEYS = (*WHERE_KEYS, "must_hold", "least_days", "free_reminder_first", "reminder_days")
ROUTE_KEYS = (
    *WHERE_KEYS, "id", "stage", "title", "least", "most", "days_to_object", "cost", "needs", "uncontested", "refused",
    *COURT_KEYS,
    "mediator", "before_court",
)  # fmt: skip
WINDOW_KEYS = ("channels", "send_from", "send_until", "days")
ROUTES = (Stage.MEDIATION, Stage.AGENCY, Stage.LEGAL)


def read_contact(table: Table, page: Page, found: list[Section]) -> ContactRule:
    """One `[[contact]]`."""
    table.refuse_others(CONTACT_KEYS)
    return ContactRule(
        caps=tuple(read_cap(row) for row in _rows(table, "caps", found)),
        windows=tuple(_window(row) for row in _rows(table, "windows", found)),
        where=read_where(table, page),
        rest_after_conversation=table.take("rest_after_conversation", whole(0, 90), 0),
    )


def read_notice(table: Table, page: Page, found: list[Section]) -> NoticeRule:
    """One `[[notice]]`."""
    table.refuse_others(NOTICE_KEYS)
    return NoticeRule(
        must_hold=table.take("must_hold", listed(text), ()),
        least_days=table.take("least_days", whole(0, 365), 0),
        where=read_where(table, page),
        free_reminder_first=table.take("free_reminder_first", flag, False),
        reminder_days=table.take("reminder_days", whole(0, 365), 0),
    )


def read_route(table: Table, page: Page, found: list[Section]) -> Route:
    """One `[[route]]`."""
    table.refuse_others(ROUTE_KEYS)
    return Route(
        id=table.require("id", identifier, ""),
        stage=table.require("stage", one_of(Stage, ROUTES), Stage.LEGAL),
        title=table.require("title", text, ""),
        where=read_where(table, page),
        least=read_amount(table, "least", page),
        most=read_amount(table, "most", page),
        days_to_object=table.take("days_to_object", whole(1, 365), None),
        cost=table.take("cost", text, ""),
        needs=table.take("needs", listed(text), ()),
        uncontested=table.take("uncontested", flag, False),
        refused=table.take("refused", text, ""),
        at_court=read_court(table, page),
        mediator=table.take("mediator", text, ""),
        before_court=table.take("before_court", flag, False),
    )


def _rows(table: Table, key: str, found: list[Section]) -> list[Table]:
    """The tables listed under `key`, inline."""
    written = table.values.get(key, [])
    if not isinstance(written, list) or not all(isinstance(row, dict) for row in written):
        table.note(key, f"Write {key} as a list of tables, such as [{{ … }}, {{ … }}].")
        return []
    section = Section(key, inside(found, table.section, key).line)
    return [Table(row, section, table.source, table.problems, f"{table.place}.{key}") for row in written]


def _window(table: Table) -> Window:
    table.refuse_others(WINDOW_KEYS)
    return Window(
        channels=chosen(table, "channels", one_of(Channel)),
        send_from=table.require("send_from", whole(0, 23), 0),
        send_until=table.require("send_until", whole(1, 24), 24),
        days=chosen(table, "days", weekday) or frozenset(range(7)),
    )
