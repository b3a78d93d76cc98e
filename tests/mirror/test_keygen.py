from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from aigaq.mirror import keygen
from aigaq.output import refusal

if TYPE_CHECKING:
    from pathlib import Path


def test_what_a_key_signs_fits_what_it_was_made_of_and_nothing_else(
    keys: Any, tmp_path: Path
) -> None:
    made, reason = keygen.signed(b"words", keys.path("one"))
    (tmp_path / "sig").write_bytes(made)

    assert reason == ""
    assert keygen.fits(b"words", tmp_path / "sig")
    assert not keygen.fits(b"other words", tmp_path / "sig")


def test_a_file_that_is_no_key_is_told(tmp_path: Path) -> None:
    (tmp_path / "key").write_bytes(b"no key\n")

    made, reason = keygen.signed(b"words", tmp_path / "key")

    assert made == b""
    assert reason


def test_where_there_is_no_ssh_keygen_it_is_said_what_to_install(
    keys: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))

    with pytest.raises(refusal.Refused) as refused:
        keygen.signed(b"words", keys.path("one"))

    assert [problem.code for problem in refused.value.diagnostics] == ["A070"]


def test_one_that_knows_no_signatures_is_too_old(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    old = tmp_path / "ssh-keygen"
    old.write_text("#!/bin/sh\necho 'unknown option -- Y' >&2\nexit 1\n")
    old.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")

    with pytest.raises(refusal.Refused):
        keygen.fits(b"words", tmp_path / "sig")
