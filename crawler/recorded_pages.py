"""Pages recorded for a source, and what is read from them: a layout that changes shows as a difference."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from crawler.base_spiders.found_dates import found_at
from pipelines.extract.article import extract
from pipelines.items import ArticleDraft, Found, Page, Rules

AS_OF = datetime(2026, 11, 22, 12, tzinfo=UTC)  # dates are judged as of then, where a recording does not say
WAY_IN = "way_in"  # the name of a recorded listing, which is no article
COMPARED = ("headline", "authors", "published", "language")


@dataclass(frozen=True, slots=True)
class Recording:
    """One recorded page: its HTML as it came, and beside it as ``.json`` what is to be read from it."""

    html: Path

    @property
    def json(self) -> Path:
        """The file that says what is to be read."""
        return self.html.with_suffix(".json")

    @property
    def expected(self) -> dict[str, Any]:
        """What is to be read."""
        return dict(json.loads(self.json.read_text("utf-8")))

    def read(self, url: str, rules: Rules, as_of: datetime = AS_OF, content_type: str = "text/html") -> ArticleDraft:
        """Read the page as if it stood at ``url``."""
        return extract(Page(url, url, 200, self.html.read_bytes(), as_of, content_type, rules=rules), as_of)

    def differences(self, rules: Rules) -> list[str]:
        """Name what is read otherwise than expected, one line each."""
        expected = self.expected
        draft = self.read(expected["url"], rules, _as_of(expected), expected.get("content_type", "text/html"))
        got = describe(draft, expected["url"])
        found = [f"{key}: {got[key]!r} instead of {expected[key]!r}" for key in COMPARED if got[key] != expected[key]]
        found += [f"not in the text: {part!r}" for part in expected["body_contains"] if part not in draft.text]
        return found + [f"in the text: {part!r}" for part in expected["body_excludes"] if part in draft.text]

    def write_expected(self, expected: dict[str, Any]) -> None:
        """Keep what is to be read."""
        self.json.write_text(json.dumps(expected, ensure_ascii=False, indent=2) + "\n", "utf-8")


def _as_of(expected: dict[str, Any]) -> datetime:
    return datetime.fromisoformat(expected["recorded_at"]) if "recorded_at" in expected else AS_OF


def describe(draft: ArticleDraft, url: str) -> dict[str, Any]:
    """Say what was read from a page, as a recording keeps it."""
    at, published = draft.published and draft.published.at, None
    if at and draft.published:
        is_day = draft.published.precision == "day"
        published = at.date().isoformat() if is_day else at.replace(microsecond=0).isoformat()
    return {
        "url": url,
        "headline": draft.headline,
        "authors": list(draft.authors),
        "published": published,
        "language": draft.language,
        "body_contains": [paragraph.text[:60] for paragraph in (*draft.paragraphs[:1], *draft.paragraphs[-1:])],
        "body_excludes": [],
        "origin": "recorded",
    }


def describe_way_in(
    url: str, found: Sequence[Found], left_out: Sequence[str], following: Sequence[str]
) -> dict[str, Any]:
    """Say what a spider made of a way in, as its recording keeps it."""
    return {
        "url": url,
        "found": [
            {"url": one.url, "title": one.title, "published": at.isoformat() if (at := found_at(one)) else None}
            for one in found
        ],
        "not_articles": list(left_out),
        **({"next": following[0]} if following else {}),
    }


def recordings(folder: Path, name: str) -> list[Recording]:
    """Give the recorded pages of a source in a folder of pages."""
    return [Recording(path) for path in sorted((folder / name).glob("*.html")) if path.stem != WAY_IN]
