"""Where a page with several narrators is divided, and what each part of it keeps."""

from __future__ import annotations

import time
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aigaq.desk.importing import articles, facts, html_blocks, narrators
from aigaq.words.diagnostics import Severity, Span

WORDS = "Placeholder words that are long enough to be a testimony of somebody."
NAMES = ("Ann Example", "Bob Example", "Cid Example")


def article(body: str, **known: Any) -> articles.Article:
    begun = articles.Article("k", Span("saved.html", 1), "", "d" * 64, title="A whole title")
    return replace(begun, body=body, **known)


def page(*heads: str) -> str:
    """An introduction, and below each heading the same words, with a number."""
    told = [f"{head}\n\n{WORDS} {n}" for n, head in enumerate(heads)]
    return "\n\n".join(["Words before.", *told])


def parts(body: str, **known: Any) -> list[tuple[str, str]]:
    """The kind and the title of each part."""
    return [(one.kind, one.title) for one in narrators.divided(article(body, **known))]


# --- where parts begin ---


@pytest.mark.parametrize(
    "head",
    [
        "### {said}\n\n{name}",
        "## {said}\n\n**{name}**",
        "‘{said}’\n\n{name}",
        "“{said}.”\n\n{name}",
        "«{said}»\n\n{name}",
        "**{said}**\n\n{name}",
        "‘{said}’  \n{name}",
        "## {said}\n{name}",
        "### {name}",
        "### ‘{said}’\n\n#### {name}",
    ],
)
def test_the_ways_of_naming_a_narrator_below_or_in_a_heading(head: str) -> None:
    said = "what each of them said here"
    heads = [head.format(said=f"{said} {n}", name=name) for n, name in enumerate(NAMES)]
    made = narrators.divided(article(page(*heads)))
    assert [one.kind for one in made] == ["report", *["testimony"] * 3]
    assert [one.body for one in made] == ["Words before.", *(f"{WORDS} {n}" for n in range(3))]
    told = [one.guesses[0] for one in made[1:]]
    assert [name in guess for name, guess in zip(NAMES, told, strict=True)] == [True] * 3
    assert made[0].guesses == ()


@pytest.mark.parametrize(
    "body",
    [
        WORDS,
        page("## Caught Up", "## Forced To Speak", "## Wife’s Campaign"),
        page("## Early Life", "## What he saw", "## Human Rights"),
        page("‘one’", "‘two’"),
        page("## Ann Example"),
        f"Ann Example\n\n{WORDS}",
        f"{WORDS}\n\n## Photos\n\nAnn Example",
        f"“He said so”\n\nShort.\n\n{WORDS}",
        f"```\n## Heading\n\nAnn Example\n\n{WORDS}\n```",
        f"````\n## Heading\n\nAnn Example\n\n{WORDS}\n````",
    ],
)
def test_a_text_whose_headings_name_nobody_is_not_divided(body: str) -> None:
    assert parts(body) == []


def test_one_narrator_below_a_heading_is_enough() -> None:
    assert parts(page("### A sentence\n\nAnn Example")) == [
        ("report", "A whole title"),
        ("testimony", "A sentence"),
    ]


def test_without_words_before_the_first_there_is_no_introduction() -> None:
    body = page("### One\n\nAnn Example", "### Two\n\nBob Example")
    made = narrators.divided(article(body.removeprefix("Words before.\n\n")))
    assert [one.title for one in made] == ["One", "Two"]
    assert [str(one.place) for one in made] == ["saved.html:1, part 1", "saved.html:1, part 2"]


def test_a_quotation_in_words_with_the_name_of_who_speaks_begins_nothing() -> None:
    quoted = f"### One\n\nAnn Example\n\n{WORDS}\n\n“A pulled quotation”\n\nAnn Example"
    assert parts(page(quoted, "### Two\n\nBob Example")) == [
        ("report", "A whole title"),
        ("testimony", "One"),
        ("testimony", "Two"),
    ]


