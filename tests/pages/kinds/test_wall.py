from __future__ import annotations

import dataclasses
import re

from aigaq.archive.public import Subject


def names(view):
    return [stone.person.phrase.text for stone in view.stones]


def test_the_missing_stand_here_and_those_who_left_do_not(archive, view_of):
    assert names(view_of(archive, "en/wall.html")) == ["Placeholder Mother", "my aunt"]


def test_somebody_without_a_photograph_has_the_same_place(archive, html_of):
    html = html_of(archive, "en/wall.html")
    assert html.count('<li class="stone">') == 2
    assert html.count('<div class="face') == 2


def test_each_line_says_who_told_it_and_when(archive, html_of):
    html = html_of(archive, "en/wall.html")
    assert "as told by her daughter" not in html.partition("my aunt")[2]
    assert (
        'Placeholder Daughter</bdi></a> (<time datetime="2024-03-09">9 March 2024</time>)'
        in html
    )


def test_the_status_of_a_line_leads_to_its_paragraph(archive, html_of):
    html = html_of(archive, "en/wall.html")
    assert '<a href="testimonies/t-1111.html#p2"><bdi>in a camp</bdi></a>' in html


def test_a_sentence_is_told_as_on_the_page_of_the_person(archive, html_of):
    said = re.compile(r'<p class="sentence">.*?</p>')

    def sentences(path):
        return [re.sub(r'href="[^"]*"', "", p) for p in said.findall(html_of(archive, path))]

    assert sentences("en/wall.html") == sentences("en/people/p-bb22.html") != []


def test_who_is_only_told_to_be_sentenced_stands_here_too(archive, changed, view_of):
    text = archive.texts["t-1111"]
    claims = tuple(claim for claim in text.claims if claim.what == "sentenced")
    only = changed(archive, texts={"t-1111": {"claims": claims}, "t-3333": {"claims": ()}})
    assert "Placeholder Mother" in names(view_of(only, "en/wall.html"))


def test_who_was_detained_nobody_knows_where_stands_here_too(archive, changed, view_of):
    text = archive.texts["t-1111"]
    claims = (dataclasses.replace(text.claims[0], status="unknown"),)
    only = changed(archive, texts={"t-1111": {"claims": claims}, "t-3333": {"claims": ()}})
    assert "Placeholder Mother" in names(view_of(only, "en/wall.html"))


def test_a_line_says_how_sure_it_is(archive, html_of):
    assert "This is considered possible." in html_of(archive, "en/wall.html")


def test_who_came_back_is_named_apart(archive, view_of, html_of):
    [stone] = view_of(archive, "en/wall.html").returned
    assert stone.person.phrase.text == "Alem Placeholder"
    assert '<section id="returned">' in html_of(archive, "en/wall.html")


def test_under_another_state_there_is_nobody(archive, html_of):
    site = dataclasses.replace(archive.site, wall_country="pl-country-z")
    html = html_of(dataclasses.replace(archive, site=site), "en/wall.html")
    assert "There is nobody here." in html


def test_a_status_without_a_place_counts_as_within_the_state(archive, changed, view_of):
    text = archive.texts["t-1111"]
    claims = tuple(dataclasses.replace(claim, where="") for claim in text.claims)
    nowhere = changed(archive, texts={"t-1111": {"claims": claims}})
    assert names(view_of(nowhere, "en/wall.html")) == ["Placeholder Mother", "my aunt"]


def test_a_protected_person_never_stands_here(archive, changed, view_of):
    protected = changed(archive, people={"p-bb22": {"protect": "initials"}})
    assert names(view_of(protected, "en/wall.html")) == ["my aunt"]


def test_without_a_state_in_the_settings_a_place_does_not_matter(archive, view_of):
    site = dataclasses.replace(archive.site, wall_country="")
    view = view_of(dataclasses.replace(archive, site=site), "en/wall.html")
    assert view.country is None
    assert len(view.stones) == 2


def test_places_that_enclose_each_other_do_not_hang_the_wall(archive, changed, view_of):
    round_about = changed(archive, places={"pl-region-b": {"within": "pl-county-x"}})
    assert view_of(round_about, "en/wall.html").stones == ()


# --- people who are counted and not named ---


def with_sons(archive, changed, **claim):
    """The mother's grandchildren are told to be in a camp, by the daughter."""
    text = archive.texts["t-1111"]
    told = dataclasses.replace(text.claims[0], about="g-0007", number=99, **claim)
    return changed(archive, texts={"t-1111": {"claims": (*text.claims, told)}})


def test_a_group_says_what_the_teller_is_to_them(archive, changed, html_of):
    told = with_sons(archive, changed, by="p-bb22")
    tie = Subject(id="g-0007", of="p-bb22", relation="son")
    about = (*told.texts["t-1111"].about, tie)
    people = {"p-bb22": {"sex": "female"}}
    html = html_of(
        changed(told, texts={"t-1111": {"about": about}}, people=people), "en/wall.html"
    )
    stone = html[html.index("people/p-bb22.html#g-0007") :]
    assert "their <bdi>mother</bdi> <a" in stone


def test_people_who_are_counted_stand_after_those_who_are_named(archive, changed, view_of):
    view = view_of(with_sons(archive, changed), "en/wall.html")
    assert names(view) == ["Placeholder Mother", "my aunt", "grandchildren"]
    stone = view.stones[-1]
    assert (stone.count.number, stone.of.phrase.text) == ("4", "Placeholder Mother")


def test_a_group_has_the_same_place_with_its_number_and_its_status(archive, changed, html_of):
    html = html_of(with_sons(archive, changed), "en/wall.html")
    assert html.count('<li class="stone">') == html.count('<div class="face') == 3
    stone = html[html.index("people/p-bb22.html#g-0007") :]
    assert ">4 people<" in stone
    assert 'On the page of <a href="people/p-bb22.html">' in stone
    assert "in a camp" in stone
    assert "as told by <a" in stone


def test_a_group_of_whom_nobody_said_how_many_has_no_number(archive, changed, html_of):
    groups = {"g-0007": {"count": None}}
    html = html_of(changed(with_sons(archive, changed), groups=groups), "en/wall.html")
    stone = html[html.index("people/p-bb22.html#g-0007") :]
    assert "people</p>" not in stone


def test_a_sum_of_people_whom_nobody_is_named_for_has_no_stone(archive, changed, view_of):
    groups = {"g-0007": {"of": ""}}
    home = changed(with_sons(archive, changed), groups=groups)
    assert names(view_of(home, "en/wall.html")) == ["Placeholder Mother", "my aunt"]


def test_a_group_held_elsewhere_is_not_on_the_wall(archive, changed, view_of):
    elsewhere = with_sons(archive, changed, where="pl-city-m")
    assert names(view_of(elsewhere, "en/wall.html")) == ["Placeholder Mother", "my aunt"]


def test_a_group_that_came_back_is_among_those_who_did(archive, changed, view_of):
    text = with_sons(archive, changed).texts["t-1111"]
    back = dataclasses.replace(
        text.claims[-1], number=100, what="released", status="released", when=None
    )
    home = changed(archive, texts={"t-1111": {"claims": (*text.claims, back)}})
    view = view_of(home, "en/wall.html")
    assert [s.person.phrase.text for s in view.returned] == [
        "Alem Placeholder",
        "grandchildren",
    ]
