"""A command that cannot go on says why, in a sentence a person can act on."""


class Refusal(Exception):
    """Refused: `str(refusal)` is the whole sentence shown to the person; the command ends with exit code 1."""
