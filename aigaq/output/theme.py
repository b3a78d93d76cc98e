"""Templates, interface texts and assets: the site's own files first, then the package's.

A file of the same name in the site's `templates/` or theme folder stands in for the package's;
of interface texts each single one does. The package's template of such a name stays there for
the site's to extend: `shipped/base.html`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from aigaq.output import refusal, shipped
from aigaq.pages import render, template_faults
from aigaq.pages.page import Artifact
from aigaq.words.diagnostics import Problem, Severity, Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from aigaq.words.diagnostics import Diagnostic

NOT_UTF_8 = Problem(
    "X003",
    "this file of the look of the site is not text in UTF-8",
    "Save it as UTF-8, or move it away if it is no template and no catalogue.",
)
NOT_TAKEN = Problem(
    "X004",
    "this file of the theme folder is not used",
    "Styles belong in css/, scripts in js/, .woff2 in fonts/, .svg, .png and .webp in icons/,"
    " interface texts in locales/LANG.po; notes for people end in .md or .txt.",
    Severity.WARNING,
)

_OUTLINE = "map/land.svg"
_ASSETS = {
    "css": (".css",),
    "js": (".js",),
    "fonts": (".woff2",),
    "icons": (".svg", ".png", ".webp"),
}
_NOTES = frozenset({".md", ".txt"})
# What a style sheet would fetch from elsewhere, or what the content security policy keeps out.
_COMMENT = re.compile(rb"""("(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*')|/\*(?!!).*?\*/""", re.DOTALL)
_FETCHED = re.compile(r"(?:url\(\s*|@import\s+)[\"']?\s*((?:https?:)?//[^\s\"')]+|data:)", re.I)


class UnreadableError(refusal.Refused):
    """A file of the look cannot be read: a mistake in the site, not in how it was called."""

    exit_status = 1


@dataclass(frozen=True)
class Theme:
    """The look of a site, read once: texts of templates and catalogues, and finished assets.

    `outline` is the SVG of the land that maps are drawn on, or empty. `folder` is that of the
    site's theme, `problems` are those of its own files.
    """

    templates: Mapping[str, str]
    catalogues: Mapping[str, str]  # by language tag
    assets: tuple[Artifact, ...]
    outline: str = ""
    folder: str = "theme"
    problems: tuple[Diagnostic, ...] = ()


def read(root: Path, overrides: str = "") -> Theme:
    """The theme of the site in `root`; `overrides` is its theme folder, `theme/` if empty."""
    folder = root / (overrides or "theme")
    ours, own = _files(shipped.folder("templates")), _files(root / "templates")
    templates = {name: _text(path, root) for name, path in _layered(ours, own).items()}
    brought, mine = _files(shipped.folder("theme")), _files(folder)
    theme = _layered(brought, mine)
    return Theme(
        templates=templates,
        catalogues={
            _tag(name): _text(path, root) for name, path in theme.items() if _is_catalogue(name)
        },
        assets=tuple(
            Artifact(f"assets/{name.partition('/')[2]}", finished(path))
            for name, path in theme.items()
            if _is_asset(name)
        ),
        outline=_text(theme[_OUTLINE], root) if _OUTLINE in theme else "",
        folder=folder.relative_to(root).as_posix(),
        problems=(
            *template_faults.problems(templates, own),
            *_problems(mine, folder.relative_to(root).as_posix(), root),
        ),
    )


def _layered(ours: Mapping[str, Path], own: Mapping[str, Path]) -> dict[str, Path]:
    """Files by name: the site's own first, with the package's of the same names beside them."""
    covered = {render.SHIPPED + name: path for name, path in ours.items() if name in own}
    return dict(sorted({**ours, **covered, **own}.items()))


def finished(path: Path) -> bytes:
    """A file as readers fetch it: styles without indentation and comments, but `/*! … */`."""
    data = path.read_bytes()
    if path.suffix != ".css":
        return data
    bare = _COMMENT.sub(lambda found: found[1] or b"", data)
    return b"\n".join(filter(None, map(bytes.strip, bare.splitlines())))


def _is_asset(name: str) -> bool:
    folder, _, rest = name.partition("/")
    return rest.endswith(_ASSETS.get(folder, ()))


def _is_catalogue(name: str) -> bool:
    return name.removeprefix(render.SHIPPED).startswith("locales/") and name.endswith(".po")


def is_taken(name: str) -> bool:
    """Whether a file of this name, below the theme's folder, is a part of the look."""
    return _is_asset(name) or _is_catalogue(name) or name == _OUTLINE


def _tag(name: str) -> str:
    """`kk` for `locales/kk.po`, `shipped/kk` for the package's where a site has its own."""
    return name.removesuffix(".po").replace("locales/", "", 1)


def _problems(mine: Mapping[str, Path], folder: str, root: Path) -> Iterator[Diagnostic]:
    """What is wrong with the files of a site's theme folder."""
    for name, path in mine.items():
        place = f"{folder}/{name}"
        if name.endswith(".css") and _is_asset(name):
            for number, line in enumerate(_text(path, root).splitlines(), 1):
                for address in _FETCHED.findall(line):
                    yield _fetched(address, Span(place, number))
        if not is_taken(name) and path.suffix not in _NOTES:
            yield NOT_TAKEN.at(Span(place))


def _fetched(address: str, span: Span) -> Diagnostic:
    if address.casefold() == "data:":
        return template_faults.INLINE.at(span, what="data:")
    return template_faults.FOREIGN.at(span, address=address)


def _text(path: Path, root: Path) -> str:
    try:
        return path.read_text("utf-8")
    except UnicodeDecodeError as error:
        place = path.relative_to(root) if path.is_relative_to(root) else path
        raise UnreadableError(NOT_UTF_8.at(Span(place.as_posix()))) from error


def _files(folder: Path) -> dict[str, Path]:
    """Files by their path below the folder, in one order on every disk."""
    return dict(_walked(folder)) if folder.is_dir() else {}


def _walked(folder: Path) -> Iterator[tuple[str, Path]]:
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        is_hidden = any(part.startswith(".") for part in name.split("/"))
        if path.is_file() and not path.is_symlink() and not is_hidden:
            yield name, path
