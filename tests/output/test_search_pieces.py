"""Lighter pieces of a search index: the same words, in files that begin where they say."""

from __future__ import annotations

import json
import random
import zlib
from functools import cache
from itertools import pairwise
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from aigaq.output import containers, pagefind, search_pieces, search_portions
from aigaq.pages import slim_page

if TYPE_CHECKING:
    from collections.abc import Mapping

Entries = list[tuple[str, Any]]
PAGES = 40


def page(number: int, words: str) -> slim_page.Fed:
    text = (
        f"<!doctype html><html lang=kk><title>Text {number}</title>"
        f'<meta data-pagefind-meta="forms[content]" content="key{number}0">'
        f'<meta data-pagefind-meta="aka[content]" content="Name {number}">'
        f'<body data-pagefind-body><span id="p1"></span><p>{words}</p></body></html>'
    )
    return slim_page.of_file(f"kk/testimonies/t-{number}.html", text.encode())


@cache
def bundle() -> Mapping[str, bytes]:
    """What the engine makes of some thousand words, with Cyrillic and mixed ones among them."""
    choice = random.Random(5)
    letters = "абвгдеуaebcуу營"
    words = ["".join(choice.choices(letters, k=choice.randrange(2, 9))) for _ in range(4000)]
    engine = pagefind.executable(extended=False)
    assert engine is not None
    pages = [page(n, " ".join(choice.choices(words, k=900))) for n in range(PAGES)]
    files, problems = pagefind.indexed(engine, "kk", pages)
    assert problems == []
    return MappingProxyType(files)


def lighter(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """The bundle of one portion, which is all that the engine made."""
    return search_pieces.bundle(files, [search_portions.of(files)])


def opened(data: bytes) -> bytes:
    return zlib.decompress(data, wbits=31).removeprefix(containers.PAGEFIND)


def meta(files: Mapping[str, bytes]) -> list[Any]:
    """The file that tells the pages and pieces; its name is in the entry."""
    entry = json.loads(files["pagefind-entry.json"])
    name = f"pagefind.{entry['languages']['kk']['hash']}.pf_meta"
    found: list[Any] = containers.cbor(opened(files[name]), 0)[0]
    return found


def pieces(files: Mapping[str, bytes]) -> list[Entries]:
    """All entries of the index by pieces, in the order in which the list has them."""
    names = (name for _, _, name in meta(files)[2])
    return [containers.cbor(opened(files[f"index/{n}.pf_index"]), 0)[0][0] for n in names]


def test_not_a_word_is_lost_or_changed() -> None:
    light = lighter(bundle())

    before = [entry for piece in pieces(bundle()) for entry in piece]
    after = [entry for piece in pieces(light) for entry in piece]
    assert after == before
    assert len(pieces(light)) > 2 * len(pieces(bundle()))


def test_pieces_weigh_little_and_about_alike() -> None:
    light = lighter(bundle())
    sizes = [len(opened(data)) for name, data in light.items() if name.endswith(".pf_index")]

    assert max(sizes) < 2.5 * sum(sizes) / len(sizes)


def test_every_word_lies_where_the_list_says() -> None:
    light = lighter(bundle())

    for (start, end, _), piece in zip(meta(light)[2], pieces(light), strict=True):
        assert all(start <= entry[0] <= end for entry in piece)


def test_whoever_types_four_letters_is_led_to_all_words_that_begin_so() -> None:
    light = lighter(bundle())
    table = [(start, end) for start, end, _ in meta(light)[2]]

    for number, piece in enumerate(pieces(light)):
        for word, *_ in piece:
            start, end = table[number]
            assert len(word) < 4 or start <= word[:4] <= end


def test_what_lies_between_two_pieces_leads_to_one_of_them() -> None:
    table = meta(lighter(bundle()))[2]

    assert table[0][0] == ""
    assert all(before[1] >= after[0] for before, after in pairwise(table))


def test_a_page_is_known_by_its_path() -> None:
    light = lighter(bundle())
    ids = {number for number, _ in meta(light)[1]}

    assert ids == {f"testimonies~t-{n}" for n in range(PAGES)}
    assert {n for n in light if n.startswith("fragment/")} == {
        f"fragment/{one}.pf_fragment" for one in ids
    }
    words = [count for _, count in meta(light)[1]]
    assert words == [count for _, count in meta(bundle())[1]]


def test_what_is_only_searched_does_not_come_with_the_words_of_a_page() -> None:
    files = lighter(bundle())
    fragment = json.loads(opened(files["fragment/testimonies~t-7.pf_fragment"]))

    assert fragment["meta"] == {"aka": "Name 7", "title": "Text 7"}
    assert fragment["anchors"] == [{"id": "p1", "location": 0}]


def test_the_entry_tells_what_stands_for_the_other_chinese_script() -> None:
    entry = json.loads(lighter(bundle())["pagefind-entry.json"])

    assert entry["han"] == {"营": "營"}


def test_the_same_bundle_gives_the_same_bytes_and_the_engine_stays() -> None:
    light = lighter(bundle())

    assert lighter(dict(reversed([*bundle().items()]))) == light
    assert light["wasm.unknown.pagefind"] == bundle()["wasm.unknown.pagefind"]


def test_what_changes_has_another_name() -> None:
    engine = pagefind.executable(extended=False)
    assert engine is not None
    first, second = (
        lighter(pagefind.indexed(engine, "kk", [page(0, words)])[0])
        for words in ("снег", "снег снег")
    )

    for ending in (".pf_meta", ".pf_index"):
        names, others = ({n for n in one if n.endswith(ending)} for one in (first, second))
        assert names != others
