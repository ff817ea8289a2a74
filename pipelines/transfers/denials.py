"""Which claims say that something was not so: negated ones, and reports that somebody denied."""

import re
from functools import lru_cache

from pipelines.items import ClaimDraft

# "denied reports that", "denied supplying"; to deny somebody arms is a refusal, not a denial.
WORDS = {
    "en": r"(?<!not )(?<!n['’]t )\b(?:den(?:y|ied|ies)|reject(?:s|ed)?|dismiss(?:es|ed)|refut(?:es|ed))\s"
    r"(?:\w+\s){0,4}?(?:reports?|claims?|allegations?|accusations?)\b"
    r"|(?<!not )(?<!n['’]t )\bden(?:y|ied|ies)\s(?:\w+ly\s|ever\s)?(?:that|having|supplying|selling|delivering|sending"
    r"|shipping|buying|purchasing|receiving|transferring|providing|arming|signing|ordering)\b"
    r"|\bcalled\s(?:\w+\s){0,6}(?:false|fake)\b",
    "es": r"\bdesm(?:int|ient)\w+|\b(?:niega|negó|negaron)\s(?:\w+mente\s)?(?:que|haber|los|las)\b"
    r"|\brechaz\w+\s(?:las\s)?acusaciones\b",
    "ru": r"\bопроверг\w*|\bотрица(?:ет|ют|л|ла|ли)\b|\bотверг\w*\s\w*\s?обвинени\w*"
    r"|\bназва\w+\s(?:\w+\s){0,3}фейк\w*",
    "fr": r"\b(?:a|ont)\s(?:\w+ment\s)?(?:démenti|nié|réfuté)\b|\b(?:dément|démentent|réfute|réfutent)\b",
}
DENIED = re.compile("|".join(WORDS.values()), re.IGNORECASE)


def is_denial(claim: ClaimDraft) -> bool:
    """Answer whether a claim says no: in its own words, or as a report that somebody denies."""
    is_told = claim.modality == "attributed" and claim.status != "denied"
    return claim.modality == "negated" or (is_told and _denies(claim.evidence.quote))


@lru_cache(maxsize=10_000)  # asked for several times while the claims of a pair are joined
def _denies(quote: str) -> bool:
    return DENIED.search(quote) is not None
