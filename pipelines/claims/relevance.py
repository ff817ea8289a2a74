"""Is an article about international arms transfers: a cheap no first, then a score with reasons."""

import math
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from pipelines.claims.entries import PRODUCERS, weapon_rows
from pipelines.claims.gazetteer import Hit, scan
from pipelines.claims.normal_form import is_cyrillic
from pipelines.items import Relevance

LANGUAGES = frozenset({"en", "es", "pt", "fr", "de", "ru", "uk", "tr", "ar"})
GOODS = frozenset({"arms", "weapon", "designation"})
PLACES = frozenset({"name", "demonym", "capital", "metonym"})
GROUPS = frozenset({"group", "company", "agency", "organisation", "aid"})
HEAD_LENGTH = 700
NEAR = 70  # characters between a verb and what it moves
SENTENCE_END = re.compile(r"[.!?…](?=[\s\"”»])|\n")
ARTICLES = r"(?: (?:the|la|las|los|el|o|os|die|den|der))? $"
# "to Ukraine", "para Chile", "в Индию": a state that goods go to
TOWARD = re.compile(
    rf"(?:\b(?:to|for|para|al?|au|aux|pour|vers|an|nach|fur|für|для|إلى|لصالح)|[àáв]){ARTICLES}", re.IGNORECASE
)
LOCATED = re.compile(r"\b(?:в|во|на|у)\s$", re.IGNORECASE)
TURKISH_CASE = re.compile(r"['’](?:y?[ea]|[dt][ea]n|n[ea])\b|['’](?:ye|ya|na|ne) ")
THRESHOLD = 0.45
# From a logistic regression over labelled headlines and sentences in nine languages, rounded; drawn back where it leant
# on a sign that is rare there but common in war news.
WEIGHTS = {
    "prior": -2.4,
    "arms trade": 3.3,
    "arms beside a verb of transfer": 1.9,
    "arms beside a purchase or deal": 1.2,
    "arms beside a licence, ban or seizure": 1.9,
    "a state": 1.0,
    "two states": 1.3,
    "a group or company": 0.2,
    "arms to a state": 1.5,
    "a foreign design dealt in": 1.6,
    "a purchase by a state that imports its arms": 0.8,
    "a home-made weapon": -1.2,
    "other news (drills, fights, crime, budgets)": -2.1,
    "civilian goods": -0.6,
}


@dataclass(frozen=True, slots=True)
class Signs:
    """What one sentence holds, as far as it bears on arms transfers."""

    goods: bool
    trade: bool
    moved: bool
    bought: bool
    checked: bool
    sides: frozenset[str]
    origins: frozenset[str]
    makers: frozenset[str]
    groups: bool
    toward: bool
    against: int
    civil: int

    @property
    def is_transfer(self) -> bool:
        """Whether goods, a move and somebody abroad stand together."""
        act = self.moved or self.bought or self.checked
        return self.trade or (self.goods and act and (bool(self.sides) or self.groups))


SILENT = Signs(False, False, False, False, False, frozenset(), frozenset(), frozenset(), False, False, 0, 0)


def judge_relevance(headline: str | None, lead: str | None, text: str, language: str | None) -> Relevance:
    """Judge by headline and lead first, then by how much of the text is about transfers."""
    head = _head(headline, lead, text)
    hits = scan(head), scan(text)
    if not any(names_arms(part) for part in hits):
        return Relevance(False, 0.0, ("no word for arms",))
    spoken = _language(language, hits[0] + hits[1], head + text)
    head_signs = [_sentence_signs(head, _spoken(hits[0], spoken))]
    text_signs = _signs(text, _spoken(hits[1], spoken))
    weights = _head_weights(head_signs) | _text_weights(text_signs, text)
    score = 1 / (1 + math.exp(-sum(weights.values())))
    reasons = tuple(f"{reason} ({weight:+.1f})" for reason, weight in weights.items() if weight)
    return Relevance(score >= THRESHOLD, round(score, 3), reasons)


def names_arms(hits: Iterable[Hit]) -> bool:
    """Tell whether a text names arms or their trade at all: one that does not is about something else."""
    return any(hit.entry.kind in GOODS or hit.entry.kind == "trade" for hit in hits)


def _head(headline: str | None, lead: str | None, text: str) -> str:
    parts = [part.strip() for part in (headline, lead) if part and part.strip()]
    return unicodedata.normalize("NFC", "\n".join(parts or [text])[:HEAD_LENGTH])


def _language(language: str | None, hits: Iterable[Hit], text: str) -> str:
    """Trust the language given; else take the one whose words occur most, English first."""
    if language and language[:2].lower() in LANGUAGES:
        return language[:2].lower()
    if is_cyrillic(text[:2000]):
        return "uk" if re.search("[іїєґ]", text[:2000]) else "ru"
    counts = Counter(hit.entry.language for hit in hits if hit.entry.language)
    return max(sorted(LANGUAGES), key=lambda code: (counts[code], code == "en"))


def _spoken(hits: Iterable[Hit], language: str) -> list[Hit]:
    return [hit for hit in hits if hit.entry.language in {None, language} or hit.entry.kind in PLACES]


def _signs(text: str, hits: list[Hit]) -> list[Signs]:
    """Read the signs sentence by sentence."""
    ends = [match.end() for match in SENTENCE_END.finditer(text)] + [len(text)]
    signs: list[Signs] = []
    first = 0
    for end in ends:
        sentence: list[Hit] = []
        while first < len(hits) and hits[first].start < end:
            sentence.append(hits[first])
            first += 1
        signs.append(_sentence_signs(text, sentence) if sentence else SILENT)
    return signs


