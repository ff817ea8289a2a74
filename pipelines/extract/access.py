"""Is the whole article on the page, only its beginning, or a wall or error page? A doubt is no refusal."""

import re
from itertools import islice

from lxml.html import HtmlElement

from pipelines.extract.head import Sources, one_line
from pipelines.items import Access, Paragraph

ENOUGH = 1500  # characters of main text that no wall, error page or teaser has
_NOT_FOUND = re.compile(
    r"\b404\b|(?:page|article|seite|artikel|página|pagina|page|страница|sayfa|الصفحة|siden|sivua).{0,30}"
    r"(?:not found|cannot be found|doesn.t exist|no longer (?:exists|available)|nicht gefunden|existiert nicht"
    r"|no encontrada"
    r"|no existe|introuvable|n.existe pas|não encontrada|non trovata|не найдена|bulunamadı|غير موجودة|finnes ikke"
    r"|ei löyt)"
    r"|not found|nicht gefunden|页面不存在|找不到(?:该)?页面|ページが見つかりません"
    r"|error establishing a database connection",
    re.IGNORECASE,
)
_CONSENT = re.compile(
    r"before you continue|we (?:and our (?:\d+ )?partners )?(?:use|value|store).{0,40}(?:cookies|privacy)"
    r"|accept all|cookie consent"
    r"|consent to (?:the use|our)|ihre zustimmung|wir (?:verwenden|nutzen) cookies"
    r"|mit werbung (?:und tracking )?weiterlesen"
    r"|zustimmen und weiter|aceptar (?:todas|y continuar)|utilizamos cookies|accepter et continuer"
    r"|nous utilisons des cookies"
    r"|accetta e continua|utilizziamo i cookie|мы используем (?:файлы )?cookie|çerez(?:leri)? kullan|aceitar cookies",
    re.IGNORECASE,
)
_LOGIN = re.compile(
    r"(?:log|sign) ?in to (?:continue|read|view|access)|please (?:log|sign) ?in|you must be logged in"
    r"|members only|enter your password"
    r"|bitte (?:melden sie sich an|einloggen)|inicia(?:r)? sesión para|connectez-vous pour|войдите,? чтобы"
    r"|авторизуйтесь"
    r"|giriş yapın|faça login para|accedi per|verify you are (?:a )?human|checking your browser"
    r"|enable javascript and cookies",
    re.IGNORECASE,
)
_PAYWALL = re.compile(
    r"(?:subscribe|sign up|register|log ?in) (?:now )?to (?:continue|keep|read|unlock)|to continue reading"
    r"|subscribers? only"
    r"|already a subscriber|reserved for subscribers|this article is for (?:subscribers|members)|unlock this article"
    r"|exklusiv für abonnenten|mit (?:\w+ )?(?:plus|abo) weiterlesen|jetzt weiterlesen|artikel freischalten"
    r"|nur für abonnenten"
    r"|suscríbete para|solo para suscriptores|contenido exclusivo|réservé aux abonnés|abonnez-vous pour"
    r"|il vous reste \d+ ?%"
    r"|para assinantes|conteúdo exclusivo|riservato agli abbonati|abbonati per|только для подписчиков"
    r"|оформите подписку"
    r"|この記事は(?:有料)?会員限定|残り\d+文字|abonelere özel|للمشتركين فقط",
    re.IGNORECASE,
)


def decide_access(sources: Sources, paragraphs: tuple[Paragraph, ...]) -> Access:
    """Return what of the article the page shows; anything but "full" needs a sign of its own on the page."""
    text = "\n".join(paragraph.text for paragraph in paragraphs)
    if _is_missing(sources, text):
        return "soft 404"
    if len(text) < ENOUGH or (_is_paid(sources) and len(text) < 3 * ENOUGH):
        visible = visible_text(sources.tree)
        if wall := _wall(sources, text, visible):
            return wall
        if _is_teaser(sources, text, visible):
            return "teaser"
    return "full" if len(text) >= 250 else "unknown"


def visible_text(tree: HtmlElement, limit: int = 30_000) -> str:
    """Return the words on the page up to a limit, without scripts and styles."""
    parts: list[str] = []
    size = 0
    for element in tree.iter():
        is_silent = not isinstance(element.tag, str) or element.tag in ("script", "style", "noscript", "template")
        for piece in (None if is_silent else element.text, element.tail):
            if piece and not piece.isspace():
                parts.append(piece.strip())
                size += len(piece)
        if size > limit:
            break
    return " ".join(parts)


def _is_missing(sources: Sources, text: str) -> bool:
    if sources.page.status in (404, 410):
        return True
    if len(text) >= 800:
        return False
    lines = [sources.head.title, *(one_line(h.text_content()) for h in islice(sources.tree.iter("h1"), 3))]
    return any(line and len(line) < 120 and _NOT_FOUND.search(line) for line in lines) and not sources.article


def _wall(sources: Sources, text: str, visible: str) -> Access | None:
    """Return the wall before a page that shows no article: few words, most of them about consent or an account."""
    if sources.article or len(text) > 600 or len(visible) > 6000:
        return None
    if _CONSENT.search(visible):
        return "consent wall"
    has_password = next(sources.tree.iterfind(".//input[@type='password']"), None) is not None
    if _LOGIN.search(visible) or (has_password and len(text) < 250):
        return "login"
    return None


def _is_teaser(sources: Sources, text: str, visible: str) -> bool:
    words = _word_count(sources)
    if words and words > 150 and len(text.split()) > 30:
        return len(text.split()) < 0.5 * words and (_is_paid(sources) or _PAYWALL.search(visible) is not None)
    if len(text) >= ENOUGH:
        return False
    is_cut = text.rstrip().endswith(("…", "...", "[…]", "[...]"))
    return (_is_paid(sources) and (len(text) < 1000 or is_cut)) or (_PAYWALL.search(visible) is not None and is_cut)


def _is_paid(sources: Sources) -> bool:
    value = sources.article.get("isAccessibleForFree")
    tier = sources.head.meta("article:content_tier", "cxenseparse:paywall") or ""
    return str(value).strip().lower() in ("false", "no", "0") or tier.lower() in ("locked", "paid", "hard", "premium")


def _word_count(sources: Sources) -> int | None:
    value = sources.article.get("wordCount")
    text = str(value).strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) < 7 else None
