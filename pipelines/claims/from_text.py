"""What the sentences of a text claim: who supplies what to whom, with the words that say so."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from pipelines.claims.acts import find_acts
from pipelines.claims.completing import complete_claims
from pipelines.claims.deals import Deal, find_deals
from pipelines.claims.ellipsis import elliptic_claims, listed_claims, with_later_source, with_later_value
from pipelines.claims.entries import weapon_rows
from pipelines.claims.evidence import is_claim
from pipelines.claims.gazetteer import Hit, scan
from pipelines.claims.judge import Judge, fitted_judge
from pipelines.claims.language import reading_language
from pipelines.claims.mentions import Actor, find_actors
from pipelines.claims.merging import NEAREST, Found, merge_claims, placed
from pipelines.claims.modality import attributed_to, find_modality
from pipelines.claims.money import Money, find_money, with_value
from pipelines.claims.numbers import QUALIFIERS, find_numbers
from pipelines.claims.open_sides import with_only_other, with_target
from pipelines.claims.orders import split_order
from pipelines.claims.parties import View, item_origin
from pipelines.claims.pronouns import with_pronouns
from pipelines.claims.quantities import with_numbers
from pipelines.claims.roles import find_sides
from pipelines.claims.scene import Scene, read_scene
from pipelines.claims.sentences import Span, split_sentences
from pipelines.claims.side_signs import Earlier
from pipelines.claims.sides import Sides
from pipelines.claims.status import find_status, is_total
from pipelines.claims.told import Told
from pipelines.claims.values import find_value, find_value_kind
from pipelines.claims.weapons import Item, find_items, with_pronouns_for
from pipelines.claims.words import Phrase, find_phrases, has_phrase, longest_only, split_words
from pipelines.claims.years import find_year, years_between
from pipelines.items import ClaimDraft, Evidence

GOODS = frozenset({"arms", "weapon", "designation", "trade"})


@dataclass(frozen=True, slots=True)
class Reader:
    """How a text is read: in which language, published in which year, weighed by whom, under a headline on whom."""

    language: str
    year: int | None
    judge: Judge = field(default_factory=fitted_judge)
    topic: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Before:
    """Whom the sentences before named: the state "it" means, the two that "both countries" are."""

    subject: str | None = None
    pair: tuple[str, ...] = ()


def find_passage_claims(
    text: str, language: str | None, published: datetime | str | None, judge: Judge | None = None
) -> tuple[ClaimDraft, ...]:
    """Give the claims of a bare passage, read as one paragraph and weighed as usual or by another judge."""
    at = datetime.fromisoformat(published) if isinstance(published, str) else published
    reader = Reader(reading_language(text, language), at.year if at else None, judge or fitted_judge())
    return tuple(paragraph_claims(text, 0, reader))


def paragraph_claims(text: str, paragraph: int, reader: Reader) -> list[ClaimDraft]:
    """Give the claims of one paragraph; a paragraph that names no arms costs one scan."""
    hits = scan(text)
    if not _names_goods(text, hits, reader.language):
        return []
    found: list[Found] = []
    before = Before()
    reader = reader if reader.year else replace(reader, year=max(years_between(text, 0, len(text)), default=None))
    for span, inside in _with_hits(split_sentences(text), hits):
        told = _read(text[span.start : span.end], inside, reader, before, goes_on=bool(found))
        listed = listed_claims(found, told)
        if listed:
            found = found[: -1 if found[-1].generic else None]
        else:
            found = with_later_source(with_later_value(text, span, found, told), told) if not told.deals else found
        new = listed or _new_claims(told, reader, found, before.subject)
        found += [replace(each, claim=placed(text, each.claim, paragraph, span.start)) for each in new]
        before = Before(_subject(told.actors) or before.subject, _pair(told.actors) or before.pair)
    return merge_claims(text, complete_claims(found))


def _new_claims(told: Told, reader: Reader, found: list[Found], subject: str | None) -> list[Found]:
    """Give what a sentence claims itself, or adds to the one before."""
    if told.deals:
        return _without_remainders(list(_claims(told, reader, found, subject)))
    return elliptic_claims(found, told)


def _names_goods(text: str, hits: Sequence[Hit], language: str) -> bool:
    if any(hit.entry.kind in GOODS for hit in hits):
        return True
    return bool(hits) and has_phrase({word.text for word in split_words(text)}, "nouns.csv", language)


def _with_hits(spans: Iterable[Span], hits: Sequence[Hit]) -> Iterator[tuple[Span, list[Hit]]]:
    """Give each sentence with what it names, counted from its own start."""
    first = 0
    for span in spans:
        inside: list[Hit] = []
        while first < len(hits) and hits[first].start < span.end:
            hit = hits[first]
            inside.append(Hit(hit.start - span.start, min(hit.end, span.end) - span.start, hit.entry))
            first += 1
        yield span, inside


def _read(text: str, hits: Sequence[Hit], reader: Reader, before: Before, *, goes_on: bool) -> Told:
    """Find parties, items, numbers, sums and deeds of one sentence; deeds only where goods are spoken of."""
    language = reader.language
    scene = read_scene(text, language)
    words = scene.words
    actors = with_pronouns(scene, find_actors(scene, hits, reader.year), before.subject, before.pair)
    scene = replace(scene, cues=_without_names(scene, actors))
    nouns = longest_only(find_phrases(words, "nouns.csv", language))
    if not nouns and not any(hit.entry.kind == "designation" for hit in hits) and not goes_on:
        return Told(scene, actors, [], [], [], [])
    counts = find_phrases(words, "numbers.csv", language)
    qualifiers = [phrase for phrase in counts if phrase.kind in QUALIFIERS]
    numbers = find_numbers(text, words, language)
    sums = find_money(text, numbers, words, qualifiers)
    deeds = _outside(scene, find_phrases(words, "acts.csv", language), sums)
    items = find_items(scene, hits, nouns, actors, deeds)
    loose = [phrase for phrase in counts if phrase.kind == "loose"]
    items = with_pronouns_for(scene, with_numbers(scene, items, numbers, sums, (loose, qualifiers)), deeds)
    actors = _with_adjectives(scene, actors, items)
    acts = find_acts(scene, deeds, items, actors)
    return Told(scene, actors, acts, find_deals(scene, acts, items, actors), numbers, sums)


def _outside(scene: Scene, deeds: Sequence[Phrase], sums: Sequence[Money]) -> list[Phrase]:
    """Leave out what is part of a sum: "5.6 trillion won"."""
    starts = ((deed, scene.words[deed.first].start) for deed in deeds)
    return [deed for deed, start in starts if not any(money.start <= start < money.end for money in sums)]


def _with_adjectives(scene: Scene, actors: Sequence[Actor], items: Sequence[Item]) -> list[Actor]:
    """Read a nation right before an item as its adjective: "Israeli air defence system" names no air force."""
    if scene.is_romance:  # there the adjective stands behind
        return list(actors)
    firsts = {item.first for item in items}
    return [
        replace(actor, adjective=True, organ=False)
        if actor.last in firsts and (actor.kind == "demonym" or (actor.kind == "name" and actor.organ))
        else actor
        for actor in actors
    ]


def _without_names(scene: Scene, actors: Sequence[Actor]) -> dict[int, frozenset[str]]:
    """Leave out cues that are part of a name ("United States") or a month ("May 2023")."""
    named = {place for actor in actors if not actor.pronoun for place in range(actor.first, actor.last)}
    return {place: kinds for place, kinds in scene.cues.items() if place not in named and not _is_month(scene, place)}


def _is_month(scene: Scene, place: int) -> bool:
    start, end = scene.words[place].start, scene.words[place].end
    if scene.text[start:end] == "Bill":
        return place > 0
    return scene.text[start:end] == "May" and (place > 0 or scene.text[end : end + 2].strip().isdigit())


def _pair(actors: Sequence[Actor]) -> tuple[str, ...]:
    """Give the two states a sentence names, none where it names fewer or more."""
    states = tuple(dict.fromkeys(actor.code for actor in actors if len(actor.code) == 3))
    return states if len(states) == 2 else ()


def _subject(actors: Sequence[Actor]) -> str | None:
    """Give the state a later "it" or "the kingdom" means."""
    states = [actor.code for actor in actors if len(actor.code) == 3 and actor.case in {"bare", "by"}]
    return states[0] if states else next((actor.code for actor in actors if len(actor.code) == 3), None)


def _claims(told: Told, reader: Reader, before: Sequence[Found], subject: str | None) -> Iterator[Found]:
    """Give a claim for each supplier, recipient and item of every deal."""
    if told.scene.text.rstrip('"”’»)] ').endswith(("?", "؟")):
        return
    target = before[-1].claim.recipient if before else None
    before = before[-NEAREST:]
    earlier = Earlier(
        frozenset(each.claim.supplier for each in before if each.claim.supplier),
        frozenset(each.claim.recipient for each in before if each.claim.recipient),
        subject,
        reader.topic,
    )
    for place, deal in enumerate(told.deals):
        view = View(told.scene, deal, told.actors)
        sides = with_only_other(view, with_target(view, find_sides(view), target))
        target = next((each for each in sides.recipients if each), target)
        items = [item for item in deal.items if not item.generic] or _one_generic(deal.items)
        for item in items:
            read = replace(sides, suppliers=_origins(view, sides, item))
            weighed, chances = reader.judge.weigh_sides(view, item, read, earlier)
            for supplier, recipient in _pairs(weighed):
                claim = _claim(told, deal, item, Sides((supplier,), (recipient,), weighed.rule), reader)
                if not is_claim(view, claim, item):
                    continue
                claim = reader.judge.weigh_claim(view, item, claim, chances)
                if reader.judge.is_sure(claim):
                    yield from (Found(each, item.generic, place) for each in split_order(view, claim, item))


def _without_remainders(found: list[Found]) -> list[Found]:
    """Leave out "arms" beside the systems they are: same sides and stage, or a side less."""
    specific = [each.claim for each in found if not each.generic]
    return [each for each in found if not each.generic or not any(_covers(claim, each.claim) for claim in specific)]


def _covers(specific: ClaimDraft, generic: ClaimDraft) -> bool:
    sides = {specific.supplier, specific.recipient}, {generic.supplier, generic.recipient}
    if None not in sides[1]:
        return sides[0] == sides[1] and generic.status in {specific.status, "donated", "general"}
    return sides[1] - {None} <= sides[0]


def _one_generic(items: Sequence[Item]) -> list[Item]:
    """Make "arms and military equipment" one item of two names."""
    return [replace(items[0], names=tuple(dict.fromkeys(name for item in items for name in item.names)))]


def _origins(view: View, sides: Sides, item: Item) -> tuple[str | None, ...]:
    """Give the suppliers of one item; its own "German" goes before a supplier found by another item's."""
    origin = item_origin(view, item)
    several = len(view.deal.items) > 1
    if origin is not None and several and (sides.suppliers == (None,) or _by_attribute(view, sides.suppliers)):
        return (origin,)
    return sides.suppliers


