"""Whose voice may be heard, where a recording is told to be wrong, and what is shown of it."""

from __future__ import annotations

import pytest

from aigaq.archive import recordings
from aigaq.words.cues import Cue
from aigaq.words.diagnostics import Severity

TALK = "content/media/talk.opus"
WORDS = "WEBVTT\n\np1\n00:00.000 --> 00:01.000\nWords.\n"
TEXT = "content/testimonies/t-1.en.md"


@pytest.fixture
def talk(sources):
    """A testimony with a recording that may be heard; the keywords change the text."""

    def write(*, voices: str | None = "own", sidecar=(), **fields):
        sources.consent("c-n", voices=voices)
        sources.testimony("t-1", recordings="talk.opus", **fields)
        sources.sidecar("talk.opus", **{"alt": None, "transcript": "talk.vtt", **dict(sidecar)})
        sources.write("content/media/talk.vtt", WORDS)

    return write


@pytest.fixture
def wanted(sources):
    def find(*files: str, withheld: tuple[str, ...] = ()):
        archive, _ = sources.linked()
        bodies = {text.written.path: text.body for text in archive.texts.values()}
        return recordings.wanted(archive.records, bodies, files=files, withheld=withheld)

    return find


def told(found):
    return [(problem.code, problem.span.path) for problem in found]


def test_a_recording_with_leave_is_wanted(talk, wanted):
    talk()
    [one], found = wanted(TALK)
    assert (one.key, one.file, one.lang, found) == (("t-1", "talk.opus"), TALK, "en", [])


def test_what_is_shown_is_what_the_sidecar_says(talk, wanted):
    host = "https://host.example.org/talk"
    talk(sidecar={"hosts": host, "caption": {"en": "A talk"}, "sha256": "0" * 64}.items())
    shown = wanted(TALK)[0][0].shown("media/0.opus", 9)
    assert (shown.kind, shown.path, shown.size) == ("audio", "media/0.opus", 9)
    assert (shown.cues, shown.hosts) == ((Cue(0, 1000, "Words.", "p1"),), (host,))
    assert (shown.caption.get("en"), shown.sha256) == ("A talk", "0" * 64)


def test_the_language_is_that_of_the_interview_unless_the_sidecar_says_another(talk, wanted):
    interview = {"date": "2024-03-09", "language": "kk"}
    talk(interview=interview)
    assert wanted(TALK)[0][0].lang == "kk"
    talk(interview=interview, sidecar={"language": "ug"}.items())
    assert wanted(TALK)[0][0].lang == "ug"


def test_a_recording_may_lie_with_hosts_alone(talk, wanted):
    talk(sidecar={"hosts": ["https://host.example.org/talk"]}.items())
    [one], found = wanted()
    assert (one.file, found) == ("", [])


# --- leave ---


@pytest.mark.parametrize(
    ("card", "sidecar", "is_heard"),
    [("own", "own", True), ("own", "changed", True), ("changed", "changed", True),
     ("changed", "own", False), ("none", "own", False), ("none", "changed", False),
     (None, "own", False), (None, "changed", False)],
)  # fmt: skip
def test_a_voice_is_heard_only_where_a_card_says_so(talk, wanted, card, sidecar, is_heard):
    talk(voices=card, sidecar={"voice": sidecar}.items())
    made, found = wanted(TALK)
    assert bool(made) == is_heard
    assert told(found) == ([] if is_heard else [("G027", TEXT)])
    assert all(problem.problem.severity is Severity.WARNING for problem in found)


def test_the_recordings_own_card_speaks_for_it(sources, talk, wanted):
    talk(sidecar={"consent": "c-quiet"}.items())
    sources.consent("c-quiet", voices="none")
    assert told(wanted(TALK)[1]) == [("G027", TEXT)]


def test_a_recording_whose_card_is_paused_is_left_out(talk, wanted):
    talk()
    assert told(wanted(TALK, withheld=("talk.opus",))[1]) == [("G025", TEXT)]


@pytest.mark.parametrize("level", ["pseudonym", "initials", "restricted"])
@pytest.mark.parametrize("role", ["narrator", "interviewer", "interpreter"])
def test_the_own_voice_of_somebody_protected_is_an_error(sources, talk, wanted, role, level):
    interview = {
        "narrator": {},
        "interviewer": {"by": "p-q"},
        "interpreter": {"interpreter": "p-q"},
    }
    sources.person("p-q", protect=level)
    told_by = "p-q" if role == "narrator" else "p-n"
    sources.person("p-n")
    talk(told_by=told_by, interview={"date": "2024", **interview[role]})
    made, found = wanted(TALK)
    assert (made, told(found)) == ((), [("G026", TEXT)])
    assert found[0].is_error


def test_somebody_protected_is_heard_under_a_changed_voice_that_was_agreed_on(
    sources, talk, wanted
):
    sources.person("p-q", protect="pseudonym")
    talk(told_by="p-q", voices="changed", sidecar={"voice": "changed"}.items())
    [one], found = wanted(TALK)
    assert (one.shown("", 0).voice_changed, found) == (True, [])


@pytest.mark.parametrize(
    ("rights", "is_heard"), [("permission", True), ("excerpt-only", False)]
)
def test_rights_speak_for_what_was_broadcast_before(sources, wanted, rights, is_heard):
    original = {"outlet": "Example Radio", "published": "2020", "rights": rights}
    sources.text("t-1", original=original, extent="excerpt", recordings="talk.opus")
    sources.sidecar("talk.opus", alt=None, transcript="talk.vtt")
    sources.write("content/media/talk.vtt", WORDS)
    assert bool(wanted(TALK)[0]) == is_heard


# --- slips ---


def test_a_picture_is_no_recording(sources, wanted):
    sources.testimony("t-1", recordings="scarf.jpg")
    assert told(wanted("content/media/scarf.jpg")[1]) == [("G020", TEXT)]


def test_a_recording_that_nothing_describes_is_told(sources, wanted):
    sources.testimony("t-1", recordings="talk.opus")
    assert told(wanted(TALK)[1]) == [("G021", TEXT)]


def test_a_recording_that_is_nowhere_is_told_with_the_name_that_was_meant(talk, wanted):
    talk()
    made, found = wanted("content/media/talk.ogg")
    assert (made, told(found)) == ((), [("G022", TEXT)])
    assert "talk.ogg" in found[0].remedy


def test_a_transcript_that_is_not_there_is_told_in_the_sidecar(talk, wanted):
    talk(sidecar={"transcript": "other.vtt"}.items())
    assert told(wanted(TALK)[1]) == [("G023", TALK + ".yaml")]


def test_a_cue_of_a_paragraph_that_is_not_there_is_told_at_its_line(sources, talk, wanted):
    talk()
    sources.write("content/media/talk.vtt", WORDS.replace("p1", "p7"))
    [problem] = wanted(TALK)[1]
    assert (problem.code, problem.span.path, problem.span.line) == (
        "G024",
        "content/media/talk.vtt",
        3,
    )
    assert "p1" in problem.remedy
