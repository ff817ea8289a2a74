"""Tables of what is not the article: element names, class words, and sentences of newsletters, shares, cookies."""

import re
from functools import lru_cache

from lxml.html import HtmlElement

SKIPPED_TAGS = frozenset(
    ["script", "style", "noscript", "template", "head", "nav", "footer", "form", "button", "select", "option", "textarea", "input", "label", "iframe", "object", "embed", "svg", "math", "canvas", "audio", "video", "map", "dialog", "menu", "datalist", "progress", "meter", "link", "meta", "base", "param", "source", "track", "aside", "amp-ad", "amp-sidebar", "amp-social-share", "amp-consent", "gpt-ad"]
)
BLOCK_TAGS = frozenset(
    ["html", "body", "div", "p", "section", "article", "main", "header", "aside", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "dl", "dt", "dd", "blockquote", "pre", "table", "thead", "tbody", "tfoot", "tr", "td", "th", "caption", "figure", "figcaption", "address", "details", "summary", "fieldset", "center", "hgroup", "hr", "noscript"]
)
# Words of class and id names; a name is split at capitals, dashes and underscores before it is compared.
_BAD_WORDS = (
    r"comments?|kommentare?|commentaires?|comentarios?|commenti|disqus|respond|replies|livefyre|coral"
    r"|related|relateds|relacionad[ao]s?|similar|recommend\w*|recirc\w*|trending|popular|mostread|latest|upnext"
    r"|sidebar|siderail|rail|aside|footer|foot|colophon|nav|navi|navigation|navbar|menu|submenu|breadcrumbs?|brotkrumen?|toolbar"
    r"|share|shares|sharing|sharebar|social|socials|socialmedia|sharedaddy|addthis|addtoany|jp|follow|facebook|twitter|whatsapp"
    r"|newsletters?|subscribe|subscription|signup|signin|login|register|abo|optin|mailchimp|donate|donation"
    r"|promos?|promoted|promotion|adverts?|advertising|advertisement|advertisements|ad|ads|adsbygoogle|adslot|adbox|adunit"
    r"|anzeige|werbung|publicidad|publicite|sponsor|sponsored|sponsors|dfp|taboola|outbrain|affiliate|partners"
    r"|cookies?|consent|gdpr|onetrust|popup|modal|lightbox|overlay|tooltip|banner|teasers?|outbound|carousel|slideshow|slider"
    r"|pagination|pager|paging|widgets?|tags|tagcloud|taglist|topics|keywords|metadata|byline|bylines|authorbox|authorbio"
    r"|authors?|autor|contributors|bio|avatar|profile|postmeta|timestamp|datetime|dateline|pubdate|credits?|copyright|copy"
    r"|rating|ratings|votes?|poll|survey|quiz|toc|skip|hidden|invisible|offscreen|print|printonly|noprint"
    r"|correction|infobox|factbox|disclaimer|masthead|topbar|ticker|player|jwplayer|video|videos|gallery|audio|caption|wp-caption-text"
)
_BAD_NAME = re.compile(rf"(?:^|[\s_:-])(?:{_BAD_WORDS})(?=$|[\s_:-]|\d)")
_BAD_PAIR = re.compile(
    r"(?:read|see|mehr|more|also|most|next|prev|previous|lire|leer|weiter)[-_]?(?:more|also|next|read|stories|articles|posts|lesen|aussi|news|from)"
    r"|(?:post|article|entry)[-_]?(?:meta|footer|tags|nav|navigation|info|actions|tools|utility|share|author|date|related)(?:$|[\s_-])"
    r"|author[-_]?(?:bio|box|info|card|details)|sr[-_]only|screen[-_]reader|visually[-_]?hidden|print[-_]only|call[-_]to[-_]action"
)
_GOOD_NAME = re.compile(
    r"(?:article|story|post|entry|content|news|page)[-_]*(?:body|content|text|copy|main|wrapper|container|fulltext)"
    r"|(?:^|[\s_-])(?:body|main|fulltext|maincontent|richtext)(?:$|[\s_-])"
)
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_STATE_TOKEN = re.compile(
    r"(?:^|\s)(?:has|with|no|not|without|is|can|hide|show|wp|single|page|post|type|tag|category|format|js|u|lg|md|sm|xl|print)[-_:]\S*"
)
BODY_NAME = re.compile(
    r"(?:article|story|post|entry|news|single|artikel|nota|noticia|text|page)[-_]{0,2}(?:body|content|text|copy|fulltext|inhalt|cuerpo)"
    r"|(?:^|[\s_-])(?:fulltext|articletext|artikeltext|storytext|mw-parser-output|richtext|body-text|body-content)(?:$|[\s_-])"
)
LEAD_NAME = re.compile(
    r"(?:^|[\s_-])(?:stand-?first|lead|lede|intro|introduction|deck|dek|sub-?title|sub-?head(?:line|ing)?|excerpt|summary|abstract|kicker-text"
    r"|chapo|chapeau|entradilla|bajada|sottotitolo|summario|occhiello|vorspann|sub-?headline|spot|lid|ingress|anons|preamble|strapline|sapo|teaser-text|lead-text)(?:$|[\s_-])"
)


