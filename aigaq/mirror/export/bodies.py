"""The words of texts as they were written, without what in them readers do not get.

The words stay as they are; what only marks somebody who is not public, or names a file, goes:
targets of links, names behind `by=`, pictures that are kept back with their descriptions, and
what Markdown shows to nobody: notes and targets of links that nothing calls.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from aigaq.archive import pictures, references
from aigaq.mirror.export import layout

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from aigaq.words.fragments import Fragment

KEPT_BACK = "kept-back.png"  # the name of the picture that stands where one is kept back

_FENCE = re.compile(r" {0,3}(```+|~~~+)")
_LINK = re.compile(
    r"\[(?P<words>[^\[\]]*(?:\[[^\[\]]*\][^\[\]]*)*)\]"
    r"\((?P<kind>person|place|org|group|topic|series|testimony|page):"
    r"(?P<target>[a-z0-9-]+)(?:#[\w-]+)?\)"
)
_PICTURE = re.compile(
    r"!\[(?P<alt>[^\[\]]*)\]\(\s*(?P<file>[^\s()<>]+|<[^<>\n]+>)"
    r"(?P<title>\s+(?:\"[^\"]*\"|'[^']*'|\([^()]*\)))?\s*\)"
)
_NOTE = re.compile(r"^(:::[^\n]*?)[ \t]+by=(\"?)([a-z0-9][a-z0-9-]*)\2(?=\s|$)", re.MULTILINE)
# A note with all its lines; the target of links, as Python-Markdown knows it.
_DEFINITION = re.compile(
    r"^ {0,3}\[(?P<note>\^[^\]\n]+)\]:[^\n]*\n(?:(?:[ \t]*\n)*(?: {4}|\t)[^\n]*\n)*"
    r"|^ {0,3}\[(?P<name>[^\[\]]*)\]: *\n? *\S+ *(?:\n *)?"
    r"(?:\"[^\n]*\" *|'[^\n]*' *|\([^\n]*\) *)?\n",
    re.MULTILINE,
)


@dataclass(frozen=True, slots=True)
class Known:
    """What readers get: ids of records and pages, and the finished picture of each file.

    `hidden` are the ids of records that they do not get.
    """

    ids: Collection[str]
    pages: Collection[str]
    hidden: Collection[str]
    pictures: Mapping[str, str]  # by `pictures.key`: the name under which it is exported

    def has(self, kind: str, target: str) -> bool:
        return target in (self.pages if kind == "page" else self.ids)

    def is_hidden(self, who: str) -> bool:
        """Of what may be words, too."""
        return who in self.hidden or (who not in self.ids and references.looks_like_id(who))


def public(body: str, known: Known) -> str:
    """The Markdown of a body, to be converted into what readers get."""
    parts = _parts(body.strip("\n").split("\n"))
    made = "".join(part if is_code else _part(part, known) for is_code, part in parts)
    return _called(made).rstrip("\n")


def turns(body: str, first_line: int, fragment: Fragment) -> tuple[str, ...]:
    """The labels of turns whose speaker is not named, each once, by first appearance.

    `fragment` is what readers get of the body that begins in line `first_line` of its file.
    """
    lines = body.split("\n")
    unnamed = (b for b in fragment.blocks if b.kind == "turn" and not b.speaker)
    starts = (lines[block.line - first_line].lstrip() for block in unnamed)
    return tuple(dict.fromkeys(re.split("[:：]", start, maxsplit=1)[0] for start in starts))


def _parts(lines: list[str]) -> Iterator[tuple[bool, str]]:
    """Runs of lines, and whether they are code, in which nothing is a mark."""
    run: list[str] = []
    fence = ""
    for line in lines:
        mark = _FENCE.match(line)
        if mark and not fence:
            yield False, "".join(run)
            run, fence = [f"{line}\n"], mark[1]
        elif mark and mark[1].startswith(fence):
            yield True, "".join([*run, f"{line}\n"])
            run, fence = [], ""
        else:
            run.append(f"{line}\n")
    yield bool(fence), "".join(run)


def _part(part: str, known: Known) -> str:
    def picture(found: re.Match[str]) -> str:
        name = known.pictures.get(pictures.key(found["file"].strip("<>")), "")
        if name:
            return f"![{found['alt']}]({name}{found['title'] or ''})"
        return f"![{layout.NOT_TOLD if found['alt'] else ''}]({KEPT_BACK})"

    def link(found: re.Match[str]) -> str:
        return found[0] if known.has(found["kind"], found["target"]) else found["words"]

    def note(found: re.Match[str]) -> str:
        return found[1] if known.is_hidden(found[3]) else found[0]

    return _NOTE.sub(note, _LINK.sub(link, _PICTURE.sub(picture, part)))


def _called(body: str) -> str:
    """Without definitions that nothing calls."""

    def kept(found: re.Match[str]) -> str:
        rest = (body[: found.start()] + body[found.end() :]).casefold()
        name = found["note"] or found["name"]
        return found[0] if f"[{name}]".casefold() in rest else ""

    return _DEFINITION.sub(kept, body) if "]:" in body else body
