"""`relance verify FILE.zip`: checks a file of evidence with nothing but the file, and the seal its reader received."""

import email
import email.policy
from pathlib import Path
from typing import Annotated

import typer

from cli.printing import clean, print_json
from policies.evidence.check import Verdict, verdict
from policies.seals import SEAL_LINE
from tasks.evidence_archive import Damaged, unpack


def verify(
    bundle: Annotated[
        Path, typer.Argument(metavar="FILE.zip", exists=True, dir_okay=False, readable=True, help="A file of evidence.")
    ],
    seal: Annotated[
        str,
        typer.Option("--seal", metavar="HEX|FILE.eml", help="The seal that was received: its number, or the message."),
    ] = "",
    json: Annotated[bool, typer.Option("--json", help="Answer as JSON.")] = False,
) -> None:
    """Check hashes, journals, letters and seals, offline; name the first thing that was altered."""
    received = _said(seal) if seal else None
    if received is not None and SEAL_LINE.search(received.lower()) is None:
        raise typer.BadParameter(
            "No seal was found in what was given: it is a number of 64 hexadecimal digits, or the daily message as a file.",
            param_hint="--seal",
        )
    try:
        found = verdict(unpack(_read(bundle)), received)
    except Damaged as damaged:
        found = Verdict(str(damaged))
    if json:
        print_json(_as_json(found))
    else:
        print(clean("\n".join(_lines(found))))
    raise typer.Exit(1 if found.altered else 0)


def _read(bundle: Path) -> bytes:
    if not bundle.is_file():
        raise typer.BadParameter(f"{bundle} is no file.", param_hint="FILE.zip")
    try:
        return bundle.read_bytes()
    except (OSError, MemoryError):
        raise typer.BadParameter(f"{bundle} cannot be read.", param_hint="FILE.zip") from None


def _lines(found: Verdict) -> list[str]:
    about = (
        []
        if found.manifest is None
        else [f"Evidence of {found.manifest.invoice} (case {found.manifest.case}), as at {found.manifest.as_of[:10]}."]
    )
    if found.altered:
        return [*about, f"ALTERED: {found.altered}"]
    reach = ", but for what is NOT PROVEN above" if found.not_proven else ""
    return [*about, *(f"  {one}" for one in found.checked), f"Nothing was altered{reach}."]


def _as_json(found: Verdict) -> dict[str, object]:
    known = found.manifest
    return {
        "ok": not found.altered, "altered": found.altered or None, "checked": list(found.checked),
        "not_proven": list(found.not_proven), "seal_compared": found.compared, "case": known.case if known else None, "invoice": known.invoice if known else None,
    }  # fmt: skip


def _said(seal: str) -> str:
    """What stands in the message, where a file is named; else the words themselves."""
    place = Path(seal)
    try:
        if not place.is_file():
            return seal
        message = email.message_from_bytes(place.read_bytes(), policy=email.policy.default)
        body = message.get_body(("plain",))
        return str(body.get_content()) if body is not None else place.read_text(errors="replace")
    except (OSError, ValueError, LookupError):
        return seal
