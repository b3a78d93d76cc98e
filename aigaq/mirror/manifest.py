"""`SHA256SUMS`: every file of a release by its digest, but the few that it cannot hold."""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING

from aigaq.output import paths, targets
from aigaq.words.diagnostics import Problem, Span

if TYPE_CHECKING:
    from collections.abc import Mapping

    from aigaq.words.diagnostics import Diagnostic

NAME = "SHA256SUMS"
HINT = "SHA256SUMS.parts"
STATEMENT = "RELEASE"
LEDGER = "LEDGER"
SIGNERS = "allowed_signers"
MIRRORS = "MIRRORS"
SIGNATURE = re.compile(r"RELEASE\.sig(?:\.[1-9][0-9]?)?")

NOT_A_LINE = Problem(
    "A031",
    "this is no line of {name}: a digest, two spaces and a path, sorted by the path",
    "Do not use this copy; take another one. If it was signed so, tell its signers.",
)

# What is not in SHA256SUMS: what it is signed by, what follows from it, and what no copy needs.
_DETACHED = frozenset({NAME, HINT, STATEMENT, LEDGER, "site.torrent", targets.MARKER})
# A repository that any server can serve as files, and nothing that a browser shows.
_REPOSITORY = re.compile(
    r"source\.git/(?:HEAD|config|packed-refs|info/refs|changes\.bundle|objects/info/packs"
    r"|objects/pack/pack-[0-9a-f]{40}\.(?:pack|idx|rev)|objects/[0-9a-f]{2}/[0-9a-f]{38}"
    r"|refs/(?:heads|tags)/[\w-]+)"
)
_LINE = re.compile(r"([0-9a-f]{64})  ([^\n]+)\n")


def is_detached(path: str) -> bool:
    """Whether a file stands beside the manifest, not in it: it is judged by its own rules."""
    if path in _DETACHED or SIGNATURE.fullmatch(path):
        return True
    return _REPOSITORY.fullmatch(path) is not None


def may_be_listed(path: str) -> bool:
    """Whether a path may stand in the manifest: safe on every system, and not detached."""
    return paths.is_safe(path) and not is_detached(path)


def text(digests: Mapping[str, str]) -> str:
    """The file, as `LC_ALL=C sort` would order its paths and `sha256sum -c` reads it."""
    ordered = sorted(digests, key=lambda path: path.encode())
    return "".join(f"{digests[path]}  {path}\n" for path in ordered)


def read(data: bytes) -> tuple[dict[str, str], list[Diagnostic]]:
    """The digest of each path; strict, so that no two files say the same in other ways."""
    digests: dict[str, str] = {}
    before = b""
    try:
        lines = data.decode().split("\n")
    except UnicodeDecodeError as error:
        broken = data.count(b"\n", 0, error.start) + 1
        return {}, [NOT_A_LINE.at(Span(NAME, broken), name=NAME)]
    last = lines.pop()
    for number, line in enumerate(lines, start=1):
        found = _LINE.fullmatch(f"{line}\n")
        key = found[2].encode() if found else b""
        if not found or key <= before or not may_be_listed(found[2]):
            return {}, [NOT_A_LINE.at(Span(NAME, number), name=NAME)]
        digests[found[2]] = found[1]
        before = key
    if last or not digests:
        return {}, [NOT_A_LINE.at(Span(NAME, len(lines) + 1), name=NAME)]
    return digests, []


def digest(data: bytes) -> str:
    """SHA-256 as 64 digits and letters."""
    return hashlib.sha256(data).hexdigest()
