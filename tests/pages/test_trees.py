from __future__ import annotations

import pytest

from aigaq.pages import trees
from aigaq.pages.context import Link, Phrase


class Names:
    """Stands where a context stands: links by id, each named by it."""

    @staticmethod
    def link(record_id: str) -> Link:
        return Link(Phrase(record_id), f"en/places/{record_id}.html")


def shape(branches: tuple[trees.Branch, ...]) -> dict[str, object]:
    return {branch.link.phrase.text: shape(branch.below) for branch in branches}


@pytest.mark.parametrize(
    ("pairs", "tree"),
    [
        ([("b", "a"), ("c", "b"), ("a", "")], {"a": {"b": {"c": {}}}}),
        ([("z", ""), ("a", ""), ("m", "")], {"a": {}, "m": {}, "z": {}}),
        ([("b", "hidden")], {"b": {}}),
        ([("a", "b"), ("b", "a"), ("c", "b")], {"a": {"b": {"c": {}}}}),
        ([("a", "a")], {"a": {}}),
    ],
)
def test_every_record_stands_in_the_tree_once(pairs, tree):
    twigs = [trees.Twig(own, above) for own, above in pairs]
    assert shape(trees.of(twigs, Names())) == tree


def test_siblings_stand_in_the_order_of_the_alphabet():
    twigs = [trees.Twig(name, "") for name in ("Қ", "Ә", "Б")]
    assert list(shape(trees.of(twigs, Names()))) == ["Ә", "Б", "Қ"]
