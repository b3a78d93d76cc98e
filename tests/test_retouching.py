"""Words that were changed are shown at once as a reading of everything shows them, or not."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from aigaq import pipeline

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).parents[1]
TEXTS = "content/testimonies/"
NAMES = ("t-7q3z.en.md", "t-7q3z.kk.md", "t-4v6b.en.md")
WAYS: dict[str, Callable[[str], str]] = {
    "a word": lambda body: body.replace(". ", ", placeholder. ", 1),
    "a paragraph at the end": lambda body: f"{body.rstrip()}\n\nOne more paragraph.\n",
    "a paragraph less": lambda body: body.rstrip().rpartition("\n\n")[0] + "\n",
    "a note": lambda body: f"{body.rstrip()}[^n]\n\n[^n]: Placeholder note.\n",
    "a heading": lambda body: f"## Placeholder heading\n\n{body.lstrip()}",
}


@pytest.fixture
def example(tmp_path: Path) -> Path:
    return Path(shutil.copytree(ROOT / "docs/example", tmp_path / "site"))


def read(root: Path) -> Any:
    """All of a site; None where there is an error."""
    options = pipeline.Options(drafts=True, jobs=1)
    return pipeline.prepare(root, options=options, step=lambda _: None)[0]


def ready(root: Path) -> Any:
    made = read(root)
    assert made is not None
    return made


def files_of(made: Any, name: str) -> dict[str, bytes]:
    """Every page of a text, finished."""
    paths = [path for path in made.pages if f"/testimonies/{name}." in path]
    return {path: made.artifact(path)[0].data for path in paths}


def edit(root: Path, path: str, change: Callable[[str], str]) -> None:
    place = root / path
    head, body = place.read_text().split("\n---\n", 1)
    place.write_text(f"{head}\n---\n{change(body)}")


@pytest.mark.parametrize("change", WAYS.values(), ids=WAYS)
@pytest.mark.parametrize("name", NAMES)
def test_pages_are_those_of_a_reading_of_everything(
    example: Path, name: str, change: Callable[[str], str]
) -> None:
    before = ready(example)
    text = name.partition(".")[0]
    old = files_of(before, text)
    edit(example, TEXTS + name, change)

    after = pipeline.retouched(before, example, TEXTS + name)

    again = read(example)
    if again is None or files_of(again, text).keys() != old.keys():
        assert after is None  # an error, or another number of pages
    else:
        assert after is not None
        assert files_of(after, text) == files_of(again, text) != old


def test_edits_of_two_files_add_up(example: Path) -> None:
    made = ready(example)
    for name in ("t-7q3z.en.md", "t-7q3z.kk.md", "t-2k5m.en.md"):
        edit(example, TEXTS + name, WAYS["a word"])
        made = pipeline.retouched(made, example, TEXTS + name)

    again = ready(example)
    for text in ("t-7q3z", "t-2k5m"):
        assert files_of(made, text) == files_of(again, text)


def test_other_pages_stay_as_they_were(example: Path) -> None:
    before = ready(example)
    edit(example, TEXTS + "t-7q3z.en.md", WAYS["a word"])

    after = pipeline.retouched(before, example, TEXTS + "t-7q3z.en.md")

    assert {p for p in after.pages if after.pages[p] is not before.pages[p]} == {
        *files_of(before, "t-7q3z")
    }


@pytest.mark.parametrize(
    ("path", "old", "new"),
    [
        (TEXTS + "t-7q3z.en.md", "title: ", "title: Another "),
        (TEXTS + "t-7q3z.kk.md", "title: ", "title: Another "),
        ("content/people/p-3n6w.yaml", "names:", "# a comment\nnames:"),
        ("content/pages/about.en.md", "\n---\n", "\n---\nMore words.\n"),
        ("site.yaml", "title: ", "title: Another "),
    ],
)
def test_what_is_more_than_words_is_left_to_a_reading_of_everything(
    example: Path, path: str, old: str, new: str
) -> None:
    made = ready(example)
    place = example / path
    assert old in place.read_text()
    place.write_text(place.read_text().replace(old, new, 1))

    assert pipeline.retouched(made, example, path) is None


@pytest.mark.parametrize(
    "data", [b"", b"no header", b"\xff\xfe", b"---\nkind: testimony\n", None]
)
def test_a_file_that_cannot_be_read_is_left_to_a_reading_of_everything(
    example: Path, data: bytes | None
) -> None:
    made = ready(example)
    place = example / TEXTS / "t-7q3z.en.md"
    place.unlink() if data is None else place.write_bytes(data)

    assert pipeline.retouched(made, example, TEXTS + "t-7q3z.en.md") is None


def test_words_with_an_error_are_left_to_a_reading_of_everything(example: Path) -> None:
    made = ready(example)
    edit(example, TEXTS + "t-7q3z.en.md", lambda body: f"{body}\n[^lost]\n\n[^n]: Unused.\n")
    edit(example, TEXTS + "t-7q3z.en.md", lambda body: f"{body}\n![](nothing.jpg)\n")

    assert read(example) is None
    assert pipeline.retouched(made, example, TEXTS + "t-7q3z.en.md") is None


def test_a_build_keeps_nothing_private_for_it(example: Path) -> None:
    options = pipeline.Options(jobs=1)
    made, _, _ = pipeline.prepare(example, options=options, step=lambda _: None)

    assert made.seen is None
    assert pipeline.retouched(made, example, TEXTS + "t-7q3z.en.md") is None


def test_what_was_converted_before_stays_in_the_cache(example: Path) -> None:
    made = ready(example)
    kept = {p.name for p in (example / ".cache").rglob("*") if p.is_file()}
    edit(example, TEXTS + "t-7q3z.en.md", WAYS["a word"])

    pipeline.retouched(made, example, TEXTS + "t-7q3z.en.md")

    assert kept < {p.name for p in (example / ".cache").rglob("*") if p.is_file()}
