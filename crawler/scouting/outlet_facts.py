"""Who publishes a site, as its own pages say: name, country, languages, kind, owner, each with where it stood; pure."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import pycountry

from pipelines.extract.head import Head
from pipelines.extract.structured import names, text_value, types_of, walk_objects
from pipelines.items import Outlet, StructuredDraft

NAME_MAX = 80
_ORGANIZATIONS = {
    "NewsMediaOrganization", "Organization", "Corporation", "NGO", "GovernmentOrganization", "ResearchOrganization",
    "Newspaper", "RadioStation", "TelevisionStation", "BroadcastService", "Periodical", "OnlineBusiness",
}  # fmt: skip
_KINDS = {
    "Newspaper": "newspaper", "GovernmentOrganization": "government", "GovernmentOffice": "government",
    "RadioStation": "broadcaster", "TelevisionStation": "broadcaster", "BroadcastService": "broadcaster",
    "ResearchOrganization": "think tank",
}  # fmt: skip
_GOVERNMENT = re.compile(r"(?:^|\.)(?:gov|mil|gob|gouv|govt|gv|gov\.\w\w|mil\.\w\w|gob\.\w\w|gouv\.\w\w|bund\.de)$")
# Country codes that the whole world registers under, or that are no state's.
_NO_COUNTRY = {
    "ac",
    "ai",
    "cc",
    "co",
    "eu",
    "fm",
    "gg",
    "io",
    "is",
    "la",
    "ly",
    "me",
    "sh",
    "so",
    "su",
    "to",
    "tv",
    "ws",
}
_NO_REGIONS = {("en", "US"), ("es", "LA")}
_REGION = re.compile(r"^[a-zA-Z]{2,3}(?:[-_][A-Za-z]{4})?[-_]([A-Za-z]{2})\b")
_LANGUAGE = re.compile(r"^([a-zA-Z]{2})(?:$|[-_])")
_TITLE_PARTS = re.compile(r"\s+(?:[|–—·»-]|::)\s+|:\s+")


@dataclass(frozen=True, slots=True)
class SitePage:
    """One page of a site, as far as it speaks of its publisher; ``language`` is that of its text."""

    url: str
    head: Head
    structured: tuple[StructuredDraft, ...]
    language: str | None = None
    is_front: bool = False


@dataclass(frozen=True, slots=True)
class OutletFacts:
    """The outlet as far as its site says, and for each field that is known where it stood."""

    outlet: Outlet
    origins: dict[str, str] = field(default_factory=dict)

    @property
    def unknown(self) -> tuple[str, ...]:
        """The fields the site says nothing of."""
        return tuple(each for each in ("country", "languages", "kind", "owner") if not getattr(self.outlet, each))


Offer = tuple[Any, str] | None


def read_outlet(homepage: str, pages: Sequence[SitePage], feed_title: str | None) -> OutletFacts:
    """Give what the pages say of their publisher; what none says is None, except the name: then the host stands in."""
    host = urlsplit(homepage).hostname or homepage
    organizations = list(_organizations(pages))
    offers: dict[str, Offer] = {
        "name": _name(pages, organizations, feed_title) or (host.removeprefix("www."), "host"),
        "country": _country(host, pages, organizations),
        "languages": _languages(pages),
        "kind": _kind(host, organizations),
        "owner": _owner(organizations),
    }
    known = {name: offer for name, offer in offers.items() if offer is not None}
    values = {name: value for name, (value, _) in known.items()}
    return OutletFacts(Outlet(homepage=homepage, **values), {name: origin for name, (_, origin) in known.items()})


def clean_name(text: str | None) -> str | None:
    """Give a name of the web as one short line of characters that can be seen; None where nothing is left."""
    seen = "".join(char if char.isprintable() else " " for char in (text or "")[: 4 * NAME_MAX])
    return " ".join(seen.split())[:NAME_MAX].strip() or None


def _organizations(pages: Sequence[SitePage]) -> Iterator[dict[str, Any]]:
    for page in pages:
        for data in walk_objects(page.structured):
            if _ORGANIZATIONS & set(types_of(data)):
                yield data


def _most(values: Sequence[str | None]) -> str | None:
    counted = Counter(value for value in values if value)
    return counted.most_common(1)[0][0] if counted else None


def _name(pages: Sequence[SitePage], organizations: Sequence[dict[str, Any]], feed_title: str | None) -> Offer:
    websites = [data for page in pages for data in walk_objects(page.structured) if "WebSite" in types_of(data)]
    publishers = [data.get("publisher") for page in pages for data in walk_objects(page.structured)]
    offers = (
        ("og:site_name", [page.head.meta("og:site_name") for page in pages]),
        ("JSON-LD publisher", [name for publisher in publishers for name in names(publisher)[:1]]),
        ("JSON-LD WebSite", [text_value(data.get("name")) for data in websites]),
        ("JSON-LD organization", [text_value(data.get("name")) for data in organizations]),
        ("application-name", [page.head.meta("application-name", "apple-mobile-web-app-title") for page in pages]),
        ("title of the feed", [feed_title]),
        ("titles of the pages", [_shared_title(pages)]),
    )
    for origin, values in offers:
        name = clean_name(_most([value for value in values if value and not value.startswith(("http", "@"))]))
        if name and re.search(r"\w\w", name):
            return name, origin
    return None


def _shared_title(pages: Sequence[SitePage]) -> str | None:
    """Give the part that most titles share: outlets put their name before or behind each headline."""
    titles = [set(_TITLE_PARTS.split(page.head.title)) for page in pages if page.head.title]
    part, number = next(iter(Counter(part for parts in titles for part in parts).most_common(1)), ("", 0))
    return part if number > 1 and 2 * number > len(titles) else None


def _country(host: str, pages: Sequence[SitePage], organizations: Sequence[dict[str, Any]]) -> Offer:
    for data in organizations:
        address = data.get("address")
        for each in address if isinstance(address, list) else [address]:
            code = _alpha_2(each.get("addressCountry")) if isinstance(each, dict) else None
            if code:
                return code, "JSON-LD address"
    ending = host.rpartition(".")[2]
    if ending in ("gov", "mil"):
        return "US", "top-level domain"
    if code := _alpha_2("GB" if ending == "uk" else ending) if len(ending) == 2 and ending not in _NO_COUNTRY else None:
        return code, "top-level domain"
    return _country_of_locales(pages)


def _country_of_locales(pages: Sequence[SitePage]) -> Offer:
    """Take the region of a declared locale, but not en-US, which software says by itself, nor es-LA, Latin America."""
    locales = [text for page in pages for text in (page.head.meta("og:locale"), page.head.language) if text]
    regions = [(text[:2].lower(), match[1].upper()) for text in locales if (match := _REGION.match(text))]
    code = _alpha_2(_most([region for pair in regions if pair not in _NO_REGIONS for region in pair[1:]]))
    return (code, "declared locale") if code else None


def _alpha_2(value: object) -> str | None:
    """Give the ISO 3166-1 alpha-2 code of a country given by code or exact name."""
    text = next(iter(names(value)), None)
    if not text or len(text) > 60:
        return None
    try:
        return str(pycountry.countries.lookup(text).alpha_2)
    except LookupError:
        return None


def _languages(pages: Sequence[SitePage]) -> Offer:
    read = Counter(page.language for page in pages if page.language and not page.is_front)
    if read:
        least = sum(read.values()) / 4
        return tuple(language for language, number in read.most_common(3) if number >= least), "text of its pages"
    declared = [match[1].lower() for page in pages if (match := _LANGUAGE.match(page.head.language or ""))]
    return ((declared[0],), "lang of its pages") if declared else None


def _kind(host: str, organizations: Sequence[dict[str, Any]]) -> Offer:
    kinds = [_KINDS[name] for data in organizations for name in types_of(data) if name in _KINDS]
    if kinds:
        return kinds[0], "JSON-LD type"
    return ("government", "top-level domain") if _GOVERNMENT.search(host) else None


def _owner(organizations: Sequence[dict[str, Any]]) -> Offer:
    parents = [name for data in organizations for name in names(data.get("parentOrganization"))[:1]]
    name = clean_name(_most(parents))
    return (name, "JSON-LD parentOrganization") if name else None
