from __future__ import annotations

from typing import Any

import pytest

CODES = ("P015", "P016", "P017", "P018", "P019", "P025")


def found(sources: Any) -> list[tuple[str, int]]:
    _, problems = sources.published()
    return [(one.code, one.span.line) for one in problems if one.code in CODES]


def text(
    sources: Any, *, outlet: str = "Example Daily", who: str = "unknown", **more: Any
) -> Any:
    origin = {"outlet": outlet, "published": "2020-05-02", "rights": "own"} | more
    return sources.text("t-1", original=origin, credits=[{"who": who, "role": "author"}])


def known(sources: Any) -> Any:
    names = [
        {"text": "Radio Free Example", "kind": "preferred"},
        {"text": "Radio Example Example", "kind": "misspelling"},
        {"text": "RFE", "kind": "abbreviation"},
    ]
    sources.organisation("org-radio", type="outlet", names=names)
    return sources.person("p-1", names=[{"text": "Reid Placeholder", "kind": "preferred"}])


@pytest.mark.parametrize(
    "outlet",
    ["Radio Free Exampel", "Radio Example Example", "Radio Free", "radio free example"],
)
def test_a_name_that_copying_spoilt_is_pointed_out(sources: Any, outlet: str) -> None:
    assert found(text(known(sources), outlet=outlet)) == [("P015", 4)]


def test_so_it_is_in_the_chain_and_in_a_byline(sources: Any) -> None:
    chain = [{"outlet": "Radio Free Exampla", "role": "first-publication"}]
    assert found(text(known(sources), chain=chain, who="Reid Placeholdre")) == [
        ("P015", 4),
        ("P015", 5),
    ]


def test_the_right_name_and_the_id_are_told(sources: Any) -> None:
    _, problems = text(known(sources), outlet="Radio Example Example").published()
    [problem] = [one for one in problems if one.code == "P015"]
    assert '"Radio Free Example"' in problem.message
    assert "write org-radio here" in problem.remedy


@pytest.mark.parametrize(
    "outlet", ["Radio Free Example", "org-radio", "Placeholder Weekly", "RFA", "Radio"]
)
def test_a_right_name_and_another_name_are_let_be(sources: Any, outlet: str) -> None:
    assert found(text(known(sources), outlet=outlet)) == []


def test_nobody_is_likened_to_a_protected_person(sources: Any) -> None:
    names = [{"text": "Reid Placeholder", "kind": "pseudonym"}]
    sources.person("p-1", protect="pseudonym", names=names)
    assert found(text(sources, who="Reid Placeholdre")) == []


def test_two_outlets_of_one_name_must_be_told_apart(sources: Any) -> None:
    names = [{"text": "Example Radio", "lang": "en", "kind": "preferred"}]
    sources.organisation("org-1", type="outlet", names=names)
    sources.organisation("org-2", type="outlet", names=names)
    assert found(sources) == [("P016", 1)]
    sources.organisation("org-2", type="outlet", names=names, not_same_as="org-1")
    assert found(sources) == []


@pytest.mark.parametrize("who", ["By", "by: ", "—", "Автор", "Photo by"])
def test_a_byline_without_a_name_is_pointed_out(sources: Any, who: str) -> None:
    assert found(text(sources, who=who)) == [("P017", 5)]


def test_so_is_one_that_was_left_in_the_body(sources: Any) -> None:
    sources.text("t-1", body="Words.\n\nBy\n")
    assert [code for code, _ in found(sources)] == ["P017"]


@pytest.mark.parametrize("published", [None, "unknown", "2020~", "2020?"])
def test_a_date_that_was_lost_needs_its_basis(sources: Any, published: str | None) -> None:
    assert found(text(sources, published=published)) == [("P018", 4)]
    assert found(text(sources, published=published, published_basis="An event.")) == []


def test_an_address_as_printed_needs_one_that_works(sources: Any) -> None:
    printed = {"url_as_printed": "story-1.html"}
    assert found(text(sources, **printed)) == [("P019", 4)]
    assert found(text(sources, **printed, url="https://example.org/1")) == []
    assert found(text(sources, **printed, archived="https://example.org/1")) == []


def test_nothing_is_said_of_a_hidden_text(sources: Any) -> None:
    known(sources).text(
        "t-1", protect="restricted", body="", original={"outlet": "Radio Free", "rights": "own"}
    )
    assert found(sources) == []


@pytest.mark.parametrize(
    ("other", "is_told"),
    [("Reid Placeholdre", True), ("Jane Otherwise", False), ("Reid Placeholder", False)],
)
def test_two_spellings_among_the_credits_of_one_text_are_pointed_out(
    sources: Any, other: str, is_told: bool
) -> None:
    origin = {"outlet": "Example Daily", "published": "2020-05-02", "rights": "own"}
    credited = [
        {"who": "Reid Placeholder", "role": "author"},
        {"who": other, "role": "photographer"},
    ]
    sources.text("t-1", original=origin, credits=credited)
    assert found(sources) == ([("P025", 5)] if is_told else [])


def test_where_one_spelling_has_a_record_that_one_is_named(sources: Any) -> None:
    origin = {"outlet": "Example Daily", "published": "2020-05-02", "rights": "own"}
    credited = [
        {"who": "Reid Placeholder", "role": "author"},
        {"who": "Reid Placeholdre", "role": "photographer"},
    ]
    known(sources).text("t-1", original=origin, credits=credited)
    assert found(sources) == [("P015", 5)]
