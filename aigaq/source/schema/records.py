"""People, groups, places, organisations, series, consent cards and the sidecars of media."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Annotated, ClassVar

from pydantic import Field

from aigaq.source.document import Node, Scalar, Sequence
from aigaq.source.schema import reading as opening
from aigaq.source.schema.claims import Relation
from aigaq.source.schema.dates import (
    OPEN,
    DateField,
    DayField,
    ProtectField,
    level_of,
    tombstone_problems,
)
from aigaq.source.schema.fields import (
    Id,
    LanguageOrDefault,
    LanguageTag,
    Leaf,
    Many,
    MediaFile,
    PerLanguage,
    PlainText,
    WebAddress,
    Who,
    YesNo,
    one_of,
    text_of,
)
from aigaq.source.schema.measures import CountField, Point, whole_number
from aigaq.source.schema.parts import Credit
from aigaq.source.schema.reading import Model, Reading, Written, refused, wrong_shape
from aigaq.words import vocabularies
from aigaq.words.diagnostics import Diagnostic, Problem
from aigaq.words.localised import Localised

TOO_MUCH_OF_A_PROTECTED_PERSON = Problem(
    "S050",
    '"{key}" may not stand in the file of a protected person',
    "Delete it: everyone can read the repository. Such a file holds only names of the kind"
    " pseudonym (or initials), protect, note_public and coarsen.",
)
NAME_OF_A_PROTECTED_PERSON = Problem(
    "S051",
    "this name in the file of a protected person is not marked as a pseudonym, nor initials",
    "If it is the real name, delete it at once and ask for help with git's history. Else write"
    " kind: pseudonym, or initials with full stops: A. B.",
)
COARSEN_OF_OPEN = Problem(
    "S052",
    "coarsen: does nothing under protect: open",
    "Write protect: pseudonym (or another level), or delete coarsen:.",
)
NOT_A_BOX = Problem(
    "S053",
    "this is not a box to paint over",
    "Write four whole numbers in pixels, from the left, from the top, width, height:"
    " redact: [[120, 40, 200, 90]].",
)
NOT_A_DIGEST = Problem(
    "S054",
    "{value} is not a SHA-256 digest",
    "Write the 64 digits and letters a to f that `sha256sum FILE` prints.",
)
NO_TRANSCRIPT = Problem(
    "S055",
    "a recording needs its words",
    "Add transcript: with the name of a WebVTT file in content/media.",
)
NO_ALT = Problem(
    "S056",
    "a picture needs a description for those who cannot see it",
    'Add alt: with what is to be seen, such as alt: {{en: "A woman holds a photograph"}}.',
)

_PROTECTED_KEYS = ("names", "protect", "note_public", "coarsen", "tombstone")
_PROTECTED_NAME_KEYS = ("text", "lang", "kind")
RECORDINGS = ("mp3", "m4a", "ogg", "oga", "opus", "wav", "flac", "mp4", "m4v", "webm", "ogv")
_INITIAL = re.compile(r"\w{1,2}\.|\w")


class Name(Model):
    """A name as somebody wrote it; without `kind` it is one that is also used."""

    noun: ClassVar[str] = "a name"
    shorthand: ClassVar[str] = "text"
    hints: ClassVar[dict[str, str]] = {"language": "The language tag goes into lang:."}

    text: PlainText
    lang: LanguageOrDefault = Field(default="", validate_default=True)
    kind: Many[Annotated[str, one_of("name_kind")]] = ("also-used",)
    source: Who = ""
    note: PerLanguage = Localised()
    from_: DateField = Field(default=None, alias="from")
    until: DateField = None


class Relative(Model):
    """A relative, in a person's own file: `is_` is what the relative is to this person."""

    noun: ClassVar[str] = "an entry of family:"
    may_be_other: ClassVar[tuple[str, ...]] = ("is",)
    hints: ClassVar[dict[str, str]] = {"relation": "The relation goes into is:."}

    person: Id
    is_: Relation = Field(alias="is")
    as_told: PerLanguage = Localised()
    words: PerLanguage = Localised()


class Coarsen(Model):
    """What is shown less exactly of a protected person; `exact` is a decision, too."""

    noun: ClassVar[str] = "coarsen:"

    place: Annotated[str, one_of("coarse_place")] = ""
    dates: Annotated[str, one_of("coarse_dates")] = ""
    work: Annotated[str, one_of("coarse_work")] = ""
    words: Annotated[str, one_of("coarse_words")] = ""
    together: Many[Annotated[str, one_of("coarse_together")]] = ()


