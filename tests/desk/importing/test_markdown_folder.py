"""Folders of Hugo and Jekyll."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from aigaq.desk.importing import markdown_folder

if TYPE_CHECKING:
    from pathlib import Path

YAML = """---
title: "A title: one"
date: 2020-07-21T10:00:00Z
author: Placeholder Name
tags: [camps, art]
layout: post
---
Words.
"""
TOML = """+++
title = "A title: one"
date = 2020-07-21
authors = ["Placeholder Name"]
tags = ["camps", "art"]
layout = "post"
+++
Words.
"""


@pytest.fixture
def read(tmp_path: Path):
    def run(**files: str):
        for name, text in files.items():
            place = tmp_path / name.replace("__", "/").replace("_dot_", ".")
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_text(text, "utf-8")
        return markdown_folder.read(tmp_path)

    return run


@pytest.mark.parametrize("text", [YAML, TOML, YAML.replace("\n", "\r\n")])
def test_a_header_is_read_in_yaml_and_in_toml(read, text: str) -> None:
    (one,), found = read(post_dot_md=text)
    assert found == []
    assert (one.title, one.published, one.author, one.tags) == (
        "A title: one", "2020-07-21", "Placeholder Name", ("camps", "art"),
    )  # fmt: skip
    assert (one.body, one.left_out) == ("Words.", ("keys of the header: layout",))


def test_a_name_tells_the_day_and_the_language(read) -> None:
    (one,), _ = read(**{"_posts__2020-07-21-story_dot_kk_dot_md": "Сөз."})
    assert (one.published, one.lang) == ("2020-07-21", "kk")


def test_drafts_are_left_out_and_counted(read) -> None:
    _, found = read(a_dot_md=YAML.replace("layout: post", "draft: true"), b_dot_md=YAML)
    assert [one.message for one in found] == ["1 drafts were left out"]


def test_what_only_their_programs_understand_is_taken_out_and_counted(read) -> None:
    body = (
        "One {{< youtube x >}} {% include a %} two <!-- note --> [in](/about) "
        "[out](https://x.example/)\n\n![A door](door.jpg)\n\n```\n{{ kept }}\n```\n"
    )
    (one,), _ = read(a_dot_md=body)
    assert one.body == ("One   two  in [out](https://x.example/)\n\n```\n{{ kept }}\n```")
    assert one.left_out == ("1 comments", "2 short codes", "picture: ![A door](door.jpg)")


@pytest.mark.parametrize(
    "text", ["---\n&a: *b\n---\nx", "+++\na = \n+++\nx", "---\n\tx: y\n---\n"]
)
def test_a_header_that_cannot_be_read_is_told(read, text: str) -> None:
    found, problems = read(a_dot_md=text)
    assert (found, problems[0].code, str(problems[0].span)) == ([], "I056", "a.md")


def test_no_link_leads_out_of_the_folder(read, tmp_path: Path) -> None:
    (tmp_path / "link.md").symlink_to("/etc/hostname")
    found, _ = read(a_dot_md=YAML)
    assert [one.key for one in found] == ["a.md"]
