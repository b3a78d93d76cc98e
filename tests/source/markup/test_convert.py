from __future__ import annotations

import hashlib
import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aigaq.source.markup import convert, sanitise
from aigaq.words.fragments import Block, Fragment

FIRST_LINE = 10


def converted(body: str, labels: tuple[str, ...] = ("AIGUL",)) -> Fragment:
    made, found = convert.convert(
        body, path="t.md", first_line=FIRST_LINE, labels=labels, language="en"
    )
    assert [str(one) for one in found if one.is_error] == []
    return made


def problems(body: str) -> list[tuple[str, int, int]]:
    _, found = convert.convert(
        body, path="t.md", first_line=FIRST_LINE, labels=("AIGUL",), language="en"
    )
    return [(one.code, one.span.line, one.span.column) for one in found]


def only(body: str) -> Block:
    (block,) = converted(body).blocks
    return block


@pytest.mark.parametrize(
    ("body", "kind", "html"),
    [
        ("some *words*", "paragraph", "<p>some <em>words</em></p>"),
        ("AIGUL: words", "turn", "<p>words</p>"),
        ("> words", "quotation", "<blockquote><p>words</p></blockquote>"),
        ("- a\n- b", "list", "<ul><li>a</li><li>b</li></ul>"),
        ("3. a\n4. b", "list", '<ol start="3"><li>a</li><li>b</li></ol>'),
        ("    a < b", "code", "<pre><code>a &lt; b\n</code></pre>"),
        ("---", "rule", "<hr>"),
        ("a  \nb", "paragraph", "<p>a<br>b</p>"),
        ("`<b>`", "paragraph", "<p><code>&lt;b&gt;</code></p>"),
        ("\\*a\\* &amp; &nbsp;", "paragraph", "<p>*a* &amp; &nbsp;</p>"),
        (
            "a | b\n--|--\n1 | 2",
            "table",
            (
                "<table><thead><tr><th>a</th><th>b</th></tr></thead>"
                "<tbody><tr><td>1</td><td>2</td></tr></tbody></table>"
            ),
        ),
    ],
)
def test_each_kind_of_block_has_its_html(body: str, kind: str, html: str) -> None:
    block = only(body)
    assert (block.kind, block.html) == (kind, html)


def test_html_is_shown_as_text_and_an_editor_is_told_once_a_paragraph() -> None:
    made, found = convert.convert(
        "<b>x</b>\n\n*a* <i>y</i> *b* <i>", path="t.md", first_line=1, labels=(), language="en"
    )
    assert made.blocks[0].html == "<p>&lt;b&gt;x&lt;/b&gt;</p>"
    assert [(one.code, one.span.line, one.span.column) for one in found] == [
        ("M032", 1, 1),
        ("M032", 3, 5),
    ]


@pytest.mark.parametrize("body", ["a\n\nb <!-- her sister -->", "a\n\n> <!--", "a\n\n`<!--`"])
def test_a_comment_is_an_error_where_it_stands_and_nothing_is_converted(body: str) -> None:
    made, found = convert.convert(body, path="t.md", first_line=1, labels=(), language="en")
    assert made == Fragment()
    column = body.split("\n")[2].index("<!--") + 1
    assert [(one.code, one.span.line, one.span.column) for one in found] == [
        ("M010", 3, column)
    ]


def test_headings_are_shifted_so_that_the_highest_is_of_level_two() -> None:
    made = converted("# A #\n\nwords\n\n### B\n\nTitle\n===").blocks
    assert [(one.level, one.anchor, one.html) for one in made if one.kind == "heading"] == [
        (2, "h-1", "A"),
        (4, "h-2", "B"),
        (2, "h-3", "Title"),
    ]


def test_a_body_that_starts_at_level_three_is_shifted_up() -> None:
    assert [one.level for one in converted("### A\n\n#### B").blocks] == [2, 3]


def test_all_blocks_but_headings_and_rules_have_addresses_in_order() -> None:
    body = "# A\n\none\n\n---\n\n::: scene\ntwo\n\n- three\n:::\n\nAIGUL: four"
    assert [block.address for block in converted(body).blocks] == [
        "",
        "p1",
        "",
        "p2",
        "p3",
        "p4",
    ]


