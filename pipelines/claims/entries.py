"""The packaged word lists as entries: states, actors, weapons, and the words of the trade."""

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

ROMANCE_ENDINGS = (
    ("ano", ("ano", "ana", "anos", "anas")),
    ("o", ("o", "a", "os", "as")),
    ("és", ("és", "esa", "eses", "esas")),
    ("ien", ("ien", "ienne", "iens", "iennes")),
    ("éen", ("éen", "éenne", "éens", "éennes")),
    ("in", ("in", "ine", "ins", "ines")),
    ("ain", ("ain", "aine", "ains", "aines")),
    ("ais", ("ais", "aise", "aises")),
    ("ois", ("ois", "oise", "oises")),
    ("í", ("í", "íes")),
    ("e", ("e", "es")),
)
ACTOR_KINDS = {
    "de_facto_authority": "group",
    "non_state_group": "group",
    "intergovernmental": "organisation",
    "agency": "agency",
    "company": "company",
}


# They build most of their arms at home, so that "X orders tanks" says nothing of a second state.
PRODUCERS = frozenset(
    {"USA", "RUS", "CHN", "FRA", "GBR", "DEU", "ITA", "IND", "JPN", "KOR", "PRK", "ISR", "TUR", "IRN", "SWE", "ESP"}
)


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing a text can name: ``kind`` says what, ``value`` which (a state's code, a designation, an actor)."""

    kind: str
    value: str
    language: str | None = None
    iso3: str | None = None
    ambiguous: bool = False


@dataclass(frozen=True, slots=True)
class Spelling:
    """One way to write an entry; a final ``*`` stands for any ending, ``stem`` for a grammatical one only."""

    text: str
    entry: Entry
    stem: bool = False


def read_rows(name: str) -> list[dict[str, str]]:
    """Read one packaged CSV file."""
    text = files("pipelines.claims").joinpath("data", name).read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


def read_spellings() -> Iterator[Spelling]:
    """Give every spelling of every packaged list."""
    for row in read_rows("actors.csv"):
        yield from _actor(row)
    yield from _state_names()
    for row in read_rows("weapons.csv"):
        yield from _weapon(row)
    for row in read_rows("terms.csv"):
        for term in _items(row["terms"]):
            yield Spelling(term, Entry(row["kind"], term.rstrip("*"), row["lang"]))


@cache
def weapon_rows() -> dict[str, dict[str, str]]:
    """Give the weapons file by designation."""
    return {row["name"]: row for row in read_rows("weapons.csv")}


def _actor(row: dict[str, str]) -> Iterator[Spelling]:
    doubtful = set(_items(row["ambiguous"]))
    if row["type"] in {"state", "historic_state"}:
        yield from _state(row, doubtful)
        return
    kind = ACTOR_KINDS[row["type"]]
    for name in {row["name"], *_items(row["aliases"]), *_items(row["demonyms"])}:
        yield Spelling(name, Entry(kind, row["name"], None, row["iso3"] or None, name in doubtful))


def _state(row: dict[str, str], doubtful: set[str]) -> Iterator[Spelling]:
    names = {row["name"], *_items(row["aliases"]), row["name_es"], row["name_ru"], row["name_fr"]} - {""}
    places = {row["capital"], *_items(row["metonyms"])} - {""}
    for name in names:
        yield Spelling(name, Entry("name", row["iso3"], None, row["iso3"], name in doubtful))
    for name in places:
        kind = "capital" if name == row["capital"] else "metonym"
        yield Spelling(name, Entry(kind, row["iso3"], None, row["iso3"], name in doubtful))
    for name in _items(row["demonyms"]):
        for form in _forms(name):
            yield Spelling(form, Entry("demonym", row["iso3"], None, row["iso3"], name in doubtful))
    capitals = [name for name in places if re.match("[А-Я]", name)]
    for stem in _items(row["ru_stems"]):
        yield Spelling(stem, Entry(_stem_kind(stem, capitals), row["iso3"], "ru", row["iso3"], stem in doubtful), True)


def _stem_kind(stem: str, capitals: list[str]) -> str:
    if stem[0].islower():
        return "demonym"
    return "metonym" if any(capital.startswith(stem) for capital in capitals) else "name"


def _state_names() -> Iterator[Spelling]:
    for row in read_rows("state_names.csv"):
        for name in _items(row["names"]):
            entry = Entry(row["kind"], row["iso3"], row["lang"], row["iso3"])
            yield Spelling(name.rstrip("~"), entry, stem=name.endswith("~"))


def _weapon(row: dict[str, str]) -> Iterator[Spelling]:
    doubtful = set(_items(row["ambiguous"]))
    for name in {row["name"], *_items(row["aliases"])}:
        yield Spelling(name, Entry("designation", row["name"], None, None, name in doubtful))


def _forms(demonym: str) -> tuple[str, ...]:
    """Inflect a Spanish or French adjective (written in lower case); English ones stand as they are."""
    if demonym[0].isupper():
        return (demonym,)
    for ending, forms in ROMANCE_ENDINGS:
        if demonym.endswith(ending):
            return tuple(demonym.removesuffix(ending) + form for form in forms)
    return (demonym,)


def _items(cell: str) -> list[str]:
    return [item for item in cell.split("|") if item]
