"""Tables of what is published: nothing else is in them, and nothing is lost on the way back."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from aigaq.desk import exporting, importing

EXAMPLE = Path(__file__).resolve().parents[2] / "docs/example"


def silent(_: str) -> None:
    pass


def exported(root: Path, target: Path, form: str = "csv") -> Path:
    _, found = exporting.export(root, target, form, step=silent)
    assert found == []
    return target


def imported(tables: Path, root: Path) -> list[str]:
    """What an import into an empty site says that has only the settings and the media."""
    media = tables / "content"
    (root / "content").mkdir(parents=True)
    (root / "site.yaml").write_bytes((tables / "site.yaml").read_bytes())
    for file in media.rglob("*"):
        if file.is_file():
            place = root / "content" / file.relative_to(media)
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(file.read_bytes())
    books = sorted(tables.glob("*.xlsx")) or [tables]
    done = importing.run(root, importing.Request(books, write=True), step=silent)
    return [str(one) for one in done.problems if one.is_error]


@pytest.mark.parametrize("form", exporting.FORMS)
def test_a_site_made_of_its_tables_is_the_same_byte_for_byte(
    form: str, tmp_path: Path, whole: Any
) -> None:
    one, other = whole.sources(EXAMPLE, tmp_path / "one"), tmp_path / "other"
    tables = exported(one, tmp_path / "tables", form)
    assert imported(tables, other) == []
    assert (whole.built(one), whole.built(other)) == (0, 0)
    assert whole.differences(one / "public", other / "public") == []


def test_what_readers_do_not_get_is_in_no_table(site: Any, tmp_path: Path) -> None:
    site.testimony("t-1", body="Public words.\n")
    site.testimony("t-2", draft=True, title="Draftwords", body="Draftwords.\n")
    site.person("p-9", protect="restricted", names=None)
    site.consent("c-t-1", given_by="p-narrator", others_object="Objectingwords")
    made = exported(site.root, tmp_path / "tables")
    words = "".join(one.read_text("utf-8") for one in made.rglob("*") if one.is_file())
    assert "Public words." in words
    assert [w for w in ("Draftwords", "p-9", "Objectingwords", "t-2") if w in words] == []


def test_no_cell_is_a_formula(site: Any, tmp_path: Path) -> None:
    site.testimony("t-1", title="=HYPERLINK(1)", body="- a list\n")
    made = exported(site.root, tmp_path / "tables")
    assert "'=HYPERLINK(1)" in (made / "testimonies.csv").read_text("utf-8")


def test_a_long_text_goes_into_several_cells(site: Any, tmp_path: Path) -> None:
    site.testimony("t-1", body="\n\n".join(["Words and words. " * 400] * 10))
    made = exported(site.root, tmp_path / "tables")
    head = (made / "testimonies.csv").read_text("utf-8-sig").partition("\n")[0].rstrip()
    assert head.endswith(",body,body.2,body.3")


def test_a_folder_that_holds_anything_is_left_alone(site: Any, tmp_path: Path) -> None:
    (tmp_path / "tables").mkdir()
    (tmp_path / "tables/mine.txt").write_text("mine")
    rows, found = exporting.export(site.root, tmp_path / "tables", "csv", step=silent)
    assert (rows, [one.code for one in found]) == ({}, ["I041"])


def test_of_a_site_with_errors_nothing_is_exported(site: Any, tmp_path: Path) -> None:
    site.person("p-1", sex="nonsense")
    rows, found = exporting.export(site.root, tmp_path / "tables", "csv", step=silent)
    assert (rows, [one.code for one in found]) == ({}, ["S003"])
    assert not (tmp_path / "tables").exists()
