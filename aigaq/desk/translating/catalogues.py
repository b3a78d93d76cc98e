"""A text as a catalogue: a message for each piece of its words, with what is translated of it.

Law: nothing stands in a catalogue that readers do not get; translators' programs may run on
other people's computers.
"""

from __future__ import annotations

import io
import re
from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from babel.messages import pofile
from babel.messages.catalog import Catalog
from babel.messages.catalog import Message as Entry

from aigaq.archive import free_words, references, translations
from aigaq.desk.translating import pieces
from aigaq.words import languages

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from aigaq.archive import private, public
    from aigaq.desk.translating.pieces import Piece
    from aigaq.words.fragments import Block

TITLE, SUMMARY, LABEL, PHRASE = "title", "summary", "label", "phrase"
_HEADERS = (
    ("Language", "{lang}"),
    ("X-Text", "{text}"),
    ("MIME-Version", "1.0"),
    ("Content-Type", "text/plain; charset=utf-8"),
    ("Content-Transfer-Encoding", "8bit"),
)
_ADDRESS = re.compile(r"p\d+")
_TEXT = re.compile(r'^"X-Text: ([a-z0-9-]+)\\n"$', re.MULTILINE)
_LANGUAGE = re.compile(r'^"Language: ([A-Za-z0-9_-]+)\\n"$', re.MULTILINE)


