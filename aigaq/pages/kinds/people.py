"""Everybody from A to Z, in each script in which their name is attested; the unnamed last.

A very long list is cut into pages; the letters then lead to the page where each begins.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from aigaq.pages import addresses, groups, naming, paging
from aigaq.pages.context import NO_PHRASE, Link, Phrase
from aigaq.words import alphabet, languages

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from aigaq.archive.public import Name, Person
    from aigaq.pages.context import Context
    from aigaq.pages.index import Index
    from aigaq.pages.page import Page
    from aigaq.pages.paging import Pager

TEMPLATE = "people.html"
SIZE = 600
UNNAMED = "unnamed"
# Whose alphabet the letters of a script follow, as `alphabet` sorts them.
_READ_AS = {"Latn": "en", "Cyrl": "kk", "Arab": "ug", "Hani": "zh-Hans"}


@dataclass(frozen=True, slots=True)
class Entry:
    """One line: a person under one name. `script` is one of `alphabet.SCRIPTS` or `unnamed`."""

    script: str
    letter: str
    person: str
    text: str
    lang: str
    protect: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Inputs:
    """The lines of one page, and for all letters of the list the page where they begin."""

    entries: tuple[Entry, ...]
    letters: tuple[tuple[str, str, int], ...]  # script, letter, page
    number: int
    is_last: bool
    groups: tuple[str, ...]  # those with a page of their own, on the last page


@dataclass(frozen=True, slots=True)
class Line:
    """A person's link under one name; `shown` is the name that this reader meets elsewhere."""

    link: Link
    shown: Phrase
    protect: str


@dataclass(frozen=True, slots=True)
class Letter:
    """The people under one letter."""

    letter: Phrase
    anchor: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """The letters of one script."""

    script: str
    letters: tuple[Letter, ...]


@dataclass(frozen=True, slots=True)
class Jump:
    """The letters of one script, each leading to its place."""

    script: str
    letters: tuple[Link, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """What `people.html` sees."""

    title: Phrase
    jumps: tuple[Jump, ...]
    sections: tuple[Section, ...]
    groups: tuple[Link, ...]
    pager: Pager


def plan(index: Index) -> tuple[Page, ...]:
    lines = sorted(_entries(index.archive.people.values()), key=lambda line: line[0])
    parts = paging.cut([entry for _, entry in lines], SIZE)
    letters: dict[tuple[str, str], int] = {}
    for number, part in enumerate(parts, 1):
        for entry in part:
            letters.setdefault((entry.script, entry.letter), number)
    where = tuple((script, letter, number) for (script, letter), number in letters.items())
    pages: list[Page] = []
    for number, part in enumerate(parts, 1):
        is_last = number == len(parts)
        inputs = partial(
            Inputs,
            entries=part,
            letters=where,
            number=number,
            is_last=is_last,
            groups=groups.with_own_page(index) if is_last else (),
        )
        pages += index.in_every_language(
            "people",
            partial(addresses.of_list, "person", number=number),
            inputs,
        )
    return tuple(pages)


def _entries(people: Iterable[Person]) -> Iterator[tuple[tuple[object, ...], Entry]]:
    """Each line with its place in the order: one for each script and letter of a name."""
    for person in people:
        if naming.is_described(person.names):
            name = person.names[0]
            entry = Entry(UNNAMED, "", person.id, name.text, name.lang, person.protect)
            yield (1, alphabet.sort_key(name.text), person.id), entry
            continue
        for script, letter, sort, name in _places(person):
            entry = Entry(script, letter, person.id, name.text, name.lang, person.protect)
            yield (0, alphabet.sort_key(sort), person.id), entry


def _places(person: Person) -> Iterator[tuple[str, str, str, Name]]:
    """`(script, letter, what to sort by, name)`; of several names under one letter the best."""
    attested = [n for n in person.names if "described" not in n.kinds]
    taken = set()
    for name in sorted(attested, key=_rank):
        sort = name.text
        if (
            person.sort
            and alphabet.script(person.sort) == alphabet.script(sort)
            and _is_main(name)
        ):
            sort = person.sort
        place = (alphabet.script(sort), alphabet.initial(sort))
        if place not in taken:
            taken.add(place)
            yield *place, sort, name


def _is_main(name: Name) -> bool:
    return bool({"preferred", "pseudonym"} & set(name.kinds)) or not name.kinds


def _rank(name: Name) -> bool:
    """The names that stand for a person first; else the order of the file."""
    return not _is_main(name)


def view(page: Page, context: Context) -> View:
    inputs: Inputs = page.inputs
    return View(
        title=Phrase(str(context.texts.say("People"))),
        jumps=tuple(
            Jump(script, tuple(_jump(context, *where) for where in group))
            for script, group in itertools.groupby(inputs.letters, key=lambda where: where[0])
        ),
        sections=_sections(inputs.entries, context),
        groups=tuple(sorted(context.links(inputs.groups), key=_by_words)),
        pager=paging.ways(
            inputs.number,
            is_last=inputs.is_last,
            path=lambda number: addresses.of_list("person", page.lang, number),
        ),
    )


def _by_words(link: Link) -> tuple[object, ...]:
    return alphabet.sort_key(link.phrase.text), link.path


def _jump(context: Context, script: str, letter: str, number: int) -> Link:
    path = addresses.of_list("person", context.lang, number)
    return Link(_letter(context, script, letter), path, _anchor(script, letter))


def _letter(context: Context, script: str, letter: str) -> Phrase:
    """A letter, to be read out in a language that has it where the page's own does not."""
    lang = _READ_AS.get(script, context.lang)
    own = alphabet.script(languages.of(context.lang).autonym)
    return Phrase(letter) if script == own else context.phrase(letter, lang)


def _sections(entries: tuple[Entry, ...], context: Context) -> tuple[Section, ...]:
    """The lines under their letters, the letters under their scripts."""
    sections = []
    for script, group in itertools.groupby(entries, key=lambda e: e.script):
        letters = tuple(
            Letter(
                _letter(context, script, letter),
                _anchor(script, letter),
                tuple(_line(e, context) for e in lines),
            )
            for letter, lines in itertools.groupby(group, key=lambda e: e.letter)
        )
        sections.append(Section(script, letters))
    return tuple(sections)


def _line(entry: Entry, context: Context) -> Line:
    link = context.link(entry.person)
    here = context.phrase(entry.text, entry.lang)
    shown = NO_PHRASE if link.phrase.text == entry.text else link.phrase
    return Line(Link(here, link.path), shown, entry.protect)


def _anchor(script: str, letter: str) -> str:
    """Plain ASCII, so that the address survives being copied: `cyrl-4d8` for Ә."""
    if script == UNNAMED:
        return UNNAMED
    return "-".join([script.lower() or "other", *(f"{ord(c):x}" for c in letter)])
