"""Why a recording cannot be published: what its file is, or carries."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from aigaq.words.diagnostics import Problem

if TYPE_CHECKING:
    from aigaq.words.diagnostics import Diagnostic, Span

UNKNOWN = Problem(
    "G031",
    "this file is no recording of a kind that can be published here, whatever its name ends in",
    "Save sound as Ogg with Opus (`ffmpeg -i FILE -map_metadata -1 -c:a libopus -b:a 24k"
    " NAME.opus`), a film as MP4 with H.264 (`ffmpeg -i FILE -sn -map_metadata -1 -c:v libx264"
    " NAME.mp4`). MP3, M4A, WAV, FLAC and WebM are read, too.",
)
DAMAGED = Problem(
    "G032",
    "this recording cannot be read to its end: it is damaged, or of an unusual kind",
    "Take the file from where it came once more, or save it anew without tags: `ffmpeg -i FILE"
    " -map_metadata -1 NAME`, where NAME ends in .opus for sound and in .mp4 for a film.",
)
CARRIES_MORE = Problem(
    "G033",
    "this recording carries more than sound and pictures: {what}",
    "That can tell where and by whom it was made. Save it anew with sound and pictures only:"
    " `ffmpeg -i FILE -sn -map_metadata -1 -map_chapters -1 NAME`, with -vn before NAME where"
    " there is only sound.",
)
OTHER_ENDING = Problem(
    "G035",
    "this file is of another kind than its name says: it is {what}",
    "Rename it, here and where texts and its sidecar name it; the sidecar's own name changes,"
    " too. Or save it anew in the kind that you meant.",
)


@dataclass(frozen=True, slots=True)
class RecordingProblem:
    """Why a recording cannot be published."""

    problem: Problem
    what: str = ""

    def at(self, span: Span) -> Diagnostic:
        return self.problem.at(span, what=self.what)


class RefusedError(Exception):
    """Ends the reading of a file that cannot be published; damage is a `ValueError`."""

    def __init__(self, problem: Problem, what: str = "") -> None:
        super().__init__(problem.code)
        self.found = RecordingProblem(problem, what)
