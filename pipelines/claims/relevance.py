"""Is an article about international arms transfers: a cheap no first, then a score with reasons."""

import math
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache

from pipelines.claims.entries import PRODUCERS, read_rows, weapon_rows
from pipelines.claims.gazetteer import Hit, scan
from pipelines.claims.normal_form import is_cyrillic
from pipelines.items import Relevance

LANGUAGES = frozenset({"en", "es", "pt", "fr", "de", "ru", "uk", "tr", "ar"})
GOODS = frozenset({"arms", "weapon", "designation"})
ACTS = frozenset({"move", "buy", "border", "check", "ask"})
PLACES = frozenset({"name", "demonym", "capital", "metonym"})
GROUPS = frozenset({"group", "company", "agency", "organisation", "aid"})
HEAD_LENGTH = 700
NEAR = 70  # characters between a verb and what it moves
BEHIND = 40  # characters from arms to the state they go to: "missiles and two radars to Chile"
MOST_NAMES = 100  # of one sentence; the rest of an endless one adds nothing
SENTENCE_END = re.compile(r"[.!?…](?=[\s\"”»])|\n")
ARTICLES = r"(?:\s(?:the|la|las|los|el|o|os|die|den|der))?\s(?:l['’])?$"
# "to Ukraine", "para Chile", "à l'Inde", "в Индию": a state that goods go to
TOWARD = re.compile(
    rf"(?:\b(?:to|for|into|towards?|para|al?|hacia|au|aux|pour|vers|an|nach|fur|für|для|إلى|لصالح)|[àáв]){ARTICLES}",
    re.IGNORECASE,
)
LOCATED = re.compile(r"\b(?:в|во|на|у)\s$", re.IGNORECASE)
TURKISH_CASE = re.compile(r"['’](?:y?[ea]|[dt][ea]n|n[ea])\b|['’](?:ye|ya|na|ne) ")
MADE = re.compile(r"[- ](?:made|built|supplied|designed|provided)\b")
THRESHOLD = 0.45
# From a logistic regression over labelled headlines in nine languages, rounded; the prior is held down, for those name
# arms more often than other news does.
WEIGHTS = {
    "prior": -1.0,
    "no arms in headline or lead": -1.3,
    "arms trade": 2.2,
    "arms beside a verb of transfer": 0.5,
    "arms beside a purchase or deal": 0.2,
    "arms beside an export, embargo or smuggling": 1.2,
    "arms beside a licence, ban or seizure": 0.7,
    "arms beside a request or dispute": 0.2,
    "a state beside an act": 2.1,
    "two states": 0.9,
    "two states beside an act": 0.9,
    "arms named after another state": 0.4,
    "arms to a state": 1.4,
    "a foreign design dealt in": 1.0,
    "a state alone that builds its arms": -1.6,
    "a home-made weapon": -0.7,
    "other news (drills, fights, crime, budgets)": -2.4,
    "civilian goods": -0.6,
}
NOBODY = frozenset[str]()


@dataclass(frozen=True, slots=True)
class Signs:
    """What one sentence holds, as far as it bears on arms transfers."""

    goods: bool = False
    trade: bool = False
    moved: bool = False
    bought: bool = False
    crossing: bool = False
    checked: bool = False
    asked: bool = False
    sides: frozenset[str] = NOBODY
    designers: frozenset[str] = NOBODY
    firms: frozenset[str] = NOBODY
    named_after: frozenset[str] = NOBODY
    recipients: frozenset[str] = NOBODY
    groups: bool = False
    against: int = 0
    civil: int = 0

    @property
    def is_act(self) -> bool:
        """Whether the goods change hands, may not, or are asked for."""
        return self.trade or self.moved or self.bought or self.crossing or self.checked or self.asked

    @property
    def is_transfer(self) -> bool:
        """Whether goods, a move and somebody abroad stand together."""
        dealt = self.moved or self.bought or self.crossing or self.checked
        return self.trade or (self.goods and dealt and (bool(self.sides) or self.groups))


