"""One unfinished draft keeps nobody else from publishing, and never reaches the site."""

from __future__ import annotations

from typing import Any

import pytest

UNFINISHED = "---\ndraft: true\ntitle:\ntold_by:\n---\nUnfinished words.\n"


def test_an_unfinished_draft_is_warned_of_and_left_out(site: Any) -> None:
    site.testimony("t-1").write("content/testimonies/t-2.en.md", UNFINISHED)

    report = site.build()

    assert report.status == 0
    assert {p.problem.severity for p in report.problems} == {"warning"}
    assert {p.span.path for p in report.problems} == {"content/testimonies/t-2.en.md"}
    assert not any("Unfinished words" in site.read(f) for f in site.files() if "html" in f)


def test_check_says_of_a_draft_what_a_build_says(site: Any) -> None:
    site.testimony("t-1").write("content/testimonies/t-2.en.md", UNFINISHED)

    assert {p.problem.severity for p in site.check()} == {"warning"}


def test_an_error_in_the_words_of_an_unfinished_draft_stays_an_error(site: Any) -> None:
    hidden = UNFINISHED + "\n<!-- a real name -->\n"
    site.testimony("t-1").write("content/testimonies/t-2.en.md", hidden)

    report = site.build()

    assert report.status == 1
    assert [p.span.line for p in report.problems if p.is_error] == [8]


def test_turns_of_an_unfinished_draft_are_not_called_unknown_labels(site: Any) -> None:
    spoken = UNFINISHED.replace("Unfinished", "NARRATOR: Unfinished")
    site.testimony("t-1").write("content/testimonies/t-2.en.md", spoken)

    assert "M030" not in site.codes()


def test_a_page_that_is_an_unfinished_draft_leaves_the_menu(site: Any) -> None:
    site.config(menu=["home", "about"]).testimony("t-1")
    site.write("content/pages/about.en.md", "---\ndraft: true\n---\nWords.\n")

    assert site.build().status == 0
    assert "about.html" not in site.read("en/index.html")


@pytest.mark.parametrize("lang", ["en", "kk"])
def test_a_finished_text_beside_unfinished_ones_is_built_in_its_language(
    site: Any, lang: str
) -> None:
    site.config(languages=["en", "kk"]).testimony("t-1", lang)
    other = {"en": "kk", "kk": "en"}[lang]
    draft = f"---\ndraft: true\ntitle:\ntranslation: {{from: {lang}}}\n---\n"
    site.write(f"content/testimonies/t-1.{other}.md", draft)

    assert site.build().status == 0
    assert "They took her" in site.read(f"{lang}/testimonies/t-1.html")
