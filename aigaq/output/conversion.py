"""Bodies → fragments: what was converted before comes from the cache, the rest from workers.

Law: the result is that of `convert` itself, whatever lay in the cache and however many workers.
"""

from __future__ import annotations

import hashlib
import importlib.metadata
import itertools
import sys
import unicodedata
from dataclasses import dataclass, replace
from functools import cache as remembered
from typing import TYPE_CHECKING, TypeVar

from aigaq.output import cache, fragment_codec, workers
from aigaq.output.cache import Cache
from aigaq.output.fragment_codec import Converted
from aigaq.words.diagnostics import Diagnostic, Span
from aigaq.words.fragments import Block, Fragment, Gloss, Reference

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

P = TypeVar("P", Block, Reference, Gloss)

_CONVERTER = "aigaq.source.markup.convert"
_BATCH = 512  # texts held at once
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
) -> list[Converted]:
    """The fragment and the problems of each task, in order.

    `cache_dir` is the site's `.cache`; what no task asks for is forgotten. A text that a worker
    could not convert has an empty fragment and one problem, and is not kept: the next build
    tries again.
    """
    store = Cache(cache_dir / "fragments")
    done: list[Converted] = []
    used: set[str] = set()
    rest = iter(tasks)
    while batch := tuple((key(task), task) for task in itertools.islice(rest, _BATCH)):
        used.update(name for name, _ in batch)
        done += _converted(batch, store, jobs, limits)
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


def _converted(
    batch: Sequence[tuple[str, Task]], store: Cache, jobs: int, limits: workers.Limits
) -> Iterator[Converted]:
    found = [_kept(store.get(name)) for name, _ in batch]
    wanted = {n: t for (n, t), one in zip(batch, found, strict=True) if one is None}
    calls = [workers.Task(task.path, task) for task in wanted.values()]
    done = workers.convert_all(_convert, calls, jobs=jobs, limits=limits, preload=_CONVERTER)
    made = dict(zip(wanted, done, strict=True))
    for name, result in made.items():
        if not isinstance(result, Diagnostic):
            store.put(name, fragment_codec.encode(result))
    for (name, task), one in zip(batch, found, strict=True):
        yield _placed(one or made[name], task)


def _convert(task: Task) -> Converted:
    """Runs in a worker. The path is not told and lines count from the body's first."""
    from aigaq.source.markup import convert  # noqa: PLC0415 - heavy, and only workers need it

    fragment, found = convert.convert(
        task.body, path="", first_line=1, labels=task.labels, language=task.language
    )
    return fragment, tuple(found)


def _kept(data: bytes | None) -> Converted | None:
    try:
        return fragment_codec.decode(data) if data else None
    except ValueError:
        return None


def _placed(result: Converted | Diagnostic, task: Task) -> Converted:
    """A result with the places that the body has in the file of `task`."""
    moved = task.first_line - 1
    if isinstance(result, Diagnostic):
        return Fragment(), (replace(result, span=Span(task.path)),)
    fragment, found = result
    fragment = replace(
        fragment,
        blocks=_moved(fragment.blocks, moved),
        references=_moved(fragment.references, moved),
        pictures=tuple((path, line + moved) for path, line in fragment.pictures),
        glosses=_moved(fragment.glosses, moved),
    )
    return fragment, tuple(sorted(_told(one, task.path, moved) for one in found))


def _moved(parts: tuple[P, ...], lines: int) -> tuple[P, ...]:
    return tuple([replace(part, line=part.line + lines) for part in parts])


def _told(diagnostic: Diagnostic, path: str, moved: int) -> Diagnostic:
    span = Span(path, diagnostic.span.line + moved, diagnostic.span.column)
    # A word named `line` is another line of the same file.
    words = tuple(
        (name, str(int(word) + moved) if name == "line" and word.isdecimal() else word)
        for name, word in diagnostic.words
    )
    return Diagnostic(span, diagnostic.problem, words)


@remembered
def _program() -> str:
    """The digest of what converts: our own code, the libraries, Unicode's tables."""
    libraries = (f"{name} {importlib.metadata.version(name)}" for name in ("markdown", "nh3"))
    python = f"{sys.version_info[:2]} {unicodedata.unidata_version}"
    return cache.program(*_CODE, uses=(*libraries, python))
