"""What a draft may still lack: it is told as a warning, and the draft is left out.

Law: only what is not there yet may wait. What is written wrong, and what must not be public,
stays an error, because everybody can read the file of a draft.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from aigaq.source.schema import claims, reading, texts
from aigaq.source.schema.reading import Written
from aigaq.words.diagnostics import Severity

if TYPE_CHECKING:
    from collections.abc import Iterable

    from aigaq.source.document import Document
    from aigaq.words.diagnostics import Diagnostic

_MAY_WAIT = frozenset(
    problem.code
    for problem in (
        reading.MISSING,
        claims.CLAIM_NEEDS,
        reading.OTHER_WITHOUT_WORDS,
        texts.NO_ORIGIN,
        texts.NOT_TOLD,
        texts.NO_SOURCE,
        texts.NO_AUTHOR,
        texts.NO_PERMISSION,
        texts.NO_TRANSLATOR,
    )
)


def softened(document: Document, found: Iterable[Diagnostic]) -> list[Diagnostic]:
    """`found` in the header of `document`, with what its draft may still lack as warnings."""
    found = list(found)
    if not found or not _may_wait(document):
        return found
    return [_warning(problem) if problem.code in _MAY_WAIT else problem for problem in found]


def _may_wait(document: Document) -> bool:
    """Whether it is a draft; one whose words must not stand here at all may not wait."""
    header = Written(document.header)
    is_open = not texts.Text.hides(header)
    may_be_read = is_open and header.inner("original").text("rights") != "unclear"
    return header.text("draft") == "true" and (may_be_read or not document.body.strip())


def _warning(problem: Diagnostic) -> Diagnostic:
    return replace(problem, problem=replace(problem.problem, severity=Severity.WARNING))
