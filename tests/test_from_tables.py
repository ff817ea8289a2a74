"""Who supplies whom in a series, and the claims a table makes."""

from dataclasses import replace

import pytest

from pipelines.claims.article import find_claims
from pipelines.claims.from_tables import name_series, read_pair
from pipelines.items import ArticleDraft, Cell, Observation, Paragraph, SeriesDraft, TableDraft


def draft(label: str, caption: str | None = None, headline: str | None = None, **series: object) -> ArticleDraft:
    """Make an article with one table of two observed years and a gap."""
    observations = (
        Observation(2018, 8e8, "0.8", row=0, column=1),
        Observation(2019, None, None, missing=True),
        Observation(2020, 3e8, "0.3", row=1, column=1),
    )
    fields = {"supplier": None, "recipient": None, "measure": None, "unit": "USD", "scale": 1e9, "value_kind": None}
    column = SeriesDraft(column=1, label=label, observations=observations, **{**fields, **series})
    rows = (
        (Cell("2018", "year"), Cell("0.8", "number", 8e8)),
        (Cell("2020", "year"), Cell("0.3", "number", 3e8)),
    )
    table = TableDraft(0, caption, ("Year", label), rows, unit="USD", scale=1e9, series=(column,))
    return ArticleDraft(
        url="https://paper.example/a",
        canonical_url="https://paper.example/a",
        canonical_origin="url",
        headline=headline,
        headline_origin=None,
        authors=(),
        published=None,
        modified=None,
        language="en",
        access="full",
        paragraphs=(Paragraph("Text."),),
        tables=(table,),
    )


@pytest.mark.parametrize(
    ("text", "supplier", "recipient"),
    [
        pytest.param("Chinese Arms Exports to Pakistan (USD Billions)", "CHN", "PAK", id="adjective-to"),
        pytest.param("Arms imports from Italy", "ITA", None, id="imports-from"),
        pytest.param("Arms imports from Italy by Qatar", "ITA", "QAT", id="imports-from-by"),
        pytest.param("Indonesia's arms imports", None, "IDN", id="possessive-imports"),
        pytest.param("Exportaciones de armas de Italia a Chile (millones de euros)", "ITA", "CHL", id="es"),
        pytest.param("Importaciones de armas de Ecuador", None, "ECU", id="es-imports-of"),
        pytest.param("Поставки оружия из Беларуси в Анголу", "BLR", "AGO", id="ru"),
        pytest.param("Livraisons d'armes de la Suède à l'Égypte", "SWE", "EGY", id="fr"),
        pytest.param("Rüstungsexporte aus Österreich in die Türkei", "AUT", "TUR", id="de"),
        pytest.param("Waffenexporte der Schweiz nach Katar (CHF)", "CHE", "QAT", id="de-genitive"),
        pytest.param("Tanks delivered by Italy to Peru", "ITA", "PER", id="delivered-by"),
        pytest.param("Tanks received by Peru from Italy", "ITA", "PER", id="received-from"),
        pytest.param("Venda de armas do Brasil para Angola", "BRA", "AGO", id="pt"),
        pytest.param("Türkiye'den Azerbaycan'a silah ihracatı", "TUR", "AZE", id="tr"),
        pytest.param("Експорт зброї з Чехії до Польщі", "CZE", "POL", id="uk"),
        pytest.param("Indian arms exports to the Philippines, US$ millions", "IND", "PHL", id="dollars-are-no-state"),
        pytest.param("صادرات السلاح من إيطاليا إلى مصر", "ITA", "EGY", id="ar"),
        pytest.param("Egypt and Italy: military ties", None, None, id="no-direction"),
        pytest.param("Arms imports from Spain, France and Germany", None, None, id="too-many"),
        pytest.param("Exports and imports of arms, Turkey", None, None, id="both-ways"),
    ],
)
def test_pair(text, supplier, recipient):
    pair = read_pair(text)
    assert (pair.supplier, pair.recipient) == (supplier, recipient)


def named(article: ArticleDraft) -> SeriesDraft:
    return name_series(article).tables[0].series[0]


