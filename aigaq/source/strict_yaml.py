"""YAML as this archive allows it: texts, lists and mappings, nothing that acts or hides.

Reads the events of libyaml's parser and builds nodes of texts with their places. No
constructor is ever called, so nothing is guessed (`NO` stays `NO`, `2030-01-01` stays a text)
and nothing is run. Law: what is read here is exactly what a person sees in the file.
"""

from __future__ import annotations

import itertools
import re
from bisect import bisect_right
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING

import yaml

from aigaq.source import characters, yaml_syntax
from aigaq.source.document import Mapping, Scalar, Sequence
from aigaq.words.diagnostics import Diagnostic, Problem, Severity, Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from aigaq.source.document import Node
    from aigaq.source.yaml_syntax import Event

NO_C_PARSER = Problem(
    "Y001",
    "the fast parser (libyaml) is missing from the PyYAML that is installed here",
    "Install PyYAML from a wheel: `pip install --force-reinstall --only-binary :all: pyyaml`.",
)
TOO_LONG = Problem(
    "Y002",
    "the YAML is longer than {limit} characters",
    "Split the file, or move long texts below the header.",
)
TOO_DEEP = Problem(
    "Y003",
    "lists and mappings stand in each other more than {limit} deep",
    "Nothing in the archive needs that; look for a bracket or an indentation too many.",
)
TOO_MANY = Problem(
    "Y004",
    "the YAML holds more than {limit} keys, values and lists",
    "Split the file into several records.",
)
DUPLICATE = Problem(
    "Y005",
    'the key "{key}" stands twice: first in line {first}, again in line {again}',
    "Keep one of the two. With several values, write a list: [one, two].",
)
ANCHOR = Problem(
    "Y006",
    "`&` at the beginning of a value names it for copying, which is not allowed here",
    'If the text begins with &, put it in quotes: "&…".',
)
ALIAS = Problem(
    "Y007",
    "`*` at the beginning of a value copies another one, which is not allowed here",
    'If the text begins with *, put it in quotes: "*…". Otherwise write the value again.',
)
MERGE = Problem(
    "Y008",
    "`<<` brings in keys from elsewhere, which is not allowed here",
    "Write the keys themselves.",
)
TAG = Problem(
    "Y009",
    "`!` at the beginning of a value sets its type, which is not allowed here",
    'If the text begins with !, put it in quotes: "!…". Otherwise delete the word with !.',
)
DIRECTIVE = Problem(
    "Y010",
    "a line that begins with `%` gives orders to the YAML parser, which is not allowed here",
    "Delete this line.",
)
SECOND_DOCUMENT = Problem(
    "Y011",
    "a line with `---` or `...` divides the YAML here; it must be one piece",
    "Delete the line, or put the second part into a file of its own.",
)
KEY_NOT_TEXT = Problem(
    "Y013",
    "a list or a mapping stands where a key is expected",
    "A text that begins with [ or {{ must stand in quotes.",
)
CUT_BY_COMMENT = Problem(
    "Y015",
    "the text ends here, because ` #` begins a comment",
    "If the words after # belong to the text, put all of it in quotes. "
    "If it is a comment, put a space after #.",
    Severity.WARNING,
)
SHOWN_QUOTES = Problem(
    "Y016",
    "the quotation marks of this text are not the plain ones: readers will see them",
    'Type plain quotation marks in their place: "…". If readers are to see them, put plain '
    'ones around them: "“…”".',
    Severity.WARNING,
)

# What libyaml was reading when it met an error, where that thing is not allowed anyway.
_REFUSED = {
    "directive": DIRECTIVE,
    "<document start>": SECOND_DOCUMENT,
    "an anchor": ANCHOR,
    "an alias": ALIAS,
    "a tag": TAG,
}

MAX_LENGTH = 256 * 1024
MAX_DEPTH = 12
MAX_EVENTS = 5_000

_KEY = re.compile(r"[A-Za-z][A-Za-z0-9_-]*")
_COMMENT = re.compile(r"(?:^|(?<=[ \t]))#")
_SHOWN_QUOTES = re.compile(r"[“”„«»][^“”„«»]*[“”„«»]?|[‘‚][^‘‚]*’|‹[^‹›]*›")
_OPENING_QUOTES = frozenset("“”„«»‘‚‹")
_ABSENT = frozenset({"", "~", "null"})
_TIGHT_COMMENT = re.compile(r"[ \t]+#[^\s#]")


