"""Is an article about international arms transfers: a cheap no first, then a score with reasons."""

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from pipelines.claims.gazetteer import Hit, scan
from pipelines.claims.normal_form import is_cyrillic
from pipelines.items import Relevance

LANGUAGES = frozenset({"en", "es", "pt", "fr", "de", "ru", "uk", "tr", "ar"})
GOODS = frozenset({"arms", "weapon", "designation"})
PLACES = frozenset({"name", "demonym", "capital", "metonym"})
ACTORS = frozenset({"group", "company", "agency", "organisation", "aid"})
HEAD_LENGTH = 700
NEAR = 70  # characters between a verb and what it moves
SENTENCE_END = re.compile(r"[.!?…](?=[\s\"”»])|\n")
# "to Ukraine", "para Chile", "в Индию", "من روسيا": a state that goods go to or come from
TOWARD = re.compile(
    r"(?:\b(?:to|for|from|para|al?|desde|au|aux|pour|vers|an|nach|aus|для|из|від|до|إلى|من|لصالح)|[àаüвз]|für)"
    r"(?: (?:the|la|las|os|o|el|die|den|der))? $",
    re.IGNORECASE,
)
TURKISH_CASE = re.compile(r"['’](?:y?[ea]|[dt][ea]n|n[ea])\b|['’](?:ye|ya|na|ne) ")
THRESHOLD = 0.5


@dataclass(frozen=True, slots=True)
class Signs:
    """What one sentence holds, as far as it bears on arms transfers."""

    goods: bool
    named: bool
    trade: bool
    moved: bool
    bought: bool
    checked: bool
    states: frozenset[str]
    actors: bool
    toward: bool
    against: int
    civil: int

    @property
    def is_transfer(self) -> bool:
        """Whether goods, a move and somebody abroad stand together."""
        act = self.moved or self.bought or self.checked
        return (self.trade or (self.goods and act)) and (bool(self.states) or self.actors or self.trade)


def judge_relevance(headline: str | None, lead: str | None, text: str, language: str | None) -> Relevance:
    """Judge by headline and lead first, then by how much of the text is about transfers."""
    head = _head(headline, lead, text)
    hits = scan(head), scan(text)
    if not any(hit.entry.kind in GOODS or hit.entry.kind == "trade" for part in hits for hit in part):
        return Relevance(False, 0.0, ("no word for arms",))
    spoken = _language(language, hits[0] + hits[1], head + text)
    head_signs = _signs(head, _spoken(hits[0], spoken))
    text_signs = _signs(text, _spoken(hits[1], spoken))
    weights = _head_weights(head_signs) | _text_weights(text_signs, text)
    score = 1 / (1 + math.exp(-sum(weights.values())))
    reasons = tuple(f"{reason} ({weight:+.1f})" for reason, weight in weights.items() if weight)
    return Relevance(score >= THRESHOLD, round(score, 3), reasons)


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
        signs.append(_sentence_signs(text, sentence))
    return signs


def _sentence_signs(text: str, hits: list[Hit]) -> Signs:
    by_kind: dict[str, list[Hit]] = {}
    for hit in hits:
        by_kind.setdefault(hit.entry.kind, []).append(hit)
    goods = [hit for kind in GOODS for hit in by_kind.get(kind, []) if not hit.entry.ambiguous]
    states = [hit for kind in PLACES for hit in by_kind.get(kind, [])]
    return Signs(
        goods=bool(goods),
        named="designation" in by_kind,
        trade="trade" in by_kind,
        moved=_is_near(by_kind.get("move", []), goods),
        bought=_is_near(by_kind.get("buy", []), goods),
        checked=_is_near(by_kind.get("check", []), goods),
        states=frozenset(hit.entry.value for hit in states),
        actors=any(kind in ACTORS for kind in by_kind),
        toward=any(_is_toward(text, hit) for hit in states),
        against=len({hit.entry.value for hit in by_kind.get("against", [])}),
        civil=len({hit.entry.value for hit in by_kind.get("civil", [])}),
    )


def _is_near(acts: list[Hit], goods: list[Hit]) -> bool:
    return any(act.start - good.end < NEAR and good.start - act.end < NEAR for act in acts for good in goods[:20])


def _is_toward(text: str, hit: Hit) -> bool:
    before = text[max(0, hit.start - 12) : hit.start]
    if TOWARD.search(before) or TURKISH_CASE.match(text[hit.end : hit.end + 5]):
        return True
    return text[hit.start] == "ل"


def _head_weights(signs: list[Signs]) -> dict[str, float]:
    """Weigh what headline and lead say; the strongest sentence speaks for each sign."""
    states = frozenset[str]().union(*(sign.states for sign in signs))
    goods = any(sign.goods for sign in signs)
    against = min(sum(sign.against for sign in signs), 3)
    return {
        "prior": -3.2,
        "arms trade named in the head": 3.2 * any(sign.trade for sign in signs),
        "arms in the head": 1.0 * goods,
        "arms beside a verb of transfer": 1.6 * any(sign.moved for sign in signs),
        "arms beside a purchase or deal": 1.0 * any(sign.bought for sign in signs),
        "arms beside a licence, ban or seizure": 0.9 * any(sign.checked for sign in signs),
        "two states": 0.8 * (len(states) >= 2),
        "a state": 0.4 * (len(states) >= 1),
        "arms to or from a state": 1.5 * any(sign.toward and (sign.goods or sign.trade) for sign in signs),
        "other news (drills, fights, crime, budgets)": -0.9 * against,
        "civilian goods": -0.8 * min(sum(sign.civil for sign in signs), 2),
    }


def _text_weights(signs: list[Signs], text: str) -> dict[str, float]:
    """Weigh how many sentences of the text speak of transfers, and how large their share is."""
    told = sum(sign.is_transfer for sign in signs)
    share = told / max(len(signs), 1)
    return {
        "sentences on transfers": 0.4 * min(told, 5),
        "share of the text": 2.0 * min(share, 0.5) if told >= 3 else 0.0,
        "hardly a word of it in a long text": -1.0 * (len(text) > 2500 and told <= 1),
    }
