"""Sentences with weapons and states that claim no transfer."""

import pytest

from pipelines.claims.from_text import find_passage_claims

CASES = [
    pytest.param("en", "India test-fires BrahMos missile from Su-30MKI", id="test"),
    pytest.param("en", "US Navy receives new destroyer from Bath Iron Works", id="own-industry"),
    pytest.param("en", "Russian air force gets first Su-57", id="own-design"),
    pytest.param("en", "Hamas fires rockets made in Iran at Israel", id="use"),
    pytest.param("en", "Ukraine downs 12 Iranian-made drones overnight", id="shot-down"),
    pytest.param("en", "Thousands of Ukrainian soldiers train on Leopard tanks in Germany", id="training"),
    pytest.param("en", "NATO agrees to send Patriot missiles to Turkey", id="alliance-sends-its-own"),
    pytest.param(
        "en", "The wing will send two dozen airmen and six jets to Japan on a routine rotation.", id="own-forces"
    ),
    pytest.param("en", "China's third aircraft carrier begins sea trials", id="trials"),
    pytest.param("en", "A Turkish court jailed two men for selling guns in Istanbul", id="crime"),
    pytest.param("en", "The Army awarded Lockheed Martin a $1.2 billion contract for HIMARS launchers", id="domestic"),
    pytest.param("en", "Bulgaria agreed to sell two nuclear reactors to Ukraine", id="no-arms"),
    pytest.param("en", "South Korea's arms exports hit a record $17 billion last year", id="total-without-a-pair"),
    pytest.param("en", "Is Russia selling tanks to Venezuela?", id="question"),
    pytest.param("en", "Two Russian Tu-160 bombers landed in Venezuela for joint exercises.", id="visit"),
    pytest.param("en", "Brazilian Super Tucano intercepts plane with cocaine cargo", id="weapon-that-seizes"),
    pytest.param("en", "American Airlines received two aircraft from France.", id="airline"),
    pytest.param("en", "Russia and India signed an agreement on military training.", id="no-goods"),
    pytest.param("en", "The committee met on Tuesday.", id="nothing"),
    pytest.param("en", "", id="empty"),
    pytest.param("ru", "Россия провела испытания ракеты «Сармат»", id="ru-test"),
    pytest.param("ru", "ВКС России получили партию истребителей Су-35С", id="ru-own"),
    pytest.param("fr", "La marine française a reçu son troisième sous-marin Barracuda", id="fr-own"),
    pytest.param("es", "El Ejército español incorpora nuevos vehículos 8x8 Dragón", id="es-own"),
    pytest.param(
        "es", "La aerolínea chilena recibió tres aviones Airbus A321 fabricados en Alemania.", id="es-airline"
    ),
]


@pytest.mark.parametrize(("language", "text"), CASES)
def test_no_claim(language, text):
    assert find_passage_claims(text, language, None) == ()
