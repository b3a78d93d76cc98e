"""Withdrawing, through the real command on a real repository."""

from __future__ import annotations

import re
import subprocess
from typing import TYPE_CHECKING, Any

import pytest

from aigaq import cli

if TYPE_CHECKING:
    from collections.abc import Callable

Ran = tuple[int, str]
CANARY = "Qyzmetshi"


def git(site: Any, *arguments: str) -> str:
    who = ("-c", "user.name=Placeholder", "-c", "user.email=p@example.org")
    command = ["git", "-C", str(site.root), *who, *arguments]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def commit(site: Any) -> None:
    git(site, "init", "-q")
    git(site, "add", "-A")
    git(site, "commit", "-q", "-m", "All of it")


@pytest.fixture
def archive(site: Any) -> Any:
    """A text with a translation by a narrator who told nothing else, and another text."""
    site.config(languages=["en", "kk"]).write(".gitignore", ".cache/\npublic/\n")
    site.person("p-1", f"{CANARY} One").person("p-2", "Placeholder Two")
    site.testimony("t-1", told_by="p-1", body=f"She was called {CANARY}.\n", about="p-2")
    site.translation("t-1", "kk", body=f"{CANARY} deidi.\n")
    site.testimony("t-2", told_by="p-2", mentions="p-1")
    site.place("pl-1", "Example Town")
    commit(site)
    return site


@pytest.fixture
def withdraw(archive: Any, capsys: pytest.CaptureFixture[str]) -> Callable[..., Ran]:
    def run(*options: str) -> Ran:
        status: Any = 0
        try:
            cli.main(["-q", "--root", str(archive.root), "withdraw", *options])
        except SystemExit as left:
            status = left.code
        return int(status or 0), capsys.readouterr().out

    return run


def test_the_words_the_translations_and_the_card_are_gone(archive: Any, withdraw: Any) -> None:
    status, _ = withdraw("t-1")

    assert status == 0
    assert "content/testimonies/t-1.kk.md" not in archive.sources()
    assert "content/consent/c-t-1.yaml" not in archive.sources()
    left = (archive.root / "content/testimonies/t-1.en.md").read_text()
    assert left == "---\nprotect: withdrawn\n---\n"


def test_what_others_told_stays(archive: Any, withdraw: Any) -> None:
    withdraw("t-1")

    assert git(archive, "status", "--porcelain").split() == [
        *("D", "content/consent/c-t-1.yaml", "M", "content/testimonies/t-1.en.md"),
        *("D", "content/testimonies/t-1.kk.md", "??", "releases/"),
    ]


def test_the_next_build_holds_no_byte_of_it(archive: Any, withdraw: Any) -> None:
    archive.build(search=True)
    assert CANARY in archive.read("en/testimonies/t-1.html")
    withdraw("p-1")

    assert archive.build(search=True).status == 0

    held = [path for path in archive.files() if "t-1" in path or "p-1" in path]
    words = [p for p in archive.files() if CANARY.encode() in (archive.public / p).read_bytes()]
    assert (held, words) == ([], [])


def test_nothing_that_was_made_of_the_words_is_kept(archive: Any, withdraw: Any) -> None:
    archive.build()
    withdraw("t-1")

    assert not (archive.root / ".cache").exists()


def test_the_id_stands_in_the_ledger_and_may_not_return(archive: Any, withdraw: Any) -> None:
    withdraw("t-1")

    ledger = (archive.root / "releases/LEDGER").read_text()
    assert re.fullmatch(r"t-1 withdrawn - \d{4}-\d\d-\d\d\n", ledger)
    git(archive, "checkout", "content")
    assert "P027" in archive.codes()


def test_a_person_takes_the_texts_along_that_nobody_else_told(
    archive: Any, withdraw: Any
) -> None:
    _, out = withdraw("p-1")

    assert out.startswith("Withdrawn: p-1, t-1.\n")
    assert (archive.root / "content/people/p-1.yaml").read_text() == "protect: withdrawn\n"


def test_a_text_that_others_told_too_is_named_and_left(archive: Any, withdraw: Any) -> None:
    archive.testimony("t-3", told_by=["p-1", "p-2"], consent=["c-t-1", "c-t-2"])
    commit(archive)

    _, out = withdraw("p-1")

    assert re.search(r"Others told these, too.*:\n +t-3\n", out)
    assert "content/testimonies/t-3.en.md" in archive.sources()


def test_lines_that_name_it_are_told(archive: Any, withdraw: Any) -> None:
    _, out = withdraw("p-1")

    assert re.search(r"content/testimonies/t-2.en.md:\d+\n", out)


