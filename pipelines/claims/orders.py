"""The order behind a delivery: "received six of the 12 Rafales it ordered in 2021" tells of both."""

from dataclasses import replace

from pipelines.claims.acts import Act
from pipelines.claims.parties import View
from pipelines.claims.weapons import Item
from pipelines.claims.years import years_between
from pipelines.items import ClaimDraft

ORDERING = frozenset({"buy"})
REACH = 5  # words between goods and the participle that orders them


def split_order(view: View, claim: ClaimDraft, item: Item) -> list[ClaimDraft]:
    """Give the claim of a delivery, and the one of its order where the same words name it."""
    if claim.status not in {"delivered", "delivering"}:
        return [claim]
    order = _order(view, item)
    if order is None:
        return [claim]
    years = years_between(view.scene.text, _start(view, order), _end(view))
    delivery = replace(
        claim,
        year=None if claim.year in years else claim.year,
    )
    contract = replace(
        claim,
        status="contracted",
        rule=f"{claim.rule}, ordered",
        quantity=item.whole,
        quantity_qualifier="exact" if item.whole else None,
        year=years[0] if len(years) == 1 else None,
    )
    return [delivery, contract]


def _order(view: View, item: Item) -> Act | None:
    """Give the order named right behind the goods: "ordered", "adquiridos", "d'une commande de"."""
    acts = (
        act
        for act in view.deal.acts
        if act.name in ORDERING and act.tense in {"past", "noun"} and act is not view.deal.core
    )
    return next((act for act in acts if 0 <= act.first - item.last <= REACH), None)


def _start(view: View, act: Act) -> int:
    return view.scene.words[act.first].start


def _end(view: View) -> int:
    return view.scene.words[view.deal.last - 1].end
