"""What is not the article, by its markup: the names of elements, words of classes, roles, and what is hidden."""

import re
from functools import lru_cache

from lxml.html import HtmlElement

SKIPPED_TAGS = frozenset((
    "script", "style", "noscript", "template", "head", "nav", "footer", "form", "button", "select", "option",
    "textarea", "input", "label", "iframe", "object", "embed", "svg", "math", "canvas", "audio", "video", "map",
    "dialog", "menu", "datalist", "progress", "meter", "link", "meta", "base", "param", "source", "track",
    "aside", "amp-ad", "amp-sidebar", "amp-social-share", "amp-consent", "gpt-ad", "figcaption", "picture",
))  # fmt: skip
BLOCK_TAGS = frozenset((
    "html", "body", "div", "p", "section", "article", "main", "header", "aside", "h1", "h2", "h3", "h4", "h5",
    "h6", "ul", "ol", "li", "dl", "dt", "dd", "blockquote", "pre", "table", "thead", "tbody", "tfoot", "tr",
    "td", "th", "caption", "figure", "figcaption", "address", "details", "summary", "fieldset", "center",
    "hgroup", "hr", "noscript",
))  # fmt: skip
_ROLES = frozenset((
    "navigation", "complementary", "contentinfo", "banner", "search", "dialog", "alert", "menu", "menubar",
    "tooltip",
))  # fmt: skip

# Words of class and id names; a name is split at capitals, dashes and underscores before it is compared.
_COMMENT_WORDS = "comments? kommentare? commentaires? comentarios? commenti disqus respond replies livefyre commentlist"
_BAD_WORDS = rf"""
    {_COMMENT_WORDS} coral related relateds relacionad[ao]s? similar recommend\w* recirc\w* trending popular mostread
    latest upnext sidebar siderail rail aside footer foot colophon nav navi navigation navbar menu submenu breadcrumbs?
    toolbar share shares sharing sharebar social socials socialmedia sharedaddy addthis addtoany follow facebook
    whatsapp telegram newsletters? subscribe subscription subscriptions subscriber signup signin login register abo
    optin mailchimp donate donation cta promos? promoted promotion adverts? advertising advertisement advertisements ad
    ads adsbygoogle adslot adbox adunit anzeige werbung publicidad publicite sponsor sponsored sponsors dfp taboola
    outbrain affiliate partners cookies? consent gdpr onetrust popup modal lightbox overlay tooltip banner teasers?
    outbound carousel slideshow slider pagination pager paging widgets? tags tagcloud taglist topics keywords metadata
    byline bylines authorbox authorbio authors? autor contributors bio avatar profile postmeta timestamp datetime
    dateline pubdate credits? copyright rating ratings votes? poll survey quiz toc skip hidden invisible offscreen print
    printonly noprint correction infobox factbox disclaimer masthead topbar ticker player jwplayer videos? gallery audio
    captions? legend legende img-caption saboxplugin relatedposts mc4wp
"""
_IMAGE_WORDS = "image images img photo photos picture pictures foto fotos bild media mediablock thumbnail thumb"


def _words(table: str) -> str:
    return "|".join(table.split())


_EDGE = r"(?=$|[\s_:-]|\d)"
_BAD_NAME = re.compile(rf"(?:^|[\s_:-])(?:{_words(_BAD_WORDS)}){_EDGE}")
_COMMENT_NAME = re.compile(rf"(?:^|[\s_:-])(?:{_words(_COMMENT_WORDS)}){_EDGE}")
_IMAGE_NAME = re.compile(rf"(?:^|[\s_:-])(?:{_words(_IMAGE_WORDS)}){_EDGE}")
_ASIDE_NAME = re.compile(
    rf"(?:^|[\s_:-])(?:{_words(_COMMENT_WORDS)}|sidebar|aside|rail|related|recommend\w*|popular|trending"
    rf"|footer){_EDGE}"
)
_BAD_PAIR = re.compile(
    r"(?:read|see|mehr|more|also|most|next|prev|previous|lire|leer|weiter)[-_]?"
    r"(?:more|also|next|read|stories|articles|posts|lesen|aussi|news|from|popular)"
    r"|sign[-_]?(?:in|up)[-_]|(?:post|article|entry)[-_]?"
    r"(?:meta|footer|tags|nav|navigation|info|actions|tools|utility|share|author|date|related|views)(?:$|[\s_-])"
    r"|author[-_]?(?:bio|box|info|card|details)|sr[-_]only|screen[-_]reader|visually[-_]?hidden|call[-_]to[-_]action"
)
_GOOD_NAME = re.compile(
    r"(?:article|story|post|entry|content|news|page)[-_]*(?:body|content|text|main|container|fulltext)"
    r"|(?:^|[\s_-])(?:body|main|fulltext|maincontent|richtext)(?:$|[\s_-])"
)
BODY_NAME = re.compile(
    r"(?:article|story|post|entry|news|single|artikel|nota|noticia|text|page)[-_]{0,2}"
    r"(?:body|content|text|copy|fulltext|inhalt|cuerpo)|(?:^|[\s_-])"
    r"(?:fulltext|articletext|artikeltext|storytext|mw-parser-output|richtext|body-text|body-content)(?:$|[\s_-])"
)
LEAD_NAME = re.compile(
    r"(?:^|[\s_-])(?:stand-?first|lead|lede|intro|introduction|deck|dek|sub-?title|sub-?head(?:line|ing)?|excerpt"
    r"|summary"
    r"|abstract|chapo|chapeau|entradilla|bajada|sottotitolo|summario|occhiello|vorspann|sub-?headline|spot|lid"
    r"|ingress"
    r"|synopsis|anons|preamble|strapline|sapo|teaser-text|lead-text|description)(?:$|[\s_-])"
)
_EMBED_NAME = re.compile(r"twitter|instagram|tiktok|reddit|bluesky|facebook|fb-")
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_HASH = re.compile(r"(?=\w*[\d_A-Z])[\w-]{5,6}$")
_STATE = re.compile(
    r"(?:has|with|no|not|without|is|can|hide|show|wp|single|page|type|tag|category|format|js|u|lg|md|sm|xl|xs"
    r"|print|lrv"
    r"|jsx|css|mb|mt|pb|pt|col|row|grid|flex|subs|lazy|amp|attachment|size|align|menu-item)[-_:]"
)


