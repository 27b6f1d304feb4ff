"""The e-mail with the seal of the day, for the creditor to keep where nobody who runs Relance can change it."""

from policies.seals import Sealed
from tasks import wording
from tasks.staff_text import day, say

MARK = "Seal"
"""What stands before the number, whatever the language: `relance verify --seal` looks for it."""


def seal_mail(one: Sealed, creditor: str) -> tuple[str, str]:
    """Subject and text, in the language spoken here."""
    subject = say("Relance · seal {number} of {day}", number=one.number, day=day(one.on))
    parts = (
        say(
            "Seal {number} of {creditor}, {day}: it stands for {leaves} journals, those of every case and customer.",
            number=one.number, creditor=wording.one_line(creditor), day=day(one.on), leaves=one.leaves,
        ),
        f"{MARK}: {one.hash}\nRoot: {one.root}",
        say(
            "Keep this message. If somebody later doubts a file of evidence, relance verify FILE.zip --seal THIS-MESSAGE.eml "
            "proves that nothing in it was changed since."
        ),
    )  # fmt: skip
    return subject, "\n\n".join(parts) + "\n"
