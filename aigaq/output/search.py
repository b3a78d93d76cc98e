"""The search index: bundles of all languages, each made again only if its own pages changed.

Law: the bytes depend on the slim pages and the engine alone: not on their order, on what the
cache holds, or on how many engines run at once. A bundle is joined from portions of its pages,
of which the engine reads those that changed; which they are follows from the pages' paths.
"""

from __future__ import annotations

import hashlib
import shutil
import unicodedata
import zlib
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from aigaq.output import cache, pagefind, search_pieces, search_portions
from aigaq.output.search_portions import Portion
from aigaq.pages import bundles as parts
from aigaq.pages import slim_page
from aigaq.pages.page import Artifact
from aigaq.words.diagnostics import Problem, Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from aigaq.pages.slim_page import Fed
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
AT_ONCE = 2  # engines at work at most: each takes one processor
_OUTPUT = "containers pagefind search search_pieces search_portions"
_PAGES = "bundles han paging slim_facets slim_page word_forms"
_PROGRAMS = (
    *(f"output/{name}.py" for name in _OUTPUT.split()),
    *(f"pages/{name}.py" for name in _PAGES.split()),
    *("pages/han_variants.json", "pages/word_forms.json", "words"),
)

_Files = dict[str, bytes]
_Bundle = tuple[tuple[Artifact, ...], list["Diagnostic"]]
_Portion = tuple[Portion | None, list["Diagnostic"]]
_Frame = tuple[_Files, list["Diagnostic"]]


@dataclass(frozen=True, slots=True)
class _Task:
    """One bundle: where it stands, what is in it, under which key it is kept."""

    version: str
    lang: str
    folder: str
    portions: tuple[tuple[Fed, ...], ...]
    part: int  # of the language, from 0

    @property
    def key(self) -> str:
        return _key(self.version, self.folder, *self.portion_keys)

    @property
    def frame(self) -> Fed:
        return slim_page.frame(self.lang)

    @property
    def frame_key(self) -> str:
        return self.portion_key(())

    @property
    def portion_keys(self) -> list[str]:
        return [self.portion_key(pages) for pages in self.portions]

    def portion_key(self, pages: Iterable[Fed]) -> str:
        return _key(
            *(self.version, self.lang, str(self.part)),
            *(told for page in (self.frame, *pages) for told in (page.path, page.digest.hex())),
        )


