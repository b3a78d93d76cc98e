from __future__ import annotations

import pytest

from aigaq.source.markup import convert
from aigaq.words.diagnostics import Diagnostic
from aigaq.words.fragments import Container, Fragment, Gloss


def both(body: str, *labels: str, language: str = "en") -> tuple[Fragment, list[Diagnostic]]:
    return convert.convert(body, path="t.md", first_line=10, labels=labels, language=language)


def problems(body: str, *labels: str) -> list[tuple[str, int, int]]:
    return [(one.code, one.span.line, one.span.column) for one in both(body, *labels)[1]]


def html(body: str) -> str:
    made, found = both(body)
    assert found == []
    return "\n".join(block.html for block in made.blocks)


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("a [[laughs]]", '<p>a <span class="nonverbal">[laughs]</span></p>'),
        ("a {{to camps}}", '<p>a <span class="insertion">[to camps]</span></p>'),
        ("a ((a mayor))", '<p>a <span class="gloss">(a mayor)</span></p>'),
        ("a [[laughs\nloud]]", '<p>a <span class="nonverbal">[laughs\nloud]</span></p>'),
        (
            "{{to [X](place:pl-x)}}",
            '<p><span class="insertion">[to <a href="place:pl-x">X</a>]</span></p>',
        ),
        ("((a (b) c))", '<p><span class="gloss">(a (b) c)</span></p>'),
        ("\\[\\[a\\]\\] `[[b` \\{\\{c", "<p>[[a]] <code>[[b</code> {{c</p>"),
    ],
)
def test_double_brackets_become_spans(body: str, expected: str) -> None:
    assert html(body) == expected


@pytest.mark.parametrize(
    ("body", "column"),
    [("ab [[laughs", 4), ("ab {{c} d", 4), ("ab ((c) d", 4), ("ab [[]]", 4), ("\tab {{ }}", 5)],
)
def test_a_mark_that_is_not_closed_is_told_with_its_column(body: str, column: int) -> None:
    assert problems("x\n\n* " + body) == [("M031", 12, column + 2)]


@pytest.mark.parametrize(
    ("body", "language", "gloss"),
    [
        (
            "The akim ((a local mayor)) said",
            "en",
            Gloss(term="akim", text="a local mayor", line=10),
        ),
        ("the *terme mul* ((a foot)) x", "en", Gloss(term="terme mul", text="a foot", line=10)),
        ("the “two words” ((a)) x", "en", Gloss(term="two words", text="a", line=10)),
        ("[akim](topic:akim) ((a))", "en", Gloss(term="akim", text="a", line=10)),
        (
            "x\nәкім ((местный *глава*))",
            "kk",
            Gloss(term="әкім", text="местный *глава*", line=11),
        ),
        ("他去了学习班 ((a))", "zh-Hans", Gloss(term="", text="a", line=10)),
        ("他去了“学习班” ((a))", "zh-Hans", Gloss(term="学习班", text="a", line=10)),
    ],
)
def test_a_gloss_is_kept_with_its_term(body: str, language: str, gloss: Gloss) -> None:
    assert both(body, language=language)[0].glosses == (gloss,)


@pytest.mark.parametrize(
    ("body", "container"),
    [
        ("::: scene\na\n:::", Container(kind="scene", number=1)),
        (
            "::: hard sexual-violence\na\n:::",
            Container(kind="hard", number=1, content_note="sexual-violence"),
        ),
        (
            '::: note by="two editors" source=https://example.org/a\na\n:::',
            Container(kind="note", number=1, by="two editors", source="https://example.org/a"),
        ),
    ],
)
def test_a_container_is_told_with_each_block_in_it(body: str, container: Container) -> None:
    made, found = both(body)
    assert ([block.container for block in made.blocks], found) == ([container], [])


