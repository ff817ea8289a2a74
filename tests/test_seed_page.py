"""The seed page, its printed JSON-LD written in other ways: everything its expectations name is read from each."""

import html
import json
import re
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import pytest

from pipelines.claims.article import find_claims
from pipelines.claims.from_tables import name_series
from pipelines.extract.article import extract
from pipelines.extract.structured import faq_pairs
from pipelines.items import Page

SEED = Path(__file__).parent.parent.parent / "shared" / "seed"
NOW = datetime(2026, 5, 1, tzinfo=UTC)
_BLOCK = re.compile(r"<p>(\{<br />.*?\n\})</p>", re.DOTALL)
_VALUE = re.compile(r"(“(?:headline|text|description)”: “\w+ )(\w+)")

pytestmark = pytest.mark.skipif(not SEED.is_dir(), reason=f"no seed page in {SEED}")


def bare(block):
    """The block as JSON, typographic quotes inside values kept."""
    text = html.unescape(block.replace("<br />", ""))
    text = re.sub(r"“([^“”]*)”(?=\s*[:,\n}\]])", r'"\1"', text)
    json.loads(text)
    return text


def requoted(opening, closing):
    return lambda block: "<p>" + block.replace("“", opening).replace("”", closing) + "</p>"


def quoting(opening, closing):
    return lambda block: "<p>" + _VALUE.sub(rf"\1{opening}\2{closing}", block) + "</p>"


SHAPES = {
    "as it is": lambda block: f"<p>{block}</p>",
    "in pre": lambda block: f"<pre>{html.escape(bare(block), quote=False)}</pre>",
    "typographic in pre": lambda block: "<pre>" + block.replace("<br />", "") + "</pre>",
    "as entities": lambda block: "<p>" + html.escape(bare(block)).replace("\n", "<br>\n") + "</p>",
    "as entities of entities": lambda block: "<p>" + html.escape(html.escape(bare(block))) + "</p>",
    "typographic quotes inside values": quoting("“", "”"),
    "straight quotes inside values": quoting('"', '"'),
    "in scripts": lambda block: f'<script type="application/ld+json">{bare(block)}</script>',
    "a block broken": lambda block: "<p>" + (block.rstrip("}") if "FAQPage" in block else block) + "</p>",
    "a comma missing": lambda block: "<p>" + block.replace("”,<br />\n“date", "”<br />\n“date", 1) + "</p>",
    "low quotes": requoted("„", "“"),
    "guillemets": requoted("«\u00a0", "\u00a0»"),
    "straight quotes": lambda block: "<p>" + bare(block).replace("\n", "<br>") + "</p>",
    "a paragraph a line": lambda block: "".join(f"<p>{line}</p>" for line in block.split("<br />\n")),
    "in code": lambda block: f"<div class='wp-block-code'><code>{html.escape(bare(block))}</code></div>",
    "on one line": lambda block: "<p>" + block.replace("<br />\n", " ") + "</p>",
}
_TABLE = re.compile(r"<figure[^>]*><table.*?</table></figure>", re.DOTALL)


def lines_of(table):
    rows = re.findall(r"<tr>(.*?)</tr>", table)
    return [" ".join(re.findall(r"<t[hd]>(.*?)</t[hd]>", row)) for row in rows]


TABLES = {
    "table": str,
    "lines": lambda table: "<p>" + "<br />\n".join(lines_of(table)) + "</p>",
    "paragraphs": lambda table: "".join(f"<p>{line}</p>" for line in lines_of(table)),
    "pre": lambda table: "<pre>" + "\n".join(lines_of(table)) + "</pre>",
}
CASES = [*((shape, "table") for shape in SHAPES), *(("as it is", shape) for shape in TABLES if shape != "table")]


@cache
def expected():
    return json.loads((SEED / "expected.json").read_text(encoding="utf-8"))


@cache
def read(shape, table):
    text = (SEED / "page.html").read_text(encoding="utf-8")
    text = _TABLE.sub(lambda match: TABLES[table](match[0]), text)
    text, count = _BLOCK.subn(lambda match: SHAPES[shape](match[1]), text)
    assert count == 2
    url = expected()["url"]
    return name_series(extract(Page(url, url, 200, text.encode(), NOW), NOW))


@pytest.fixture(params=CASES, ids=", ".join)
def draft(request):
    return read(*request.param)


def test_metadata(draft):
    gold = expected()
    assert draft.headline in {gold["headline_jsonld"], gold["title_page"]}
    assert list(draft.authors) == gold["authors"]
    assert draft.published.at == datetime.fromisoformat(gold["published"])
    assert draft.modified.at == datetime.fromisoformat(gold["modified"])
    assert (draft.published.precision, draft.published.zoned) == ("minute", True)
    assert (draft.publisher, draft.language) == (gold["publisher"], gold["language"])
    assert draft.canonical_url == gold["url"]


def test_structured_data(draft):
    gold = expected()
    assert [name for item in draft.structured_data for name in item.types] == gold["jsonld_types"]
    assert len(faq_pairs(draft.structured_data)) == gold["faq_count"]
    assert not any(item.error for item in draft.structured_data)


def test_table(draft):
    gold = expected()["table"]
    (table,) = draft.tables
    assert list(table.columns) == gold["columns"]
    assert [[cell.text for cell in row] for row in table.rows] == gold["rows"]
    (series,) = table.series
    named = {key: gold["series"][key] for key in ("supplier", "recipient", "unit", "scale")}
    assert {key: getattr(series, key) for key in named} == named
    values = {str(item.period): item.value for item in series.observations if not item.missing}
    assert values == gold["series"]["values"]
    assert [item.period for item in series.observations if item.missing] == gold["series"]["missing"]


def test_text(draft):
    gold = expected()
    assert [piece for piece in gold["body_must_contain"] if piece not in draft.text] == []
    assert [piece for piece in gold["body_must_not_contain"] if piece in draft.text] == []
    rows = {" ".join(row) for row in gold["table"]["rows"]}
    assert not rows & set(draft.text.split("\n"))


@pytest.mark.parametrize("shape", ["typographic quotes inside values", "straight quotes inside values"])
def test_values_with_quotes_inside_keep_them(shape):
    answers = [answer for _, answer in faq_pairs(read(shape, "table").structured_data)]
    assert sum(bool(re.match(r'\w+ ["“]\w+["”] ', answer)) for answer in answers) >= 2


def test_claims(draft):
    found = find_claims(draft)
    for wanted in expected()["claims_at_least"]:
        fitting = [claim for claim in found if (claim.supplier, claim.recipient) == ("RUS", "VEN")]
        if "status" in wanted:
            fitting = [claim for claim in fitting if claim.status == wanted["status"] and claim.year == wanted["year"]]
            fitting = [claim for claim in fitting if claim.value_min == wanted["value_amount"]]
        else:
            named = {name for claim in fitting if claim.modality == wanted["modality"] for name in claim.weapon_raw}
            assert set(wanted["equipment"]) <= named
        assert fitting
