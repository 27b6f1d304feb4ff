"""Every message of a ladder has its words."""

from collections.abc import Callable, Sequence

from policies.facts import DebtorKind
from policies.ladder import Ladder
from policies.ladder_steps import StepRead
from policies.stages import Channel

Texts = Callable[[str, str, DebtorKind], bool]
"""Whether there are words for a text (a stage, or the step's own `text`) under a law for a kind of debtor."""


def check_texts(ladder: Ladder, steps: Sequence[StepRead], known: Texts | None) -> None:
    """Note the steps that would have nothing to send; without `known` nothing is checked."""
    if known is None:
        return
    for read in steps:
        if set(read.step.channels) == {Channel.CALL}:
            continue  # a call is a question to a person, who has words of his own
        name = read.step.text or read.step.stage.value
        for kind in sorted(ladder.kinds or DebtorKind):
            if not known(ladder.country, name, kind):
                law = f'under the law of "{ladder.country}"' if ladder.country else "of no country in particular"
                key = "text" if read.step.text else "stage"
                read.table.note(
                    key, f'There is no template "{name}" for a {kind.value} {law}; the step could not leave.'
                )
