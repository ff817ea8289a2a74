"""The HTML within the JSON that a "load more" button fetches; pure."""

from collections.abc import Iterator

from crawler.base_spiders.documents import read_text
from crawler.base_spiders.json_formats import look_up, read_json

MAX_VALUES = 50_000


def read_fragment(body: bytes, path: str | None) -> bytes:
    """Return the HTML at a dotted path of JSON, or its longest text with links; a body that is no JSON as it is."""
    if body.lstrip()[:1] not in (b"{", b"["):
        return body
    try:
        data = read_json(read_text(body, None)[0])
    except ValueError:
        return body
    found = look_up(data, path) if path is not None else max(_linking_texts(data), key=len, default="")
    texts = found if isinstance(found, list) else [found]
    return "".join(text for text in texts if isinstance(text, str)).encode()


def _linking_texts(data: object) -> Iterator[str]:
    waiting = [data]
    for _ in range(MAX_VALUES):
        if not waiting:
            return
        value = waiting.pop()
        if isinstance(value, str) and "<a" in value and "href" in value:
            yield value
        elif isinstance(value, dict | list):
            waiting += value.values() if isinstance(value, dict) else value
