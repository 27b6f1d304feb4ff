"""One account, whatever way a bank's format writes it."""

import re

_FRENCH, _GERMAN = re.compile(r"FR\d{2}[0-9A-Z]{23}"), re.compile(r"DE\d{20}")


def account_key(account: str) -> str:
    """What tells an account from others: French and German IBANs are the national numbers inside them; blanks, dots,
    leading zeros and a currency after the number mean nothing.

    An IBAN (ISO 13616) of France is bank 5, branch 5, account 11, key 2; of Germany bank 8, account 10.
    """
    bare = re.sub(r"[^0-9A-Z/]", "", account.upper())
    if _FRENCH.fullmatch(bare):
        return bare[4:25]
    if _GERMAN.fullmatch(bare):
        return f"{bare[4:12]}/{bare[12:].lstrip('0')}"
    if not bare[:2].isalpha():
        bare = re.sub(r"(?<=\d)[A-Z]{3}$", "", bare)
    bank, _, number = bare.rpartition("/")
    return f"{bank}/{number.lstrip('0')}" if re.fullmatch(r"\d{8}", bank) else number.lstrip("0")
