"""How staff read amounts and names, whatever the customer writes in."""

from tasks import wording

STAFF = "fr"
"""Amounts are written as the team reads them."""


def cell(text: str) -> str:
    """A name as it may stand in a markdown table: names come from outside."""
    plain = wording.one_line(text)
    for sign in ("\\", "|", "`", "*", "_", "<", ">", "[", "]", "#"):
        plain = plain.replace(sign, f"\\{sign}")
    return plain
