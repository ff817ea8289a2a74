"""Everything one article claims: what its sentences and its tables say."""

from pipelines.claims.faq import mark_faq
from pipelines.claims.from_notices import find_notice_claims
from pipelines.claims.from_series import series_claims
from pipelines.claims.from_text import Reader, paragraph_claims
from pipelines.claims.gazetteer import scan
from pipelines.claims.language import reading_language
from pipelines.claims.mentions import find_actors
from pipelines.claims.scene import read_scene
from pipelines.items import ArticleDraft, ClaimDraft

PLACES = frozenset({"in", "none", "source"})  # how a name is bound that is no party


def find_claims(draft: ArticleDraft) -> tuple[ClaimDraft, ...]:
    """Give the claims of an article: of the notices it prints, else of its paragraphs in order; then of its series."""
    published = draft.published.at if draft.published else None
    language = reading_language(draft.text[:4000], draft.language)
    year = published.year if published else None
    reader = Reader(language, year, topic=_topic(draft.headline or "", language, year))
    told = (
        claim
        for place, paragraph in enumerate(draft.paragraphs)
        for claim in paragraph_claims(paragraph.text, place, reader)
    )
    return mark_faq(draft, (*(find_notice_claims(draft) or told), *series_claims(draft)))


def _topic(headline: str, language: str, year: int | None) -> frozenset[str]:
    """Give the two states a headline names first, those apart that only tell where ("off Oman")."""
    actors = find_actors(read_scene(headline, language), scan(headline), year)
    named = dict.fromkeys(actor.code for actor in actors if len(actor.code) == 3 and actor.case not in PLACES)
    return frozenset(list(named)[:2])