def judge_relevance(headline: str | None, lead: str | None, text: str, language: str | None) -> Relevance:
    """Judge by headline and lead first, then by how much of the text is about transfers."""
    head = _head(headline, lead, text)
    hits = scan(head), scan(text)
    if not any(names_arms(part) for part in hits):
        return Relevance(False, 0.0, ("no word for arms",))
    spoken = _language(language, hits[0] + hits[1], head + text)
    signs = head_signs(head, _spoken(hits[0], spoken))
    weights = {reason: WEIGHTS[reason] * value for reason, value in head_features(signs).items()}
    weights |= _text_weights(_signs(text, _spoken(hits[1], spoken)), text)
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
        signs.append(_sentence_signs(text, sentence) if sentence else Signs())
    return signs


def head_signs(head: str, hits: list[Hit]) -> Signs:
    """Read headline and lead as one sentence; who governs a state stands for it there."""
    signs = _sentence_signs(head, hits)
    names, states = _leaders()
    return replace(signs, sides=signs.sides | {states[name] for name in names.findall(head)})


@cache
def _leaders() -> tuple[re.Pattern[str], dict[str, str]]:
    states = {name: row["iso3"] for row in read_rows("leaders.csv") for name in row["name"].split("|")}
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, states))})\b"), states


def _sentence_signs(text: str, hits: list[Hit]) -> Signs:
    by_kind: dict[str, list[Hit]] = defaultdict(list)
    for hit in hits[:MOST_NAMES]:
        by_kind[hit.entry.kind].append(hit)
    states = [hit for kind in PLACES for hit in by_kind[kind]]
    others = states + by_kind["group"]
    goods = _goods(by_kind)
    dealt_in = goods + by_kind["trade"]
    armed = _armed(by_kind["arms"], others)
    return Signs(
        goods=bool(goods),
        trade=bool(by_kind["trade"]),
        moved=bool(armed) or _is_near(by_kind["move"], goods),
        bought=_is_near(by_kind["buy"], goods),
        crossing=_is_near(by_kind["border"], goods),
        checked=_is_near(by_kind["check"], goods),
        asked=_is_near(by_kind["ask"], goods),
        sides=_sides(states, by_kind["company"] + by_kind["agency"]),
        designers=_designers(goods),
        firms=_sides([], by_kind["company"]),
        named_after=frozenset(hit.entry.value for hit in states if _names_make(text, hit, dealt_in)),
        recipients=armed | _recipients(text, others, by_kind["move"], dealt_in),
        groups=any(by_kind[kind] for kind in GROUPS),
        against=len({hit.entry.value for hit in by_kind["against"]}),
        civil=len({hit.entry.value for hit in by_kind["civil"]}),
    )


def _goods(by_kind: dict[str, list[Hit]]) -> list[Hit]:
    """Give arms and weapons; a name that means other things too counts beside a deal and somebody who deals."""
    goods = [hit for kind in GOODS for hit in by_kind[kind] if not hit.entry.ambiguous]
    dealt = any(by_kind[kind] for kind in ACTS)
    if goods or (dealt and any(by_kind[kind] for kind in PLACES | {"company"})):
        goods += [hit for hit in by_kind["designation"] if hit.entry.ambiguous]
    return goods


def _armed(arms: list[Hit], others: list[Hit]) -> frozenset[str]:
    """Give whom "arms" as a verb is about: "Russia arms Syria"."""
    ends = {hit.end for hit in arms if hit.entry.value.endswith(("arm", "arms", "armed", "arming"))}
    return frozenset(other.entry.value for other in others if other.start - 1 in ends)


def _sides(states: list[Hit], firms: list[Hit]) -> frozenset[str]:
    return frozenset(hit.entry.iso3 for hit in states + firms if hit.entry.iso3 and not _is_doubtful(hit))


def _is_doubtful(hit: Hit) -> bool:
    return hit.entry.ambiguous and hit.entry.kind in {"company", "agency"}


