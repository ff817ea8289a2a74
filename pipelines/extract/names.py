"""From the text of a byline to names: words before and after cut off, joined names parted, addresses refused."""

import re

MAX_NAMES = 30
_BEFORE = re.compile(
    r"^(?:(?:(?:zeige )?(?:alle )?beiträge|(?:view )?(?:all )?posts|written|posted|published|reported|story|words"
    r"|text|reporting|article|geschrieben|verfasst|veröffentlicht"
    r"|publié|escrito|publicado|автор(?:ы)?|autor(?:es|in)?|auteurs?|author|authors|redaktion(?=\s*:)|redacción(?=\s*:)|yazan"
    r"|kaynak|text(?:e)?"
    r"|foto|written and directed|kommentar|ein (?:beitrag|gastbeitrag|kommentar|artikel)|an article|opinion"
    r"|analysis)\b[\s:]*)?"
    r"(?:(?:by|von|por|par|di|av|af|door|door|przez|by:|от)\b[\s:]*|بقلم\s*:?\s*|كتب\s*:?\s*|[:：]\s*|\|\s*)?",
    re.IGNORECASE,
)
_ROLE = re.compile(
    r"^(?:[\w-]*(?:experte|expertin|autor|autorin|redakteur|redakteurin|reporter|reporterin|korrespondent"
    r"|korrespondentin"
    r"|correspondent|editor|columnist)\s+)+(?=[A-ZÀ-ÞА-Я])",
    re.IGNORECASE,
)
_AFTER = re.compile(
    r"\s+(?:in|à|en|aus|в|из|at|for|für|pour)\s+[A-ZÀ-ÞА-Я]\S*(?:\s+[A-ZÀ-ÞА-Я]\S*)*$"
    r"|\s+(?:on|am|at|le|el|il|vom|updated|published|posted|·|-|–|—|\||•|/)\s.*\d.*$"
    r"|\s+\d{1,2}[./]\d{1,2}[./]\d{2,4}.*$"
    r"|\s*(?:\(.{0,80}\)|\[.{0,80}\]|\||•|·|//|—|–|(?<!\w)- )\s*.*$|\s+(?:is|ist|est|es|was)\s.*$",
)
_JOIN = re.compile(
    r"\s*(?:[;|、；،]|,(?!\s*(?:Jr|Sr|PhD|Ph\.D|MD|M\.D)\b)|\s/\s|(?<!-)\s(?:and|und|et|og|och|ve|и|та|&|with|mit|con"
    r"|avec)\s)\s*",
    re.IGNORECASE,
)
_JOIN_SMALL = re.compile(r"(?<=\w\w)\s(?:y|e|i|en)\s(?=[A-ZÀ-ÞÁ-Ž])")
_ADDRESS = re.compile(r"https?:|www\.|@|/|\\|\.(?:com|org|net|html?)\b|[<>{}=#©]", re.IGNORECASE)
_NOT_NAMES = re.compile(
    r"^(?:admin\w*|author|authors|autor(?:in)?|by|von|staff|unknown|anonymous|guest|editor|none|null|undefined"
    r"|user|root|n/?a"
    r"|about.*|read more.*|more.*|mehr.*|view all.*|all posts.*|alle .*|follow.*|share.*|comments?.*"
    r"|kommentare?.*|\d+|image\b.*"
    r"|photo\b.*|getty.*|foto\b.*|bild\b.*|posted.*|published.*|updated.*|subscribe.*|sign .*|contact.*|profil\w*"
    r"|website|homepage"
    r"|facebook|twitter|instagram|linkedin|email|e-mail|rss|home|news|blog|share|print|archiv\w*|hier|here"
    r"|artikel.*|antworten|reply)$",
    re.IGNORECASE,
)


def split_names(text: str) -> tuple[str, ...]:
    """Return the names in a byline, each once; empty where it holds none."""
    text = " ".join(text[:400].split())
    if "(" in text[:2] or re.match(r"https?:|www\.|/", text):
        return ()
    text = _ROLE.sub("", _BEFORE.sub("", text, count=1))
    parts = [part for piece in _JOIN.split(text)[:MAX_NAMES] for part in _JOIN_SMALL.split(piece)]
    found = (clean_name(part) for part in parts)
    return tuple(dict.fromkeys(name for name in found if name))


def clean_name(text: str) -> str | None:
    """Return one name without what stands around it, None where it cannot be a name."""
    text = _BEFORE.sub("", text.strip(), count=1)
    text = _AFTER.sub("", _AFTER.sub("", text)).strip(' \t,:;|-–—·•*"“”»«\u200b')
    if not 2 <= len(text) <= 60 or len(text.split()) > 6 or _ADDRESS.search(text) or _NOT_NAMES.match(text):
        return None
    is_word = any(char.isalpha() for char in text) and sum(char.isdigit() for char in text) <= 4
    return text if is_word and text[0].isalnum() else None
