"""Recordings as templates show them, and their captions as files: the words come first.

A paragraph leads to its moment, and a moment to its paragraph. Captions are made for each
language that has the same paragraphs as the original; where nobody has timed a language's own
words, they are spread over the time in which their paragraph is heard.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from aigaq.pages.page import Artifact
from aigaq.words import cues

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from markupsafe import Markup

    from aigaq.archive.public import PublicArchive, Recording, Text, Version
    from aigaq.pages.context import Context, Phrase
    from aigaq.words.cues import Cue

TYPES = {
    "mp3": "audio/mpeg", "m4a": "audio/mp4", "ogg": "audio/ogg", "oga": "audio/ogg",
    "opus": "audio/ogg", "wav": "audio/wav", "flac": "audio/flac", "mp4": "video/mp4",
    "m4v": "video/mp4", "webm": "video/webm", "ogv": "video/ogg",
}  # fmt: skip
_THOUSAND, _MILLION = 1000, 1_000_000


@dataclass(frozen=True, slots=True)
class Moment:
    """When a paragraph is heard: `0:42`, and where; `path` is empty without a file here."""

    paragraph: str  # its address
    clock: str
    path: str
    anchor: str

    @property
    def number(self) -> str:
        return self.paragraph.removeprefix("p")


@dataclass(frozen=True, slots=True)
class Track:
    """Captions in one language; `path` is that of a WebVTT file."""

    lang: str
    path: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordingView:
    """A recording: what it is, how long (`0:42`), its `size` in words, and where it is.

    `type` is a media type. `hosts` are addresses elsewhere with the name of their host.
    """

    id: str
    is_film: bool
    path: str
    type: str
    size: Markup | None
    length: str
    lang: str
    voice_changed: bool
    hosts: tuple[tuple[str, str], ...]
    sha256: str
    caption: Phrase
    credit: Phrase
    moments: tuple[Moment, ...]
    tracks: tuple[Track, ...]


def matching(text: Text) -> tuple[str, ...]:
    """The languages of a text in which the paragraphs are those of the original, and whole."""
    if not text.recordings:
        return ()
    original = _addresses(text.original_version)
    return tuple(
        version.lang
        for version in text.versions
        if _addresses(version) == original
        and not (version.translation and version.translation.abridged)
    )


def _addresses(version: Version) -> list[str]:
    return [block.address for block in version.body.blocks if block.address]


def views(
    text: Text, langs: tuple[str, ...], context: Context, *, shown: str
) -> tuple[RecordingView, ...]:
    """All recordings of a text; `langs` are those that match, `shown` is on the page."""
    return tuple(
        RecordingView(
            id=f"recording-{number}",
            is_film=one.kind == "video",
            path=one.path,
            type=TYPES.get(one.path.rpartition(".")[2], ""),
            size=_size(one.size, context) if one.path else None,
            length=cues.clock(max((cue.end for cue in one.cues), default=0)),
            lang=one.lang,
            voice_changed=one.voice_changed,
            hosts=tuple((host, urlsplit(host).hostname or host) for host in one.hosts),
            sha256=one.sha256,
            caption=context.pick(one.caption),
            credit=context.pick(one.credit),
            moments=tuple(_moments(one)) if shown in langs else (),
            tracks=tuple(
                Track(lang, _path(text.id, number, lang)) for lang in _spoken(one, langs)
            ),
        )
        for number, one in enumerate(text.recordings, 1)
    )


def by_paragraph(shown: Iterable[RecordingView]) -> Mapping[str, tuple[Moment, ...]]:
    """The moments of each paragraph, one for each recording."""
    found: dict[str, tuple[Moment, ...]] = {}
    for recording in shown:
        for moment in recording.moments:
            found[moment.paragraph] = (*found.get(moment.paragraph, ()), moment)
    return found


def _moments(recording: Recording) -> Iterator[Moment]:
    for paragraph, (start, _) in cues.spans(recording.cues).items():
        seconds = f"{start / _THOUSAND:g}" if start < _MILLION else f"{start // _THOUSAND}"
        yield Moment(paragraph, cues.clock(start), recording.path, f"t={seconds}")


def _size(count: int, context: Context) -> Markup:
    """How many bytes, as exactly as a reader needs it who pays for them."""
    if count < _MILLION:
        number = context.texts.number(max(1, round(count / _THOUSAND)))
        return context.texts.say("%(number)s KB", number=number)
    number = context.texts.number(round(count / _MILLION))
    return context.texts.say("%(number)s MB", number=number)


# --- captions ---


def _spoken(recording: Recording, langs: tuple[str, ...]) -> tuple[str, ...]:
    """The languages with captions: what is heard first."""
    if not recording.cues:
        return ()
    timed = langs if cues.spans(recording.cues) else ()
    return tuple(dict.fromkeys((recording.lang, *timed)))


def _path(text: str, number: int, lang: str) -> str:
    return f"media/{text}-{number}.{lang}.vtt"


def captions(archive: PublicArchive) -> tuple[Artifact, ...]:
    """The captions of all recordings in every language that has them."""
    return tuple(
        Artifact(_path(text.id, number, lang), cues.webvtt(found).encode())
        for text in archive.texts.values()
        for number, one in enumerate(text.recordings, 1)
        for lang in _spoken(one, matching(text))
        for found in [one.cues if lang == one.lang else _translated(one, text.version(lang))]
    )


def _translated(recording: Recording, version: Version | None) -> tuple[Cue, ...]:
    """The words of a version at the times of their paragraphs."""
    blocks = {block.address: block.text for block in version.body.blocks} if version else {}
    return tuple(
        cue
        for paragraph, span in cues.spans(recording.cues).items()
        for cue in cues.spread(blocks.get(paragraph, ""), span, paragraph)
    )
