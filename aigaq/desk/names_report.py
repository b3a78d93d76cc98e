"""The report on names: who and what may be one, what no record declares, wrong letters.

Each part begins with what to do. Nothing here changes a file or joins anybody.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from aigaq.archive import identities, letters, namesakes, neighbours, spellings

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from aigaq.archive.identities import Candidate, Found, Reason
    from aigaq.archive.letters import Wrong
    from aigaq.archive.private import Archive
    from aigaq.archive.spellings import Spelling
    from aigaq.words.diagnostics import Span

MOST = 200  # findings of a part that people are shown; programs get all

REMEDIES = {
    "people": "Nothing is joined by itself. Decide in content/identities.yaml, with who decided"
    " and why: same, different or open.",
    "others": "If they are one, keep one file with the names of both. If not, write them into"
    " content/identities.yaml as different, organisations also into not_same_as.",
    "spellings": "Compare with the source. A spelling that somebody used belongs into names of"
    " the record, with source (and kind: press-spelling or misspelling), so that readers find"
    " it; a slip of ours is to be corrected in the text.",
    "letters": "Type the word again with one keyboard.",
}
HEADINGS = {
    "people": "People who may be one",
    "others": "Places and organisations that may be one",
    "spellings": "Names in texts that no record declares so",
    "letters": "Letters that look right and are wrong",
}
NOTHING = "There is nothing to decide about names.\n"


@dataclass(frozen=True, slots=True)
class Report:
    """All findings on the names of an archive."""

    people: Found
    others: Found
    spellings: tuple[Spelling, ...] = ()
    letters: tuple[Wrong, ...] = ()


def of(archive: Archive) -> Report:
    """Looks everything up: about half a minute in an archive of ten thousand people."""
    return Report(
        identities.found(archive),
        namesakes.found(archive),
        spellings.found(archive),
        letters.found(archive),
    )


def text(report: Report) -> str:
    """As a terminal shows it."""
    return _written(report, "{}", "{}", "    {}")


def markdown(report: Report) -> str:
    """Lists for a review comment or an issue."""
    return _written(report, "## {}", "- {}", "  - {}")


def _written(report: Report, heading: str, first: str, further: str) -> str:
    """Every part that has findings: what it is, what to do, and one paragraph for each."""
    parts: dict[str, list[list[str]]] = {
        "people": [_candidate(one) for one in report.people.candidates],
        "others": [_candidate(one) for one in report.others.candidates],
        "spellings": [_spelling(one) for one in report.spellings],
        "letters": [_letter(one) for one in report.letters],
    }
    left = {"people": _left(report.people), "others": _left(report.others)}
    lines: list[str] = []
    for part, found in parts.items():
        notes = left.get(part, [])
        if not (found or notes):
            continue
        lines += [heading.format(f"{HEADINGS[part]}: {len(found)}"), REMEDIES[part], ""]
        for head, *rest in found[:MOST]:
            lines += [first.format(head), *map(further.format, rest), ""]
        if len(found) > MOST:
            more = f"{len(found) - MOST} more are not shown; --format json has them all."
            lines += [more, ""]
        lines += [line for note in notes for line in (note, "")]
    return "\n".join(lines) + "\n" if lines else NOTHING


def _candidate(one: Candidate) -> list[str]:
    lines = [f"{one.pair[0]} and {one.pair[1]}: {_state(one)}"]
    for name, span in one.people:
        lines.append(f"{span}: {name or 'protected, so nothing is compared'}")
    for title, reasons in _sides(one):
        lines += [f"{title}: {r.words} ({_places(r.spans)})" for r in reasons]
    return lines


def _spelling(one: Spelling) -> list[str]:
    script = ", the first in this script" if one.is_first else ""
    return [
        f'"{one.text}" ({one.lang}{script}): like "{one.resembles}", {one.record}',
        f"names: {one.span}",
        *(f"written: {place}" for place in one.places),
    ]


def _letter(one: Wrong) -> list[str]:
    word = f'"{one.word}"' if one.word else "a name of somebody protected"
    meant = f'; perhaps "{one.slip.meant}" was meant' if one.word and one.slip.meant else ""
    return [
        f"{word}: letter {one.slip.number} is {one.slip.name}{meant}",
        f"{one.span}: {one.slip.why}",
    ]


def _left(found: Found) -> list[str]:
    """What was not compared, in one sentence for each number of things shared."""
    lines = []
    for number in sorted({len(crowd.keys) for crowd in found.crowds}):
        those = [crowd for crowd in found.crowds if len(crowd.keys) == number]
        what = "one name, home or relative" if number == 1 else f"{number} of these at once"
        most = neighbours.RARE if number == 1 else neighbours.CROWD
        lines.append(
            f"Not compared: who shares nothing but {what} with more than {most} others. There"
            f" are {len(those)} such groups, the largest of {those[0].size}, with"
            f" {those[0].example}."
        )
    return lines


def as_json(report: Report) -> str:
    """A JSON object with a list for each part, and what was not compared."""
    made = {
        "people": [_row(one) for one in report.people.candidates],
        "others": [_row(one) for one in report.others.candidates],
        "spellings": [
            {
                "record": one.record,
                "names": str(one.span),
                "text": one.text,
                "lang": one.lang,
                "resembles": one.resembles,
                "first_in_script": one.is_first,
                "places": list(map(str, one.places)),
            }
            for one in report.spellings
        ],
        "letters": [
            {
                "place": str(one.span),
                "record": one.record or None,
                "word": one.word or None,
                "number": one.slip.number,
                "letter": one.slip.name,
                "why": one.slip.why,
                "meant": (one.word and one.slip.meant) or None,
            }
            for one in report.letters
        ],
        "not_compared": [
            {"share": [" ".join(key) for key in one.keys], "records": one.size}
            for one in (*report.people.crowds, *report.others.crowds)
        ],
    }
    return json.dumps(made, ensure_ascii=False, indent=1) + "\n"


def _row(one: Candidate) -> dict[str, Any]:
    decision = one.decision
    return {
        "pair": one.pair,
        "people": [{"name": name, "place": str(span)} for name, span in one.people],
        "decided": decision.decided if decision else None,
        "decided_by": decision.by if decision else None,
        "decided_in": str(decision.span) if decision else None,
        **{
            side: [
                {"words": r.words, "weight": r.weight, "places": list(map(str, r.spans))}
                for r in reasons
            ]
            for side, reasons in _sides(one)
        },
    }


def _state(one: Candidate) -> str:
    if one.decision is None:
        return f"not decided (weight {one.weight})"
    return f"decided: {one.decision.decided}, by {one.decision.by} ({one.decision.span})"


def _sides(one: Candidate) -> tuple[tuple[str, tuple[Reason, ...]], ...]:
    return (
        ("for", tuple(r for r in one.reasons if r.weight > 0)),
        ("against", tuple(r for r in one.reasons if r.weight < 0)),
    )


def _places(spans: Sequence[Span]) -> str:
    return ", ".join(map(str, spans))


FORMS: Mapping[str, Callable[[Report], str]] = {
    "text": text,
    "markdown": markdown,
    "json": as_json,
}
