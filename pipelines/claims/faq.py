"""Which paragraphs are questions and answers that repeat an article: what stands there is no origin of anything."""

import re
from collections.abc import Iterator
from dataclasses import replace

from pipelines.items import ArticleDraft, ClaimDraft, Paragraph

HEADING = re.compile(
    r"\bFAQs?\b|frequently asked|preguntas frecuentes|perguntas frequentes|foire aux questions|questions fr[eé]quentes|"
    r"часто задаваемые|вопросы и ответы|sık(?:ça)? sorulan|häufig gestellte|الأسئلة الشائعة|часті запитання",
    re.IGNORECASE,
)
TAG = re.compile(r"<[^<>]{0,500}>")
NOT_WORD = re.compile(r"[\W_]+")
QUESTION = ("?", "？", "؟")
MOST_ANSWERS = 200


def mark_faq(draft: ArticleDraft, claims: tuple[ClaimDraft, ...]) -> tuple[ClaimDraft, ...]:
    """Give the claims, those marked that stand among questions and answers."""
    paragraphs = faq_paragraphs(draft) if claims else frozenset()
    return tuple(replace(claim, in_faq=True) if claim.evidence.paragraph in paragraphs else claim for claim in claims)


def faq_paragraphs(draft: ArticleDraft) -> frozenset[int]:
    """Give the numbers of the paragraphs that are a question or its answer."""
    answers = [answer for answer in map(_plain, _answers(draft)) if answer]
    found = set()
    in_block = after_question = False
    for number, paragraph in enumerate(draft.paragraphs):
        is_question = paragraph.text.rstrip().endswith(QUESTION)
        if paragraph.kind == "heading":
            in_block = bool(HEADING.search(paragraph.text)) or (in_block and is_question)
        if in_block or (after_question and _is_answer(paragraph, answers)):
            found.add(number)
        after_question = is_question or (after_question and number in found)
    return frozenset(_without_rest(draft, found, answers))


def _without_rest(draft: ArticleDraft, found: set[int], answers: list[str]) -> set[int]:
    """Leave out what follows the last answer without a heading, where the page itself says what its answers are."""
    texts = {number for number in found if draft.paragraphs[number].kind != "heading"}
    known = {number for number in texts if _is_answer(draft.paragraphs[number], answers)}
    return found - texts | known if known else found


def _is_answer(paragraph: Paragraph, answers: list[str]) -> bool:
    plain = _plain(paragraph.text)
    return bool(plain) and any(plain in answer for answer in answers)


def _answers(draft: ArticleDraft) -> Iterator[str]:
    """Give the texts that the page's own FAQPage accepts as answers."""
    questions = [
        question
        for each in draft.structured_data
        if each.data is not None and "FAQPage" in each.types
        for question in _listed(each.data.get("mainEntity"))
    ]
    for question in questions[:MOST_ANSWERS]:
        answer = question.get("acceptedAnswer") if isinstance(question, dict) else None
        for each in _listed(answer):
            if isinstance(each, dict) and isinstance(each.get("text"), str):
                yield each["text"]


def _listed(value: object) -> list[object]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _plain(text: str) -> str:
    return NOT_WORD.sub(" ", TAG.sub(" ", text)).strip().casefold()
