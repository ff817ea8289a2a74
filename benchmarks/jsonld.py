"""Damages real JSON-LD article blocks in many ways and counts who still reads headline, date and authors rightly.

Usage: python benchmarks/jsonld.py FOLDER [--blocks N] [--show DAMAGE]. FOLDER holds HTML pages, gzipped or not.
"""

import argparse
import gzip
import html
import json
import random
import re
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import json_repair
import lxml.html
from extruct.jsonld import JsonLdExtractor

from pipelines.extract.structured import find_article, find_structured, names, text_value
from pipelines.extract.structured_values import types_of
from pipelines.items import StructuredDraft

Reading = tuple[str | None, str | None, tuple[str, ...]]
_SCRIPT = re.compile(r"<script[^>]*application/ld\+json[^>]*>(.*?)</script>", re.DOTALL | re.IGNORECASE)
_STRING = re.compile(r'"(?:[^"\\]|\\.)*"')


def blocks_in(folder: Path) -> Iterator[str]:
    """Give the well-formed blocks that hold an article with headline and date, each once."""
    seen: set[str] = set()
    for path in sorted(folder.rglob("*.htm*")):
        raw = path.read_bytes()
        page = (gzip.decompress(raw) if path.suffix == ".gz" else raw).decode("utf-8", "replace")
        for match in _SCRIPT.finditer(page):
            text = match[1].strip()
            try:
                value = json.loads(text)
            except ValueError:
                continue
            reading = read_values([value])
            if text not in seen and reading[0] and reading[1]:
                seen.add(text)
                yield text


def read_values(values: list[Any]) -> Reading:
    """Read the first article among parsed values."""
    drafts: list[StructuredDraft] = []
    queue = list(values)
    while queue:
        value = queue.pop(0)
        if isinstance(value, list):
            queue[:0] = value
        elif isinstance(value, dict):
            queue[:0] = value["@graph"] if isinstance(value.get("@graph"), list) else []
            drafts.append(StructuredDraft(len(drafts), types_of(value), value, "script"))
    return read_article(find_article(drafts))


def read_article(article: dict[str, Any] | None) -> Reading:
    """Take what is compared from an article object."""
    if article is None:
        return None, None, ()
    date = article.get("datePublished")
    return text_value(article.get("headline")), date if isinstance(date, str) else None, names(article.get("author"))


def by_us(page: str) -> Reading:
    """Read a page with this project."""
    return read_article(find_article(find_structured(lxml.html.fromstring(page))))


def by_extruct(page: str) -> Reading:
    """Read a page with extruct alone."""
    try:
        return read_values(JsonLdExtractor().extract(page))
    except (ValueError, RecursionError):
        return None, None, ()


def by_json_repair(page: str) -> Reading:
    """Read the scripts of a page (or what stands in pre and p) with json_repair alone."""
    tree = lxml.html.fromstring(page)
    texts = [element.text_content() for element in tree.iter("script", "pre", "p") if "@" in element.text_content()]
    try:
        return read_values([json_repair.loads(text) for text in texts])
    except (ValueError, RecursionError, AttributeError):
        return None, None, ()


def as_script(text: str) -> str:
    """Set a block into a page as a script."""
    return (
        "<html><head><title>x</title>"
        f'<script type="application/ld+json">{text}</script></head><body><p>Some text.</p></body></html>'
    )


def as_visible(markup: str) -> str:
    """Set a block into a page as text."""
    return f"<html><head><title>x</title></head><body><p>Before.</p>{markup}<p>After.</p></body></html>"


def requote(text: str, left: str, right: str) -> str:
    """Print every string between other quotes, inner quotes unescaped as typographers do."""
    return _STRING.sub(lambda match: left + match[0][1:-1].replace('\\"', '"') + right, text)


def at_places(text: str, pattern: str, new: str, chance: random.Random, most: int = 3) -> str:
    """Replace some matches of a pattern."""
    places = list(re.finditer(pattern, text))
    for match in sorted(chance.sample(places, min(most, len(places))), key=lambda item: -item.start()):
        text = text[: match.start()] + match.expand(new) + text[match.end() :]
    return text


def quote_in_value(text: str, chance: random.Random) -> str:
    """Put a word of the headline between bare quotes."""
    return re.sub(
        r'("headline"\s*:\s*")((?:[^"\\]|\\.)*)"',
        lambda match: match[1] + quoted_word(match[2], chance) + '"',
        text,
        count=1,
    )


def quoted_word(value: str, chance: random.Random) -> str:
    """Quote one word of a value."""
    words = value.split(" ")
    index = chance.randrange(len(words))
    words[index] = f'"{words[index]}"' if "\\" not in words[index] else words[index]
    return " ".join(words)


def control_in_value(text: str, new: str) -> str:
    """Replace a blank of the headline by a raw control character."""
    return re.sub(r'("headline"\s*:\s*"(?:[^"\\]|\\.)*?) ', lambda match: match[1] + new, text, count=1)


def pretty(text: str) -> str:
    """Print a block over many lines."""
    return json.dumps(json.loads(text), indent=2, ensure_ascii=False)


def single_quoted(text: str) -> str:
    """Print strings between apostrophes, those inside left as they are."""
    return _STRING.sub(lambda match: "'" + match[0][1:-1].replace('\\"', '"') + "'", text)


