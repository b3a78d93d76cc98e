"""Sources are exported only where they are enough, and tell nothing that is kept back."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Any

import pytest

from aigaq import pipeline
from aigaq.mirror import exporting, planning
from aigaq.mirror.export import whole as export

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

DAY = datetime.date(2026, 11, 22)


def build(root: Path, target: Path, day: datetime.date) -> Any:
    options = pipeline.Options(date=day, search=False, jobs=1)
    return pipeline.build(root, target, options=options, step=lambda _: None).problems


@pytest.fixture
def prove(site: Any) -> Callable[..., tuple[Any, list[str]]]:
    """What comes of the sources of the site, and what is wrong with them."""

    def run(build: Any = build) -> tuple[Any, list[str]]:
        report = site.build()
        assert report.archive is not None, report.problems
        material = export.Material(report.archive, site.public, report.pictures)
        plan = planning.Plan(
            commit="0" * 40, date=DAY, last=None, last_bytes=b"", entries=(), again=False
        )
        made, found = exporting.proven(site.root, material, report.watch, plan, build)
        return made, [f"{one.code} {one.span.path}" for one in found]

    return run


def test_sources_that_give_the_release_are_signed_by_one_digest(site: Any, prove: Any) -> None:
    site.testimony("t-1")

    made, found = prove()

    assert found == []
    assert len(made.digest) == 64
    assert prove()[0].digest == made.digest
    site.testimony("t-1", body="Other words.\n")
    assert prove()[0].digest != made.digest


def test_sources_that_do_not_are_not_exported_and_the_files_are_named(
    site: Any, prove: Any
) -> None:
    site.testimony("t-1")

    def otherwise(root: Path, target: Path, day: datetime.date) -> Any:
        problems = build(root, target, day)
        (target / "404.html").write_text("other bytes")
        (target / "robots.txt").unlink(missing_ok=True)
        (target / "more.html").write_text("more")
        return problems

    made, found = prove(otherwise)

    assert made is None
    assert {"A084 404.html", "A084 more.html"} <= set(found)


@pytest.mark.parametrize("place", ["templates/_unused.html", "theme/locales/kk.po"])
def test_what_is_kept_back_is_looked_for_in_every_exported_byte(
    site: Any, prove: Any, place: str
) -> None:
    """No page shows this file, so no build would find it there."""
    site.person("p-gone", "Gulmira Placeholderova", protect="restricted").testimony("t-1")
    site.write(place, "{# #}<p>Gulmira Placeholderova</p>")

    made, found = prove()

    assert (made, found) == (None, [f"A083 {place}"])


def test_what_the_look_does_not_use_is_not_exported(site: Any, prove: Any) -> None:
    site.person("p-gone", "Gulmira Placeholderova", protect="restricted").testimony("t-1")
    for place in ("theme/old.json", "theme/js/own.css", "theme/notes.txt", "templates/a.md"):
        site.write(place, "Gulmira Placeholderova")

    made, found = prove()

    assert found == []
    assert [path for path in made.files if not path.startswith(("content/", "site."))] == []
