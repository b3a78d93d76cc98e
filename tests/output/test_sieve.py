"""What the sieve lets pass holds nothing: it finds what reading everything finds."""

from __future__ import annotations

import base64
import gzip
import html
import io
import json
import zipfile
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aigaq.archive.protected import Value
from aigaq.output import containers, disguises, leaks, sieve
from aigaq.output.watchlist import Watchlist

if TYPE_CHECKING:
    from collections.abc import Callable

    from aigaq.output.keys import Key

NAMES = (
    "Qalida Zhandosova",
    "Nurlan Serik",
    "Bota Erzhanqyzy Aman",
    "卡丽达江",
    "李明",
    "Qarabulaq",
)
STORY = "the cellar under the bakery had one window and eleven women slept there in turns"
HAN_STORY = "面包房下面的地窖只有一扇窗户十一个女人轮流睡觉"
VALUES = (
    *(Value(f"p-{n}", "names.text", name, "name") for n, name in enumerate(NAMES)),
    Value("t-1", "body", STORY),
    Value("t-2", "body", HAN_STORY),
    Value("pl-1", "at", "43.87654", "exact"),
    Value("p-h1d3", "id", "p-h1d3", "exact"),
)
WATCH = Watchlist(VALUES)


def read_plainly(watch: Watchlist, data: bytes, depth: int = 0) -> set[Key]:
    """The whole of each text, in every way in which it may be read: nothing left out."""
    found: set[Key] = set()
    for part in containers.texts(data):
        text = part.decode("utf-8", "replace")
        opened = disguises.decoded(text)
        for reading in disguises.readings(text, opened):
            found |= {hit.key for hit in watch.found(reading)}
        for hidden in disguises.hidden(opened) if depth < 3 else ():
            found |= read_plainly(watch, hidden, depth + 1)
    return found


def read_by_lines(watch: Watchlist, data: bytes) -> set[Key]:
    """Every stretch of lines by itself: mark-up that is broken can hide what is beside it."""
    found: set[Key] = set()
    for part in containers.texts(data):
        lines = part.split(b"\n")
        for start in range(len(lines)):
            for end in range(start + 1, len(lines) + 1):
                found |= read_plainly(watch, b"\n".join(lines[start:end]))
    return found


# --- pages that are made up of anything ---

SPELLINGS = (
    *NAMES, "Zhandosova, Qalida", "Қалида Жандосова", "قاليدا جاندوسوۆا", "Khalida Jandosova",
    "QALIDA ZHANDOSOVA", "Калиду Жандосову", "Serik\nNurlan", "Нұрлан Серікке", "nurlan.serik",
    "Nurlan A. Serik", "Qarabulaqta", "Қарабұлақ", "卡\n丽 达·江", "李 明", "Qаlidа Zhаndоsоvа",
    STORY, STORY.upper(), STORY[4:40], STORY.replace(" ", "\n"), STORY.replace(" ", "</p>\n "),
    HAN_STORY, HAN_STORY[2:9] + "，" + HAN_STORY[9:15], "\n".join(HAN_STORY), "43.87654",
    "../people/p-h1d3.html", "p-h1d3",
)  # fmt: skip
FILLING = (
    "and", "the", "in a village", "Serik", "Qalida", "Zhandosova", "window", "李", "明", "卡丽",
    "Ата-анасы", "кейін", "ئۇ", "–", "“yes”", "one\nand eleven", "mother- and father-in-law",
    "a < b", "x > y", "R&D", "100%", "C:\\new", "don’t", "it's", "43.87", "  ", "\n\n", ",",
    "The bakery had one", "women slept there",
)  # fmt: skip
TAGS = (
    "<p>", "</p>", "<b>", "</b>", "<td>", "</td>\n<td class='x'>", "<a href='x.html'>", "</a>",
    "<br>", "<!-- x -->", "<!--", "-->", "<span\n class=x>", "</span>", "<b\n>", "<i><u>", "<",
    ">", "<li title='Serik'>", "\n", " ", "", "<bé>", "{", '"', '",\n"', "\\n", "\\", "&amp;",
    "&lt;b&gt;", "&shy;", "\u200b", "\u00ad", '","given":"', '",\n"family": "',
    "-\n", "- \\n", "%20", "\\u0020", "'", "、",
)  # fmt: skip


FULL_WIDTH = {code: code + 0xFEE0 for code in range(0x21, 0x7F)}


