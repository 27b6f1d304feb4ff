"""A file of evidence proves itself: whatever is changed in it, offline, the first altered item is named."""

import asyncio
import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

import pytest
from asyncpg import Connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from policies.evidence.check import Verdict, verdict
from policies.evidence.manifest import Manifest, digest, manifest_from, written
from policies.evidence.parts import JOURNAL, MANIFEST, PROOFS, SEALS, Piece, as_lines, entry_line, proof_line, seal_line
from policies.evidence.read_parts import entries_from, proofs_from, seals_from
from policies.journal_chain import Entry, entry_hash
from policies.seals import Leaf, sealed
from storage.dispute_deeds import add_document
from storage.evidence import evidence_books
from storage.seals import seal_day, seals_of
from tasks.evidence_archive import Damaged, pack, unpack
from tasks.evidence_file import evidence_file
from tests.storage.books import do
from tests.storage.test_handover_file import STRANGER, a_story, an_offer_and_a_mediation, ids, read

PARIS = "Europe/Paris"
EVENING = datetime(2026, 3, 3, 20, 0, tzinfo=UTC)
LATER = datetime(2026, 4, 1, 9, 0, tzinfo=UTC)
Held = dict[str, bytes]


@dataclass(frozen=True, slots=True)
class Made:
    """A file of evidence, and the seal its creditor was sent."""

    content: bytes
    seal: str

    @property
    def held(self) -> Held:
        return unpack(self.content)


_MADE: list[Made] = []


@pytest.fixture
async def made(database_url: str) -> Made:
    """F1: a reminder that left, a promise, a document of a dispute; sealed that evening, with an entry after it."""
    if not _MADE:
        with pytest.MonkeyPatch.context() as patch:
            await a_story(patch)
        [case] = await ids("F1")
        await do(
            "INSERT INTO dispute (id, creditor_id, customer_id, case_id, invoice_id, currency, reason, source, opened_at, opened_on, "
            "deadline, state) SELECT 4, creditor_id, customer_id, id, invoice_id, 'EUR', 'goods_not_received', 'person', :at, '2026-03-02', "
            "'2026-03-20', 'open' FROM cases WHERE id = :case",
            case=case, at=EVENING,
        )  # fmt: skip
        assert await add_document(4, "photo.JPG", b"\xff\xd8 a photograph", "marie", EVENING) == []
        assert await seal_day(1, PARIS, EVENING) is not None
        assert await add_document(4, "letter.txt", b"a later letter", "marie", LATER) == []
        content = evidence_file(await evidence_books(case, LATER))
        assert evidence_file(await evidence_books(case, LATER + timedelta(hours=2))) == content
        _MADE.append(Made(content, (await seals_of(1))[0].seal.hash))
    return _MADE[0]


def listed(held: Held) -> Manifest:
    return manifest_from(held)


def relisted(held: Held) -> Held:
    """The manifest made anew, as somebody would who covers what they changed."""
    manifest = listed({name: held[name] for name in held})
    pieces = [replace(one, sha256=digest(held[one.path])) for one in manifest.pieces if one.path in held]
    known = {one.path for one in pieces}
    pieces += [
        Piece(name, digest(held[name]))
        for name in sorted(held)
        if name not in known and not name.startswith("manifest.")
    ]
    return held | written(replace(manifest, pieces=tuple(pieces)))


def letter(held: Held) -> str:
    return next(name for name in sorted(held) if name.startswith("messages/"))


def altered(held: Held, seal: str | None = None) -> str:
    return verdict(held, seal).altered


def rewritten(held: Held, change: Callable[[list[Entry]], list[Entry]]) -> Held:
    """The journal of the case changed, with every hash after it made anew."""
    entries = entries_from(held[JOURNAL])
    case = f"case:{listed(held).case}"
    mine = change([one for one in entries if one.chain == case])
    previous, anew = "", []
    for place, one in enumerate(mine, 1):
        known = one.facts if one.facts is not None else {}
        anew.append(
            replace(one, place=place, previous=previous, hash=entry_hash(previous, place, one.at, one.kind, known))
        )
        previous = anew[-1].hash
    lines = [entry_line(one) for one in (*anew, *(one for one in entries if one.chain != case))]
    return relisted(held | {JOURNAL: as_lines(lines)})


