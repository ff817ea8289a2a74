"""Reads units, scales and kinds of value from headings and captions: "US$ m", "млн долл.", "in thousands", "%"."""

import re
from dataclasses import dataclass
from functools import lru_cache

_CODES = (
    "USD EUR GBP RUB CNY JPY INR KRW TRY UAH PLN SEK NOK DKK CHF CZK HUF RON BGN RSD ILS SAR AED QAR KWD EGP ZAR THB "
    "VND IDR PHP PKR BRL COP MXN CLP PEN VES AUD CAD NZD SGD HKD TWD MYR KZT BYN AZN GEL AMD DZD MAD NGN KES IQD IRR"
)
_CURRENCIES = tuple(
    (re.compile(pattern, re.IGNORECASE), code)
    for pattern, code in (
        (r"\bA\$|\bAU\$|australian dollars?", "AUD"),
        (r"\bC\$|\bCA\$|canadian dollars?", "CAD"),
        (r"\bNT\$|taiwan dollars?", "TWD"),
        (r"\bHK\$", "HKD"),
        (r"\bS\$|singapore dollars?", "SGD"),
        (r"\bR\$|\breais\b", "BRL"),
        (r"\bNZ\$", "NZD"),
        (r"€|\beuros?\b|\bевро\b|\bєвро\b|\beur\b|\bavro\b|欧元|يورو", "EUR"),
        (r"£|\bpounds? sterling\b|\bsterling\b", "GBP"),
        (r"₽|\bруб(?:л[а-я]*|\b\.?)|\brubles?\b|\broubles?\b", "RUB"),
        (r"\bRMB\b|\byuan\b|人民币|(?<![美欧日韩加澳港新台])元", "CNY"),
        (r"¥|\byen\b|円|日元", "JPY"),
        (r"₹|\bRs\b\.?|\brupees?\b", "INR"),
        (r"₩|\bwon\b", "KRW"),
        (r"₺|\blir[ae]s?\b|\bTL\b", "TRY"),
        (r"₴|\bгрн\b|\bhryvni?as?\b", "UAH"),
        (r"\bzł\b|\bzłot", "PLN"),
        (r"\bKč\b", "CZK"),
        (r"₪|\bNIS\b|\bshekels?\b", "ILS"),
        (r"\$|\bdollars?\b|\bдолл(?:ар[а-я]*|\b\.?)|\bd[oó]lares\b|\bUS-dollar|\bdolar\b|美元|دولار", "USD"),
        *((rf"(?<![A-Za-z]){code}(?![A-Za-z])|\b{code}(?=[mbk]n?\b)", code) for code in _CODES.split()),
    )
)
_MONEY_BEFORE = r"(?:[$€£¥₽₹]|USD|EUR|GBP|RUB)\s?"
_SCALES = tuple(
    (re.compile("|".join(patterns), re.IGNORECASE), scale)
    for scale, patterns in (
        (1e9, (r"\bmil(?:es de)? millones\b", r"\bmil milhões\b", r"\bbilh(?:ões|ão)\b")),
        (
            1e12,
            (
                r"\btrillions?\b",
                r"\btrn\b",
                r"\btrilyon\b",
                r"\bтрлн\b",
                r"\bтриллион",
                r"\bbillones\b",
                r"\bbillionen\b",
            ),
        ),
        (
            1e9,
            (r"\bbillions?\b", r"\bbn\b", r"\bmrd\b", r"\bmilliarden?\b", r"\bmilliards?\b", r"\bmds?\b", r"\bmld\b"),
        ),
        (
            1e9,
            (
                r"\bmilyar\b",
                "مليار",
                r"\bмільярд",
                r"\bmiliard\w*",
                r"\bмлрд\b",
                r"\bмиллиард",
                "十亿",
                rf"{_MONEY_BEFORE}(?:B|bn)\b",
                r"\bmd(?=€)",
            ),
        ),
        (1e8, ("亿",)),
        (1e7, (r"\bcrores?\b",)),
        (1e6, (r"\bmillions?\b", r"\bmn\b", r"\bmln\b", r"\bmio\b", r"\bmillionen\b", r"\bmill[oó]n(?:es)?\b")),
        (
            1e6,
            (
                r"\bmilyon\b",
                "مليون|ملايين",
                r"\bмільйон",
                r"\bmilh(?:ões|ão)\b",
                r"\bmilion\w*",
                r"\bмлн\b",
                r"\bмиллион",
                "百万",
                r"\bmil\.",
                r"\bM€",
            ),
        ),
        (
            1e6,
            (r"\bmil(?= ?(?:USD|US\$|\$|€|EUR))", r"\bmm?(?= ?(?:USD|US\$|\$|€|EUR|£))", rf"{_MONEY_BEFORE}m[mn]?\b"),
        ),
        (1e5, (r"\blakhs?\b",)),
        (1e3, (r"\bthousands?\b", r"[’'‘]000s?\b", r"\b000s\b", r"\(000\)", r"\bтыс\b", r"\bтысяч", r"\btsd\b")),
        (1e3, (r"\btausend\b", r"\bmilliers\b", r"\bmiles\b", r"\btis\.", rf"{_MONEY_BEFORE}k\b")),
        (1e3, (r"\bmil (?=d[oó]lares|euros|pesos|reais|unidades)", r"\bk ?(?:USD|US\$|€|EUR)")),
    )
)
# A letter alone is a scale only beside money: "(m)" under a length means metres.
_LETTER = re.compile(r"(?<![A-Za-z])([mbk])(?![A-Za-z])", re.IGNORECASE)
_LETTERS = {"k": 1e3, "m": 1e6, "b": 1e9}
_OTHERS = tuple(
    (re.compile("|".join(patterns), re.IGNORECASE), unit)
    for unit, patterns in (
        ("TIV", (r"\bTIVs?\b", r"trend.indicator")),
        (
            "%",
            (
                "%",
                r"\bper ?cent\b",
                r"\bpercentage\b",
                r"\bпроцент",
                r"\bprozent\b",
                r"\bporcentaje\b",
                r"\bpour ?cent",
            ),
        ),
        ("units", (r"\bunits?\b", r"\bquantit(?:y|ies|é)\b", r"\bqty\b", r"\bnumber\b", r"\bno\. of\b", r"\bpieces\b")),
        ("units", (r"\bpcs\b", r"\bшт(?:ук)?\b", r"\bколичество", r"\banzahl\b", r"\bstück\b", r"\bcantidad\b")),
        ("units", (r"\bunidades\b", r"\bunités\b", r"\bnombre\b", r"\bquantidade\b", r"\bliczba\b")),
        ("km", (r"(?<=\()km(?=\))",)),
        ("kg", (r"(?<=\()kg(?=\))",)),
        ("tonnes", (r"\btonnes\b", r"(?<=\()t(?=\))")),
    )
)
_OF_ARMS = (
    r"(?=.*(?:\barms\b|\bweapon|militar|defen[cs]e|оруж|воор|збро|rüstung|waffen|\barmas|\barmes|armament|silah|سلاح|"
    r"武器|军))"
)
_EXPORTS = r"\bexports?\b|\b(?:э|е)кспорт|\bexporta[cç]|\bexportations\b|ausfuhr|export(?:e|en)\b|\bihracat|صادرات|出口"
_IMPORTS = (
    r"\bimports?\b|\b(?:и|і)мпорт|\bimporta[cç]|\bimportations\b|einfuhr|\w{3,20}importe\b|importen\b|\bithalat|"
    r"واردات|进口"
)
_KINDS = tuple(
    (re.compile(pattern, re.IGNORECASE), measure, kind)
    for measure, kind, pattern in (
        ("tiv", "TIV", r"\bTIV|trend.indicator"),
        ("share", "share", r"%|\bshare\b|percentage|\bдоля\b|\banteil\b"),
        ("rank", None, r"\brank(?:ing)?\b|\bmiejsce\b|\bместо\b"),
        (
            "loans",
            "loan",
            r"\bloans?\b|\bcredits?\b|\bкредит|\bpréstamos?\b|\bcréditos?\b|\bkredite?\b|\bempréstimos?\b",
        ),
        ("aid", "aid", r"\baid\b|\bassistance\b|\bgrants?\b|\bпомощь|\bayuda\b|\baide\b|\bhilfe\b|\bajuda\b"),
        ("licences", "licence value", r"\blicen[cs]es?\b|\blicencias?\b|genehmigung|\bлиценз|\bpermits?\b"),
        ("notifications", "ceiling", r"\bnotif(?:ications?|ied)\b"),
        (
            "deliveries",
            "deliveries",
            r"\bdeliver(?:y|ies|ed)\b|\bпостав[кщ]|\bпоставок|\bпостача|\bentregas?\b|\blivraisons?\b|lieferungen\b",
        ),
        (
            "orders",
            "contract price",
            r"\borders?\b|\bcontracts?\b|\bagreements?\b|\bконтракт|\bcontratos?\b|\bcommandes?\b",
        ),
        ("exports", "arms exports", f"{_OF_ARMS}(?=.*(?:{_EXPORTS}))"),
        ("imports", "arms imports", f"{_OF_ARMS}(?=.*(?:{_IMPORTS}))"),
        ("exports", None, _EXPORTS),
        ("imports", None, _IMPORTS),
        ("sales", "arms sales", r"\bsales\b|\bпродаж|\bventas\b|\bventes\b"),
        ("budget", "military spending", r"\bbudgets?\b|\bspending\b|\bexpenditures?\b|\bрасход|\bgasto"),
    )
)


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit (ISO 4217, ``%``, ``units``, ``TIV`` ...) and the factor printed numbers stand for; None is not stated."""

    unit: str | None = None
    scale: float | None = None


@lru_cache(maxsize=10_000)
def find_unit(text: str | None) -> Unit:
    """Read unit and scale from a heading, caption or cell."""
    if not text:
        return Unit()
    text = text[:400]
    unit = _unit(text)
    scale = next((scale for pattern, scale in _SCALES if pattern.search(text)), None)
    if scale is None and unit and unit.isupper() and unit != "TIV":
        letter = _LETTER.search(text)
        scale = _LETTERS[letter[1].lower()] if letter else None
    return Unit(unit, scale)


def _unit(text: str) -> str | None:
    """Find the unit, what stands in brackets first."""
    for piece in (*re.findall(r"[(\[]([^()\[\]]{1,60})[)\]]", text), text):
        for pattern, code in (*_CURRENCIES, *_OTHERS):
            if pattern.search(piece if piece is text else f"({piece})"):
                return code
    return None


def inherited(column: Unit, table: Unit) -> Unit:
    """Fill what a column heading leaves open from the caption; a column with another unit keeps its own scale."""
    if column.unit is not None and table.unit is not None and column.unit != table.unit:
        return column
    if column.unit in {"units", "%"} and column.scale is None:
        return column
    return Unit(column.unit or table.unit, column.scale or table.scale)


def find_measure(*texts: str | None) -> tuple[str | None, str | None]:
    """Name what is measured and which kind of value it is, from the first text that says so."""
    for text in texts:
        for pattern, measure, kind in _KINDS if text else ():
            if pattern.search(text[:400] if text else ""):
                return measure, kind
    return None, None
