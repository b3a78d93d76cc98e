"""Runs of eight words as digests: what a text shares with a source, without the source.

The press texts that the demonstration retells belong to others and are not in this repository.
`sources.shingles` holds a digest of each run of eight of their words, `sources.yaml` how many
lines each has and which are not empty. Both are written anew, from a folder with the files, by

    python tests/content/shingles.py FOLDER
"""

from __future__ import annotations

import hashlib
import re
import sys
import unicodedata
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import yaml

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

HERE = Path(__file__).parent
RUN = 8  # words
SIZE = 5  # bytes of a digest: one false alarm in thousands of archives of this size

# The long names of institutions are no sentence of anybody: each counts as one word.
INSTITUTIONS = (
    "US Commission on International Religious Freedom",
    "Xinjiang Uyghur Autonomous Region",
    "Radio Free Europe Radio Liberty",
    "Radio Free Radio Radio Liberty",
    "Ili Kazakh Autonomous Prefecture",
)


def words(text: str) -> list[str]:
    """The words of a text without case, accents of typography, links and punctuation."""
    text = re.sub(r"\]\([^)\s]*\)", "]", text)  # the target of a Markdown link
    text = re.sub(r"(?m)^ *url_as_printed: .*", "", text)  # an address is one word, if broken
    text = unicodedata.normalize("NFKC", text).casefold()
    text = re.sub(r"(?<=\w)[’'.](?=\w)|(?<=\b\w)\.", "", text)  # U.S., husband’s
    found = " ".join(re.findall(r"\w+", text))
    for name in INSTITUTIONS:
        found = found.replace(name.casefold(), name.casefold().replace(" ", "_"))
    return found.split()


def runs(text: str) -> Iterator[tuple[bytes, str]]:
    """Each run of eight words with its digest."""
    found = words(text)
    for start in range(len(found) - RUN + 1):
        run = " ".join(found[start : start + RUN])
        yield hashlib.blake2b(run.encode(), digest_size=SIZE).digest(), run


def known() -> frozenset[bytes]:
    """The digests of all runs of the sources."""
    data = (HERE / "sources.shingles").read_bytes()
    return frozenset(data[at : at + SIZE] for at in range(0, len(data), SIZE))


def shared(text: str, digests: frozenset[bytes]) -> list[str]:
    """The runs that a text shares with the sources."""
    return [run for digest, run in runs(text) if digest in digests]


def spans(numbers: Iterable[int]) -> list[int | str]:
    """Sorted numbers as `[1, "3-5"]`."""
    found = sorted(numbers)
    starts = found[:1] + [b for a, b in pairwise(found) if b != a + 1]
    ends = [a for a, b in pairwise(found) if b != a + 1] + found[-1:]
    return [a if a == b else f"{a}-{b}" for a, b in zip(starts, ends, strict=True)]


def numbers(written: Iterable[int | str]) -> list[int]:
    """What `spans` makes, undone."""
    found: list[int] = []
    for one in written:
        first, _, last = str(one).partition("-")
        found += range(int(first), int(last or first) + 1)
    return found


def main(folder: Path) -> None:
    digests: set[bytes] = set()
    about = {}
    for path in sorted(folder.glob("*.txt")):
        text = path.read_text("utf-8")
        digests |= {digest for digest, _ in runs(text)}
        filled = [n for n, line in enumerate(text.split("\n"), 1) if line.strip()]
        about[path.name.partition("_")[0]] = {
            "file": path.name,
            "sha256": hashlib.sha256(path.read_bytes()).hexdigest(),
            "lines": ", ".join(map(str, spans(filled))),
        }
    (HERE / "sources.shingles").write_bytes(b"".join(sorted(digests)))
    (HERE / "sources.yaml").write_text(yaml.safe_dump(about, sort_keys=True, width=96), "utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
