"""Portions of an index: joined they are what the engine makes of all their pages at once."""

from __future__ import annotations

import random
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from aigaq.output import containers, pagefind, search_portions
from aigaq.pages import slim_page

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

LANG = "kk"
PAGES = 60
# With marks over letters that the engine takes off, so that a word has several forms.
LETTERS = "абвгдеуйиёaebcuü營"


def page(number: int, words: str) -> slim_page.Fed:
    made = slim_page.SlimPage(
        path=f"{LANG}/testimonies/t-{number:03}.html",
        title=f"Text {number}",
        kind="Text" if number % 3 else "",
        date="" if number % 7 else "2017",
        parts=(slim_page.Part(words, "p1"),),
    )
    return slim_page.fed(made, LANG)


def pages(seed: int = 5) -> list[slim_page.Fed]:
    choice = random.Random(seed)
    some = ["".join(choice.choices(LETTERS, k=choice.randrange(1, 6))) for _ in range(900)]
    return [page(n, " ".join(choice.choices(some, k=300))) for n in range(PAGES)]


def indexed(some: Iterable[slim_page.Fed]) -> Mapping[str, bytes]:
    engine = pagefind.executable(extended=False)
    assert engine is not None
    files, problems = pagefind.indexed(engine, LANG, some, frame=slim_page.frame(LANG))
    assert problems == []
    return files


@cache
def whole() -> search_portions.Portion:
    return search_portions.of(indexed(pages()), framed=True)


def in_portions(*cuts: int) -> list[search_portions.Portion]:
    ends = (0, *cuts, PAGES)
    some = (pages()[start:end] for start, end in pairwise(ends))
    return [search_portions.of(indexed(one), framed=True) for one in some]


def read(portions: Iterable[search_portions.Portion]) -> list[Any]:
    """All entries; forms of a word come in no order from the engine."""
    made = [containers.cbor(entry, 0)[0] for _, entry in search_portions.joined(portions)]
    return [[word, listed, sorted(forms)] for word, listed, forms in made]


@pytest.mark.parametrize("cuts", [(30,), (1, 2, 59), (20, 40), tuple(range(5, 60, 5))])
def test_portions_joined_are_the_index_of_all_pages(cuts: tuple[int, ...]) -> None:
    portions = in_portions(*cuts)

    assert list(search_portions.joined(portions)) == list(search_portions.joined([whole()]))
    assert [one for portion in portions for one in portion.pages] == list(whole().pages)
    assert {portion.fields for portion in portions} == {whole().fields}


def test_what_is_joined_is_what_the_engine_wrote() -> None:
    files = indexed(pages())
    written = [
        containers.cbor(entry, 0)[0]
        for _, _, name in search_portions.meta_of(files)[2]
        for _, entry in search_portions.entries_of(
            search_portions.opened(files[f"index/{name}.pf_index"])
        )
    ]

    framed = read([search_portions.of(files)])

    assert framed == [[word, listed, sorted(forms)] for word, listed, forms in written]
    assert sum(len(forms) > 1 for _, _, forms in framed) > 9


def test_the_frame_leaves_nothing_but_the_numbers_of_the_fields() -> None:
    files = indexed(pages())
    framed, bare = search_portions.of(files), search_portions.of(files, framed=True)
    with_frame = read([framed])
    expected = []
    for word, listed, forms in with_frame:
        own = _without_first(listed)
        others = [[form, left] for form, pages in forms if (left := _without_first(pages))]
        if own or others:
            expected.append([word, own, others])

    assert read([bare]) == expected
    assert len(expected) < len(with_frame)  # a word that only the frame has
    assert bare.pages == framed.pages[1:]


def _without_first(listed: list[Any]) -> list[Any]:
    """A list of pages without page 0, where the next one has become that."""
    if listed and listed[0][0] == 0:
        return [[listed[1][0] - 1, *listed[1][1:]], *listed[2:]] if listed[1:] else []
    return [[listed[0][0] - 1, *listed[0][1:]], *listed[1:]] if listed else []


def test_a_portion_is_read_as_it_was_kept() -> None:
    assert search_portions.known(search_portions.kept(whole())) == whole()


def test_a_portion_of_the_frame_alone_is_empty() -> None:
    empty = search_portions.of(indexed([]), framed=True)

    assert (empty.pages, empty.rows) == ((), ())
    assert search_portions.known(search_portions.kept(empty)) == empty


def test_an_index_that_cannot_be_read_is_no_portion() -> None:
    files = dict(indexed(pages()[:3]))
    name = next(name for name in files if name.startswith("index/"))
    files[name] = search_portions.packed(b"\x81\x81" + b"\x83\x61a\x81\x83\x01\x62bb\x80\x80")

    with pytest.raises(ValueError, match="cannot be read"):
        search_portions.of(files)


@given(
    st.lists(
        st.tuples(
            st.text(max_size=30),
            st.lists(st.integers(0, 1 << 20), max_size=40),
        ),
        max_size=60,
    )
)
@example([("one", [0x8361, 0x83]), ("уa", [0x18, 0x83, 0x61])])
@example([("one", [0x8361]), ("x" * 0x10000, [])])
def test_entries_are_told_apart_whatever_their_bytes(made: list[tuple[str, list[int]]]) -> None:
    written = [(word, search_portions.cbor([word, places, []])) for word, places in made]
    first = search_portions.cbor([[]] * len(written))
    index = b"\x81" + first[: len(first) - len(written)] + b"".join(data for _, data in written)

    assert list(search_portions.entries_of(index)) == written


@pytest.mark.parametrize("number", [-25, -1, 0, 23, 24, 255, 256, 65535, 65536, 1 << 31])
def test_numbers_are_written_as_they_are_read(number: int) -> None:
    assert containers.cbor(search_portions.cbor([number]), 0)[0] == [number]