async def test_what_nobody_changed_is_whole_and_says_what_it_was_compared_with(made: Made) -> None:
    found = verdict(made.held, f"Subject: Relance\n\nSeal: {made.seal}\n")
    names = sorted(name for name in made.held if "/" in name and not name.startswith("claim/"))
    assert (found.altered, found.compared) == ("", True)
    assert names == [
        "disputes/00000001-2026-03-03-goods_not_received.jpg", "disputes/00000002-2026-04-01-goods_not_received.txt",
        "messages/00000001-2026-03-03-courtesy_reminder.eml",
    ]  # fmt: skip
    assert found.checked[0].endswith("3 of them are held by the journal as well.")
    assert found.checked[-2:] == (
        "1 entries are later than that seal: nothing outside this file holds them yet.",
        "Seal 1 of 2026-03-03 is the one that was received.",
    )
    assert "compared with itself only" in verdict(made.held).checked[-1]


async def test_the_index_can_be_read_and_names_no_other_debtor(made: Made) -> None:
    said = read(made.held["index.pdf"])
    assert [
        word
        for word in ("Atelier Martin", "Dupont SARL", "F1", "Pieces", "Daily seals", "The daily seals")
        if word not in said
    ] == []
    everything = b"\n".join(made.held.values())
    assert [name for name in (STRANGER, "X-9000", "lefevre") if name.encode() in everything or name in said] == []


async def test_one_byte_of_a_letter(made: Made) -> None:
    name = letter(made.held)
    spoilt = made.held | {name: made.held[name].replace(b"Dupont", b"Dupond", 1)}
    assert altered(spoilt) == f"{name} was altered: it is not the file whose hash stands in the manifest."
    assert altered(relisted(spoilt)) == (
        f"{name} was altered: it is not the one entry 2 of chain case:1 tells of, whatever the manifest says."
    )


async def test_a_letter_that_is_taken_out(made: Made) -> None:
    less = {name: content for name, content in made.held.items() if name != letter(made.held)}
    assert altered(less) == f"{letter(made.held)} is missing."
    assert altered(relisted(less)) == "message:1 is missing: entry 2 of chain case:1 tells of it."


def added(held: Held, chain: str, kind: str, facts: dict[str, object]) -> Held:
    """One more entry at the end of a chain, as whoever holds the file can write it."""
    entries = list(entries_from(held[JOURNAL]))
    places = [at for at, one in enumerate(entries) if one.chain == chain]
    last = entries[places[-1]] if places else None
    place, previous = (last.place + 1, last.hash) if last else (1, "")
    one = Entry(chain, place, LATER, kind, facts, previous, entry_hash(previous, place, LATER, kind, facts))
    entries.insert(places[-1] + 1 if places else len(entries), one)
    return relisted(held | {JOURNAL: as_lines(entry_line(each) for each in entries)})


@pytest.mark.parametrize(("kind", "facts"), [("erased", {"actor": "root"}), ("voided", {"message": 1})])
async def test_a_letter_taken_out_by_an_entry_of_ones_own_is_told_as_not_proven(
    made: Made, kind: str, facts: dict[str, object]
) -> None:
    less = {name: content for name, content in made.held.items() if name != letter(made.held)}
    told = verdict(added(less, "case:1", kind, facts), made.seal)
    assert (told.altered, told.not_proven) == ("", ("message:1",))
    assert [one for one in told.checked if one.startswith("NOT PROVEN: ") and "message:1 (entry " in one] != []
    assert verdict(made.held, made.seal).not_proven == ()
    if kind == "erased":
        elsewhere = altered(added(less, "creditor:1", kind, facts), made.seal)
        assert elsewhere == "message:1 is missing: entry 2 of chain case:1 tells of it."


async def test_a_file_that_is_put_in(made: Made) -> None:
    assert altered(made.held | {"messages/x.eml": b"x"}) == "messages/x.eml was added: the manifest does not list it."


