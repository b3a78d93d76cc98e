"""The public archive: the only thing that pages, search, feeds and data are made of.

Every type here is written out field by field in `publish` from private records; nothing here
can hold a private one. Ids of records that are not public appear nowhere: `publish` removes
them from every field, list and link. All values are frozen, hashable and made of tuples.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal

from aigaq.words import languages
from aigaq.words.fragments import Fragment
from aigaq.words.localised import Localised

if TYPE_CHECKING:
    import datetime
    from collections.abc import Mapping

    from aigaq.words.counted_dates import RelativeDate
    from aigaq.words.cues import Cue
    from aigaq.words.edtf import EdtfDate
    from aigaq.words.stamps import Pair

NOTHING = Localised()
NO_BODY = Fragment()
PAGE = 720  # pixels: the column of a text on screens of one pixel a dot, and a little more


@dataclass(frozen=True, slots=True, kw_only=True)
class Name:
    """One attested name. `kinds` are keys of the closed list; `source` a text's id or words."""

    text: str
    lang: str
    kinds: tuple[str, ...] = ()
    note: Localised = NOTHING
    source: str = ""
    since: EdtfDate | None = None
    until: EdtfDate | None = None


@dataclass(frozen=True, slots=True)
class Size:
    """A picture in one size: its path in the output, and pixels."""

    path: str
    width: int
    height: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A published picture: its path in the output, its size in pixels, and words for it.

    `smaller` are the same picture for smaller screens, the narrowest first.
    """

    path: str
    width: int
    height: int
    alt: Localised = NOTHING
    caption: Localised = NOTHING
    credit: Localised = NOTHING
    smaller: tuple[Size, ...] = ()

    @property
    def address(self) -> str:
        """Where it is in the output."""
        return self.path

    @property
    def sizes(self) -> tuple[Size, ...]:
        """All sizes, the narrowest first."""
        return (*self.smaller, Size(self.path, self.width, self.height))

    @property
    def usual(self) -> Size:
        """The size for a browser that cannot choose: the widest that a page of text shows."""
        return next((s for s in reversed(self.sizes) if s.width <= PAGE), self.sizes[0])


@dataclass(frozen=True, slots=True, kw_only=True)
class FamilyTie:
    """`person` is the `relation` of the one in whose file this stands, `as_told` in words."""

    person: str
    relation: str
    as_told: Localised = NOTHING


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """That a person is somebody else than `other`, or may be the same; who decided, and why."""

    other: str
    decided: Literal["different", "open"]
    by: Localised = NOTHING
    why: Localised = NOTHING


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """A person; under any protection but `open` only `names`, `protect`, `note` are filled."""

    id: str
    names: tuple[Name, ...]
    protect: Literal["open", "initials", "pseudonym"] = "open"
    note: Localised = NOTHING  # for readers, on a protected person
    sort: str = ""
    sex: str = ""
    born: EdtfDate | None = None
    place: str = ""
    ethnicity: Localised = NOTHING
    work: tuple[Localised, ...] = ()
    family: tuple[FamilyTie, ...] = ()
    role: tuple[str, ...] = ()
    photo: Picture | None = None
    summary: Localised = NOTHING
    identities: tuple[Identity, ...] = ()
    unnamed_relatives: int = 0  # protected people who are told to be family


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """How many people, as told: `low` and `high` are the same for one number."""

    low: int
    high: int
    about: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Duration:
    """How long something lasted. `bound` is empty, `about`, `more than` or `less than`."""

    number: float
    unit: Literal["days", "months", "years"]
    bound: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """People who are counted and not named; `count` is None where nobody said how many."""

    id: str
    label: Localised
    count: Count | None = None
    of: str = ""  # the person whose page shows the group
    minors: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A place. `within` is the id of what encloses it; `at` is as exact as `precision`."""

    id: str
    type: str
    names: tuple[Name, ...]
    within: str = ""
    precision: str = ""
    at: tuple[float, float] | None = None
    words: Localised = NOTHING


@dataclass(frozen=True, slots=True, kw_only=True)
class Membership:
    """That an organisation was part of another, from when to when."""

    org: str
    since: EdtfDate | None = None
    until: EdtfDate | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Organisation:
    """An organisation; `predecessor` and `not_same_as` hold ids of organisations."""

    id: str
    type: str
    names: tuple[Name, ...]
    predecessor: tuple[str, ...] = ()
    part_of: tuple[Membership, ...] = ()
    not_same_as: tuple[str, ...] = ()
    words: Localised = NOTHING


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """A term of the closed subject list; `broader` is a topic's id or empty."""

    id: str
    label: Localised
    broader: str = ""
    note: Localised = NOTHING


