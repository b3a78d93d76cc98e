"""Who makes a claim: whom it names, else who speaks in its paragraph, else the text's voice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aigaq.archive import paragraphs
from aigaq.words.diagnostics import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from aigaq.archive.private import Text
    from aigaq.words.diagnostics import Diagnostic
    from aigaq.words.fragments import Block

WHO_SAYS_SO = Problem(
    "L012",
    "it is not clear who makes this claim: {count} may have said it",
    "Add `by:` with the id of the one who says it.",
)


def of_claim(text: Text, number: int) -> str:
    """The id, or the words, of who makes the claim at `number`; empty where it is not clear."""
    claim = text.written.record.claims[number]
    if claim.by:
        return claim.by
    candidates = _candidates(text, claim.at.address if claim.at else "")
    return candidates[0] if len(candidates) == 1 else ""


def of_asked(text: Text, number: int) -> tuple[str, ...]:
    """Ids or words of all who may tell of what was asked at `number`."""
    asked = text.written.record.asked[number]
    return _candidates(text, asked.at.address if asked.at else "")


def problems(text: Text) -> Iterator[Diagnostic]:
    """Claims without `by:` that more than one may have made, or nobody."""
    if not text.is_whole:
        return  # a block that was never closed swallows the turns after it
    for number, claim in enumerate(text.written.record.claims):
        candidates = _candidates(text, claim.at.address if claim.at else "")
        if not claim.by and len(candidates) != 1:
            span = text.written.located.span_of("claims", number)
            yield WHO_SAYS_SO.at(span, count=len(candidates) or "nobody")


def _candidates(text: Text, address: str) -> tuple[str, ...]:
    """Everybody who may have said what stands at `address`."""
    return tuple(dict.fromkeys(_voices(text, address)))


def _voices(text: Text, address: str) -> tuple[str, ...]:
    record = text.written.record
    block = paragraphs.at(text.body, address)
    interviewers = tuple(s.person for s in record.interview.by) if record.interview else ()
    if block and block.container and block.container.kind == "scene":
        return interviewers or _authors(text)
    if block and block.speaker:
        return _labelled(text, block)
    narrators = tuple(s.person for s in record.told_by)
    return narrators or _authors(text)


def _labelled(text: Text, block: Block) -> tuple[str, ...]:
    record = text.written.record
    interviewers = record.interview.by if record.interview else ()
    return tuple(s.person for s in (*record.told_by, *interviewers) if s.label == block.speaker)


def _authors(text: Text) -> tuple[str, ...]:
    return tuple(c.who for c in text.written.record.credits if c.role == "author")
