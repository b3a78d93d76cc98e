from __future__ import annotations

import dataclasses


def view(archive, view_of, own):
    return view_of(archive, f"en/organisations/{own}.html")


def test_another_body_of_the_same_name_is_told_apart(archive, html_of):
    html = html_of(archive, "en/organisations/org-volunteers.html")
    assert "<h2>Same name, different body</h2>" in html
    assert '<a href="org-volunteers-registered.html">' in html


def test_lineage_reads_both_ways(archive, view_of):
    (before,) = view(archive, view_of, "org-volunteers").predecessors
    (after,) = view(archive, view_of, "org-volunteers-first").successors
    assert before.path == "en/organisations/org-volunteers-first.html"
    assert after.path == "en/organisations/org-volunteers.html"


def test_a_part_and_its_whole_know_each_other_and_when(archive, view_of):
    (whole,) = view(archive, view_of, "org-embassy").part_of
    (part,) = view(archive, view_of, "org-ministry").parts
    assert whole.organisation.phrase.text == "Placeholder Ministry"
    assert (part.organisation.phrase.text, part.until.words) == ("Placeholder Embassy", "2016")


def test_what_was_asked_of_it_stands_with_its_answer(archive, html_of):
    html = html_of(archive, "en/organisations/org-ministry.html")
    assert "<h2>What was asked of it, and what it answered</h2>" in html
    assert "<bdi>a refusal</bdi>" in html


def test_what_it_asked_of_others_stands_apart(archive, view_of):
    one = view(archive, view_of, "org-volunteers")
    assert (len(one.asked_of), len(one.asked_by)) == (0, 1)


def test_its_texts_are_named(archive, html_of):
    html = html_of(archive, "en/organisations/org-magazine.html")
    assert '<a href="../testimonies/t-3333.html">' in html


def deeds(archive, changed, view_of, own, **fields):
    """The claims in which an organisation acts, by role; the first claim gets `fields`."""
    text = archive.texts["t-1111"]
    claims = (dataclasses.replace(text.claims[0], **fields), *text.claims[1:])
    told = changed(archive, texts={"t-1111": {"claims": claims}})
    groups = view(told, view_of, own).deeds
    return {group.role: [claim.id for claim in group.claims] for group in groups}


def test_what_it_did_judged_met_and_said_stands_on_its_page(archive, changed, view_of):
    for role, field in (("done_by", "done_by"), ("court", "court"), ("with", "with_whom")):
        found = deeds(archive, changed, view_of, "org-embassy", **{field: "org-embassy"})
        assert found == {role: ["claim-t-1111-1"]}
    said = deeds(archive, changed, view_of, "org-embassy", by="org-embassy")
    assert said == {"by": ["claim-t-1111-1"]}


def test_what_it_said_of_its_own_deed_stands_once(archive, changed, view_of):
    both = {"by": "org-embassy", "done_by": "org-embassy"}
    found = deeds(archive, changed, view_of, "org-embassy", **both)
    assert found == {"done_by": ["claim-t-1111-1"]}


def test_what_an_outlet_reports_stands_with_its_texts_alone(archive, changed, view_of):
    assert deeds(archive, changed, view_of, "org-magazine", by="org-magazine") == {}


def test_its_deeds_say_how_they_are_known(archive, changed, html_of):
    text = archive.texts["t-1111"]
    claims = (dataclasses.replace(text.claims[0], done_by="org-embassy"), *text.claims[1:])
    told = changed(archive, texts={"t-1111": {"claims": claims}})
    html = html_of(told, "en/organisations/org-embassy.html")
    assert "<h2>What it is reported to have done</h2>" in html
    assert "it was learned from family" in html