@dataclass(frozen=True, slots=True, kw_only=True)
class Credit:
    """Who did what for a work; `who` is the id of a public record, or words."""

    who: str
    is_record: bool
    role: str
    source_language: str = ""
    abridged: bool = False
    reviewed_by: tuple[str, ...] = ()  # ids of public records, or words
    date: EdtfDate | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """Texts that belong together, in their order (ids of public texts)."""

    id: str
    title: Localised
    introduction: Localised = NOTHING
    credits: tuple[Credit, ...] = ()
    texts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Translation:
    """How a version came to be. `source` is the language that it was translated from."""

    source: str
    status: Literal["draft", "reviewed"]
    by: tuple[str, ...] = ()  # ids of public records, or words
    machine: bool = False
    abridged: bool = False
    date: EdtfDate | None = None
    pairs: tuple[Pair, ...] = ()  # its paragraphs and the original's; none where not known


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """A text in one language; `translation` is None for the original."""

    lang: str
    title: str
    summary: str = ""
    body: Fragment = NO_BODY
    translation: Translation | None = None
    labels: tuple[
        tuple[str, str], ...
    ] = ()  # a turn's label as written in the body → person id
    pictures: tuple[Picture, ...] = ()  # that the body shows


@dataclass(frozen=True, slots=True, kw_only=True)
class Narrator:
    """Who tells: a person's id, and how the turns are marked in the original."""

    person: str
    label: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """Whom a text is about: a person or group, as the `relation` of the person `of`."""

    id: str
    of: str = ""
    relation: str = ""
    as_told: Localised = NOTHING


@dataclass(frozen=True, slots=True, kw_only=True)
class Interview:
    """How a testimony was recorded; people and place are ids of public records."""

    date: EdtfDate | None = None
    place: str = ""
    by: tuple[str, ...] = ()
    interpreter: tuple[str, ...] = ()
    language: str = ""
    conditions: Localised = NOTHING


