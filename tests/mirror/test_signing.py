from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Any

import pytest

from aigaq.mirror import signing

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

NOW = datetime.datetime(2026, 11, 23, 12, tzinfo=datetime.UTC)
Signed = tuple[str, list[str]]


@pytest.fixture
def key(keys: Any, tmp_path: Path) -> Callable[[str], Path]:
    """A key of a person who has signed nothing yet."""

    def own(name: str) -> Path:
        place: Path = tmp_path / name
        if not place.exists():
            place.write_bytes(keys.path(name).read_bytes())
            place.chmod(0o600)
            public = keys.path(name).with_suffix(".pub").read_bytes()
            place.with_suffix(".pub").write_bytes(public)
        return place

    return own


@pytest.fixture
def sign(copy: Any, key: Callable[[str], Path]) -> Callable[..., Signed]:
    copy.write("allowed_signers", copy.pinned).release({}).signed()

    def signed(name: str, **options: Any) -> Signed:
        asked = {"noted": None, "now": NOW} | options
        made, found = signing.sign(copy.folder, key(name), **asked)
        return made, [f"{p.code} {p.span.path}" for p in found]

    return signed


def test_each_signer_adds_a_signature(copy: Any, sign: Any) -> None:
    assert sign("one") == ("RELEASE.sig", [])
    assert sign("two") == ("RELEASE.sig.2", [])
    assert copy.told() == (0, [])


def test_who_signs_twice_has_signed_once(copy: Any, sign: Any) -> None:
    sign("one")

    assert sign("one") == ("RELEASE.sig", [])
    assert sorted(path.name for path in copy.folder.glob("*.sig*")) == ["RELEASE.sig"]


def test_a_key_signs_no_older_release(copy: Any, sign: Any) -> None:
    before = {path: copy.read(path) for path in copy.paths()}
    copy.next({"new.html": b"new"})
    sign("one")
    for path, data in before.items():
        copy.write(path, data)
    (copy.folder / "new.html").unlink()

    assert sign("one") == ("", ["A061 RELEASE"])
    assert sign("two")[1] == []  # who has not signed the later one


def test_a_key_signs_no_second_release_of_one_number(copy: Any, sign: Any) -> None:
    sign("one")
    copy.release({"new.html": b"new"}, ledger=copy.ledger).signed()

    assert sign("one") == ("", ["A062 RELEASE"])
    assert "RELEASE.sig" not in copy.paths()


def test_what_a_key_has_signed_of_another_archive_does_not_matter(copy: Any, sign: Any) -> None:
    copy.next({}, seq=9, site="https://other.example.org/").signed()
    sign("one")
    copy.release({}, ledger=copy.ledger).signed()

    assert sign("one") == ("RELEASE.sig", [])


def test_nothing_is_signed_that_is_not_whole(copy: Any, sign: Any) -> None:
    copy.write("index.html", b"others").write("en/new.html", b"new")

    assert sign("one") == ("", ["A035 en/new.html", "A033 index.html"])
    assert "RELEASE.sig" not in copy.paths()


def test_nothing_is_signed_that_is_stale_already(sign: Any) -> None:
    later = datetime.datetime(2027, 3, 1, tzinfo=datetime.UTC)

    assert sign("one", now=later) == ("", ["A020 RELEASE"])


def test_a_key_that_the_release_does_not_list_is_told(sign: Any) -> None:
    assert sign("stranger") == ("RELEASE.sig", ["A064 allowed_signers"])


def test_a_file_that_is_no_key_is_told(copy: Any, sign: Any, key: Any) -> None:
    key("one").write_bytes(b"no key\n")
    key("one").with_suffix(".pub").unlink()

    made, found = sign("one")

    assert (made, [one.partition(" ")[0] for one in found]) == ("", ["A063"])


def test_the_signature_of_the_noted_release_is_noted_too(
    copy: Any, sign: Any, tmp_path: Path
) -> None:
    noted = tmp_path / "releases"
    noted.mkdir()
    (noted / "RELEASE").write_bytes(copy.read("RELEASE"))

    sign("one", noted=noted)
    assert (noted / "RELEASE.sig").read_bytes() == copy.read("RELEASE.sig")

    (noted / "RELEASE").write_bytes(b"another release")
    sign("two", noted=noted)
    assert not (noted / "RELEASE.sig.2").exists()
