"""A way to court in words: what a person weighs before choosing it."""

from policies.court_proposal import OpenWay
from policies.money import plain


def way_in_words(way: OpenWay, currency: str) -> tuple[str, ...]:
    """What a person weighs: cost, days to object, what is needed, what is missing, and the article."""
    route = way.route
    told = [f"cost: {route.cost}"] if route.cost else []
    told += [f"{route.days_to_object} days to object"] if route.days_to_object else []
    told += [f"needs: {'; '.join(route.needs)}"] if route.needs else []
    told += [f"up to {plain(route.most, currency)} {currency}"] if route.most is not None else []
    told += [f"missing: {one}" for one in way.missing]
    told += (
        [f"no payment from now to the outcome ({route.at_court.forbids_payment})"]
        if route.at_court.forbids_payment
        else []
    )
    return (*told, route.where.source)
