from __future__ import annotations

import dataclasses
from types import MappingProxyType


def test_a_topic_says_what_is_above_and_below_it(archive, view_of):
    (narrower,) = view_of(archive, "en/topics/detention.html").narrower
    assert narrower.path == "en/topics/prison.html"
    assert view_of(archive, "en/topics/prison.html").broader.phrase.text == "Detention"


def test_a_topic_has_its_texts_oldest_first(archive, view_of):
    cards = view_of(archive, "en/topics/prison.html").texts
    assert [card.title.path[-11:-5] for card in cards] == ["t-3333", "t-1111"]


def test_a_great_topic_has_pages_whose_addresses_no_other_topic_can_have(archive, pages_of):
    text = archive.texts["t-3333"]
    more = {
        f"t-{n}": dataclasses.replace(text, id=f"t-{n}", claims=(), asked=()) for n in range(60)
    }
    many = dataclasses.replace(archive, texts=MappingProxyType(dict(archive.texts) | more))
    assert "en/topics/page-prison-2.html" in pages_of(many)
