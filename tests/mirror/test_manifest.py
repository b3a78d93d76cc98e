from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

import pytest

from aigaq.mirror import manifest

if TYPE_CHECKING:
    from pathlib import Path

DIGEST = manifest.digest(b"words")


def test_what_is_written_is_read_again() -> None:
    digests = {"en/a.html": DIGEST, "en/Z.html": manifest.digest(b""), "ё.html": DIGEST}

    assert manifest.read(manifest.text(digests).encode()) == (digests, [])


def test_sha256sum_and_sort_agree(tmp_path: Path) -> None:
    (tmp_path / "en").mkdir()
    for path in ("en/a.html", "en-US.html", "Z.html", "ё.html"):
        (tmp_path / path).write_bytes(b"words")
    paths = ["en/a.html", "en-US.html", "Z.html", "ё.html"]
    written = manifest.text(dict.fromkeys(paths, DIGEST))
    (tmp_path / "SHA256SUMS").write_text(written, "utf-8")

    command = ["sha256sum", "--quiet", "--strict", "-c", "SHA256SUMS"]
    assert subprocess.run(command, cwd=tmp_path, check=False).returncode == 0
    command = ["sort", "-c", "-k", "2", "SHA256SUMS"]
    assert (
        subprocess.run(command, cwd=tmp_path, env={"LC_ALL": "C"}, check=False).returncode == 0
    )


@pytest.mark.parametrize(
    "text",
    [
        *("", "\n", f"{DIGEST}  a.html", f"{DIGEST} a.html\n", f"{DIGEST} *a.html\n"),
        *(f"{DIGEST.upper()}  a.html\n", f"{DIGEST[1:]}  a.html\n", f"{DIGEST}  a.html\r\n"),
        *(f"\\{DIGEST}  a.html\n", f"{DIGEST}  a.html\n\n", f"# comment\n{DIGEST}  a.html\n"),
    ],
)
def test_a_line_in_any_other_form_is_refused(text: str) -> None:
    assert [p.code for p in manifest.read(text.encode())[1]] == ["A031"]


def test_what_is_no_utf_8_is_told_with_its_line() -> None:
    [problem] = manifest.read(f"{DIGEST}  a.html\n{DIGEST}  b".encode() + b"\xff\n")[1]

    assert str(problem.span) == "SHA256SUMS:2"


@pytest.mark.parametrize("path", ["a.html", "a.html\n", "0.html"])
def test_lines_out_of_order_or_twice_are_refused(path: str) -> None:
    text = f"{DIGEST}  a.html\n{DIGEST}  {path.strip()}\n"

    assert [str(p.span) for p in manifest.read(text.encode())[1]] == ["SHA256SUMS:2"]


@pytest.mark.parametrize(
    "path",
    [
        *(
            "../a.html",
            "/etc/passwd",
            "a//b.html",
            "./a.html",
            "a/..",
            "a\\b",
            "c:a",
            "a ",
            "a.",
        ),
        *("a\tb", "a\x1b[2J.html", "x" * 256),
    ],
)
def test_a_path_that_leads_elsewhere_or_cannot_be_written_everywhere_is_refused(
    path: str,
) -> None:
    assert manifest.read(f"{DIGEST}  {path}\n".encode())[0] == {}


@pytest.mark.parametrize(
    "path",
    [
        *("SHA256SUMS", "RELEASE", "RELEASE.sig", "RELEASE.sig.2", "LEDGER", "site.torrent"),
        *("source.git/HEAD", "source.git/info/refs", "source.git/refs/heads/main"),
        f"source.git/objects/pack/pack-{'0' * 40}.pack",
    ],
)
def test_what_is_judged_by_rules_of_its_own_cannot_be_listed(path: str) -> None:
    assert manifest.is_detached(path)
    assert manifest.read(f"{DIGEST}  {path}\n".encode())[0] == {}


@pytest.mark.parametrize(
    "path",
    [
        *("source.git/index.html", "source.git/hooks/post-update", "source.git/objects/a.html"),
        *("source.git", "RELEASE.sig.0", "RELEASE.sig.100", "en/RELEASE", "LEDGER.html"),
    ],
)
def test_what_only_looks_like_it_is_not_detached(path: str) -> None:
    assert not manifest.is_detached(path)
