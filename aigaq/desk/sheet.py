"""A sheet of paper for an interview: what to ask, room to write, and the papers of consent."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aigaq.desk import papers

if TYPE_CHECKING:
    from aigaq.words.tongue import Tongue


def page(tongue: Tongue) -> str:
    """An HTML file without a script, to be printed on A4 in the language of `tongue`."""
    return papers.rendered("sheet.html", tongue, style=papers.inline("sheet.css"))
