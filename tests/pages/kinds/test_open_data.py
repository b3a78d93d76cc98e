"""The page on the open data: every file of it, the rights, and what is left out."""

from __future__ import annotations

import dataclasses
import re
import shutil
import subprocess
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin

import pytest

from aigaq.pages import data
from aigaq.pages.index import Index

if TYPE_CHECKING:
    from pathlib import Path


RECORDS = {
    "data/all.json": b'{"parts":[{"path":"parts/0000.jsonl"},{"path":"parts/0002.jsonl"}]}',
    "data/parts/0000.jsonl": b'{"id":"t-1"}\n{"id":"t-2"}\n',
    "data/parts/0002.jsonl": b'{"id":"t-3"}\n',
}


@pytest.mark.parametrize("has_address", [True, False])
def test_the_command_that_it_shows_makes_one_file_of_all_records(
    has_address: bool,
    archive: Any,
    view_of: Any,
    tmp_path: Path,
    lacking: Any,
) -> None:
    if lost := [name for name in ("curl", "jq") if not shutil.which(name)]:
        lacking(f"there is no {' and no '.join(lost)}")
    for path, content in RECORDS.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_bytes(content)
    address = f"file://{tmp_path}/" if has_address else ""
    site = dataclasses.replace(archive.site, address=address)

    command = view_of(dataclasses.replace(archive, site=site), "en/data.html").joining
    subprocess.run(command, shell=True, check=True, cwd=tmp_path)

    made = (tmp_path / "records.jsonl").read_text("utf-8")
    assert made == '{"id":"t-1"}\n{"id":"t-2"}\n{"id":"t-3"}\n'


@pytest.mark.parametrize("lang", ["en", "kk", "ug"])
def test_it_leads_to_every_file_but_records_and_parts_which_the_head_lists(
    lang: str, archive: Any, html_of: Any
) -> None:
    page = f"{lang}/data.html"
    found = {
        urljoin(page, href) for href in re.findall(r'href="([^"]+)"', html_of(archive, page))
    }
    files = {made.path for made in data.artifacts(Index(archive))}

    lost = {path for path in files - found if path.count("/") == 1}
    assert lost == set()
    assert {path for path in found if path.startswith("data/")} <= files


def test_it_counts_texts_by_their_rights(archive: Any, view_of: Any) -> None:
    rights = view_of(archive, "en/data.html").rights

    assert sum(one.texts for one in rights) == len(archive.texts)
    by_rights = {one.rights: one.licence for one in rights}
    assert by_rights[""] == archive.site.licence_text
    assert by_rights["published with permission"] == ""


def test_it_says_what_is_left_out(archive: Any, changed: Any, html_of: Any) -> None:
    closed = changed(archive, texts={"t-2222": {"scope": frozenset({"site"})}})

    assert "Nothing that may be read here is left out." in html_of(archive, "en/data.html")
    said = re.sub(r"<[^>]+>", "", html_of(closed, "en/data.html"))
    assert "1 text may be read here, but" in said


def test_every_page_leads_to_it(archive: Any, html_of: Any) -> None:
    footer = html_of(archive, "en/people/p-bb22.html").partition("<footer")[2]

    assert 'href="../data.html"' in footer
