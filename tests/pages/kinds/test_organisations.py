from __future__ import annotations


def test_organisations_stand_by_what_kind_of_body_they_are(archive, view_of):
    groups = view_of(archive, "en/organisations/index.html").groups
    assert [(group.type, len(group.organisations)) for group in groups] == [
        ("advocacy", 2),
        ("media outlet", 1),
        ("authority", 2),
        ("non-governmental organisation", 1),
    ]
