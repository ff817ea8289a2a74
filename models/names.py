"""Names of states and languages for people."""

from functools import cache

import pycountry
from babel import Locale

# Codes of claims that ISO 3166-1 does not have, or has no more.
OTHER_CODES = {
    "SUN": "Soviet Union",
    "YUG": "Yugoslavia",
    "SCG": "Serbia and Montenegro",
    "CSK": "Czechoslovakia",
    "DDR": "East Germany",
    "YMD": "South Yemen",
    "VDR": "North Vietnam",
    "RHO": "Rhodesia",
    "XKX": "Kosovo",
}


@cache
def _english() -> Locale:
    return Locale("en")


def country_name(code: str) -> str:
    """Give the English name of a state by its code (two or three letters); the code itself where it has none."""
    if code in OTHER_CODES:
        return OTHER_CODES[code]
    known = pycountry.countries.get(alpha_3=code) if len(code) == 3 else None
    two_letters = known.alpha_2 if known else code
    return str(_english().territories.get(two_letters, code))


def alpha_3(code: str | None) -> str | None:
    """Give a state's code in three letters by that in two; None where it has none."""
    known = pycountry.countries.get(alpha_2=code) if code else None
    return str(known.alpha_3) if known else None


def language_name(code: str) -> str:
    """Give the English name of a language by its ISO 639-1 code; the code itself where it has none."""
    return str(_english().languages.get(code, code))
