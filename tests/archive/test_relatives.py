"""A mother under her own name, and a daughter who is protected: nobody learns that she is."""

from __future__ import annotations

import pytest

SHOWN = ["pseudonym", "initials"]
COUNTED = [*SHOWN, "group-only"]


def a_family(sources, protect):
    """The relation is told wherever it can be told, from either side."""
    names = [{"text": "A. B.", "lang": "en", "kind": "pseudonym"}]
    sources.person("p-d", protect=protect, names=names if protect in COUNTED else None)
    tie = {"person": "p-d", "is": "daughter", "as_told": "canary one"}
    sources.person("p-m", family=[tie]).group("g-1", of="p-d", count="2")
    return sources.testimony(
        "t-1",
        told_by="p-d" if protect in SHOWN else "p-m",
        consent=None,
        original={"outlet": "Example Daily", "rights": "own"},
        about=[
            {"person": "p-m", "of": "p-d", "relation": "mother", "as_told": "canary two"},
            {"person": "p-d", "of": "p-m", "relation": "daughter", "as_told": "canary three"},
        ],
        claims=[
            {"about": "p-m", "what": "family-member", "other": "p-d", "relation": "daughter"},
            {"about": "p-d", "what": "family-member", "other": "p-m", "relation": "mother"},
        ],
    )


@pytest.mark.parametrize("protect", COUNTED)
def test_no_relation_to_somebody_protected_is_public(sources, protect):
    made = a_family(sources, protect).publish()
    text = made.texts["t-1"]
    assert made.people["p-m"].family == ()
    assert {(s.of, s.relation) for s in text.about} == {("", "")}
    assert [claim.what for claim in text.claims] == []
    assert "canary" not in repr(made)


@pytest.mark.parametrize(("known_by", "told"), [("from-family", ()), ("saw", ("p-d",))])
def test_who_told_it_as_family_is_not_named_where_they_are_protected(sources, known_by, told):
    sources.person("p-m").person("p-d", protect="pseudonym")
    claim = {"about": "p-m", "what": "died", "known_by": known_by, "chain": ["p-d"]}
    text = sources.text("t-1", claims=[claim]).publish().texts["t-1"]
    assert text.claims[0].chain == told


def test_two_who_are_both_protected_are_not_related_either(sources):
    sources.person("p-1", protect="pseudonym").person("p-2", protect="pseudonym")
    claim = {"about": "p-1", "what": "family-member", "other": "p-2", "relation": "son"}
    about = [{"person": "p-1", "of": "p-2", "relation": "mother"}]
    text = sources.text("t-1", about=about, claims=[claim]).publish().texts["t-1"]
    assert (text.claims, text.about[0].relation) == ((), "")


@pytest.mark.parametrize("protect", COUNTED)
def test_protected_relatives_are_counted_once_each(sources, protect):
    assert a_family(sources, protect).publish().people["p-m"].unnamed_relatives == 1


@pytest.mark.parametrize("protect", ["restricted", "sealed-until 2099-01-01", "withdrawn"])
def test_hidden_relatives_are_not_even_counted(sources, protect):
    assert a_family(sources, protect).publish().people["p-m"].unnamed_relatives == 0


def test_somebody_protected_has_no_count(sources):
    assert a_family(sources, "pseudonym").publish().people["p-d"].unnamed_relatives == 0


def test_a_protected_friend_is_no_relative(sources):
    sources.person("p-m", family=[{"person": "p-f", "is": "friend"}])
    made = sources.person("p-f", protect="pseudonym").publish()
    assert made.people["p-m"].unnamed_relatives == 0


def test_a_text_that_is_not_shown_counts_nobody(sources):
    sources.person("p-m").person("p-d", protect="pseudonym")
    about = [{"person": "p-d", "of": "p-m", "relation": "daughter"}]
    made = sources.text("t-1", about=about, draft=True).publish()
    assert made.people["p-m"].unnamed_relatives == 0


def test_a_group_of_somebody_protected_belongs_to_nobody(sources):
    assert a_family(sources, "pseudonym").publish().groups["g-1"].of == ""
