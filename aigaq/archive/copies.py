"""What copying does to a text's origin: names are spoilt, bylines and dates are lost.

Only open texts, people and organisations are looked at, so that no sentence can tell of others.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import combinations
from typing import TYPE_CHECKING

from aigaq.words.diagnostics import Problem, Severity, Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from aigaq.archive import private
    from aigaq.archive.visible import Seen
    from aigaq.source.schema import records
    from aigaq.words.diagnostics import Diagnostic

SPOILT = Problem(
    "P015",
    '"{words}" looks like a corrupted form of "{name}"',
    "If they are one, write {id} here, and add the form to its names with `kind: misspelling`"
    " and this text as `source:`. If not, give this one a record of its own.",
    Severity.WARNING,
)
ALIKE = Problem(
    "P016",
    'the name of this outlet looks like that of {id}, "{name}"',
    "If they are one, keep one record with both names; if not, say so in `not_same_as:`.",
    Severity.WARNING,
)
NO_BYLINE = Problem(
    "P017",
    "the name after this byline is missing",
    "Look it up in an earlier copy; if it cannot be found, write unknown in `credits:` and take"
    " the rest of the byline out.",
    Severity.WARNING,
)
LOST_DATE = Problem(
    "P018",
    "the date of publication is {lost}, and it is not said how much is known of it",
    "Add `published_basis:` with what it was concluded from, such as events that the text"
    " mentions or an earlier copy; or that nothing is known.",
    Severity.WARNING,
)
BROKEN_ADDRESS = Problem(
    "P019",
    "this address is as it was printed, and there is no address that works",
    "Add `url:` with the page where it can be read, or `archived:` with a copy.",
    Severity.WARNING,
)
TWO_SPELLINGS = Problem(
    "P025",
    '"{words}" and "{name}" are credited here, and may be one name in two spellings',
    "Look both up. If they are one, write the right one in both places; if not, give one of"
    " them a record of its own.",
    Severity.WARNING,
)

_BYLINE = re.compile(
    r"(?:by|written by|reported by|photos? by|автор|авторы|авторлар|жазған|фото|yazan|文|作者)?"
    r"[\s:.,;–—-]*",
    re.I,
)
_SPOKEN = frozenset({"described", "pseudonym", "as-told"})
_WRONG = frozenset({"misspelling", "press-spelling"})
_ALIKE = 0.86  # of SequenceMatcher: one letter in a name of seven, one short word in five
_LEAST = 6  # letters of a name that may be compared: short ones are alike by chance


@dataclass(frozen=True, slots=True)
class _Known:
    """A name under which somebody may be credited; `is_wrong` is known to be a corruption."""

    text: str
    id: str
    is_wrong: bool


def problems(seen: Seen) -> Iterator[Diagnostic]:
    """Warnings about open texts and outlets."""
    outlets = _Names(_outlets(seen))
    everybody = _Names((*_people(seen), *outlets.known))
    for text_id in sorted(seen.visible.texts):
        text = seen.archive.texts[text_id]
        if text.written.record.protect.is_open:
            yield from _of_origin(text, outlets)
            yield from _of_credits(text, everybody)
            yield from _of_body(text)
    yield from _of_outlets(seen)


class _Names:
    """Names under which somebody may be credited, and what words are that are none of them."""

    def __init__(self, known: tuple[_Known, ...]) -> None:
        self.known = known
        self.words = {name for one in known for name in (one.id, one.text)}
        self._right = {name for one in known if not one.is_wrong for name in (one.id, one.text)}
        self._meant: dict[str, tuple[str, str] | None] = {}

    def meant(self, words: str) -> tuple[str, str] | None:
        """Name and id that the words may have been; an id, or a right name, is none."""
        if not words or words in self._right:
            return None
        if words not in self._meant:  # every name is compared with, but once for all texts
            self._meant[words] = self._nearest(words)
        return self._meant[words]

    def _nearest(self, words: str) -> tuple[str, str] | None:
        near = [one for one in self.known if one.text == words or _is_near(words, one.text)]
        if not near:
            return None
        best = max(near, key=lambda name: (_likeness(words, name.text), name.id))
        right = next((n for n in self.known if n.id == best.id and not n.is_wrong), best)
        return right.text, best.id


def _of_origin(text: private.Text, known: _Names) -> Iterator[Diagnostic]:
    original, located = text.written.record.original, text.written.located
    if original is None:
        return
    names = [(original.outlet, located.span_of("original", "outlet"))]
    names += [
        (step.outlet, located.span_of("original", "chain", n, "outlet"))
        for n, step in enumerate(original.chain)
    ]
    for words, span in names:
        yield from _spoilt(words, span, known)
    day, here = original.published, located.span_of("original", "published")
    if not original.published_basis and (day is None or day.known_end is None):
        yield LOST_DATE.at(here, lost="missing" if day is None else "unknown")
    elif not original.published_basis and day and (day.approximate or day.uncertain):
        yield LOST_DATE.at(here, lost="an estimate")
    if original.url_as_printed and not (original.url or original.archived):
        yield BROKEN_ADDRESS.at(located.span_of("original", "url_as_printed"))


def _of_credits(text: private.Text, known: _Names) -> Iterator[Diagnostic]:
    for n, credit in enumerate(text.written.record.credits):
        span = text.written.located.span_of("credits", n, "who")
        if _BYLINE.fullmatch(credit.who):
            yield NO_BYLINE.at(span)
        else:
            yield from _spoilt(credit.who, span, known)
    yield from _of_spellings(text, known.words)


def _of_spellings(text: private.Text, known: set[str]) -> Iterator[Diagnostic]:
    """Credits of one text that are almost one name, and no records tell which is right."""
    who = {credit.who: n for n, credit in enumerate(text.written.record.credits)}
    for one, other in combinations((words for words in who if words not in known), 2):
        if _is_near(other, one):
            span = text.written.located.span_of("credits", who[other], "who")
            yield TWO_SPELLINGS.at(span, words=other, name=one)


def _of_body(text: private.Text) -> Iterator[Diagnostic]:
    """A byline of which the copy kept only the first word, before or after the text."""
    blocks = [block for block in text.body.blocks if block.address] if text.is_whole else []
    for block in {blocks[0], blocks[-1]} if blocks else ():
        if _BYLINE.fullmatch(block.text.strip()) and block.text.strip():
            yield NO_BYLINE.at(Span(text.written.path, block.line))


def _spoilt(words: str, span: Span, known: _Names) -> Iterator[Diagnostic]:
    """The nearest name that the words may have been."""
    meant = known.meant(words)
    if meant:
        name, record = meant
        yield SPOILT.at(span, words=words, name=name, id=record)


def _is_near(words: str, name: str) -> bool:
    if min(len(words), len(name)) < _LEAST:
        return False
    is_cut = " " in words and name.casefold().startswith(f"{words.casefold()} ")
    return is_cut or _is_alike(words.casefold(), name.casefold())


def _is_alike(one: str, other: str) -> bool:
    """Whether the likeness reaches `_ALIKE`; two quick bounds spare nearly all comparisons."""
    if 2 * min(len(one), len(other)) < _ALIKE * (len(one) + len(other)):
        return False
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    return matcher.quick_ratio() >= _ALIKE and matcher.ratio() >= _ALIKE


def _likeness(words: str, name: str) -> float:
    return SequenceMatcher(None, words.casefold(), name.casefold(), autojunk=False).ratio()


def _of_outlets(seen: Seen) -> Iterator[Diagnostic]:
    """Two records of outlets whose names are alike, of which nobody says that they differ."""
    outlets = [
        located
        for org_id, located in sorted(seen.archive.organisations.items())
        if org_id in seen.visible.others
        and located.record.protect.is_open
        and located.record.type == "outlet"
    ]
    for one, other in combinations(outlets, 2):
        if other.id in _related(one.record) or one.id in _related(other.record):
            continue
        pairs = ((a.text, b.text) for a in one.record.names for b in other.record.names)
        found = next(((a, b) for a, b in pairs if a == b or _is_near(b, a)), None)
        if found:
            yield ALIKE.at(other.span_of("names"), id=one.id, name=found[0])


def _related(org: records.Organisation) -> set[str]:
    return {*org.not_same_as, *org.predecessor, *(part.org for part in org.part_of)}


def _outlets(seen: Seen) -> tuple[_Known, ...]:
    return tuple(
        _Known(name.text, org_id, bool(_WRONG & {*name.kind} and "preferred" not in name.kind))
        for org_id, located in sorted(seen.archive.organisations.items())
        if org_id in seen.visible.others and located.record.protect.is_open
        for name in located.record.names
    )


def _people(seen: Seen) -> tuple[_Known, ...]:
    return tuple(
        _Known(name.text, seen.id(person), "misspelling" in name.kind)
        for person, located in sorted(seen.archive.people.items())
        if person in seen.visible.people and located.record.protect.is_open
        for name in located.record.names
        if not _SPOKEN & {*name.kind}
    )
