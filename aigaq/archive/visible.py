"""The private archive seen through what is visible: every id passes here on its way out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from aigaq.archive.references import looks_like_id
from aigaq.words import edtf

if TYPE_CHECKING:
    import datetime
    from collections.abc import Iterable, Mapping

    from aigaq.archive.private import Archive
    from aigaq.archive.public import Picture
    from aigaq.archive.visibility import Visibility
    from aigaq.words.edtf import EdtfDate


@dataclass(frozen=True, slots=True)
class Seen:
    """Answers what may be named. `same` leads from a person to the one they were found to be."""

    archive: Archive
    visible: Visibility
    same: Mapping[str, str]
    pictures: Mapping[str, Picture]

    def id(self, record_id: str) -> str:
        """The public id of a record, or an empty text where it may not be named."""
        if record_id not in self.visible:
            return ""
        return self.same.get(record_id, record_id)

    def ids(self, record_ids: Iterable[str]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(i for i in map(self.id, record_ids) if i))

    def who(self, who: str) -> str:
        """An id that may be named, or an editor's words; an id that may not is left out."""
        return self.id(who) if self.is_record(who) else who

    def whos(self, whos: Iterable[str]) -> tuple[str, ...]:
        return tuple(w for w in map(self.who, whos) if w)

    def is_record(self, who: str) -> bool:
        return who in self.archive.kinds and looks_like_id(who)

    def picture(self, path: str) -> Picture | None:
        return self.pictures.get(path)

    @staticmethod
    def day(day: datetime.date) -> EdtfDate:
        """A calendar day as a date like any other."""
        date = edtf.parse(day.isoformat())
        assert isinstance(date, edtf.EdtfDate)
        return date
