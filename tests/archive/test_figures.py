from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from aigaq.archive import figures
from aigaq.archive.public import Count, Group
from aigaq.words.localised import Localised

if TYPE_CHECKING:
    from aigaq.archive.figures import Figure


def found(sources: Any, *claims: dict[str, Any]) -> tuple[Figure, ...]:
    sources.person("p-1").text("t-1", claims=[{"about": "p-1"} | c for c in claims])
    return figures.of(sources.publish().texts["t-1"].claims)


def sentenced(years: str, *parts: str, **more: Any) -> dict[str, Any]:
    told = [{"status": "prison", "years": part} for part in parts]
    return {"what": "sentenced", "years": years, "parts": told or None, **more}


def detained(**more: Any) -> dict[str, Any]:
    return {"what": "detained", "status": "prison", **more}


def returned(when: str) -> dict[str, Any]:
    return {"what": "returned", "status": "released", "when": when}


def test_parts_that_make_another_number_are_flagged_with_it(sources: Any) -> None:
    [figure] = found(sources, sentenced("12", "5", "6"))
    assert (figure.kind, figure.sum) == ("parts", "11")


@pytest.mark.parametrize(
    "parts", [("5", "7"), ("4.5", "7.5"), ("5", "unknown"), ()], ids="/".join
)
def test_parts_that_add_up_or_are_not_all_told_are_not(
    sources: Any, parts: tuple[str, ...]
) -> None:
    assert found(sources, sentenced("12", *parts)) == ()


def test_years_and_dates_that_do_not_fit_are_flagged(sources: Any) -> None:
    """Thirteen years from 2004 end in 2017."""
    told = found(sources, detained(when="2004"), sentenced("13"), returned("2018"))
    [figure] = told
    assert figure.kind == "years"
    assert [claim.what for claim in figure.claims] == ["detained", "sentenced", "returned"]


def test_who_came_free_in_time_or_early_is_not_flagged(sources: Any) -> None:
    assert found(sources, detained(when="2004"), sentenced("13"), returned("2017")) == ()


def test_custody_after_a_sentence_explains_the_years(sources: Any) -> None:
    camp = {"what": "moved-to", "status": "camp", "when": "2017"}
    claims = detained(when="2004"), sentenced("13"), camp, returned("2019")
    assert found(sources, *claims) == ()


@pytest.mark.parametrize(
    ("lasted", "fits"), [("15 months", True), ("3 months", False), ("5 years", False)]
)
def test_a_length_is_held_against_the_dates(sources: Any, lasted: str, fits: bool) -> None:
    told = found(sources, detained(when="2017-05/2018-08", lasted=lasted))
    assert [figure.kind for figure in told] == ([] if fits else ["lasted"])


def test_a_length_is_held_against_arrest_and_release(sources: Any) -> None:
    told = found(sources, detained(when="2017-05-10", lasted="2 years"), returned("2017-06"))
    assert [figure.kind for figure in told] == ["lasted"]


def test_dates_that_are_about_or_open_are_not_counted_with(sources: Any) -> None:
    claims = detained(when="2004~"), sentenced("13"), returned("after 2018")
    assert found(sources, *claims) == ()


def test_figures_of_two_accounts_are_not_added(sources: Any) -> None:
    sources.text("t-2", claims=[{"about": "p-1"} | returned("2018")])
    assert found(sources, detained(when="2004"), sentenced("13")) == ()


def group(record: str, low: int, high: int, label: str = "sons") -> Group:
    return Group(id=record, label=Localised.of({"en": label}), count=Count(low=low, high=high))


def test_two_numbers_of_the_same_people_are_flagged() -> None:
    pairs = figures.counted((group("g-1", 3, 3), group("g-2", 4, 5), group("g-3", 3, 4)))
    assert [(one.id, other.id) for one, other in pairs] == [("g-1", "g-2")]


def test_numbers_of_other_people_are_not() -> None:
    assert figures.counted((group("g-1", 3, 3), group("g-2", 14, 14, "grandsons"))) == ()
