"""States named in nine languages, and names that only look like states."""

import pytest

from pipelines.claims.places import find_states


def codes(text: str) -> list[str]:
    return [mention.iso3 for mention in find_states(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("The U.S. and the UK met South Korean officers", ["USA", "GBR", "KOR"], id="en"),
        pytest.param("EE. UU. y los Países Bajos venden a Marruecos", ["USA", "NLD", "MAR"], id="es"),
        pytest.param("Из России в Индию через Объединенные Арабские Эмираты", ["RUS", "IND", "ARE"], id="ru"),
        pytest.param("les États-Unis, l'Inde et la Corée du Sud", ["USA", "IND", "KOR"], id="fr"),
        pytest.param("ABD'nin Azerbaycan'a, Yunanistan'dan", ["USA", "AZE", "GRC"], id="tr"),
        pytest.param("Deutschland, die türkische Marine und Südkorea", ["DEU", "TUR", "KOR"], id="de"),
        pytest.param("Coreia do Sul, EUA e a marinha brasileira", ["KOR", "USA", "BRA"], id="pt"),
        pytest.param("روسيا والسعودية إلى مصر", ["RUS", "SAU", "EGY"], id="ar"),
        pytest.param("США, Франція та Польща; у Німеччині", ["USA", "FRA", "POL", "DEU"], id="uk"),
        pytest.param("Guinea-Bissau, Equatorial Guinea and Guinea", ["GNB", "GNQ", "GIN"], id="four-guineas"),
        pytest.param("Nigerian, Nigerien and Niger's", ["NGA", "NER", "NER"], id="niger-nigeria"),
        pytest.param("the Kremlin told Ankara", ["RUS", "TUR"], id="metonyms"),
        pytest.param("the Republic of China", ["TWN"], id="taiwan"),
        pytest.param("Soviet-era tanks from Yugoslavia", ["SUN", "YUG"], id="historic"),
        pytest.param("Korean howitzers", ["KOR"], id="korean-is-southern"),
        pytest.param("Pyongyang and Korean shells", ["PRK", "PRK"], id="korean-of-the-north"),
        pytest.param("France leaves Chad", ["FRA", "TCD"], id="chad"),
        pytest.param("Georgia and Armenia; the Georgian army", ["GEO", "ARM", "GEO"], id="georgia"),
        pytest.param("Jordan's king and Turkey's president", ["JOR", "TUR"], id="jordan"),
    ],
)
def test_states(text, expected):
    assert codes(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("voters in Atlanta, Georgia, elect a senator", id="us-state"),
        pytest.param("Michael Jordan wore Air Jordan shoes", id="surname"),
        pytest.param("Roast Turkey with cranberry sauce; a wild turkey", id="bird"),
        pytest.param("Chad Miller plays the drums", id="first-name"),
        pytest.param("Latin American and South American summits", id="compounds"),
        pytest.param("the Indian Ocean, the Gulf of Oman, New Mexico", id="waters"),
        pytest.param("it told us that a guinea pig", id="pronoun"),
        pytest.param("Индивидуальный зачет, Кубок мира", id="russian-look-alikes"),
        pytest.param("George Washington and the Washington Post", id="washington"),
    ],
)
def test_no_state(text):
    assert codes(text) == []


def test_mention_says_where_and_how():
    text = "Talks were held in Moscow, which Moscow denies."
    inside, agent = find_states(text)
    assert (inside.kind, inside.place, agent.place) == ("capital", True, False)
    assert text[agent.start : agent.end] == agent.name == "Moscow"
