"""A copy in a module of an rsync daemon, fetched by the system's own rsync.

Law: what a person writes as a place becomes neither an option nor a command of a shell, and the
server's names and links reach nothing outside of the folder that is filled.
"""

from __future__ import annotations

import os
import re
import subprocess
import tempfile
import time
from contextlib import suppress
from pathlib import Path
from typing import IO, TYPE_CHECKING, BinaryIO

from aigaq.mirror import carriage, onion, sources
from aigaq.output import refusal
from aigaq.words.diagnostics import Problem, Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from aigaq.mirror.carriage import Limits
    from aigaq.mirror.sources import Listing

NO_RSYNC = Problem(
    "A073",
    "there is no rsync on this computer, and this copy is reached by it alone",
    "Install it: `apt install rsync`, `brew install rsync`; or name another copy.",
)

_PLACE = re.compile(
    r"(?:rsync://(?P<host>[\w.-]+|\[[0-9A-Fa-f:.]+\])(?P<port>:\d{1,5})?/|(?P<other>[\w.-]+)::)"
    r"(?P<module>[\w.~%+=,@-]+)(?P<below>/[\w./~%+=,@-]*)?",
    re.ASCII,
)
_STEP = 0.2  # seconds between two looks at what has come
_TOLD = 4096  # bytes of what rsync says that are read
_MOST_TOLD = 1 << 20  # bytes of it after which it is stopped: a server can make it say things
_GOOD = frozenset({0, 23, 24})  # 23 and 24: some of the files were not there
_TOO_SLOW = frozenset({-1, 30, 35})  # stopped by us, and what rsync calls its time-outs
_OPTIONS = (
    "--no-motd",
    "--stats",
    "--no-human-readable",
    "--from0",
    "--files-from=-",
    "--ignore-missing-args",
    "--ignore-times",  # whoever sets dates to a fixed day would hide a change
    "--no-links",
    "--no-devices",
    "--no-specials",
    "--no-perms",
    "--no-implied-dirs",
    "--partial-dir=.aigaq-partial",
)


