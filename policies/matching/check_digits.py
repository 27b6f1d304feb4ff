"""References whose check digits prove that they were not mistyped.

ISO 11649 (RF, mod 97), the Belgian structured communication (12 digits, mod 97), the Swiss QR and ISR reference (27
digits, modulo 10 recursive, Swiss Payment Standards), the Finnish reference (weights 7-3-1) and the Norwegian KID
(modulo 10 or 11). The last two have one check digit: one wrong reference in ten passes it.
"""

_SWISS = (0, 9, 4, 6, 8, 2, 7, 1, 3, 5)


def is_creditor_reference(text: str) -> bool:
    """ISO 11649: `RF`, two check digits, up to 21 letters and digits; compact, in capitals."""
    if not (text.startswith("RF") and 5 <= len(text) <= 25 and text.isascii() and text[2:4].isdecimal()):
        return False
    turned = text[4:] + text[:4]
    return int("".join(str(int(sign, 36)) for sign in turned)) % 97 == 1


def is_belgian(digits: str) -> bool:
    """Twelve digits, the last two the first ten modulo 97 (97 for 0)."""
    if len(digits) != 12 or not digits.isdecimal():
        return False
    return (int(digits[:10]) % 97 or 97) == int(digits[10:])


def is_swiss(digits: str) -> bool:
    """Twenty-seven digits, the last by the carry table of modulo 10 recursive."""
    if len(digits) != 27 or not digits.isdecimal():
        return False
    carry = 0
    for digit in digits[:-1]:
        carry = _SWISS[(carry + int(digit)) % 10]
    return (10 - carry) % 10 == int(digits[-1])


def is_finnish(digits: str) -> bool:
    """Four to twenty digits, weights 7, 3, 1 from the right."""
    if not (4 <= len(digits) <= 20 and digits.isdecimal()):
        return False
    total = sum(int(digit) * (7, 3, 1)[place % 3] for place, digit in enumerate(reversed(digits[:-1])))
    return (10 - total % 10) % 10 == int(digits[-1])


def is_norwegian(digits: str) -> bool:
    """KID: four to twenty-five digits, modulo 10 (Luhn) or modulo 11."""
    if not (4 <= len(digits) <= 25 and digits.isdecimal()):
        return False
    body, check = [int(digit) for digit in reversed(digits[:-1])], int(digits[-1])
    luhn = sum(sum(divmod(digit * (2 - place % 2), 10)) for place, digit in enumerate(body))
    eleven = sum(digit * (place % 6 + 2) for place, digit in enumerate(body))
    return (10 - luhn % 10) % 10 == check or (11 - eleven % 11) % 11 == check


def is_checked(reference: str) -> bool:
    """Whether a compact reference carries check digits that are right, strong enough to stand alone."""
    return is_creditor_reference(reference) or is_belgian(reference) or is_swiss(reference)


def is_lightly_checked(reference: str) -> bool:
    """Whether it carries one check digit that is right (Finland, Norway)."""
    return is_finnish(reference) or is_norwegian(reference)
