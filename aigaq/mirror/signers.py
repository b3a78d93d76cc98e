"""Who may sign: a list in OpenSSH's own form, which a checker keeps and takes from no copy."""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from aigaq.words.diagnostics import Problem, Span

if TYPE_CHECKING:
    from aigaq.words.diagnostics import Diagnostic

NOT_A_SIGNER = Problem(
    "A010",
    "this line names nobody who may sign, or not in the way that is understood here",
    'Write a name, namespaces="site-release", and the key, as in `editor@example.org'
    ' namespaces="site-release" ssh-ed25519 AAAA…`; no patterns, no authorities.',
)
TWICE = Problem(
    "A011",
    "this key stands in line {line} already",
    "Give each person a key of their own, and each key one line: a key counts once.",
)
NOBODY = Problem(
    "A012",
    "nobody who may sign is named here",
    "Get the list of signers from the archive's editors, from two places that are not this"
    " copy, and compare them: docs/mirrors/verify.md.",
)

NOT_ENOUGH = Problem(
    "A014",
    "the new list that comes with this release names {counted} signers, and you ask for"
    " {threshold}",
    "Do not use this copy yet, and ask the editors: with that list no release would count.",
)

_LINE = re.compile(
    r"(?P<name>[^\s\"*?!,]+)[ \t]+"
    r"(?:(?P<options>[a-z-]+(?:=\"[^\"]*\")?(?:,[a-z-]+(?:=\"[^\"]*\")?)*)[ \t]+)??"
    r"(?P<type>(?:sk-)?(?:ssh|ecdsa)-[\w@.-]+)[ \t]+(?P<key>[A-Za-z0-9+/]+=*)(?:[ \t].*)?"
)
_OPTIONS = frozenset({"namespaces", "valid-after", "valid-before"})


@dataclass(frozen=True, slots=True)
class Signer:
    """A name with a key, as the list has them."""

    name: str
    key: bytes

    @property
    def fingerprint(self) -> str:
        return fingerprint(self.key)


def fingerprint(key: bytes) -> str:
    """What ssh-keygen shows of a key: `SHA256:` and 43 letters."""
    made = base64.b64encode(hashlib.sha256(key).digest()).decode().rstrip("=")
    return f"SHA256:{made}"


def read(data: bytes, path: str) -> tuple[tuple[Signer, ...], list[Diagnostic]]:
    """Everybody on the list, whatever their namespaces and days: ssh-keygen judges those."""
    found: dict[bytes, tuple[int, Signer]] = {}
    problems: list[Diagnostic] = []
    for number, line in enumerate(data.decode("utf-8", "replace").split("\n"), start=1):
        if not line.strip() or line.startswith("#"):
            continue
        signer = _signer(line.rstrip("\r"))
        if signer is None:
            problems.append(NOT_A_SIGNER.at(Span(path, number)))
        elif signer.key in found:
            problems.append(TWICE.at(Span(path, number), line=found[signer.key][0]))
        else:
            found[signer.key] = number, signer
    if not found and not problems:
        problems.append(NOBODY.at(Span(path)))
    return tuple(signer for _, signer in found.values()), problems


def _signer(line: str) -> Signer | None:
    parts = _LINE.fullmatch(line)
    if parts is None:
        return None
    named = re.findall(r"([a-z-]+)(?:=\"[^\"]*\")?(?:,|$)", parts["options"] or "")
    if not _OPTIONS.issuperset(named):
        return None
    try:
        key = base64.b64decode(parts["key"], validate=True)
    except binascii.Error:
        return None
    kind = parts["type"].encode()
    return Signer(parts["name"], key) if key[4 : 4 + len(kind)] == kind else None
