"""What an explanation is about: a case looked at, the step whose turn it is, and how long its claim lives."""

from dataclasses import dataclass

from policies.case import Case
from policies.climb import Turn
from policies.limitation import Lifetime
from policies.look import Look


@dataclass(frozen=True, slots=True)
class Matter:
    """The case as the rules see it."""

    look: Look
    turn: Turn | None
    """None: no step is left, or a rule about the case as a whole has decided."""
    life: Lifetime | None

    @property
    def case(self) -> Case:
        """The case itself."""
        return self.look.case

    @property
    def at_step(self) -> Turn:
        """The step whose turn it is, for rules that are only asked when there is one."""
        assert self.turn is not None, "rules about a step are asked when one is left"
        return self.turn
