"""What a reader sees of a recording, in which languages it has captions, and the captions."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any

import pytest

from aigaq.archive.public import Recording, Translation, Version
from aigaq.pages import context, recordings, texts
from aigaq.words.cues import Cue
from aigaq.words.fragments import Block, Fragment

if TYPE_CHECKING:
    from aigaq.archive.public import Text

CUES = (Cue(0, 500, "Сұрақ?"), Cue(500, 2000, "Бір.", "p1"), Cue(2000, 65_000, "Екі.", "p2"))
TALK = Recording(kind="audio", lang="kk", cues=CUES, path="media/0a.opus", size=1_234_000)


def body(*paragraphs: str) -> Fragment:
    return Fragment(
        blocks=tuple(
            Block(kind="paragraph", html=f"<p>{text}</p>", text=text, line=n, address=f"p{n}")
            for n, text in enumerate(paragraphs, 1)
        )
    )


def version(lang: str, *paragraphs: str, abridged: bool = False) -> Version:
    made = Translation(source="en", status="draft", abridged=abridged)
    return Version(
        lang=lang,
        title=lang,
        body=body(*paragraphs),
        translation=None if lang == "en" else made,
    )


@pytest.fixture(name="text")
def _text(archive: Any) -> Text:
    """In English, told in Kazakh; Uyghur has other paragraphs, Turkish is abridged."""
    versions = (
        version("en", "One.", "Two. And more of it."),
        version("kk", "Бір.", "Екі."),
        version("ug", "بىر."),
        version("tr", "Bir.", "İki.", abridged=True),
    )
    found: Text = dataclasses.replace(
        archive.texts["t-1111"], lang="en", versions=versions, recordings=(TALK,)
    )
    return found


@pytest.fixture(name="here")
def _here(archive: Any, pages_of: Any) -> Any:
    page = pages_of(archive)["en/testimonies/t-1111.html"]
    return context.Context(page, archive.site, texts.of("en", ""))


def shown(text: Text, here: Any, *, lang: str = "en") -> recordings.RecordingView:
    [view] = recordings.views(text, recordings.matching(text), here, shown=lang)
    return view


def test_whole_translations_with_the_same_paragraphs_match(text: Text) -> None:
    assert recordings.matching(text) == ("en", "kk")


def test_a_text_without_recordings_is_not_compared(text: Text) -> None:
    assert recordings.matching(dataclasses.replace(text, recordings=())) == ()


def test_a_recording_says_what_it_is(text: Text, here: Any) -> None:
    view = shown(text, here)
    assert (view.is_film, view.type, view.length, view.lang) == (
        False,
        "audio/ogg",
        "1:05",
        "kk",
    )
    assert "MB" in str(view.size)


def test_a_paragraph_leads_to_its_moment(text: Text, here: Any) -> None:
    moments = recordings.by_paragraph([shown(text, here)])
    assert {
        p: [(m.clock, m.path, m.anchor) for m in found] for p, found in moments.items()
    } == {
        "p1": [("0:00", "media/0a.opus", "t=0.5")],
        "p2": [("0:02", "media/0a.opus", "t=2")],
    }


def test_other_paragraphs_have_no_moments(text: Text, here: Any) -> None:
    assert shown(text, here, lang="ug").moments == ()


def test_a_recording_that_only_hosts_have_tells_moments_and_leads_nowhere(
    text: Text, here: Any
) -> None:
    hosted = dataclasses.replace(TALK, path="", hosts=("https://host.example.org/a?b=c",))
    view = shown(dataclasses.replace(text, recordings=(hosted,)), here)
    assert [moment.path for moment in view.moments] == ["", ""]
    assert (view.hosts, view.size) == (
        (("https://host.example.org/a?b=c", "host.example.org"),),
        None,
    )


def test_captions_are_there_in_each_language_that_matches(
    text: Text, here: Any, build_archive: Any
) -> None:
    tracks = shown(text, here).tracks
    assert [(t.lang, t.path) for t in tracks] == [
        ("kk", "media/t-1111-1.kk.vtt"),
        ("en", "media/t-1111-1.en.vtt"),
    ]
    files = recordings.captions(build_archive(texts={"t-1111": text}))
    assert [file.path for file in files] == [track.path for track in tracks]


def test_captions_in_the_language_that_is_spoken_are_as_they_were_timed(
    text: Text, build_archive: Any
) -> None:
    spoken, translated = recordings.captions(build_archive(texts={"t-1111": text}))
    assert "Сұрақ?" in spoken.data.decode()
    assert translated.data.decode() == (
        "WEBVTT\n\np1\n00:00:00.500 --> 00:00:02.000\nOne.\n\n"
        "p2\n00:00:02.000 --> 00:00:15.263\nTwo.\n\n"
        "p2-2\n00:00:15.263 --> 00:01:05.000\nAnd more of it.\n"
    )


def test_captions_without_paragraphs_are_in_one_language(text: Text, here: Any) -> None:
    loose = tuple(dataclasses.replace(cue, paragraph="") for cue in CUES)
    alone = dataclasses.replace(TALK, cues=loose)
    view = shown(dataclasses.replace(text, recordings=(alone,)), here)
    assert ([track.lang for track in view.tracks], view.moments) == (["kk"], ())
