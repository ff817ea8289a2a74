"""A corpus of varied articles as rows: languages, outlets, dates, words and claims spread as news spreads them.

The words are made up (syllables with endings of the language, by Zipf's law), but for those of the trade, states and
designations, which are real. The same seed gives the same rows.
"""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import accumulate
from random import Random
from typing import Any

from sqlalchemy import Engine, Table, insert, text
from sqlalchemy.orm import Session

from models import Base, Outlet, Source
from pipelines.claims.entries import read_rows

NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
OUTLETS = 400
VOCABULARY = 60_000  # words of a language
CHUNK = 5_000  # articles a transaction
STATUSES = {"contracted": 30, "delivered": 20, "approved": 14, "negotiating": 9, "offered": 6, "requested": 6,
            "delivering": 5, "in_production": 3, "donated": 3, "suspended": 2, "cancelled": 1, "denied": 1}  # fmt: skip
CURRENCIES = {"USD": 60, "EUR": 25, "GBP": 6, "RUB": 4, "TRY": 3, "PLN": 2}
COUNTRIES = {"en": "US GB AU IN", "es": "ES MX AR CO", "fr": "FR BE", "pt": "BR PT", "ar": "EG SA AE", "uk": "UA"}
KINDS = {"newspaper": 50, "specialist press": 20, "broadcaster": 12, "agency": 8, "government": 8, "think tank": 2}
ACCESS = {"full": 88, "teaser": 8, "unknown": 4}
# Weight, syllables, endings, and words of the trade in several forms.
LANGUAGES: dict[str, tuple[int, str, str, str]] = {
    "en": (45, "ba co de fi gra ho in ju ka lo mi na or per qui ra sta tre un ver wa", "s ed ing er ly tion ment",
           "tank tanks missile missiles frigate frigates howitzer howitzers deal delivered delivery export exports"),
    "ru": (14, "ба во го де жи за ил ко ла ми но ор пе ро ста тре ум фа хо че", "ы ов ам ами ах ой ого ая ые",
           "танк танков танки ракета ракеты ракет фрегат фрегаты гаубица гаубицы поставка поставки контракт"),
    "es": (12, "ba ca de fi gra ha in ju la ma no or pe qui ra sa tre un va", "s ción ado ada ar ando mente es",
           "tanque tanques misil misiles fragata fragatas obús obuses contrato entrega entregas exportación"),
    "fr": (8, "ba cha de fi gra hé in jou la mai no or pé qui ra sa tré un vo", "s tion é ée er ment es aux",
           "char chars missile missiles frégate frégates obusier obusiers contrat livraison livraisons"),
    "de": (6, "ba che de fi gra hau in ju kei lö mü na or per ra sta tre un wei", "en er ung ungen lich keit es",
           "Panzer Panzern Rakete Raketen Fregatte Fregatten Haubitze Haubitzen Vertrag Lieferung Lieferungen"),
    "tr": (5, "ba ca de fı gü ha in ju ka lo mı na ör per ra sa tü un ya", "lar ler da dan ları nın mış yor",
           "tank tankları füze füzeleri fırkateyn obüs obüsleri sözleşme teslimat teslimatı ihracat"),
    "ar": (4, "با تا دا را سا عا فا قا كا لا ما نا ها وا يا", "ات ون ين ة ها",
           "دبابة دبابات صاروخ صواريخ فرقاطة صفقة تسليم عقد"),
    "pt": (3, "ba ca de fi gra ha in ju la ma nhã or pe que ra são tre un va", "s ção ado ada ar ando mente",
           "tanque tanques míssil mísseis fragata fragatas contrato entrega exportação"),
    "uk": (2, "ба во го де жи за їл ко ла ми но ор пе ро ста тре ум фа хо че", "и ів ам ами ах ої ого",
           "танк танків ракета ракети фрегат гаубиця гаубиці постачання контракт"),
    "pl": (1, "ba czo de fi gra ho in ju ka ło mi na ór per ra sta trze un wa", "y ów ami ach ego owa",
           "czołg czołgi rakieta rakiety fregata haubica haubice umowa dostawa dostawy"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Weighted:
    """Values drawn by their weights."""

    values: list[Any]
    weights: list[float]

    @classmethod
    def by_zipf(cls, values: list[Any]) -> "Weighted":
        """Weigh values by their rank, as words of a language are."""
        return cls(values, list(accumulate(1 / (rank + 2.7) for rank in range(len(values)))))

    @classmethod
    def of(cls, weights: dict[str, int]) -> "Weighted":
        """Weigh values as given."""
        return cls(list(weights), list(accumulate(map(float, weights.values()))))

    def draw(self, random: Random, count: int = 1) -> list[Any]:
        """Draw so many values, each time from all."""
        return random.choices(self.values, cum_weights=self.weights, k=count)


def make_vocabulary(language: str, random: Random) -> Weighted:
    """Make the words of a language, those of the trade among the frequent ones."""
    _, syllables, endings, trade = LANGUAGES[language]
    first, last, words = syllables.split(), ["", *endings.split()], []
    known = set(trade.split())
    while len(known) < VOCABULARY:
        syllables_drawn = 2 if len(words) < 500 else random.randint(3, 5)  # frequent words are short
        word = "".join(random.choices(first, k=syllables_drawn)) + random.choice(last)
        if word not in known:
            known.add(word)
            words.append(word)
    for number, word in enumerate(trade.split()):
        words.insert(40 + 25 * number, word)
    return Weighted.by_zipf(words)


class Corpus:
    """What rows are drawn from: so many articles."""

    def __init__(self, size: int, seed: int = 6) -> None:
        self.size, self.seed, self.random = size, seed, Random(seed)
        shuffled = Random(seed)
        self.vocabularies = {name: make_vocabulary(name, shuffled) for name in LANGUAGES}
        self.languages = Weighted.of({name: parts[0] for name, parts in LANGUAGES.items()})
        states = [row for row in read_rows("actors.csv") if row["type"] == "state"]
        weapons = read_rows("weapons.csv")
        for rows in (states, weapons):
            shuffled.shuffle(rows)
        self.states = Weighted.by_zipf([(row["iso3"], row["name"]) for row in states])
        self.weapons = Weighted.by_zipf([(row["name"], row["category"]) for row in weapons])
        self.outlets = self._outlets(shuffled)
        self.authors = [" ".join(self.vocabularies["en"].draw(shuffled, 2)).title() for _ in range(5000)]
        self.statuses, self.currencies, self.access = (
            Weighted.of(STATUSES),
            Weighted.of(CURRENCIES),
            Weighted.of(ACCESS),
        )

    def _outlets(self, random: Random) -> dict[str, Weighted]:
        """Give the numbers of outlets by the language they write in; few outlets publish most."""
        by_language: dict[str, list[int]] = {name: [] for name in LANGUAGES}
        names = [*LANGUAGES, *self.languages.draw(random, OUTLETS - len(LANGUAGES))]
        for number, language in enumerate(names, 1):
            by_language[language].append(number)
        self.outlet_languages = names
        return {name: Weighted.by_zipf(numbers) for name, numbers in by_language.items()}

    def articles(self) -> Iterator[dict[str, Any]]:
        """Give the articles in the order they were seen: the newest last, more of them in later years."""
        for number in range(1, self.size + 1):
            age = (1 - number / self.size) ** 1.5 * 4000
            yield self._article(number, NOW - timedelta(days=age))

    def _article(self, number: int, published: datetime) -> dict[str, Any]:
        random, language = self.random, self.languages.draw(self.random)[0]
        words = self.vocabularies[language]
        claims = [self._claim() for _ in range(random.choices((0, 1, 2, 3, 5), (35, 35, 18, 8, 4))[0])]
        length = min(max(int(random.lognormvariate(5.1, 0.5)), 30), 1500)
        drawn = words.draw(random, length)
        paragraphs = [" ".join(drawn[at : at + 60]).capitalize() + "." for at in range(0, length, 60)]
        paragraphs[1:1] = [claim["quote"] for claim in claims]
        return {
            "number": number,
            "language": language,
            "outlet": self.outlets[language].draw(random)[0],
            "published": None if random.random() < 0.03 else published,
            "seen": published + timedelta(minutes=random.randint(5, 600)),
            "headline": " ".join(words.draw(random, 8)).capitalize(),
            "authors": random.sample(self.authors, random.choices((0, 1, 2), (30, 60, 10))[0]),
            "access": self.access.draw(random)[0],
            "paragraphs": paragraphs,
            "claims": claims,
        }

    def _claim(self) -> dict[str, Any]:
        random = self.random
        (supplier, seller), (recipient, buyer) = self.states.draw(random, 2)
        weapon, category = self.weapons.draw(random)[0]
        count, value = random.randint(2, 300), round(random.lognormvariate(19.5, 1.6), -6) or 1e6
        has_value = random.random() < 0.3
        return {
            "supplier": supplier, "recipient": recipient, "weapon": weapon, "weapon_raw": [weapon],
            "category": category, "quantity": count, "status": self.statuses.draw(random)[0], "modality": "asserted",
            "value_min": value if has_value else None, "value_max": value if has_value else None,
            "currency": self.currencies.draw(random)[0] if has_value else None, "rule": "supplier delivers",
            "confidence": 0.8, "quote": f"{seller} sends {count} {weapon} to {buyer}.",
        }  # fmt: skip


def write_corpus(engine: Engine, corpus: Corpus) -> None:
    """Write the corpus into an empty database, so many articles a transaction."""
    _write_outlets(engine, corpus)
    pending: list[dict[str, Any]] = []
    for article in corpus.articles():
        pending.append(article)
        if len(pending) == CHUNK or article["number"] == corpus.size:
            with engine.begin() as connection:
                for table, rows in _rows(pending).items():
                    if rows:
                        connection.execute(insert(table), rows)
            pending.clear()
    _write_transfers(engine)
    with engine.begin() as connection:
        connection.execute(text("UPDATE article SET current_revision_id = id"))
    settle(engine)


def _write_outlets(engine: Engine, corpus: Corpus) -> None:
    kinds, random = Weighted.of(KINDS), Random(corpus.seed)
    with Session(engine) as session, session.begin():
        for number, language in enumerate(corpus.outlet_languages, 1):
            name = f"{' '.join(corpus.vocabularies[language].draw(random, 2)).title()} {number}"
            country = random.choice(COUNTRIES.get(language, language.upper()).split())
            outlet = Outlet(id=number, name=name, country=country, languages=[language], kind=kinds.draw(random)[0])
            session.add_all(
                [outlet, Source(id=number, name=f"source_{number}", outlet=outlet, interval=3600, next_crawl_at=NOW)]
            )


_TABLES: dict[str, Table] = {name: Base.metadata.tables[name] for name in
                             ("page", "capture", "article", "revision", "claim", "article_change")}  # fmt: skip


def _rows(articles: list[dict[str, Any]]) -> dict[Table, list[dict[str, Any]]]:
    """Give the rows of some articles, table by table in the order they may be written; ids are the article's number."""
    rows: dict[str, list[dict[str, Any]]] = {name: [] for name in ("article", *_TABLES)}
    for each in articles:
        number, source, seen = each["number"], each["outlet"], each["seen"]
        url, text_of = f"https://outlet{source}.example/{number}", "\n\n".join(each["paragraphs"])
        rows["article"].append(_article_row(each, url))
        rows["page"].append({
            "id": number, "url": url, "source_id": source, "article_id": number, "found_at": seen, "found_in": "feed",
            "state": "done", "attempts": 0, "next_fetch_at": None,
        })  # fmt: skip
        rows["capture"].append({
            "id": number, "page_id": number, "fetched_at": seen, "final_url": url, "status": 200, "sha256": "ab" * 32,
            "bytes": 9000, "warc_file": f"{source}.warc.gz", "warc_offset": number, "warc_length": 3000,
        })  # fmt: skip
        rows["revision"].append({
            "id": number, "article_id": number, "capture_id": number, "seen_at": seen, "headline": each["headline"],
            "published_at": each["published"], "text_sha256": hashlib.sha256(text_of.encode()).hexdigest(),
            "paragraphs": [{"text": part, "kind": "text"} for part in each["paragraphs"]],
        })  # fmt: skip
        for place, claim in enumerate(each["claims"]):
            rows["claim"].append({**claim, "revision_id": number, "position": place, "paragraph": place + 1, "start": 0,
                                  "end": len(claim["quote"]), "in_faq": False})  # fmt: skip
        rows["article_change"].append({"article_id": number})
    return {Base.metadata.tables[name]: found for name, found in rows.items()}


def _article_row(each: dict[str, Any], url: str) -> dict[str, Any]:
    return {
        "id": each["number"], "canonical_url": url, "canonical_origin": "link rel=canonical", "headline_origin": "h1",
        "source_id": each["outlet"], "outlet_id": each["outlet"], "headline": each["headline"],
        "authors": each["authors"], "published_at": each["published"], "published_origin": "json-ld",
        "published_precision": "minute", "first_seen_at": each["seen"], "language": each["language"],
        "access": each["access"], "keywords": [], "relevance": 0.9, "relevance_reasons": ["two states and a weapon"],
        "candidates": [], "problems": [], "origin_group": each["number"],
    }  # fmt: skip


def settle(engine: Engine) -> None:
    """Let ids go on from those written, and let the database look at what it holds."""
    with engine.begin() as connection:
        if engine.dialect.name == "postgresql":
            for name in ("outlet", "source", "article", "page", "capture", "revision", "transfer"):
                connection.execute(text(f"SELECT setval('{name}_id_seq', (SELECT max(id) FROM {name}))"))
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("VACUUM ANALYZE" if engine.dialect.name == "postgresql" else "ANALYZE"))


def _write_transfers(engine: Engine) -> None:
    """Join the claims of one supplier and recipient into a transfer each: some thirty, as of a deal much reported."""
    json_empty = json.dumps([])
    numbered = "DENSE_RANK() OVER (ORDER BY supplier, recipient)"
    lists = ", ".join(f"'{json_empty}'" for _ in range(8))
    with engine.begin() as connection:
        connection.execute(text(
            f"""INSERT INTO transfer (id, key, supplier, recipient, weapon, category, first_reported_at, status,
                independent_origins, items, beside, rungs, quantities, amounts, origins, contradictions, agreements)
                SELECT row_number() OVER (ORDER BY c.supplier, c.recipient),
                c.supplier || '-' || c.recipient, c.supplier, c.recipient, min(c.weapon), min(c.category),
                min(r.published_at), min(c.status), count(*), {lists}
                FROM claim c JOIN revision r ON r.id = c.revision_id GROUP BY c.supplier, c.recipient"""
        ))  # fmt: skip
        connection.execute(text(
            f"""INSERT INTO transfer_claim (transfer_id, claim_id, status, role)
                SELECT {numbered}, id, status, 'support' FROM claim"""
        ))  # fmt: skip
