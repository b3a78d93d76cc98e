from __future__ import annotations


def test_what_editors_wrote_stands_first(archive, html_of):
    html = html_of(archive, "en/coverage.html")
    assert html.index("Many are not here.") < html.index("What is documented here")


def test_texts_are_counted_by_kind_language_and_year(archive, view_of):
    view = view_of(archive, "en/coverage.html")
    assert [(p.text, n) for p, n in view.kinds] == [
        ("interview", 1),
        ("news", 1),
        ("testimony", 1),
    ]
    assert [(p.text, n) for p, n in view.languages] == [
        ("English", 1),
        ("Қазақша", 1),
        ("ئۇيغۇرچە", 1),
    ]
    assert [(p.text, n) for p, n in view.years] == [("2018", 1), ("2023", 1), ("2024", 1)]


def test_people_are_counted_in_each_of_their_roles(archive, view_of):
    roles = {phrase.text: count for phrase, count in view_of(archive, "en/coverage.html").roles}
    assert roles == {"missing": 2, "narrator": 2, "relative": 1, "survivor": 1}


def test_it_says_of_how_many_people_one_voice_alone_tells(archive, view_of):
    view = view_of(archive, "en/coverage.html")
    assert (view.one_voice, view.more_voices) == (2, 1)  # the mother has two
