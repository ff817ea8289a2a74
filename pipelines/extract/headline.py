"""The headline of an article, chosen among what the page offers; site names before and after it are cut off."""

import re
from collections.abc import Iterator
from itertools import islice
from urllib.parse import urlsplit

from pipelines.extract.address_words import share_in_address
from pipelines.extract.head import Sources, one_line
from pipelines.extract.structured import names, text_value
from pipelines.items import Candidate

MAX_CHARS = 500
_NOT_LETTERS = re.compile(r"[\W_]+")
_SEPARATOR = re.compile(r"\s+(?:[|•·–—»«›:/-]|::|--|//)\s+|\s*[|｜]\s*|(?<=[\u3040-\u9fff])[：:_](?=[\u3040-\u9fff])")
_STRONG = re.compile(r"[|｜•·»›]|::|--")
_ARCHIVE = re.compile(r"^(?:blog[- ]?archiv\w*|archives?|blog|news|home|startseite|aktuelles)$", re.IGNORECASE)
_IN_BRACKETS = re.compile(r"^(.{10,}?)\s+\(([^()]{2,40})\)$")
_GENERIC = re.compile(
    r"^(?:home|startseite|news|blog|pressemitteilung(?:en)?|press releases?|article|untitled|index|404|главная"
    r"|inicio)$",
    re.IGNORECASE,
)


def read_headline(sources: Sources) -> tuple[str | None, str | None, tuple[Candidate, ...]]:
    """Return headline, its origin, and all candidates as the page has them."""
    offers = [(origin, text[:MAX_CHARS]) for origin, text in _texts(sources) if text and letters(text)]
    candidates = tuple(Candidate("headline", text, origin) for origin, text in offers)
    sites = site_names(sources)
    headings = [letters(text) for text in _headings(sources)]
    cleaned = [(origin, cut_site(text, sites, headings)) for origin, text in offers]
    usable = [(o, text) for o, text in cleaned if letters(text) not in sites and not _GENERIC.match(text)]
    origin, text = _choose(usable or cleaned, headings, sources.url) or (None, None)
    return text, origin, candidates


def letters(text: str) -> str:
    """Return the letters and digits of a text in lower case, for comparing."""
    return _NOT_LETTERS.sub("", text.lower())


def cut_site(text: str, sites: set[str], headings: list[str]) -> str:
    """Return a title without the site's name in front, behind or in brackets at its end."""
    if (match := _IN_BRACKETS.match(text)) and letters(match[2]) in sites:
        return match[1]
    for _ in range(3):
        marks = list(islice(_SEPARATOR.finditer(text), 30))
        if not marks:
            break
        shorter = _cut_last(text, marks[-1], sites, headings) or _cut_first(text, marks[0], sites, headings)
        if not shorter:
            break
        text = shorter
    return text


def _cut_last(text: str, mark: re.Match[str], sites: set[str], headings: list[str]) -> str | None:
    return _rest_if_site(text[: mark.start()].strip(), text[mark.end() :], mark[0], sites, headings)


def _cut_first(text: str, mark: re.Match[str], sites: set[str], headings: list[str]) -> str | None:
    return _rest_if_site(text[mark.end() :].strip(), text[: mark.start()], mark[0], sites, headings)


def _rest_if_site(rest: str, part: str, mark: str, sites: set[str], headings: list[str]) -> str | None:
    """Return the rest of a title where the part beside it is the site's name, or where a heading says as much."""
    name = letters(part)
    if letters(rest) in sites | {""}:
        return None
    is_site = name in sites or _ARCHIVE.match(part.strip()) is not None or (len(name) > 4 and _is_of_site(name, sites))
    if is_site:
        return rest
    is_heading = letters(rest) in headings and len(rest) > len(part) / 2
    is_short = _STRONG.search(mark) is not None and len(part.split()) <= 5 and len(rest) > 1.5 * len(part)
    return rest if (is_heading and _STRONG.search(mark)) or is_short or (is_heading and mark.isascii()) else None


def _is_of_site(name: str, sites: set[str]) -> bool:
    return any(len(site) > 4 and (name.startswith(site) or site.startswith(name)) for site in sites)