def test_lines_with_a_name_of_the_person_are_told(archive: Any, withdraw: Any) -> None:
    archive.testimony("t-2", told_by="p-2", body=f"I knew {CANARY} One.\n\nAnd {CANARY}.\n")
    commit(archive)

    _, out = withdraw("p-1")

    assert re.search(r"content/testimonies/t-2.en.md:\d+\n", out)
    assert "aigaq check --names" in out


def test_of_a_text_no_names_are_told(withdraw: Any) -> None:
    assert "--names" not in withdraw("t-1")[1]


def test_a_ledger_without_an_end_of_line_stays_readable(archive: Any, withdraw: Any) -> None:
    archive.write("releases/LEDGER", "t-0 1")
    commit(archive)

    withdraw("t-1")

    ledger = (archive.root / "releases/LEDGER").read_text()
    assert re.fullmatch(r"t-0 1\nt-1 withdrawn - \d{4}-\d\d-\d\d\n", ledger)


@pytest.mark.parametrize(
    "level", ["initials", "pseudonym", "group-only", "sealed-until 2099-01-01", "restricted"]
)
def test_from_each_level_a_person_can_withdraw(archive: Any, withdraw: Any, level: str) -> None:
    archive.person("p-1", "A. B.", protect=level)
    commit(archive)

    status, out = withdraw("p-1")

    assert (status, out.startswith("Withdrawn: p-1, t-1.\n")) == (0, True)
    assert [one for one in archive.check() if one.is_error and one.code != "L002"] == []


@pytest.mark.parametrize("level", ["sealed-until 2099-01-01", "restricted"])
def test_from_each_level_a_text_can_be_withdrawn(
    archive: Any, withdraw: Any, level: str
) -> None:
    archive.testimony("t-1", told_by="p-1", body="", protect=level)
    archive.remove("content/testimonies/t-1.kk.md")
    commit(archive)

    assert withdraw("t-1")[0] == 0
    assert (archive.root / "content/testimonies/t-1.en.md").read_text() == (
        "---\nprotect: withdrawn\n---\n"
    )


def test_a_picture_goes_with_the_only_text_that_shows_it(archive: Any, withdraw: Any) -> None:
    picture = 'alt: {en: "A place", kk: "Jer"}\n'
    for name in ("one.jpg", "both.jpg", "another-one.jpg"):
        archive.write(f"content/media/{name}", b"\xff\xd8").write(
            f"content/media/{name}.yaml", picture
        )
    archive.testimony("t-1", told_by="p-1", body="![](one.jpg)\n\n![](both.jpg)\n")
    archive.testimony("t-2", told_by="p-2", body="![](both.jpg)\n\n![](another-one.jpg)\n")
    commit(archive)

    withdraw("t-1")

    media = [path for path in archive.sources() if path.startswith("content/media/")]
    assert media == [
        *("content/media/another-one.jpg", "content/media/another-one.jpg.yaml"),
        *("content/media/both.jpg", "content/media/both.jpg.yaml"),
    ]


def test_a_tombstone_says_that_something_stood_here(archive: Any, withdraw: Any) -> None:
    withdraw("t-1", "--tombstone", "plain")
    assert [str(p) for p in archive.build().problems if p.is_error] == []

    page = archive.read("en/testimonies/t-1.html")
    assert "A text stood here." in page
    assert CANARY not in page


def test_without_one_nothing_says_so(archive: Any, withdraw: Any) -> None:
    withdraw("t-1")
    archive.build()

    assert "en/testimonies/t-1.html" not in archive.files()


@pytest.mark.parametrize("change", ["content/testimonies/t-2.en.md", "content/notes.md"])
def test_over_what_is_not_committed_nothing_is_done(
    archive: Any, withdraw: Any, change: str
) -> None:
    archive.write(change, "---\ntitle: Unsaved\n---\n")

    status, out = withdraw("t-1")

    assert status == 1
    assert f"{change}: error N010" in out
    assert "releases/LEDGER" not in archive.sources()


@pytest.mark.parametrize(
    ("record", "code"), [("t-9", "N011"), ("pl-1", "N011"), ("c-t-1", "N011")]
)
def test_what_is_neither_text_nor_person_is_told(withdraw: Any, record: str, code: str) -> None:
    status, out = withdraw(record)

    assert (status, code in out) == (1, True)


def test_a_text_with_errors_is_told_with_them(archive: Any, withdraw: Any) -> None:
    archive.testimony("t-1", told_by="p-nobody", kind="story")
    commit(archive)

    status, out = withdraw("t-1")

    assert status == 1
    assert "content/testimonies/t-1.en.md:" in out


def test_what_was_withdrawn_cannot_be_withdrawn_again(archive: Any, withdraw: Any) -> None:
    withdraw("t-1")
    commit(archive)

    assert withdraw("t-1") == (1, withdraw("t-1")[1])
    assert "N012" in withdraw("t-1")[1]
