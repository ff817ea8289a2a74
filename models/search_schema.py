"""What the full-text index holds of an article, and how words are made of text.

Each article is in the plain fields: words as they stand, without case and accents. A language with a stemmer has two
fields more, headline and text by stems, so that one word form finds the others whatever language is asked for.
"""

import unicodedata
from collections.abc import Sequence
from functools import cache

from tantivy import (
    Document,
    Filter,
    Index,
    PreTokenizedString,
    Schema,
    SchemaBuilder,
    TextAnalyzer,
    TextAnalyzerBuilder,
    Token,
    Tokenizer,
)

from models.article import Article, Revision
from models.claim import Claim

STEMMERS = {
    "ar": "arabic", "da": "danish", "de": "german", "el": "greek", "en": "english", "es": "spanish", "fi": "finnish",
    "fr": "french", "hu": "hungarian", "it": "italian", "nb": "norwegian", "nl": "dutch", "no": "norwegian",
    "pt": "portuguese", "ro": "romanian", "ru": "russian", "sv": "swedish", "ta": "tamil", "tr": "turkish",
}  # fmt: skip

PLAIN_FIELDS = ("headline", "body", "names")
STEM_FIELDS = tuple(f"{part}_{language}" for language in STEMMERS for part in ("headline", "body"))

CLAIM_FACETS = ("supplier", "recipient", "category", "status")  # counted by article; fields of the index as well

# Scripts without spaces are indexed letter by letter; a word of theirs becomes a phrase.
_NO_SPACES = r"\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}"
_WORDS = rf"[{_NO_SPACES}]|[[\p{{L}}\p{{N}}\p{{M}}]--[{_NO_SPACES}]]+"

# Letters that are written either way; each pair has the same length in UTF-8, so that places in the text stay.
_SAME_LETTERS = str.maketrans("ёЁҐґİأإآى", "еЕГгÌاااي")


def searchable(text: str) -> str:
    """Give the text as it is indexed and asked for: composed, with interchangeable letters made one."""
    return unicodedata.normalize("NFC", text).translate(_SAME_LETTERS)


@cache
def plain_analyzer() -> TextAnalyzer:
    """Make words of text as they stand, without case and accents."""
    words = TextAnalyzerBuilder(Tokenizer.regex(_WORDS)).filter(Filter.remove_long(100))
    return words.filter(Filter.ascii_fold()).filter(Filter.lowercase()).build()


@cache
def stem_analyzer(language: str) -> TextAnalyzer:
    """Make stems of text; accents go last, because stemmers know endings by them.

    The simple tokenizer is five times as fast, but takes Tamil's marks for ends of words.
    """
    tokenizer = Tokenizer.regex(_WORDS) if language == "ta" else Tokenizer.simple()
    words = TextAnalyzerBuilder(tokenizer).filter(Filter.remove_long(100)).filter(Filter.lowercase())
    return words.filter(Filter.stemmer(STEMMERS[language])).filter(Filter.ascii_fold()).build()


@cache
def schema() -> Schema:
    """Give the fields of the index; an index with other fields is rebuilt."""
    builder = SchemaBuilder()
    for name in ("article_id", "revision_id", "outlet_id", "source_id"):
        builder.add_unsigned_field(name, indexed=True, fast=True)
    builder.add_integer_field("published", indexed=True, fast=True)
    builder.add_integer_field("seen", fast=True)
    builder.add_unsigned_field("year", fast=True)
    builder.add_text_field("language", stored=True, fast=True, tokenizer_name="raw", index_option="basic")
    for name in ("access", *CLAIM_FACETS):
        builder.add_text_field(name, fast=True, tokenizer_name="raw", index_option="basic")
    builder.add_text_field("claims", tokenizer_name="raw")
    builder.add_bytes_field("shown", stored=True)
    for name in PLAIN_FIELDS:
        builder.add_text_field(name, tokenizer_name="plain_1")
    for name in STEM_FIELDS:
        builder.add_text_field(name, tokenizer_name=f"stems_1_{name[-2:]}", index_option="freq")
    return builder.build()


def register_analyzers(index: Index) -> None:
    """Tell an opened index how words are made; the number in the names changes when the way does."""
    index.register_tokenizer("plain_1", plain_analyzer())
    for language in STEMMERS:
        index.register_tokenizer(f"stems_1_{language}", stem_analyzer(language))


def language_of(article_language: str | None) -> str | None:
    """Give the plain language of a tag such as "pt-BR"."""
    return article_language.lower().replace("_", "-").partition("-")[0] if article_language else None


def seen_number(revision: Revision) -> int:
    """Give the time a revision was seen in microseconds: with its id, no two databases have it in common."""
    return round(revision.seen_at.timestamp() * 1_000_000)


def shown_text(revision: Revision) -> str:
    """Give the main text as snippets show it."""
    return unicodedata.normalize("NFC", "\n".join(each["text"] for each in revision.paragraphs))


def fact(name: str, value: str) -> str:
    """Give the term that a claim's fact is found by, whatever its case."""
    return f"{name}={value.lower()}"


def claim_facts(claim: Claim) -> set[str]:
    """Give the terms of all that is known of one claim; a designation is found by its first words too."""
    facts = {fact(name, value) for name in CLAIM_FACETS if (value := getattr(claim, name)) is not None}
    words = claim.weapon.split() if claim.weapon else []
    return facts | {fact("weapon", " ".join(words[:count])) for count in range(1, len(words) + 1)}


def _claims_text(claims: Sequence[Claim]) -> PreTokenizedString:
    """Put the facts of one claim at one position, so that a phrase of no length asks for one and the same claim."""
    facts = ((place, term) for place, claim in enumerate(claims) for term in sorted(claim_facts(claim)))
    return PreTokenizedString("", [Token(term, place, 0) for place, term in facts])


def article_document(article: Article, revision: Revision, claims: Sequence[Claim]) -> Document:
    """Make the index document of an article as a revision reads, with the claims it makes there."""
    document = Document()
    for name, number in _numbers(article, revision).items():
        document.add_unsigned(name, number)
    if article.published_at is not None:
        document.add_integer("published", int(article.published_at.timestamp()))
        document.add_unsigned("year", article.published_at.year)
    for name in CLAIM_FACETS:
        for value in {getattr(claim, name) for claim in claims} - {None}:
            document.add_text(name, value)
    document.add_pre_tokenized_text("claims", _claims_text(claims))
    document.add_integer("seen", seen_number(revision))
    language = language_of(article.language)
    headline, shown = searchable(article.headline or ""), shown_text(revision)
    body = searchable(shown)
    document.add_text("language", language or "")
    document.add_text("access", article.access)
    document.add_bytes("shown", shown.encode())
    document.add_text("names", searchable("\n".join([article.outlet.name, *article.authors])))
    document.add_text("headline", headline)
    document.add_text("body", body)
    if language in STEMMERS:
        document.add_text(f"headline_{language}", headline)
        document.add_text(f"body_{language}", body)
    return document


def _numbers(article: Article, revision: Revision) -> dict[str, int]:
    return {
        "article_id": article.id,
        "revision_id": revision.id,
        "outlet_id": article.outlet_id,
        "source_id": article.source_id,
    }
