"""The part of docs/theme.md that is written from the views."""

from __future__ import annotations

from aigaq.desk import view_reference


def test_the_generated_part_of_a_page_is_replaced_and_the_rest_stays() -> None:
    start, end = "<!-- start of what the code says -->", "<!-- end of what the code says -->"
    made = view_reference.with_views(f"# Before\n\n{start}\nold\n{end}\nAfter.\n")
    assert made.startswith("# Before\n\n")
    assert made.endswith("\nAfter.\n")
    assert "\nold\n" not in made


def test_the_generated_part_made_twice_is_the_same() -> None:
    start, end = "<!-- start of what the code says -->", "<!-- end of what the code says -->"
    once = view_reference.with_views(f"{start}{end}")
    assert view_reference.with_views(once) == once


def test_a_part_that_a_view_holds_is_described_below_the_views() -> None:
    views = view_reference.template_views()
    assert "### Phrase\n" in views.partition("## The parts of views")[2]
