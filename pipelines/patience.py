"""Waits for a database that is away or locked, instead of losing what was to be written."""

import logging
import time
from collections.abc import Callable
from typing import ParamSpec, TypeVar

from sqlalchemy.exc import OperationalError

logger = logging.getLogger(__name__)

P = ParamSpec("P")
R = TypeVar("R")

LONGEST = 600.0  # seconds in all; fetching rests meanwhile, since nothing may be fetched that cannot be kept
FIRST_WAIT = 0.2
LONGEST_WAIT = 15.0
HOPELESS = ("disk is full", "readonly database", "read-only", "malformed", "No space left")


def patiently(write: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
    """Call ``write`` until the database takes it.

    Raises OperationalError after ten minutes, or at once where waiting cannot help (disk full, damaged or read-only
    file).
    """
    wait, deadline = FIRST_WAIT, time.monotonic() + LONGEST
    while True:
        try:
            return write(*args, **kwargs)
        except OperationalError as error:
            if any(word in str(error.orig) for word in HOPELESS) or time.monotonic() > deadline:
                raise
            logger.warning("database away, trying again in %.1f s: %s", wait, error.orig)
            time.sleep(wait)
            wait = min(wait * 2, LONGEST_WAIT)
