"""A level in words that a person can check: which origins, whose, how many articles, and what added nothing."""

from collections.abc import Iterator, Sequence

from pipelines.transfers.drafts import StatedClaim
from pipelines.transfers.origins import outlets_of, party_of
from pipelines.transfers.strength import Support, both_parties, is_document, record_of, states_agree

MOST = 5  # names in one list


def explain(claims: Sequence[StatedClaim], support: Support) -> str:
    """Say what a level rests on: "2 independent origins, one a party: statement of RUS, the supplier (...); ..."."""
    if not (support.sources or support.entries or support.idle):
        return "nobody supports it: only planned, denied or repeated"
    parts = [_head(claims, support), *_entries(support), *_accord(claims, support), *_idle(claims, support)]
    return "; ".join(parts)


def _head(claims: Sequence[StatedClaim], support: Support) -> str:
    number = len(support.sources)
    if not number:
        return "no independent origin"
    parties = sum(any(party_of(claims[place]) for place in own) for own in support.sources)
    told = f"{number} independent origin{'' if number == 1 else 's'}"
    if parties:
        told += ", a party" if number == 1 else ", one a party" if parties == 1 else f", {parties} of them parties"
    return f"{told}: {_listed([_source(claims, own) for own in support.sources], '; ')}"


def _source(claims: Sequence[StatedClaim], places: Sequence[int]) -> str:
    """Say whose words one source is, and where they stand."""
    words: dict[str, None] = {}
    for place in places:
        stated, party = claims[place], party_of(claims[place])
        if party is not None:
            what = record_of(stated) or ("official document" if is_document(stated) else "statement")
            words[f"{what} of {party}, the {'supplier' if party == stated.claim.supplier else 'recipient'}"] = None
    return f"{_listed(list(words), ' and ') or 'report'} ({_where(claims, places)})"


def _where(claims: Sequence[StatedClaim], places: Sequence[int]) -> str:
    number = len({claims[place].article_id for place in places})
    return f"{_listed(outlets_of(claims, places), ', ')}; {number} article{'' if number == 1 else 's'}"


def _listed(names: Sequence[str], between: str) -> str:
    rest = f"{between}{len(names) - MOST} more" if len(names) > MOST else ""
    return between.join(names[:MOST]) + rest


def _entries(support: Support) -> Iterator[str]:
    for entry in support.entries[:MOST]:
        number = f", number {entry.quantity}" if entry.quantity is not None else ""
        yield f"entry of {entry.reporter} for {entry.year}{number} ({entry.source})"


def _accord(claims: Sequence[StatedClaim], support: Support) -> Iterator[str]:
    """Say where both sides of the deal tell the same, even if an article that quotes both makes them one origin."""
    if states_agree(support.entries):
        yield "the entries of both states agree"
    elif both_parties(claims, support):
        yield "both parties say so, apart from each other"


def _idle(claims: Sequence[StatedClaim], support: Support) -> Iterator[str]:
    for reason, places in support.idle.items():
        yield f"adds nothing, {reason}: {_where(claims, places)}"
