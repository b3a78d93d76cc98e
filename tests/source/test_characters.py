"""Nothing invisible gets past; what a language needs does."""

from __future__ import annotations

import sys
import unicodedata

import pytest

from aigaq.source import characters

FORBIDDEN_EVERYWHERE = (
    *(chr(n) for n in range(0x20) if chr(n) not in "\t\n"),
    *(chr(n) for n in range(0x7F, 0xA0)),
    *"\u2028\u2029\xad\u034f\u115f\u1160\u180e\u200b\u2060\u2064\u3164\ufeff\uffa0\ufff9\ufffc",
    *"\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069",
    *"\U000e0001\U000e0041\U000e007f\U000e0100\ue000\U0010fffd\ufdd0\uffff\ud800\udfff\ufffd",
)
NEEDED_BY_SOME = "\u200c\u200d\u200e\u200f\u061c"


@pytest.mark.parametrize("char", FORBIDDEN_EVERYWHERE, ids=lambda char: f"U+{ord(char):04X}")
def test_a_forbidden_character_is_found_in_header_and_body_at_its_place(char):
    text = f"first line\nab{char}cd"

    in_header = characters.header(text, path="a.md", first_line=2)
    in_body = characters.body(text, path="a.md", first_line=10, language="ug")

    assert [str(one.span) for one in in_header] == ["a.md:3:3"]
    assert [str(one.span) for one in in_body] == ["a.md:11:3"]


@pytest.mark.parametrize("char", NEEDED_BY_SOME, ids=lambda char: f"U+{ord(char):04X}")
def test_joiners_and_marks_never_stand_in_a_header(char):
    assert [one.code for one in characters.header(f"a{char}b", path="a.md")] == ["C006"]


@pytest.mark.parametrize("char", NEEDED_BY_SOME, ids=lambda char: f"U+{ord(char):04X}")
@pytest.mark.parametrize("language", ["ug", "kk-Arab", "fa", "ar", "ur", "he", "uz-Arab-AF"])
def test_a_body_written_from_right_to_left_may_hold_joiners_and_marks(char, language):
    assert characters.body(f"a{char}b", path="a.md", language=language) == []


@pytest.mark.parametrize(
    "language", ["", "en", "kk", "ug-Latn", "ug-Cyrl", "zh-Hans", "tr", "xx"]
)
def test_a_body_in_another_script_holds_no_joiners(language):
    assert characters.body("a\u200cb", path="a.md", language=language)[0].code == "C006"


def test_a_script_that_joins_but_runs_from_left_to_right_needs_no_direction_marks():
    assert characters.body("क\u200dष", path="a.md", language="hi") == []
    assert characters.body("क\u200fष", path="a.md", language="hi") != []


def test_a_tab_is_at_home_in_a_body_but_not_in_a_header():
    assert characters.body("a\tb", path="a.md") == []
    assert [one.code for one in characters.header("a\tb", path="a.md")] == ["C001"]


@pytest.mark.parametrize(
    ("char", "name"),
    [
        ("\u200b", "U+200B ZERO WIDTH SPACE"),
        ("\0", "U+0000 NULL"),
        ("\x85", "U+0085 NEXT LINE"),
        ("\x01", "U+0001 CONTROL CHARACTER"),
        ("\ud800", "U+D800 HALF OF A SURROGATE PAIR"),
        ("\ue000", "U+E000 PRIVATE USE CHARACTER"),
        ("\uffff", "U+FFFF NO CHARACTER"),
        ("\U000e0041", "U+E0041 TAG LATIN CAPITAL LETTER A"),
    ],
)
def test_the_message_names_the_code_point(char, name):
    (found,) = characters.body(f"a{char}", path="a.md")

    assert found.message.startswith(name)


@pytest.mark.parametrize(
    "text",
    [
        "Ұлттық, қазақша – «айғақ» №5…",
        "قازاقشا، ئۇيغۇرچە؟ ـ ٠١٢",
        "简体中文，“引号”！𠀀𱍐",
        "Ey\u00a0oğlum, 20\u202f000 ﷺ 😀 ☎\ufe0f",
        "José Jose\u0301 ﬁ \u0600",
    ],
)
def test_ordinary_writing_is_left_alone(text):
    assert characters.body(text, path="a.md") == []


def test_every_character_that_unicode_itself_calls_control_or_ignorable_is_refused():
    categories = {"Cc", "Cs", "Co", "Zl", "Zp"}
    all_of_them = (chr(n) for n in range(sys.maxunicode + 1))
    wanted = {c for c in all_of_them if unicodedata.category(c) in categories} - {"\n"}

    missed = [f"U+{ord(c):04X}" for c in wanted if characters.masked(c) == c]

    assert missed == []


def test_visible_format_characters_are_the_only_ones_allowed():
    all_of_them = (chr(n) for n in range(sys.maxunicode + 1))
    formats = {c for c in all_of_them if unicodedata.category(c) == "Cf"}

    allowed = {c for c in formats if characters.masked(c) == c}

    # Signs around Arabic and Syriac numbers, Kaithi and hieroglyphs: all of them are seen.
    assert {unicodedata.name(c).split()[0] for c in allowed} <= {
        *("ARABIC", "SYRIAC", "KAITHI", "EGYPTIAN")
    }


def test_one_character_is_told_once_a_line_and_a_flood_is_cut():
    assert len(characters.header("\u200b" * 9, path="a.md")) == 1

    found = characters.header("\u200b\n" * 60, path="a.md")

    assert len(found) == 51
    assert found[-1].message == "there are 10 more forbidden characters in this file"


def test_masking_keeps_every_place():
    assert characters.masked("a\u200bb\r\n\tc") == "a�b�\n�c"


def test_bytes_of_a_surrogate_do_not_stop_the_report():
    assert str(characters.header("\ud800", path="a.md")[0]).startswith("a.md:1:1: error C007")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("p-7k3q", ""),
        ("P 1", ""),
        ("\u0441-1", ' Letter 1 is U+0441 CYRILLIC SMALL LETTER ES. Did you mean "c-1", in'),
        ("a\u03bf", ' Letter 2 is U+03BF GREEK SMALL LETTER OMICRON. Did you mean "ao", in'),
        ("\u043c\u0430", " Letter 1 is U+043C CYRILLIC SMALL LETTER EM."),
    ],
)
def test_a_letter_that_is_not_latin_is_named_with_what_was_meant(text, told):
    assert characters.not_latin(text).removesuffix(" Latin letters?") == told
