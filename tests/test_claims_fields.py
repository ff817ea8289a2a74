"""Numbers, sums, years and evidence of claims."""

import time
from datetime import UTC, datetime

import pytest

from pipelines.claims.article import find_claims
from pipelines.claims.from_text import find_passage_claims
from pipelines.claims.numbers import parse_number
from pipelines.items import ArticleDraft, ClaimDraft, Paragraph


def only(text: str, language: str = "en", published: datetime | None = None) -> ClaimDraft:
    claims = find_passage_claims(text, language, published)
    assert len(claims) == 1
    return claims[0]


@pytest.mark.parametrize(
    ("language", "printed", "value"),
    [
        pytest.param("en", "1,500", 1500, id="en-thousands"),
        pytest.param("en", "1.5", 1.5, id="en-decimal"),
        pytest.param("es", "1.500", 1500, id="es-thousands"),
        pytest.param("es", "1,5", 1.5, id="es-decimal"),
        pytest.param("en", "1,234.5", 1234.5, id="both-marks"),
        pytest.param("ru", "100 000", 100000, id="blank"),
        pytest.param("fr", "20\u202f000", 20000, id="thin-blank"),
    ],
)
def test_numbers_by_language(language, printed, value):
    assert parse_number(printed, language) == value


@pytest.mark.parametrize(
    ("language", "text", "quantity", "kind"),
    [
        pytest.param("en", "France delivered 12 Rafale jets to Egypt.", 12, "exact", id="digits"),
        pytest.param("en", "France delivered twenty-four Rafale jets to Egypt.", 24, "exact", id="words"),
        pytest.param("en", "France delivered two dozen Rafale jets to Egypt.", 24, "exact", id="dozen"),
        pytest.param("en", "France delivered about 1,200 missiles to Egypt.", 1200, "about", id="about"),
        pytest.param("en", "France delivered at least 20 tanks to Egypt.", 20, "over", id="at-least"),
        pytest.param("en", "France delivered up to 20 tanks to Egypt.", 20, "up_to", id="up-to"),
        pytest.param("en", "France delivered hundreds of tanks to Egypt.", None, None, id="hundreds"),
        pytest.param("en", "France delivered the 300th tank to Egypt.", None, None, id="ordinal"),
        pytest.param("en", "Spain delivered Leopard 2A4 tanks to Egypt.", None, None, id="digits-of-a-name"),
        pytest.param("en", "Italy delivered four 76 mm naval guns to Egypt.", 4, "exact", id="calibre"),
        pytest.param("en", "Italy sold Type 209 submarines to Egypt.", None, None, id="type"),
        pytest.param("ru", "Россия передала Индии 12 новых танков Т-90.", 12, "exact", id="ru"),
        pytest.param("ru", "КНДР отправила России более миллиона снарядов.", 1000000, "over", id="ru-million"),
        pytest.param("tr", "Türkiye, Katar'a 3 bin 500 adet tüfek sattı.", 3500, "exact", id="tr"),
    ],
)
def test_quantity(language, text, quantity, kind):
    claim = only(text, language)
    assert (claim.quantity, claim.quantity_qualifier) == (quantity, kind)


@pytest.mark.parametrize(
    ("language", "text", "value"),
    [
        pytest.param(
            "en", "Egypt bought tanks from France for $2.2 billion.", (2.2e9, 2.2e9, "USD", "exact"), id="exact"
        ),
        pytest.param("en", "Egypt bought tanks from France for over €300m.", (3e8, None, "EUR", "over"), id="over"),
        pytest.param(
            "en", "Egypt bought tanks from France worth up to $20bn.", (None, 2e10, "USD", "up_to"), id="up-to"
        ),
        pytest.param(
            "en", "Egypt bought tanks from France for nearly $700 million.", (7e8, 7e8, "USD", "about"), id="about"
        ),
        pytest.param("en", "Egypt bought tanks from France for $4-5 billion.", (4e9, 5e9, "USD", "range"), id="range"),
        pytest.param(
            "en",
            "Poland signed a 5.6 trillion won ($4 billion) deal with South Korea for K2 tanks.",
            (5.6e12, 5.6e12, "KRW", "exact"),
            id="local-before-conversion",
        ),
        pytest.param(
            "es", "Perú compró tanques a Rusia por 1,1 mil millones de euros.", (1.1e9, 1.1e9, "EUR", "exact"), id="es"
        ),
        pytest.param(
            "es",
            "Perú compró tanques a Rusia por más de 1.000 millones de dólares.",
            (1e9, None, "USD", "over"),
            id="es-over",
        ),
        pytest.param("ru", "Перу купило у России танки за 3,5 млрд долл.", (3.5e9, 3.5e9, "USD", "exact"), id="ru"),
        pytest.param(
            "fr",
            "Le Pérou a acheté des chars à la Suède pour 1,5 milliard d'euros.",
            (1.5e9, 1.5e9, "EUR", "exact"),
            id="fr",
        ),
        pytest.param(
            "en", "India bought guns from Israel for Rs 39,000 crore.", (3.9e11, 3.9e11, "INR", "exact"), id="crore"
        ),
    ],
)
def test_value(language, text, value):
    claim = only(text, language)
    assert (claim.value_min, claim.value_max, claim.currency, claim.value_qualifier) == value


