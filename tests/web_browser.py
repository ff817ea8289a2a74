"""A browser for tests: it asks the application in this process and keeps cookies."""

import asyncio
import re
from typing import Any

import httpx
from fastapi import FastAPI


class Browser:
    """Asks from another machine unless told otherwise."""

    def __init__(self, app: FastAPI, base: str = "https://watch.example", client: str = "192.0.2.7") -> None:
        self.app, self.base, self.client, self.cookies = app, base, client, httpx.Cookies()

    def send(self, method: str, address: str, **more: Any) -> httpx.Response:
        async def ask() -> httpx.Response:
            transport = httpx.ASGITransport(self.app, client=(self.client, 1))
            async with httpx.AsyncClient(transport=transport, base_url=self.base, cookies=self.cookies) as client:
                answer = await client.request(method, address, **more)
                self.cookies = client.cookies
                return answer

        return asyncio.run(ask())

    def get(self, address: str, **more: Any) -> httpx.Response:
        return self.send("GET", address, **more)

    def post_form(self, page: str, address: str, **fields: str) -> httpx.Response:
        """Open a page and send its form."""
        (token,) = set(re.findall(r'name="form_token" value="(\w+)"', self.get(page).text))
        return self.send("POST", address, data={"form_token": token, **fields})


def local_browser(app: FastAPI) -> Browser:
    """Give a browser on this machine."""
    return Browser(app, "http://localhost", "127.0.0.1")
