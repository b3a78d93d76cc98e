"""Names of records that lead nowhere, or to a record of another kind, told where they stand."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from aigaq.archive import paragraphs, references
from aigaq.archive.references import Named
from aigaq.source import records
from aigaq.source.schema.records import Consent
from aigaq.words.diagnostics import Problem, Span, did_you_mean

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator

    from aigaq.archive.private import Archive
    from aigaq.source.schema.validate import Located
    from aigaq.words.diagnostics import Diagnostic
    from aigaq.words.fragments import Fragment, Reference

UNKNOWN_ID = Problem(
    "L002",
    "{id} leads to nothing in the archive; {expected} is expected here",
    "Add its file, or correct the id.{hint}",
)
WRONG_KIND = Problem(
    "L003", "{id} is {found}; {expected} is expected here", "Name the right record."
)

_NAMED_IN: tuple[tuple[str, Callable[[Any], Iterable[Named]]], ...] = (
    ("people", references.of_person),
    ("groups", references.of_group),
    ("places", references.of_place),
    ("organisations", references.of_organisation),
    ("series", references.of_series),
    ("consent", references.of_consent),
    ("topics", references.of_topic),
)
_BODY_KINDS = {"org": "organisation", "testimony": "text"}
_IN_WORDS = {
    "text": "a text", "person": "a person", "group": "a group", "place": "a place",
    "organisation": "an organisation", "series": "a series", "topic": "a topic",
    "consent": "a consent card", "object": "an object", "term": "a glossary entry",
}  # fmt: skip
# Kinds whose records nobody has to name: one that nobody names tells nothing.
_FREE = frozenset({"text", "term", "object", "series", "topic"})


@dataclass(frozen=True, slots=True)
class _Place:
    """One name of a record, and where it stands: in a record, or in a body."""

    named: Named
    located: Located[Any] | None
    path: str = ""
    line: int = 0
    column: int = 0

    @property
    def span(self) -> Span:
        if self.located is None:
            return Span(self.path, self.line, self.column)
        return self.located.span_of(*self.named.steps)

    @property
    def own_id(self) -> str:
        """The id of the record in which it stands, which it cannot mean."""
        return self.located.id if self.located else ""

    @property
    def is_open(self) -> bool:
        """Whether it may be quoted."""
        return self.located is None or _is_open(self.located)


def problems(archive: Archive) -> Iterator[Diagnostic]:
    """Every name that leads to nothing, to the wrong thing, or past a text's last paragraph."""
    places = tuple(_places(archive))
    wrong = [place for place in places if _is_wrong(archive, place.named)]
    renamed = _renamed(archive, [place.named for place in places])
    for place in wrong:
        yield _mismatch(archive, place, renamed)
    yield from _paragraphs(archive)
    yield from _pages(archive)


def _places(archive: Archive) -> Iterator[_Place]:
    for located, named in _all_named(archive):
        yield _Place(named, located)
    for path, body in _bodies(archive):
        for reference in _to_records(body):
            kind = _BODY_KINDS.get(reference.kind, reference.kind)
            named = Named(reference.target, frozenset({kind}), ())
            yield _Place(named, None, path, reference.line, reference.column)
        for block in body.blocks:
            for named in references.of_note(block.container.by) if block.container else ():
                yield _Place(named, None, path, block.line)


def _bodies(archive: Archive) -> Iterator[tuple[str, Fragment]]:
    for text in archive.texts.values():
        yield text.written.path, text.body
        yield from ((t.written.path, t.body) for t in text.translations)
    for page in archive.pages.values():
        yield from ((written.path, body) for written, body in page.versions)


def _all_named(archive: Archive) -> Iterator[tuple[Located[Any], Named]]:
    for name, named_in in _NAMED_IN:
        for located in getattr(archive, name).values():
            yield from ((located, named) for named in named_in(located.record))
    for text in archive.texts.values():
        located = text.written.located
        yield from ((located, named) for named in references.of_text(located.record))
        for one in text.translations:
            here = one.written.located
            yield from ((here, named) for named in references.of_translation(here.record))
    for correction in archive.records.corrections:
        yield from ((correction, n) for n in references.of_correction(correction.record))
    for sidecar in archive.records.sidecars:
        yield from ((sidecar, n) for n in references.of_sidecar(sidecar.record))
    for identity in archive.records.identities:
        yield from ((identity, n) for n in references.of_identity(identity.record))
    yield from ((archive.site, named) for named in references.of_site(archive.site.record))


