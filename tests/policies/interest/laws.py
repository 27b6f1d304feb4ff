"""Laws of some countries as values, and short ways to write a debt down, for the tests of interest."""

from datetime import date
from decimal import Decimal

from policies.interest.debt import Debt, Movement
from policies.interest.statement import Statement
from policies.law.provenance import Confidence, Provenance
from policies.law.rules import FlatRule, InterestRule, KindLaw, Moves, Starts
from storage.rate_store import shipped_rates

RATES = shipped_rates()
ARTICLE = Provenance("the article", date(2026, 1, 1), Confidence.HIGH)
TEN, EIGHT, NINE, FIVE = Decimal(10), Decimal(8), Decimal(9), Decimal(5)


def a_rule(series: str = "", points: Decimal = Decimal(0), **given: object) -> InterestRule:
    known = {"moves": Moves.SEMESTER, "starts": Starts.DUE} | given
    return InterestRule(where=ARTICLE, series=series, points=points, **known)  # type: ignore[arg-type]


def a_flat(currency: str, **given: object) -> FlatRule:
    return FlatRule(**({"per": "invoice", "currency": currency, "where": ARTICLE} | given))  # type: ignore[arg-type]


def a_law(interest: InterestRule | None, flat: FlatRule | None = None) -> KindLaw:
    return KindLaw(interest=interest, flat=flat, limitation=None, contact=None, notice=None)


BANDS = ((100_000, 4000), (1_000_000, 7000), (None, 10_000))
DUTCH = tuple((width, Decimal(percent)) for width, percent in (
    (250_000, "15"), (250_000, "10"), (500_000, "5"), (19_000_000, "1"), (None, "0.5"),
))  # fmt: skip
BELGIAN = (
    (15_000, 2000, Decimal(0), 0), (50_000, 3000, Decimal(10), 15_000), (None, 6500, Decimal(5), 50_000),
)  # fmt: skip

FR = a_law(a_rule("ecb_mro", TEN, floor_series="fr_legal", floor_times=Decimal(3)), a_flat("EUR", amount=4000))
FR_CONSUMER = a_law(a_rule("fr_legal", starts=Starts.NOTICE))
FR_PUBLIC = a_law(a_rule("ecb_mro", EIGHT, moves=Moves.FROZEN), a_flat("EUR", amount=4000))
DE = a_law(a_rule("de_base", NINE), a_flat("EUR", amount=4000, per="instalment"))
DE_CONSUMER = a_law(a_rule("de_base", FIVE))
BE = a_law(a_rule("ecb_mro", EIGHT, round_up_to=Decimal("0.5")), a_flat("EUR", amount=4000))
BE_CONSUMER = a_law(
    a_rule(
        "be_civil", starts=Starts.REMINDER_EXPIRED, cap_series="ecb_mro", cap_points=EIGHT,
        cap_round_up_to=Decimal("0.5"),
    ),
    a_flat("EUR", pieces=BELGIAN, most=200_000, needs_terms=True, needs="free_reminder"),
)  # fmt: skip
UK = a_law(a_rule("boe", EIGHT, moves=Moves.FROZEN), a_flat("GBP", per="debt", bands=BANDS))
NL = a_law(a_rule("ecb_mro", EIGHT), a_flat("EUR", per="debt", slices=DUTCH, least=4000, most=677_500))
NL_CONSUMER = a_law(
    a_rule("nl_consumer"),
    a_flat("EUR", per="debt", slices=DUTCH, least=4000, most=677_500, needs="fourteen_day_letter"),
)
LU_CONSUMER = a_law(a_rule("lu_consumer", starts=Starts.THIRD_MONTH))
CH = a_law(a_rule(fixed=FIVE))
US = a_law(a_rule(needs_terms=True), a_flat("USD", needs_terms=True))


def a_debt(amount: int, due: str, *moved: tuple[str, int], currency: str = "EUR", notice: str = "") -> Debt:
    """A debt of `amount` minor units due on `due`, with (value date, amount) for each payment or return."""
    movements = tuple(Movement(date.fromisoformat(day), minor) for day, minor in moved)
    notice_on = date.fromisoformat(notice) if notice else None
    return Debt(amount, currency, date.fromisoformat(due), movements, notice_on)


Line = tuple[str, str, int, str, int, int]


def lines(statement: Statement) -> list[Line]:
    """The segments as a person reads them."""
    return [
        (one.start.isoformat(), one.end.isoformat(), one.days, f"{one.rate:f}", one.principal, one.interest)
        for one in statement.segments
    ]
