"""The web pages served: where, under which names, and to whom."""

import threading
import time
from dataclasses import dataclass
from ipaddress import ip_address
from typing import Self

import typer
import uvicorn

from cli.mistakes import UserMistakeError
from cli.workplace import INDEX_FOLDER, open_database
from crawler import settings
from models.access import has_accounts
from web.app import create_app
from web.guard import is_loopback

MOST_CONNECTIONS = 500


@dataclass(frozen=True, slots=True)
class Place:
    """Where the pages are served; unless told otherwise on this machine alone, where no login is needed."""

    port: int
    host: str = "127.0.0.1"
    allowed_hosts: tuple[str, ...] = ()
    proxies: tuple[str, ...] = ()
    login: bool = False

    @property
    def is_public(self) -> bool:
        """Tell whether others than this machine's users can reach the pages."""
        return bool(self.allowed_hosts) or not (self.host == "localhost" or is_loopback(self.host))

    @property
    def needs_login(self) -> bool:
        """Tell whether an account is needed."""
        return self.login or self.is_public

    @property
    def names(self) -> tuple[str, ...]:
        """Give the names the pages answer to, beside this machine's own."""
        return self.allowed_hosts if self.is_everywhere else (*self.allowed_hosts, self.host)

    @property
    def is_everywhere(self) -> bool:
        """Tell whether the host stands for every address this machine has."""
        try:
            return ip_address(self.host).is_unspecified
        except ValueError:
            return False

    @property
    def address(self) -> str:
        """Give the address of the first page."""
        return f"http://{f'[{self.host}]' if ':' in self.host else self.host}:{self.port}"


def place_of_settings(host: str | None, port: int) -> Place:
    """Give the place the command and the settings name. Raises UserMistakeError where it may not be served."""
    place = Place(
        port, host or settings.HOST, settings.ALLOWED_HOSTS, tuple(map(str, settings.PROXIES)), settings.LOGIN
    )
    if place.needs_login and not has_accounts(open_database()):
        raise UserMistakeError(
            f"{place.host} can be reached from elsewhere, which needs an account: armswatch accounts add NAME"
            if place.is_public
            else "ARMSWATCH_LOGIN asks for an account, and there is none: armswatch accounts add NAME"
        )
    if place.is_everywhere and not place.allowed_hosts:
        raise UserMistakeError(f"{place.host} stands for every address: name in ARMSWATCH_ALLOWED_HOSTS what is typed")
    if place.is_public and not place.proxies:
        typer.echo("passwords travel in the clear without a proxy that speaks TLS (ARMSWATCH_PROXIES)", err=True)
    return place


class WebServer:
    """The web pages on a thread of this process; use it as a context manager."""

    def __init__(self, place: Place) -> None:
        open_database()
        self.place = place
        app = create_app(settings.DATABASE_URL, INDEX_FOLDER, place.names, needs_login=place.needs_login)
        self._server = uvicorn.Server(
            uvicorn.Config(
                app,
                host=place.host,
                port=place.port,
                log_level="warning",
                server_header=False,
                limit_concurrency=MOST_CONNECTIONS,
                proxy_headers=bool(place.proxies),
                forwarded_allow_ips=list(place.proxies),
            )
        )
        self._server.install_signal_handlers = lambda: None  # type: ignore[attr-defined]  # the schedule owns them
        self._thread = threading.Thread(target=self._server.run, name="web", daemon=True)

    @property
    def address(self) -> str:
        """Give the address of the first page, with the port the system chose where none was given."""
        port = self._server.servers[0].sockets[0].getsockname()[1]
        return Place(port, self.place.host).address

    def __enter__(self) -> Self:
        self._thread.start()
        while not self._server.started:
            if not self._thread.is_alive():
                raise UserMistakeError(f"cannot serve on {self.place.address}: is the port taken?")
            time.sleep(0.02)
        return self

    def __exit__(self, *_: object) -> None:
        self._server.should_exit = True
        self._thread.join(timeout=10)
