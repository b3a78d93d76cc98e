"""The system's own git, with repositories of strangers: nothing in them is run or obeyed.

Each call has an environment and settings of its own: no settings of the user, of the system or
of a repository, no hooks, no prompts, only the protocols that are named, limits for time and
size. Files are read from the objects; nothing is ever checked out.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING, TypeVar

from aigaq.mirror import onion, sources
from aigaq.output import paths, refusal
from aigaq.words.diagnostics import Problem, Span

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

Read = TypeVar("Read")

NO_GIT = Problem(
    "A080",
    "there is no git on this computer",
    "Install it: `apt install git`, `brew install git`.",
)
GIT_FAILED = Problem(
    "A081",
    "git cannot do this: {reason}",
    "Check the address and the connection, and try again; or take another source.",
)
NOT_PLAIN = Problem(
    "A082",
    "this repository holds what no archive needs: {what}",
    "Do not use it; take another source, and tell who runs this one.",
)


class Altered(refusal.Refused):
    """What a repository holds is not what it should; the exit status is that of a bad copy."""

    exit_status = 1


# The whole file: what a repository may say of itself.
CONFIG = b"[core]\n\trepositoryformatversion = 0\n\tbare = true\n"
WHOLE = 3600.0  # seconds
LARGEST = 8 << 30  # bytes of a repository, or of the files of a commit
MOST = 2_000_000  # files of a commit
LISTED = 1 << 28  # bytes of their list: few folders, each in the other, can name more than that
_MODES = frozenset({"100644", "100755"})
_TICK = 0.2  # seconds
_FETCH = (
    *("fetch", "--quiet", "--no-tags", "--no-write-fetch-head"),
    "--update-shallow",
    "--",
)
# A release may be signed once more; whatever else does not go on is refused.
_ALL = ("+refs/heads/release*:refs/heads/release*", "refs/heads/*:refs/heads/*")
_NOT_ON = re.compile(r"status 1\b|rejected|local refs")  # quietly, git says nothing of it
_SETTINGS = (
    "safe.directory=*",
    "core.hooksPath=/dev/null",
    "core.fsmonitor=false",
    "core.compression=9",
    "core.looseCompression=9",
    "credential.helper=",
    "fetch.fsckObjects=true",
    "fetch.recurseSubmodules=false",
    "http.followRedirects=initial",
    "http.lowSpeedLimit=1024",
    "http.lowSpeedTime=60",
    "gc.auto=0",
    "maintenance.auto=false",
    "pack.threads=1",
    "repack.writeBitmaps=false",  # with them git sends whole texts where few words changed
)


def run(
    place: Path,
    *arguments: str,
    said: Iterable[bytes] = (),
    protocols: str = "",
    whole: float = WHOLE,
    most: int = LARGEST,
) -> bytes:
    """What git answers in the bare repository at `place`; `said` is its standard input.

    `protocols` are those that it may use, with `:` between them; `most` is how many bytes the
    answer may have. Raises `Refused` without git,
    `NotPossibleNow` where it fails, takes too long or too much room.
    """
    with _answer(place, arguments, said, protocols, whole, most) as told:
        return told.read()


@contextmanager
def _answer(
    place: Path,
    arguments: Iterable[str],
    said: Iterable[bytes],
    protocols: str = "",
    whole: float = WHOLE,
    most: int = LARGEST,
) -> Iterator[IO[bytes]]:
    """The same as a file, for what may be large."""
    settings = [word for one in _SETTINGS for word in ("-c", one)]
    command = ["git", "--no-replace-objects", f"--git-dir={place}", *settings, *arguments]
    with tempfile.TemporaryFile() as told, tempfile.TemporaryFile() as wrong:
        with tempfile.TemporaryFile() as given:
            given.writelines(said)
            given.seek(0)
            files = given, told, wrong
            status = _ended(command, place, files, protocols, whole, most)
        told.seek(0)
        wrong.seek(0)
        if status:
            lines = wrong.read(4096).decode("utf-8", "replace").strip().splitlines()
            raise failed(place.name, lines[-1] if lines else f"status {status}")
        yield told


def failed(where: str, reason: str) -> refusal.NotPossibleNow:
    """The refusal for what git could not do."""
    return refusal.NotPossibleNow(
        GIT_FAILED.at(Span(sources.shown(where)), reason=sources.shown(reason))
    )


def _ended(
    command: list[str],
    place: Path,
    files: tuple[IO[bytes], IO[bytes], IO[bytes]],
    protocols: str,
    whole: float,
    most: int,
) -> int:
    own = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    own |= {
        "LC_ALL": "C",
        "LANGUAGE": "",
        "GIT_ALLOW_PROTOCOL": protocols,
        "GIT_ASKPASS": "true",
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_TERMINAL_PROMPT": "0",
        "GIT_ATTR_NOSYSTEM": "1",
    }
    given, told, wrong = files
    try:
        process = subprocess.Popen(  # noqa: S603 - a fixed program
            command, env=own, stdin=given, stdout=told, stderr=wrong, start_new_session=True
        )
    except OSError as error:
        raise refusal.Refused(NO_GIT.at(Span("git"))) from error
    ends = time.monotonic() + whole
    looked = time.monotonic()
    try:
        while True:
            try:
                return process.wait(_TICK)
            except subprocess.TimeoutExpired:
                now = time.monotonic()
                if now > ends:
                    raise failed(place.name, "it takes too long") from None
                if max(os.fstat(one.fileno()).st_size for one in (told, wrong)) > most:
                    raise failed(place.name, "it is too large") from None
                if protocols and now - looked > 2:
                    looked = now
                    if _size(place) > LARGEST:
                        raise failed(place.name, "it is too large") from None
    finally:
        _stop(process)


def _stop(process: subprocess.Popen[bytes]) -> None:
    """Ends it with all that it has started."""
    if process.poll() is None:
        try:
            os.killpg(process.pid, 9)
        except (AttributeError, OSError):
            process.kill()
        process.wait()


def _size(folder: Path) -> int:
    found = 0
    for path in folder.rglob("*"):
        try:
            found += path.lstat().st_size
        except OSError:
            continue  # git has put it elsewhere meanwhile
    return found


def begun(place: Path) -> Path:
    """An empty bare repository: nothing in it but what every copy of it may have."""
    for folder in ("objects/info", "objects/pack", "refs/heads", "refs/tags", "info"):
        (place / folder).mkdir(parents=True, exist_ok=True)
    (place / "HEAD").write_bytes(b"ref: refs/heads/main\n")
    (place / "config").write_bytes(CONFIG)
    return place


def copied(place: Path, into: Path) -> Path:
    """A repository of strangers on this disk, of which objects and branches alone are taken."""
    begun(into)
    listing = sources.Folder(place).listing()
    assert listing is not None
    taken = sorted(p for p in listing.files if p.startswith(("objects/", "refs/heads/")))
    if sum((place / path).lstat().st_size for path in taken) > LARGEST:
        raise _not_plain("too much")
    folder = sources.Folder(place)
    with refusal.disk_errors(into):
        for path in taken:
            if not path.startswith("objects/info/"):
                target = into / path
                target.parent.mkdir(parents=True, exist_ok=True)
                with folder.open(path) as file, target.open("wb") as out:
                    shutil.copyfileobj(file, out)
    run(into, "fsck", "--strict", "--no-dangling", "--no-progress")
    return into


def fetched(address: str, into: Path, *, whole: float = WHOLE) -> Path:
    """A repository of strangers from elsewhere: all its branches, in `into`.

    Where what was there before does not lead to it, or is damaged, nothing of that stays: it
    may hold what was withdrawn.
    """
    begun(into)
    plain = address.removeprefix("git+")
    scheme = plain.partition("://")[0] if "://" in plain else "file"
    protocols = scheme if scheme in {"http", "https", "git", "file", "ssh"} else "none"
    if plain.startswith("-"):
        raise failed(address, "an address does not begin with -")
    if onion.needs_tor(onion.host(plain)):
        raise failed(address, onion.NEEDS_TOR)
    try:
        run(into, *_FETCH, plain, *_ALL, protocols=protocols, whole=whole)
    except refusal.NotPossibleNow as refused:
        if not _NOT_ON.search(str(refused)) and _is_whole(into):
            raise
        _removed(into)
        run(begun(into), *_FETCH, plain, *_ALL, protocols=protocols, whole=whole)
    return into


def _is_whole(place: Path) -> bool:
    try:
        run(place, "fsck", "--connectivity-only", "--no-dangling", "--no-progress")
    except refusal.NotPossibleNow:
        return False
    return True


def _removed(place: Path) -> None:
    """The objects first: after a kill the branches still tell that they are not whole."""
    for path in (place / "objects", place):
        shutil.rmtree(path, ignore_errors=True)


def read_anew(brought: Callable[[], Path], read: Callable[[Path], Read]) -> Read:
    """What is read in the repository that is `brought`; if git cannot, of one brought anew."""
    place = brought()
    try:
        return read(place)
    except refusal.NotPossibleNow as refused:
        if refused.diagnostics[0].code != GIT_FAILED.code:
            raise
    _removed(place)
    return read(brought())


def unbundled(bundle: bytes, into: Path) -> None:
    """Takes the branches of a stranger's bundle into a repository that has what it is upon."""
    if not bundle.startswith(b"# v2 git bundle\n"):
        raise failed("a bundle", "it is none")  # what else git reads may lead anywhere here
    with tempfile.NamedTemporaryFile(prefix="aigaq-", suffix=".bundle") as file:
        file.write(bundle)
        file.flush()
        run(into, *_FETCH, file.name, *_ALL, protocols="file")


