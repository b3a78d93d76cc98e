"""Files that the leak check found clean, from one build to the next, so as not to look twice.

Law: what is skipped was looked at, byte for byte, for the same things and by the same program.
So the key holds the digests of all that is looked for and of the code, an entry those of path
and bytes; what is damaged is not believed, and all files are looked at. Only digests are kept.
A search bundle is looked at twice, file by file and its index as a whole: both are noted.
With a list from outside of the site's folder nothing is kept: from the digest of a short list
somebody could guess its names, and `.cache` does not lie on the disk where the list lies.
"""

from __future__ import annotations

import hashlib
import sys
import unicodedata
from collections import defaultdict
from functools import cache as remembered
from typing import TYPE_CHECKING

from aigaq.output import cache

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from aigaq.output.watchlist import Watchlist
    from aigaq.pages.page import Artifact

_SIZE = 32  # bytes of a digest
_MODULES = "clean_files containers disguises keys known_texts known_words leaks sieve watchlist"
_CODE = (
    *(f"output/{name}.py" for name in _MODULES.split()),
    *("source/recordings.py", "source/films.py", "words", "words/names_tables.json"),
)


class CleanFiles:
    """What is known of `watch`; nothing without a folder, or with a list from outside."""

    def __init__(self, watch: Watchlist, cache_dir: Path | None) -> None:
        is_kept = cache_dir is not None and not watch.has_list
        self._store = cache.Cache(cache_dir / "leaks") if cache_dir and is_kept else None
        self._key = key(watch)
        kept = (self._store.get(self._key) if self._store else None) or b""
        self._known = {kept[at : at + _SIZE] for at in range(0, len(kept), _SIZE)}
        self._now: list[bytes] = []

    def others(self, artifacts: Iterable[Artifact]) -> list[Artifact]:
        """Those of `artifacts` that are not known to be clean, each in itself."""
        return [one for one in artifacts if not self._is_known([one], b"")]

    def bundles(self, artifacts: Iterable[Artifact]) -> list[list[Artifact]]:
        """The search bundles among them whose index is not known to be clean as a whole."""
        together = defaultdict(list)
        for artifact in artifacts:
            if is_of_bundle(artifact.path):
                together[bundle(artifact.path)].append(artifact)
        return [some for some in together.values() if not self._is_known(some, b"bundle\n")]

    def _is_known(self, files: Sequence[Artifact], judged: bytes) -> bool:
        if self._store is None:
            return False
        digest = _digest(files, judged)
        self._now.append(digest)
        return digest in self._known

    def keep(self) -> None:
        """Remembers all files of this build; to be called where nothing was found in any."""
        if self._store is not None and set(self._now) != self._known:
            self._store.put(self._key, b"".join(sorted(set(self._now))))
            self._store.prune({self._key})


def is_of_bundle(path: str) -> bool:
    """Whether the file is one of the words of a search bundle."""
    return path.endswith((".pf_index", ".pf_fragment"))


def bundle(path: str) -> str:
    """The folder of the search bundle that such a file belongs to."""
    return path.rsplit("/", 2)[0]


def _digest(files: Sequence[Artifact], judged: bytes) -> bytes:
    """Of files that are `judged` together, or of one by itself."""
    digest = hashlib.blake2b(judged, digest_size=_SIZE)
    for file in sorted(files, key=lambda file: file.path):
        path = file.path.encode("utf-8", "surrogatepass")
        digest.update(b"%d %d\n%b" % (len(path), len(file.data), path))
        digest.update(file.data)
    return digest.digest()


def key(watch: Watchlist) -> str:
    """Stands for what is looked for and by which program; empty where that may not be kept."""
    if watch.has_list:
        return ""
    wanted = "\n".join(sorted(map(repr, watch.wanted)))
    return hashlib.sha256(
        f"{_program()}\n{wanted}".encode("utf-8", "surrogatepass")
    ).hexdigest()


@remembered
def _program() -> str:
    return cache.program(*_CODE, uses=(sys.version, unicodedata.unidata_version))
