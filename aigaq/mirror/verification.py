"""Whether a copy is what its signers released: signatures, freshness, ledger, every file."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from aigaq.mirror import contents, manifest, memory, signatures, signers, sources, statement
from aigaq.pages import addresses
from aigaq.source import ledger
from aigaq.source.document import Source as Text
from aigaq.words.diagnostics import Problem, Severity, Span

if TYPE_CHECKING:
    import datetime
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from aigaq.mirror.memory import Seen
    from aigaq.mirror.signers import Signer
    from aigaq.mirror.sources import Source
    from aigaq.mirror.statement import Release
    from aigaq.words.diagnostics import Diagnostic

NO_RELEASE = Problem(
    "A001",
    "there is no RELEASE here: nobody vouches for these files",
    "Name the folder in which RELEASE lies. If it lies nowhere, do not use this copy.",
)
NOT_THE_SIGNED = Problem(
    "A030",
    "this is not the {name} that was signed",
    "Do not use this copy; take another one, and tell who runs it.",
)
MISCOUNTED = Problem(
    "A032",
    "this names {here} files, and RELEASE {there}",
    "Do not use this copy. Whoever signed it used a broken program: tell them.",
)
CUT_OUT = Problem(
    "A043",
    '"{id}" is published by the ledger, and has no page here',
    "Do not use this copy: a text was taken out without a word. Ask the editors.",
)
NEW_SIGNERS = Problem(
    "A013",
    "your signers have signed a new list of signers: {changes}",
    "Ask one of them by another way whether that is so, and check again with --pin: the new"
    " list takes the place of yours.",
    Severity.WARNING,
)

LARGEST = {manifest.NAME: 1 << 28, manifest.LEDGER: 1 << 26, manifest.SIGNERS: 1 << 20}


@dataclass(frozen=True, slots=True, kw_only=True)
class Trust:
    """What a checker brings along, and takes from no copy.

    `pinned` is their list of signers, `seen` what they have accepted before, `now` in UTC.
    """

    pinned: bytes
    known: tuple[Signer, ...]
    threshold: int
    now: datetime.datetime
    revoked: Path | None = None
    seen: Seen | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What was found. `seen` is to be remembered; `signers` is a new list, if one was signed.

    `digests` is the manifest, where it is the signed one; `hashed` counts its files whose bytes
    were read, `listed` tells whether files that do not belong could be seen.
    """

    problems: tuple[Diagnostic, ...]
    release: Release | None = None
    signed_by: tuple[Signer, ...] = ()
    digests: Mapping[str, str] = field(default_factory=dict)
    hashed: int = 0
    listed: bool = False
    seen: Seen | None = None
    signers: bytes = b""

    @property
    def status(self) -> int:
        """The exit status: 0 good, 1 altered, 2 stale or rolled back."""
        errors = {problem.code for problem in self.problems if problem.is_error}
        return (1 if errors - memory.OLD else 2) if errors else 0


@dataclass(frozen=True, slots=True)
class _Root:
    """The signed part of a copy, each file with the bytes that were checked."""

    release: Release
    digests: Mapping[str, str] = field(default_factory=dict)
    ledger: bytes = b""


def of(
    source: Source,
    trust: Trust,
    *,
    chosen: Callable[[Sequence[str]], Sequence[str]] | None = None,
) -> Verdict:
    """Judges a copy. `chosen` picks the files whose bytes are read; absent, all are.

    Raises `NotPossibleNow` where the copy does not answer, `Refused` where a tool is missing.
    """
    listing = source.listing()
    raw, release, counted, found = _head(source, trust)
    if release is None:
        return Verdict(problems=tuple(sorted(found)))
    root, problems = _root(source, release)
    found += problems
    if _fatal(found):
        return Verdict(problems=tuple(sorted(found)), release=release, signed_by=counted)
    now = memory.of(release, raw, root.ledger)
    history = [*_history(root, trust.seen), *memory.stale(release, trust.now.date())]
    history += memory.objections(trust.seen, now, release.previous)
    kept = now if not any(problem.is_error for problem in history) else None
    paths = chosen(tuple(root.digests)) if chosen else tuple(root.digests)
    found += history
    found += contents.strangers(source, root.digests, listing, release)
    found += contents.altered(source, root.digests, paths, listing)
    verdict = Verdict(
        problems=tuple(sorted(found)),
        release=release,
        signed_by=counted,
        digests=root.digests,
        hashed=len(paths),
        listed=listing is not None,
        seen=kept,
    )
    return _with_signers(source, trust, root, verdict)


