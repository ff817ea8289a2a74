"""From a channel's web page (t.me/s/NAME, or one post embedded) to its posts, each as a page of its own; pure."""

import html
from dataclasses import dataclass, field
from itertools import islice
from urllib.parse import urljoin

from lxml import etree

from crawler.base_spiders.json_formats import text_or_none
from pipelines.extract.tree import clean_characters, decide_encoding, parse_html
from pipelines.extract.urls import canonical_or_none
from pipelines.items import Found

MAX_BYTES = 5_000_000
MAX_POSTS = 200
HEADLINE = 140  # characters of a first line that can stand for a headline
_HAS = "contains(concat(' ', normalize-space(@class), ' '), ' {} ')"


@dataclass(frozen=True, slots=True)
class Post:
    """One post: what the way in says of it, and its text as a page with headline and date."""

    found: Found
    page: bytes


@dataclass(slots=True)
class PostsResult:
    """The posts of a page, the address of the older ones, and what was wrong."""

    posts: list[Post] = field(default_factory=list)
    next_url: str | None = None
    problems: list[str] = field(default_factory=list)
    left_out: int = 0

    @property
    def found(self) -> list[Found]:
        """What the page names, as any way in does."""
        return [post.found for post in self.posts]


def parse_posts(body: bytes, url: str, content_type: str | None = None) -> PostsResult:
    """Return the posts with text, the newest first; never raises on what a server may send."""
    text = body[:MAX_BYTES].decode(decide_encoding(body[:MAX_BYTES], content_type), "replace")
    tree, problems = parse_html(clean_characters(text))
    result = PostsResult(problems=list(problems))
    names = (_text(_first(tree, f"tgme_{name}")) for name in ("channel_info_header_title", "widget_message_owner_name"))
    channel = next(filter(None, names), None)
    for message in islice(tree.xpath("//*[@data-post]"), MAX_POSTS):
        post = _read_post(message, url, channel)
        if post is not None:
            result.posts.insert(0, post)
    older = tree.xpath(f"//a[{_HAS.format('tme_messages_more')}][@data-before]/@href")
    if older and canonical_or_none(older[0], url):
        result.next_url = urljoin(url, older[0])
    if not result.posts:
        result.problems.append("no posts")
    return result


def _first(tree: etree._Element, name: str) -> etree._Element | None:
    return next(iter(tree.xpath(f".//*[{_HAS.format(name)}]")), None)


def _text(element: etree._Element | None) -> str | None:
    return None if element is None else text_or_none("".join(element.itertext()))


def _read_post(message: etree._Element, url: str, channel: str | None) -> Post | None:
    body = next((each for each in message.xpath(f".//*[{_HAS.format('js-message_text')}]")), None)
    lines = _lines(body) if body is not None else []
    link = canonical_or_none("https://t.me/" + message.get("data-post").strip("/"))
    if not lines or link is None:
        return None
    raw = next(iter(message.xpath(f".//*[{_HAS.format('tgme_widget_message_date')}]//time/@datetime")), None)
    forwarded = _text(_first(message, "tgme_widget_message_forwarded_from_name"))
    found = Found(link, url, _headline(lines[0]), text_or_none(raw, 100))
    return Post(found, _as_page(found, lines, channel, forwarded))


def _lines(body: etree._Element) -> list[str]:
    """Return a text's lines: Telegram writes them with ``br``."""
    for end in body.iter("br"):
        end.tail = "\u2028" + (end.tail or "")
    return [line for raw in "".join(body.itertext()).split("\u2028") if (line := " ".join(raw.split()))]


def _headline(line: str) -> str:
    if len(line) <= HEADLINE:
        return line
    sentence = next((end for end in range(len(line[:HEADLINE]), 20, -1) if line[end - 1] in ".!?…"), None)
    return line[:sentence] if sentence else line[:HEADLINE].rpartition(" ")[0] + " …"


def _as_page(found: Found, lines: list[str], channel: str | None, forwarded: str | None) -> bytes:
    e = html.escape
    by = [f"<p>Forwarded from {e(forwarded)}</p>"] if forwarded else []
    paragraphs = "".join([*by, *(f"<p>{e(line)}</p>" for line in lines)])
    return (
        f'<!DOCTYPE html><html><head><meta charset="utf-8"><title>{e(found.title or "")}</title>'
        f'<link rel="canonical" href="{e(found.url)}"><meta property="og:site_name" content="{e(channel or "")}">'
        f'<meta property="article:published_time" content="{e(found.published_raw or "")}"></head>'
        f"<body><article><h1>{e(found.title or '')}</h1>{paragraphs}</article></body></html>"
    ).encode()
