"""Whether anything has changed since the last build or check, as stat(2) tells.

Law: where there is any doubt, the site is built. What counts are the site's folder, the program
and its libraries, the options, and every file of the site that is there: by name, size, times
and place on disk, which no edit leaves as they were. A file that is younger than a second when
a build begins could be changed again within the same tick of the disk's clock, so such a build
is not noted.
"""

from __future__ import annotations

import hashlib
import json
import os
import stat
import sys
import time
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, Any

import aigaq
from aigaq.output import cache, shipped, targets
from aigaq.words.diagnostics import Diagnostic, Problem, Severity, Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_FOLDER = "last"
_TICK = 10**9  # ns: longer than that of any usual disk
_LIBRARIES = (
    *("babel", "jinja2", "markdown", "markupsafe", "nh3", "pagefind_bin", "pillow"),
    *("pydantic", "pydantic_core", "pyyaml", "segno"),
)


class LastBuild:
    """The last build of the site in `root` into `target`, to be made before anything is read.

    Without a `target` it is the last check, which writes nothing. `options` are whatever else
    decides what comes of it, as JSON can say it.
    """

    def __init__(self, root: Path, target: Path | None, options: Sequence[object]) -> None:
        self._target = (target,) if target else ()
        self._store = cache.Cache(cache.folder(root) / _FOLDER)
        self._place = hashlib.sha256(os.fsencode(target or "check")).hexdigest()
        sources = _sources(root)
        self._made_of = [*options, _versions(), sources] if sources else []

    def told(self) -> tuple[tuple[Diagnostic, ...], int] | None:
        """Its problems and number of pages (or files read), if all would be the same again."""
        entry = self._store.get(self._place)
        if entry is None:
            return None
        made_of, there, problems, pages = json.loads(entry)
        if made_of != self._made_of or there != _signature(self._target):
            return None
        return tuple(_diagnostic(said) for said in problems), pages

    def keep(self, problems: Iterable[Diagnostic], pages: int) -> None:
        """Notes a build that has just been published, or a check that has ended."""
        there = _signature(self._target)
        if self._made_of and there:
            said = [_said(problem) for problem in problems]
            entry = json.dumps([self._made_of, there, said, pages])
            self._store.put(self._place, entry.encode())


def doubt(root: Path) -> None:
    """Drops what was noted of other sources than there are; to be called before these are read.

    What is read is kept in the cache, even where it is wrong or nothing is built of it. If the
    other sources were there again, nothing would be built, and it would stay for ever.
    """
    store, now = cache.Cache(root / cache.FOLDER / _FOLDER), _sources(root).encode()
    noted = {key: store.get(key) or b"" for key in store.all_keys()}
    store.prune([key for key, entry in noted.items() if now and now in entry])


def _sources(root: Path) -> str:
    return _signature(_read(root), before=time.time_ns() - _TICK)


def _read(root: Path) -> Iterator[Path]:
    """All that a build may read, of the site and of the program; not what builds have made."""
    for place in sorted(root.iterdir()):
        if not place.name.startswith(".") and not targets.is_ours(place):
            yield place
    yield Path(aigaq.__file__).parent
    yield from (shipped.folder(name) for name in ("templates", "theme"))


def _versions() -> list[str]:
    return [sys.version, *(metadata.version(name) for name in _LIBRARIES)]


def _signature(places: Iterable[Path], *, before: int | None = None) -> str:
    """Of all files there and below; empty where one has changed since `before`, or is shut."""
    try:
        return _digest(places, before)
    except OSError:  # whoever reads it for the build says what is wrong
        return ""


def _digest(places: Iterable[Path], before: int | None) -> str:
    digest = hashlib.sha256()
    for place in places:
        for path, state in _files(os.fspath(place)):
            changed = max(state.st_mtime_ns, state.st_ctime_ns)
            if before is not None and changed > before:
                return ""
            # The last of these no program can set back, as some do with the one before it.
            times = state.st_mtime_ns, state.st_ctime_ns
            trace = (state.st_mode, state.st_ino, state.st_size, *times)
            digest.update(f"{path}\0{trace}\n".encode("utf-8", "surrogateescape"))
    return digest.hexdigest()


def _files(place: str) -> Iterator[tuple[str, os.stat_result]]:
    """Whatever is no folder, in one order; links as what they are."""
    try:
        state = os.lstat(place)
    except FileNotFoundError:
        return
    if not stat.S_ISDIR(state.st_mode):
        yield place, state
        return
    with os.scandir(place) as entries:
        names = sorted(entry.name for entry in entries if entry.name != "__pycache__")
    for name in names:
        yield from _files(f"{place}/{name}")


def _said(problem: Diagnostic) -> list[Any]:
    span, kind = problem.span, problem.problem
    place = [span.path, span.line, span.column]
    return [place, kind.code, problem.message, problem.remedy, kind.severity]


def _diagnostic(said: list[Any]) -> Diagnostic:
    """A problem as it was told, with no gaps left to fill."""
    place, code, message, remedy, severity = said
    message, remedy = (text.replace("{", "{{").replace("}", "}}") for text in (message, remedy))
    return Diagnostic(Span(*place), Problem(code, message, remedy, Severity(severity)))
