"""One pass over a text: states, weapons, actors, words of the trade."""

import time

import pytest

from pipelines.claims.entries import read_rows
from pipelines.claims.gazetteer import scan
from pipelines.claims.normal_form import normal_form


def values(text: str, kind: str) -> list[str]:
    return [hit.entry.value for hit in scan(text) if hit.entry.kind == kind]


def test_normal_form_keeps_every_place():
    text = "“Fırtına” – İran’s ЗРК «Бук», Über £1½ ﬁ ١٢"
    assert len(normal_form(text)) == len(text)
    assert normal_form("Fırtına") == "firtina"


@pytest.mark.parametrize(
    ("text", "designation"),
    [
        pytest.param("24 Su-30MK2 fighters", "Su-30MK", id="hyphen"),
        pytest.param("24 Su 30 MK2 fighters", "Su-30MK", id="spaces"),
        pytest.param("истребители Су-30МК2", "Su-30MK", id="cyrillic"),
        pytest.param("S-300VM batteries", "S-300V", id="longest"),
        pytest.param("ЗРК С-300", "S-300", id="cyrillic-look-alikes"),
        pytest.param("комплекс C-300", "S-300", id="latin-c-in-russian"),
        pytest.param("four F-16s", "F-16 Fighting Falcon", id="plural"),
    ],
)
def test_designation(text, designation):
    assert values(text, "designation") == [designation]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("the BF-16 form and page F-1600", id="inside-a-longer-token"),
        pytest.param("they gave us arms races", id="pronoun-us"),
        pytest.param("вышел Кубок вызова", id="russian-cup-is-not-cuba"),
    ],
)
def test_no_name(text):
    assert not [hit for hit in scan(text) if hit.entry.kind in {"designation", "name"}]


def test_longest_reading_wins():
    assert values("an arms race and arms sales", "arms") == []
    assert values("an arms race and arms sales", "trade") == ["arms sales"]


def test_hits_say_where():
    text = "Вчера «Рособоронэкспорт» — Венесуэле: Су-30МК2."
    assert [text[hit.start : hit.end] for hit in scan(text) if hit.entry.iso3 == "VEN"] == ["Венесуэле"]


def test_every_row_is_whole():
    weapons, actors = read_rows("weapons.csv"), read_rows("actors.csv")
    assert len({row["name"] for row in weapons}) == len(weapons)
    assert all(len(code) == 3 for row in weapons for code in row["country_of_origin_iso3"].split("|") if code)
    assert all(len(row["iso3"]) == 3 for row in actors if row["type"] == "state")
    assert all(None not in row for row in (*weapons, *actors, *read_rows("terms.csv"), *read_rows("state_names.csv")))


@pytest.mark.parametrize(
    "text", [pytest.param("a" * 1_000_000, id="one-word"), pytest.param("su 30 " * 200_000, id="many-names")]
)
def test_hostile_text_is_linear(text):
    scan("")
    started = time.process_time()
    scan(text)
    assert time.process_time() - started < 10