def test_a_place_below_the_name_is_no_second_narrator() -> None:
    body = page(*(f"### Said\n\n**{name}**\n\nAlmaty" for name in NAMES[:2]))
    made = narrators.divided(article(body))
    assert [one.body for one in made[1:]] == [f"Almaty\n\n{WORDS} {n}" for n in range(2)]


def test_names_in_all_headings_count_more_than_a_word_below_one_of_them() -> None:
    made = narrators.divided(article(page("## Ann Example\n\nAlmaty", "## Bob Example")))
    told = [one.guesses[0] for one in made[1:]]
    assert told == [
        "the narrator, from the heading: “Ann Example”",
        "the narrator, from the heading: “Bob Example”",
    ]


def test_signs_that_nobody_sees_hide_no_name() -> None:
    made, problems = narrators.of_all([article(page("### One\n\nAnn\u200b Exam\u00adple"))], ())
    assert ([one.kind for one in made], problems) == (["report", "testimony"], [])
    assert "“Ann Example”" in made[1].guesses[0]


def test_a_heading_without_a_name_stays_and_is_doubted() -> None:
    first = f"### One\n\nAnn Example\n\n{WORDS}\n\n### Nobody said whose\n\n{WORDS}"
    deeper = f"### Two\n\nBob Example\n\n{WORDS}\n\n#### Later\n\n{WORDS}"
    made, problems = narrators.of_all([article(page(first, deeper))], ())
    doubts = [sum("same narrator" in guess for guess in one.guesses) for one in made]
    assert doubts == [0, 1, 0]
    assert "### Nobody said whose" in made[1].body
    assert "#### Later" in made[2].body
    assert [(one.code, one.is_error) for one in problems] == [("I060", False)]


def test_what_stands_between_fences_stays_together() -> None:
    note = "::: note\nA caption\n\nof two paragraphs\n:::"
    body = page(f"### One\n\nAnn Example\n\n{note}", "### Two\n\nBob Example")
    assert narrators.divided(article(body))[1].body == f"{note}\n\n{WORDS} 0"


@pytest.mark.parametrize(
    "sign", [" ", "\n", "[", "*", "#", "**a", "‘a’\n", "```\na\n", ":::\n", "# a\n", "\\", "_ "]
)
def test_the_time_grows_with_the_text_alone(sign: str) -> None:
    long = article(f"## One\n\nAnn Example\n\n{sign * 50_000}x\n\n{WORDS}")
    begun = time.process_time()
    narrators.divided(articles.credited(long))
    assert time.process_time() - begun < 10


def test_the_name_of_one_is_not_what_the_next_said() -> None:
    body = f"‘A b’\n\n## Ann Example\n\n## Bob Example\n\n{WORDS}"
    (introduction, bob) = narrators.divided(article(body))
    assert introduction.body == "‘A b’\n\n## Ann Example"
    assert bob.title == "Bob Example"


@pytest.mark.parametrize(
    ("head", "doubted"),
    [
        ("‘Two’\n\nBob Example, teacher", "‘Two’"),
        ("**Conclusion**", "Conclusion"),
        ("#### Bob Example", "Bob Example"),
        ("Bob Example", "Bob Example"),
        ("::: note\nBob Example\n:::", "Bob Example"),
        ("## Afterword", "Afterword"),
    ],
)
def test_where_somebody_else_may_speak_is_doubted(head: str, doubted: str) -> None:
    made, problems = narrators.of_all([article(page("‘One’\n\nAnn Example", head))], ())
    guesses = [guess for one in made for guess in one.guesses if "same narrator" in guess]
    assert guesses == [f"that the same narrator speaks below the line “{doubted}”"]
    assert [one.code for one in problems] == ["I060"]


def test_what_somebody_quotes_below_a_heading_is_not_doubted() -> None:
    made = narrators.divided(article(page(f"## One\n\nAnn Example\n\n{WORDS}\n\n“Go home!”")))
    assert not any("same narrator" in guess for one in made for guess in one.guesses)


