"""Keeps `source.git` in a copy that follows others, so that sources outlive their origin.

Nothing of a stranger's repository is passed on: the sources are taken that the signers have
signed, and put into a history of our own, which lies beside the copy. Of the same releases it
has the same commits as that of the editors; it begins anew where theirs would.
"""

from __future__ import annotations

import functools
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from aigaq.mirror import carriage, git, manifest, rebuilding, sources, statement
from aigaq.mirror.export import history
from aigaq.output import refusal
from aigaq.source import ledger
from aigaq.source.document import Source
from aigaq.words.diagnostics import Problem, Severity, Span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from aigaq.mirror.statement import Release
    from aigaq.words.diagnostics import Diagnostic

NOWHERE = Problem(
    "A068",
    "no source has the sources of release {seq}; the copy is whole without them",
    "Name a source that has source.git, such as the archive's own address, if you want to pass"
    " them on.",
    Severity.WARNING,
)

_LATEST = 1 << 33  # seconds; what git can date


def keep(places: Sequence[str], target: Path, release: Release) -> list[Diagnostic]:
    """Puts `source.git` into the good copy in `target`; a warning where nobody has it."""
    if not release.source:
        return []
    place = target.with_name(f".{target.name}.aigaq-source") / history.FOLDER
    with refusal.disk_errors(place), tempfile.TemporaryDirectory(prefix="aigaq-") as room:
        if not history.goes_on(place, str(release).encode()):
            found = _brought(places, release, Path(room))
            if _ends(place, target, release, found and found[0]):
                shutil.rmtree(place, ignore_errors=True)
            if found is None:
                return [NOWHERE.at(Span(sources.shown(str(target))), seq=release.seq)]
            files, when = found
            git.begun(place)
            history.commit(place, files, seq=release.seq, when=when)
        history.seal(place, target)
        if _branches(place) != _branches(target / history.FOLDER):
            history.publish(place, target)
    return []


def _branches(place: Path) -> list[bytes]:
    heads = sorted((place / "refs/heads").glob("*"))
    return [path.read_bytes() for path in heads]


def _brought(
    places: Sequence[str], release: Release, room: Path
) -> tuple[dict[str, Path], int] | None:
    """The signed sources from the first that has them, and how their commit is dated."""
    for number, place in enumerate(places):
        own = (
            place if carriage.is_repository(place) else f"{place.rstrip('/')}/{history.FOLDER}"
        )
        if "::" in own or own.startswith(("rsync:", "magnet:")):
            continue
        try:
            into = room / f"{number}.git"
            bring = functools.partial(rebuilding.brought, own, into, kept=git.kept(own))
            read = functools.partial(_signed, release=release, into=room / str(number))
            files, when = git.read_anew(bring, read)
        except refusal.Refused:
            continue
        # Those of the editors' own commit hold more than may be passed on.
        if rebuilding.digest(files) == release.source:
            return files, when
    return None


def _signed(repository: Path, release: Release, into: Path) -> tuple[dict[str, Path], int]:
    files = rebuilding.signed_files(repository, release, into)
    said = git.run(repository, "log", "-1", "--format=%ct", f"{history.SEALED}^1")
    return files, min(int(said), _LATEST)


def _ends(place: Path, target: Path, release: Release, files: dict[str, Path] | None) -> bool:
    """Whether the history that is here may not go on with this release, nor wait for it."""
    try:
        held = git.tree(place, f"refs/heads/{history.SEALED}")[manifest.STATEMENT]
        last, _ = statement.read(next(git.read(place, [held[0]])))
        if last is None or last.site != release.site or last.seq >= release.seq:
            return True
        return _hides(target, last.seq) or bool(files and history.taken_back(place, files))
    except (refusal.Refused, KeyError):
        return True


def _hides(target: Path, since: int) -> bool:
    """Whether the ledger of the copy has hidden or withdrawn something after a release."""
    text = (target / manifest.LEDGER).read_text("utf-8")
    entries, _ = ledger.read(Source(manifest.LEDGER, text, ""))
    return any(e.state != "published" and (e.seq or 0) > since for e in entries)
