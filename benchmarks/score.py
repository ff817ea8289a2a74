"""How near what was found comes to what was labelled: claims paired, fields compared, confidence weighed.

A claim is a dictionary with the fields of tests/claims/labelled.jsonl. One found pairs with one labelled when supplier,
recipient and equipment agree; each is used once, and as many pairs are made as can be.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

Claim = dict[str, Any]
Agrees = Callable[[Claim, Claim], bool]

# Words that name no item: a list that holds only such words counts as empty.
NAMES_NO_ITEM = """
arms arm weapons weapon weaponry armaments equipment hardware materiel material military defence defense security lethal
aid assistance package supplies goods system systems gear support capabilities
armes arme armement armements équipements équipement matériel militaire militaires aide système systèmes
armas arma armamento armamentos equipo equipos militar militares ayuda sistema sistemas
оружие оружия оружием вооружение вооружения вооружений техника техники военной помощи помощь система системы систем
silah silahlar silahları askeri yardım sistem sistemi sistemleri savunma
"""
JOINING = "a an the of for and or to from in on de la le les du des et el los las del y en и в на для с ve"


@dataclass(frozen=True, slots=True)
class Tally:
    """How many were right, found and wanted."""

    right: int = 0
    found: int = 0
    wanted: int = 0

    def __add__(self, other: "Tally") -> "Tally":
        """Add another tally."""
        return Tally(self.right + other.right, self.found + other.found, self.wanted + other.wanted)

    @property
    def precision(self) -> float:
        """Give the share of what was found that is right."""
        return self.right / self.found if self.found else float(not self.wanted)

    @property
    def recall(self) -> float:
        """Give the share of what was wanted that was found."""
        return self.right / self.wanted if self.wanted else 1.0

    @property
    def f1(self) -> float:
        """Give the harmonic mean of precision and recall."""
        return 2 * self.right / (self.found + self.wanted) if self.found + self.wanted else 1.0


@dataclass(frozen=True, slots=True)
class Judged:
    """One passage: its labelled and found claims, and which of them pair."""

    language: str
    wanted: Sequence[Claim]
    found: Sequence[Claim]
    pairs: tuple[tuple[int, int], ...]

    @property
    def tally(self) -> Tally:
        """Count the claims that pair."""
        return Tally(len(self.pairs), len(self.found), len(self.wanted))


def judge(language: str, wanted: Sequence[Claim], found: Sequence[Claim]) -> Judged:
    """Pair the claims of one passage."""
    return Judged(language, wanted, found, pair_claims(wanted, found))


def total(tallies: Iterable[Tally]) -> Tally:
    """Add tallies."""
    return sum(tallies, Tally())


def pair_claims(wanted: Sequence[Claim], found: Sequence[Claim]) -> tuple[tuple[int, int], ...]:
    """Pair as many as possible, those that agree in more fields first."""
    owner: dict[int, int] = {}
    order = sorted(
        ((-_likeness(one, other), i, j) for i, one in enumerate(wanted) for j, other in enumerate(found)
         if is_same_claim(one, other))
    )  # fmt: skip
    choices: dict[int, list[int]] = defaultdict(list)
    for _, i, j in order:
        choices[i].append(j)
    for i in choices:
        _place(i, choices, owner, set())
    return tuple(sorted((i, j) for j, i in owner.items()))


def _place(i: int, choices: dict[int, list[int]], owner: dict[int, int], tried: set[int]) -> bool:
    for j in choices[i]:
        if j in tried:
            continue
        tried.add(j)
        if j not in owner or _place(owner[j], choices, owner, tried):
            owner[j] = i
            return True
    return False


def _likeness(wanted: Claim, found: Claim) -> float:
    left, right = item_words(wanted), item_words(found)
    shared = len(left & right) / len(left | right) if left | right else 1.0
    return shared * 10 + sum(agrees(wanted, found) for agrees in AGREES.values())


def is_same_claim(wanted: Claim, found: Claim) -> bool:
    """Answer whether two claims are about the same parties and item."""
    return all(AGREES[field](wanted, found) for field in ("supplier", "recipient", "equipment"))


def is_same_party(wanted: str | None, found: str | None) -> bool:
    """Answer whether two parties agree: states by code (a Soviet delivery may stand as Russian), others by a word."""
    if not wanted or not found:
        return not wanted and not found
    if any(re.fullmatch("[A-Z]{3}", name) for name in (wanted, found)):
        return wanted.replace("SUN", "RUS") == found.replace("SUN", "RUS")
    return bool(_stems(wanted) & _stems(found))


def item_words(claim: Claim) -> frozenset[str]:
    """Give the words of a claim's equipment that name an item, shortened to bear endings."""
    stems = {stem for name in claim.get("equipment") or () for stem in _stems(name)}
    return frozenset(stems - _no_item())


