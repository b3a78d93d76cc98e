from __future__ import annotations

from typing import Any

from aigaq.archive.public import Claim, FamilyTie, Subject
from aigaq.pages import kinship


def told(archive: Any, person: str) -> list[tuple[str, str, bool]]:
    return [(t.other, t.relation, t.derived) for t in kinship.ties(archive).get(person, ())]


def test_a_tie_that_a_text_tells_stands_with_the_kin_term_and_the_text(archive: Any) -> None:
    [tie] = kinship.ties(archive)["p-aa11"]

    assert (tie.other, tie.relation) == ("p-bb22", "mother")
    assert [(one.words.get("kk"), one.text) for one in tie.told] == [("анам", "t-1111")]


def test_the_other_side_is_derived(archive: Any) -> None:
    assert ("p-aa11", "daughter", True) in told(archive, "p-bb22")


def test_a_tie_of_a_persons_own_file_is_seen_from_the_other_side(archive: Any) -> None:
    assert told(archive, "p-cc33") == [("p-bb22", "sister", True)]


def test_nothing_is_derived_against_what_was_told(archive: Any, changed: Any) -> None:
    # The text says that bb22 is the mother of aa11; her own file calls aa11 her niece.
    both = changed(
        archive, people={"p-bb22": {"family": (FamilyTie(person="p-aa11", relation="niece"),)}}
    )

    assert told(both, "p-bb22") == [("p-aa11", "niece", False)]


def test_two_tellings_of_one_tie_are_one_tie_with_two_sources(
    archive: Any, changed: Any
) -> None:
    again = (Subject(id="p-bb22", of="p-aa11", relation="mother"),)
    both = changed(archive, texts={"t-3333": {"about": again}})

    [tie] = kinship.ties(both)["p-aa11"]

    assert [one.text for one in tie.told] == ["t-1111", "t-3333"]


def test_accounts_that_differ_stand_side_by_side(archive: Any, changed: Any) -> None:
    other = (Subject(id="p-bb22", of="p-aa11", relation="aunt"),)
    both = changed(archive, texts={"t-3333": {"about": other}})

    assert [relation for _, relation, _ in told(both, "p-aa11")] == ["mother", "aunt"]


def test_a_claim_of_kinship_is_a_tie(archive: Any, changed: Any) -> None:
    claim = Claim(
        text="t-3333",
        number=1,
        about="p-ee55",
        what="family-member",
        other="p-cc33",
        relation="aunt",
    )
    more = changed(archive, texts={"t-3333": {"claims": (claim,)}})

    assert told(more, "p-ee55") == [("p-cc33", "aunt", False)]


def test_a_relation_without_another_side_is_told_from_one_side_only(
    archive: Any, changed: Any
) -> None:
    subject = (Subject(id="p-ee55", of="p-aa11", relation="advocate"),)
    more = changed(archive, texts={"t-3333": {"about": subject}})

    assert told(more, "p-ee55") == []
