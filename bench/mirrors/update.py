"""Time and bytes until a mirror has a release in which one testimony was edited, by each route.

python -m bench.mirrors.update [--pages 1000 5000]
"""

from __future__ import annotations

import argparse
import contextlib
import resource
import shutil
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from aigaq.cli import mirror_source
from aigaq.mirror import carriage, following, manifest
from aigaq.mirror.carriage import swarm
from bench.mirrors import made, servers

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from aigaq.mirror import verification

ROUTES = ("a folder", "HTTP", "HTTP without ranges", "rsync", "torrent")
GIT = "git"


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One run: `joined` and `updated` in seconds, with bytes that came for each."""

    route: str
    pages: int
    files: int
    size: int
    joined: float
    first: int
    updated: float
    second: int


@contextlib.contextmanager
def reached(route: str, origin: Path, scratch: Path, port: int) -> Iterator[carriage.Carrier]:
    """The origin as it is now, by a route. What git keeps, it keeps for an address."""
    with contextlib.ExitStack() as stack:
        reach = swarm.QUIET
        if route == "a folder":
            place = str(origin)
        elif route == "HTTP":
            place = stack.enter_context(servers.nginx(origin))
        elif route == "HTTP without ranges":
            place = stack.enter_context(servers.web(origin))
        elif route == "rsync":
            place = stack.enter_context(servers.rsync(origin))
        elif route == GIT:
            place = f"git+{stack.enter_context(servers.web(origin, port))}source.git"
        else:
            data = servers.torrent(origin)
            Path(place := str(scratch / "site.torrent")).write_bytes(data)
            seeder = servers.peer(data, origin, whole=True)
            stack.callback(seeder.leave)
            reach = swarm.Reach(peers=(("127.0.0.1", seeder.port),))
        carrier = carriage.of(place, reach=reach, build=mirror_source.build())
        stack.callback(carrier.close)
        yield carrier


def made_up(pages: int, scratch: Path, routes: Sequence[str] = ROUTES) -> list[Row]:
    """Routes but git, for a release of as many pages that nobody has built."""
    signed = made.archive(scratch / "keys")
    first, second = scratch / "first", scratch / "second"
    made.release(first, signed, pages)
    shutil.copytree(first, second)
    made.edited(second, signed)
    return list(measured(first, second, signed.trust, routes))


def measured(
    first: Path, second: Path, trust: verification.Trust, routes: Sequence[str]
) -> Iterator[Row]:
    """For each route a mirror that joins, and follows to the next release."""
    every = (path for path in first.rglob("*") if path.is_file() and ".git" not in str(path))
    files = [path for path in every if path.name != manifest.HINT]  # who joins needs none
    for route in routes:
        mirror = first.with_name(f"mirror-{route.replace(' ', '-')}")
        port = servers.free_port()
        runs = [_followed(route, at, mirror, trust, port) for at in (first, second)]
        shutil.rmtree(mirror)
        yield Row(
            route=route,
            pages=sum(path.suffix == ".html" for path in files),
            files=len(files),
            size=sum(path.stat().st_size for path in files),
            joined=runs[0][0],
            first=runs[0][1],
            updated=runs[1][0],
            second=runs[1][1],
        )


def _followed(
    route: str, origin: Path, mirror: Path, trust: verification.Trust, port: int
) -> tuple[float, int]:
    sent = servers.sent.bytes
    with reached(route, origin, mirror.parent, port) as carrier:
        begun = time.monotonic()
        done = following.follow([carrier], mirror, trust)
        took = time.monotonic() - begun
    if done.status or not done.changed:
        raise SystemExit(f"{route}: {[str(one) for one in done.problems]}")
    if route == GIT:
        return took, servers.sent.bytes - sent
    return took, sum(done.received.values())


def lines(rows: list[Row]) -> Iterator[str]:
    """The table, and after it what was measured on."""
    yield "| Route | Pages | Files | To join | Bytes | One edit | Bytes |"
    yield "|---|--:|--:|--:|--:|--:|--:|"
    for row in rows:
        size = f"| {row.route} | {row.pages:,} | {row.files:,} "
        joined = f"| {row.joined:.1f} s | {row.first:,} "
        yield f"{size}{joined}| {row.updated:.1f} s | {row.second:,} |"
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    sizes = ", ".join(
        dict.fromkeys(f"{row.pages:,} pages: {row.size / 1e6:.1f} MB" for row in rows)
    )
    yield ""
    yield f"{sizes}. At most {most:.0f} MB of memory."


def main() -> None:
    """Prints the table."""
    asked = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    asked.add_argument("--pages", type=int, nargs="+", default=[1000])
    rows: list[Row] = []
    for pages in asked.parse_args().pages:
        with tempfile.TemporaryDirectory() as scratch:
            rows += made_up(pages, Path(scratch))
    print("\n".join(lines(rows)))


if __name__ == "__main__":
    main()