def bundles(
    slim: Mapping[str, tuple[Fed, ...]],
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
    uses = unicodedata.unidata_version, zlib.ZLIB_RUNTIME_VERSION  # what is kept is packed
    version = f"{pagefind.version(engine)} {cache.program(*_PROGRAMS, uses=uses)}"
    langs = [only] if only else sorted(slim)
    tasks = [task for lang in langs for task in _tasks(version, lang, slim[lang])]
    store = _Store(cache_dir)
    with ThreadPoolExecutor(max_workers=max(1, min(jobs, AT_ONCE))) as engines:
        try:
            waiting = deque(_begun(engine, task, store, engines) for task in tasks)
            done: list[_Bundle] = []
            while waiting:  # what one bundle was made of is not held while others are made
                done.append(waiting.popleft()())
        finally:  # whoever leaves early, by Ctrl-C too, waits for no other portions
            engines.shutdown(cancel_futures=True)
    found = [problem for _, problems in done for problem in problems]
    if not found:
        store.prune(tasks, languages=slim)
    return tuple(file for files, _ in done for file in files), found


def forget(cache_dir: Path) -> None:
    """Forgets all that was kept, where no search is made: words that were taken out go, too."""
    _Store(cache_dir).prune((), languages={})


def _tasks(version: str, lang: str, pages: Iterable[Fed]) -> Iterator[_Task]:
    for part, (folder, some) in enumerate(parts.split(lang, pages)):
        yield _Task(version, lang, folder, parts.portions(some), part)


# --- making ---


def _begun(
    engine: Path, task: _Task, store: _Store, engines: ThreadPoolExecutor
) -> Callable[[], _Bundle]:
    """Has the engines begin with what a bundle needs; what comes back waits for the bundle."""
    kept = store.bundle(task)
    if kept is not None:
        return lambda: (kept, [])
    portions = [engines.submit(_portion, engine, task, some, store) for some in task.portions]
    frame = engines.submit(_frame, engine, task, store)
    return partial(_joined, task, store, frame, portions)


def _joined(
    task: _Task, store: _Store, framed: Future[_Frame], portions: Iterable[Future[_Portion]]
) -> _Bundle:
    """The bundle, or the first of the problems: the others have the same reason."""
    done = [one.result() for one in portions]
    frame, problems = framed.result()
    problems = [problem for _, own in done for problem in own] + problems
    if problems:
        return (), problems[:1]
    made_of = [portion for portion, _ in done if portion]
    fields = search_portions.meta_of(frame)[search_portions.FIELDS]
    if any(list(portion.fields) != fields for portion in made_of):
        return (), [_not_whole(task.lang, "fields of metadata that no other page has")]
    made = search_pieces.bundle(frame, made_of)
    bundle = tuple(
        Artifact(f"{task.folder}{name}", data)
        for name, data in made.items()
        if not (task.part and name.endswith((".js", ".pagefind")))  # those of the first serve
    )
    store.keep_bundle(task, bundle)
    return bundle, []


def _portion(engine: Path, task: _Task, pages: tuple[Fed, ...], store: _Store) -> _Portion:
    key = task.portion_key(pages)
    if (kept := store.get(task, key)) is not None:
        return search_portions.known(kept), []
    _, made, problems = _indexed(engine, task, pages)
    told = [search_portions.id_of(page.path) for page in pages]
    if made and [page_id for page_id, _, _ in made.pages] != told:
        return None, [_not_whole(task.lang, "its pages are others than were told")]
    if made:
        store.keep(task, key, search_portions.kept(made))
    return made, problems


def _frame(engine: Path, task: _Task, store: _Store) -> _Frame:
    """What the engine makes of no pages: its programs and settings, the fields of metadata."""
    if (kept := store.get(task, task.frame_key)) is not None:
        return dict(cache.unpacked(kept)), []
    files, _, problems = _indexed(engine, task, ())
    if not problems:
        store.keep(task, task.frame_key, cache.packed(files.items()))
    return files, problems


def _indexed(
    engine: Path, task: _Task, pages: tuple[Fed, ...]
) -> tuple[_Files, Portion | None, list[Diagnostic]]:
    """What the engine makes of the frame and some pages, and the portion that it is."""
    files, problems = pagefind.indexed(
        engine, task.lang, pages, frame=task.frame, part=task.part
    )
    if problems:
        return {}, None, problems
    try:
        return dict(files), search_portions.of(files, framed=True), []
    except (LookupError, TypeError, ValueError) as error:  # of an engine that we do not know
        return {}, None, [_not_whole(task.lang, f"{type(error).__name__} {error}")]


def _not_whole(lang: str, reason: str) -> Diagnostic:
    return pagefind.NOT_WHOLE.at(Span("site.yaml"), language=lang, reason=reason)


# --- the cache ---


class _Store:
    """What was made before, in a folder of the site's `.cache` for each language."""

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder

    def _of(self, lang: str) -> cache.Cache | None:
        return cache.Cache(self._folder / f"{FOLDER}-{lang}") if self._folder else None

    def get(self, task: _Task, key: str) -> bytes | None:
        store = self._of(task.lang)
        return store.get(key) if store else None

    def keep(self, task: _Task, key: str, data: bytes) -> None:
        if store := self._of(task.lang):
            store.put(key, data)

    def bundle(self, task: _Task) -> tuple[Artifact, ...] | None:
        entry = self.get(task, task.key)
        if entry is None:
            return None
        return tuple(Artifact(path, data) for path, data in cache.unpacked(entry))

    def keep_bundle(self, task: _Task, bundle: Iterable[Artifact]) -> None:
        self.keep(task, task.key, cache.packed((one.path, one.data) for one in bundle))

    def prune(self, tasks: Iterable[_Task], *, languages: Mapping[str, object]) -> None:
        """Forgets what these languages had before, and other languages: withdrawn words go."""
        if self._folder is None:
            return
        keys = {key for t in tasks for key in (t.key, t.frame_key, *t.portion_keys)}
        for lang in {task.lang for task in tasks}:
            if store := self._of(lang):
                store.prune(keys)
        known = {f"{FOLDER}-{lang}" for lang in languages}
        for path in self._folder.glob(f"{FOLDER}*"):
            if path.name not in known:
                shutil.rmtree(path, ignore_errors=True)


def _key(*parts: str) -> str:
    """Digest of all that something depends on, each part with its length."""
    told = "".join(f"{len(part.encode())}:{part}" for part in parts)
    return hashlib.sha256(told.encode()).hexdigest()
