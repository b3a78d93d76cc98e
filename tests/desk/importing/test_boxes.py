"""What belongs to a page, and testimony that only looks like it."""

from __future__ import annotations

import pytest

from aigaq.desk.importing import boxes, html_blocks


def of(html: str) -> list[str]:
    return [boxes.of(block) for block in html_blocks.read(html).blocks]


@pytest.mark.parametrize(
    ("html", "what"),
    [
        ("<p>To subscribe, click here.</p>", "a box of the page"),
        ("<p>• Share to or</p>", "a box of the page"),
        ("<p>To share this is hard for me.</p>", ""),
        ("<p>See also what they did to us.</p>", ""),
        ("<p>I was part of the project of a dam.</p>", ""),
        ("<p>This story is part of a series.</p>", boxes.OF_A_SERIES),
        ("<p>They took me away when I signed up.</p>", ""),
        ("<div class='my_newsletter'><p>Words</p></div>", "a box of the page"),
        ("<div class='category-newsletter'><p>Words</p></div>", ""),
        ("<p>Example is partnering with Example Two.</p>", boxes.OF_A_SERIES),
        ("<img alt='Read more' src='a.jpg'>", ""),
    ],
)
def test_a_block_is_one_of_the_page_by_its_names_or_all_of_its_words(
    html: str, what: str
) -> None:
    assert of(html) == [what]


def test_what_is_too_long_for_an_invitation_is_words() -> None:
    invitation = "To subscribe, click here."
    assert of(f"<p>{invitation}</p>") == ["a box of the page"]
    story = "We were partnering with them. " * 20
    assert len(story) > boxes.LONGEST
    assert of(f"<p>{story}</p>") == [""]
