"""What single lines of a page tell of its article: by whom, when, where first, what rights.

Law: a line is taken for such a one only where all of it is; else it is words of somebody.
"""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass, replace

# "By" alone is a line that somebody forgot; "By evening it was dark" is none of an author.
_BY = re.compile(
    r"(?:[Ww]ritten [Bb]y|(?:[Bb]y|BY):?(?= [^\W\d_a-z]))\s+(?P<who>[^.;:!?]{2,80})|[Bb]y:?"
)
_NAME = re.compile(r"(?:[^\W\d_a-zа-я]\S*|and|,|&|de|von|van|al)(?: |$)")
_AGAIN = re.compile(
    r"(?:this (?:post|article|story|text) (?:was )?)?(?:originally|first) "
    r"(?:published|appeared)(?: (?:on|in|at|by))\s+(?P<outlet>[^.]{2,80}(?:\.\w+)*)\.?",
    re.IGNORECASE,
)
_RIGHTS = re.compile(
    r"(?:copyright|©|\(c\)).{0,200}|(?:re(?:printed|published)) with.*", re.IGNORECASE
)
_SOURCE = re.compile(r"source:\s+(?P<url>\S+\.\S*/\S*|\S.*\.html?)", re.IGNORECASE)
_DATE = re.compile(r"(?:date|published|posted)(?: on)?:\s+", re.IGNORECASE)
_MORE = re.compile(
    r"\s*\\?\[\s*(?:full\s+story|read\s+more|continue\s+reading)\s*\\?\]\s*", re.IGNORECASE
)
_BY_ON = re.compile(r"(by\b.+?)\s+((?:\w+\.? \d{1,2}|\d{1,2} \w+),? \d{4})", re.IGNORECASE)
_LISTED = re.compile(r"(topics?|categor(?:y|ies)|tags?)\s*:\s*(.+)", re.IGNORECASE)
_BETWEEN = re.compile(r"\s*[|•·]\s*")
_DAY = re.compile(
    r"(\d{4}-\d{2}-\d{2})(?:[T ].*)?"
    r"|(?:(\d{1,2}) ([A-Za-z]{3,9})\.?|([A-Za-z]{3,9})\.? (\d{1,2})),? (\d{4})",
    re.ASCII,
)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


@dataclass(frozen=True, slots=True)
class Facts:
    """What a line says; what it does not say is empty."""

    first: str = ""
    author: str = ""
    published: str = ""
    rights_text: str = ""
    url: str = ""
    tags: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()


def told(words: str, *, at_an_end: bool) -> Facts | None:
    """What a line tells, if nothing else; but for who and where first only at the ends."""
    if again := _AGAIN.fullmatch(words):
        return Facts(first=again["outlet"].strip())
    if at_an_end and _RIGHTS.fullmatch(words):
        return Facts(rights_text=words)
    if at_an_end and (source := _SOURCE.fullmatch(words)):
        return Facts(url=source["url"])
    made = Facts()
    together = _BY_ON.fullmatch(words)
    for piece in together.groups() if together else _BETWEEN.split(words):
        listed = _LISTED.fullmatch(piece) if at_an_end else None
        by = _BY.fullmatch(piece.rstrip("."))
        if (at_an_end or together) and (day := date_of(_DATE.sub("", piece, count=1))):
            made = replace(made, published=day)
        elif listed:
            names = tuple(filter(None, map(str.strip, listed[2].split(","))))
            is_tags = listed[1].lower().startswith("tag")
            made = replace(made, tags=names) if is_tags else replace(made, topics=names)
        elif by and (not by["who"] or _is_byline(by["who"], piece)):
            made = replace(made, author=(by["who"] or "").strip())
        else:
            return None
    return made


def says_where_first(words: str) -> bool:
    """Whether a line says where a text was published before, and nothing else."""
    return _AGAIN.fullmatch(words) is not None


def without_more(words: str) -> str:
    """Words without the link to the rest of them (`[FULL STORY]`) at their end; else as is."""
    found = _MORE.search(words)
    return words[: found.start()] if found and found.end() == len(words) else words


def names(author: str) -> tuple[str, ...]:
    """The people of a byline, where it is nothing but their names."""
    if not author or " with " in author:
        return (author,) if author else ()
    return tuple(filter(None, re.split(r"\s*,\s*(?:and\s+)?|\s+(?:and|&)\s+", author)))


def _is_byline(who: str, line: str) -> bool:
    return line.lower().startswith("written") or (
        not _NAME.sub("", who.replace(",", " , ").strip()).strip() and len(who.split()) < 9
    )


def date_of(text: str) -> str:
    """A day as sites write it (`21 July, 2020`), as we do; empty where it is none."""
    found = _DAY.fullmatch(text.strip())
    if found is None:
        return ""
    if found[1]:
        year, month, day = map(int, found[1].split("-"))
    else:
        name = (found[3] or found[4])[:3].lower()
        month = _MONTHS.index(name) + 1 if name in _MONTHS else 0
        year, day = int(found[6]), int(found[2] or found[5])
    try:
        return datetime.date(year, month, day).isoformat()
    except ValueError:
        return ""
