"""Made-up releases: as many pages as asked for, an index of their words, real signatures."""

from __future__ import annotations

import datetime
import random
import subprocess
from dataclasses import dataclass
from typing import TYPE_CHECKING

from aigaq.mirror import manifest, signers, statement, stretches, verification

if TYPE_CHECKING:
    from pathlib import Path

DAY = datetime.date(2026, 11, 23)
NOW = datetime.datetime(2026, 11, 23, 12, tzinfo=datetime.UTC)
SITE = "https://archive.example.org/"
_WORDS = 3000
_PIECES = 12  # of the index that one edited page changes, as in a site of this program


@dataclass(frozen=True, slots=True)
class Archive:
    """Who signs, and what a checker brings along."""

    key: Path
    trust: verification.Trust


def archive(folder: Path) -> Archive:
    """A new key, and the list that names it."""
    folder.mkdir(parents=True)
    key = folder / "key"
    make = ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(key), "-C", "one"]
    subprocess.run(make, check=True)  # noqa: S603
    public = key.with_suffix(".pub").read_text().split()
    pinned = f'one@example.org namespaces="site-release" {public[0]} {public[1]}\n'.encode()
    known, _ = signers.read(pinned, "pinned")
    trust = verification.Trust(pinned=pinned, known=known, threshold=1, now=NOW)
    return Archive(key, trust)


def release(folder: Path, made: Archive, pages: int) -> None:
    """Writes release 1: a page for each testimony, and one index in pieces of 8 KB."""
    lots = random.Random(1)
    words = [
        "".join(lots.choices("abcdefghiklmnoprstuz", k=lots.randint(2, 9)))
        for _ in range(_WORDS)
    ]
    for number in range(pages):
        _write(folder, _page(number), _text(lots, words, lots.randint(250, 700)))
        _write(folder, f"search/en/f/{number:05}", _text(lots, words, 150))
    for number in range(max(_PIECES, pages // 8)):
        _write(folder, f"search/en/i/{number:05}", lots.randbytes(8000))
    _signed(folder, made, 1, "-")


def edited(folder: Path, made: Archive) -> int:
    """Release 2, in which one testimony reads otherwise; how many files that changes."""
    before = (folder / manifest.STATEMENT).read_bytes()
    lots = random.Random(2)
    page = folder / _page(7)
    changed = {_page(7): page.read_bytes().replace(b"<p>", b"<p>Corrected. ", 1)}
    changed["search/en/f/00007"] = (folder / "search/en/f/00007").read_bytes() + b" corrected"
    for number in range(_PIECES):
        changed[f"search/en/i/{number:05}"] = lots.randbytes(8000)
    for path, data in changed.items():
        (folder / path).unlink()  # the file of a copy may be this one, by a hard link
        _write(folder, path, data)
    _signed(folder, made, 2, manifest.digest(before))
    return len(changed)


def _page(number: int) -> str:
    return f"en/testimonies/t-{number:05}.html"


def _text(lots: random.Random, words: list[str], count: int) -> bytes:
    return (
        f"<!doctype html><title>x</title><p>{' '.join(lots.choices(words, k=count))}".encode()
    )


def _write(folder: Path, path: str, data: bytes) -> None:
    place = folder / path
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(data)


def _signed(folder: Path, made: Archive, seq: int, previous: str) -> None:
    paths = (p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file())
    digests = {
        path: manifest.digest((folder / path).read_bytes())
        for path in paths
        if not manifest.is_detached(path)
    }
    names = sorted(path.rpartition("/")[2][:-5] for path in digests if path.endswith(".html"))
    listed, ledger = manifest.text(digests), "".join(f"{name} 1\n" for name in names)
    said = statement.Release(
        site=SITE,
        seq=seq,
        date=DAY,
        commit="0" * 40,
        engine="made up",
        files=len(digests),
        previous=previous,
        next_by=DAY + statement.VALID,
        manifest=manifest.digest(listed.encode()),
        ledger=manifest.digest(ledger.encode()),
    )
    for name, data in (
        (manifest.NAME, listed.encode()),
        (manifest.HINT, stretches.text(listed.encode())),
        (manifest.LEDGER, ledger.encode()),
        (manifest.STATEMENT, str(said).encode()),
    ):
        (folder / name).unlink(missing_ok=True)
        _write(folder, name, data)
    sign = ["ssh-keygen", "-Y", "sign", "-n", "site-release", "-f", str(made.key)]
    done = subprocess.run(sign, input=str(said).encode(), capture_output=True, check=True)  # noqa: S603
    _write(folder, "RELEASE.sig", done.stdout)
