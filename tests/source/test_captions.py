"""WebVTT as editors write it, and every slip at its line."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aigaq.source import captions
from aigaq.source.document import Source
from aigaq.words.cues import Cue

PATH = "content/media/talk.vtt"


def read(text: str):
    return captions.read(Source(PATH, text, ""))


def found(text: str) -> list[tuple[str, int]]:
    return [(problem.code, problem.span.line) for problem in read(text)[1]]


def test_cues_go_on_with_the_paragraph_that_was_named_last() -> None:
    made, problems = read(
        "WEBVTT - words\nKind: captions\n\n00:00.000 --> 00:01.000\nBefore.\n\n"
        "p2\n00:01.000 --> 00:02.000\nOne\nof two lines.\n\n"
        "7\n00:02.000 --> 00:03.000\nTwo.\n\np4-1\n01:00:03.500 --> 01:00:04.000\nThree.\n"
    )
    assert problems == []
    assert made.cues == (
        Cue(0, 1000, "Before."),
        Cue(1000, 2000, "One of two lines.", "p2"),
        Cue(2000, 3000, "Two.", "p2"),
        Cue(3_603_500, 3_604_000, "Three.", "p4"),
    )
    assert made.lines == (("p2", 7), ("p4", 16))


def test_names_and_notes_that_are_not_heard_are_left_out() -> None:
    made, problems = read(
        "WEBVTT\n\nNOTE Placeholder Name said this\n\n"
        "00:00.000 --> 00:01.000 align:start\n<v Placeholder Name>I &amp; <i>you</i>\n"
    )
    assert (problems, [cue.text for cue in made.cues]) == ([], ["I & you"])


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ("1\n00:00.000 --> 00:01.000\nx\n", "G040", 1),
        ("", "G040", 1),
        ("WEBVTT\n\np1\n00:00:00,000 --> 00:00:01,000\nx\n", "G041", 4),
        ("WEBVTT\n\n00:00.000 -> 00:01.000\nx\n", "G041", 4),
        ("WEBVTT\n\n00:00.000 --> 00:01.000\nx\n\nlost words\n", "G041", 6),
        ("WEBVTT\n\n00:00.000 --> 00:01.000\nx\n00:01.000 --> 00:02.000\ny\n", "G041", 3),
        ("WEBVTT\n\np1\n00:00.000 --> 00:01.000\n\n", "G042", 4),
        ("WEBVTT\n\n00:02.000 --> 00:01.000\nx\n", "G043", 3),
        ("WEBVTT\n\n00:02.000 --> 00:03.000\nx\n\n00:01.000 --> 00:04.000\ny\n", "G043", 6),
        ("WEBVTT\n\n00:00.000 --> 00:01.000\n<v Placeholder Name hello\n", "G045", 3),
        ("WEBVTT\n\n00:00.000 --> 00:01.000\n<v Name <b>hello</b>\n", "G045", 3),
        ("WEBVTT\n\n00:00.000 --> 00:01.000\nof\n\u202etwo lines\n", "C005", 3),
        ("WEBVTT\n\n00:00.000 --> 00:01.000\na &#8238; written as its number\n", "C005", 3),
        (f"WEBVTT\n\n{'9' * 5000}:00:00.000 --> 00:01.000\nx\n", "G041", 3),
        ("WEBVTT\n\n٠٠:٠٠.٠٠٠ --> 00:01.000\nx\n", "G041", 3),
        ("WEBVTT\n\nSTYLE\n::cue { color: red }\n", "G044", 3),
    ],
)
def test_a_slip_is_told_at_its_line(text: str, code: str, line: int) -> None:
    assert found(text) == [(code, line)]


def test_all_slips_are_told_at_once() -> None:
    text = "WEBVTT\n\nx --> y\na\n\n00:02.000 --> 00:01.000\nb\n\nREGION\nid:fred\n"
    assert found(text) == [("G041", 3), ("G043", 6), ("G044", 9)]


def test_a_sign_that_is_written_as_such_stays() -> None:
    made, problems = read("WEBVTT\n\n00:00.000 --> 00:01.000\n2 &lt; 3 <i>or</i> > 1\n")
    assert (problems, made.cues[0].text) == ([], "2 < 3 or > 1")


def test_what_a_language_cannot_be_written_without_may_stand_there() -> None:
    made, problems = read("WEBVTT\n\n00:00.000 --> 00:01.000\nنمی\u200cدانم\u200e 👩\u200d🌾\n")
    assert (problems, made.cues[0].text) == ([], "نمی\u200cدانم\u200e 👩\u200d🌾")


@given(st.text("p1 :.->0\n\tx<&", max_size=80))
def test_whatever_stands_there_is_read_or_told(text: str) -> None:
    made, problems = read("WEBVTT\n\n" + text)
    blocks = [block for block in text.split("\n\n") if block.strip()]
    assert len(made.cues) + len(problems) >= bool(blocks)
