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
# "six of the", "deux sur un total de": a number before the whole it is part of
PART_OF = re.compile(r"\s(?:out of|of|de|des|sur|из|davon)\s(?:the |its |las |los |les |un total de |a total of )?")
# "the last of", "la tercera de las": which one of how many
WHOLE = re.compile(
    r"\b(?:first|second|third|fourth|fifth|last|final|premi\w*|derni\w*|prime\w*|segund\w*|tercer\w*|últim\w*|перв\w*|втор\w*|"
    r"последн\w*)\s(?:of|de|des|из)\s(?:the |its |las |los |les |ses |sus )?$"
)
RUSSIAN_ADJECTIVE = re.compile(r"(?:ских|ных|вых|цких|ого|ние|ные)$")
ARTICLES = frozenset({"Un", "Una", "Une", "Um", "Uma"})
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
        if item.generic and _counts_papers(scene, item):
            counted.append(item)
            continue
        parts = [each for each in counts if PART_OF.fullmatch(scene.text[each.end : number.start])]
        parts = [each for each in parts if int(each.value) not in YEAR]  # "the purchase in 2010 of 19 fighters"
        if parts or WHOLE.search(scene.text[: number.start]):
            counted.append(_part(scene, item, number, parts))
            continue
        kind = qualifier_before(scene.text, number.start, scene.words, phrases[1]) or "exact"
        counted.append(_without(scene, replace(item, number=int(number.value), number_kind=kind), number))
    return counted


def _part(scene: Scene, item: Item, whole: Number, parts: Sequence[Number]) -> Item:
    """Read "14 of the 19 fighters": the part is what is spoken of, none where it is "the last of"."""
    number = int(parts[-1].value) if parts else None
    counted = replace(item, number=number, number_kind="exact" if parts else None, whole=int(whole.value))
    return _without(scene, counted, whole)


def _counts_papers(scene: Scene, item: Item) -> bool:
    """Answer whether a number counts licences or deals: "350 arms export licences"."""
    after = range(item.last, min(item.last + 3, len(scene.words)))
    return scene.language == "en" and any(scene.has(place, "paper") for place in after)


def _is_count(text: str, number: Number, sums: Sequence[Money]) -> bool:
    if any(money.start <= number.start < money.end for money in sums) or number.value != int(number.value):
        return False
    if number.value < 1 or (number.value == 1 and not _is_numeral(text, number)):
        return False
    after = text[number.end : number.end + 12]
    if re.match(
        r"-[^\W\d]|[\s-]?(?:mm|km|kg|kilom|mil(?:es|itar)|ton|тонн|мм|км|percent|per cent|%|st\b|nd\b|rd\b|th\b|[x×]\d|"
        r"лет\b|год|years?|"
        r"ans\b|años|generation|-?го\b|-?й\b|feet|hours?|days?|meses|mois)",
        after,
        re.IGNORECASE,
    ):
        return False
    before = text[max(0, number.start - 2) : number.start]
    return not re.search(r"[\w-]-$|[x×]$|[^\W\d]$|\.$|[$€£#№]$", before)


def _is_numeral(text: str, number: Number) -> bool:
    """Tell the numeral one from an article: "one frigate", "один вертолет", but not "une frégate"."""
    printed = text[number.start : number.end]
    if printed in ARTICLES:
        return False  # "Un lote de misiles" opens a sentence
    return number.digits or printed[0].isupper() or printed in {"one", "один", "одна", "одну", "одного"}


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
    if scene.language in {"ru", "uk"} and RUSSIAN_ADJECTIVE.search(scene.words[place].text):
        return True
    named = scene.text[scene.words[place].start].isupper() and not scene.cues.get(place)
    return (
        named
        or place in loose
        or scene.words[place].text.isdigit()
        or scene.has(place, "made")
        or scene.has(place, "modifier")
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
