from __future__ import annotations

import dataclasses
import re
from typing import Any

import pytest

from aigaq.archive.public import Claim

MOTHER = "en/people/p-bb22.html"


@pytest.fixture(name="heard")
def _heard(archive: Any, changed: Any, html_of: Any, date: Any) -> Any:
    """`heard(("contact", "letters", "2019"), …)`: the lines on the mother's page."""

    def heard(*contacts: tuple[str, str, str], also: Any = ()) -> list[str]:
        text = archive.texts["t-1111"]
        more = (
            Claim(
                text="t-1111",
                number=n,
                about="p-bb22",
                what=what,
                contact=contact,
                when=date(when) if when else None,
                at="p2",
            )
            for n, (what, contact, when) in enumerate(contacts, 10)
        )
        made = changed(archive, texts={"t-1111": {"claims": (*text.claims, *more, *also)}})
        found = re.findall(r'<p class="heard">(.*?)</p>', html_of(made, MOTHER))
        return [re.sub(r"<[^>]+>", "", line) for line in found]

    return heard


def test_the_latest_contact_is_when_somebody_was_last_heard_from(heard: Any) -> None:
    assert heard(
        ("contact", "letters", "2018"), ("contact", "visit-supervised", "2019-05")
    ) == ["Last heard from: May 2019 (told: 9 March 2024)."]


def test_that_there_is_no_contact_is_none(heard: Any) -> None:
    assert heard(("contact", "none", "2019")) == []


def test_since_when_contact_is_lost_is_said_apart(heard: Any) -> None:
    assert heard(("contact", "letters", "2018"), ("last-contact", "none", "2019")) == [
        "Last heard from: 2018 (told: 9 March 2024).",
        "No contact since: 2019 (told: 9 March 2024).",
    ]


def test_a_contact_without_a_date_is_not_put_last(heard: Any) -> None:
    assert heard(("contact", "letters", "")) == []


def test_who_came_back_is_not_looked_for_in_letters(
    heard: Any, archive: Any, date: Any
) -> None:
    free = dataclasses.replace(
        archive.texts["t-1111"].claims[0],
        number=9,
        what="released",
        status="released",
        when=date("2020"),
    )
    assert heard(("contact", "letters", "2018"), also=(free,)) == []


def test_the_line_leads_to_its_paragraph(archive: Any, changed: Any, html_of: Any) -> None:
    text = archive.texts["t-1111"]
    letters = dataclasses.replace(
        text.claims[0], number=9, what="contact", contact="letters", status=""
    )
    made = changed(archive, texts={"t-1111": {"claims": (*text.claims, letters)}})
    line = html_of(made, MOTHER).partition('<p class="heard">')[2].partition("</p>")[0]
    assert 'href="../testimonies/t-1111.html#p2"' in line