def refs(place: Path) -> bytes:
    """All branches, as `info/refs` tells of them."""
    return run(place, "for-each-ref", "--format=%(objectname)%09%(refname)")


def kept(place: str) -> Path | None:
    """Where what was fetched stays for the next time, in the user's cache; None without one."""
    above = Path(os.environ.get("XDG_CACHE_HOME") or Path("~/.cache").expanduser())
    name = hashlib.sha256(place.encode()).hexdigest()[:32]
    folder = above / "aigaq" / f"{name}.git"
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except (OSError, RuntimeError):
        return None
    return folder if os.access(folder, os.W_OK) else None


def commit(place: Path, name: str) -> str:
    """The id of a branch or of a commit that is here; empty where there is none."""
    try:
        return (
            run(place, "rev-parse", "--verify", "--quiet", f"{name}^{{commit}}")
            .decode()
            .strip()
        )
    except refusal.NotPossibleNow:
        return ""


def tree(place: Path, name: str, most: int = LARGEST) -> dict[str, tuple[str, int]]:
    """The object and the size of each file of a commit, by path; `most` bytes together.

    Raises `Refused` where there is anything but plain files with safe names.
    """
    found: dict[str, tuple[str, int]] = {}
    said = run(place, "ls-tree", "-r", "-z", "-l", "--full-tree", name, most=LISTED)
    for line in said.split(b"\0")[:-1]:
        facts, _, raw = line.partition(b"\t")
        mode, kind, digest, size = facts.decode().split()
        path = raw.decode("utf-8", "backslashreplace")
        if kind != "blob" or mode not in _MODES or not paths.is_safe(path):
            raise _not_plain(path)
        if not size.isdigit():
            raise failed(place.name, f"{digest} is damaged")
        found[path] = digest, int(size)
    if len(found) > MOST or sum(size for _, size in found.values()) > most:
        raise _not_plain("too much")
    return found


