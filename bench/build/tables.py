"""What Hugo's templates cannot count: the letters of names, statuses, and pages of a year."""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from aigaq.pages import paging
from aigaq.pages.kinds import people, timeline, wall
from aigaq.words import alphabet
from bench.build.records import Record, Records

Spot = tuple[str, int]  # a text, and the number of its claim; an interview's is `INTERVIEW`
INTERVIEW = -1


@dataclass(frozen=True, slots=True)
class Years:
    """The pages of the years, and where what stands: some fifty of a kind on each."""

    pages: tuple[str, ...]
    of: Mapping[Spot, str]


def years(found: Records) -> Years:
    claims: dict[int, list[tuple[object, Spot]]] = defaultdict(list)
    interviews: dict[int, list[tuple[object, Spot]]] = defaultdict(list)
    for name, editions in found.texts.items():
        text = editions[found.original(name)]
        interviews[text.date.year].append((text.date, (name, INTERVIEW)))
        for number, claim in enumerate(text.header["claims"]):
            claims[claim["when"].year].append((claim["when"], (name, number)))
    pages: dict[str, None] = {}
    of: dict[Spot, str] = {}
    for year in sorted({*claims, *interviews}):
        for kind in (claims, interviews):
            parts = paging.cut_steadily(sorted(kind[year]), timeline.SIZE, _name)
            for number, part in enumerate(parts, 1):
                name = f"{year}-{number}" if number > 1 else f"{year}"
                pages[name] = None
                of |= {spot: name for _, spot in part}
    return Years(tuple(pages), of)


def _name(dated: tuple[object, Spot]) -> str:
    """What ours calls it where a year is cut into pages (`aigaq.pages.kinds.timeline`)."""
    text, number = dated[1]
    return text if number == INTERVIEW else f"{text} {number + 1}"


def letters(found: Records) -> list[list[dict[str, Any]]]:
    """Everybody under each letter of each script, in pages."""
    lines = sorted(
        (alphabet.sort_key(name), script, letter, one, name)
        for one, who in found.people.items()
        for (script, letter), name in _places(who).items()
    )
    parts = paging.cut(lines, people.SIZE)
    return [
        [
            {
                "letter": letter,
                "lines": [{"person": one, "name": name} for *_, one, name in group],
            }
            for (_, letter), group in itertools.groupby(part, key=lambda line: line[1:3])
        ]
        for part in parts
    ]


def _places(who: Record) -> dict[tuple[str, str], str]:
    """The names of somebody, one for each script and letter."""
    found: dict[tuple[str, str], str] = {}
    for name in who["names"]:
        text = name["text"]
        found.setdefault((alphabet.script(text), alphabet.initial(text)), text)
    return found


def statuses(found: Records) -> Sequence[Sequence[Mapping[str, str]]]:
    """Of everybody of whom a status is told the one that is so at last, in pages."""
    last: dict[str, tuple[str, dict[str, str]]] = {}
    for name in found.texts:
        text = found.texts[name][found.original(name)]
        for claim in text.header["claims"]:
            who, when = claim["about"], claim["when"].isoformat()
            if claim.get("status") and (who not in last or last[who][0] <= when):
                told = {"status": claim["status"], "when": when, "where": claim["where"]}
                last[who] = (when, {"person": who, "said": text.header["told_by"], **told})
    return paging.cut([last[who][1] for who in sorted(last)], wall.SIZE)
