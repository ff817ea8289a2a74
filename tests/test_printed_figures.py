import time

import pytest

from pipelines.claims.printed_figures import printed_value, prints_quantity, prints_year


@pytest.mark.parametrize(
    ("quote", "quantity", "stands"),
    [
        pytest.param("24 Su-30 fighters", 24, True, id="digits"),
        pytest.param("24 Su-30 fighters", 30, False, id="designation"),
        pytest.param("twelve frigates", 12, True, id="word"),
        pytest.param("десяти вертолётов, трёх катеров", 3, True, id="Russian word"),
        pytest.param("altı helikopter", 6, True, id="Turkish word"),
        pytest.param("100,000 rifles", 100_000, True, id="comma of thousands"),
        pytest.param("100.000 fusiles", 100_000, True, id="point of thousands"),
        pytest.param("3 000 fusils", 3_000, True, id="space of thousands"),
        pytest.param("100 тыс. снарядов", 100_000, True, id="scale word"),
        pytest.param("1.5 million shells", 1_500_000, True, id="decimal and scale"),
        pytest.param("155 mm shells", 155, False, id="calibre"),
        pytest.param("the 300th vehicle", 300, False, id="ordinal"),
        pytest.param("8x8 vehicles", 8, False, id="wheel formula"),
        pytest.param("30% of its tanks", 30, False, id="share"),
        pytest.param("several tanks", 12, False, id="no number"),
    ],
)
def test_quantity(quote: str, quantity: int, stands: bool) -> None:
    assert prints_quantity(quote, quantity) is stands


@pytest.mark.parametrize(
    ("quote", "amount", "currency", "stands"),
    [
        pytest.param("a $2.2bn deal", 2.2e9, "USD", True, id="bn"),
        pytest.param("a $2.2bn deal", 2.2e6, "USD", False, id="wrong scale"),
        pytest.param("a $2.2bn deal", 2.2e9, "EUR", False, id="wrong currency"),
        pytest.param("5.6 trillion-won", 5.6e12, "KRW", True, id="hyphen"),
        pytest.param("3,75 млрд евро", 3.75e9, "EUR", True, id="Russian"),
        pytest.param("3.500 millones de dólares", 3.5e9, "USD", True, id="Spanish thousands of millions"),
        pytest.param("1,5 mil millones de euros", 1.5e9, "EUR", True, id="mil millones"),
        pytest.param("1,8 milliard d'euros", 1.8e9, "EUR", True, id="milliard"),
        pytest.param("8,1 milyar dolar", 8.1e9, "USD", True, id="milyar"),
        pytest.param("₹623.7 billion", 6.237e11, "INR", True, id="rupees"),
        pytest.param("two billion pounds", 2e9, "GBP", True, id="word and scale"),
        pytest.param("$11,500,000", 1.15e7, "USD", True, id="full units"),
        pytest.param("$4-5 billion", 4e9, "USD", True, id="range"),
        pytest.param("a deal worth billions of dollars", 1e9, "USD", False, id="no number"),
    ],
)
def test_value(quote: str, amount: float, currency: str, stands: bool) -> None:
    assert (printed_value(quote, amount, currency) is not None) is stands


def test_year() -> None:
    assert prints_year("signed in 2019.", 2019)
    assert not prints_year("120193 rifles", 2019)


@pytest.mark.parametrize("piece", ["1.", "1 000", "9", "m", "1 mil ", "$1-", "two "])
def test_a_hostile_quote_is_read_at_once(piece: str) -> None:
    text = (piece * 1_000)[:1_000]  # as long as a quote may be
    started = time.perf_counter()
    prints_quantity(text, 7)
    printed_value(text, 7e9, "USD")
    assert time.perf_counter() - started < 1
