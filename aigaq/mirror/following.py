"""Keeps a copy up to date: the newest good release of several sources, whole or not at all."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from aigaq.mirror import (
    carriage,
    fetching,
    hashing,
    heads,
    manifest,
    memory,
    signatures,
    sources,
    staging,
    stretches,
    verification,
)
from aigaq.mirror.carriage import disk
from aigaq.output import refusal, targets
from aigaq.words.diagnostics import Problem, Severity, Span

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from aigaq.mirror.carriage import Carrier
    from aigaq.mirror.heads import Aside, Head
    from aigaq.mirror.memory import Seen
    from aigaq.mirror.staging import Staging
    from aigaq.mirror.statement import Release
    from aigaq.mirror.verification import Trust, Verdict
    from aigaq.words.diagnostics import Diagnostic

NO_SOURCE = Problem(
    "A106",
    "no source has a release that can be followed; the copy stays as it was",
    "Above it is said what is wrong with each. Run the command again later, or name one more"
    " source.",
)
FICKLE = Problem(
    "A107",
    "this source shows another release from one moment to the next",
    "Nothing more was taken from there. If it stays so, tell who runs this source.",
    Severity.WARNING,
)

REMAINS = Problem(
    "A108",
    "the copy is up to date, but the one before could not be removed and lies beside it",
    "Remove this folder by hand: it may hold what has been withdrawn.",
    Severity.WARNING,
)

_PATIENCE = 2  # times that a source may change while it is read
_LARGEST = max(verification.LARGEST.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What came of it. `received` is bytes by source; `seen` is to be remembered.

    `signers` is a new list of signers, if one was signed.
    """

    status: int
    problems: tuple[Diagnostic, ...] = ()
    release: Release | None = None
    changed: bool = False
    fetched: int = 0
    removed: int = 0
    received: Mapping[str, int] = field(default_factory=dict)
    seen: Seen | None = None
    signers: bytes = b""


def follow(
    carriers: Sequence[Carrier],
    target: Path,
    trust: Trust,
    *,
    step: Callable[[str], None] = lambda _: None,
) -> Outcome:
    """Makes the folder `target` a copy of the newest good release that `carriers` have.

    `step` takes lines of progress. Raises `Refused` for a folder that may not be replaced or a
    tool that is missing, `NotPossibleNow` where the disk refuses.
    """
    left = list(carriers)
    told: list[Diagnostic] = []
    moved: Counter[str] = Counter()
    with staging.held(target, trust) as held, refusal.disk_errors(target):
        while True:
            try:
                outcome = _Following(left, held, trust, step).run()
            except heads.MovedError as error:
                name = error.carrier.name
                step(f"{sources.shown(name)} has another release by now")
                moved[name] += 1
                if moved[name] == _PATIENCE:
                    left.remove(error.carrier)
                    told.append(FICKLE.at(Span(sources.shown(name))))
            else:
                return replace(outcome, problems=(*told, *outcome.problems))