async def test_an_entry_that_is_removed_and_the_rest_numbered_anew(made: Made) -> None:
    entries = entries_from(made.held[JOURNAL])
    lines = [entry_line(one) for one in entries if (one.chain, one.place) != ("case:1", 2)]
    gap = altered(relisted(made.held | {JOURNAL: as_lines(lines)}))
    numbered = [
        one | {"place": one["place"] - 1} if one["chain"] == "case:1" and one["place"] > 2 else one for one in lines
    ]
    again = altered(relisted(made.held | {JOURNAL: as_lines(numbered)}))
    assert (
        gap
        == again
        == (
            f"{JOURNAL}: entry 2 of chain case:1 does not follow from the one before it: it was altered, or an entry was removed, "
            "added or moved."
        )
    )


async def test_entries_that_change_places(made: Made) -> None:
    lines = [entry_line(one) for one in entries_from(made.held[JOURNAL])]
    lines[1], lines[2] = lines[2], lines[1]
    assert "entry 2 of chain case:1 does not follow" in altered(relisted(made.held | {JOURNAL: as_lines(lines)}))


async def test_a_whole_journal_with_every_hash_made_anew(made: Made) -> None:
    shorter = rewritten(made.held, lambda those: [one for one in those if one.place != 2])
    other = rewritten(made.held, lambda those: [replace(one, at=one.at - timedelta(days=9)) for one in those])
    for held in (shorter, other):
        assert altered(held).startswith("The journal was rewritten: entry "), altered(held)
        assert altered(held).endswith("is not the one sealed on 2026-03-03 (seal 1).")


async def test_journal_and_seals_made_anew_are_found_by_the_seal_that_was_received(made: Made) -> None:
    held = rewritten(made.held, lambda those: [replace(one, at=one.at - timedelta(days=9)) for one in those])
    last = {one.chain: one for one in entries_from(held[JOURNAL]) if (one.chain, one.place) != ("case:1", 0)}
    leaves = [Leaf(chain, one.place, one.hash) for chain, one in last.items()]
    from policies.seals import proofs as paths

    seal = sealed(1, seals_from(held[SEALS])[0].on, leaves, "")
    found = paths(leaves, last)
    proofs = [replace(proofs_from(held[PROOFS])[0], leaf=leaf, path=found[leaf.chain]) for leaf in leaves]
    forged = relisted(
        held | {SEALS: as_lines([seal_line(seal)]), PROOFS: as_lines([proof_line(one) for one in proofs])}
    )
    assert altered(forged) == ""
    assert "compared with itself only" in verdict(forged).checked[-1]
    assert altered(forged, made.seal).startswith("The seal that was received is none of those in this file")


async def test_seals_that_are_taken_out_are_missed_by_whoever_has_one(made: Made) -> None:
    bare = relisted(made.held | {SEALS: b"", PROOFS: b""})
    assert (altered(bare), "No day was sealed yet" in " ".join(verdict(bare).checked)) == ("", True)
    assert altered(bare, made.seal).startswith("The seal that was received is none of those")
    assert altered(made.held, "no number").startswith("No seal was found in what was given")


async def test_every_byte_counts(made: Made) -> None:
    """Any one byte of the file: it does not open as it was, or the first altered item is named."""
    names = sorted(made.held)

    @settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(st.integers(0, len(made.content) - 1), st.integers(1, 255))
    def changed(place: int, by: int) -> None:
        spoilt = bytearray(made.content)
        spoilt[place] ^= by
        try:
            said = altered(unpack(bytes(spoilt)))
        except Damaged as damaged:
            said = str(damaged)
        assert said
        assert "archive itself was altered" in said or any(name in said for name in names), said

    changed()


async def test_every_byte_counts_of_every_file_even_packed_anew(made: Made) -> None:
    names, held = sorted(made.held), made.held

    @settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(st.sampled_from(names), st.data())
    def changed(name: str, data: st.DataObject) -> None:
        place, by = data.draw(st.integers(0, len(held[name]) - 1)), data.draw(st.integers(1, 255))
        spoilt = bytearray(held[name])
        spoilt[place] ^= by
        said = altered(unpack(pack(held | {name: bytes(spoilt)})))
        assert (name if not name.startswith("manifest.") else MANIFEST) in said

    changed()


