"""Which folders a build may replace, and which never: decided before anything is touched."""

from __future__ import annotations

import datetime
import os
import re
import stat
from pathlib import Path
from typing import TYPE_CHECKING

from aigaq.output.refusal import Refused
from aigaq.words.diagnostics import Problem, Span

if TYPE_CHECKING:
    from collections.abc import Iterator

MARKER = ".aigaq-site"
MARKER_TEXT = b"made by aigaq; anything in here is replaced by the next build\n"
_SIGNATURE = b"made by aigaq"  # also of markers that older or newer versions wrote
_BUILT = re.compile(rb"^built for (\d{4}-\d\d-\d\d)$", re.MULTILINE)

# What people and git keep in a site's folder; a build replaces whole folders.
_KEPT_BY_PEOPLE = ("content", "templates", "theme", ".git", ".cache")

NOT_OURS = Problem(
    "X010",
    "this folder holds files that were not made by aigaq",
    "Empty it, or choose one that is empty or does not exist, for instance --output public.",
)
HOLDS_GIT = Problem(
    "X011",
    "this folder is a git repository, which a build would remove",
    "Build into another folder and copy the result.",
)
NOT_A_FOLDER = Problem(
    "X012",
    "this is a file or a link, not a folder",
    "Choose a folder for the site, for instance --output public.",
)
HOLDS_SOURCES = Problem(
    "X013",
    "this folder holds the sources of the site (or is a folder above them)",
    "Choose a folder of its own for the built site, for instance --output public.",
)
AMONG_SOURCES = Problem(
    "X014",
    'this folder is inside "{folder}", which belongs to the sources of the site',
    "Choose a folder of its own for the built site, for instance --output public.",
)
TOO_PRECIOUS = Problem(
    "X015",
    "this folder is the root of the disk, your home folder, or a folder above it",
    "Choose a folder of its own for the built site, for instance --output public.",
)


def checked(target: Path, *, site_root: Path) -> Path:
    """`target` as an absolute path without links above it, or `Refused`.

    Folders are compared as the disk knows them, not by spelling, so a bind mount, a different
    case or `..` does not get around a rule.
    """
    # Not resolve() of the whole: a link in the last place must be seen, not followed.
    plain = Path(os.path.abspath(target))  # noqa: PTH100 - Path.absolute keeps `..`
    place = _real(plain.parent) / plain.name
    for problem, words in _objections(place, _real(site_root)):
        raise Refused(problem.at(Span(str(target)), **words))
    return place


def _objections(place: Path, root: Path) -> Iterator[tuple[Problem, dict[str, str]]]:
    """All that speaks against `place`; each rule may trust that those before it had nothing."""
    if place.is_symlink() or (place.exists() and not place.is_dir()):
        yield NOT_A_FOLDER, {}
    if _is_or_holds(place, _home()) or place == place.parent:
        yield TOO_PRECIOUS, {}
    if _is_or_holds(place, root):
        yield HOLDS_SOURCES, {}
    for name in _KEPT_BY_PEOPLE:
        if _is_or_holds(root / name, place):
            yield AMONG_SOURCES, {"folder": name}
        if _is_or_holds(place, _real(root / name)):  # a linked content folder
            yield HOLDS_SOURCES, {}
    if os.path.lexists(place / ".git"):
        yield HOLDS_GIT, {}
    if place.exists() and not is_ours(place) and any(place.iterdir()):
        yield NOT_OURS, {}


def is_ours(folder: Path) -> bool:
    """Whether `folder` carries our marker as a file of its own."""
    marker = folder / MARKER
    try:
        if not stat.S_ISREG(marker.lstat().st_mode):
            return False
        with marker.open("rb") as file:
            return file.read(len(_SIGNATURE)) == _SIGNATURE
    except OSError:
        return False


def marker(built: datetime.date | None) -> bytes:
    """The marker file of a site, with its build date where that is known."""
    return MARKER_TEXT + (f"built for {built}\n".encode() if built else b"")


def built(folder: Path) -> datetime.date | None:
    """The build date of the site in `folder`, where its marker tells it."""
    if not is_ours(folder):
        return None
    found = _BUILT.search((folder / MARKER).read_bytes())
    try:
        return datetime.date.fromisoformat(found[1].decode()) if found else None
    except ValueError:
        return None


def _home() -> Path:
    return _real(Path(os.path.expanduser("~")))  # noqa: PTH111 - Path.home raises without a home


def _real(path: Path) -> Path:
    return Path(os.path.realpath(path))  # unlike Path.resolve, no exception at a loop of links


def _is_or_holds(folder: Path, inner: Path) -> bool:
    return any(_same(folder, above) for above in (inner, *inner.parents))


def _same(one: Path, other: Path) -> bool:
    if one == other:
        return True
    try:
        return one.samefile(other)
    except OSError:  # one of them does not exist: the spelling has decided
        return False