def parse(
    text: str, *, path: str, first_line: int = 1
) -> tuple[Mapping | Sequence | None, list[Diagnostic]]:
    """Read one YAML document whose line 1 is `first_line` of the file at `path`.

    Nothing at all, as in an empty file, is `None` without a problem. With errors the tree, if
    there is one, serves to find more problems: forbidden characters stand in it as U+FFFD, of
    two equal keys the first is kept, aliases are empty. A text that YAML's own grammar refuses
    gives `None`. Never raises.
    """
    span = Span(path)
    if not hasattr(yaml, "CSafeLoader"):
        return None, [NO_C_PARSER.at(span)]
    if len(text) > MAX_LENGTH:
        return None, [TOO_LONG.at(span, limit=MAX_LENGTH)]
    found = characters.header(text, path=path, first_line=first_line)
    reader = _Reader(characters.masked(text) if found else text, path, first_line)
    tree = reader.tree()
    if not (found or reader.found):
        return tree, []
    seen = min((one.span.line for one in found), default=None)
    lines = text.split("\n")
    told = [yaml_syntax.lookalike(one, lines, first_line) for one in reader.found]
    split = {one.span for one in told if one.problem == yaml_syntax.STRANGE_QUOTE}
    found += [
        one
        for one in told
        if not (_follows(one, seen) or (one.problem == SHOWN_QUOTES and one.span in split))
    ]
    return tree, sorted(dict.fromkeys(found))


def _follows(one: Diagnostic, seen: int | None) -> bool:
    """Whether `one` may be no more than the echo of a forbidden character in line `seen`."""
    return seen is not None and one.span.line >= seen and one.code >= "Y014"


class _StopError(Exception):
    """Reading further is of no use; the reason has been noted."""


