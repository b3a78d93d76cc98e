from __future__ import annotations

from typing import Any

from aigaq.archive.public import Identity

MOTHER = "en/people/p-bb22.html"


def test_who_may_be_the_same_person_stands_with_why_and_who_left_it_open(
    archive: Any, html_of: Any, changed: Any, words: Any
) -> None:
    by = words(en="the editors")
    doubt = Identity(other="p-cc33", decided="open", by=by, why=words(en="One village."))
    page = html_of(changed(archive, people={"p-bb22": {"identities": (doubt,)}}), MOTHER)

    assert page.count("May be the same person as") == 1
    assert "Not the same person as" not in page
    assert "One village." in page
    assert "Left open by: <bdi>the editors</bdi>" in page


def test_who_is_somebody_else_stands_with_who_decided_it(archive: Any, html_of: Any) -> None:
    page = html_of(archive, MOTHER)

    assert "Not the same person as" in page
    assert "Decided by: <bdi>two editors</bdi>" in page
    assert "May be the same person as" not in page


def test_who_decided_is_told_in_the_language_of_the_page(archive: Any, html_of: Any) -> None:
    assert "<bdi>екі редактор</bdi>" in html_of(archive, MOTHER.replace("en/", "kk/"))
