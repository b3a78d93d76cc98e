"""What can be mended without a question, as new bytes of files that are judged beforehand.

Law: no word of a body changes, nothing but a line with a problem does, and a repair stands only
if its problem is gone and no other has come. All files are written, or none.
"""

from __future__ import annotations

import difflib
import re
from contextlib import ExitStack
from dataclasses import dataclass
from typing import TYPE_CHECKING

from aigaq.desk.repairs import REPAIRS
from aigaq.output import aside, refusal
from aigaq.source import disk, frontmatter, records
from aigaq.source.document import Mapping, Scalar, Source
from aigaq.source.schema import reading

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from aigaq.desk.repairs import Lines
    from aigaq.source.document import Node
    from aigaq.words.diagnostics import Diagnostic

_IS_OPEN = re.compile(r"\s*protect:\s*([\"']?)open\1\s*")
_MOST = 100  # repairs of one file
_SYNTAX = frozenset("CFY")  # what hides the problems behind it


@dataclass(frozen=True, slots=True)
class Mended:
    """A file as it was and as it is to be, and what was wrong where."""

    path: str
    before: str
    after: str
    done: tuple[Diagnostic, ...]
    is_shown: bool  # whether its lines may be seen outside of the file

    def told(self) -> str:
        """One line for each repair."""
        return "".join(f"{one.span}: {one.code}: {one.message}\n" for one in self.done)

    def diff(self) -> str:
        """As `diff -u` writes it; of a record that is not open only that it would change."""
        if not self.is_shown:
            return f"--- {self.path}\n(not shown, for the record is not open)\n"
        old, new = (text.splitlines() for text in (self.before, self.after))
        lines = difflib.unified_diff(old, new, self.path, self.path, n=1, lineterm="")
        return "".join(f"{line}\n" for line in lines)


def mended(root: Path, problems: Iterable[Diagnostic]) -> tuple[Mended, ...]:
    """What becomes of the files that `problems` name; nothing is written."""
    paths = sorted({one.span.path for one in problems if one.code in REPAIRS})
    site, _ = disk.read(root, "site.yaml")
    made = []
    for path in paths:
        source, _ = disk.read(root, path)
        if source and site:
            before = (root / path).read_bytes().decode("utf-8")
            lines, done = _repaired(_Judge(site, path), source.text)
            after = _as_it_was_ended(before, source.text, "\n".join(lines))
            if done and after:
                made.append(Mended(path, before, after, tuple(done), is_open(path, lines)))
    return tuple(made)


def write(root: Path, made: Sequence[Mended]) -> None:
    """All of them, each whole at once; none where a file was changed in the meantime."""
    with refusal.disk_errors(root), ExitStack() as written:
        if all((root / one.path).read_bytes() == one.before.encode() for one in made):
            for one in made:
                with refusal.disk_errors(root / one.path):
                    fresh = written.enter_context(aside.replacing(root / one.path))
                    fresh.write_bytes(one.after.encode())


@dataclass(frozen=True, slots=True)
class _Judge:
    """What is wrong with one file, whatever stands in it, as far as it tells by itself."""

    site: Source
    path: str

    def found(self, lines: Lines) -> list[Diagnostic]:
        source = Source(self.path, "\n".join(lines), "")
        both = (source,) if self.path == self.site.path else (self.site, source)
        return [one for one in records.read(both)[1] if one.span.path == self.path]

    def is_better(self, before: Sequence[Diagnostic], after: Lines, one: Diagnostic) -> bool:
        """Whether `one` is gone, and nothing has come that it did not hide until now."""
        left = self.found(after)
        then, now = _kinds(before), _kinds(left)
        if now.count(_kind(one)) >= then.count(_kind(one)):
            return False
        new = [other for other in left if _kind(other) not in then]
        hides = one.code[0] in _SYNTAX
        return all(
            hides and (other.code[0] not in _SYNTAX or other.span.line > one.span.line)
            for other in new
        )


def _kind(one: Diagnostic) -> tuple[str, tuple[tuple[str, str], ...]]:
    """A problem wherever it stands: a line may have gone above it."""
    return one.code, tuple(word for word in one.words if word[0] not in ("first", "again"))


def _kinds(found: Sequence[Diagnostic]) -> list[tuple[str, tuple[tuple[str, str], ...]]]:
    return [_kind(one) for one in found]


def _repaired(judge: _Judge, text: str) -> tuple[Lines, list[Diagnostic]]:
    """The lines with all that could be mended, one after the other, and what it was."""
    lines: Lines = tuple(text.split("\n"))
    done: list[Diagnostic] = []
    for _ in range(_MOST):
        found = judge.found(lines)
        better = next(((n, m) for n in found if (m := _mended(judge, lines, found, n))), None)
        if better is None:
            break
        done.append(better[0])
        lines = better[1]
    return lines, done


def _mended(
    judge: _Judge, lines: Lines, found: Sequence[Diagnostic], one: Diagnostic
) -> Lines | None:
    """The lines without `one`; None where that is not certain."""
    if one.code not in REPAIRS or not 0 < one.span.line <= len(lines):
        return None
    good = [
        made
        for made in REPAIRS[one.code](lines, one)
        if _keeps_its_words(judge.path, lines, made) and judge.is_better(found, made, one)
    ]
    trees = {_meaning(_tree(judge.path, made)) for made in good}
    return good[0] if len(trees) == 1 else None


def _keeps_its_words(path: str, before: Lines, after: Lines) -> bool:
    """Whether all lines below the header are as they were."""
    if path.endswith(".yaml"):
        return True
    if not path.endswith(".md"):
        return False
    end = next((n for n in range(1, len(after)) if after[n] == "---"), len(after))
    body = after[end + 1 :]
    return not body or before[-len(body) :] == body


def _tree(path: str, lines: Lines) -> Node | None:
    source = Source(path, "\n".join(lines), "")
    if path.endswith(".yaml"):
        return frontmatter.record(source)[0]
    document, _ = frontmatter.parse(source)
    return document.header if document else None


def _meaning(node: Node | None) -> str:
    """What a tree says, without its places."""
    if node is None or isinstance(node, Scalar):
        return repr(node and node.text)
    if isinstance(node, Mapping):
        inside = (f"{key.text}: {_meaning(value)}" for key, value in node.entries)
        return f"{{{', '.join(inside)}}}"
    return f"[{', '.join(map(_meaning, node.items))}]"


def is_open(path: str, lines: Lines) -> bool:
    """Whether the lines of a file may be shown elsewhere: nothing hints that it is not open."""
    folder = path.split("/")[1] if "/" in path else ""
    named = [line for line in lines if _names_protection(line)]
    if folder == "consent" or not all(map(_IS_OPEN.fullmatch, named)):
        return False
    return bool(named) or folder not in ("people", "groups")


def _names_protection(line: str) -> bool:
    key = re.split("[:=：]", line, maxsplit=1)[0].strip(" -\"'{")
    return "protect" in line.casefold() or bool(reading.nearest(key, ["protect"]))


def _as_it_was_ended(before: str, plain: str, after: str) -> str:
    """The new text with the mark and the line ends of the file; none where these are mixed."""
    mark = before[: before.startswith("\ufeff")]
    if before.removeprefix(mark) == plain:
        return mark + after
    is_windows = before.count("\r\n") == before.count("\n")
    return mark + after.replace("\n", "\r\n") if is_windows else ""
