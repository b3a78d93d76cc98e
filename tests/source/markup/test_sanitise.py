from __future__ import annotations

from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aigaq.source.markup import convert, sanitise

# What an attacker may write in a file; each is also handed to the sanitiser as if it were HTML.
LINES = (Path(__file__).parents[2] / "hostile/attacks.txt").read_text("utf-8").splitlines()
ATTACKS = tuple(
    line.encode("latin-1", "backslashreplace").decode("unicode_escape") for line in LINES
)

PROSE = st.text(
    st.sampled_from(
        "ab \n\t[](){}<>!*_`\\#|:-^&;\"'1.~=/@AИ中\u0627\u2028\ufffd\x00\U000f0001"
    ),
    max_size=80,
)


class Watcher(HTMLParser):
    """Reads HTML as another parser than the sanitiser's, and complains."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.complaints: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in sanitise.TAGS:
            self.complaints.append(f"tag {tag}")
        for name, value in attrs:
            self._attribute(tag, name, value or "")

    def _attribute(self, tag: str, name: str, value: str) -> None:
        good = {
            "href": value.startswith(
                ("https://", "http://", "mailto:", "#u-", "person:", "testimony:t-")
            ),
            "src": value.startswith("media:") and ".." not in value and "//" not in value,
            "id": value.startswith("u-"),
            "class": value in sanitise.CLASSES.get(tag, ()),
            "rel": value == sanitise.EXTERNAL_REL,
            "alt": tag == "img",
            "title": tag in ("a", "img"),
            "start": value.isdecimal(),
        }
        if not good.get(name):
            self.complaints.append(f"{tag} {name}={value}")

    def handle_comment(self, data: str) -> None:
        self.complaints.append(f"comment {data}")

    def handle_decl(self, decl: str) -> None:
        self.complaints.append(f"declaration {decl}")

    def handle_pi(self, data: str) -> None:
        self.complaints.append(f"instruction {data}")


def complaints(html: str) -> list[str]:
    watcher = Watcher()
    watcher.feed(html)
    watcher.close()
    return watcher.complaints


def published(body: str) -> str:
    made, _ = convert.convert(
        body, path="t.md", first_line=1, labels=("<script>",), language="en"
    )
    return "\n".join([block.html for block in made.blocks] + [made.footnotes])


@pytest.mark.parametrize("attack", ATTACKS)
def test_no_attack_in_a_body_reaches_the_page(attack: str) -> None:
    assert complaints(published(f"words before {attack} and after\n\n{attack}")) == []


@pytest.mark.parametrize("attack", ATTACKS)
def test_no_attack_as_html_passes_the_sanitiser(attack: str) -> None:
    assert complaints(sanitise.clean(f"<div><p>{attack}</div>") or "") == []


@given(st.lists(st.sampled_from(ATTACKS) | PROSE, min_size=1, max_size=4), PROSE)
def test_no_mixture_of_attacks_reaches_the_page(parts: list[str], between: str) -> None:
    assert complaints(published(between.join(parts))) == []


@given(PROSE)
def test_what_was_cleaned_is_not_changed_by_cleaning_again(html: str) -> None:
    once = sanitise.clean(html)
    assert once is None or sanitise.clean(once) == once


@pytest.mark.parametrize(
    "html",
    [
        '<p><a href="person:p-bb22">x</a></p>',
        '<p><a href="testimony:t-9x2d#p4">x</a></p>',
        '<p><span class="gloss">(x)</span></p>',
        '<img src="media:a/b.jpg" alt="x">',
        '<li id="u-fn-1">x</li>',
    ],
)
def test_what_the_conversion_writes_passes_as_it_is(html: str) -> None:
    assert sanitise.clean(html) == html


@pytest.mark.parametrize(
    ("html", "cleaned"),
    [
        ('<li id="nav">x</li>', '<li id="u-nav">x</li>'),
        ('<a href="#nav">x</a>', '<a href="#u-nav">x</a>'),
        ('<span class="gloss exit">x</span>', '<span class="gloss">x</span>'),
        ('<a href="https:evil.example">x</a>', "<a>x</a>"),
        ('<a href="/\\evil.example">x</a>', "<a>x</a>"),
        ('<img src="photo.jpg" alt="x">', '<img alt="x">'),
        ('<p title="x" lang="kk">x</p>', "<p>x</p>"),
    ],
)
def test_what_is_not_ours_is_taken_out_or_marked(html: str, cleaned: str) -> None:
    assert sanitise.clean(html) == cleaned
