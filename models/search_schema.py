"""What the full-text index holds of an article, and how words are made of text.

Each article is in the plain fields: words as they stand, without case and accents. A language with a stemmer has two
fields more, headline and text by stems, so that one word form finds the others whatever language is asked for.
"""

import unicodedata
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Literal

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

# Endings of one word between which the stemmer sees no kinship; asking for either form asks for the other too.
OTHER_ENDINGS = {
    "ar": (("ة", "ات"),),
    "pt": (("ão", "ões"), ("cao", "ções"), ("il", "eis"), ("el", "eis"), ("al", "ais")),
    "ru": (("ка", "ок"), ("ка", "ек")),
    "tr": (("", "ler"), ("", "lar"), ("", "leri"), ("", "ları"), ("", "sı"), ("", "si")),
}

PLAIN_FIELDS = ("headline", "text", "author", "publisher")
STEMMED_FIELDS = ("headline", "text")
STEM_FIELDS = tuple(f"{part}_{language}" for language in STEMMERS for part in STEMMED_FIELDS)

# What is counted, each a field that holds the values as they are. A claim's facts may be several for an article.
ARTICLE_FACETS = ("outlet", "country", "kind", "language", "access", "year")
CLAIM_FACETS = ("supplier", "recipient", "category", "status")

VALUE_DIGITS = 15
# Each claim says of every step whether its value may reach it, so that one term asks for all that lies beyond.
VALUE_STEPS = tuple(digit * 10**zeros for zeros in range(3, VALUE_DIGITS) for digit in (1, 2, 5))
UNDATED = 2**62
ARTICLES_A_SECOND = 2**22

# Scripts without spaces are indexed letter by letter; a word of theirs becomes a phrase.
_NO_SPACES = r"\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}"
_WORDS = rf"[{_NO_SPACES}]|[[\p{{L}}\p{{N}}\p{{M}}]--[{_NO_SPACES}]]+"

# Letters that are written either way; each pair has the same length in UTF-8, so that places in the text stay.
_SAME_LETTERS = dict(zip("ёЁҐґİأإآى", "еЕГгÌاااي", strict=True))


def searchable(text: str) -> str:
    """Give the text as it is indexed and asked for: composed, with interchangeable letters made one."""
    text = unicodedata.normalize("NFC", text)
    for letter, written in _SAME_LETTERS.items():  # nine replacements are many times as fast as one translate()
        text = text.replace(letter, written)
    return text


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


def stems(language: str, word: str) -> list[str]:
    """Give the stems a single word is found by; none where it is more than one word, or only signs."""
    forms = [word, *(form for pair in OTHER_ENDINGS.get(language, ()) for form in _other_forms(word.lower(), *pair))]
    found = [stem_analyzer(language).analyze(searchable(form)) for form in forms]
    return sorted({each[0] for each in found if len(each) == 1}) if len(found[0]) == 1 else []


def _other_forms(word: str, first: str, second: str) -> Iterator[str]:
    for old, new in ((first, second), (second, first)):
        if word.endswith(old) and len(word) > len(old) + 2:
            yield word.removesuffix(old) + new


@cache
def schema() -> Schema:
    """Give the fields of the index; an index with other fields is rebuilt."""
    builder = SchemaBuilder()
    for name in ("article_id", "change_id", "revision_id"):
        builder.add_unsigned_field(name, indexed=True, fast=True)
    for name in ("published", "recency", "seen"):
        builder.add_integer_field(name, indexed=True, fast=True)
    for name in (*ARTICLE_FACETS, *CLAIM_FACETS):
        is_shown = name == "language"
        builder.add_text_field(name, stored=is_shown, fast=True, tokenizer_name="raw", index_option="basic")
    builder.add_text_field("facts", tokenizer_name="raw", index_option="basic")
    builder.add_text_field("claims", tokenizer_name="raw")
    builder.add_bytes_field("shown", stored=True)
    for name in PLAIN_FIELDS:
        builder.add_text_field(name, tokenizer_name="plain_2")
    for name in STEM_FIELDS:
        builder.add_text_field(name, tokenizer_name=f"stems_1_{name[-2:]}", index_option="freq")
    return builder.build()


def register_analyzers(index: Index) -> None:
    """Tell an opened index how words are made; the number in the names changes when the way does."""
    index.register_tokenizer("plain_2", plain_analyzer())
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
    facts |= _value_facts(claim)
    return facts | {fact("weapon", " ".join(words[:count])) for count in range(1, len(words) + 1)}


