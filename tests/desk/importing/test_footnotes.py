"""Footnotes of a text that is divided, each in the part that calls it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from aigaq.desk.importing import footnotes

if TYPE_CHECKING:
    from collections.abc import Sequence


@pytest.mark.parametrize(
    ("parts", "told"),
    [
        ((["A[^1]"], ["B", "[^1]: a"]), (["A[^1]", "[^1]: a"], ["B"])),
        (
            (["A[^1]"], ["B[^2]", "[^1]: a\n[^2]: b"]),
            (["A[^1]", "[^1]: a"], ["B[^2]", "[^2]: b"]),
        ),
        ((["A[^1]"], ["B[^1]", "[^1]: a"]), (["A[^1]", "[^1]: a"], ["B[^1]", "[^1]: a"])),
        ((["A"], ["B", "[^1]: a"]), (["A"], ["B", "[^1]: a"])),
        (
            (["A[^1]"], ["B", "[^1]: a\ngoes on", "    further", "C"]),
            (["A[^1]", "[^1]: a\ngoes on", "    further"], ["B", "C"]),
        ),
        ((["A"], ["B", "    code"]), (["A"], ["B", "    code"])),
    ],
)
def test_a_footnote_goes_where_it_is_called(
    parts: Sequence[list[str]], told: Sequence[list[str]]
) -> None:
    assert footnotes.where_called(parts) == [*told]
