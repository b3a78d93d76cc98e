"""Each slip with its one repair, and slips of the same code that nobody can repair for sure."""

from __future__ import annotations

from pathlib import Path

import pytest

from aigaq.desk import mending, reference
from aigaq.desk.repairs import REPAIRS
from aigaq.source import records
from aigaq.source.document import Source

GOOD = Path(__file__).parents[1] / "mistakes/good"
SITE = Source("site.yaml", (GOOD / "site.yaml").read_text("utf-8"), "")
TEXT, PERSON = "content/testimonies/t-1.en.md", "content/people/p-mother.yaml"


def mended(path: str, text: str, root: Path) -> str:
    """The text of the file after all that can be mended."""
    for name, content in ((SITE.path, SITE.text), (path, text)):
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(content, "utf-8")
    _, found = records.read((SITE, Source(path, text, "")))
    made = mending.mended(root, found)
    return made[0].after if made else text


def spoilt(path: str, old: str, new: str) -> str:
    good = (GOOD / path).read_text("utf-8")
    assert good.count(old) == 1
    return good.replace(old, new)


@pytest.mark.parametrize(
    ("path", "old", "wrong", "right"),
    [
        (PERSON, "family:\n  - {", "family:\n\t- {", "family:\n  - {"),
        (PERSON, "role: missing", "role:\tmissing", "role: missing"),
        (PERSON, "role: missing", "role:\n\xa0\xa0- missing", "role:\n  - missing"),
        (PERSON, "role: missing", "role: Missing", "role: missing"),
        (PERSON, "role: missing", "ROLE: missing", "role: missing"),
        (PERSON, "role: missing", "role：missing", "role: missing"),
        (TEXT, "title_by: editor", "title-by: editor", "title_by: editor"),
        (TEXT, "title_by: editor", "title_by:editor", "title_by: editor"),
        (TEXT, "title_by: editor", "title_by: editor\ntitle_by: editor", "title_by: editor"),
        (TEXT, "consent: c-1", "consent: с-1", "consent: c-1"),
        (TEXT, "consent: c-1", "draft: Yes\nconsent: c-1", "draft: true\nconsent: c-1"),
        (TEXT, "2017-08,", "08.2017,", "2017-08,"),
        (TEXT, "2017-08,", "August 2017,", "2017-08,"),
        (
            TEXT,
            '"A daughter looks for her mother."',
            "A daughter: she looks.",
            '"A daughter: she looks."',
        ),
        (
            TEXT,
            '"A daughter looks for her mother."',
            "“A daughter: she looks.”",
            '"A daughter: she looks."',
        ),
        (TEXT, '"A daughter looks for her mother."', r'"C:\d"', r'"C:\\d"'),
    ],
)
def test_a_slip_is_mended(path: str, old: str, wrong: str, right: str, tmp_path: Path) -> None:
    assert mended(path, spoilt(path, old, wrong), tmp_path) == spoilt(path, old, right)


@pytest.mark.parametrize("fence", ["----", "--", "—", "--- ", " ---", "–––"])
def test_a_fence_is_mended_at_the_top_and_below_the_header(fence: str, tmp_path: Path) -> None:
    good = (GOOD / TEXT).read_text("utf-8")
    top, header, body = good.split("---\n", 2)

    assert mended(TEXT, f"{top}{fence}\n{header}---\n{body}", tmp_path) == good
    assert mended(TEXT, f"{top}---\n{header}{fence}\n{body}", tmp_path) == good


@pytest.mark.parametrize(
    ("path", "old", "wrong"),
    [
        (TEXT, "title_by: editor", "title_by: editor\ntitle_by: narrator"),
        (TEXT, "2017-08,", "05/03/2017,"),
        (TEXT, '"A daughter looks for her mother."', "A daughter: draft: true"),
        (TEXT, '"A daughter looks for her mother."', 'A "daughter": she looks.'),
        (TEXT, '"A daughter looks for her mother."', "“A daughter: she” looks."),
        (PERSON, "role: missing", "role: mising"),
        (PERSON, "role: missing", "rol: missing"),
        (PERSON, "role: missing", "colour: missing"),
    ],
)
def test_what_could_mean_two_things_is_left_alone(
    path: str, old: str, wrong: str, tmp_path: Path
) -> None:
    text = spoilt(path, old, wrong)
    assert mended(path, text, tmp_path) == text


def test_of_two_lines_that_could_end_the_header_none_is_chosen(tmp_path: Path) -> None:
    text = spoilt(TEXT, "title_by: editor", "title_by: editor\n----")
    assert mended(TEXT, text, tmp_path) == text


def test_every_repair_is_of_a_problem_that_there_is() -> None:
    assert REPAIRS.keys() <= {problem.code for problem in reference.problems()}
