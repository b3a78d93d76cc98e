"""In how many bundles the search index of a language stands, and where: a rule of its pages.

A large language is cut into parts, by the digests of its pages' paths: after an edit the engine
reads one part again, and needs the memory of one. Up to `LARGEST` pages a language is one
bundle, for each part more costs a reader another piece of the index at every word.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from aigaq.pages.page import Artifact

FOLDER = "search"
LARGEST = 5000  # slim pages in one bundle, or a little more: parts are not quite alike


def folders(lang: str, pages: int) -> tuple[str, ...]:
    """The output folders, each with `/` at its end, for a language with so many slim pages.

    The first has the engine that all of them use.
    """
    parts = _parts(pages)
    if parts == 1:
        return (f"{FOLDER}/{lang}/",)
    return tuple(f"{FOLDER}/{lang}/{part}/" for part in range(parts))


def split(lang: str, pages: Iterable[Artifact]) -> Iterator[tuple[str, tuple[Artifact, ...]]]:
    """Each folder with the slim pages of its bundle, in order of their paths."""
    pages = sorted(pages, key=lambda page: page.path)
    found = folders(lang, len(pages))
    for number, folder in enumerate(found):
        yield folder, tuple(page for page in pages if _drawn(page.path) % len(found) == number)


def _parts(pages: int) -> int:
    """A power of two, so that a language that grows has each of its parts cut in two."""
    return 1 << ((pages - 1) // LARGEST).bit_length()


def _drawn(path: str) -> int:
    return int.from_bytes(hashlib.sha256(path.encode()).digest()[:4], "big")
