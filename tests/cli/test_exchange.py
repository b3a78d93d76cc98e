"""`aigaq import` and `aigaq export` as an editor meets them."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import pytest

from aigaq import cli

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

Ran = tuple[int, str]
PEOPLE = "id,names.en.preferred,protect\np-1,Placeholder Name,open\n"


@pytest.fixture
def aigaq(site: Any, capsys: pytest.CaptureFixture[str]) -> Callable[..., Ran]:
    def run(*args: object) -> Ran:
        status: Any = 0
        try:
            cli.main(["--root", str(site.root), *map(str, args)])
        except SystemExit as left:
            status = left.code
        return int(status), capsys.readouterr().out

    return run


@pytest.fixture
def people(tmp_path: Path) -> Path:
    path = tmp_path / "people.csv"
    path.write_text(PEOPLE)
    return path


def test_an_import_is_told_first_and_written_when_asked(aigaq, site: Any, people: Path) -> None:
    status, told = aigaq("import", people)
    assert (status, site.sources()) == (0, ("site.yaml",))
    assert "would be written: content/people/p-1.yaml" in told
    assert "--write" in told
    status, told = aigaq("import", people, "--write")
    assert (status, "1 files written" in told) == (0, True)
    assert "content/people/p-1.yaml" in site.sources()
    assert aigaq("import", people, "--write")[1].startswith("Nothing is new")


def test_a_wrong_row_is_told_and_the_status_says_so(aigaq, site: Any, people: Path) -> None:
    people.write_text(PEOPLE.replace("open", "opne"))
    status, told = aigaq("import", people, "--write")
    assert status == 1
    assert told.startswith("people.csv:2:3 [C: protect]: error S003: ")
    assert "Nothing was written." in told
    assert site.sources() == ("site.yaml",)


def test_without_openpyxl_a_workbook_is_a_matter_of_tools(
    aigaq, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "t.xlsx").write_bytes(b"PK")
    monkeypatch.setitem(sys.modules, "openpyxl", None)
    status, told = aigaq("import", tmp_path / "t.xlsx")
    assert (status, "aigaq[xlsx]" in told) == (4, True)
    assert aigaq("export", "xlsx", tmp_path / "tables")[0] == 4


def test_tables_of_what_is_published_are_told_with_their_rows(
    aigaq, site: Any, tmp_path: Path
) -> None:
    site.testimony("t-1").place("pl-1").place("pl-2")
    status, told = aigaq("export", "csv", tmp_path / "tables")
    assert status == 0
    assert "places: 2 rows\n" in told
    assert aigaq("export", "csv", tmp_path / "tables")[0] == 1


def test_an_export_of_a_web_log_is_known_by_its_looks(aigaq, tmp_path: Path) -> None:
    (tmp_path / "export.xml").write_text("<rss/>")
    status, told = aigaq("import", tmp_path / "export.xml")
    assert (status, "I054" in told) == (1, True)


def narrators(path: Path, *names: str) -> Path:
    words = "Placeholder words that are long enough to be those of somebody."
    told = "".join(f"<h2>Said by {n}</h2><p>{n}</p><p>{words}</p>" for n in names)
    path.write_text(f"<html lang='en'><article><h1>A title</h1><p>{words}</p>{told}</article>")
    return path


def test_a_page_is_divided_by_its_headings_once(aigaq, site: Any, tmp_path: Path) -> None:
    saved = narrators(tmp_path / "saved.html", "Ann Example", "Bob Example")
    rights = ("--rights", "permission", "--write")
    status, told = aigaq("import", saved, "--by-heading", *rights)
    assert (status, "3 files written" in told) == (0, True)
    texts = [(site.root / one).read_text("utf-8") for one in site.sources() if "/" in one]
    assert ["rights: permission" in text for text in texts] == [True] * 3
    assert ["\n\nPlaceholder words" in text for text in texts] == [True] * 3
    assert aigaq("import", saved, "--by-heading", *rights)[1].startswith("Nothing is new (3")

    saved.write_text(saved.read_text().replace("long enough", "altered and long enough"))
    before = site.sources()
    status, told = aigaq("import", saved, "--by-heading", *rights)
    assert (status, told.count("I053"), site.sources()) == (0, 3, before)


def test_a_page_that_cannot_be_divided_is_an_error_with_the_way_out(
    aigaq, site: Any, tmp_path: Path
) -> None:
    saved = narrators(tmp_path / "saved.html", "who is not named")
    status, told = aigaq("import", saved, "--by-heading", "--write")
    assert (status, "I059" in told, "without --by-heading" in told) == (1, True, True)
    assert site.sources() == ("site.yaml",)


def test_a_table_is_not_divided_by_headings(aigaq, site: Any, people: Path) -> None:
    status, told = aigaq("import", people, "--by-heading", "--write")
    assert (status, "I062" in told) == (1, True)
    assert site.sources() == ("site.yaml",)
