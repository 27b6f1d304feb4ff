"""Letters, replies and documents of a case, byte for byte, each with what is known of it."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from policies.evidence.books import KeptFile
from storage.bulk import rows_of
from storage.confidential import Confidential
from storage.deliveries import Report, reports_in

_MESSAGES = text(
    """
    WITH mine AS (
        SELECT message_id AS id FROM effect WHERE case_id = :case
        UNION SELECT message_id FROM correspondence WHERE case_id = :case
        UNION SELECT message_id FROM approval WHERE case_id = :case
    )
    SELECT m.id, m.kind, m.stage, m.step, m.channel, m.state, m.route, m.sender, m.recipient, m.subject, m.calculated_at, m.handed_at,
           m.words, m.provider_id, m.raw, m.salt, p.posted_on, p.tracking, p.outcome, p.outcome_on,
           EXISTS (SELECT FROM approval a WHERE a.message_id = m.id AND a.case_id = :case) AS approved
    FROM message m JOIN mine ON mine.id = m.id
    LEFT JOIN posting p ON p.message_id = m.id AND p.withdrawn_at IS NULL
    WHERE m.raw <> '' AND (m.state <> 'voided' OR EXISTS (SELECT FROM approval a WHERE a.message_id = m.id AND a.case_id = :case))
    ORDER BY m.id
    """
)
_INCOMING = text(
    """
    SELECT m.id, m.channel, m.kind, m.sender, m.recipient, m.subject, m.received_at, m.raw, m.salt
    FROM incoming_message m JOIN incoming_case k ON k.incoming_id = m.id
    WHERE k.case_id = :case AND m.customer_id = :customer AND m.raw <> '' ORDER BY m.id
    """
)
_DOCUMENTS = text(
    """
    SELECT f.id, f.dispute_id, f.name, f.content, f.salt, f.actor, f.at, d.reason
    FROM dispute_document f JOIN dispute d ON d.id = f.dispute_id
    WHERE d.customer_id = :customer AND (d.case_id = :case OR d.case_id IS NULL) AND f.content <> '' ORDER BY f.id
    """
)


async def files_of(
    connection: AsyncConnection, case: int, customer: int, kept: Confidential
) -> tuple[tuple[KeptFile, ...], tuple[str, ...]]:
    """The files, and the rows that are kept back (`message:12`)."""
    values = {"case": case, "customer": customer}
    messages = await rows_of(connection, _MESSAGES, values)
    reports = await reports_in(connection, [row["id"] for row in messages])
    every = [
        *((_message(row, reports.get(row["id"], ())), row["id"] in kept.messages) for row in messages),
        *((_incoming(row), row["id"] in kept.incoming) for row in await rows_of(connection, _INCOMING, values)),
        *(
            (_document(row), row["dispute_id"] in kept.disputes)
            for row in await rows_of(connection, _DOCUMENTS, values)
        ),
    ]
    return (
        tuple(one for one, hidden in every if not hidden),
        tuple(f"{one.table}:{one.id}" for one, hidden in every if hidden),
    )


def _message(row: Mapping[str, Any], reports: tuple[Report, ...]) -> KeptFile:
    about = row["stage"] or row["kind"]
    told = {
        "stage": about, "step": row["step"], "channel": row["channel"], "state": row["state"], "route": row["route"],
        "from": row["sender"], "to": row["recipient"], "subject": row["subject"], "approved": row["approved"],
        "written_at": row["calculated_at"].isoformat(), "left_at": row["handed_at"].isoformat() if row["handed_at"] else "",
        "answer": row["words"], "provider_id": row["provider_id"], "tracking": row["tracking"] or "",
        "posted_on": str(row["posted_on"] or ""), "outcome": row["outcome"] or "", "outcome_on": str(row["outcome_on"] or ""),
        "events": [
            {"at": one.at.isoformat(), "kind": one.kind.value, "status": one.status, "words": one.words} for one in reports
        ],
    }  # fmt: skip
    ending = "pdf" if row["channel"] == "letter" else "eml"
    at = row["handed_at"] or row["calculated_at"]
    return KeptFile("message", row["id"], f"x.{ending}", about, at, bytes(row["raw"]), str(row["salt"]), told)


def _incoming(row: Mapping[str, Any]) -> KeptFile:
    told = {
        "kind": row["kind"], "channel": row["channel"], "from": row["sender"], "to": row["recipient"],
        "subject": row["subject"], "received_at": row["received_at"].isoformat(),
    }  # fmt: skip
    ending = "txt" if row["channel"] == "sms" else "eml"
    return KeptFile(
        "incoming_message",
        row["id"],
        f"x.{ending}",
        row["kind"],
        row["received_at"],
        bytes(row["raw"]),
        str(row["salt"]),
        told,
    )


def _document(row: Mapping[str, Any]) -> KeptFile:
    told = {
        "dispute": row["dispute_id"],
        "name": row["name"],
        "kept_by": row["actor"],
        "kept_at": row["at"].isoformat(),
    }
    return KeptFile(
        "dispute_document",
        row["id"],
        row["name"],
        row["reason"],
        row["at"],
        bytes(row["content"]),
        str(row["salt"]),
        told,
    )