class NotACatalogueError(Exception):
    """A file is no catalogue, or none of a text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """`context` is a key above, or tells equal words apart; `here` is what there is of it.

    `line` is that of the original's file, `address` that of its paragraph. `is_stale`: the
    words were others when they were translated. `is_withheld`: it goes with a picture that
    readers do not get.
    """

    words: str
    context: str | None = None
    line: int = 1
    here: str = ""
    is_stale: bool = False
    piece: Piece | None = None
    address: str = ""
    is_withheld: bool = False

    @property
    def key(self) -> tuple[str | None, str]:
        return self.context, self.words


def messages(
    text: private.Text, shown: public.Text, one: private.Translated | None
) -> tuple[Message, ...]:
    """All that is to be translated; `one` is the translation that is there, if any."""
    return (*_of_header(shown, one), *_told_apart(_of_body(text, shown, one)))


def written(
    text: private.Text, found: Sequence[Message], lang: str, *, before: str = ""
) -> str:
    """The catalogue as a file; `before` is an older one, whose translations are kept.

    Those of words that are gone stand at its end, as programs know it.

    Raises `NotACatalogueError` where that is none.
    """
    known = _said(before, with_old=True) if before else {}
    catalogue = Catalog(locale=languages.of(lang).babel)
    keys = {message.key for message in found}
    for (context, words), (said, _) in known.items():
        if (context, words) not in keys:
            old = Entry(words, said, context=context)
            catalogue.obsolete[words, context or ""] = old
    for message in (one for one in found if not one.is_withheld):
        kept, unsure = known.get(message.key, ("", False))
        said = message.here or kept
        catalogue.add(
            message.words,
            said,
            context=message.context,
            locations=[(text.written.path, message.line)],
            flags=["fuzzy"] if said and (message.is_stale if message.here else unsure) else [],
        )
    out = io.BytesIO()
    pofile.write_po(out, catalogue, width=0, omit_header=True)
    gaps = {"lang": lang, "text": text.id}
    head = "".join(f'"{name}: {value.format(**gaps)}\\n"\n' for name, value in _HEADERS)
    return f'msgid ""\nmsgstr ""\n{head}\n{out.getvalue().decode().strip()}\n'


def read(raw: str) -> tuple[str, str, Mapping[tuple[str | None, str], tuple[str, bool]]]:
    """The text's id, the language, and what is translated, each with whether it is unsure.

    Raises `NotACatalogueError`.
    """
    text, lang = _TEXT.search(raw), _LANGUAGE.search(raw)
    if not text or not lang:
        raise NotACatalogueError
    return text[1], lang[1].replace("_", "-"), _said(raw)


def _said(
    raw: str, *, with_old: bool = False
) -> Mapping[tuple[str | None, str], tuple[str, bool]]:
    try:
        catalogue = pofile.read_po(io.StringIO(raw), abort_invalid=True)
    except (pofile.PoFileError, ValueError) as error:  # Babel's own, and of its parts
        raise NotACatalogueError from error
    old = catalogue.obsolete.values() if with_old else ()
    return {
        (message.context, message.id): (str(message.string), message.fuzzy)
        for message in (*old, *catalogue)
        if isinstance(message.id, str) and message.id and message.string
    }


# --- the header ---


def _of_header(shown: public.Text, one: private.Translated | None) -> Iterator[Message]:
    original = shown.original_version
    record = one.written.record if one else None
    facts = record.translation if record else None
    labels = dict(facts.labels) if facts else {}
    phrases = dict(facts.phrases) if facts else {}
    yield Message(context=TITLE, words=original.title, here=record.title if record else "")
    if original.summary:
        here = record.summary if record else ""
        yield Message(context=SUMMARY, words=original.summary, here=here)
    for label, person in original.labels:
        yield Message(context=LABEL, words=label, here=labels.get(person, ""))
    told = (*shown.claims, *shown.asked, *shown.about, *shown.objects)
    every = {*free_words.of(told), *shown.tags} - {"narrator"}
    mine = [phrase for phrase in phrases if phrase in every]
    for phrase in (*mine, *sorted(every - {*mine})):
        if references.looks_like_id(phrase):
            continue
        yield Message(context=PHRASE, words=phrase, here=phrases.get(phrase, ""))


# --- the body ---


def _of_body(
    text: private.Text, shown: public.Text, one: private.Translated | None
) -> Iterator[Message]:
    """Nothing of a body that readers do not get."""
    written = {block.line: block for block in text.body.blocks}
    public = {block.line: block for block in shown.original_version.body.blocks}
    known = _known(text, one) if one else {}
    for piece, place in _placed(text):
        if piece.is_frame or not public:
            continue
        line = text.written.body_line + piece.line
        here, stale = known.get(place, ("", False))
        yield Message(
            words=piece.words,
            line=line,
            here=here,
            is_stale=stale,
            piece=piece,
            address=written[line].address if line in written else "",
            is_withheld=_has_picture(written.get(line)) and not _has_picture(public.get(line)),
        )


def _has_picture(block: Block | None) -> bool:
    return block is not None and "<img" in block.html


def _placed(one: private.Text | private.Translated, *more: str) -> Iterator[tuple[Piece, str]]:
    """Each piece with what it is in every language: its paragraph, or the how-manieth it is."""
    written, counts = one.written, Counter[str]()
    addresses = {block.line: block.address for block in one.body.blocks if block.address}
    for piece in pieces.of(written.body, [*labels_of(one), *more]):
        counts[piece.kind] += 1
        number = f"{piece.kind} {counts[piece.kind]}"
        yield piece, addresses.get(written.body_line + piece.line, number)


def labels_of(one: private.Text | private.Translated) -> tuple[str, ...]:
    """What turns may begin with in its body."""
    record = one.written.record
    if hasattr(record, "translation"):
        return tuple(label for _, label in record.translation.labels)
    interviewers = record.interview.by if record.interview else ()
    return tuple(who.label for who in (*record.told_by, *interviewers) if who.label)


def _known(text: private.Text, one: private.Translated) -> dict[str, tuple[str, bool]]:
    """What is translated, by the place in the original, and whether that has changed since."""
    pairs = {pair.here: pair for pair in translations.pairs(text, one)}
    found: dict[str, tuple[str, bool]] = {}
    for piece, place in _placed(one, *labels_of(text)):
        pair = pairs.get(place)
        if pair and pair.there:
            found[pair.there] = piece.words, pair.changed
        elif not _ADDRESS.fullmatch(place):
            found[place] = piece.words, False
    return found


def own_words(text: private.Text, one: private.Translated) -> tuple[int, ...]:
    """The lines of a translation whose words stand for none of the original."""
    theirs = {place for piece, place in _placed(text) if not piece.is_frame}
    pairs = {pair.here: pair.there for pair in translations.pairs(text, one)}
    return tuple(
        one.written.body_line + piece.line
        for piece, place in _placed(one, *labels_of(text))
        if not piece.is_frame
        and (pairs.get(place, "") if _ADDRESS.fullmatch(place) else place) not in theirs
    )


def _told_apart(found: Iterable[Message]) -> Iterator[Message]:
    """Equal words are messages of their own: what is said twice may be translated twice."""
    seen = Counter[str]()
    for message in found:
        seen[message.words] += 1
        again = seen[message.words]
        yield replace(message, context=str(again)) if again > 1 else message
