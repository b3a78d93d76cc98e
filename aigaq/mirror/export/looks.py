"""The site's own templates and theme, as far as a build of strangers needs them.

They are code, and public: what is in them is on the site. Notes among editors are not, nor who
translated an interface; what equals the program's own is left out, for the program brings it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from aigaq.output import shipped, theme

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_NOTES = (".md", ".txt")
_COMMENT = re.compile(r"\{#.*?#\}", re.DOTALL)
_PEOPLE = re.compile(
    r'^"(?:Last-Translator|Language-Team|Report-Msgid-Bugs-To|PO-Revision-Date|'
    r"POT-Creation-Date|Project-Id-Version|Generated-By|X-[\w-]+):.*\n",
    re.MULTILINE,
)
_REMARK = re.compile(r"^#(?!,).*\n", re.MULTILINE)  # all but flags, as `fuzzy`


def of(root: Path, overrides: str) -> dict[str, bytes]:
    """The files by their path in the site's folder; `overrides` is the name of its theme."""
    folder = (overrides or "theme").strip("/")
    templates = _below(root, "templates", shipped.folder("templates"))
    looks = _below(root, folder, shipped.folder("theme"))
    taken = ((path, data) for path, data in looks if theme.is_taken(path[len(folder) + 1 :]))
    return dict([*templates, *taken])


def _below(root: Path, name: str, ours: Path) -> Iterator[tuple[str, bytes]]:
    folder = root / name
    if not folder.is_dir() or folder.resolve() == ours.resolve():
        return
    for path in sorted(folder.rglob("*")):
        inside = path.relative_to(folder)
        hidden = any(part.startswith(".") for part in inside.parts)
        if path.is_symlink() or not path.is_file() or hidden or path.suffix in _NOTES:
            continue
        data = path.read_bytes()
        same = ours / inside
        if not (same.is_file() and same.read_bytes() == data):
            yield f"{name}/{inside.as_posix()}", _bare(path)


def _bare(path: Path) -> bytes:
    """A file without what no build reads."""
    data, suffix = theme.finished(path), path.suffix
    if suffix == ".po":
        return _REMARK.sub("", _PEOPLE.sub("", data.decode())).encode()
    if suffix in {".html", ".xml"}:
        return _COMMENT.sub(_emptied, data.decode()).encode()
    return data


def _emptied(comment: re.Match[str]) -> str:
    """An empty comment that takes white space away as the other did."""
    before = comment[0][2] if comment[0][2] in "-+" else ""
    after = comment[0][-3] if comment[0][-3] in "-+" and len(comment[0]) > 4 else ""
    return f"{{#{before} {after}#}}"
