"""States named in a text, by name, adjective, capital or seat of power, in nine languages."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from pipelines.claims.gazetteer import Hit, scan

StateKind = Literal["name", "demonym", "capital", "metonym"]
KINDS: dict[str, StateKind] = {"name": "name", "demonym": "demonym", "capital": "capital", "metonym": "metonym"}
NEAR = 60
# "US$", "Canadian dollars": a state's name in that of its currency
CURRENCY = re.compile(
    r"\$|[ -](?:dollars?|pounds?|rupees?|riyals?|won(?!['’]t| (?:an?|the|its|over)\b)|lira|francs?|crowns?|dinars?|"
    r"pesos?)\b"
)
# "met in Moscow", "прибыл в Каракас": a city named as a place, not as the government that sits there
LOCATED = re.compile(
    r"(?:^|[\s(«\"])(?:in|at|near|outside|en|em|à|in der|bei|в|у|под|около|في|قرب)\s$|(?:^|\s)(?:no|na|nos|nas)\s$",
    re.IGNORECASE,
)
SEA_OF = re.compile(
    r"\b(?:mer|golfe|océan|mar|golfo|océano|sea|gulf|bay) (?:(?:meridional|oriental) )?(?:d['’]|de (?:la )?|du |of )?$",
    re.IGNORECASE,
)
SEA = re.compile(r" (?:ocean|sea|gulf|океан|мор[еяю]|морем|залив)", re.IGNORECASE)
GIVEN_NAMES = (
    "air|barbara|bernard|bill|brian|chris|david|deandre|eric|frank|george|hamilton|jim|jimmy|joe|john|katie|louis|mark|mary|"
    "michael|mike|montell|neil|paul|peter|robert|steve|sue|tom|vernon|will"
)
AMERICAN_PLACES = (
    "atlanta|savannah|augusta|macon|fulton|alabama|florida|tennessee|carolina|virginia|louisiana|mississippi|texas|ohio|"
    "michigan|arizona|nevada|pennsylvania|wisconsin|governor|gov|senate|senator|republican|republicans|democrat|democrats|"
    "bulldogs|runoff|brian kemp|raffensperger|county|university of"
)
# What the words around a name must not hold for it to be the state.
MISLEADING: dict[str, re.Pattern[str]] = {
    "georgia": re.compile(rf"\b(?:{AMERICAN_PLACES})\b", re.IGNORECASE),
    "georgian": re.compile(r"\bgeorgian (?:house|home|mansion|architecture|era|style|bay|terrace)\b", re.IGNORECASE),
    "jordan": re.compile(
        rf"\b(?:{GIVEN_NAMES}|dr|mr|mrs|ms|rep|coach) jordan\b|\bjordan (?:peterson|spieth|river|brand|\d)",
        re.IGNORECASE,
    ),
    "chad": re.compile(r"\bChad (?!Army|Government|Basin)[A-Z][a-z]+"),
    "turkey": re.compile(
        r"\b(?:thanksgiving|roast(?:ed)?|stuffing|cranberry|gravy|oven|sandwich|breast|deep-fried|wild|poultry|sausages?|cook)\b",
        re.IGNORECASE,
    ),
    "israel": re.compile(
        r"\bisrael (?:gonzalez|adesanya|folau|kamakawiwo|horovitz|hernandez|lopez|perez)\b", re.IGNORECASE
    ),
    "cuba": re.compile(r"\bcuba gooding\b", re.IGNORECASE),
    "holland": re.compile(
        rf"\b(?:{GIVEN_NAMES}|hollande) holland\b|\bholland (?:park|tunnel|america)\b", re.IGNORECASE
    ),
    "ireland": re.compile(r"\bnorthern ireland\b", re.IGNORECASE),
    "washington": re.compile(
        r"\b(?:george|denzel|kerry|booker t\.?) washington\b|\bwashington (?:post|times|examiner|state|wizards|"
        r"commanders|capitals|nationals|irving|redskins)\b|\bwashington, d",
        re.IGNORECASE,
    ),
    "wellington": re.compile(r"\bduke of wellington\b", re.IGNORECASE),
    "london": re.compile(
        r"\b(?:jack|east|west|north|south|city of) london\b|\blondon (?:underground|marathon|bridge|zoo)\b",
        re.IGNORECASE,
    ),
    "paris": re.compile(r"\bparis (?:hilton|saint|jackson|agreement|climate|olympics|motor|match)\b", re.IGNORECASE),
    "victoria": re.compile(r"\b(?:queen|lake) victoria\b|\bvictoria (?:beckham|nuland)\b", re.IGNORECASE),
    "san jose": re.compile(r"\bcalifornia|silicon|sharks\b", re.IGNORECASE),
    "santiago": re.compile(r"\bsantiago de\b|\bsantiago bernab", re.IGNORECASE),
    "kingston": re.compile(r"\bkingston (?:upon|university|ontario)\b", re.IGNORECASE),
    "us": re.compile(r"\b[A-Z]{3,} US [A-Z]{3,}"),  # a line in capitals, where "us" is the pronoun as often
}
NORTH = re.compile(r"\b(?:north|norte|nord|dprk|pyongyang)\b", re.IGNORECASE)
AMERICANS = re.compile(r"\b(?:latin|south|central|north|native|african|asian|pan)[ -]americans?$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class StateMention:
    """One state at ``text[start:end]``; ``place`` where the words say where, not who ("in Moscow")."""

    iso3: str
    start: int
    end: int
    kind: StateKind
    name: str
    place: bool = False


def find_states(text: str) -> list[StateMention]:
    """Give the states the text names, in order; names that mean something else there are left out."""
    return states_of(text, scan(text))


def states_of(text: str, hits: Sequence[Hit]) -> list[StateMention]:
    """Give the states among what was scanned already."""
    mentions: list[StateMention] = []
    for hit in hits:
        if hit.entry.kind not in KINDS or CURRENCY.match(text, hit.end) or _misleads(text, hit) or _is_sea(text, hit):
            continue
        mention = _mention(text, hit)
        if not mentions or mentions[-1].start != mention.start:
            mentions.append(mention)
        elif _prefers(text, mention, mentions[-1]):
            mentions[-1] = mention
    return mentions


def _mention(text: str, hit: Hit) -> StateMention:
    kind = KINDS[hit.entry.kind]
    place = kind == "capital" and LOCATED.search(text[max(0, hit.start - 10) : hit.start]) is not None
    return StateMention(hit.entry.value, hit.start, hit.end, kind, text[hit.start : hit.end], place)


def _prefers(text: str, new: StateMention, old: StateMention) -> bool:
    """Choose between two readings of the same words: Korean is South Korean unless the text speaks of the North."""
    if {new.iso3, old.iso3} == {"KOR", "PRK"}:
        return new.iso3 == (
            "PRK" if NORTH.search(text) and not re.search(r"\b(?:south|sur|sud)\b", text, re.IGNORECASE) else "KOR"
        )
    order = ("name", "metonym", "capital", "demonym")
    return order.index(new.kind) < order.index(old.kind)


def _is_sea(text: str, hit: Hit) -> bool:
    """Answer whether a name is only part of a sea's: "mer d'Oman", "Golfo de México", "Индийский океан"."""
    return any(pattern(text, hit) for pattern in (_follows_sea, _precedes_sea))


def _follows_sea(text: str, hit: Hit) -> bool:
    return SEA_OF.search(text[max(0, hit.start - 24) : hit.start]) is not None


def _precedes_sea(text: str, hit: Hit) -> bool:
    return hit.entry.kind in {"name", "demonym"} and SEA.match(text, hit.end) is not None


def _misleads(text: str, hit: Hit) -> bool:
    name = text[hit.start : hit.end].lower()
    pattern = MISLEADING.get(name)
    first = max(0, hit.start - NEAR)
    for match in pattern.finditer(text[first : hit.end + NEAR]) if pattern else ():
        # Words around it count wherever they stand; a longer name ("Chad Smith") only where it is this one.
        if name not in match.group().lower() or match.start() <= hit.start - first < match.end():
            return True
    return AMERICANS.search(text[max(0, hit.start - 10) : hit.end]) is not None
