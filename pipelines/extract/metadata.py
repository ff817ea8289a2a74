"""The smaller facts about an article: description, section, keywords, picture, addresses, publisher."""

from itertools import islice
from urllib.parse import urljoin

from pipelines.extract.head import Sources, one_line
from pipelines.extract.structured import names, text_value
from pipelines.extract.urls import canonical_or_none, is_front_page, is_same_site
from pipelines.items import Candidate


def read_description(sources: Sources) -> str | None:
    """Return the summary the publisher wrote."""
    metas = sources.head.meta("og:description", "description", "twitter:description", "dc.description")
    return text_value(sources.article.get("description")) or metas


def read_section(sources: Sources) -> str | None:
    """Return the part of the paper the article stands in."""
    metas = sources.head.meta(
        "article:section", "parsely-section", "section", "sailthru.section", "cxenseparse:section"
    )
    return text_value(sources.article.get("articleSection")) or metas


def read_keywords(sources: Sources) -> tuple[str, ...]:
    """Return the publisher's keywords, each once, at most fifty."""
    own = sources.article.get("keywords")
    texts = list(names(own)) or sources.head.all_metas("news_keywords", "keywords", "parsely-tags", "sailthru.tags")[:1]
    tags = sources.head.all_metas("article:tag")
    words = [word.strip() for text in (*texts, *([] if texts else tags)) for word in text.replace("،", ",").split(",")]
    return tuple(islice(dict.fromkeys(word for word in words if 1 < len(word) <= 100), 50))


def read_image(sources: Sources) -> str | None:
    """Return the address of the article's picture."""
    value: object = sources.article.get("image")
    for _ in range(5):
        if isinstance(value, list):
            value = value[0] if value else None
        elif isinstance(value, dict):
            value = value.get("url") or value.get("contentUrl") or value.get("@id")
    own = value if isinstance(value, str) else None
    for candidate in (own, sources.head.meta("og:image", "og:image:url", "twitter:image", "twitter:image:src")):
        if url := canonical_or_none(candidate, sources.url):
            return url
    return None


def read_canonical(sources: Sources) -> tuple[str, str, tuple[Candidate, ...]]:
    """Return the article's own URL, who says so, and what others said.

    A page is believed about its address only within its own site, and not when it names the front page.
    """
    offers = [
        ("link", sources.head.link("canonical")),
        ("og:url", sources.head.meta("og:url")),
        ("json-ld", _main_entity(sources.article)),
    ]
    candidates = tuple(Candidate("canonical_url", value[:2000], origin) for origin, value in offers if value)
    own = canonical_or_none(sources.url) or sources.url
    for origin, value in offers:
        url = canonical_or_none(value, sources.url)
        if url and is_same_site(url, own) and (not is_front_page(url) or is_front_page(own)):
            return url, origin, candidates
    return own, "url", candidates


def _main_entity(article: dict[str, object]) -> str | None:
    value = article.get("mainEntityOfPage")
    if isinstance(value, dict):
        value = value.get("@id") or value.get("url")
    found = value if isinstance(value, str) else article.get("url")
    return found if isinstance(found, str) and found.startswith(("http", "/")) else None


def read_amp_url(sources: Sources) -> str | None:
    """Return the address of the AMP twin."""
    href = sources.head.link("amphtml")
    return canonical_or_none(urljoin(sources.url, href)) if href else None


def read_publisher(sources: Sources) -> str | None:
    """Return the name of the publisher."""
    own = next(iter(names(sources.article.get("publisher"))), None)
    metas = sources.head.meta("og:site_name", "application-name", "dc.publisher", "article:publisher", "copyright")
    name = own if own and not own.startswith("http") else metas
    return one_line(name[:200]) if name and not name.startswith(("http", "/")) else None
