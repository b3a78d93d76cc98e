"""The face for Arabic script has every letter that its languages write."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

THEME = Path(__file__).parent.parent / "theme"
UYGHUR = "ئا ئە ب پ ت ج چ خ د ر ز ژ س ش غ ف ق ك گ ڭ ل م ن ھ ئو ئۇ ئۆ ئۈ ۋ ئې ئى ي"
TOTE = "ا ٵ ە ب ۆ گ ع د ج ز ي ك ق ل م ن ڭ و ٶ پ ر س ت ۋ ۇ ٷ ف ح چ ش ى ٴ"


def _ranges() -> list[range]:
    sheet = (THEME / "css" / "site.css").read_text("utf-8")
    rule = re.search(r"@font-face \{.*?unicode-range: ([^;]+);", sheet, re.DOTALL)
    parts = (part.strip()[2:].split("-") for part in rule[1].split(","))
    return [range(int(p[0], 16), int(p[-1], 16) + 1) for p in parts]


@pytest.mark.parametrize("letters", [UYGHUR, TOTE, "،؛؟ـ"])
def test_the_style_sheet_asks_the_face_for_the_letters(letters: str) -> None:
    ranges = _ranges()

    assert [c for c in letters if c != " " and not any(ord(c) in one for one in ranges)] == []


def test_it_is_light_enough_for_a_slow_network() -> None:
    assert (THEME / "fonts" / "naskh.woff2").stat().st_size <= 25_000
