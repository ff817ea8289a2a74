"""The process that draws: one beside the web pages, so that drawing never holds them up."""

import json
import subprocess
import sys
import threading
import weakref
from collections import OrderedDict
from typing import Any

DEADLINE_SECONDS = 30.0  # the first drawing also loads Altair
KEPT_BYTES = 32 * 2**20


class DrawingError(Exception):
    """A plot could not be drawn; raised by PlotProcess.draw, the message is the drawing process's last line."""


class PlotProcess:
    """Draws one plot at a time in a child, which is started when first needed and ends with us, however we end."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._child: subprocess.Popen[bytes] | None = None
        self._finish: weakref.finalize[[subprocess.Popen[bytes]], PlotProcess] | None = None
        self._kept: OrderedDict[str, bytes] = OrderedDict()

    def draw(self, tag: str, request: dict[str, Any]) -> bytes:
        """Give a picture, from memory where the same was drawn before. Raises DrawingError."""
        with self._lock:
            if tag in self._kept:
                self._kept.move_to_end(tag)
                return self._kept[tag]
            picture = self._ask(request)
            self._keep(tag, picture)
            return picture

    def close(self) -> None:
        """End the child."""
        with self._lock:
            self._end()

    def _keep(self, tag: str, picture: bytes) -> None:
        self._kept[tag] = picture
        while sum(map(len, self._kept.values())) > KEPT_BYTES:
            self._kept.popitem(last=False)

    def _ask(self, request: dict[str, Any]) -> bytes:
        child = self._running()
        watch = threading.Timer(DEADLINE_SECONDS, child.kill)
        watch.start()
        try:
            assert child.stdin is not None
            assert child.stdout is not None
            child.stdin.write(json.dumps(request).encode() + b"\n")
            child.stdin.flush()
            outcome, _, size = child.stdout.readline().partition(b" ")
            content = child.stdout.read(int(size or 0))
        except BrokenPipeError as error:
            self._end()
            raise DrawingError("the drawing process ended") from error
        finally:
            watch.cancel()
        if not outcome:
            self._end()
            raise DrawingError("the drawing process ended or took too long")
        if outcome != b"ok":
            raise DrawingError(content.decode(errors="replace"))
        return content

    def _running(self) -> subprocess.Popen[bytes]:
        if self._child is None or self._child.poll() is not None:
            self._end()
            command = [sys.executable, "-P", "-m", "web.plot_worker"]
            self._child = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)  # noqa: S603
            self._finish = weakref.finalize(self, _end_child, self._child)
        return self._child

    def _end(self) -> None:
        if self._finish is not None:
            self._finish()
        self._child = self._finish = None


def _end_child(child: subprocess.Popen[bytes]) -> None:
    child.kill()
    child.communicate()
