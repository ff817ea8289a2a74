"""Reads schema.org objects: plain text, names, questions and answers, and the one object that is the article."""

import html
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from pipelines.items import StructuredDraft

# Best first: what calls itself news before what may be any text.
ARTICLE_TYPES = (
    "NewsArticle", "ReportageNewsArticle", "AnalysisNewsArticle", "BackgroundNewsArticle", "OpinionNewsArticle",
    "ReviewNewsArticle", "AskPublicNewsArticle", "LiveBlogPosting", "Article", "BlogPosting", "Report", "TechArticle",
    "ScholarlyArticle", "SatiricalArticle", "AdvertiserContentArticle", "SocialMediaPosting", "DiscussionForumPosting",
)  # fmt: skip
_RANK = {name: rank for rank, name in enumerate(ARTICLE_TYPES)}
_FOUND_RANK = {"script": 0, "visible text": 1, "microdata": 2, "rdfa": 3}
_REFERENCES = ("author", "creator", "contributor", "editor", "publisher", "image", "isPartOf", "thumbnail", "logo")
_TAG = re.compile(r"</?(?:p|br|b|i|em|strong|span|a|sup|sub|u|div|li|ul|ol|h[1-6])\b[^<>]*>", re.IGNORECASE)
_UNICODE_ESCAPE = re.compile(r"\\u([0-9a-fA-F]{4})")
_PREFIX = re.compile(r"^(?:https?://(?:www\.)?schema\.org/|schema:)", re.IGNORECASE)
_MAX_WALK = 20_000


def text_value(value: object) -> str | None:
    """Give the first text a value holds, as a reader would see it: entities, tags and runs of blanks undone."""
    for _ in range(8):
        if isinstance(value, list):
            value = next((item for item in value if item), None)
        elif isinstance(value, dict):
            value = value.get("@value") or value.get("name") or value.get("text")
        else:
            break
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    return _plain(str(value)) or None


def _plain(text: str) -> str:
    """Undo what templates do to text on its way into JSON: escaping twice, entities, inline markup."""
    if "\\u" in text:
        text = _UNICODE_ESCAPE.sub(_character, text).encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    for _ in range(2):
        if "&" in text:
            text = html.unescape(text)
    if "<" in text:
        text = _TAG.sub(" ", text)
    return " ".join(text.split())


def _character(match: re.Match[str]) -> str:
    return chr(int(match[1], 16))


def types_of(data: dict[str, Any]) -> tuple[str, ...]:
    """Give the schema.org types of an object without their prefix."""
    value = data.get("@type")
    listed = value if isinstance(value, list) else [value]
    return tuple(_PREFIX.sub("", item.strip()) for item in listed if isinstance(item, str) and item.strip())


def names(value: object) -> tuple[str, ...]:
    """List the names in an author or publisher value of any shape, in order, each once."""
    found: dict[str, None] = {}
    for item in _flat(value):
        name = _name_of(item)
        if name:
            found[name] = None
    return tuple(found)


def _flat(value: object) -> Iterator[object]:
    """Yield the items of nested lists, in order, bounded."""
    queue = [value]
    for _ in range(500):
        if not queue:
            return
        item = queue.pop(0)
        if isinstance(item, list):
            queue[:0] = item[:500]
        else:
            yield item


def _name_of(item: object) -> str | None:
    """Give the name of one person or organization, given as text or as an object."""
    if not isinstance(item, dict):
        return text_value(item)
    name = text_value(item.get("name")) or text_value(item.get("@value")) or text_value(item.get("legalName"))
    parts = (text_value(item.get("givenName")), text_value(item.get("familyName")))
    return name or " ".join(part for part in parts if part) or text_value(item.get("alternateName"))


