from __future__ import annotations

from types import SimpleNamespace

from aigaq.pages import sequences

SERIES = {
    "first": SimpleNamespace(id="first", texts=("t-1", "t-2", "t-3")),
    "other": SimpleNamespace(id="other", texts=("t-2",)),
}
INDEX = SimpleNamespace(archive=SimpleNamespace(series=SERIES))


def test_a_text_knows_what_stands_before_and_after_it():
    assert sequences.places(INDEX, "t-2") == (
        sequences.Place("first", 2, 3, "t-1", "t-3"),
        sequences.Place("other", 1, 1, "", ""),
    )


def test_a_series_has_two_ends():
    (first,), (last,) = sequences.places(INDEX, "t-1"), sequences.places(INDEX, "t-3")
    assert (first.before, first.after) == ("", "t-2")
    assert (last.before, last.after) == ("t-2", "")


def test_a_text_of_no_series_has_no_place():
    assert sequences.places(INDEX, "t-9") == ()


def test_a_reader_goes_on_to_the_next_text_at_the_end_of_one(archive, html_of):
    html = html_of(archive, "en/testimonies/t-2222.html")
    start = html.index('<nav class="series"')
    nav = html[start : html.index("</nav>", start)]
    assert '<a href="../series/nearby.html">' in nav
    assert "text <bdi>1</bdi> of <bdi>2</bdi>" in nav
    assert 'Read on: <a href="t-1111.html">' in nav
    assert "Before it" not in nav
