"""The pictures of docs/images, taken anew: `.venv/bin/python -m tests.browser.pictures`."""

import os
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from cli.home import CHECKOUT
from policies.questions import QuestionKind
from tests.browser.conftest import ARGUMENTS, CHROMIUM, PATIENCE
from tests.browser.office import DAY, Office, furnish
from tests.browser.prefect_ui import PrefectUI
from tests.engine.stack import Stack
from tests.engine.staff import entry_link, in_a_thread

IMAGES = CHECKOUT / "docs" / "images"
WIDTH = 1280


def main() -> None:
    """Starts a stack of its own, furnishes the office, and takes every picture."""
    with tempfile.TemporaryDirectory() as folder:
        stack = Stack(Path(folder))
        stack.start()
        os.environ.update(stack.environment)
        try:
            _take(stack)
        finally:
            stack.stop()


def _take(stack: Stack) -> None:
    office = Office(stack, DAY)
    office.begin()
    stack.start_dispatcher()
    furnish(office)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        context = browser.new_context(viewport={"width": WIDTH, "height": 1100})
        context.set_default_timeout(PATIENCE)
        desk = PrefectUI(context.new_page(), stack.desk_url).enter(in_a_thread(entry_link("marie", stack.desk_url)))
        _questions(desk)
        _runs(desk, office)
        browser.close()


def _questions(desk: PrefectUI) -> None:
    desk.open_inbox("todo:marie").shows("Dupont SARL")
    _keep(desk, "inbox", 1250)
    form = desk.open_listed("Dupont").open_form().shows("What each answer does")
    _keep(desk, "question", 1500)
    desk.page.set_viewport_size({"width": WIDTH, "height": 1750})
    form.unfold("Decision")
    _keep(desk, "answer", 1750)
    desk.open_inbox("todo:marie").open_listed("To approve").open_form().shows("What each answer does")
    _keep(desk, "daily-review", 1000)


def _runs(desk: PrefectUI, office: Office) -> None:
    """The same day once the formal notices have left, and what the run list and one run's page show of it."""
    for question in office.inbox():
        if question.kind in (QuestionKind.APPROVE, QuestionKind.DAILY_REVIEW):
            office.answer(question, "send" if question.kind is QuestionKind.APPROVE else "send_all")
    office.settle()
    office.pay("FA-2026-0143")
    office.until("2026-04-02", 12)
    desk.open_all().shows("Garage Lemoine")
    _keep(desk, "runs", 1500)
    desk.open_run(office.case_run("FA-2026-0142")["id"]).shows("Formal notice sent")
    _keep(desk, "logs", 620)
    desk.open_timeline()
    _keep(desk, "timeline", 1250)


def _keep(desk: PrefectUI, name: str, height: int) -> None:
    """A picture of this height, once everything has moved to its place."""
    desk.page.set_viewport_size({"width": WIDTH, "height": height})
    desk.page.wait_for_timeout(1500)
    desk.picture(IMAGES / f"{name}.png")


if __name__ == "__main__":
    main()
