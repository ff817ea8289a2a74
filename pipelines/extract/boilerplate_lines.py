"""Lines that are not the article, by their words: invitations, notices, pictures' credits, headings of other lists."""

import re

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
    r"|нашли (?:ошибку|опечатку)|(?:found|spotted) an? (?:error|mistake|typo)|fehler (?:gefunden|entdeckt)"
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
# One of these is in whatever _CREDIT_END finds, and looking for them is ten times as fast.
_CREDIT_WORDS = (
    "photo", "pic", "image", "foto", "bild", "фото", "사진", "unsplash", "shutterstock", "reuters", "afp", "dpa", "epa",
    "/", "stock.adobe", "代表撮影", "nuotr",
)  # fmt: skip
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
    if len(text) < 200 and (_LINE.match(text) or (len(text) < 70 and _STAMP.search(text))):
        return True
    lowered = text.lower()
    for notice in _NOTICES:  # a plain loop: any() with a generator takes half as long again
        if notice in lowered:
            return True
    return is_credit(text)


def is_credit(text: str) -> bool:
    """Say whether a short text is or ends in the credit of a picture."""
    if _CREDIT_START.match(text):
        return True
    tail = text[-100:].lower()
    has_word = any(word in tail for word in _CREDIT_WORDS)
    return has_word and _CREDIT_END.search(text[-100:]) is not None


def is_end_heading(text: str) -> bool:
    """Say whether a line opens what comes after an article: related stories, comments, the most read."""
    return len(text) < 80 and _END_HEADING.match(text.strip().rstrip("()[] 0123456789")) is not None
