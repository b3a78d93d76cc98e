"""Lines and their tokens, told in two ways that must agree."""

from __future__ import annotations

from hypothesis import example, given
from hypothesis import strategies as st

from aigaq.output import tokenized

WORDS = (b"og", b"ogre", b"p-1", b"<b>", b"</b>", b"&shy;", "Ақ".encode(), b"\x00", b".", b" ")
LINES = st.lists(st.lists(st.sampled_from(WORDS), max_size=12).map(b"".join), max_size=12)
SOME = st.sets(st.sampled_from([b"og", b"p-1", b"ogre", b"&shy;", b"ogog", tokenized.OPEN]))


def tokens_of(line: bytes) -> set[bytes]:
    return set(line.translate(tokenized.APART).split())


@given(LINES, SOME)
@example([b"og og", b"", b"p-1"], {b"og"})
@example([b"og"] + [b"x . x . x . x . x"] * 60, {b"og"})  # seldom enough to be looked for
@example([b"x . x . x . x . x"] * 60 + [b"a og"], {b"og"})
@example([b"x . x . x . x . x"] * 60 + [b"o<b>g</b>", b""], {b"og"})
def test_lines_are_told_by_the_tokens_that_stand_in_them(
    lines: list[bytes], some: set[bytes]
) -> None:
    apart = tokenized.Lines(lines)
    told = apart.by_line(some)

    assert apart.with_any(some) == told.keys()
    for number, line in enumerate(lines):
        inside = told.get(number, set())
        assert tokens_of(line) & some <= inside
        assert line in apart.split or inside == tokens_of(line) & some
    assert set().union(*told.values()) <= some & apart.distinct


@given(st.lists(st.sampled_from([b"x . x . x . x", b"ogre", b"o.g", b"og"]), min_size=100))
def test_rare_tokens_are_found_where_all_are_looked_at(lines: list[bytes]) -> None:
    held = {number for number, line in enumerate(lines) if b"og" in tokens_of(line)}
    assert tokenized.Lines(lines).with_any({b"og"}) == held


def test_what_mark_up_divides_is_one_token_more() -> None:
    apart = tokenized.Lines([b"plain", b"a Na<b>me</b> b"])
    assert apart.split == {b"a Na<b>me</b> b"}
    assert apart.with_any({b"Name"}) == {1}
    assert b"Name" in apart.distinct


def test_json_and_feeds_have_a_line_for_each_value() -> None:
    text = b'{"a":[' + b",".join([b'{"b":"c"}'] * 900) + b"]}"
    assert len(tokenized.in_lines(text)) == 900
    assert b"".join(tokenized.in_lines(text)) == text
    assert tokenized.in_lines(b"short\nlines") == [b"short", b"lines"]
