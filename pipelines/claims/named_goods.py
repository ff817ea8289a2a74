"""The goods that a heading or a register's cell names: a few words without a sentence around them."""

from typing import NamedTuple

from pipelines.claims.entries import weapon_rows
from pipelines.claims.gazetteer import scan
from pipelines.claims.words import find_phrases, split_words


class NamedGoods(NamedTuple):
    """What is named: the designation by our lists, the words as printed, the categories."""

    weapon: str | None
    raw: str
    category: str | None
    register_category: str | None


def find_goods(text: str, language: str = "en") -> NamedGoods | None:
    """Give the first designation the words name, else the first kind of goods; "arms" alone is none."""
    for hit in scan(text):
        if hit.entry.kind == "designation" and not hit.entry.ambiguous:
            return goods_named(hit.entry.value, text[hit.start : hit.end])
    words = split_words(text)
    for phrase in find_phrases(words, "nouns.csv", language):
        if phrase.kind not in {"generic", "other"}:
            printed = text[words[phrase.first].start : words[phrase.last - 1].end]
            return NamedGoods(None, printed, phrase.kind, None)
    return None


def goods_named(designation: str, raw: str) -> NamedGoods:
    """Give the categories of a designation of our lists."""
    row = weapon_rows()[designation]
    register_category = row["unroca_category"]
    return NamedGoods(
        designation, raw, row["category"] or None, None if register_category in {"", "none"} else register_category
    )
