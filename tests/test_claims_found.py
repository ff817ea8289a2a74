"""Sentences that claim a transfer, and what they claim: supplier, recipient, goods, stage, modality."""

import pytest

from pipelines.claims.from_text import find_passage_claims


def brief(text: str, language: str) -> list[tuple[str | None, str | None, str, str, str]]:
    return [
        (claim.supplier, claim.recipient, claim.weapon_raw[0], claim.status, claim.modality)
        for claim in find_passage_claims(text, language, None)
    ]


ENGLISH = [
    pytest.param(
        "Sweden halts arms exports to Turkey after the invasion",
        [("SWE", "TUR", "arms", "suspended", "asserted")],
        id="halts",
    ),
    pytest.param(
        "Russia begins delivery of S-400 missile systems to India",
        [("RUS", "IND", "S-400 missile systems", "delivering", "asserted")],
        id="begins-delivery",
    ),
    pytest.param(
        "The Netherlands and Denmark will jointly donate 14 Leopard 2 tanks to Ukraine.",
        [
            ("NLD", "UKR", "Leopard 2 tanks", "donated", "asserted"),
            ("DNK", "UKR", "Leopard 2 tanks", "donated", "asserted"),
        ],
        id="two-suppliers",
    ),
    pytest.param(
        "Saudi Arabia in talks to buy 48 Typhoon jets from Britain",
        [("GBR", "SAU", "Typhoon jets", "negotiating", "asserted")],
        id="in-talks",
    ),
    pytest.param(
        "The U.S. State Department has approved a possible sale of 60 F-16 fighter jets to Morocco worth $3.8 billion.",
        [("USA", "MAR", "F-16 fighter jets", "approved", "asserted")],
        id="possible-sale-is-no-hypothesis",
    ),
    pytest.param(
        "Iran has supplied Russia with hundreds of Shahed drones, according to U.S. intelligence.",
        [("IRN", "RUS", "Shahed drones", "delivered", "attributed")],
        id="supplied-with",
    ),
    pytest.param(
        "Britain's government is facing calls to stop selling weapons to Israel.",
        [("GBR", "ISR", "weapons", "suspended", "hypothetical")],
        id="calls-to-stop",
    ),
    pytest.param(
        "Egypt signs $5.9 billion deal with France to purchase 24 Rafale jets",
        [("FRA", "EGY", "Rafale jets", "contracted", "asserted")],
        id="deal-with-to-purchase",
    ),
    pytest.param(
        "The European Union agreed to lift the arms embargo on Syrian rebels.",
        [("European Union", "Syrian rebels", "arms", "general", "asserted")],
        id="embargo-lifted-names-as-written",
    ),
    pytest.param(
        "Canada blocks export of helicopters to the Philippines over human rights concerns",
        [("CAN", "PHL", "helicopters", "denied", "asserted")],
        id="blocks",
    ),
    pytest.param(
        "Turkey says it will not abandon its purchase of Russian S-400 systems",
        [("RUS", "TUR", "S-400 systems", "contracted", "negated")],
        id="adjective-is-the-seller",
    ),
    pytest.param(
        "Australian customs intercept shipment of Iranian weapons destined for Somalia",
        [("IRN", "SOM", "weapons", "seized", "asserted")],
        id="seizing-state-is-no-party",
    ),
    pytest.param(
        "The White House announced plans to send 10 Stryker vehicles, while France and other European countries will "
        "give their own.",
        [("USA", None, "Stryker vehicles", "donated", "asserted")],
        id="announced-plans-no-recipient",
    ),
    pytest.param(
        "Sergei Lavrov, the Russian minister, said that sending American F-16 and French Mirage jets to Ukraine would "
        "change nothing.",
        [("USA", "UKR", "F-16", "general", "hypothetical"), ("FRA", "UKR", "Mirage jets", "general", "hypothetical")],
        id="each-item-its-own-origin",
    ),
    pytest.param(
        "The German shipping firm Hapag-Lloyd is secretly carrying tank parts to Israel, leaked papers suggest.",
        [(None, "ISR", "tank parts", "delivering", "attributed")],
        id="carrier-is-no-supplier",
    ),
    pytest.param(
        "Algeria bought its first four Su-35 fighters in 2018. Since then, Algeria has received a further 12 Su-35s.",
        [
            (None, "DZA", "Su-35 fighters", "contracted", "asserted"),
            (None, "DZA", "Su-35s", "delivered", "asserted"),
        ],
        id="type-name-gives-no-supplier",
    ),
    pytest.param(
        "Poland has ordered K2 tanks, K9 self-propelled howitzers and Chunmoo rocket launchers from South Korea.",
        [
            ("KOR", "POL", "K2 tanks", "contracted", "asserted"),
            ("KOR", "POL", "K9 self-propelled howitzers", "contracted", "asserted"),
            ("KOR", "POL", "Chunmoo rocket launchers", "contracted", "asserted"),
        ],
        id="each-system-its-own-claim",
    ),
    pytest.param(
        "Estonia sent US-made Javelin missiles to Georgia.",
        [("EST", "GEO", "Javelin missiles", "delivered", "asserted")],
        id="maker-is-no-supplier",
    ),
    pytest.param(
        "Turkey delivered drones to Niger, while China has promised helicopters.",
        [("TUR", "NER", "drones", "delivered", "asserted"), ("CHN", "NER", "helicopters", "donated", "asserted")],
        id="recipient-from-the-deed-before",
    ),
    pytest.param(
        "Serbia's defence ministry denied buying HQ-22 systems from China.",
        [("CHN", "SRB", "HQ-22 systems", "contracted", "attributed")],
        id="denial-stays-attributed",
    ),
    pytest.param(
        "Netanyahu asks Biden to restart U.S. arms supply",
        [("USA", "ISR", "arms", "requested", "asserted")],
        id="heads-of-government",
    ),
    pytest.param(
        "Rumours say that Algeria has bought Su-57 fighters from Russia.",
        [("RUS", "DZA", "Su-57 fighters", "rumoured", "attributed")],
        id="rumour",
    ),
    pytest.param(
        "Germany to send Leopard tanks to Ukraine\nBerlin will send battle tanks to Ukraine.",
        [("DEU", "UKR", "Leopard tanks", "donated", "asserted")],
        id="headline-and-sentence-are-one",
    ),
]
OTHERS = [
    pytest.param(
        "es", "España suspende la venta de armas a Israel", ("ESP", "ISR", "armas", "suspended"), id="es-venta-a"
    ),
    pytest.param(
        "es",
        "Bolivia adquirió en China 31 vehículos blindados Tigre por 27 millones de dólares.",
        ("CHN", "BOL", "vehículos blindados Tigre", "contracted"),
        id="es-adquirió-en",
    ),
    pytest.param(
        "es",
        "Chile adquiere misiles antitanque Spike a la israelí Rafael",
        ("ISR", "CHL", "misiles antitanque Spike", "contracted"),
        id="es-a-la-empresa",
    ),
    pytest.param(
        "es", "Rusia envió a Cuba cazas MiG-29", ("RUS", "CUB", "cazas MiG-29", "delivered"), id="es-envió-is-no-envío"
    ),
    pytest.param(
        "ru",
        "Индия закупит у России зенитные ракетные системы С-400",
        ("RUS", "IND", "зенитные ракетные системы С-400", "contracted"),
        id="ru-у",
    ),
    pytest.param(
        "ru", "США поставят Польше ракеты Javelin", ("USA", "POL", "ракеты Javelin", "contracted"), id="ru-dative"
    ),
    pytest.param(
        "ru",
        "Турция передала пограничной службе Киргизии шесть беспилотников.",
        ("TUR", "KGZ", "беспилотников", "delivered"),
        id="ru-office-in-dative",
    ),
    pytest.param(
        "ru",
        "Турция отказалась от покупки американских истребителей F-35",
        ("USA", "TUR", "истребителей F-35", "denied"),
        id="ru-adjective",
    ),
    pytest.param(
        "fr",
        "L'Inde commande 36 Rafale à la France pour 7,8 milliards d'euros",
        ("FRA", "IND", "Rafale", "contracted"),
        id="fr-commande-à",
    ),
    pytest.param(
        "fr",
        "Berlin a suspendu ses exportations d'armes vers l'Arabie saoudite",
        ("DEU", "SAU", "armes", "suspended"),
        id="fr-suspendu",
    ),
    pytest.param(
        "fr",
        "Depuis mars, Athènes a aussi signé plusieurs contrats d'armement avec des entreprises italiennes.",
        ("ITA", "GRC", "armement", "contracted"),
        id="fr-contrats-avec",
    ),
    pytest.param(
        "tr",
        "Türkiye, Ukrayna'ya 12 adet Bayraktar TB2 SİHA teslim etti",
        ("TUR", "UKR", "Bayraktar TB2 SİHA", "delivered"),
        id="tr-dative",
    ),
    pytest.param(
        "tr",
        "Almanya, Türkiye'ye Eurofighter satışına onay verdi",
        ("DEU", "TUR", "Eurofighter", "approved"),
        id="tr-onay",
    ),
    pytest.param("de", "Deutschland liefert Panzer an Griechenland", ("DEU", "GRC", "Panzer", "delivered"), id="de"),
    pytest.param("pt", "O Brasil vendeu caças a Portugal", ("BRA", "PRT", "caças", "contracted"), id="pt"),
    pytest.param("uk", "Польща передала Україні танки Т-72", ("POL", "UKR", "танки Т-72", "delivered"), id="uk"),
]


@pytest.mark.parametrize(("text", "claims"), ENGLISH)
def test_english(text, claims):
    assert brief(text, "en") == claims


@pytest.mark.parametrize(("language", "text", "claim"), OTHERS)
def test_other_languages(language, text, claim):
    assert [found[:4] for found in brief(text, language)] == [claim]


@pytest.mark.parametrize(("language", "text", "claim"), OTHERS)
def test_language_is_guessed_where_none_is_given(language, text, claim):
    assert (language, [found[:2] for found in brief(text, "")]) == (language, [claim[:2]])
