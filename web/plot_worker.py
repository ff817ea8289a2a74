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
NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")  # an SVG with one of them cannot be read


def picture_of(request: dict[str, Any]) -> bytes:
    """Draw one plot as SVG or PNG; nothing is loaded from anywhere."""
    spec = draw_chart(request)
    if request["form"] == "png":
        return bytes(vl_convert.vegalite_to_png(spec, scale=2, allowed_base_urls=[]))
    svg = vl_convert.vegalite_to_svg(spec, allowed_base_urls=[])
    return SHAPE.sub(lambda found: DIGITS.sub(r"\1", found[0]), svg).encode()


def drawable(value: Any) -> Any:
    """Give a request with what no SVG may hold replaced: one such sign ends the process."""
    if isinstance(value, dict):
        return {name: drawable(each) for name, each in value.items()}
    if isinstance(value, list):
        return [drawable(each) for each in value]
    return NOT_XML.sub("\N{REPLACEMENT CHARACTER}", value) if isinstance(value, str) else value


def answer(requests: BinaryIO, answers: BinaryIO) -> None:
    """Answer requests until there are no more; one that fails costs itself alone."""
    for line in requests:
        try:
            outcome, content = b"ok", picture_of(drawable(json.loads(line)))
        except Exception as error:  # noqa: BLE001  # whatever it is, the page says so and the next plot is drawn
            outcome, content = b"error", f"{type(error).__name__}: {error}".splitlines()[0].encode()
        answers.write(outcome + b" %d\n" % len(content) + content)
        answers.flush()


if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the server, which then closes our input
    answer(sys.stdin.buffer, sys.stdout.buffer)
