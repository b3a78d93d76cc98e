"""Signed copies of small sites, with real keys of ssh-keygen."""

from __future__ import annotations

import datetime
import random
import shutil
import subprocess
from typing import TYPE_CHECKING, Any

import pytest

from aigaq import cli
from aigaq.mirror import (
    manifest,
    memory,
    signers,
    sources,
    statement,
    stretches,
    verification,
)
from aigaq.output import targets

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

DAY = datetime.date(2026, 11, 23)
NOW = datetime.datetime(2026, 11, 23, 12, tzinfo=datetime.UTC)
NAMES = ("one", "two", "three", "stranger")


class Keys:
    """Key pairs by name, and lists of who may sign."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        for name in NAMES:
            command = ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(folder / name)]
            subprocess.run([*command, "-C", f"{name}@example.org"], check=True)

    def path(self, name: str) -> Path:
        return self.folder / name

    def line(self, name: str, options: str = 'namespaces="site-release"') -> str:
        public = self.path(name).with_suffix(".pub").read_text().split()
        return f"{name}@example.org {options} {public[0]} {public[1]}\n"

    def listed(self, *names: str) -> bytes:
        return "".join(self.line(name) for name in names).encode()

    def signature(self, name: str, data: bytes, namespace: str = "site-release") -> bytes:
        command = ["ssh-keygen", "-Y", "sign", "-n", namespace, "-f", str(self.path(name))]
        return subprocess.run(command, input=data, check=True, capture_output=True).stdout


class Copy:
    """A release in a folder. What makes it says what a signer signed, right or wrong."""

    def __init__(self, folder: Path, keys: Keys) -> None:
        self.folder, self.keys = folder, keys
        self.pinned = keys.listed("one", "two", "three")
        self.seen: memory.Seen | None = None

    def release(
        self,
        new: Mapping[str, bytes] | None = None,
        *,
        ledger: str | None = None,
        by: tuple[str, ...] = ("one", "two"),
        **fields: Any,
    ) -> Copy:
        """Writes files, and a release of all that is there; absent, a ledger of its pages."""
        for path, data in ({"index.html": b"<p>Home</p>"} if new is None else new).items():
            self.write(path, data)
        ids = sorted({p.stem for p in self.folder.glob("*/testimonies/*.html")})
        ledger = "".join(f"{i} 1\n" for i in ids) if ledger is None else ledger
        self.write(manifest.LEDGER, ledger.encode())
        listed = manifest.text(
            {
                path: manifest.digest(self.read(path))
                for path in self.paths()
                if not manifest.is_detached(path)
            }
        )
        self.write(manifest.NAME, listed.encode())
        self.write(manifest.HINT, stretches.text(listed.encode()))
        values = {
            "site": "https://archive.example.org/",
            "seq": 1,
            "date": DAY,
            "commit": "0" * 40,
            "engine": "aigaq 0",
            "files": listed.count("\n"),
            "previous": "-",
            "next_by": DAY + statement.VALID,
            "manifest": manifest.digest(listed.encode()),
            "ledger": manifest.digest(ledger.encode()),
        }
        self.write(manifest.STATEMENT, str(statement.Release(**(values | fields))).encode())
        self.write(targets.MARKER, targets.marker(fields.get("date", DAY)))
        return self.signed(*by)

    def signed(self, *names: str, namespace: str = "site-release") -> Copy:
        """By these and nobody else."""
        for old in self.folder.glob("RELEASE.sig*"):
            old.unlink()
        raw = self.read(manifest.STATEMENT)
        for number, name in enumerate(names, start=1):
            suffix = f".{number}" if number > 1 else ""
            self.write(f"RELEASE.sig{suffix}", self.keys.signature(name, raw, namespace))
        return self

    def next(self, new: Mapping[str, bytes] | None = None, **fields: Any) -> Copy:
        """The release after the one that is there."""
        raw = self.read(manifest.STATEMENT)
        last, _ = statement.read(raw)
        assert last is not None
        after = {"seq": last.seq + 1, "previous": manifest.digest(raw)}
        return self.release(new or {}, **({"ledger": self.ledger} | after | fields))

    @property
    def ledger(self) -> str:
        return self.read(manifest.LEDGER).decode()

    def write(self, path: str, data: bytes) -> Copy:
        place = self.folder / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(data)
        return self

    def read(self, path: str) -> bytes:
        return (self.folder / path).read_bytes()

    def paths(self) -> list[str]:
        every = (p for p in self.folder.rglob("*") if p.is_file())
        return sorted(p.relative_to(self.folder).as_posix() for p in every)

    def verify(self, *, threshold: int = 2, **options: Any) -> verification.Verdict:
        """Judges it as a checker would who asks for two signatures, and remembers."""
        chosen = options.pop("chosen", None)
        known, problems = signers.read(self.pinned, "pinned")
        assert problems == []
        asked = {"now": NOW, "seen": self.seen} | options
        trust = verification.Trust(
            pinned=self.pinned, known=known, threshold=threshold, **asked
        )
        verdict = verification.of(sources.Folder(self.folder), trust, chosen=chosen)
        self.seen = verdict.seen or self.seen
        return verdict

    def told(self, **options: Any) -> tuple[int, list[str]]:
        """The exit status, and where what is wrong."""
        verdict = self.verify(**options)
        return verdict.status, [f"{p.code} {p.span.path}" for p in verdict.problems]


@pytest.fixture(scope="session")
def keys(tmp_path_factory: pytest.TempPathFactory, lacking: Callable[[str], Any]) -> Keys:
    if not shutil.which("ssh-keygen"):
        lacking("there is no ssh-keygen: install openssh-client")
    return Keys(tmp_path_factory.mktemp("keys"))


@pytest.fixture
def new_copy(tmp_path: Path, keys: Keys) -> Callable[[str], Copy]:
    return lambda name: Copy(tmp_path / name, keys)


@pytest.fixture
def copy(new_copy: Callable[[str], Copy]) -> Copy:
    """A copy of two testimonies and a style sheet, signed by two of three."""
    return new_copy("copy").release(pages())


def pages(seed: int = 0) -> dict[str, bytes]:
    lots = random.Random(seed)
    names = ("index.html", "assets/site.css", "en/testimonies/t-1.html")
    names += ("kk/testimonies/t-1.html", "en/testimonies/t-2.html", "kk/testimonies/t-2.html")
    return {name: lots.randbytes(lots.randint(20, 400)) for name in names}


@pytest.fixture(scope="session")
def made_up_pages() -> Callable[[int], dict[str, bytes]]:
    """The files of a small site, others for each number."""
    return pages


@pytest.fixture(scope="session")
def servers(beside: Callable[[str], Any]) -> Any:
    """Servers on loopback, honest and other: `servers.py` of this folder."""
    return beside("mirror/servers")


@pytest.fixture(scope="session")
def people(lacking: Callable[[str], Any], beside: Callable[[str], Any]) -> Any:
    """Editors and keepers of mirrors, who type what the pages say: `people.py` here."""
    if not shutil.which("ssh-keygen"):
        lacking("there is no ssh-keygen: install openssh-client")
    return beside("mirror/people")


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str]]:
    """Status and words of a command for copies; its progress only where it went wrong."""

    def ran(*arguments: object) -> tuple[int, str]:
        status: Any = 0
        try:
            cli.main(["mirror", *map(str, arguments)])
        except SystemExit as left:
            status = left.code
        said = capsys.readouterr()
        return int(status or 0), said.out + (said.err if status else "")

    return ran
