"""What of a release is carried out, and that nothing is that nobody has signed."""

from __future__ import annotations

from typing import Any

import pytest

from aigaq.mirror import payload
from aigaq.output import refusal


def refused(copy: Any) -> str:
    with pytest.raises(refusal.Refused) as found:
        payload.of(copy.folder)
    assert found.value.exit_status == 4
    return str(found.value)


def test_it_is_all_that_is_signed_and_the_signatures(copy: Any) -> None:
    copy.write("source.git/HEAD", b"x").write("site.torrent", b"x").write("stranger", b"x")

    carried = payload.of(copy.folder)

    assert carried.release.seq == 1
    assert carried.paths[:5] == (
        *("RELEASE", "RELEASE.sig", "RELEASE.sig.2"),
        *("LEDGER", "SHA256SUMS"),
    )
    left = {"source.git/HEAD", "site.torrent", "stranger", ".aigaq-site", "SHA256SUMS.parts"}
    assert {*carried.paths} == {*copy.paths()} - left


def test_a_release_without_a_signature_is_refused_with_what_to_do(copy: Any) -> None:
    said = refused(copy.signed())

    assert "error A090" in said
    assert "Sign it with `aigaq mirror sign`, commit releases/" in said


def test_a_signature_of_another_release_is_none(copy: Any) -> None:
    old = copy.read("RELEASE.sig")
    copy.next({"new.html": b"new"}).signed().write("RELEASE.sig", old)

    assert "A090" in refused(copy)


def test_a_folder_without_a_release_is_refused(copy: Any) -> None:
    (copy.folder / "RELEASE").unlink()

    assert "A002" in refused(copy)


def test_a_manifest_that_was_changed_is_refused(copy: Any) -> None:
    copy.write("SHA256SUMS", copy.read("SHA256SUMS").replace(b"a", b"b"))

    assert "A091" in refused(copy)


@pytest.mark.parametrize(
    ("site", "name"),
    [
        ("https://archive.example.org/", "archive.example.org"),
        ("https://archive.example.org:8443", "archive.example.org"),
        ("https://example.org/voices/", "voices"),
        ("https://example.org/a/%D2%9B/", "_D2_9B"),
        ("https://example.org/../", "site"),
        ("https://[2001:db8::1]/", "2001_db8__1"),
    ],
)
def test_a_copy_is_called_as_its_address_ends(site: str, name: str) -> None:
    assert payload.name(site) == name


def test_an_archive_lies_beside_the_folder(copy: Any) -> None:
    place = payload.of(copy.folder).beside("tar")

    assert place == copy.folder.parent / "archive.example.org-1.tar"