class Rsync:
    """A copy below a module. No user names, and no ssh: `host:folder` is refused."""

    together = True  # one by one would cost a connection for each file

    def __init__(self, place: str, *, limits: Limits = carriage.LIMITS) -> None:
        found = _PLACE.fullmatch(place)
        host = found and (found["host"] or found["other"])
        steps = {".", ".."} & {*place.split("/")}
        if not found or not host or host.startswith("-") or steps:
            raise carriage.not_a_place(place)
        self.name, self._host = place, host
        self._url = f"rsync://{host}{found['port'] or ''}/{found['module']}/"
        below = (found["below"] or "").strip("/")
        # Not behind the module: rsync 3.5.0 finds nothing there when it gets a list of files.
        self._below = f"{below}/./" if below else ""
        self._limits, self._ends = limits, time.monotonic() + limits.whole
        self._older: Path | None = None
        self.received = 0

    def spare(self, older: Path) -> None:
        """Of a file that is in both, rsync fetches the differences only."""
        self._older = older.absolute()

    def listing(self) -> Listing | None:
        """Not asked for: of a stranger's list, only what the manifest names matters."""
        return None

    def open(self, path: str) -> BinaryIO:
        with tempfile.TemporaryDirectory(prefix="aigaq-rsync-") as place:
            self.bring((path,), Path(place))
            return sources.Folder(Path(place)).open(path)

    def close(self) -> None:
        """Nothing is open between two calls."""

    def bring(self, paths: Sequence[str], into: Path) -> None:
        if onion.needs_tor(self._host):
            span = Span(sources.shown(self.name))
            raise refusal.NotPossibleNow(sources.UNREACHABLE.at(span, reason=onion.NEEDS_TOR))
        with refusal.disk_errors(into):
            into.mkdir(parents=True, exist_ok=True)
            for place, size in _files(into):
                if size > self._limits.largest:  # an earlier call was stopped for it
                    place.unlink(missing_ok=True)
        wanted = "".join(f"{self._below}{path}\0" for path in paths).encode()
        with (
            tempfile.TemporaryFile() as asked,
            tempfile.TemporaryFile() as counts,
            tempfile.TemporaryFile() as told,
        ):
            asked.write(wanted)
            asked.seek(0)
            status = self._run(self._command(into), (asked, counts, told), into)
            self.received += _received(counts)
            told.seek(0)
            said = told.read(_TOLD).decode("utf-8", "replace")
        if status not in _GOOD:
            raise self._failed(status, said, into)

    def _command(self, into: Path) -> list[str]:
        limits = self._limits
        bounds = [f"--timeout={max(1, round(limits.stall))}", f"--max-size={limits.largest}"]
        bounds.append(f"--contimeout={max(1, round(limits.stall))}")
        if self._older and self._older.is_dir():
            bounds.append(f"--copy-dest={self._older}")
        return ["rsync", *_OPTIONS, *bounds, "--", self._url, f"{into.absolute()}/"]

    def _run(self, command: list[str], files: tuple[IO[bytes], ...], into: Path) -> int:
        """Its exit status, or -1 if it was stopped, because it took too long."""
        try:
            running = subprocess.Popen(  # noqa: S603
                command,
                stdin=files[0],
                stdout=files[1],
                stderr=files[2],
                env=_environment(),
                start_new_session=True,  # there is no terminal to ask for a password
            )
        except FileNotFoundError:
            raise missing() from None
        try:
            return self._watched(running, files, into)
        finally:
            running.kill()
            running.wait()

    def _watched(
        self, running: subprocess.Popen[bytes], files: tuple[IO[bytes], ...], into: Path
    ) -> int:
        """Looks whether enough comes, for a server may drip so that rsync never loses heart."""
        began, before, grown, looked = time.monotonic(), _sizes(into)[0], 0, 0.0
        most = 0  # of one file: what the server says of it beforehand need not be so
        while True:
            with suppress(subprocess.TimeoutExpired):
                return running.wait(_STEP)
            now = time.monotonic()
            if now - looked > self._limits.stall / 4:
                total, most = _sizes(into)
                grown, looked = max(grown, total - before), now
            if most > self._limits.largest:
                return -1
            earned = 2 * self._limits.stall + grown / self._limits.slowest
            talks = any(os.fstat(file.fileno()).st_size > _MOST_TOLD for file in files[1:])
            if now - began > earned or now > self._ends or talks:
                return -1

    def _failed(self, status: int, said: str, into: Path) -> refusal.NotPossibleNow:
        if "No space left on device" in said:
            return refusal.NotPossibleNow(refusal.DISK_FULL.at(Span(str(into))))
        lines = [line for line in said.splitlines() if line.strip()]
        reason = lines[0] if lines else f"rsync ended with {status}"
        if status in _TOO_SLOW:
            reason = "it does not answer, or too slowly"
        span = Span(sources.shown(self.name))
        shown = sources.shown(reason)
        return refusal.NotPossibleNow(sources.UNREACHABLE.at(span, reason=shown))


def _environment() -> dict[str, str]:
    """Ours, so that what leads it through Tor stays; but no other programs and passwords."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith("RSYNC_")}
    proxy = {k: v for k, v in os.environ.items() if k == "RSYNC_PROXY"}
    return {**kept, **proxy, "LC_ALL": "C"}


def _received(counts: IO[bytes]) -> int:
    """What rsync says in the end; nothing where it was stopped."""
    counts.seek(0)
    found = re.search(rb"^Total bytes received: (\d{1,15})$", counts.read(_TOLD), re.MULTILINE)
    return int(found[1]) if found else 0


def _files(folder: Path) -> Iterator[tuple[Path, int]]:
    """All files below with their bytes, also those that are half there."""
    for above, _, names in os.walk(folder):
        for name in names:
            place = Path(above, name)
            with suppress(OSError):  # it has got its name, or is gone
                yield place, place.lstat().st_size


def _sizes(folder: Path) -> tuple[int, int]:
    """Bytes in all files below, and in the largest."""
    sizes = [size for _, size in _files(folder)]
    return sum(sizes), max(sizes, default=0)


def missing() -> refusal.Refused:
    """The refusal where rsync is not there."""
    return refusal.Refused(NO_RSYNC.at(Span("rsync")))