class _Reader:
    """One pass over the parser's events; `found` gathers what is wrong.

    Every value of every file passes here, so what few texts have (comments, escapes, marks of
    other quotation) is asked of the text as a whole before it is asked of each value.
    """

    def __init__(self, text: str, path: str, first_line: int) -> None:
        # Never more than a stream of events: of the loader only its parser is used.
        self._events = yaml.CSafeLoader(text)
        self._text = text
        self._last_line = text.count("\n")
        self._path = path
        self._first_line = first_line
        self._next = self._stream().__next__
        self._depth = 0
        self._last: Event | None = None
        self._scalars: list[tuple[tuple[int, int], tuple[int, int]]] = []
        self._has_signs = "#" in text
        self._has_escapes = "\\" in text
        self._comments = self._has_signs and _TIGHT_COMMENT.search(text) is not None
        self.found: list[Diagnostic] = []

    @cached_property
    def _lines(self) -> list[str]:
        return self._text.split("\n")

    def tree(self) -> Mapping | Sequence | None:
        """The whole document, or `None` where reading had to stop."""
        try:
            self._next()  # the stream's start
            return self._document()
        except _StopError:
            return None
        finally:
            self._events.dispose()

    def _document(self) -> Mapping | Sequence | None:
        start = self._next()
        if isinstance(start, yaml.StreamEndEvent):
            return None
        if start.version or start.tags:
            self._note(DIRECTIVE, start)
        elif start.explicit:
            self._note(SECOND_DOCUMENT, start)
        node = self._node(self._next())
        self._end(self._next())
        if isinstance(node, Mapping):
            return replace(node, comment=self._comment())
        if isinstance(node, Sequence):
            return node
        if node.text or node.quoted:
            line = self._lines[node.span.line - self._first_line]
            self.found.append(yaml_syntax.no_entries(line).at(node.span))
        return None

    def _comment(self) -> Span | None:
        """The first comment: a `#` where one may begin, and no text is."""
        if not self._has_signs:
            return None
        starts = [start for start, _ in self._scalars]
        for number, line in enumerate(self._lines):
            for sign in _COMMENT.finditer(line) if "#" in line else ():
                at = (number, sign.start())
                before = bisect_right(starts, at) - 1
                if before < 0 or self._scalars[before][1] <= at:
                    return Span(self._path, number + self._first_line, sign.start() + 1)
        return None

    def _end(self, end: Event) -> None:
        """After the document, nothing: a second one could hide fields from a reviewer."""
        if end.explicit:
            self._note(SECOND_DOCUMENT, end)
            return
        after = self._next()
        if not isinstance(after, yaml.StreamEndEvent):
            self._note(SECOND_DOCUMENT, after)

    def _stream(self) -> Iterator[Event]:
        """All events; a syntax error or a limit ends the reading."""
        for number in itertools.count(1):
            try:
                event = self._events.get_event()
            except yaml.YAMLError as error:
                self._stopped(self._explained(error))
                raise _StopError from None
            if number > MAX_EVENTS:
                self._note(TOO_MANY, event, limit=MAX_EVENTS)
                raise _StopError
            yield event

    def _stopped(self, problem: Diagnostic) -> None:
        """Notes why the reading ends; in a line that has an error already that one is why."""
        line = problem.span.line
        if not any(one.is_error and one.span.line == line for one in self.found):
            self.found.append(problem)

    def _explained(self, error: yaml.YAMLError) -> Diagnostic:
        stop = yaml_syntax.Stop.of(error)
        for words, problem in _REFUSED.items():
            if words in stop.context or words in stop.said:
                column = stop.context_column if stop.context else stop.column
                return problem.at(self._place(stop.line, column))
        return yaml_syntax.explained(
            stop, self._lines, self._path, self._first_line, self._last
        )

    def _note(self, problem: Problem, event: Event, **words: object) -> None:
        self.found.append(problem.at(self._span(event), **words))

    def _span(self, event: Event) -> Span:
        return self._place(event.start_mark.line, event.start_mark.column)

    def _place(self, line: int, column: int) -> Span:
        """Line and column count from 0; some things begin after the last line."""
        line = min(line, self._last_line)
        return Span(self._path, line + self._first_line, column + 1)

    def _node(self, event: Event) -> Node:
        """The node that begins with `event`."""
        kind = type(event)
        if kind is yaml.AliasEvent:
            self._note(ALIAS, event)
            return Scalar("", self._span(event))
        if event.anchor is not None:
            self._note(ANCHOR, event)
        if event.tag is not None:
            self._note(TAG, event)
        return self._scalar(event) if kind is yaml.ScalarEvent else self._collection(event)

    def _collection(self, event: Event) -> Mapping | Sequence:
        self._depth += 1
        if self._depth > MAX_DEPTH:
            self._note(TOO_DEEP, event, limit=MAX_DEPTH)
            raise _StopError
        mapping = type(event) is yaml.MappingStartEvent
        node = self._mapping(event) if mapping else self._sequence(event)
        self._depth -= 1
        return node

    def _sequence(self, start: Event) -> Sequence:
        items = []
        while type(event := self._next()) is not yaml.SequenceEndEvent:
            items.append(self._node(event))
        return Sequence(tuple(items), self._span(start))

    def _mapping(self, start: Event) -> Mapping:
        entries: dict[str, tuple[Scalar, Node]] = {}
        while (kind := type(event := self._next())) is not yaml.MappingEndEvent:
            key = self._node(event)
            value = self._node(self._next())
            if kind is yaml.ScalarEvent and type(key) is Scalar:
                self._enter(entries, key, value)
            elif kind is not yaml.AliasEvent:
                self._note(KEY_NOT_TEXT, event)
        return Mapping(tuple(entries.values()), self._span(start))

    def _enter(self, entries: dict[str, tuple[Scalar, Node]], key: Scalar, value: Node) -> None:
        """Add an entry under a good and new key; note what else it is."""
        if key.text == "<<":
            self.found.append(MERGE.at(key.span))
        elif not _KEY.fullmatch(key.text):
            # The echo of a forbidden character needs no second problem.
            if characters.REPLACEMENT not in key.text:
                self.found.append(yaml_syntax.BAD_KEY.at(key.span))
        elif key.text in entries:
            first = entries[key.text][0].span.line
            words = {"key": key.text, "first": first, "again": key.span.line}
            self.found.append(DUPLICATE.at(key.span, **words))
        else:
            entries[key.text] = (key, value)

    def _scalar(self, event: Event) -> Scalar:
        self._last = event
        start, end = event.start_mark, event.end_mark
        span = self._place(start.line, start.column)
        if self._has_signs:
            # A comment may follow the | of a text, on its line.
            block = event.style in ("|", ">")
            begins = (start.line + 1, 0) if block else (start.line, start.column)
            self._scalars.append((begins, (end.line, end.column)))
        if start.line != end.line:
            eaten = yaml_syntax.swallowing(event, self._lines)
            if eaten is not None:
                problem, line, column = eaten
                place = Span(self._path, line + self._first_line, column + 1)
                self.found.append(problem.at(place))
        if not event.style:
            return self._plain(event, span)
        if self._has_escapes and event.style == '"':
            self.found += self._escaped(event, span)
        return Scalar(event.value, span, quoted=True)

    def _escaped(self, event: Event, span: Span) -> list[Diagnostic]:
        """Forbidden characters written as escapes; typed ones are known already."""
        text = event.value.replace(characters.REPLACEMENT, "")
        return characters.unseen(text, span)

    def _plain(self, event: Event, span: Span) -> Scalar:
        if self._comments:
            end = event.end_mark
            line = self._lines[end.line] if end.line < len(self._lines) else ""
            if event.value and _TIGHT_COMMENT.match(line, end.column):
                place = Span(self._path, end.line + self._first_line, end.column + 1)
                self.found.append(CUT_BY_COMMENT.at(place))
        value = event.value
        if value[:1] in _OPENING_QUOTES and _SHOWN_QUOTES.fullmatch(value):
            self.found.append(SHOWN_QUOTES.at(span))
        return Scalar("" if value in _ABSENT else value, span)
