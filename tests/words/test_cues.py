"""What is said when, and the files that say so."""

from __future__ import annotations

from itertools import pairwise

import pytest

from aigaq.words import cues
from aigaq.words.cues import Cue


@pytest.mark.parametrize(
    ("milliseconds", "told"),
    [
        (0, "0:00"),
        (999, "0:00"),
        (42_000, "0:42"),
        (3_599_999, "59:59"),
        (3_723_400, "1:02:03"),
    ],
)
def test_a_time_is_told_as_people_read_it(milliseconds: int, told: str) -> None:
    assert cues.clock(milliseconds) == told


def test_a_file_holds_each_cue_under_its_paragraph() -> None:
    made = cues.webvtt([Cue(500, 1000, "One.", "p2"), Cue(1000, 3_661_001, "Two & <b>.", "p2")])
    assert made == (
        "WEBVTT\n\np2\n00:00:00.500 --> 00:00:01.000\nOne.\n\n"
        "p2-2\n00:00:01.000 --> 01:01:01.001\nTwo &amp; &lt;b&gt;.\n"
    )


def test_a_cue_of_no_paragraph_has_no_name() -> None:
    assert cues.webvtt([Cue(0, 1, "x")]) == "WEBVTT\n\n00:00:00.000 --> 00:00:00.001\nx\n"


def test_a_paragraph_is_heard_from_its_first_cue_to_its_last() -> None:
    heard = [Cue(0, 5, "a"), Cue(5, 7, "b", "p3"), Cue(7, 9, "c", "p3"), Cue(9, 12, "d", "p1")]
    assert cues.spans(heard) == {"p3": (5, 9), "p1": (9, 12)}


def test_words_are_spread_over_the_time_of_their_paragraph_by_their_length() -> None:
    made = list(cues.spread("Short. Three times as long.", (1000, 4000), "p1"))
    assert [(cue.text, cue.paragraph) for cue in made] == [
        ("Short.", "p1"),
        ("Three times as long.", "p1"),
    ]
    assert [(cue.start, cue.end) for cue in made] == [(1000, 1692), (1692, 4000)]


@pytest.mark.parametrize("text", ["word " * 90, "字" * 300, "一句话。" * 50, "سۆز؟ " * 60, ""])
def test_no_caption_is_longer_than_two_lines_and_no_word_is_lost(text: str) -> None:
    made = list(cues.spread(text, (0, 60_000), "p1"))
    assert all(0 < len(cue.text) <= 84 for cue in made)
    assert "".join("".join(cue.text for cue in made).split()) == "".join(text.split())
    assert all(a.end == b.start for a, b in pairwise(made))
