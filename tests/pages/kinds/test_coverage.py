from __future__ import annotations

import dataclasses


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


def test_those_of_whom_one_voice_tells_are_listed(archive, view_of):
    found = view_of(archive, "en/coverage.html").one_voice_list
    assert [link.phrase.text for link in found] == ["Alem Placeholder", "my aunt"]


def test_people_are_counted_by_sex_home_and_the_year_of_the_first_taking(archive, view_of):
    view = view_of(archive, "en/coverage.html")
    assert [(p.text, n) for p, n in view.sexes] == [("female", 3), ("male", 1)]
    assert [(link.phrase.text, n) for link, n in view.areas] == [
        ("County X", 2),
        ("", 1),
        ("City M", 1),
    ]
    assert ("2017", 2) in [(p.text, n) for p, n in view.taken]


def test_the_protected_are_in_no_figure_of_the_people(archive, view_of):
    assert sum(count for _, count in view_of(archive, "en/coverage.html").sexes) == 4


def test_a_home_below_a_county_counts_for_the_county(archive, build_archive, view_of):
    people = {
        i: dataclasses.replace(p, place="pl-camp-1") if p.place == "pl-county-x" else p
        for i, p in archive.people.items()
    }
    areas = view_of(build_archive(people=people), "en/coverage.html").areas
    assert ("en/places/pl-county-x.html", 2) in [(link.path, n) for link, n in areas]


def test_homes_are_those_that_texts_tell_where_no_file_does(archive, changed, view_of):
    text = archive.texts["t-1111"]
    told = [
        dataclasses.replace(
            text.claims[0], number=90 + n, what=what, where=where, about="p-aa11"
        )
        for n, (what, where) in enumerate([("lived-in", "pl-city-m"), ("born", "pl-camp-1")])
    ]
    homes = changed(
        archive,
        people={i: {"place": ""} for i in archive.people},
        texts={"t-1111": {"claims": (*text.claims, *told)}},
    )
    areas = {link.path: n for link, n in view_of(homes, "en/coverage.html").areas}
    assert areas["en/places/pl-city-m.html"] == 1
    assert areas["en/places/pl-county-x.html"] == 1


def test_of_whom_nothing_was_told_for_the_longest_time_stands_first(archive, view_of):
    oldest = view_of(archive, "en/coverage.html").oldest
    days = [one.told.machine for one in oldest]
    assert days == sorted(days)
    assert "en/people/p-bb22.html" in [one.person.path for one in oldest]


def test_people_without_a_name_or_a_date_are_told_of(archive, view_of, html_of):
    assert view_of(archive, "en/coverage.html").described == 1
    html = html_of(archive, "en/coverage.html")
    assert "person is known here by a description only." in html


def test_a_text_told_again_by_the_archive_is_no_original(archive, changed, view_of, html_of):
    retold = changed(archive, texts={"t-3333": {"voice": "summary"}})
    view = view_of(retold, "en/coverage.html")
    assert [(p.text, n) for p, n in view.retold] == [("English", 1)]
    assert [p.text for p, _ in view.languages] == ["Қазақша", "ئۇيغۇرچە"]
    assert "by the language of the retelling" in html_of(retold, "en/coverage.html")
    assert "by the language of the retelling" not in html_of(archive, "en/coverage.html")


def test_only_who_was_taken_in_the_state_of_the_archive_is_counted_as_taken(
    archive, changed, view_of
):
    text = archive.texts["t-1111"]
    abroad = tuple(
        dataclasses.replace(c, where="pl-city-m") if c.about == "p-bb22" else c
        for c in text.claims
    )
    elsewhere = changed(archive, texts={"t-1111": {"claims": abroad}, "t-3333": {"claims": ()}})
    years = {p.text: n for p, n in view_of(archive, "en/coverage.html").taken}
    fewer = {p.text: n for p, n in view_of(elsewhere, "en/coverage.html").taken}
    assert fewer.get("2017", 0) == years["2017"] - 1


def test_officials_and_public_figures_are_not_missed_by_a_voice(archive, changed, view_of):
    of_office = changed(archive, people={"p-ee55": {"role": ("public-figure", "official")}})
    before, view = (view_of(a, "en/coverage.html") for a in (archive, of_office))
    assert view.one_voice == before.one_voice - 1
    assert "Alem Placeholder" not in [link.phrase.text for link in view.one_voice_list]
    both = changed(archive, people={"p-ee55": {"role": ("survivor", "official")}})
    assert view_of(both, "en/coverage.html").one_voice == before.one_voice
