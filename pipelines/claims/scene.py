"""One sentence: its words, and what the tables say of each."""

from collections.abc import Sequence
from dataclasses import dataclass

from pipelines.claims.words import Phrase, Word, find_phrases, split_words

LEAST_WORDS = 3  # of a title
LONGEST_PARTICLE = 3  # "of", "the", "and" stay small in titles


@dataclass(frozen=True, slots=True)
class Scene:
    """The words of one sentence with what the tables say of them."""

    text: str
    words: Sequence[Word]
    cues: dict[int, frozenset[str]]
    language: str

    @property
    def is_titled(self) -> bool:
        """Tell whether it is printed as a title, with nearly Every Word in Capitals."""
        initials = [self.text[word.start] for word in self.words if word.end - word.start > LONGEST_PARTICLE]
        return len(initials) > LEAST_WORDS and sum(map(str.islower, initials)) <= len(initials) // 6

    @property
    def is_romance(self) -> bool:
        """Tell whether adjectives of nations stand behind their nouns."""
        return self.language in {"es", "fr", "pt"}

    def has(self, place: int, cue: str) -> bool:
        """Answer whether the word at a place is (part of) such a cue."""
        return cue in self.cues.get(place, ())

    def gap(self, first: int, last: int) -> str:
        """Give the text between two words."""
        return self.text[self.words[first].end : self.words[last].start] if 0 <= first < last < len(self.words) else ""


def read_scene(text: str, language: str) -> Scene:
    """Give the words of a sentence with their cues."""
    words = split_words(text)
    return Scene(text, words, positions(find_phrases(words, "cues.csv", language)), language)


def positions(phrases: Sequence[Phrase]) -> dict[int, frozenset[str]]:
    """Give the kinds of cue at each word."""
    places: dict[int, set[str]] = {}
    for phrase in phrases:
        for place in range(phrase.first, phrase.last):
            places.setdefault(place, set()).add(phrase.kind)
    return {place: frozenset(kinds) for place, kinds in places.items()}
