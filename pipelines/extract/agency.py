"""The news agency a text is credited to, at its head, at its foot or among its authors."""

import re

_NAMES: dict[str, str] = {
    "Reuters": r"Reuters|Рейтер|رويترز|路透社?",
    "AFP": r"AFP|Agence France-Presse|АФП|أ\s?ف\s?ب|فرانس برس|法新社",
    "AP": r"AP|Associated Press|أسوشيتد برس|美联社",
    "EFE": r"EFE|Agencia EFE",
    "dpa": r"dpa(?:-AFX)?|Deutsche Presse-Agentur",
    "ANSA": r"ANSA",
    "TASS": r"TASS|ТАСС|Itar-Tass",
    "RIA Novosti": r"RIA Novosti|РИА Новости|RIA",
    "Interfax": r"Interfax|Интерфакс",
    "Ukrinform": r"Ukrinform|Укринформ|Укрінформ",
    "Anadolu": r"Anadolu(?: Agency| Ajansı)?|الأناضول|AA",
    "Xinhua": r"Xinhua|新华社?|شينخوا|Синьхуа",
    "Yonhap": r"Yonhap|연합뉴스",
    "Kyodo": r"Kyodo(?: News)?|共同(?:通信)?",
    "PTI": r"PTI|Press Trust of India",
    "ANI": r"ANI",
    "IANS": r"IANS",
    "APA": r"APA",
    "Europa Press": r"Europa Press",
    "Lusa": r"Lusa",
    "Belga": r"Belga",
    "PAP": r"PAP",
    "SID": r"SID",
    "IRNA": r"IRNA",
    "WAM": r"WAM",
    "SPA": r"SPA",
    "UPI": r"UPI",
    "Bloomberg": r"Bloomberg",
}
_ANY = "|".join(f"(?P<a{index}>{pattern})" for index, pattern in enumerate(_NAMES.values()))
# "KYIV, May 3 (Reuters) - ", "WASHINGTON (AP) —", "МОСКВА, 3 мая. /ТАСС/.", "北京11月17日电 (新华社)", "/ AFP".
_HEAD = re.compile(rf"^.{{0,80}}?[(/\[（]\s?(?:{_ANY})(?![A-Za-zА-я])[^()/\[\]]{{0,20}}[)/\]）]", re.DOTALL)
_HEAD_PLAIN = re.compile(rf"^(?:{_ANY})(?:\s?[-–—:.,]|北京|\d)")
_FOOT = re.compile(
    rf"(?:[(/\[（—–-]\s?|^(?:source|quelle|fuente|источник|kaynak)\s?:\s?"
    rf"|^|^©.{{0,20}} )(?:{_ANY})(?:[/,]\s?\w{{1,12}})?\s?[)/\]）.]?$",
    re.IGNORECASE,
)


def find_agency(texts: list[str], authors: tuple[str, ...]) -> str | None:
    """Return the agency a text names as its source, by its first and last paragraphs and its authors."""
    for text in texts[:2]:
        if found := _name(_HEAD.match(text[:200])) or _name(_HEAD_PLAIN.match(text[:60])):
            return found
    for text in texts[:-4:-1]:
        if found := _name(_FOOT.search(text[-60:])):
            return found
    for author in authors:
        if found := _name(re.fullmatch(_ANY, author.strip("() "), re.IGNORECASE)):
            return found
    return None


def _name(match: re.Match[str] | None) -> str | None:
    if match is None:
        return None
    groups = match.groupdict()
    index = next(int(key[1:]) for key, value in groups.items() if value is not None)
    return list(_NAMES)[index]
