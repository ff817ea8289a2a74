import pytest

from pipelines.claims.faq import faq_paragraphs, mark_faq
from pipelines.items import ArticleDraft, ClaimDraft, Evidence, Paragraph, StructuredDraft

ANSWER = "Russia supplied radars to Venezuela in 2023."
FAQ = StructuredDraft(
    0,
    ("FAQPage",),
    {"mainEntity": [{"@type": "Question", "acceptedAnswer": {"text": f"<p>{ANSWER} More is not known.</p>"}}]},
    "script",
)


def draft_of(paragraphs: list[Paragraph], *structured: StructuredDraft) -> ArticleDraft:
    url = "https://x.example/1"
    return ArticleDraft(
        url, url, "link", None, None, (), None, None, "en", "full", tuple(paragraphs), structured_data=structured
    )


HEAD = Paragraph("Frequently Asked Questions", "heading")
ASKED = Paragraph("What did Russia supply?", "heading")
CASES: dict[str, tuple[ArticleDraft, set[int]]] = {
    "a block under its heading": (draft_of([Paragraph("Text."), HEAD, ASKED, Paragraph(ANSWER)]), {1, 2, 3}),
    "it ends at the next heading": (
        draft_of([HEAD, ASKED, Paragraph(ANSWER), Paragraph("Outlook", "heading"), Paragraph("Text.")]),
        {0, 1, 2},
    ),
    "it ends with the last known answer": (
        draft_of([HEAD, ASKED, Paragraph(ANSWER), Paragraph("Text.")], FAQ),
        {0, 1, 2},
    ),
    "in Spanish": (draft_of([Paragraph("Preguntas frecuentes", "heading"), Paragraph(ANSWER)]), {0, 1}),
    "an answer by structured data": (draft_of([Paragraph("What is new?"), Paragraph(ANSWER)], FAQ), {1}),
    "the same words in the article": (draft_of([Paragraph("A report."), Paragraph(ANSWER)], FAQ), set()),
    "a question within an article": (draft_of([ASKED, Paragraph("Nobody knows.")]), set()),
    "structured data that is none": (
        draft_of(
            [Paragraph("What?"), Paragraph(ANSWER)], StructuredDraft(0, ("FAQPage",), {"mainEntity": 7}, "script")
        ),
        set(),
    ),
}


@pytest.mark.parametrize(("draft", "wanted"), CASES.values(), ids=CASES)
def test_faq_paragraphs(draft: ArticleDraft, wanted: set[int]) -> None:
    assert faq_paragraphs(draft) == wanted


def test_claims_in_a_faq_are_marked() -> None:
    draft = draft_of([Paragraph(ANSWER), HEAD, ASKED, Paragraph(ANSWER)])
    claims = tuple(
        ClaimDraft("RUS", "VEN", Evidence("radars", paragraph, 16, 22), "delivered", "asserted", "test", 0.9)
        for paragraph in (0, 3)
    )
    assert [claim.in_faq for claim in mark_faq(draft, claims)] == [False, True]