@cache
def _no_item() -> frozenset[str]:
    return frozenset(_stem(word) for word in _fold(NAMES_NO_ITEM).split())


def is_same_equipment(wanted: Claim, found: Claim) -> bool:
    """Answer whether two claims share a word that names an item, or both have none."""
    left, right = item_words(wanted), item_words(found)
    if not left or not right:
        return not left and not right
    return any(_is_same_word(one, other) for one in left for other in right)


def _is_same_word(one: str, other: str) -> bool:
    if one == other:
        return True
    short, long = sorted((one, other), key=len)
    # K9 and K9A1 are one family, F-1 and F-16 are not
    return any(map(str.isdigit, short)) and len(short) > 1 and long.startswith(short) and long[len(short)].isalpha()


def _stems(text: str) -> set[str]:
    words = re.findall(r"\w+(?:-\w+)*", _fold(text))
    parts = {
        part for word in words for part in ([word.replace("-", "")] if re.search(r"\d", word) else word.split("-"))
    }
    return {_stem(part) for part in parts - set(JOINING.split()) if len(part) > 1 or not part.isdigit()}


def _stem(word: str) -> str:
    if re.search(r"\d", word):
        return re.sub(r"(?<=\d)s$", "", word)
    return word.removesuffix("s")[:5]


def _fold(text: str) -> str:
    plain = "".join(sign for sign in unicodedata.normalize("NFKD", text) if not unicodedata.combining(sign))
    return plain.casefold().replace("ı", "i")


def _is_same_value(wanted: Claim, found: Claim) -> bool:
    amount = found.get("value_amount")
    choices = [(wanted.get("value_amount"), wanted.get("value_currency")), *map(tuple, wanted.get("value_alt") or ())]
    if amount is None or choices[0][0] is None:
        return amount is None and choices[0][0] is None
    return any(
        abs(amount - other) <= 0.01 * other and found.get("value_currency") in (None, currency)
        for other, currency in choices
    )


def _is_same(field: str) -> Agrees:
    return lambda wanted, found: bool(wanted.get(field) == found.get(field))


AGREES: dict[str, Agrees] = {
    "supplier": lambda wanted, found: is_same_party(wanted.get("supplier"), found.get("supplier")),
    "recipient": lambda wanted, found: is_same_party(wanted.get("recipient"), found.get("recipient")),
    "equipment": is_same_equipment,
    "category": _is_same("category"),
    "quantity": _is_same("quantity"),
    "value": _is_same_value,
    "value_qualifier": _is_same("value_qualifier"),
    "status": _is_same("status"),
    "year": _is_same("year"),
    "modality": _is_same("modality"),
}


def _has(field: str, claim: Claim) -> bool:
    if field == "equipment":
        return bool(item_words(claim))
    return claim.get("value_amount" if field == "value" else field) is not None


def tally_field(field: str, judged: Iterable[Judged]) -> Tally:
    """Count the values of one field, passage by passage, whether or not the rest of their claims agrees."""
    return total(_tally_field(field, each) for each in judged)


def _tally_field(field: str, judged: Judged) -> Tally:
    wanted = [claim for claim in judged.wanted if _has(field, claim)]
    left = [claim for claim in judged.found if _has(field, claim)]
    size, right = len(left), 0
    for claim in wanted:
        hit = next((other for other in left if AGREES[field](claim, other)), None)
        if hit is not None:
            left.remove(hit)
            right += 1
    return Tally(right, size, len(wanted))


def share_right(field: str, judged: Iterable[Judged]) -> float | None:
    """Give the share of paired claims that agree in a field, unknown agreeing with unknown; None without a pair."""
    answers = [AGREES[field](each.wanted[i], each.found[j]) for each in judged for i, j in each.pairs]
    return sum(answers) / len(answers) if answers else None


def share_false(judged: Iterable[Judged]) -> float:
    """Give the share of passages without a claim in which one was found."""
    empty = [bool(each.found) for each in judged if not each.wanted]
    return sum(empty) / len(empty)


def weigh_confidence(judged: Iterable[Judged], edges: Sequence[float]) -> list[tuple[int, float, float]]:
    """Give for each bin of confidence between two edges: found claims, mean confidence, share that is right."""
    bins: list[list[tuple[float, bool]]] = [[] for _ in edges[1:]]
    for each in judged:
        right = {j for _, j in each.pairs}
        for j, claim in enumerate(each.found):
            place = sum(claim["confidence"] >= edge for edge in edges[1:-1])
            bins[place].append((claim["confidence"], j in right))
    return [(len(bin_), _mean(one for one, _ in bin_), _mean(right for _, right in bin_)) for bin_ in bins]


def _mean(values: Iterable[float]) -> float:
    known = list(values)
    return sum(known) / len(known) if known else 0.0
