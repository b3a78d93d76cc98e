"""What several sources say is the newest release, and which of them are to be believed."""

from __future__ import annotations

import io
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO

from aigaq.mirror import (
    git,
    manifest,
    memory,
    signatures,
    sources,
    statement,
    stretches,
    verification,
)
from aigaq.output import refusal
from aigaq.words.diagnostics import Problem, Severity, Span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from aigaq.mirror.carriage import Carrier
    from aigaq.mirror.sources import Listing, Source
    from aigaq.mirror.statement import Release
    from aigaq.mirror.verification import Trust, Verdict
    from aigaq.words.diagnostics import Diagnostic

LEFT = Problem(
    "A103",
    "this source was left aside: {reason}",
    "Nothing of it was taken. If it stays so, name another source, and tell who runs this one.",
    Severity.WARNING,
)
FORKED = Problem(
    "A102",
    "this source and {other} have two different releases {seq}, both signed by enough of your"
    " signers",
    "Keep both RELEASE files with their signatures, and ask the editors by another way: a key"
    " may be in wrong hands. Until then nothing is followed.",
)


class MovedError(Exception):
    """A source has another release than when it was asked first, so all must be asked again."""

    def __init__(self, carrier: Carrier) -> None:
        super().__init__(carrier.name)
        self.carrier = carrier


class Rooted:
    """A copy of which the root files are asked for once, so that they cannot change meanwhile.

    `received` counts the bytes of those.
    """

    def __init__(self, copy: Source) -> None:
        self._copy = copy
        self.name = copy.name
        self.kept: dict[str, bytes] = {}
        self._lacks: set[str] = set()
        self.received = 0

    def listing(self) -> Listing | None:
        return None

    def trusts(self, raw: bytes) -> None:
        """What is told of a RELEASE is told on."""
        if isinstance(self._copy, sources.Making):
            self._copy.trusts(raw)

    def open(self, path: str) -> BinaryIO:
        limit = _limit(path)
        if limit is None:
            return self._copy.open(path)
        if path not in self.kept:
            data = None
            if path not in self._lacks:
                data = sources.small(self._copy, path, limit)
            if data is None:
                self._lacks.add(path)
                raise sources.MissingError(path)
            self.kept[path] = data
            self.received += len(data)
        return io.BytesIO(self.kept[path])


def _limit(path: str) -> int | None:
    if manifest.SIGNATURE.fullmatch(path):
        return signatures.LARGEST
    if path == manifest.STATEMENT:
        return statement.LARGEST
    return verification.LARGEST.get(path)


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """A source with a release that is signed by enough, and not older than what was seen."""

    carrier: Carrier
    root: Rooted
    release: Release
    signers: int
    stale: bool

    @property
    def raw(self) -> bytes:
        return self.root.kept[manifest.STATEMENT]

    @property
    def signatures(self) -> dict[str, bytes]:
        """By name, up to the first that is free."""
        kept = self.root.kept
        return {name: kept[name] for name in signatures.names() if name in kept}


@dataclass(frozen=True, slots=True, kw_only=True)
class Aside:
    """A source that is not followed: why, with the exit status that fits."""

    carrier: Carrier
    problems: tuple[Diagnostic, ...]
    status: int

    def told(self) -> Diagnostic:
        return left(self.carrier, self.problems)


def left(carrier: Source, problems: Sequence[Diagnostic]) -> Diagnostic:
    """That a source is left aside, for the first of its errors."""
    worst = next((p for p in problems if p.is_error), problems[0])
    where = "" if worst.span.path == carrier.name else f"{worst.span}: "
    span = Span(sources.shown(carrier.name))
    return LEFT.at(span, reason=f"{where}{worst.message} ({worst.code})")