class Person(Model):
    """A person. Under anything but `open` the file holds no real name and no fact."""

    noun: ClassVar[str] = "the file of a person"
    hints: ClassVar[dict[str, str]] = {
        "id": "The name of the file says it: ID.yaml.",
        "name": "Names are a list: names: [{text: …, lang: …, kind: preferred}].",
        "gender": "Write sex:, only if a text says it.",
        "status": "It is derived from the claims of the texts.",
        "about": "Write summary:.",
        "relatives": "Write family:.",
    }
    remedies: ClassVar[dict[str, str]] = {
        "names": "Add names: with at least one: [{text: …, lang: …, kind: preferred}].",
        "protect": "Add protect: open if the person may be named and shown; else pseudonym,"
        " initials, group-only or restricted. Without it nothing is built.",
    }

    names: Many[Name] = ()
    sort: PlainText = ""
    sex: Annotated[str, one_of("sex")] = ""
    born: DateField = None
    from_: Id = Field(default="", alias="from")
    ethnicity: PerLanguage = Localised()
    work: Many[PerLanguage] = ()
    family: Many[Relative] = ()
    role: Many[Annotated[str, one_of("role")]] = ()
    photo: MediaFile = ""
    protect: ProtectField
    summary: PerLanguage = Localised()
    not_same_as: Many[Id] = ()
    note_public: PerLanguage = Localised()
    coarsen: Coarsen | None = None
    tombstone: YesNo = False

    @classmethod
    def rules(cls, written: Written) -> Iterator[Diagnostic]:
        level = level_of(written.text("protect"))
        yield from tombstone_problems(written)
        if level in {"", "open", "initials", "pseudonym"} and not written.has("names"):
            yield opening.missing(cls, written, "names")
        if written.text("protect") == "open" and written.has("coarsen"):
            yield COARSEN_OF_OPEN.at(written.at_key("coarsen"))
        if level in vocabularies.PROTECT and level != "open":
            yield from _protected(cls, written)


def _protected(model: type[Person], written: Written) -> Iterator[Diagnostic]:
    """What must not stand in the file of a protected person, who must not be found by it."""
    for key in written.filled():
        if key.text in model.keys and key.text not in _PROTECTED_KEYS:
            yield TOO_MUCH_OF_A_PROTECTED_PERSON.at(key.span, key=key.text)
    for node in opening.items(written.get("names")):
        yield from _protected_name(node, written.reading)


def _protected_name(node: Node, reading: Reading) -> Iterator[Diagnostic]:
    if isinstance(node, Sequence):
        return
    if isinstance(node, Scalar):
        if not is_initials(node.text):
            yield NAME_OF_A_PROTECTED_PERSON.at(node.span)
        return
    name = Written(node, reading)
    kinds = [text_of(kind) for kind in opening.items(name.get("kind")) if _is_text(kind)]
    if kinds != ["pseudonym"] and not is_initials(name.text("text")):
        yield NAME_OF_A_PROTECTED_PERSON.at(name.at("text"))
    for key in name.filled():
        if key.text in Name.keys and key.text not in _PROTECTED_NAME_KEYS:
            yield TOO_MUCH_OF_A_PROTECTED_PERSON.at(key.span, key=key.text)


def _is_text(node: Node) -> bool:
    return isinstance(node, Scalar)


def is_initials(text: str) -> bool:
    """Whether a name is only initials: single letters, or one or two letters with a full stop.

    A single Chinese character is a whole surname, so those never count.
    """
    words = text.replace(".", ". ").split()
    if any(unicodedata.category(letter) == "Lo" and letter > "\u2e7f" for letter in text):
        return False
    return bool(words) and all(_INITIAL.fullmatch(word) for word in words)


class Group(Model):
    """People who are counted, not named: four grandchildren."""

    noun: ClassVar[str] = "the file of a group"
    hints: ClassVar[dict[str, str]] = {"names": "People with names have files of their own."}
    remedies: ClassVar[dict[str, str]] = {
        "group": "Add group: with what they are: {en: grandchildren}.",
        "protect": "Add protect: group-only, or open.",
    }

    group: PerLanguage
    count: CountField = None
    of: Id = ""
    minors: YesNo = False
    protect: ProtectField
    note_public: PerLanguage = Localised()


class Place(Model):
    """A place: an area, or a building in one. `at` is latitude and longitude."""

    noun: ClassVar[str] = "the file of a place"
    may_be_other: ClassVar[tuple[str, ...]] = ("type",)
    remedies: ClassVar[dict[str, str]] = {"names": "Add names: [{text: …, lang: …}]."}

    protect: ProtectField = OPEN
    names: Many[Name]
    type: Annotated[str, one_of("place_type")] = ""
    in_: Id = Field(default="", alias="in")
    precision: Annotated[str, one_of("precision")] = ""
    at: Point = None
    words: PerLanguage = Localised()


