"""One state of the sources as a site in memory: any file of it is made when it is asked for."""

from __future__ import annotations

import threading
from functools import cached_property
from typing import TYPE_CHECKING

from aigaq.output import cache, search
from aigaq.pages import slim

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from aigaq.pages.page import Artifact
    from aigaq.pipeline import Prepared
    from aigaq.words.diagnostics import Diagnostic

Made = tuple["Artifact | None", list["Diagnostic"]]


class Edition:
    """The files of a prepared site, by path. Several threads may ask at once.

    From the cheapest to the dearest: assets are there, a page is rendered, feeds and data files
    are made together, a search bundle is made for its language alone.
    """

    def __init__(self, prepared: Prepared, root: Path) -> None:
        self.prepared = prepared
        self._root = root
        self._assets = {asset.path: asset for asset in prepared.assets}
        self._bundles: dict[str, Mapping[str, Artifact]] = {}
        self._at_work = threading.Lock()

    def retouched(self, prepared: Prepared) -> Edition:
        """With pages made anew; feeds, data and search stay until all is read again."""
        made = Edition(prepared, self._root)
        made._bundles = self._bundles
        if "_machine" in vars(self):
            made._machine = self._machine
        return made

    def has_page(self, path: str) -> bool:
        return path in self.prepared.pages

    def file(self, path: str) -> Made:
        """The file at `path`, and what is wrong with it; `None` where there is none.

        `path` is looked up and never joined to a folder: it leads nowhere else.
        """
        if path in self._assets:
            return self._assets[path], []
        if self.has_page(path):
            return self.prepared.artifact(path)
        with self._at_work:
            if path in self._machine:
                return self._machine[path], []
            return self._searched(path)

    @cached_property
    def _machine(self) -> Mapping[str, Artifact]:
        return {made.path: made for made in self.prepared.machine_files()}

    def _searched(self, path: str) -> Made:
        """A file of the search index, which is made of one language at a time."""
        folder, _, rest = path.partition("/")
        lang = rest.partition("/")[0]
        if folder != search.FOLDER or lang not in self.prepared.index.languages:
            return None, []
        found: list[Diagnostic] = []
        if lang not in self._bundles:
            bundle, found = self._bundle(lang)
            self._bundles[lang] = bundle
        return self._bundles[lang].get(path), found

    def _bundle(self, lang: str) -> tuple[Mapping[str, Artifact], list[Diagnostic]]:
        fed = slim.pages(self.prepared.index, self.prepared.press.texts)
        made, found = search.bundles(
            fed,
            only=lang,
            cache_dir=cache.folder(self._root),
            extended=self.prepared.extended,
        )
        return {artifact.path: artifact for artifact in made}, found
