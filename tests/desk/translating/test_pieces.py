from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aigaq.desk.translating import pieces

BODY = """::: scene
She is in a room.
:::

NARRATOR: They took her.
It was August.

## A heading

- one
- two

    a paragraph of the second

| a | b |
|---|---|
| 1 | 2 |

***

[^1]: A note.

[here]: https://example.org/
"""


def own(piece: pieces.Piece) -> str:
    return f"{piece.label}: {piece.words}" if piece.label else piece.words


def test_each_block_is_a_piece_at_its_line() -> None:
    made = pieces.of(BODY, ["NARRATOR"])

    assert [(one.line, one.kind, one.is_frame) for one in made] == [
        (0, "fence", True),
        (1, "paragraph", False),
        (2, "fence", True),
        (4, "paragraph", False),
        (7, "heading", False),
        (9, "list", False),
        (14, "table", False),
        (18, "rule", True),
        (20, "note", False),
        (22, "target", True),
    ]


def test_a_label_is_no_words() -> None:
    (turn,) = pieces.of("NARRATOR: They took her.\n", ["OTHER", "NARRATOR"])

    assert (turn.label, turn.words) == ("NARRATOR", "They took her.")


def test_words_before_a_colon_that_are_no_label_are_words() -> None:
    (turn,) = pieces.of("He said: nothing.\n", ["NARRATOR"])

    assert (turn.label, turn.words) == ("", "He said: nothing.")


def test_a_body_put_together_with_its_own_words_is_the_same() -> None:
    assert pieces.joined(pieces.of(BODY, ["NARRATOR"]), own) == BODY


def test_of_a_passage_without_words_nothing_is_left() -> None:
    made = pieces.of("One.\n\n::: hard violence\nTwo.\n:::\n\nThree.\n", ())

    assert pieces.joined(made, lambda p: "" if p.words == "Two." else own(p)) == (
        "One.\n\nThree.\n"
    )


@pytest.mark.parametrize("body", ["", "\n", "\n \n"])
def test_a_body_without_words_has_no_pieces(body: str) -> None:
    assert pieces.of(body, ["A"]) == ()


@given(st.text(alphabet="aB:#-*>|[]^ \n\t1.`~{}()", max_size=80))
def test_what_is_cut_and_joined_stays_so(body: str) -> None:
    once = pieces.joined(pieces.of(body, ["B"]), own)

    assert pieces.joined(pieces.of(once, ["B"]), own) == once
    assert "".join(once.split()) == "".join(body.split()) or "::" in body
