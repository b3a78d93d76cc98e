"""Sites whose sources are exported, and built once more from that."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest

from aigaq import pipeline
from aigaq.mirror.export import layout, whole

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

_TODAY = datetime.date(2026, 11, 22)


@dataclass(frozen=True)
class Again:
    """The exported files, and the paths of what a build of them has otherwise."""

    files: dict[str, bytes]
    differs: list[str]
    problems: list[str]

    def text(self, name: str) -> str:
        """The file of this name, wherever it lies."""
        (found,) = (data for path, data in self.files.items() if path.endswith(f"/{name}"))
        return found.decode()


def export(site: Any, **options: Any) -> dict[str, bytes]:
    report = site.build(**options)
    assert report.archive is not None, [str(problem) for problem in report.problems]
    made = whole.of(site.root, whole.Material(report.archive, site.public, report.pictures))
    return {path: layout.read(data) for path, data in made.items()}


def place(files: dict[str, bytes], root: Path) -> Path:
    for path, data in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(data)
    return root


@pytest.fixture(scope="session")
def exported() -> Callable[..., dict[str, bytes]]:
    return export


@pytest.fixture
def again(tmp_path: Path, whole: Any) -> Callable[..., Again]:
    """Builds a site, exports its sources and builds these, with the same options."""

    def run(site: Any, **options: Any) -> Again:
        files = export(site, **options)
        root = place(files, tmp_path / "again")
        chosen: dict[str, Any] = {"jobs": 1, "date": _TODAY, "search": False} | options
        report = pipeline.build(
            root, root / "public", options=pipeline.Options(**chosen), step=lambda _: None
        )
        problems = [f"{problem.code} {problem.span}" for problem in report.problems]
        return Again(files, whole.differences(site.public, root / "public"), problems)

    return run
