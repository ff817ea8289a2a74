"""``python -m newsroom --port N``: the sample newsroom by hand, until it is interrupted."""

import argparse
import signal
import sys
import threading

from newsroom.server import Newsroom


def main() -> int:
    """Serve until SIGTERM or Ctrl-C; 2 when the port is taken."""
    parser = argparse.ArgumentParser(prog="python -m newsroom", description="Serve the sample newsroom on loopback.")
    parser.add_argument("--port", type=int, default=8377, help="port to listen on, 0 for any free one (default 8377)")
    parser.add_argument("--edition", type=int, default=1, choices=(1, 2), help="the first day or a later one")
    options = parser.parse_args()
    stop = threading.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda *_: stop.set())
    try:
        newsroom = Newsroom(options.port, options.edition)
    except (OSError, OverflowError) as error:
        sys.stderr.write(f"newsroom: cannot listen on port {options.port}: {error}\n")
        return 2
    with newsroom:
        sys.stdout.write("".join(f"{newsroom.url(slug)}\n" for slug in newsroom.outlets))
        sys.stdout.flush()
        stop.wait()
    return 0


if __name__ == "__main__":
    sys.exit(main())
