"""Pictures that records and bodies name → published files, made once and kept by digest.

Law: a picture reaches a page only through `source.pictures.clean`, in a process with limits;
its name is the digest of what was published, so that no name that a person gave can follow it.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from functools import cache as remembered
from typing import TYPE_CHECKING

from aigaq.archive import pictures, visibility
from aigaq.archive.public import Size
from aigaq.output import cache, picture_work, workers
from aigaq.output.cache import Cache
from aigaq.output.picture_work import Job
from aigaq.pages.page import Artifact
from aigaq.source import disk, webp
from aigaq.words.diagnostics import Diagnostic, Problem, Span

if TYPE_CHECKING:
    import datetime
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from aigaq.archive.pictures import Wanted
    from aigaq.archive.public import Picture, PublicArchive
    from aigaq.source.pictures import Cleaned, PictureProblem
    from aigaq.source.records import Records
    from aigaq.words.fragments import Fragment

TOO_LARGE = Problem(
    "G005",
    "this picture is larger than {megabytes} MB",
    "Make it smaller in a picture program: more than 1600 pixels a side are never shown.",
)
TOO_HEAVY = Problem(
    "G006",
    "reading this picture takes too long or too much memory",
    "Make it smaller in a picture program and save it as JPEG.",
)
STOPPED = Problem(
    "G007",
    "the program stopped while it read this picture",
    "Open it in a picture program and save it as JPEG or PNG. If that does not help, please "
    "report it: it is our fault.",
)

FOLDER = "media"
# Pixels: the wall and small screens, a page of text, and all that there is.
WIDTHS = (320, 720, 1600)
MAX_BYTES = 50 * workers.MEGABYTE
# Measured: 50 megapixels take up to 3.1 s and 580 MB, 12 megapixels 0.6 s and 140 MB.
LIMITS = workers.Limits(deadline=10.0, memory=1024 * workers.MEGABYTE)

_BATCH = 64 * workers.MEGABYTE  # bytes of pictures held at once, or a single larger one


@dataclass(frozen=True, slots=True)
class Made:
    """Finished pictures by `archive.pictures.key`, and their bytes by output path."""

    pictures: Mapping[str, Picture]
    data: Mapping[str, bytes]


def of(
    records: Records,
    bodies: Mapping[str, Fragment],
    files: Iterable[disk.File],
    *,
    root: Path,
    built: datetime.date,
    jobs: int,
) -> tuple[Made, list[Diagnostic]]:
    """Every picture that is named and may be seen on the day `built`, and what is wrong."""
    sizes = {file.path: file.size for file in files}
    withheld = visibility.withheld(records, bodies, built)
    wanted, found = pictures.wanted(records, bodies, files=sizes, withheld=withheld)
    small = [one for one in wanted if sizes[one.path] <= MAX_BYTES]
    found += [_too_large(one) for one in wanted if sizes[one.path] > MAX_BYTES]
    store = _Store(root)
    shown: dict[str, Picture] = {}
    data: dict[str, bytes] = {}
    for one, result in store.made(small, jobs):
        if isinstance(result, Diagnostic):
            found.append(result)
            continue
        made = {_path(size): size for size in result}
        shown[one.key] = one.shown([Size(p, s.width, s.height) for p, s in made.items()])
        data |= {path: size.data for path, size in made.items()}
    store.prune()
    return Made(shown, data), sorted(found)


def _path(size: Cleaned) -> str:
    return f"{FOLDER}/{hashlib.sha256(size.data).hexdigest()[:16]}.webp"


def artifacts(made: Made, archive: PublicArchive) -> tuple[Artifact, ...]:
    """The files of all pictures that the public archive shows, and of no other."""
    return tuple(Artifact(path, made.data[path]) for path in pictures.paths(archive))


def key(job: Job) -> str:
    """The name of a finished picture in the cache."""
    settings = json.dumps([_program(), job.redact, job.widths]).encode()
    return hashlib.sha256(settings + b"\0" + hashlib.sha256(job.data).digest()).hexdigest()


class _Store:
    """What was made before, from the cache; the rest from workers."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._cache = Cache(cache.folder(root) / "pictures")
        self._used: set[str] = set()

    def made(
        self, wanted: Iterable[Wanted], jobs: int
    ) -> Iterator[tuple[Wanted, tuple[Cleaned, ...] | Diagnostic]]:
        """Each picture in all its sizes, or why there is none; in no order that matters."""
        waiting: list[tuple[Wanted, str, Job]] = []
        for one in wanted:
            if one.finished:
                yield one, _finished(self._root, one)
                continue
            data = disk.read_media(self._root, one.path)
            if isinstance(data, Diagnostic):
                yield one, data
                continue
            job = Job(data, one.redact, WIDTHS)
            name = key(job)
            self._used.add(name)
            kept = self._cache.get(name)
            if kept is not None:
                yield one, _unpacked(kept)
                continue
            waiting.append((one, name, job))
            if sum(len(job.data) for _, _, job in waiting) >= _BATCH:
                yield from self._converted(waiting, jobs)
                waiting = []
        yield from self._converted(waiting, jobs)

    def prune(self) -> None:
        """Forgets all other pictures: those without a box that has been added, too."""
        self._cache.prune(self._used)

    def _converted(
        self, waiting: Sequence[tuple[Wanted, str, Job]], jobs: int
    ) -> Iterator[tuple[Wanted, tuple[Cleaned, ...] | Diagnostic]]:
        tasks = [workers.Task(one.path, job) for one, _, job in waiting]
        done = workers.convert_all(
            picture_work.cleaned,
            tasks,
            jobs=jobs,
            limits=LIMITS,
            preload="aigaq.source.pictures",
            each=1,
        )
        for (one, name, _), result in zip(waiting, done, strict=True):
            if isinstance(result, tuple):
                sizes = (((size.width, size.height), size.data) for size in result)
                self._cache.put(name, cache.packed(sizes))
                yield one, result
            else:
                yield one, _told(one, result)


