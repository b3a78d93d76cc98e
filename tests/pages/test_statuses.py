from __future__ import annotations

import dataclasses
from typing import Any

import pytest

from aigaq.archive.public import Claim
from aigaq.pages import statuses
from aigaq.pages.index import Index


@pytest.fixture(name="made")
def _made(date: Any) -> Any:
    """`made(("t-1", "held", "camp", "2017", "pl-here"), …)`: claims about one person."""

    def make(*claims: Any) -> list[Claim]:
        return [
            Claim(
                text=one[0],
                number=n,
                about="p-1",
                what=one[1],
                status=one[2],
                when=date(one[3]) if one[3] else None,
                where=one[4] if len(one) > 4 else "",
            )
            for n, one in enumerate(claims, 1)
        ]

    return make


@pytest.fixture(name="told")
def _told(date: Any) -> Any:
    return {"t-1": date("2020"), "t-2": date("2022"), "t-3": None}


@pytest.fixture(name="latest")
def _latest(made: Any, told: Any) -> Any:
    return lambda *claims: [statuses.status(c) for c in statuses.latest(made(*claims), told)]


@pytest.fixture(name="standing")
def _standing(made: Any, told: Any) -> Any:
    def standing(*claims: Any) -> Any:
        return statuses.standing(made(*claims), told, lambda p: p in {"", "pl-here"})

    return standing


# --- which is the latest ---


def test_what_happened_later_counts_though_it_was_told_before(latest: Any) -> None:
    free, held = ("t-1", "released", "released", "2019"), ("t-2", "detained", "camp", "2017")
    assert latest(held, free) == ["released"]


def test_where_what_happened_later_was_told_earlier_both_are_said(latest: Any) -> None:
    early, late = ("t-1", "held", "prison", "2019"), ("t-2", "detained", "camp", "2017")
    assert latest(late, early) == ["prison", "camp"]


def test_of_one_account_that_which_happened_last_counts(latest: Any) -> None:
    free, held = ("t-1", "released", "released", "2019"), ("t-1", "held", "camp", "2017")
    assert latest(free, held) == ["released"]


def test_of_one_account_without_dates_the_later_step_counts(latest: Any) -> None:
    assert latest(("t-1", "held", "prison", ""), ("t-1", "detained", "camp", "")) == ["prison"]


def test_of_one_step_in_one_account_what_has_a_date_counts(latest: Any) -> None:
    assert latest(("t-1", "held", "camp", "2017"), ("t-1", "held", "prison", "")) == ["camp"]


def test_where_dates_leave_it_open_the_later_telling_counts(latest: Any) -> None:
    assert latest(("t-1", "held", "camp", ""), ("t-2", "held", "prison", "")) == ["prison"]


def test_a_text_without_a_date_is_told_neither_before_nor_after_others(latest: Any) -> None:
    assert latest(("t-1", "held", "camp", ""), ("t-3", "held", "prison", "")) == [
        "prison",
        "camp",
    ]


def test_two_statuses_that_nothing_puts_in_order_are_both_said(latest: Any) -> None:
    assert latest(("t-1", "held", "camp", "2018"), ("t-1", "held", "prison", "2018")) == [
        "camp",
        "prison",
    ]


@pytest.mark.parametrize("until", ["../2021-04", "before 2021-04-09", "2021", "about 2021"])
def test_a_coarser_date_of_a_state_does_not_undo_an_exact_return(
    latest: Any, until: str
) -> None:
    back = ("t-1", "returned", "released", "2021-04-09")
    assert latest(back, ("t-2", "held", "house-arrest", until)) == ["released"]


def test_a_state_without_a_date_does_not_undo_an_exact_return(latest: Any) -> None:
    back = ("t-1", "returned", "released", "2019-04-09")
    assert latest(back, ("t-2", "held", "camp", "")) == ["released", "camp"]


def test_a_state_that_is_going_on_lasts_until_it_was_told(latest: Any) -> None:
    free, held = ("t-1", "released", "released", "2020"), ("t-2", "held", "prison", "2018/..")
    assert latest(free, held) == ["prison"]


