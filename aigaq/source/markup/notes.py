"""Footnotes: the small number in the text, and the list of notes in the order of their numbers.

Own instead of Python-Markdown's extension, whose ids come from an author's words, whose numbers
follow the definitions and whose way back is an English title.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.etree import ElementTree

from markdown.inlinepatterns import InlineProcessor
from markdown.util import AtomicString

from aigaq.source.markup.findings import SIGN, plain
from aigaq.words.diagnostics import Problem, Severity, did_you_mean

if TYPE_CHECKING:
    import re
    from collections.abc import Callable

    from markdown import Markdown

    from aigaq.source.markup.blocks import Chunk
    from aigaq.source.markup.findings import Findings
    from aigaq.words.diagnostics import Diagnostic

UNDEFINED = Problem(
    "M060",
    "there is no footnote [^{name}] in this text",
    "Write it below the text: a line with [^{name}]: and the words of the note.{hint}",
)
UNUSED = Problem(
    "M061",
    "the footnote [^{name}] is not called anywhere, so nobody will see it",
    "Write [^{name}] in the text where it belongs, or delete the note.",
    Severity.WARNING,
)
TWICE = Problem(
    "M062",
    "there is a footnote [^{name}] already, in line {line}",
    "Give one of the two another name.",
)

CALL = rf"\[\^({SIGN})([^\[\]]++)\]"
BACK = "↩"
_HINTS = 50  # so many problems get a suggestion: each is searched among all names


def collect(chunk: Chunk, findings: Findings) -> None:
    """Keep the text of a note until it is called."""
    name = " ".join(chunk.label.split())
    earlier = findings.notes.get(name)
    if earlier:
        span = findings.span(chunk.start, 1)
        line = findings.line(earlier.start)
        findings.diagnostics.append(TWICE.at(span, name=name, line=line))
    else:
        findings.notes[name] = chunk


class Call(InlineProcessor):
    """A note's number in the text, numbered in the order of first calls."""

    def __init__(self, md: Markdown, findings: Callable[[], Findings]) -> None:
        super().__init__(CALL, md)
        self.findings = findings

    def handleMatch(  # type: ignore[override]  # noqa: N802 - the parser's own name
        self, m: re.Match[str], data: str
    ) -> tuple[ElementTree.Element | str, int, int]:
        findings = self.findings()
        name = " ".join(plain(self.unescape(m[2])).split())
        if name not in findings.notes:
            few = len(findings.diagnostics) < _HINTS
            hint = did_you_mean(name, findings.notes) if few else ""
            findings.diagnostics.append(UNDEFINED.at(findings.at(m[1]), name=name, hint=hint))
            return f"[^{name}]", m.start(), m.end()
        findings.cited[name] = findings.cited.get(name, 0) + 1
        number = list(findings.cited).index(name) + 1
        mark = ElementTree.Element("sup", {"id": call_id(number, findings.cited[name])})
        link = ElementTree.SubElement(
            mark, "a", {"href": f"#u-fn-{number}", "class": "footnote-ref"}
        )
        link.text = AtomicString(str(number))
        return mark, m.start(), m.end()


def call_id(number: int, time: int) -> str:
    """The id of the call of a note: the second call of note 3 is `u-fnref-3-2`."""
    return f"u-fnref-{number}" + (f"-{time}" if time > 1 else "")


def item(note: ElementTree.Element, number: int, times: int) -> ElementTree.Element:
    """A note as an item of the list, with a way back to each of its calls."""
    made = ElementTree.Element("li", {"id": f"u-fn-{number}"})
    made.extend(note)
    last = made[-1] if len(made) and made[-1].tag == "p" else ElementTree.SubElement(made, "p")
    for time in range(1, times + 1):
        if len(last):
            last[-1].tail = (last[-1].tail or "") + " "
        else:
            last.text = (last.text or "") + " "
        attributes = {"href": f"#{call_id(number, time)}", "class": "footnote-backref"}
        ElementTree.SubElement(last, "a", attributes).text = AtomicString(BACK)
    return made


def unused(findings: Findings) -> list[Diagnostic]:
    """A warning for each note that nothing calls."""
    return [
        UNUSED.at(findings.span(chunk.start, 1), name=name)
        for name, chunk in findings.notes.items()
        if name not in findings.cited
    ]
