import pytest

from pipelines.extract.address_words import share_in_address

SHARES = [
    pytest.param("Peru buys twelve jets", "https://n.example/world/peru-buys-twelve-jets-123", 1.0, id="all"),
    pytest.param("Peru buys twelve jets", "https://n.example/peru-jets/", 0.5, id="half"),
    pytest.param("Peru buys twelve jets", "https://n.example/article/90871", 0.0, id="a number only"),
    pytest.param("Peru buys twelve jets", "https://n.example", 0.0, id="no path"),
    pytest.param(
        "Grünes Licht für Züge", "https://n.example/gruenes-licht-fuer-zuege", 1.0, id="umlauts in two letters"
    ),
    pytest.param("Grünes Licht für Züge", "https://n.example/grunes-licht-fur-zuge", 1.0, id="umlauts without dots"),
    pytest.param("Comité d'État à Liège", "https://n.example/comite-etat-liege", 1.0, id="accents and elisions"),
    pytest.param("Танки для Перу", "https://n.example/tanki-dlya-peru", 0.0, id="another script"),
    pytest.param("Jets and U-boats", "https://n.example/a/jets-and-u-boats", 1.0, id="words with hyphens"),
    pytest.param("", "https://n.example/jets-and-ships", 0.0, id="nothing"),
]


@pytest.mark.parametrize(("line", "url", "share"), SHARES)
def test_share_in_address(line: str, url: str, share: float) -> None:
    assert share_in_address(line, url) == pytest.approx(share)
