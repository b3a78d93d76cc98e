"""Claims and interventions on their way to the public archive."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aigaq.archive import coarsening, public, speakers
from aigaq.words import edtf
from aigaq.words.counted_dates import RelativeDate
from aigaq.words.diagnostics import Problem

if TYPE_CHECKING:
    from collections.abc import Mapping

    from aigaq.archive import private
    from aigaq.archive.coarsening import Coarseness
    from aigaq.archive.visible import Seen
    from aigaq.source.schema import claims
    from aigaq.source.schema.measures import Lasted
    from aigaq.words.diagnostics import Diagnostic
    from aigaq.words.edtf import EdtfDate

    Anchors = Mapping[str, EdtfDate | None]

SPOKE = "spoke"  # in `because:`, a reprisal
NARRATOR = "narrator"  # in `chain:`, who makes the claim

NO_ANCHOR = Problem(
    "P006",
    "this date counts from the {anchor}, and the text has no date for that",
    "Add the date of the {anchor}, or write the date itself.",
)


def claims_of(
    seen: Seen, text: private.Text, anchors: Anchors
) -> tuple[tuple[public.Claim, ...], list[Diagnostic]]:
    """Claims of and about those who may be named, numbered as if there were no others."""
    made: list[public.Claim] = []
    found: list[Diagnostic] = []
    for n, claim in enumerate(text.written.record.claims):
        when, problem = _when(claim.when, anchors)
        if problem:
            span = text.written.located.span_of("claims", n, "when")
            found.append(NO_ANCHOR.at(span, anchor=problem))
        if may_be_told(seen, text, n):
            made.append(_claim(seen, text, n, number=len(made) + 1, when=when))
    return tuple(made), found


def may_be_told(seen: Seen, text: private.Text, n: int) -> bool:
    """Whether nobody hidden makes the claim, and all are named of whom it tells something."""
    claim = text.written.record.claims[n]
    about = seen.id(claim.about)
    coarse = coarsening.of(seen, _concerned(claim))
    if not about or seen.hides(speakers.of_claim(text, n)) or coarse.hides(claim.what):
        return False
    return not claim.other or seen.may_relate(claim.about, claim.other)


def _concerned(claim: claims.Claim) -> tuple[str, ...]:
    """Of whom a claim tells something, be it only where they were."""
    return claim.about, claim.other, claim.with_


def _claim(
    seen: Seen, text: private.Text, n: int, *, number: int, when: EdtfDate | None
) -> public.Claim:
    claim: claims.Claim = text.written.record.claims[n]
    coarse = coarsening.of(seen, _concerned(claim))
    by = speakers.of_claim(text, n)
    return public.Claim(
        text=text.id,
        number=number,
        about=seen.id(claim.about),
        what=claim.what,
        by=seen.id(by),
        by_words="" if seen.is_record(by) else by,
        when=coarse.date(when),
        counted=coarse.counted(claim.when),
        said=coarse.said(claim.said),
        where=coarsening.place(seen, claim.where, coarse),
        lasted=_lasted(claim.lasted),
        known_by=claim.known_by,
        chain=_chain(seen, claim, coarse),
        certainty=claim.certainty,
        words=coarse.words(claim.words),
        at=claim.at.address if claim.at else "",
        status=claim.status,
        contact=claim.contact,
        with_whom=coarsening.who(seen, claim.with_, coarse),
        years="" if claim.years is None else str(claim.years),
        parts=tuple(
            public.SentencePart(status=p.status, years="" if p.years is None else str(p.years))
            for p in claim.parts
        ),
        done_by=coarsening.authority(seen, claim.done_by, coarse),
        court=coarsening.authority(seen, claim.court, coarse),
        reason=claim.reason,
        given_by=claim.given_by,
        because=claim.because if claim.because == SPOKE else coarse.plain(claim.because),
        origin=coarsening.place(seen, claim.from_, coarse),
        destination=coarsening.place(seen, claim.to, coarse),
        value=coarse.words(claim.value),
        other=seen.id(claim.other),
        relation=claim.relation,
    )


def _chain(seen: Seen, claim: claims.Claim, coarse: Coarseness) -> tuple[str, ...]:
    """Who passed it on; where that was family, nobody protected, whose family it would tell."""
    is_kin = claim.known_by == "from-family"
    steps = (step for step in claim.chain if not (is_kin and seen.is_protected(step)))
    shown = (step if step == NARRATOR else coarsening.who(seen, step, coarse) for step in steps)
    return tuple(filter(None, shown))


def _lasted(lasted: Lasted | None) -> public.Duration | None:
    if lasted is None:
        return None
    return public.Duration(number=lasted.number, unit=lasted.unit, bound=lasted.bound)  # type: ignore[arg-type]  # the schema has no other units


def asked_of(
    seen: Seen, text: private.Text, anchors: Anchors
) -> tuple[tuple[public.Asked, ...], list[Diagnostic]]:
    """Interventions; those told or made by hidden people alone, or about such, are left out."""
    made: list[public.Asked] = []
    found: list[Diagnostic] = []
    for n, one in enumerate(text.written.record.asked):
        when, problem = _when(one.when, anchors)
        if problem:
            span = text.written.located.span_of("asked", n, "when")
            found.append(NO_ANCHOR.at(span, anchor=problem))
        by, about = _parties(text, n)
        told = speakers.of_asked(text, n)
        hidden = (bool(who) and all(map(seen.hides, who)) for who in (by, told))
        if not any(hidden) and (seen.ids(about) or not about):
            made.append(_asked(seen, text, n, when))
    return tuple(made), found


def _asked(seen: Seen, text: private.Text, n: int, when: EdtfDate | None) -> public.Asked:
    one = text.written.record.asked[n]
    by, about = _parties(text, n)
    coarse = coarsening.of(seen, (*by, *about))
    return public.Asked(
        text=text.id,
        how=one.how,
        told_by=seen.whos(speakers.of_asked(text, n)),
        by=seen.ids(by),
        to=seen.whos(who for who in one.to if coarsening.who(seen, who, coarse)),
        about=seen.ids(about),
        when=coarse.date(when),
        counted=coarse.counted(one.when),
        answer=one.answer,
        said=coarse.said(one.said),
        words=coarse.words(one.words),
        at=one.at.address if one.at else "",
    )


def _parties(text: private.Text, n: int) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Who asked, and about whom: the narrators and the sole subject, unless it is said."""
    record = text.written.record
    one = record.asked[n]
    subjects = tuple(about.person for about in record.about)
    by = one.by or tuple(speaker.person for speaker in record.told_by)
    return by, one.for_ or (subjects if len(subjects) == 1 else ())


def _when(
    when: EdtfDate | RelativeDate | None, anchors: Anchors
) -> tuple[EdtfDate | None, str]:
    """A date of its own; one that counts from the interview or the publication is resolved.

    Also the name of that where it has no date.
    """
    if not isinstance(when, RelativeDate):
        return when, ""
    resolved = edtf.resolve(when, anchors[when.anchor])
    words = {"interview": "interview", "published": "publication"}
    return resolved, "" if resolved else words[when.anchor]
