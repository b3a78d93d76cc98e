from __future__ import annotations

import pytest

BODY = "One.\n\nTwo.\n\nThree.\n"


def facts(of: str = "", **more):
    return {"from": "en", "machine": True} | ({"of": of} if of else {}) | more


def pairs(sources, lang="kk"):
    made = sources.publish().texts["t-1"].version(lang).translation
    return [(p.here, p.there, p.changed) for p in made.pairs]


@pytest.fixture(name="told")
def _told(sources):
    return sources.text("t-1", body=BODY)


def test_the_public_translation_knows_what_stands_for_what(told):
    told.translation("t-1", "kk", "Бір.\n\nЕкі.\n\nҮш.\n")
    assert pairs(told) == [("p1", "p1", False), ("p2", "p2", False), ("p3", "p3", False)]


def test_a_changed_paragraph_makes_exactly_that_one_outdated(told):
    told.translation("t-1", "kk", "Бір.\n\nЕкі.\n\nҮш.\n", translation=facts("p1 abcd p3"))
    assert [here for here, _, changed in pairs(told) if changed] == ["p2"]
    problem = told.the("L018")
    assert not problem.is_error
    assert problem.message.startswith("what p2 was")
    assert "--stamp t-1.kk" in problem.remedy


def test_space_and_punctuation_change_nothing(told):
    from aigaq.source.markup import convert  # noqa: PLC0415 - one test

    stamped = " ".join(convert.digest(text)[:6] for text in ("one", "TWO", " three…"))
    told.translation("t-1", "kk", "Бір.\n\nЕкі.\n\nҮш.\n", translation=facts(stamped))
    assert not any(changed for _, _, changed in pairs(told))


def test_what_is_not_translated_is_told_unless_it_is_abridged(told):
    told.translation("t-1", "kk", "Бір.\n\nҮш.\n", translation=facts("p1 p3"))
    assert told.the("L020").message.startswith("p2 of")
    told.translation("t-1", "kk", "Бір.\n\nҮш.\n", translation=facts("p1 p3", abridged=True))
    assert told.codes() == ()


def test_stamps_for_other_paragraphs_are_told(told):
    told.translation("t-1", "kk", "Бір.\n\nЕкі.\n\nҮш.\n", translation=facts("abcd abcd"))
    assert "2 paragraphs, this translation has 3" in told.the("L017").message


def test_a_number_that_the_source_does_not_have_is_told(told):
    told.translation("t-1", "kk", "Бір.\n\nЕкі.\n\nҮш.\n", translation=facts("p1 p2 p4"))
    assert "names p4" in told.the("L019").message


def test_through_another_translation_a_change_of_the_original_is_seen(told):
    told.translation("t-1", "kk", "Бір.\n\nЕкі.\n\nҮш.\n", translation=facts("p1 abcd p3"))
    told.translation(
        "t-1", "ug", "بىر.\n\nئىككى.\n\nئۈچ.\n", translation=facts() | {"from": "kk"}
    )
    assert pairs(told, "ug") == [("p1", "p1", False), ("p2", "p2", True), ("p3", "p3", False)]


def test_two_translations_of_each_other_lead_nowhere(told):
    told.translation("t-1", "kk", translation=facts() | {"from": "ug"})
    told.translation("t-1", "ug", translation=facts() | {"from": "kk"})
    assert pairs(told) == []