def after(every: int, sign: str) -> Callable[[str], str]:
    """Puts a sign after each so many letters."""
    return lambda text: "".join(c + sign if n % every == 1 else c for n, c in enumerate(text))


def css(text: str) -> str:
    return "".join(
        f"\\{ord(c):x} " if c.isalpha() and n % 3 == 0 else c for n, c in enumerate(text)
    )


def zipped(text: str) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.txt", text)
    return made.getvalue()


def fragment(text: str) -> bytes:
    return gzip.compress(b"pagefind_dcd" + json.dumps({"content": text}).encode())


DISGUISES: dict[str, Callable[[str], str]] = {
    "none": str,
    "entities": lambda text: "".join(f"&#{ord(c)};" for c in text),
    "an entity": lambda text: f"{text[:1]}&#x{ord(text[1]):x};{text[2:]}",
    "escaped": html.escape,
    "escaped twice": lambda text: html.escape(html.escape(f"<b>{text}</b>")),
    "percent": quote,
    "JSON": json.dumps,
    "JSON twice": lambda text: json.dumps(json.dumps(text)),
    "braces": lambda text: "".join(f"\\u{{{ord(c):x}}}" for c in text),
    "CSS": css,
    "base64": lambda text: base64.b64encode(text.encode()).decode(),
    "base64 of gzip": lambda text: base64.b64encode(gzip.compress(text.encode())).decode(),
    "base64 in JSON": lambda text: base64.b64encode(text.encode()).decode().replace("/", "\\/"),
    "base64 in an address": lambda text: quote(base64.b64encode(text.encode()), safe=""),
    "soft hyphens": "\u00ad".join,
    "invisible": "\u200b\u2060".join,
    "hyphen entities": "&shy;".join,
    "marks": "\u0336".join,
    "tags": after(3, "<b>"),
    "tags over lines": after(5, "<i\n class='x'>"),
    "escaped tags": after(3, "&lt;b&gt;"),
    "comments": "<!-- x -->".join,
    "turned": lambda text: text[:3] + "-\n   " + text[3:],
    "turned in JSON": lambda text: text[:3] + "-\\n" + text[3:],
    "turned, soft": lambda text: text[:3] + "&shy;\n" + text[3:],
    "cells": lambda text: text.replace(" ", "</td>\n\n<td>\n"),
    "cells, close": lambda text: text.replace(" ", "</td><td>"),
    "lines": lambda text: text.replace(" ", "\n"),
    "no-break": lambda text: text.replace(" ", "&nbsp;"),
    "apostrophes": lambda text: text[:2] + "’" + text[2:5] + "'" + text[5:],
    "full width": lambda text: text.translate(FULL_WIDTH),
    "attribute": lambda text: f"<meta content='{text}'>",
    "in angles": lambda text: f"<{text}>",
}  # fmt: skip
WRAPS: dict[str, Callable[[str], bytes]] = {
    "plain": str.encode,
    "gzip": lambda text: gzip.compress(text.encode()),
    "zip": zipped,
    "fragment": fragment,
    "UTF-16": lambda text: text.encode("utf-16-le"),
    "in binary": lambda text: b"\x00\x01" + text.encode() + b"\x00",
}

pieces = st.one_of(
    st.sampled_from(FILLING),
    st.sampled_from(TAGS),
    st.builds(
        lambda text, one, two: DISGUISES[two](DISGUISES[one](text)),
        st.sampled_from(SPELLINGS),
        st.sampled_from(sorted(DISGUISES)),
        st.sampled_from(["none"] * 6 + sorted(DISGUISES)),
    ),
)
pages = st.builds(
    lambda parts, joint: joint.join(parts),
    st.lists(pieces, min_size=1, max_size=12),
    st.sampled_from(["", " ", "\n"]),
)


@settings(max_examples=400, deadline=None)
@given(st.lists(st.tuples(pages, st.sampled_from(sorted(WRAPS))), min_size=1, max_size=5))
def test_the_sieve_finds_what_reading_everything_finds(texts: list[tuple[str, str]]) -> None:
    files = [(str(n), "x.html", WRAPS[wrap](text)) for n, (text, wrap) in enumerate(texts)]
    found = {number: set(keys) for number, _, _, keys in leaks.Search(WATCH).all(files)}
    for number, _, data in files:
        plainly = read_plainly(WATCH, data)
        assert found[number] >= plainly
        assert found[number] <= plainly or found[number] <= read_by_lines(WATCH, data)


