"""Free words are found in what is written and in what is published alike."""

from __future__ import annotations

from aigaq.archive import free_words
from aigaq.archive.public import Asked, Claim
from aigaq.words.localised import Localised


def test_words_of_a_claim_are_found_wherever_they_may_stand() -> None:
    claim = Claim(
        text="t-1",
        number=1,
        about="p-1",
        what="detained",
        said="in spring",
        chain=("a driver", "a neighbour"),
        with_whom="a guard",
        words=Localised.of({"en": "on the road"}),
    )

    wanted = {"in spring", "a driver", "a neighbour", "a guard", "on the road"}
    assert free_words.of([claim]) == wanted


def test_the_addressee_of_a_letter_is_one() -> None:
    assert free_words.of([Asked(text="t-1", how="letter", to=("the embassy",))]) == {
        "the embassy"
    }


def test_the_place_that_a_journey_leads_to_is_none() -> None:
    class Journey:
        to = "pl-1"

    assert free_words.of([Journey()]) == set()
