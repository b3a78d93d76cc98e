"""Which recordings the texts name, whose voice may be heard, and what is wrong with the rest.

Law: a voice is published only where somebody decided it. A consent card must speak of voices,
and somebody protected is heard only under a changed voice. Words are no leave for a voice.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from aigaq.archive import pictures
from aigaq.archive.public import Recording
from aigaq.words import vocabularies
from aigaq.words.diagnostics import Problem, Severity, Span, did_you_mean

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from aigaq.source.captions import Transcript
    from aigaq.source.records import Records, Written
    from aigaq.source.schema.records import MediaSidecar
    from aigaq.source.schema.texts import Text
    from aigaq.source.schema.validate import Located
    from aigaq.words.diagnostics import Diagnostic
    from aigaq.words.fragments import Fragment

NO_RECORDING = Problem(
    "G020",
    "this is no recording that browsers can play",
    "Name a file of one of these kinds: mp3, m4a, ogg, opus, wav, flac, mp4, webm.",
)
NOT_DESCRIBED = Problem(
    "G021",
    "nothing describes this recording: it has no sidecar, or one that cannot be read",
    "Write a file with the recording's whole name and .yaml after it (talk.opus.yaml) in"
    " content/media, with transcript: and the name of its WebVTT file.",
)
NOWHERE = Problem(
    "G022",
    "this recording is neither in content/media nor with another host",
    "Put the file there, or correct the name; or write hosts: with an address in its"
    " sidecar.{hint}",
)
NO_TRANSCRIPT = Problem(
    "G023",
    "there is no such WebVTT file in content/media",
    "Put it there, or correct the name; it ends in .vtt, and capital letters count.",
)
NO_PARAGRAPH = Problem(
    "G024",
    "the text {text} has no paragraph {paragraph}",
    "Its last paragraph is {last}. Name one that is there, or take the name out: words without"
    " a paragraph are captions only.",
)
WITHHELD = Problem(
    "G025",
    "this recording is left out of the site: its consent does not allow it now",
    "Speak with those who gave it. A recording that may not be heard should not be in the"
    " repository, either: take it out, and ask for help with git's history.",
    Severity.WARNING,
)
PROTECTED_VOICE = Problem(
    "G026",
    "this recording lets the voice of somebody protected be heard",
    "Take it out of the repository at once, for that is public, and ask for help with git's"
    " history. A changed voice may stand here, with voice: changed in its sidecar.",
)
VOICE_NOT_ALLOWED = Problem(
    "G027",
    "this recording is left out of the site: no consent says that this voice may be heard",
    "Ask the narrator. Then write on the consent card voices: own, or voices: changed and in"
    " the sidecar voice: changed once it is. Until then the file should not be in the"
    " repository.",
    Severity.WARNING,
)

_WHOLE = frozenset(vocabularies.RIGHTS) - {"excerpt-only", "unclear"}


@dataclass(frozen=True, slots=True)
class Wanted:
    """A recording of the text `text`; `file` is its path in the site's folder, or empty."""

    text: str
    file: str
    sidecar: Located[MediaSidecar]
    transcript: Transcript
    lang: str

    @property
    def key(self) -> tuple[str, str]:
        return self.text, pictures.key(self.sidecar.path.removesuffix(".yaml"))

    def shown(self, path: str, size: int) -> Recording:
        """The recording with its file at `path` of the output."""
        record = self.sidecar.record
        return Recording(
            kind="video" if pictures.is_film(self.key[1]) else "audio",
            lang=self.lang,
            cues=self.transcript.cues,
            path=path,
            size=size,
            voice_changed=record.voice == "changed",
            hosts=record.hosts,
            sha256=record.sha256 if record.hosts else "",
            caption=record.caption,
            credit=record.credit,
        )


