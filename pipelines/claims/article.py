"""Everything one article claims; so far what its tables say."""

from pipelines.claims.from_tables import series_claims
from pipelines.items import ArticleDraft, ClaimDraft


def find_claims(draft: ArticleDraft) -> tuple[ClaimDraft, ...]:
    """Give the claims of an article whose series are named."""
    return series_claims(draft)
