"""What the desk tells the memory: answers before they are forwarded, and what people do to runs."""

from typing import Any, Protocol
from uuid import UUID

from policies.staff import Signer


class Received(Protocol):
    """What became of an answer that was handed in."""

    @property
    def answer(self) -> int | None:
        """The number of the answer's row; None where the run asks nothing."""

    @property
    def refusal(self) -> str | None:
        """Why the answer cannot count, as a sentence; None when it may be forwarded."""


class Doors(Protocol):
    """The rows the desk writes; `storage.doors` is the real one."""

    async def receive_answer(self, run: UUID, /, signer: Signer, door: str, values: dict[str, Any]) -> Received:
        """Write the answer down, before the server hears of it."""

    async def refuse_answer(self, run: UUID, /, actor: str, door: str, values: dict[str, Any], why: str) -> None:
        """Write down an answer that cannot count, whatever it says."""

    async def settle_answer(self, answer: int, /, accepted: bool, words: str) -> str | None:
        """Write down what the server said to it; a sentence when the answer cannot be used after all."""

    async def note_deed(self, actor: str, deed: str, run: UUID, /, detail: str) -> None:
        """Write down that a person moved, deleted or started a run."""
