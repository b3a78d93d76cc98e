from __future__ import annotations

import pytest

from aigaq.source.markup import convert
from aigaq.words.diagnostics import Diagnostic
from aigaq.words.fragments import Fragment, Reference


def both(body: str) -> tuple[Fragment, list[Diagnostic]]:
    return convert.convert(body, path="t.md", first_line=10, labels=(), language="en")


def external(address: str, words: str = "a") -> str:
    return f'<a href="{address}" rel="noreferrer noopener">{words}</a>'


def html(body: str) -> str:
    made, found = both(body)
    assert found == []
    return "\n".join(block.html for block in made.blocks)


def problems(body: str) -> list[tuple[str, int, int]]:
    return [(one.code, one.span.line, one.span.column) for one in both(body)[1]]


WEB = "https://example.org"


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (f"[a]({WEB}/b)", external(f"{WEB}/b")),
        (f"[a]({WEB}/?a=1&b=2)", external(f"{WEB}/?a=1&amp;b=2")),
        (f"[a]({WEB}/?a=1&amp;b=2)", external(f"{WEB}/?a=1&amp;b=2")),
        (f'[a]({WEB} "t")', external(WEB).replace(">a", ' title="t">a')),
        (f"[a](<{WEB}/>)", external(f"{WEB}/")),
        (f"[a]({WEB}/b_(c))", external(f"{WEB}/b_(c)")),
        (f"[a]({WEB}/*b*_c_)", external(f"{WEB}/*b*_c_")),
        (f"[a *b* [c]]({WEB})", external(WEB, "a <em>b</em> [c]")),
        (f"<{WEB}/a_b>", external(f"{WEB}/a_b", f"{WEB}/a_b")),
        ("<a_b@example.org>", '<a href="mailto:a_b@example.org">a_b@example.org</a>'),
        ("[a](mailto:a@example.org)", '<a href="mailto:a@example.org">a</a>'),
        (f"[a][b]\n\n[B]: {WEB}", external(WEB)),
        ("[a][]\n\n[a]: person:p-1", '<a href="person:p-1">a</a>'),
        ("[a] (b) [c]", "[a] (b) [c]"),
    ],
)
def test_good_links_are_written_plainly(body: str, expected: str) -> None:
    assert html(body) == f"<p>{expected}</p>"


@pytest.mark.parametrize(
    "kind", ["person", "place", "org", "group", "topic", "testimony", "series", "page"]
)
def test_a_record_link_is_a_placeholder_and_a_reference(kind: str) -> None:
    made, _ = both(f'x\n\nab [c]({kind}:p-1 "title")')
    assert made.blocks[1].html == f'<p>ab <a href="{kind}:p-1">c</a></p>'
    assert made.references == (Reference(kind=kind, target="p-1", line=12, column=8),)


def test_a_link_to_a_paragraph_keeps_its_anchor() -> None:
    made, _ = both("[c](testimony:t-9x2d#p4)")
    assert made.references[0].anchor == "p4"
    assert made.blocks[0].html == '<p><a href="testimony:t-9x2d#p4">c</a></p>'


def test_a_definition_that_names_a_record_is_the_place_of_the_reference() -> None:
    made, _ = both("[a][b]\n\n[b]: person:p-1")
    assert made.references == (Reference(kind="person", target="p-1", line=12, column=6),)


@pytest.mark.parametrize(
    ("address", "code"),
    [
        ("javascript:alert(1)", "M040"),
        ("data:text/html,x", "M040"),
        ("ftp://example.org", "M040"),
        ("persn:p-1", "M040"),
        ("other.html", "M041"),
        ("/other", "M041"),
        ("#p4", "M041"),
        ("//example.org", "M041"),
        ("\\\\example.org", "M041"),
        ("", "M041"),
        ("person:P-1", "M042"),
        ("person:", "M042"),
        ("person:p_1", "M042"),
        ("person:p-1#p2", "M042"),
        ("testimony:t-1#4", "M042"),
        ("person:" + "a" * 65, "M042"),
        ("https:example.org", "M044"),
        ("https:/example.org", "M044"),
        ("https://", "M044"),
        ("https://example.org\\a", "M044"),
        ("mailto:nobody", "M044"),
    ],
)
def test_a_bad_address_is_told_where_it_starts(address: str, code: str) -> None:
    assert problems(f"x\n\nab [c]({address})") == [(code, 12, 8)]


