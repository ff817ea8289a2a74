"""The stages of one transfer: who says that each was reached, when, and how far it has got."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from pipelines.transfers.drafts import Comparison, Figure, Rung, StatedClaim
from pipelines.transfers.origins import count_origins, group_by_source, outlets_of, party_of

# Stages of the same height are told apart by the later report.
PROGRESS = {
    "rumoured": 0, "offered": 1, "requested": 1, "negotiating": 2, "approved": 3, "donated": 3, "contracted": 4,
    "in_production": 5, "delivering": 6, "delivered": 7,
}  # fmt: skip
BESIDE = ("donated", "licensed_production", "suspended", "cancelled", "denied", "seized")
ORDER = (*PROGRESS, *BESIDE[1:], "general")
HANDED_OVER = frozenset({"delivering", "delivered"})
REFUSED = frozenset({"cancelled", "denied"})


def rungs_of(claims: Sequence[StatedClaim], places: Sequence[int]) -> tuple[Rung, ...]:
    """Give the stages that claims speak of, in the order of the trade."""
    stages: dict[str, list[int]] = {}
    for place in places:
        stages.setdefault(claims[place].claim.status, []).append(place)
    return tuple(_rung(claims, status, stages[status]) for status in ORDER if status in stages)


def role_of(stated: StatedClaim) -> str:
    """Say what a claim does for its stage: support, plan, denial or repeat."""
    if stated.claim.in_faq:
        return "repeat"
    if stated.is_denial:
        return "denial"
    return "plan" if stated.claim.modality == "hypothetical" else "support"


def _rung(claims: Sequence[StatedClaim], status: str, places: Sequence[int]) -> Rung:
    roles: dict[str, list[int]] = {"support": [], "plan": [], "denial": [], "repeat": []}
    for place in places:
        roles[role_of(claims[place])].append(place)
    supports = roles["support"]
    return Rung(
        status=status,
        claims=tuple(supports),
        plans=tuple(roles["plan"]),
        denials=tuple(roles["denial"]),
        repeats=tuple(roles["repeat"]),
        origins=count_origins(claims, supports),
        happened=_happened(claims[place] for place in supports),
        published_at=earliest(claims[place].published_at for place in supports or places),
        first_seen_at=earliest(claims[place].first_seen_at for place in supports or places),
    )


def _happened(supports: Iterable[StatedClaim]) -> str | None:
    """Give the earliest day or year that is stated; in one year the day, as it says more."""
    stated = [
        (each.stated_year, each.claim.happened_on.isoformat() if each.claim.happened_on else "~")
        for each in supports
        if each.stated_year is not None
    ]
    if not stated:
        return None
    year, day = min(stated)
    return str(year) if day == "~" else day


def earliest(times: Iterable[datetime | None]) -> datetime | None:
    """Give the first of the known times."""
    return min((time for time in times if time is not None), default=None)


def status_of(rungs: Sequence[Rung]) -> str:
    """Give the furthest stage that is supported; else the last state beside the ladder; else "general"."""
    supported = [rung for rung in rungs if rung.origins]
    steps = [rung for rung in supported if rung.status in PROGRESS]
    if steps:
        return max(steps, key=lambda rung: (PROGRESS[rung.status], _seen(rung))).status
    return (
        max((rung for rung in supported if rung.status in BESIDE), key=_seen).status if beside_of(rungs) else "general"
    )


def beside_of(rungs: Sequence[Rung]) -> tuple[str, ...]:
    """Give the supported states that stand beside the ladder."""
    return tuple(rung.status for rung in rungs if rung.origins and rung.status in BESIDE)


def _seen(rung: Rung) -> float:
    time = rung.published_at or rung.first_seen_at
    return time.timestamp() if time else 0.0


def contradicting_stages(claims: Sequence[StatedClaim], rungs: Sequence[Rung]) -> tuple[Comparison, ...]:
    """Give handed over against cancelled or denied, and each stage that others say was not reached.

    Where a party to the deal says so, its very existence is in question.
    """
    supported = [rung for rung in rungs if rung.origins]
    over = [rung for rung in supported if rung.status in HANDED_OVER]
    against = [rung for rung in supported if rung.status in REFUSED]
    found = []
    if over and against:
        sides = tuple(_side(claims, rung.status, rung.claims) for rung in (*over, *against))
        found.append(Comparison("status", "handed over, and cancelled or refused", sides))
    for rung in supported:
        later = [place for place in rung.denials if _is_after(claims[place], rung)]
        parties = [place for place in later if party_of(claims[place])]
        others = [place for place in later if place not in parties]
        for field, who, denials in (("existence", "a party says", parties), ("status", "some say", others)):
            if denials:
                sides = (_side(claims, rung.status, rung.claims), _side(claims, f"not {rung.status}", denials))
                found.append(Comparison(field, f"{who} that stage {rung.status} was not reached", sides))
    return tuple(found)


def _is_after(denial: StatedClaim, rung: Rung) -> bool:
    """Tell whether a denial came when the stage had been reported: "not yet" before that contradicts nothing."""
    said, reported = denial.published_at or denial.first_seen_at, rung.published_at or rung.first_seen_at
    return reported is None or said.date() >= reported.date()


def _side(claims: Sequence[StatedClaim], status: str, places: Sequence[int]) -> Figure:
    sources = group_by_source(claims, places)
    return Figure(status, None, None, tuple(places), outlets_of(claims, places), len(sources))
