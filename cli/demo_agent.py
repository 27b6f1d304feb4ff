"""The demo's team: answers every question after a day, through the same API as the UI."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

import httpx

from cli.demo_world import OWNERS, Habit, Item, Money, Payer
from flows import forms
from policies.choices import choices
from policies.questions import QuestionKind
from policies.staff import Role
from storage import accounts, questions
from storage.api_tokens import make_token
from storage.questions import Question

THINKING = timedelta(hours=20)
"""How long a question waits for the team."""
REPLIES: dict[QuestionKind, tuple[str, dict[str, str]]] = {
    QuestionKind.DAILY_REVIEW: ("send_all", {}),
    QuestionKind.APPROVE: ("send", {}),
    QuestionKind.MEDIATION_OUTCOME: ("failed", {}),
    QuestionKind.EXHAUSTED: ("write_off", {"note": "Irrecoverable: counsel advises against enforcement"}),
    QuestionKind.HOLD_REVIEW: ("resume", {}),
    QuestionKind.AMBIGUOUS: ("arrived", {}),
    QuestionKind.UNDELIVERABLE: ("skip", {"note": "No other address is known"}),
    QuestionKind.LIMITATION: ("go_on", {}),
    QuestionKind.BANK_DATA: ("later", {}),
    QuestionKind.CREDIT: ("oldest", {}),
    QuestionKind.DATA_REVIEW: ("right", {}),
    QuestionKind.LETTERS: ("posted", {}),
    QuestionKind.RESEND: ("no", {}),
    QuestionKind.OBJECTION: ("send_all_the_same", {}),
    QuestionKind.MEASURE: ("refuse", {"note": "Speak with the customer first"}),
    QuestionKind.INSOLVENCY_NOTICE: ("dismiss", {"note": "A namesake"}),
    QuestionKind.CLAIM_DECLARATION: ("give_up", {"note": "Too small"}),
    QuestionKind.RETENTION: ("none", {}),
    QuestionKind.STAY: ("done", {"note": "Written to the notary"}),
    QuestionKind.MATCH: ("offer_1", {}),
    QuestionKind.DISPUTE: ("withdrawn", {}),
    QuestionKind.DEADLINE: ("known", {}),
    QuestionKind.COURT_PAID: ("goes_on", {"note": "interest and costs"}),
    QuestionKind.WRITE_OFF: ("write_off", {}),
    QuestionKind.CORRECTION: ("repair", {}),
    QuestionKind.TIME_BARRED: ("write_off", {"note": "Too old for a court"}),
}
CALLS = {Habit.PROMISER: "promised", Habit.SILENT: "refuses"}


@dataclass
class Agent:
    """Answers as the customer behind the question would have it."""

    url: str
    payers: Mapping[str, Payer]
    tried: set[int]
    promised: list[Money]
    tokens: dict[str, str] = field(default_factory=dict)
    """Of each of the team, for as long as the demo runs."""

    async def answer_all(self, now: datetime) -> None:
        """Answer whatever has waited long enough."""
        async with httpx.AsyncClient(base_url=f"{self.url}/api", timeout=30) as client:
            for question in await questions.inbox():
                if question.run is not None and now - question.asked_at >= THINKING:
                    await self._answer(client, question, now)

    async def _answer(self, client: httpx.AsyncClient, question: Question, now: datetime) -> None:
        code, values = await self._reply(question, now)
        offered = [choice.code for choice in choices(question.kind, question.stage, question.offers)]
        given = {"decision": forms.decisions(question)[offered.index(code)], **values}
        headers = {"Authorization": f"Bearer {await self._token(question.todo or OWNERS[0])}"}
        answer = await client.post(f"/flow_runs/{question.run}/resume", json={"run_input": given}, headers=headers)
        if answer.status_code >= 400 and answer.status_code != 409:
            raise RuntimeError(f"The desk refused an answer to “{question.title}”: {answer.text[:300]}")

    async def _token(self, login: str) -> str:
        """The token of one of the team, whose account is made when it is first needed."""
        if login not in self.tokens:
            at = datetime.now(UTC)
            await accounts.add(login, login.title(), "", "en", Role.MANAGER, "demo", at)
            found = await accounts.find(login)
            assert found is not None, "just added"
            self.tokens[login] = await make_token(found.id, "demo", timedelta(days=1), "demo", at)
        return self.tokens[login]

    async def _reply(self, question: Question, now: datetime) -> tuple[str, dict[str, str]]:
        if question.kind is QuestionKind.CALL_OUTCOME:
            return await self._call(question, now)
        return REPLIES[question.kind]

    async def _call(self, question: Question, now: datetime) -> tuple[str, dict[str, str]]:
        """The first call of some goes unanswered; a promiser promises, and keeps it."""
        number = await questions.customer_number(question.id)
        payer = self.payers[number]
        if payer.habit is Habit.SILENT and question.customer not in self.tried:
            self.tried.add(question.customer or 0)
            return "no_answer", {}
        code = CALLS.get(payer.habit, "refuses")
        if code != "promised":
            return code, {}
        day = now.date() + timedelta(days=6)
        for item in payer.items:
            self._promise(item, day)
        return code, {"date": day.isoformat()}

    def _promise(self, item: Item, day: date) -> None:
        if item.due < day and all(one.item.number != item.number for one in self.promised):
            self.promised.append(Money(day, item, item.total))
