"""Which claims of one pair speak of one transfer: item, time and numbers must fit."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from pipelines.transfers.drafts import StatedClaim
from pipelines.transfers.intervals import Interval, overlap, quantity_interval, value_interval
from pipelines.transfers.things import Thing, is_other, is_same, may_mean, thing_of

LATE = frozenset({"in_production", "delivering", "delivered"})
# Stages that tell nothing of when the order was placed.
LOOSE = frozenset({"suspended", "cancelled", "denied", "general"})
# Days between the first and the last report of one stage; orders follow each other, so do gifts and seizures.
WINDOWS = {"donated": 183, "approved": 400, "seized": 60, "rumoured": 365}
WINDOW = 730
LATE_WINDOW = 1_095
GENERAL_WINDOW = 365
LEAST_LEAD = 183  # a year alone says no more than its middle
MOST_LEAD = 3_650


@dataclass(slots=True)
class Cluster:
    """Claims about one transfer while it is put together."""

    thing: Thing
    members: list[int] = field(default_factory=list)
    case_number: str | None = None
    early: tuple[date, date] | None = None
    late: tuple[date, date] | None = None
    loose: tuple[date, date] | None = None
    is_seizure: bool = False
    years: set[int] = field(default_factory=set)
    numbers: set[tuple[str, int, Interval]] = field(default_factory=set)
    told: dict[tuple[int, str], list[tuple[Thing, Interval | None, Interval | None]]] = field(default_factory=dict)
    articles: set[int] = field(default_factory=set)


def is_founding(stated: StatedClaim) -> bool:
    """Tell whether a claim is enough for a transfer: a stage, not negated, and a pair (or a side and a designation)."""
    claim = stated.claim
    sides = (claim.supplier is not None) + (claim.recipient is not None)
    is_placed = sides == 2 or (sides == 1 and claim.weapon is not None)
    return is_placed and claim.status != "general" and claim.modality != "negated" and not stated.is_from_series


def join(claims: Sequence[StatedClaim], places: Iterable[int]) -> list[Cluster]:
    """Join the claims of one pair: exact names first, so that vaguer ones find what they may mean."""
    clusters: list[Cluster] = []
    named: dict[str, list[Cluster]] = {}
    things = {place: thing_of(claims[place].claim, claims[place].weapon_type) for place in places}
    for place in sorted(things, key=lambda each: _order(claims[each], things[each])):
        stated, thing = claims[place], things[place]
        if stated.is_from_series:
            continue
        chosen = _choose(named.get(thing.weapon, []) if thing.weapon else clusters, stated, thing)
        if chosen is None and is_founding(stated):
            chosen = Cluster(thing)
            clusters.append(chosen)
            named.setdefault(thing.weapon or "", []).append(chosen)
        if chosen is not None:
            _add(chosen, place, stated, thing)
    return clusters


def _order(stated: StatedClaim, thing: Thing) -> tuple[object, ...]:
    """Sort by what stays the same when a page is read again, never by row numbers of claims."""
    place = stated.claim.evidence
    where = (place.paragraph or 0, place.start or 0, place.table or -1, place.row or 0, place.column or 0)
    when = stated.day or date.max
    claim = stated.claim
    tie = (claim.status, claim.weapon or "", claim.weapon_raw, claim.quantity or 0)
    return (not is_founding(stated), -thing.level, when, stated.article_id, where, tie)


def _choose(clusters: list[Cluster], stated: StatedClaim, thing: Thing) -> Cluster | None:
    """Give the transfer a claim belongs to: the best of its own kind, or the only one that a vaguer claim may mean."""
    fitting = [cluster for cluster in clusters if _is_candidate(cluster.thing, thing) and _fits(cluster, stated, thing)]
    exact = [cluster for cluster in fitting if cluster.thing.level > thing.level]
    if len(exact) > 1:
        exact = [cluster for cluster in exact if stated.article_id in cluster.articles]
    if len(exact) == 1:
        return exact[0]
    same = [cluster for cluster in fitting if cluster.thing.level == thing.level]
    return min(same, key=lambda cluster: _distance(cluster, stated)) if same else None


def _is_candidate(known: Thing, thing: Thing) -> bool:
    if known.level == thing.level:
        return is_same(known, thing)
    return known.level > thing.level and may_mean(thing, known)


def _distance(cluster: Cluster, stated: StatedClaim) -> tuple[bool, bool, bool, int]:
    quantity = quantity_interval(stated.claim)
    is_equal = quantity is not None and any(interval == quantity for _, _, interval in cluster.numbers)
    case = cluster.case_number is not None and cluster.case_number == stated.claim.case_number
    spans = [day for span in (cluster.early, cluster.late, cluster.loose) if span for day in span]
    day = stated.day
    gap = min((abs((day - each).days) for each in spans), default=0) if day else 0
    return not case, stated.article_id not in cluster.articles, not is_equal, gap


def _fits(cluster: Cluster, stated: StatedClaim, thing: Thing) -> bool:
    case = stated.claim.case_number
    if _is_told_apart(cluster, stated, thing):
        return False
    if case and cluster.case_number:
        return case == cluster.case_number
    return _fits_time(cluster, stated, thing) and not _is_follow_on(cluster, stated)


def _fits_time(cluster: Cluster, stated: StatedClaim, thing: Thing) -> bool:
    day, status = stated.day, stated.claim.status
    if cluster.is_seizure != (status == "seized"):
        return False
    if day is None:
        return True
    if thing.level == 0 or cluster.thing.level == 0:
        year = stated.stated_year
        spans = [span for span in (cluster.early, cluster.late, cluster.loose) if span]
        is_same_year = not (year and cluster.years) or year in cluster.years
        return is_same_year and all(_width(span, day) <= GENERAL_WINDOW for span in spans)
    if status in LATE or status in LOOSE:
        return _fits_order(cluster, day) and (status in LOOSE or _fits_late(cluster, day))
    if cluster.early:
        return _width(cluster.early, day) <= WINDOWS.get(status, WINDOW)
    spans = [span for span in (cluster.late, cluster.loose) if span]
    return all(-LEAST_LEAD <= (span[0] - day).days <= MOST_LEAD for span in spans)


def _fits_order(cluster: Cluster, day: date) -> bool:
    if cluster.early:
        return -LEAST_LEAD <= (day - cluster.early[0]).days <= MOST_LEAD
    return cluster.loose is None or _width(cluster.loose, day) <= LATE_WINDOW


def _fits_late(cluster: Cluster, day: date) -> bool:
    return cluster.early is not None or cluster.late is None or _width(cluster.late, day) <= LATE_WINDOW


def _width(span: tuple[date, date], day: date) -> int:
    return (max(span[1], day) - min(span[0], day)).days


def _is_follow_on(cluster: Cluster, stated: StatedClaim) -> bool:
    """Tell whether the claim speaks of another order: another year is stated, and other numbers."""
    year, status = stated.stated_year, stated.claim.status
    if year is None or status in LATE or status in LOOSE:
        return False
    numbers = [interval for interval in (quantity_interval(stated.claim), value_interval(stated.claim)) if interval]
    return any(
        known == status and other != year and interval.unit == number.unit and not overlap(interval, number)
        for known, other, interval in cluster.numbers
        for number in numbers
    )


def _is_told_apart(cluster: Cluster, stated: StatedClaim, thing: Thing) -> bool:
    """Tell whether the article itself names both as two: other goods, or another number at the same stage."""
    status = stated.claim.status
    told = cluster.told.get((stated.article_id, status))
    if told is None:
        return False
    quantity, value = quantity_interval(stated.claim), value_interval(stated.claim)
    for other, other_quantity, other_value in told:
        if is_other(thing, other):
            return True
        if status in LATE:
            continue
        if quantity and other_quantity and not overlap(quantity, other_quantity):
            return True
        if value and other_value and value.unit == other_value.unit and not overlap(value, other_value):
            return True
    return False


def _add(cluster: Cluster, place: int, stated: StatedClaim, thing: Thing) -> None:
    claim, day = stated.claim, stated.day
    cluster.members.append(place)
    cluster.articles.add(stated.article_id)
    cluster.case_number = cluster.case_number or claim.case_number
    cluster.is_seizure = cluster.is_seizure or claim.status == "seized"
    if cluster.thing.level == thing.level:
        category = cluster.thing.category or thing.category
        cluster.thing = replace(cluster.thing, category=category, nouns=cluster.thing.nouns | thing.nouns)
    quantity, value = quantity_interval(claim), value_interval(claim)
    cluster.told.setdefault((stated.article_id, claim.status), []).append((thing, quantity, value))
    if stated.stated_year is not None:
        cluster.years.add(stated.stated_year)
        cluster.numbers |= {(claim.status, stated.stated_year, each) for each in (quantity, value) if each}
    if day is not None:
        name = "late" if claim.status in LATE else "loose" if claim.status in LOOSE else "early"
        span = getattr(cluster, name) or (day, day)
        setattr(cluster, name, (min(span[0], day), max(span[1], day)))
