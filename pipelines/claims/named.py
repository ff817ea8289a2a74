"""The parties a sentence names: states, companies, groups and heads of government, each with its place."""

import re
from collections.abc import Sequence
from functools import cache

from pipelines.claims.entries import read_rows
from pipelines.claims.gazetteer import Hit
from pipelines.claims.normal_form import normal_form
from pipelines.claims.places import states_of
from pipelines.claims.scene import Scene

FIRMS = frozenset({"company", "agency"})
# Words for others abroad that tell of relevance, but name nobody who receives.
NOBODY = frozenset(
    [
        *[
            "terceros países",
            "el exterior",
            "otros países",
            "pays tiers",
            "l'étranger",
            "clients étrangers",
            "occidentaux",
        ],
        *["запад", "запада", "западом", "западу", "иностранн* заказчик", "зарубежн* заказчик", "зарубеж", "за рубеж"],
    ]
)
PARTIES = frozenset({"group", "organisation", "aid"})
BLOCS = frozenset(
    {
        "allies",
        "western allies",
        "nato members",
        "rebels",
        "paramilitaries",
        "militias",
        "insurgents",
        "separatists",
        "warring factions",
    }
)
GIVEN_NAMES = frozenset({"rafael", "leonardo"})
COMMON_NAMES = frozenset({"arm", "edge", "spike", "patria", "sibat"})
MEMBER = re.compile(
    r"[\s-](?:member|partner|ally|allies|state|countr|nation|candidate|standard)"
)  # "NATO partner Turkey"
MEMBER_OF = re.compile(r"(?:член\w*|members? of|membres? de l['’]|miembros? de la)\s?$")
REST = re.compile(r"\b(?:[Oo]ther|[Aa]ll|otros|otras|d['’]autres|других|все)\s$")  # "and other European nations"
# "WARSAW — ", "Paris (AFP) - ": where a story was written
DATELINE = re.compile(
    r"[A-ZÀ-ÝА-Я]{4,}(?:[ ,][^\n–—•-]{0,40})?\s[-–—•]{1,2}\s|[A-ZÀ-ÝА-Я][\w .,]{2,40}\([^)\n]{2,40}\)\s?[-–—:]\s"
)


def find_named(scene: Scene, hits: Sequence[Hit], year: int | None) -> list[tuple[str, int, int, str]]:
    """Give each party with its place and kind, but where a story was written and mere short forms in brackets."""
    dateline = DATELINE.match(scene.text)
    begin = dateline.end() if dateline else 0
    return [each for each in _named(scene, hits, year) if each[1] >= begin and not _is_short_form(scene.text, each)]


def _named(scene: Scene, hits: Sequence[Hit], year: int | None) -> list[tuple[str, int, int, str]]:
    named: list[tuple[str, int, int, str]] = [
        (state.iso3, state.start, state.end, state.kind) for state in states_of(scene.text, hits)
    ]
    for hit in hits:
        name = scene.text[hit.start : hit.end]
        if hit.entry.kind in FIRMS and hit.entry.iso3 and not (hit.entry.ambiguous and _means_else(scene.text, hit)):
            named.append((hit.entry.iso3, hit.start, hit.end, hit.entry.kind))
        elif hit.entry.kind in PARTIES and _is_party(scene, hit):
            named.append((name, hit.start, hit.end, hit.entry.kind))
    return named + _leaders(scene, year)


def _is_party(scene: Scene, hit: Hit) -> bool:
    """Leave out "member of NATO", "and other nations", and words for allies that name nobody."""
    before = scene.text[: hit.start]
    member = hit.entry.kind == "organisation" and (MEMBER.match(scene.text, hit.end) or MEMBER_OF.search(before))
    return not member and not REST.search(before) and (hit.entry.kind != "aid" or _is_bloc(hit, scene))


def _is_bloc(hit: Hit, scene: Scene) -> bool:
    spoken = hit.entry.language == scene.language
    return spoken and (hit.entry.value in BLOCS if scene.language == "en" else hit.entry.value not in NOBODY)


def _is_short_form(text: str, named: tuple[str, int, int, str]) -> bool:
    """Answer whether brackets only give the short form of the name before them: "Somali National Army (SNA)"."""
    _, start, end, kind = named
    bracketed = text[max(0, start - 1) : start] == "(" and text[end : end + 1] == ")"
    return bracketed and kind in {"group", "company", "organisation", "agency"}


def _means_else(text: str, hit: Hit) -> bool:
    """Answer whether a firm's name is a common word, a person's ("Rafael Rey") or a designation's ("MIL-171") there."""
    name = text[hit.start : hit.end].lower()
    person = name in GIVEN_NAMES and re.match(r"\s(?!Advanced|S\.p\.A|DRS|Helicopters)[^\W\d_a-z]\w+", text[hit.end :])
    return name in COMMON_NAMES or bool(person) or re.match(r"-\d", text[hit.end :]) is not None


def _leaders(scene: Scene, year: int | None) -> list[tuple[str, int, int, str]]:
    """Give heads of government (in the years they govern) and parliaments, named without their state."""
    names = _leader_names()
    found: list[tuple[str, int, int, str]] = []
    for place, word in enumerate(scene.words):
        for parts, iso3, since, until in names.get(word.text, ()):
            here = tuple(each.text for each in scene.words[place : place + len(parts)])
            if here == parts and scene.text[word.start].isupper() and (year is None or since <= year <= until):
                found.append((iso3, word.start, scene.words[place + len(parts) - 1].end, "leader"))
    return found


@cache
def _leader_names() -> dict[str, list[tuple[tuple[str, ...], str, int, int]]]:
    names: dict[str, list[tuple[tuple[str, ...], str, int, int]]] = {}
    for row in read_rows("leaders.csv"):
        for name in row["name"].split("|"):
            parts = tuple(normal_form(name).split())
            names.setdefault(parts[0], []).append((parts, row["iso3"], int(row["from"]), int(row["to"] or 9999)))
    return names
