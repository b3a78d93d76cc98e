"""The paragraphs of a text in Markdown, and which of their lines look like headings and names.

Law: no word of it is taken or added; only where paragraphs begin is told anew.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from aigaq.desk.importing import html_blocks, names

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_LONGEST_HEADING = 150  # characters, of a line that is no heading in Markdown
_LONGEST_LINE = 400  # characters of Markdown; a longer one is neither a heading nor a name

_HEADING = re.compile(r"(#{1,6})\s")
_BOLD = re.compile(r"(\*\*|__)(?!\s).+\1")
_FENCE = re.compile(r"(```|~~~|:::)")
_QUOTES = {
    "‘": "’", "“": "”", '"': '"', "'": "'", "«": "»", "„": "“”", "‚": "‘’", "‹": "›",
    "「": "」", "『": "』", "《": "》",
}  # fmt: skip
_CAPTION = re.compile(r"::: note\n([^\n]*)\n:::")  # a caption of one line


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph of one line, as a heading or a name is: its words, and what it may be."""

    at: int
    words: str
    level: int
    is_like_heading: bool  # in quotation marks or bold: a heading, if a name is below it
    is_bold: bool = False


def parted(body: str) -> list[str]:
    """The paragraphs of a body; headings, and what stands between fences, are one each."""
    made: list[list[str]] = []
    fence, is_new = "", True
    for line in body.split("\n"):
        opening = _FENCE.match(line)
        is_alone = not fence and bool(opening or _HEADING.match(line))
        if is_alone or (is_new and line.strip()):
            made.append([line])
        elif fence or not is_new:
            made[-1].append(line)
        if fence:
            is_closed = len(line.strip()) >= len(fence) and {*line.strip()} == {*fence}
            fence, is_new = ("", True) if is_closed else (fence, False)
        elif is_alone:
            fence = opening[1] if opening else ""
            is_new = not fence
        else:
            is_new = not line.strip()
    return apart(["\n".join(lines).rstrip("\n") for lines in made])


def apart(chunks: Sequence[str]) -> list[str]:
    """A heading, or a line like one, and the name below it, each as a paragraph of its own.

    They may be lines of one paragraph, and a caption may stand between them.
    """
    made: list[str] = []
    for chunk in chunks:
        first, _, rest = chunk.partition("\n")
        if rest and _may_be_heading(first) and _begins_with_name(rest):
            made.append(first.strip())
        else:
            rest = chunk
        name, _, words = rest.partition("\n")
        is_below = bool(made) and _may_be_heading(made[-1])
        if is_below and words and _begins_with_name(rest):
            made += [name.strip(), words]
        elif _is_name(rest) and _ends_with_other_caption(made):
            made.insert(-1, rest)
        else:
            made.append(rest)
    return made


def _begins_with_name(text: str) -> bool:
    """Whether the first line is a name, and no sentence goes on in the next."""
    name, _, words = text.partition("\n")
    return _is_name(name) and (not words or name.endswith("  "))


def _ends_with_other_caption(chunks: Sequence[str]) -> bool:
    """Whether the last of them is a caption that is no name, below what may be a heading."""
    return (
        len(chunks) > 1
        and chunks[-1].startswith(":::")
        and _may_be_heading(chunks[-2])
        and not _is_name(_caption(chunks[-1]))
    )


def _may_be_heading(line: str) -> bool:
    is_short = len(line) <= _LONGEST_LINE and "\n" not in line
    return is_short and (bool(_HEADING.match(line)) or _is_like_heading(line))


def _is_name(line: str) -> bool:
    is_short = len(line) <= _LONGEST_LINE and "\n" not in line
    return is_short and not _HEADING.match(line) and names.is_name(html_blocks.plain(line))


def _caption(chunk: str) -> str:
    """The words of a caption of one line; empty for anything else."""
    caption = _CAPTION.fullmatch(chunk) if len(chunk) <= _LONGEST_LINE else None
    return caption[1] if caption else ""


def single_lines(chunks: Sequence[str]) -> Iterator[Line]:
    """The paragraphs that are one line."""
    for n, chunk in enumerate(chunks):
        if caption := html_blocks.plain(_caption(chunk)):
            yield Line(n, caption, 0, is_like_heading=False)
            continue
        is_short = len(chunk) <= _LONGEST_LINE and "\n" not in chunk
        if is_short and (words := html_blocks.plain(chunk)):
            heading = _HEADING.match(chunk)
            level = len(heading[1]) if heading else 0
            is_bold = not level and _BOLD.fullmatch(chunk.strip()) is not None
            is_like = level > 0 or _is_like_heading(chunk)
            yield Line(n, words, level, is_like, is_bold and is_like)


def _is_like_heading(line: str) -> bool:
    """Whether a line is short and stands in quotation marks or in bold."""
    words = html_blocks.plain(line)
    if not 2 < len(words) <= _LONGEST_HEADING:
        return False
    closing = _QUOTES.get(words[0], "")
    is_quoted = bool(closing) and words.rstrip(".…")[-1:] in {*closing}
    return is_quoted or _BOLD.fullmatch(line.strip()) is not None
