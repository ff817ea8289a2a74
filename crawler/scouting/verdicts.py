"""What the answers of a check mean: one verdict with its cause class, and what to do about it; pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from crawler.base_spiders.found_dates import found_at
from crawler.scouting.scout import Answer
from crawler.scouting.trial import PageTrial, trouble_of
from models.outlet import CHECK_VERDICTS, GOOD_VERDICTS
from models.source_health import quiet_for
from pipelines.items import Found

STALE_LEAST = timedelta(days=14)
STALE_UNKNOWN = timedelta(days=90)  # where nobody says how much the outlet publishes
REPLACED = ("html instead of", "not a feed")
# Cause classes of requests without an answer, as crawler.failures names them, and their verdict.
CAUSES = {"robots": "robots", "robots unreachable": "unreachable", "DNS": "DNS", "TLS": "certificate"}
DO = {
    "robots": "robots.txt forbids it: ask the outlet for leave, or look for a way in that it allows",
    "certificate": "the outlet's certificate is not valid: tell the outlet; nothing is fetched until it is",
    "blocked": "ask the outlet for leave; nothing is tried to get round a wall",
    "wall": "articles stand behind a wall: what is free of them is kept as a teaser",
}


@dataclass(frozen=True, slots=True)
class Finding:
    """A verdict on one way in or article, its reason in a line, and what to do."""

    verdict: str
    reason: str | None = None
    proposal: str | None = None
    moved_to: str | None = None


def worst(findings: Sequence[Finding]) -> Finding:
    """Give the finding that matters most: red ones before the rest, in the order they came, then what is only odd."""
    red = [each for each in findings if each.verdict not in GOOD_VERDICTS]
    order = {verdict: number for number, verdict in enumerate(("moved", "wall", "undated", "alive"))}
    return red[0] if red else min(findings, key=lambda each: order[each.verdict])


def judge_way_in(
    answer: Answer, found: Sequence[Found], problems: Sequence[str], expected: float | None, now: datetime
) -> Finding:
    """Judge a way in by its answer and what it named; ``expected`` is articles a week."""
    if trouble := trouble_of(answer):
        return _judge_trouble(answer, trouble)
    if not found:
        return _judge_nothing(answer, problems)
    dates = [at for each in found if (at := found_at(each)) and at <= now + timedelta(days=1)]
    if dates and now - max(dates) > stale_after(expected):
        return Finding("stale", f"newest article of {max(dates):%Y-%m-%d}")
    if answer.moved_to:
        return Finding("moved", "redirected for good", f"put {answer.moved_to} into start_urls", answer.moved_to)
    if not dates:
        return Finding("undated", f"none of {len(found)} articles has a date: nothing can be left out by age")
    return Finding("alive")


def stale_after(expected: float | None) -> timedelta:
    """Give the age of the newest article at which a way in counts as forgotten by its outlet."""
    return max(quiet_for(expected), STALE_LEAST) if expected else STALE_UNKNOWN


def _judge_trouble(answer: Answer, trouble: str) -> Finding:
    if trouble.startswith("blocked"):
        return Finding("blocked", trouble, DO["blocked"])
    if answer.status in (404, 410):
        return Finding("gone", trouble)
    verdict = CAUSES.get(answer.cause or "", "unreachable")
    return Finding(verdict, trouble, DO.get(verdict))


def _judge_nothing(answer: Answer, problems: Sequence[str]) -> Finding:
    """Judge an answer that names nothing: replaced by a page, of another layout, or empty."""
    replaced = next((each for each in problems if each.startswith(REPLACED)), None)
    if replaced:
        return Finding("replaced", replaced)
    if "no article links" in problems:
        return Finding("changed", "the listing gives no article links")
    if "no list of items" in problems:
        return Finding("changed", "the interface gives no list where it was")
    malformed = next((each for each in problems if each in {"malformed", "empty answer"}), None)
    return Finding("empty", malformed or f"status {answer.status}, and no article in it")


def judge_article(trials: Sequence[PageTrial]) -> Finding:
    """Judge the articles tried: one that reads well is enough; else what stood in the way of the first."""
    if not trials or trials[-1].is_article:
        is_paid = bool(trials) and trials[-1].access == "teaser"
        return Finding("wall", f"paywall ({trials[-1].url})", DO["wall"]) if is_paid else Finding("alive")
    first = trials[0]
    problem = first.problem or ""
    if problem.startswith("blocked"):
        return Finding("blocked", f"{problem} ({first.url})", DO["blocked"])
    if problem in {"consent wall", "login"}:
        return Finding("wall", f"{problem} ({first.url})", DO["wall"])
    if problem == "robots":
        return Finding("robots", f"the articles are forbidden ({first.url})", DO["robots"])
    if problem:
        return Finding("changed", f"the article cannot be had: {problem} ({first.url})")
    missing = ", ".join(first.missing)
    return Finding("changed", f"{missing} not found ({first.url})", "give the spider rules for its new layout")


assert set(CAUSES.values()) | set(DO) <= set(CHECK_VERDICTS)
