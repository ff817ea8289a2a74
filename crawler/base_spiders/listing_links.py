"""From a page that lists articles to their links and to the next page; pure."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from urllib.parse import urljoin, urlsplit

from cssselect import GenericTranslator, SelectorError
from lxml import etree

from crawler.base_spiders.found_dates import date_in_url
from crawler.base_spiders.json_formats import text_or_none
from pipelines.extract.tree import clean_characters, decide_encoding, parse_html
from pipelines.extract.urls import canonical_or_none, is_front_page, is_same_site
from pipelines.items import Found

MAX_BYTES = 10_000_000
MAX_LINKS = 20_000
MAX_FOUND = 1_000
NEXT_PAGE = (
    "link[rel~=next], a[rel~=next], a.next, .next > a, .next-page a, a.next-page, .pagination-next a, .pager-next a, "
    ".pager__item--next a, .nav-previous a, .older-posts a, a.older-posts, .load-more a"
)
# What no article is called: sections, people, service pages, files.
_NOT_AN_ARTICLE = re.compile(
    r"/(?:tags?|topics?|category|categories|section|authors?|search|login|signin|sign-in|register|subscribe|subscription|"
    r"newsletters?|account|contact|contact-us|about|about-us|privacy|privacy-policy|terms|cookies?|advertise|careers|jobs|"
    r"feed|rss|wp-admin|wp-login\.php|cart|shop|podcasts?|events?|archive)(?:/[^/]*)?/?$|/page/\d+/?$|"
    r"\.(?:jpe?g|png|gif|webp|svg|pdf|zip|mp[34]|css|js|xml|rss|ics|docx?|xlsx?)$",
    re.IGNORECASE,
)
_AROUND = {"nav", "footer", "aside", "form", "header"}


@dataclass(slots=True)
class ListingResult:
    """The articles a page links to, its next page, what was wrong, and how many links the cap cut."""

    found: list[Found] = field(default_factory=list)
    next_url: str | None = None
    problems: list[str] = field(default_factory=list)
    left_out: int = 0


@dataclass(frozen=True, slots=True)
class ListingRules:
    """Which links of a page are articles, and which one leads on.

    ``links`` is a CSS selector, an XPath (begins with ``/``, ``./`` or ``(``), a compiled pattern over whole URLs, or
    None for a guess that suits most outlets. ``domains`` are hosts that may be linked to beside the site's own.
    """

    links: str | re.Pattern[str] | None = None
    next_page: str = NEXT_PAGE
    domains: tuple[str, ...] = ()


def parse_listing(
    body: bytes, url: str, content_type: str | None = None, rules: ListingRules | None = None
) -> ListingResult:
    """Return the articles the page at ``url`` lists; never raises on what a server may send, but on a bad selector."""
    rules = rules or ListingRules()
    text = clean_characters(body[:MAX_BYTES].decode(decide_encoding(body[:MAX_BYTES], content_type), "replace"))
    tree, problems = parse_html(text)
    result = ListingResult(problems=list(problems))
    base = urljoin(url, next(iter(tree.xpath("//base/@href")), "").strip())
    by_url: dict[str, Found] = {}
    for element, href in islice(_select_links(tree, rules.links), MAX_LINKS):
        _keep_link(by_url, element, canonical_or_none(href, base), url, rules)
    result.found = list(by_url.values())[:MAX_FOUND]
    result.left_out = len(by_url) - len(result.found)
    result.next_url = _find_next(tree, base, url, rules)
    if not result.found:
        result.problems.append("no article links")
    return result


def _keep_link(
    by_url: dict[str, Found], element: etree._Element, link: str | None, url: str, rules: ListingRules
) -> None:
    if link is None or link == canonical_or_none(url) or not is_allowed(link, url, rules.domains):
        return
    if isinstance(rules.links, re.Pattern) and not rules.links.search(link):
        return
    title = _text_of(element)
    if rules.links is None and not _is_story(link, title, element):
        return
    known = by_url.get(link)
    # A picture, the headline and "read more" lead to the same place: the longest text is the headline.
    if known is None or len(title or "") > len(known.title or ""):
        by_url[link] = Found(link, url, title, (known and known.published_raw) or _date_beside(element))


def is_allowed(link: str, url: str, domains: tuple[str, ...]) -> bool:
    """Say whether a link stays on the listing's own site or on one of the further ``domains``."""
    host = urlsplit(link).hostname or ""
    return is_same_site(link, url) or any(host == domain or host.endswith("." + domain) for domain in domains)


def _select_links(tree: etree._Element, links: str | re.Pattern[str] | None) -> Iterator[tuple[etree._Element, str]]:
    selector = links if isinstance(links, str) else "//a[@href]"
    for chosen in tree.xpath(to_xpath(selector)):
        if isinstance(chosen, str):  # an attribute
            yield chosen.getparent(), str(chosen)
        elif chosen.get("href"):
            yield chosen, chosen.get("href")
        else:
            yield from ((link, link.get("href")) for link in chosen.iterdescendants("a") if link.get("href"))


def to_xpath(selector: str) -> str:
    """Return an XPath as it is, a CSS selector translated; raise ValueError where it is neither."""
    if selector.startswith(("/", "./", "(")):
        return selector
    try:
        return GenericTranslator().css_to_xpath(selector, prefix="descendant-or-self::")
    except SelectorError as error:
        raise ValueError(f"not a selector: {selector}") from error


def _is_story(link: str, title: str | None, element: etree._Element) -> bool:
    path = urlsplit(link).path
    if is_front_page(link) or _NOT_AN_ARTICLE.search(path):
        return False
    around = {str(parent.tag) for parent in islice(element.iterancestors(), 30)}
    if around & _AROUND and "article" not in around:
        return False
    words = len((title or "").split())
    slug = path.rstrip("/").rpartition("/")[2]
    if date_in_url(path) or slug.count("-") >= 3 or slug.count("_") >= 3:
        return True
    is_headline = bool(around & {"article", "h1", "h2", "h3", "h4"}) or any(
        str(child.tag) in ("h2", "h3", "h4") for child in element
    )
    return words >= 4 if is_headline else words >= 6 and len(path) > 8


def _text_of(element: etree._Element) -> str | None:
    return text_or_none("".join(islice(element.itertext(), 50)), 500) or text_or_none(element.get("title"), 500)


def _date_beside(element: etree._Element) -> str | None:
    """Return the machine-readable date in the same teaser, if the teaser has just one."""
    for parent in islice(element.iterancestors(), 8):
        if parent.tag in ("article", "li", "tr") or "teaser" in (parent.get("class") or ""):
            dates = set(parent.xpath(".//time/@datetime"))
            return str(dates.pop()) if len(dates) == 1 else None
    return None


def _find_next(tree: etree._Element, base: str, url: str, rules: ListingRules) -> str | None:
    for _, href in islice(_select_links(tree, rules.next_page), 20):
        link = urljoin(base, href.strip())
        usable = canonical_or_none(link)
        if usable and is_allowed(usable, url, rules.domains) and usable != canonical_or_none(url):
            return link
    return None
