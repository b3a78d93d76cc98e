"""What the program says to editors in their language; what is not translated stays English."""

from __future__ import annotations

import gettext

import pytest

from aigaq.words import tongue
from aigaq.words.diagnostics import Problem, Severity, Span
from aigaq.words.tongue import Tongue

ODD = Problem("S999", "{value} is odd in {here}", "Mend it.{hint}")
HERE = Span("a.yaml", 3, 7)


class Texts(gettext.NullTranslations):
    """A catalogue of a few sentences."""

    def __init__(self, texts: dict[str, str], words: dict[tuple[str, str], str]) -> None:
        super().__init__()
        self.known, self.words = texts, words

    def gettext(self, message: str) -> str:
        return self.known.get(message, message)

    def pgettext(self, context: str, message: str) -> str:
        return self.words.get((context, message), message)


def speaking(texts: dict[str, str], words: dict[tuple[str, str], str] | None = None) -> Tongue:
    return Tongue("xx", Texts(texts, words or {}))


def test_a_sentence_is_told_with_its_gaps_in_another_order() -> None:
    found = ODD.at(HERE, value="X", here="this part", hint="")
    made = speaking({ODD.message: "HERE {here}: {value}"}, {("here", "this part"): "PART"})
    assert made.message(found) == "HERE PART: X"


def test_what_is_not_translated_is_told_in_english() -> None:
    found = ODD.at(HERE, value="X", here="this part", hint="")
    assert speaking({}).message(found) == "X is odd in this part"
    assert speaking({ODD.message: "?"}).remedy(found) == "Mend it."


def test_a_word_of_the_editor_is_not_taken_for_one_of_ours() -> None:
    found = ODD.at(HERE, value="this part", here="h", hint="")
    made = speaking({}, {("here", "this part"): "PART"})
    assert made.message(found) == "this part is odd in h"


def test_a_guess_is_told_around_the_word_that_is_guessed() -> None:
    found = ODD.at(HERE, value="X", here="h", hint=' Did you mean "a "b""?')
    made = speaking({}, {("hint", 'Did you mean "{word}"?'): "«{word}»?"})
    assert made.remedy(found) == 'Mend it. «a "b"»?'


def test_each_of_several_kinds_is_told() -> None:
    wanted = Problem("L999", "{expected} is expected", "")
    words = {
        ("expected", "{one} or {other}"): "{one} / {other}",
        ("expected", "a person"): "P",
        ("expected", "a text"): "T",
    }
    found = wanted.at(HERE, expected="a person or a group or a text")
    assert speaking({}, words).message(found) == "P / a group / T is expected"


@pytest.mark.parametrize("bad", ["{nobody} is odd", "{value", "{0}", "{value.x}"])
def test_a_broken_translation_is_passed_over(bad: str) -> None:
    found = ODD.at(HERE, value="X", here="h", hint="")
    assert speaking({ODD.message: bad}).message(found) == "X is odd in h"


def test_a_paragraph_has_place_severity_and_code_as_programs_read_them() -> None:
    warned = Problem("S998", "odd", "look", Severity.WARNING).at(HERE)
    made = speaking({"odd": "ODD", "look": "LOOK"})
    assert made.paragraph(warned) == "a.yaml:3:7: warning S998: ODD\n    LOOK"
    assert tongue.ENGLISH.paragraph(warned) == str(warned)


@pytest.mark.parametrize(
    ("asked", "environment", "lang"),
    [
        ("", {}, "en"),
        ("kk", {"AIGAQ_LANGUAGE": "ru"}, "kk"),
        ("", {"AIGAQ_LANGUAGE": "ru", "LC_ALL": "kk_KZ.UTF-8"}, "ru"),
        ("", {"LC_ALL": "", "LC_MESSAGES": "kk_KZ.UTF-8", "LANG": "ru_RU"}, "kk"),
        ("", {"LC_ALL": "C.UTF-8", "LANG": "ru_RU"}, "en"),
        ("", {"LANG": "ru_RU@cyrillic"}, "ru"),
        ("", {"LANG": "de_DE.UTF-8"}, "en"),
        ("", {"LANG": "KK-Cyrl"}, "kk"),
    ],
)
def test_the_language_is_that_asked_for_else_of_the_system(
    asked: str, environment: dict[str, str], lang: str
) -> None:
    assert tongue.wanted(asked, environment, ("en", "kk", "ru")) == lang
