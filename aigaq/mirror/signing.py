"""Signs a release with one key, and never one that is older than what the key has signed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib import parse

from aigaq.mirror import keygen, manifest, memory, signatures, signers, sources, verification
from aigaq.mirror.export import history
from aigaq.words.diagnostics import Problem, Severity, Span

if TYPE_CHECKING:
    import datetime
    from pathlib import Path

    from aigaq.mirror.statement import Release
    from aigaq.words.diagnostics import Diagnostic

NOT_LATER = Problem(
    "A061",
    "this is release {seq}, and this key has signed release {signed} already",
    "Sign the newest release only. If {signed} was never published, make the next one:"
    " `aigaq mirror pack`.",
)
ANOTHER = Problem(
    "A062",
    "this key has signed another release {seq}: two of one number would be taken for a forgery",
    "Make the next release of a new commit: `aigaq mirror pack`.",
)
CANNOT_SIGN = Problem(
    "A063",
    "ssh-keygen does not sign with this key: {reason}",
    "Name the private key, or the .pub of a key that an agent or a token holds; docs/mirrors/"
    "keys.md shows how to make one.",
)
NOT_LISTED = Problem(
    "A064",
    "the list of this release does not name this key: {key}",
    "It counts only for those who have an older list that does. If the key is a new one, add"
    " it to releases/allowed_signers and make the next release.",
    Severity.WARNING,
)
TOO_MANY = Problem(
    "A065",
    "this release has as many signatures as a checker looks at",
    "Delete those that are not needed.",
)


def sign(
    folder: Path, key: Path, *, noted: Path | None, now: datetime.datetime
) -> tuple[str, list[Diagnostic]]:
    """Adds a signature to the release in `folder`, and gives its file name, or why not.

    `noted` is the folder `releases/` of the site, where the signature of its RELEASE is kept,
    too. What the key has signed stands beside it, in a file for each archive. Raises `Refused`.
    """
    verdict = verification.unsigned(sources.Folder(folder), now=now)
    if verdict.release is None or verdict.status:
        return "", list(verdict.problems)
    raw = (folder / manifest.STATEMENT).read_bytes()
    record = _record(key, verdict.release)
    mine = memory.of(verdict.release, raw, (folder / manifest.LEDGER).read_bytes())
    found = _objections(memory.read(record), mine)
    if found:
        return "", found
    data, reason = keygen.signed(raw, key)
    signature = signatures.read(manifest.STATEMENT, data)
    if signature is None:
        return "", [CANNOT_SIGN.at(Span(str(key)), reason=reason or "it answers otherwise")]
    name = _name(folder, signature.key)
    if not name:
        return "", [TOO_MANY.at(Span(manifest.STATEMENT))]
    memory.write(record, mine)
    memory.replace(folder / name, data)
    if (folder / history.FOLDER).is_dir():
        history.seal(folder / history.FOLDER, folder)
    if noted and _same(noted / manifest.STATEMENT, raw):
        memory.replace(noted / name, data)
    return name, _unlisted(folder, signature.key)


def _record(key: Path, release: Release) -> Path:
    """Where it is noted which release a key has signed: `KEY.archive.example.org.signed`."""
    host = re.sub(r"[^\w.-]", "_", parse.urlsplit(release.site).netloc)
    return key.with_name(f"{key.name.removesuffix('.pub')}.{host}.signed")


def _objections(before: memory.Seen | None, mine: memory.Seen) -> list[Diagnostic]:
    span = Span(manifest.STATEMENT)
    if before and mine.seq < before.seq:
        return [NOT_LATER.at(span, seq=mine.seq, signed=before.seq)]
    if before and mine.seq == before.seq and mine.release != before.release:
        return [ANOTHER.at(span, seq=mine.seq)]
    return []


def _name(folder: Path, key: bytes) -> str:
    """Where the signature goes: over an earlier one by this key, else the first free name."""
    free = ""
    for name in signatures.names():
        try:
            there = signatures.read(name, (folder / name).read_bytes())
        except FileNotFoundError:
            free = free or name
            continue
        if there and there.key == key:
            return name
    return free


def _same(path: Path, data: bytes) -> bool:
    return path.is_file() and path.read_bytes() == data


def _unlisted(folder: Path, key: bytes) -> list[Diagnostic]:
    place = folder / manifest.SIGNERS
    listed, _ = signers.read(place.read_bytes() if place.is_file() else b"", manifest.SIGNERS)
    if any(signer.key == key for signer in listed):
        return []
    words = {"key": signers.fingerprint(key)}
    return [NOT_LISTED.at(Span(manifest.SIGNERS), **words)]