def test_blocks_know_their_lines_among_containers_lists_tables_and_notes() -> None:
    body = (
        "# Head\n\n::: scene\none\ntwo\n\nthree\n:::\n- item\n\n    more\n\nAIGUL: turn[^1]\n\n"
        "[^1]: note\n\n    still note\n\na | b\n--|--\n1 | 2\n\n\n> quoted"
    )
    made = converted(body).blocks
    assert [(block.kind, block.line) for block in made] == [
        ("heading", 10),
        ("paragraph", 13),
        ("paragraph", 16),
        ("list", 18),
        ("turn", 22),
        ("table", 28),
        ("quotation", 33),
    ]


PIECES = st.sampled_from(
    (
        "word@", "AIGUL: word@", "- word@\n- b\n\n    c", "> word@\nlazy", "# word@",
        "a | word@\n--|--\n1 | 2", "word@\n===", "    word@", "::: scene\nword@\n:::",
        "::: hard death\n- word@\n:::",
        "1. a\n\n    word@", "word@ [[laughs]] ((a b))\n\n", "[^n@]: note word@\n\n    more",
        "\n\n---", "[x@]: https://example.org", "\tword@",
    )
)  # fmt: skip


@given(st.lists(PIECES, max_size=12))
def test_the_line_of_a_block_is_that_of_its_first_word(pieces: list[str]) -> None:
    body = "\n\n".join(piece.replace("@", f"{n}z") for n, piece in enumerate(pieces))
    typed = body.split("\n")
    for block in converted(body).blocks:
        word = re.search(r"word\d+z", block.text)
        if word:
            at = next(n for n, line in enumerate(typed) if f"{word[0]} " in f"{line} ")
            offset = 2 if block.text.startswith("a word") and block.kind == "list" else 0
            assert block.line == FIRST_LINE + at - offset


AROUND = st.sampled_from(
    (
        "@", "AIGUL: x @", "- a\n- b @", "> a\n> @", "a | @\n--|--\n@ | 2", "# A @ #", "\t- @",
        "**@**", "x[^@]\n\n[^@]: a @\n\n    b @", "::: scene\n  @\n:::", "{{a @}} @", "@\n===",
    )
)  # fmt: skip


@given(st.lists(AROUND, max_size=8))
def test_a_reference_stands_where_the_record_is_named(pieces: list[str]) -> None:
    notes = [piece.replace("[^@]", f"[^{n}]") for n, piece in enumerate(pieces)]
    body = "\n\n".join(notes).replace("@", "é [b](person:p-1)")
    expected = [
        (FIRST_LINE + number, found.start() + 1)
        for number, line in enumerate(body.split("\n"))
        for found in re.finditer("person:p-1", line)
        if not line.startswith("\t")
    ]
    made = [(one.line, one.column) for one in converted(body).references]
    assert [place for place in made if place in expected] == expected


PARTS = (
    "[[ ]] {{ }} (( )) [a](person:p-1) [b]( ![c](d.jpg) [^1] [^1]: * ** _ ` ``` \\ < > & &lt; "
    "| <https://example.org> ::: :::~scene AIGUL: - 1. # > |-| --- === a é 中 ا \n \n\n ~~~~ "
    "\t &#0; \x00 \x02 \U000f0000 \ud800"
)
MARKED = st.lists(st.sampled_from(PARTS.replace("~", "\xa0").split(" ")), max_size=60).map(
    lambda parts: [part.replace("\xa0", " ") for part in parts]
)


@given(MARKED)
def test_nothing_typed_raises_or_leaves_gaps_in_the_addresses(parts: list[str]) -> None:
    made, _ = convert.convert(
        " ".join(parts), path="t.md", first_line=1, labels=("AIGUL",), language="en"
    )
    counted = [block for block in made.blocks if block.kind not in ("heading", "rule")]
    assert [block.address for block in counted] == [f"p{n + 1}" for n in range(len(counted))]