class _Following:
    """One attempt. What stands in the folder is as good a witness as any source."""

    def __init__(
        self,
        carriers: Sequence[Carrier],
        held: Staging,
        trust: Trust,
        step: Callable[[str], None],
    ) -> None:
        self._carriers, self._staging, self._trust, self._step = carriers, held, trust, step
        self._own = disk.Disk(held.target)
        self._here: dict[str, str] = {}  # digests of what stands there, by path
        self._is_plain = True  # nothing stands there that no release has
        for carrier in carriers:
            if isinstance(carrier, carriage.Sparing):
                carrier.spare(held.target)

    def run(self) -> Outcome:
        self._step(f"asking {len(self._carriers)} sources")
        found, aside = heads.of(self._carriers, self._trust)
        mine, _ = heads.of([self._own], self._trust)
        fork = heads.forked([*mine, *found])
        if fork:
            return Outcome(status=1, problems=(fork,))
        chosen, verdict, worse = heads.best(found, mine, self._own, self._trust)
        aside += worse
        if chosen is None:
            return _nobody(aside)
        self._look()
        left = {id(one.carrier) for one in worse}
        good = [head for head in found if id(head.carrier) not in left]
        return _told(self._made(chosen, verdict, good, mine), aside)

    def _look(self) -> None:
        if not self._own.place.is_dir():
            self._is_plain = False
            return
        self._step("reading the copy that is here")
        listing = self._own.listing()
        assert listing is not None
        paths = {path for path in listing.files if manifest.may_be_listed(path)}
        self._here = dict(hashing.digests(self._own, sorted(paths)))
        odd = (path for path in listing.files - paths if not manifest.is_detached(path))
        self._is_plain = not listing.strange and not any(odd)

    def _made(
        self, chosen: Head, verdict: Verdict, found: Sequence[Head], mine: Sequence[Head]
    ) -> Outcome:
        same = [head for head in (*mine, *found) if head.raw == chosen.raw]
        root = _root(chosen, max(same, key=lambda head: head.signers))
        outcome = Outcome(
            status=verdict.status,
            problems=verdict.problems,
            release=chosen.release,
            seen=memory.of(chosen.release, chosen.raw, root[manifest.LEDGER]),
            signers=verdict.signers,
        )
        if self._is_here(verdict.digests, root):
            return self._cleared(outcome)
        got = self._gathered(chosen, verdict.digests, found)
        received = _received(found, got)
        problems = tuple(dict.fromkeys((*got.problems, *verdict.problems)))
        outcome = replace(outcome, received=received, problems=problems, fetched=got.count)
        if got.missing:
            words = {"count": len(got.missing), "path": got.missing[0]}
            where = Span(sources.shown(str(self._staging.target)))
            lacking = fetching.INCOMPLETE.at(where, seq=chosen.release.seq, **words)
            return Outcome(
                status=1 if got.altered else 3, problems=(*problems, lacking), received=received
            )
        return self._switched(outcome, verdict.digests, root)

    def _is_here(self, digests: Mapping[str, str], root: Mapping[str, bytes]) -> bool:
        """Whether the copy is just that already; marker and hint are ours to have or not."""
        if not self._is_plain or self._here != digests:
            return False
        names = {*root, *signatures.names()}
        there = {name: sources.small(self._own, name, _LARGEST) for name in names}
        for name in (targets.MARKER, manifest.HINT):
            if there[name] is None:
                there[name] = root[name]
        return there == {name: root.get(name) for name in names}

    def _gathered(
        self, chosen: Head, digests: Mapping[str, str], found: Sequence[Head]
    ) -> fetching.Fetched:
        """What the new release has: of an earlier run, of the copy, and only then from afar."""
        self._staging.wanted(chosen.release.manifest)
        there = self._staging.keep(digests)
        places = {digest: path for path, digest in self._here.items()}
        wanted = {}
        for path, digest in digests.items():
            if path in there:
                continue
            if digest in places:
                self._staging.link(path, self._own.place / places[digest])
            else:
                wanted[path] = digest
        fetch = fetching.Fetching(self._staging, wanted, found, chosen.raw, self._step)
        return fetch.run()

    def _switched(
        self, outcome: Outcome, digests: Mapping[str, str], root: Mapping[str, bytes]
    ) -> Outcome:
        self._step("checking the new copy")
        for name, data in root.items():
            self._staging.write(name, data)
        verdict = verification.of(sources.Folder(self._staging.site), self._trust)
        if not heads.may_be_followed(verdict):
            return Outcome(status=verdict.status, problems=verdict.problems)
        self._staging.switch()
        removed = len(self._here.keys() - digests.keys())
        return self._cleared(replace(outcome, changed=True, removed=removed))

    def _cleared(self, outcome: Outcome) -> Outcome:
        """Nothing of an older release may lie about, least of all what was withdrawn."""
        if self._staging.clear():
            return outcome
        remains = REMAINS.at(Span(sources.shown(self._staging.name)))
        return replace(outcome, problems=(*outcome.problems, remains))


def _received(found: Sequence[Head], got: fetching.Fetched) -> dict[str, int]:
    """Bytes by source: all that came, where that is known, else those of the files."""
    every = {}
    for head in found:
        count = head.root.received + got.received.get(head.carrier.name, 0)
        if isinstance(head.carrier, carriage.Counting):
            count = head.carrier.received
        every[sources.shown(head.carrier.name)] = count
    return {name: count for name, count in every.items() if count}


def _root(chosen: Head, signed: Head) -> dict[str, bytes]:
    """What stands beside the files of the manifest, with the most signatures that there are."""
    kept = chosen.root.kept
    return {
        manifest.STATEMENT: chosen.raw,
        manifest.NAME: kept[manifest.NAME],
        manifest.HINT: stretches.text(kept[manifest.NAME]),
        manifest.LEDGER: kept[manifest.LEDGER],
        **signed.signatures,
        targets.MARKER: targets.marker(chosen.release.date),
    }


def _nobody(aside: Sequence[Aside]) -> Outcome:
    statuses = {one.status for one in aside}
    worst = min(statuses & {1, 2}, default=3)
    told = tuple(one.told() for one in aside)
    return Outcome(status=worst, problems=(*told, NO_SOURCE.at(Span("."))))


def _told(outcome: Outcome, aside: Sequence[Aside]) -> Outcome:
    """With the sources that were left aside: where nothing has changed, those that are altered.

    That one of several sources is late or away is no news every hour.
    """
    news = outcome.changed or outcome.status not in {0, 2}
    told = [one.told() for one in aside if news or one.status == 1]
    return replace(outcome, problems=(*told, *outcome.problems))