def _value_facts(claim: Claim) -> set[str]:
    """Give the terms of a claim's value: its currency, both ends, and the steps above one and below the other.

    An end that is open lies as far as can be.
    """
    if claim.currency is None or (claim.value_min is None and claim.value_max is None):
        return set()
    currency = claim.currency.lower()
    least = whole_value(0 if claim.value_min is None else claim.value_min)
    most = whole_value(float("inf") if claim.value_max is None else claim.value_max)
    ends = {fact("currency", currency), exact_value("least", currency, least), exact_value("most", currency, most)}
    reached = {value_step("reaches", currency, step) for step in VALUE_STEPS if step <= most}
    return ends | reached | {value_step("within", currency, step) for step in VALUE_STEPS if step >= least}


def whole_value(value: float) -> int:
    """Give a value in whole units; what is too great is the greatest."""
    greatest = 10**VALUE_DIGITS - 1
    return greatest if value > greatest else round(max(value, 0))


def exact_value(end: Literal["least", "most"], currency: str, value: int) -> str:
    """Give the term of one end of a claim's value, with leading zeros, so that greater is later."""
    return fact(f"{end} {currency}", f"{value:0{VALUE_DIGITS}d}")


def value_step(side: Literal["reaches", "within"], currency: str, step: int) -> str:
    """Give the term of claims whose value may reach a step, or lie within it."""
    return fact(f"{side} {currency}", str(step))


def _claims_text(claims: Sequence[Claim]) -> PreTokenizedString:
    """Put the facts of one claim at one position, so that a phrase of no length asks for one and the same claim."""
    facts = ((place, term) for place, claim in enumerate(claims) for term in sorted(claim_facts(claim)))
    return PreTokenizedString("", [Token(term, place, 0) for place, term in facts])


def article_facts(article: Article) -> dict[str, str]:
    """Give what is known of an article by the names of filters; those of the outlet as they are now."""
    known = {
        "outlet": article.outlet.name,
        "country": article.outlet.country,
        "kind": article.outlet.kind,
        "source": article.source.name,
        "language": language_of(article.language),
        "access": article.access,
        "year": str(article.published_at.year) if article.published_at else None,
    }
    return {name: value for name, value in known.items() if value}


def article_document(article: Article, revision: Revision, claims: Sequence[Claim], change_id: int) -> Document:
    """Make the index document of an article as a revision reads, with the claims it makes there."""
    document = Document()
    document.add_unsigned("article_id", article.id)
    document.add_unsigned("revision_id", revision.id)
    document.add_unsigned("change_id", change_id)
    document.add_integer("seen", seen_number(revision))
    _add_dates(document, article)
    _add_facts(document, article, claims)
    _add_texts(document, article, revision)
    return document


def _add_dates(document: Document, article: Article) -> None:
    """Add the date of publication, and what the newest come first by: those of unknown date last, no two alike."""
    if article.published_at is None:
        document.add_integer("recency", article.id - UNDATED)
        return
    published = int(article.published_at.timestamp())
    document.add_integer("published", published)
    document.add_integer("recency", published * ARTICLES_A_SECOND + article.id % ARTICLES_A_SECOND)


def _add_facts(document: Document, article: Article, claims: Sequence[Claim]) -> None:
    facts = article_facts(article)
    for name, value in facts.items():
        document.add_text("facts", fact(name, value))
        if name in ARTICLE_FACETS:
            document.add_text(name, value)
    for name in CLAIM_FACETS:
        for value in {getattr(claim, name) for claim in claims} - {None}:
            document.add_text(name, value)
    document.add_pre_tokenized_text("claims", _claims_text(claims))


def _add_texts(document: Document, article: Article, revision: Revision) -> None:
    language, shown = language_of(article.language), shown_text(revision)
    headline, body = searchable(article.headline or ""), searchable(shown)
    document.add_bytes("shown", shown.encode())
    document.add_text("author", searchable("\n".join(article.authors)))
    document.add_text("publisher", searchable(article.outlet.name))
    document.add_text("headline", headline)
    document.add_text("text", body)
    if language in STEMMERS:
        document.add_text(f"headline_{language}", headline)
        document.add_text(f"text_{language}", body)