def test_the_end_of_the_page_and_a_caption_before_a_heading_are_doubted() -> None:
    note = "::: note\nA caption.\n:::"
    first = f"### One\n\nAnn Example\n\n{WORDS}"
    body = f"{first}\n\n{note}\n\n### Two\n\nBob Example\n\n{WORDS}"
    one, two = narrators.divided(article(body))
    caption = "that the caption at the end is of this part, not of the next"
    assert [caption in part.guesses for part in (one, two)] == [True, False]
    assert ["nothing of the page's own" in part.guesses[-1] for part in (one, two)] == [
        False,
        True,
    ]


def test_a_place_below_every_name_is_no_narrator() -> None:
    heads = [f"## {name}\n\nAlmaty" for name in NAMES]
    made = narrators.divided(article(page(*heads)))
    assert [one.guesses[0] for one in made[1:]] == [
        f"the narrator, from the heading: “{name}”" for name in NAMES
    ]


def test_a_heading_that_may_be_the_name_is_doubted() -> None:
    made = narrators.divided(article(page("## Ann Example\n\nAlmaty", "## Two\n\nTaraz")))
    assert "that the heading “Ann Example” is not the name" in made[1].guesses


def test_a_caption_below_a_heading_may_be_the_name_or_stand_above_it() -> None:
    notes = ("::: note\nAnn Example\n:::", "::: note\nA door.\n:::\n\nBob Example")
    made = narrators.divided(article(page(*(f"### It was said\n\n{note}" for note in notes))))
    assert [name in one.guesses[0] for name, one in zip(NAMES, made[1:], strict=False)] == [
        True,
        True,
    ]
    assert made[2].body == f"::: note\nA door.\n:::\n\n{WORDS} 1"


def test_footnotes_go_with_the_words_that_call_them() -> None:
    body = page("## Said\n\nAnn Example\n\nA[^1]", "## Told\n\nBob Example\n\nB[^2]")
    made = narrators.divided(article(f"{body}\n\n[^1]: a\n[^2]: b"))
    assert [one.body.rpartition("\n")[2] for one in made[1:]] == ["[^1]: a", "[^2]: b"]


# --- the title of the page ---


@pytest.mark.parametrize(
    ("heading", "first"),
    [("### One", "One"), ("## One", "A whole title"), ("", "A whole title")],
)
def test_a_title_of_the_level_of_the_others_with_a_name_below_is_one_of_them(
    heading: str, first: str
) -> None:
    rest = page("### Two\n\nBob Example").removeprefix("Words before.\n\n")
    made = parts(f"Ann Example\n\n{WORDS}\n\n{rest}", heading=heading)
    assert [title for _, title in made] == [first, "Two"]


def test_a_title_that_names_nobody_stays_that_of_the_introduction() -> None:
    whole = article(page("## One\n\nAnn Example"), heading="## A whole title")
    introduction, one = narrators.divided(whole)
    assert (introduction.title, introduction.body) == ("A whole title", "Words before.")
    assert one.title == "One"


def test_without_an_introduction_the_title_and_the_summary_are_told() -> None:
    body = page("## One\n\nAnn Example").removeprefix("Words before.\n\n")
    (one,) = narrators.divided(article(body, summary="All of it", left_out=("a box",)))
    assert one.left_out == (
        "the title of the whole: A whole title",
        "the summary of the whole: All of it",
        "a box",
    )


def test_a_line_above_the_title_is_no_name_below_it() -> None:
    body = page("## One\n\nAnn Example").replace("Words before.", f"Testimonies\n\n{WORDS}")
    whole = article(body, heading="## A whole title", above="Testimonies")
    introduction, one = narrators.divided(whole)
    assert (introduction.title, one.title) == ("A whole title", "One")
    assert introduction.body == f"Testimonies\n\n{WORDS}"


def test_what_stands_above_the_title_of_the_first_is_the_introduction() -> None:
    body = page("## Two\n\nBob Example").removeprefix("Words before.\n\n")
    body = f"A line.\n\nAnn Example\n\n{WORDS}\n\n{body}"
    made = narrators.divided(article(body, heading="## One", above="A line."))
    assert [(one.title, one.kind) for one in made] == [
        ("", "report"),
        ("One", "testimony"),
        ("Two", "testimony"),
    ]


