"""`MIRRORS`: where copies are, one a line, with the country and the day since when."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from aigaq.words.diagnostics import Problem, Span

if TYPE_CHECKING:
    from aigaq.words.diagnostics import Diagnostic

NOT_A_MIRROR = Problem(
    "A015",
    "this is no line of a list of mirrors",
    "Write the address, two letters for the country (or -) and since when:"
    " `https://mirror.example.net/ KZ 2026-11`.",
)

_LINE = re.compile(
    r"(?P<address>(?:https?|ipfs|ipns|rsync|git)://[!-~]+|magnet:\?[!-~]+)"
    r" (?P<country>[A-Z]{2}|-) (?P<since>\d{4}(?:-\d\d){1,2})",
    re.ASCII,
)


@dataclass(frozen=True, slots=True)
class Mirror:
    """A copy that its keeper has told the editors about. Onion services are http."""

    address: str
    country: str
    since: str


def read(data: bytes, path: str) -> tuple[tuple[Mirror, ...], list[Diagnostic]]:
    """Every mirror; empty lines and those that begin with `#` are for people."""
    mirrors, found = [], []
    for number, line in enumerate(data.decode("utf-8", "replace").split("\n"), start=1):
        parts = _LINE.fullmatch(line)
        if parts:
            mirrors.append(Mirror(parts["address"], parts["country"], parts["since"]))
        elif line.strip() and not line.startswith("#"):
            found.append(NOT_A_MIRROR.at(Span(path, number)))
    return tuple(mirrors), found
