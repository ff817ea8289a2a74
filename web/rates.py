"""How often one client may ask, and how often anyone may try a password."""

import math
import time
from ipaddress import ip_address, ip_network

from fastapi import Request
from limits import RateLimitItem, RateLimitItemPerHour, RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import FixedWindowRateLimiter
from starlette.types import ASGIApp, Receive, Scope, Send

from web.guard import is_loopback
from web.mistakes import Mistakes

FROM_ELSEWHERE = RateLimitItemPerMinute(300)
FROM_THIS_MACHINE = RateLimitItemPerMinute(6000)
LOGINS_OF_A_CLIENT = RateLimitItemPerMinute(10, multiples=10)
LOGINS_TO_AN_ACCOUNT = RateLimitItemPerHour(60)
UNCOUNTED = ("/static/",)


class Rates:
    """Answers 429 to a client that asks too often, with the seconds to wait."""

    def __init__(self, app: ASGIApp, mistakes: Mistakes) -> None:
        self.app, self.mistakes = app, mistakes
        self._limiter = FixedWindowRateLimiter(MemoryStorage())

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        app = self.app
        if scope["type"] == "http" and not scope["path"].startswith(UNCOUNTED):
            address = Request(scope).client
            host = address.host if address else ""
            limit = FROM_THIS_MACHINE if is_loopback(host) else FROM_ELSEWHERE
            if not self._limiter.hit(limit, client_of(host)):
                wait = {"Retry-After": str(_seconds_to_wait(self._limiter, limit, client_of(host)))}
                app = self.mistakes.answer(scope["path"], 429, "too many requests; wait a while", wait)
        await app(scope, receive, send)


class Attempts:
    """Counts attempts to log in, by client and by account."""

    def __init__(self) -> None:
        self._limiter = FixedWindowRateLimiter(MemoryStorage())

    def seconds_to_wait(self, request: Request, name: str) -> int:
        """Count an attempt; give 0 where it may be made, else the seconds until one may."""
        client = client_of(request.client.host if request.client else "")
        counts = ((LOGINS_OF_A_CLIENT, f"client {client}"), (LOGINS_TO_AN_ACCOUNT, f"account {name.lower()[:200]}"))
        for limit, key in counts:
            if not self._limiter.hit(limit, key):
                return _seconds_to_wait(self._limiter, limit, key)
        return 0


def client_of(host: str) -> str:
    """Name who asks: an IPv4 address, or the network of 64 bits that one household or server has of IPv6."""
    try:
        address = ip_address(host)
    except ValueError:
        return host
    return host if address.version == 4 else str(ip_network((address, 64), strict=False))


def _seconds_to_wait(limiter: FixedWindowRateLimiter, limit: RateLimitItem, key: str) -> int:
    return max(1, math.ceil(limiter.get_window_stats(limit, key).reset_time - time.time()))
