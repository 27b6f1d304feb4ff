"""Reading the customers of a scenario. Without any there is one: a French business in Paris, reachable by every channel."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, tzinfo

from policies.case import Calendar
from policies.facts import DebtorKind
from policies.law.rules import KindLaw
from policies.payer import Payer
from policies.play.events import Event
from policies.play.world import Owed
from policies.scenarios.known import Known
from policies.scenarios.values import day
from policies.stages import Channel
from policies.toml_places import country
from policies.toml_table import Table
from policies.toml_values import Wrong, flag, listed, one_of, shown, text

CUSTOMER_KEYS = (
    "number", "name", "kind", "country", "region", "zone", "holidays", "channels", "payer", "first_lateness", "policy", "parent", "law",
)  # fmt: skip
REACHED: tuple[Channel, ...] = tuple(one for one in Channel if one is not Channel.HANDOVER)


@dataclass(slots=True)
class Party:
    """A customer as it is read, with what it owes and what happens to it."""

    number: str
    kind: DebtorKind
    calendar: Calendar
    country: str
    region: str = ""
    law: KindLaw | None = None
    reach: frozenset[Channel] = frozenset(Channel)
    policy: str = ""
    payer: Payer | None = None
    first_lateness: bool = False
    parent: str = ""
    owed: list[Owed] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)


def read_party(table: Table, known: Known, number: str) -> Party:
    """One customer; `number` is what it is called where the file does not say."""
    table.refuse_others(CUSTOMER_KEYS)
    lives_in, region = table.take("country", country, "FR"), table.take("region", text, "")
    kind = table.take("kind", one_of(DebtorKind), DebtorKind.BUSINESS)
    paris = known.zone("Europe/Paris")
    assert paris is not None, "every zone data has Paris"
    none: tuple[date, ...] = ()
    holidays = known.holidays(lives_in, region)
    if "holidays" in table.values:
        holidays = frozenset(table.take("holidays", listed(day, 0), none))
    return Party(
        number=table.take("number", text, number),
        kind=kind,
        calendar=Calendar(table.take("zone", _zone(known), paris), holidays),
        country=lives_in,
        region=region,
        law=known.law_of(lives_in, region, kind) if table.take("law", flag, True) else None,
        reach=frozenset(table.take("channels", listed(one_of(Channel, REACHED), 0), REACHED)) | {Channel.HANDOVER},
        policy=table.take("policy", text, ""),
        payer=table.take("payer", one_of(Payer), None),
        first_lateness=table.take("first_lateness", flag, False),
        parent=table.take("parent", text, ""),
    )


def _zone(known: Known) -> Callable[[object], tzinfo]:
    def read(value: object) -> tzinfo:
        zone = known.zone(value) if isinstance(value, str) else None
        if zone is None:
            raise Wrong(f"{shown(value)} is no time zone; use a name such as Europe/Paris or America/New_York.")
        return zone

    return read