async def test_a_file_made_while_a_letter_leaves_is_of_one_moment(
    monkeypatch: pytest.MonkeyPatch, database_url: str, administrator: Connection
) -> None:
    await a_story(monkeypatch)
    [case] = await ids("F1")
    async with administrator.transaction():
        await administrator.execute("LOCK TABLE journal IN ACCESS EXCLUSIVE MODE")
        making = asyncio.create_task(evidence_books(case, LATER))
        while not await administrator.fetchval("SELECT count(*) FROM pg_locks WHERE NOT granted"):
            await asyncio.sleep(0.01)
        length, head = await administrator.fetchrow("SELECT chain_length, chain_head FROM cases WHERE id = $1", case)
        facts = {"message": 999, "proof": "f" * 64}
        new = entry_hash(head, length + 1, LATER, "reserved", facts)
        await administrator.execute(
            "INSERT INTO journal (chain, place, at, kind, facts, previous, hash) VALUES ($1, $2, $3, 'reserved', $4, $5, $6)",
            f"case:{case}", length + 1, LATER, json.dumps(facts), head, new,
        )  # fmt: skip
        await administrator.execute(
            "UPDATE cases SET chain_length = $2, chain_head = $3 WHERE id = $1", case, length + 1, new
        )
    assert altered(unpack(evidence_file(await making))) == ""


async def test_what_was_said_in_mediation_is_left_out_and_the_journal_still_verifies(
    monkeypatch: pytest.MonkeyPatch, database_url: str
) -> None:
    await a_story(monkeypatch)
    await an_offer_and_a_mediation()
    [case] = await ids("F/2")
    held = unpack(evidence_file(await evidence_books(case, LATER)))
    found: Verdict = verdict(held)
    assert found.altered == ""
    assert [name for name in held if name.startswith("messages/")] == [
        "messages/00000001-2026-03-03-courtesy_reminder.eml"
    ]
    assert found.manifest is not None
    assert found.manifest.left_out == ("message:901", "message:902")
    assert b"geste" not in b"".join(held.values())
    ours = unpack(evidence_file(await evidence_books(case, LATER, with_confidential=True)))
    kinds = [name.rpartition("-")[2] for name in sorted(ours) if name.startswith("messages/")]
    assert kinds == ["courtesy_reminder.eml", "settlement_offer.eml", "mediation.eml"]


async def test_a_journal_names_the_bytes_by_a_salted_hash(made: Made) -> None:
    [told] = [one.facts for one in entries_from(made.held[JOURNAL]) if one.kind == "reserved"]
    assert told is not None
    [piece] = [one for one in listed(made.held).pieces if one.table == "message"]
    assert told["proof"] == hashlib.sha256(piece.salt.encode() + made.held[piece.path]).hexdigest()
    assert "sha256" not in told
    assert json.loads(made.held["files.json"])[0]["to"] == "compta@dupont.example"


def listed_as(held: Held, change: Callable[[Piece], list[Piece]], left_out: tuple[str, ...] = ()) -> Held:
    """The manifest made anew with its pieces changed by hand."""
    manifest = listed(held)
    pieces = tuple(found for one in manifest.pieces for found in change(one))
    return held | written(replace(manifest, pieces=pieces, left_out=(*manifest.left_out, *left_out)))


async def test_the_head_of_a_letter_cannot_be_moved_into_its_salt(made: Made) -> None:
    name = letter(made.held)
    head, rest = made.held[name][:40].decode(), made.held[name][40:]
    shifted = listed_as(
        made.held | {name: rest},
        lambda one: [replace(one, salt=one.salt + head, sha256=digest(rest)) if one.path == name else one],
    )
    assert altered(shifted, made.seal) == f"{MANIFEST} is not written as one is."


