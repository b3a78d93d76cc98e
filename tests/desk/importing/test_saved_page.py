"""Pages as people save them: several articles on one, in the shapes that were seen."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from aigaq.desk.importing import html_blocks, saved_page

if TYPE_CHECKING:
    from pathlib import Path

# Eight articles of a category page: no titles, no dates, captions twice, boxes in the middle.
_WORDS = "<p>Placeholder words of article {n} that are long enough to be one.</p>"
_CAPTION = "<p>Placeholder picture {c}.</p><p>Placeholder picture {c}.</p>"
_BOXES = (
    "<h3>Subscribe To Our New Newsletter</h3>"
    "<p>The Letter is the new newsletter of Example.</p>"
    "<p>To subscribe, click here.</p>"
)
_SERIES = "<p>Example is partnering with Example Two to highlight this.</p>"
_END = "<p>This post was originally published on Example Radio.</p>"
_CAPTIONS = (2, 2, 4, 0, 0, 2, 0, 1)


def category(*, tag: str) -> str:
    parts = []
    for n, captions in enumerate(_CAPTIONS):
        inside = "".join(_CAPTION.format(c=f"{n}-{c}") for c in range(captions))
        boxes = _BOXES if n in {0, 2} else ""
        series = _SERIES if n in {0, 1, 2, 4, 5} else ""
        parts.append(
            f"<{tag}>{_WORDS.format(n=n)}{inside}{boxes}{series}<h3>A head</h3>"
            f"<p>More words {n}.</p>{_END}</{tag}>"
        )
    return f"<html lang='en'><body><nav>Menu</nav><ul>{''.join(parts)}</ul></body></html>"


@pytest.fixture
def read(tmp_path: Path):
    def run(content: str | bytes):
        path = tmp_path / "page.html"
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return saved_page.read(path)

    return run


@pytest.mark.parametrize("tag", ["article", "li", "div"])
def test_a_category_page_has_the_expected_counts(read, tag: str) -> None:
    found, _ = read(category(tag=tag))
    told = [line for one in found for line in one.left_out]
    doubled = sum(int(line.split()[0]) for line in told if "captions" in line)
    assert len(found) == 8
    assert [one.first for one in found] == ["Example Radio"] * 8
    assert [one.published for one in found] == [""] * 8
    assert doubled == 11
    assert sum(line.startswith("a box of the page") for line in told) == 6
    assert sum(line.startswith("a box of a series") for line in told) == 5
    assert not any("newsletter" in one.body or "published on" in one.body for one in found)


def test_an_article_is_known_by_its_title_its_day_and_its_address(read) -> None:
    html = (
        "<article><h2><a href='https://x.example/1'>A title</a></h2>"
        "<time datetime='2020-07-21T10:00'>21 July</time>"
        "<p>Placeholder words that are long enough to be one.</p></article>"
    )
    (one,), _ = read(f"<html lang='kk'>{html}</html>")
    assert (one.title, one.published, one.url, one.lang, one.key) == (
        "A title", "2020-07-21", "https://x.example/1", "kk", "https://x.example/1",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("content", "code"), [("<p>x</p>", "I051"), ("", "I051"), (b"<p>\xff</p>", "I003")]
)
def test_what_holds_no_article_is_told(read, content, code: str) -> None:
    found, problems = read(content)
    assert (found, [one.code for one in problems]) == ([], [code])


def test_words_outside_of_the_articles_and_short_ones_are_told(read) -> None:
    words = "Placeholder words that are long enough to be one."
    html = f"<p>Menu</p><p>{words}</p><article>{words}</article><article>Gone.</article>"
    found, problems = read(html)
    assert [one.body for one in found] == [words]
    assert [(one.code, one.message.partition(" were")[0]) for one in problems] == [
        ("I052", "1 texts that are too short"),
        ("I052", "1 paragraphs outside of the articles"),
    ]


def test_what_stands_above_a_title_is_known(read) -> None:
    words = "<p>Placeholder words that are long enough to be one.</p>"
    (one,), _ = read(f"<p>Testimonies</p><h2>A title</h2>{words}")
    assert (one.heading, one.above) == ("## A title", "Testimonies")


def test_a_page_with_too_many_paragraphs_is_refused(read, monkeypatch) -> None:
    monkeypatch.setattr(html_blocks, "MOST", 10)
    found, problems = read("<p>Placeholder words.</p>" * 20)
    assert (found, [one.code for one in problems]) == ([], ["I006"])


def test_a_listing_without_titles_has_a_record_for_each_entry(read) -> None:
    entries = "".join(
        f"<article><p>By Example Mission | {n} July, 2020 | Topics: Art | Tags: a, b</p>"
        f"<p>Placeholder words of entry {n}, cut off at their end …</p></article>"
        for n in range(1, 28)
    )
    found, _ = read(entries)
    assert [one.published for one in found] == [f"2020-07-{n:02}" for n in range(1, 28)]
    assert {(one.title, one.tags, one.author) for one in found} == {
        ("", ("a", "b"), "Example Mission")
    }
    assert all(any("Art" in guess for guess in one.guesses) for one in found)


@pytest.mark.parametrize(
    ("head", "heading"),
    [
        ("<h1>A title</h1>", ""),
        ("<h2>A title</h2>", "## A title"),
        ("<h3>A title</h3>", "### A title"),
        ("<h1>A title</h1><p>x</p><h1>Another</h1>", "## A title"),
        ("", ""),
    ],
)
def test_only_the_one_heading_of_the_first_level_is_surely_that_of_all(
    read, head: str, heading: str
) -> None:
    words = "<p>Placeholder words that are long enough to be one.</p>"
    (one,), _ = read(f"<article>{head}{words}</article>")
    assert (one.heading, one.title) == (heading, "A title" if head else "")
