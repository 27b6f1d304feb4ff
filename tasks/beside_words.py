"""A message beside the ladder in words: news, in pieces that share a greeting; a person's own text above its signature."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from policies.beside import BesideFacts, MessageKind, Piece
from policies.message import Picture, Rendered
from tasks import wording
from tasks.marked_text import figure, named, plain
from tasks.message_html import message_html
from tasks.plan_code import code_of, payable_now, reference_of
from tasks.template_sandbox import one_message, spaced, written
from tasks.tidy_facts import marked_names, tidied_names


def render_beside(facts: BesideFacts) -> Rendered:
    """The message in words, in the customer's language where we have it, else in English.

    Raises BadTemplate where a file of the company's own cannot be used.
    """
    with one_message():
        return _rendered(facts)


def _rendered(facts: BesideFacts) -> Rendered:
    tidy = _tidied(replace(facts, language=wording.written_language(facts.language)))
    if facts.kind is MessageKind.WRITTEN:
        subject, body = tidy.subject, _framed(tidy, "by_hand", {})
    else:
        kinds = [kind for kind in MessageKind if any(piece.kind is kind for piece in tidy.pieces)]
        told = "\n\n".join(_said(tidy, kind, "piece").strip("\n") for kind in kinds)
        subject, body = _said(tidy, kinds[0], "subject"), _framed(tidy, "news", {"told": told})
    subject, body = wording.one_line(plain(subject)), spaced(body)
    code = code_of(tidy, payable_now(tidy), _words_of(tidy))
    html = message_html(body, subject, tidy.language, code)
    pictures = (Picture(code.id, code.png),) if code and html else ()
    return Rendered(subject=subject, text=plain(body), html=html, sms="", pictures=pictures)


def _said(facts: BesideFacts, kind: MessageKind, part: str) -> str:
    """The subject or the paragraphs of one kind of news."""
    pieces = _merged([piece for piece in facts.pieces if piece.kind is kind])
    own: dict[str, Any] = {"pieces": pieces, "one": pieces[0] if len(pieces) == 1 else None}
    own["payable"] = sum(piece.open for piece in pieces)
    return _render(f"common/{kind.value}/any/{facts.language}/{part}.txt", facts, own)


def _merged(pieces: Sequence[Piece]) -> tuple[Piece, ...]:
    """Several payments for one invoice are told as one; plans and disputes stay apart."""
    found: dict[tuple[str, int], Piece] = {}
    for nth, piece in enumerate(pieces):
        place = (piece.invoice, 0 if piece.invoice and not piece.instalments and not piece.words else nth + 1)
        before = found.get(place)
        found[place] = piece if before is None else replace(piece, amount=before.amount + piece.amount)
    return tuple(found.values())


def _framed(facts: BesideFacts, name: str, own: dict[str, Any]) -> str:
    return _render(f"_base/{facts.language}/{name}.txt", facts, own)


def _render(template: str, facts: BesideFacts, own: dict[str, Any]) -> str:
    return written(template, _words_of(facts) | own)


def _words_of(facts: BesideFacts) -> dict[str, Any]:
    return {
        "facts": facts,
        "creditor": facts.creditor,
        "partials": f"_base/{facts.language}",
        "reference": reference_of(facts),
        "account": wording.account,
        "amount": lambda minor: figure(wording.amount(minor, facts.currency, facts.language)),
        "day": lambda date: wording.day(date, facts.language),
    }


def _tidied(facts: BesideFacts) -> BesideFacts:
    """Names on one line each and marked; a person's text keeps its lines and no other control character."""
    tidy = wording.one_line
    return replace(
        marked_names(tidied_names(facts)),
        pieces=tuple(_named(piece) for piece in facts.pieces),
        subject=tidy(facts.subject),
        text=_lines(facts.text.splitlines()),
    )


def _named(piece: Piece) -> Piece:
    tidy, terms = wording.one_line, piece.terms
    if terms is not None:
        terms = replace(terms, reference=named(tidy(terms.reference)))
    words, measure = _lines(piece.words.splitlines()), piece.measure
    if measure is not None:
        measure = replace(measure, clause=_lines(measure.clause.splitlines()))
    return replace(piece, invoice=named(tidy(piece.invoice)), terms=terms, words=words, measure=measure)


def _lines(lines: Iterable[str]) -> str:
    return "\n".join(wording.one_line(line) for line in lines).strip("\n")
