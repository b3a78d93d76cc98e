"""What must not be in the output: the values of records and fields that are not public.

The decision of `visibility` is taken, and the work of `publish` is not trusted: a value is
protected because of where it stands in the sources, not because it is missing in the public
archive. Only inside a record that is public the public archive says which fields were kept back
(coarsened, of hidden people, for editors alone).

Not every value can be looked for: a year, `Aigul` or `my aunt` stand on many pages with every
right. What is too plain to be looked for is decided where it is looked for, `output.watchlist`.
"""

from __future__ import annotations

import dataclasses
import functools
import re
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Literal

from aigaq.archive import pictures, visibility
from aigaq.source.schema import claims, reading, records
from aigaq.words import within
from aigaq.words.edtf import EdtfDate
from aigaq.words.fragments import Fragment
from aigaq.words.localised import Localised

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from aigaq.archive.private import Archive
    from aigaq.archive.public import PublicArchive
    from aigaq.archive.visibility import Visibility
    from aigaq.source.schema.validate import Located

Kind = Literal["name", "words", "exact"]

_ID = re.compile(r"[a-z0-9][a-z0-9-]{0,63}")
_TAG = re.compile(r"<[^>]*>")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_MARKED = ("described",)  # kinds of names that are words: "my aunt"
_WHOSE = ("who", "by", "reviewed_by")  # fields where a person's name may stand as words


@dataclass(frozen=True, slots=True, order=True)
class Value:
    """One text to be looked for. `record` and `field` are its canary id: all that is ever told.

    A `name` is found in any order of its words and in other scripts, `words` by what they say,
    `exact` as it stands.
    """

    record: str
    field: str
    text: str = dataclasses.field(repr=False)
    kind: Kind = "words"


@dataclass(frozen=True, slots=True)
class Protected:
    """The values, and the names and words that are public, which may be the same."""

    values: tuple[Value, ...] = ()
    public_names: tuple[str, ...] = ()
    public_words: tuple[str, ...] = ()


def of(archive: Archive, public: PublicArchive) -> Protected:
    """All that `archive` holds and readers must not see on the day of `public`."""
    visible, _ = visibility.of(archive, built=public.built)
    told = _TOLD.texts(public)
    values: list[Value] = []
    names: list[str] = []
    words: list[str] = []
    for record_id, path, text in _all(archive, visible):
        is_closed, name = path.startswith("!"), path.lstrip("!")
        if name != "names.text" and " " not in text and _ID.fullmatch(text):
            continue  # an id, a key of a closed list, a language
        if is_closed or text not in told:
            values.append(Value(record_id, name, text, _kind(name, text)))
        else:
            (names if _kind(name, text) == "name" else words).append(text)
    values += [*_ids(archive, visible, public), *_facts(archive, visible, public)]
    return Protected(tuple(sorted(set(values))), tuple(names), tuple(words))


def _kind(path: str, text: str) -> Kind:
    last = path.rpartition(".")[2]
    if path in {"names.text", "sort"} or (last in _WHOSE and " " in text):
        return "name"
    return "words"


# --- every text of every record, with the path of its field; `!` before it: not for readers ---


def _all(archive: Archive, visible: Visibility) -> Iterator[tuple[str, str, str]]:
    yield from _texts(archive, visible)
    yield from _pages(archive)
    open_ones = {
        "people": visible.people,
        "groups": visible.groups,
        "places": visible.others,
        "organisations": visible.others,
        "series": visible.others,
        "consent": frozenset[str](),
        "topics": visible.others,
    }
    for kind, open_ids in open_ones.items():
        for record_id, located in getattr(archive, kind).items():
            yield from _record(visible, record_id, located, is_open=record_id in open_ids)
    for sidecar in archive.records.sidecars:
        kept = pictures.key(sidecar.path.removesuffix(".yaml")) in visible.withheld
        for path, text in _written(visible, sidecar.record):
            yield sidecar.path, f"!{path}" if kept else path, text
    for transcript in archive.records.transcripts:
        yield from ((transcript.path, "cues", cue.text) for cue in transcript.cues)
    for entry in archive.records.glossary:
        yield from ((entry.id, path, text) for path, text in _strings(entry.record, ""))
    for correction in archive.records.corrections:
        yield from (("corrections", *one) for one in _strings(correction.record.what, "what"))
    for decision in archive.records.identities:
        words = (decision.record.by, decision.record.why)
        yield from (("identities", *one) for one in _strings(words, "words"))


