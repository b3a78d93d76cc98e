from __future__ import annotations

from typing import Any

import pytest

from aigaq.archive import declared, letters


@pytest.mark.parametrize(
    ("word", "lang", "number", "letter", "meant"),
    [
        ("S\u0430mple", "en", 2, "U+0430 CYRILLIC SMALL LETTER A", "Sample"),
        ("Ұлгi", "kk", 4, "U+0069 LATIN SMALL LETTER I", "Ұлгі"),
        ("S\u03b1mple", "en", 2, "U+03B1 GREEK SMALL LETTER ALPHA", "Sample"),
        ("\u0421\u0430\u0440\u0430", "en", 1, "U+0421 CYRILLIC CAPITAL LETTER ES", "Capa"),
        ("Capa", "kk", 1, "U+0043 LATIN CAPITAL LETTER C", "\u0421\u0430\u0440\u0430"),
        ("\u06a9\u06c7\u0686\u0627", "ug", 1, "U+06A9 ARABIC LETTER KEHEH", "كۇچا"),
        ("\u0643\u062a\u0627\u0628", "fa", 1, "U+0643 ARABIC LETTER KAF", "کتاب"),
        ("Ele\u0301na", "en", 4, "U+0301 COMBINING ACUTE ACCENT", "El\u00e9na"),
        ("\ufedb\u06c7\u0686\u0627", "ug", 1, "U+FEDB ARABIC LETTER KAF INITIAL FORM", "كۇچا"),
    ],
)
def test_a_wrong_letter_of_a_name_is_named(
    word: str, lang: str, number: int, letter: str, meant: str
) -> None:
    slip = letters.in_name(word, lang)

    assert slip is not None
    assert (slip.number, slip.name, slip.meant) == (number, letter, meant)


@pytest.mark.parametrize(
    ("word", "lang"),
    [
        ("Sample", "en"),
        ("Үлгі", "kk"),
        ("İsveç", "tr"),
        ("Sample", "kk"),  # a foreign name in a Kazakh one
        ("Éxämple", "en"),
        ("كۇچار", "ug"),
        ("کتاب", "fa"),
        ("库车", "zh-Hans"),
    ],
)
def test_a_right_word_has_none(word: str, lang: str) -> None:
    assert letters.in_name(word, lang) is None


def test_check_warns_at_the_line_of_the_name(sources: Any) -> None:
    sources.person("p-1", names=[{"text": "Placeholder S\u0430mple", "lang": "en"}])

    problem = sources.the("L015")

    assert str(problem.span) == "content/people/p-1.yaml:1:16"
    assert (
        "letter 2 of word 2 of this name is U+0430 CYRILLIC SMALL LETTER A" in problem.message
    )
    assert 'Did you mean "Sample"?' in problem.remedy
    assert not problem.is_error


def test_of_somebody_protected_no_word_is_told(sources: Any) -> None:
    sources.person(
        "p-1",
        protect="pseudonym",
        names=[{"text": "C\u0430nary", "lang": "en", "kind": "pseudonym"}],
    )
    archive, problems = sources.linked()

    [wrong] = letters.found(archive)

    assert wrong.word == ""
    assert not any("anary" in str(problem) for problem in problems)


@pytest.mark.parametrize(
    ("lang", "words", "expected"),
    [
        ("en", "He met S\u0430mple there.", ["S\u0430mple"]),
        ("kk", "Sample\u0434\u0430 \u0431\u043e\u043b\u0434\u044b.", []),  # an ending
        ("en", "He met Sam\u00adple there.", ["Sam\u00adple"]),  # a known name
        ("en", "He met Som\u00adbody there.", []),
        ("en", "Cafe\u0301", []),  # no name
        ("ug", "\u06a9\u06c7\u0686\u0627", ["\u06a9\u06c7\u0686\u0627"]),
    ],
)
def test_texts_are_read_for_names(
    sources: Any, lang: str, words: str, expected: list[str]
) -> None:
    sources.person("p-1", names=[{"text": "Sample", "lang": "en"}])
    known = declared.Names(sources.linked()[0])

    found = [word for word in words.split() if letters.in_text(word.strip("."), lang, known)]

    assert found == expected


def test_a_slip_in_a_text_has_its_column(sources: Any) -> None:
    sources.text("t-1", body="One [S\u0430mple](person:p-1).\n").person("p-1")

    [wrong] = letters.found(sources.linked()[0])

    assert wrong.span.path == "content/testimonies/t-1.en.md"
    assert wrong.span.column == 6
