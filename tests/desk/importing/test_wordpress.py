"""Exports of WordPress: the public posts, and nothing of who wrote or answered them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from aigaq.desk.importing import wordpress

if TYPE_CHECKING:
    from pathlib import Path

_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:wp="http://wordpress.org/export/1.2/">
<channel><title>Example Blog</title><language>en-US</language>
<wp:author><wp:author_login>login1</wp:author_login>
<wp:author_email>poster@example.org</wp:author_email>
<wp:author_display_name>Placeholder Poster</wp:author_display_name></wp:author>
"""
_TAIL = "</channel></rss>"


def item(
    title: str = "A title", words: str = "<p>Placeholder words.</p>", **fields: str
) -> str:
    given = {
        "post_type": "post",
        "status": "publish",
        "post_date": "2020-07-21 10:00:00",
        "post_password": "",
    } | fields
    inside = "".join(
        f"<wp:{name}><![CDATA[{text}]]></wp:{name}>" for name, text in given.items()
    )
    return (
        f"<item><title>{title}</title><link>https://x.example/a</link><guid>g-{title}</guid>"
        f"<dc:creator>login1</dc:creator><content:encoded><![CDATA[{words}]]></content:encoded>"
        "<category domain='category'>Camps</category>"
        "<category domain='post_tag'>Art</category>"
        f"{inside}<wp:comment><wp:comment_content>Commentwords</wp:comment_content>"
        "<wp:comment_author_IP>192.0.2.7</wp:comment_author_IP></wp:comment></item>"
    )


@pytest.fixture
def read(tmp_path: Path):
    def run(*items: str, text: str = ""):
        path = tmp_path / "export.xml"
        path.write_text(text or _HEAD + "".join(items) + _TAIL, "utf-8")
        return wordpress.read(path)

    return run


def test_a_post_says_what_it_is(read) -> None:
    (one,), found = read(item())
    assert found == []
    assert (one.title, one.body, one.published) == (
        "A title", "Placeholder words.", "2020-07-21",
    )  # fmt: skip
    assert (one.url, one.outlet, one.tags) == (
        "https://x.example/a", "Example Blog", ("Camps", "Art"),
    )  # fmt: skip
    assert (one.author, one.guesses) == ("Placeholder Poster", ("the author, who posted it",))


def test_what_lines_of_a_post_made_us_guess_is_told(read) -> None:
    line = "<p>Photos by Ann Example</p>"
    (one,), _ = read(item(words=f"<p>Words.</p>{line}"))
    assert one.guesses == (
        "the credits, from “Photos by Ann Example”",
        "the author, who posted it",
    )


def test_who_posts_what_was_published_before_is_not_the_author(read) -> None:
    line = "<p>This post was originally published on Example Radio.</p>"
    (one,), _ = read(item(words=f"<p>Words.</p>{line}"))
    assert (one.author, one.first) == ("", "Example Radio")


@pytest.mark.parametrize(
    "fields",
    [
        {"status": "draft"},
        {"status": "private"},
        {"status": "trash"},
        {"post_password": "secret"},
        {"post_type": "attachment"},
        {"post_type": "nav_menu_item"},
        {"post_type": "page"},
    ],
)
def test_what_was_not_public_is_counted_and_not_read(read, fields: dict[str, str]) -> None:
    found, problems = read(item("One"), item("Two", "<p>Hiddenwords</p>", **fields))
    assert [one.title for one in found] == ["One"]
    assert [one.code for one in problems] == ["I052"]
    assert "Hiddenwords" not in str([found, problems])


def test_comments_addresses_and_accounts_are_not_read(read) -> None:
    (one,), found = read(item())
    told = str([one, found])
    assert [w for w in ("Commentwords", "192.0.2.7", "poster@", "login1") if w in told] == []


def test_a_post_without_a_date_has_none(read) -> None:
    (one,), _ = read(item(post_date="0000-00-00 00:00:00"))
    assert one.published == ""


def test_short_codes_and_paragraphs_without_tags_are_understood(read) -> None:
    words = (
        "First words.\n\nSecond words.\n\n[caption id='a' width='3']<img src='a.jpg' alt='' />"
        " A caption[/caption]\n\n[gallery ids='1,2']Third words."
    )
    (one,), _ = read(item(words=words))
    assert one.body == (
        "First words.\n\nSecond words.\n\n::: note\nA caption\n:::\n\nThird words."
    )


@pytest.mark.parametrize(
    "text",
    [
        "no xml",
        "<rss/>",
        "<html/>",
        '<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]><rss><channel>&x;</channel></rss>',
        '<!DOCTYPE r [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><rss><channel/></rss>',
    ],
)
def test_what_is_no_export_is_refused(read, text: str) -> None:
    found, problems = read(text=text)
    assert (found, [one.code for one in problems]) == ([], ["I054"])


def test_an_export_without_posts_is_told(read) -> None:
    assert [one.code for one in read()[1]] == ["I051"]


def test_paragraphs_without_tags_between_others_with_them_stay_apart(read) -> None:
    words = "<h3>Said</h3>\n\nAnn Example\n\nIt was.\n \n<p class='a'>Then.</p>\n\nEnd."
    (one,), _ = read(item(words=words))
    assert one.body == "### Said\n\nAnn Example\n\nIt was.\n\nThen.\n\nEnd."