def _is_open(located: Located[Any]) -> bool:
    """Whether the words of a record may be shown in a build's log; never those of a card."""
    protect = getattr(located.record, "protect", None)
    return protect.is_open if protect else not isinstance(located.record, Consent)


def _is_wrong(archive: Archive, named: Named) -> bool:
    kind = archive.kinds.get(named.target)
    if kind in named.kinds:
        return False
    if kind is None and archive.kinds.get(records.ALL) in named.kinds:
        return False  # it may stand in the list that could not be read
    is_id = kind in references.NAMED or references.looks_like_id(named.target)
    return is_id or not named.or_words


def _mismatch(
    archive: Archive, place: _Place, renamed: Collection[tuple[str, str]]
) -> Diagnostic:
    named = place.named
    kinds, kind = named.kinds, archive.kinds.get(named.target)
    few = " or ".join(_IN_WORDS[k] for k in sorted(kinds))
    words = {
        "id": f'"{named.target}"' if place.is_open else _unquoted(named),
        "expected": few if len(kinds) < 5 else "a record",
    }
    if kind is not None:
        return WRONG_KIND.at(place.span, found=_IN_WORDS[kind], **words)
    known = [i for i, k in archive.kinds.items() if k in kinds and i != place.own_id]
    hint = did_you_mean(named.target, known) if place.is_open else ""
    now = next((new for old, new in renamed if old == named.target and new in known), "")
    if now and place.is_open and not hint:
        hint = f' Was its file renamed to "{now}"?'
    return UNKNOWN_ID.at(place.span, hint=hint, **words)


def _unquoted(named: Named) -> str:
    """What stands at a place of a record whose words must not be shown."""
    key = next((step for step in reversed(named.steps) if isinstance(step, str)), "")
    return f"the id in {key}:" if key else "the id that stands here"


def _renamed(archive: Archive, every: Collection[Named]) -> list[tuple[str, str]]:
    """The only id of a kind that leads nowhere, with the only record that nobody names."""
    used = {named.target for named in every}
    unknown = (n for n in every if n.target not in archive.kinds and _is_wrong(archive, n))
    lost = {named.target: named.kinds for named in unknown}
    rivals = Counter(kind for kinds in lost.values() for kind in kinds)
    found = []
    for old, kinds in lost.items():
        if all(rivals[kind] == 1 for kind in kinds):
            wanted = kinds - _FREE
            idle = [i for i, k in archive.kinds.items() if k in wanted and i not in used]
            found += [(old, idle[0])] if len(idle) == 1 else []
    return found


def _paragraphs(archive: Archive) -> Iterator[Diagnostic]:
    """Links to a paragraph that its text does not have."""
    for path, body in _bodies(archive):
        for reference in body.references:
            target = archive.texts.get(reference.target)
            if target and reference.anchor and reference.kind == "testimony":
                span = Span(path, reference.line, reference.column)
                yield from paragraphs.missing(target, reference.anchor, span)


def _to_records(body: Fragment) -> Iterator[Reference]:
    return (reference for reference in body.references if reference.kind != "page")


def _pages(archive: Archive) -> Iterator[Diagnostic]:
    """Links to pages of `content/pages` that are not there."""
    known = {*archive.pages, *(i for i, kind in archive.records.unread if kind == "page")}
    for path, body in _bodies(archive):
        for reference in body.references:
            if reference.kind == "page" and reference.target not in known:
                span = Span(path, reference.line, reference.column)
                words = {"id": f'"{reference.target}"', "expected": "a page of content/pages"}
                yield UNKNOWN_ID.at(span, hint=did_you_mean(reference.target, known), **words)
