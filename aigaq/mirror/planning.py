"""What a release is to be made of: the commit, and what was released before, as git has it."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import TYPE_CHECKING

from aigaq.mirror import manifest, mirror_list, signers, sources, statement
from aigaq.output import cache, repository
from aigaq.source import disk, ledger
from aigaq.source.document import Source as Text
from aigaq.words.diagnostics import Problem, Span

if TYPE_CHECKING:
    from pathlib import Path

    from aigaq.mirror.statement import Release
    from aigaq.source.ledger import Entry
    from aigaq.words.diagnostics import Diagnostic

NO_COMMIT = Problem(
    "A050",
    "a release is made of a commit, and git finds none for this folder",
    "Install git, and commit the site's folder: `git init`, `git add -A`, `git commit`. If it"
    " is committed, `git status` here says what is wrong.",
)
NOT_COMMITTED = Problem(
    "A051",
    "this is not committed as it is here, so nobody could make the same release again",
    "Commit it, or undo it; what the program is not to read belongs outside of content/.",
)
NO_SIGNERS = Problem(
    "A054",
    "there is no list of those who may sign",
    "Make releases/allowed_signers with a line for each signer, and commit it:"
    " docs/mirrors/keys.md.",
)
NOT_AS_RELEASED = Problem(
    "A055",
    "the ledger does not begin as it was released: lines are gone or changed",
    "Restore it from git: `git log -p releases/LEDGER` shows who changed it. A line is never"
    " taken out.",
)
NO_HISTORY = Problem(
    "A056",
    "the commit {commit} of the last release is not in this repository",
    "Fetch the whole history: `git fetch --unshallow`. In a workflow, check out with"
    " `fetch-depth: 0`.",
)

_RELEASES = ledger.FOLDER


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What git says before anything is built. `again`: the last release is made once more."""

    commit: str
    date: datetime.date
    last: Release | None
    last_bytes: bytes
    entries: tuple[Entry, ...]
    again: bool

    @property
    def seq(self) -> int:
        """The number of the release that is made."""
        return (self.last.seq if self.last else 0) + (0 if self.again else 1)


def planned(root: Path, target: Path, *, renew: bool) -> tuple[Plan | None, list[Diagnostic]]:
    """What is to be released, or why nothing can be.

    With `renew` a new release is made although nothing has changed since the last.
    """
    head = repository.asked(root, "log", "-1", "--no-show-signature", "--format=%H %ct")
    if not head or not head.strip():
        return None, [NO_COMMIT.at(Span("."))]
    commit, seconds = head.split()
    date = datetime.datetime.fromtimestamp(int(seconds), datetime.UTC).date()
    found = _uncommitted(root, target, commit)
    found += _listed(root)
    raw = repository.committed(root, _RELEASES + manifest.STATEMENT) or b""
    last, problems = statement.read(raw) if raw else (None, [])
    found += [one.problem.at(Span(_RELEASES + manifest.STATEMENT)) for one in problems]
    entries, problems = _ledger(root, last)
    found += problems
    again = False
    if last and not found:
        again, found = _unchanged(root, last, entries)
    if found:
        return None, sorted(found)
    again = again and not renew
    if again and last:
        commit, date = last.commit, last.date
    plan = Plan(
        commit=commit, date=date, last=last, last_bytes=raw, entries=entries, again=again
    )
    return plan, []


def _uncommitted(root: Path, target: Path, commit: str) -> list[Diagnostic]:
    """Changed files, and files that the program reads and git was told to ignore."""
    outside = [f"{cache.FOLDER}/"]
    if target.is_relative_to(root):
        outside.append(f"{target.relative_to(root).as_posix()}/")
    own = {ledger.PATH, _RELEASES + manifest.STATEMENT} if _is_packed(root, commit) else set()
    changed = {
        path
        for path in repository.uncommitted(root) or ()
        if not path.startswith(tuple(outside)) and path not in own and not _is_signature(path)
    }
    known = repository.tracked(root)
    tree, _ = disk.scan(root)
    changed |= {file.path for file in (*tree.texts, *tree.media)} - known
    return [NOT_COMMITTED.at(Span(sources.shown(path))) for path in sorted(changed)]


def _is_packed(root: Path, commit: str) -> bool:
    """Whether what is noted here is the release that an earlier run made of this commit."""
    try:
        release, _ = statement.read((root / _RELEASES / manifest.STATEMENT).read_bytes())
        whole = (root / ledger.PATH).read_bytes()
    except OSError:
        return False
    if release is None:
        return False
    return (release.commit, release.ledger) == (commit, manifest.digest(whole))


def _is_signature(path: str) -> bool:
    name = path.removeprefix(_RELEASES)
    return name != path and manifest.SIGNATURE.fullmatch(name) is not None


def _listed(root: Path) -> list[Diagnostic]:
    """What is wrong with the lists that people write: who may sign, and where copies are."""
    path = _RELEASES + manifest.SIGNERS
    place = root / path
    found = signers.read(place.read_bytes(), path)[1] if place.is_file() else []
    found += [] if place.is_file() else [NO_SIGNERS.at(Span(path))]
    place = root / _RELEASES / manifest.MIRRORS
    if place.is_file():
        found += mirror_list.read(place.read_bytes(), _RELEASES + manifest.MIRRORS)[1]
    return found


def _ledger(root: Path, last: Release | None) -> tuple[tuple[Entry, ...], list[Diagnostic]]:
    """The committed ledger, of which the numbered lines must be those that were released."""
    raw = repository.committed(root, ledger.PATH) or b""
    entries, found = ledger.read(Text(ledger.PATH, raw.decode("utf-8", "replace"), ""))
    found += ledger.breaches(entries, path=ledger.PATH, seq=last.seq if last else 0)
    released = "".join(f"{entry}\n" for entry in entries if entry.seq is not None)
    if last and not found and manifest.digest(released.encode()) != last.ledger:
        found.append(NOT_AS_RELEASED.at(Span(ledger.PATH)))
    return entries, found


def _unchanged(
    root: Path, last: Release, entries: tuple[Entry, ...]
) -> tuple[bool, list[Diagnostic]]:
    """Whether HEAD differs from the last release in nothing but the record of that release."""
    changed = repository.changed(root, last.commit)
    if changed is None:
        where = Span(_RELEASES + manifest.STATEMENT)
        return False, [NO_HISTORY.at(where, commit=last.commit[:12])]
    own = {ledger.PATH, _RELEASES + manifest.STATEMENT}
    others = [path for path in changed if path not in own and not _is_signature(path)]
    return not others and all(entry.seq is not None for entry in entries), []
