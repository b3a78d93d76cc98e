"""Makes `source.git` of a release, and proves first that it is enough and tells nothing else.

Law: what is exported was built, in a folder of its own, and gave every byte of the release; and
no byte of the export, of its history included, holds what the whole archive keeps back. Where
either fails nothing is written.
"""

from __future__ import annotations

import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from aigaq.mirror import git, hashing, manifest, rebuilding, signatures, sources
from aigaq.mirror.export import history, layout, whole
from aigaq.output import leaks, refusal, repository
from aigaq.pages.page import Artifact
from aigaq.source import ledger
from aigaq.source.document import Source
from aigaq.words.diagnostics import Problem, Severity, Span

if TYPE_CHECKING:
    from collections.abc import Mapping

    from aigaq.mirror.export.whole import Material
    from aigaq.mirror.planning import Plan
    from aigaq.mirror.rebuilding import Build
    from aigaq.mirror.statement import Release
    from aigaq.output.watchlist import Watchlist
    from aigaq.words.diagnostics import Diagnostic

LEAK = Problem(
    "A083",
    "the exported sources would make public what is protected: {what}{more}",
    "Nothing was packed. Take the words out of the file that holds them; if no file does,"
    " report it at once: it is a fault of the program. Without --source the release can be"
    " made.",
)
NOT_ENOUGH = Problem(
    "A084",
    "of the sources that would be exported this file becomes another one",
    "Nothing was packed. Please report it: it is a fault of the program. Without --source the"
    " release can be made.",
)
BEGINS_ANEW = Problem(
    "A089",
    "source.git begins anew, without the sources of earlier releases: {reason}",
    "Nothing is to be done; those who follow by git fetch it whole once.",
    Severity.WARNING,
)


@dataclass(frozen=True, slots=True)
class Export:
    """Sources that were seen to be enough and clean; signed by their `digest`."""

    files: Mapping[str, layout.Data]
    watch: Watchlist

    @property
    def digest(self) -> str:
        return rebuilding.digest(self.files)


def proven(
    root: Path, material: Material, watch: Watchlist, plan: Plan, build: Build
) -> tuple[Export | None, list[Diagnostic]]:
    """The sources of the site that was built just now; none where there is an error."""
    export = Export(whole.of(root, material), watch)
    if plan.again and plan.last and plan.last.source == export.digest:
        return export, []  # it was proven when it was first made
    artifacts = (Artifact(path, layout.read(data)) for path, data in export.files.items())
    found = leaks.told(leaks.Search(watch).of(artifacts), LEAK) if watch else []
    if found:
        return None, found
    with tempfile.TemporaryDirectory(prefix="aigaq-") as room:
        release = _digests(material.target)
        with rebuilding.built(export.files, Path(room), material.archive.built, build) as site:
            found = rebuilding.differences(site, release, NOT_ENOUGH)
    return (None, found) if found else (export, [])


def _digests(target: Path) -> dict[str, str]:
    """Of all that was built; lists that people wrote may lie there from an earlier run."""
    source = sources.Folder(target)
    listing = source.listing()
    assert listing is not None
    built = (path for path in listing.files if not manifest.is_detached(path))
    return dict(hashing.digests(source, sorted(set(built) - rebuilding.LISTS)))


def write(
    root: Path, target: Path, release: Release, plan: Plan, export: Export, *, forget: bool
) -> list[Diagnostic]:
    """Adds the release in `target` to the history, and puts that into `target`."""
    place = history.home(root)
    assert place is not None, "a release is made of a commit"
    when = repository.asked(
        root, "log", "-1", "--no-show-signature", "--format=%ct", plan.commit
    )
    assert when, "a release is made of a commit"
    with refusal.disk_errors(place):
        found = _ready(root, place, target, plan, export, forget=forget)
        history.commit(place, export.files, seq=release.seq, when=int(when))
        if leaks.Search(export.watch).of(history.objects(place)) if export.watch else []:
            found = _anew(place, "they hold what is protected now")
            history.commit(place, export.files, seq=release.seq, when=int(when))
        history.seal(place, target)
        history.publish(place, target)
    return found


def _ready(
    root: Path, place: Path, target: Path, plan: Plan, export: Export, *, forget: bool
) -> list[Diagnostic]:
    """Leaves the history as it is to go on; a warning where there was one that does not."""
    there = (place / "HEAD").is_file()
    if not (there and history.goes_on(place, plan.last_bytes)):
        reason = "what is here is not that of the last release" if there else ""
    elif forget:
        reason = "as you asked"
    elif plan.again:
        return []
    elif _hides(target, plan.seq) or history.taken_back(place, export.files):
        reason = "something was hidden, withdrawn or taken out"
    else:
        history.countersign(place, _signed(root))
        return []
    return _anew(place, reason)


def _signed(root: Path) -> dict[str, bytes]:
    """The signatures of the last release that were committed, by name."""
    signed: dict[str, bytes] = {}
    for name in signatures.names():
        data = repository.committed(root, ledger.FOLDER + name)
        if data is None:
            break
        signed[name] = data
    return signed


def _anew(place: Path, reason: str) -> list[Diagnostic]:
    shutil.rmtree(place, ignore_errors=True)
    git.begun(place)
    return [BEGINS_ANEW.at(Span(history.FOLDER), reason=reason)] if reason else []


def _hides(target: Path, seq: int) -> bool:
    """Whether the release says of an id that it is not shown any more."""
    text = (target / manifest.LEDGER).read_text("utf-8")
    entries, _ = ledger.read(Source(manifest.LEDGER, text, ""))
    return any(entry.seq == seq and entry.state != "published" for entry in entries)
