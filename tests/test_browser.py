"""The pages in a real browser, over a database in which every text is hostile.

The crawl follows every link it is shown, so pages that are added later are opened without being named here.
"""

import re
import shutil
import threading
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, urljoin, urlsplit

import pytest
import uvicorn
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, Request, sync_playwright

from models.search_index import SearchIndex
from tests.hostile_rows import hostile_database
from tests.hostile_texts import hostile_texts
from tests.sample_rows import NOW
from web.app import create_app

CHROMIUM = next(
    (path for name in ("chromium", "chromium-browser", "google-chrome") if (path := shutil.which(name))), ""
)
pytestmark = pytest.mark.skipif(not CHROMIUM, reason="no Chromium here: the pages are not opened in a browser")

EACH = 2  # addresses opened of each kind of page
FOR_PROGRAMS = ("/api/", "/feeds/", "/healthz")  # what is no page
WIDE, PHONE = {"width": 1280, "height": 900}, {"width": 390, "height": 844}
# Elements and attributes that no page of ours has: where one is, a text was taken for markup.
FOREIGN = (
    "script, img:not([src^='/']), object, embed, base, video, audio, math, style, body [style], meta[http-equiv], "
    "form[action^='javascript'], "
    "link[href^='http'], a[href^='javascript' i], a[href^='data:'], iframe:not([sandbox='']), [onerror], [onload], "
    "[onclick], [onfocus], [onmouseover], [ontoggle], [onbegin]"
)

# An archived page is not of our making: what it is shown without.
LIVELY = "script, style:not(:first-child), iframe, object, link, base, form[action], [src], [href], [onload], [onerror]"
# What depends on the colours, and on the width; the rest is the same in every mode.
DARK_RULES = {"runOnly": ["color-contrast", "link-in-text-block"]}
PHONE_RULES = {"runOnly": ["target-size", "scrollable-region-focusable", "aria-hidden-focus", "meta-viewport"]}
REPEATED = [["tr:nth-child(n+9)"], ["li:nth-child(n+12)"], [".paragraph:nth-child(n+12)"], ["section:nth-of-type(n+5)"]]


