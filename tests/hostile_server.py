"""A loopback server that misbehaves as told, and remembers what it was asked: raw bytes on sockets, one thread each."""

import contextlib
import socket
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Self
from xml.sax.saxutils import escape

STATES = ("Poland", "Norway", "Greece", "Chile", "Kenya", "Japan", "Oman", "Peru", "Latvia", "Brazil", "Egypt", "Qatar")


@dataclass(frozen=True, slots=True)
class Asked:
    """One request as the server saw it; ``in_flight`` counts this host's requests under way, itself included."""

    at: float
    host: str
    path: str
    headers: Mapping[str, str]
    in_flight: int


@dataclass(frozen=True, slots=True)
class Wire:
    """What a misbehaving page has at hand: the client's connection, the request, and whether the test is over."""

    socket: socket.socket
    asked: Asked
    closing: threading.Event

    def send(self, *parts: bytes, pause: float = 0.0) -> None:
        for part in parts:
            self.socket.sendall(part)
            self.wait(pause)

    def wait(self, seconds: float) -> bool:
        """Sleep, but not past the end of the test; tells whether that has come."""
        return self.closing.wait(seconds) if seconds else self.closing.is_set()


Behaviour = bytes | Callable[[Wire], Any]


class HostileServer:
    """A context manager; ``pages`` maps (slug, path) to raw answers or functions, slugs become ``.localhost``."""

    def __init__(self, address: str = "127.0.0.1", tls: Any = None, port: int = 0) -> None:
        self.pages: dict[tuple[str, str], Behaviour] = {}
        self.tls = tls
        self.closing = threading.Event()
        self._asked: list[Asked] = []
        self._in_flight: Counter[str] = Counter()
        self._lock = threading.Lock()
        self._listener = socket.create_server((address, port), backlog=64)
        self._threads: list[threading.Thread] = []
        self._open: set[socket.socket] = set()
        self.port: int = self._listener.getsockname()[1]

    def __enter__(self) -> Self:
        self._start(self._accept)
        return self

    def __exit__(self, *_: object) -> None:
        self.closing.set()
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        with self._lock:
            for each in self._open:
                with contextlib.suppress(OSError):
                    each.shutdown(socket.SHUT_RDWR)
        for thread in list(self._threads):
            thread.join(0.5)

    def url(self, slug: str, path: str = "/") -> str:
        return f"{'https' if self.tls else 'http'}://{slug}.localhost:{self.port}{path}"

    def asked(self, slug: str | None = None) -> list[Asked]:
        """What was asked so far, of one host or of all."""
        with self._lock:
            return [each for each in self._asked if slug in (None, each.host)]

    def feed(self, slug: str, path: str, links: list[str]) -> str:
        """Serve a feed of links; its address."""
        items = "".join(
            f"<item><title>Item {n}</title><link>{escape(link)}</link></item>" for n, link in enumerate(links)
        )
        body = f'<?xml version="1.0"?><rss version="2.0"><channel><title>Feed</title>{items}</channel></rss>'
        self.pages[slug, path] = answer(body.encode("utf-8", "surrogatepass"), content_type="application/rss+xml")
        return self.url(slug, path)

    def _start(self, target: Callable[..., None], *arguments: Any) -> None:
        thread = threading.Thread(target=target, args=arguments, daemon=True)
        self._threads.append(thread)
        thread.start()

    def _accept(self) -> None:
        while not self.closing.is_set():
            try:
                client, _ = self._listener.accept()
            except OSError:
                return
            self._start(self._serve, client)

    def _serve(self, client: socket.socket) -> None:
        with contextlib.suppress(OSError), client:
            client.settimeout(60)
            connection = self.tls.wrap_socket(client, server_side=True) if self.tls else client
            with self._lock:
                self._open.add(connection)
            try:
                while not self.closing.is_set() and self._answer(connection):
                    pass
            finally:
                with self._lock:
                    self._open.discard(connection)
                connection.close()

    def _answer(self, connection: socket.socket) -> bool:
        head = _read_head(connection)
        if not head:
            return False
        with self._flight(head) as asked:
            page = self.pages.get((asked.host, asked.path))
            if page is None:
                page = answer(b"", status="404 Not Found")
            if callable(page):
                return bool(page(Wire(connection, asked, self.closing)))
            connection.sendall(page)
            return b"Connection: close" not in page[:2000]

    @contextlib.contextmanager
    def _flight(self, head: str) -> Iterator[Asked]:
        request, *lines = head.split("\r\n")
        headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
        host = headers.get("host", "").partition(":")[0].removesuffix(".localhost")
        with self._lock:
            self._in_flight[host] += 1
            asked = Asked(time.monotonic(), host, request.split(" ")[1], headers, self._in_flight[host])
            self._asked.append(asked)
        try:
            yield asked
        finally:
            with self._lock:
                self._in_flight[host] -= 1


def _read_head(connection: socket.socket) -> str:
    data = b""
    while b"\r\n\r\n" not in data:
        chunk = connection.recv(65536)
        if not chunk:
            return ""
        data += chunk
    return data.partition(b"\r\n\r\n")[0].decode("latin-1")


def answer(
    body: bytes = b"", *, status: str = "200 OK", content_type: str = "text/html; charset=utf-8", **headers: str | int
) -> bytes:
    """A whole HTTP answer; header names are given with underscores."""
    fields: dict[str, str | int] = {"Content-Type": content_type, "Content-Length": len(body)}
    fields |= {name.replace("_", "-").title(): value for name, value in headers.items()}
    head = "".join(f"{name}: {value}\r\n" for name, value in fields.items())
    return f"HTTP/1.1 {status}\r\n{head}\r\n".encode() + body


def redirect(to: str, status: str = "302 Found") -> bytes:
    return answer(b"", status=status, location=to)


def story(number: int = 0, *, head: str = "", extra: str = "", headline: str | None = None) -> str:
    """A short invented piece about arms, unlike every other number's."""
    state, other = STATES[number % 12], STATES[(number // 12 + number + 5) % 12]
    headline = headline or f"{state} orders {number + 20} howitzers worth ${number + 100} million from {other}"
    sentences = " ".join(
        f"Clause {number}.{n} of the contract says that the ministry of defence of {state} will receive "
        f"lot {n * 7 + number} of self-propelled howitzers, with ammunition and spare parts, from a factory in {other}."
        for n in range(4)
    )
    return (
        f"<!DOCTYPE html><html lang=en><head><title>{headline}</title>{head}</head><body><article><h1>{headline}</h1>"
        f"<p>{state} has signed a contract with {other} for {number + 20} self-propelled howitzers worth "
        f"${number + 100} million, the ministry of defence said.</p><p>{sentences}</p>{extra}</article></body></html>"
    )


def good(number: int = 0, **more: Any) -> bytes:
    return answer(story(number, **more).encode())
