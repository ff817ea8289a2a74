"""Which sum is a deal's, and of what kind: a contract's price is never added to a loan or the price of one piece."""

import re

from pipelines.claims.deals import Deal
from pipelines.claims.money import Money
from pipelines.claims.scene import Scene
from pipelines.claims.told import Told
from pipelines.claims.words import Phrase, find_phrases

RIGHT_BEHIND = frozenset({"unit price", "yearly"})  # "$85 million each", "$1.5bn a year"
REACH = {"unit price": 2, "yearly": 2, "loan": 3, "backlog": 5}  # words between the sum and what names its kind
BY_STAGE = {"contracted": "contract", "donated": "aid"}


def find_value(told: Told, deal: Deal) -> Money | None:
    """Give the sum in the deal's own words, or the only one of a sentence with one deal."""
    words = told.scene.words
    start, end = words[deal.first].start, words[deal.last - 1].end
    inside = [money for money in told.sums if start <= money.start < end]
    if not inside and len(told.deals) == 1:
        inside = list(told.sums)
    inside = [money for money in inside if not _is_conversion(told, money)] or inside
    near = words[deal.items[0].first].start
    return min(inside, key=lambda money: abs(money.start - near)) if len(inside) > 1 else next(iter(inside), None)


def _is_conversion(told: Told, money: Money) -> bool:
    """Answer whether a sum only converts the one before: "5.6 trillion won (US$4 billion)"."""
    before = (each for each in told.sums if each.end < money.start)
    return any(
        re.fullmatch(
            r"[\s-]?\w*(?:\s?\((?:about |around |some |approximately )?|, (?:about|around|approximately|or) )",
            told.scene.text[each.end : money.start],
        )
        for each in before
    )


def find_value_kind(scene: Scene, money: Money, status: str, *, total: bool) -> str | None:
    """Give the kind the words around a sum name, else what a sum of that stage is; None where neither tells.

    ``total`` tells that the sum is said to be made over years. The kinds are those of the registers' own columns.
    """
    phrases = find_phrases(scene.words, "value_kinds.csv", scene.language)
    named = [phrase for phrase in phrases if _is_beside(scene, money, phrase)]
    if named:
        return min(named, key=lambda phrase: _distance(scene, money, phrase)).kind
    return "cumulative" if total else BY_STAGE.get(status)


def _is_beside(scene: Scene, money: Money, phrase: Phrase) -> bool:
    if phrase.kind in RIGHT_BEHIND and scene.words[phrase.first].start < money.end:
        return False
    return _distance(scene, money, phrase) <= REACH[phrase.kind]


def _distance(scene: Scene, money: Money, phrase: Phrase) -> int:
    """Count the words between a sum and a phrase."""
    start, end = scene.words[phrase.first].start, scene.words[phrase.last - 1].end
    low, high = (money.end, start) if start >= money.end else (end, money.start)
    return sum(low <= word.start and word.end <= high for word in scene.words)
