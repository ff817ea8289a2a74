"""Data tables as news pages carry them, and layout tables that must not pass for one."""

import time

import lxml.html
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.extract.table_units import Unit, find_unit
from pipelines.extract.table_values import Style, decimal_mark, parse_cell
from pipelines.extract.tables import read_tables


def tables(markup, language="en"):
    return tuple(read_tables(lxml.html.fromstring(f'<html lang="{language}"><body>{markup}</body></html>')).drafts)


def texts(table):
    return [list(table.columns), *([cell.text for cell in row] for row in table.rows)]


def written(rows, head="th"):
    first, *others = rows
    lines = ["".join(f"<{head}>{text}</{head}>" for text in first)]
    lines += ["".join(f"<td>{text}</td>" for text in row) for row in others]
    return f"<table>{''.join(f'<tr>{line}</tr>' for line in lines)}</table>"


YEARS = [["Year", "Units"], ["2018", "8"], ["2019", "5"], ["2020", "1"]]


def lines(form, between="\n"):
    return between.join(form.format(*row) for row in YEARS[1:])


PLAIN = [["Country", "Aircraft"], ["Peru", "12"], ["Chile", "7"]]


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        pytest.param(written(PLAIN), PLAIN, id="headings marked"),
        pytest.param(written(PLAIN, "td"), PLAIN, id="headings not marked: words above numbers"),
        pytest.param(
            "<table><tr><th></th><th colspan=2>Orders</th></tr><tr><th>Year</th><th>Units</th><th>Value</th></tr>"
            "<tr><td>2018</td><td>3</td><td>4</td></tr></table>",
            [["Year", "Orders / Units", "Orders / Value"], ["2018", "3", "4"]],
            id="two heading rows joined",
        ),
        pytest.param(
            "<table><tr><th>State</th><th>Type</th><th>No.</th></tr>"
            "<tr><td rowspan=2>Peru</td><td>Jets</td><td>3</td></tr><tr><td>Ships</td><td>1</td></tr></table>",
            [["State", "Type", "No."], ["Peru", "Jets", "3"], ["Peru", "Ships", "1"]],
            id="rowspan",
        ),
        pytest.param(
            written([["State", "Jets"], ["State Peru", "Jets: 12"], ["State Chile", "Jets: 7"]]),
            [["State", "Jets"], ["Peru", "12"], ["Chile", "7"]],
            id="headings repeated in the cells, for narrow screens",
        ),
        pytest.param(
            "<table><tr><th>Make</th><td>Example</td></tr><tr><th>Range</th><td>900 km</td></tr></table>",
            [["", ""], ["Make", "Example"], ["Range", "900 km"]],
            id="row headings only",
        ),
        pytest.param(
            '<table><tr><th colspan="2;">A</th><th>B</th></tr><tr><td>1</td><td>2</td><td>3</td></tr></table>',
            [["A", "A", "B"], ["1", "2", "3"]],
            id="nonsense in colspan",
        ),
        pytest.param(
            '<table><tr><th colspan="2147483648">All</th></tr>'
            "<tr><td>a</td><td>1</td></tr><tr><td>b</td><td>2</td></tr></table>",
            [["", ""], ["a", "1"], ["b", "2"]],
            id="endless colspan is no more than the table",
        ),
        pytest.param(
            "<table><tr><th>Year</th><th>Value</th></tr><tr><td>2018<sup>a</sup></td><td>1<br>approx.</td></tr></table>",
            [["Year", "Value"], ["2018", "1 approx."]],
            id="footnote marks left out, line breaks are blanks",
        ),
        pytest.param(f"<pre>| Year | Units |\n|---|---:|\n{lines('| {} | {} |')}</pre>", YEARS, id="Markdown"),
        pytest.param(f"<pre>Year,Units\n{lines('{},{}')}</pre>", YEARS, id="CSV"),
        pytest.param(f"<pre>Year     Units\n{lines('{}        {}')}</pre>", YEARS, id="aligned by blanks"),
        pytest.param(f"<p>Year Units<br>{lines('{} {}<br>')}</p>", YEARS, id="lines"),
        pytest.param(f"<p>Year Units</p>{lines('<p>{} {}</p>', '')}", YEARS, id="a paragraph a line"),
        pytest.param(f"<dl>{lines('<dt>{}</dt><dd>{}</dd>')}</dl>", [["", ""], *YEARS[1:]], id="definition list"),
        pytest.param(
            '<div><div class="t-row"><b>Year</b><b>Units</b></div>'
            + lines('<div class="t-row"><b>{}</b><b>{}</b></div>')
            + "</div>",
            YEARS,
            id="grid of divs",
        ),
    ],
)  # fmt: skip
def test_cells(markup, expected):
    (table,) = tables(markup)
    assert texts(table) == expected


