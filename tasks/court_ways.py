"""The ways to court in the words of the question: which are open, what each costs and wants, why the others are closed."""

from policies.court_facts import CourtFacts
from policies.court_proposal import OpenWay
from policies.money import plain
from tasks.court_way import way_title
from tasks.staff_text import colon, day, language, say, semicolon, told
from tasks.staff_words import cell


def offered(facts: CourtFacts | None) -> tuple[str, ...]:
    """The sentences of the choices, the way of the draft first."""
    return (
        ()
        if facts is None
        else tuple(say("Take it to court: {way}", way=way_title(one.route, language())) for one in facts.ways)
    )


def ways_told(facts: CourtFacts | None, currency: str) -> str:
    """The proposal as markdown; empty where the step goes to no court."""
    if facts is None:
        return ""
    if facts.proposal is None:
        return say("No law is known for this debtor: no way to court is proposed, counsel decides.")
    head = (
        say("**Ways to court**, the cheapest first; the draft below takes *{way}*.", way=_title(facts.way))
        if facts.way
        else ""
    )
    lines = [
        f"{colon(f'- **{way_title(one.route, language())}**')} {_weighed(one, currency)}" for one in facts.proposal.open
    ]
    lines += [say("- *Closed*: {why}", why=cell(told(why))) for _, why in facts.proposal.closed]
    lines += [told(facts.proposal.none)] if facts.proposal.none else []
    dies = facts.proposal.dies_on
    lines += [say("- The claim can be brought to court until {day}.", day=day(dies))] if dies else []
    return "\n".join([head, "", *lines] if head else lines)


def _title(way: OpenWay | None) -> str:
    return "" if way is None else way_title(way.route, language())


def _weighed(way: OpenWay, currency: str) -> str:
    """Cost, time to object, what it needs, what is missing, the article."""
    route, parts = way.route, []
    if route.cost:
        parts.append(say("cost: {cost}", cost=told(route.cost)))
    if route.days_to_object:
        parts.append(say("{days} days to object", days=route.days_to_object))
    if route.most is not None:
        parts.append(say("up to {amount}", amount=f"{plain(route.most, currency)} {currency}"))
    if route.needs:
        parts.append(say("needs: {needs}", needs=semicolon(told(one) for one in route.needs)))
    parts += [say("**missing**: {what}", what=cell(told(one))) for one in way.missing]
    if route.at_court.forbids_payment:
        parts.append(
            say("**nothing may be paid until its outcome** ({article})", article=route.at_court.forbids_payment)
        )
    return f"{semicolon(parts)} [{cell(route.where.source)}]"
