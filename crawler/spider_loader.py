"""Finds the spiders: those that come along, and a folder of the operator's own."""

import builtins
import importlib.util
import sys
from pathlib import Path
from typing import Any

from scrapy import Request, Spider
from scrapy.settings import BaseSettings
from scrapy.spiderloader import SpiderLoader
from scrapy.utils.spider import iter_spider_classes


class BrokenSpiderFileError(Exception):
    """A file of the operator's spider folder cannot be loaded, in one line. Raised by FolderSpiderLoader."""


class FolderSpiderLoader:
    """Scrapy's loader, and every ``*.py`` of the folder in setting SPIDERS_FOLDER; a name there wins over ours."""

    def __init__(self, settings: BaseSettings) -> None:
        folder: Path | None = settings.get("SPIDERS_FOLDER")
        self._packaged = SpiderLoader.from_settings(settings)
        self._own: dict[str, type[Spider]] = {}
        for path in sorted(folder.glob("*.py")) if folder else ():
            if not path.name.startswith("_"):
                self._own.update({spider.name: spider for spider in _spiders_in(path)})

    @classmethod
    def from_settings(cls, settings: BaseSettings) -> "FolderSpiderLoader":
        """Build the loader that Scrapy asks for (setting SPIDER_LOADER_CLASS)."""
        return cls(settings)

    def load(self, spider_name: str) -> type[Spider]:
        """Give the spider's class; raises KeyError for a name that nobody has."""
        return self._own.get(spider_name) or self._packaged.load(spider_name)

    def list(self) -> builtins.list[str]:
        """Name all spiders."""
        return sorted({*self._own, *self._packaged.list()})

    def find_by_request(self, request: Request) -> builtins.list[str]:
        """Name the spiders that would take the request."""
        own = [name for name, spider in self._own.items() if spider.handles_request(request)]
        return [*own, *self._packaged.find_by_request(request)]


def _spiders_in(path: Path) -> list[type[Spider]]:
    """Load one file under a module name of its own, so that it can hide nothing of ours."""
    name = f"armswatch_spiders.{path.stem}"
    spec = importlib.util.spec_from_file_location(name, path)
    assert spec is not None
    assert spec.loader is not None
    module: Any = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    try:
        spec.loader.exec_module(module)
    except Exception as error:
        raise BrokenSpiderFileError(f"{path}: {type(error).__name__}: {error}") from error
    return list(iter_spider_classes(module))
