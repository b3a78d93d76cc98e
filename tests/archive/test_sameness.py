from __future__ import annotations

import pytest


def decided(how, *pair, why="Words."):
    return {"pair": list(pair), "decided": how, "by": "two editors", "why": why}


def of(made, person):
    return [(i.other, i.decided, i.by.get("en")) for i in made.people[person].identities]


@pytest.mark.parametrize("how", ["open", "different"])
def test_a_decision_stands_on_the_side_of_both_with_who_made_it_and_why(sources, how):
    sources.person("p-1").person("p-2").listed("identities", decided(how, "p-1", "p-2"))
    made = sources.publish()
    assert of(made, "p-1") == [("p-2", how, "two editors")]
    assert of(made, "p-2") == [("p-1", how, "two editors")]
    assert made.people["p-2"].identities[0].why.get("en") == "Words."


def test_two_of_whom_nobody_knows_stay_two(sources):
    sources.person("p-1").person("p-2").listed("identities", decided("open", "p-1", "p-2"))
    made = sources.publish()
    assert (tuple(made.people), made.redirects) == (("p-1", "p-2"), {})


def test_what_one_file_says_stands_on_the_page_of_the_other(sources):
    made = sources.person("p-1", not_same_as="p-2").person("p-2").publish()
    assert of(made, "p-2") == [("p-1", "different", "")]


def test_a_decision_says_more_than_a_file_and_stands_once(sources):
    sources.person("p-1", not_same_as="p-2").person("p-2", not_same_as="p-1")
    sources.listed("identities", decided("different", "p-2", "p-1"))
    assert of(sources.publish(), "p-1") == [("p-2", "different", "two editors")]


@pytest.mark.parametrize("protect", ["pseudonym", "initials", "group-only", "restricted"])
def test_nobody_protected_is_compared_with_anybody(sources, protect):
    sources.person("p-1", not_same_as="p-2").person("p-2", protect=protect)
    sources.listed("identities", decided("open", "p-1", "p-2", why="Canary."))
    made = sources.publish()
    assert made.people["p-1"].identities == ()
    assert "Canary" not in repr(made)


def test_an_organisation_is_not_another_nor_that_one_it(sources):
    sources.organisation("org-1", not_same_as="org-2").organisation("org-2")
    made = sources.publish().organisations
    assert (made["org-1"].not_same_as, made["org-2"].not_same_as) == (("org-2",), ("org-1",))


def test_an_organisation_under_another_name_is_not_compared(sources):
    names = [{"text": "Other Name", "lang": "en", "kind": "pseudonym"}]
    sources.organisation("org-1", not_same_as="org-2")
    sources.organisation("org-2", protect="pseudonym", names=names)
    made = sources.publish().organisations
    assert (made["org-1"].not_same_as, made["org-2"].not_same_as) == ((), ())


def test_a_fact_of_the_second_of_two_who_are_one_is_told_at_its_line(sources):
    sources.person("p-1", sex="female").person("p-2", sex="female", born="1958~")
    _, found = sources.listed("identities", decided("same", "p-1", "p-2")).published()
    [lost] = [problem for problem in found if problem.code == "P012"]
    assert str(lost.span) == "content/people/p-2.yaml:4:7"
    assert not lost.is_error
    assert "content/people/p-1.yaml" in lost.remedy


def test_what_both_files_say_is_not_lost(sources):
    facts = {"sex": "female", "born": "1958~", "family": [{"person": "p-3", "is": "son"}]}
    sources.person("p-1", **facts).person("p-2", **facts).person("p-3")
    _, found = sources.listed("identities", decided("same", "p-1", "p-2")).published()
    assert "P012" not in [problem.code for problem in found]