@pytest.mark.parametrize(
    "markup",
    [
        pytest.param("<table><tr><td>Menu</td><td>Text of the page</td></tr></table>", id="one row"),
        pytest.param("<table><tr><td><table><tr><td>x</table></td><td>y</td></tr><tr><td>1<td>2</table>", id="nested"),
        pytest.param(f"<table role='presentation'>{written(PLAIN)[7:]}", id="declared as layout"),
        pytest.param(f"<aside>{written(PLAIN)}</aside>", id="in a sidebar"),
        pytest.param(f"<div class='footer-links'>{written(PLAIN)}</div>", id="in a footer"),
        pytest.param(written(PLAIN).replace("<table", "<table id='wp-calendar'"), id="calendar"),
        pytest.param("<table>" + "<tr><td>Name</td><td><input></td></tr>" * 4 + "</table>", id="form"),
        pytest.param("<table>" + "<tr><td><a>News</a></td><td><a>Other</a></td></tr>" * 4 + "</table>", id="links"),
        pytest.param("<table>" + "<tr><td><img></td><td><img></td></tr>" * 4 + "</table>", id="pictures"),
        pytest.param(f"<table><tr><td>Menu<td>{'Long text. ' * 80}<tr><td>a<td>b</table>", id="text in columns"),
        pytest.param("<pre>for i in range(10):\n    x = 1, 2\n    y = 2, 3\n</pre>", id="code"),
        pytest.param("<ul><li>2018 was a good year</li><li>2019 was not</li><li>2020 came</li></ul>", id="chronicle"),
    ],
)  # fmt: skip
def test_what_is_no_data_table(markup):
    assert tables(markup) == ()


@pytest.mark.parametrize(
    ("text", "decimal", "unit", "expected"),
    [
        pytest.param("1,234", ".", Unit(), ("number", 1234.0, None), id="English thousands"),
        pytest.param("1.234", ",", Unit(), ("number", 1234.0, None), id="German thousands"),
        pytest.param("1,5", ".", Unit(), ("number", 1.5, None), id="one digit after a comma is a decimal anywhere"),
        pytest.param("1 234 567", ".", Unit(), ("number", 1234567.0, None), id="blanks"),
        pytest.param("1\u202f234,5", ",", Unit(), ("number", 1234.5, None), id="thin space"),
        pytest.param("30'000", ".", Unit(), ("number", 30000.0, None), id="Swiss"),
        pytest.param("12 34", ".", Unit(), ("text", None, None), id="two numbers are none"),
        pytest.param("$1.2bn", ".", Unit(), ("number", 1.2e9, None), id="own unit and scale"),
        pytest.param("0.8", ".", Unit("USD", 1e9), ("number", 8e8, None), id="inherited scale"),
        pytest.param("12%", ".", Unit("USD", 1e6), ("number", 12.0, None), id="a percentage takes no scale"),
        pytest.param("5–10", ".", Unit(None, 1e6), ("range", 5e6, 1e7), id="range"),
        pytest.param("<0.1", ".", Unit(), ("range", 0.0, 0.1), id="less than"),
        pytest.param("~40", ".", Unit(), ("number", 40.0, None), id="about"),
        pytest.param("-3", ".", Unit(), ("number", -3.0, None), id="negative"),
        pytest.param("(12)", ".", Unit(), ("number", -12.0, None), id="negative as in accounts"),
        pytest.param("12*", ".", Unit(), ("number", 12.0, None), id="footnote mark"),
        pytest.param("0", ".", Unit(), ("number", 0.0, None), id="zero is a number"),
        pytest.param("-", ".", Unit(), ("missing", None, None), id="dash"),
        pytest.param("n/a", ".", Unit(), ("missing", None, None), id="not available"),
        pytest.param("…", ".", Unit(), ("missing", None, None), id="dots"),
        pytest.param("н/д", ".", Unit(), ("missing", None, None), id="not available, Russian"),
        pytest.param("", ".", Unit(), ("empty", None, None), id="empty"),
        pytest.param("24 Su-30", ".", Unit(), ("text", None, None), id="a number with unknown words is text"),
        pytest.param("Q1 2020", ".", Unit(), ("period", None, None), id="quarter"),
        pytest.param("2018-19", ".", Unit(), ("period", None, None), id="fiscal year"),
        pytest.param("30.12.2020", ".", Unit(), ("text", None, None), id="a date is no number"),
    ],
)
def test_values(text, decimal, unit, expected):
    cell = parse_cell(text, Style(decimal, unit))
    assert (cell.kind, cell.value, cell.value_max) == expected
    assert cell.text == text