def _record(
    visible: Visibility, record_id: str, located: Located[Any], *, is_open: bool
) -> Iterator[tuple[str, str, str]]:
    """Of who is shown under another name nothing is public but what is marked as such."""
    record = located.record
    is_renamed = (
        isinstance(record, records.Place | records.Organisation) and not record.protect.is_open
    )
    declared = [n for n in getattr(record, "names", ()) if isinstance(n, records.Name)]
    for name in declared:
        hidden = not is_open or (is_renamed and "pseudonym" not in name.kind)
        is_words = any(kind in _MARKED for kind in name.kind)
        path = "names.words" if is_words else "names.text"
        yield record_id, f"!{path}" if hidden else path, name.text
    for path, text in _written(visible, record):
        if not (declared and path.lstrip("!") == "names.text"):
            yield record_id, path if is_open else f"!{path}", text


def _texts(archive: Archive, visible: Visibility) -> Iterator[tuple[str, str, str]]:
    for text in archive.texts.values():
        scope = visible.texts.get(text.id, frozenset())
        shut = "" if "site" in scope else "!"
        has_words = text.written.record.rights != "unclear"
        for path, words in _written(visible, text.written.record):
            yield text.id, shut + path, words
        for path, words in _strings(text.body, "body"):
            yield text.id, (shut if has_words else "!") + path, words
        for one in text.translations:
            is_open = not shut and "translate" in scope and not one.written.record.draft
            for path, words in _strings(one.written.record, f"{one.written.lang}"):
                yield text.id, path if is_open else f"!{path}", words
            for path, words in _strings(one.body, f"{one.written.lang}.body"):
                yield text.id, path if is_open and has_words else f"!{path}", words


def _pages(archive: Archive) -> Iterator[tuple[str, str, str]]:
    for page in archive.pages.values():
        for written, body in page.versions:
            shut = "!" if written.record.draft else ""
            for path, words in (*_strings(written.record, ""), *_strings(body, "body")):
                yield page.slug, shut + path, words
    for draft in archive.records.unfinished:
        yield draft.id, "!body", draft.body


def _written(visible: Visibility, value: Any) -> list[tuple[str, str]]:
    """The texts of a private record; what is told of somebody hidden is not for readers."""
    found: list[tuple[str, str]] = []
    _read(visible, value, "", "", found)
    return found


def _read(
    visible: Visibility, value: Any, path: str, shut: str, found: list[tuple[str, str]]
) -> None:
    """Adds the texts of `value`. Most fields of most records are empty, and passed over."""
    kind: type = type(value)
    if kind is str:
        found.append((shut + path, value))
    elif kind is tuple:
        for item in value:
            _read(visible, item, path, shut, found)
    elif issubclass(kind, reading.Model):
        if kind in _WHOM and any(one and one not in visible for one in _WHOM[kind](value)):
            shut = "!"
        for key, name in _fields(kind):
            if inside := getattr(value, key):
                _read(visible, inside, f"{path}.{name}".lstrip("."), shut, found)
    else:
        found += ((shut + name, text) for name, text in _strings(value, path))


# Of whom an item of a record tells something.
_WHOM: Mapping[type, Callable[[Any], tuple[str, ...]]] = {
    claims.Claim: lambda claim: (claim.about, claim.other),
    claims.About: lambda about: (about.person,),
    records.Relative: lambda relative: (relative.person,),
}


