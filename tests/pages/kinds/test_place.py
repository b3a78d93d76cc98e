from __future__ import annotations

import dataclasses


def test_a_place_has_its_names_in_every_language_and_the_former_ones_last(archive, view_of):
    view = view_of(archive, "en/places/pl-county-x.html")
    assert [one.name.text for one in view.names] == ["County X", "Икс ауданы", "某县", "Old X"]
    assert view.names[-1].until.words == "2019"


def test_a_place_says_where_it_lies_from_near_to_far(archive, view_of):
    view = view_of(archive, "en/places/pl-camp-1.html")
    assert [link.phrase.text for link in view.around] == ["County X", "Region B", "Country A"]


def test_a_circle_of_places_ends_where_it_closes(archive, changed, view_of):
    circle = changed(archive, places={"pl-country-a": {"within": "pl-county-x"}})
    view = view_of(circle, "en/places/pl-county-x.html")
    assert [link.phrase.text for link in view.around] == ["Region B", "Country A"]


def test_what_is_reported_to_have_happened_there_stands_by_date(archive, view_of):
    events = view_of(archive, "en/places/pl-camp-1.html").timeline.events
    assert [event.entry.id for event in events] == ["claim-t-1111-1", "claim-t-2222-1"]


def test_people_and_texts_of_a_place_are_named(archive, html_of):
    html = html_of(archive, "en/places/pl-county-x.html")
    assert '<a href="../people/p-bb22.html"><bdi>Placeholder Mother</bdi></a>' in html
    assert '<a href="../testimonies/t-3333.html">' in html


def test_coordinates_stand_with_how_exact_they_are(archive, html_of):
    html = html_of(archive, "en/places/pl-county-x.html")
    assert (
        "Coordinates: <bdi>44</bdi>, <bdi>81.3</bdi> · as exact as: <bdi>county</bdi>" in html
    )


def test_an_event_leads_to_its_paragraph_in_one_step(archive, html_of):
    html = html_of(archive, "en/places/pl-camp-1.html")
    assert '<a href="../testimonies/t-1111.html#p2">' in html


def test_what_was_asked_for_nobody_has_no_empty_row(archive, changed, html_of):
    asked = dataclasses.replace(archive.texts["t-1111"].asked[0], about=())
    html = html_of(
        changed(archive, texts={"t-1111": {"asked": (asked,)}}),
        "en/organisations/org-embassy.html",
    )
    assert "<dt>Asked of</dt>" in html
    assert "<dt>About</dt><dd></dd>" not in html
