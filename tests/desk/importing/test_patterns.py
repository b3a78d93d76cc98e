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


# The same with names below the headings, an introduction, and credits between promotions.

NAMES = tuple(f"Narrator {letter}example" for letter in "ABCDEFG")
CREDITS = (
    "<p>Photos by Maker Placeholder</p>"
    "<p>Interviews by Maker Placeholder with assistance from Helper Placeholder</p>"
    "<p>Abridged translation by Writer Placeholder</p>"
)


def named(
    heading: str, name: str = "<p>{name}</p>", lead: str = "<h1>A placeholder project</h1>"
) -> str:
    said = (
        heading.format(said=f"‘Placeholder sentence {n} — of one who tells’")
        + name.format(name=who)
        + P.format(n=f"{n} of the first paragraph")
        + f"<p>Object {n} that {who} kept</p>"
        + P.format(n=f"{n} of the second paragraph")
        for n, who in enumerate(NAMES)
    )
    return page(
        f"<p>Skip to main content</p>{lead}<p>Source: Example</p>",
        P.format(n="before all of them"),
        *said,
        CREDITS,
        "<p>• Share to or</p>",
    )


@pytest.mark.parametrize(
    ("heading", "name", "lead"),
    [
        ("<h3>{said}</h3>", "<p>{name}</p>", "<h1>A placeholder project</h1>"),
        ("<h2>{said}</h2>", "<p><b>{name}</b></p>", "<h1>A placeholder project</h1>"),
        ("<h3>{said}</h3>", "<h4>{name}</h4>", "<h1>A placeholder project</h1>"),
        ("<p>{said}</p>", "<p>{name}</p>", "<p>‘A quotation’ Placeholder and more</p>"),
        ("<p><b>{said}</b><br>", "{name}</p>", "<h2>A placeholder project</h2>"),
    ],
)
def test_a_piece_of_seven_narrators_is_seven_testimonies_and_an_introduction(
    desk: Any, heading: str, name: str, lead: str
) -> None:
    introduction, *told = drafts(desk, named(heading, name, lead), by_heading=True)
    assert ("kind: report\n" in introduction, len(told)) == (True, 7)
    for n, (text, who) in enumerate(zip(told, NAMES, strict=True)):
        head, body = text.split("---\n")[1:]
        assert "kind: testimony\ndraft: true\n" in head
        assert f'title: "‘Placeholder sentence {n} — of one who tells’"\n' in head
        assert (
            f"the narrator, from the line below the heading: “{who}”" in head.split("kind")[0]
        )
        assert "told_by" not in head
        assert [who in line for line in body.split("\n\n")] == [False, True, False]
        assert body.count(f"Placeholder words {n} of") == 2


def test_each_part_of_it_has_the_credits_of_the_whole_and_they_are_no_words(desk: Any) -> None:
    made = drafts(desk, named("<h3>{said}</h3>"), by_heading=True)
    lines = (
        '  - {who: "Maker Placeholder", role: photographer}\n'
        '  - {who: "Maker Placeholder", role: interviewer}\n'
        '  - {who: "Helper Placeholder", role: other, words: "with assistance from"}\n'
        '  - {who: "Writer Placeholder", role: translator, abridged: true}\n'
    )
    assert len(made) == 8
    for text in made:
        head, body = text.split("---\n")[1:]
        assert lines in head
        assert "the credits, from “Photos by Maker Placeholder”" in head
        assert "Placeholder\n" not in body
    assert sum("who: unknown, role: author" in text for text in made) == 1


@pytest.mark.parametrize("lead", ["<h1>A placeholder project</h1>", "<p>Neither title.</p>"])
def test_a_second_import_of_it_is_passed_over_and_a_changed_original_is_told(
    desk: Any, lead: str
) -> None:
    wanted = articles.Wanted(by_heading=True)
    html = named("<h3>{said}</h3>", lead=lead)
    first = desk.bring("saved.html", html).run("saved.html", write=True, wanted=wanted)
    again = desk.run("saved.html", write=True, wanted=wanted)
    changed = html.replace("words 3 of", "words that were altered of")
    other = desk.bring("saved.html", changed).run("saved.html", write=True, wanted=wanted)

    assert len(first.written) == 8
    assert (again.written, sorted(again.plan.same), again.problems) == (
        [], sorted(first.written), [],
    )  # fmt: skip
    assert [one.code for one in other.problems] == ["I053"] * 8
    assert other.written == []


@pytest.mark.parametrize("first", [True, False])
def test_what_is_there_as_one_draft_is_not_divided_beside_it_nor_the_other_way(
    desk: Any, first: bool
) -> None:
    desk.bring("saved.html", named("<h3>{said}</h3>"))
    desk.run("saved.html", write=True, wanted=articles.Wanted(by_heading=first))
    other = desk.run("saved.html", write=True, wanted=articles.Wanted(by_heading=not first))
    assert [(one.code, one.is_error) for one in other.problems] == [("I061", False)]
    assert other.written == []


