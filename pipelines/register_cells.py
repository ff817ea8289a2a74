"""Single cells of trade registers: numbers, currencies, states, goods and categories as registers print them."""

import re
from functools import cache

from pipelines.claims.entries import read_rows, weapon_rows
from pipelines.claims.gazetteer import scan
from pipelines.claims.named_goods import find_goods
from pipelines.claims.places import find_states

# "1,200,000", "1'200'000", "1.200.000,5", "1200.5" and "1200,5"; "12.345" is a decimal
NUMBER = re.compile(
    r"\d{1,3}(?P<comma>(?:[,' \u00a0\u202f]\d{3})+(?!\d)(?:\.\d+)?)"
    r"|\d{1,3}(?P<point>(?:\.\d{3}){2,}(?:,\d+)?|(?:\.\d{3})+,\d+)|\d+,\d{1,2}(?!\d)|\d+(?:\.\d+)?"
)
ROMAN = re.compile(r"^(?:category\s*)?(VIII|VII|VI|IV|V|III|II|I)\b", re.IGNORECASE)
CURRENCY = re.compile(r"\b([A-Z]{3})\b|([£€$])")
TURNED = re.compile(r"^([^,(]+?)\s*(?:,\s*|\()((?:[^,()]*\bof(?: the)?)|north|south)\)?$", re.IGNORECASE)
# What may stand beside a state's name without naming another: "Government of the Republic of Moldova".
STYLE = frozenset({
    "the", "of", "and", "government", "republic", "kingdom", "state", "federal", "federation", "islamic", "arab",
    "united", "plurinational",
})  # fmt: skip
SIGNS = {"£": "GBP", "€": "EUR", "$": "USD"}
# The UN's own names of its categories, as far as they tell one from another.
UN_CATEGORIES = (
    ("I", ("battle tank",)),
    ("II", ("armoured combat vehicle",)),
    ("III", ("large-calibre artillery", "large calibre artillery")),
    ("IV", ("combat aircraft", "unmanned combat aerial")),
    ("V", ("attack helicopter", "rotary-wing")),
    ("VI", ("warship",)),
    (
        "SALW",
        (
            "small arms",
            "light weapon",
            "salw",
            "revolver",
            "pistol",
            "rifle",
            "carbine",
            "sub-machine",
            "submachine",
            "machine gun",
            "grenade launcher",
            "anti-tank",
            "mortars of",
        ),
    ),
    ("VII", ("missile", "man-portable", "manpads")),
)
CATEGORIES = {
    "aircraft": "aircraft", "air defence systems": "air-defence systems", "air-defence systems": "air-defence systems",
    "anti-submarine warfare weapons": "anti-submarine weapons", "armoured vehicles": "armoured vehicles",
    "artillery": "artillery", "engines": "engines", "missiles": "missiles", "naval weapons": "naval weapons",
    "satellites": "satellites", "sensors": "sensors", "ships": "ships", "other": "other",
}  # fmt: skip
# What SIPRI's descriptions end with: "towed gun", "portable SAM", "SAM system".
DESCRIBED = (
    ("armoured vehicles", "apc|ifv|tank|vehicle|carrier"),
    ("artillery", "gun|howitzer|mortar|mrl"),
    ("aircraft", "aircraft|helicopter|uav"),
    ("air-defence systems", "sam system|air-defence system|aa system"),
    ("missiles", "missile|sam|torpedo|guided bomb"),
    ("sensors", "radar|sonar"),
    ("engines", "engine|turbine|turbofan"),
    ("ships", "frigate|corvette|submarine|craft|ship|destroyer|minesweeper|opv|fac"),
    ("naval weapons", "naval gun"),
    ("satellites", "satellite"),
)


@cache
def state_of(name: str | None) -> str | None:
    """Give the state a whole cell names; a group ("*" behind the name), "unknown" or a longer text names none."""
    if name is None or name.endswith("*"):
        return None
    if name in _codes():
        return name
    name = re.sub(
        r"^St\.? ", "Saint ", name.replace(" & ", " and ").replace("Republic of Congo", "Republic of the Congo")
    )
    turned = TURNED.sub(r"\2 \1", name)  # "Congo, Democratic Republic of", "Korea (Republic of)", "Korea, South"
    plain = re.sub(r"\(.*?\)", "", name).strip() if turned == name else turned
    states = find_states(plain[:1].upper() + plain[1:])
    if len(states) != 1 or states[0].kind != "name":
        return None
    rest = f"{plain[: states[0].start]} {plain[states[0].end :]}".casefold().replace(",", " ").split()
    return states[0].iso3 if STYLE.issuperset(rest) else None


@cache
def _codes() -> frozenset[str]:
    return frozenset(row["iso3"] for row in read_rows("actors.csv") if row["type"] in {"state", "historic_state"})


@cache
def goods_of(
    designation: str | None, description: str | None, category: str | None = None
) -> tuple[str | None, str | None]:
    """Give designation and category by our own lists; what the register calls the goods decides between namesakes."""
    said = _category(category) or _category(description) or _described(description)
    for text in (designation, description):
        for hit in scan(text or ""):
            row = weapon_rows().get(hit.entry.value) if hit.entry.kind == "designation" else None
            if row is not None and not (hit.entry.ambiguous and said not in {None, row["category"]}):
                return hit.entry.value, row["category"] or None
    return None, said or _category(designation)


def _category(text: str | None) -> str | None:
    return CATEGORIES.get((text or "").strip().casefold())


def _described(text: str | None) -> str | None:
    """Give the category of a description such as "towed gun" or "portable SAM"; the words at its end name the thing."""
    plain = (text or "").strip().casefold()
    ends = ((re.search(rf"(?<![\w-])(?:{words})s?$", plain), category) for category, words in DESCRIBED)
    fitting = [(len(match.group()), category) for match, category in ends if match]
    if fitting:
        return max(fitting)[1]
    goods = find_goods(text or "")
    return goods.category if goods else None


def number_of(text: str | None) -> float | None:
    """Give the first number of a cell, its thousands and decimals marked in either manner."""
    match = NUMBER.search(text or "")
    if match is None:
        return None
    digits = match.group()
    if match["comma"] is not None:
        return float(re.sub(r"[,' \u00a0\u202f]", "", digits))
    return float((digits.replace(".", "") if match["point"] is not None else digits).replace(",", "."))


def whole_of(text: str | None) -> int | None:
    """Give a whole number, or None."""
    number = number_of(text)
    return int(number) if number is not None and number.is_integer() else None


def register_category_of(text: str | None) -> str | None:
    """Give the category of the UN Register by its number or name, small arms as SALW; else the text as printed."""
    match = ROMAN.match(text or "")
    if match:
        return "SALW" if match.group(1).upper() == "VIII" else match.group(1).upper()
    plain = (text or "").casefold()
    return next((code for code, names in UN_CATEGORIES if any(name in plain for name in names)), text)


def currency_of(text: str) -> str | None:
    """Give the currency a heading or cell names by code or sign."""
    match = CURRENCY.search(text)
    return None if match is None else match.group(1) or SIGNS[match.group(2)]
