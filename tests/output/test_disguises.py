"""Each way of writing is undone, alone and in another; nothing is taken for what it is not."""

from __future__ import annotations

import base64
import gzip
import time
import zlib

import pytest

from aigaq.output import disguises

NAME = "Placeholder Name"


def read(text: str) -> str:
    return disguises.BREAK.join(disguises.readings(text, disguises.decoded(text)))


@pytest.mark.parametrize(
    "text",
    [
        "Placeholder&nbsp;Name", "&#80;laceholder&#x20;Name", "&amp;#80;laceholder Name",
        "Placeholder%20Name", "%2550laceholder Name", "\\u0050laceholder Name",
        "\\u{50}laceholder Name", "\\x50laceholder\\tName", "\\\\u0050laceholder Name",
        "&#x5c;u0050laceholder Name",
    ],
)  # fmt: skip
def test_an_escape_is_undone(text: str) -> None:
    assert disguises.decoded(text).replace("\xa0", " ").replace("\t", " ") == NAME


@pytest.mark.parametrize(
    "text",
    [
        "Pl<b>ace</b>holder Name", "Pl<!-- -->aceholder Name", "Pl<b><i>a</b></i>ceholder Name",
        "Pl<i\n class='x'>aceholder</i> Name", "\\50 laceholder Name", "Place-\n  holder Name",
        "Place\u00ad\nholder Name", "<img alt='Placeholder Name'>", "<!-- Placeholder Name -->",
        "<Placeholder Name>", "&lt;Placeholder Name&gt;", "Pla\u200b<b>ceholder Name",
    ],
)  # fmt: skip
def test_what_splits_or_hides_words_is_taken_away(text: str) -> None:
    assert NAME in read(text).replace("\u200b", "")


@pytest.mark.parametrize(
    "text",
    [
        "<p>Placeholder</p><p>Name</p>",
        "<li>Placeholder</li>Name",
        "<i a='Placeholder'><i b='Name'>",
    ],
)
def test_two_elements_do_not_read_on(text: str) -> None:
    assert disguises.BREAK in read(text).split("Placeholder")[1].split("Name")[0]


def test_cells_and_inline_elements_read_on() -> None:
    assert "Placeholder   Name" in read("<td>Placeholder</td> <td>Name</td>")


def test_two_links_beside_each_other_do_not() -> None:
    text = read("<a href='x'>Placeholder</a> <a href='y'>Name</a>")
    assert disguises.BREAK in text.split("Placeholder")[1].split("Name")[0]


def test_a_text_without_any_sign_of_disguise_is_read_once() -> None:
    assert list(disguises.readings("plain words", "plain words")) == ["plain words"]


@pytest.mark.parametrize(
    "data", [NAME.encode(), gzip.compress(NAME.encode(), mtime=0), "Есімі".encode()]
)
def test_what_base64_encodes_is_given_back(data: bytes) -> None:
    for encode in (base64.b64encode, base64.urlsafe_b64encode):
        text = f"data:text/plain;base64,{encode(data).decode()}"
        assert data in list(disguises.hidden(text))


@pytest.mark.parametrize(
    "text",
    [
        f"sha256-{base64.b64encode(zlib.compress(b'words that are nobodys')).decode()}",
        "../testimonies/paragraphs/p-7k3q", "TESTIMONIES/AND/PEOPLE", "Qm9",
    ],
)  # fmt: skip
def test_digests_and_paths_are_not_taken_for_base64(text: str) -> None:
    assert list(disguises.hidden(text)) == []


@pytest.mark.parametrize("sign", ["<", "<a ", "a<b>", "&", "\\", "-\n", "<a", "a<!--"])
def test_a_run_of_signs_takes_no_longer_than_it_is(sign: str) -> None:
    text = sign * 20_000
    start = time.process_time()
    read(text)
    assert time.process_time() - start < 2