def _finished(root: Path, one: Wanted) -> tuple[Cleaned, ...] | Diagnostic:
    """A picture whose sizes lie here as they are published, each looked at once more."""
    from aigaq.source.pictures import Cleaned  # noqa: PLC0415 - heavy, as below

    sizes = []
    for path in one.finished:
        data = disk.read_media(root, path)
        if isinstance(data, Diagnostic):
            return data
        size = webp.size_of(data)
        if size is None or one.redact or max(size) > WIDTHS[-1]:
            return webp.NOT_FINISHED.at(Span(path))
        sizes.append(Cleaned(data, *size))
    return tuple(sizes)


def _unpacked(kept: bytes) -> tuple[Cleaned, ...]:
    from aigaq.source.pictures import Cleaned  # noqa: PLC0415 - heavy, as below

    return tuple(Cleaned(data, *size) for size, data in cache.unpacked(kept))


def _told(one: Wanted, problem: PictureProblem | Diagnostic) -> Diagnostic:
    """Where an editor can mend it: at the boxes, else at the picture itself."""
    if isinstance(problem, Diagnostic):
        heavy = problem.problem in {workers.TOO_LONG, workers.TOO_MUCH_MEMORY}
        return (TOO_HEAVY if heavy else STOPPED).at(Span(one.path))
    return problem.at(one.redact_span if problem.is_of_a_box else Span(one.path))


def _too_large(one: Wanted) -> Diagnostic:
    return TOO_LARGE.at(Span(one.path), megabytes=MAX_BYTES // workers.MEGABYTE)


@remembered
def _program() -> str:
    """The digest of what converts: our own code, the library, and every decoder in it."""
    from PIL import features  # noqa: PLC0415 - heavy, and most sites have few pictures

    decoders = [f"{name} {features.version(name)}" for name in features.get_supported()]
    pillow = f"pil {features.version('pil')}"
    return cache.program("source/pictures.py", uses=(pillow, *sorted(decoders)))