Damage = Callable[[str, random.Random], str]
KEY = r'"(@?\w+)"\s*:'
COMMENTS = '\n// a note\n/* more, with "quotes" */ '
LITERALS = '{"x": undefined, "y": NaN, "z": None, "t": True,'
AFTER_VALUE = r'(["\]}]),(\s*")'
DAMAGES: dict[str, Damage] = {
    "intact": lambda text, _: as_script(text),
    "trailing comma": lambda text, c: as_script(at_places(text, r"(\s*[}\]])", r",\1", c)),
    "missing comma": lambda text, c: as_script(at_places(pretty(text), AFTER_VALUE, r"\1\2", c, 2)),
    "single quotes": lambda text, _: as_script(single_quoted(text)),
    "typographic quotes": lambda text, _: as_script(requote(text, "“", "”")),
    "guillemets": lambda text, _: as_script(requote(text, "«", "»")),
    "low quotes": lambda text, _: as_script(requote(text, "„", "“")),
    "double primes": lambda text, _: as_script(requote(text, "″", "″")),
    "quotes inside a value": lambda text, c: as_script(quote_in_value(text, c)),
    "raw newline": lambda text, _: as_script(control_in_value(text, "\n")),
    "raw tab and control": lambda text, _: as_script(control_in_value(text, "\t\x01")),
    "comments": lambda text, c: as_script(at_places(pretty(text), r"\n", COMMENTS, c)),
    "CDATA": lambda text, _: as_script(f"//<![CDATA[\n{text}\n//]]>"),
    "HTML comment": lambda text, _: as_script(f"<!--\n{text}\n-->"),
    "entities": lambda text, _: as_script(text.replace('"', "&quot;")),
    "entities twice": lambda text, _: as_script(html.escape(html.escape(text))),
    "end cut off": lambda text, _: as_script(text.rstrip()[:-1].rstrip("}] \n")),
    "two objects": lambda text, _: as_script('{"@context":"https://schema.org","@type":"WebSite","name":"x"}\n' + text),
    "semicolon": lambda text, _: as_script(text + ";"),
    "assignment": lambda text, _: as_script(f"var jsonld = {text};"),
    "byte order mark": lambda text, _: as_script("\ufeff" + text),
    "bare keys": lambda text, _: as_script(re.sub(r'([{,]\s*)"([A-Za-z]\w*)"\s*:', r"\1\2:", pretty(text))),
    "foreign literals": lambda text, c: as_script(at_places(text, r"\{", LITERALS, c)),
    "escaped twice": lambda text, _: as_script(json.dumps(text)),
    "escaped without quotes": lambda text, _: as_script(json.dumps(text)[1:-1]),
    "missing colon": lambda text, c: as_script(at_places(text, KEY, r'"\1" ', c, 2)),
    "bracket too many": lambda text, c: as_script(at_places(text, r"\}", "}}", c, 1)),
    "bracket missing": lambda text, c: as_script(at_places(text, r"\}\s*,", ",", c, 1)),
    "tags between": lambda text, _: as_script(pretty(text).replace("\n", "<br />\n")),
    "paragraph, typographic": lambda text, _: as_visible(
        "<p>" + html.escape(requote(pretty(text), "“", "”"), quote=False).replace("\n", "<br />\n") + "</p>",
    ),
    "pre": lambda text, _: as_visible(f"<pre>{html.escape(pretty(text))}</pre>"),
    "paragraphs": lambda text, _: as_visible(
        "".join(f"<p>{html.escape(line, quote=False)}</p>" for line in requote(pretty(text), "“", "”").splitlines()),
    ),
    "code spans": lambda text, _: as_visible(
        f"<pre><code>{_STRING.sub(lambda match: f'<span>{html.escape(match[0])}</span>', pretty(text))}</code></pre>",
    ),
}  # fmt: skip


def same(ours: Reading, truth: Reading) -> bool:
    """Compare as a reader would: quotes aside, since some damages add them."""
    return tuple(map(letters, (ours[0], ours[1], *ours[2]))) == tuple(map(letters, (truth[0], truth[1], *truth[2])))


def letters(text: str | None) -> str:
    """Leave out quotes and runs of blanks."""
    return " ".join(re.sub(r"[\"“”„«»″'‘’\\\x01]", "", text or "").split())


def main() -> None:
    """Run the benchmark and print a line a damage."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--blocks", type=int, default=60)
    parser.add_argument("--show")
    options = parser.parse_args()
    blocks = list(blocks_in(options.folder))
    blocks = random.Random(1).sample(blocks, min(options.blocks, len(blocks)))
    readers = {"ours": by_us, "extruct": by_extruct, "json_repair": by_json_repair}
    right: dict[str, dict[str, int]] = defaultdict(lambda: dict.fromkeys(readers, 0))
    spent = dict.fromkeys(readers, 0.0)
    for number, block in enumerate(blocks):
        truth = read_values([json.loads(block)])
        for damage, inflict in DAMAGES.items():
            page = inflict(block, random.Random(number))
            for name, reader in readers.items():
                started = time.process_time()
                reading = reader(page)
                spent[name] += time.process_time() - started
                right[damage][name] += same(reading, truth)
                if name == "ours" and options.show == damage and not same(reading, truth):
                    print(number, reading, truth, sep="\n  ")
    print(f"{'damage':28}" + "".join(f"{name:>14}" for name in readers))
    for damage, counts in right.items():
        print(f"{damage:28}" + "".join(f"{counts[name] / len(blocks):14.3f}" for name in readers))
    cases = len(blocks) * (len(DAMAGES) - 1)
    damaged = {name: sum(counts[name] for damage, counts in right.items() if damage != "intact") for name in readers}
    print(f"{'all ' + str(cases):28}" + "".join(f"{damaged[name] / cases:14.3f}" for name in readers))
    print(f"{'ms a page':28}" + "".join(f"{1000 * spent[name] / (cases + len(blocks)):14.2f}" for name in readers))


if __name__ == "__main__":
    main()
