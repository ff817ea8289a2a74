"""The databases' own full-text search over the same texts with the same filters, to hold ours against."""

from dataclasses import dataclass

from sqlalchemy import Engine, text

from models.filters import ArticleFilters

# Paragraphs are JSON in both databases.
_FTS5 = (
    "CREATE VIRTUAL TABLE IF NOT EXISTS rival USING fts5(headline, body, tokenize = 'unicode61 remove_diacritics 2')",
    """INSERT INTO rival (rowid, headline, body) SELECT r.article_id, r.headline,
       (SELECT group_concat(value ->> 'text', char(10)) FROM json_each(r.paragraphs))
       FROM revision r WHERE NOT EXISTS (SELECT 1 FROM rival)""",
    "INSERT INTO rival (rival) VALUES ('optimize')",
)
_TSVECTOR = (
    "CREATE TABLE IF NOT EXISTS rival (article_id bigint PRIMARY KEY, body text, words tsvector)",
    """INSERT INTO rival SELECT r.article_id, t.body, setweight(to_tsvector('simple', r.headline), 'A') ||
       to_tsvector('simple', t.body) FROM revision r,
       LATERAL (SELECT string_agg(p ->> 'text', chr(10)) AS body FROM jsonb_array_elements(r.paragraphs) p) t
       WHERE NOT EXISTS (SELECT 1 FROM rival)""",
    "CREATE INDEX IF NOT EXISTS ix_rival_words ON rival USING gin (words)",
    "ANALYZE rival",
)
_FROM = "FROM article a JOIN rival ON a.id = {id} WHERE {match}{filters}"
_FILTERS = {
    "since": " AND a.published_at >= :since",
    "until": " AND a.published_at < :until",
    "language": " AND a.language = :language",
    "outlet": " AND a.outlet_id = (SELECT id FROM outlet WHERE name = :outlet)",
}


@dataclass(frozen=True, slots=True)
class Rival:
    """One engine: its name, and how it counts, ranks and cuts snippets of what matches ``:words``."""

    name: str
    id: str
    match: str
    rank: str
    snippet: str

    def ask(self, engine: Engine, words: str, filters: ArticleFilters) -> int:
        """Give how many match; the best twenty are ranked, read and cut to snippets as well."""
        asked = {name: getattr(filters, name) for name in _FILTERS if getattr(filters, name) is not None}
        source = _FROM.format(id=self.id, match=self.match, filters="".join(_FILTERS[name] for name in asked))
        best = f"SELECT a.id, {self.snippet} {source} ORDER BY {self.rank} LIMIT 20"
        if self.name == "tsvector":  # else every match is cut to a snippet before the best are chosen
            ranked = f"SELECT a.id, rival.body {source} ORDER BY {self.rank} LIMIT 20"
            best = f"SELECT best.id, {self.snippet} FROM ({ranked}) best"
        values = {name: value.replace(tzinfo=None) if hasattr(value, "tzinfo") and self.name == "FTS5" else value
                  for name, value in asked.items()} | {"words": words}  # fmt: skip
        with engine.connect() as connection:
            connection.execute(text(best), values).all()
            return connection.execute(text(f"SELECT count(*) {source}"), values).scalar_one()


FTS5 = Rival("FTS5", "rival.rowid", "rival MATCH :words", "rival.rank", "snippet(rival, 1, '[', ']', '...', 30)")
TSVECTOR = Rival(
    "tsvector",
    "rival.article_id",
    "rival.words @@ to_tsquery('simple', :words)",
    "ts_rank(rival.words, to_tsquery('simple', :words)) DESC",
    "ts_headline('simple', best.body, to_tsquery('simple', :words))",
)


def rival_of(engine: Engine) -> Rival:
    """Give the database's own engine."""
    return FTS5 if engine.dialect.name == "sqlite" else TSVECTOR


def fill_rival(engine: Engine) -> None:
    """Fill the database's own engine with the articles, once."""
    with engine.begin() as connection:
        for statement in _FTS5 if rival_of(engine) is FTS5 else _TSVECTOR:
            connection.execute(text(statement))


def in_its_words(rival: Rival, words: list[str], operator: str) -> str:
    """Write words for the engine, joined by AND or OR."""
    if rival.name == "FTS5":
        return f" {operator} ".join(f'"{word}"' for word in words)
    return (" & " if operator == "AND" else " | ").join(f"'{word}'" for word in words)