def head(source: Source, trust: Trust) -> Verdict:
    """Judges RELEASE, who has signed it and whether it is old, and nothing that it names.

    Raises what `of` does.
    """
    raw, release, counted, found = _head(source, trust)
    if release is None:
        return Verdict(problems=tuple(sorted(found)))
    now = memory.of(release, raw, b"")
    found += memory.stale(release, trust.now.date())
    found += memory.objections(trust.seen, now, release.previous)
    return Verdict(problems=tuple(sorted(found)), release=release, signed_by=counted)


def unsigned(source: Source, *, now: datetime.datetime) -> Verdict:
    """Judges all but signatures: for who is about to sign."""
    raw = sources.small(source, manifest.STATEMENT, statement.LARGEST)
    if raw is None:
        return Verdict(problems=(NO_RELEASE.at(Span(manifest.STATEMENT)),))
    release, found = statement.read(raw)
    if release is None:
        return Verdict(problems=tuple(found))
    root, found = _root(source, release)
    listing = source.listing()
    if not _fatal(found):
        found += [*_history(root, None), *memory.stale(release, now.date())]
        found += contents.strangers(source, root.digests, listing, release)
        found += contents.altered(source, root.digests, tuple(root.digests), listing)
    return Verdict(problems=tuple(sorted(found)), release=release, hashed=len(root.digests))


def _fatal(found: Iterable[Diagnostic]) -> bool:
    return any(problem.is_error for problem in found)


def _head(
    source: Source, trust: Trust
) -> tuple[bytes, Release | None, tuple[Signer, ...], list[Diagnostic]]:
    """RELEASE as bytes and, if it is signed well, what it says; and whose signatures count."""
    raw = sources.small(source, manifest.STATEMENT, statement.LARGEST)
    if raw is None:
        return b"", None, (), [NO_RELEASE.at(Span(manifest.STATEMENT))]
    counted, found = _signed(source, trust, raw)
    release, problems = statement.read(raw)
    found += problems
    if _fatal(found):
        return raw, None, counted, found
    if isinstance(source, sources.Making):
        source.trusts(raw)
    return raw, release, counted, found


def _signed(
    source: Source, trust: Trust, raw: bytes
) -> tuple[tuple[Signer, ...], list[Diagnostic]]:
    files = list(_signatures(source))
    if not files:
        return (), [signatures.NOT_SIGNED.at(Span(manifest.STATEMENT))]
    counted, found = signatures.judged(
        raw,
        files,
        pinned=trust.pinned,
        known=trust.known,
        revoked=trust.revoked,
        now=trust.now,
    )
    if len(counted) < trust.threshold and not _fatal(found):
        words = {"counted": len(counted), "threshold": trust.threshold}
        found.append(signatures.TOO_FEW.at(Span(manifest.STATEMENT), **words))
    return counted, found


def _signatures(source: Source) -> Iterator[tuple[str, bytes]]:
    """Up to the first name that is free."""
    for path in signatures.names():
        data = sources.small(source, path, signatures.LARGEST)
        if data is None:
            return
        yield path, data