@pytest.mark.parametrize(
    ("article", "sides"),
    [
        pytest.param(draft("Chinese arms exports to Pakistan"), ("CHN", "PAK"), id="header"),
        pytest.param(draft("USD bn", "Chinese arms exports to Pakistan"), ("CHN", "PAK"), id="caption"),
        pytest.param(draft("USD bn", None, "Chinese arms exports to Pakistan doubled"), ("CHN", "PAK"), id="headline"),
        pytest.param(draft("Exports to Peru", None, "Chinese arms exports to Pakistan"), ("CHN", "PER"), id="trust"),
        pytest.param(draft("Italy", "Arms imports of Qatar by supplier"), ("ITA", "QAT"), id="column-a-supplier"),
        pytest.param(draft("Wheat exports to Peru"), (None, None), id="no-arms"),
        pytest.param(draft("GDP (USD bn)", None, "Chinese arms exports to Peru"), (None, None), id="another-subject"),
        pytest.param(
            draft("Oil exports", None, "Chinese arms exports to Peru"), (None, None), id="oil-under-an-arms-title"
        ),
        pytest.param(
            draft("Importe (M€)", None, "Exportaciones de armas de España a Chile"), ("ESP", "CHL"), id="importe"
        ),
        pytest.param(
            draft("Recipient: Peru", "Chinese arms exports by recipient"), ("CHN", "PER"), id="row-a-recipient"
        ),
        pytest.param(draft("Supplier: Italy", "Arms trade of Qatar"), ("ITA", None), id="row-a-supplier"),
        pytest.param(draft("Value", None, "Grain from Ukraine reaches Egypt"), (None, None), id="other-goods"),
        pytest.param(draft("Value"), (None, None), id="silent"),
    ],
)
def test_sides_by_order_of_trust(article, sides):
    series = named(article)
    assert (series.supplier, series.recipient) == sides


def test_measure_is_filled_only_where_unknown():
    assert (named(draft("Arms exports to Peru")).measure, named(draft("Arms exports to Peru")).value_kind) == (
        "exports",
        "arms exports",
    )
    assert named(draft("Arms exports to Peru", measure="orders", value_kind="contract price")).measure == "orders"


def test_one_claim_for_each_observed_year():
    claims = find_claims(name_series(draft("Chinese arms exports to Pakistan (USD bn)")))
    assert [(claim.year, claim.value_min, claim.value_max) for claim in claims] == [(2018, 8e8, 8e8), (2020, 3e8, 3e8)]
    assert {(claim.supplier, claim.recipient, claim.status, claim.rule, claim.currency) for claim in claims} == {
        ("CHN", "PAK", "general", "series", "USD")
    }
    evidence = claims[1].evidence
    assert (evidence.quote, evidence.table, evidence.row, evidence.column) == ("0.3", 0, 1, 1)


@pytest.mark.parametrize(
    ("article", "statuses"),
    [
        pytest.param(
            draft("Chinese arms deliveries to Pakistan", measure="deliveries"), {"delivered"}, id="deliveries"
        ),
        pytest.param(draft("Arms exports to Pakistan"), set(), id="one-side-unknown"),
        pytest.param(draft("Russia's share of arms exports to India", unit="%"), set(), id="a-share"),
        pytest.param(draft("Chinese arms exports to Pakistan", unit=None), set(), id="no-unit"),
    ],
)
def test_status(article, statuses):
    assert {claim.status for claim in find_claims(name_series(article))} == statuses


@pytest.mark.parametrize(
    ("cell", "bounds"),
    [
        (Cell("~0.8", "number", 8e8, qualifier="about"), (8e8, 8e8, "about")),
        (Cell(">0.8", "number", 8e8, qualifier="over"), (8e8, None, "over")),
        (Cell("<0.8", "range", 0.0, 8e8, "up_to"), (None, 8e8, "up_to")),
        (Cell("0.6–0.8", "range", 6e8, 8e8), (6e8, 8e8, "range")),
    ],
    ids=lambda each: getattr(each, "text", ""),
)
def test_what_a_cell_leaves_open_stays_open(cell, bounds):
    article = draft("Chinese arms exports to Pakistan (USD bn)")
    table = article.tables[0]
    rows = ((table.rows[0][0], cell), table.rows[1])
    claim = find_claims(name_series(replace(article, tables=(replace(table, rows=rows),))))[0]
    assert (claim.value_min, claim.value_max, claim.value_qualifier) == bounds
    assert claim.evidence.quote == cell.text


def test_tiv_is_no_money():
    claim = find_claims(name_series(draft("Chinese arms exports to Pakistan (TIV)", unit="TIV")))[0]
    assert (claim.value_min, claim.currency, claim.value_kind, claim.status) == (8e8, None, "TIV", "general")


def test_a_series_of_one_kind_of_goods_counts_them():
    article = draft("Number of tanks delivered by Italy to Peru", unit="units", measure="deliveries")
    rows = ((Cell("2018", "year"), Cell("52", "number", 52.0)), (Cell("2020", "year"), Cell("0", "number", 0.0)))
    table = replace(article.tables[0], rows=rows)
    first, second = find_claims(name_series(replace(article, tables=(table,))))
    assert (first.quantity, first.value_min, first.weapon_raw, first.category, first.status) == (
        52, None, ("tanks",), "armoured vehicles", "delivered",
    )  # fmt: skip
    assert (second.quantity, second.status) == (0, "general")
