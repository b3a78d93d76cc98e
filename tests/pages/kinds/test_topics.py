from __future__ import annotations


def test_topics_stand_under_the_broader_ones(archive, view_of):
    detention, apart = view_of(archive, "en/topics/index.html").tree
    assert [branch.link.phrase.text for branch in detention.below] == ["Prison"]
    assert apart.link.phrase.text == "Families apart"