@pytest.mark.parametrize(
    ("text", "unit", "scale"),
    [
        ("Exports (USD Billions)", "USD", 1e9),
        ("US$ m", "USD", 1e6),
        ("Value, US$bn", "USD", 1e9),
        ("млн долл.", "USD", 1e6),
        ("млрд руб.", "RUB", 1e9),
        ("mil. €", "EUR", 1e6),
        ("Mio. Euro", "EUR", 1e6),
        ("millones de dólares", "USD", 1e6),
        ("miles de millones de euros", "EUR", 1e9),
        ("en milliards d'euros", "EUR", 1e9),
        ("in thousands", None, 1e3),
        ("£m", "GBP", 1e6),
        ("Rs crore", "INR", 1e7),
        ("Share (%)", "%", None),
        ("Number of aircraft", "units", None),
        ("TIV (millions)", "TIV", 1e6),
        ("Length (m)", None, None),
        ("Arms exports", None, None),
    ],
)
def test_units(text, unit, scale):
    assert find_unit(text) == Unit(unit, scale)


def test_the_decimal_mark_is_decided_by_the_column():
    assert decimal_mark(["1.234", "12,5"], ".") == ","
    assert decimal_mark(["1,234", "12.5"], ",") == "."
    assert decimal_mark(["1.234"], ",") == ","
    (table,) = tables(written([["Land", "Wert"], ["A", "96.094"], ["B", "1.200"], ["C", "53.341"]]), "de")
    assert [row[1].value for row in table.rows] == [96094.0, 1200.0, 53341.0]


def test_caption_unit_notes():
    markup = (
        "<h3>Deliveries in millions of euros</h3>"
        + written([["State", "2018"], ["Peru", "1.5"], ["Cuba", "2"]]).replace("</table>", "")
        + "<tr><td colspan=2>Source: a ministry</td></tr></table><p>Note: figures rounded.</p>"
    )
    (table,) = tables(markup)
    assert (table.caption, table.unit, table.scale) == ("Deliveries in millions of euros", "EUR", 1e6)
    assert table.notes == ("Source: a ministry", "Note: figures rounded.")
    assert [row[1].value for row in table.rows] == [1.5e6, 2e6]


@pytest.mark.parametrize(
    "markup",
    [
        pytest.param("<table>" + "<tr><th>a<td>1<td>2" * 50_000 + "</table>", id="rows"),
        pytest.param("<table>" + ("<tr>" + "<td rowspan=65534 colspan=1000>1" * 20) * 20 + "</table>", id="spans"),
        pytest.param("<pre>" + "2018 0.8\n" * 50_000 + "</pre>", id="lines in pre"),
        pytest.param("<p>2018 1</p>" * 20_000, id="paragraphs"),
        pytest.param("<dl>" * 100 + "<dt>2018<dd>1" * 2_000, id="nested lists"),
    ],
)
def test_endless_tables_are_cut_and_say_so(markup):
    started = time.process_time()
    found = tables(markup)
    assert time.process_time() - started < 5
    assert all(table.truncated or len(table.rows) <= 2_000 for table in found)


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=70), st.sampled_from(".,"))
def test_any_text_is_some_cell(text, decimal):
    assert parse_cell(text.strip(), Style(decimal, is_period=True)).text == text.strip()


PIECES = ["<tr>", "<td colspan=3>", "<th rowspan=0>", "<td>", "1", "a", "</tr>", "<table>", "<thead>", "2018"]


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=60))
def test_any_markup_gives_rectangular_tables(pieces):
    for table in tables(f"<table>{''.join(pieces)}</table>"):
        assert all(len(row) == len(table.columns) for row in table.rows)
