"""Everything one article claims: what its sentences and its tables say."""

from pipelines.claims.faq import mark_faq
from pipelines.claims.from_notices import find_notice_claims
from pipelines.claims.from_series import series_claims
from pipelines.claims.from_text import Reader, paragraph_claims
from pipelines.claims.language import reading_language
from pipelines.claims.places import find_states
from pipelines.items import ArticleDraft, ClaimDraft


def find_claims(draft: ArticleDraft) -> tuple[ClaimDraft, ...]:
    """Give the claims of an article: of the notices it prints, else of its paragraphs in order; then of its series."""
    published = draft.published.at if draft.published else None
    language = reading_language(draft.text[:4000], draft.language)
    reader = Reader(language, published.year if published else None, topic=_topic(draft))
    told = (
        claim
        for place, paragraph in enumerate(draft.paragraphs)
        for claim in paragraph_claims(paragraph.text, place, reader)
    )
    return mark_faq(draft, (*(find_notice_claims(draft) or told), *series_claims(draft)))


def _topic(draft: ArticleDraft) -> frozenset[str]:
    """Give the two states a headline names first; others are mostly its background ("amid US tensions")."""
    named = dict.fromkeys(state.iso3 for state in find_states(draft.headline or ""))
    return frozenset(list(named)[:2])