@dataclass(frozen=True, slots=True, kw_only=True)
class ProvenanceStep:
    """One earlier or later copy of a text; `outlet` is an organisation's id or words."""

    outlet: str
    is_record: bool
    role: str
    date: EdtfDate | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Original:
    """The copy that the archive used, where a text was published before."""

    outlet: str = ""
    is_record: bool = False
    published: EdtfDate | None = None
    published_basis: Localised = NOTHING
    url: str = ""
    url_as_printed: str = ""
    archived: tuple[str, ...] = ()
    rights: str = ""
    rights_text: Localised = NOTHING
    chain: tuple[ProvenanceStep, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SentencePart:
    """A part of a sentence: a status and a number of years as told."""

    status: str
    years: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """One thing that one text says about one person or group. Keys are of the closed lists.

    `number` counts from 1 through the text; `at` is the address of a paragraph of the text.
    """

    text: str
    number: int
    about: str
    what: str
    by: str = ""  # who makes it: a public person's or organisation's id, or empty
    by_words: str = ""  # … or words, where it is not a record
    when: EdtfDate | None = None
    counted: RelativeDate | None = None  # how `when` was found, where it was not told as a date
    said: str = ""
    where: str = ""
    lasted: Duration | None = None
    known_by: str = ""
    chain: tuple[str, ...] = ()  # first to last: ids, words, or `narrator` for who makes it
    certainty: str = ""
    words: Localised = NOTHING
    at: str = ""
    status: str = ""
    contact: str = ""
    with_whom: str = ""  # a record's id, or words
    years: str = ""  # a number as told, or `unknown`
    parts: tuple[SentencePart, ...] = ()
    done_by: str = ""  # a record's id, or words
    court: str = ""
    reason: str = ""
    given_by: str = ""
    because: str = ""
    origin: str = ""  # place id: from
    destination: str = ""  # place id: to
    value: Localised = NOTHING
    other: str = ""  # family-member: the other person or group
    relation: str = ""

    def __hash__(self) -> int:
        """Of what tells one claim from another: pages put claims into sets, again and again."""
        return hash((self.text, self.number))


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """That people asked authorities about somebody, and what came of it.

    `by` and `about` are ids of people or groups, `to` ids of records or words; so is `told_by`,
    who tells of it: more than one where the text does not say which of them.
    """

    text: str
    how: str
    told_by: tuple[str, ...] = ()
    by: tuple[str, ...] = ()
    to: tuple[str, ...] = ()
    about: tuple[str, ...] = ()
    when: EdtfDate | None = None
    counted: RelativeDate | None = None  # as for a claim
    answer: str = ""
    said: str = ""
    words: Localised = NOTHING
    at: str = ""

    def __hash__(self) -> int:
        return hash((self.text, self.how, self.by, self.about, self.when))


@dataclass(frozen=True, slots=True, kw_only=True)
class Object:
    """A thing that stands for somebody: whose it is (`of`), who keeps it (an id, or words).

    `at` is the address of the paragraph in which it is told of.
    """

    id: str
    text: str
    what: Localised
    of: str = ""
    kept_by: str = ""
    photo: Picture | None = None
    at: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Recording:
    """Sound or film of a text. `path` is its file in the output, of `size` bytes, or empty.

    `cues` say what is heard when, in the language `lang`; `hosts` are addresses elsewhere,
    where the digest of the file is `sha256`.
    """

    kind: Literal["audio", "video"]
    lang: str
    cues: tuple[Cue, ...]
    path: str = ""
    size: int = 0
    voice_changed: bool = False
    hosts: tuple[str, ...] = ()
    sha256: str = ""
    caption: Localised = NOTHING
    credit: Localised = NOTHING

    @property
    def address(self) -> str:
        """Where it is: in the output, else with the first host."""
        return self.path or next(iter(self.hosts), "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """A text of any kind, in all its public languages. `date` orders lists and years."""

    id: str
    kind: str
    extent: str
    voice: str
    lang: str  # of the original
    versions: tuple[Version, ...]
    title_is_quote: bool = False
    title_by_editor: bool = False
    added: EdtfDate | None = None
    date: EdtfDate | None = None
    series: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    content_notes: tuple[str, ...] = ()
    told_by: tuple[Narrator, ...] = ()
    about: tuple[Subject, ...] = ()
    mentions: tuple[str, ...] = ()
    interview: Interview | None = None
    original: Original | None = None
    source: Localised = NOTHING
    credits: tuple[Credit, ...] = ()
    claims: tuple[Claim, ...] = ()
    asked: tuple[Asked, ...] = ()
    objects: tuple[Object, ...] = ()
    recordings: tuple[Recording, ...] = ()
    phrases: tuple[tuple[str, Localised], ...] = ()  # free words of the header, translated
    scope: frozenset[str] = frozenset()

    def version(self, lang: str) -> Version | None:
        """The version in exactly this language, or None."""
        return next((v for v in self.versions if v.lang == lang), None)

    def shown_in(self, lang: str) -> Version:
        """The version in the language of `lang`, whatever its script; else the original."""
        own = languages.in_its_scripts(lang, tuple(v.lang for v in self.versions))
        return (self.version(own) if own else None) or self.original_version

    @property
    def original_version(self) -> Version:
        """The version that is not a translation."""
        return next(v for v in self.versions if v.lang == self.lang)


@dataclass(frozen=True, slots=True, kw_only=True)
class ContentPage:
    """A page of `content/pages` in all its languages; the first version is the original."""

    slug: str
    versions: tuple[Version, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class GlossaryEntry:
    """A word that readers may not know, and its meaning."""

    id: str
    term: Localised
    meaning: Localised


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """A public correction: when, of which record (empty: of the archive), and what."""

    date: EdtfDate
    record: str
    what: Localised


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """What `site.yaml` says that readers may see. `address` ends in `/` or is empty."""

    title: Localised
    description: Localised = NOTHING
    address: str = ""
    languages: tuple[str, ...] = ("en",)
    untranslated: Literal["show-original", "link"] = "show-original"
    publisher: Localised = NOTHING
    contact: str = ""
    licence_text: str = ""
    licence_data: str = ""
    menu: tuple[str, ...] = ()
    page_titles: tuple[tuple[str, Localised], ...] = ()  # of the content pages, by slug
    exit_link: Localised = NOTHING
    wall_country: str = ""
    mirrors: bool = False  # whether anybody may carry copies


def _empty() -> Mapping[str, object]:
    return MappingProxyType({})


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicArchive:
    """All that may be read today, by id, each mapping sorted by id.

    `redirects` leads from the id of a person who was decided to be the same as another to that
    other's id, `tombstones` from the id of what was withdrawn to its kind, `text` or `person`.
    `media_scopes` holds what may be done with a picture that has a consent card of
    its own, by its path. `built` is the build date, an explicit input and never the clock.
    """

    site: Site
    built: datetime.date
    texts: Mapping[str, Text] = field(default_factory=_empty)  # type: ignore[arg-type]
    people: Mapping[str, Person] = field(default_factory=_empty)  # type: ignore[arg-type]
    groups: Mapping[str, Group] = field(default_factory=_empty)  # type: ignore[arg-type]
    places: Mapping[str, Place] = field(default_factory=_empty)  # type: ignore[arg-type]
    organisations: Mapping[str, Organisation] = field(default_factory=_empty)  # type: ignore[arg-type]
    series: Mapping[str, Series] = field(default_factory=_empty)  # type: ignore[arg-type]
    topics: Mapping[str, Topic] = field(default_factory=_empty)  # type: ignore[arg-type]
    pages: Mapping[str, ContentPage] = field(default_factory=_empty)  # type: ignore[arg-type]
    glossary: tuple[GlossaryEntry, ...] = ()
    corrections: tuple[Correction, ...] = ()
    redirects: Mapping[str, str] = field(default_factory=_empty)  # type: ignore[arg-type]
    tombstones: Mapping[str, str] = field(default_factory=_empty)  # type: ignore[arg-type]
    media_scopes: Mapping[str, frozenset[str]] = field(default_factory=_empty)  # type: ignore[arg-type]

    def may(self, use: str, medium: Picture | Recording | None) -> bool:
        """Whether there is a picture or recording whose consent allows a use, as `print`."""
        return medium is not None and use in self.media_scopes.get(medium.address, {use})
