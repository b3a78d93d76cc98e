from __future__ import annotations

from typing import Any

import pytest
from click.testing import CliRunner

from aigaq import cli


def test_of_several_files_all_are_written_or_none(desk: Any) -> None:
    desk.site.testimony("t-2", title="Another", body="One.\n")
    desk.export()
    desk.translate({"A title": "Бір атау"})

    (problem,) = desk.bring("t-1.kk", "t-2.kk", by="A. Translator")

    assert problem.code == "N022"
    assert not list(desk.site.root.rglob("*.kk.md"))


@pytest.mark.parametrize("data", [b"", b"\xff\xfe", b"text", b'msgid "' * 10])
def test_another_file_is_told(desk: Any, data: bytes) -> None:
    desk.folder.mkdir()
    (desk.folder / "t-1.kk.po").write_bytes(data)

    assert [problem.code for problem in desk.bring(by="A")] == ["N020"]
    assert [problem.code for problem in desk.export()] == [] if not data else ["N020"]


@pytest.mark.parametrize(
    ("old", "new"),
    [("X-Text: t-1", "X-Text: t-9"), ("Language: kk", "Language: fr"), ("kk", "en")],
)
def test_a_catalogue_of_no_text_here_is_told(desk: Any, old: str, new: str) -> None:
    desk.export()
    desk.translate({"A title": "Бір атау"})
    (desk.folder / "t-1.kk.po").write_text(desk.po().replace(old, new, 1))

    assert [problem.code for problem in desk.bring(by="A")] == ["N025"]


def test_words_that_make_no_file_are_told(desk: Any) -> None:
    desk.export()
    desk.translate({"A title": "Бір \u202eатау"})

    assert [problem.code for problem in desk.bring(by="A")] == ["N026"]


def test_a_language_that_the_site_does_not_have_has_no_catalogues(desk: Any) -> None:
    assert desk.export(lang="fr") == []
    assert not desk.folder.exists()


def run(desk: Any, *arguments: str) -> Any:
    return CliRunner().invoke(
        cli.main_group, ["--root", str(desk.site.root), "-q", "translations", *arguments]
    )


def test_the_commands(desk: Any) -> None:
    assert run(desk, "export", "kk", "--to", str(desk.folder)).exit_code == 0
    desk.translate({"A title": "Бір атау", "Yes.": "Иә."})

    result = run(desk, "import", str(desk.folder / "t-1.kk.po"))
    assert (result.exit_code, "N024" in result.output) == (1, True)
    result = run(desk, "import", str(desk.folder / "t-1.kk.po"), "--machine")
    assert (result.exit_code, result.output) == (0, "")
    assert "machine: true" in desk.file()
