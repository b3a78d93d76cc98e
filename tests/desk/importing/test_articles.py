"""What belongs to an article, and what a draft of it says."""

from __future__ import annotations

from typing import Any

import pytest

from aigaq.desk.importing import articles, html_blocks
from aigaq.words.diagnostics import Span


def of(html: str, **known: str) -> articles.Article:
    begun = articles.Article("k", Span("a"), "", articles.digest_of(html), **known)  # type: ignore[arg-type]
    return articles.of_blocks(html_blocks.read(html).blocks, begun)


@pytest.mark.parametrize(
    "line",
    [
        "Date: 9 April 2017",
        "Source: a neighbour at 3/4",
        "Source: placeholder/1.html",
    ],
)
def test_what_was_told_already_or_stands_in_the_middle_is_words(line: str) -> None:
    first = "<p>Source: example.org/1</p><p>Date: 5 March 2017</p>"
    twice = of(f"{first}<p>{line}</p><p>Words.</p>")
    known = of(f"<p>{line}</p>", published="2020-01-01", url="x")
    middle = of(f"{'<p>Words</p>' * 4}<p>{line}</p>{'<p>Words</p>' * 4}")
    assert (twice.body, twice.published) == (f"{line}\n\nWords.", "2017-03-05")
    assert known.body == line
    assert line in middle.body


def test_of_two_who_wrote_none_is_lost() -> None:
    one = of("<p>By One Name</p><p>Words.</p><p>By Another Name</p><p>By One Name</p>")
    assert (one.author, one.body) == ("One Name", "Words.\n\nBy Another Name")


def test_a_line_of_republication_is_a_step_and_no_text() -> None:
    one = of("<p>Words.</p><p>This post was originally published on Example Outlet.</p>")
    assert (one.body, one.first) == ("Words.", "Example Outlet")


@pytest.mark.parametrize(
    ("line", "author"),
    [
        ("By Placeholder Name", "Placeholder Name"),
        ("Written by Placeholder Name with reports by Others", "Placeholder Name with reports"),
        ("By: Үлгі Есім, Second Name", "Үлгі Есім, Second Name"),
        ("By", ""),
    ],
)
def test_a_byline_is_the_author_and_no_text(line: str, author: str) -> None:
    one = of(f"<p>{line}</p><p>Words.</p>")
    assert one.body == "Words."
    assert one.author.startswith(author)


@pytest.mark.parametrize(
    "line",
    [
        "By evening the streets were empty.",
        "They found a newsletter on her phone.",
        "We had to click here and there.",
        "He said that the letter was first published on a wall, and she tore it down. Later.",
        "I signed up for nothing.",
    ],
)
def test_testimony_that_only_looks_like_a_box_stays(line: str) -> None:
    assert of(f"<p>{line}</p>").body == line


@pytest.mark.parametrize(
    "box",
    [
        "<p>Subscribe To Our New Newsletter</p>",
        "<p>The Letter is the new monthly newsletter by Placeholder Name.</p>",
        "<p>To subscribe, click here.</p>",
        "<div class='wp-block-newsletter'><p>Anything</p></div>",
        "<div id='sharedaddy'><p>Post</p></div>",
        "<p>We are partnering with Example to show more.</p>",
    ],
)
def test_a_box_is_left_out_and_told(box: str) -> None:
    one = of(f"<p>Words.</p>{box}")
    assert one.body == "Words."
    assert one.left_out[0].startswith("a box of ")


def test_classes_that_name_the_topics_of_a_post_are_no_boxes() -> None:
    html = "<article class='post category-social tag-comments'><p>Words.</p></article>"
    assert of(html).body == "Words."


def test_a_caption_stands_once_whatever_its_quotes() -> None:
    one = of(
        "<figure><img alt='Placeholder&#39;s door' src='d.jpg'>"
        "<figcaption>Placeholder’s door</figcaption></figure><p>Words.</p><p>Words.</p>"
    )
    assert one.body == "::: note\nPlaceholder’s door\n:::\n\nWords."
    assert one.left_out[0] == "2 captions that stood there twice"


def test_rights_are_kept_as_they_are_printed() -> None:
    one = of("<p>Words.</p><p>Copyright (c) 2019. Example. Reprinted with permission.</p>")
    assert one.rights_text == "Copyright (c) 2019. Example. Reprinted with permission."


WORDS = "Words that are long enough to be those of an article."
PAGE = f"""<html lang="en"><body><article><h2>A title</h2><p>{WORDS}</p>
<p>This post was originally published on Example Outlet.</p></article></body></html>"""


def test_without_rights_the_words_lie_outside_of_the_archive(desk: Any) -> None:
    done = desk.bring("saved.html", PAGE).run("saved.html", write=True)
    (path,) = done.written
    text = desk.file(".en.md")
    assert [one.code for one in done.problems if not one.code.startswith("S")] == ["I050"]
    assert "rights: unclear" in text
    assert "Words that" not in text
    beside = desk.folder / "saved-words" / path.rpartition("/")[2]
    assert beside.read_text("utf-8") == f"{WORDS}\n"


def test_with_rights_the_words_are_a_draft(desk: Any) -> None:
    wanted = articles.Wanted(rights="permission")
    desk.bring("saved.html", PAGE).run("saved.html", write=True, wanted=wanted)
    text = desk.file(".en.md")
    assert "draft: true\n" in text
    assert text.endswith(f"---\n\n{WORDS}\n")
    assert not (desk.folder / "saved-words").exists()


def test_every_guess_and_the_digest_stand_in_the_draft(desk: Any) -> None:
    desk.bring("saved.html", PAGE).run("saved.html", write=True)
    head = desk.file(".en.md").split("draft:")[0]
    assert "# Imported from saved.html, text 1; SHA-256 there: " in head
    assert "# Guessed, to be checked by a person: the kind of text.\n" in head
    assert "# Not said there: the date, the author, the outlet.\n" in head


def test_a_second_import_passes_over_what_is_there(desk: Any) -> None:
    desk.bring("saved.html", PAGE).run("saved.html", write=True)
    again = desk.run("saved.html", write=True)
    assert (again.plan.files, len(again.plan.same), again.problems) == ([], 1, [])


def test_nothing_that_was_imported_is_published(desk: Any) -> None:
    wanted = articles.Wanted(rights="permission")
    desk.bring("saved.html", PAGE).run("saved.html", write=True, wanted=wanted)
    desk.site.build()
    words = "".join(desk.site.read(one) for one in desk.site.files() if one.endswith("html"))
    assert "long enough" not in words


@pytest.mark.parametrize("sign", ["\u202e", "\u2066", "\x07"])
def test_a_sign_that_hides_something_stops_the_import(desk: Any, sign: str) -> None:
    desk.bring("saved.html", PAGE.replace("A title", f"A{sign}title"))
    done = desk.run("saved.html", write=True)
    assert any(one.is_error for one in done.problems)
    assert done.written == []


def test_signs_that_pages_are_full_of_are_taken_out(desk: Any) -> None:
    desk.bring("saved.html", PAGE.replace("Words", "Wo\u00adrds\u200b"))
    wanted = articles.Wanted(rights="permission")
    desk.run("saved.html", write=True, wanted=wanted)
    assert "\nWords that are" in desk.file(".en.md")


def test_a_day_from_a_line_of_the_text_is_guessed() -> None:
    one = of("<p>9 April 2017</p><p>Words.</p><p>9 April 2017</p>")
    assert (one.published, one.guesses) == (
        "2017-04-09",
        ("the date, from a line of the text",),
    )
