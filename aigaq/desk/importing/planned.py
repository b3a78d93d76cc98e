"""The files that an import would make, and what the site has already."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from aigaq.mirror.export import layout
from aigaq.source import disk, frontmatter, records
from aigaq.source.document import Mapping, Scalar, Sequence, Source
from aigaq.source.schema import reading
from aigaq.words.diagnostics import has_errors

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from aigaq.source.document import Node
    from aigaq.words.diagnostics import Diagnostic


@dataclass(frozen=True, slots=True)
class Planned:
    """A file that is not there yet. `locate` leads a problem of it back to what was brought.

    One that is not `whole` lacks what was wrong where it comes from; it is only looked at, so
    that whoever names it is not told to be wrong.
    """

    path: str
    text: str
    locate: Callable[[Diagnostic], Diagnostic]
    whole: bool = True


@dataclass
class Plan:
    """What an import would do: `same` are files that are there as they would be written.

    `beside` are files for the folder beside what was brought, outside of the archive.
    """

    files: list[Planned] = field(default_factory=list)
    same: list[str] = field(default_factory=list)
    beside: dict[str, str] = field(default_factory=dict)
    problems: list[Diagnostic] = field(default_factory=list)

    @property
    def is_good(self) -> bool:
        return not has_errors(self.problems)


@dataclass(frozen=True, slots=True)
class Present:
    """What the site has: its languages, and the text of each file by path."""

    languages: tuple[str, ...]
    files: dict[str, str]
    ids: dict[str, list[str]]

    def of_id(self, record_id: str, path: str) -> str:
        """The file that is the one planned at `path`, wherever it lies; empty without one."""
        if path in self.files:
            return path
        folder = "/".join(path.split("/")[:2])
        name = path.rpartition("/")[2]
        for there in self.ids.get(record_id, ()):
            if there.startswith(f"{folder}/") and there.rpartition("/")[2] == name:
                return there
        return ""

    def is_other_kind(self, record_id: str, path: str) -> str:
        """A file of the same id that holds another kind of record; empty without one."""
        folder = "/".join(path.split("/")[:2])
        others = self.ids.get(record_id, ())
        return next((one for one in others if not one.startswith(f"{folder}/")), "")


def present(root: Path) -> tuple[Present | None, list[Diagnostic]]:
    """What the site in `root` has; None without a readable site.yaml."""
    sources, _, found = disk.sources(root)
    site, more = records.settings(sources)
    if site is None:
        return None, sorted({*found, *more})
    files = {source.path: source.text for source in sources}
    ids: dict[str, list[str]] = {}
    for path in files:
        if path.count("/") > 1 and not path.startswith("content/media/"):
            ids.setdefault(path.rpartition("/")[2].partition(".")[0], []).append(path)
    return Present(site.record.languages, files, ids), []


def text_of(fields: dict[str, Any], body: str | None, comments: tuple[str, ...] = ()) -> str:
    """The text of a file; `body` is None for a record without one."""
    said = "".join(f"# {line}\n" for line in comments)
    if body is None:
        return said + layout.record(fields).decode()
    return f"---\n{said}" + layout.text(fields, body.strip("\n")).decode().removeprefix("---\n")


def listed(entries: list[dict[str, Any]]) -> str:
    """The text of a file that is a list, an entry a line."""
    return layout.listed(entries).decode()


def content(path: str, text: str) -> tuple[Node | None, str]:
    """The header and the body of a file; None where it cannot be read."""
    source = Source(path, text, "")
    if not path.endswith(".md"):
        return frontmatter.record(source)[0], ""
    document, _ = frontmatter.parse(source)
    return (document.header, document.body) if document else (None, "")


def plain(node: Node | None) -> Any:
    """What is written, without what makes no difference: empty values, lists of one, quotes."""
    if node is None or reading.is_empty(node):
        return None
    if isinstance(node, Scalar):
        return node.text.strip()
    if isinstance(node, Sequence):
        made = [value for one in node.items if (value := plain(one)) is not None]
        return made[0] if len(made) == 1 else made
    assert isinstance(node, Mapping)
    return {
        key.text: value for key, inside in node.entries if (value := plain(inside)) is not None
    }


def differences(path: str, ours: str, there: str, *, ignored: frozenset[str]) -> list[str]:
    """The keys (`body` among them) in which two texts of a file say different things."""
    (one, body), (two, other_body) = content(path, ours), content(path, there)
    mine, theirs = plain(one) or {}, plain(two) or {}
    if not (isinstance(mine, dict) and isinstance(theirs, dict)):
        return [] if mine == theirs else ["entries"]
    keys = [*mine, *(key for key in theirs if key not in mine)]
    found = [key for key in keys if mine.get(key) != theirs.get(key) and key not in ignored]
    return found + (["body"] if body.strip() != other_body.strip() else [])
