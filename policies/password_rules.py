"""Which passwords are taken: long ones. What is not asked for is a mixture of signs, which makes people write them down."""

SHORTEST, LONGEST = 12, 200
"""Characters. The upper end bounds what is computed for somebody who is not known yet."""
FEWEST_SIGNS = 5
"""Different characters a password has at least."""


def password_wrong(password: str, login: str) -> str:
    """Why the password is not taken, as a sentence; empty where it is.

    >>> password_wrong("short", "marie")
    'A password has at least 12 characters; several words in a row are easy to keep in mind.'
    """
    if len(password) < SHORTEST:
        return f"A password has at least {SHORTEST} characters; several words in a row are easy to keep in mind."
    if len(password) > LONGEST:
        return f"A password has at most {LONGEST} characters."
    if len(set(password.lower())) < FEWEST_SIGNS:
        return "This password repeats itself and is quickly guessed."
    if len(login) > 2 and login in password.lower() and len(password) < len(login) + SHORTEST:
        return "This password holds the login, which is what is tried first."
    return ""
