from __future__ import annotations

import pytest

from aigaq.archive.public import Name
from aigaq.pages import naming
from aigaq.pages.labels import Label
from aigaq.words import edtf
from aigaq.words.edtf import EdtfDate
from aigaq.words.localised import Localised

READING = ("kk", "ru", "en")

# What is shown, and what it is shown instead of, for a reader of Kazakh, then Russian.
ORDER = [
    ("kk", "preferred"),
    ("kk", "also-used"),
    ("ru", "preferred"),
    ("en", "preferred"),
    ("zh-Hans", "preferred"),
    ("ru", "true-name"),
    ("en", "also-used"),
    ("kk", "press-spelling"),
    ("ru", "misspelling"),
    ("kk", "described"),
    ("en", "described"),
]


def name(lang, *kinds):
    return Name(text=f"{lang} {kinds}", lang=lang, kinds=kinds)


@pytest.mark.parametrize("n", range(len(ORDER) - 1))
def test_a_name_is_shown_before_all_that_come_after_it(n):
    names = [name(*kind) for kind in ORDER[n:]]
    assert naming.in_language(names[::-1], READING) == names[0]


def test_a_pseudonym_is_as_good_as_a_preferred_name():
    names = [name("en", "also-used"), name("en", "pseudonym")]
    assert naming.in_language(names, ("en",)) == names[1]


def test_of_equal_names_the_first_in_the_file_is_shown():
    names = [Name(text="One", lang="en"), Name(text="Two", lang="en")]
    assert naming.in_language(names, ("en",)).text == "One"


def test_a_preferred_press_spelling_is_preferred():
    names = [name("en", "also-used"), name("en", "press-spelling", "preferred")]
    assert naming.in_language(names, ("en",)) == names[1]


def test_a_label_with_names_is_shown_by_its_name():
    label = Label(kind="person", id="p-1", names=(name("ru", "preferred"),))
    assert naming.of_label(label, READING) == ("ru ('preferred',)", "ru")


def test_a_label_with_a_title_is_shown_by_the_best_title():
    label = Label(kind="text", id="t-1", title=Localised.of({"en": "Title", "ru": "Имя"}))
    assert naming.of_label(label, READING) == ("Имя", "ru")


@pytest.mark.parametrize(
    ("kinds", "described"), [(("described",), True), (("described", "preferred"), False)]
)
def test_who_has_only_descriptions_has_no_name(kinds, described):
    assert naming.is_described([name("en", kind) for kind in kinds]) is described


@pytest.mark.parametrize(
    ("when", "called"),
    [
        ("2021-10-16", "Second"),
        ("2019-03/2022-09", "Second"),
        ("2018", "First"),
        ("2019", ""),  # one part of the year it had one name, and then the other
        ("1950", ""),  # nobody said since when the oldest name was in use
        ("2023", ""),
        ("before 2020", ""),
    ],
)
def test_a_place_had_the_name_that_was_in_use_then(when: str, called: str) -> None:
    names = (
        Name(text="Now", lang="en", kinds=("preferred",)),
        Name(
            text="Second",
            lang="en",
            kinds=("former",),
            since=day("2019-03"),
            until=day("2022-09"),
        ),
        Name(
            text="First", lang="en", kinds=("former",), since=day("1992"), until=day("2019-03")
        ),
        Name(text="Oldest", lang="en", kinds=("former",), until=day("1992")),
    )

    found = naming.at_the_time(names, day(when), ("en",))

    assert (found.text if found else "") == called


def day(text: str) -> EdtfDate:
    found = edtf.parse(text)
    assert isinstance(found, EdtfDate)
    return found


def test_a_reader_of_another_script_is_shown_their_own_language() -> None:
    names = (
        Name(text="China", lang="en", kinds=("preferred",)),
        Name(text="Қытай", lang="kk"),
        Name(text="Китай", lang="ru"),
    )

    assert naming.in_language(names, ("kk-Arab", "kk", "ug", "en")).text == "Қытай"
