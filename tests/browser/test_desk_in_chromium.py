"""A person enters by the one-time link, answers a question, and uses the buttons of a run's page."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Window
from tests.browser.prefect_ui import PrefectUI
from tests.web.house import House, deployment, open_house, suspended_run
from web.entrance import new_link

NAME = "Dupont SARL · FA-2026-0142 · 1 250,00 €"
SEND = "Send the formal notice · 1 250,00 € → compta@dupont.fr · 3f9a"
SCHEMA = {
    "type": "object",
    "title": "Decision",
    "required": ["decision", "note"],
    "properties": {
        "decision": {"type": "string", "title": "Decision", "enum": [SEND, "Wait 7 days", "stale"]},
        "note": {"type": "string", "title": "Note", "description": "What the customer said", "default": ""},
    },
}


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """A running desk of its own."""
    with open_house(Path(tmp_path_factory.mktemp("house"))) as opened:
        yield opened


@pytest.fixture
def desk(house: House, window: Window) -> PrefectUI:
    """A person who has entered."""
    return PrefectUI(window.page, house.url).enter(new_link(house.home, house.url))


def rows(house: House, *kinds: str) -> list[dict[str, Any]]:
    """What the desk wrote down, of these kinds."""
    return [event for event in house.events() if event["event"] in kinds]


def test_a_question_is_answered_through_the_form_and_the_browser_asks_no_other_host(
    house: House, window: Window, desk: PrefectUI
) -> None:
    run = str(suspended_run(house, NAME, SCHEMA, "**Dupont SARL** owes 1 250,00 €"))
    form = desk.open_inbox().open_listed(NAME).open_form().shows("Dupont SARL owes 1 250,00 €")
    assert form.options("Decision") == [SEND, "Wait 7 days", "stale"]
    assert (
        form.choose("Decision", "Send the formal notice").fill("Note", "agreed by phone").submit() == "Flow run resumed"
    )
    assert not form.is_open
    assert rows(house, "receive", "settle")[-2:] == [
        {"event": "receive", "run": run, "actor": "local", "door": "desk",
         "values": {"decision": SEND, "note": "agreed by phone"}},
        {"event": "settle", "answer": 7, "accepted": True, "words": "ACCEPT"},
    ]  # fmt: skip
    assert set(window.asked) - {""} == {house.authority}


def test_a_refused_answer_shows_its_reason_and_the_form_stays_open(house: House, desk: PrefectUI) -> None:
    form = desk.open_run(suspended_run(house, NAME, SCHEMA)).open_form()
    assert form.submit() == "Reason: Validation failed. Failure reason: 'decision' is a required property"
    message = form.choose("Decision", "stale").submit()
    assert message == "The amount has changed since this form was opened. Please open it again."
    assert form.is_open
    assert desk.page.locator("body").get_by_text(NAME).first.is_visible()


def test_the_buttons_of_a_run_do_what_they_say_and_are_written_down(house: House, desk: PrefectUI) -> None:
    run = suspended_run(house, NAME, SCHEMA)
    desk.open_run(run)
    assert desk.state() == "Suspended"
    assert desk.acts() == ["Copy to new run", "Cancel", "Resume", "Copy ID", "Delete"]
    assert "scheduled to start now" in desk.copy()
    assert desk.open_run(run).cancel() == "Flow run cancelled"
    house.service().ask("POST", f"/api/flow_runs/{run}/set_state", {"state": {"type": "CANCELLED"}, "force": True})
    assert desk.open_run(run).acts() == ["Copy to new run", "Retry", "Change state", "Copy ID", "Delete"]
    assert desk.change_state("Completed", "paid in cash") == "Flow run state changed"
    assert desk.open_run(run).retry() == "Flow run scheduled for retry"
    assert desk.open_run(run).delete() == "Flow run deleted"
    deeds = [(event["deed"], event["detail"]) for event in rows(house, "deed")]
    assert [name for name, _ in deeds] == ["start", "set_state", "set_state", "set_state", "delete"]
    assert [detail.split(" · ")[0].split()[0:1] for _, detail in deeds[1:]] == [
        ["CANCELLING"],
        ["COMPLETED"],
        ["SCHEDULED"],
        [],
    ]


def test_a_deployment_link_opens_a_filled_form_that_starts_it(house: House, desk: PrefectUI) -> None:
    desk.open_start(deployment(house), '{"note":"promised 12 Dec"}')
    expect(desk.parameter("note")).to_have_value("promised 12 Dec")
    assert "scheduled to start now" in desk.submit_start()


def test_runs_ticked_in_the_list_are_deleted_one_by_one(house: House, desk: PrefectUI) -> None:
    runs = [str(suspended_run(house, f"Martin SA · FA-{number}", SCHEMA)) for number in (1, 2)]
    desk.open_inbox().delete_listed("Martin SA · FA-1", "Martin SA · FA-2")
    expect(desk.page.get_by_text("Martin SA · FA-1")).to_have_count(0)
    assert sorted(event["run"] for event in rows(house, "deed")[-2:]) == sorted(runs)


def test_a_browser_without_a_session_reads_what_to_do(house: House, window: Window) -> None:
    window.page.goto(f"{house.url}/v2/runs")
    expect(window.page.get_by_role("heading", name="Relance")).to_be_visible()
    assert "./relance link" in window.page.locator("p").inner_text()
