"""A catalogue that came back becomes a translation: the file, or why it cannot.

Law: no words of a translation are lost. What somebody translated, and does not fit, is told,
and the file stays as it is.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from aigaq.desk.translating import catalogues, pieces
from aigaq.words import stamps
from aigaq.words.diagnostics import Problem, Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from aigaq.archive import private, public
    from aigaq.desk.translating.catalogues import Message
    from aigaq.desk.translating.pieces import Piece
    from aigaq.words.diagnostics import Diagnostic

    Said = Mapping[tuple[str | None, str], tuple[str, bool]]

OLD_WORDS = Problem(
    "N021",
    "{count} translations are of words that are not in the text any more, the first: {words}",
    "Export the catalogue again into the same folder, mend what is marked as unsure there, and"
    " import that.",
)
NO_TITLE = Problem(
    "N022",
    "the title is not translated",
    "Translate the title first: without one, nobody sees the rest.",
)
OWN_WORDS = Problem(
    "N023",
    "here stands something that the original does not have, and it would be lost",
    "Go on by hand in this file; or take these words out first.",
)
NO_TRANSLATOR = Problem(
    "N024",
    "nobody says who translated this",
    "Add --by with an id or a name, or --machine where a machine translated it.",
)

_UNKNOWN = "0" * stamps.LENGTH  # the digest of no words: they have changed since


@dataclass(frozen=True, slots=True, kw_only=True)
class How:
    """What whoever imports says of a new translation."""

    by: str = ""
    machine: bool = False


def file_of(
    text: private.Text,
    shown: public.Text,
    lang: str,
    said: Said,
    how: How,
    *,
    path: str,
) -> tuple[str | None, list[Diagnostic]]:
    """The translation as a file; nothing if no word is new, or with the reason why not.

    `path` is that of the catalogue.
    """
    one = next((t for t in text.translations if t.written.lang == lang), None)
    found = catalogues.messages(text, shown, one)
    problems = [*_problems(text, one, found, said, how, path)]
    if problems:
        return None, problems
    own = {m: m.here if m.is_withheld else said.get(m.key, ("", False))[0] for m in found}
    if one and all(own[message] == message.here for message in own):
        return None, []
    labels = {m.words: own[m] or m.words for m in found if m.context == catalogues.LABEL}
    by_line = {m.piece.line: own[m] for m in found if m.piece}

    def translated(piece: Piece) -> str:
        words = by_line.get(piece.line, "")
        label = labels.get(piece.label, piece.label)
        return f"{label}: {words}" if words and piece.label else words

    body = pieces.joined(pieces.of(text.written.body, catalogues.labels_of(text)), translated)
    header = "".join(f"{line}\n" for line in _header(text, shown, one, own, said, how))
    return f"---\n{header}---\n\n{body}", []


def _problems(
    text: private.Text,
    one: private.Translated | None,
    found: Sequence[Message],
    said: Said,
    how: How,
    path: str,
) -> Iterator[Diagnostic]:
    known = {message.key for message in found}
    lost = [words for context, words in said if (context, words) not in known]
    if lost:
        yield OLD_WORDS.at(Span(path), count=len(lost), words=f'"{lost[0][:60]}"')
    title = next(message.key for message in found if message.context == catalogues.TITLE)
    if title not in said:
        yield NO_TITLE.at(Span(path))
    if one:
        for line in catalogues.own_words(text, one):
            yield OWN_WORDS.at(Span(one.written.path, line))
    elif not how.by and not how.machine:
        yield NO_TRANSLATOR.at(Span(path))


def _header(
    text: private.Text,
    shown: public.Text,
    one: private.Translated | None,
    own: Mapping[Message, str],
    said: Said,
    how: How,
) -> Iterator[str]:
    words = {message.context: own[message] for message in own}
    yield f"title: {_quoted(words[catalogues.TITLE])}"
    if words.get(catalogues.SUMMARY):
        yield f"summary: {_quoted(words[catalogues.SUMMARY])}"
    if one is None or one.written.record.draft:
        yield "draft: true"
    yield "translation:"
    yield f"  from: {text.written.lang}"
    yield from _made(one, how)
    people = dict(shown.original_version.labels)
    labels = [
        (people[m.words], own[m]) for m in own if m.context == catalogues.LABEL and own[m]
    ]
    if labels:
        yield f"  labels: {{{', '.join(f'{who}: {_quoted(label)}' for who, label in labels)}}}"
    phrases = [m for m in own if m.context == catalogues.PHRASE and own[m]]
    if phrases:
        yield "  phrases:"
    for message in phrases:
        yield f"    - [{_quoted(message.words)}, {_quoted(own[message])}]"
    if of := [*_stamps(text, own, said)]:
        yield f'  of: "{" ".join(of)}"'


def _made(one: private.Translated | None, how: How) -> Iterator[str]:
    """How the translation was made. Somebody has to read it again before it is `reviewed`."""
    facts = one.written.record.translation if one else None
    by = list(facts.by) if facts else [how.by]
    if any(by):
        yield f"  by: {_quoted(by[0]) if len(by) == 1 else json.dumps(by, ensure_ascii=False)}"
    if facts and facts.date:
        yield f"  date: {facts.date.notation}"
    if facts.machine if facts else how.machine:
        yield "  machine: true"
    yield "  status: draft"
    if facts and facts.abridged:
        yield "  abridged: true"


def _stamps(text: private.Text, own: Mapping[Message, str], said: Said) -> Iterator[str]:
    """For each translated paragraph which one it stands for, and the words that it had."""
    digests = {block.address: block.digest for block in text.body.blocks}
    there = (message for message in own if message.address and own[message])
    for number, message in enumerate(there, 1):
        unsure = said.get(message.key, ("", message.is_stale))[1]
        digest = _UNKNOWN if unsure else digests[message.address][: stamps.LENGTH]
        is_own = message.address == f"p{number}"
        yield digest if is_own else f"{message.address}@{digest}"


def _quoted(words: str) -> str:
    """As YAML reads it in any place: JSON is YAML."""
    return json.dumps(words, ensure_ascii=False)
