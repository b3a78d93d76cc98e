"""Which pictures records and bodies name, what describes each, and what is wrong with that.

Law: what a sidecar keeps back (consent, boxes to redact) binds its picture, whatever capital
letters and ways of writing an accent the two names have; see `key`.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from aigaq.archive.public import NOTHING, Picture
from aigaq.source.schema import records as schema
from aigaq.words.diagnostics import Problem, Severity, Span, did_you_mean

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from aigaq.archive.public import PublicArchive, Version
    from aigaq.source.records import Records, Written
    from aigaq.source.schema.records import Box, MediaSidecar
    from aigaq.source.schema.validate import Located
    from aigaq.words.diagnostics import Diagnostic
    from aigaq.words.fragments import Fragment

    Sidecars = Mapping[str, Located[MediaSidecar]]  # by `key`

MISSING = Problem(
    "G010",
    "there is no such file in content/media",
    "Put the picture there, or correct the name; capital letters count.{hint}",
)
NOT_DESCRIBED = Problem(
    "G011",
    "nothing describes this picture: it has no sidecar, or one that cannot be read",
    "Write a file with the picture's whole name and .yaml after it (scarf.jpg.yaml) beside it, "
    'with alt: and what is to be seen, such as alt: {{en: "A woman holds a photograph"}}.',
)
WITHOUT_FILE = Problem(
    "G012",
    "the picture or recording that this sidecar describes is not here",
    "Name the sidecar as the file is named, with .yaml after it: scarf.jpg.yaml. Or delete it.",
    Severity.WARNING,
)
KEEPS_NOTHING_BACK = Problem(
    "G013",
    "this sidecar has consent: or redact:, and no file has its name: it protects nothing",
    "Name the sidecar as the picture is named, with .yaml after it (scarf.jpg.yaml). If you "
    "took the picture out of the folder, delete the sidecar, too.",
)
WITHHELD = Problem(
    "G014",
    "this picture is left out of the site: its consent does not allow it now",
    "Speak with those who gave it. A picture that may not be seen should not be in the "
    "repository, either: take it out, and ask for help with git's history.",
    Severity.WARNING,
)
RECORDING = Problem(
    "G015",
    "this is a recording; only pictures can be shown here",
    "Name a picture, or take the line out.",
)

_FOLDER = "content/media/"


@dataclass(frozen=True, slots=True)
class Mention:
    """That the line at `span` names the file at `path` below content/media.

    `has_words`: a body describes the picture where it stands. `may_hint`: a message may show
    the names of other files, for nothing in this record is protected.
    """

    path: str
    span: Span
    has_words: bool = False
    may_hint: bool = True


@dataclass(frozen=True, slots=True)
class Wanted:
    """A picture to be made, by its path in the site's folder, with the sidecar that it has."""

    path: str
    sidecar: Located[MediaSidecar] | None = None

    @property
    def key(self) -> str:
        return key(self.path)

    @property
    def redact(self) -> tuple[Box, ...]:
        return self.sidecar.record.redact if self.sidecar else ()

    @property
    def redact_span(self) -> Span:
        """Where its boxes are written."""
        return self.sidecar.span_of("redact") if self.sidecar else Span(self.path)

    def shown(self, path: str, *, width: int, height: int) -> Picture:
        """The finished picture at `path` of the output, with the words of its sidecar."""
        words = self.sidecar.record if self.sidecar else None
        return Picture(
            path=path,
            width=width,
            height=height,
            alt=words.alt if words else NOTHING,
            caption=words.caption if words else NOTHING,
            credit=words.credit if words else NOTHING,
        )


def key(path: str) -> str:
    """What all spellings of a file's name have in common; no two files may share it (K009).

    `path` is one from the site's folder or from content/media.
    """
    composed = unicodedata.normalize("NFC", path.removeprefix(_FOLDER))
    return unicodedata.normalize("NFC", composed.casefold())