def test_another_text_with_the_title_of_one_that_was_divided_is_brought(desk: Any) -> None:
    desk.bring("saved.html", named("<h3>{said}</h3>"))
    desk.run("saved.html", write=True, wanted=articles.Wanted(by_heading=True))
    desk.bring("other.html", page("<h1>A placeholder project</h1>", P.format(n="of another")))
    assert len(desk.run("other.html", write=True).written) == 1


@pytest.mark.parametrize("title", ["Narrator Zexample", "A pla\u00adceholder title"])
def test_a_divided_page_is_known_by_the_title_it_has(desk: Any, title: str) -> None:
    told = (f"<h2>{who}</h2>" + P.format(n=f"of {who}") for who in NAMES)
    html = page(f"<h2>{title}</h2>", P.format(n="before"), *told)
    desk.bring("saved.html", html)
    desk.run("saved.html", write=True, wanted=articles.Wanted(by_heading=True))
    other = desk.run("saved.html", write=True)
    assert (other.written, [one.code for one in other.problems]) == ([], ["I061"])


def test_texts_of_a_folder_with_one_title_are_all_divided(desk: Any) -> None:
    words = "Placeholder words that are long enough to be those of somebody."
    body = "\n\n".join(f"## {who}\n\n{words}" for who in NAMES[:2])
    for name in ("a.en.md", "b.en.md"):
        desk.bring(f"texts/{name}", f"---\ntitle: A title\n---\nBefore.\n\n{body}\n")
    done = desk.run("texts", write=True, wanted=articles.Wanted(by_heading=True))
    assert len(done.written) == 6
    assert len({one.path for one in done.plan.files}) == 6


def test_a_page_without_a_title_loses_the_first_heading_to_nobody(desk: Any) -> None:
    told = (f"<h2>{who}</h2>" + P.format(n=f"of {who}") for who in NAMES)
    made = drafts(desk, page(f"<article>{''.join(told)}</article>"), by_heading=True)
    assert [f'title: "{who}"' in text for who, text in zip(NAMES, made, strict=True)] == [
        True
    ] * 7
    assert ["kind: testimony" in text for text in made] == [True] * 7


def test_headings_that_name_nobody_divide_nothing(desk: Any) -> None:
    desk.bring("saved.html", NARRATORS)
    done = desk.run("saved.html", write=True, wanted=articles.Wanted(by_heading=True))
    assert [one.code for one in done.problems if one.is_error] == ["I059"]
    assert done.written == []


def test_one_part_can_be_left_out_by_its_place(desk: Any) -> None:
    desk.bring("saved.html", named("<h3>{said}</h3>"))
    wanted = articles.Wanted(by_heading=True, skip=("saved.html:1, part 3",))
    done = desk.run("saved.html", wanted=wanted)
    assert (len(done.plan.files), [one for one in done.problems if one.is_error]) == (7, [])


def test_a_post_and_a_text_in_markdown_are_divided_alike(desk: Any) -> None:
    words = "Placeholder words that are long enough to be those of somebody."
    body = "\n\n".join(
        ["Before.", *(f"## Said {n}\n\n{who}\n\n{words}" for n, who in enumerate(NAMES[:2]))]
    )
    ending = "\n\nPhotos by Maker Placeholder"
    desk.bring("texts/a.md", f"---\ntitle: A title\n---\n{body}{ending}\n")
    html = body.replace("## Said 0", "<h2>Said 0</h2>").replace("## Said 1", "<h2>Said 1</h2>")
    desk.bring(
        "export.xml",
        '<rss xmlns:content="http://purl.org/rss/1.0/modules/content/"'
        ' xmlns:wp="http://wordpress.org/export/1.2/"><channel><title>Example</title><item>'
        "<title>A title</title><link>https://x.example/1</link>"
        "<wp:post_type>post</wp:post_type><wp:status>publish</wp:status>"
        f"<content:encoded><![CDATA[{html}{ending}]]></content:encoded></item></channel></rss>",
    )
    wanted = articles.Wanted(rights="permission", by_heading=True)
    for name in ("texts", "export.xml"):
        made = [file.text for file in desk.run(name, wanted=wanted).plan.files]
        assert [text.count("kind: testimony") for text in made] == [0, 1, 1]
        assert [text.endswith(f"---\n\n{words}\n") for text in made] == [False, True, True]
        assert [text.count("role: photographer") for text in made] == [1, 1, 1]


def test_a_table_is_not_divided(desk: Any) -> None:
    desk.bring("people.csv", "key,names.en.preferred,protect\n1,Placeholder Name,open\n")
    wanted = articles.Wanted(by_heading=True)
    done = desk.run("people.csv", write=True, wanted=wanted)
    assert [(one.code, "--by-heading" in str(one)) for one in done.problems] == [("I062", True)]
    assert done.written == []


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
