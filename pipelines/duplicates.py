"""Which articles are one text in truth: fingerprints, near-duplicates, and groups of one origin."""

import re
import struct
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from itertools import pairwise

from rensa import RMinHash

HASHES = 128
SEED = 42  # a stored fingerprint is worth nothing under another seed
BAND = 4  # hashes a band key: two texts that share half their shingles meet in one band in 7 of 8 cases
SHINGLE = 4
LEAST_SHINGLES = 12  # shorter texts resemble each other by accident
SAME_TEXT = 0.6
SAME_AGENCY = 0.35  # a shared credit line explains what a desk cut or added
SAME_OWNER = 0.35
# Scripts written without spaces: every sign is a word there
UNSPACED = "぀-ヿ㐀-䶿一-鿿豈-﫿"
WORD = re.compile(rf"[{UNSPACED}]|[^\W_{UNSPACED}]+")


@dataclass(frozen=True, slots=True)
class Copy:
    """What is needed of one article to find its origin group; ``key`` names it (a row's number, a URL)."""

    key: str
    fingerprint: bytes | None
    owner: str | None = None
    agency: str | None = None


@dataclass(frozen=True, slots=True)
class OriginGroup:
    """Articles that count as one source, in order of their keys, and why."""

    keys: tuple[str, ...]
    reasons: tuple[str, ...] = ()


def fingerprint(text: str) -> bytes | None:
    """Give the MinHash of the text's word shingles, 512 bytes, the same in every process; None for short texts."""
    shingles = _shingles(text)
    if len(shingles) < LEAST_SHINGLES:
        return None
    minhash = RMinHash(num_perm=HASHES, seed=SEED)
    minhash.update(shingles)
    return struct.pack(f"<{HASHES}I", *minhash.digest())


def similarity(one: bytes, other: bytes) -> float:
    """Estimate the share of shingles two texts have in common, 0 to 1."""
    pairs = zip(_hashes(one), _hashes(other), strict=True)
    return sum(left == right for left, right in pairs) / HASHES


def is_same_text(one: bytes | None, other: bytes | None) -> bool:
    """Answer whether two texts are copies of one, small edits allowed; unknown is never the same."""
    return one is not None and other is not None and similarity(one, other) >= SAME_TEXT


def band_keys(fingerprint: bytes) -> tuple[int, ...]:
    """Give signed 64-bit keys for look-up by equality: texts alike share at least one."""
    size = BAND * 4
    bands = (fingerprint[at : at + size] for at in range(0, len(fingerprint), size))
    return tuple(_band_key(number, band) for number, band in enumerate(bands))


def same_origin(one: Copy, other: Copy) -> str | None:
    """Give the reason why two articles are one source, or None."""
    if one.fingerprint is None or other.fingerprint is None:
        return None
    alike = similarity(one.fingerprint, other.fingerprint)
    if alike >= SAME_TEXT:
        return f"near-identical text ({alike:.2f})"
    if one.agency and one.agency == other.agency and alike >= SAME_AGENCY:
        return f"same agency credit: {one.agency} ({alike:.2f})"
    if one.owner and one.owner == other.owner and alike >= SAME_OWNER:
        return f"same owner: {one.owner} ({alike:.2f})"
    return None


def group_articles(copies: Iterable[Copy]) -> list[OriginGroup]:
    """Join articles of one origin, each article in exactly one group; the order of the input does not matter."""
    ordered = sorted(copies, key=lambda copy: copy.key)
    leader = list(range(len(ordered)))
    reasons: dict[int, list[str]] = defaultdict(list)
    for left, right in _candidates(ordered):
        roots = _root(leader, left), _root(leader, right)
        if roots[0] == roots[1]:
            continue
        reason = same_origin(ordered[left], ordered[right])
        if reason:
            first, second = min(roots), max(roots)
            leader[second] = first
            reasons[first] += [*reasons.pop(second, []), f"{ordered[right].key} like {ordered[left].key}: {reason}"]
    members: dict[int, list[str]] = defaultdict(list)
    for position, copy in enumerate(ordered):
        members[_root(leader, position)].append(copy.key)
    return [OriginGroup(tuple(keys), tuple(reasons[root])) for root, keys in members.items()]


def _candidates(copies: Sequence[Copy]) -> Iterator[tuple[int, int]]:
    """Give pairs that share a band; in a crowded band only neighbours, which joins the crowd all the same."""
    bands: dict[int, list[int]] = defaultdict(list)
    for position, copy in enumerate(copies):
        for key in band_keys(copy.fingerprint) if copy.fingerprint else ():
            bands[key].append(position)
    pairs = {(left, right) for band in bands.values() for left, right in pairwise(band)}
    pairs |= {(band[0], right) for band in bands.values() for right in band[1:]}
    return iter(sorted(pairs))


def _root(leader: list[int], position: int) -> int:
    while leader[position] != position:
        leader[position] = leader[leader[position]]
        position = leader[position]
    return position


def _band_key(number: int, band: bytes) -> int:
    digest = blake2b(band, digest_size=8, key=number.to_bytes(2, "big")).digest()
    return int.from_bytes(digest, "big", signed=True)


def _hashes(fingerprint: bytes) -> tuple[int, ...]:
    return struct.unpack(f"<{HASHES}I", fingerprint)


def _shingles(text: str) -> list[str]:
    words = WORD.findall(unicodedata.normalize("NFKC", text).casefold())
    return [" ".join(words[at : at + SHINGLE]) for at in range(len(words) - SHINGLE + 1)]