def _not_plain(what: str) -> Altered:
    return Altered(NOT_PLAIN.at(Span("source.git"), what=sources.shown(what)))


def read(place: Path, digests: Iterable[str]) -> Iterator[bytes]:
    """The bytes of objects, in their order."""
    wanted = list(digests)
    said = (f"{digest}\n".encode() for digest in wanted)
    with _answer(place, ("cat-file", "--batch"), said) as told:
        for digest in wanted:
            yield told.read(_begun_to_read(told, digest))
            told.read(1)


def _begun_to_read(told: IO[bytes], digest: str) -> int:
    """How many bytes of an object come now."""
    name, _, rest = told.readline().decode().strip().partition(" ")
    if name != digest or rest == "missing":
        raise failed("source.git", f"{digest} is missing")
    return int(rest.split(" ")[1])


def files(place: Path, name: str, most: int = LARGEST) -> dict[str, bytes]:
    """All files of a commit, by path; raises what `tree` does."""
    found = tree(place, name, most)
    return dict(zip(found, read(place, (d for d, _ in found.values())), strict=True))


def extracted(place: Path, name: str, into: Path) -> dict[str, Path]:
    """The same as files below `into`: recordings are large."""
    found = tree(place, name)
    made: dict[str, Path] = {}
    said = (f"{digest}\n".encode() for digest, _ in found.values())
    with refusal.disk_errors(into), _answer(place, ("cat-file", "--batch"), said) as told:
        for path, (digest, _) in found.items():
            made[path] = into / path
            made[path].parent.mkdir(parents=True, exist_ok=True)
            left = _begun_to_read(told, digest)
            with made[path].open("wb") as out:
                while left and (data := told.read(min(left, 1 << 20))):
                    left -= out.write(data)
            told.read(1)
    return made