def wanted(
    records: Records,
    bodies: Mapping[str, Fragment],
    *,
    files: Collection[str],
    withheld: Collection[str],
) -> tuple[tuple[Wanted, ...], list[Diagnostic]]:
    """Every recording that may be published, and what is wrong; as `pictures.wanted`."""
    desk = _Desk(records, bodies, files, withheld)
    made: list[Wanted] = []
    found: list[Diagnostic] = []
    for text in records.texts:
        for n, path in enumerate(text.record.recordings):
            span = text.located.span_of("recordings", n)
            result = desk.judged(text, path, span)
            if isinstance(result, Wanted):
                found += desk.lost_paragraphs(text, result)
                made.append(result)
            else:
                found.append(result)
    return tuple(made), sorted(set(found))


class _Desk:
    """All that a recording is judged by, ready to be looked up."""

    def __init__(
        self,
        records: Records,
        bodies: Mapping[str, Fragment],
        files: Collection[str],
        withheld: Collection[str],
    ) -> None:
        self._bodies, self._withheld = bodies, withheld
        self._files = {
            unicodedata.normalize("NFC", path.removeprefix("content/media/")): path
            for path in files
        }
        self._sidecars = {
            pictures.key(one.path.removesuffix(".yaml")): one for one in records.sidecars
        }
        self._transcripts = {pictures.key(one.path): one for one in records.transcripts}
        self._cards = {card.id: card.record for card in records.consent}
        self._open = {one.id for one in records.people if one.record.protect.is_open}

    def judged(self, text: Written[Text], path: str, span: Span) -> Wanted | Diagnostic:
        """The recording as it may be published, or the first thing that is in the way."""
        if not pictures.is_recording(path):
            return NO_RECORDING.at(span)
        sidecar = self._sidecars.get(pictures.key(path))
        if sidecar is None:
            return NOT_DESCRIBED.at(span)
        file = self._files.get(unicodedata.normalize("NFC", path), "")
        if not file and not sidecar.record.hosts:
            hint = did_you_mean(path, self._files) if text.record.protect.is_open else ""
            return NOWHERE.at(span, hint=hint)
        transcript = self._transcripts.get(pictures.key(sidecar.record.transcript))
        if transcript is None:
            return NO_TRANSCRIPT.at(sidecar.span_of("transcript"))
        problem = self._consent(text.record, sidecar.record, pictures.key(path))
        if problem is not None:
            return problem.at(span)
        interview = text.record.interview
        spoken = sidecar.record.language or (interview.language if interview else "")
        return Wanted(text.id, file, sidecar, transcript, spoken or text.lang)

    def _consent(self, text: Text, sidecar: MediaSidecar, key: str) -> Problem | None:
        """What keeps a recording back: who is heard, and what they allowed."""
        interview = text.interview
        speakers = {speaker.person for speaker in text.told_by}
        if interview:
            speakers |= {one.person for one in interview.by} | set(interview.interpreter)
        is_protected = not text.protect.is_open or not speakers <= self._open
        if is_protected and sidecar.voice != "changed":
            return PROTECTED_VOICE
        if key in self._withheld:
            return WITHHELD
        cards = [self._cards.get(card) for card in sidecar.consent or text.consent]
        allowed = {"own", "changed"} if sidecar.voice == "changed" else {"own"}
        if cards:
            # A card that is not there is told where it is named, and allows nothing.
            is_decided = all(card is None or card.voices in allowed for card in cards)
        else:
            is_decided = not is_protected and text.rights in _WHOLE
        return None if is_decided else VOICE_NOT_ALLOWED

    def lost_paragraphs(self, text: Written[Text], one: Wanted) -> Iterator[Diagnostic]:
        """Cues that name a paragraph which the text does not have."""
        body = self._bodies.get(text.path)
        known = [block.address for block in body.blocks if block.address] if body else []
        for paragraph, line in one.transcript.lines if known else ():
            if paragraph not in known:
                span = Span(one.transcript.path, line)
                yield NO_PARAGRAPH.at(span, text=text.id, paragraph=paragraph, last=known[-1])
