from __future__ import annotations

import pytest

CARDS = ("P009", "P010", "P011")


@pytest.fixture
def told(sources):
    """The warnings about consent, by code and line."""

    def ask():
        _, found = sources.published()
        assert not any(problem.is_error for problem in found)
        return [(p.code, p.span.line) for p in found if p.code in CARDS]

    return ask


def line_of(sources, path, start):
    lines = sources.files[path].split("\n")
    return next(n for n, line in enumerate(lines, 1) if line.startswith(start))


def test_a_card_of_somebody_else_is_told_at_the_line_of_the_text(sources, told):
    sources.person("p-n").person("p-2").consent("c-2", given_by="p-2")
    sources.testimony("t-1", consent="c-2")
    line = line_of(sources, "content/testimonies/t-1.en.md", "consent:")
    assert told() == [("P009", line)]


def test_each_narrator_needs_a_card(sources, told):
    sources.person("p-1").person("p-2").consent("c-1", given_by="p-1")
    sources.testimony("t-1", told_by=["p-1", "p-2"], consent="c-1")
    assert [code for code, _ in told()] == ["P009"]


def test_one_card_may_be_given_by_all(sources, told):
    sources.person("p-1").person("p-2").consent("c-1", given_by=["p-1", "p-2"])
    sources.testimony("t-1", told_by=["p-1", "p-2"], consent="c-1")
    assert told() == []


def test_several_cards_may_be_those_of_all(sources, told):
    sources.person("p-1").person("p-2")
    sources.consent("c-1", given_by="p-1").consent("c-2", given_by="p-2")
    sources.testimony("t-1", told_by=["p-1", "p-2"], consent=["c-1", "c-2"])
    assert told() == []


def test_a_text_without_a_narrator_asks_for_nobodys_card(sources, told):
    sources.person("p-1").consent("c-1", given_by="p-1").text("t-1", consent="c-1")
    assert told() == []


def test_a_text_that_is_not_shown_for_want_of_the_scope_site_is_told(sources, told):
    sources.person("p-n").consent("c-1", scope=["translate", "mirror"])
    sources.testimony("t-1", consent="c-1")
    line = line_of(sources, "content/testimonies/t-1.en.md", "consent:")
    assert told() == [("P010", line)]


def test_translations_that_are_not_shown_for_want_of_the_scope_are_told(sources, told):
    sources.person("p-n").consent("c-1", scope=["site", "mirror"])
    sources.testimony("t-1", consent="c-1").translation("t-1", "kk")
    assert [code for code, _ in told()] == ["P011"]


def test_without_a_translation_nobody_misses_the_scope_translate(sources, told):
    sources.person("p-n").consent("c-1", scope=["site", "mirror"])
    sources.testimony("t-1", consent="c-1")
    assert told() == []


@pytest.mark.parametrize(
    ("text", "card"),
    [
        ({"protect": "restricted", "body": ""}, {}),
        ({}, {"status": "withdrawn"}),
        ({}, {"status": "paused"}),
        ({}, {"review_after": "2026-01-01", "after_review": "restrict"}),
    ],
)
def test_what_is_meant_to_be_hidden_gets_no_reason(sources, told, text, card):
    sources.person("p-n").consent("c-1", scope=["print"], **card)
    sources.testimony("t-1", consent="c-1", **text)
    assert told() == []


def test_no_warning_quotes_the_card(sources):
    sources.person("p-secret").person("p-n").consent("c-1", given_by="p-secret", scope="print")
    sources.testimony("t-1", consent="c-1").text("t-2", mentions=["p-n", "p-secret"])
    found = "\n".join(map(str, sources.published()[1]))
    assert ("P009" in found, "P010" in found) == (True, True)
    assert "p-secret" not in found
    assert "print" not in found
