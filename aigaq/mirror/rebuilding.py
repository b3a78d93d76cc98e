"""Whether a build of sources gives a release, byte for byte; sources of strangers, too.

A build runs the templates that are among the sources, and templates are programs. So sources
are built only after it was seen that they are those whose digest the signers have signed: who
trusts the signers with what a site shows trusts them with how it is made.
"""

from __future__ import annotations

import re
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from aigaq.mirror import git, hashing, manifest, packing, sources
from aigaq.mirror.export import history, layout
from aigaq.output import refusal
from aigaq.words.diagnostics import Problem, Severity, Span, has_errors

if TYPE_CHECKING:
    import datetime
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from aigaq.mirror.statement import Release
    from aigaq.words.diagnostics import Diagnostic

    # Builds a site's folder into an empty one, for a day; what was wrong.
    Build = Callable[[Path, Path, datetime.date], Sequence[Diagnostic]]

OTHER_ENGINE = Problem(
    "A085",
    "this release was made by {there}, and here is {here}: bytes may differ for that alone",
    "Install exactly what the release names, and rebuild it once more.",
    Severity.WARNING,
)
OTHERWISE = Problem(
    "A086",
    "a build of the sources gives another file here than the release has",
    "If the program is the one that RELEASE names, nobody should use this release: tell its"
    " signers. docs/mirrors/reproduce.md says how to find what differs.",
)
NO_SOURCES = Problem(
    "A087",
    "the sources of this release are not here: {reason}",
    "Name another place with --source: the source.git of another copy, or the editors' own"
    " repository.",
)
NOT_BUILT = Problem(
    "A088",
    "the sources of this release cannot be built: {reason}",
    "Install exactly the program that RELEASE names. If that does not help, tell the signers.",
)

SOURCES = "sources"  # the folder, below a temporary one, that is built
# What stands beside the build: lists that people write.
LISTS = frozenset({manifest.SIGNERS, manifest.MIRRORS})


def rebuilt(
    release: Release, digests: Mapping[str, str], place: str, build: Build
) -> list[Diagnostic]:
    """What a build of the sources at `place` has otherwise than the manifest of a release.

    The release was judged to be signed well. `place` is the folder `source.git` of a copy, or
    whatever git can fetch from. Raises `Refused` where there are no sources.
    """
    found = [*other_engine(release)]
    with tempfile.TemporaryDirectory(prefix="aigaq-") as room:
        repository = brought(place, Path(room) / "git")
        files = signed_files(repository, release, Path(room) / SOURCES)
        with built(files, Path(room), release.date, build) as site:
            found += differences(site, digests)
    return found


def other_engine(release: Release) -> Iterator[Diagnostic]:
    here = packing.engine()
    if release.engine != here:
        yield OTHER_ENGINE.at(Span(manifest.STATEMENT), there=release.engine, here=here)


def brought(place: str, into: Path, *, kept: Path | None = None) -> Path:
    """The repository at `place`, taken as files where it is the `source.git` of a copy.

    It is brought into `kept`, if that is given, where what was fetched before is not again.
    """
    folder = Path(place)
    if folder.name == history.FOLDER and folder.is_dir():
        return git.copied(folder, into)
    if re.fullmatch(r"(?!\w+://)[^:]*", place) and not folder.is_dir():
        raise refusal.NotPossibleNow(_missing("there is no such folder"))
    plain = place if ":" in place else str(folder.resolve())
    return git.fetched(plain, kept or into)


def signed_files(repository: Path, release: Release, into: Path) -> dict[str, Path]:
    """The sources that the signers have signed: by their digest, or by the editors' commit.

    They are put below `into`. Raises `Refused` where they are not in the repository.
    """
    if sealed := git.commit(repository, f"refs/heads/{history.SEALED}"):
        held = git.tree(repository, sealed).get(manifest.STATEMENT)
        raw = str(release).encode()
        is_its = held and held[1] == len(raw) and next(git.read(repository, [held[0]])) == raw
        if is_its and release.source:
            files = git.extracted(repository, f"{sealed}^1", into)
            if digest(files) != release.source:
                raise git.Altered(_missing("these are not those that were signed"))
            return files
    if git.commit(repository, release.commit):
        return _of_editors(git.extracted(repository, release.commit, into))
    if not release.source:
        raise refusal.Refused(_missing("the release was packed without --source"))
    raise refusal.NotPossibleNow(_missing("this repository has those of another release"))


def _missing(reason: str) -> Diagnostic:
    return NO_SOURCES.at(Span(history.FOLDER), reason=reason)


def _of_editors(files: dict[str, Path]) -> dict[str, Path]:
    """A site that lies deeper in a repository is not looked for."""
    if "site.yaml" not in files:
        raise refusal.Refused(_missing("the commit has no site.yaml at its top"))
    return files


def digest(files: Mapping[str, layout.Data]) -> str:
    """What stands in RELEASE for sources: the digest of their own manifest."""
    listed = manifest.text(
        {path: manifest.digest(layout.read(data)) for path, data in files.items()}
    )
    return manifest.digest(listed.encode())


@contextmanager
def built(
    files: Mapping[str, layout.Data], room: Path, day: datetime.date, build: Build
) -> Iterator[Path]:
    """A site that was built of `files`, which may lie in `room` already.

    Raises `Refused` where it cannot be.
    """
    root = room / SOURCES
    with refusal.disk_errors(room):
        for path, data in files.items():
            place = root / path
            place.parent.mkdir(parents=True, exist_ok=True)
            if place != data:
                place.write_bytes(layout.read(data))
    found = [problem for problem in build(root, room / "site", day) if problem.is_error]
    if has_errors(found):
        reason = f"{found[0].span}: {found[0].message} ({found[0].code})"
        raise git.Altered(NOT_BUILT.at(Span(history.FOLDER), reason=sources.shown(reason)))
    yield room / "site"


def differences(
    site: Path, digests: Mapping[str, str], problem: Problem = OTHERWISE
) -> list[Diagnostic]:
    """Each file that is another one in a built site than in the manifest, or in one only."""
    source = sources.Folder(site)
    listing = source.listing()
    assert listing is not None
    paths = sorted(path for path in listing.files if not manifest.is_detached(path))
    here = dict(hashing.digests(source, paths))
    there = {path: one for path, one in digests.items() if path not in LISTS}
    differ = {path for path in here.keys() | there.keys() if here.get(path) != there.get(path)}
    return [problem.at(Span(sources.shown(path))) for path in sorted(differ)]
