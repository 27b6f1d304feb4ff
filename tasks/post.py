"""Who posts letters. There is one way: the print queue, from which a person prints and posts (`relance letters`).

A posting service would be a second way: it takes the exact bytes, and answers with its number, asked by which it tells later
whether the letter was posted and what became of it. None is built: nothing here pretends to be one.
"""

from datetime import datetime
from typing import Protocol

from storage import print_queue
from storage.outgoing import Outgoing
from tasks.print_folder import show_queue


class Post(Protocol):
    """Takes letters whose handing over has begun. Taking one twice must post it once."""

    async def take(self, letter: Outgoing, at: datetime) -> None:
        """From now on the letter is on its way to being posted, which is confirmed later."""


class PrintQueue:
    """Letters a person prints and posts."""

    async def take(self, letter: Outgoing, at: datetime) -> None:
        """Into the queue, then into the folder; what the disk refuses now is laid out by the next round."""
        await print_queue.enqueue(letter.id, at)
        await show_queue(at)


POST: Post = PrintQueue()
"""The way letters go."""
