"""What the sample outlets write: pages, feeds, sitemaps and the notices' API, rendered with the actual port."""

import gzip
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime
from typing import Any

from jinja2 import Environment, FileSystemLoader, select_autoescape

from newsroom.content import EDITION_BEGINS, FOLDER, Article, Site

MONTHS = {
    "es": "enero,febrero,marzo,abril,mayo,junio,julio,agosto,septiembre,octubre,noviembre,diciembre",
    "ru": "января,февраля,марта,апреля,мая,июня,июля,августа,сентября,октября,ноября,декабря",
    "en": "January,February,March,April,May,June,July,August,September,October,November,December",
}


@dataclass(frozen=True, slots=True)
class Edition:
    """One outlet on one day: everything a template may ask for."""

    site: Site
    base: str
    number: int
    articles: tuple[Article, ...]

    @property
    def modified(self) -> datetime:
        """When the newest thing in this edition changed."""
        return max([EDITION_BEGINS[self.number], *(article.modified for article in self.articles)])

    def related(self, article: Article) -> list[Article]:
        """Three other stories that stand in every edition, so that a page changes only when its story does."""
        lasting = [
            other for other in self.articles
            if other.path != article.path and not {"edition", "removed_in", "special"} & other.more.keys()
        ]  # fmt: skip
        turn = len(article.headline) % max(len(lasting), 1)
        return (lasting[turn:] + lasting[:turn])[:3]


def _long_date(moment: datetime, language: str) -> str:
    month = MONTHS[language].split(",")[moment.month - 1]
    forms = {"es": f"{moment.day} de {month} de {moment.year}", "en": f"{month} {moment.day}, {moment.year}"}
    return forms.get(language, f"{moment.day} {month} {moment.year}")


def _people(names: Sequence[str]) -> list[dict[str, str]]:
    return [{"@type": "Person", "name": name} for name in names]


def _environment() -> Environment:
    made = Environment(loader=FileSystemLoader(FOLDER), autoescape=select_autoescape(["html", "xml"]), trim_blocks=True)
    made.policies["json.dumps_kwargs"] = {"ensure_ascii": False}
    made.filters["long_date"] = _long_date
    made.filters["people"] = _people
    made.filters["rfc822"] = format_datetime
    made.filters["utc"] = lambda moment: moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return made


ENVIRONMENT = _environment()


def page(edition: Edition, template: str | None = None, **values: Any) -> str:
    """A page of the outlet: an article, a listing or a message, in the outlet's own look."""
    site = edition.site
    name = f"outlets/{site.slug}/{template or 'template.html'}"
    common = {"site": site.settings, "base": edition.base, "edition": edition, "article": None, "message": None}
    return ENVIRONMENT.get_template(name).render(common | values).replace("{{base}}", edition.base)


def feed(edition: Edition, way: Mapping[str, Any]) -> str:
    """A feed or sitemap of the outlet."""
    items = _links(edition, way)
    values = {"site": edition.site.settings, "base": edition.base, "items": items, "way": way, "edition": edition}
    return ENVIRONMENT.get_template(f"templates/{way['kind']}.xml").render(values)


def broken_feed(edition: Edition, way: Mapping[str, Any]) -> str:
    """A feed as careless software writes it: bare ampersands, an element closed by the wrong name, no end."""
    whole = feed(edition, {**way, "kind": "rss"})
    return whole.replace("&amp;", "&").replace("</category>", "</catgory>", 1).rsplit("</channel>", 1)[0]


def json_feed(edition: Edition, way: Mapping[str, Any]) -> str:
    """A feed by jsonfeed.org, version 1.1."""
    items = [
        {
            "id": edition.base + article.path,
            "url": url,
            "title": article.headline,
            "summary": article.summary,
            "date_published": article.published.isoformat(),
            "date_modified": article.modified.isoformat(),
            "authors": [{"name": name} for name in article.authors],
            "tags": [article.section],
        }
        for url, article in _links(edition, way)
    ]
    head = {"version": "https://jsonfeed.org/version/1.1", "title": edition.site.settings["name"]}
    head |= {"home_page_url": edition.base + "/", "feed_url": edition.base + way["path"]}
    return json.dumps({**head, "items": items}, ensure_ascii=False, indent=1)


def compressed(text: str) -> bytes:
    """A file that is itself gzip, the same bytes each time."""
    return gzip.compress(text.encode(), mtime=0)


def documents(edition: Edition, way: Mapping[str, Any], number: int) -> str:
    """One page of the notices' API."""
    size, articles = way["size"], edition.articles
    pages = -(-len(articles) // size)
    address = f"{edition.base}{way['path']}?page="
    answer = {
        "count": len(articles),
        "description": "Documents of type Notice, newest first",
        "total_pages": pages,
        "next_page_url": f"{address}{number + 1}" if number < pages else None,
        "results": [_document(edition.base, article) for article in articles[(number - 1) * size : number * size]],
    }
    return json.dumps(answer, indent=1)


def _document(base: str, article: Article) -> dict[str, Any]:
    number = article.more["document_number"]
    return {
        "title": article.headline,
        "type": "Notice",
        "abstract": article.summary,
        "document_number": number,
        "html_url": base + article.path,
        "raw_text_url": base + raw_text_path(article),
        "publication_date": article.published.date().isoformat(),
        "agencies": [{"raw_name": "DEPARTMENT OF DEFENSE", "name": "Defense Department"}],
    }


def raw_text_path(article: Article) -> str:
    """Where the plain text of a notice stands."""
    return f"/documents/full_text/text/{article.published:%Y/%m/%d}/{article.more['document_number']}.txt"


def _links(edition: Edition, way: Mapping[str, Any]) -> list[tuple[str, Article]]:
    """The addresses a way in gives out: newest first, some twice, with the tracking words feeds like to add."""
    wanted = [article for article in edition.articles if _is_listed(article, way)][: way.get("newest")]
    tail = way.get("tracking", "")
    links = [(edition.base + article.path + tail, article) for article in wanted]
    links += [
        (f"{edition.base}{article.path}?fbclid=IwAR0{article.slug[:6]}x7Qe", article)
        for article in wanted
        if article.slug in way.get("twice", ())
    ]
    return links + [(edition.base + path, wanted[-1]) for path in way.get("old_paths", ())]


def _is_listed(article: Article, way: Mapping[str, Any]) -> bool:
    return not article.more.get("unlisted") and article.section in way.get("sections", [article.section])
