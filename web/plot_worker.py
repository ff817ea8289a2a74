"""Draws plots: reads one request a line, answers "ok SIZE" or "error SIZE" and so many bytes; ends with its input."""

import json
import re
import signal
import sys
from typing import Any, BinaryIO

import vl_convert

from web.charts import draw_chart

# Paths of a map carry fifteen digits where two are seen.
SHAPE = re.compile(r'\b(?:d|transform)="[^"]*"')
DIGITS = re.compile(r"(\.\d\d)\d+")


def picture_of(request: dict[str, Any]) -> bytes:
    """Draw one plot as SVG or PNG; nothing is loaded from anywhere."""
    spec = draw_chart(request)
    if request["form"] == "png":
        return bytes(vl_convert.vegalite_to_png(spec, scale=2, allowed_base_urls=[]))
    svg = vl_convert.vegalite_to_svg(spec, allowed_base_urls=[])
    return SHAPE.sub(lambda found: DIGITS.sub(r"\1", found[0]), svg).encode()


def answer(requests: BinaryIO, answers: BinaryIO) -> None:
    """Answer requests until there are no more; one that fails costs itself alone."""
    for line in requests:
        try:
            outcome, content = b"ok", picture_of(json.loads(line))
        except Exception as error:  # noqa: BLE001  # whatever it is, the page says so and the next plot is drawn
            outcome, content = b"error", f"{type(error).__name__}: {error}".splitlines()[0].encode()
        answers.write(outcome + b" %d\n" % len(content) + content)
        answers.flush()


if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the server, which then closes our input
    answer(sys.stdin.buffer, sys.stdout.buffer)
