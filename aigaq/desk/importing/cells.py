"""What stands in a cell of a table: no words are a formula, and all come back as they were.

Law: `meant(shown(text))` is `text`. A spreadsheet takes a cell for a formula by its first sign
(OWASP, "CSV Injection"), so such words begin with an apostrophe, as one would type it there.
"""

from __future__ import annotations

import re

# A sign that begins a formula, also in its wide form, behind any apostrophes.
_LIKE_A_FORMULA = re.compile(r"'*[=+\-@\t\r\n＝＋－＠]")
LONGEST = 30_000  # characters; Excel cuts a cell after 32,767 of them


def shown(text: str) -> str:
    """The words as they are put into a cell."""
    return f"'{text}" if _LIKE_A_FORMULA.match(text) else text


def meant(cell: str) -> str:
    """The words of a cell, with plain line ends."""
    text = cell.replace("\r\n", "\n").replace("\r", "\n")
    return text[1:] if text.startswith("'") and _LIKE_A_FORMULA.match(text) else text


def pieces(text: str) -> list[str]:
    """A text as cells that no spreadsheet cuts, to be joined as they are."""
    return [text[at : at + LONGEST] for at in range(0, len(text), LONGEST)] or [""]


def lines(text: str) -> list[str]:
    """Several values of one cell: each in a line of its own."""
    return [line.strip() for line in text.split("\n") if line.strip()]
