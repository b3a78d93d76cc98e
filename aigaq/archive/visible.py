"""The private archive seen through what is visible: every id passes here on its way out."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from aigaq.archive import pictures, references
from aigaq.words import edtf

if TYPE_CHECKING:
    import datetime
    from collections.abc import Iterable, Mapping

    from aigaq.archive.private import Archive
    from aigaq.archive.public import Picture, Recording
    from aigaq.archive.visibility import Visibility
    from aigaq.words.edtf import EdtfDate


@dataclass(frozen=True, slots=True)
class Seen:
    """Answers what may be named. `same` leads from a person to the one they were found to be.

    `pictures` are finished ones, by `pictures.key`, and so are `recordings`, by the text's id
    and that key; `drafts` lets drafts through.
    """

    archive: Archive
    visible: Visibility
    same: Mapping[str, str]
    pictures: Mapping[str, Picture]
    drafts: bool = False
    recordings: Mapping[tuple[str, str], Recording] = field(default_factory=dict)
    # What is asked of every word that may be an id, once for the whole archive.
    _ids: Mapping[str, str] = field(init=False, repr=False)
    _withheld: frozenset[str] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        visible = (i for ids in self.visible.ids for i in ids)
        object.__setattr__(self, "_ids", {i: self.same.get(i, i) for i in visible})
        object.__setattr__(self, "_withheld", self.visible.withheld)

    def id(self, record_id: str) -> str:
        """The public id of a record, or an empty text where it may not be named."""
        return self._ids.get(record_id, "")

    def ids(self, record_ids: Iterable[str]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(i for i in map(self.id, record_ids) if i))

    def page(self, slug: str) -> str:
        """The slug of a content page that readers get, or an empty text."""
        page = self.archive.pages.get(slug)
        versions = page.versions if page else ()
        shown = any(self.drafts or not written.record.draft for written, _ in versions)
        return slug if shown else ""

    def is_named(self, record_id: str) -> bool:
        """Whether a record is public, and not under another name than its own."""
        for kind in (self.archive.people, self.archive.places, self.archive.organisations):
            if record_id in kind and not kind[record_id].record.protect.is_open:
                return False
        return record_id in self.visible

    def is_protected(self, person: str) -> bool:
        """Whether a person is shown under another name, or only counted."""
        is_person = person in self.archive.people
        return is_person and not self.is_named(person) and not self.is_hidden(person)

    def may_relate(self, one: str, other: str) -> bool:
        """Whether it may be told what two are to each other: it tells who they are."""
        return self.is_named(one) and self.is_named(other) and self.id(one) != self.id(other)

    def is_hidden(self, record_id: str) -> bool:
        """Whether a record may leave no trace, not even as somebody unnamed."""
        return record_id not in self.visible and record_id not in self.visible.counted

    def hides(self, who: str) -> bool:
        """The same of an id where words may stand; words are never hidden."""
        return self.is_record(who) and self.is_hidden(who)

    def who(self, who: str) -> str:
        """An id that may be named, or an editor's words; an id that may not is left out."""
        return self.id(who) if self.is_record(who) else who

    def whos(self, whos: Iterable[str]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(w for w in map(self.who, whos) if w))

    def is_record(self, who: str) -> bool:
        """Whether `who`, where words may stand, is an id; one that nothing has is no words."""
        return self.archive.kinds.get(who) in references.NAMED or references.looks_like_id(who)

    def picture(self, path: str) -> Picture | None:
        """A finished picture, unless its consent keeps it back."""
        key = pictures.key(path)
        return None if key in self._withheld else self.pictures.get(key)

    def recording(self, text: str, path: str) -> Recording | None:
        """A finished recording of a text, unless its consent keeps it back."""
        key = pictures.key(path)
        return None if key in self._withheld else self.recordings.get((text, key))

    @staticmethod
    def day(day: datetime.date) -> EdtfDate:
        """A calendar day as a date like any other."""
        date = edtf.parse(day.isoformat())
        assert isinstance(date, edtf.EdtfDate)
        return date
