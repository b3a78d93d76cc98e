"""A swarm of mirrors on loopback: they come and go, one lies, the origin dies, files are lost.

python -m bench.mirrors.swarm [--mirrors 6] [--pages 500]
"""

from __future__ import annotations

import argparse
import random
import shutil
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

from aigaq.mirror import hashing, sources, verification
from aigaq.mirror.carriage import metainfo
from bench.mirrors import made, servers

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from aigaq.mirror.carriage.swarm import Swarm

_LONGEST = 120.0  # seconds of one scene
_STILL = 8.0  # seconds without a new piece until a swarm is said to rest


class Mirrors:
    """Folders that want all of a torrent, by name, and their sessions while they are there."""

    def __init__(self, data: bytes, folder: Path, stack: ExitStack) -> None:
        self.data, self.folder = data, folder
        self.known = metainfo.read(data, "made up")
        self.here: dict[str, Swarm] = {}
        stack.callback(self._end)

    def come(self, name: str, *, whole: bool = False) -> None:
        """Joins, with whatever lies in its folder, and connects to all who are there."""
        others = tuple(self.here.values())
        place = self.folder / name
        self.here[name] = servers.peer(self.data, place, *others, whole=whole)

    def go(self, name: str) -> None:
        """Leaves without a word."""
        self.here.pop(name).leave()

    def share(self, name: str) -> float:
        """What a mirror has of all the bytes, from 0 to 1."""
        return self.here[name].received / sum(self.known.sizes.values())

    def whole(self, names: list[str]) -> int:
        """How many of these have all."""
        return sum(name in self.here and self.share(name) >= 1 for name in names)

    def ask(self) -> None:
        """Lets all who lack something ask once more."""
        for name, session in self.here.items():
            if self.share(name) < 1:
                session.want(self.known.index, self.known)

    def _end(self) -> None:
        for name in [*self.here]:
            self.go(name)


def lasted(mirrors: Mirrors, names: list[str], every: Callable[[float], None]) -> float | None:
    """Seconds until all of these are whole; None where nothing comes any more."""
    begun = last = asked = time.monotonic()
    most = -1.0
    while mirrors.whole(names) < len(names):
        time.sleep(0.1)
        now = time.monotonic()
        every(now - begun)
        there = sum(mirrors.share(name) for name in names if name in mirrors.here)
        if there > most:
            most, last = there, now
        if now - max(last, asked) > 2:
            mirrors.ask()
            asked = now
        if now - last > _STILL or now - begun > _LONGEST:
            return None
    return time.monotonic() - begun


def churned(count: int, origin: Path, data: bytes, scratch: Path, stack: ExitStack) -> str:
    """Mirrors come one by one, one lies, every second one leaves and comes again.

    The origin dies as soon as two mirrors have all of it.
    """
    mirrors = Mirrors(data, scratch, stack)
    lots, names = random.Random(3), [f"mirror-{n}" for n in range(count)]
    shutil.copytree(origin, scratch / "origin")
    shutil.copytree(origin, scratch / "liar")
    mirrors.come("origin", whole=True)
    mirrors.come("liar")
    for path in mirrors.known.index:  # after it has passed its own check
        flip(scratch / "liar" / path)
    waiting, left, comings = [*names], 0.0, 0
    died: list[float] = []

    def every(now: float) -> None:
        nonlocal left, comings
        if waiting and now > 0.3 * (count - len(waiting)):
            mirrors.come(waiting.pop(0))
        torn = [n for n in names if n in mirrors.here and mirrors.share(n) < 1]
        if torn and now - left > 1 and comings < 2 * count:
            left, comings = now, comings + 1
            again = lots.choice(torn)
            mirrors.go(again)
            mirrors.come(again)
        if "origin" in mirrors.here and mirrors.whole(names) >= 2:
            mirrors.go("origin")
            died.append(now)

    took = lasted(mirrors, names, every)
    if took is None:
        return f"not all were whole: {[round(mirrors.share(n), 3) for n in names]}"
    when = f"; the origin died after {died[0]:.1f} s" if died else ""
    return f"{took:.1f} s, {comings} left and came again{when}"


