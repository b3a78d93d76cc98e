"""Lines of a page that tell of its article, and lines that are words of somebody."""

from __future__ import annotations

import pytest

from aigaq.desk.importing import facts


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2020-07-21 10:00:00", "2020-07-21"),
        ("2020-07-21T10:00+05:00", "2020-07-21"),
        ("0000-00-00 00:00:00", ""),
        ("2020-13-40", ""),
        ("yesterday", ""),
        ("21 July, 2020", "2020-07-21"),
        ("March 4, 2019", "2019-03-04"),
        ("31 June 2020", ""),
        ("12 Anything 2020", ""),
    ],
)
def test_a_date_that_is_none_is_left_open(text: str, day: str) -> None:
    assert facts.date_of(text) == day


def test_a_line_of_a_listing_tells_who_posted_it_when_and_of_what() -> None:
    line = "By Example Mission | 21 July, 2020 | Topics: Art, Human Rights | Tags: film"
    assert facts.told(line, at_an_end=True) == facts.Facts(
        author="Example Mission",
        published="2020-07-21",
        topics=("Art", "Human Rights"),
        tags=("film",),
    )


@pytest.mark.parametrize(
    "line",
    [
        "21 July, 2020 | they took her",
        "By evening | it was dark",
        "Tags were on all doors",
        "Topics: none of us knew | and so on",
    ],
)
def test_a_line_that_says_anything_else_is_words(line: str) -> None:
    assert facts.told(line, at_an_end=True) is None


@pytest.mark.parametrize(
    "line",
    [
        "21 July, 2020",
        "Date: 21 July, 2020",
        "Source: example.org/1",
        "By God",
        "Written by my own hand",
    ],
)
def test_a_day_or_a_source_in_the_middle_is_words(line: str) -> None:
    assert facts.told(line, at_an_end=False) is None


@pytest.mark.parametrize("who", ["a neighbour at 3/4", "a cousin in Urumqi/Ghulja", "he/she"])
def test_a_source_that_is_no_address_is_words(who: str) -> None:
    assert facts.told(f"Source: {who}", at_an_end=True) is None


def credited(line: str) -> list[tuple[str, str]]:
    return [(credit.who, credit.role) for credit in facts.credits_of(line)]


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("Photos by Ann Example", [("Ann Example", "photographer")]),
        ("Photographed by Ann Example.", [("Ann Example", "photographer")]),
        ("Photographs by Ann Example / Example Radio", [("Ann Example", "photographer")]),
        ("Photos by Ann Example for Example Radio", [("Ann Example", "photographer")]),
        (
            "Interviews and photos by Ann Example and Bob Example",
            [
                ("Ann Example", "photographer"),
                ("Bob Example", "photographer"),
                ("Ann Example", "interviewer"),
                ("Bob Example", "interviewer"),
            ],
        ),
        (
            "Interviews by Ann Example with assistance from Bob Example",
            [("Ann Example", "interviewer"), ("Bob Example", "other")],
        ),
        ("With the help of Ann Example", [("Ann Example", "other")]),
        (
            "With thanks to Ann Example for help with the interviews",
            [("Ann Example", "other")],
        ),
        ("Thanks to Ann Example for her kind assistance", [("Ann Example", "other")]),
        ("Translated from Kazakh by Ann Example", [("Ann Example", "translator")]),
        ("Edited by Ann Example", [("Ann Example", "editor")]),
        (
            "Text: Ann Example | Photos: Bob Example",
            [("Ann Example", "author"), ("Bob Example", "photographer")],
        ),
        ("Перевод: Анна Пример", [("Анна Пример", "translator")]),
        ("Аударған: Үлгі Есім", [("Үлгі Есім", "translator")]),
        ("Фото: Анна и Иван", [("Анна", "photographer"), ("Иван", "photographer")]),
        ("Special thanks to Ann Example for translating", [("Ann Example", "other")]),
    ],
)
def test_a_line_of_credits_tells_who_did_what(line: str, told: list[tuple[str, str]]) -> None:
    assert credited(line) == told


@pytest.mark.parametrize(
    "line",
    [
        "Interviewed by police",
        "Photographed by a neighbour",
        "Translated by Ann Example and my brother",
        "Interviews by Ann Example with help from my sister",
        "Text: he wrote it down",
        "Story by story we went up",
        "Thanks to Ann Example",
        "Thanks to God for his help",
        "With the help of Allah",
        "Photos by Ann Example | it was dark",
        "Photos by Ann Example. He died",
        "My brother took the pictures of us",
        "Thanks to my neighbours for help",
        "Thanks to Aunt Mary for her help, we had bread all winter",
        "Thanks to Ann Example for her help I survived",
        "Special thanks to Ann Example for carrying my bread",
        "With thanks to Ann Example for hiding the children",
        "With the help of Mother",
        "Images: We",
        "Text: Amen",
        "Аударма: қайғы өтті",
        "Интервью: Я",
        "Photos by",
        f"Photos by {'Ann ' * 200}",
    ],
)
def test_words_that_only_begin_like_credits_are_words(line: str) -> None:
    assert credited(line) == []


@pytest.mark.parametrize(
    ("line", "role", "abridged"),
    [
        ("Abridged translation by Ann Example", "translator", True),
        ("Translated and abridged by Ann Example", "translator", True),
        ("Abridged by Ann Example", "editor", True),
        ("Translation by Ann Example", "translator", False),
    ],
)
def test_who_shortened_a_text_is_said_to_have(line: str, role: str, abridged: bool) -> None:
    (credit,) = facts.credits_of(line)
    assert (credit.role, credit.abridged) == (role, abridged)


def test_help_says_in_words_what_it_was() -> None:
    _, helper = facts.credits_of("Interviews by Ann Example, with the help of Bob Example")
    assert (helper.role, helper.words) == ("other", "with the help of")


def test_credits_are_told_apart_near_the_ends_only() -> None:
    words = [f"Words of the paragraph {n}." for n in range(12)]
    line = "Photos by Ann Example"
    body, found, lines = facts.without_credits("\n\n".join([*words, line]))
    assert (body, lines) == ("\n\n".join(words), (line,))
    assert found == (facts.Credit("Ann Example", "photographer"),)
    middle = "\n\n".join([*words[:6], line, *words[6:]])
    assert facts.without_credits(middle) == (middle, (), ())


def test_credits_in_lines_of_one_paragraph_are_taken_only_all_together() -> None:
    both = "Words.\n\n**Photos by Ann Example**  \nTranslated by Bob Example"
    body, found, _ = facts.without_credits(both)
    assert (body, [one.role for one in found]) == ("Words.", ["photographer", "translator"])
    mixed = "Words.\n\nPhotos by Ann Example  \nHe took them at night"
    assert facts.without_credits(mixed) == (mixed, (), ())