def faq_pairs(structured: Iterable[StructuredDraft]) -> tuple[tuple[str, str], ...]:
    """Pair question and answer of every Question on the page, each once, in the page's order."""
    pairs: dict[tuple[str, str], None] = {}
    for data in walk_objects(structured):
        if "Question" not in types_of(data):
            continue
        question = text_value(data.get("name")) or text_value(data.get("text"))
        answer = _answer(data.get("acceptedAnswer")) or _answer(data.get("suggestedAnswer"))
        if question and answer:
            pairs[(question, answer)] = None
    return tuple(pairs)


def _answer(value: object) -> str | None:
    """Give the text of the first answer given."""
    for item in _flat(value):
        text = text_value(item.get("text")) if isinstance(item, dict) else text_value(item)
        if text:
            return text
    return None


def walk_objects(structured: Iterable[StructuredDraft]) -> Iterator[dict[str, Any]]:
    """Yield every object on the page, nested ones after the object that holds them; bounded."""
    left = _MAX_WALK
    for draft in structured:
        queue: list[Any] = [draft.data]
        while queue and left:
            left -= 1
            item = queue.pop()
            if isinstance(item, dict):
                yield item
                queue.extend(reversed([child for child in item.values() if isinstance(child, dict | list)]))
            elif isinstance(item, list):
                queue.extend(reversed([child for child in item if isinstance(child, dict | list)]))


def find_article(structured: Sequence[StructuredDraft]) -> dict[str, object] | None:
    """Find the object that is the page's article, its references to authors, publisher and images resolved."""
    best: tuple[tuple[int, ...], dict[str, Any]] | None = None
    for draft in structured:
        for data in _article_candidates(draft):
            score = _article_score(data, draft)
            if score and (best is None or score < best[0]):
                best = (score, data)
    return _resolved(best[1], structured) if best else None


def _article_candidates(draft: StructuredDraft) -> Iterator[dict[str, Any]]:
    """Yield the object itself, and what a page object names as its main thing."""
    if draft.data is None:
        return
    yield draft.data
    for key in ("mainEntity", "mainEntityOfPage", "subjectOf", "hasPart", "@graph"):
        for item in _flat(draft.data.get(key)):
            if isinstance(item, dict):
                yield item


def _article_score(data: dict[str, Any], draft: StructuredDraft) -> tuple[int, ...] | None:
    """Say how far an object is from being the article: small is near, None is not at all."""
    ranks = [_RANK[name] for name in types_of(data) if name in _RANK]
    if not ranks:
        return None
    missing = sum(not data.get(key) for key in ("headline", "datePublished"))
    if missing == 2 and not data.get("name") and not data.get("articleBody"):
        return None
    nested = int(data is not draft.data)
    return missing, _FOUND_RANK[draft.found_in], nested, int(not data.get("author")), min(ranks), draft.position


def _resolved(article: dict[str, Any], structured: Sequence[StructuredDraft]) -> dict[str, object]:
    """Copy it so that ``{"@id": ...}`` stands for the object of that name; two levels deep, so cycles end."""
    objects = _objects_by_id(structured)
    if not objects:
        return dict(article)
    return {key: _follow(value, objects, 2) if key in _REFERENCES else value for key, value in article.items()}


def _objects_by_id(structured: Sequence[StructuredDraft]) -> dict[str, dict[str, Any]]:
    """Map each @id to the fullest object that carries it."""
    objects: dict[str, dict[str, Any]] = {}
    for data in walk_objects(structured):
        name = data.get("@id")
        if isinstance(name, str) and len(data) > max(1, len(objects.get(name, ()))):
            objects[name] = data
    return objects


def _follow(value: object, objects: dict[str, dict[str, Any]], levels: int) -> object:
    """Give the value with its references replaced."""
    if isinstance(value, list):
        return [_follow(item, objects, levels) for item in value[:200]]
    if isinstance(value, str):
        return objects.get(value, value) if value.startswith(("#", "http", "_:")) else value
    if not isinstance(value, dict) or not levels:
        return value
    reference = value.get("@id")
    full = objects.get(reference, {}) if isinstance(reference, str) else {}
    merged = {**full, **value}
    return {key: _follow(item, objects, levels - 1) if key in _REFERENCES else item for key, item in merged.items()}
