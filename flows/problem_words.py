"""Exceptions as our own sentences: no provider text, address or secret leaves in a message (design 2)."""

import logging
from collections.abc import Awaitable, Callable
from functools import wraps
from typing import TypeVar, cast

from prefect.states import Failed
from sqlalchemy.exc import DBAPIError

from flows.starter import NobodyStarted
from storage.importing import ImportBusy
from storage.law_store import NoLaw
from storage.migrate import UnknownSchema
from storage.policy_store import BadLadder
from storage.rate_store import BadRates
from tasks.write import CannotWrite

OURS = (BadLadder, BadRates, CannotWrite, ImportBusy, NoLaw, NobodyStarted, UnknownSchema)
"""Errors whose message is already the sentence a person acts on."""

Work = TypeVar("Work", bound=Callable[..., Awaitable[object]])


def in_words(work: Work) -> Work:
    """A flow of ours that goes wrong says so in a sentence; Prefect is given no exception, and so keeps none."""

    @wraps(work)
    async def worded(*given: object, **named: object) -> object:
        try:
            return await work(*given, **named)
        except Exception as error:
            logging.getLogger("relance").exception("%s failed", work.__name__)
            return Failed(name="Failed", message=problem_sentence(error))

    return cast(Work, worded)


def problem_sentence(error: BaseException) -> str:
    """What went wrong, in a sentence a person can act on."""
    if isinstance(error, OURS):
        return str(error)
    if isinstance(error, (DBAPIError, ConnectionError)):
        return "The database could not be reached."
    if isinstance(error, TimeoutError):
        return "Something took too long."
    if isinstance(error, OSError) and error.errno == 28:
        return "The disk is full."
    return f"Something unforeseen happened ({type(error).__name__}); see the dispatcher's log."
