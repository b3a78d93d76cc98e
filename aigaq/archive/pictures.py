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
from aigaq.words.languages import in_its_scripts

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from aigaq.archive.public import PublicArchive, Size, Version
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
NOT_IN_ITS_LANGUAGE = Problem(
    "G016",
    "this picture is not described in the language of what shows it: {lang}",
    'Add {lang}: to alt: with what is to be seen, such as alt: {{{lang}: "…"}}.',
)
NOT_IN_ALL_LANGUAGES = Problem(
    "G017",
    "this picture is not described in {langs}; readers there get the words of another language",
    'Add what is to be seen in that language: alt: {{{lang}: "…"}}.',
    Severity.WARNING,
)
RECORDING = Problem(
    "G015",
    "this is a recording; only pictures can be shown here",
    "Name a picture, or take the line out. Recordings stand in recordings: of a text.",
)

FILMS = frozenset({"mp4", "m4v", "webm", "ogv"})
_FOLDER = "content/media/"


@dataclass(frozen=True, slots=True)
class Mention:
    """That the line at `span` names the file at `path` below content/media.

    `lang` is the language in which it is shown first; empty where a body describes the picture
    where it stands. `may_hint`: a message may show the names of other files, for nothing in
    this record is protected.
    """

    path: str
    span: Span
    lang: str = ""
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
    def finished(self) -> tuple[str, ...]:
        """The paths of all its sizes, where it was finished before, the widest last."""
        names = self.sidecar.record.finished if self.sidecar else ()
        return tuple(f"{_FOLDER}{name}" for name in names)

    @property
    def redact_span(self) -> Span:
        """Where its boxes are written."""
        return self.sidecar.span_of("redact") if self.sidecar else Span(self.path)

    def shown(self, sizes: Sequence[Size]) -> Picture:
        """The finished picture in its `sizes`, widest last, with the words of its sidecar."""
        words = self.sidecar.record if self.sidecar else None
        *smaller, widest = sizes
        return Picture(
            path=widest.path,
            width=widest.width,
            height=widest.height,
            smaller=tuple(smaller),
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
    withheld: Mapping[str, Problem],
) -> tuple[tuple[Wanted, ...], list[Diagnostic]]:
    """Every picture that is named, once, and what is wrong with its name or its words.

    `files` are the paths of all media, `withheld` tells why a picture may not be seen, by key.
    """
    there = {unicodedata.normalize("NFC", path.removeprefix(_FOLDER)): path for path in files}
    sidecars = {_described(one): one for one in records.sidecars}
    made: dict[str, Wanted] = {}
    read_in: dict[str, set[str]] = {}
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
            read_in.setdefault(path, set()).update({mention.lang} - {""})
    for path, langs in read_in.items():
        found += _alt_problems(made[path], langs, records.site.record.languages)
    return tuple(made[path] for path in sorted(made)), sorted(found)


def _alt_problems(
    picture: Wanted, first: set[str], spoken: Iterable[str]
) -> Iterator[Diagnostic]:
    """Languages without a description: `first` are those of the texts that show the picture."""
    if picture.sidecar is None or not first:
        return
    span = picture.sidecar.span_of("alt")
    told = tuple(tag for tag, _ in picture.sidecar.record.alt)
    lacking = [tag for tag in (*sorted(first), *spoken) if not in_its_scripts(tag, told)]
    if first.isdisjoint(lacking):
        for tag in lacking[:1]:
            yield NOT_IN_ALL_LANGUAGES.at(span, langs=", ".join(lacking), lang=tag)
    else:
        yield NOT_IN_ITS_LANGUAGE.at(span, lang=lacking[0])


def _problem(
    mention: Mention,
    path: str,
    sidecar: Located[MediaSidecar] | None,
    withheld: Mapping[str, Problem],
) -> Problem | None:
    if is_recording(mention.path):
        return RECORDING
    if not path:
        return MISSING
    if key(path) in withheld:
        return withheld[key(path)]
    return None if sidecar or not mention.lang else NOT_DESCRIBED


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
                records.site.record.default_language,
                may_hint=person.record.protect.is_open,
            )
    for text in records.texts:
        is_open = text.record.protect.is_open
        for n, thing in enumerate(text.record.objects):
            if thing.photo:
                span = text.located.span_of("objects", n, "photo")
                yield Mention(thing.photo, span, text.lang, may_hint=is_open)
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
        yield Mention(path, Span(written.path, line), may_hint=may_hint)


def _described(sidecar: Located[MediaSidecar]) -> str:
    return key(sidecar.path.removesuffix(".yaml"))


def _sidecar_problems(
    sidecars: Iterable[Located[MediaSidecar]], files: Collection[str]
) -> Iterator[Diagnostic]:
    for sidecar in sidecars:
        record = sidecar.record
        if _described(sidecar) in files or is_recording(_described(sidecar)):
            continue  # a recording may lie with another host
        guards = record.consent or record.redact
        yield (KEEPS_NOTHING_BACK if guards else WITHOUT_FILE).at(Span(sidecar.path))


def is_recording(path: str) -> bool:
    """Whether a file's name ends as those of recordings do."""
    return path.rpartition(".")[2].casefold() in schema.RECORDINGS


def is_film(path: str) -> bool:
    """Whether a recording has pictures, too."""
    return path.rpartition(".")[2].casefold() in FILMS


def paths(archive: PublicArchive) -> tuple[str, ...]:
    """The output paths of all pictures that the public archive shows, sorted.

    Only these are published: a picture of a draft or of a hidden text is made and stays behind.
    """
    things = (thing for text in archive.texts.values() for thing in text.objects)
    photos = [thing.photo for thing in things]
    photos += [person.photo for person in archive.people.values()]
    photos += [picture for version in _versions(archive) for picture in version.pictures]
    return tuple(sorted({size.path for photo in photos if photo for size in photo.sizes}))


def _versions(archive: PublicArchive) -> Iterator[Version]:
    for text in archive.texts.values():
        yield from text.versions
    for page in archive.pages.values():
        yield from page.versions
