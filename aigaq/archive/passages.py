"""Every run of words that editors wrote, with its language and place, and whom its file names.

Only what is open: of a protected text or record nothing is read.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from aigaq.archive import references
from aigaq.words.diagnostics import Span
from aigaq.words.localised import Localised

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from aigaq.archive.private import Archive
    from aigaq.source.records import Written
    from aigaq.source.schema.reading import Model
    from aigaq.source.schema.validate import Located
    from aigaq.words.fragments import Fragment

# Ids, addresses and other words of no language; of names only descriptions are words.
_NO_WORDS = frozenset({"labels", "url", "url_as_printed", "archived", "hosts", "tags"})
_ID = re.compile(r"[a-z0-9-]*")
# A letter, then letters, what stands above them, apostrophes, and what cannot be seen.
_WORD = re.compile(
    r"[^\W\d_](?:[^\W\d_]|[\u0300-\u036f\u064b-\u065f\u0670'’‘ʼʻ`\u00ad\u200b-\u200f\u2060])*"
)
_NO_WORDS_OF_A_BODY = re.compile(
    r"^:::.*"  # the fence of a scene, a note, a hard passage
    r"|\]\([^)\s]*(?:\s+(?=\"))?"  # the target of a link or picture; its title stays
    r"|\[\^[^\]]*\]"
    r"|<[^>]*>"
    r"|`[^`]*`"
    r"|https?://\S*"
)

# Where a text stands in a record, its words, and their language if it is not that of the file.
_Value = tuple[tuple[references.Step, ...], str, str]


@dataclass(frozen=True, slots=True)
class Passage:
    """Words in one line of a body, or one value of a header.

    `span` is the line, or the beginning of the value. Within a body (`is_line`) a position in
    `words` is that in the line. `named` are the ids of the records that the file names.
    """

    words: str
    lang: str
    span: Span
    named: frozenset[str]
    is_line: bool = False

    def at(self, position: int) -> Span:
        """Where the character at `position` stands, as exactly as is known."""
        column = position + 1 if self.is_line else self.span.column
        return Span(self.span.path, self.span.line, column)


def of(archive: Archive) -> Iterator[Passage]:
    """Everything in texts and their translations, in pages, records, pictures and lists."""
    for text in archive.texts.values():
        record = text.written.record
        if record.protect.is_open:
            bodies = (text.body, *(one.body for one in text.translations))
            named = _named(references.of_text(record), bodies) | {text.id}
            yield from _of_written(text.written, named)
            for one in text.translations:
                yield from _of_written(one.written, named)
    for page in archive.pages.values():
        named = _named((), (body for _, body in page.versions))
        for written, _ in page.versions:
            yield from _of_written(written, named)
    yield from _of_records(archive)


def words(text: str) -> Iterator[tuple[int, str]]:
    """Each word with its position; a hyphen parts two."""
    return ((found.start(), found.group()) for found in _WORD.finditer(text))


def _of_records(archive: Archive) -> Iterator[Passage]:
    lang = archive.site.record.languages[0]
    rows: tuple[tuple[Iterable[Located[Any]], Callable[[Any], Iterable[references.Named]]], ...]
    rows = (
        (archive.people.values(), references.of_person),
        (archive.groups.values(), references.of_group),
        (archive.places.values(), references.of_place),
        (archive.organisations.values(), references.of_organisation),
        (archive.series.values(), references.of_series),
        (archive.records.sidecars, references.of_sidecar),
        (archive.records.topics, references.of_topic),
        (archive.records.glossary, lambda _: ()),
        (archive.records.corrections, references.of_correction),
        (archive.records.identities, references.of_identity),
    )
    for records, named_in in rows:
        for located in records:
            protect = getattr(located.record, "protect", None)
            if protect is None or protect.is_open:
                named = _named(named_in(located.record), ()) | {located.id}
                yield from _of_header(located, lang, named)


def _named(header: Iterable[references.Named], bodies: Iterable[Fragment]) -> frozenset[str]:
    linked = (reference.target for body in bodies for reference in body.references)
    return frozenset({*(one.target for one in header), *linked})


def _of_written(written: Written[Any], named: frozenset[str]) -> Iterator[Passage]:
    yield from _of_header(written.located, written.lang, named)
    for number, line in enumerate(written.body.split("\n"), written.body_line):
        words = _NO_WORDS_OF_A_BODY.sub(lambda found: " " * len(found.group()), line)
        if words.strip():
            yield Passage(words, written.lang, Span(written.path, number), named, is_line=True)


def _of_header(located: Located[Any], lang: str, named: frozenset[str]) -> Iterator[Passage]:
    for steps, words, own in _values(located.record, ()):
        span = located.span_of(*steps)
        yield Passage(words, own or lang, span, named)


def _values(value: Any, steps: tuple[references.Step, ...]) -> Iterator[_Value]:
    """All texts below a value."""
    if isinstance(value, str):
        if not _ID.fullmatch(value):
            yield steps, value, ""
    elif isinstance(value, Localised):
        yield from (((*steps, lang), words, lang) for lang, words in value)
    elif isinstance(value, tuple):
        for n, item in enumerate(value):
            yield from _values(item, (*steps, n))
    elif hasattr(type(value), "model_fields"):
        for key, inside in _fields(value):
            yield from _special(key, inside, steps) or _values(inside, (*steps, key))


def _special(
    key: str, inside: Any, steps: tuple[references.Step, ...]
) -> Iterator[_Value] | None:
    """What is not all words: names, pairs of phrases, and what has no words."""
    if key == "phrases":  # the first of a pair stands in the header of the original
        return (((*steps, key, n, 1), pair[1], "") for n, pair in enumerate(inside))
    if key == "names":
        described = ((n, name) for n, name in enumerate(inside) if "described" in name.kind)
        return (((*steps, key, n, "text"), name.text, name.lang) for n, name in described)
    return iter(()) if key in _NO_WORDS else None


def _fields(model: Model) -> Iterator[tuple[str, Any]]:
    """The keys of the file and their values."""
    fields: Mapping[str, Any] = type(model).model_fields
    return ((f.alias or name, getattr(model, name)) for name, f in fields.items())
