"""Keeps the search index up with the database while the pages are served."""

import logging
import threading
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager

from fastapi import FastAPI
from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from models.search_index import SearchIndex

logger = logging.getLogger(__name__)

EVERY_SECONDS = 2.0


def follower(index: SearchIndex, engine: Engine) -> Callable[[FastAPI], AbstractAsyncContextManager[None]]:
    """Give a lifespan for the application during which a thread updates the index."""

    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        stopping = threading.Event()
        thread = threading.Thread(target=_follow, args=(index, engine, stopping), name="search index", daemon=True)
        thread.start()
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