# --- what parts keep ---


WHOLE = {
    "url": "https://x.example/1",
    "published": "2020-01-02",
    "outlet": "Example",
    "first": "Example Radio",
    "rights_text": "(c) Example",
    "author": "Dan Example",
    "lang": "en",
    "tags": ("a",),
    "credits": (facts.Credit("Eve Example", "photographer"),),
}


def test_every_part_keeps_what_is_known_of_the_whole() -> None:
    whole = article(page("### One\n\nAnn Example", "### Two\n\nBob Example"), **WHOLE)
    for one in narrators.divided(whole):
        assert {name: getattr(one, name) for name in WHOLE} == WHOLE
        assert one.digest == whole.digest


def test_who_tells_is_in_no_credits_and_that_is_told() -> None:
    both = (facts.Credit("Ann Example", "interviewer"), facts.Credit("Eve Example", "editor"))
    body = page("### One\n\nAnn Example, 45", "### Two\n\nBob Example")
    for one in narrators.divided(article(body, credits=both, author="Bob Example")):
        assert (one.credits, one.author) == (both[1:], "")
        assert "that “Ann Example” is a narrator only, and no credit" in one.guesses
        assert "that “Bob Example” is a narrator only, and no credit" in one.guesses


def test_a_summary_of_the_whole_is_none_of_a_part() -> None:
    made = narrators.divided(article(page("### One\n\nAnn Example"), summary="All of it"))
    assert [one.summary for one in made] == ["All of it", ""]


def test_what_was_left_out_is_told_once_but_for_the_series() -> None:
    left = ("a box of a series: A", "picture: 1.jpg")
    body = page("### One\n\nAnn Example", "### Two\n\nBob Example")
    made = narrators.divided(article(body, left_out=left))
    assert [one.left_out for one in made] == [left, left[:1], left[:1]]
    assert all(one.is_in_series for one in made)


def test_the_key_of_a_part_is_its_own_and_stays_when_its_words_change() -> None:
    heads = ["### One\n\nAnn Example", "### Two\n\nBob Example", "### Three\n\nAnn Example"]
    before = narrators.divided(article(page(*heads)))
    after = narrators.divided(
        replace(article(page(*reversed(heads)).replace("words", "Words")), digest="e" * 64)
    )
    assert len({one.key for one in before}) == 4
    assert {one.key for one in before} == {one.key for one in after}


@given(
    st.lists(st.sampled_from(["## A b\n\nAnn", "‘A b’", "Ann Example", "## Bob", WORDS, "x"]))
)
def test_no_line_is_lost_or_told_twice(chunks: list[str]) -> None:
    """Headings and names go into titles and guesses, all else into one body."""
    body = "\n\n".join(chunks)
    made = narrators.divided(article(body))
    found = [html_blocks.plain(c) for one in made for c in one.body.split("\n\n") if c]
    for one in made:
        if one.kind == "testimony":
            narrator = one.guesses[0].partition("“")[2].removesuffix("”")
            found += {one.title, narrator}
    assert not made or sorted(found) == sorted(map(html_blocks.plain, body.split("\n\n")))


# --- of several texts ---


def test_where_no_text_names_anybody_it_is_an_error_and_beside_others_a_warning() -> None:
    with_one, without = article(page("### One\n\nAnn Example")), article(WORDS)
    alone, wrong = narrators.of_all([without], ())
    both, told = narrators.of_all([with_one, without], ())
    assert (len(alone), [(p.code, p.problem.severity) for p in wrong]) == (
        0,
        [("I059", Severity.ERROR)],
    )
    assert (len(both), [(p.code, p.problem.severity) for p in told]) == (
        2,
        [("I059", Severity.WARNING)],
    )


def test_what_is_to_be_left_out_is_neither_divided_nor_blamed() -> None:
    assert narrators.of_all([article(WORDS)], ("saved.html:1",)) == ([], [])