def _strings(value: Any, path: str) -> Iterator[tuple[str, str]]:
    """The texts of a value, public or private, with the dotted path of the field of each."""
    if isinstance(value, str):
        yield from [(path, value)] if value else []
    elif isinstance(value, tuple | frozenset):
        for item in value:
            yield from _strings(item, path)
    elif type(value) in _OPENED:
        yield from ((path, text) for text in _OPENED[type(value)](value) if text)
    else:
        kind: type = type(value)
        for key, name in _fields(kind):
            inside = getattr(value, key)
            if inside is not None:
                yield from _strings(inside, f"{path}.{name}".lstrip("."))


def _words(body: Fragment) -> Iterator[str]:
    yield from (block.text for block in body.blocks)
    if body.footnotes:
        yield _TAG.sub(" ", body.footnotes)


# What is more than the texts of all its fields: languages, ids and markup nobody looks for.
_OPENED: Mapping[type, Callable[[Any], Iterable[Any]]] = {
    Localised: lambda words: [text for _, text in words.pairs],
    Fragment: _words,
    dict: dict.values,
    MappingProxyType: MappingProxyType.values,
}
_TOLD = within.Walk(_OPENED)


@functools.cache
def _fields(kind: type) -> tuple[tuple[str, str], ...]:
    """The fields of a record, and how an editor calls them.

    Dates hold nothing but notations, which nobody looks for.
    """
    if issubclass(kind, reading.Model):
        keys = tuple(kind.model_fields)
    elif dataclasses.is_dataclass(kind) and kind is not EdtfDate:
        keys = tuple(one.name for one in dataclasses.fields(kind))
    else:
        keys = ()
    return tuple((key, key.rstrip("_")) for key in keys)


# --- what stands in no free text: ids, days, places on the map, names of files ---


def _ids(archive: Archive, visible: Visibility, public: PublicArchive) -> Iterator[Value]:
    """Ids that tell nobody anything but those who know them; `pl-almaty` would be a word."""
    for record_id, kind in archive.kinds.items():
        is_record = kind not in {"object", "term", "topic"}
        is_shut = record_id not in visible and record_id not in public.tombstones
        if is_record and is_shut and any(map(str.isdigit, record_id)):
            yield Value(record_id, "id", record_id, "exact")


def _facts(archive: Archive, visible: Visibility, public: PublicArchive) -> Iterator[Value]:
    yield from _days(archive, public)
    for record_id, place in archive.places.items():
        shown = public.places.get(record_id)
        if place.record.at and place.record.at != (shown.at if shown else None):
            for number in place.record.at:
                yield Value(record_id, "at", str(number), "exact")
    for sidecar in archive.records.sidecars:
        name = sidecar.path.removesuffix(".yaml").rpartition("/")[2]
        yield Value(sidecar.path, "file name", name, "exact")


def _days(archive: Archive, public: PublicArchive) -> Iterator[Value]:
    """Days of interviews that are told less exactly, where no public date has the same day."""
    kept = {
        text_id: day for text_id, day in _recorded(archive) if day != _shown(public, text_id)
    }
    if kept:  # the whole archive is walked for these alone
        dates = _TOLD.every(EdtfDate, public)
        known = {date.notation for date in dates} | {public.built.isoformat()}
        for text_id, day in kept.items():
            if _DAY.fullmatch(day) and day not in known:
                yield Value(text_id, "interview.date", day, "exact")


def _recorded(archive: Archive) -> Iterator[tuple[str, str]]:
    for text in archive.texts.values():
        interview = text.written.record.interview
        if interview and interview.date:
            yield text.id, interview.date.notation


def _shown(public: PublicArchive, text_id: str) -> str:
    text = public.texts.get(text_id)
    date = text.interview.date if text and text.interview else None
    return date.notation if date else ""
