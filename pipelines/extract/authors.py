"""Who wrote an article: people and desks by name, never addresses."""

import re
from collections.abc import Iterator

from pipelines.extract.head import Sources
from pipelines.extract.structured import names
from pipelines.items import Candidate

_BY = re.compile(r"^(?:by|von|por|par|di|автор(?:ы)?:?|autor(?:es)?:?|text:?|yazan:?|بقلم:?)\s+", re.IGNORECASE)
_AND = re.compile(r"\s*(?:,|;|/| and | und | y | et | e | и | ve | & )\s*")
_ADDRESS = re.compile(r"https?:|www\.|@|\.(?:com|org|net|de)\b", re.IGNORECASE)


def read_authors(sources: Sources) -> tuple[tuple[str, ...], tuple[Candidate, ...]]:
    """Return the authors and all candidates."""
    candidates = tuple(Candidate("authors", text, origin) for origin, text in _texts(sources))
    if not candidates:
        return (), ()
    origin = candidates[0].origin
    return tuple(dict.fromkeys(n for c in candidates if c.origin == origin for n in split_names(c.value))), candidates


def _texts(sources: Sources) -> Iterator[tuple[str, str]]:
    for name in names(sources.article.get("author")):
        yield "json-ld", name
    for meta in ("author", "article:author", "parsely-author", "dc.creator"):
        for text in sources.head.metas.get(meta, ()):
            if not _ADDRESS.search(text):
                yield f"meta {meta}", text


def split_names(text: str) -> list[str]:
    """Return the names in a byline."""
    return [name for part in _AND.split(_BY.sub("", text)) if (name := part.strip())]