def wanted(
    records: Records,
    bodies: Mapping[str, Fragment],
    *,
    files: Collection[str],
    withheld: Collection[str],
) -> tuple[tuple[Wanted, ...], list[Diagnostic]]:
    """Every picture that is named, once, and what is wrong with its name or its words.

    `files` are the paths of all media, `withheld` the keys of those whose consent is missing.
    """
    there = {unicodedata.normalize("NFC", path.removeprefix(_FOLDER)): path for path in files}
    sidecars = {_described(one): one for one in records.sidecars}
    made: dict[str, Wanted] = {}
    found = list(_sidecar_problems(records.sidecars, frozenset(map(key, files))))
    for mention in mentions(records, bodies):
        path = there.get(unicodedata.normalize("NFC", mention.path), "")
        sidecar = sidecars.get(key(path))
        problem = _problem(mention, path, sidecar, withheld)
        if problem is not None:
            hint = _hint(mention.path, there) if mention.may_hint else ""
            found.append(problem.at(mention.span, hint=hint))
        else:
            made[path] = Wanted(path, sidecar)
    return tuple(made[path] for path in sorted(made)), sorted(found)


def _problem(
    mention: Mention,
    path: str,
    sidecar: Located[MediaSidecar] | None,
    withheld: Collection[str],
) -> Problem | None:
    if _is_recording(mention.path):
        return RECORDING
    if not path:
        return MISSING
    if key(path) in withheld:
        return WITHHELD
    return None if sidecar or mention.has_words else NOT_DESCRIBED


def _hint(path: str, names: Iterable[str]) -> str:
    """The name that was meant: one that differs by capital letters alone, else the nearest."""
    by_key = {key(name): name for name in names}
    return did_you_mean(by_key.get(key(path), path), by_key.values())


def mentions(records: Records, bodies: Mapping[str, Fragment]) -> Iterator[Mention]:
    """Every place where a picture is named."""
    for person in records.people:
        if person.record.photo:
            yield Mention(
                person.record.photo,
                person.span_of("photo"),
                may_hint=person.record.protect.is_open,
            )
    for text in records.texts:
        is_open = text.record.protect.is_open
        for n, thing in enumerate(text.record.objects):
            if thing.photo:
                span = text.located.span_of("objects", n, "photo")
                yield Mention(thing.photo, span, may_hint=is_open)
        yield from _in_body(text, bodies, may_hint=is_open)
    for translation in records.translations:
        yield from _in_body(translation, bodies)
    for page in records.pages:
        yield from _in_body(page, bodies)


def _in_body(
    written: Written[Any], bodies: Mapping[str, Fragment], *, may_hint: bool = True
) -> Iterator[Mention]:
    body = bodies.get(written.path)
    for path, line in body.pictures if body else ():
        yield Mention(path, Span(written.path, line), has_words=True, may_hint=may_hint)


def _described(sidecar: Located[MediaSidecar]) -> str:
    return key(sidecar.path.removesuffix(".yaml"))


def _sidecar_problems(
    sidecars: Iterable[Located[MediaSidecar]], files: Collection[str]
) -> Iterator[Diagnostic]:
    for sidecar in sidecars:
        record = sidecar.record
        if _described(sidecar) in files or _is_recording(_described(sidecar)):
            continue  # a recording may lie with another host
        guards = record.consent or record.redact
        yield (KEEPS_NOTHING_BACK if guards else WITHOUT_FILE).at(Span(sidecar.path))


def _is_recording(path: str) -> bool:
    return path.rpartition(".")[2].casefold() in schema.RECORDINGS


def paths(archive: PublicArchive) -> tuple[str, ...]:
    """The output paths of all pictures that the public archive shows, sorted.

    Only these are published: a picture of a draft or of a hidden text is made and stays behind.
    """
    things = (thing for text in archive.texts.values() for thing in text.objects)
    photos = [thing.photo for thing in things]
    photos += [person.photo for person in archive.people.values()]
    shown = {path for version in _versions(archive) for path, _ in version.body.pictures}
    return tuple(sorted(shown | {photo.path for photo in photos if photo}))


def _versions(archive: PublicArchive) -> Iterator[Version]:
    for text in archive.texts.values():
        yield from text.versions
    for page in archive.pages.values():
        yield from page.versions
