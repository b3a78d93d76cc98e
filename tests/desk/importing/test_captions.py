"""Captions that stand twice, and what is never taken for one."""

from __future__ import annotations

import pytest

from aigaq.desk.importing import captions, html_blocks


def judged(html: str) -> list[tuple[bool, str]]:
    seen = captions.Captions()
    return [seen.judged(block) for block in html_blocks.read(html).blocks]


@pytest.mark.parametrize(
    "html",
    [
        "<img alt='Ann Example' src='a.jpg'><h3>Ann Example</h3>",
        "<figure><figcaption>Ann Example</figcaption></figure><h3>Ann Example</h3>",
        "<p>Said.</p><h3>Said</h3>",
    ],
)
def test_a_heading_is_no_caption_whatever_stands_above_it(html: str) -> None:
    is_twin, text = judged(html)[-1]
    assert (is_twin, text.startswith("### ")) == (False, True)


@pytest.mark.parametrize(
    "above",
    [
        "<img alt='Ann Example' src='a.jpg'>",
        "<figure><figcaption>Ann Example</figcaption></figure>",
        "<p>Ann Example</p>",
    ],
)
def test_a_name_below_its_picture_stays_a_name(above: str) -> None:
    assert judged(f"{above}<p>Ann Example</p>")[-1] == (False, "Ann Example")


def test_a_caption_in_words_and_below_the_picture_stands_once() -> None:
    html = "<figure><img alt='A door.' src='a'><figcaption>A door</figcaption></figure>"
    assert judged(f"{html}<p>“A door”</p>") == [
        (False, ""), (True, "::: note\nA door\n:::"), (True, ""),
    ]  # fmt: skip
