"""Whether mirrors show what was signed last: their releases side by side, and what differs."""

from __future__ import annotations

import random
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from aigaq.mirror import asking, manifest, memory, sources, verification
from aigaq.output import refusal
from aigaq.source import ledger
from aigaq.source.document import Source as Text
from aigaq.words.diagnostics import Problem, Span

if TYPE_CHECKING:
    import datetime
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from aigaq.mirror.asking import Answer
    from aigaq.mirror.carriage import Limits
    from aigaq.mirror.memory import Seen
    from aigaq.mirror.mirror_list import Mirror
    from aigaq.mirror.statement import Release
    from aigaq.mirror.verification import Trust
    from aigaq.source.ledger import Entry
    from aigaq.words.diagnostics import Diagnostic

BEHIND = Problem(
    "A113",
    "this mirror shows release {seq} of {date}, and the newest is release {newest}: it is"
    " {behind} behind, {since}",
    "Write kindly to who runs it: perhaps its timer does not run, or its disk is full."
    " docs/mirrors/become.md tells how a mirror follows.",
)
STILL_SHOWN = Problem(
    "A114",
    '"{id}" was {state} with release {seq}, and is still shown here',
    "Ask who runs the mirror to delete the page now, and to let the mirror follow: somebody"
    " asked for it. Until that is done, take the mirror out of releases/MIRRORS.",
)
TWO_RELEASES = Problem(
    "A115",
    "this release {seq} is signed, and so is another release {seq}, at {other}",
    "Ask the signers by another way: a key may be in wrong hands. Both RELEASE files are kept"
    " beside your list of signers, in the folder that ends in .forks; they are the proof.",
)
NOT_THE_NEXT = Problem(
    "A116",
    "this release {seq} does not follow release {before} as {other} shows it, and both are"
    " signed",
    "Ask the signers by another way: a key may be in wrong hands. Both RELEASE files are kept"
    " beside your list of signers, in the folder that ends in .forks; they are the proof.",
)
LINES_LOST = Problem(
    "A117",
    "the ledger of this release {seq} does not go on from that of release {before}, at {other}",
    "Texts may have been taken out in silence, by people who hold enough keys. Ask the signers"
    " by another way, and keep a copy of release {before}.",
)

One = TypeVar("One")
Other = TypeVar("Other")

_AT_ONCE = 8  # mirrors
MOST_PAGES = 200  # of what was taken out, that one mirror is asked for
_FORKED = frozenset(
    p.code for p in (TWO_RELEASES, NOT_THE_NEXT, LINES_LOST, memory.FORKED, memory.BROKEN_CHAIN)
)
_LATE = frozenset({BEHIND.code, STILL_SHOWN.code})