async def test_a_forged_letter_is_not_hidden_behind_the_manifest(made: Made) -> None:
    """As a file of no row, as a row left out, and twice: once forged, once as it was."""
    name, forged = letter(made.held), b"another letter"
    held = made.held | {name: forged}
    rowless = listed_as(held, lambda one: [Piece(name, digest(forged)) if one.path == name else one], ("message:1",))
    assert altered(rowless, made.seal).startswith(f"{name} is listed twice in {MANIFEST}, or not as the row it is")

    elsewhere = {found: content for found, content in held.items() if found != name} | {"letter.eml": forged}
    moved = listed_as(
        elsewhere, lambda one: [Piece("letter.eml", digest(forged)) if one.path == name else one], ("message:1",)
    )
    assert altered(moved, made.seal) == "message:1 is missing: entry 2 of chain case:1 tells of it."

    copy = f"{name}.bak"
    twice = listed_as(
        held | {copy: made.held[name]},
        lambda one: [replace(one, sha256=digest(forged)), replace(one, path=copy)] if one.path == name else [one],
    )
    assert altered(twice, made.seal).startswith(f"{copy} is listed twice in {MANIFEST}")


async def test_a_journal_made_anew_is_found_when_its_proof_is_taken_out(made: Made) -> None:
    """Dated before the day of the seal it must be under it; dated that very day it may be later, and that is told."""

    def forged(days: int) -> Held:
        held = rewritten(made.held, lambda those: [replace(one, at=one.at - timedelta(days=days)) for one in those[1:]])
        proofs = [proof_line(one) for one in proofs_from(held[PROOFS]) if one.leaf.chain != "case:1"]
        return relisted(held | {PROOFS: as_lines(proofs)})

    assert altered(forged(1), made.seal) == (
        f"{PROOFS}: chain case:1 is older than seal 1 of 2026-03-03, and how it stood that day is missing: the proof was taken out, "
        "or the journal written anew."
    )
    told = verdict(forged(0), made.seal)
    assert told.altered == ""
    assert "Under no seal, so that whoever made the file could have written them anew: case:1." in told.checked


async def test_what_an_entry_withholds_is_named(made: Made) -> None:
    lines = [
        entry_line(replace(one, facts=None) if (one.chain, one.place) == ("case:1", 2) else one)
        for one in entries_from(made.held[JOURNAL])
    ]
    said = " ".join(verdict(relisted(made.held | {JOURNAL: as_lines(lines)}), made.seal).checked)
    assert f"held by the manifest alone: {letter(made.held)}." in said
    assert "What they say was not checked: entry 2 of chain case:1" in said


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        (JOURNAL, b'"facts":{', b'"facts":[],"x":{'),
        (JOURNAL, b'"kind":"', b'"kind":7,"x":"'),
        (JOURNAL, b'"place":1', b'"place":1e999'),
        (JOURNAL, b'"chain":"', b'"chain":["x"],"x":"'),
        (JOURNAL, b'{"at":"', b'{"at":"0001-01-01T00:00:00+09:00","x":"'),
        (JOURNAL, b'"kind":"', b'"kind":"\\ud800'),
        (JOURNAL, b'"facts":{', b'"facts":' + b"[" * 100_000),
        (SEALS, b'"previous":""', b'"previous":0'),
        (PROOFS, b'"path":[', b'"path":[7,'),
        (MANIFEST, b'"case":1', b'"case":1e999'),
        (MANIFEST, b'"invoice":"F1"', b'"invoice":["F1"]'),
        (MANIFEST, b'"as_of":"', b'"as_of":5,"x":"'),
        (MANIFEST, b'"left_out":[', b'"left_out":[[1],'),
        (MANIFEST, b'"path":"', b'"path":["x"],"x":"'),
    ],
)
async def test_a_value_of_another_kind_is_told_as_a_sentence(made: Made, name: str, old: bytes, new: bytes) -> None:
    spoilt = made.held | {name: made.held[name].replace(old, new, 1)}
    assert spoilt[name] != made.held[name]
    if name == MANIFEST:
        spoilt |= {"manifest.sha256": f"{digest(spoilt[MANIFEST])}\n".encode()}
    else:
        spoilt = relisted(spoilt)
    assert altered(spoilt).startswith(name)