@given(MARKED)
def test_every_piece_of_html_is_as_a_second_cleaning_leaves_it(parts: list[str]) -> None:
    made, _ = convert.convert(
        "".join(parts), path="t.md", first_line=1, labels=("AIGUL",), language="en"
    )
    pieces = [block.html for block in made.blocks] + [made.footnotes]
    assert [sanitise.clean(piece) for piece in pieces] == pieces


@given(MARKED, MARKED)
def test_the_same_body_gives_the_same_fragment_whatever_came_between(
    parts: list[str], others: list[str]
) -> None:
    def made(body: str) -> object:
        return convert.convert(body, path="t", first_line=1, labels=("AIGUL",), language="en")

    first = made(" ".join(parts))
    made(" ".join(others))
    assert made(" ".join(parts)) == first


def test_a_text_is_told_in_single_spaces_with_marks_and_without_note_numbers() -> None:
    body = "AIGUL: one[^1]  two\nthree [[laughs]] {{to camps}} ((a mayor))\n\n[^1]: note"
    assert only(body).text == "one two three [laughs] [to camps] (a mayor)"


def test_words_of_neighbouring_cells_and_items_stay_apart() -> None:
    texts = [block.text for block in converted("- a\n- b\n\nc | d\n--|--\ne | f").blocks]
    assert texts == ["a b", "c d e f"]


@pytest.mark.parametrize(
    "other", ["she said no", "She   said: “NO”!", "she said — no.", "*she* said no"]
)
def test_a_digest_survives_typography_and_white_space(other: str) -> None:
    assert only(other).digest == only("She said no").digest


def test_a_digest_does_not_survive_another_word() -> None:
    assert only("She said yes").digest != only("She said no").digest


def test_a_digest_is_that_of_the_contract() -> None:
    assert only("She said: no.").digest == hashlib.sha256(b"shesaidno").hexdigest()[:16]


def test_a_digest_leaves_out_white_space_and_punctuation_of_all_unicode() -> None:
    signs = [chr(n) for n in range(0x110000) if not 0xD800 <= n < 0xE000]
    for start in range(0, len(signs), 4096):
        text = "".join(signs[start : start + 4096])
        nfc = unicodedata.normalize("NFC", unicodedata.normalize("NFC", text).casefold())
        kept = "".join(char for char in nfc if unicodedata.category(char)[0] not in "PZC")

        assert convert.digest(text) == hashlib.sha256(kept.encode()).hexdigest()[:16]


def test_a_block_that_must_be_cleaned_leaves_the_others_as_they_are() -> None:
    plain = "Words.\n\n# Heading\n\n*More* words.\n\n"
    table = "| a | b |\n|:-:|---|\n| c | d |\n"  # Python-Markdown writes a style

    alone, together = converted(plain).blocks, converted(plain + table).blocks

    assert together[:-1] == alone
    assert "style" not in together[-1].html
    assert all(sanitise.clean(block.html) == block.html for block in together)


@pytest.mark.parametrize(
    ("body", "code", "place"),
    [
        ("a\n\nb &#x202e;c", "C005", (12, 3)),
        ("a\n\nb &zwj;c", "C006", (12, 3)),
        ("a\n\nb &#xE000;c", "C007", (12, 3)),
    ],
)
def test_an_entity_cannot_bring_in_what_nobody_sees(
    body: str, code: str, place: tuple[int, int]
) -> None:
    assert problems(body) == [(code, *place)]


@pytest.mark.parametrize("body", ["**a " * 200 + "b** " * 200, "*a " * 101 + "b* " * 101])
def test_deep_stress_is_a_problem_at_its_line(body: str) -> None:
    assert problems(f"fine\n\n{body}") == [("M011", 12, 0)]


def test_a_paragraph_that_is_too_deep_leaves_the_others_as_they_are() -> None:
    deep = "*a " * 101 + "b* " * 101
    made, _ = convert.convert(
        f"one\n\n{deep}\n\ntwo", path="t.md", first_line=1, labels=(), language="en"
    )
    assert [block.text for block in made.blocks] == ["one", "two"]
