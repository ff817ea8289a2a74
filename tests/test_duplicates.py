"""Fingerprints, near-duplicates and origin groups."""

import random
import struct
import subprocess
import sys
from pathlib import Path

import pytest

from pipelines.duplicates import Copy, band_keys, fingerprint, group_articles, is_same_text, similarity

LATIN = "the ministry signed delivery of twelve howitzers with spare parts crews and training next spring said"
CYRILLIC = "министерство подписало контракт на поставку двенадцати гаубиц с запасными частями весной сообщил источник"
WORDS = {
    "latin": LATIN.split(),
    "cyrillic": CYRILLIC.split(),
    "cjk": list("国防部周三宣布将向邻国交付十二门榴弹炮以及备件弹药培训合同总额未公布预计明年春季完成"),
}


def story(script: str, seed: int, length: int = 200) -> str:
    """Make a text of random order, so that two seeds share no long run of words."""
    picked = random.Random(seed).choices(WORDS[script], k=length)
    return ("" if script == "cjk" else " ").join(picked)


def edited(text: str) -> str:
    """Cut the last tenth and put a line in front, as a desk does."""
    return f"From our own desk on Friday morning. {text[: len(text) * 9 // 10]}"


@pytest.mark.parametrize("script", WORDS)
def test_same_text_edited_is_a_copy(script):
    text = story(script, 1)
    assert is_same_text(fingerprint(text), fingerprint(edited(text)))


@pytest.mark.parametrize("script", WORDS)
def test_other_text_of_the_same_words_is_none(script):
    assert not is_same_text(fingerprint(story(script, 1)), fingerprint(story(script, 2)))


def test_typography_does_not_matter():
    text = story("latin", 1)
    assert fingerprint(text) == fingerprint(text.upper().replace(" ", " \n "))


def test_short_text_has_no_fingerprint():
    assert fingerprint("Sign in to read this article.") is None
    assert not is_same_text(None, None)


def test_same_in_every_process():
    code = "from pipelines.duplicates import *; print(fingerprint(' '.join(map(str, range(50)))).hex())"
    root = Path(__file__).parent.parent
    runs = {
        subprocess.run(
            [sys.executable, "-c", code], env={"PYTHONHASHSEED": seed}, capture_output=True, check=True, cwd=root
        ).stdout
        for seed in ("1", "2")
    }
    assert runs == {f"{fingerprint(' '.join(map(str, range(50)))).hex()}\n".encode()}


def test_similarity_estimates_the_share():
    words = [f"word{number}" for number in range(1000)]
    half = [*words[:667], *(f"other{number}" for number in range(333))]
    assert similarity(fingerprint(" ".join(words)), fingerprint(" ".join(half))) == pytest.approx(0.5, abs=0.12)


def test_band_keys_fit_a_bigint_column_and_meet():
    text = story("latin", 3)
    keys = band_keys(fingerprint(text))
    assert len(keys) == 32
    struct.pack("<32q", *keys)
    assert set(keys) & set(band_keys(fingerprint(edited(text))))
    assert not set(keys) & set(band_keys(fingerprint(story("latin", 4))))


def loose_copy(seed: int) -> str:
    """Keep five parts in ten of the text and write the rest anew."""
    return f"{story('latin', 1)[:850]} {story('latin', seed, 70)}"


def groups(*copies: Copy) -> list[tuple[str, ...]]:
    return [group.keys for group in group_articles(copies)]


def test_wire_copy_is_one_group():
    text = story("latin", 1)
    copies = [
        Copy("c", fingerprint(edited(text))),
        Copy("a", fingerprint(text)),
        Copy("b", fingerprint(story("latin", 2))),
    ]
    assert groups(*copies) == groups(*reversed(copies)) == [("a", "c"), ("b",)]


@pytest.mark.parametrize(
    ("one", "other", "joined"),
    [
        pytest.param({"agency": "AFP"}, {"agency": "AFP"}, True, id="same-agency"),
        pytest.param({"agency": "AFP"}, {"agency": "TASS"}, False, id="other-agency"),
        pytest.param({"owner": "Example"}, {"owner": "Example"}, True, id="same-owner"),
        pytest.param({}, {}, False, id="no-tie"),
    ],
)
def test_a_tie_explains_looser_likeness(one, other, joined):
    left, right = fingerprint(story("latin", 1)), fingerprint(loose_copy(9))
    assert 0.36 < similarity(left, right) < 0.59
    found = groups(Copy("a", left, **one), Copy("b", right, **other))
    assert found == ([("a", "b")] if joined else [("a",), ("b",)])


def test_same_owner_alone_joins_nothing():
    one, other = (Copy(str(seed), fingerprint(story("latin", seed)), owner="Example", agency="AFP") for seed in (1, 2))
    assert groups(one, other) == [("1",), ("2",)]


def test_reasons_can_be_read():
    text = fingerprint(story("latin", 1))
    (group,) = group_articles([Copy("a", text), Copy("b", text), Copy("none", None)][:2])
    assert group.reasons == ("b like a: near-identical text (1.00)",)


def test_a_thousand_copies_take_no_time():
    text = fingerprint(story("latin", 1))
    (group,) = group_articles(Copy(f"{number:04}", text) for number in range(1000))
    assert len(group.keys) == 1000
