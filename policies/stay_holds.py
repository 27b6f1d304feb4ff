"""Kinds of hold that belong to a stay: they end invoice by invoice, never for a customer as a whole."""

from policies.facts import HoldKind

ONE_BY_ONE: frozenset[HoldKind] = frozenset({HoldKind.DEATH, HoldKind.OVER_INDEBTEDNESS})
