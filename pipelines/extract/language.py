"""The language of an article, by its words; by what the page declares where there are too few."""

import re

import py3langid

from pipelines.extract.head import Sources
from pipelines.extract.structured import text_value

_CODE = re.compile(r"[a-zA-Z]{2,3}(?=$|[-_])")
# Names some pages give instead of codes, and old codes.
_NAMES = {
    "english": "en", "german": "de", "french": "fr", "spanish": "es", "russian": "ru", "arabic": "ar",
    "iw": "he", "in": "id", "no": "nb", "ua": "uk",
}  # fmt: skip
_ENOUGH = 200


def read_language(sources: Sources, text: str) -> str | None:
    """Return the ISO 639-1 code of the article's language, None where neither text nor page tells."""
    return language_of(text, declared_language(sources))


def language_of(text: str, declared: str | None) -> str | None:
    """Return the code of a text's language; ``declared`` is what its publisher says."""
    sample = text[:400]  # more changes nothing but the cost
    if len(sample.encode()) < _ENOUGH:
        return declared
    found = str(py3langid.classify(sample)[0])
    # Close relatives are told apart better by the publisher than by statistics.
    for family in (
        {"nb", "no", "nn", "da"},
        {"hr", "sr", "bs"},
        {"id", "ms"},
        {"cs", "sk"},
        {"pt", "gl"},
        {"uk", "be"},
    ):
        if found in family and declared in family:
            return declared
    return "nb" if found == "no" else found


def declared_language(sources: Sources) -> str | None:
    """Return the language code the page declares."""
    head = sources.head
    values = (
        text_value(sources.article.get("inLanguage")),
        head.language,
        head.meta("og:locale", "content-language", "language", "dc.language"),
    )
    for value in values:
        if not value:
            continue
        name = value.strip().lower()
        match = _CODE.match(name)
        code = _NAMES.get(name) or (match and _NAMES.get(match[0], match[0]))
        if code:
            return code
    return None
