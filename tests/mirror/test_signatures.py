from __future__ import annotations

import base64
import datetime
import subprocess
from typing import TYPE_CHECKING, Any

import pytest

from aigaq.mirror import signatures, signers

if TYPE_CHECKING:
    from pathlib import Path

WORDS = b"words that are signed\n"


def judged(keys: Any, *made: bytes, pinned: bytes = b"", **options: Any) -> tuple[Any, Any]:
    """The names that count, and the problems."""
    pinned = pinned or keys.listed("one", "two")
    known, _ = signers.read(pinned, "pinned")
    files = [(f"sig.{number}", data) for number, data in enumerate(made)]
    asked = {"now": datetime.datetime(2026, 11, 23, 12, tzinfo=datetime.UTC), "revoked": None}
    counted, found = signatures.judged(
        WORDS, files, pinned=pinned, known=known, **(asked | options)
    )
    names = [signer.name.partition("@")[0] for signer in counted]
    return names, [f"{p.code} {dict(p.words).get('reason', '')}".strip() for p in found]


def test_signatures_by_different_people_count(keys: Any) -> None:
    made = [keys.signature(name, WORDS) for name in ("one", "two")]

    assert judged(keys, *made) == (["one", "two"], [])


def test_one_person_counts_once_with_two_keys(keys: Any) -> None:
    pinned = keys.line("one") + keys.line("two").replace("two@", "one@")
    made = [keys.signature(name, WORDS) for name in ("one", "two")]

    assert judged(keys, *made, pinned=pinned.encode()) == (["one"], [])


def test_a_signature_of_other_words_is_an_error(keys: Any) -> None:
    assert judged(keys, keys.signature("one", b"others")) == ([], ["A005"])


def test_a_signature_by_somebody_else_is_told_and_does_not_count(keys: Any) -> None:
    assert judged(keys, keys.signature("stranger", WORDS)) == ([], ["A006"])


@pytest.mark.parametrize(
    ("options", "reason"),
    [
        ('namespaces="git"', "your list does not let this key sign releases"),
        ('valid-before="20261123"', "the key has expired by your list"),
        ('valid-after="20261124"', "the key is not valid yet by your list"),
    ],
)
def test_a_key_counts_only_where_and_when_the_list_lets_it(
    keys: Any, options: str, reason: str
) -> None:
    made = keys.signature("one", WORDS)

    found = judged(keys, made, pinned=keys.line("one", options).encode())

    assert found == ([], [f"A007 {reason}"])


def test_days_of_validity_are_those_of_utc_wherever_the_checker_is(
    keys: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TZ", "Pacific/Kiritimati")
    made = keys.signature("one", WORDS)

    pinned = keys.line("one", 'valid-before="202611231201"').encode()

    assert judged(keys, made, pinned=pinned) == (["one"], [])


@pytest.mark.parametrize("form", ["krl", "list"])
def test_a_revoked_key_does_not_count(keys: Any, form: str, tmp_path: Path) -> None:
    public, revoked = keys.path("one").with_suffix(".pub"), tmp_path / "revoked"
    if form == "krl":
        subprocess.run(["ssh-keygen", "-q", "-k", "-f", revoked, public], check=True)
    else:
        revoked.write_bytes(public.read_bytes())
    made = [keys.signature(name, WORDS) for name in ("one", "two")]

    found = judged(keys, *made, revoked=revoked)

    assert found == (["two"], ["A007 the key has been revoked"])


def test_a_signature_is_read_in_one_form_only(keys: Any) -> None:
    made = keys.signature("one", WORDS)
    read = signatures.read("RELEASE.sig", made)
    assert read is not None
    [signer], _ = signers.read(keys.listed("one"), "pinned")
    assert read.key == signer.key
    body = made.split(b"-----\n")[1].split(b"\n-----")[0]
    loose = body.replace(b"=", b"")
    others = (
        *(b"", made[:-1], made + b"\n", b"\n" + made, made.replace(b"\n", b"\r\n")),
        *(made.replace(body, loose), made.replace(body, b"AAAA"), made.replace(b"SSH", b"PGP")),
        made.replace(body, base64.b64encode(b"SSHSIG\0\0\0\1\0\0\0\xff")),
    )
    assert [other for other in others if signatures.read("RELEASE.sig", other)] == []
