"""The two sides of a deal, and what several ways of telling it have in common."""

from collections.abc import Sequence
from dataclasses import dataclass

from pipelines.claims.entries import PRODUCERS, weapon_rows
from pipelines.claims.mentions import Actor
from pipelines.claims.parties import (
    View,
    apart,
    bound_by,
    group_of,
)
from pipelines.claims.subjects import subject_of
from pipelines.claims.weapons import Item


@dataclass(frozen=True, slots=True)
class Sides:
    """Suppliers and recipients of one deal (None: not said), and the rule that told them."""

    suppliers: tuple[str | None, ...] = (None,)
    recipients: tuple[str | None, ...] = (None,)
    rule: str = "none"


def codes(actors: Sequence[Actor]) -> tuple[str | None, ...]:
    """Give each party's code once; None where there is no party."""
    return tuple(dict.fromkeys(actor.code for actor in actors)) or (None,)


def is_talk(view: View) -> bool:
    """Answer whether a deal is told as talks or a contract of two sides."""
    return any(act.name in {"negotiate", "deal", "sign"} for act in view.deal.acts)


def _is_settled(view: View) -> bool:
    """Answer whether a delivery is told as part of a contract, or to have arrived."""
    return is_talk(view) or any(act.name == "arrive" for act in view.deal.acts)


def designs(items: Sequence[Item]) -> set[str]:
    """Give the states whose industry designed the items."""
    rows = weapon_rows()
    return {
        code
        for item in items
        if item.designation
        for code in rows[item.designation]["country_of_origin_iso3"].split("|")
    }


def by_design(view: View, pair: Sequence[Actor]) -> tuple[list[Actor], list[Actor]]:
    """Tell buyer from seller of two by whose design the items are; the first buys where that does not tell."""
    homes = designs(view.deal.items)
    makers = [actor for actor in pair if actor.code in PRODUCERS]
    sellers = [actor for actor in pair if actor.code in homes] or (makers if len(makers) == 1 else list(pair[1:]))
    return apart(pair, sellers)[:1], sellers[:1]


def sells_by_design(view: View, pair: Sequence[Actor], others: Sequence[Actor]) -> bool:
    """Answer whether the goods are of one side's design and not the other's, or only one side makes arms."""
    homes = designs(view.deal.items)
    one, other = {actor.code for actor in pair}, {actor.code for actor in others}
    if not homes and one and other:
        return one <= PRODUCERS and not other & PRODUCERS
    return bool(homes & one) and not homes & other


def maker_of(view: View, recipients: Sequence[Actor]) -> list[Actor]:
    """Give the maker's home where a sale names nobody else: "Spanish-built corvettes for Saudi Arabia"."""
    core = view.deal.core
    if (
        not recipients
        or core is None
        or core.name
        not in {"sell", "buy", "get", "arrive", "build", "deal", "sign"} | ({"move"} if _is_settled(view) else set())
    ):
        return []
    return apart([actor for actor in view.actors if actor.made and view.within(actor)], recipients)[:1]


def firm_of(view: View, others: Sequence[Actor]) -> list[Actor]:
    """Give the home of the one company a sentence names, where it names no other seller."""
    firms = apart([actor for actor in view.actors if actor.kind == "company" and not actor.made], others)
    return firms[:1] if len({firm.code for firm in firms}) == 1 else []


def permitting(view: View, *kinds: str) -> list[Actor]:
    """Give who lets goods go: "Britain continued to allow", "the US approved Jakarta's purchase"."""
    allowed = next((act for act in view.deal.acts if act.name in (kinds or {"approve", "suspend", "deny"})), None)
    return bound_by(view) or subject_of(view, allowed) if allowed else []


def relative_subject(view: View, kinds: frozenset[str]) -> list[Actor]:
    """Give the subject of a clause on the goods: "awaits weapons that the US has sold", "que Paraguay adquirió"."""
    last = view.deal.items[-1].last
    told = next((act for act in view.deal.acts if act.name in kinds and act.first >= last and not act.passive), None)
    behind = [actor for actor in view.actors if told and last <= actor.first < told.first and actor.case == "bare"]
    return group_of(view, behind[-1]) if behind else []
