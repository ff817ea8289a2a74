"""What states and groups are called for people; data keep their codes."""

from functools import lru_cache

import pycountry
from babel import Locale

# Codes of claims that ISO 3166-1 does not have (or has no more).
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


@lru_cache(maxsize=2000)
def state_name(code: str | None) -> str:
    """Write a state's code as its English name; names of groups stay as they are, None becomes "unknown"."""
    if code is None:
        return "unknown"
    if code in OTHER_CODES:
        return OTHER_CODES[code]
    country = pycountry.countries.get(alpha_3=code) if is_code(code) else None
    return _territories().get(country.alpha_2, country.name) if country is not None else code


@lru_cache(maxsize=300)
def country_name(alpha_2: str | None) -> str:
    """Write an outlet's country, which has two letters."""
    return _territories().get(alpha_2 or "", alpha_2 or "unknown")


def is_code(name: str) -> bool:
    """Tell a state's code from a group's name."""
    return len(name) == 3 and name.isascii() and name.isupper()


@lru_cache(maxsize=1)
def _territories() -> dict[str, str]:
    return dict(Locale("en").territories)
