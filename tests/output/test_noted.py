from __future__ import annotations

import dataclasses
import os
import sys
from pathlib import Path
from typing import Any

import pytest

from aigaq.archive import protected, public
from aigaq.output import leaks, noted
from aigaq.output.rendering import Noted
from aigaq.words.localised import Localised

SITE = public.Site(title=Localised.of({"en": "Archive"}))
PAGES = [("en/index.html", Noted(b"one", b"its bytes")), ("en/a.html", Noted(b"two", b""))]


def watch(text: str = "Placeholder Hidden", *, listed: bool = False) -> leaks.Watchlist:
    value = protected.Value("p-1", "names.text", text, "name")
    values = protected.Protected((value,), public_words=("Words of a page.",))
    return leaks.watchlist(values, [value] if listed else [])


def notes(folder: Path, target: str = "public", **changes: Any) -> noted.Notes:
    return noted.Notes(folder, folder / target, watch(**changes))


def test_what_is_noted_is_known_the_next_time(tmp_path: Path) -> None:
    notes(tmp_path).keep(PAGES, {})

    assert notes(tmp_path).read() == (dict(PAGES), True)


def test_without_a_note_nothing_is_known(tmp_path: Path) -> None:
    assert notes(tmp_path).read() == ({}, False)


def test_another_folder_has_notes_of_its_own(tmp_path: Path) -> None:
    notes(tmp_path).keep(PAGES, {})

    assert notes(tmp_path, "other").read() == ({}, False)


def test_pages_are_not_known_to_be_clean_of_something_else(tmp_path: Path) -> None:
    notes(tmp_path).keep(PAGES, {})

    known, is_clean = notes(tmp_path, text="Placeholder Other").read()

    assert known == dict(PAGES)
    assert not is_clean


def test_of_a_list_from_outside_nothing_is_kept(tmp_path: Path) -> None:
    notes(tmp_path, listed=True).keep(PAGES, {})

    assert notes(tmp_path, listed=True).read()[1] is False


def test_a_note_that_is_damaged_is_not_believed(tmp_path: Path) -> None:
    notes(tmp_path).keep(PAGES, {})
    (file,) = (path for path in tmp_path.rglob("*") if path.is_file())
    file.write_bytes(file.read_bytes().replace(b"index", b"indes"))

    assert notes(tmp_path).read() == ({}, False)


@pytest.mark.parametrize(
    "files",
    [
        ({"a.html": "b"}, {}),
        ({"a.htm": "lb"}, {}),
        ({"a.html": ""}, {"en": "x"}),
        ({}, {"a.html": "c"}),
    ],
)
def test_templates_and_interface_texts_count(files: Any) -> None:
    assert noted.basis(SITE, *files) != noted.basis(SITE, {"a.html": "c"}, {"en": ""})


def test_settings_count() -> None:
    other = dataclasses.replace(SITE, contact="somebody@example.org")

    assert noted.basis(SITE) != noted.basis(other)
    assert noted.basis(SITE) == noted.basis(dataclasses.replace(SITE))


def test_another_python_may_write_values_otherwise(monkeypatch: pytest.MonkeyPatch) -> None:
    before = noted.basis(SITE)
    monkeypatch.setattr(noted, "_program", noted._program.__wrapped__)
    assert noted.basis(SITE) == before

    monkeypatch.setattr(sys, "version", "another")

    assert noted.basis(SITE) != before


def test_a_file_is_noted_as_it_is_on_disk(tmp_path: Path) -> None:
    known, state = _noted_again(tmp_path)

    assert known["en/index.html"].stamp == (
        state.st_ino,
        state.st_size,
        state.st_mtime_ns,
        state.st_ctime_ns,
    )
    assert known["en/a.html"].stamp is None
    whole = noted.Notes(tmp_path, tmp_path / "public", watch(), whole=True)
    assert whole.read() == (dict(PAGES), True)


def test_a_file_that_was_touched_before_it_was_noted_is_to_be_read(tmp_path: Path) -> None:
    known, _ = _noted_again(tmp_path, later=1)

    assert known == dict(PAGES)


def _noted_again(folder: Path, later: int = 0) -> tuple[Any, os.stat_result]:
    """What is known of a site in which a file was changed so much later than it was put in."""
    page = folder / "public" / "en" / "index.html"
    page.parent.mkdir(parents=True)
    page.write_bytes(b"its bytes")
    state = page.stat()
    put_in = state.st_ino, state.st_size, state.st_mtime_ns - later, state.st_mode
    notes(folder).keep(PAGES, {"en/index.html": put_in})
    return notes(folder).read()[0], state