def _choose(offers: list[tuple[str, str]], headings: list[str], url: str) -> tuple[str, str] | None:
    """Return the best offer: the one made for readers elsewhere, then the article's own, then the page's title."""
    by_origin: dict[str, str] = {}
    for origin, text in offers:
        by_origin.setdefault(origin, text)
    for origin in ("rules", *_order(by_origin, url), "twitter:title"):
        offer = by_origin.get(origin)
        if offer and not _is_cut_short(offer, offers):
            return origin, offer
    return _choose_printed(by_origin, offers, headings)


def _order(offers: dict[str, str], url: str) -> tuple[str, str]:
    """Say which of og:title and JSON-LD to believe.

    An og:title that only twitter:title repeats, against JSON-LD and h1, is a line written for social networks; one
    that only the page's title repeats is written for search. Where both have the same letters, JSON-LD has the better
    typography, unless it adds quotation marks. A JSON-LD headline that nothing else repeats is the one the article
    was published under if its address was made of it: what the page prints is then a later line that is clicked more.
    """
    social, own, shared, printed, title = (
        letters(offers.get(origin, "")) for origin in ("og:title", "json-ld", "twitter:title", "h1", "title")
    )
    if own and social == own:
        is_plainer = len(offers["og:title"]) < len(offers["json-ld"])
        return ("og:title", "json-ld") if is_plainer else ("json-ld", "og:title")
    if own and own == printed and social in (shared, title):
        return "json-ld", "og:title"
    if own and social and social == printed and own not in (shared, title) and _made_address(offers, url):
        return "json-ld", "og:title"
    return "og:title", "json-ld"


def _made_address(offers: dict[str, str], url: str) -> bool:
    """Say whether the article's address was made of the JSON-LD headline and plainly not of og:title."""
    return share_in_address(offers["json-ld"], url) > share_in_address(offers["og:title"], url) + 0.3


def _is_cut_short(text: str, offers: list[tuple[str, str]]) -> bool:
    if not text.endswith(("...", "…")):
        return False
    start = text.rstrip(".… ")
    return any(len(other) > len(text) and other.startswith(start) for _, other in offers)


def _choose_printed(
    by_origin: dict[str, str], offers: list[tuple[str, str]], headings: list[str]
) -> tuple[str, str] | None:
    """Choose between h1 and title where nothing else is there: the h1 the title repeats, or the title."""
    title = by_origin.get("title")
    tops = [text for origin, text in offers if origin == "h1"]
    if title is None:
        return ("h1", tops[0]) if tops else next(iter(offers), None)
    for text in tops:
        if letters(text) in letters(title) or letters(title) in letters(text):
            return "h1", text
    if letters(title) in headings or not tops:
        return "title", title
    return ("h1", tops[0]) if len(tops) == 1 and len(tops[0]) > 15 else ("title", title)


def _texts(sources: Sources) -> Iterator[tuple[str, str | None]]:
    head = sources.head
    if sources.page.rules.headline:
        for element in sources.tree.cssselect(sources.page.rules.headline)[:1]:
            yield "rules", one_line(element.text_content())
    yield "og:title", head.meta("og:title")
    yield "json-ld", _own_headline(sources.article)
    yield "twitter:title", head.meta("twitter:title")
    for element in islice(sources.tree.iter("h1"), 5):
        yield "h1", one_line(element.text_content())
    yield "meta", head.meta("title", "dc.title", "citation_title", "parsely-title", "sailthru.title")
    yield "title", head.title


def _own_headline(article: dict[str, object]) -> str | None:
    raw = article.get("headline")
    if isinstance(raw, str) and not set(raw) & set("<&\\"):
        return one_line(raw)  # keeps the ideographic blanks of Japanese headlines
    return text_value(raw) or text_value(article.get("name"))


def _headings(sources: Sources) -> Iterator[str]:
    for element in islice(sources.tree.iter("h1", "h2", "h3"), 40):
        yield one_line(element.text_content()) or ""


def site_names(sources: Sources) -> set[str]:
    """Return the letters of what a site may call itself: in metas, as publisher, and in its address."""
    found = sources.head.all_metas("og:site_name", "application-name", "apple-mobile-web-app-title", "twitter:site")
    found += names(sources.article.get("publisher"))
    host = (urlsplit(sources.url).hostname or "").removeprefix("www.")
    found += [host, *(label for label in host.split(".")[:-1] if len(label) > 2)]
    return {letters(name) for name in found} - {""}
