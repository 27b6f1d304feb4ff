"""Prefect's UI as a person uses it: the inbox, a run's page and its menu, the form that resumes a run.

Names of buttons and fields are those of Prefect 3.8.8, UI version 2; nothing else in the tests knows them.
"""

import re
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

INBOX = "/v2/runs?tab=flow-runs&state=Suspended"
MENU = "Open menu"
MESSAGE = "[data-sonner-toast]"


def _title(field: str) -> re.Pattern[str]:
    """A field's title as the UI writes it: fields that may stay empty get a word added."""
    return re.compile(rf"^{re.escape(field)}( \(Optional\))?$")


@dataclass(frozen=True)
class Form:
    """The form that resumes a suspended run; fields are found by their titles."""

    page: Page

    @property
    def dialog(self) -> Locator:
        """The dialog itself."""
        return self.page.get_by_role("dialog", name="Resume Flow Run")

    def shows(self, text: str) -> "Form":
        """Waits until a text stands in the form; the description arrives a moment after the fields."""
        expect(self.dialog).to_contain_text(text)
        return self

    @property
    def text(self) -> str:
        """Everything written in the form, description first."""
        return self.dialog.inner_text()

    def unfold(self, field: str) -> "Form":
        """Opens a choice."""
        self.dialog.get_by_label(_title(f"Select {field}")).click()
        expect(self.page.get_by_role("listbox")).to_be_visible()
        return self

    def options(self, field: str) -> list[str]:
        """What a choice offers."""
        self.unfold(field)
        offered = self.page.get_by_role("listbox").get_by_role("option").all_inner_texts()
        self.page.keyboard.press("Escape")
        return [option.strip() for option in offered]

    def choose(self, field: str, option: str) -> "Form":
        """Takes one of the sentences of a choice; the beginning of it is enough."""
        self.unfold(field)
        self.page.get_by_role("listbox").get_by_role("option").filter(has_text=option).first.click()
        return self

    def fill(self, field: str, value: str) -> "Form":
        """Types into a text field."""
        self.dialog.get_by_label(_title(field)).fill(value)
        return self

    def submit(self) -> str:
        """Presses *Resume* and reads the message that appears; the form stays open when it is refused."""
        self.page.locator(MESSAGE).evaluate_all("all => all.forEach(one => one.setAttribute('data-read', ''))")
        self.dialog.get_by_role("button", name="Resume", exact=True).click()
        return PrefectUI(self.page, "").toast()


@dataclass(frozen=True)
class PrefectUI:
    """A person in front of the UI at this address."""

    page: Page
    url: str

    def enter(self, link: str) -> "PrefectUI":
        """Opens a one-time link, which signs in, and then the inbox."""
        self.page.goto(link)
        expect(self.page.get_by_role("heading", name="Choose a password")).to_be_visible()
        return self.open_inbox()

    def open_inbox(self, tag: str = "") -> "PrefectUI":
        """The suspended runs; with a tag only those, for example `todo:marie`."""
        self.page.goto(f"{self.url}{INBOX}" + (f"&tags={tag}" if tag else ""))
        expect(self._main.get_by_text("Runs", exact=True).first).to_be_visible()
        return self

    def listed(self) -> list[str]:
        """Names of the runs in the list, top first."""
        links = self._main.locator("a[href*='/runs/flow-run/']")
        expect(links.first).to_be_visible()
        return [name.strip() for name in links.all_inner_texts() if name.strip()]

    def open_listed(self, name: str) -> "PrefectUI":
        """Opens a run of the list by its name."""
        self._main.locator("a[href*='/runs/flow-run/']").filter(has_text=name).first.click()
        return self._on_run()

    def open_run(self, run_id: object) -> "PrefectUI":
        """Opens a run's page by its id."""
        self.page.goto(f"{self.url}/v2/runs/flow-run/{run_id}")
        return self._on_run()

    def open_all(self) -> "PrefectUI":
        """The run list as the menu opens it: what was created in the past seven days."""
        self.page.goto(f"{self.url}/v2/runs")
        expect(self._main.get_by_text("Past 7 days")).to_be_visible()
        return self

    def open_timeline(self) -> str:
        """From a run's logs to its one artifact (a waiting run has no tab for it), once Mermaid has drawn it."""
        link = self._main.get_by_role("link").filter(has_text="/v2/artifacts/artifact/").first
        self.page.goto(str(link.get_attribute("href")))
        expect(self._main.locator("svg[aria-roledescription=timeline]")).to_be_visible()
        return self._main.inner_text()

    def follow(self, words: str) -> "PrefectUI":
        """Clicks a link of the timeline."""
        self._main.get_by_role("link", name=words, exact=True).click()
        expect(self.page.get_by_role("button", name="Submit", exact=True)).to_be_visible()
        return self

    def choose_parameter(self, name: str, option: str) -> "PrefectUI":
        """Takes one of the sentences of a parameter's choice."""
        self._main.get_by_label(_title(f"Select {name}")).click()
        self.page.get_by_role("listbox").get_by_role("option").filter(has_text=option).first.click()
        return self

    def shows(self, text: str) -> "PrefectUI":
        """Waits until a text stands on the page."""
        expect(self._main).to_contain_text(text)
        return self

    def open_form(self) -> Form:
        """Menu, *Resume*: the form of the open question."""
        self._choose("Resume")
        form = Form(self.page)
        expect(form.dialog.get_by_role("button", name="Resume", exact=True)).to_be_visible()
        return form

    def cancel(self) -> str:
        """Menu, *Cancel*, confirmed: Prefect sets the run to Cancelling."""
        return self._confirm("Cancel", "Cancel Flow Run")

    def delete(self) -> str:
        """Menu, *Delete*, confirmed."""
        return self._confirm("Delete", "Delete")

    def retry(self) -> str:
        """Menu, *Retry*, confirmed; offered on ended runs only."""
        return self._confirm("Retry", "Retry")

    def copy(self) -> str:
        """Menu, *Copy to new run*, submitted as it is offered."""
        self._choose("Copy to new run")
        return self.submit_start()

    def parameter(self, name: str) -> Locator:
        """A parameter's field in the form that starts a deployment."""
        return self._main.get_by_label(_title(name))

    def submit_start(self) -> str:
        """Presses *Submit* on the form that starts a deployment."""
        self.page.get_by_role("button", name="Submit", exact=True).click()
        return self.toast()

    def toast(self) -> str:
        """The message at the edge of the page that was not read yet; older ones may go at any moment."""
        unread = self.page.locator(f"{MESSAGE}:not([data-read])").first
        expect(unread).to_be_attached()
        return unread.inner_text().strip()

    def picture(self, path: Path) -> None:
        """Keeps what is shown as an image."""
        self.page.screenshot(path=path)

    @property
    def _main(self) -> Locator:
        return self.page.get_by_role("main")

    def _on_run(self) -> "PrefectUI":
        expect(self._main.get_by_role("button", name=MENU)).to_be_visible()
        return self

    def _menu(self) -> None:
        self._main.get_by_role("button", name=MENU).click()
        expect(self.page.get_by_role("menu")).to_be_visible()

    def _choose(self, act: str) -> None:
        self._menu()
        self.page.get_by_role("menuitem", name=act, exact=True).click()

    def _confirm(self, act: str, button: str) -> str:
        self._choose(act)
        self.page.get_by_role("alertdialog").get_by_role("button", name=button, exact=True).click()
        return self.toast()
