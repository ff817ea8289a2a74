"""The outlet's own address within a link of a news search; pure."""

import base64
import binascii
import re
from urllib.parse import parse_qs, urlsplit

from pipelines.extract.urls import canonical_or_none, is_same_site

_GOOGLE_ID = re.compile(r"/articles/([A-Za-z0-9_-]{20,2000})")
_ADDRESS = re.compile(rb"https?://[\x21-\x7e]{4,2000}")
_PARAMETERS = ("url", "u", "q", "RU", "r")


def own_address(link: str) -> str | None:
    """Return the address that a link of a search engine holds, None where it holds none (or not in the clear).

    Bing and most others pass it as a parameter; Google News had it in the base64 of its older article numbers.
    """
    for name, values in parse_qs(urlsplit(link).query).items():
        if name in _PARAMETERS and (found := _elsewhere(values[0], link)):
            return found
    match = _GOOGLE_ID.search(urlsplit(link).path)
    if match is None:
        return None
    try:
        payload = base64.urlsafe_b64decode(match[1] + "=" * (-len(match[1]) % 4))
    except binascii.Error:
        return None
    addresses = (_elsewhere(found.decode("ascii"), link) for found in _ADDRESS.findall(payload))
    return next(filter(None, addresses), None)


def _elsewhere(address: str, link: str) -> str | None:
    found = canonical_or_none(address)
    return found if found and not is_same_site(found, link) else None
