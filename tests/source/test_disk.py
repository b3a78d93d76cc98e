"""The walker: everything below the root, nothing else, and no surprise is an exception."""

from __future__ import annotations

import hashlib
import os

import pytest

from aigaq.source import disk
from aigaq.words.diagnostics import Diagnostic

T = "content/testimonies"


@pytest.fixture
def site(tmp_path):
    """A small good site, in a folder with a neighbour that must never be touched."""
    (tmp_path / "neighbour").mkdir()
    (tmp_path / "neighbour/secret.md").write_text("CANARY")
    root = tmp_path / "site"
    put(root, "site.yaml", "title: x\n")
    put(root, f"{T}/t-1.kk.md", "---\ntitle: Айғақ\n---\n")
    return root


def put(root, path, content=""):
    place = root / path
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(content if isinstance(content, bytes) else content.encode())
    return place


def paths(root):
    return [source.path for source in disk.sources(root)[0]]


def told(root):
    return [f"{one.span} {one.code}" for one in disk.sources(root)[2]]


def test_texts_are_read_and_media_are_listed_in_the_order_of_their_paths(site):
    put(site, "content/people/p-b.yaml", "sex: female\n")
    put(site, "content/people/sub/p-a.yaml", "sex: male\n")
    put(site, "content/topics.yaml", "[]\n")
    put(site, "content/media/scarf.jpg", b"\xff\xd8 not read")
    put(site, "content/media/scarf.jpg.yaml", "credit: x\n")
    put(site, "content/media/talk.vtt", "WEBVTT\n")

    read, media, found = disk.sources(site)

    assert [source.path for source in read] == [
        "content/media/scarf.jpg.yaml",
        "content/media/talk.vtt",
        "content/people/p-b.yaml",
        "content/people/sub/p-a.yaml",
        f"{T}/t-1.kk.md",
        "content/topics.yaml",
        "site.yaml",
    ]
    assert [(file.path, file.size) for file in media] == [("content/media/scarf.jpg", 11)]
    assert found == []


def test_a_source_is_text_with_the_digest_of_that_text(site):
    text = "---\ntitle: Айғақ\n---\n"

    source = disk.read(site, f"{T}/t-1.kk.md")[0]

    assert source.text == text
    assert source.digest == hashlib.sha256(text.encode()).hexdigest()


def test_a_checkout_with_bom_and_crlf_is_the_same_source(site):
    first = disk.read(site, f"{T}/t-1.kk.md")
    put(site, f"{T}/t-1.kk.md", "\ufeff---\r\ntitle: Айғақ\r\n---\r\n")

    assert disk.read(site, f"{T}/t-1.kk.md") == first


def test_a_folder_that_is_no_site_says_what_is_missing(tmp_path):
    assert told(tmp_path) == ["content K001", "site.yaml K001"]
    assert told(tmp_path / "nowhere") == ["content K001", "site.yaml K001"]


def test_a_link_to_a_file_is_an_error_and_is_not_followed(site):
    (site / T / "t-2.kk.md").symlink_to(site.parent / "neighbour/secret.md")

    assert told(site) == [f"{T}/t-2.kk.md K002"]
    assert paths(site) == [f"{T}/t-1.kk.md", "site.yaml"]


def test_a_link_to_a_folder_is_an_error_and_is_not_followed(site):
    (site / "content/people").symlink_to(site.parent / "neighbour")

    assert told(site) == ["content/people K002"]
    assert paths(site) == [f"{T}/t-1.kk.md", "site.yaml"]


def test_a_link_to_nowhere_and_a_link_in_a_circle_are_errors(site):
    (site / "content/a.md").symlink_to("nowhere")
    (site / "content/b").symlink_to("b")

    assert told(site) == ["content/a.md K002", "content/b K002"]


@pytest.mark.parametrize("path", ["site.yaml", "content"])
def test_the_beginnings_are_no_links_either(site, path):
    (site / path).rename(site.parent / "moved")
    (site / path).symlink_to(site.parent / "moved")

    assert told(site) == [f"{path} K002"]


def test_the_root_itself_may_be_reached_by_a_link(site):
    (site.parent / "link").symlink_to(site)

    assert told(site.parent / "link") == []


def test_a_pipe_is_refused_and_does_not_hang(site):
    os.mkfifo(site / T / "t-2.kk.md")

    assert told(site) == [f"{T}/t-2.kk.md K003"]
    assert disk.read(site, f"{T}/t-2.kk.md")[1][0].code == "K003"


