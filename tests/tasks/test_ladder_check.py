"""A ladder whose step would have nothing to say is refused with its file, line, key and reason."""

import pytest

from policies.ladder import Ladder
from storage import policy_store
from storage.rate_store import shipped_rates
from tasks.ladder_check import checked_ladder
from tasks.template_choice import find

STEP = """
[[step]]
id = "{stage}"
stage = "{stage}"
offset = {offset}
gap = 7
channels = ["{channel}"]
"""


def read(head: str, *steps: tuple[str, str]) -> list[str] | str:
    written = "".join(
        STEP.format(stage=stage, offset=place, channel=channel) for place, (stage, channel) in enumerate(steps)
    )
    found = checked_ladder(f'id = "x"\ntitle = "X"\n{head}\n{written}'.encode(), "x.toml", None, None)
    return found.id if isinstance(found, Ladder) else [str(problem) for problem in found]


LETTER = ("courtesy_reminder", "email")


def test_the_words_of_every_step_for_every_kind_of_debtor_must_exist() -> None:
    french = 'country = "FR"\nkinds = ["business"]'
    assert read(french, LETTER, ("formal_notice", "email"), ("agency", "handover")) == "x"
    public = 'country = "FR"\nkinds = ["business", "public"]'
    missing = 'There is no template "agency" for a public under the law of "FR"; the step could not leave.'
    agency = f"x.toml:22: agency.stage: {missing}"
    assert read(public, LETTER, ("formal_notice", "email"), ("agency", "handover")) == [agency]


@pytest.mark.parametrize(
    ("head", "refused"),
    [
        ('country = "US"\nkinds = ["business"]', "business"),
        ('country = "UK-EW"\nkinds = ["consumer"]', "consumer"),
        ('country = "DE"\nkinds = ["public"]', "public"),
    ],
)
def test_a_formal_notice_is_never_borrowed_from_another_law(head: str, refused: str) -> None:
    answer = read(head, LETTER, ("formal_notice", "email"))
    begins = f'x.toml:15: formal_notice.stage: There is no template "formal_notice" for a {refused} under the law'
    assert [problem[: len(begins)] for problem in answer] == [begins]


def test_a_ladder_for_any_country_keeps_to_the_courteous_texts() -> None:
    assert read("", ("upcoming", "email"), LETTER) == "x"
    answer = read('kinds = ["business"]', LETTER, ("second_reminder", "email"))
    assert "of no country in particular" in answer[0]


@pytest.mark.parametrize("name", policy_store.shipped_names())
def test_every_step_of_a_shipped_ladder_has_its_words(name: str) -> None:
    found = checked_ladder(policy_store.shipped(name), f"{name}.toml", None, shipped_rates())
    assert isinstance(found, Ladder), found
    missing = [
        (step.id, kind.value, language)
        for step in found.steps
        for kind in sorted(found.kinds)
        for language in ("fr", "en", *(["de"] if found.country == "DE" else []))
        if (words := find(found.country, step.text or step.stage.value, kind, language)) is None or words[1] != language
    ]
    assert missing == []
