"""Fetches files from several sources in turn; each is judged by its digest when it arrives."""

from __future__ import annotations

import os
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from aigaq.mirror import git, hashing, heads, sources
from aigaq.output import refusal
from aigaq.words.diagnostics import Problem, Severity, Span

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from aigaq.mirror.staging import Staging
    from aigaq.words.diagnostics import Diagnostic

LIED = Problem(
    "A104",
    "what this source sends as {path} is not the file that was signed",
    "It was thrown away, and nothing more was taken from there. Tell who runs this source.",
    Severity.WARNING,
)
INCOMPLETE = Problem(
    "A105",
    "{count} files of release {seq} are to be had from no source: {path} is one of them",
    "The copy stays as it was, and what has come is kept: run the command again later, or name"
    " one more source.",
)

_OURS = frozenset({refusal.DISK_FULL.code, refusal.CROWDED.code})
_GROWTH = 4  # by this more are asked for each time
_SLOW = 4096.0  # bytes a second: who is slower is left for the next source, if there is one
_PATIENCE = 2.0  # seconds in which nobody is slow


@dataclass(slots=True)
class _Route:
    """A source, and what came of it. It may have another release, and then lacks some files."""

    head: heads.Head
    is_current: bool
    size: int = 8  # files that are asked for at once: few first, for it may lie
    received: int = 0
    lacks: set[str] = field(default_factory=set)
    trouble: tuple[Diagnostic, ...] = ()
    lied: Diagnostic | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """Files that came, bytes by source, what is wrong with sources, and what nobody has."""

    count: int
    received: Mapping[str, int]
    problems: tuple[Diagnostic, ...]
    missing: tuple[str, ...]
    altered: bool  # whether a source had what nobody has signed


class Fetching:
    """One attempt to get `wanted`, digests by path, into a staging."""

    def __init__(
        self,
        staging: Staging,
        wanted: Mapping[str, str],
        found: Sequence[heads.Head],
        raw: bytes,
        step: Callable[[str], None],
    ) -> None:
        self._staging, self._step = staging, step
        self._waiting = dict(wanted)
        routes = [_Route(head, head.raw == raw) for head in found]
        self._routes = sorted(routes, key=lambda route: not route.is_current)

    def run(self) -> Fetched:
        """Goes round as long as anything comes.

        Raises `heads.MovedError`, or `NotPossibleNow` for what our own disk refuses.
        """
        before, all_of_them = -1, len(self._waiting)
        while self._waiting and len(self._waiting) != before:
            before = len(self._waiting)
            for route in self._routes:
                if self._waiting and not route.lied:
                    self._from(route)
        told = [route.lied or self._stopped(route) for route in self._routes]
        return Fetched(
            count=all_of_them - len(self._waiting),
            received={r.head.carrier.name: r.received for r in self._routes if r.received},
            problems=tuple(one for one in told if one),
            missing=tuple(sorted(self._waiting)),
            altered=any(route.lied for route in self._routes),
        )

    def _stopped(self, route: _Route) -> Diagnostic | None:
        return heads.left(route.head.carrier, route.trouble) if route.trouble else None

    def _from(self, route: _Route) -> None:
        """More and more files, until it has trouble, or another may be faster."""
        paths = [path for path in sorted(self._waiting) if path not in route.lacks]
        route.trouble = ()
        name = route.head.carrier.name
        while paths and not route.lied:
            self._step(f"{len(self._waiting)} files to come, from {sources.shown(name)}")
            some, paths = paths[: route.size], paths[route.size :]
            route.size *= _GROWTH
            before, began = route.received, time.monotonic()
            try:
                route.head.carrier.bring(some, self._staging.inbox(name))
            except refusal.NotPossibleNow as refused:
                if _is_ours(refused) and not self._others(route):
                    raise
                route.trouble = refused.diagnostics
                paths = []
            except git.Altered as refused:
                route.lied = heads.left(route.head.carrier, refused.diagnostics)
                return
            self._take(route, some)
            if any(problem.code in _OURS for problem in route.trouble):
                self._staging.empty(name)  # it may have sent more than there is to send
            earned = (route.received - before) / _SLOW
            if time.monotonic() - began > max(earned, _PATIENCE) and self._others(route):
                return

    def _others(self, route: _Route) -> bool:
        """Whether there are sources as new as this one that are worth asking meanwhile."""
        every = (one for one in self._routes if one is not route and one.is_current)
        return any(not one.lied and not one.trouble for one in every)

    def _take(self, route: _Route, paths: Sequence[str]) -> None:
        """Puts what is right where it belongs, and throws away what is not."""
        inbox = self._staging.inbox(route.head.carrier.name)
        for path, digest in hashing.digests(sources.Folder(inbox), paths):
            if digest:
                route.received += os.lstat(inbox / path).st_size
            if digest == self._waiting[path]:
                self._staging.move(path, inbox / path)
                del self._waiting[path]
            elif digest and route.is_current:
                self._blame(route, path)
                return
            elif digest or not route.trouble:
                (inbox / path).unlink(missing_ok=True)
                route.lacks.add(path)

    def _blame(self, route: _Route, path: str) -> None:
        carrier = route.head.carrier
        self._staging.empty(carrier.name)
        heads.stay(route.head)
        route.lied = LIED.at(Span(sources.shown(carrier.name)), path=path)


def _is_ours(refused: refusal.NotPossibleNow) -> bool:
    """Whether our own computer is full."""
    return any(problem.code in _OURS for problem in refused.diagnostics)
