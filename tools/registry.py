"""The package registry that pip is set up to ask: its files by digest, and what it warns of.

Asked through pip itself, so that the mirror, the proxy and the certificates that are set for
pip hold here, too, and no address stands in the repository.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pip._internal.commands import create_command
from pip._internal.index.collector import LinkCollector, parse_links
from pip._internal.models.link import Link
from pip._vendor.packaging.utils import (
    canonicalize_name,
    parse_sdist_filename,
    parse_wheel_filename,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

ROOT = Path(__file__).resolve().parents[1]
RUN, TEST = ROOT / "requirements.txt", ROOT / "requirements-test.txt"
OLDEST = 11  # of the Pythons 3.x that the program runs on

_PIN = re.compile(r"^([\w.-]+)==(\S+)(?: ; ([^\\\n]+))?((?: \\\n +--hash=sha256:\w+)*)$", re.M)


@dataclass(frozen=True, slots=True)
class Pin:
    """A package of one version, in the files that may be installed of it."""

    name: str
    version: str
    marker: str
    hashes: tuple[str, ...]  # sha256


@dataclass(frozen=True, slots=True)
class File:
    """What a registry offers."""

    name: str
    sha256: str
    yanked: str | None  # why, which may be empty


def pins(*places: Path) -> dict[str, Pin]:
    """What the files pin, by the normal form of the name; a file may be missing."""
    found = {}
    for place in places:
        for name, version, marker, hashes in _PIN.findall(
            place.read_text("utf-8") if place.is_file() else ""
        ):
            digests = tuple(re.findall(r"sha256:(\w+)", hashes))
            found[canonicalize_name(name)] = Pin(name, version, marker.strip(), digests)
    return found


class Registry:
    """The first index that pip asks. Others that are set beside it are not trusted here."""

    def __init__(self) -> None:
        command: Any = create_command("install", isolated=False)
        options, _ = command.parse_args([])
        session = command._build_session(options)  # noqa: SLF001 (the one that `install` takes)
        self._index = options.index_url.rstrip("/")
        self._collector = LinkCollector.create(session, options)
        self._session = session

    def files(self, name: str) -> Mapping[str, list[File]]:
        """What can be installed of a package, by version; nothing where it does not answer."""
        page = self._collector.fetch_response(Link(f"{self._index}/{name}/"))
        found: dict[str, list[File]] = defaultdict(list)
        for link in parse_links(page) if page else ():
            version = _version(link.filename)
            if version and link.hash_name == "sha256":
                found[version].append(File(link.filename, link.hash, link.yanked_reason))
        return found

    def warnings(self, name: str, version: str) -> list[str] | None:
        """The known vulnerabilities of a version by their ids; None where it tells of none."""
        place = f"{self._index.removesuffix('/simple')}/pypi/{name}/{version}/json"
        try:
            answer = self._session.get(place, timeout=20)
            told = answer.json()["vulnerabilities"] if answer.ok else None
        except (OSError, ValueError, KeyError):
            return None
        return None if told is None else [one["id"] for one in told if not one["withdrawn"]]


def _version(file: str) -> str:
    """Of a file that the program's Pythons can install; else nothing."""
    try:
        if not file.endswith(".whl"):
            return str(parse_sdist_filename(file)[1])
        _, version, _, tags = parse_wheel_filename(file)
    except ValueError:
        return ""
    return str(version) if any(_fits(tag.interpreter, tag.abi) for tag in tags) else ""


def _fits(interpreter: str, abi: str) -> bool:
    numbered = re.fullmatch(r"(?:cp|pp)3(\d+)", interpreter)
    if numbered:
        return abi == "abi3" or int(numbered[1]) >= OLDEST
    return interpreter.startswith("py3")
