"""The outlets and articles of the sample newsroom, read from the files under ``outlets``."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent
EDITION_BEGINS = {1: datetime(2026, 11, 20, 18, 0, tzinfo=UTC), 2: datetime(2026, 11, 21, 6, 0, tzinfo=UTC)}


@dataclass(frozen=True, slots=True)
class Article:
    """One story as it reads in one edition; ``more`` is its whole front matter, for the templates."""

    slug: str
    path: str
    headline: str
    authors: tuple[str, ...]
    published: datetime
    modified: datetime
    section: str
    summary: str
    html: str
    more: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Site:
    """One outlet: its settings (``outlet.toml``) and the source files of its articles."""

    slug: str
    settings: Mapping[str, Any]
    sources: tuple[tuple[Mapping[str, Any], str], ...]

    def articles(self, edition: int) -> list[Article]:
        """The stories that stand in an edition, newest first."""
        present = [(front, text) for front, text in self.sources if _is_present(front, edition)]
        found = [_article(self.settings, front, text, edition) for front, text in present]
        return sorted(found, key=lambda article: article.published, reverse=True)

    def removed(self, edition: int) -> set[str]:
        """The paths of the stories that an edition has taken away."""
        return {_path(self.settings, front) for front, _ in self.sources if edition >= front.get("removed_in", 99)}


def read_sites() -> dict[str, Site]:
    """All outlets by slug."""
    return {path.parent.name: _read_site(path.parent) for path in sorted(FOLDER.glob("outlets/*/outlet.toml"))}


def _read_site(folder: Path) -> Site:
    settings = tomllib.loads((folder / "outlet.toml").read_text(encoding="utf-8"))
    return Site(folder.name, settings, tuple(_read_source(path) for path in sorted(folder.glob("articles/*.md"))))


def _read_source(path: Path) -> tuple[Mapping[str, Any], str]:
    _, front, text = path.read_text(encoding="utf-8").split("+++\n", 2)
    return {"slug": path.stem, **tomllib.loads(front)}, text.strip()


def _is_present(front: Mapping[str, Any], edition: int) -> bool:
    return bool(front.get("edition", 1) <= edition < front.get("removed_in", 99))


def _article(settings: Mapping[str, Any], front: Mapping[str, Any], text: str, edition: int) -> Article:
    later = front.get("edition2", {}) if edition >= 2 else {}
    front = {**front, **{key: value for key, value in later.items() if key != "replace"}}
    for old, new in later.get("replace", ()):
        text = text.replace(old, new)
    return Article(
        slug=front["slug"],
        path=_path(settings, front),
        headline=front["headline"],
        authors=tuple(front.get("authors", ())),
        published=front["published"],
        modified=front.get("modified", front["published"]),
        section=front["section"],
        summary=front.get("summary") or _first_sentence(text),
        html=_html(settings.get("markup", {}), text),
        more=front,
    )


def _path(settings: Mapping[str, Any], front: Mapping[str, Any]) -> str:
    pattern = front.get("path", settings["article_path"])
    return str(pattern.format(**front, date=front["published"]))


def _first_sentence(text: str) -> str:
    first = next((block for block in re.split(r"\n\s*\n", text) if block[0] not in "<#>-"), "")
    return re.sub(r"<[^>]*>", "", re.split(r"(?<=[a-zа-яó)]\.) ", first)[0])


def _html(markup: Mapping[str, str], text: str) -> str:
    return "\n".join(_block(markup, block.strip()) for block in re.split(r"\n\s*\n", text))


def _block(markup: Mapping[str, str], block: str) -> str:
    if block.startswith("<"):
        return block
    if block.startswith("- "):
        items = "".join(f"<li>{line.removeprefix('- ')}</li>" for line in block.splitlines())
        return f"<ul>{items}</ul>"
    for mark, name, default in (("## ", "heading", "<h2>{}</h2>"), ("### ", "subheading", "<h3>{}</h3>")):
        if block.startswith(mark):
            return markup.get(name, default).format(block.removeprefix(mark))
    if block.startswith("> "):
        return f"<blockquote><p>{block.removeprefix('> ')}</p></blockquote>"
    return markup.get("paragraph", "<p>{}</p>").format(block)