def _designers(goods: list[Hit]) -> frozenset[str]:
    """Give the states whose industry designed what is named."""
    designations = [hit.entry.value for hit in goods if hit.entry.kind == "designation"]
    rows = weapon_rows()
    return frozenset(code for name in designations for code in rows[name]["country_of_origin_iso3"].split("|") if code)


def _is_near(acts: list[Hit], goods: list[Hit]) -> bool:
    return any(act.start - good.end < NEAR and good.start - act.end < NEAR for act in acts for good in goods)


def _names_make(text: str, state: Hit, goods: list[Hit]) -> bool:
    """Answer whether a state says whose make the arms are: "Chinese drones", "chars russes", "US-made rifles"."""
    if state.entry.kind == "demonym" and any(0 <= state.start - good.end <= 2 for good in goods):
        return True
    is_make = state.entry.kind == "demonym" or MADE.match(text, state.end)
    return bool(is_make) and any(0 <= good.start - state.end <= 22 for good in goods)


def _recipients(text: str, others: list[Hit], moves: list[Hit], goods: list[Hit]) -> frozenset[str]:
    """Give who stands behind arms and a word such as "to", or between a verb and arms: "sends Kyiv tanks"."""
    ends = {move.end for move in moves}
    return frozenset(
        other.entry.value
        for other in others
        for good in goods
        if (0 <= other.start - good.end < BEHIND and _is_toward(text, other))
        or (-NEAR < other.start - good.end < NEAR and TURKISH_CASE.match(text, other.end))
        or (0 <= good.start - other.end < NEAR and other.start - 1 in ends and other.entry.kind != "demonym")
    )


def _is_toward(text: str, hit: Hit) -> bool:
    before = text[max(0, hit.start - 12) : hit.start]
    if LOCATED.search(before) and text[hit.end - 1] in "иеії":
        return False  # "в Сирии" says where, "в Сирию" where to
    return TOWARD.search(before) is not None or text[hit.start] == "ل"


def head_features(signs: Signs) -> dict[str, float]:
    """Give what headline and lead say as numbers, by the reason each is worth something."""
    sides = signs.sides if signs.goods or signs.trade else NOBODY
    makers = signs.designers | signs.firms
    foreign = bool(sides) and bool(signs.designers - sides)
    recipients = signs.recipients - makers
    alone = len(sides) == 1 and not foreign
    return {
        "prior": 1,
        "no arms in headline or lead": not (signs.goods or signs.trade),
        "arms trade": signs.trade,
        "arms beside a verb of transfer": signs.moved,
        "arms beside a purchase or deal": signs.bought,
        "arms beside an export, embargo or smuggling": signs.crossing,
        "arms beside a licence, ban or seizure": signs.checked,
        "arms beside a request or dispute": signs.asked,
        "a state beside an act": bool(sides) and signs.is_act,
        "two states": len(sides) >= 2,
        "two states beside an act": len(sides) >= 2 and signs.is_act,
        "arms named after another state": bool(signs.named_after and sides - signs.named_after),
        "arms to a state": bool(recipients),
        "a foreign design dealt in": foreign and signs.is_act,
        "a state alone that builds its arms": alone and sides <= PRODUCERS and not (signs.trade or recipients),
        "a home-made weapon": len(sides) == 1 and bool(makers) and makers <= sides,
        "other news (drills, fights, crime, budgets)": min(signs.against, 2),
        "civilian goods": min(signs.civil, 2),
    }


def _text_weights(signs: list[Signs], text: str) -> dict[str, float]:
    """Weigh how many sentences of the text speak of transfers, and how large their share is."""
    told = sum(sign.is_transfer for sign in signs)
    share = told / max(len(signs), 1)
    return {
        "sentences on transfers": 0.5 * min(told, 6) if told > 1 else 0.2 * told,
        "share of the text": 2.0 * min(share, 0.5) if told >= 3 else 0.0,
        "hardly a word of it in a long text": -1.0 * (len(text) > 1200 * (1 + told) and told <= 1),
    }
