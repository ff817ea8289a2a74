"""Sums of money with their currency, and the range or limit the words put on them."""

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from typing import NamedTuple

from pipelines.claims.entries import read_rows
from pipelines.claims.normal_form import normal_form
from pipelines.claims.numbers import Number, qualifier_before
from pipelines.claims.words import Phrase, Word
from pipelines.items import ClaimDraft

BETWEEN = re.compile(r"\s?(?:-|–|—|to|and|a|y|à|et|bis|до|и|ile)\s?(?:US)?[$€£]?", re.IGNORECASE)
OPTIONAL_OF = re.compile(r"[\s\u00a0-]*(?:(?:de|of|d['’])\s*)?")


class Money(NamedTuple):
    """A sum at ``text[start:end]`` in full units; ``upper`` is the other end of a range."""

    start: int
    end: int
    amount: float
    currency: str
    qualifier: str
    upper: float | None = None


@cache
def _currencies() -> tuple[re.Pattern[str], dict[str, str], re.Pattern[str], dict[str, str]]:
    before: dict[str, str] = {}
    after: dict[str, str] = {}
    for row in read_rows("currencies.csv"):
        before |= dict.fromkeys(row["before"].split("|"), row["currency"])
        after |= {normal_form(term): row["currency"] for term in row["terms"].split("|")}
        after |= {sign: row["currency"] for sign in row["before"].split("|") if not sign[0].isalpha()}
    signs = "|".join(re.escape(sign) for sign in sorted(before, key=len, reverse=True))
    names = "|".join(re.escape(term) for term in sorted(after, key=len, reverse=True))
    return re.compile(rf"(?<!\w)(?:{signs})[\s\u00a0]?$"), before, re.compile(rf"(?:{names})(?!\w|-\d)"), after


def find_money(
    text: str, numbers: Sequence[Number], words: Sequence[Word], qualifiers: Sequence[Phrase]
) -> list[Money]:
    """Give the sums of money among the numbers, ranges joined, the words around them heard."""
    sums: list[tuple[Money, Number]] = []
    for number in numbers:
        currency, start, end = _currency(text, number)
        if currency is not None:
            kind = qualifier_before(text, start, words, qualifiers) or _trailing(text, end)
            sums.append(
                (_up_to_next(text, Money(start, end, number.value, currency, kind or "exact"), numbers), number)
            )
    return _with_ranges(text, sums, numbers)


def _currency(text: str, number: Number) -> tuple[str | None, int, int]:
    """Give the currency printed at a number and the place of both."""
    sign_before, before, name_after, after = _currencies()
    sign = sign_before.search(text, max(0, number.start - 8), number.start)
    if sign:
        return before[sign.group().strip("\u00a0 ")], sign.start(), number.end
    at = OPTIONAL_OF.match(text, number.end)
    first = at.end() if at else number.end
    normal = normal_form(text[first : first + 24])
    name = name_after.match(normal) or name_after.match(text, first)
    if name is None:
        return None, number.start, number.end
    return after[name.group()], number.start, first + name.end() - (0 if name.string is normal else first)


def _up_to_next(text: str, money: Money, numbers: Sequence[Number]) -> Money:
    """Read "$4-5 billion", where the sign stands at the first figure and the scale at the second."""
    upper = next((each for each in numbers if each.start >= money.end), None)
    if upper is None or upper.scale == 1 or not re.fullmatch(r"\s?(?:-|–|—|to)\s?", text[money.end : upper.start]):
        return money
    lower = money.amount if money.amount > upper.value / upper.scale * 1000 else money.amount * upper.scale
    return Money(money.start, upper.end, lower, money.currency, "range", upper.value)


def _trailing(text: str, end: int) -> str | None:
    """Hear what follows a sum: "$300m-plus", "1 milyar doları aşkın"."""
    if re.match(r"[ -]?(?:plus\b|or more|and more|y más|\+)", text[end : end + 10]):
        return "over"
    if re.match(r"\w*\s(?:aşkın|aşan|üzerinde)", text[end : end + 16]):
        return "over"
    return None


def _with_ranges(text: str, sums: list[tuple[Money, Number]], numbers: Sequence[Number]) -> list[Money]:
    """Join "$4-5 billion", "between 4 and 5 billion euros": the scale of the second holds for both."""
    joined: list[Money] = []
    for money, number in sums:
        lower = next((each for each in reversed(numbers) if each.end <= money.start), None)
        if lower is None or not BETWEEN.fullmatch(text[lower.end : money.start]):
            joined.append(money)
            continue
        amount = lower.value if lower.scale > 1 else lower.value * number.scale
        start = min(lower.start, money.start)
        if joined and joined[-1].start <= lower.start < joined[-1].end:
            start = joined.pop().start
        ranged = Money(start, money.end, amount, money.currency, "range", money.amount)
        joined.append(ranged if amount < money.amount else money)
    return joined


def with_value(claim: ClaimDraft, money: Money | None) -> ClaimDraft:
    """Give the claim with the sum: a limit fills one end only."""
    if money is None:
        return claim
    lower = None if money.qualifier == "up_to" else money.amount
    upper = {"over": None, "range": money.upper}.get(money.qualifier, money.amount)
    return replace(claim, value_min=lower, value_max=upper, value_qualifier=money.qualifier, currency=money.currency)
