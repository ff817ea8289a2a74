"""The sample newsroom as a web server on loopback; the Host header decides which outlet answers."""

import gzip
import hashlib
import socket
import sys
import threading
import time
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self

from newsroom.content import EDITION_BEGINS, read_sites
from newsroom.site import Answer, answer


@dataclass(frozen=True, slots=True)
class Request:
    """One request as the server saw it; ``at`` is ``time.monotonic()``, ``in_flight`` counts this host's requests
    being answered when it began, itself included."""

    at: float
    host: str
    path: str
    status: int
    in_flight: int
    user_agent: str | None


class Newsroom:
    """The running newsroom; use it as a context manager. ``edition`` may be set while it runs: 1 is the first day,
    2 a later one with a story edited, a story gone and two new ones."""

    def __init__(self, port: int = 8377, edition: int = 1) -> None:
        self.edition = edition
        self._sites = read_sites()
        self._answers: dict[tuple[str, str, int], Answer] = {}
        self._lock = threading.Lock()
        self._requests: list[Request] = []
        self._in_flight: Counter[str] = Counter()
        self._server = _Server(("127.0.0.1", port), _Handler, self)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,), name="newsroom")

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def port(self) -> int:
        """The port it listens on."""
        return int(self._server.server_address[1])

    @property
    def edition(self) -> int:
        """The edition it serves."""
        return self._edition

    @edition.setter
    def edition(self, number: int) -> None:
        if number not in EDITION_BEGINS:
            raise ValueError(f"the newsroom has editions {sorted(EDITION_BEGINS)}, not {number}")
        self._edition = number

    @property
    def requests(self) -> tuple[Request, ...]:
        """The requests answered so far."""
        with self._lock:
            return tuple(self._requests)

    @property
    def outlets(self) -> list[str]:
        """The slugs of the outlets."""
        return list(self._sites)

    def url(self, slug: str, path: str = "/") -> str:
        """The address of a path at an outlet."""
        return f"http://{slug}.localhost:{self.port}{path}"

    def close(self) -> None:
        """Stop answering and end every thread."""
        if self._thread.is_alive():
            self._server.shutdown()
            self._thread.join()
        self._server.end_connections()
        self._server.server_close()

    def begin(self, host: str) -> int:
        """Count a request in; the number now in flight for its host."""
        with self._lock:
            self._in_flight[host] += 1
            return self._in_flight[host]

    def end(self, request: Request) -> None:
        """Count a request out and log it."""
        with self._lock:
            self._in_flight[request.host] -= 1
            self._requests.append(request)

    def answer(self, host: str, target: str) -> Answer:
        """What the outlet named by the host says to a request target."""
        slug = host.partition(":")[0].lower().removesuffix(".localhost")
        if slug not in self._sites:
            return (
                self._directory()
                if slug in {"127.0.0.1", "localhost"}
                else Answer(404, "text/plain", b"No such host\n")
            )
        key = (slug, target, self._edition)
        if key not in self._answers:
            self._answers[key] = answer(self._sites[slug], target, self.port, self._edition)
        return self._answers[key]

    def _directory(self) -> Answer:
        links = "".join(f'<li><a href="{self.url(slug)}">{slug}</a></li>' for slug in self._sites)
        return Answer(
            200, "text/html; charset=utf-8", f"<!DOCTYPE html><title>Newsroom</title><ul>{links}</ul>".encode()
        )


class _Server(ThreadingHTTPServer):
    """Remembers its open connections, so that closing does not wait for idle ones."""

    daemon_threads = False
    request_queue_size = 64

    def __init__(self, address: tuple[str, int], handler: type[BaseHTTPRequestHandler], newsroom: Newsroom) -> None:
        self.newsroom = newsroom
        self._open: set[socket.socket] = set()
        self._open_lock = threading.Lock()
        super().__init__(address, handler)

    def process_request(self, request: Any, client_address: Any) -> None:
        with self._open_lock:
            self._open.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: Any) -> None:
        with self._open_lock:
            self._open.discard(request)
        super().shutdown_request(request)

    def end_connections(self) -> None:
        """Hang up on every client."""
        with self._open_lock:
            for connection in self._open:
                connection.shutdown(socket.SHUT_RDWR)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing of clients that hang up, as a killed crawl does."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server_version = "Newsroom/1"
    disable_nagle_algorithm = True
    timeout = 30
    server: _Server

    def do_GET(self) -> None:
        newsroom, at = self.server.newsroom, time.monotonic()
        host = self.headers.get("Host", "").partition(":")[0].lower()
        in_flight, status = newsroom.begin(host), 0
        try:
            status = self._send(newsroom.answer(host, self.path))
        finally:
            newsroom.end(Request(at, host, self.path, status, in_flight, self.headers.get("User-Agent")))

    do_HEAD = do_GET  # noqa: N815

    def log_message(self, *_: object) -> None:
        """Keep the terminal quiet; ``Newsroom.requests`` is the log."""

    def _send(self, given: Answer) -> int:
        tag = f'W/"{hashlib.sha256(given.body).hexdigest()[:20]}"'
        status = 304 if given.status == 200 and self._is_known(given, tag) else given.status
        body = b"" if status == 304 else given.body
        zipped = len(body) > 200 and given.content_type != "application/gzip" and self._takes_gzip()
        body = gzip.compress(body, 6, mtime=0) if zipped else body
        self.send_response(status)
        self._send_headers(given, tag, status, zipped)
        if status != 304:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)
        return status

    def _send_headers(self, given: Answer, tag: str, status: int, zipped: bool) -> None:
        if status != 304:
            self.send_header("Content-Type", given.content_type)
        if given.location:
            self.send_header("Location", given.location)
        if given.status == 200:
            self.send_header("ETag", tag)
            self.send_header("Vary", "Accept-Encoding")
        if given.modified:
            self.send_header("Last-Modified", format_datetime(given.modified.astimezone(UTC), usegmt=True))
        if zipped:
            self.send_header("Content-Encoding", "gzip")

    def _takes_gzip(self) -> bool:
        offered = self.headers.get("Accept-Encoding", "").lower().split(",")
        return any(one.strip().partition(";")[0] == "gzip" and "q=0" not in one.replace("q=0.", "") for one in offered)

    def _is_known(self, given: Answer, tag: str) -> bool:
        """If-None-Match decides; If-Modified-Since only where it is absent (RFC 9110, 13.2.2)."""
        if known := self.headers.get("If-None-Match"):
            return known.strip() == "*" or tag in [one.strip() for one in known.split(",")]
        since = _parse_date(self.headers.get("If-Modified-Since"))
        return bool(since and given.modified and given.modified.replace(microsecond=0) <= since)


def _parse_date(text: str | None) -> datetime | None:
    try:
        moment = parsedate_to_datetime(text) if text else None
    except ValueError:
        return None
    return moment if moment and moment.tzinfo else None
