from __future__ import annotations

import dataclasses


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


def test_a_line_says_how_sure_it_is(archive, html_of):
    assert "It is held to be possible." in html_of(archive, "en/wall.html")


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
