"""Recordings that texts name → published files, without what stood beside the sound in them.

Law: a recording reaches a page only through `source.recordings.clean`; its name is the digest
of what was published, so that no name that a person gave can follow it.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from aigaq.archive import recordings, visibility
from aigaq.output import workers
from aigaq.output.pictures import FOLDER
from aigaq.pages.page import Artifact
from aigaq.source import disk
from aigaq.source import recordings as containers
from aigaq.words.diagnostics import Diagnostic, Problem, Span

if TYPE_CHECKING:
    import datetime
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from aigaq.archive.public import PublicArchive, Recording
    from aigaq.archive.recordings import Wanted
    from aigaq.source.records import Records
    from aigaq.words.fragments import Fragment

TOO_LARGE = Problem(
    "G030",
    "this recording is larger than {megabytes} MB",
    "Speech needs little: an hour of Opus at 24 kbit/s takes 11 MB (`ffmpeg -i FILE"
    " -map_metadata -1 -c:a libopus -b:a 24k NAME.opus`). Let a long film lie with hosts, named"
    " in hosts: of the sidecar, and take it out of this folder.",
)
TOO_HEAVY = Problem(
    "G036",
    "reading this recording takes too long or too much memory",
    "Save it anew without tags: `ffmpeg -i FILE -map_metadata -1 NAME`, where NAME ends in"
    " .opus for sound and in .mp4 for a film.",
)
OTHER_FILE = Problem(
    "G034",
    "this is not the digest of the recording that lies here",
    "Write the 64 digits that `sha256sum FILE` prints, after making sure that the file is the"
    " one that was meant.",
)

MAX_BYTES = 32 * workers.MEGABYTE
# A recording as long as that takes under a second; only one made to do so takes longer.
LIMITS = workers.Limits(deadline=10.0, memory=1024 * workers.MEGABYTE)


@dataclass(frozen=True, slots=True)
class Made:
    """Finished recordings by `Wanted.key`, and their bytes by output path."""

    recordings: Mapping[tuple[str, str], Recording]
    data: Mapping[str, bytes]


def of(
    records: Records,
    bodies: Mapping[str, Fragment],
    files: Iterable[disk.File],
    *,
    root: Path,
    built: datetime.date,
) -> tuple[Made, list[Diagnostic]]:
    """Every recording that is named and may be heard on the day `built`, and what is wrong."""
    sizes = {file.path: file.size for file in files}
    withheld = visibility.withheld(records, bodies, built)
    wanted, found = recordings.wanted(records, bodies, files=sizes, withheld=withheld)
    shown: dict[tuple[str, str], Recording] = {}
    data: dict[str, bytes] = {}
    read: dict[str, tuple[str, bytes] | Diagnostic] = {}
    for one in wanted:
        if not one.file:
            shown[one.key] = one.shown("", 0)
            continue
        if one.file not in read:
            read[one.file] = _read(one, root, sizes[one.file])
        result = read[one.file]
        if isinstance(result, Diagnostic):
            found.append(result)
        else:
            path, made = result
            data[path] = made
            shown[one.key] = one.shown(path, len(made))
    return Made(shown, data), sorted(set(found))


def _read(one: Wanted, root: Path, size: int) -> tuple[str, bytes] | Diagnostic:
    """The path and the bytes of a recording as it is published, or why there is none."""
    if size > MAX_BYTES:
        return TOO_LARGE.at(Span(one.file), megabytes=MAX_BYTES // workers.MEGABYTE)
    data = disk.read_media(root, one.file)
    if isinstance(data, Diagnostic):
        return data
    digest = one.sidecar.record.sha256
    if digest and digest != hashlib.sha256(data).hexdigest():
        return OTHER_FILE.at(one.sidecar.span_of("sha256"))
    ending = one.file.rpartition(".")[2].casefold()
    task = workers.Task(one.file, (data, ending))
    [made] = workers.convert_all(containers.cleaned, [task], jobs=1, limits=LIMITS)
    if isinstance(made, Diagnostic):
        return TOO_HEAVY.at(Span(one.file))
    if not isinstance(made, bytes):
        return made.at(Span(one.file))
    return f"{FOLDER}/{hashlib.sha256(made).hexdigest()[:16]}.{ending}", made


def artifacts(made: Made, archive: PublicArchive) -> tuple[Artifact, ...]:
    """The files of all recordings that the public archive has, and of no other."""
    paths = {one.path for text in archive.texts.values() for one in text.recordings}
    return tuple(Artifact(path, made.data[path]) for path in sorted(paths - {""}))
