"""The patterns of the sources that were seen, in placeholder words, and their counts."""

from __future__ import annotations

from typing import Any

import pytest

from aigaq.desk.importing import articles

P = "<p>Placeholder words {n} that are long enough to be those of an article.</p>"


def page(*parts: str) -> str:
    return f"<html lang='en'><body>{''.join(parts)}</body></html>"


def drafts(desk: Any, html: str, **said: Any) -> list[str]:
    """The text of each draft, in the order of the page."""
    done = desk.bring("saved.html", html).run(
        "saved.html", wanted=articles.Wanted(rights="permission", **said)
    )
    return [file.text for file in done.plan.files]


# A category page: eight articles of another outlet, no titles, no dates, boxes in the middle.

CAPTIONS = (2, 2, 4, 0, 0, 2, 0, 1)
CATEGORY = page(
    *(
        P.format(n=n)
        + "".join(f"<p>Picture {n}-{c}.</p><p>Picture “{n}”-{c}</p>" for c in range(captions))
        + ("<h3>Subscribe To Our New Newsletter</h3>" * (n in {0, 2}))
        + ("<p>Example is partnering with Example Two.</p>" * (n not in {3, 6, 7}))
        + "<p>This post was originally published on Example Radio.</p>"
        for n, captions in enumerate(CAPTIONS)
    )
)


def test_a_category_page_is_eight_drafts(desk: Any) -> None:
    desk.site.write("content/series/s-1.yaml", "title: {en: Placeholder}\n")
    made = drafts(desk, CATEGORY, series="s-1")
    assert len(made) == 8
    assert sum(text.count("role: first-publication") for text in made) == 8
    assert (
        sum("Not said there: the date, the author, the outlet." in text for text in made) == 8
    )
    assert sum(text.count("captions that stood there twice") for text in made) == 5
    assert sum(text.count("# Left out: a box of the page") for text in made) == 2
    assert sum(text.count("# Left out: a box of a series") for text in made) == 5
    assert sum(text.count("series: s-1") for text in made) == 5
    assert not any(
        "published:" in text or "Newsletter" in text.split("---")[2] for text in made
    )


def test_texts_without_a_box_of_a_series_are_all_of_the_one_that_is_named(desk: Any) -> None:
    desk.site.write("content/series/s-1.yaml", "title: {en: Placeholder}\n")
    html = page(*(f"<article>{P.format(n=n)}</article>" for n in range(3)))
    assert sum("series: s-1" in text for text in drafts(desk, html, series="s-1")) == 3


def test_a_series_that_is_not_there_is_told(desk: Any) -> None:
    done = desk.bring("saved.html", page(P)).run(
        "saved.html", wanted=articles.Wanted(series="s-9"), write=True
    )
    assert any(one.is_error and "s-9" in str(one) for one in done.problems)
    assert done.written == []


# An excerpt on another site: a day, a byline without a space, a caption, a link to the rest.

EXCERPT = page(
    "<article><h1>A placeholder title</h1><p>Date: March 4, 2019</p>"
    "<p>By: Placeholder Name,Second Placeholder</p>",
    P,
    "<p>The last words of the excerpt here.   [FULL  STORY]</p><p>By</p></article>",
)


def test_an_excerpt_is_one_with_two_authors_and_its_day(desk: Any) -> None:
    (text,) = drafts(desk, EXCERPT)
    head, body = text.split("---\n")[1:]
    assert "extent: excerpt" in head
    assert head.count("role: author") == 2
    assert "Second Placeholder" in head
    assert "published: 2019-03-04" in head
    assert body.strip().endswith("The last words of the excerpt here.")


# A reprint: promotions around it, an address that leads nowhere, the rights in words.

REPRINT = page(
    "<article><p class='banner'>Find A Job!</p><h1>A placeholder title</h1>"
    "<p>By Example's Service January 28, 2019</p>",
    P,
    "<p>Source: placeholder-words-of -a-title/29735842.html</p>"
    "<p>Copyright (c) 2019. Example, Inc. Reprinted with the permission of Example.</p>"
    "<p>Join the mailing list</p></article>",
)


