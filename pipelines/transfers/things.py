"""What a claim's goods are, for joining: a designation, a kind of goods, or arms in general."""

import re
import unicodedata
from dataclasses import dataclass

from pipelines.items import ClaimDraft

WORD = re.compile(r"[^\W_]+(?:[-/][^\W_]+)*")
# Words that name no kind of goods, stemmed as below.
GENERAL_WORDS = """
arm arme arma weapon weaponry equipment equipement equipo equipamiento aid aide ayuda supply supplie hardware materiel
material materiale armament armamento armement munition military militar militaire defence defense defensa lethal
package paquete good system systeme sistema deal contract order shipment cargo batch new item product technology other
advanced modern support waffen ausrustung rustung silah askeri malzeme sistem
the and of for de la le del der des lo los las el les die das
оружи воору техни военн помощ систе новых новые новыи парти
"""
# How the press also calls what a word of our lists' types means.
ALSO_CALLED = {
    "combat": "fighter jet warplane caza chasseur истребитель savaş",
    "aircraft": "plane avión avion самолёт самолет uçak",
    "helicopter": "helicóptero hélicoptère вертолёт вертолет",
    "uav": "drone dron беспилотник бпла iha",
    "munition": "drone dron беспилотник",
    "sam": "battery surface-to-air air-defence misil missile зенитный комплекс batería batterie",
    "missile": "misil ракета füze",
    "howitzer": "gun obús obusier гаубица obüs",
    "rocket": "mlrs lanzacohetes lance-roquettes рсзо",
    "tank": "tanque carro char танк panzer",
    "ifv": "vehicle infantry fighting blindado vehículo véhicule",
    "apc": "vehicle personnel carrier blindado vehículo véhicule",
    "vehicle": "blindado vehículo véhicule",
    "frigate": "warship ship vessel fragata frégate фрегат",
    "corvette": "warship ship vessel corbeta корвет",
    "submarine": "submarino sous-marin лодка",
    "radar": "radares радар",
}
GENERIC = frozenset(GENERAL_WORDS.split())


@dataclass(frozen=True, slots=True)
class Thing:
    """Goods as one claim or one transfer names them.

    ``level`` says how exactly: 2 by designation, 1 by kind, 0 in general words only.
    """

    weapon: str | None
    category: str | None
    nouns: frozenset[str]
    level: int


def thing_of(claim: ClaimDraft, weapon_type: str | None = None) -> Thing:
    """Give the goods of a claim, with the words its type goes by; the category "other" says nothing."""
    kinds = (weapon_type or "").casefold().replace("/", " ").replace("-", " ").split()
    texts = (*claim.weapon_raw, *kinds, *(ALSO_CALLED.get(kind, "") for kind in kinds))
    stems = {_stem(word) for text in texts for word in WORD.findall(text)}
    nouns = frozenset(stem for stem in stems if len(stem) > 1 and not stem.isdigit()) - GENERIC
    category = claim.category if claim.category != "other" else None
    return Thing(claim.weapon, category, nouns, 2 if claim.weapon else int(bool(nouns) or category is not None))


def is_same(one: Thing, other: Thing) -> bool:
    """Answer whether two namings of one level can mean the same goods."""
    if one.weapon or other.weapon:
        return one.weapon == other.weapon
    if one.category and other.category and one.category != other.category:
        return False
    if one.nouns and other.nouns:
        return not one.nouns.isdisjoint(other.nouns)
    return one.category == other.category and (one.category is not None or one.level == other.level == 0)


def may_mean(vague: Thing, exact: Thing) -> bool:
    """Answer whether a vaguer naming can stand for more exactly named goods."""
    if vague.level == 0:
        return True
    if vague.category and exact.category:
        return vague.category == exact.category
    return not vague.nouns.isdisjoint(exact.nouns)


def is_other(one: Thing, other: Thing) -> bool:
    """Answer whether one article that uses both namings means two things by them."""
    if one.weapon and other.weapon:
        return one.weapon != other.weapon
    return bool(one.nouns) and bool(other.nouns) and one.nouns.isdisjoint(other.nouns)


def _stem(word: str) -> str:
    """Give a rough stem: enough to tell "missiles" and "missile", "ракет" and "ракеты" for one word."""
    folded = unicodedata.normalize("NFKD", word.casefold())
    plain = "".join(letter for letter in folded if not unicodedata.combining(letter))
    if any("Ѐ" <= letter <= "ӿ" for letter in plain):
        return plain[:5] if plain.isalpha() else plain
    return plain.removesuffix("s") if len(plain) > 3 else plain
