"""Tables beside a site, and what an import makes of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest

from aigaq.desk import importing

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


@dataclass(frozen=True)
class Desk:
    """A folder of what somebody brings, beside the folder of a site."""

    site: Any
    folder: Path

    def bring(self, name: str, content: str | bytes) -> Desk:
        place = self.folder / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content.encode() if isinstance(content, str) else content)
        return self

    def run(self, *names: str, **options: Any) -> importing.Done:
        paths = [self.folder / name for name in names] or [self.folder]
        request = importing.Request(paths, **options)
        return importing.run(self.site.root, request, step=lambda _: None)

    def told(self, *names: str, **options: Any) -> list[str]:
        """Where the problems are, and their codes."""
        return [
            f"{str(one.span).partition(' [')[0]} {one.code}"
            for one in self.run(*names, **options).problems
        ]

    def file(self, ending: str) -> str:
        """The text of the one file of the site whose path ends so."""
        (path,) = (one for one in self.site.sources() if one.endswith(ending))
        return (self.site.root / path).read_text("utf-8")


@pytest.fixture
def desk(site: Any, tmp_path: Path) -> Desk:
    folder = tmp_path / "brought"
    folder.mkdir()
    return Desk(site, folder)


@pytest.fixture
def workbook() -> Callable[..., bytes]:
    """A workbook as a spreadsheet program writes it, a sheet for each keyword."""
    import io  # noqa: PLC0415

    import openpyxl  # type: ignore[import-untyped]  # noqa: PLC0415

    def made(**sheets: list[list[Any]]) -> bytes:
        book = openpyxl.Workbook()
        book.remove(book.active)
        for name, rows in sheets.items():
            sheet = book.create_sheet(name)
            for row in rows:
                sheet.append(row)
        file = io.BytesIO()
        book.save(file)
        return file.getvalue()

    return made
