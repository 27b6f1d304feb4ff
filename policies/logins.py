"""What an account may be called. The name stands in journals for years and is never given to somebody else."""

import re

LONGEST = 40
RESERVED = frozenset({"local", "service", "relance", "import", "demo", "system", "nobody", "anybody", "terminal"})
"""Names under which the program itself appears in rows."""
_SHAPE = re.compile(r"[a-z0-9][a-z0-9._-]*")


def login_wrong(login: str) -> str:
    """Why this cannot be a login, as a sentence; empty where it can.

    >>> login_wrong("marie.d")
    ''
    >>> login_wrong("Marie D")
    'A login has small letters, digits, dots, dashes and underscores, begins with a letter or digit, and is at most 40 long.'
    """
    if len(login) > LONGEST or not _SHAPE.fullmatch(login):
        return (
            "A login has small letters, digits, dots, dashes and underscores, begins with a letter or digit, "
            f"and is at most {LONGEST} long."
        )
    return f"“{login}” is a name the program itself uses." if login in RESERVED else ""
