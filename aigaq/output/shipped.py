"""Where the package keeps the templates and the theme that it brings."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent.parent


def folder(name: str) -> Path:
    """`templates` or `theme` as the package brings it: in the wheel, or beside a checkout."""
    shipped = _PACKAGE / "_site" / name
    return shipped if shipped.is_dir() else _PACKAGE.parent / name