@dataclass
class Site:
    """The served pages and what was found on them."""

    base: str
    kinds: dict[tuple[str, ...], list[str]] = field(default_factory=dict)
    twins: set[str] = field(default_factory=set)
    text: str = ""
    troubles: list[str] = field(default_factory=list)


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve the hostile database on loopback."""
    folder = tmp_path_factory.mktemp("hostile")
    engine = hostile_database(folder)
    SearchIndex(folder / "index").update(engine)
    app = create_app(str(engine.url), folder / "index", now=lambda: NOW)
    server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=0, log_level="error"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        assert thread.is_alive()
        time.sleep(0.02)
    yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    server.should_exit = True
    thread.join(timeout=10)
    engine.dispose()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport=WIDE)
    yield context.new_page()
    context.close()


@pytest.fixture(scope="module")
def site(browser: Browser, base: str) -> Site:
    """Open pages of every kind that links lead to, and note what goes wrong on them."""
    site = Site(base)
    context = browser.new_context(viewport=WIDE)
    page = context.new_page()
    _note_troubles(page, site)
    wanted = ["/"]
    while wanted:
        address = wanted.pop(0)
        opened = site.kinds.setdefault(kind_of(address), [])
        if address in opened or len(opened) >= EACH:
            continue
        opened.append(address)
        wanted += _open(page, site, address)
    context.close()
    return site


def kind_of(address: str) -> tuple[str, ...]:
    """Name the kind of page: its path with numbers and names left out, and the parameter it is asked with, if any."""
    parts = urlsplit(address)
    first, *rest = parts.path.strip("/").split("/")
    left_out = [each if at and re.fullmatch("[a-z]+", each) else "{}" for at, each in enumerate(rest)]
    names = list(parse_qs(parts.query, keep_blank_values=True))
    return (first, *left_out, *(names if len(names) < 2 else ["several"]))


def _note_troubles(page: Page, site: Site) -> None:
    page.on("console", lambda message: site.troubles.append(f"{page.url}: {message.type}: {message.text}"))
    page.on("pageerror", lambda error: site.troubles.append(f"{page.url}: {error}"))
    page.on("dialog", lambda dialog: site.troubles.append(f"{page.url}: a dialog, {dialog.message}"))
    page.on("request", lambda request: _note_request(request, page, site))


def _note_request(request: Request, page: Page, site: Site) -> None:
    if not request.url.startswith(site.base):
        site.troubles.append(f"{page.url}: asked for {request.url[:200]}")


def _open(page: Page, site: Site, address: str) -> list[str]:
    """Open a page, check that texts stayed texts, and give the addresses of ours it leads to."""
    answer = page.goto(site.base + address)
    if answer is None or answer.status != 200:
        site.troubles.append(f"{address}: answers {answer and answer.status}")
    found = page.evaluate(
        """(foreign) => ({
            text: document.documentElement.textContent,
            foreign: [...document.querySelectorAll(foreign)].map(each => each.outerHTML.slice(0, 200)),
            ran: document.documentElement.dataset.ran || (document.title == 'ran' ? 'title' : null),
            links: [...document.querySelectorAll('a[href]:not([download])')].map(each => each.getAttribute('href')),
        })""",
        LIVELY if is_archived(address) else FOREIGN,
    )
    site.text += found["text"]
    site.troubles += [f"{address}: has {each}" for each in found["foreign"]]
    site.troubles += [f"{address}: a script ran: {found['ran']}"] if found["ran"] else []
    ours = [
        link for link in (urljoin(site.base + address, each) for each in found["links"]) if link.startswith(site.base)
    ]
    paths = [link.removeprefix(site.base).partition("#")[0] for link in ours]
    site.twins |= {path for path in paths if path.startswith(("/api/", "/feeds/"))}
    return [path for path in paths if not path.startswith(FOR_PROGRAMS)]


def test_no_page_runs_loads_or_says_anything_it_should_not(site: Site) -> None:
    assert site.troubles == [], "\n".join(site.troubles)
    opened = {kind[0] for kind in site.kinds}
    assert {
        "alerts",
        "articles",
        "outlets",
        "sources",
        "crawls",
        "captures",
        "schedule",
        "coverage",
        "dictionary",
    } <= opened


def test_every_hostile_text_is_shown_as_text(site: Site) -> None:
    shown = _squeezed(site.text)
    assert [text for text in hostile_texts() if _squeezed(text) not in shown] == []


def _squeezed(text: str) -> str:
    """Leave out blanks and what HTML has no place for."""
    return "".join(text.replace("\x00", "").split())


def test_every_twin_answers(site: Site, page: Page) -> None:
    kinds = {kind_of(twin): twin for twin in sorted(site.twins)}
    answers = {twin: page.request.get(site.base + twin) for twin in kinds.values()}
    assert {twin: answer.status for twin, answer in answers.items() if answer.status != 200} == {}
    assert {kind_of(twin)[0] for twin, answer in answers.items() if "html" in answer.headers["content-type"]} == set()
    assert len(answers) > 10


def test_every_kind_of_page_is_accessible_in_light_dark_and_on_a_phone(site: Site, page: Page) -> None:
    violations: Counter[str] = Counter()
    for address in one_of_each(site):
        page.emulate_media(color_scheme="light")
        page.set_viewport_size(WIDE)
        page.goto(site.base + address)
        violations += serious(page, address, {})
        page.emulate_media(color_scheme="dark")
        violations += serious(page, f"{address} dark", DARK_RULES)
        page.set_viewport_size(PHONE)
        violations += serious(page, f"{address} phone", PHONE_RULES)
        if (width := page.evaluate("document.documentElement.scrollWidth")) > PHONE["width"]:
            violations[f"{address}: {width} pixels wide on a phone"] += 1
    assert violations == Counter()


def one_of_each(site: Site) -> list[str]:
    """Give one address of each path; a page asked otherwise is built the same. Archived pages are not of our making."""
    paths = {urlsplit(opened[-1]).path: opened[-1] for opened in site.kinds.values()}
    return list({kind_of(path): address for path, address in paths.items() if not is_archived(path)}.values())


def is_archived(path: str) -> bool:
    return path.startswith("/captures/") and path.endswith(("/page", "/source"))


def serious(page: Page, name: str, options: dict[str, Any]) -> Counter[str]:
    """Run axe; give what is serious or worse, and on what."""
    options = {"resultTypes": ["violations"], **options}
    found = Axe().run(page, context={"exclude": REPEATED}, options=options).response["violations"]
    return Counter(
        f"{name}: {each['id']}: {each['nodes'][0]['html'][:160]}"
        for each in found
        if each["impact"] in {"serious", "critical"}
    )


def test_the_keyboard_reaches_the_content_the_search_and_the_filters(base: str, page: Page) -> None:
    page.goto(base + "/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the content"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    page.goto(base + "/")
    _tab_to(page, "document.activeElement.id == 'quick'")
    page.keyboard.type("evil")
    page.keyboard.press("Enter")
    page.wait_for_url("**/articles?q=evil")
    _tab_to(page, "document.activeElement.closest('.rail li a') !== null")
    page.keyboard.press("Enter")
    page.wait_for_url("**/articles?q=evil&**")
    assert page.locator(".chosen li").count() == 2
    _tab_to(page, "document.activeElement.closest('.card h3 a') !== null")
    page.keyboard.press("Enter")
    page.wait_for_url("**/articles/*")


def test_on_a_phone_the_filters_open_by_keyboard(base: str, page: Page) -> None:
    page.set_viewport_size(PHONE)
    page.goto(base + "/articles")
    assert not page.locator(".rail nav").is_visible()
    _tab_to(page, "document.activeElement.matches('.rail > summary')")
    page.keyboard.press("Enter")
    assert page.locator(".rail nav").is_visible()


def _tab_to(page: Page, condition: str) -> None:
    for _ in range(80):
        page.keyboard.press("Tab")
        if page.evaluate(condition):
            return
    pytest.fail(f"the keyboard does not come to where {condition}")


def test_an_archived_page_is_shown_and_does_nothing(site: Site, page: Page) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    captures = {urlsplit(each).path for each in site.kinds["captures", "{}"]}
    page.goto(site.base + min(captures))
    frame = page.frame_locator("iframe")
    assert frame.locator("h1").inner_text() == "As it was captured"
    assert (
        frame.locator("script, img[src], iframe, link, meta[http-equiv], form[action], [href], [onload]").count() == 0
    )
    page.wait_for_timeout(200)
    assert [url for url in asked if not url.startswith(site.base)] == []


def test_two_clicks_lead_from_the_sentence_to_the_outlet(base: str, page: Page) -> None:
    page.goto(base + "/articles/2")
    page.click("#claim-1 >> text=archived page")
    page.wait_for_url("**/captures/*")
    page.click("main a.outlet >> nth=0")
    page.wait_for_url(re.compile(r"/outlets/\d+$"))