def is_boilerplate(element: HtmlElement) -> bool:
    """Say whether an element is set apart from the article by its tag, role, name, or by being hidden."""
    tag = element.tag
    if tag in SKIPPED_TAGS:
        return is_skipped_tag(element)
    if tag in ("html", "body", "main") or (tag != "article" and not element.keys()):
        return False
    if is_hidden(element) or element.get("role") in _ROLES:
        return True
    name = name_of(element)
    if tag == "article":  # a short one inside another is a teaser
        return next(element.iterancestors("article"), None) is not None and is_short(element)
    if tag == "blockquote":
        return _EMBED_NAME.search(name) is not None
    return bool(name) and (is_bad_name(name) or (is_image_name(name) and is_short(element)))


def is_skipped_tag(element: HtmlElement) -> bool:
    """Say whether an element's tag alone sets it apart; forms and headers around the headline or the page do not."""
    tag = element.tag
    if tag not in SKIPPED_TAGS:
        return False
    return tag not in ("form", "header") or element.find(".//h1") is None


def name_of(element: HtmlElement) -> str:
    """Return class and id of an element as one text, empty where it has none."""
    name = element.get("class") or ""
    identity = element.get("id")
    return (f"{name} {identity}" if identity else name)[:400]


def is_short(element: HtmlElement) -> bool:
    """Say whether an element holds no more text than a caption does."""
    left = 400
    for count, text in enumerate(element.itertext()):
        left -= len(text.strip())
        if left < 0 or count > 100:
            return False
    return left > 150 or len(element.findall(".//p")) < 2


def is_beside(element: HtmlElement) -> bool:
    """Say whether an element stands in comments, a sidebar, a footer of the page or a list of other stories."""
    for depth, parent in enumerate(element.iterancestors()):
        if depth > 12 or parent.tag == "body":
            return False
        if parent.tag in ("aside", "nav") or (parent.tag == "footer" and parent.getparent().tag == "body"):
            return True
        name = name_of(parent)
        if name and parent.tag not in ("article", "main") and is_aside_name(name):
            return True
    return False


def is_hidden(element: HtmlElement) -> bool:
    """Say whether an element's own attributes hide it from readers."""
    if element.get("hidden") is not None or element.get("aria-hidden") == "true":
        return True
    style = element.get("style")
    compact = style[:300].replace(" ", "").lower() if style else ""
    return "display:none" in compact or "visibility:hidden" in compact


@lru_cache(maxsize=20_000)
def is_bad_name(name: str) -> bool:
    """Say whether a class and id name marks something beside the article; a name of the body itself never does."""
    is_bad = False
    for token in name.split():
        part = _own_part(token)
        if _STATE.match(part):
            continue
        if _GOOD_NAME.search(part):
            return False
        is_bad = is_bad or bool(_BAD_NAME.search(part) or _BAD_PAIR.search(part))
    return is_bad


@lru_cache(maxsize=20_000)
def is_comment_name(name: str) -> bool:
    """Say whether a name is one of readers' comments."""
    return any(_COMMENT_NAME.search(part) for part in map(_own_part, name.split()) if not _STATE.match(part))


@lru_cache(maxsize=20_000)
def is_aside_name(name: str) -> bool:
    """Say whether a name is one of what stands beside or below articles, not of a banner or teaser inside them."""
    return any(_ASIDE_NAME.search(part) for part in map(_own_part, name.split()) if not _STATE.match(part))


@lru_cache(maxsize=20_000)
def is_image_name(name: str) -> bool:
    """Say whether a name is one of a picture with its caption."""
    return any(_IMAGE_NAME.search(part) for part in map(_own_part, name.split()) if not _STATE.match(part))


@lru_cache(maxsize=20_000)
def is_body_name(name: str) -> bool:
    """Say whether a name is one that themes give to the main text."""
    return any(BODY_NAME.search(_own_part(token)) for token in name.split())


@lru_cache(maxsize=20_000)
def is_lead_name(name: str) -> bool:
    """Say whether a name marks a standfirst."""
    return any(LEAD_NAME.search(_own_part(token)) for token in name.split())


@lru_cache(maxsize=20_000)
def _own_part(token: str) -> str:
    """Return what a BEM or CSS-module name says of the element itself: ``story__share`` is a share, not a story."""
    block, separator, part = token.rpartition("__")
    if separator:
        token = block if _HASH.match(part) else part
    return _CAMEL.sub("-", token).lower()
