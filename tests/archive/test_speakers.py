from __future__ import annotations

import pytest

INTERVIEWED = {"by": [{"person": "p-q", "label": "Q"}], "date": "2024"}
BODY = "A: Mine.\n\nB: Hers.\n\nQ: Asked.\n\n::: scene\nSeen.\n:::\n\nTold.\n"


@pytest.fixture
def told(sources):
    """Publishes a text with one claim; gives `(by, by_words)` of it."""

    def write(at=None, **fields):
        for person in ("p-a", "p-b", "p-q"):
            sources.person(person)
        claim = {"about": "p-a", "what": "died", "at": at, "by": fields.pop("by", None)}
        sources.text("t-1", body=BODY, claims=[claim], **fields)
        [made] = sources.publish().texts["t-1"].claims
        return made.by, made.by_words

    return write


SPEAKERS = [{"person": "p-a", "label": "A"}, {"person": "p-b", "label": "B"}]


@pytest.mark.parametrize(("at", "by"), [("p1", "p-a"), ("p2", "p-b"), ("p3", "p-q")])
def test_a_claim_is_made_by_whose_turn_it_is(told, at, by):
    assert told(at, told_by=SPEAKERS, interview=INTERVIEWED) == (by, "")


def test_a_claim_in_a_scene_is_made_by_the_sole_interviewer(told):
    assert told("p4", told_by=SPEAKERS, interview=INTERVIEWED) == ("p-q", "")


def test_a_claim_without_an_address_is_made_by_the_sole_narrator(told):
    assert told(told_by="p-b") == ("p-b", "")


def test_a_claim_outside_turns_is_made_by_the_sole_narrator(told):
    assert told("p5", told_by=SPEAKERS[:1]) == ("p-a", "")


def test_without_a_narrator_the_author_makes_it(told):
    assert told() == ("", "Placeholder Reporter")


def test_an_author_with_a_file_makes_it(told):
    assert told(credits=[{"who": "p-b", "role": "author"}]) == ("p-b", "")


def test_by_wins_over_the_turn(told):
    assert told("p1", told_by=SPEAKERS, by="p-b") == ("p-b", "")


def test_a_person_named_twice_is_one(told):
    authors = [{"who": "p-b", "role": "author"}, {"who": "p-b", "role": "author"}]
    assert told(credits=authors) == ("p-b", "")


@pytest.mark.parametrize(
    ("fields", "count"),
    [
        ({"told_by": ["p-a", "p-b"]}, "2 may have said it"),
        (
            {"credits": [{"who": "One", "role": "author"}, {"who": "Two", "role": "author"}]},
            "2 may",
        ),
        ({"kind": "testimony", "credits": None}, "nobody may"),
    ],
)
def test_where_it_is_not_one_who_says_so_must_be_told(sources, fields, count):
    sources.person("p-a").person("p-b")
    claims = [{"about": "p-a", "what": "died", "by": "p-a"}, {"about": "p-a", "what": "died"}]
    problem = sources.text("t-1", claims=claims, **fields).the("L012")
    assert count in problem.message
    line = sources.files[problem.span.path].split("\n")[problem.span.line - 1]
    assert line[problem.span.column - 1 :].startswith('{about: "p-a", what: "died"}')


def test_in_a_scene_with_two_interviewers_who_says_so_must_be_told(sources):
    sources.person("p-a").person("p-b")
    interview = {"by": ["p-a", "p-b"], "date": "2024"}
    claims = [{"about": "p-a", "what": "died", "at": "p1"}]
    sources.text("t-1", body="::: scene\nSeen.\n:::\n", claims=claims, interview=interview)
    assert sources.codes() == ("L012",)


def test_what_was_asked_is_told_by_whose_turn_it_is_or_by_all_who_may_have(sources):
    for person in ("p-a", "p-b", "p-q"):
        sources.person(person)
    asked = [{"how": "letter", "at": "p2"}, {"how": "picket"}]
    sources.text("t-1", body=BODY, asked=asked, told_by=SPEAKERS, interview=INTERVIEWED)
    letter, picket = sources.publish().texts["t-1"].asked
    assert (letter.told_by, picket.told_by) == (("p-b",), ("p-a", "p-b"))


def test_what_only_somebody_hidden_tells_was_asked_is_left_out(sources):
    sources.person("p-a").person("p-b", protect="restricted")
    interview = {"by": [{"person": "p-b", "label": "B"}], "date": "2024"}
    told = {"told_by": [{"person": "p-a", "label": "A"}], "interview": interview}
    asked = [
        {"how": "letter", "by": "p-a", "at": "p2"},
        {"how": "picket", "by": "p-a", "at": "p1"},
    ]
    sources.text("t-1", body="A: Mine.\n\nB: Hers.\n", asked=asked, **told)
    assert [one.how for one in sources.publish().texts["t-1"].asked] == ["picket"]
