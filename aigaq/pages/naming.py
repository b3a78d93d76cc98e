"""Which of a record's names or titles a reader is shown, and in which language it is."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from aigaq.archive.public import Name
    from aigaq.pages.labels import Label
    from aigaq.words.edtf import EdtfDate

_FIRST_CHOICE = frozenset({"preferred", "pseudonym"})
# A name of these kinds stands for a record only where there is no other.
_SECOND_CHOICE = frozenset(
    {
        *("misspelling", "press-spelling", "former", "registered"),
        *("nickname", "patronymic", "abbreviation"),
    }
)


def in_language(names: Sequence[Name], reading: Iterable[str]) -> Name:
    """The name to show to somebody who reads the tags in `reading`, best first.

    A preferred name in the reader's language, whatever its script, any full name in it, the
    preferred name in another language, any full name, any name, a description: in this order,
    and among equals by language.
    """
    return _in_language(tuple(names), tuple(reading))


@lru_cache(maxsize=2**16)
def _in_language(names: tuple[Name, ...], tags: tuple[str, ...]) -> Name:
    order = {tag: rank for rank, tag in reversed(list(enumerate(tags)))}
    own = {tag for tag in order if _language(tag) == _language(tags[0])}

    def rank(name: Name) -> tuple[int, int, int]:
        worse, place = quality(name), order.get(name.lang, len(order))
        is_own = name.lang in own and worse < 2
        return (0, worse, place) if is_own else (1 + worse, place, 0)

    return min(names, key=rank)


def at_the_time(names: Sequence[Name], when: EdtfDate, reading: Iterable[str]) -> Name | None:
    """The former name that was in use then, for a reader of `reading`; None where none was.

    A name counts only where its beginning and its end are known, and the date is wholly between
    them: better no name than one of another time.
    """
    used = [name for name in names if "former" in name.kinds and _was_in_use(name, when)]
    return in_language(used, reading) if used else None


def _was_in_use(name: Name, when: EdtfDate) -> bool:
    if not (name.since and name.until):
        return False
    days = (name.since.earliest, when.earliest, when.latest, name.until.latest)
    known = [day for day in days if day]
    return len(known) == len(days) and known == sorted(known)


def quality(name: Name) -> int:
    """How fit a name is to stand for its record: 0 is best, 3 is a description."""
    kinds = frozenset(name.kinds)
    if "described" in kinds:
        return 3
    return 0 if kinds & _FIRST_CHOICE else 2 if kinds & _SECOND_CHOICE else 1


def _language(tag: str) -> str:
    return tag.partition("-")[0]


def of_label(label: Label, reading: tuple[str, ...]) -> tuple[str, str]:
    """`(text, language)` of a record's label for a reader of `reading`."""
    if label.names:
        name = in_language(label.names, reading)
        return name.text, name.lang
    lang, text = label.title.best(reading)
    return text, lang


def is_described(names: Sequence[Name]) -> bool:
    """Whether all that we have is a description ("my aunt") and no name."""
    return all("described" in name.kinds for name in names)
