"""The system's own ssh-keygen, which makes and checks all signatures."""

from __future__ import annotations

import os
import subprocess
from typing import TYPE_CHECKING

from aigaq.output import refusal
from aigaq.words.diagnostics import Problem, Span

if TYPE_CHECKING:
    import datetime
    from pathlib import Path

NO_SSH_KEYGEN = Problem(
    "A070",
    "there is no ssh-keygen on this computer, or it is too old to sign and check files",
    "Install OpenSSH 8.9 or newer: `apt install openssh-client`, `brew install openssh`.",
)

NAMESPACE = "site-release"
_REASONS = (
    ("key has expired", "the key has expired by your list"),
    ("not yet valid", "the key is not valid yet by your list"),
    ("not permitted for use", "your list does not let this key sign releases"),
)
_OTHER = "ssh-keygen refuses it"
_TOO_OLD = (b"illegal option -- Y", b"unknown option -- Y", b'Invalid option "verify-time')


def fits(data: bytes, signature: Path) -> bool:
    """Whether a signature was made of these bytes, by whoever holds its key."""
    arguments = ("check-novalidate", "-n", NAMESPACE, "-s", str(signature))
    return _ran(data, *arguments).returncode == 0


def objection(
    data: bytes,
    signature: Path,
    *,
    signer: str,
    signers: Path,
    revoked: Path | None,
    now: datetime.datetime,
) -> str:
    """Why a signature does not count as that of a signer at a time; an empty text if it does.

    Days of validity are read as days in UTC, wherever the checker is.
    """
    arguments = ["verify", "-n", NAMESPACE, "-I", signer, "-f", str(signers)]
    arguments += ["-O", f"verify-time={now:%Y%m%d%H%M%S}", "-s", str(signature)]
    done = _ran(data, *arguments)
    if done.returncode:
        said = (done.stderr + done.stdout).decode("utf-8", "replace")
        return next((ours for theirs, ours in _REASONS if theirs in said), _OTHER)
    if revoked and _ran(data, *arguments, "-r", str(revoked)).returncode:
        return "the key has been revoked"
    return ""


def signed(data: bytes, key: Path) -> tuple[bytes, str]:
    """A new signature, or an empty one and why not; a passphrase is asked for on the terminal.

    `key` is a private key, or the public one of a key that an agent or a token holds.
    """
    done = _ran(data, "sign", "-n", NAMESPACE, "-f", str(key))
    if done.returncode == 0:
        return done.stdout, ""
    said = done.stderr.decode("utf-8", "replace").strip().splitlines()
    return b"", said[-1] if said else "ssh-keygen did not say why"


def _ran(data: bytes, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    own = {**os.environ, "LC_ALL": "C", "TZ": "UTC"}
    try:
        done = subprocess.run(  # noqa: S603
            ["ssh-keygen", "-Y", *arguments],  # noqa: S607 - whichever the system has
            input=data,
            env=own,
            capture_output=True,
            check=False,
        )
    except OSError:
        raise missing() from None
    if any(words in done.stderr for words in _TOO_OLD):
        raise missing()
    return done


def missing() -> refusal.Refused:
    """The refusal where ssh-keygen is not there, or too old."""
    return refusal.Refused(NO_SSH_KEYGEN.at(Span("ssh-keygen")))
