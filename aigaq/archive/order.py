"""An order that cannot be, told to editors: pointed out, never put right.

Only of open people: of others nothing is said here, not even that something is wrong.
"""

from __future__ import annotations

from collections import defaultdict
from functools import partial
from typing import TYPE_CHECKING

from aigaq.archive import chronology, publish_claims
from aigaq.words.diagnostics import Problem, Severity

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from aigaq.archive.public import Claim, PublicArchive
    from aigaq.archive.visible import Seen
    from aigaq.words.diagnostics import Diagnostic, Span

IMPOSSIBLE_ORDER = Problem(
    "P013",
    '"{second}" is dated before "{first}" in {place}, and cannot come before it',
    "Check both dates against the texts. If that is what is told, leave it as it is: the site"
    " shows both.",
    Severity.WARNING,
)
AFTER_IT_WAS_TOLD = Problem(
    "P014",
    "this is dated after the text in which it is told",
    "Check this date, and that of the interview or of the publication.",
    Severity.WARNING,
)


def problems(seen: Seen, archive: PublicArchive) -> Iterator[Diagnostic]:
    """Warnings at the dates of claims; each claim is told once."""
    places = dict(_told(seen, archive))
    about: dict[str, list[Claim]] = defaultdict(list)
    for claim in places:
        about[claim.about].append(claim)
    for claims in about.values():
        for one in chronology.impossible(claims):
            words = {"first": one.first.what, "second": one.second.what}
            here, there = places[one.second](), places[one.first]()
            yield IMPOSSIBLE_ORDER.at(here, place=_place(there, here), **words)
    for claim, place in places.items():
        text = archive.texts[claim.text]
        if chronology.is_told_too_early(
            claim, (text.interview and text.interview.date) or text.date
        ):
            yield AFTER_IT_WAS_TOLD.at(place())


def _told(seen: Seen, archive: PublicArchive) -> Iterator[tuple[Claim, Callable[[], Span]]]:
    """The public claims about open people, each with what finds the place of its date."""
    people: Mapping[str, object] = {
        i: person for i, person in archive.people.items() if person.protect == "open"
    }
    for text_id, text in archive.texts.items():
        written = seen.archive.texts[text_id]
        every = range(len(written.written.record.claims))
        shown = [n for n in every if publish_claims.may_be_told(seen, written, n)]
        for claim, n in zip(text.claims, shown, strict=True):
            if claim.about in people:
                yield claim, partial(written.written.located.span_of, "claims", n, "when")


def _place(there: Span, here: Span) -> str:
    return f"line {there.line}" if there.path == here.path else f"{there.path}:{there.line}"
