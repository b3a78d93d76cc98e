"""How many names are divided among files, so that few files change with any of them.

Where a name belongs follows from itself and from how many parts there are, by linear hashing
(W. Litwin, VLDB 1980). However far an archive grows, with a new name one part is divided in two
at the most, with a withdrawn one two become one, and what is in all others stays as it was.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator


def parts(names: Collection[str], size: int) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Each part that is not empty: its number, and its names sorted, about `size` of them."""
    number = max(1, len(names) // size)
    held: dict[int, list[str]] = defaultdict(list)
    for name in sorted(names):
        held[_part(name, number)].append(name)
    for part in sorted(held):
        yield part, tuple(held[part])


def _part(name: str, parts: int) -> int:
    """Of so many parts the first ones are divided already, the others not yet."""
    whole = 1 << parts.bit_length()  # the first power of two above `parts`
    place = int.from_bytes(hashlib.sha256(name.encode()).digest()[:8], "big") % whole
    return place if place < parts else place - whole // 2
