from typing import Any

import pytest

from crawler.scouting.opt_outs import in_page, in_robots, in_tdmrep
from crawler.scouting.walls import find_blocker
from pipelines.extract.head import read_head
from pipelines.extract.tree import parse_html

CLOUDFLARE = b"<html><head><title>Just a moment...</title></head><script>window._cf_chl_opt={cvId:'3'}</script></html>"
DATADOME = (
    b"<html><body><script>var dd={'rt':'c','cid':'x','hsh':'y','host':'geo.captcha-delivery.com'}</script></body>"
)
IMPERVA = (
    b"<html><head><META NAME='ROBOTS'></head><iframe src='/_Incapsula_Resource?SWUDNSAI=31'>Request unsuccessful. "
    b"Incapsula incident ID: 1-2</iframe></html>"
)
AKAMAI = b"<H1>Access Denied</H1>You don't have permission. Reference #18.1 https://errors.edgesuite.net/18.1"
ARTICLE = b"<article><h1>Customs tightens its security check</h1>" + b"<p>Trucks wait for hours at the gate.</p>" * 3000

WALLS: list[Any] = [
    pytest.param(403, {"Server": "cloudflare", "Cf-Mitigated": "challenge"}, CLOUDFLARE, "Cloudflare", id="cloudflare"),
    pytest.param(503, {"Server": "cloudflare"}, CLOUDFLARE, "Cloudflare", id="cloudflare, older answer 503"),
    pytest.param(403, {"Server": "cloudflare"}, b"error code: 1020", "Cloudflare", id="bare refusal says its server"),
    pytest.param(200, {}, CLOUDFLARE, "Cloudflare", id="challenge that answers 200"),
    pytest.param(403, {"X-DataDome": "protected"}, DATADOME, "DataDome", id="datadome"),
    pytest.param(403, {"Set-Cookie": "datadome=abc; Path=/"}, b"", "DataDome", id="datadome by its cookie"),
    pytest.param(200, {}, IMPERVA, "Imperva", id="imperva answers 200"),
    pytest.param(403, {"Server": "AkamaiGHost"}, AKAMAI, "Akamai", id="akamai"),
    pytest.param(403, {"Server": "AkamaiGHost"}, b"", "Akamai", id="akamai by its server"),
    pytest.param(405, {"x-amzn-waf-action": "captcha"}, b"", "AWS WAF", id="aws waf"),
    pytest.param(403, {}, b"<div id='px-captcha'></div>", "HUMAN", id="human"),
    pytest.param(403, {"Server": "nginx"}, b"Forbidden", "the server", id="nobody in particular"),
    pytest.param(401, {}, b"", "the server", id="password"),
    pytest.param(429, {"Retry-After": "60"}, b"slow down", None, id="a wish for a pause is no wall"),
    pytest.param(503, {}, b"maintenance", None, id="maintenance is no wall"),
    pytest.param(404, {"Server": "cloudflare"}, b"", None, id="not found is no wall"),
    pytest.param(200, {"Server": "cloudflare"}, b"<article>news</article>", None, id="a page behind cloudflare"),
    pytest.param(200, {}, ARTICLE, None, id="an article about checks"),
    pytest.param(200, {}, b"<p>Just a moment... he said", None, id="words without a product's mark"),
]


@pytest.mark.parametrize(("status", "headers", "body", "expected"), WALLS)
def test_who_blocks(status: int, headers: dict[str, str], body: bytes, expected: str | None) -> None:
    assert find_blocker(status, headers, body) == expected


AI_ROBOTS = """User-agent: GPTBot
User-agent: CCBot
Disallow: /

User-agent: ClaudeBot
Disallow: /private/

User-agent: *
Content-Signal: search=yes, ai-train=no
Disallow: /admin/
"""


def test_opt_outs_of_robots() -> None:
    assert in_robots(AI_ROBOTS, "https://a.example/") == [
        "robots.txt keeps out CCBot, GPTBot",
        "robots.txt says ai-train=no",
    ]
    assert in_robots("User-agent: *\nDisallow: /\n", "https://a.example/") == []  # speaks of everybody, not of mining


PAGES: list[Any] = [
    pytest.param({"TDM-Reservation": "1"}, "", ["tdm-reservation in header"], id="tdm header"),
    pytest.param({}, '<meta name="tdm-reservation" content="1">', ["tdm-reservation in meta"], id="tdm meta"),
    pytest.param({"tdm-reservation": "0"}, "", [], id="tdm says may"),
    pytest.param({}, '<meta name="robots" content="noai, noimageai">',
                 ["noai in meta robots", "noimageai in meta robots"], id="noai"),
    pytest.param({"X-Robots-Tag": "otherbot: noindex, noarchive"}, "", ["noarchive in X-Robots-Tag"], id="noarchive"),
    pytest.param({}, '<meta name="robots" content="index, follow, max-image-preview:large">', [], id="nothing"),
]  # fmt: skip


@pytest.mark.parametrize(("headers", "head", "expected"), PAGES)
def test_opt_outs_of_a_page(headers: dict[str, str], head: str, expected: list[str]) -> None:
    tree, _ = parse_html(f"<html><head>{head}</head><body></body></html>".encode())
    assert in_page(headers, read_head(tree)) == expected


TDMREP: list[Any] = [
    pytest.param(b'[{"location": "/", "tdm-reservation": 1}]', "/news/a", True, id="everything"),
    pytest.param(b'[{"location": "/news/*.html$", "tdm-reservation": 1}]', "/news/a.html", True, id="pattern"),
    pytest.param(b'[{"location": "/*.html$", "tdm-reservation": 1}]', "/news/a.htmlx", False, id="not the pattern"),
    pytest.param(b'[{"location": "/open", "tdm-reservation": 0}, {"location": "/", "tdm-reservation": 1}]', "/open/a",
                 False, id="the first that fits counts"),
    pytest.param(b"<html>not found</html>", "/", False, id="no JSON"),
    pytest.param(b"[" * 100_000, "/", False, id="deep"),
    pytest.param(b'{"location": "/"}', "/", False, id="no list"),
]  # fmt: skip


@pytest.mark.parametrize(("body", "path", "expected"), TDMREP)
def test_opt_outs_of_tdmrep(body: bytes, path: str, expected: bool) -> None:
    assert bool(in_tdmrep(body, path)) is expected
