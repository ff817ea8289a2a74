"""Table columns read as time series: periods, gaps, units, kinds of value."""

import pytest

from pipelines.extract.series import find_series
from pipelines.extract.table_values import Period, Style, is_period_column, parse_cell, parse_period


def series(columns, rows, caption=None):
    styles = [Style(is_period=is_period_column(head, [row[i] for row in rows])) for i, head in enumerate(columns)]
    cells = [[parse_cell(text, style) for text, style in zip(row, styles, strict=True)] for row in rows]
    return find_series(columns, cells, caption)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2018", Period(2018, "year")),
        ("2024*", Period(2024, "year")),
        ("2025 (proj.)", Period(2025, "year")),
        ("FY 2020", Period(2020, "year")),
        ("2018 г.", Period(2018, "year")),
        ("2018-19", Period(2018, "fiscal year")),
        ("2019/20", Period(2019, "fiscal year")),
        ("2014–2018", Period(2014, "span")),
        ("Q1 2020", Period(20201, "quarter")),
        ("2020Q4", Period(20204, "quarter")),
        ("Mar 2020", Period(202003, "month")),
        ("2020-03", Period(202003, "month")),
        ("H1 2025", Period(2025, "half")),
        ("Total", None),
        ("1234", None),
        ("2018-12", Period(201812, "month")),
    ],
)
def test_periods(text, expected):
    assert parse_period(text) == expected


def test_skipped_years_and_missing_cells_are_named():
    (found,) = series(["Year", "Units"], [["2018", "3"], ["2019", "n/a"], ["2021", "0"], ["2022", ""]])
    assert [(item.period, item.value, item.missing, item.row) for item in found.observations] == [
        (2018, 3.0, False, 0),
        (2019, None, True, 1),
        (2020, None, True, None),
        (2021, 0.0, False, 2),
        (2022, None, True, 3),
    ]


def test_totals_are_no_observations():
    (found,) = series(["Año", "Valor"], [["2018", "3"], ["2019", "4"], ["Total", "7"]])
    assert [item.period for item in found.observations] == [2018, 2019]


def test_newest_first_is_put_in_order():
    (found,) = series(["Year", "Units"], [["2020", "3"], ["2019", "4"]])
    assert [(item.period, item.row) for item in found.observations] == [(2019, 1), (2020, 0)]


def test_years_twice_are_no_series():
    assert series(["Year", "Units"], [["2018", "3"], ["2018", "4"], ["2019", "5"]]) == ()


def test_a_range_keeps_its_words_and_gets_no_value():
    (found,) = series(["Year", "Units"], [["2018", "3-5"], ["2019", "4"]])
    assert [(item.value, item.raw, item.missing) for item in found.observations] == [
        (None, "3-5", False),
        (4.0, "4", False),
    ]


@pytest.mark.parametrize(
    ("label", "caption", "expected"),
    [
        ("Arms exports (USD Billions)", None, ("USD", 1e9, "exports", "arms exports")),
        ("Loans", "in millions of euros", ("EUR", 1e6, "loans", "loan")),
        ("Military aid, US$ m", None, ("USD", 1e6, "aid", "aid")),
        ("Number delivered", None, ("units", 1.0, "deliveries", "deliveries")),
        ("Поставки оружия, млн долл.", None, ("USD", 1e6, "deliveries", "deliveries")),
        ("Figure", None, (None, 1.0, None, None)),
    ],
)
def test_unit_scale_and_kind(label, caption, expected):
    (found,) = series(["Year", label], [["2018", "3"], ["2019", "4"]], caption)
    assert (found.unit, found.scale, found.measure, found.value_kind) == expected


def test_one_series_a_numeric_column():
    found = series(["Year", "Orders", "Remarks", "Deliveries"], [["2018", "3", "late", "4"], ["2019", "4", "", "5"]])
    assert [(item.column, item.label) for item in found] == [(1, "Orders"), (3, "Deliveries")]


def test_years_in_the_headings_make_a_series_of_each_row():
    columns = ["Recipient", "2018", "2019", "2021", "Total", "Notes"]
    rows = [["Venezuela", "120", "..", "60", "180", "partly loans"], ["India", "1,200", "1,100", "<5", "2,305", ""]]
    first, second = series(columns, rows)
    assert (first.label, second.label, first.column) == ("Recipient: Venezuela", "Recipient: India", 1)
    assert [(each.period, each.value, each.missing, each.row, each.column) for each in first.observations] == [
        (2018, 120.0, False, 0, 1),
        (2019, None, True, 0, 2),
        (2020, None, True, None, None),
        (2021, 60.0, False, 0, 3),
    ]
    assert [(each.raw, each.value, each.row, each.column) for each in second.observations if each.period == 2021] == [
        ("<5", None, 1, 3)
    ]


def test_two_levels_of_headings_with_years():
    found = series(
        ["", "Orders / 2019", "Orders / 2020", "Deliveries / 2019", "Deliveries / 2020"], [["Egypt", *"1234"]]
    )
    assert [(each.label, each.measure, [o.value for o in each.observations]) for each in found] == [
        ("Egypt / Orders", "orders", [1.0, 2.0]),
        ("Egypt / Deliveries", "deliveries", [3.0, 4.0]),
    ]


def test_several_partners_a_year_are_parted():
    rows = [
        ["2018", "Oman", "100", "a"],
        ["2018", "Qatar", "20", "b"],
        ["2019", "Oman", "90", "c"],
        ["2019", "Qatar", "25", "d"],
    ]
    found = series(["Year", "Recipient", "USD million", "Notes"], rows)
    assert [(each.label, [(o.period, o.value, o.row) for o in each.observations]) for each in found] == [
        ("Recipient: Oman / USD million", [(2018, 100.0, 0), (2019, 90.0, 2)]),
        ("Recipient: Qatar / USD million", [(2018, 20.0, 1), (2019, 25.0, 3)]),
    ]


@pytest.mark.parametrize(
    "rows",
    [
        pytest.param([["2018", "0.8"], ["2018", "0.5"], ["2019", "0.6"]], id="a year twice and nothing to tell by"),
        pytest.param([["2018", "Oman"], ["2019", "Qatar"]], id="no numbers"),
    ],
)
def test_no_series(rows):
    assert series(["Year", "Value"], rows) == ()


@pytest.mark.parametrize(
    ("text", "value", "value_max", "qualifier"),
    [
        ("~700", 700, None, "about"),
        (">5", 5, None, "over"),
        ("более 1,5", 1.5, None, "over"),
        ("<0.1", 0, 0.1, "up_to"),
        ("up to 30", 0, 30, "up_to"),
        ("600–700", 600, 700, None),
        ("1.1", 1.1, None, None),
        ("٨٧١٫٧", 871.7, None, None),
    ],
)
def test_qualified_cells(text, value, value_max, qualifier):
    cell = parse_cell(text, Style())
    assert (cell.value, cell.value_max, cell.qualifier) == (value, value_max, qualifier)
