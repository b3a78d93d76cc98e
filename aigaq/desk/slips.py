"""Names of a list that slipped into the repository: its files, what is staged, its history.

For a commit hook, and for the day after. Nothing is written. A name is told by its line in the
list or its id, with the file and line, or the commit, where it stands.
"""

from __future__ import annotations

import os
import subprocess
from typing import TYPE_CHECKING, Literal

from aigaq.output import leaks, refusal
from aigaq.output.watchlist import Watchlist
from aigaq.words.diagnostics import Problem, Span

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from aigaq.archive.protected import Value
    from aigaq.words.diagnostics import Diagnostic

Where = Literal["files", "staged", "history"]

SLIP = Problem(
    "X114",
    "a name stands here that must not be in the repository: {what}{more}",
    "Take it out. If it was committed already, it is in git's history for everybody: stop, tell"
    " nobody in public, and ask for help at once.",
)
NO_GIT = Problem(
    "X115",
    "git does not answer",
    "--changed, --staged and --history need a git repository, and the program git.",
)

_SHORT, _DIGEST = 12, 40  # digits
_AT_ONCE = 200  # objects that are held at a time
_NOT_OURS = frozenset({".git", ".cache", ".venv", "public", "node_modules", "__pycache__"})


def problems(root: Path, names: Path, where: Where) -> list[Diagnostic]:
    """Every place where a name of the list stands, and names that are not looked for."""
    watch = Watchlist((), leaks.names_of(names, root))
    search = leaks.Search(watch)
    things = {"files": _files, "staged": _staged, "history": _history}[where](root)
    found: list[leaks.Leak] = []
    for data, path, in_path, in_data in search.all((data, path, data) for path, data in things):
        if not in_path and not in_data:
            continue
        shown, _ = search.path(path)
        if in_path:
            found.append(leaks.Leak(_in_commit(root, shown), search.values(in_path)))
        if in_data and where == "history":
            found.append(leaks.Leak(_in_commit(root, shown), search.values(in_data)))
        elif in_data:
            found += _lines(search, shown, data, search.values(in_data))
    return [*leaks.told(found, SLIP), *leaks.too_plain(watch)]


def _lines(
    search: leaks.Search, path: str, data: bytes, values: frozenset[Value]
) -> Iterator[leaks.Leak]:
    """Each line of a text, and a file of another kind as a whole."""
    lines = search.lines(data)
    for number, standing in lines.items():
        yield leaks.Leak(f"{path}:{number}", standing)
    rest = values.difference(*lines.values())
    if rest:
        yield leaks.Leak(path, rest)


def _files(root: Path) -> Iterator[tuple[str, bytes]]:
    """The files of the working tree, those unknown to git, too; without what is built."""
    for folder, below, files in os.walk(root):
        below[:] = sorted(name for name in below if name not in _NOT_OURS)
        for name in sorted(files):
            path = os.path.join(folder, name)  # noqa: PTH118 (os.walk gives texts)
            if not os.path.islink(path):  # noqa: PTH114
                with open(path, "rb") as file:  # noqa: PTH123
                    yield os.path.relpath(path, root), file.read()


def _staged(root: Path) -> Iterator[tuple[str, bytes]]:
    """What the next commit would change, as it stands in the index."""
    form = ("--name-only", "-z", "--diff-filter=d", "--relative")
    changed = _git(root, "diff", "--cached", *form).decode("utf-8", "surrogateescape")
    for path in filter(None, changed.split("\0")):
        yield path, _git(root, "show", f":./{path}")


def _history(root: Path) -> Iterator[tuple[str, bytes]]:
    """Every file that any branch or tag ever held, and what commits and tags say."""
    form = "--format=%H%x00%an%n%ae%n%cn%n%ce%n%B%x00"
    log = iter(_git(root, "log", "--all", form).decode("utf-8", "replace").split("\0"))
    for commit, words in zip(log, log, strict=False):
        yield f"commit {commit.strip()[:_SHORT]}", words.encode()
    yield "branches and tags", _git(root, "for-each-ref", "--format=%(refname) %(contents)")
    objects = _git(root, "rev-list", "--all", "--objects").decode("utf-8", "replace")
    named = [line.split(" ", 1) for line in objects.splitlines() if " " in line]
    for start in range(0, len(named), _AT_ONCE):
        yield from _blobs(root, dict(named[start : start + _AT_ONCE]))


def _blobs(root: Path, paths: dict[str, str]) -> Iterator[tuple[str, bytes]]:
    """The files among so many objects, each with its digest before its path."""
    output = _git(root, "cat-file", "--batch", given="\n".join(paths).encode())
    at = 0
    for digest, path in paths.items():
        end = output.index(b"\n", at)
        _, kind, size = output[at:end].split()
        at = end + 1 + int(size) + 1
        if kind == b"blob":
            yield f"{digest} {path}", output[end + 1 : at - 1]


def _in_commit(root: Path, path: str) -> str:
    """A file of the history by the first commit that has it."""
    digest, _, name = path.partition(" ")
    if len(digest) < _DIGEST:
        return path
    found = _git(root, "log", "--all", "--format=%H", f"--find-object={digest}").split()
    return f"{found[-1].decode()[:_SHORT]}:{name}" if found else name


def _git(root: Path, *arguments: str, given: bytes = b"") -> bytes:
    """What git answers. What it says of an error may hold a name, and is told to nobody."""
    command = ["git", "-C", str(root), "--no-optional-locks", *arguments]
    try:
        return subprocess.run(command, input=given, capture_output=True, check=True).stdout  # noqa: S603
    except (OSError, subprocess.CalledProcessError) as error:
        raise refusal.NotPossibleNow(NO_GIT.at(Span("."))) from error
