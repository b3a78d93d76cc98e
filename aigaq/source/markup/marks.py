"""The four marks: `:::` containers, speakers' turns, and what stands in double brackets."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, get_args
from xml.etree import ElementTree

from markdown.inlinepatterns import InlineProcessor

from aigaq.source.markup import sanitise
from aigaq.source.markup.findings import SIGN, plain, without_signs
from aigaq.words.diagnostics import Problem, Severity, did_you_mean
from aigaq.words.fragments import Container, ContainerKind, Gloss
from aigaq.words.vocabularies import CONTENT_NOTES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from markdown import Markdown

    from aigaq.source.markup.blocks import Chunk
    from aigaq.source.markup.findings import Findings
    from aigaq.words.diagnostics import Diagnostic, Span

KINDS = tuple(kind for kind in get_args(ContainerKind) if kind)
_KNOWN = {"note": ("by", "source"), "scene": (), "hard": ()}

UNCLOSED = Problem(
    "M020",
    'the block "::: {kind}" that starts here is never closed',
    "Put a line with only ::: where it ends.",
)
UNKNOWN = Problem(
    "M021",
    'there is no block ":::" of the kind "{kind}"',
    "The kinds are: {known}.{hint}",
)
NESTED = Problem(
    "M022",
    'the block "::: {kind}" of line {line} is still open here; one cannot stand in another',
    "Close the first with a line with only ::: before this line.",
)
NOT_OPEN = Problem(
    "M023",
    "this ::: closes a block, but none is open",
    "Delete the line, or write what it opens, for example `::: scene`.",
)
CONTENT_NOTE = Problem(
    "M024",
    '"::: hard" needs one word that says what the passage is about, not "{word}"',
    "The words are: {known}.{hint}",
)
ATTRIBUTE = Problem(
    "M025",
    '"::: {kind}" has no place for "{word}"',
    "{known}{hint}",
)
SOURCE = Problem(
    "M026",
    "the source of this note is not the address of a web page",
    "Write source=https://… in full, without spaces.",
)
NOT_DECLARED = Problem(
    "M030",
    '"{label}:" looks like a speaker, but no speaker of this text has that label',
    "Add it as label: to the speaker in told_by or interview; in a translation, with the id of "
    "the speaker, as translation: {{labels: {{p-bb22: {label}}}}}. Or ignore this.{hint}",
    Severity.WARNING,
)
NOT_CLOSED = Problem(
    "M031",
    'the mark that opens with "{opens}" is empty or not closed in this paragraph',
    'Close it with "{closes}". For the signs themselves write a backslash before each.',
)

_WORD = re.compile(r"([^\s=\"]+)(?:=(?:\"([^\"]*)\"|([^\s\"]*)))?(?=\s|\Z)|\S+")
_BEFORE_COLON = re.compile(r"([^\W\d_][\w.'’-]{0,39}(?: [\w.'’-]{1,40}){0,2})(?::(?=\s|\Z)|：)")


def container(
    chunk: Chunk, number: int, span: Span
) -> tuple[Container | None, list[Diagnostic]]:
    """The container that a line with `:::` and words opens; None where they make no sense."""
    words = list(_WORD.finditer(chunk.label))
    kind = words[0][0]
    if kind not in KINDS:
        hint = did_you_mean(kind, KINDS)
        return None, [UNKNOWN.at(span, kind=kind, known=", ".join(KINDS), hint=hint)]
    if kind == "hard":
        return _hard(chunk.label[len(kind) :].strip(), number, span)
    values, found = _values(kind, words[1:], span)
    source = values.get("source", "")
    if source and not sanitise.WEB_LINK.match(source):
        found.append(SOURCE.at(span))
        source = ""
    if kind == "scene":
        return Container(kind="scene", number=number), found
    by = values.get("by", "")
    return Container(kind="note", number=number, by=by, source=source), found


def _hard(word: str, number: int, span: Span) -> tuple[Container | None, list[Diagnostic]]:
    if word in CONTENT_NOTES:
        return Container(kind="hard", number=number, content_note=word), []
    known, hint = ", ".join(CONTENT_NOTES), did_you_mean(word, CONTENT_NOTES)
    return None, [CONTENT_NOTE.at(span, word=word, known=known, hint=hint)]


def _values(
    kind: str, words: Iterable[re.Match[str]], span: Span
) -> tuple[dict[str, str], list[Diagnostic]]:
    values: dict[str, str] = {}
    found = []
    names = _KNOWN[kind]
    known = (
        f"It takes {' and '.join(f'{name}=…' for name in names)}." if names else "Delete it."
    )
    for word in words:
        value = word[2] if word[2] is not None else word[3]
        if word[1] in names and value and word[1] not in values:
            values[word[1]] = value
        else:
            hint = did_you_mean(word[1] or "", names)
            found.append(ATTRIBUTE.at(span, kind=kind, word=word[0], known=known, hint=hint))
    return values, found


def turn(line: str, labels: Iterable[str]) -> tuple[str, str]:
    """`(label, rest)` of a first line that starts with a declared label, else `("", line)`."""
    for label in sorted(labels, key=len, reverse=True):
        colon, rest = line[len(label) : len(label) + 1], line[len(label) + 1 :]
        # The full-width colon of Chinese takes no space behind it.
        ends = colon == "：" or (colon == ":" and not rest[:1].strip())
        if label and ends and line.startswith(label):
            return label, rest.lstrip()
    return "", line


def undeclared(line: str, labels: Iterable[str], span: Span) -> list[Diagnostic]:
    """A warning where a paragraph starts like a turn of someone who is not declared."""
    word = _BEFORE_COLON.match(line)
    if not word:
        return []
    near = [label for label in labels if label.casefold() == word[1].casefold()]
    if not near and not word[1].isupper():
        return []
    hint = f' Did you mean "{near[0]}"?' if near else did_you_mean(word[1], labels)
    return [NOT_DECLARED.at(span, label=word[1], hint=hint)]


# The signs in the patterns are places (see `findings`); possessive, so that nothing backtracks.
NONVERBAL = rf"\[\[({SIGN})((?:[^\[\]]++|\[[^\[\]]*+\])++)\]\]"
INSERTION = rf"\{{\{{({SIGN})((?:[^{{}}]++|\{{[^{{}}]*+\}})++)\}}\}}"
GLOSS = rf"\(\(({SIGN})((?:[^()]++|\([^()]*+\))++)\)\)"
_OPEN = re.compile(rf"(\[\[|\{{\{{|\(\(){SIGN}")
_CLOSES = {"[[": "]]", "{{": "}}", "((": "))"}
_NO_SPACES = ("zh", "ja", "th", "lo", "km", "my", "bo")
_TERM = re.compile(
    r"(?:\[([^\[\]]+)\]\([^()]*\)|[*_“«‘\"]([^*_“”«»‘’\"]+)[*_”»’\"]+|([^\W_][\w'’-]*))\s*\Z"
)


class Mark(InlineProcessor):
    """Double brackets of one kind: a span of a class, with single brackets in the text."""

    def __init__(self, pattern: str, md: Markdown, name: str, around: str) -> None:
        super().__init__(pattern, md)
        self.name, self.around = name, around

    def handleMatch(  # type: ignore[override]  # noqa: N802 - the parser's own name
        self, m: re.Match[str], data: str
    ) -> tuple[ElementTree.Element | None, int | None, int | None]:
        content = m[2].strip()
        if not without_signs(content):
            return None, None, None
        self.learn(m, data)
        span = ElementTree.Element("span", {"class": self.name})
        span.text = f"{self.around[0]}{content}{self.around[1]}"
        return span, m.start(), m.end()

    def learn(self, m: re.Match[str], data: str) -> None:
        """A place for a mark that says more than it shows."""


class GlossMark(Mark):
    """A gloss is also told apart with its term, for the glossary."""

    def __init__(self, md: Markdown, findings: Callable[[], Findings]) -> None:
        super().__init__(GLOSS, md, "gloss", "()")
        self.findings = findings

    def learn(self, m: re.Match[str], data: str) -> None:
        findings = self.findings()
        before = _TERM.search(without_signs(data[max(0, m.start() - 200) : m.start()]))
        term = ""
        if before:
            free = "" if findings.language.partition("-")[0] in _NO_SPACES else before[3]
            term = before[1] or before[2] or free or ""
        text = " ".join(plain(self.unescape(m[2])).split())
        line = findings.at(m[1]).line
        findings.glosses.append(Gloss(term=" ".join(term.split()), text=text, line=line))


def not_closed(text: str, findings: Findings) -> list[Diagnostic]:
    """Marks that are still open in a text from which all closed ones were taken."""
    return [
        NOT_CLOSED.at(findings.at(opening[0]), opens=opening[1], closes=_CLOSES[opening[1]])
        for opening in _OPEN.finditer(text)
    ]
