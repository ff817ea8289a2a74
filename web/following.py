"""What goes on behind the pages while they are served: the search index follows the database, slow counts are made."""

import logging
import threading
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager

from fastapi import FastAPI
from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from models.search_index import SearchIndex

logger = logging.getLogger(__name__)

EVERY_SECONDS = 2.0


def follower(
    index: SearchIndex, engine: Engine, slow: Sequence[Callable[[], object]] = ()
) -> Callable[[FastAPI], AbstractAsyncContextManager[None]]:
    """Give a lifespan for the application during which a thread updates the index.

    Another asks at its beginning for the ``slow`` answers that are remembered, so that no visitor waits for them.
    """

    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        stopping = threading.Event()
        thread = threading.Thread(target=_follow, args=(index, engine, stopping), name="search index", daemon=True)
        thread.start()
        threading.Thread(target=_ask, args=(slow, stopping), name="first counts", daemon=True).start()
        yield
        stopping.set()
        thread.join(timeout=5)
        engine.dispose()

    return lifespan


def _follow(index: SearchIndex, engine: Engine, stopping: threading.Event) -> None:
    while not stopping.is_set():
        try:
            index.update(engine)
        except (SQLAlchemyError, OSError) as error:
            logger.warning("the search index cannot follow the database now: %s", error)
        stopping.wait(EVERY_SECONDS)


def _ask(slow: Sequence[Callable[[], object]], stopping: threading.Event) -> None:
    for answer in slow:
        if stopping.is_set():
            return
        try:
            answer()
        except SQLAlchemyError as error:
            logger.warning("what the pages count cannot be counted now: %s", error)
