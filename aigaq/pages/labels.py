"""Short labels: what a page may know of the records that it names but is not about.

A page that links to a person needs that person's names and nothing else. Keeping the label
apart from the record means that a change in somebody's biography does not touch every page that
names them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from aigaq.archive import public
from aigaq.pages.briefs import Brief
from aigaq.words import within
from aigaq.words.localised import Localised

if TYPE_CHECKING:
    from collections.abc import Mapping

_WALK = within.Walk(within.IDS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """A record in short. People, places and organisations have `names`, the others a `title`.

    `kind` is a key of `addresses.FOLDERS` or `group`; `languages` are those of a text's
    versions, the original first; `of` is the person on whose page a group stands (empty: its
    own).
    """

    kind: str
    id: str
    names: tuple[public.Name, ...] = ()
    title: Localised = public.NOTHING
    protect: str = "open"
    languages: tuple[str, ...] = ()
    of: str = ""
    count: public.Count | None = None


@dataclass(frozen=True, slots=True)
class Labels:
    """The labels that one page may use, sorted by id."""

    entries: tuple[Label, ...] = ()

    def by_id(self) -> dict[str, Label]:
        return {label.id: label for label in self.entries}


def of_archive(archive: public.PublicArchive) -> dict[str, Label]:
    """The label of every public record, by id."""
    named = (
        *(
            Label(kind="person", id=p.id, names=p.names, protect=p.protect)
            for p in archive.people.values()
        ),
        *(Label(kind="place", id=p.id, names=p.names) for p in archive.places.values()),
        *(
            Label(kind="organisation", id=o.id, names=o.names)
            for o in archive.organisations.values()
        ),
    )
    titled = (
        *(_of_text(t) for t in archive.texts.values()),
        *(Label(kind="topic", id=t.id, title=t.label) for t in archive.topics.values()),
        *(Label(kind="series", id=s.id, title=s.title) for s in archive.series.values()),
        *(
            Label(kind="group", id=g.id, title=g.label, of=_home(g, archive), count=g.count)
            for g in archive.groups.values()
        ),
    )
    return {label.id: label for label in (*named, *titled)}


def _home(group: public.Group, archive: public.PublicArchive) -> str:
    """The person on whose page a group stands; that of a protected one tells of no group."""
    person = archive.people.get(group.of)
    return person.id if person and person.protect == "open" else ""


def _of_text(text: public.Text) -> Label:
    titles = Localised.of({version.lang: version.title for version in text.versions})
    languages = (text.lang, *(v.lang for v in text.versions if v.lang != text.lang))
    return Label(kind="text", id=text.id, title=titles, languages=languages)


class Mentions:
    """Which of the `known` labels inputs name.

    Walks frozen dataclasses and collections, so no field can be forgotten: a view that looks up
    an id that stands in its inputs finds it here. What many pages share is walked once.
    """

    def __init__(self, known: Mapping[str, Label]) -> None:
        self._known = known
        self._in_shared: dict[int, tuple[object, tuple[str, ...]]] = {}  # so that they live
        shared = dict.fromkeys((public.Claim, public.Asked, Brief), self._shared)
        self._walk = within.Walk({**within.IDS, **shared})

    def of(self, values: Any) -> Labels:
        """The labels of all records that `values` name, and of what those stand on."""
        known = self._known
        found = known.keys() & self._walk.texts(values)
        found |= {known[i].of for i in tuple(found) if known[i].of in known}
        return Labels(tuple(known[i] for i in sorted(found)))

    def _shared(self, value: object) -> tuple[str, ...]:
        found = self._in_shared.get(id(value))
        if found is None:
            named = self._known.keys() & _WALK.texts(value)
            found = self._in_shared[id(value)] = value, tuple(named)
        return found[1]


def mentioned(values: Any, known: Mapping[str, Label]) -> Labels:
    """What `Mentions` finds in one value alone."""
    return Mentions(known).of(values)
