"""What another server answered, without the addresses and numbers it repeats: a journal is never erased, so it names nobody."""

import re

ADDRESS = re.compile(r"<?[^\s<>@,;:()\"']+@[^\s<>@,;:()\"']+>?")
NUMBER = re.compile(r"\+?\d(?:[ .()/-]?\d){7,}")
GONE = "…"


def impersonal(words: str) -> str:
    """The words without e-mail addresses and telephone numbers.

    >>> impersonal("550 5.1.1 <ana@example.org>: no such user; call +33 6 12 34 56 78")
    '550 5.1.1 …: no such user; call …'
    """
    return NUMBER.sub(GONE, ADDRESS.sub(GONE, words))
