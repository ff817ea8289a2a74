"""What is kept as a table is no text as well; what only looks like one stays text."""

import pytest

from pipelines.extract.article import extract
from tests.extraction_pages import FIRST, NOW, SECOND, THIRD, article, page

ROWS = (("2021", "0.6"), ("2022", "0.9"), ("2023", "1.1"))
HEAD = ("Year", "Exports (USD bn)")


def read(inside):
    return extract(page(article(f"<h1>Jets</h1><p>{FIRST}</p><p>{SECOND}</p>{inside}<p>{THIRD}</p>")), NOW)


def marked_up(tag="td"):
    return "<table>" + "".join(f"<tr><{tag}>{left}</{tag}><{tag}>{right}</{tag}></tr>" for left, right in (HEAD, *ROWS))


LINES = [" ".join(row) for row in (HEAD, *ROWS)]


@pytest.mark.parametrize(
    "inside",
    [
        pytest.param(f"{marked_up()}</table>", id="table"),
        pytest.param(f"<figure>{marked_up()}</table></figure>", id="table in a figure"),
        pytest.param(f"<pre>{chr(10).join(LINES)}</pre>", id="lines in pre"),
        pytest.param("<pre>" + "\n".join(" | ".join(row) for row in (HEAD, *ROWS)) + "</pre>", id="bars in pre"),
        pytest.param(f"<p>{'<br>'.join(LINES)}</p>", id="lines in one paragraph"),
        pytest.param("".join(f"<p>{line}</p>" for line in LINES), id="a paragraph a row"),
        pytest.param(f"<p>{LINES[0]}</p><ul>{''.join(f'<li>{line}</li>' for line in LINES[1:])}</ul>", id="list"),
        pytest.param(f"<dl>{''.join(f'<dt>{left}</dt><dd>{right}</dd>' for left, right in ROWS)}</dl>", id="terms"),
        pytest.param(
            "<div>"
            + "".join(f'<div class="row"><div>{left}</div><div>{right}</div></div>' for left, right in (HEAD, *ROWS))
            + "</div>",
            id="grid of divs",
        ),
    ],
)  # fmt: skip
def test_rows_of_a_table_are_no_text(inside):
    draft = read(inside)
    (table,) = draft.tables
    assert [tuple(cell.text for cell in row) for row in table.rows] == list(ROWS)
    assert draft.text == f"{FIRST}\n\n{SECOND}\n\n{THIRD}"


def test_text_around_the_lines_of_a_table_stays():
    draft = read(
        f"<p>The ministry named these sums in all:<br>{'<br>'.join(LINES)}<br>It gave no reasons for them.</p>"
    )
    assert len(draft.tables) == 1
    assert draft.paragraphs[2].text == "The ministry named these sums in all:\nIt gave no reasons for them."


@pytest.mark.parametrize(
    "inside",
    [
        pytest.param(f"<table><tr><td><p>In May {FIRST}</p><p>In May {SECOND}</p></td></tr></table>", id="layout"),
        pytest.param(
            "<table><tr><th>Standard</th><th></th></tr>"
            + "".join(f"<tr><td>{word} for two months</td><td><img></td></tr>" for word in ("Help", "Spares", "Tools"))
            + "</table>",
            id="one column of texts",
        ),
    ],
)  # fmt: skip
def test_what_is_no_table_stays_text(inside):
    draft = read(inside)
    assert draft.tables == ()
    assert f"In May {FIRST}\n\nIn May {SECOND}" in draft.text or "Spares for two months" in draft.text


def test_a_table_that_holds_the_article_is_not_taken_out():
    cells = "".join(
        f"<tr><td>{number}</td><td><p>{text}</p></td></tr>" for number, text in enumerate((FIRST, SECOND, THIRD))
    )
    assert FIRST in extract(page(article(f"<h1>Jets</h1><table>{cells}</table>")), NOW).text
