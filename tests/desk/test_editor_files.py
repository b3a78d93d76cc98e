"""What `aigaq editor-files` writes: up to date here, and over nothing of the editor's."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from aigaq import cli
from aigaq.desk import editor_files
from aigaq.source.schema import texts
from aigaq.words.diagnostics import Problem, Span

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).resolve().parents[2]
FILES = editor_files.files()


@pytest.mark.parametrize("path", FILES)
def test_the_files_of_this_repository_are_up_to_date(path: str) -> None:
    """After a change: `make docs`."""
    assert (ROOT / path).read_text("utf-8") == FILES[path]


def test_every_schema_that_is_named_is_there() -> None:
    named = json.loads(FILES[".vscode/settings.json"])["yaml.schemas"]
    assert {path.removeprefix("./") for path in named} <= FILES.keys()


def test_a_problem_as_it_is_printed_is_found_by_the_task() -> None:
    matcher = json.loads(FILES[".vscode/tasks.json"])["tasks"][0]["problemMatcher"]["pattern"]
    odd = Problem("S999", "odd: very", "look").at(Span("content/a b/t-1.kk.md", 3, 7))

    found = re.match(matcher["regexp"], str(odd).split("\n")[0])

    assert found is not None
    assert [found[matcher[key]] for key in ("file", "line", "column", "severity", "code")] == [
        "content/a b/t-1.kk.md", "3", "7", "error", "S999",
    ]  # fmt: skip


def test_a_form_has_no_key_that_a_text_has_not() -> None:
    types = json.loads(FILES["frontmatter.json"])["frontMatter.taxonomy.contentTypes"]
    fields = {one["name"]: {field["name"] for field in one["fields"]} for one in types}
    assert {"title", "kind", "draft", "protect"} <= fields["text"] <= set(texts.Text.keys)
    assert "claims" not in fields["text"]


@pytest.fixture
def run(site: Any, capsys: pytest.CaptureFixture[str]) -> Callable[[], str]:
    def ran() -> str:
        cli.main(["editor-files", "-q", "--root", str(site.root)])
        return capsys.readouterr().out

    return ran


def test_all_files_are_written_once(site: Any, run: Any) -> None:
    assert set(run().split()) == FILES.keys()
    assert run() == ""
    assert all((site.root / path).read_text("utf-8") == text for path, text in FILES.items())


def test_a_file_of_the_editor_stays(site: Any, run: Any) -> None:
    site.write(".vscode/settings.json", '{"mine": 1} // and a comment\n')

    assert ".vscode/settings.json: warning N006" in run()
    assert (site.root / ".vscode/settings.json").read_text().startswith('{"mine"')


def test_a_schema_of_an_earlier_version_is_renewed(site: Any, run: Any) -> None:
    run()
    old = FILES["schema/person.json"].replace("open|", "")
    site.write("schema/person.json", old)

    assert run() == "schema/person.json\n"


def test_nothing_is_written_through_a_link(site: Any, run: Any, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (site.root / "schema").symlink_to(tmp_path / "elsewhere")

    assert "schema/person.json: error K002" in run()
    assert list((tmp_path / "elsewhere").iterdir()) == []
