"""The manager's week as a page: every figure in its line, every line with its link, in both languages."""

import re

import pytest

from policies.beside import MessageKind
from policies.facts import HoldKind
from policies.questions import QuestionKind
from policies.stages import Channel, Stage
from tasks import staff_names, week_names
from tasks.staff_text import say, speaking
from tasks.week_page import markdown
from tasks.week_tables import tables
from tests.tasks.week_reports import empty_report, full_report

PAGE = """\
# Collections · week 47

Atelier \\| Nord, 16 Nov to 22 Nov 2026. What stands and what comes is as of 2026-11-23 07:00.

**4** messages sent · **5** questions wait on us · came in: **1 650,00 €**

## Sent

| Step | By | Messages | Kept in the sink |
| --- | --- | --: | --: |
| [Formal notice](/desk/sent?day=2026-11-20&stage=formal_notice&channel=letter) | letter | 3 |  |
| [Copy of an invoice](/desk/sent?day=2026-11-20&stage=invoice_copy&channel=email) | e-mail | 1 | 1 |

## Calls

| How it ended | Calls | Customers |
| --- | --: | --: |
| [No answer, call again](/desk/calls) | 4 | 3 |
| [Promised to pay on the date below (the customer called)](/desk/calls) | 1 | 1 |

## Answered

| From customers | Count | Not read yet | Latest |
| --- | --: | --: | --- |
| [Replies](/desk/inbox?kind=reply) | 4 | 1 |  |
| [Waits for an approval](/desk/customers/C1) | 2 |  | Dupont SARL |
| [Messages that did not arrive](/desk/inbox?kind=undeliverable) | 2 |  |  |

## Waiting on us

| Waiting on us | Open | Oldest, days | Answered in the week | Median days |
| --- | --: | --: | --: | --: |
| [All questions](/desk/inbox) | 5 | 10 | 7 | 1.5 |
| [Approval](/desk/inbox?kind=approve) | 5 | 10 | 7 | 1.5 |
| [asked of anyone](/v2/runs?tab=flow-runs&tags=todo%3Aanyone) | 5 |  | 0 |  |

## Promises and payment plans

| Agreed | Due | Kept | In part | Broken | Not known yet | Made in the week | Standing |
| --- | --: | --: | --: | --: | --: | --: | --: |
| [Promises](/desk/agreements) | 4 | 2 | 1 | 1 | 0 | 3 | 6 |
| [\\[Weber\\](http://evil.example)](/desk/customers/C%202%2F1) | Broken |  |  |  |  |  |  |

## Disputes

| Reason | Opened | Decided | Undecided | Amount undecided | Latest |
| --- | --: | --: | --: | --: | --- |
| [price](/desk/customers/C1) | 1 | 0 | 2 | 300,00 € | Dupont SARL |

## Money in

| Last step before it | Invoices | Amount |
| --- | --: | --: |
| [Nothing sent yet](/v2/runs?tab=flow-runs&tags=outcome%3Apaid) | 1 | 400,00 € |
| [Formal notice](/v2/runs?tab=flow-runs&tags=outcome%3Apaid) | 2 | 1 250,00 € |
| [Set against no invoice yet](/desk/inbox?kind=match) | 1 | 9,90 £GB |

## Who owes most

| Customer | Owed | Of it late | Invoices | Oldest, due | What comes next |
| --- | --: | --: | --: | --- | --- |
| [Dupont SARL](/desk/customers/C1) | 2 000,00 € | 1 500,00 € | 3 | 1 Sept 2026 | on hold |

## The next five days

| Day | Step | By | Invoices |
| --- | --- | --- | --: |
| [Tue 24 Nov](/desk/inbox?stage=formal_notice) | Formal notice | a person is asked first | 2 |
|  | [More cases that will be looked at](/desk) |  | 7 |

## Exceptions

| Outside the policy | Count | Since | By | Why |
| --- | --: | --- | --- | --- |
| [Stopped by a person](/desk) | 1 |  |  |  |
| [A policy of their own](/desk) | 2 |  |  |  |
| [Dupont SARL · FA-1](/desk/customers/C1) |  | 20 Nov 2026 | marie | asked by phone |

## Problems

| Problem | Count | More |
| --- | --: | --- |
| [Replies nobody has read](/desk/inbox?kind=reply) | 4 |  |
| [Late invoices without a policy](/desk) | 9 | No rule fits. |
"""


def spaced(text: str) -> str:
    """With the spaces of a keyboard."""
    return text.replace("\u202f", " ").replace("\u00a0", " ")


def test_every_part_of_the_week_stands_on_the_page_and_no_name_can_break_it() -> None:
    assert spaced(markdown(full_report())) == PAGE


def test_a_week_without_anything_says_so_part_by_part() -> None:
    page = markdown(empty_report())
    assert page.startswith("# Collections · week 53\n\nAtelier Nord, 28 Dec to 3 Jan 2027.")
    assert "**0** messages sent · **0** questions wait on us · came in: **nothing**" in page
    assert "|" not in page
    assert page.count("## ") == 11


@pytest.mark.parametrize("part", range(11))
def test_in_french_every_title_heading_and_sentence_is_french(part: int) -> None:
    english = tables(full_report())[part], tables(empty_report())[part]
    with speaking("fr"):
        french = tables(full_report())[part], tables(empty_report())[part]
    assert french[1].nothing != english[1].nothing
    same = {"Exceptions", "Messages"}
    assert [one for one in french[0].headers if one in english[0].headers and one not in same] == []
    assert french[0].title in same or french[0].title != english[0].title


def test_in_french_the_head_of_the_page_is_french() -> None:
    with speaking("fr"):
        page = spaced(markdown(full_report()))
    assert page.startswith("# Recouvrement · semaine 47\n\nAtelier \\| Nord, du 16 nov. au 22 nov. 2026.")
    assert "| 5 | 10 | 7 | 1,5 |" in page
    assert "| Client | Restant dû | Dont en retard |" in page
    assert "messages envoyés : **4** · questions qui nous attendent : **5** · encaissé : **1 650,00 €**" in page


def test_every_link_stays_on_the_desk() -> None:
    links = re.findall(r"(?<!\\)\]\(([^)]*)\)", markdown(full_report()))
    assert len(links) == 24
    assert [one for one in links if not one.startswith(("/desk", "/v2/"))] == []


def test_every_code_a_week_may_hold_has_a_name_in_both_languages() -> None:
    beside = [kind for kind in MessageKind if kind is not MessageKind.STEP]
    tables = [
        (staff_names.QUESTIONS, [*QuestionKind]), (week_names.STEPS, [*Stage]), (week_names.HOW, [*Channel]),
        (staff_names.BESIDE, beside), ({what: name for (_, what), name in week_names.WAYS.items()}, [*HoldKind]),
    ]  # fmt: skip
    assert [code for names, codes in tables for code in codes if str(code) not in names] == []
    same = {"SMS", "Objection"}
    with speaking("fr"):
        told = {name: say(name) for names, codes in tables for name in names.values()}
    assert sorted(name for name, french in told.items() if name == french) == sorted(same | {"e-mail"})
