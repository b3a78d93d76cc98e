"""Which carrier fetches from a place that a person wrote."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from aigaq.mirror import carriage
from aigaq.output import refusal

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("place", "kind"),
    [
        ("https://mirror.example.net/archive/", "Web"),
        ("HTTP://mirror.example.net", "Web"),
        ("http://abcdefghijklmnop.onion/", "Web"),
        ("rsync://mirror.example.net/archive", "Rsync"),
        ("mirror.example.net::archive/site", "Rsync"),
        ("https://mirror.example.net/archive/source.git/", "Git"),
        ("https://mirror.example.net/archive/source.git", "Git"),
        ("git://mirror.example.net/archive", "Git"),
        ("git+https://mirror.example.net/archive", "Git"),
        ("/mnt/stick/site", "Disk"),
        ("site", "Disk"),
        ("C:site", "Disk"),
    ],
)
def test_a_place_is_known_by_its_look(
    place: str, kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "C:site").mkdir()

    carrier = carriage.of(place)
    carrier.close()

    assert type(carrier).__name__ == kind


@pytest.mark.parametrize(
    "place",
    ["", "ftp://example.org/", "ipfs://bafy/", "file:///etc", "who@example.org:site", "a:b"],
)
def test_what_nobody_can_carry_is_refused_with_what_can_be_named(place: str) -> None:
    with pytest.raises(refusal.Refused, match=r"A072(.|\n)*rsync://host/module"):
        carriage.of(place)


def test_what_a_terminal_would_obey_is_not_repeated() -> None:
    with pytest.raises(refusal.Refused) as refused:
        carriage.of(f"ftp://\x1b[2J{os.sep}")

    assert "\x1b" not in str(refused.value)
