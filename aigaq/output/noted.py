"""What was noted of the site that is there, so that a page is not made again as it is.

Law: what is noted is believed of a file whose bytes are still the same, and of no other: those
that stat(2) tells as it did when the site was published, and others once they were read. A site
in another folder has notes of its own.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
from functools import cache as remembered
from importlib import metadata
from typing import TYPE_CHECKING

from aigaq.output import cache, clean_files, folder
from aigaq.output.rendering import Noted
from aigaq.pages import fingerprints

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from aigaq.archive.public import Site
    from aigaq.output.watchlist import Watchlist

_FOLDER = "pages"
_USES = ("babel", "jinja2", "markupsafe", "segno")


class Notes:
    """The notes on the site at `target`, whose files are looked through for `watch`.

    If the build is to be `whole`, no file is believed unread.
    """

    def __init__(
        self, cache_dir: Path, target: Path, watch: Watchlist, *, whole: bool = False
    ) -> None:
        self._target = target
        self._is_whole = whole
        self._store = cache.Cache(cache_dir / _FOLDER)
        self._place = hashlib.sha256(os.fsencode(target)).hexdigest()
        self._key = clean_files.key(watch)

    def read(self) -> tuple[Mapping[str, Noted], bool]:
        """What is known of each file, and whether all are known to be clean."""
        entry = self._store.get(self._place)
        if entry is None:
            return {}, False
        key, pages = json.loads(entry)
        noted = {}
        for path, fingerprint, digest, *stamp in pages:
            seen = tuple(stamp) if stamp and not self._is_whole else None
            noted[path] = Noted(bytes.fromhex(fingerprint), bytes.fromhex(digest), seen)
        return noted, bool(key) and key == self._key

    def keep(
        self, pages: Iterable[tuple[str, Noted]], traces: Mapping[str, folder.Trace]
    ) -> None:
        """Notes the files of a site that has been published, as they are there now.

        What is not as its trace tells, somebody has touched since it was put in.
        """
        stamps = folder.stamps(self._target, traces)
        rows = [
            (path, one.fingerprint.hex(), one.digest.hex(), *stamps.get(path, ()))
            for path, one in pages
        ]
        self._store.put(self._place, json.dumps([self._key, rows]).encode())


def basis(site: Site, *files: Mapping[str, str]) -> bytes:
    """What all pages share, for their fingerprints; `files` are templates and catalogues."""
    made = hashlib.sha256(_program().encode() + fingerprints.Fingerprints().of(site))
    for name, text in sorted(item for some in files for item in some.items()):
        made.update(f"{len(name)}:{name}{len(text)}:{text}".encode("utf-8", "surrogatepass"))
    return made.digest()


@remembered
def _program() -> str:
    versions = (f"{name} {metadata.version(name)}" for name in _USES)
    return cache.program("words", "archive", "pages", uses=(sys.version, *versions))