class Membership(Model):
    """The larger organisation that one belongs to, and when."""

    noun: ClassVar[str] = "an entry of part_of:"
    shorthand: ClassVar[str] = "org"

    org: Id
    from_: DateField = Field(default=None, alias="from")
    until: DateField = None


class Organisation(Model):
    """An organisation: of volunteers, of the press, of a state."""

    noun: ClassVar[str] = "the file of an organisation"
    may_be_other: ClassVar[tuple[str, ...]] = ("type",)
    remedies: ClassVar[dict[str, str]] = {"names": "Add names: [{text: …, lang: …}]."}

    protect: ProtectField = OPEN
    names: Many[Name]
    type: Annotated[str, one_of("organisation_type")] = ""
    predecessor: Many[Id] = ()
    part_of: Many[Membership] = ()
    not_same_as: Many[Id] = ()
    words: PerLanguage = Localised()


class Series(Model):
    """Texts that belong together; without `order` they stand by date, the oldest first."""

    noun: ClassVar[str] = "the file of a series"

    protect: ProtectField = OPEN
    title: PerLanguage
    introduction: PerLanguage = Localised()
    credits: Many[Credit] = ()
    order: Many[Id] = ()


class Consent(Model):
    """The public part of a consent: who allowed what, until when. Never quoted anywhere."""

    noun: ClassVar[str] = "a consent card"
    remedies: ClassVar[dict[str, str]] = {
        "given_by": "Add given_by: with the id of the one who consented.",
        "scope": "Add scope: with what was allowed: [site, translate, data-download, mirror].",
    }

    given_by: Many[Id]
    date: DateField = None
    scope: Many[Annotated[str, one_of("consent_scope")]]
    names: Annotated[str, one_of("consent_names")] = ""
    faces: Annotated[str, one_of("consent_faces")] = ""
    voices: Annotated[str, one_of("consent_voices")] = ""
    others_object: PerLanguage = Localised()
    review_after: DayField = None
    after_review: Annotated[str, one_of("after_review")] = "warn"
    status: Annotated[str, one_of("consent_status")] = "active"

    @classmethod
    def hides(cls, _written: Written) -> bool:
        return True


Box = tuple[int, int, int, int]


def _boxes(node: Node, reading: Reading) -> tuple[Box, ...]:
    if not isinstance(node, Sequence):
        raise wrong_shape(node, "a list of boxes", "Write redact: [[120, 40, 200, 90]].")
    single = all(isinstance(item, Scalar) for item in node.items)
    return tuple(_box(item, reading) for item in ((node,) if single else node.items))


def _box(node: Node, reading: Reading) -> Box:
    if not isinstance(node, Sequence) or len(node.items) != 4:
        raise refused(NOT_A_BOX.at(node.span))
    left, top, width, height = (whole_number(item, reading) for item in node.items)
    if not width or not height:
        raise refused(NOT_A_BOX.at(node.span))
    return left, top, width, height


def _digest(node: Node, reading: Reading) -> str:
    text = text_of(node).lower()
    if not re.fullmatch(r"[0-9a-f]{64}", text):
        raise refused(NOT_A_DIGEST.at(node.span, value=reading.quote(text)))
    return text


Boxes = Annotated[tuple[Box, ...], Leaf(_boxes, {"type": "array"})]
Digest = Annotated[str, Leaf(_digest, {"type": "string", "pattern": "^[0-9a-f]{64}$"})]


class MediaSidecar(Model):
    """What is known of the picture or recording beside whose file this one lies."""

    noun: ClassVar[str] = "the sidecar of a media file"

    alt: PerLanguage = Localised()
    caption: PerLanguage = Localised()
    credit: PerLanguage = Localised()
    consent: Many[Id] = ()
    redact: Boxes = ()
    faces: Annotated[str, one_of("consent_faces")] = ""
    transcript: MediaFile = ""
    language: LanguageTag = ""
    voice: Annotated[str, one_of("recorded_voice")] = "own"
    hosts: Many[WebAddress] = ()
    sha256: Digest = ""
    finished: Many[MediaFile] = ()

    @classmethod
    def rules(cls, written: Written) -> Iterator[Diagnostic]:
        media = written.span.path.removesuffix(".yaml")
        if media.rpartition(".")[2].casefold() in RECORDINGS:
            if not written.has("transcript"):
                yield NO_TRANSCRIPT.at(written.span)
        elif not written.has("alt", "finished"):
            yield NO_ALT.at(written.span)