def is_boilerplate(element: HtmlElement) -> bool:
    """Say whether an element is set apart from the article by its tag, role, name, or by being hidden."""
    tag = element.tag
    if tag in SKIPPED_TAGS:
        return True
    if tag in ("html", "body", "main"):
        return False
    if element.get("hidden") is not None or element.get("aria-hidden") == "true":
        return True
    style = element.get("style")
    if style and _is_hidden_style(style):
        return True
    role = element.get("role")
    if role in (
        "navigation",
        "complementary",
        "contentinfo",
        "banner",
        "search",
        "dialog",
        "alert",
        "menu",
        "menubar",
        "tooltip",
    ):
        return True
    return tag != "article" and _has_bad_name(element)


def _is_hidden_style(style: str) -> bool:
    compact = style[:300].replace(" ", "").lower()
    return "display:none" in compact or "visibility:hidden" in compact


def _has_bad_name(element: HtmlElement) -> bool:
    name = f"{element.get('class') or ''} {element.get('id') or ''}"
    if name == " ":
        return False
    return len(name) < 400 and is_bad_name(name)


@lru_cache(maxsize=20_000)
def is_bad_name(name: str) -> bool:
    """Say whether a class and id name marks something beside the article; a name of the body itself never does."""
    plain = _STATE_TOKEN.sub(" ", _CAMEL.sub("-", name).lower())
    if _GOOD_NAME.search(plain):
        return False
    return bool(_BAD_NAME.search(plain) or _BAD_PAIR.search(plain))


@lru_cache(maxsize=20_000)
def is_body_name(name: str) -> bool:
    """Say whether a class or id name is one that themes give to the main text."""
    return BODY_NAME.search(_CAMEL.sub("-", name).lower()) is not None


@lru_cache(maxsize=20_000)
def is_lead_name(name: str) -> bool:
    """Say whether a class name marks a standfirst."""
    return LEAD_NAME.search(_CAMEL.sub("-", name).lower()) is not None


_LINE = re.compile(
    r"^(?:read (?:more|also|next|full|the full)|more (?:on|from|about)|also (?:read|on|see)|see also|related(?: \w+)?:|watch(?: more| now|:)|listen(?: to|:)|"
    r"click here|sign up|subscribe|follow us|follow @|share (?:this|on|via)|tweet$|advertisement|sponsored|continue reading|scroll (?:down|to)|"
    r"image (?:source|credit|caption|copyright)|photo(?: credit|s)?:|photograph(?:s|y)? by|getty images|copyright|©|\(c\) |all rights reserved|"
    r"comments?$|\d+ comments?$|leave a (?:comment|reply)|share$|print$|email$|tags?:|topics?:|filed under|categories:|posted in|"
    r"download (?:the|our)|join (?:our|the|us)|get (?:the|our) (?:latest|app|daily)|support our|donate|"
    r"lesen sie (?:auch|mehr)|mehr zum thema|auch interessant|lesetipp|mehr dazu|weiterlesen|zum thema|anzeige$|werbung$|teilen$|kommentare?$|quelle:|foto:|"
    r"lea (?:también|además|más)|le(?:e|er) (?:también|más)|te puede interesar|más información|también te|síguenos|suscríbe|publicidad$|compartir$|"
    r"lire (?:aussi|la suite|également)|à lire|voir aussi|sur le même sujet|publicité$|partager$|abonnez|inscrivez|"
    r"leia (?:também|mais)|veja (?:também|mais)|saiba mais|publicidade$|compartilh|leggi anche|"
    r"читайте также|смотрите также|подпис(?:аться|ывайтесь|ывайся)|поделиться|реклама$|теги:|фото:|источник фото|"
    r"ayrıca (?:bakınız|oku)|ilgili haber|reklam$|paylaş$|haberin devamı|"
    r"اقرأ (?:أيضا|أيضًا|المزيد)|شاهد|إعلان$|责任编辑|编辑：|相关(?:阅读|新闻|链接)|分享到|扫一扫|更多精彩|关注我们|【|点击)",
    re.IGNORECASE,
)


def is_boilerplate_line(text: str) -> bool:
    """Say whether a short block is an invitation (read also, subscribe, share), a credit or a label."""
    return len(text) < 200 and _LINE.match(text) is not None
