"""The sites that are measured: the demonstration, and synthetic archives of any size."""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from aigaq import pipeline
from aigaq.pages import slim
from aigaq.pages.slim_page import Fed
from bench import corpus

ROOT = Path(__file__).resolve().parents[2]
DEMONSTRATION = 0  # instead of a number of testimonies


@dataclass(frozen=True)
class Site:
    """A site's folder; what is made of it is made once, below `work`."""

    work: Path
    testimonies: int

    @property
    def name(self) -> str:
        return f"{self.testimonies} testimonies" if self.testimonies else "demonstration"

    @cached_property
    def root(self) -> Path:
        """The folder with `site.yaml`; one from an earlier run is used again."""
        if self.testimonies == DEMONSTRATION:
            return ROOT
        root = self.work / str(self.testimonies)
        if not (root / "site.yaml").is_file():
            corpus.write(root, self.testimonies)
        return root

    @cached_property
    def public(self) -> Path:
        """All pages, rendered, without a search index."""
        public = self.work / f"public-{self.testimonies}"
        report = pipeline.build(self.root, public, options=_OPTIONS, step=_silence)
        if report.status:
            raise SystemExit("\n".join(map(str, report.problems)))
        return public

    @cached_property
    def slim(self) -> dict[str, tuple[Fed, ...]]:
        """What our engines are fed, by language."""
        prepared, problems, _ = pipeline.prepare(self.root, options=_OPTIONS, step=_silence)
        if prepared is None:
            raise SystemExit("\n".join(map(str, problems)))
        return slim.pages(prepared.index, prepared.press.texts)


_OPTIONS = pipeline.Options(search=False, jobs=os.cpu_count())


def _silence(_: str) -> None:
    pass
