from __future__ import annotations

import pytest

GROUP = "en/people/g-0007.html"


@pytest.fixture(name="alone")
def _alone(archive, changed):
    """The archive with its group belonging to nobody."""
    return changed(archive, groups={"g-0007": {"of": ""}})


def test_a_group_of_nobody_has_a_page_with_its_number_and_what_is_said(alone, view_of):
    view = view_of(alone, GROUP)
    assert (view.title.text, view.group.count.number) == ("grandchildren", "4")
    assert [claim.id for claim in view.group.claims] == ["claim-t-2222-3"]


def test_a_group_of_a_person_has_no_page_of_its_own(archive, pages_of):
    assert GROUP not in pages_of(archive)


@pytest.mark.parametrize("protect", ["pseudonym", "initials"])
def test_a_group_of_a_protected_person_is_reachable_and_does_not_say_whose(
    archive, changed, html_of, protect
):
    hidden = changed(archive, people={"p-bb22": {"protect": protect}})
    html = html_of(hidden, GROUP)
    assert "<h1><bdi>grandchildren</bdi></h1>" in html
    assert "p-bb22" not in html


def test_every_text_that_names_a_group_leads_to_its_page(alone, html_of):
    assert '<a href="../people/g-0007.html">' in html_of(alone, "en/testimonies/t-1111.html")


def test_its_page_names_the_texts(alone, html_of):
    assert '<a href="../testimonies/t-1111.html">' in html_of(alone, GROUP)
