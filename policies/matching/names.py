"""Names of companies and people as they are compared: no accents, no legal form, any order of words."""

import re
from functools import lru_cache

from policies.matching.spelling import RUN, is_near, plain_text

_FORMS_WORDS = (
    "SARL SAS SASU SA EURL SCI SNC SELARL SCP SCOP GIE GMBH AG KG OHG UG EV EK GBR MBH SE CO LTD LIMITED PLC "
    "LLC LLP INC CORP CORPORATION COMPANY BV NV SPRL SRL BVBA VZW ASBL SPA SAPA OY OYJ AB AS ASA APS SL SLU "
    "LDA SP ZOO SRO KFT SAGL SENC SOCIETE STE STES ETS ETABLISSEMENTS ETABLISSEMENT ENTREPRISE ENTREPRISES "
    "FIRMA CIE M MME MLLE MR MRS MS MISS HERR FRAU DR MONSIEUR MADAME"
)
_FORMS = frozenset(_FORMS_WORDS.split())
"""Legal forms, titles and words for a firm: they tell no customer from another. *Groupe* and *holding* do: who pays for
all its companies is not the one that is called like it."""
_SMALL_WORDS = "LE LA LES L D DE DU DES ET AND UND THE OF VAN VON DER EN Y E AU AUX"
_SMALL = frozenset(_SMALL_WORDS.split())
_INITIALS = re.compile(r"\b(\w)\.(?=\w\b|\W|$)")
_UMLAUTS = (("AE", "A"), ("OE", "O"), ("UE", "U"))
SHORTEST_CUT = 10
"""Letters a name needs to be recognised where the bank cut it off."""


@lru_cache(maxsize=1 << 17)
def words_of(name: str) -> tuple[str, ...]:
    """The words that tell the name from others, in their order; all of them where none would be left."""
    found = all_words(name)
    telling = tuple(word for word in found if word not in _FORMS and word not in _SMALL)
    return telling or found


@lru_cache(maxsize=1 << 17)
def all_words(name: str) -> tuple[str, ...]:
    """All words of it, legal form included; `Müller` and `Mueller` are one."""
    text = _INITIALS.sub(r"\1", plain_text(name))
    return tuple(_without_umlauts(word) for word in RUN.findall(text))


def _without_umlauts(word: str) -> str:
    for pair, single in _UMLAUTS:
        word = word.replace(pair, single)
    return word


def is_like(name: tuple[str, ...], printed: tuple[str, ...]) -> bool:
    """Whether what the bank printed resembles the customer's name: one holds the other, was cut off, or has one typing
    error in one word. A single word must be long enough to tell."""
    mine, theirs = frozenset(name), frozenset(printed)
    if not mine or not theirs:
        return False
    shorter = min(mine, theirs, key=len)
    if (mine <= theirs or theirs <= mine) and (len(shorter) > 1 or len(next(iter(shorter))) >= 5):
        return True
    glued, cut = "".join(name), "".join(printed)
    if glued == cut or (len(cut) >= SHORTEST_CUT and glued.startswith(cut)):
        return True
    odd, odd_printed = mine - theirs, theirs - mine
    return len(odd) == len(odd_printed) == 1 and _mistyped(next(iter(odd)), next(iter(odd_printed)))


def _mistyped(word: str, printed: str) -> bool:
    return min(len(word), len(printed)) >= 5 and is_near(word, printed)
