import time

import pytest

from pipelines.claims.printed_figures import prints_amount, prints_currency, prints_quantity, prints_year


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
    ("quote", "amount", "stands"),
    [
        pytest.param("a $2.2bn deal", 2.2e9, True, id="bn"),
        pytest.param("a $2.2bn deal", 2.2e6, False, id="wrong scale"),
        pytest.param("5.6 trillion-won", 5.6e12, True, id="hyphen"),
        pytest.param("3,75 млрд евро", 3.75e9, True, id="Russian"),
        pytest.param("3.500 millones de dólares", 3.5e9, True, id="Spanish thousands of millions"),
        pytest.param("1,5 mil millones de euros", 1.5e9, True, id="mil millones"),
        pytest.param("1,8 milliard d'euros", 1.8e9, True, id="milliard"),
        pytest.param("8,1 milyar dolar", 8.1e9, True, id="milyar"),
        pytest.param("₹623.7 billion", 6.237e11, True, id="rupees"),
        pytest.param("two billion pounds", 2e9, True, id="word and scale"),
        pytest.param("$11,500,000", 1.15e7, True, id="full units"),
        pytest.param("un billón de pesos", 1e12, True, id="billón"),
        pytest.param("a deal worth billions", 1e9, False, id="no number"),
    ],
)
def test_amount(quote: str, amount: float, stands: bool) -> None:
    assert prints_amount(quote, amount) is stands


@pytest.mark.parametrize(
    ("quote", "currency", "stands"),
    [
        ("$2.2bn", "USD", True), ("2 млрд евро", "EUR", True), ("2 млрд евро", "USD", False), ("NOK 3bn", "NOK", True),
        ("MYR 3bn", "MYR", True), ("3 billion ringgit", "XYZ", False),
    ],
)  # fmt: skip
def test_currency(quote: str, currency: str, stands: bool) -> None:
    assert prints_currency(quote, currency) is stands


def test_year() -> None:
    assert prints_year("signed in 2019.", 2019)
    assert not prints_year("120193 rifles", 2019)


@pytest.mark.parametrize("text", ["1." * 50_000, "1 000" * 20_000, "9" * 100_000, "m" * 100_000, "1 mil " * 20_000])
def test_hostile_text_takes_linear_time(text: str) -> None:
    started = time.perf_counter()
    prints_quantity(text, 7)
    prints_amount(text, 7e9)
    prints_currency(text, "USD")
    assert time.perf_counter() - started < 2