def _sentence_signs(text: str, hits: list[Hit]) -> Signs:
    by_kind: dict[str, list[Hit]] = defaultdict(list)
    for hit in hits:
        by_kind[hit.entry.kind].append(hit)
    states = [hit for kind in PLACES for hit in by_kind[kind]]
    goods = _goods(by_kind)
    arming = _arming(by_kind["arms"], states)
    return Signs(
        goods=bool(goods),
        trade=bool(by_kind["trade"]),
        moved=arming or _is_near(by_kind["move"], goods),
        bought=_is_near(by_kind["buy"], goods),
        checked=_is_near(by_kind["check"], goods),
        sides=_sides(states, by_kind["company"] + by_kind["agency"]),
        origins=_origins(goods),
        makers=_sides([], by_kind["company"]),
        groups=any(by_kind[kind] for kind in GROUPS),
        toward=arming or any(_is_toward(text, hit) for hit in states + by_kind["group"]),
        against=len({hit.entry.value for hit in by_kind["against"]}),
        civil=len({hit.entry.value for hit in by_kind["civil"]}),
    )


def _goods(by_kind: dict[str, list[Hit]]) -> list[Hit]:
    """Give arms and weapons; a name that means other things too counts beside a deal and somebody who deals."""
    goods = [hit for kind in GOODS for hit in by_kind[kind] if not hit.entry.ambiguous]
    dealt = by_kind["move"] or by_kind["buy"] or by_kind["check"]
    if goods or (dealt and any(by_kind[kind] for kind in PLACES | {"company"})):
        goods += [hit for hit in by_kind["designation"] if hit.entry.ambiguous]
    return goods


def _arming(arms: list[Hit], states: list[Hit]) -> bool:
    """Answer whether "arms" is the verb: "Russia arms Syria"."""
    ends = {hit.end for hit in arms if hit.entry.value.endswith(("arm", "arms", "arming"))}
    return any(state.start - 1 in ends for state in states)


def _sides(states: list[Hit], firms: list[Hit]) -> frozenset[str]:
    return frozenset(hit.entry.iso3 for hit in states + firms if hit.entry.iso3 and not _is_doubtful(hit))


def _is_doubtful(hit: Hit) -> bool:
    return hit.entry.ambiguous and hit.entry.kind in {"company", "agency"}


def _origins(goods: list[Hit]) -> frozenset[str]:
    """Give the states whose industry designed what is named."""
    designations = [hit.entry.value for hit in goods if hit.entry.kind == "designation"]
    rows = weapon_rows()
    return frozenset(code for name in designations for code in rows[name]["country_of_origin_iso3"].split("|") if code)


def _is_near(acts: list[Hit], goods: list[Hit]) -> bool:
    return any(act.start - good.end < NEAR and good.start - act.end < NEAR for act in acts for good in goods[:20])


def _is_toward(text: str, hit: Hit) -> bool:
    before = text[max(0, hit.start - 12) : hit.start]
    if LOCATED.search(before) and text[hit.end - 1] in "иеії":
        return False  # "в Сирии" says where, "в Сирию" where to
    if TOWARD.search(before) or TURKISH_CASE.match(text[hit.end : hit.end + 5]):
        return True
    return text[hit.start] == "ل"


def head_features(signs: list[Signs]) -> dict[str, float]:
    """Give what headline and lead say as numbers, by the reason each is worth something."""
    armed = any(sign.goods or sign.trade for sign in signs)
    sides = frozenset[str]().union(*(sign.sides for sign in signs if armed))
    origins = frozenset[str]().union(*(sign.origins for sign in signs))
    makers = origins.union(*(sign.makers for sign in signs))
    moved = any(sign.moved for sign in signs)
    bought = any(sign.bought for sign in signs)
    return {
        "prior": 1,
        "arms trade": any(sign.trade for sign in signs),
        "arms beside a verb of transfer": moved,
        "arms beside a purchase or deal": bought,
        "arms beside a licence, ban or seizure": any(sign.checked for sign in signs),
        "a state": len(sides) >= 1,
        "two states": len(sides) >= 2,
        "a group or company": any(sign.groups for sign in signs),
        "arms to a state": any(sign.toward and (sign.goods or sign.trade) for sign in signs),
        "a foreign design dealt in": (moved or bought) and bool(sides) and bool(origins - sides),
        "a purchase by a state that imports its arms": bought and len(sides) == 1 and not sides & PRODUCERS,
        "a home-made weapon": len(sides) == 1 and bool(makers) and makers <= sides and not moved,
        "other news (drills, fights, crime, budgets)": min(sum(sign.against for sign in signs), 2),
        "civilian goods": min(sum(sign.civil for sign in signs), 2),
    }


def _head_weights(signs: list[Signs]) -> dict[str, float]:
    return {reason: WEIGHTS[reason] * value for reason, value in head_features(signs).items()}


def _text_weights(signs: list[Signs], text: str) -> dict[str, float]:
    """Weigh how many sentences of the text speak of transfers, and how large their share is."""
    told = sum(sign.is_transfer for sign in signs)
    share = told / max(len(signs), 1)
    return {
        "sentences on transfers": 0.5 * min(told, 6),
        "share of the text": 2.0 * min(share, 0.5) if told >= 3 else 0.0,
        "hardly a word of it in a long text": -1.0 * (len(text) > 1200 * (1 + told) and told <= 1),
    }
