"""Templates, interface texts and assets: the site's own files first, then the package's.

A file of the same name in the site's `templates/` or theme folder stands in for the package's.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from aigaq.output import refusal
from aigaq.pages.page import Artifact
from aigaq.words.diagnostics import Problem, Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

NOT_UTF_8 = Problem(
    "X003",
    "this file of the look of the site is not text in UTF-8",
    "Save it as UTF-8, or move it away if it is no template and no catalogue.",
)

_PACKAGE = Path(__file__).resolve().parent.parent
_OUTLINE = "map/land.svg"
_ASSETS = {
    "css": (".css",),
    "js": (".js",),
    "fonts": (".woff2",),
    "icons": (".svg", ".png", ".webp"),
}


class UnreadableError(refusal.Refused):
    """A file of the look cannot be read: a mistake in the site, not in how it was called."""

    exit_status = 1


@dataclass(frozen=True)
class Theme:
    """The look of a site, read once: texts of templates and catalogues, and finished assets.

    `outline` is the SVG of the land that maps are drawn on, or empty.
    """

    templates: Mapping[str, str]
    catalogues: Mapping[str, str]  # by language tag
    assets: tuple[Artifact, ...]
    outline: str = ""


def package_folder(name: str) -> Path:
    """`templates` or `theme` as the package brings it: in the wheel, or beside a checkout."""
    shipped = _PACKAGE / "_site" / name
    return shipped if shipped.is_dir() else _PACKAGE.parent / name


def read(root: Path, overrides: str = "") -> Theme:
    """The theme of the site in `root`; `overrides` is its theme folder, `theme/` if empty."""
    templates = _layered(package_folder("templates"), root / "templates")
    theme = _layered(package_folder("theme"), root / (overrides or "theme"))
    return Theme(
        templates={name: _text(path, root) for name, path in templates.items()},
        catalogues={
            path.stem: _text(path, root)
            for name, path in theme.items()
            if name.startswith("locales/") and name.endswith(".po")
        },
        assets=tuple(
            Artifact(f"assets/{name.partition('/')[2]}", path.read_bytes())
            for name, path in theme.items()
            if path.suffix in _ASSETS.get(name.split("/")[0], ())
        ),
        outline=_text(theme[_OUTLINE], root) if _OUTLINE in theme else "",
    )


def _text(path: Path, root: Path) -> str:
    try:
        return path.read_text("utf-8")
    except UnicodeDecodeError as error:
        place = path.relative_to(root) if path.is_relative_to(root) else path
        raise UnreadableError(NOT_UTF_8.at(Span(place.as_posix()))) from error


def _layered(*folders: Path) -> dict[str, Path]:
    """Files by their path below the folder; a later folder's stands in for an earlier one's."""
    found = {name: path for folder in folders for name, path in _files(folder)}
    return dict(sorted(found.items()))


def _files(folder: Path) -> Iterator[tuple[str, Path]]:
    if folder.is_dir():
        for path in sorted(folder.rglob("*")):
            name = path.relative_to(folder).as_posix()
            is_hidden = any(part.startswith(".") for part in name.split("/"))
            if path.is_file() and not path.is_symlink() and not is_hidden:
                yield name, path
