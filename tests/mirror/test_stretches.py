"""What has changed in a manifest comes by a hint, which may be wrong and do no harm."""

from __future__ import annotations

import random
import re
from typing import TYPE_CHECKING, Any

import pytest

from aigaq.mirror import carriage, manifest, stretches
from aigaq.mirror.carriage import web

if TYPE_CHECKING:
    from pathlib import Path

FILES = 2000
LIMIT = 1 << 22


def listed(lots: random.Random, files: int = FILES) -> dict[str, str]:
    return {f"en/t-{n:05}.html": lots.randbytes(32).hex() for n in range(files)}


def edited(digests: dict[str, str], lots: random.Random, count: int) -> dict[str, str]:
    """As many files changed, added and taken away."""
    made = dict(digests)
    for path in lots.sample(sorted(made), count):
        made[path] = lots.randbytes(32).hex()
    for path in lots.sample(sorted(made), count):
        del made[path]
        made[f"{path}.{lots.randrange(99)}"] = lots.randbytes(32).hex()
    return made


def raw(digests: dict[str, str]) -> bytes:
    return manifest.text(digests).encode()


class Place:
    """A folder that a server gives away, with a manifest and its hint."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir()

    def has(self, data: bytes, hint: bytes | None = None) -> bytes:
        (self.folder / manifest.NAME).write_bytes(data)
        made = stretches.text(data) if hint is None else hint
        (self.folder / manifest.HINT).write_bytes(made)
        return data


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return Place(tmp_path / "site")


def got(url: str, older: bytes, newer: bytes, name: str = manifest.NAME) -> tuple[Any, int]:
    """What is made of an older file, and for how many bytes."""
    copy = web.Web(url, limits=carriage.Limits(stall=2, whole=20))
    try:
        made = stretches.brought(copy, name, manifest.digest(newer), older, LIMIT)
    finally:
        copy.close()
    return made, copy.received


def test_a_manifest_is_made_of_the_one_before_and_of_what_has_changed(
    place: Place, servers: Any
) -> None:
    lots = random.Random(1)
    first = listed(lots)
    with servers.nginx(place.folder) as url:
        for count in (1, 2, 5):
            second = edited(first, lots, count)
            newer = place.has(raw(second))
            made, moved = got(url, raw(first), newer)

            assert made == newer
            assert moved < len(newer) / 4


@pytest.mark.parametrize("change", ["begin", "end", "all of the end"])
def test_what_changes_at_the_edges_comes_too(place: Place, servers: Any, change: str) -> None:
    lots = random.Random(change)
    first = listed(lots)
    second = dict(first)
    if change == "begin":
        second["a.html"] = "0" * 64
    elif change == "end":
        second["z.html"] = "f" * 64
    else:
        second = dict(list(first.items())[: FILES - 50])
    newer = place.has(raw(second))
    with servers.nginx(place.folder) as url:
        made, moved = got(url, raw(first), newer)
    assert made == newer
    assert moved < len(newer) / 4


def test_where_nearly_everything_is_new_only_the_hint_is_asked_for(
    place: Place, servers: Any
) -> None:
    newer = place.has(raw(listed(random.Random(1))))
    with servers.python(place.folder) as server:
        assert got(server.url, raw(listed(random.Random(2))), newer)[0] is None
    assert server.paths == [f"/{manifest.HINT}"]


def test_a_server_that_knows_no_ranges_sends_the_whole_once(place: Place, servers: Any) -> None:
    lots = random.Random(1)
    first = listed(lots)
    newer = place.has(raw(edited(first, lots, 3)))
    with servers.python(place.folder) as server:
        assert got(server.url, raw(first), newer)[0] == newer
    assert server.paths == [f"/{manifest.HINT}", f"/{manifest.NAME}"]


def test_of_a_ledger_the_new_end_comes(place: Place, servers: Any) -> None:
    older = b"".join(b"t-%05d 1\n" % n for n in range(10_000))
    newer = older + b"t-99999 2\n"
    (place.folder / manifest.LEDGER).write_bytes(newer)
    with servers.nginx(place.folder) as url:
        made, moved = got(url, older, newer, manifest.LEDGER)
        assert made == newer
        assert moved < 1000
        # Whoever has more of it than there is gets what is there, and judges that.
        assert got(url, newer + b"t-x 3\n", newer, manifest.LEDGER)[0] == newer
        assert got(url, older[:-1] + b"?", newer, manifest.LEDGER)[0] is None


@pytest.mark.parametrize("older", [b"", b"\0\r\n\xff" * 20_000, b"\n" * 50_000])
def test_it_does_not_matter_what_lies_here(place: Place, servers: Any, older: bytes) -> None:
    newer = place.has(raw(listed(random.Random(1), 600)))
    with servers.nginx(place.folder) as url:
        assert got(url, older, newer)[0] is None


def _lies(hint: bytes) -> dict[str, bytes]:
    first = hint.partition(b"\n")[0]
    return {
        "empty": b"",
        "words": b"<p>Not found</p>\n",
        "cut off": hint[:-3],
        "of another": re.sub(rb"(?m)[0-9a-f]{16}$", b"0" * 16, hint),
        "swapped": b"".join(reversed(hint.splitlines(keepends=True))),
        "sizes": re.sub(rb"(?m)^\d+", b"7", hint),
        "one huge": hint + b"999999999 0123456789abcdef\n",
        "huge": b"999999999 0123456789abcdef\n" * 9000,
        "again and again": (first + b"\n") * 40_000,
        "zero": b"0 0123456789abcdef\n" + hint,
        "long": hint + b"1 0123456789abcdef\n" * 60_000,
        "digits": hint + b"9" * 5000 + b" 0123456789abcdef\n",
    }


@pytest.mark.parametrize("lie", list(_lies(b"")))
def test_a_lying_hint_costs_a_fetch_and_no_more(place: Place, servers: Any, lie: str) -> None:
    lots = random.Random(1)
    first = listed(lots, 600)
    newer = raw(edited(first, lots, 1))
    place.has(newer, _lies(stretches.text(newer))[lie])
    with servers.nginx(place.folder) as url:
        made, moved = got(url, raw(first), newer)
    assert made in (None, newer)
    assert moved < 2 * len(newer) + (1 << 17)


def _ranged(handler: Any, data: bytes, how: str) -> bool:
    """Answers for a part of the manifest as no honest server would."""
    asked = re.fullmatch(r"bytes=(\d+)-(\d*)", handler.headers.get("Range", ""))
    if not asked:
        return False
    start, end = int(asked[1]), int(asked[2]) + 1
    part, size, said = data[start:end], len(data), f"bytes {start}-{end - 1}/{len(data)}"
    if how == "from elsewhere":
        handler.answer(data[:9], 206, Content_Range=f"bytes 0-8/{size}")
    elif how == "without saying which":
        handler.answer(part, 206)
    elif how == "more than asked":
        handler.answer(part + data, 206, Content_Range=said)
    elif how == "less than asked":
        handler.answer(part[:-1], 206, Content_Range=said)
    elif how == "other bytes":
        handler.answer(bytes(len(part)), 206, Content_Range=said)
    elif how == "a number without end":
        handler.answer(part, 206, Content_Range=f"bytes {'9' * 9000}-{end}/{size}")
    elif how == "no such range":
        handler.answer(b"", 416)
    elif how == "an error":
        handler.answer(b"", 500)
    else:
        handler.answer(b"", 404)
    return True


HOW = ("from elsewhere", "without saying which", "more than asked", "less than asked")
HOW += ("other bytes", "a number without end", "no such range", "an error", "no file")


@pytest.mark.parametrize("how", HOW)
def test_parts_of_a_stranger_are_never_believed(place: Place, servers: Any, how: str) -> None:
    lots = random.Random(1)
    first = listed(lots, 600)
    newer = place.has(raw(edited(first, lots, 1)))
    with servers.python(place.folder, lambda handler: _ranged(handler, newer, how)) as server:
        made, _ = got(server.url, raw(first), newer)
    good = {"from elsewhere", "without saying which", "a number without end", "no such range"}
    assert made == (newer if how in {*good, "more than asked"} else None)
