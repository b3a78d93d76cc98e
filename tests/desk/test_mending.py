"""`check --fix`: what is certain is mended, whole or not at all, and no word of a body ever."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from aigaq import cli
from aigaq.desk import mending
from aigaq.source import disk, records

if TYPE_CHECKING:
    from collections.abc import Callable

GOOD = Path(__file__).parents[1] / "mistakes/good"
TEXT, PERSON = "content/testimonies/t-1.en.md", "content/people/p-mother.yaml"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return Path(shutil.copytree(GOOD, tmp_path / "site"))


@pytest.fixture
def check(root: Path, capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str]]:
    def run(*args: str) -> tuple[int, str]:
        status: Any = 0
        try:
            cli.main(["check", *args, "--root", str(root)])
        except SystemExit as left:
            status = left.code
        printed = capsys.readouterr()
        return int(status), printed.out + printed.err

    return run


def spoil(root: Path, path: str, old: str, new: str) -> str:
    file = root / path
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new), "utf-8")
    return text


def found(root: Path) -> tuple[mending.Mended, ...]:
    return mending.mended(root, records.read(disk.sources(root)[0])[1])


def test_what_can_be_mended_is_and_the_rest_is_told(root: Path, check: Any) -> None:
    good = spoil(root, TEXT, "title_by: editor", "title-by:editor")
    spoil(root, PERSON, "role: missing", "role: mising")

    status, printed = check("--fix")

    assert (root / TEXT).read_text("utf-8") == good
    assert "2 mended in 1 files" in printed
    assert (status, "S003" in printed) == (cli.Exit.CONTENT, True)


def test_a_dry_run_shows_the_difference_and_writes_nothing(root: Path, check: Any) -> None:
    spoil(root, TEXT, "title_by: editor", "title-by: editor")
    before = (root / TEXT).read_bytes()

    status, printed = check("--fix", "--dry-run")

    assert "-title-by: editor\n+title_by: editor\n" in printed
    assert (root / TEXT).read_bytes() == before
    assert status == cli.Exit.CONTENT


def test_a_dry_run_alone_is_a_wrong_use(check: Any) -> None:
    assert check("--dry-run")[0] == cli.Exit.USAGE


def test_lines_of_a_record_that_is_not_open_are_not_shown(root: Path, check: Any) -> None:
    text = "names: {text: Placeholder Secret, kind: Pseudonym}\nprotect: pseudonym\n"
    (root / "content/people/p-new.yaml").write_text(text, "utf-8")

    _, printed = check("--fix", "--dry-run")

    assert "content/people/p-new.yaml" in printed
    assert "Secret" not in printed


def test_a_file_keeps_its_mark_and_its_line_ends(root: Path) -> None:
    good = spoil(root, TEXT, "title_by: editor", "title-by: editor")
    as_windows = "\ufeff" + (root / TEXT).read_text("utf-8").replace("\n", "\r\n")
    (root / TEXT).write_bytes(as_windows.encode())

    mending.write(root, found(root))

    assert (root / TEXT).read_bytes() == ("\ufeff" + good.replace("\n", "\r\n")).encode()


def test_mixed_line_ends_are_left_to_a_person(root: Path) -> None:
    spoil(root, TEXT, "title_by: editor\n", "title-by: editor\r\n")
    assert found(root) == ()


def test_the_mode_of_a_file_stays(root: Path) -> None:
    spoil(root, TEXT, "title_by: editor", "title-by: editor")
    (root / TEXT).chmod(0o600)

    mending.write(root, found(root))

    assert (root / TEXT).stat().st_mode & 0o777 == 0o600


def test_nothing_is_written_where_one_file_was_changed_meanwhile(root: Path) -> None:
    spoil(root, TEXT, "title_by: editor", "title-by: editor")
    spoil(root, PERSON, "role: missing", "role: Missing")
    made = found(root)
    spoil(root, PERSON, "role: Missing", "role: MISSING")
    before = {path: path.read_bytes() for path in root.rglob("*") if path.is_file()}

    mending.write(root, made)

    assert len(made) == 2
    assert {path: path.read_bytes() for path in root.rglob("*") if path.is_file()} == before


@pytest.mark.parametrize("words", ["a\tword", "he\u200bllo", "ti-tle:x", "“so”: he said"])
def test_no_word_of_a_body_is_touched(words: str, root: Path) -> None:
    spoil(root, TEXT, "title_by: editor", "title-by: editor")
    file = root / TEXT
    file.write_text(file.read_text("utf-8") + f"\n{words}\n", "utf-8")
    body = file.read_text("utf-8").split("---\n", 2)[2]

    mending.write(root, found(root))

    assert file.read_text("utf-8").split("---\n", 2)[2] == body
