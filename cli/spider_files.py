"""Writes the file of a new source from the template of its way in; what a site says becomes text in it, never code."""

import ast
import json
import keyword
import re
import string
from dataclasses import dataclass, fields
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

from crawler.base_spiders import ApiFields
from crawler.scouting.offers import WayIn
from crawler.scouting.outlet_facts import clean_name
from crawler.settings import TEMPLATES_DIR
from pipelines.extract.urls import split_host
from pipelines.items import Outlet

LINE_MAX = 120
NAME_MAX = 40
COMMON_HOSTS = {"www", "news", "rss", "feeds", "feed", "m", "en", "api", "blog"}
_ATTRIBUTE = re.compile(r"^    (\w+) = (?:.*?)(  #.*)?$")


@dataclass(frozen=True, slots=True)
class NewSource:
    """A source that is to be written: its name, outlet, way in, and how often to look."""

    name: str
    outlet: Outlet
    way_in: WayIn

    @property
    def every(self) -> timedelta:
        """The time between two crawls: short enough that a feed's window is seen three times, twelve hours at most."""
        per_week = self.way_in.per_week
        if not per_week:
            return timedelta(hours=2)
        hours = next(hours for least, hours in ((40, 1), (14, 2), (3.5, 6), (0, 12)) if per_week >= least)
        window = int(self.way_in.items / per_week * 168 / 3) if self.way_in.kind == "feed" else hours
        return timedelta(hours=max(1, min(hours, window)))


def name_for(homepage: str) -> str:
    """Make a spider's name of an address: the registered name, after the host's own where that is no common one."""
    host = (urlsplit(homepage).hostname or "").lower()
    parts = split_host(host)
    if not parts.suffix:
        return safe_name(host.partition(".")[0])
    first = parts.subdomain.partition(".")[0]
    return safe_name(f"{first}_{parts.domain}" if len(first) > 3 and first not in COMMON_HOSTS else parts.domain)


def safe_name(text: str) -> str:
    """Make any text a name that can stand as a file, a spider and a Python identifier."""
    name = re.sub(r"[^a-z0-9]+", "_", text.lower()).strip("_")[:NAME_MAX].strip("_")
    name = name if name[:1].isalpha() else f"outlet_{name}".rstrip("_")
    return f"{name}_news" if keyword.iskeyword(name) else name


def is_safe_name(text: str) -> bool:
    """Tell whether a text can be a spider's name."""
    return re.fullmatch(r"[a-z][a-z0-9]*(?:_[a-z0-9]+)*", text) is not None and safe_name(text) == text


def class_name(name: str) -> str:
    """Give the class that goes with a spider's name."""
    return "".join(word.capitalize() for word in name.split("_")) + "Spider"


def spider_source(source: NewSource) -> str:
    """Give the text of the spider file; every value of the site stands in it as a literal."""
    template = Path(TEMPLATES_DIR, "spiders", f"{source.way_in.kind}.tmpl").read_text("utf-8")
    names = {"name": source.name, "classname": class_name(source.name), "domain": "", "url": ""}
    values = {
        "outlet": _outlet(source.outlet),
        "start_urls": f"[{literal(source.way_in.url)}]",
        "every": f"timedelta(hours={int(source.every.total_seconds() // 3600)})",
        "expect": str(round(source.way_in.per_week) or 1) if source.way_in.per_week else "None",
        "fields": _fields(source.way_in.fields) if source.way_in.fields else "",
    }
    _, *lines = string.Template(template).substitute(names).split("\n")
    text = "\n".join([_docstring(source.outlet.name), *(_filled(line, values) for line in lines)])
    ast.parse(text)
    return text


def _filled(line: str, values: dict[str, str]) -> str:
    match = _ATTRIBUTE.match(line)
    return f"    {match[1]} = {values[match[1]]}{match[2] or ''}" if match and match[1] in values else line


def literal(text: str) -> str:
    """Give a text as a Python literal on one line, escaped where it cannot be seen."""
    return json.dumps(text, ensure_ascii=not text.isprintable())


def _docstring(name: str) -> str:
    plain = (clean_name(name) or "A source").replace("\\", "/").replace('"', "'").rstrip(".' ")
    return f'"""{plain}."""'


def _outlet(outlet: Outlet) -> str:
    """Give the outlet's literal, what is unknown left out; without names of arguments where the line is too long."""
    values = {
        "homepage": literal(outlet.homepage or ""),
        "country": literal(outlet.country) if outlet.country else None,
        "languages": _texts(outlet.languages) if outlet.languages else None,
        "kind": literal(outlet.kind) if outlet.kind else None,
        "owner": literal(outlet.owner) if outlet.owner else None,
    }
    known = ", ".join(f"{name}={value}" for name, value in values.items() if value is not None)
    named = f"Outlet({literal(outlet.name)}, {known})"
    if len(named) + len("    outlet = ") <= LINE_MAX:
        return named
    last = max(number for number, value in enumerate(values.values()) if value is not None)
    empty = {"languages": "()"}
    given = [value if value is not None else empty.get(name, "None") for name, value in values.items()]
    return f"Outlet({', '.join([literal(outlet.name), *given[: last + 1]])})"


def _texts(texts: tuple[str, ...]) -> str:
    inside = ", ".join(literal(text) for text in texts)
    return f"({inside},)" if len(texts) == 1 else f"({inside})"


def _fields(found: ApiFields) -> str:
    """Give the literal of an interface's fields, those left at their default left out."""
    default = ApiFields()
    values = {each.name: getattr(found, each.name) for each in fields(ApiFields)}
    changed = {name: value for name, value in values.items() if value != getattr(default, name)}
    shown = (
        f"{name}={_texts(value) if isinstance(value, tuple) else literal(value)}" for name, value in changed.items()
    )
    return f"ApiFields({', '.join(shown)})"
