from __future__ import annotations

import pytest

from aigaq.source.markup import convert

BODY = "# Title\n\nOne.\n\nTwo.\n\n---\n\nThree.\n"
DIGEST = {word: convert.digest(word) for word in ("One.", "Two.", "Three.")}


@pytest.fixture
def claim(sources):
    """Writes a text with one claim at an address."""

    def write(at, body=BODY, **fields):
        sources.person("p-1")
        claims = [{"about": "p-1", "what": "died", "at": at}]
        return sources.text("t-1", body=body, claims=claims, **fields)

    return write


@pytest.mark.parametrize("at", ["p1", "p3"])
def test_an_address_within_the_text_is_good(claim, at):
    assert claim(at).codes() == ()


def test_an_address_beyond_the_text_is_told_with_the_number_of_paragraphs(claim):
    problem = claim("p4").the("L010")
    assert "p4 is not in the text, which has 3 paragraphs" in problem.message
    assert (problem.span.line, problem.span.column) == (6, 43)


def test_the_address_of_an_intervention_is_checked_too(sources):
    sources.text("t-1", asked=[{"how": "letter", "at": "p2"}])
    assert sources.codes() == ("L010",)


def test_the_address_of_an_object_is_checked_too(sources):
    sources.text("t-1", objects=[{"id": "ob-1", "what": "scarf", "at": "p2"}])
    assert sources.codes() == ("L010",)


def test_a_digest_that_fits_is_good(claim):
    assert claim(f"p2@{DIGEST['Two.'][:4]}").codes() == ()


def test_words_that_moved_are_told_with_their_new_place(claim):
    problem = claim(f"p1@{DIGEST['Three.'][:8]}").the("L011")
    assert "they are p3 now" in problem.message


def test_words_that_moved_up_are_found_when_their_old_place_is_gone(claim):
    assert "they are p2 now" in claim(f"p9@{DIGEST['Two.'][:8]}").the("L011").message


def test_words_that_are_gone_are_told(claim):
    assert "no paragraph has them now" in claim("p1@00000000").the("L011").message


def test_words_that_stand_twice_are_told_with_both_places(claim):
    problem = claim(f"p1@{DIGEST['Two.'][:8]}", body="One.\n\nTwo.\n\nTwo.\n").the("L011")
    assert "they are p2 or p3 now" in problem.message


def test_typography_and_white_space_move_nothing(claim):
    digest = convert.digest("One day")
    assert claim(f"p1@{digest}", body="“One —\nDay!”\n").codes() == ()


def test_nothing_is_counted_in_a_text_whose_words_are_not_here(claim):
    assert "L010" not in claim("p4", body="", protect="restricted").codes()
