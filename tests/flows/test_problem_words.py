"""No exception reaches the run page as it is: people read our own sentences, without addresses or secrets."""

import pytest
from sqlalchemy.exc import OperationalError

from flows.problem_words import in_words, problem_sentence
from storage.law_store import NoLaw
from storage.policy_store import BadLadder
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
        (NoLaw("your fr.toml:1: intrest: The key is unknown."), "your fr.toml:1: intrest: The key is unknown."),
        (BadLadder("mine.toml:4: step: There is none."), "mine.toml:4: step: There is none."),
        (TimeoutError(), "Something took too long."),
        (OSError(28, "No space left on device"), "The disk is full."),
        (KeyError("secret"), "Something unforeseen happened (KeyError); see the dispatcher's log."),
    ],
)
def test_an_exception_is_told_in_a_sentence_of_ours(error: Exception, sentence: str) -> None:
    assert problem_sentence(error) == sentence


async def test_a_flow_that_goes_wrong_ends_in_a_sentence_and_keeps_no_exception() -> None:
    @in_words
    async def reads_a_full_disk() -> None:
        raise OSError(28, "No space left on device")

    state = await reads_a_full_disk()
    assert (state.name, state.message, state.data) == ("Failed", "The disk is full.", None)