def _pairs(sides: Sides) -> Iterator[tuple[str | None, str | None]]:
    for supplier in sides.suppliers:
        for recipient in sides.recipients:
            if supplier != recipient or supplier is None:
                yield supplier, recipient


def _by_attribute(view: View, suppliers: Sequence[str | None]) -> bool:
    named = [actor for actor in view.actors if actor.code in suppliers]
    return all(actor.case == "from" or (actor.adjective and _is_at_goods(view, actor)) for actor in named)


def _is_at_goods(view: View, actor: Actor) -> bool:
    """Answer whether an adjective stands at an item: up to three words before, right behind where that is the rule."""
    behind = view.scene.is_romance
    return any(
        0 <= item.first - actor.last <= 3 or (behind and 0 <= actor.first - item.last <= 1) for item in view.deal.items
    )


def _claim(told: Told, deal: Deal, item: Item, sides: Sides, reader: Reader) -> ClaimDraft:
    """Put one claim together."""
    scene = told.scene
    row = weapon_rows().get(item.designation or "")
    claim = ClaimDraft(
        supplier=sides.suppliers[0],
        recipient=sides.recipients[0],
        evidence=Evidence(scene.text, None, 0, len(scene.text)),
        status=find_status(scene, deal, sides.recipients, sides.rule),
        modality="asserted",
        rule=sides.rule,
        confidence=0.5,
        weapon=item.designation,
        weapon_raw=item.names,
        category=item.category if item.category != "generic" else "other",
        register_category=(row["unroca_category"] or None) if row else None,
        quantity=item.number,
        quantity_qualifier=item.number_kind,
        year=find_year(scene, deal, told.deals) if not _is_planned(deal) else None,
    )
    modality = find_modality(scene, deal, claim, reader.year)
    speaker = attributed_to(scene, told.actors) if modality in {"attributed", "negated"} else None
    money = find_value(told, deal)
    claim = with_value(replace(claim, modality=modality, attributed_to=speaker), money)
    total = is_total(scene, deal, claim)
    claim = replace(claim, status="general") if total else claim
    kind = find_value_kind(scene, money, claim.status, total=total) if money else None
    return replace(claim, value_kind=kind)


def _is_planned(deal: Deal) -> bool:
    return (
        deal.core is not None
        and deal.core.tense in {"future", "plan"}
        and not any(act.name in {"sign", "deal", "approve"} for act in deal.acts)
    )