def _root(source: Source, release: Release) -> tuple[_Root, list[Diagnostic]]:
    """What RELEASE names by digest; with any problem, it holds less."""
    parts: dict[str, bytes] = {}
    found = []
    wanted = {manifest.NAME: release.manifest, manifest.LEDGER: release.ledger}
    for name, digest in wanted.items():
        data = sources.small(source, name, LARGEST[name])
        if data is None:
            found.append(contents.MISSING.at(Span(name)))
        elif manifest.digest(data) != digest:
            found.append(NOT_THE_SIGNED.at(Span(name), name=name))
        else:
            parts[name] = data
    if found:
        return _Root(release), found
    digests, found = manifest.read(parts[manifest.NAME])
    if not found and len(digests) != release.files:
        words = {"here": len(digests), "there": release.files}
        found.append(MISCOUNTED.at(Span(manifest.NAME), **words))
    return _Root(release, digests, parts[manifest.LEDGER]), found


def _history(root: _Root, seen: Seen | None) -> Iterator[Diagnostic]:
    """What the ledger says against the copy."""
    is_older = seen is not None and root.release.seq < seen.seq  # its ledger may be shorter
    if not is_older and not memory.goes_on(seen, root.ledger):
        yield memory.SHRUNKEN.at(Span(manifest.LEDGER))
    text = root.ledger.decode("utf-8", "replace")
    entries, found = ledger.read(Text(manifest.LEDGER, text, ""))
    if found or "".join(f"{entry}\n" for entry in entries) != text:
        where = found[0].span if found else Span(manifest.LEDGER)
        yield manifest.NOT_A_LINE.at(where, name=manifest.LEDGER)
        return
    seq = root.release.seq
    yield from ledger.breaches(entries, path=manifest.LEDGER, seq=seq)
    pages = {path.partition("/")[2] for path in root.digests}
    for record_id, entry in ledger.states(entries).items():
        if entry.seq is None:
            yield ledger.NOT_LAWFUL.at(Span(manifest.LEDGER), reason="it has no number yet")
        elif entry.state == "published" and pages.isdisjoint(pages_of(record_id)):
            yield CUT_OUT.at(Span(manifest.NAME), id=record_id)


def pages_of(record_id: str) -> tuple[str, ...]:
    """Where the page of an id would be, below the folder of a language."""
    return tuple(
        addresses.of_record(kind, record_id, "_").partition("/")[2]
        for kind in ("text", "person")
    )


def _with_signers(source: Source, trust: Trust, root: _Root, verdict: Verdict) -> Verdict:
    """With the list of signers that the release brings, where it is another than the pinned."""
    digest = root.digests.get(manifest.SIGNERS)
    if not digest or digest == manifest.digest(trust.pinned) or verdict.status:
        return verdict
    data = sources.small(source, manifest.SIGNERS, LARGEST[manifest.SIGNERS]) or b""
    listed, found = signers.read(data, manifest.SIGNERS)
    if manifest.digest(data) != digest:
        found = [contents.CHANGED.at(Span(manifest.SIGNERS))]
    elif not found and len({signer.name for signer in listed}) >= trust.threshold:
        changes = _changes(trust.known, listed)
        found = [NEW_SIGNERS.at(Span(manifest.SIGNERS), changes=changes)]
        verdict = replace(verdict, signers=data)
    else:
        words = {"counted": len(listed), "threshold": trust.threshold}
        found = found or [signers.NOT_ENOUGH.at(Span(manifest.SIGNERS), **words)]
    return replace(verdict, problems=tuple(sorted((*verdict.problems, *found))))


def _changes(before: Iterable[Signer], after: Iterable[Signer]) -> str:
    """Who comes and who goes, with fingerprints; order, days and comments may differ, too."""
    old, new = ({(s.name, s.fingerprint) for s in some} for some in (before, after))
    words = [f"{name} comes, {key}" for name, key in sorted(new - old)]
    words += [f"{name} goes, {key}" for name, key in sorted(old - new)]
    return "; ".join(words) or "the same keys, with other days or in another order"
