"""The folder beside a copy in which its next release is gathered, and which takes its place.

Law: nothing that is served is touched before the new folder is whole and was verified; after a
kill at any moment the next run goes on, and needs no help.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import stat
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from aigaq.mirror import hashing, manifest, memory, sources, statement, verification
from aigaq.output import exchange, folder, refusal, targets
from aigaq.words.diagnostics import Problem, Span

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from aigaq.mirror.verification import Trust

NOT_A_COPY = Problem(
    "A100",
    "this folder holds files that are no copy of the archive, and following would remove them",
    "Name a folder that is empty, that does not exist, or that holds a copy which your signers"
    " have signed and nothing else.",
)
BUSY = Problem(
    "A101",
    "this copy is being followed by another run at this moment",
    "Wait until it has ended. If it runs by a timer, let it run less often.",
)

_READABLE = stat.S_IRUSR | stat.S_IRGRP | stat.S_IROTH


class Staging:
    """`site` becomes the copy; below `inbox` each source has a folder of its own."""

    def __init__(self, target: Path, place: Path) -> None:
        self.target, self._place = target, place
        self.site = place / "site"
        self._inbox = place / "inbox"

    def inbox(self, source: str) -> Path:
        """Where a source puts what it brings; kept until another release is wanted."""
        return self._inbox / manifest.digest(source.encode())[:16]

    def empty(self, source: str) -> None:
        """Throws away what a source has brought, and was not taken in."""
        shutil.rmtree(self.inbox(source), ignore_errors=True)

    def wanted(self, listed: str) -> None:
        """Parts of files of another release than this manifest's are of no use."""
        note = self._place / "for"
        if not note.is_file() or note.read_text() != listed:
            shutil.rmtree(self._inbox, ignore_errors=True)
            note.write_text(listed)
        self.site.mkdir(exist_ok=True)

    def keep(self, digests: Mapping[str, str]) -> set[str]:
        """Leaves only what belongs; gives the paths that are there."""
        listing = sources.Folder(self.site).listing()
        assert listing is not None
        for path in [*(listing.files - digests.keys()), *(p for p, _ in listing.strange)]:
            (self.site / path).unlink()
        there = sorted(listing.files & digests.keys())
        right = set()
        for path, digest in hashing.digests(sources.Folder(self.site), there):
            if digest == digests[path]:
                right.add(path)
            else:
                (self.site / path).unlink(missing_ok=True)
        self._prune(right)
        return right

    def _prune(self, paths: Collection[str]) -> None:
        """Removes folders that no path is in: nothing may be in the way of a file."""
        needed = {above for path in paths for above in Path(path).parents}
        for above, names, _ in os.walk(self.site, topdown=False):
            for name in names:
                place = Path(above, name)
                if place.relative_to(self.site) not in needed:
                    place.rmdir()

    def link(self, path: str, there: Path) -> None:
        """Takes over a file of the copy that stands; it is checked again in the end."""
        place = self._above(path)
        try:
            if os.lstat(there).st_mode & _READABLE == _READABLE:
                os.link(there, place, follow_symlinks=False)
                return
        except OSError as error:
            if refusal.is_full(error):
                raise
        # A file system without hard links, a file that has too many, or one that is not public.
        shutil.copyfile(there, place)
        folder.for_all(place)

    def move(self, path: str, there: Path) -> None:
        """Takes in a file that was brought, and was checked."""
        folder.for_all(there)
        there.replace(self._above(path))

    def write(self, path: str, data: bytes) -> None:
        place = self._above(path)
        place.write_bytes(data)
        folder.for_all(place)

    def _above(self, path: str) -> Path:
        place = self.site / path
        missing = []
        above = place.parent
        while not above.is_dir():
            missing.append(above)
            above = above.parent
        for one in reversed(missing):
            one.mkdir()
            folder.for_all(one, 0o755)
        return place

    def switch(self) -> None:
        """Puts `site` in the place of the copy, in one step wherever the system has one."""
        if not folder.sync_file_system(self.site):
            os.sync()
        self._mark()
        exchange.published(self.site, self.target)

    def clear(self) -> bool:
        """Removes what was gathered, and the copy before; whether nothing of it is left."""
        shutil.rmtree(self._place, ignore_errors=True)
        return not self._place.exists()

    @property
    def name(self) -> str:
        return str(self._place)

    def _mark(self) -> None:
        """Marks a copy that we did not make: by that a crash between two renames is put right.

        It is written here: a kill leaves nothing there that would make it no copy.
        """
        target, fresh = self.target, self._place / targets.MARKER
        if target.is_dir() and not targets.is_ours(target):
            raw = sources.small(sources.Folder(target), manifest.STATEMENT, statement.LARGEST)
            release, _ = statement.read(raw or b"")
            memory.replace(fresh, targets.marker(release.date if release else None))
            fresh.replace(target / targets.MARKER)


@contextmanager
def held(target: Path, trust: Trust) -> Iterator[Staging]:
    """The staging beside a folder that may become, or is, a copy; for one run at a time.

    Puts right what a kill left. Raises `Refused` for another folder, `NotPossibleNow` where
    another run is at work.
    """
    with refusal.disk_errors(target):
        place = _checked(target, trust)
        place.parent.mkdir(parents=True, exist_ok=True)
        beside = place.with_name(f".{place.name}.aigaq-follow")
        lock = _locked(beside, target)
    try:
        with refusal.disk_errors(target):
            exchange.recover(place)
            yield Staging(place, beside)
    finally:
        with suppress(OSError):  # left empty, it is of no use
            beside.rmdir()
        os.close(lock)


def _checked(target: Path, trust: Trust) -> Path:
    """As an absolute path; only what is empty, ours or a signed copy is ever replaced."""
    nowhere = target.absolute().parent / f".{target.name}.no-sources"
    try:
        return targets.checked(target, site_root=nowhere)
    except refusal.Refused as refused:
        codes = {problem.code for problem in refused.diagnostics}
        if codes != {targets.NOT_OURS.code}:
            raise
    if not _is_a_copy(target, trust):
        raise refusal.Refused(NOT_A_COPY.at(Span(sources.shown(str(target)))))
    place = target.absolute()
    return place.parent.resolve() / place.name


def _is_a_copy(target: Path, trust: Trust) -> bool:
    """Whether enough have signed it, and nothing is there that they did not sign."""
    source = sources.Folder(target)
    if not verification.head(source, trust).release:
        return False
    raw = sources.small(source, manifest.NAME, verification.LARGEST[manifest.NAME]) or b""
    digests, _ = manifest.read(raw)
    listing = source.listing()
    assert listing is not None
    known = (path in digests or manifest.is_detached(path) for path in listing.files)
    return all(known) and not listing.strange


def _locked(place: Path, target: Path) -> int:
    while True:
        place.mkdir(mode=0o700, exist_ok=True)
        try:
            number = os.open(place, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
        except FileNotFoundError:  # another run has just ended
            continue
        try:
            fcntl.flock(number, fcntl.LOCK_EX | fcntl.LOCK_NB)
            if os.path.samestat(os.fstat(number), place.lstat()):
                return number
        except BlockingIOError:
            os.close(number)
            raise refusal.NotPossibleNow(BUSY.at(Span(str(target)))) from None
        except FileNotFoundError:
            pass
        os.close(number)
