"""One spelling for each URL, and whether two belong to one site; used for articles and by the crawler alike."""

import re
from functools import lru_cache
from urllib.parse import SplitResult, parse_qsl, quote, unquote, urlencode, urljoin, urlsplit, urlunsplit

from tldextract import TLDExtract

MAX_LENGTH = 2000
_DEFAULT_PORTS = {"http": 80, "https": 443}
_BAD = re.compile(r"[\x00-\x20\x7f\\<>\"{}|^`]")
_HOST = re.compile(r"[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?(\.[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?){0,60}\.?")
_TRACKING = re.compile(
    r"(?:utm_\w+|mtm_\w+|pk_(?:campaign|kwd|source|medium)|piwik_\w+|hsa_\w+|at_(?:medium|campaign|custom\d|link\w*)"
    r"|ns_(?:mchannel|source|campaign|linkname|fee)|fbclid|gclid|gclsrc|dclid|gbraid|wbraid|msclkid|yclid|ysclid"
    r"|twclid|ttclid|igshid|igsh|li_fat_id|mc_cid|mc_eid|_ga|_gl|_hsenc|_hsmi|vero_id|oly_anon_id|oly_enc_id|wt_mc"
    r"|wt\.mc_id|wt_zmc|xtor|cmpid|cmp|ito|ftag|ncid|ocid|srnd|smid|partner|smtyp|rss_?id|sref|s_cid|mkt_tok"
    r"|spm|scm|__twitter_impression|amp_js_v|amp_gsa|usqp|guccounter|guce_referrer|guce_referrer_sig"
    r"|maca|phpsessid|jsessionid|sessionid|session_id|aspsessionid\w*|cftoken|cfid|traffic_source|ref_src|ref_url)",
    re.IGNORECASE,
)
_PATH_SESSION = re.compile(r";(?:jsessionid|phpsessid)=[^/?#;]{0,200}", re.IGNORECASE)

split_host = TLDExtract(suffix_list_urls=(), cache_dir=None)  # the bundled list: nothing is looked up


def canonicalise(url: str) -> str:
    """Return the one spelling of an absolute http(s) URL; raise ValueError where it is not one to be trusted.

    Refused are other schemes, backslashes and control characters, user names, bad hosts and ports, and length.
    """
    url = url.strip(" \t\r\n\f")
    if len(url) > MAX_LENGTH:
        raise ValueError("URL is too long")
    if _BAD.search(url.split("#", 1)[0].replace(" ", "%20")):
        raise ValueError("URL has a character that may not stand there")
    parts = urlsplit(url.replace(" ", "%20"))
    if parts.scheme.lower() not in _DEFAULT_PORTS:
        raise ValueError("URL is not http or https")
    if "@" in parts.netloc:
        raise ValueError("URL has a user name")
    path = _normal_path(_PATH_SESSION.sub("", parts.path))
    return urlunsplit((parts.scheme.lower(), _normal_host(parts), path, _normal_query(parts.query), ""))


def canonical_or_none(url: str | None, base: str | None = None) -> str | None:
    """Return ``url`` (relative to ``base``) in its one spelling, None where it is missing or refused."""
    if not url:
        return None
    try:
        return canonicalise(urljoin(base, url.strip()) if base else url)
    except ValueError:
        return None


def is_same_site(first: str, second: str) -> bool:
    """Say whether two URLs belong to one registered domain; ``www.``, ``m.`` and the like do not matter."""
    try:
        return bool(site_of(first)) and site_of(first) == site_of(second)
    except ValueError:
        return False


def site_of(url: str) -> str:
    """Return the registered domain of a URL; an IP address stands for itself."""
    return registered_domain(urlsplit(url).hostname or "")


@lru_cache(maxsize=4096)
def registered_domain(host: str) -> str:
    """Return what is registered of a host's name, by the public suffix list; an IP address stands for itself.

    Under an ending that the list does not have (``.localhost``, ``.internal``) it is the last two labels.
    """
    host = host.rstrip(".").lower()
    labels = host.split(".")
    if ":" in host or labels[-1].isdigit():
        return host
    return split_host(host).top_domain_under_public_suffix or ".".join(labels[-2:])


def is_front_page(url: str) -> bool:
    """Say whether a URL is the entrance of a site or of one of its languages, not an article."""
    parts = urlsplit(url)
    return (
        not parts.query
        and re.fullmatch(
            r"/?(?:[a-z]{2}(?:[-_][a-z]{2})?/?)?(?:(?:index|home|default)(?:\.\w{2,5})?/?)?", parts.path.lower()
        )
        is not None
    )


def without_parameter(url: str, name: str | None) -> str:
    """Return ``url`` without one query parameter, the others as they were."""
    parts = urlsplit(url)
    query = [(key, value) for key, value in parse_qsl(parts.query, keep_blank_values=True) if key != name]
    return urlunsplit(parts._replace(query=urlencode(query))) if name else url


def with_parameter(url: str, name: str, value: int | str) -> str:
    """Return ``url`` with one query parameter set, the others as they were."""
    parts = urlsplit(url)
    query = [(key, old) for key, old in parse_qsl(parts.query, keep_blank_values=True) if key != name]
    return urlunsplit(parts._replace(query=urlencode([*query, (name, str(value))])))


def _normal_host(parts: SplitResult) -> str:
    port = parts.port  # raises ValueError on bad ones
    host = (parts.hostname or "").lower().rstrip(".")
    if ":" in host:
        host = f"[{host}]"
    else:
        host = host if host.isascii() else host.encode("idna").decode("ascii")
        if not _HOST.fullmatch(host):
            raise ValueError("URL has no proper host")
    if port == 0:
        raise ValueError("URL has a bad port")
    return host if port in (None, _DEFAULT_PORTS[parts.scheme.lower()]) else f"{host}:{port}"


def _normal_path(path: str) -> str:
    path = quote(unquote_safe(path), safe="/%:@!$&'()*+,;=~-._")
    if "/." in path:
        path = _without_dots(path)
    return path or "/"


def _without_dots(path: str) -> str:
    """Resolve ``.`` and ``..`` (RFC 3986, 5.2.4); doubled slashes stay, they can name another page."""
    kept: list[str] = []
    parts = path.split("/")[1:]
    for part in parts:
        if part == "..":
            del kept[-1:]
        elif part != ".":
            kept.append(part)
    if parts[-1] in (".", ".."):
        kept.append("")
    return "/" + "/".join(kept)


def unquote_safe(path: str) -> str:
    """Undo percent-escapes of characters that never need one, and spell the other escapes in capitals."""
    return re.sub(r"%([0-9a-fA-F]{2})", _plain_or_capitals, path)


def _plain_or_capitals(match: re.Match[str]) -> str:
    char = unquote(match[0]) if int(match[1], 16) < 128 else ""
    return char if char and re.fullmatch(r"[A-Za-z0-9._~-]", char) else match[0].upper()


def _normal_query(query: str) -> str:
    kept = [part for part in query.split("&") if part and not _TRACKING.fullmatch(part.split("=", 1)[0])]
    return quote(unquote_safe("&".join(kept)), safe="%/?:@!$&'()*+,;=~-._[]")
