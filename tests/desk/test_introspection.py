"""What is read from the program for its reference pages."""

from __future__ import annotations

from aigaq.desk import introspection


def test_an_anchor_is_the_heading_in_small_letters_with_hyphens() -> None:
    assert introspection.slug("What a claim may have") == "what-a-claim-may-have"


def test_an_anchor_has_no_punctuation() -> None:
    assert introspection.slug("`place.html`: place") == "placehtml-place"


def test_modules_of_every_floor_are_found() -> None:
    names = {module.__name__ for module in introspection.modules()}
    assert {"aigaq.words.edtf", "aigaq.source.schema.texts", "aigaq.cli"} <= names


def test_a_key_in_a_docstring_is_shown_as_an_editor_writes_it() -> None:
    def told() -> None:
        """`is_` is the relation,
        seen from `from_`.

        Not this.
        """

    assert introspection.docstring(told) == "`is` is the relation, seen from `from`."
