from __future__ import annotations

import pytest


def test_an_id_in_a_file_that_is_not_quoted_is_told_by_its_key(sources):
    problem = sources.group("g-1", of="p-x", protect="group-only").the("L002")
    assert problem.message.startswith("the id in of: leads to nothing in the archive")


def test_an_id_of_the_wrong_kind_is_told_by_its_key_where_it_is_not_quoted(sources):
    problem = sources.place("pl-1").group("g-1", of="pl-1", protect="group-only").the("L003")
    assert problem.message == "the id in of: is a place; a person is expected here"


def test_a_renamed_file_is_found_as_the_only_one_that_nobody_names(sources):
    sources.person("p-mother").text("t-1", about="p-8d2r", mentions="p-8d2r")
    remedies = [problem.remedy for problem in sources.found("L002")]
    assert len(remedies) == 2
    assert all(remedy.endswith('Was its file renamed to "p-mother"?') for remedy in remedies)


def test_no_record_is_taken_for_what_it_names_itself(sources):
    sources.place("pl-6g0x", in_="pl-1h5r").place("pl-7g0x", in_="pl-7g0y")
    told = [(p.span.path[-12:-5], p.remedy) for p in sources.found("L002")]
    assert [remedy for path, remedy in told if path in remedy] == []


def test_a_slip_of_the_finger_is_told_before_a_renaming(sources):
    sources.person("p-mother").text("t-1", about="p-mothr")
    assert sources.the("L002").remedy.endswith('Did you mean "p-mother"?')


@pytest.mark.parametrize("about", [["p-8d2r", "p-9c4k"], ["p-8d2r", "p-mother"]])
def test_no_renaming_is_guessed_where_it_is_not_the_only_one(sources, about):
    sources.person("p-mother").text("t-1", about=about)
    assert not any("renamed" in problem.remedy for problem in sources.found("L002"))


def test_no_renaming_is_told_of_what_is_not_quoted(sources):
    sources.person("p-mother").group("g-1", of="p-8d2r", protect="group-only")
    assert "p-mother" not in str(sources.the("L002"))


def test_no_text_counts_as_renamed_because_nobody_links_to_it(sources):
    sources.text("t-1", body="[it](testimony:other-9)\n")
    assert "renamed" not in sources.the("L002").remedy
