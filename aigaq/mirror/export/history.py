"""The repository of the exported sources: a commit for each release, and what signs the newest.

Two branches: `main` holds the sources, `release` (a commit upon that) RELEASE with its
signatures, the lists and the ledger in parts, one for each release, so that whoever has the
others fetches only what is new. The repository is made of plain files that any server can give
away; what is new stays in single objects, so that nobody has to fetch a large pack for it.
Whoever has just the release before fetches `changes.bundle`, in which a text that was changed
is what has changed in it.

Where the history lives: in the `.git` of the editors, for the folder of a site is made anew by
each build, and a cache may be deleted at any time. It is gone on only with, if its newest
commit is the last release as git has it; else, and where anything was taken back since, it
begins anew, with this release alone.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from contextlib import suppress
from itertools import chain
from typing import TYPE_CHECKING

from aigaq.mirror import git, manifest, signatures
from aigaq.mirror.export import layout
from aigaq.output import refusal, repository
from aigaq.pages.page import Artifact

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

FOLDER = "source.git"
MAIN, SEALED = "main", "release"
PARTS = "ledger/"
BUNDLE = "changes.bundle"
LARGEST = 1 << 20  # bytes of a bundle: new recordings need none, for they are new as a whole

_WHO = "aigaq <nobody@archive.invalid>"
_TOO_MANY = 4096  # single objects; these become one pack
_HEADS = "refs/heads"


def home(root: Path) -> Path | None:
    """Where the history of the site in `root` lies; None where there is no repository."""
    found = repository.asked(root, "rev-parse", "--path-format=absolute", "--git-common-dir")
    above = repository.asked(root, "rev-parse", "--show-prefix")
    if not found or above is None:
        return None
    name = hashlib.sha256(above.strip().encode()).hexdigest()[:8] if above.strip() else ""
    return type(root)(found.removesuffix("\n")) / "aigaq" / name / FOLDER


def forget(root: Path) -> None:
    """Deletes the history of the site in `root`; the next release begins anew."""
    if place := home(root):
        shutil.rmtree(place, ignore_errors=True)


def goes_on(place: Path, last: bytes) -> bool:
    """Whether the history ends with the release whose RELEASE is `last`."""
    if not last or not (place / "HEAD").is_file():
        return False
    (place / "config").write_bytes(git.CONFIG)
    try:
        if not _is_upon(place, f"{_HEADS}/{SEALED}", f"{_HEADS}/{MAIN}"):
            return False  # an earlier run was killed: what it added is no release
        found = git.tree(place, f"{_HEADS}/{SEALED}").get(manifest.STATEMENT)
        return found is not None and next(git.read(place, [found[0]])) == last
    except (refusal.Refused, OSError):
        return False


def taken_back(place: Path, files: Mapping[str, layout.Data]) -> bool:
    """Whether the newest commit holds what the new sources do not: files, open people."""
    before = git.tree(place, f"{_HEADS}/{MAIN}")
    if before.keys() - files.keys():
        return True
    changed = [p for p, (digest, _) in before.items() if _is_record(p, files, digest)]
    old = git.read(place, [before[path][0] for path in changed])
    return any(
        _protection(data) != _protection(layout.read(files[path]))
        for path, data in zip(changed, old, strict=True)
    )


def _is_record(path: str, files: Mapping[str, layout.Data], digest: str) -> bool:
    return path.endswith(".yaml") and _blob(files[path]) != digest


def _protection(data: bytes) -> list[bytes]:
    keys = (b"protect:", b"coarsen:", b"scope:")
    return [line for line in data.split(b"\n") if line.startswith(keys)]


def objects(place: Path) -> Iterator[Artifact]:
    """Everything that a repository would give away, by the name of the object."""
    said = git.run(place, "cat-file", "--batch-all-objects", "--batch-check=%(objectname)")
    names = said.decode().split()
    for name, data in zip(names, git.read(place, names), strict=True):
        yield Artifact(f"{FOLDER}/{name}", data)


def commit(place: Path, files: Mapping[str, layout.Data], *, seq: int, when: int) -> None:
    """Adds the sources of release `seq`, dated `when` in seconds; the same once more changes
    nothing.
    """  # noqa: D205
    branch = f"{_HEADS}/{MAIN}"
    before = _tree(place, branch)
    begins = not git.commit(place, branch)
    known = {path: digest for path, (digest, _) in before.items()}
    new = [path for path in sorted(files) if known.get(path) != _blob(files[path])]
    gone = sorted(before.keys() - files.keys())
    if not (new or gone) and git.run(place, "log", "-1", "--format=%s", branch) == _title(seq):
        return
    if _single(place) > _TOO_MANY:
        git.run(place, "repack", "-d", "-q")
    above = "" if begins else f"from {branch}^0\n"
    removed = "".join(f"D {path}\n" for path in gone)
    start = _commit(branch, _title(seq), when) + (above + removed).encode()
    _imported(place, chain([start], (_file(path, files[path]) for path in new)))
    if begins:
        git.run(place, "repack", "-a", "-d", "-q")
    _settle(place)


def seal(place: Path, folder: Path) -> None:
    """The branch `release` from the release in `folder`, as it is signed now."""
    names = (manifest.STATEMENT, manifest.SIGNERS, manifest.MIRRORS, *signatures.names())
    held = {name: (folder / name).read_bytes() for name in names if (folder / name).is_file()}
    held |= parts(held_ledger := (folder / manifest.LEDGER).read_bytes())
    assert joined(held) == held_ledger
    _seal(place, held)


def countersign(place: Path, signed: Mapping[str, bytes]) -> None:
    """Gives the newest release the signatures, by name, that it was published with.

    The next one names it as its parent, and is sent as what differs from it.
    """
    held = git.files(place, f"{_HEADS}/{SEALED}")
    lists = {p: data for p, data in held.items() if not manifest.SIGNATURE.fullmatch(p)}
    _seal(place, lists | dict(signed))


def _seal(place: Path, held: Mapping[str, bytes]) -> None:
    main, branch = f"{_HEADS}/{MAIN}", f"{_HEADS}/{SEALED}"
    when = int(git.run(place, "log", "-1", "--format=%ct", main))
    title = git.run(place, "log", "-1", "--format=%s", main)
    known = {p: digest for p, (digest, _) in _tree(place, branch).items()}
    if known == {p: _blob(data) for p, data in held.items()} and _is_upon(place, branch, main):
        return
    start = f"reset {branch}\n".encode() + _commit(branch, title, when)
    start += f"from {main}^0\n{_before(place)}deleteall\n".encode()
    _imported(place, chain([start], (_file(path, held[path]) for path in sorted(held))))
    _settle(place)
    _bundle(place, branch)


def _bundle(place: Path, branch: str) -> None:
    """What is new since the last release, for those who have that."""
    bundle = place / BUNDLE
    for old in (bundle, place / f"{BUNDLE}.lock"):  # a kill leaves the lock
        old.unlink(missing_ok=True)
    before = git.commit(place, f"{branch}^2")
    if not before:
        return
    new = (branch, f"{_HEADS}/{MAIN}", f"^{before}")
    git.run(place, "bundle", "create", "--quiet", "--version=2", str(bundle), *new)
    if bundle.stat().st_size > LARGEST:
        bundle.unlink()


def _tree(place: Path, branch: str) -> dict[str, tuple[str, int]]:
    return git.tree(place, branch) if git.commit(place, branch) else {}


def _is_upon(place: Path, branch: str, main: str) -> bool:
    return git.commit(place, f"{branch}^1") == git.commit(place, main)


def _before(place: Path) -> str:
    """The last release as a second parent: who has that is not sent its ledger again."""
    said = git.commit(place, f"{_HEADS}/{SEALED}")
    if said and _is_upon(place, said, f"{_HEADS}/{MAIN}"):
        said = git.commit(place, f"{said}^2")  # it is this one, with fewer signatures
    return f"merge {said}\n" if said else ""


def parts(ledger: bytes) -> dict[str, bytes]:
    """A ledger in parts, one for each release that added to it."""
    found: dict[str, bytes] = {}
    for line in ledger.splitlines(keepends=True):
        words = line.split()
        seq = int(words[2] if len(words) > 2 else words[1])
        path = f"{PARTS}{seq >> 8:04x}/{seq >> 4 & 15:x}/{seq & 15:x}"
        found[path] = found.get(path, b"") + line
    return found


def joined(files: Mapping[str, bytes]) -> bytes:
    """The ledger that `parts` made these of."""
    return b"".join(files[path] for path in sorted(files) if path.startswith(PARTS))


def publish(place: Path, target: Path) -> None:
    """Puts the files of the repository into the release in `target`."""
    fresh = target / f"{FOLDER}.new"
    with refusal.disk_errors(target):
        shutil.rmtree(fresh, ignore_errors=True)
        for path in sorted(place.rglob("*")):
            inside = path.relative_to(place).as_posix()
            if path.is_file() and manifest.is_detached(f"{FOLDER}/{inside}"):
                (fresh / inside).parent.mkdir(parents=True, exist_ok=True)
                _linked(path, fresh / inside)
        shutil.rmtree(target / FOLDER, ignore_errors=True)
        fresh.rename(target / FOLDER)


def _linked(path: Path, to: Path) -> None:
    """Objects never change, so both places may have the same file."""
    with suppress(OSError):
        if "objects" in path.parts and "info" not in path.parts:
            os.link(path, to)
            return
    shutil.copyfile(path, to)


def _commit(branch: str, title: bytes, when: int) -> bytes:
    head = f"commit {branch}\ncommitter {_WHO} {when} +0000\ndata {len(title)}\n"
    return head.encode() + title + b"\n"


def _title(seq: int) -> bytes:
    return f"Release {seq}\n".encode()


def _file(path: str, written: layout.Data) -> bytes:
    data = layout.read(written)
    return f"M 100644 inline {path}\ndata {len(data)}\n".encode() + data + b"\n"


def _imported(place: Path, lines: Iterable[bytes]) -> None:
    limit = f"fastimport.unpackLimit={_TOO_MANY}"
    how = ("--quiet", "--force", "--date-format=raw")
    git.run(place, "-c", limit, "fast-import", *how, said=lines)


def _blob(written: layout.Data) -> str:
    data = layout.read(written)
    return hashlib.sha1(b"blob %d\0" % len(data) + data).hexdigest()  # noqa: S324 - as git does


def _single(place: Path) -> int:
    return int(git.run(place, "count-objects").split()[0])


def _settle(place: Path) -> None:
    """What a server without git needs, and nothing that tells how the repository was made."""
    git.run(place, "update-server-info")
    shutil.rmtree(place / "logs", ignore_errors=True)