def test_a_folder_in_place_of_the_settings_is_refused(site):
    (site / "site.yaml").unlink()
    (site / "site.yaml").mkdir()

    assert told(site) == ["site.yaml K003"]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_without_permission_is_a_diagnostic(site):
    (site / T / "t-1.kk.md").chmod(0)

    assert told(site) == [f"{T}/t-1.kk.md K004"]


def test_a_file_that_vanished_since_the_scan_is_a_diagnostic(site):
    source, (found,) = disk.read(site, f"{T}/gone.kk.md")

    assert (source, found.code) == (None, "K004")
    assert found.message == "this cannot be read: No such file or directory"


def test_a_text_of_256_kb_is_read_and_one_byte_more_is_not(site):
    put(site, f"{T}/t-2.kk.md", "x" * 2**18)
    put(site, f"{T}/t-3.kk.md", "x" * (2**18 + 1))

    assert told(site) == [f"{T}/t-3.kk.md K005"]


ENCODINGS = {
    "Latin-1": ("a\nJosé".encode("latin-1"), ":2:4 K006", "0xE9"),
    "Windows-1251": (
        "Айғақ".replace("ғ", "г").replace("қ", "к").encode("cp1251"),
        ":1:1 K006",
        "0xC0",
    ),
    "cut off": ("ә\nә".encode()[:-1], ":2:1 K006", "0xD3"),
    "behind a BOM": (b"\xef\xbb\xbfab\xff", ":1:3 K006", "0xFF"),
    "a surrogate": (b"ab\xed\xa0\x80", ":1:3 K006", "0xED"),
    "overlong": (b"\xc0\xaf", ":1:1 K006", "0xC0"),
    "UTF-16 little": ("ab".encode("utf-16"), " K007", "UTF-16"),
    "UTF-16 big": (b"\xfe\xff\0a", " K007", "UTF-16"),
    "UTF-32": ("ab".encode("utf-32"), " K007", "UTF-32"),
    "UTF-16 without BOM": ("a\nb".encode("utf-16-le"), ":1:2 K008", "NUL"),
    "NUL": (b"ab\nc\0", ":2:2 K008", "NUL"),
}


@pytest.mark.parametrize(("raw", "place", "word"), ENCODINGS.values(), ids=ENCODINGS.keys())
def test_what_is_not_utf_8_is_named_at_its_place(site, raw, place, word):
    put(site, f"{T}/t-2.kk.md", raw)

    assert told(site) == [f"{T}/t-2.kk.md{place}"]
    found = disk.sources(site)[2][0]
    assert word in found.message
    assert "UTF-8" in found.remedy


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("T-2.kk.md", "t-2.kk.md"),
        ("jos\u00e9.kk.md", "jose\u0301.kk.md"),
        ("STRASSE.md", "straße.md"),
        ("\u212b.md", "\u00e5.md"),
    ],
)
def test_names_that_are_one_on_other_computers_are_an_error_naming_both(site, one, other):
    put(site, f"{T}/{one}")
    put(site, f"{T}/{other}")

    first, second = sorted([f"{T}/{one}", f"{T}/{other}"])
    assert told(site) == [f"{second} K009"]
    assert first in disk.sources(site)[2][0].message


def test_twins_among_media_and_in_twin_folders_are_found_too(site):
    put(site, "content/media/A.jpg")
    put(site, "content/media/a.JPG")
    put(site, "content/People/p.yaml")
    put(site, "content/people/p.yaml")

    assert told(site) == ["content/media/a.JPG K009", "content/people/p.yaml K009"]


@pytest.mark.parametrize(
    "name",
    [
        *("t-2.kk.md~", ".#t-2.kk.md", "#t-2.kk.md#", "t-2.kk.md.orig", "t-2.md.BAK"),
        *(".t-2.kk.md.swp", "~$t-2.kk.md", ".t-2.kk.md", "t-2.kk.md.rej"),
    ],
)
def test_a_copy_left_behind_is_not_read_and_is_a_warning(site, name):
    put(site, f"{T}/{name}", "CANARY")

    read, _, (found,) = disk.sources(site)

    assert (len(read), found.code, found.is_error) == (2, "K011", False)