def test_a_misspelt_kind_gets_a_suggestion() -> None:
    assert 'Did you mean "person"?' in both("[a](persn:p-1)")[1][0].remedy


@pytest.mark.parametrize(
    "body", ["ab [c](https://example.org", "ab [c](my file)", "ab [c](a 'b)"]
)
def test_a_link_that_is_not_complete_is_told(body: str) -> None:
    assert problems(f"x\n\n{body}") == [("M043", 12, 8)]


def test_a_link_without_words_is_told() -> None:
    assert problems("ab [](https://example.org)") == [("M045", 10, 7)]


def test_a_picture_alone_is_a_figure_with_its_caption() -> None:
    made, _ = both('x\n\n![a "grey" scarf](camp/scarf.jpg "Her < scarf")')
    assert (made.blocks[1].kind, made.blocks[1].html) == (
        "picture",
        (
            '<figure><img src="media:camp/scarf.jpg" alt="a &quot;grey&quot; scarf">'
            "<figcaption>Her &lt; scarf</figcaption></figure>"
        ),
    )
    assert made.pictures == (("camp/scarf.jpg", 12),)


def test_a_picture_among_words_stays_in_its_paragraph() -> None:
    assert html("a ![b](c.jpg) d") == '<p>a <img src="media:c.jpg" alt="b"> d</p>'


@pytest.mark.parametrize(
    ("picture", "code"),
    [
        ("![a](https://example.org/a.jpg)", "M050"),
        ("![a](//example.org/a.jpg)", "M050"),
        ("![a](data:image/png;base64,AA)", "M050"),
        ("![a](../a.jpg)", "M051"),
        ("![a](/a.jpg)", "M051"),
        ("![a](b/../a.jpg)", "M051"),
        ("![a](.a.jpg)", "M051"),
        ("![a](a%20b.jpg)", "M051"),
        ("![a](<a b.jpg>)", "M051"),
        ("![a](a b.jpg)", "M043"),
    ],
)
def test_a_picture_that_cannot_be_shown_is_told(picture: str, code: str) -> None:
    assert problems(f"x\n\nab {picture}") == [(code, 12, 9)]


@pytest.mark.parametrize("alt", ["", " ", "&nbsp;"])
def test_a_picture_without_description_is_told(alt: str) -> None:
    assert problems(f"![{alt}](a.jpg)") == [("M052", 10, 5 + len(alt))]


@pytest.mark.parametrize(
    ("body", "column"),
    [("[Апам] (person:p-bb22)", 9), ("a *[b]*  [c]  (https://example.org) d", 16)],
)
def test_a_link_that_a_space_divides_is_an_error_at_its_address(body: str, column: int) -> None:
    _, found = convert.convert(body, path="t.md", first_line=1, labels=(), language="en")
    assert [(one.code, one.span.column, one.is_error) for one in found] == [
        ("M046", column, True)
    ]


@pytest.mark.parametrize(
    "body",
    [
        "[sic] (see below)",
        "`[a] (person:p-1)`",
        "[[laughs]] (https://example.org)",
        "[a] (he: b)",
    ],
)
def test_brackets_beside_parentheses_are_ordinary_words(body: str) -> None:
    assert convert.convert(body, path="t.md", first_line=1, labels=(), language="en")[1] == []


def test_a_letter_of_a_link_that_only_looks_latin_is_named() -> None:
    body = "[a](person:\u0440-bb22)"
    _, (found,) = convert.convert(body, path="t.md", first_line=1, labels=(), language="en")
    assert (found.code, 'Did you mean "person:p-bb22"' in found.remedy) == ("M042", True)
