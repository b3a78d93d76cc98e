"""The search index: bundles of all languages, each made again only if its own pages changed.

Law: the bytes depend on the slim pages and the engine alone: not on their order, on what the
cache holds, or on how many engines run at once.
"""

from __future__ import annotations

import hashlib
import shutil
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from aigaq.output import cache, pagefind, search_pieces
from aigaq.pages import bundles as parts
from aigaq.pages.page import Artifact
from aigaq.words.diagnostics import Problem, Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from aigaq.words.diagnostics import Diagnostic

MISSING = Problem(
    "X101",
    "the search engine Pagefind is not installed, so the site would have no search",
    "Install it with `pip install pagefind_bin==1.5.2`, or build with --no-search.",
)
NOT_EXTENDED = Problem(
    "X102",
    "site.yaml asks for the extended Pagefind, and it is not installed",
    "Write `extended: auto` under `search:` (Chinese is found without it, too), or install"
    " `pagefind_bin_extended`.",
)

FOLDER = parts.FOLDER
AT_ONCE = 2  # engines at work at most: each takes one processor, and up to 1.5 GB


@dataclass(frozen=True, slots=True)
class _Task:
    """One bundle: where it stands, what is in it, under which key it is kept."""

    lang: str
    folder: str
    pages: tuple[Artifact, ...]
    key: str
    part: int  # of the language, from 0


def bundles(
    slim: Mapping[str, tuple[Artifact, ...]],
    *,
    cache_dir: Path | None,
    extended: bool = False,
    only: str = "",
    jobs: int = 1,
) -> tuple[tuple[Artifact, ...], list[Diagnostic]]:
    """The bundles of all languages, or of one, as files below `search/LANG/`.

    `cache_dir` is the site's `.cache`; None keeps nothing. With two `jobs` two engines are at
    work at once.
    """
    engine = pagefind.executable(extended=extended)
    if engine is None:
        return (), [(NOT_EXTENDED if extended else MISSING).at(Span("site.yaml"))]
    programs = (f"output/{name}.py" for name in ("pagefind", "search", "search_pieces"))
    code = cache.program(*programs, uses=())
    version = f"{pagefind.version(engine)} {code}"
    langs = [only] if only else sorted(slim)
    tasks = [task for lang in langs for task in _tasks(version, lang, slim[lang])]
    store = _Store(cache_dir) if cache_dir else None

    def made(task: _Task) -> tuple[tuple[Artifact, ...], list[Diagnostic]]:
        return (store and store.kept(task)) or _made(engine, task, store)

    with ThreadPoolExecutor(max_workers=max(1, min(jobs, AT_ONCE))) as engines:
        done = list(engines.map(made, tasks))
    found = [problem for _, problems in done for problem in problems]
    if store and not found:
        store.prune(tasks, languages=slim)
    return tuple(file for files, _ in done for file in files), found


def _tasks(version: str, lang: str, pages: Iterable[Artifact]) -> Iterator[_Task]:
    for part, (folder, some) in enumerate(parts.split(lang, pages)):
        yield _Task(lang, folder, some, _key(version, folder, some), part)


def _made(
    engine: Path, task: _Task, store: _Store | None
) -> tuple[tuple[Artifact, ...], list[Diagnostic]]:
    files, problems = pagefind.indexed(engine, task.lang, task.pages, part=task.part)
    bundle = tuple(
        Artifact(f"{task.folder}{name}", data)
        for name, data in (search_pieces.lighter(files) if files else files).items()
        if not (task.part and name.endswith((".js", ".pagefind")))  # those of the first serve
    )
    if store and not problems:
        store.keep(task, bundle)
    return bundle, problems


# --- the cache ---


class _Store:
    """What was made before, in a folder of the site's `.cache` for each language."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def _of(self, lang: str) -> cache.Cache:
        return cache.Cache(self._folder / f"{FOLDER}-{lang}")

    def kept(self, task: _Task) -> tuple[tuple[Artifact, ...], list[Diagnostic]] | None:
        entry = self._of(task.lang).get(task.key)
        if entry is None:
            return None
        return tuple(Artifact(path, data) for path, data in cache.unpacked(entry)), []

    def keep(self, task: _Task, bundle: tuple[Artifact, ...]) -> None:
        self._of(task.lang).put(task.key, cache.packed((one.path, one.data) for one in bundle))

    def prune(self, tasks: Iterable[_Task], *, languages: Mapping[str, object]) -> None:
        """Forgets what these languages had before, and other languages: withdrawn words go."""
        keys = {task.key for task in tasks}
        for lang in {task.lang for task in tasks}:
            self._of(lang).prune(keys)
        known = {f"{FOLDER}-{lang}" for lang in languages}
        for path in self._folder.glob(f"{FOLDER}*"):
            if path.name not in known:
                shutil.rmtree(path, ignore_errors=True)


def _key(version: str, folder: str, pages: Iterable[Artifact]) -> str:
    """Digest of all that the bundle depends on, each part with its length."""
    state = hashlib.sha256()
    for part in (version, folder):
        state.update(f"{len(part.encode())}:{part}".encode())
    for page in pages:
        state.update(f"{len(page.path.encode())}:{page.path}{len(page.data)}:".encode())
        state.update(page.data)
    return state.hexdigest()
