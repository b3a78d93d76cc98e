"""Whoever reads why a recording is refused learns what it carries, and where it lies."""

from __future__ import annotations

from aigaq.source import recording_faults
from aigaq.words.diagnostics import Span


def test_a_refusal_says_what_the_file_carries_and_where_it_is() -> None:
    refused = recording_faults.RefusedError(recording_faults.CARRIES_MORE, "a track of places")
    told = refused.found.at(Span("content/media/a.mp4"))
    assert (told.code, told.span.path) == ("G033", "content/media/a.mp4")
    assert told.message.endswith(": a track of places")
