"""The headline of an article, chosen among what the page offers."""

import re
from collections.abc import Iterator

from pipelines.extract.head import Sources, one_line
from pipelines.extract.structured import text_value
from pipelines.items import Candidate

_SEPARATOR = re.compile(r"\s[|•·–—-]\s|\s?[|»«]\s?| :: ")


def read_headline(sources: Sources) -> tuple[str | None, str | None, tuple[Candidate, ...]]:
    """Return headline, its origin, and all candidates."""
    candidates = tuple(_candidates(sources))
    best = candidates[0] if candidates else None
    return (best.value, best.origin, candidates) if best else (None, None, ())


def _candidates(sources: Sources) -> Iterator[Candidate]:
    for origin, text in _texts(sources):
        if text:
            yield Candidate("headline", text, origin)


def _texts(sources: Sources) -> Iterator[tuple[str, str | None]]:
    head = sources.head
    yield "json-ld", text_value(sources.article.get("headline"))
    yield "og:title", head.meta("og:title")
    yield "twitter:title", head.meta("twitter:title")
    for element in list(sources.tree.iter("h1"))[:5]:
        yield "h1", one_line(element.text_content())
    yield "title", head.title
