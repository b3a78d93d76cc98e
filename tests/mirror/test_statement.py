from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aigaq.mirror import statement

DAY = datetime.date(2026, 11, 23)
RELEASE = statement.Release(
    site="https://archive.example.org/",
    seq=12,
    date=DAY,
    commit="a" * 40,
    engine="aigaq 0.1.0, pagefind 1.5.2",
    files=20610,
    previous="b" * 64,
    next_by=DAY + statement.VALID,
    manifest="c" * 64,
    ledger="d" * 64,
)
TEXT = str(RELEASE)


def test_what_is_written_is_read_again() -> None:
    assert statement.read(TEXT.encode()) == (RELEASE, [])


def test_it_stays_below_the_kilobyte_that_is_promised() -> None:
    assert len(TEXT) + 2 * 306 < 1200  # with two signatures of 306 bytes
    assert len(TEXT) < 600


@pytest.mark.parametrize(
    ("before", "after"),
    [
        *(("seq: 12", "seq: 012"), ("seq: 12", "seq: -1"), ("seq: 12", "seq: 0")),
        *(("seq: 12\n", ""), ("seq: 12\n", "seq: 12\nseq: 13\n"), ("seq: 12", "seq:12")),
        *(("2026-11-23", "2026-11-31"), ("2026-11-23", "23.11.2026"), ("\n", "\r\n")),
        *(("a" * 40, "a" * 39), ("b" * 64, "B" * 64), ("  LEDGER", " *LEDGER")),
        *(("site: https", "site: javascript"), ("aigaq", "a\x1b[2Jq"), ("aigaq", "айғақ")),
    ],
)
def test_it_is_written_in_one_way_only(before: str, after: str) -> None:
    made, found = statement.read(TEXT.replace(before, after).encode())

    assert (made, [problem.code for problem in found]) == (None, ["A002"])


@given(st.binary(max_size=300), st.integers(0, len(TEXT)))
def test_no_other_bytes_say_the_same(rest: bytes, place: int) -> None:
    altered = TEXT.encode()[:place] + rest

    made, _ = statement.read(altered)

    assert made is None or str(made).encode() == altered