def test_a_reprint_keeps_its_rights_and_its_broken_address_as_printed(desk: Any) -> None:
    (text,) = drafts(desk, REPRINT)
    head, body = text.split("---\n")[1:]
    assert 'url_as_printed: "placeholder-words-of -a-title/29735842.html"' in head
    assert "published: 2019-01-28" in head
    assert 'who: "Example\'s Service"' in head
    assert "\n  url:" not in head
    assert "Copyright (c) 2019. Example, Inc. Reprinted with the permission of Example." in head
    assert head.count("# Left out: a box of the page") == 2
    assert "mailing list" not in body


# Several narrators in one piece: whose words are whose, only people can say.

NARRATORS = page(
    "<article><h1>A placeholder project</h1>",
    *(
        f"<h3>‘Placeholder sentence {n}’</h3>{P.format(n=n)}"
        f"<figure><img src='{n}.jpg'><figcaption>Object {n}</figcaption></figure>"
        for n in range(7)
    ),
    "<p>Photos by Placeholder Name</p></article>",
)


def test_a_piece_of_seven_narrators_is_one_draft_with_their_headings_and_captions(
    desk: Any,
) -> None:
    (text,) = drafts(desk, NARRATORS)
    assert text.count("\n### ") + text.count("\n## ") == 7
    assert text.count("::: note\nObject") == 7
    assert text.count("# Left out: picture:") == 7


# What is wrong with some of many


BAD = page(
    *(
        f"\n<article><h2>Title {n}{sign}</h2>{P.format(n=n)}</article>"
        for n, sign in enumerate(("", "\u202e", "", "\u2066", ""))
    )
)


def test_all_that_is_wrong_is_told_in_one_run_and_nothing_is_written(desk: Any) -> None:
    done = desk.bring("saved.html", BAD).run("saved.html", write=True)
    wrong = [one for one in done.problems if one.is_error]
    assert len({str(one.span) for one in wrong}) == 2
    assert done.written == []


def test_what_is_wrong_can_be_left_out_by_its_place_and_comes_later(desk: Any) -> None:
    done = desk.bring("saved.html", BAD).run("saved.html", write=True)
    places = tuple({str(one.span) for one in done.problems if one.is_error})

    made = desk.run("saved.html", write=True, wanted=articles.Wanted(skip=places))
    desk.bring("saved.html", BAD.replace("\u202e", "").replace("\u2066", ""))
    rest = desk.run("saved.html", write=True)

    assert len(made.written) == 3
    assert len(rest.written) == 2
    assert len(rest.plan.same) == 3


@pytest.mark.parametrize("name", ["saved.html:99", "Title 9", "3", ""])
def test_what_is_to_be_left_out_and_is_not_there_is_told(desk: Any, name: str) -> None:
    desk.bring("saved.html", BAD.replace("\u202e", "").replace("\u2066", ""))
    done = desk.run("saved.html", write=True, wanted=articles.Wanted(skip=(name,)))
    assert [one.code for one in done.problems if one.is_error] == ["I057"]
    assert done.written == []


@pytest.mark.parametrize("option", ["lang", "rights", "series"])
def test_what_a_table_says_itself_is_no_option(desk: Any, option: str) -> None:
    desk.bring("people.csv", "key,names.en.preferred,protect\n1,Placeholder Name,open\n")
    wanted = articles.Wanted(**{option: "own"})
    done = desk.run("people.csv", write=True, wanted=wanted)
    assert [(one.code, f"--{option}" in str(one)) for one in done.problems] == [("I058", True)]
    assert done.written == []


def test_rows_of_a_table_are_left_out_in_the_table(desk: Any) -> None:
    desk.bring("people.csv", "key,names.en.preferred,protect\n1,Placeholder Name,open\n")
    done = desk.run("people.csv", wanted=articles.Wanted(skip=("people.csv:2",)))
    assert [one.code for one in done.problems] == ["I057"]