@pytest.mark.parametrize("disguise", DISGUISES)
def test_a_disguise_is_judged_as_it_is_read(disguise: str) -> None:
    for spelling in SPELLINGS:
        data = f"<p>and then {DISGUISES[disguise](spelling)} came</p>\n".encode()
        assert leaks.Search(WATCH).data(data) == read_plainly(WATCH, data), spelling


def test_a_line_that_was_judged_is_told_of_every_file_that_has_it() -> None:
    line = b"<p>Nurlan Serik</p>"
    search = leaks.Search(Watchlist(VALUES))
    assert all(search.data(b"<main>\n%b\n%d" % (line, n)) for n in range(3))


def test_two_known_lines_beside_each_other_for_the_first_time_are_read() -> None:
    search = leaks.Search(Watchlist(VALUES))
    assert not search.data(b"we saw Nurlan\nthere")
    assert not search.data(b"and\nSerik, too")
    assert search.data(b"we saw Nurlan\nSerik, too")


def test_what_leads_to_a_name_does_not_depend_on_what_was_seen_before() -> None:
    often = (b"Nurlan came home", b"Serik came home", b"p-h1d3 c h1d3", b"")
    for first in often:
        search = leaks.Search(Watchlist(VALUES))
        assert not search.data(first.replace(b"p-h1d3 ", b"") * 50 if first else first)
        assert search.data(b"<p>we saw Nurlan</p>\n<p>Serik's friend, Nurlan\nSerik, too</p>")
        assert search.data(b"<a href='p-h1d3.html'>somebody</a>")


def test_lines_that_were_forgotten_are_judged_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sieve, "_HELD", 64)
    search = leaks.Search(Watchlist(VALUES))
    page = b"and then\nwe saw Nur<b>lan</b>\nSerik, too\nin the village of Nurlan"
    for number in range(12):
        assert search.data(page), number
        assert not search.data(b"a window and a bakery of %d women\n" % number * (number % 3))
        assert not search.data(b"in the village of Nurlan\nthere was no Serik %d" % number)


@pytest.mark.parametrize(
    "text", ["we saw Nurlan\nSerik there", "Нұрлан\nСерікке", "Serik\nNurlan"]
)
@pytest.mark.parametrize("alone", ["Nurlan", "Serik"])
def test_a_name_alone_is_looked_for_in_other_names_over_ends_of_lines(
    text: str, alone: str
) -> None:
    names = ("Nurlan Serik", alone, f"{alone} Omarova", f"{alone} Adilova")
    watch = Watchlist(
        Value(f"p-{n}", "names.text", name, "name") for n, name in enumerate(names)
    )
    data = text.encode()

    assert ("pair", "nurlan", "serik") in leaks.Search(watch).data(data)
    assert leaks.Search(watch).data(data) == read_plainly(watch, data)


@pytest.mark.parametrize("end", [" ", "\n", ".\n", "</p>\n<p>", "\n</p>\n<p>\n"])
def test_a_run_is_read_as_far_as_it_goes_around_a_name_in_it(end: str) -> None:
    story = "turns there slept women bakery when cellar Nurlan Serik window"
    watch = Watchlist(
        [Value("p-1", "names.text", "Nurlan Serik", "name"), Value("t-1", "body", story)]
    )
    data = f"x y\n{story.replace(' ', end)}\nzz\nyy".replace(
        f"Nurlan{end}", "Nurlan\n"
    ).encode()
    found = {key for key in read_plainly(watch, data) if key[0] == "run"}

    assert len(found) == 5
    assert leaks.Search(watch).data(data) >= found


def test_an_entry_of_a_feed_is_read_without_the_others() -> None:
    other = b"<entry><title>Somebody came home</title></entry>"
    name = b"<entry><title>Nurlan Serik</title></entry>"
    lead = b"<entry><title>Serik said</title></entry>"
    judge = sieve.Sieve(Watchlist(VALUES), lambda data: False)
    assert judge.pieces([b"<feed>" + other * 200 + name + lead + b"</feed>"]) == [[name]]


@pytest.mark.parametrize("joint", ["</b><entry>", "><entry>", "},{", '","'])
def test_a_run_is_found_over_what_divides_long_lines(joint: str) -> None:
    data = ("x" * 5000 + STORY.replace(" ", joint)).encode()
    assert leaks.Search(WATCH).data(data) == read_plainly(WATCH, data) != set()