def of(carriers: Sequence[Carrier], trust: Trust) -> tuple[list[Head], list[Aside]]:
    """All at once, for one that does not answer takes its time. Raises `Refused` for a tool.

    Heads are sorted: the newest first, of those the one with most signers, then as named.
    """
    with ThreadPoolExecutor(max(1, len(carriers))) as pool:
        found = list(pool.map(lambda one: _asked(one, trust), carriers))
    heads = [one for one in found if isinstance(one, Head)]
    heads.sort(key=lambda head: (-head.release.seq, -head.signers))
    return heads, [one for one in found if isinstance(one, Aside)]


def _asked(carrier: Carrier, trust: Trust) -> Head | Aside:
    root = Rooted(carrier)
    try:
        verdict = verification.head(root, trust)
    except (refusal.NotPossibleNow, git.Altered) as refused:
        return _aside(carrier, refused)
    release = verdict.release
    if release is None or not may_be_followed(verdict):
        return Aside(carrier=carrier, problems=verdict.problems, status=verdict.status)
    return Head(
        carrier=carrier,
        root=root,
        release=release,
        signers=len(verdict.signed_by),
        stale=bool(verdict.status),
    )


def _aside(carrier: Carrier, refused: refusal.Refused) -> Aside:
    return Aside(carrier=carrier, problems=refused.diagnostics, status=refused.exit_status)


def may_be_followed(verdict: Verdict) -> bool:
    """Whether nothing is wrong; that the next release is late is not the fault of a copy."""
    errors = {problem.code for problem in verdict.problems if problem.is_error}
    return errors <= {memory.STALE.code}


def forked(heads: Sequence[Head]) -> Diagnostic | None:
    """That two of them have different releases of one number."""
    first: dict[int, Head] = {}
    for head in heads:
        other = first.setdefault(head.release.seq, head)
        if other.raw != head.raw:
            span = Span(sources.shown(head.carrier.name))
            words = {"other": sources.shown(other.carrier.name), "seq": head.release.seq}
            return FORKED.at(span, **words)
    return None


def best(
    found: Sequence[Head], mine: Sequence[Head], own: Source, trust: Trust
) -> tuple[Head | None, Verdict, list[Aside]]:
    """The newest head whose manifest and ledger are good, too, and what is wrong with others.

    `own` is the copy that is here, and `mine` its head, if it has one: nothing goes back behind
    that, and what is here already is not asked for.
    """
    worse: list[Aside] = []
    least = mine[0].release.seq if mine else 0
    for head in found:
        if head.release.seq < least:
            words = {"seq": head.release.seq, "seen": least}
            older = memory.ROLLED_BACK.at(Span(manifest.STATEMENT), **words)
            worse.append(Aside(carrier=head.carrier, problems=(older,), status=2))
            continue
        try:
            _spare(head, own)
            verdict = verification.of(head.root, trust, chosen=lambda _: ())
        except (refusal.NotPossibleNow, git.Altered) as refused:
            worse.append(_aside(head.carrier, refused))
            continue
        if verdict.digests and may_be_followed(verdict):
            return head, verdict, worse
        stay(head)
        problems, status = verdict.problems, verdict.status
        worse.append(Aside(carrier=head.carrier, problems=problems, status=status))
    return None, verification.Verdict(problems=()), worse


def _spare(head: Head, own: Source) -> None:
    """Takes from the copy that is here what is the same, or what is the same in it."""
    wanted = {manifest.NAME: head.release.manifest, manifest.LEDGER: head.release.ledger}
    for name, digest in wanted.items():
        limit = verification.LARGEST[name]
        try:
            data = sources.small(own, name, limit)
        except refusal.NotPossibleNow:  # no fault of the source, which has the whole
            continue
        if data is None:
            continue
        if manifest.digest(data) != digest and isinstance(head.carrier, stretches.Parted):
            data = stretches.brought(head.carrier, name, digest, data, limit)
        if data is not None and manifest.digest(data) == digest:
            head.root.kept[name] = data


def stay(head: Head) -> None:
    """Raises `MovedError` where a source is not wrong, but newer than it was."""
    try:
        now = sources.small(head.carrier, manifest.STATEMENT, statement.LARGEST)
    except refusal.NotPossibleNow:
        return
    if now is not None and now != head.raw:
        raise MovedError(head.carrier)
