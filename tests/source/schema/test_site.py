from __future__ import annotations

from aigaq.source.schema import site
from aigaq.words.diagnostics import Span


def test_a_menu_leads_to_pages_that_there_are() -> None:
    menu = [
        (entry, Span("site.yaml", 9, n)) for n, entry in enumerate(["home", "abuot", "walls"])
    ]
    found = list(site.menu_problems(menu, {"about"}))
    assert [(d.code, d.span.column) for d in found] == [("S074", 1), ("S074", 2)]
    assert 'Did you mean "about"?' in found[0].remedy
    assert 'Did you mean "wall"?' in found[1].remedy


def test_the_default_menu_leads_to_pages_of_the_site() -> None:
    made = site.SiteConfig(title="T", languages=("en",))
    assert set(made.menu) <= set(site.MENU)
