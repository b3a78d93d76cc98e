from __future__ import annotations

import dataclasses
from types import MappingProxyType

from aigaq.pages.kinds import people


def lines(view):
    return {
        (section.script, letter.letter.text): [line.link.phrase.text for line in letter.lines]
        for section in view.sections
        for letter in section.letters
    }


def test_a_person_stands_under_each_script_of_their_names(archive, view_of):
    found = lines(view_of(archive, "en/people/index.html"))
    assert "Placeholder Mother" in found["Latn", "M"]  # by `sort`
    assert "Плейсхолдер Ана" in found["Cyrl", "П"]
    assert found["Arab", "پ"] == ["پلېيسخولدېر ئانا"]
    assert found["Hani", "占"] == ["占位母亲"]


def test_kazakh_letters_stand_in_the_order_of_the_alphabet(archive, view_of):
    found = lines(view_of(archive, "en/people/index.html"))
    assert [letter for script, letter in found if script == "Cyrl"] == ["Ә", "П"]


def test_the_described_stand_last_and_without_a_letter(archive, view_of):
    found = lines(view_of(archive, "en/people/index.html"))
    assert list(found)[-1] == ("unnamed", "")
    assert found["unnamed", ""] == ["my aunt"]


def test_somebody_protected_stands_here_under_the_name_that_stands_for_them(archive, html_of):
    html = html_of(archive, "en/people/index.html")
    assert '<bdi>Interviewer A</bdi></a> <span class="protected">name changed</span>' in html


def test_each_letter_leads_to_its_place(archive, html_of):
    html = html_of(archive, "en/people/index.html")
    assert '<a href="#cyrl-4d8"><bdi lang="kk" dir="ltr">Ә</bdi></a>' in html
    assert '<h3 id="cyrl-4d8"><bdi lang="kk" dir="ltr">Ә</bdi></h3>' in html


def test_letters_are_read_out_in_a_language_that_has_them(archive, view_of):
    def tongues(lang):
        jumps = view_of(archive, f"{lang}/people/index.html").jumps
        return {
            j.script: (j.letters[0].phrase.lang, j.letters[0].phrase.dir) for j in jumps[:4]
        }

    own = ("", "")
    english, chinese = ("en", "ltr"), ("zh-Hans", "ltr")
    kazakh, uyghur = ("kk", "ltr"), ("ug", "rtl")
    assert tongues("en") == {"Latn": own, "Cyrl": kazakh, "Arab": uyghur, "Hani": chinese}
    assert tongues("kk") == {"Latn": english, "Cyrl": own, "Arab": uyghur, "Hani": chinese}
    assert tongues("ug") == {"Latn": english, "Cyrl": kazakh, "Arab": own, "Hani": chinese}


def test_a_name_in_another_script_says_how_the_reader_meets_it(archive, html_of):
    html = html_of(archive, "en/people/index.html")
    assert '占位母亲</a> <span class="also"><bdi>Placeholder Mother</bdi></span>' in html


def test_a_long_list_has_pages_and_its_letters_lead_to_them(archive, view_of):
    one = archive.people["p-aa11"]
    names = tuple(n for n in one.names if n.lang == "en")
    crowd = {
        f"p-{n:04}": dataclasses.replace(one, id=f"p-{n:04}", names=names)
        for n in range(people.SIZE)
    }
    many = dataclasses.replace(archive, people=MappingProxyType(dict(archive.people) | crowd))
    latin, *_ = view_of(many, "en/people/index.html").jumps
    assert [letter.path for letter in latin.letters][-1] == "en/people/page-2.html"


def test_groups_with_a_page_of_their_own_are_named_at_the_end(archive, changed, html_of):
    alone = changed(archive, groups={"g-0007": {"of": ""}})
    html = html_of(alone, "en/people/index.html")
    assert '<a href="g-0007.html"><bdi>grandchildren</bdi></a>' in html


def test_groups_on_the_page_of_a_person_are_not_named(archive, html_of):
    assert "People counted, not named" not in html_of(archive, "en/people/index.html")
