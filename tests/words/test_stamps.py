from __future__ import annotations

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aigaq.words import stamps
from aigaq.words.fragments import Block, Container, Fragment

NOTE = Container(kind="note", number=1)


def body(*texts: str, notes: tuple[str, ...] = ()) -> Fragment:
    """Paragraphs; a heading where the text begins with a hash; those in `notes` are notes."""
    made: list[Block] = []
    for text in texts:
        heading = text.startswith("#")
        number = sum(bool(b.address) for b in made) + 1
        made.append(
            Block(
                kind="heading" if heading else "paragraph",
                html="",
                text=text,
                line=1,
                address="" if heading else f"p{number}",
                digest="" if heading else hashlib.sha256(text.encode()).hexdigest()[:16],
                container=NOTE if text in notes else None,
            )
        )
    return Fragment(blocks=tuple(made))


def told(pairs: tuple[stamps.Pair, ...]) -> str:
    """`1=1 2=3! 3=-`: what stands for what; ! where it has changed, - where it is none."""
    return " ".join(
        f"{p.here[1:]}={p.there[1:] or '-'}{'!' if p.changed else ''}" for p in pairs
    )


HERE = body("бір", "екі", "үш")
THERE = body("one", "two", "three")
STAMPED = stamps.written(HERE, THERE, ())


@pytest.mark.parametrize("text", ["3f9c", "0123456789abcdef", "p1", "p12@3f9c77", "-"])
def test_these_are_stamps(text):
    assert stamps.is_stamp(text)


@pytest.mark.parametrize("text", ["", "3f9", "3F9C", "p0", "p1@", "p1@3f", "p", "--", "p1 p2"])
def test_these_are_not(text):
    assert not stamps.is_stamp(text)


def test_as_many_paragraphs_go_by_their_number():
    assert told(stamps.align(HERE, THERE, ())) == "1=1 2=2 3=3"


def test_headings_do_not_count():
    assert told(stamps.align(HERE, body("# one", "one", "two", "three"), ())) == "1=1 2=2 3=3"


def test_more_on_one_side_are_known_to_nobody():
    assert stamps.align(HERE, body("one", "two"), ()) == ()


@pytest.mark.parametrize(
    ("here", "there", "expected"),
    [
        (
            body("бір", "ескертпе", "екі", notes=("ескертпе",)),
            body("one", "two"),
            "1=1 2=- 3=2",
        ),
        (body("бір", "екі"), body("one", "a note", "two", notes=("a note",)), "1=1 2=3"),
    ],
)
def test_a_note_that_only_one_side_has_stands_alone(here, there, expected):
    assert told(stamps.align(here, there, ())) == expected


def test_where_the_words_are_the_same_nothing_has_changed():
    assert told(stamps.align(HERE, THERE, STAMPED)) == "1=1 2=2 3=3"


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        (("one", "TWO", "three"), "1=1 2=2! 3=3"),
        (("zero", "one", "two", "three"), "1=2 2=3 3=4"),
        (("zero", "one", "TWO", "three"), "1=2 2=3! 3=4"),
        (("one", "three"), "1=1 2=-! 3=2"),
        (("three", "one", "two"), "1=2 2=3 3=1"),
        (("ONE", "TWO", "THREE"), "1=1! 2=2! 3=3!"),
        (("one", "two", "three", "four"), "1=1 2=2 3=3"),
        (("# new", "one", "two", "THREE"), "1=1 2=2 3=3!"),
    ],
)
def test_a_change_of_the_source_is_found_in_its_paragraph(now, expected):
    assert told(stamps.align(HERE, body(*now), STAMPED)) == expected


def test_paragraphs_alike_keep_their_order():
    there = body("yes", "why", "yes", "no", "yes")
    here = body("иә", "неге", "иә", "жоқ", "иә")
    stamped = stamps.written(here, there, ())

    assert told(stamps.align(here, there, stamped)) == "1=1 2=2 3=3 4=4 5=5"
    moved = body("so", "yes", "why", "yes", "no", "yes")
    assert told(stamps.align(here, moved, stamped)) == "1=2 2=3 3=4 4=5 5=6"


def test_an_abridged_translation_says_by_number_what_it_translates():
    there = body("one", "two", "three", "four", "five")
    pairs = stamps.align(HERE, there, ("p1", "-", "p4"))

    assert told(pairs) == "1=1 2=- 3=4"


def test_numbers_become_stamps_that_follow_their_words():
    there = body("one", "two", "three", "four", "five")
    stamped = stamps.written(HERE, there, ("p1", "-", "p4"))
    assert stamped[1] == "-"
    assert stamped[2].startswith("p4@")

    later = body("zero", "one", "two", "three", "FOUR", "five")
    assert told(stamps.align(HERE, later, stamped)) == "1=2 2=- 3=5!"


def test_stamps_of_another_number_of_paragraphs_say_nothing():
    assert told(stamps.align(HERE, THERE, STAMPED[:2])) == "1=1 2=2 3=3"


def test_a_number_that_is_not_there_is_changed_and_gone():
    assert told(stamps.align(HERE, THERE, ("p1", "p2", "p9"))) == "1=1 2=2 3=-!"


def test_renewed_stamps_are_up_to_date():
    now = body("zero", "one", "TWO", "three")
    renewed = stamps.written(HERE, now, STAMPED)

    assert told(stamps.align(HERE, now, renewed)) == "1=2 2=3 3=4"


def test_a_change_on_the_way_is_one_at_the_end():
    between = stamps.align(HERE, body("one", "TWO", "three"), STAMPED)
    last = stamps.align(body("a", "b", "c"), HERE, ())

    assert told(stamps.through(last, between)) == "1=1 2=2! 3=3"


def test_a_way_that_is_not_known_leads_nowhere():
    assert stamps.through(stamps.align(HERE, THERE, ()), ()) == ()


@given(st.lists(st.sampled_from("abcdef"), min_size=1), st.lists(st.sampled_from("abcdefg")))
def test_no_paragraph_of_the_source_is_taken_twice(before, now):
    here = body(*before)
    pairs = stamps.align(here, body(*now), stamps.written(here, body(*before), ()))

    taken = [pair.there for pair in pairs if pair.there]
    assert len(taken) == len(set(taken))
    assert {pair.here for pair in pairs} in ({b.address for b in here.blocks}, set())
