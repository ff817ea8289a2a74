"""How names are written, and which are written nearly so: states in many languages, designations, outlets."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

import pycountry
from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein
from sqlalchemy import select
from sqlalchemy.orm import Session

from models.claim import STATUSES
from models.names import country_name, language_name
from models.outlet import Outlet, Source
from models.search_schema import plain_analyzer, searchable
from pipelines.claims.entries import read_rows, read_spellings

NEAR = 0.75  # of the letters agree; two that changed places count as one
MOST_NEAR = 3
OF_STATES = {"name", "demonym", "capital", "metonym"}


@dataclass(frozen=True, slots=True)
class Name:
    """One way to write a name: the filter it belongs to, what that is set to, how people call it."""

    written: str
    filter: str
    value: str
    label: str


Spellings = Mapping[str, Sequence[Name]]


def plain(text: str) -> str:
    """Give a name without case, accents and signs."""
    return " ".join(plain_analyzer().analyze(searchable(text)))


def near(text: str, spellings: Spellings) -> list[Name]:
    """Give what is written so, or else what is written nearly so, the nearest first."""
    wanted = plain(text)
    if not wanted or wanted in spellings:
        return list(spellings.get(wanted, ()))
    measure = DamerauLevenshtein.normalized_similarity
    found = process.extract(wanted, spellings.keys(), scorer=measure, score_cutoff=NEAR, limit=MOST_NEAR)
    return [name for spelling, *_ in found for name in spellings[spelling]]


def _spelled(names: Iterable[Name]) -> Spellings:
    found: defaultdict[str, list[Name]] = defaultdict(list)
    for name in names:
        found[plain(name.written.replace("_", " "))].append(name)
    return found


@cache
def states(filter_name: str) -> Spellings:
    """Give the spellings of states and of what stands for them; outlets have two letters, claims three."""
    return _spelled(_states(filter_name))


def _states(filter_name: str) -> Iterator[Name]:
    for country in pycountry.countries:
        for written in (country.name, country.alpha_3, country.alpha_2):
            yield _state(written, filter_name, country.alpha_3)
    for spelling in read_spellings():
        entry = spelling.entry
        if entry.kind in OF_STATES and entry.iso3 and not spelling.stem and not spelling.text.endswith("*"):
            yield _state(spelling.text, filter_name, entry.iso3)


def _state(written: str, filter_name: str, iso3: str) -> Name:
    known = pycountry.countries.get(alpha_3=iso3)
    code = known.alpha_2 if filter_name == "country" and known else iso3
    return Name(written, filter_name, code, country_name(iso3))


@cache
def weapons() -> Spellings:
    """Give the spellings of designations."""
    entries = ((each.text, each.entry) for each in read_spellings() if each.entry.kind == "designation")
    return _spelled(Name(text, "weapon", entry.value, entry.value) for text, entry in entries)


@cache
def languages() -> Spellings:
    """Give the names of languages, in English and each in itself."""
    codes = sorted({language.alpha_2 for language in pycountry.languages if hasattr(language, "alpha_2")})
    return _of("language", {written: code for code in codes for written in (code, language_name(code))})


@cache
def categories() -> Spellings:
    """Give the categories of weapons."""
    return _of("category", {row["category"]: row["category"] for row in read_rows("weapons.csv")})


def stored(session: Session, filter_name: str) -> Spellings:
    """Give what the database says of outlets and sources."""
    column = {"outlet": Outlet.name, "kind": Outlet.kind, "source": Source.name}[filter_name]
    values = session.scalars(select(column).where(column.is_not(None)).distinct())
    return _stored(filter_name, frozenset(values))


@lru_cache(maxsize=8)
def _stored(filter_name: str, values: frozenset[str]) -> Spellings:
    return _of(filter_name, {value: value for value in sorted(values)})


def spellings_of(session: Session, filter_name: str) -> Spellings:
    """Give how the values of a filter are written; nothing where it has no names."""
    if filter_name in {"supplier", "recipient", "country"}:
        return states(filter_name)
    if filter_name in {"outlet", "kind", "source"}:
        return stored(session, filter_name)
    if filter_name == "status":
        return _of("status", {status: status for status in STATUSES})
    known = {"weapon": weapons, "language": languages, "category": categories}
    return known[filter_name]() if filter_name in known else {}


def _of(filter_name: str, values: Mapping[str, str]) -> Spellings:
    return _spelled(Name(written, filter_name, value, written) for written, value in values.items())
