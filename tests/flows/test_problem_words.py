"""No exception reaches the run page as it is: people read our own sentences, without addresses or secrets."""

import pytest
from sqlalchemy.exc import OperationalError

from flows.problem_words import problem_sentence
from tasks.write import CannotWrite


@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        (CannotWrite("The customer's address has no @."), "The customer's address has no @."),
        (
            OperationalError("SELECT 1", {}, Exception("password of relance_app at 10.0.0.1")),
            "The database could not be reached.",
        ),
        (ConnectionResetError("10.0.0.1"), "The database could not be reached."),
        (TimeoutError(), "Something took too long."),
        (OSError(28, "No space left on device"), "The disk is full."),
        (KeyError("secret"), "Something unforeseen happened (KeyError); see the dispatcher's log."),
    ],
)
def test_an_exception_is_told_in_a_sentence_of_ours(error: Exception, sentence: str) -> None:
    assert problem_sentence(error) == sentence
