"""Bodies → fragments: what was converted before comes from the cache, the rest from workers.

Law: the result is that of `convert` itself, whatever lay in the cache, however many workers
there were, and whatever they began with before they were asked.
"""

from __future__ import annotations

import hashlib
import importlib.metadata
import itertools
import sys
import unicodedata
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cache as remembered
from functools import partial
from typing import TYPE_CHECKING, Any

from aigaq.output import cache, fragment_codec, workers
from aigaq.output.drawers import Drawers
from aigaq.output.fragment_codec import Converted
from aigaq.words.diagnostics import Diagnostic, Span
from aigaq.words.fragments import Fragment

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

_CONVERTER = "aigaq.source.markup.convert"
_BATCH = 4096  # texts that are held at once, and kept together
_Text = tuple[str, tuple[str, ...], str]  # body, labels, language
_CODE = ("words", "source", "output/conversion.py", "output/fragment_codec.py")


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """One body, its file and line there (from 1), and what else `convert` asks."""

    path: str
    first_line: int
    body: str
    labels: tuple[str, ...] = ()
    language: str = ""


def fragments(
    tasks: Iterable[Task],
    *,
    cache_dir: Path,
    jobs: int,
    limits: workers.Limits = workers.LIMITS,
    convert_all: Callable[..., Iterable[Any]] = workers.convert_all,
    forgets: bool = True,
) -> list[Converted]:
    """The fragment and the problems of each task, in order.

    `convert_all` converts what the cache has not, in order. `cache_dir` is the site's `.cache`;
    if it `forgets`, what no task asks for is no longer kept. A text that a worker could not
    convert has an empty fragment and one problem, and is not kept: the next build tries again.
    """
    store = Drawers(cache_dir / "fragments")
    done: list[Converted] = []
    used: set[str] = set()
    rest = iter(tasks)
    calls = partial(convert_all, _convert, jobs=jobs, limits=limits, preload=_CONVERTER)
    while batch := tuple((key(task), task) for task in itertools.islice(rest, _BATCH)):
        used.update(name for name, _ in batch)
        done += _converted(batch, store, calls)
    if forgets:
        store.prune(used)
    return done


def key(task: Task) -> str:
    """The name of a task's result in the cache: a digest of all that it depends on.

    The place of the body in its file is not part of it, so that a longer header converts
    nothing anew; the code that converts is, so that no version is counted up by hand.
    """
    parts = (_program(), task.language, str(len(task.labels)), *sorted(task.labels), task.body)
    sized = (part.encode("utf-8", "surrogatepass") for part in parts)
    return hashlib.sha256(b"".join(b"%d:%s," % (len(part), part) for part in sized)).hexdigest()


class Ahead:
    """Texts that are converted while others are still read: a guess of what will be asked for.

    What was guessed wrong is not used.
    """

    def __init__(self, store: Drawers, crew: workers.Crew[_Text, bytes]) -> None:
        self._store = store
        self._crew = crew

    def begin(self, task: Task) -> None:
        """Has a text converted, unless that was done before."""
        if key(task) not in self._store:
            self._crew.begin(_call(task))

    def convert_all(
        self, _function: object, calls: Sequence[workers.Task[_Text]], **_limits: object
    ) -> Iterator[bytes | Diagnostic]:
        """As `workers.convert_all`, of what was begun and what was not."""
        return self._crew.results(calls)


@contextmanager
def ahead(
    cache_dir: Path, *, jobs: int, copies: int = 0, limits: workers.Limits = workers.LIMITS
) -> Iterator[Ahead]:
    """To be begun before anything is read.

    The first converters may be `copies` of this process, if it holds nothing private yet.
    """
    hired = workers.crew(
        _convert, jobs=jobs, limits=limits, preload=_CONVERTER, copies=min(jobs, copies)
    )
    with hired as crew:
        yield Ahead(Drawers(cache_dir / "fragments"), crew)


def _converted(
    batch: Sequence[tuple[str, Task]],
    store: Drawers,
    convert_all: Callable[..., Iterable[Any]],
) -> Iterator[Converted]:
    found = [_kept(store.get(name), task) for name, task in batch]
    wanted = {n: t for (n, t), one in zip(batch, found, strict=True) if one is None}
    results = iter(convert_all([_call(task) for task in wanted.values()]))
    made: dict[str, Any] = {}
    for (name, task), one in zip(batch, found, strict=True):
        if one is None and name not in made:  # those to come are converted meanwhile
            made[name] = next(results)
        yield one or _placed(made[name], task)
    store.put({name: data for name, data in made.items() if isinstance(data, bytes)})


def _call(task: Task) -> workers.Task[_Text]:
    return workers.Task(task.path, (task.body, task.labels, task.language))


def _convert(text: _Text) -> bytes:
    """Runs in a worker. The path is not told and lines count from the body's first."""
    from aigaq.source.markup import convert  # noqa: PLC0415 - heavy, and only workers need it

    body, labels, language = text
    fragment, found = convert.convert(
        body, path="", first_line=1, labels=labels, language=language
    )
    return fragment_codec.encode((fragment, tuple(found)))


def _kept(data: bytes | None, task: Task) -> Converted | None:
    try:
        return _placed(data, task) if data else None
    except ValueError:
        return None


def _placed(result: bytes | Diagnostic, task: Task) -> Converted:
    """A result with the places that the body has in the file of `task`."""
    if isinstance(result, Diagnostic):
        return Fragment(), (replace(result, span=Span(task.path)),)
    fragment, found = fragment_codec.decode(result, path=task.path, lines=task.first_line - 1)
    return fragment, tuple(sorted(found))


@remembered
def _program() -> str:
    """The digest of what converts: our own code, the libraries, Unicode's tables."""
    libraries = (f"{name} {importlib.metadata.version(name)}" for name in ("markdown", "nh3"))
    python = f"{sys.version_info[:2]} {unicodedata.unidata_version}"
    return cache.program(*_CODE, uses=(*libraries, python))