def test_neighbouring_containers_have_different_numbers() -> None:
    made, _ = both("::: scene\na\n\nb\n:::\n::: scene\nc\n:::\nd")
    assert [block.container and block.container.number for block in made.blocks] == [
        1,
        1,
        2,
        None,
    ]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("::: scene\na", [("M020", 10, 1)]),
        ("::: scen\na\n:::", [("M021", 10, 1)]),
        ("::: scene\na\n::: note\nb\n:::", [("M022", 12, 1)]),
        ("a\n:::\nb", [("M023", 11, 1)]),
        ("::: hard\na\n:::", [("M024", 10, 1)]),
        ("::: hard tortur\na\n:::", [("M024", 10, 1)]),
        ("::: note bye=editor\na\n:::", [("M025", 10, 1)]),
        ("::: note by=\na\n:::", [("M025", 10, 1)]),
        ("::: scene by=x\na\n:::", [("M025", 10, 1)]),
        ("::: note source=javascript:alert(1)\na\n:::", [("M026", 10, 1)]),
        ("::: note source=//example.org\na\n:::", [("M026", 10, 1)]),
    ],
)
def test_a_container_that_makes_no_sense_is_told(
    body: str, expected: list[tuple[str, int, int]]
) -> None:
    assert problems(body) == expected


@pytest.mark.parametrize(
    ("body", "word"),
    [
        ("::: scen\na\n:::", "scene"),
        ("::: hard tortur\na\n:::", "torture"),
        ("::: note bye=a\na\n:::", "by"),
    ],
)
def test_a_misspelt_container_gets_a_suggestion(body: str, word: str) -> None:
    assert f'Did you mean "{word}"?' in both(body)[1][0].remedy


@pytest.mark.parametrize(
    ("body", "speaker", "text"),
    [
        ("AIGUL: words", "AIGUL", "words"),
        ("AIGUL:\nwords", "AIGUL", "words"),
        ("AIGUL B.: words", "AIGUL B.", "words"),
        ("АЙГҮЛ: сөз", "АЙГҮЛ", "сөз"),
        ("问：好", "问", "好"),
        ("AIGUL:words", "", "AIGUL:words"),
        ("x AIGUL: words", "", "x AIGUL: words"),
    ],
)
def test_a_turn_is_a_paragraph_that_starts_with_a_declared_label(
    body: str, speaker: str, text: str
) -> None:
    block = both(body, "AIGUL", "AIGUL B.", "АЙГҮЛ", "问")[0].blocks[0]
    assert (block.speaker, block.text) == (speaker, text)


def test_columns_in_a_turn_count_its_label() -> None:
    assert problems("AIGUL: [a](x)", "AIGUL") == [("M041", 10, 12)]


@pytest.mark.parametrize("body", ["AIGIL: words", "АЙГҮЛ: сөз", "Aigul: words", "Q: words"])
def test_what_looks_like_an_undeclared_speaker_is_a_warning_and_the_words_stay(
    body: str,
) -> None:
    made, found = both(body, "AIGUL")
    assert [(one.code, one.is_error) for one in found] == [("M030", False)]
    assert (made.blocks[0].kind, made.blocks[0].text) == ("paragraph", body)


@pytest.mark.parametrize("body", ["AIGIL: words", "Aigul: words"])
def test_an_undeclared_speaker_gets_a_suggestion(body: str) -> None:
    assert 'Did you mean "AIGUL"?' in both(body, "AIGUL")[1][0].remedy


@pytest.mark.parametrize("body", ["She said: no", "https://example.org: x", "Note: x", "12: x"])
def test_ordinary_words_with_a_colon_are_no_speaker(body: str) -> None:
    assert problems(body, "AIGUL") == []


def test_the_remedy_for_an_unknown_label_says_where_a_translation_declares_it() -> None:
    _, (found,) = convert.convert(
        "AIGUL: words", path="t.md", first_line=1, labels=(), language="en"
    )
    assert "translation: {labels: {p-bb22: AIGUL}}" in found.remedy
