"""Who a sentence names, and how each name stands in it: before the verb, after "to", with an 's, before a noun."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

from pipelines.claims.cases import PAUSE, find_case
from pipelines.claims.entries import read_rows
from pipelines.claims.gazetteer import Hit
from pipelines.claims.normal_form import normal_form
from pipelines.claims.places import states_of
from pipelines.claims.scene import Scene

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
MOST_BETWEEN = 2  # words between a nation and its group
FIRMS = frozenset({"company", "agency"})
GIVEN_NAMES = frozenset({"rafael", "leonardo"})
COMMON_NAMES = frozenset({"arm", "edge", "spike", "patria", "sibat"})
MEMBER = re.compile(
    r"[\s-](?:member|partner|ally|allies|state|countr|nation|candidate|standard)"
)  # "NATO partner Turkey"
MEMBER_OF = re.compile(r"(?:член\w*|members? of|membres? de l['’]|miembros? de la)\s?$")
# "WARSAW — ", "Paris (AFP) - ": where a story was written
DATELINE = re.compile(
    r"[A-ZÀ-ÝА-Я]{4,}(?:[ ,][^\n–—•-]{0,40})?\s[-–—•]{1,2}\s|[A-ZÀ-ÝА-Я][\w .,]{2,40}\([^)\n]{2,40}\)\s?[-–—:]\s"
)
JOINING = re.compile(
    r"(?:['’]s)?\s?,?\s?((?:and|y|e|et|и|ve|und|or|o|u|ou|oder|или|as well as|&|і|та|و)\s)?(?:also\s)?"
    r"(?:(?:the|its|both|to|from|with|by|for|las?|les?|los|el|aux?|al?|à|de|del|du|des|в|из|на|для)\s|[ld]['’]|neighbou?ring\s)*"
)


@dataclass(frozen=True, slots=True)
class Actor:
    """A party at the words ``first`` up to (not with) ``last``.

    ``code`` is a state's ISO code or the name as written; ``case`` how the words before and after bind it: bare, to,
    at, from, by, with, of, in, source; ``adjective`` where it stands before a noun, ``made`` for the maker's "X-made".
    """

    code: str
    first: int
    last: int
    case: str
    kind: str
    adjective: bool = False
    owner: bool = False
    made: bool = False
    fed: bool = False
    organ: bool = False
    pronoun: bool = False
    group: int = 0


def find_actors(scene: Scene, hits: Sequence[Hit], year: int | None) -> list[Actor]:
    """Give the parties of a sentence in order, those that stand in a row as one group."""
    dateline = DATELINE.match(scene.text)
    begin = dateline.end() if dateline else 0
    named = [each for each in _named(scene, hits, year) if each[1] >= begin and not _is_short_form(scene.text, each)]
    actors = [_placed(scene, code, start, end, kind) for code, start, end, kind in named]
    actors.sort(key=_by_place)
    actors = _with_factions(scene, _with_homes(scene, actors))
    single = [each for place, each in enumerate(actors) if place == 0 or each.first >= actors[place - 1].last]
    single = [
        each
        for place, each in enumerate(single)
        if not _names_friend(single, place) and not _is_namesake(scene, single, place)
    ]
    return _grouped(scene, single)


def _names_friend(actors: list[Actor], place: int) -> bool:
    """Answer whether "allies" only stands before the name of a state: "its allies Syria and Iraq"."""
    following = actors[place + 1] if place + 1 < len(actors) else None
    return actors[place].kind == "aid" and following is not None and following.first == actors[place].last


def _is_namesake(scene: Scene, actors: list[Actor], place: int) -> bool:
    """Tell a leader from a namesake whose office stands before: "ministro de Colombia, Pedro Sánchez"."""
    before = actors[place - 1] if place else None
    return (
        actors[place].kind == "leader"
        and before is not None
        and before.organ
        and before.last == actors[place].first
        and scene.gap(before.last - 1, before.last) == ", "
    )


def _with_homes(scene: Scene, actors: list[Actor]) -> list[Actor]:
    """Join a company or group to the nation named right before it: "the French maker Nexter", "Sudan's RSF"."""
    joined: list[Actor] = []
    for actor in actors:
        home = joined[-1] if joined else None
        near = home is not None and 0 <= actor.first - home.last <= 2 and (home.owner or home.kind == "demonym")
        if (
            actor.kind == "company"
            and home is not None
            and near
            and not PAUSE.search(scene.gap(home.last - 1, actor.first))
        ):
            joined[-1] = replace(home, last=actor.last, kind="company", organ=True, adjective=False, owner=actor.owner)
        elif actor.kind == "group" and home is not None and home.owner and home.last + 1 == actor.first:
            joined[-1] = replace(actor, first=home.first, case=home.case)
        else:
            joined.append(actor)
    return joined


def _with_factions(scene: Scene, actors: list[Actor]) -> list[Actor]:
    """Make a nation beside "rebels", "militias", "opposition" that group, named as written: it is not the state."""
    return [_faction(scene, actor) or actor if actor.kind == "demonym" else actor for actor in actors]


def _faction(scene: Scene, actor: Actor) -> Actor | None:
    if scene.language in {"es", "fr", "pt"}:
        first, last = actor.first - 1, actor.last
        found = scene.has(first, "faction")
    else:
        first, last = actor.first, actor.last
        while last < len(scene.words) and last - actor.last < MOST_BETWEEN and _is_plain(scene, last):
            last += 1
        found = scene.has(last, "faction")
        while scene.has(last, "faction"):
            last += 1
    if not found:
        return None
    name = scene.text[scene.words[first].start : scene.words[last - 1].end]
    case = find_case(scene, first, scene.words[last - 1].end)
    return replace(actor, code=name, first=first, last=last, case=case, kind="group", adjective=False, organ=False)


def _is_plain(scene: Scene, place: int) -> bool:
    """Answer whether a word may stand between a nation and its group: "Lebanese political group"."""
    start = scene.words[place].start
    near = scene.text[start - 1 : start] == " "
    return near and scene.text[start].islower() and not scene.cues.get(place)


def _by_place(actor: Actor) -> tuple[int, int]:
    return actor.first, -actor.last


def _named(scene: Scene, hits: Sequence[Hit], year: int | None) -> list[tuple[str, int, int, str]]:
    named: list[tuple[str, int, int, str]] = [
        (state.iso3, state.start, state.end, state.kind) for state in states_of(scene.text, hits)
    ]
    for hit in hits:
        name = scene.text[hit.start : hit.end]
        if hit.entry.kind in FIRMS and hit.entry.iso3 and not (hit.entry.ambiguous and _means_else(scene.text, hit)):
            named.append((hit.entry.iso3, hit.start, hit.end, hit.entry.kind))
        elif hit.entry.kind == "organisation" and (
            MEMBER.match(scene.text, hit.end) or MEMBER_OF.search(scene.text[: hit.start])
        ):
            continue
        elif hit.entry.kind in PARTIES and (hit.entry.kind != "aid" or _is_bloc(hit, scene)):
            named.append((name, hit.start, hit.end, hit.entry.kind))
    return named + _leaders(scene, year)


def _is_bloc(hit: Hit, scene: Scene) -> bool:
    return hit.entry.value in BLOCS and hit.entry.language == scene.language


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


def _placed(scene: Scene, code: str, start: int, end: int, kind: str) -> Actor:
    """Find the words of a name and what binds it."""
    inside = [place for place, word in enumerate(scene.words) if word.start < end and word.end > start]
    first, last = inside[0], inside[-1] + 1
    owner = last < len(scene.words) and scene.words[last].text == "s" and scene.gap(last - 1, last) in {"'", "’"}
    after = last + owner
    hyphened = scene.gap(last - 1, last) in {"-", "‑", "–"}
    actor = Actor(code, first, last, find_case(scene, first, end), kind, owner=owner)
    if actor.case in {"by", "in"} and any(scene.has(place, "made") for place in range(max(0, first - 3), first)):
        return replace(actor, case="none" if actor.case == "by" else "in", made=True)
    if hyphened and scene.has(last, "backed"):
        return replace(actor, case="none")
    if scene.has(last, "made") and (hyphened or kind == "demonym"):
        return replace(actor, case="none", made=True)
    if hyphened and scene.has(last, "fed"):
        return replace(actor, case="none", fed=True)
    organ = scene.has(after, "org") or (scene.has(first - 1, "org") and actor.case not in {"in", "source"})
    adjective = (kind == "demonym" or owner or (kind not in FIRMS and _is_short(scene, first, last))) and not organ
    return replace(actor, organ=organ, adjective=adjective)


def _is_short(scene: Scene, first: int, last: int) -> bool:
    """Answer whether a name can stand before a noun as an adjective does: "US arms", "UK jets"."""
    end = scene.words[last - 1].end
    name = scene.text[scene.words[first].start : end]
    if scene.text[end : end + 1] in {"'", "’"}:  # "ABD'den"
        return False
    return name.replace(".", "").isupper() and len(name) <= 5


def _grouped(scene: Scene, actors: list[Actor]) -> list[Actor]:
    """Give each its group: "Germany, the US and the UK" is one, and all take the binding of the first."""
    grouped: list[Actor] = []
    for place, actor in enumerate(actors):
        joins = _joins(scene, actors, place)
        if grouped and joins:
            head = grouped[-1]
            case = head.case if actor.case in {"bare", "of"} else actor.case
            grouped.append(replace(actor, group=head.group, case=case, made=head.made or actor.made))
        else:
            grouped.append(replace(actor, group=place))
    return _with_heads(grouped)


def _joins(scene: Scene, actors: list[Actor], place: int) -> bool:
    """Answer whether an actor continues a list: by "and", or by a comma in a list that ends with "and"."""
    if place == 0:
        return False
    join = _join(scene, actors[place - 1], actors[place])
    if join != ",":
        return join == "and"
    if join == "," and scene.language == "en" and _is_headline_pair(actors, place):
        return True
    following = range(place + 1, min(place + 9, len(actors)))
    rest = (_join(scene, actors[each - 1], actors[each]) for each in following)
    return next((each for each in rest if each != ","), None) == "and"


def _is_headline_pair(actors: list[Actor], place: int) -> bool:
    """Answer whether a comma stands for "and", as in "India, France sign"."""
    first, second = actors[place - 1], actors[place]
    near = place == 1 and first.first == 0 and first.last == second.first
    return near and first.code != second.code and not first.adjective and not second.adjective


def _join(scene: Scene, before: Actor, actor: Actor) -> str | None:
    match = JOINING.fullmatch(scene.text[scene.words[before.last - 1].end : scene.words[actor.first].start])
    if match is None or not match.group().strip():
        return None
    if "," in match.group() and match.group(1) and before.case != "bare" and _begins_clause(scene, actor):
        return None
    return "and" if match.group(1) else ("," if "," in match.group() else None)


def _begins_clause(scene: Scene, actor: Actor) -> bool:
    """Answer whether a verb follows the name: "from Poland, and Warsaw has never"."""
    return any(scene.has(actor.last, cue) for cue in ("aux", "be", "future", "said", "announced"))


def _with_heads(actors: list[Actor]) -> list[Actor]:
    """Give all of a group the noun the last stands before: "the Danish and Dutch governments"."""
    heads = {actor.group: actor for actor in actors}
    return [
        replace(actor, organ=actor.organ or heads[actor.group].organ, adjective=heads[actor.group].adjective)
        if heads[actor.group] is not actor and heads[actor.group].kind == actor.kind
        else actor
        for actor in actors
    ]
