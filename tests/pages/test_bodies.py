from __future__ import annotations

from typing import Any

import pytest

from aigaq.archive.public import Version
from aigaq.pages import bodies, context, texts
from aigaq.words.fragments import Block, Container, Fragment


@pytest.fixture(name="shown")
def _shown(archive: Any, pages_of: Any) -> Any:
    """`shown(blocks, **version)`: a body on the English page of `t-1111`."""
    page = pages_of(archive)["en/testimonies/t-1111.html"]
    here = context.Context(page, archive.site, texts.of("en", ""))

    def show(*blocks: Block, own_words: bool = True, **version: Any) -> bodies.Body:
        values: dict[str, Any] = {"lang": "en", "title": "T", "body": Fragment(blocks=blocks)}
        made = Version(**values | version)
        return bodies.of(made, here, own_words=own_words)

    return show


def block(address: str, html: str = "<p>Words.</p>", **more: Any) -> Block:
    values: dict[str, Any] = {"kind": "paragraph", "text": "", "line": 1}
    return Block(address=address, html=html, **values | more)


def test_neighbours_in_one_container_stand_together(shown: Any) -> None:
    scene = Container(kind="scene", number=1)

    body = shown(block("p1", container=scene), block("p2", container=scene), block("p3"))

    assert [(s.kind, len(s.blocks)) for s in body.stretches] == [("scene", 2), ("", 1)]


def test_two_containers_of_one_kind_stay_two(shown: Any) -> None:
    first, second = (Container(kind="scene", number=n) for n in (1, 2))

    body = shown(block("p1", container=first), block("p2", container=second))

    assert [s.kind for s in body.stretches] == ["scene", "scene"]


def test_a_note_by_the_editor_names_nobody(shown: Any) -> None:
    note = Container(kind="note", number=1, by="editor")

    [stretch] = shown(block("p1", container=note)).stretches

    assert stretch.by is None


def test_a_note_by_somebody_leads_to_their_page(shown: Any) -> None:
    note = Container(kind="note", number=1, by="p-dd44")

    [stretch] = shown(block("p1", container=note)).stretches

    assert stretch.by.path == "en/people/p-dd44.html"


def test_a_speaker_whose_label_belongs_to_nobody_is_only_named(shown: Any) -> None:
    [stretch] = shown(block("p1", kind="turn", speaker="GUEST")).stretches

    assert (stretch.blocks[0].speaker.phrase.text, stretch.blocks[0].speaker.path) == (
        "GUEST",
        "",
    )


def test_the_words_of_another_language_are_marked_with_it(shown: Any) -> None:
    body = shown(block("p1"), lang="ug")

    assert (body.lang, body.dir) == ("ug", "rtl")


def test_a_quotation_in_a_retelling_is_no_longer_marked_as_one(shown: Any) -> None:
    quotation = block("p1", "<blockquote><p>Words.</p></blockquote>", kind="quotation")

    [stretch] = shown(quotation, own_words=False).stretches

    assert stretch.blocks[0].html == '<div class="set-off"><p>Words.</p></div>'


def test_a_body_without_blocks_is_empty(shown: Any) -> None:
    assert not shown()
