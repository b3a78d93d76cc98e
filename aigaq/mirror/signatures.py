"""Signatures of a release: which count, and how many different people stand behind them."""

from __future__ import annotations

import base64
import binascii
import re
import struct
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from aigaq.mirror import keygen, manifest, signers
from aigaq.words.diagnostics import Problem, Severity, Span

if TYPE_CHECKING:
    import datetime
    from collections.abc import Iterable, Iterator

    from aigaq.mirror.signers import Signer
    from aigaq.words.diagnostics import Diagnostic

NOT_SIGNED = Problem(
    "A003",
    "nobody has signed this release: there is no RELEASE.sig",
    "Do not use this copy; take another one. If it is your own, sign it with"
    " `aigaq mirror sign`.",
)
NOT_A_SIGNATURE = Problem(
    "A004",
    "this is no signature by ssh-keygen",
    "Do not use this copy: something was put in the place of a signature.",
)
DOES_NOT_FIT = Problem(
    "A005",
    "this signature was not made of this RELEASE: one of the two was changed",
    "Do not use this copy; take another one, and tell who runs it.",
)
STRANGER = Problem(
    "A006",
    "this is a signature by a key that is not in your list, so it does not count: {key}",
    "If the archive has a new signer, a release that enough of your signers sign will bring"
    " the new list: docs/mirrors/keys.md.",
    Severity.WARNING,
)
NOT_COUNTED = Problem(
    "A007",
    "the signature of {signer} does not count: {reason}",
    "Ask the editors whether there is a newer release, and a newer list of signers.",
    Severity.WARNING,
)
TOO_FEW = Problem(
    "A008",
    "{counted} of your signers have signed this release, and you ask for {threshold}",
    "Do not use this copy yet: take a newer one, or ask the editors who should have signed.",
)

LARGEST = 16 * 1024  # bytes of one signature
MOST = 32  # signatures of one release

_ARMOR = re.compile(
    rb"-----BEGIN SSH SIGNATURE-----\n((?:[A-Za-z0-9+/=]{1,76}\n)+)"
    rb"-----END SSH SIGNATURE-----\n"
)
_MAGIC = b"SSHSIG" + struct.pack(">I", 1)


@dataclass(frozen=True, slots=True)
class Signature:
    """A signature file: its path, its bytes, and the public key that it says it is of."""

    path: str
    data: bytes
    key: bytes


def read(path: str, data: bytes) -> Signature | None:
    """The signature, or None; written in the one way, so that no changed byte goes unseen."""
    armor = _ARMOR.fullmatch(data)
    if armor is None:
        return None
    text = armor[1].replace(b"\n", b"")
    try:
        blob = base64.b64decode(text, validate=True)
    except binascii.Error:
        return None
    if base64.b64encode(blob) != text or not blob.startswith(_MAGIC):
        return None
    start = len(_MAGIC) + 4
    size = int.from_bytes(blob[start - 4 : start], "big")
    key = blob[start : start + size]
    return Signature(path, data, key) if len(key) == size > 0 else None


def judged(
    statement: bytes,
    files: Iterable[tuple[str, bytes]],
    *,
    pinned: bytes,
    known: Iterable[Signer],
    revoked: Path | None,
    now: datetime.datetime,
) -> tuple[tuple[Signer, ...], list[Diagnostic]]:
    """Whose signatures count, one for each name; and what is wrong with the others.

    `pinned` is the checker's own list, which `known` was read from.
    """
    by_key = {signer.key: signer for signer in known}
    counted: dict[str, Signer] = {}
    problems: list[Diagnostic] = []
    with tempfile.TemporaryDirectory() as folder:
        place, listed = Path(folder, "signature"), Path(folder, "signers")
        listed.write_bytes(pinned)
        for path, data in files:
            signature = read(path, data)
            if signature is None:
                problems.append(NOT_A_SIGNATURE.at(Span(path)))
                continue
            place.write_bytes(data)
            signer = by_key.get(signature.key)
            reason = signer and keygen.objection(
                statement, place, signer=signer.name, signers=listed, revoked=revoked, now=now
            )
            if signer and not reason:
                counted.setdefault(signer.name, signer)
            elif not keygen.fits(statement, place):
                problems.append(DOES_NOT_FIT.at(Span(path)))
            elif signer:
                words = {"signer": signer.name, "reason": reason}
                problems.append(NOT_COUNTED.at(Span(path), **words))
            else:
                key = signers.fingerprint(signature.key)
                problems.append(STRANGER.at(Span(path), key=key))
    return tuple(counted.values()), problems


def names() -> Iterator[str]:
    """The names that signatures of a release may have, in their order."""
    yield f"{manifest.STATEMENT}.sig"
    yield from (f"{manifest.STATEMENT}.sig.{number}" for number in range(2, MOST + 1))
