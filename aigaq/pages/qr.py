"""QR codes as segno makes them, in a third of the time: a site has one for each flyer.

Seven of nine milliseconds go into the choice of the mask that makes a code easiest to read
(ISO/IEC 18004:2015, 7.8.3). Here a code is one number of `size * size` bits, row after row.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import segno
from segno import consts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

# Whether a mask turns the module in row i, column j (7.8.2, table 10).
_TURNS: tuple[Callable[[int, int], bool], ...] = (
    lambda i, j: (i + j) % 2 == 0,
    lambda i, _: i % 2 == 0,
    lambda _, j: j % 3 == 0,
    lambda i, j: (i + j) % 3 == 0,
    lambda i, j: (i // 2 + j // 3) % 2 == 0,
    lambda i, j: i * j % 2 + i * j % 3 == 0,
    lambda i, j: (i * j % 2 + i * j % 3) % 2 == 0,
    lambda i, j: ((i + j) % 2 + i * j % 3) % 2 == 0,
)
_DATA = frozenset({consts.TYPE_DATA_DARK, consts.TYPE_DATA_LIGHT})
_ADDED_LATER = frozenset(
    {
        *(consts.TYPE_FORMAT_DARK, consts.TYPE_FORMAT_LIGHT, consts.TYPE_DARKMODULE),
        *(consts.TYPE_VERSION_DARK, consts.TYPE_VERSION_LIGHT),
    }
)
_CORNER, _LIGHT = "1011101", "0000"  # as in a finder pattern, and beside one


@dataclass(frozen=True, slots=True)
class _Layout:
    """Of a size: what each mask turns, what stands before one is chosen, what is added then."""

    masks: tuple[int, ...]
    before: int
    added: tuple[int, ...]


def made(words: str, error: str) -> segno.QRCode:
    """The code that `segno.make` makes of `words`, with its levels of error correction."""
    code = segno.make(words, error=error, micro=False, mask=0)
    layout, size = _layout(code.version, code.error), len(code.matrix)
    bare = _number(bit for row in code.matrix for bit in row) & layout.before
    masked = [bare ^ layout.masks[0] ^ mask for mask in layout.masks]
    best = min(range(8), key=lambda mask: _penalty(masked[mask], size))
    bits = f"{masked[best] | layout.added[best]:0{size * size}b}"
    for n, row in enumerate(code.matrix):
        row[:] = map(int, bits[n * size : (n + 1) * size])
    code.mask = best
    return code


@lru_cache
def _layout(version: int, error: str) -> _Layout:
    codes = [
        segno.make("0", version=version, error=error, mask=mask, boost_error=False)
        for mask in range(8)
    ]
    kinds = [[*row] for row in codes[0].matrix_iter(border=0, verbose=True)]
    kinds[8][-9] = consts.TYPE_DATA_DARK  # segno says format here; that begins beside it
    flat = [kind for row in kinds for kind in row]
    size = len(kinds)
    places = [(n // size, n % size, kind in _DATA) for n, kind in enumerate(flat)]
    later = _number(kind in _ADDED_LATER for kind in flat)
    return _Layout(
        tuple(_number(data and turns(i, j) for i, j, data in places) for turns in _TURNS),
        _number(kind not in _ADDED_LATER for kind in flat),
        tuple(_number(bit for row in code.matrix for bit in row) & later for code in codes),
    )


def _number(bits: Iterable[int]) -> int:
    return int("".join("1" if bit else "0" for bit in bits), 2)


def _penalty(code: int, size: int) -> int:
    bits = f"{code:0{size * size}b}"
    rows = (bits[start : start + size] for start in range(0, size * size, size))
    columns = (bits[start::size] for start in range(size))
    # Where a module is as the next one is, in its row and in its column.
    across = ~(code ^ code >> 1) & _all_but_last(size)
    down = ~(code ^ code >> size) & ((1 << size * (size - 1)) - 1)
    blocks = (across & across >> size & down).bit_count()
    corners = _corners(_LIGHT.join(("", *rows, *columns, "")))
    uneven = int(abs(bits.count("1") / size**2 * 100 - 50) / 5)
    return _runs(across, 1) + _runs(down, size) + 3 * blocks + 40 * corners + 10 * uneven


def _runs(alike: int, step: int) -> int:
    """Runs of five modules or more that are alike: each counts its length less two."""
    fives = alike & alike >> step & alike >> 2 * step & alike >> 3 * step
    return fives.bit_count() + 2 * (fives & ~(fives >> step)).bit_count()


def _corners(lines: str) -> int:
    """What looks like a finder pattern with light on one side; none of them overlap."""
    count, at = 0, lines.find(_CORNER)
    while at >= 0:
        is_one = _LIGHT in (lines[at - 4 : at], lines[at + 7 : at + 11])
        count += is_one
        at = lines.find(_CORNER, at + (7 if is_one else 4))
    return count


@lru_cache
def _all_but_last(size: int) -> int:
    """All modules with another to their right: bits are counted from there."""
    row = (1 << size - 1) - 1
    return sum(row << size * n for n in range(size))
