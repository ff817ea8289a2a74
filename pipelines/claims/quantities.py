"""How many: the number that stands before an item, digits of names, calibres, dates and money left out."""

import re
from collections.abc import Sequence
from dataclasses import replace

from pipelines.claims.money import Money
from pipelines.claims.numbers import Number, qualifier_before
from pipelines.claims.scene import Scene
from pipelines.claims.weapons import Item
from pipelines.claims.words import Phrase

BLANK = re.compile(r"[\s\u00a0«“\"'‘(-]*")
YEAR = range(1900, 2101)
MOST_BETWEEN = 5  # words between a number and its item


def with_numbers(
    scene: Scene,
    items: Sequence[Item],
    numbers: Sequence[Number],
    sums: Sequence[Money],
    phrases: tuple[Sequence[Phrase], Sequence[Phrase]],
) -> list[Item]:
    """Give the items with their numbers; ``phrases`` are the loose words between both, and the qualifiers."""
    loose = {place for phrase in phrases[0] for place in range(phrase.first, phrase.last)}
    counts = [number for number in numbers if _is_count(scene.text, number, sums)]
    counted: list[Item] = []
    for item in items:
        number = _number_before(scene, item, counts, loose) or _number_after(scene, item, counts)
        if number is None:
            counted.append(item)
            continue
        counts.remove(number)
        kind = qualifier_before(scene.text, number.start, scene.words, phrases[1]) or "exact"
        counted.append(_without(scene, replace(item, number=int(number.value), number_kind=kind), number))
    return counted


def _is_count(text: str, number: Number, sums: Sequence[Money]) -> bool:
    if any(money.start <= number.start < money.end for money in sums) or number.value != int(number.value):
        return False
    if number.value < 1 or (not number.digits and number.value == 1 and not text[number.start].isupper()):
        return False
    after = text[number.end : number.end + 12]
    if re.match(
        r"[\s-]?(?:mm|km|kg|kilom|mil(?:es|itar)|ton|тонн|мм|км|percent|per cent|%|st\b|nd\b|rd\b|th\b|x\d|"
        r"лет\b|год|years?|"
        r"ans\b|años|generation|-?го\b|-?й\b|feet|hours?|days?|meses|mois)",
        after,
        re.IGNORECASE,
    ):
        return False
    before = text[max(0, number.start - 2) : number.start]
    return not re.search(r"[\w-]-$|[^\W\d]$|\.$|[$€£#№]$", before)


def _number_before(scene: Scene, item: Item, counts: Sequence[Number], loose: set[int]) -> Number | None:
    """Give the number that stands before an item, with nothing but loose adjectives and units between."""
    for number in reversed(counts):
        if number.start > scene.words[item.first].start:
            continue
        between = [place for place in range(item.first) if scene.words[place].start >= number.end]
        if len(between) > MOST_BETWEEN:
            return None
        if int(number.value) in YEAR and number.digits and not between and _is_year(scene, number):
            return None
        close = all(_is_loose(scene, place, loose) for place in between) and _is_open(scene, number, item)
        return _lower_of_range(scene.text, number, counts) if close else None
    return None


def _lower_of_range(text: str, number: Number, counts: Sequence[Number]) -> Number:
    """Take the lower end of "between 30 and 40", "12 to 18", "12-18"."""
    for lower in counts:
        if lower.value < number.value and re.fullmatch(
            r"\s?(?:-|–|to|and|y|et|и|до|a|à)\s?", text[lower.end : number.start]
        ):
            return lower
    return number


def _is_loose(scene: Scene, place: int, loose: set[int]) -> bool:
    return (
        place in loose or scene.words[place].text.isdigit() or scene.has(place, "made") or scene.has(place, "modifier")
    )


def _is_year(scene: Scene, number: Number) -> bool:
    return scene.text[number.start : number.end].isdigit()


def _is_open(scene: Scene, number: Number, item: Item) -> bool:
    """Refuse a number parted from its item by a comma, a stop or brackets."""
    return not re.search(r"[,;:()\n]", scene.text[number.end : scene.words[item.first].start])


def _number_after(scene: Scene, item: Item, counts: Sequence[Number]) -> Number | None:
    """Read "танков 12 единиц", "howitzers (12)": a number right behind, with a unit or in brackets."""
    end = scene.words[item.last - 1].end
    for number in counts:
        if 0 <= number.start - end <= 3 and re.match(r"\s\(|\s", scene.text[end : number.start]):
            following = scene.text[number.end : number.end + 8]
            if re.match(r"\)|\s(?:units|единиц|unidades|exemplaires|adet)", following):
                return number
    return None


def _without(scene: Scene, item: Item, number: Number) -> Item:
    """Cut the number off the item's own words: "31 M1 Abrams" names M1 Abrams."""
    first = item.first
    while first < item.last - 1 and scene.words[first].start < number.end <= scene.words[item.last - 1].start:
        first += 1
    text = scene.text[scene.words[first].start : scene.words[item.last - 1].end]
    return item if first == item.first else replace(item, first=first, names=(text, *item.names[1:]))
