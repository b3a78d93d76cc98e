from __future__ import annotations

from typing import Any

import pytest

from aigaq.archive.public import Claim, Count, FamilyTie, Subject
from aigaq.words import vocabularies

DAUGHTER, MOTHER = "en/people/p-aa11.html", "en/people/p-bb22.html"


def rows(view: Any) -> dict[str, list[tuple[str, str]]]:
    return {
        row.key: [(one.relation, one.who.path) for one in row.relatives]
        for row in view.family.generations
    }


def test_a_relative_has_the_kin_term_as_told(archive: Any, view_of: Any) -> None:
    [row] = view_of(archive, DAUGHTER).family.generations
    [mother] = row.relatives

    assert (row.key, mother.relation, mother.who.path) == ("parents", "mother", MOTHER)
    assert [(words.text, words.lang) for words in mother.as_told] == [("анам", "kk")]


def test_the_other_side_of_a_tie_is_on_the_other_page(archive: Any, view_of: Any) -> None:
    assert rows(view_of(archive, MOTHER))["children"] == [("daughter", DAUGHTER)]


def test_generations_stand_from_the_oldest_to_the_youngest(
    archive: Any, view_of: Any, changed: Any
) -> None:
    told = ("friend", "grandchild", "son", "wife", "uncle", "grandmother")
    family = tuple(FamilyTie(person="p-ee55", relation=relation) for relation in told)
    more = changed(archive, people={"p-cc33": {"family": family}})

    keys = list(rows(view_of(more, "en/people/p-cc33.html")))

    assert keys == ["grandparents", "parents", "own", "children", "grandchildren", "others"]


def test_every_relation_has_one_row() -> None:
    kin = [relation for row in vocabularies.GENERATIONS.values() for relation in row]

    assert sorted((*kin, *vocabularies.NO_KIN)) == sorted(vocabularies.RELATIONS)


def test_a_tie_leads_to_the_paragraph_that_tells_it(
    archive: Any, view_of: Any, changed: Any
) -> None:
    claim = Claim(
        text="t-1111",
        number=1,
        about="p-aa11",
        what="family-member",
        other="p-ee55",
        relation="cousin",
        at="p2",
    )
    more = changed(archive, texts={"t-1111": {"claims": (claim,)}})

    [cousin] = view_of(more, DAUGHTER).family.generations[1].relatives

    assert [(link.path, link.anchor) for link in cousin.told_in] == [
        ("en/testimonies/t-1111.html", "p2")
    ]


def test_a_paragraph_that_the_version_lacks_is_no_address(
    archive: Any, view_of: Any, changed: Any
) -> None:
    claim = Claim(
        text="t-1111",
        number=1,
        about="p-aa11",
        what="family-member",
        other="p-ee55",
        relation="cousin",
        at="p99",
    )
    more = changed(archive, texts={"t-1111": {"claims": (claim,)}})

    [cousin] = view_of(more, DAUGHTER).family.generations[1].relatives

    assert cousin.told_in[0].anchor == ""


def test_a_group_is_a_counted_shape_of_its_generation(
    archive: Any, view_of: Any, changed: Any
) -> None:
    about = (Subject(id="g-0007", of="p-bb22", relation="grandchild"),)
    more = changed(archive, texts={"t-1111": {"about": about}})

    group = view_of(more, MOTHER).family.generations[-1].relatives[0]

    assert (group.shape.dots, group.shape.count.number) == (4, "4")
    assert group.who.anchor == "g-0007"


def test_a_group_without_a_relation_is_counted_apart(archive: Any, view_of: Any) -> None:
    assert rows(view_of(archive, MOTHER))["counted"] == [("", MOTHER)]


def test_dots_end_where_nobody_counts_them_and_the_number_stays(
    archive: Any, view_of: Any, html_of: Any, changed: Any
) -> None:
    crowd = changed(archive, groups={"g-0007": {"count": Count(low=300, high=300)}})

    [group] = view_of(crowd, MOTHER).family.generations[-1].relatives

    assert (group.shape.dots, group.shape.more) == (20, True)
    assert "300 people" in html_of(crowd, MOTHER)


@pytest.mark.parametrize(("number", "said"), [(1, "1 relative is"), (3, "3 relatives are")])
def test_protected_relatives_are_a_number_and_nothing_else(
    archive: Any, html_of: Any, changed: Any, number: int, said: str
) -> None:
    more = changed(archive, people={"p-bb22": {"unnamed_relatives": number}})

    page = html_of(more, MOTHER)

    assert f"{said} protected" in page
    assert f'<span class="dots" aria-hidden="true">{"●" * number}</span>' in page


def test_the_page_of_somebody_protected_has_no_family(archive: Any, html_of: Any) -> None:
    assert 'class="family"' not in html_of(archive, "en/people/p-dd44.html")


def test_whoever_has_nobody_has_no_family(archive: Any, view_of: Any) -> None:
    assert view_of(archive, "en/people/p-ee55.html").family is None
