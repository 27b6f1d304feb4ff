"""A ladder read with everything that is known: its words exist, its law allows it, its rates are there."""

from collections.abc import Mapping

from policies.ladder import Ladder
from policies.ladder_file import load_ladder
from policies.law.jurisdiction import Jurisdiction
from policies.problems import Problem
from policies.rates.series import Rates
from tasks.template_choice import exists


def checked_ladder(
    text: bytes, source: str, laws: Mapping[str, Jurisdiction] | None, rates: Rates | None
) -> Ladder | list[Problem]:
    """The ladder written in `text`, or everything that is wrong with it, a step that would have nothing to say included.

    A ladder that is used for the first time is read so. One a case is pinned to is not: what it may do was checked then.
    """
    return load_ladder(text, source, laws=laws, rates=rates, templates=exists)
