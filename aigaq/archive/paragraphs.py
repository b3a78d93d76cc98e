"""Whether an address of a paragraph (`at: p7@3f9c`) still points at the words meant."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aigaq.words.diagnostics import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from aigaq.archive.private import Text
    from aigaq.words.diagnostics import Diagnostic, Span
    from aigaq.words.fragments import Block, Fragment

NO_SUCH_PARAGRAPH = Problem(
    "L010",
    "{address} is not in the text, which has {count} paragraphs",
    "Count again: headings and rules have no number.",
)
WORDS_MOVED = Problem(
    "L011",
    "the words of {address} have changed or moved since this was written; {now}",
    "Read the paragraph again, correct `at:`, and take the part after @ out or renew it.",
)


def by_address(body: Fragment) -> dict[str, Block]:
    """The addressed blocks of a body."""
    return {block.address: block for block in body.blocks if block.address}


def at(body: Fragment, address: str) -> Block | None:
    """The block of this address, if there is one."""
    blocks = body.blocks if address else ()
    return next((block for block in blocks if block.address == address), None)


def missing(text: Text, address: str, span: Span) -> Iterator[Diagnostic]:
    """The problem of an address that the text does not have."""
    if _is_readable(text) and address not in by_address(text.body):
        yield NO_SUCH_PARAGRAPH.at(span, address=address, count=len(by_address(text.body)))


def problems(text: Text) -> Iterator[Diagnostic]:
    """Claims, interventions and objects whose `at:` leads nowhere or to other words."""
    located = text.written.located
    for key in ("claims", "asked", "objects"):
        for n, one in enumerate(getattr(located.record, key)):
            if one.at is not None:
                span = located.span_of(key, n, "at")
                if one.at.digest:
                    yield from _moved(text, one.at.address, one.at.digest, span)
                else:
                    yield from missing(text, one.at.address, span)


def _is_readable(text: Text) -> bool:
    """Whether there is a body to count in: a hidden text has none, a broken one said so."""
    return text.is_whole and bool(text.body.blocks) and not text.written.record.protect.hides


def _moved(text: Text, address: str, digest: str, span: Span) -> Iterator[Diagnostic]:
    blocks = by_address(text.body)
    here = blocks.get(address)
    if not _is_readable(text) or (here and here.digest.startswith(digest)):
        return
    now = [b.address for b in blocks.values() if b.digest.startswith(digest)]
    words = f"they are {' or '.join(now)} now" if now else "no paragraph has them now"
    yield WORDS_MOVED.at(span, address=address, now=words)
