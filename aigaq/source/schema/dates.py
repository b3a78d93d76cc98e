"""Dates and days in records, and `protect`, which may hold a day."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Annotated

from aigaq.source.document import Node, Scalar, Sequence
from aigaq.source.schema.fields import Leaf, text_of
from aigaq.source.schema.reading import NOT_IN_LIST, Reading, items, refused, wrong_shape
from aigaq.words import edtf, vocabularies
from aigaq.words.counted_dates import RelativeDate
from aigaq.words.diagnostics import Problem, has_errors
from aigaq.words.edtf import EdtfDate

if TYPE_CHECKING:
    from collections.abc import Iterator

    from aigaq.source.schema.reading import Written
    from aigaq.words.diagnostics import Diagnostic, Span

HIDDEN_DATE = Problem(
    "S013",
    "this value is not a date",
    "Write a date such as 2017, 2017-08, 2017-08-21, about 2017-05, or unknown.",
)
NOT_A_DAY = Problem(
    "S014",
    "{value} is not a day of the calendar",
    "Write the whole day: year, month and day with hyphens, such as 2026-11-22.",
)
RELATIVE_DATE = Problem(
    "S018",
    "{value} counts from the interview or the publication; that does not work here",
    "Write the date itself, as exactly as it is known: 2024; 2024-03; about 2024-03.",
)
NO_SEAL_DATE = Problem(
    "S019",
    '"sealed-until" has no day',
    "Write the last day of the seal after it: sealed-until 2030-01-01.",
)

NOT_WITHDRAWN = Problem(
    "S057",
    "tombstone: says that this was withdrawn, and protect: does not",
    "Delete it; `aigaq withdraw ID` takes a record out of the archive.",
)

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Protect:
    """How a record is protected; `until` is the last sealed day, for `sealed-until` alone."""

    level: str = "open"
    until: date | None = None

    @property
    def is_open(self) -> bool:
        return self.level == "open"

    @property
    def hides(self) -> bool:
        """Whether nothing of the record may be shown but a stub (a seal may have ended)."""
        return self.level in vocabularies.PROTECT_HIDES


OPEN = Protect()


def level_of(text: str) -> str:
    """The level in a `protect` as written: its first word."""
    return text.split(" ", maxsplit=1)[0] if text else ""


def tombstone_problems(written: Written) -> Iterator[Diagnostic]:
    """Only what was withdrawn leaves a tombstone."""
    if written.text("tombstone") == "true" and level_of(written.text("protect")) != "withdrawn":
        yield NOT_WITHDRAWN.at(written.at_key("tombstone"))


def _date(node: Node, reading: Reading) -> EdtfDate | RelativeDate:
    if isinstance(node, Sequence):
        return _one_of(node, reading)
    if not isinstance(node, Scalar):
        raise wrong_shape(node, "a date", "Write a date: 2017-08; about 2018; [2017, 2018].")
    return _read(node.text.strip(), node.span, reading)


def _one_of(node: Sequence, reading: Reading) -> EdtfDate | RelativeDate:
    """A YAML list means one of these; `[2018..2020]` without quotes is such a list, too."""
    given = items(node)
    texts = [text_of(item) for item in given]
    if any(".." in text for text in texts):
        return _read(f"[{','.join(texts)}]", node.span, reading)
    made = [_date(item, reading) for item in given]
    if len(made) == 1:
        return made[0]
    for item, date_ in zip(given, made, strict=True):
        if isinstance(date_, RelativeDate):
            raise refused(RELATIVE_DATE.at(item.span, value=reading.quote(text_of(item))))
    return edtf.one_of(date_ for date_ in made if isinstance(date_, EdtfDate))


def _read(text: str, span: Span, reading: Reading) -> EdtfDate | RelativeDate:
    made, found = edtf.read(text, span)
    if made is None or has_errors(found):
        hidden = (HIDDEN_DATE.at(span),)
        raise refused(*(hidden if reading.hidden or not found else found))
    if not reading.hidden:
        reading.found.extend(found)
    return made


def _date_of_its_own(node: Node, reading: Reading) -> EdtfDate:
    made = _date(node, reading)
    if isinstance(made, RelativeDate):
        value = reading.quote(node.text) if isinstance(node, Scalar) else "this value"
        raise refused(RELATIVE_DATE.at(node.span, value=value))
    return made


def day_of(text: str) -> date | None:
    """The day that `YYYY-MM-DD` names, if the calendar has it."""
    try:
        return date.fromisoformat(text) if _DAY.fullmatch(text) else None
    except ValueError:
        return None


def _day(node: Node, reading: Reading) -> date:
    text = text_of(node)
    made = day_of(text)
    if made is None:
        raise refused(NOT_A_DAY.at(node.span, value=reading.quote(text)))
    return made


def _protect(node: Node, reading: Reading) -> Protect:
    level, _, rest = text_of(node).partition(" ")
    if level == "sealed-until":
        return Protect(level, _seal(rest.strip(), node.span, reading))
    whole = text_of(node)
    if whole not in vocabularies.PROTECT:
        known = ", ".join(vocabularies.PROTECT).replace("until", "until DATE")
        near = reading.suggest(level, vocabularies.PROTECT).strip()
        words = {"list": "protect", "known": known, "hint": f"{near} " if near else ""}
        raise refused(NOT_IN_LIST.at(node.span, value=reading.quote(whole), **words))
    return Protect(whole)


def _seal(text: str, span: Span, reading: Reading) -> date:
    if not text:
        raise refused(NO_SEAL_DATE.at(span))
    made = day_of(text)
    if made is None:
        raise refused(NOT_A_DAY.at(span, value=reading.quote(text)))
    return made


_DATE_SCHEMA = {
    "anyOf": [{"type": "string"}, {"type": "integer"}, {"type": "array", "items": {}}],
    "description": "EDTF or plain words; a list means one of these",
}
_PROTECT_PATTERN = "|".join(
    rf"{level} \d{{4}}-\d{{2}}-\d{{2}}" if level == "sealed-until" else level
    for level in vocabularies.PROTECT
)

DateField = Annotated[EdtfDate | None, Leaf(_date_of_its_own, _DATE_SCHEMA)]
WhenField = Annotated[EdtfDate | RelativeDate | None, Leaf(_date, _DATE_SCHEMA)]
DayField = Annotated[date | None, Leaf(_day, {"type": "string", "format": "date"})]
ProtectField = Annotated[
    Protect, Leaf(_protect, {"type": "string", "pattern": f"^({_PROTECT_PATTERN})$"})
]
