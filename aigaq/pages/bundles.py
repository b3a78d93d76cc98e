"""In how many bundles the search index of a language stands, and where: a rule of its pages.

A large language is cut into parts, by the digests of its pages' paths: a reader loads the list
of pages of a part, and the search asks the parts one after the other. Up to `LARGEST` pages a
language is one bundle, for each part more costs a reader another piece of the index at every
word. What the engine reads at once is smaller still, and of no concern to a reader: `portions`.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from aigaq.pages import paging

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from aigaq.pages.slim_page import Fed

FOLDER = "search"
PORTION = 100  # slim pages, or a little more or less
LARGEST = 5000  # slim pages in one bundle, or a little more: parts are not quite alike


def folders(lang: str, pages: int) -> tuple[str, ...]:
    """The output folders, each with `/` at its end, for a language with so many slim pages.

    The first has the engine that all of them use.
    """
    parts = _parts(pages)
    if parts == 1:
        return (f"{FOLDER}/{lang}/",)
    return tuple(f"{FOLDER}/{lang}/{part}/" for part in range(parts))


def split(lang: str, pages: Iterable[Fed]) -> Iterator[tuple[str, tuple[Fed, ...]]]:
    """Each folder with the slim pages of its bundle, in order of their paths."""
    pages = sorted(pages, key=lambda page: page.path)
    found = folders(lang, len(pages))
    for number, folder in enumerate(found):
        yield folder, tuple(page for page in pages if _drawn(page.path) % len(found) == number)


def portions(pages: Sequence[Fed]) -> tuple[tuple[Fed, ...], ...]:
    """The pages of a bundle in stretches that the engine reads apart, for an edit changes one.

    A new page changes the one where it stands, and seldom others.
    """
    return paging.cut_steadily(pages, PORTION, lambda page: page.path)


def _parts(pages: int) -> int:
    """A power of two, so that a language that grows has each of its parts cut in two."""
    return 1 << ((pages - 1) // LARGEST).bit_length()


def _drawn(path: str) -> int:
    return int.from_bytes(hashlib.sha256(path.encode()).digest()[:4], "big")