def deserted(count: int, origin: Path, data: bytes, scratch: Path, stack: ExitStack) -> str:
    """The origin leaves when it has sent about one copy: too early."""
    mirrors = Mirrors(data, scratch, stack)
    names = [f"mirror-{n}" for n in range(count)]
    size = sum(mirrors.known.sizes.values())
    shutil.copytree(origin, scratch / "origin")
    mirrors.come("origin", whole=True)
    mirrors.here["origin"].handle.set_upload_limit(size // 4)
    for name in names:
        mirrors.come(name)

    def every(_: float) -> None:
        there = mirrors.here.get("origin")
        if there and there.handle.status().total_payload_upload > size:
            mirrors.go("origin")

    took = lasted(mirrors, names, every)
    if took is not None:
        return f"{took:.1f} s: they were lucky"
    return f"stuck at {max(mirrors.share(n) for n in names):.0%}"


def healed(share: float, origin: Path, data: bytes, scratch: Path, stack: ExitStack) -> str:
    """Five mirrors without an origin, each with a share of its files lost or flipped."""
    mirrors = Mirrors(data, scratch, stack)
    lots, names = random.Random(4), [f"mirror-{n}" for n in range(5)]
    paths = sorted(mirrors.known.index)
    damaged = [set(lots.sample(paths, round(len(paths) * share))) for _ in names]
    for name, some in zip(names, damaged, strict=True):
        shutil.copytree(origin, scratch / name)
        for path in some:
            if lots.random() < 0.5:
                (scratch / name / path).unlink()
            else:
                flip(scratch / name / path)
        mirrors.come(name)
    took = lasted(mirrors, names, lambda _: None)
    union = len(paths) - len(set.intersection(*damaged))
    digests = dict(hashing.digests(sources.Folder(origin), paths))
    for name in names:
        mirrors.here[name].flushed(10)
    good = min(_same(scratch / name, digests) for name in names)
    rest = f"rest after {_STILL:.0f} s of silence" if took is None else f"{took:.1f} s"
    return f"{good:,} of {len(paths):,} files, where {union:,} were whole somewhere; {rest}"


def _same(folder: Path, digests: dict[str, str]) -> int:
    there = dict(hashing.digests(sources.Folder(folder), list(digests)))
    return sum(there[path] == digest for path, digest in digests.items())


def flip(place: Path) -> None:
    """Every bit of a file, in place, as a liar would."""
    place.write_bytes(bytes(byte ^ 255 for byte in place.read_bytes()))


def scenes(count: int, pages: int) -> Iterator[str]:
    """The table."""
    with tempfile.TemporaryDirectory() as scratch:
        signed = made.archive(Path(scratch, "keys"))
        origin = Path(scratch, "site")
        made.release(origin, signed, pages)
        data = servers.torrent(origin)
        paths = metainfo.read(data, "x").sizes
        yield f"{len(paths):,} files, {sum(paths.values()) / 1e6:.1f} MB, {count} mirrors.\n"
        yield "| Scene | What came of it |"
        yield "|---|---|"
        plays: list[tuple[str, Callable[[Path, ExitStack], str]]] = [
            (
                "they come and go, one lies, the origin dies when two are whole",
                lambda at, stack: churned(count, origin, data, at, stack),
            ),
            (
                "the origin leaves after it has sent one copy",
                lambda at, stack: deserted(count, origin, data, at, stack),
            ),
            *(
                (
                    f"no origin, five mirrors, each lacks {share:.0%} of the files",
                    lambda at, stack, share=share: healed(share, origin, data, at, stack),
                )
                for share in (0.02, 0.1, 0.3)
            ),
        ]
        for number, (title, play) in enumerate(plays):
            at = Path(scratch, str(number))
            with ExitStack() as stack:
                said = play(at, stack)
            if title.startswith("they"):
                said += f"; {_verified(at, signed)} of {count} verify"
            shutil.rmtree(at)
            yield f"| {title} | {said} |"


def _verified(at: Path, signed: made.Archive) -> int:
    copies = [sources.Folder(place) for place in at.glob("mirror-*")]
    good = 0
    for copy in copies:
        for path in copy.place.glob(".*.parts"):  # what libtorrent keeps of unwanted pieces
            path.unlink()
        good += verification.of(copy, signed.trust).status == 0
    return good


def main() -> None:
    """Prints the table."""
    asked = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    asked.add_argument("--mirrors", type=int, default=6)
    asked.add_argument("--pages", type=int, default=500)
    said = asked.parse_args()
    for line in scenes(said.mirrors, said.pages):
        print(line, flush=True)


if __name__ == "__main__":
    main()
