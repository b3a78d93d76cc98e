"""A site of two languages with a text to be translated."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any

import pytest

from aigaq import pipeline
from aigaq.desk.translating import catalogues, exchange, returned

TODAY = datetime.date(2026, 11, 23)
BODY = """::: scene
She is in a room.
:::

NARRATOR: They took her in August.

NARRATOR: Yes.

NARRATOR: Yes.

NARRATOR: Nobody answered.[^1]

[^1]: By letter.
"""


class Desk:
    """Exports and imports as the commands do, into a folder of catalogues."""

    def __init__(self, site: Any, folder: Path) -> None:
        self.site, self.folder = site, folder

    def archive(self) -> Any:
        options = pipeline.Options(drafts=True, jobs=1)
        read = pipeline.linked(self.site.root, options=options, step=str)
        assert not [problem for problem in read.problems if problem.is_error]
        return read.archive

    def export(self, *names: str, lang: str = "kk", drafts: bool = False) -> list[Any]:
        files, problems = exchange.exported(
            self.archive(), lang, names, self.folder, today=TODAY, drafts=drafts
        )
        if not problems:
            exchange.write(files)
        return problems

    def bring(self, *names: str, by: str = "", machine: bool = False) -> list[Any]:
        """Imports what came back; what is wrong with it."""
        paths = [self.folder / f"{name}.po" for name in names or ("t-1.kk",)]
        how = returned.How(by=by, machine=machine)
        files, problems = exchange.imported(
            self.site.root, self.archive(), paths, how, today=TODAY
        )
        if not problems:
            exchange.write(files)
        return problems

    def po(self, name: str = "t-1.kk") -> str:
        return (self.folder / f"{name}.po").read_text()

    def said(self, name: str = "t-1.kk") -> dict[Any, Any]:
        """What is translated, by context and words."""
        return dict(catalogues.read(self.po(name))[2])

    def translate(self, words: dict[str, str], name: str = "t-1.kk") -> None:
        """As a program for translators would: words of the original → of the other language."""
        rows = self.po(name).split("\n\n")
        for number, row in enumerate(rows):
            for old, new in words.items():
                if f'msgid "{old}"\n' in f"{row}\n" and row.rstrip().endswith('msgstr ""'):
                    rows[number] = row.rstrip().removesuffix('""') + f'"{new}"'
        (self.folder / f"{name}.po").write_text("\n\n".join(rows))

    def file(self, path: str = "t-1.kk.md") -> str:
        return (self.site.root / "content/testimonies" / path).read_text()


@pytest.fixture
def desk(site: Any, tmp_path: Path) -> Desk:
    site.config(languages=["en", "kk", "ru"]).person("p-1").testimony(
        "t-1",
        title="A title",
        told_by=[{"person": "p-1", "label": "NARRATOR"}],
        claims=[
            {
                "about": "p-1",
                "what": "detained",
                "status": "camp",
                "said": "in August",
                "at": "p2",
            }
        ],
        body=BODY,
    )
    return Desk(site, tmp_path / "po")
