from __future__ import annotations

from typing import Any

import pytest

from aigaq.archive import chronology
from aigaq.archive.public import Claim
from aigaq.words import edtf
from aigaq.words.edtf import EdtfDate


def date(text: str) -> EdtfDate:
    found = edtf.parse(text)
    assert isinstance(found, EdtfDate)
    return found


def claim(number: int, what: str, when: str, **more: Any) -> Claim:
    return Claim(text="t-1", number=number, about="p-1", what=what, when=date(when), **more)


DETAINED = claim(1, "detained", "2018", status="camp")


@pytest.mark.parametrize(
    ("kind", "first", "second"),
    [
        ("release", DETAINED, claim(2, "released", "2016", status="released")),
        ("birth", claim(2, "born", "2019"), DETAINED),
        ("death", DETAINED, claim(2, "died", "2010")),
    ],
)
def test_what_must_come_first_stands_first(kind: str, first: Claim, second: Claim) -> None:
    [found] = chronology.impossible([second, first])
    assert (found.kind, found.first, found.second) == (kind, first, second)


def test_dates_that_may_fit_are_no_impossible_order() -> None:
    assert chronology.impossible([DETAINED, claim(2, "released", "2018~")]) == ()


def test_each_claim_comes_too_early_once() -> None:
    births = [claim(n, "born", "2019") for n in (2, 3)]
    assert len(chronology.impossible([DETAINED, *births])) == 1


@pytest.mark.parametrize(
    ("told", "is_early"), [("2017", True), ("2018", False), ("2017~", False), (None, False)]
)
def test_nobody_tells_of_what_is_still_to_come(told: str | None, is_early: bool) -> None:
    assert chronology.is_told_too_early(DETAINED, date(told) if told else None) is is_early
