"""The labelled parts of US notices of proposed arms sales: what stands under "(i) Prospective Purchaser" and so on."""

import re
from dataclasses import dataclass, field

from pipelines.items import ArticleDraft, Paragraph

# "(iii)" and classification marks such as "(U)" may stand before a label; reports of an enhancement shorten theirs.
LABEL = re.compile(
    r"(?:\([ivx]{1,4}\)\s{0,3}(?:\([A-Z]{1,3}\)\s{0,3})?)?"
    r"(?:(?P<purchaser>Prospective\sPurchaser|(?<=\(i\)\s)Purchaser)|(?P<value>Total\sEstimated\sValue)"
    r"|(?P<articles>Description\sand\sQuantity\sor\sQuantities\sof\sArticles\sor\sServices\s(?:under|for)\sConsideration"
    r"(?:\sfor\sPurchase)?|(?<=\(iii\)\s)Description(?=:))"
    r"|(?P<enhanced>Sec\.\s36\(b\)\(1\),\sAECA\sTransmittal\sNo\.?)"
    r"|(?P<department>Military\sDepartment)|(?P<prior>Prior\sRelated\sCases?(?:,\sif\sany)?)"
    r"|(?P<commission>Sales\sCommission,\sFee)|(?P<sensitivity>Sensitivity\sof\sTechnology)"
    r"|(?P<reasons>(?<=\(iv\)\s)Significance(?=:)|(?<=\(v\)\s)Justification(?=:))"
    r"|(?P<day>Date\sReport\sDelivered\sto\sCongress)|(?P<end>\*?\s?as\sdefined\sin\sSection\s47|POLICY\sJUSTIFICATION))"
    r"\s{0,3}:?\s{0,3}",
    re.IGNORECASE,
)
CASE = re.compile(
    r"Transmittals?\s{1,3}(?:Nos?\.?|Number|#)?\s{0,3}:?\s{0,3}(\d{2})\s?[-‐‑‒–—−]\s?(\d{1,3}|\d{0,2}[A-Z])\b"
)
NUMBER = re.compile(r"\b(\d{2})\s?[-‐‑‒–—−]\s?(\d{1,3})\b")


@dataclass(frozen=True, slots=True)
class Span:
    """A part of one paragraph."""

    paragraph: int
    start: int
    end: int
    text: str

    def part(self, start: int, end: int | None = None) -> "Span":
        """Give a part of the part."""
        end = len(self.text) if end is None else end
        return Span(self.paragraph, self.start + start, self.start + end, self.text[start:end])


@dataclass(slots=True)
class Notice:
    """The labelled parts of one notice; ``case_number`` is the last transmittal named before them."""

    case_number: str | None
    parts: dict[str, list[Span]] = field(default_factory=dict)

    def text(self, name: str) -> str:
        """Give the words of a part."""
        return "\n".join(span.text for span in self.parts.get(name, ()))

    @property
    def enhanced_case(self) -> str | None:
        """Give the earlier case that a report of an enhancement is about."""
        match = NUMBER.search(self.text("enhanced"))
        return f"{match[1]}-{match[2]}" if match else None


def find_notices(draft: ArticleDraft) -> list[Notice]:
    """Part the text at its labels; lines of one item may stand in one paragraph or in several."""
    notices: list[Notice] = []
    case = _case_in(draft.headline or "") or _first_case(draft.paragraphs)
    name = "end"
    for number, paragraph in enumerate(draft.paragraphs):
        whole = Span(number, 0, len(paragraph.text), paragraph.text)
        at = 0
        for label in LABEL.finditer(paragraph.text):
            between = whole.part(at, label.start())
            _keep(notices, name, between)
            case = _case_in(between.text) or case
            name, at = label.lastgroup or "end", label.end()
            if name == "purchaser":
                notices.append(Notice(case))
        rest = whole.part(at)
        _keep(notices, name, rest)
        case = _case_in(rest.text) or case
    return [each for each in notices if {"purchaser", "articles"} <= each.parts.keys()]


def _keep(notices: list[Notice], name: str, span: Span) -> None:
    if notices and name != "end" and span.text.strip():
        notices[-1].parts.setdefault(name, []).append(span)


def _first_case(paragraphs: tuple[Paragraph, ...]) -> str | None:
    return next((case for each in paragraphs if (case := _case_in(each.text))), None)


def _case_in(text: str) -> str | None:
    """Give the last transmittal a text names."""
    found = CASE.findall(text)
    return f"{found[-1][0]}-{found[-1][1]}" if found else None
