"""`aigaq mirror …` as an editor, a signer and a stranger meet it."""

from __future__ import annotations

import datetime
import shutil
import subprocess
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

Ran = tuple[int, str]


@pytest.fixture
def pinned(copy: Any, tmp_path: Path) -> Path:
    place = tmp_path / "pinned/allowed_signers"
    place.parent.mkdir()
    place.write_bytes(copy.pinned)
    return place


@pytest.fixture
def verify(copy: Any, pinned: Path, run: Any) -> Callable[..., Ran]:
    """Verifies the copy, whose release is of today as far as it knows."""
    today = datetime.datetime.now(datetime.UTC).date()
    copy.release({}, date=today, next_by=today + datetime.timedelta(days=90))
    return lambda *options: run("verify", copy.folder, "--signers", pinned, *options)


def test_a_site_is_packed_signed_and_verified(
    site: Any, keys: Any, run: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site.config(mirrors=True, address="https://archive.example.org/").testimony("t-1")
    site.write(".gitignore", ".cache/\npublic/\n")
    site.write("releases/allowed_signers", keys.listed("one", "two"))
    for arguments in (["init", "-q"], ["add", "-A"], ["commit", "-qm", "All"]):
        who = ["-c", "user.name=Placeholder", "-c", "user.email=p@example.org"]
        subprocess.run(["git", "-C", site.root, *who, *arguments], check=True)
    for name in ("one", "two"):
        shutil.copy(keys.path(name), tmp_path / name)
        shutil.copy(keys.path(name).with_suffix(".pub"), tmp_path / f"{name}.pub")
    pinned = shutil.copy(site.root / "releases/allowed_signers", tmp_path / "pinned")
    monkeypatch.chdir(site.root)

    status, said = run("pack")
    assert (status, "Release 1, " in said) == (0, True)
    for name in ("one", "two"):
        assert run("sign", "--key", tmp_path / name)[0] == 0
    status, said = run("verify", "public", "--signers", pinned, "--threshold", "2")

    assert status == 0, said
    assert "Signed by one@example.org, two@example.org: 2 of your 2 signers" in said
    assert (site.root / "releases/RELEASE.sig.2").is_file()


def test_a_good_copy_is_told_with_what_was_not_known_before(verify: Any) -> None:
    status, said = verify("--threshold", "2")

    assert status == 0
    assert said.startswith("Good: release 1 of https://archive.example.org/, ")
    assert "This was your first check" in said
    assert "This was your first check" not in verify()[1]


def test_an_altered_copy_has_status_1_and_names_the_file(copy: Any, verify: Any) -> None:
    copy.write("index.html", b"others")

    status, said = verify()

    assert status == 1
    assert said.startswith("index.html: error A033: this file is not the one")


def test_a_copy_that_was_set_back_has_status_2(copy: Any, verify: Any) -> None:
    old = shutil.copytree(copy.folder, copy.folder.with_name("old"))
    copy.next({"new.html": b"new"})
    assert verify()[0] == 0
    shutil.rmtree(copy.folder)
    old.rename(copy.folder)

    status, said = verify()

    assert (status, "A021" in said) == (2, True)


def test_a_copy_that_is_not_there_has_status_3(copy: Any, verify: Any) -> None:
    shutil.rmtree(copy.folder)

    status, said = verify()

    assert (status, "A071" in said) == (3, True)


@pytest.mark.parametrize(
    "options",
    [
        ("--threshold", "4"),
        ("--threshold", "0"),
        ("--page", "index.html", "--sample", "2"),
        ("--sample", "many"),
    ],
)
def test_a_wrong_use_has_status_4(verify: Any, options: Any) -> None:
    assert verify(*options)[0] == 4


@pytest.mark.parametrize("text", ["", "*@example.org ssh-ed25519 AAAA\n"])
def test_a_list_of_signers_that_cannot_be_used_has_status_4(
    verify: Any, pinned: Path, text: str
) -> None:
    pinned.write_text(text)

    assert verify()[0] == 4


def test_without_ssh_keygen_it_is_said_what_to_install(
    verify: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))

    status, said = verify()

    assert (status, "A070" in said, "Traceback" in said) == (4, True, False)


def test_one_page_can_be_checked_alone(copy: Any, verify: Any) -> None:
    copy.write("en/testimonies/t-2.html", b"others")

    status, said = verify("--page", "en/testimonies/t-1.html")

    assert (status, "Only 1 of 6 files were read" in said) == (0, True)
    assert verify("--page", "en/testimonies/t-2.html")[0] == 1


def test_a_sample_says_how_little_it_saw(verify: Any) -> None:
    status, said = verify("--sample", "3")

    assert (status, "Only 3 of 6 files were read" in said) == (0, True)
    assert "were read" not in verify("--sample", "99")[1]


def test_a_revoked_key_is_one_too_few(verify: Any, keys: Any) -> None:
    revoked = keys.path("one").with_suffix(".pub")

    assert verify("--threshold", "2", "--revoked", revoked)[0] == 1


def test_a_new_list_is_taken_over_only_when_asked(
    copy: Any, verify: Any, keys: Any, pinned: Path
) -> None:
    new = keys.listed("one", "two", "stranger")
    copy.next({"allowed_signers": new})

    status, said = verify("--threshold", "2")
    assert (status, "A013" in said, pinned.read_bytes()) == (0, True, copy.pinned)

    assert verify("--threshold", "2", "--pin")[0] == 0
    assert pinned.read_bytes() == new


def test_thousands_of_problems_are_not_all_printed(copy: Any, verify: Any) -> None:
    for number in range(200):
        copy.write(f"new/{number}.html", b"new")

    status, said = verify()

    assert (status, said.count("A035"), "… and 150 more." in said) == (1, 50, True)


def test_a_signer_is_told_which_file_is_theirs(
    copy: Any, verify: Any, keys: Any, run: Any, tmp_path: Path
) -> None:
    for suffix in ("", ".pub"):
        shutil.copy(f"{keys.path('three')}{suffix}", tmp_path / f"three{suffix}")

    assert (
        "RELEASE.sig.3 is your signature"
        in run("sign", copy.folder, "--key", tmp_path / "three")[1]
    )
    copy.release({"other.html": b"other"}, ledger=copy.ledger)
    assert run("sign", copy.folder, "--key", tmp_path / "three")[0] == 2
    copy.write("other.html", b"altered")
    assert run("sign", copy.folder, "--key", tmp_path / "three")[0] == 1
