"""Cause classes: why a request gave no answer, in few words that mean the same everywhere."""

import re

from OpenSSL.SSL import Error as SSLError
from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    IgnoreRequest,
    NotSupported,
    ResponseDataLossError,
    UnsupportedURLSchemeError,
)
from scrapy.spidermiddlewares.httperror import HttpError
from twisted.python.failure import Failure

from crawler.gate import RefusedAddressError, StoppingError, UnclearAddressError
from crawler.middlewares import RobotsRefusedError, RobotsUnreachableError
from crawler.pace import BrowserMissingError, HostPausedError

# What the two libraries that check certificates say: of the chain, and of the name in it.
OF_A_CERTIFICATE = re.compile("certificate|ssl|service_identity", re.IGNORECASE)
CAUSES: tuple[tuple[type[BaseException], str], ...] = (
    (UnclearAddressError, "unclear address"),
    (RefusedAddressError, "private address"),
    (RobotsRefusedError, "robots"),
    (RobotsUnreachableError, "robots unreachable"),
    (HostPausedError, "paused by host"),
    (BrowserMissingError, "no browser installed"),
    (StoppingError, "stopped"),
    (CannotResolveHostError, "DNS"),
    (DownloadConnectionRefusedError, "connection refused"),
    (DownloadTimeoutError, "timeout"),
    (DownloadCancelledError, "too large"),
    (ResponseDataLossError, "incomplete"),
    (UnsupportedURLSchemeError, "scheme not allowed"),
    (NotSupported, "scheme not allowed"),
    (SSLError, "TLS"),
    (HttpError, "redirect not followed"),  # to another scheme, or to nowhere: spiders take every other status
    (ValueError, "URL not usable"),  # what a redirect led to
)


def name_failure(failure: Failure) -> str:
    """Name the cause of a failed request; one that no class covers keeps its exception's name."""
    error = failure.value
    if isinstance(error, RobotsUnreachableError) and error.__cause__ is not None:
        return name_failure(Failure(error.__cause__))
    for kind, cause in CAUSES:
        if isinstance(error, kind):
            return cause
    if isinstance(error, DownloadFailedError):
        return "TLS" if OF_A_CERTIFICATE.search(str(error)) else "incomplete"
    if isinstance(error, IgnoreRequest):
        return _name_ignored(str(error))
    return type(error).__name__


def _name_ignored(message: str) -> str:
    if "DOWNLOAD_MAXSIZE" in message:
        return "too large"
    if "redirect" in message.lower():
        return "redirect loop"
    return message[:100] or "ignored"
