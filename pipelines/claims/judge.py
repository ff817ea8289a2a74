"""Who supplies and who receives, and how sure a claim is: what the rules read, weighed with all other signs.

The rules read every deal; multinomial logistic regression over their reading and the signs beside it corrects what they
often get wrong. Its weights were fitted by ``benchmarks/fit_weights.py`` and lie in ``data/*_weights.csv``.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from math import exp

from pipelines.claims.claim_signs import claim_signs
from pipelines.claims.entries import read_rows
from pipelines.claims.mentions import Actor
from pipelines.claims.parties import View
from pipelines.claims.side_signs import Earlier, side_signs
from pipelines.claims.sides import Sides
from pipelines.claims.weapons import Item
from pipelines.items import ClaimDraft

LEAST_LIKELY = 0.45  # probability from which a party is taken for a side
LEAST_SURE = 0.44  # below, a claim is likelier wrong than its loss is worth
IN_TOPIC = 0.9  # chance given to the state that the headline names beside the one known
MOST_PARTIES = 16  # that are weighed for one item
Chance = tuple[float, float]  # probabilities of being supplier and recipient


@dataclass(frozen=True, slots=True)
class Judge:
    """Fitted weights: of the signs of a party (log-odds of supplier and of recipient), and of those of a claim."""

    sides: Mapping[str, Chance]
    claims: Mapping[str, float]

    def weigh_sides(self, view: View, item: Item, read: Sides, earlier: Earlier) -> tuple[Sides, dict[str, Chance]]:
        """Give the sides of one item of a deal, and the chances of each party."""
        chances = self._chances(view, item, read, earlier)
        if view.deal.core is not None and view.deal.core.name == "carry":  # who carries supplies nobody
            return _with_topic(read, chances, earlier.topic)
        suppliers = tuple(code for code, (one, other) in chances.items() if one >= LEAST_LIKELY and one >= other)
        makers = {actor.code for actor in view.actors if actor.made}
        suppliers = tuple(code for code in suppliers if code not in makers) or suppliers
        recipients = tuple(code for code, (one, other) in chances.items() if other >= LEAST_LIKELY and other > one)
        sides = Sides(suppliers or (None,), recipients or (None,), read.rule)
        if (set(sides.suppliers), set(sides.recipients)) != (set(read.suppliers), set(read.recipients)):
            return replace(sides, rule=f"{read.rule}, weighed"), chances
        return _with_topic(sides, chances, earlier.topic)

    def weigh_claim(self, view: View, item: Item, claim: ClaimDraft, chances: Mapping[str, Chance]) -> ClaimDraft:
        """Give the claim with its confidence: the share of claims with such signs that hold."""
        signs = claim_signs(view, item, claim, side_odds(claim, chances))
        total = sum(self.claims.get(sign, 0.0) for sign in ("bias", *signs))
        return replace(claim, confidence=round(1 / (1 + exp(-total)), 2))

    def is_sure(self, claim: ClaimDraft) -> bool:
        """Answer whether a claim is worth keeping."""
        return claim.confidence >= LEAST_SURE

    def _chances(self, view: View, item: Item, read: Sides, earlier: Earlier) -> dict[str, Chance]:
        """Give the chances of each party: those of a list are alike, of several mentions the best one counts."""
        parties = candidates(view, item, earlier)
        own = [self._chance(side_signs(view, item, read, earlier, actor)) for actor in parties]
        chances: dict[str, Chance] = {}
        for actor in parties:
            listed = [chance for other, chance in zip(parties, own, strict=True) if other.group == actor.group]
            one, other = (sum(chance[side] for chance in listed) / len(listed) for side in (0, 1))
            before = chances.get(actor.code, (0.0, 0.0))
            chances[actor.code] = max(before[0], one), max(before[1], other)
        return chances

    def _chance(self, signs: Sequence[str]) -> Chance:
        supplier = recipient = 0.0
        for sign in ("bias", *signs):
            weights = self.sides.get(sign)
            if weights is not None:
                supplier, recipient = supplier + weights[0], recipient + weights[1]
        one, other = exp(supplier), exp(recipient)
        return one / (1 + one + other), other / (1 + one + other)


def side_odds(claim: ClaimDraft, chances: Mapping[str, Chance]) -> tuple[float, float]:
    """Give the chances of the two sides a claim has, 0 where one is open."""
    none = (0.0, 0.0)
    return chances.get(claim.supplier or "", none)[0], chances.get(claim.recipient or "", none)[1]


def candidates(view: View, item: Item, earlier: Earlier) -> list[Actor]:
    """Give the parties that may be a side: the nearest of the sentence, and those that only the text before names."""
    here = [actor for actor in view.actors if (actor.case != "none" or actor.made) and not _acts_next(view, actor)]
    if len(here) > MOST_PARTIES:
        here = sorted(sorted(here, key=lambda actor: abs(actor.first - item.first))[:MOST_PARTIES], key=_by_place)
    further = sorted(earlier.parties - {actor.code for actor in here})
    return [*here, *(Actor(code, 0, 0, "earlier", "earlier", group=-1 - place) for place, code in enumerate(further))]


def _with_topic(sides: Sides, chances: dict[str, Chance], topic: frozenset[str]) -> tuple[Sides, dict[str, Chance]]:
    """Fill an open side with the other of the two states the headline names."""
    known = {*sides.suppliers, *sides.recipients} - {None}
    if len(topic) != 2 or len(known) != 1 or not known <= topic:
        return sides, chances
    (other,) = topic - known
    suppliers = (other,) if sides.suppliers == (None,) else sides.suppliers
    recipients = (other,) if sides.recipients == (None,) else sides.recipients
    return Sides(suppliers, recipients, f"{sides.rule}, topic"), {**chances, other: (IN_TOPIC, IN_TOPIC)}


def _acts_next(view: View, actor: Actor) -> bool:
    """Answer whether a party is the subject of a clause behind the deal's: "while France will send its own"."""
    return actor.case == "bare" and actor.first >= view.deal.clause[1] and not actor.adjective


def _by_place(actor: Actor) -> int:
    return actor.first


@cache
def fitted_judge() -> Judge:
    """Read the weights that come along."""
    sides = {row["sign"]: (float(row["supplier"]), float(row["recipient"])) for row in read_rows("side_weights.csv")}
    return Judge(sides, {row["sign"]: float(row["weight"]) for row in read_rows("claim_weights.csv")})