def test_the_lock_of_an_editor_is_no_link_to_complain_about(site):
    (site / T / ".#t-1.kk.md").symlink_to("user@host.1234")

    assert told(site) == [f"{T}/.#t-1.kk.md K011"]


@pytest.mark.parametrize(
    "name", [".DS_Store", "Thumbs.db", "desktop.ini", ".gitkeep", ".git/x.md"]
)
def test_what_nobody_takes_for_content_is_passed_over_in_silence(site, name):
    put(site, f"content/people/{name}")
    put(site, f"content/media/{name}")

    assert told(site) == []
    assert disk.sources(site)[1] == ()


def test_a_copy_of_a_picture_left_behind_is_no_media(site):
    put(site, "content/media/scarf.jpg~")

    _, media, (found,) = disk.sources(site)

    assert (media, found.code) == ((), "K011")


@pytest.mark.parametrize(
    "path",
    [
        *(f"{T}/t-2.kk.txt", f"{T}/t-2.kk.MD", f"{T}/t-2.docx", "content/people/p.yml"),
        *(
            "content/media/t-2.kk.md",
            "content/media/a.jpg.yml",
            "content/a.jpg",
            "content/README",
        ),
    ],
)
def test_a_file_of_an_unknown_kind_is_an_error(site, path):
    put(site, path)

    _, media, (found,) = disk.sources(site)

    assert (media, str(found.span), found.code, found.is_error) == ((), path, "K012", True)


@pytest.mark.parametrize("char", ["\\", "\x1b", "\n", "\u200b", "\u202e", ":", "\u00a0"])
def test_a_name_that_cannot_be_printed_or_kept_everywhere_is_refused(site, char):
    put(site, f"{T}/t{char}2.kk.md")

    read, _, (found,) = disk.sources(site)

    assert (len(read), found.code) == (2, "K010")
    assert f"U+{ord(char):04X}" in found.message
    assert char == "\\" or char == ":" or char not in str(found.span)


def test_a_name_in_another_encoding_is_refused(site):
    put(site, "content/" + os.fsdecode(b"t-\xe9.kk.md"))

    assert [one.code for one in disk.sources(site)[2]] == ["K010"]


def test_nothing_beside_site_yaml_and_content_is_looked_at(site):
    put(site, "drafts/t-9.kk.md", b"\xff")
    put(site, "templates/page.html", b"\xff")

    assert told(site) == []


def test_a_deep_folder_is_read_like_any_other(site):
    deep = "content/" + "/".join("d" * 60)
    put(site, f"{deep}/t-2.kk.md")

    assert f"{deep}/t-2.kk.md" in paths(site)


def test_media_are_read_by_their_path(site):
    put(site, "content/media/a/scarf.jpg", b"\xff\xd8\0")

    assert disk.read_media(site, "content/media/a/scarf.jpg") == b"\xff\xd8\0"


@pytest.mark.parametrize(
    "path",
    [
        *(
            "../neighbour/secret.md",
            "content/media/../../../neighbour/secret.md",
            "/etc/passwd",
        ),
        *("content/media/./a.jpg", "content/media//a.jpg", "content/media/", "content/media"),
        *("content/media/a\0.jpg", "content\\media\\a.jpg", "content/media/..\\a.jpg"),
        *("content/media/C:/a.jpg", "site.yaml", f"{T}/t-1.kk.md", ""),
    ],
)
def test_no_path_leads_out_of_the_media_folder(site, path):
    put(site, "content/media/a.jpg")

    refused = disk.read_media(site, path)

    assert isinstance(refused, Diagnostic)
    assert refused.code == "K013"


@pytest.mark.parametrize("path", ["content/media/link.jpg", "content/media/folder/secret.md"])
def test_media_are_not_read_through_links(site, path):
    (site / "content/media").mkdir()
    (site / "content/media/link.jpg").symlink_to(site.parent / "neighbour/secret.md")
    (site / "content/media/folder").symlink_to(site.parent / "neighbour")

    refused = disk.read_media(site, path)

    assert isinstance(refused, Diagnostic)
    assert refused.code == "K002"


def test_a_scan_opens_nothing(site):
    put(site, f"{T}/t-2.kk.md", b"\xff")

    tree, found = disk.scan(site)

    assert [file.path for file in tree.texts] == [
        f"{T}/t-1.kk.md",
        f"{T}/t-2.kk.md",
        "site.yaml",
    ]
    assert found == []
