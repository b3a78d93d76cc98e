"""Problems as values: where, what, and the way out, told to someone who is not a programmer.

Each module that can find a problem declares it once, as a constant `Problem`; the constant's
sentences are also the text of `docs/editors/diagnostics.md`. A sentence never holds the value
of a protected field: what goes into `words` is shown on a screen and in public build logs.
"""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


class Severity(StrEnum):
    """How much a problem weighs: an error stops publication, a warning never does."""

    ERROR = "error"
    WARNING = "warning"


# Never changed, but not frozen: every value of every file has one, made in a third of the time.
@dataclass(slots=True, order=True, unsafe_hash=True)
class Span:
    """A place in a source file.

    `path` is relative to the site's folder, with forward slashes. Lines and columns count from
    1, columns in code points; 0 means the whole file or the whole line.
    """

    path: str
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        place = [self.path, *(str(n) for n in (self.line, self.column) if n)]
        return ":".join(place)


@dataclass(frozen=True, slots=True)
class Problem:
    """A kind of problem: a stable code, a sentence and a remedy, both with `{named}` gaps."""

    code: str
    message: str
    remedy: str
    severity: Severity = Severity.ERROR

    def at(self, span: Span, **words: object) -> Diagnostic:
        """The problem, found at `span`; `words` fill the gaps of both sentences."""
        return Diagnostic(span, self, tuple((k, str(v)) for k, v in sorted(words.items())))


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One problem at one place. Sorts by place, then by code."""

    span: Span
    problem: Problem
    words: tuple[tuple[str, str], ...] = ()

    @property
    def is_error(self) -> bool:
        """Whether publication must stop."""
        return self.problem.severity is Severity.ERROR

    @property
    def code(self) -> str:
        """The stable code, for instance `F001`."""
        return self.problem.code

    @property
    def message(self) -> str:
        """The sentence, with its gaps filled."""
        return self.problem.message.format(**dict(self.words))

    @property
    def remedy(self) -> str:
        """The way out, with its gaps filled."""
        return self.problem.remedy.format(**dict(self.words))

    def __lt__(self, other: Diagnostic) -> bool:
        return (self.span, self.code, self.words) < (other.span, other.code, other.words)

    def __str__(self) -> str:
        head = f"{self.span}: {self.problem.severity} {self.code}: {self.message}"
        return f"{head}\n    {self.remedy}" if self.remedy else head


def has_errors(found: Iterable[Diagnostic]) -> bool:
    """Whether any of `found` stops publication."""
    return any(diagnostic.is_error for diagnostic in found)


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """` Did you mean "x"?` for the nearest known word, or nothing where none is near.

    Starts with a space, so that a remedy can end in it.
    """
    near = get_close_matches(word, sorted(known), n=1, cutoff=0.6)
    return f' Did you mean "{near[0]}"?' if near else ""
