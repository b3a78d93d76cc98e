from __future__ import annotations

import pytest

from aigaq.archive.public import Claim
from aigaq.pages import statuses


@pytest.fixture(name="latest")
def _latest(date):
    def latest(*claims, told=None):
        days = {"t-1": date("2020"), "t-2": date("2022")} if told is None else told
        made = [
            Claim(
                text=text,
                number=n,
                about="p-1",
                what=what,
                status=status,
                when=when and date(when),
            )
            for n, (text, what, status, when) in enumerate(claims, 1)
        ]
        found = statuses.latest(made, days)
        return found.status if found else None

    return latest


def test_what_was_told_last_counts_though_it_happened_before(latest):
    early, late = ("t-1", "held", "prison", "2019"), ("t-2", "detained", "camp", "2017")
    assert latest(late, early) == "camp"


def test_of_one_text_that_which_happened_last_counts(latest):
    assert (
        latest(("t-1", "released", "released", "2019"), ("t-1", "held", "camp", "2017"))
        == "released"
    )


def test_an_undated_status_counts_as_earlier_than_a_dated_one(latest):
    assert latest(("t-1", "held", "camp", "2017"), ("t-1", "held", "prison", "")) == "camp"


def test_a_claim_without_a_status_tells_none(latest):
    assert latest(("t-1", "held", "camp", "2017"), ("t-2", "tried", "", "2019")) == "camp"


def test_an_older_status_does_not_outlive_a_person(latest):
    assert latest(("t-1", "held", "camp", "2017"), ("t-2", "died", "", "2019")) is None


def test_a_text_without_a_date_counts_as_told_first(latest, date):
    told = {"t-1": None, "t-2": date("2001")}
    claims = ("t-1", "held", "camp", "2019"), ("t-2", "held", "prison", "2000")
    assert latest(*claims, told=told) == "prison"


def test_without_claims_there_is_no_status(latest):
    assert latest() is None
