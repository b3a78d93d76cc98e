from __future__ import annotations

import pytest

from aigaq.mirror import mirror_list

ONION = f"http://{'a' * 56}.onion/"


def test_each_line_is_a_copy_with_its_country_and_since_when() -> None:
    text = f"# copies\n\nhttps://mirror.example.net/ KZ 2026-11\n{ONION} - 2026-11-23\n"

    mirrors, found = mirror_list.read(text.encode(), "MIRRORS")

    assert found == []
    assert mirrors == (
        mirror_list.Mirror("https://mirror.example.net/", "KZ", "2026-11"),
        mirror_list.Mirror(ONION, "-", "2026-11-23"),
    )


@pytest.mark.parametrize(
    "line",
    [
        *("https://mirror.example.net/", "https://mirror.example.net/ Kazakhstan 2026-11"),
        *(
            "javascript:alert(1) KZ 2026-11",
            "https://a.example/ KZ 2026",
            "a.example KZ 2026-11",
        ),
    ],
)
def test_any_other_line_is_told(line: str) -> None:
    mirrors, found = mirror_list.read(f"# copies\n{line}\n".encode(), "MIRRORS")

    assert (mirrors, [f"{p.code} {p.span}" for p in found]) == ((), ["A015 MIRRORS:2"])
