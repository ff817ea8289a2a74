"""What is not the article: element names, class words, and the sentences of newsletters, shares and cookie notes."""

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
    captions? legend legende img-caption
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
    r"(?:meta|footer|tags|nav|navigation|info|actions|tools|utility|share|author|date|related)(?:$|[\s_-])"
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
    if is_skipped_tag(element):
        return True
    if tag in ("html", "body", "main"):
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


def _own_part(token: str) -> str:
    """Return what a BEM or CSS-module name says of the element itself: ``story__share`` is a share, not a story."""
    block, separator, part = token.rpartition("__")
    if separator:
        token = block if _HASH.match(part) else part
    return _CAMEL.sub("-", token).lower()


_LINE = re.compile(
    r"^(?:read (?:more|also|next|full|the full)|more (?:on|from|about)|also (?:read|on|see)|see also"
    r"|related(?: \w+)?:"
    r"|watch(?: more| now|:)|listen(?: to|:)|click here|sign up|subscribe|follow us|follow @|share (?:this|on"
    r"|via)|tweet$"
    r"|advert(?:isement)?$|sponsored|continue reading|scroll (?:down|to)|up next$|story saved$|text size$"
    r"|print article$"
    r"|copyright|©|\(c\) |all rights reserved|comments?$|\d+ comments?$|leave a (?:comment|reply)|share$|print$"
    r"|email$"
    r"|tags?:|topics?:|filed under|categories:|posted in|download (?:the|our)|join (?:our|the conversation|us)"
    r"|get (?:the|our) (?:latest|app|daily)|support our|donate|sharing is caring|\d+ ?shares|previous post|next post"
    r"|lesen sie (?:auch|mehr)|mehr zum thema|auch interessant|lesetipp|mehr dazu|weiterlesen|zum thema|anzeige$"
    r"|werbung$"
    r"|teilen$|kommentare?$|quelle:|lea (?:también|además|más)|le(?:e|er) (?:también|más)|te puede interesar"
    r"|más información|también te|síguenos|suscríbe|publicidad$|compartir$|lire (?:aussi|la suite|également)|à lire"
    r"|voir aussi|sur le même sujet|publicité$|partager$|abonnez|inscrivez|leia (?:também|mais)|veja (?:também|mais)"
    r"|saiba mais|publicidade$|compartilh|leggi anche|czytaj (?:więcej|też|także)|les også|læs også|läs (?:också"
    r"|även)"
    r"|читайте также|смотрите также|подпис(?:аться|ывайтесь|ывайся)|поделиться|реклама$|теги:|источник фото"
    r"|ayrıca (?:bakınız|oku)|ilgili haber|reklam$|paylaş$|haberin devamı"
    r"|اقرأ (?:أيضا|أيضًا|المزيد)|إعلان$|责任编辑|编辑：|相关(?:阅读|新闻|链接)|分享到|扫一扫|更多精彩|关注我们|点击)",
    re.IGNORECASE,
)
# A line that is a date with a time, and hardly more.
_STAMP = re.compile(r"(?:19|20)\d\d\D.{0,25}\d{1,2}[:.h]\d\d(?!\d)|\d{1,2}[:.h]\d\d(?!\d).{0,25}(?:19|20)\d\d")
_NOTICES = (
    "recaptcha", "akismet", "privacy policy", "cookie settings", "cookie policy", "cookie notice", "our newsletter",
    "free newsletter", "unsubscribe", "all rights reserved", "affiliate link", "affiliate commission", "ad block",
    "adblock", "ad-block", "enable javascript", "terms of use", "terms of service", "an error has occurred",
    "reserved for subscribers", "create an account", "already a subscriber", "become a member",
    "newsletter abonnieren",
    "newsletter informiert", "datenschutzerklärung", "wieder abmelden", "abonnieren sie", "suscríbete", "boletín",
    "s'abonner", "politique de confidentialité", "подпишитесь", "рассылк",
)  # fmt: skip
_CREDIT_END = re.compile(
    r"(?:\((?:photo|picture|image|foto|pic|ap photo)[^()]{0,80}\)|getty images|shutterstock|reuters|afp|dpa|epa"
    r"|unsplash\S{0,60}|photo credit[^.]{0,60}|/ ?(?:ap|afp|dpa|reuters|epa|getty|imago)"
    r"|(?:foto|photo|image|bild|picture|фото|fotos?\(s\))(?: by)? ?[:=][^.]{0,80}|\[[^\[\]]{0,12}사진[^\[\]]{0,60}\]"
    r"|stock\.adobe\.com|（代表撮影）|nuotr\.?)$",
    re.IGNORECASE,
)
_CREDIT_START = re.compile(
    r"(?:photo(?:graph)?s?|foto\(?s?\)?|image|bild|picture|фото|credit|image (?:source|credit|caption|copyright))"
    r"(?: by|:|\(s\))",
    re.IGNORECASE,
)
_END_HEADING = re.compile(
    r"^(?:related(?: \w+){0,3}|most (?:popular|read|viewed)|more (?:from|on|stories|great|news|articles)\b.{0,40}"
    r"|up next|trending(?: \w+)?"
    r"|recommended(?: \w+){0,3}|you (?:may|might) (?:also )?(?:like|be interested).{0,30}"
    r"|comments?(?: \(?\d+\)?)?|\d+ comments?|leave a (?:reply|comment).{0,30}"
    r"|about the authors?|latest(?: \w+){0,2}|read (?:more|next|also)|elsewhere on .{0,40}|share this.{0,30}"
    r"|something to consider"
    r"|mehr zum thema|das könnte sie auch.{0,30}|auch interessant|weitere (?:artikel|themen|meldungen).{0,30}"
    r"|kommentare?|ähnliche (?:beiträge|artikel)"
    r"|lo más (?:leído|visto)|te puede interesar|noticias relacionadas|comentarios|más noticias"
    r"|sur le même (?:sujet|thème)|à lire aussi|commentaires?|articles liés"
    r"|leia (?:também|mais)|veja também|leggi anche|articoli correlati|commenti|читайте также|по теме|комментарии"
    r"|похожие (?:новости|статьи)"
    r"|ilgili haberler|yorumlar|benzer haberler|اقرأ أيضا.{0,20}|مواضيع ذات صلة|التعليقات|相关(?:阅读|新闻|文章).{0,10}"
    r"|関連(?:記事|ニュース).{0,10}|관련(?: )?기사.{0,10}"
    r"|previous post|next post|отзывы|добавить отзыв)\W{0,3}$",
    re.IGNORECASE,
)


def is_boilerplate_line(text: str) -> bool:
    """Say whether a short block is an invitation (read also, subscribe), a notice, a picture's credit or a label."""
    if len(text) > 330:
        return False
    if len(text) < 200 and (_LINE.match(text) or (_STAMP.search(text[:70]) and len(text) < 70)):
        return True
    lowered = text.lower()
    return any(notice in lowered for notice in _NOTICES) or is_credit(text)


def is_credit(text: str) -> bool:
    """Say whether a short text is or ends in the credit of a picture."""
    return _CREDIT_START.match(text) is not None or _CREDIT_END.search(text[-100:]) is not None


def is_end_heading(text: str) -> bool:
    """Say whether a line opens what comes after an article: related stories, comments, the most read."""
    return len(text) < 80 and _END_HEADING.match(text.strip()) is not None
