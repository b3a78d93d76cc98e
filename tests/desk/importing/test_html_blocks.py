"""HTML of strangers becomes words: nothing of it runs, nothing stands for more than itself."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aigaq.desk.importing import html_blocks
from aigaq.source.markup import convert


def texts(html: str) -> list[str]:
    return [block.text for block in html_blocks.read(html).blocks]


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>One <em>two</em> <b>three</b>.</p>", "One *two* **three**."),
        ("<p><i> two </i>three", "*two* three"),
        ("<h2>Head</h2>", "## Head"),
        ("<h1>Head</h1>", "## Head"),
        ("<h3>A <a href='https://x.example/'>b</a></h3>", "### A b"),
        ("<blockquote><p>Said.</p></blockquote>", "> Said."),
        ("<p>a<br>b</p>", "a  \nb"),
        (
            "<p><a href='https://x.example/(1)'>here</a></p>",
            "[here](https://x.example/%281%29)",
        ),
        ("<p><a href='javascript:alert(1)'>here</a></p>", "here"),
        ("<p><a href='/about'>here</a></p>", "here"),
        ("<p>&lt;b&gt; &amp; *</p>", "&lt;b> & \\*"),
        ("<p>((a)) [[b]] {{c}}</p>", "\\(\\(a)) \\[\\[b\\]\\] \\{\\{c}}"),
        ("<p># a</p>", "\\# a"),
        ("<p>1. a</p>", "1\\. a"),
        ("<p>::: scene</p>", "&#58;:: scene"),
        ("<p>--- a</p>", "\\--- a"),
        ("<td>a</td>", "a"),
    ],
)
def test_an_element_becomes_its_markdown(html: str, text: str) -> None:
    assert texts(html) == [text]


def test_items_are_a_list_and_an_article_in_one_is_not() -> None:
    assert texts("<ul><li>a</li></ul><ol><li>b</li></ol><li><p>c</p></li>") == [
        "- a",
        "1. b",
        "c",
    ]


@pytest.mark.parametrize(
    "html",
    [
        "<script>x</script><style>y</style>",
        "<p onclick='x()'></p>",
        "<nav><p>menu<p>more</nav>",
        "<svg><a>z</a></svg>",
        "<!-- words --><form><p>a</p></form>",
        "<iframe src='https://x.example'>b</iframe>",
    ],
)
def test_what_is_no_text_is_dropped_with_all_that_is_in_it(html: str) -> None:
    assert texts(f"{html}<p>kept</p>") == ["kept"]


def test_what_was_dropped_is_counted() -> None:
    page = html_blocks.read("<nav>a</nav><nav>b</nav><p>x <blink>y</blink></p>")
    assert page.dropped == {"nav": 2, "blink (its words stay)": 1}


def test_a_head_that_is_not_closed_swallows_no_page() -> None:
    page = html_blocks.read("<html lang=kk><head><title>T</title><body><p>kept</p>")
    assert ([b.text for b in page.blocks], page.title, page.lang) == (["kept"], "T", "kk")


def test_a_picture_is_known_by_its_description_and_its_file() -> None:
    (block,) = html_blocks.read("<img src='a.jpg' alt='A  woman'>").blocks
    assert (block.kind, block.words, block.href) == ("picture", "A woman", "a.jpg")


def test_depth_costs_nothing() -> None:
    assert texts("<div>" * 50_000 + "<p>deep</p>") == ["deep"]


@pytest.mark.parametrize(
    "opened", ["<a ", "<!--", "</", "<![CDATA[", "<a href='", "<em>a", "<script>", "&#x", "<?"]
)
def test_what_is_never_closed_takes_no_time(opened: str) -> None:
    """With a parser that looks to the end of the page for each of these it takes hours."""
    assert len(html_blocks.read(opened * 60_000).blocks) <= 1


def test_an_attribute_may_hold_what_looks_like_the_end_of_a_tag() -> None:
    assert texts("<p title='a > b'>kept</p>") == ["kept"]


def test_of_a_page_that_never_ends_a_part_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(html_blocks, "MOST", 10)
    assert len(texts("<p>a</p><img alt=b>" * 100)) == 11


@given(st.text(alphabet="ab*_[](){}<>#`\\:-+=.1 ~|!&;", max_size=30))
def test_words_mean_themselves(words: str) -> None:
    """What a reader gets of the Markdown are the words of the page, whatever their signs."""
    import html  # noqa: PLC0415

    blocks = html_blocks.read(f"<p>x {html.escape(words)}</p>").blocks
    body = "\n\n".join(block.text for block in blocks)
    fragment, found = convert.convert(
        body, path="t.en.md", first_line=1, labels=(), language="en"
    )
    shown = " ".join(block.text for block in fragment.blocks)
    assert [one for one in found if one.is_error] == []
    assert " ".join(shown.split()) == " ".join(f"x {words}".split())


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("### ‘A sentence’ ##", "‘A sentence’"),
        ("**Ann Example**", "Ann Example"),
        ("- [Ann Example](https://x.example/1)  ", "Ann Example"),
        (r"\[words\] 2 \* 3_4 &lt;5", "[words] 2 * 3_4 <5"),
        ("## A title {#a-title}", "A title"),
    ],
)
def test_the_words_of_a_line_are_told_apart_from_their_marks(line: str, words: str) -> None:
    assert html_blocks.plain(line) == words


@pytest.mark.parametrize("words", ["a*b", "#one", "[x](y)", "1 < 2", "`c` _d_", "\\"])
def test_words_come_back_as_they_were_before_they_were_escaped(words: str) -> None:
    assert html_blocks.plain(html_blocks.at_start(html_blocks.escaped(words))) == words
