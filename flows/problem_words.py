"""Exceptions as our own sentences: no provider text, address or secret leaves in a message (design 2)."""

from sqlalchemy.exc import DBAPIError

from tasks.write import CannotWrite


def problem_sentence(error: BaseException) -> str:
    """What went wrong, in a sentence a person can act on."""
    if isinstance(error, CannotWrite):
        return str(error)
    if isinstance(error, (DBAPIError, ConnectionError)):
        return "The database could not be reached."
    if isinstance(error, TimeoutError):
        return "Something took too long."
    if isinstance(error, OSError) and error.errno == 28:
        return "The disk is full."
    return f"Something unforeseen happened ({type(error).__name__}); see the dispatcher's log."