# From the worst on, with the exit status of each.
STATES: Mapping[str, int] = {
    "forked": 1,
    "altered": 1,
    "behind": 2,
    "stale": 2,
    "unreachable": 3,
    "not asked": 0,
    "good": 0,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """A mirror, and all that is wrong with it."""

    answer: Answer
    problems: tuple[Diagnostic, ...]

    @property
    def state(self) -> str:
        """One of `STATES`."""
        errors = {problem.code for problem in self.problems if problem.is_error}
        if errors & _FORKED:
            return "forked"
        if errors - _LATE - {memory.STALE.code, sources.UNREACHABLE.code}:
            return "altered" if self.answer.verdict else "unreachable"
        if errors & _LATE:
            return "behind"
        if errors:
            return "stale" if memory.STALE.code in errors else "unreachable"
        return "good" if self.answer.verdict else "not asked"


@dataclass(frozen=True, slots=True, kw_only=True)
class Audit:
    """All mirrors in the order of the list. `newest` is the newest release that anyone shows.

    `seen` is what the auditor is to remember, if there is anything new and no doubt about it.
    """

    findings: tuple[Finding, ...]
    newest: Release | None
    pages: int  # that should be gone everywhere
    seen: Seen | None

    @property
    def status(self) -> int:
        """The exit status, by the worst; 3 where nobody could be asked."""
        states = [finding.state for finding in self.findings]
        if not any(finding.answer.verdict for finding in self.findings):
            return 3
        return STATES[min(states, key=[*STATES].index)]


def of(
    mirrors: Sequence[Mirror],
    trust: Trust,
    *,
    sample: int,
    limits: Limits,
    say: Callable[[str], None],
) -> Audit:
    """Asks every mirror, several at once, and compares. Raises `Refused`."""
    say(f"asking {len(mirrors)} mirrors")
    answers = _each(
        lambda one: asking.answer(one, trust, sample=sample, limits=limits), mirrors
    )
    signed = [one for one in answers if _is_signed(one, trust.threshold)]
    newest = max(signed, key=_rank, default=None)
    gone = _gone(newest)
    say("asking for what was taken out")
    left = _each(lambda one: _still_shown(one, newest, gone, limits), answers)
    findings = tuple(
        Finding(
            answer=one,
            problems=tuple(dict.fromkeys((*_judged(one, signed, newest, trust.seen), *still))),
        )
        for one, still in zip(answers, left, strict=True)
    )
    return Audit(
        findings=findings,
        newest=newest.verdict.release if newest and newest.verdict else None,
        pages=len(gone),
        seen=_to_be_remembered(findings, trust.seen),
    )


def _each(work: Callable[[One], Other], ones: Sequence[One]) -> list[Other]:
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        return list(pool.map(work, ones))


def _release(one: Answer) -> Release:
    assert one.verdict is not None
    assert one.verdict.release is not None
    return one.verdict.release


def _is_signed(one: Answer, threshold: int) -> bool:
    """Whether enough have signed its release, whatever its files are."""
    verdict = one.verdict
    return bool(verdict and verdict.release and len(verdict.signed_by) >= threshold)


def _rank(one: Answer) -> tuple[int, bool, bool]:
    """The newest release, best from who shows its ledger and manifest as well."""
    assert one.verdict is not None
    return _release(one).seq, one.ledger is not None, bool(one.verdict.digests)


def _judged(
    one: Answer, signed: Sequence[Answer], newest: Answer | None, seen: Seen | None
) -> Iterator[Diagnostic]:
    """What is wrong with a mirror, also beside the others."""
    if one.verdict is None:
        yield from one.problems
        return
    if one not in signed:
        yield from one.verdict.problems
        return
    release = _release(one)
    top = max(_release(newest).seq if newest else 0, seen.seq if seen else 0)
    is_late = release.seq < top
    for problem in one.verdict.problems:
        if not (is_late and problem.code == memory.STALE.code):
            yield problem
    if is_late:
        yield _behind(one, top, signed)
    else:
        yield from _against_memory(one, seen)
    yield from _against_others(one, signed)


def _behind(one: Answer, top: int, signed: Iterable[Answer]) -> Diagnostic:
    release = _release(one)
    later = {_release(other).seq: _release(other).date for other in signed}
    for other in signed:
        later |= {e.seq: e.day for e in _entries(other) if e.seq and e.day}
    later = {seq: day for seq, day in later.items() if seq > release.seq}
    count = top - release.seq
    return BEHIND.at(
        Span(one.mirror.address),
        seq=release.seq,
        date=release.date,
        newest=top,
        behind=f"{count} release{'s' * (count != 1)}",
        since=_since(release.seq, later),
    )


def _since(seq: int, later: Mapping[int, datetime.date]) -> str:
    """When the release after this one came out, as far as anybody tells."""
    if not later:
        return "since a day that is not known"
    first = min(later)
    return f"since {later[first]}" + ("" if first == seq + 1 else " at the latest")


def _against_memory(one: Answer, seen: Seen | None) -> Iterator[Diagnostic]:
    if one.ledger is None:
        return
    release = _release(one)
    now = memory.of(release, one.kept[manifest.STATEMENT], one.ledger)
    yield from memory.objections(seen, now, release.previous)
    if not memory.goes_on(seen, one.ledger):
        yield memory.SHRUNKEN.at(Span(manifest.LEDGER))


def _against_others(one: Answer, signed: Iterable[Answer]) -> Iterator[Diagnostic]:
    """Proofs that somebody signed what cannot both be true; the first of each kind."""
    mine, span = _release(one), Span(one.mirror.address)
    others = [other for other in signed if other is not one]
    before = [other for other in others if _release(other).seq == mine.seq - 1]
    for other in others:
        if _release(other).seq == mine.seq and other.digest != one.digest:
            yield TWO_RELEASES.at(span, seq=mine.seq, other=other.mirror.address)
            break
    if before and all(other.digest != mine.previous for other in before):
        words = {"seq": mine.seq, "before": mine.seq - 1, "other": before[0].mirror.address}
        yield NOT_THE_NEXT.at(span, **words)
    for other in others if one.ledger is not None else ():
        older = _release(other)
        if older.seq < mine.seq and not (one.ledger or b"").startswith(other.ledger or b""):
            words = {"seq": mine.seq, "before": older.seq, "other": other.mirror.address}
            yield LINES_LOST.at(span, **words)
            break


def _entries(one: Answer) -> tuple[Entry, ...]:
    text = (one.ledger or b"").decode("utf-8", "replace")
    return ledger.read(Text(manifest.LEDGER, text, ""))[0]


def _gone(newest: Answer | None) -> dict[str, Entry]:
    """What the newest ledger says is hidden or withdrawn, the latest first."""
    if newest is None:
        return {}
    last = ledger.states(_entries(newest)).values()
    gone = [e for e in last if e.state != "published" and e.seq is not None]
    return {e.id: e for e in sorted(gone, key=lambda e: (-(e.seq or 0), e.id))}


def _still_shown(
    one: Answer, newest: Answer | None, gone: Mapping[str, Entry], limits: Limits
) -> list[Diagnostic]:
    """Asks for the very pages of what was taken out."""
    if one.verdict is None or newest is None or newest.verdict is None:
        return []
    now, own = newest.verdict.digests, one.verdict.digests
    pages = dict(_pages(gone, {**own, **now}))
    asked = _some([path for path in pages if own.get(path, "") != now.get(path)])
    if not asked:
        return []
    try:
        found = asking.shown(one.mirror, asked, now=now, own=own, limits=limits)
    except refusal.NotPossibleNow as refused:
        return list(refused.diagnostics)
    return [_still(one, path, pages[path]) for path in found]


def _some(paths: list[str]) -> list[str]:
    """Those that were taken out last, and of the others some by lot: each has its day."""
    half = MOST_PAGES // 2
    rest = paths[half:]
    return paths[:half] + random.SystemRandom().sample(rest, min(half, len(rest)))


def _still(one: Answer, path: str, entry: Entry) -> Diagnostic:
    span = Span(f"{one.mirror.address.rstrip('/')}/{path}")
    return STILL_SHOWN.at(span, id=entry.id, state=entry.state, seq=entry.seq)


def _pages(
    gone: Mapping[str, Entry], digests: Mapping[str, str]
) -> Iterator[tuple[str, Entry]]:
    """Where the pages of an id were: as a manifest names them, and as the program does."""
    named: dict[str, list[str]] = {}
    for path in digests:
        named.setdefault(path.rpartition("/")[2].partition(".")[0], []).append(path)
    kinds = {page.partition("/")[0] for page in verification.pages_of("")}
    parts = (path.split("/", 2) for path in digests)
    languages = sorted({p[0] for p in parts if len(p) > 2 and p[1] in kinds})
    for record_id, entry in gone.items():
        pages = verification.pages_of(record_id)
        usual = (f"{lang}/{page}" for lang in languages for page in pages)
        for path in sorted({*usual, *named.get(record_id, ())}):
            yield path, entry


def _to_be_remembered(findings: Sequence[Finding], seen: Seen | None) -> Seen | None:
    """The newest release, shown by who has nothing wrong; nothing where two are signed."""
    if any(finding.state == "forked" for finding in findings):
        return None
    good = [f.answer.verdict for f in findings if f.state == "good" and f.answer.verdict]
    best = max((v.seen for v in good if v.seen), key=lambda one: one.seq, default=None)
    return best if best and (seen is None or best.seq > seen.seq) else None


def keep_proofs(audit: Audit, folder: Path) -> list[Path]:
    """Writes each RELEASE that has a part in a fork, with its signatures; the files' folders.

    Raises `NotPossibleNow` where the disk refuses.
    """
    made = []
    for finding in audit.findings:
        one = finding.answer
        if not one.verdict or not one.verdict.release or not one.verdict.signed_by:
            continue
        if not any(f.state == "forked" for f in audit.findings):
            continue
        place = folder / f"{one.verdict.release.seq}-{one.digest[:16]}"
        with refusal.disk_errors(folder):
            place.mkdir(parents=True, exist_ok=True)
        for name, data in one.kept.items():
            memory.replace(place / name, data)
        made.append(place)
    return sorted({*made})