@pytest.mark.parametrize(
    ("language", "text", "kind"),
    [
        pytest.param("en", "Israel bought 25 F-35 fighters from the US at $110 million each.", "unit price", id="each"),
        pytest.param("en", "Turkey sold Ukraine drones worth $1.5 billion a year.", "yearly", id="a-year"),
        pytest.param("en", "Russia granted Indonesia a $1 billion loan to buy Russian submarines.", "loan", id="loan"),
        pytest.param("en", "Poland signed a $4.7 billion contract for US Patriot missiles.", "contract", id="contract"),
        pytest.param("en", "Since 2005 Russia delivered arms worth $11 billion to Cuba.", "cumulative", id="sum"),
        pytest.param("en", "Germany pledged Ukraine a 500 million euro aid package of weapons.", "aid", id="aid"),
        pytest.param("es", "Chile compró cazas a Suecia por 80 millones de euros cada uno.", "unit price", id="es"),
        pytest.param("en", "The US approved the sale of missiles to Japan for $80 million.", None, id="not-said"),
    ],
)
def test_kind_of_value(language, text, kind):
    assert only(text, language).value_kind == kind


@pytest.mark.parametrize(
    ("text", "value"),
    [
        pytest.param("It is its largest purchase ever, at a cost of about $10 billion.", 10e9, id="cost"),
        pytest.param("The deal, signed on Monday, is worth $10 billion.", 10e9, id="deal"),
        pytest.param("Germany bought others at a cost of $10 billion.", None, id="a-third-state"),
        pytest.param("Its defence budget is 10 billion dollars.", None, id="budget"),
    ],
)
def test_price_told_a_sentence_later(text, value):
    claim = only(f"Poland ordered 96 Apache helicopters from Boeing. {text}")
    assert claim.value_min == value


@pytest.mark.parametrize(
    ("text", "year"),
    [
        pytest.param("In 2022 Egypt bought tanks from France.", 2022, id="in"),
        pytest.param("Egypt bought tanks from France in March 2022.", 2022, id="month"),
        pytest.param("Egypt will buy tanks from France by 2028.", None, id="planned"),
        pytest.param("Egypt bought tanks from France between 2019 and 2021.", None, id="span"),
        pytest.param("Egypt bought tanks from France last year.", None, id="relative"),
    ],
)
def test_year(text, year):
    assert only(text).year == year


def test_events_ten_years_before_the_text_are_history():
    text = "Venezuela bought Su-30 fighters from Russia in 2006."
    assert only(text, published=datetime(2025, 1, 1, tzinfo=UTC)).modality == "historical"
    assert only(text, published=datetime(2007, 1, 1, tzinfo=UTC)).modality == "asserted"


def test_later_sentences_add_number_and_value():
    text = "Armenia ordered 90 howitzers from India. Six of them have been delivered."
    claims = find_passage_claims(text, "en", None)
    assert [(claim.quantity, claim.status) for claim in claims] == [(90, "contracted"), (6, "delivered")]
    text = "Armenia ordered howitzers from India. The deal, worth $155 million, was signed in Delhi."
    claim = only(text)
    assert (claim.value_min, claim.evidence.quote) == (1.55e8, text)


def test_evidence_is_the_paragraphs_own_words():
    first, second = (
        "The minister spoke on Monday.",
        "He was late. Italy sold two frigates to Egypt, he said.  It rained.",
    )
    draft = ArticleDraft(
        url="https://paper.example/a",
        canonical_url="https://paper.example/a",
        canonical_origin="url",
        headline=None,
        headline_origin=None,
        authors=(),
        published=None,
        modified=None,
        language="en",
        access="full",
        paragraphs=(Paragraph(first), Paragraph(second)),
    )
    (claim,) = find_claims(draft)
    evidence = claim.evidence
    assert evidence.paragraph == 1
    assert evidence.quote == second[evidence.start : evidence.end] == "Italy sold two frigates to Egypt, he said."


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("1 " * 20_000 + "tanks", id="digits"),
        pytest.param("Russia, " * 4_000 + "sells tanks to India", id="names"),
        pytest.param("Russia and India sell tanks to China " * 800, id="deeds"),
        pytest.param("tanks" + " " * 50_000 + "to India", id="blanks"),
        pytest.param("tanks. " * 5_000, id="stops"),
        pytest.param('"«“' * 10_000 + "tanks", id="quotes"),
    ],
)
def test_hostile_text_takes_linear_time(text):
    started = time.process_time()
    find_passage_claims(text, "en", None)
    assert time.process_time() - started < 8