def test_a_stretch_counts_by_its_end(latest: Any) -> None:
    long = ("t-1", "held", "prison", "2017/2021-03")
    assert latest(long, ("t-1", "moved-to", "camp", "2019")) == ["prison"]


def test_a_claim_without_a_status_tells_none(latest: Any) -> None:
    assert latest(("t-1", "held", "camp", "2017"), ("t-2", "tried", "", "2019")) == ["camp"]


def test_who_disappeared_is_missing(latest: Any) -> None:
    assert latest(("t-1", "disappeared", "", "2017")) == ["missing"]


def test_an_older_status_does_not_outlive_a_person(latest: Any) -> None:
    assert latest(("t-1", "held", "camp", "2017"), ("t-2", "died", "", "2019")) == ["died"]


def test_the_order_of_the_claims_decides_nothing(latest: Any) -> None:
    claims = (
        ("t-1", "detained", "police-custody", "2017"),
        ("t-1", "held", "camp", ""),
        ("t-2", "held", "prison", "2019"),
        ("t-2", "released", "released", "before 2019"),
    )
    assert latest(*claims) == latest(*reversed(claims)) == ["prison"]


# --- where somebody stands ---


def test_without_claims_there_is_no_status(standing: Any) -> None:
    assert standing() is None


def test_who_is_free_after_having_been_held_returned(standing: Any) -> None:
    found = standing(("t-1", "held", "prison", "2018"), ("t-1", "released", "released", "2019"))

    assert found.group == "returned"
    assert [claim.status for claim in found.before] == ["prison"]


def test_coming_out_of_the_state_counts_wherever_it_is_told(standing: Any) -> None:
    found = standing(
        ("t-1", "held", "prison", "2018", "pl-here"),
        ("t-1", "returned", "released", "2019", "pl-abroad"),
    )

    assert found.group == "returned"


def test_who_is_free_without_having_been_held_did_not_return(standing: Any) -> None:
    assert standing(("t-1", "released", "released", "2019")).group == "free"


def test_a_custody_elsewhere_makes_nobody_taken_or_returned(standing: Any) -> None:
    found = standing(
        ("t-1", "detained", "police-custody", "2021-02", "pl-abroad"),
        ("t-1", "released", "released", "2021-03", "pl-abroad"),
    )

    assert (found.group, found.latest[0].where) == ("elsewhere", "pl-abroad")


def test_a_custody_elsewhere_does_not_hide_what_was_before(standing: Any) -> None:
    found = standing(
        ("t-1", "held", "camp", "2018", "pl-here"),
        ("t-1", "detained", "police-custody", "2021", "pl-abroad"),
    )

    assert [claim.status for claim in found.latest] == ["camp"]


def test_of_two_statuses_one_of_which_is_held_somebody_is_taken(standing: Any) -> None:
    found = standing(("t-1", "returned", "released", "2019"), ("t-3", "held", "prison", ""))

    assert found.group == "taken"


@pytest.mark.parametrize(
    ("status", "group"),
    [("died-in-custody", "died"), ("unknown", "not-known"), ("prison", "taken")],
)
def test_a_status_has_its_group(standing: Any, status: str, group: str) -> None:
    assert standing(("t-1", "held", status, "2019")).group == group


def test_a_protected_person_has_no_status(archive: Any, changed: Any) -> None:
    hidden = changed(archive, people={"p-bb22": {"protect": "initials"}})
    assert statuses.of(Index(hidden), "p-bb22") is None


def test_without_a_state_in_the_settings_every_place_counts(archive: Any) -> None:
    site = dataclasses.replace(archive.site, wall_country="")
    found = statuses.of(Index(dataclasses.replace(archive, site=site)), "p-bb22")
    assert found is not None
    assert found.group == "taken"


def test_places_that_enclose_each_other_do_not_hang_it(archive: Any, changed: Any) -> None:
    round_about = changed(archive, places={"pl-region-b": {"within": "pl-county-x"}})
    found = statuses.of(Index(round_about), "p-bb22")
    assert found is not None
    assert found.group == "elsewhere"
