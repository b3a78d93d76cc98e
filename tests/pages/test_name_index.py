"""The files of the index of names: who is in them and who is not, and how large they are."""

from __future__ import annotations

import dataclasses
import gzip
import json
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pytest

from aigaq.archive.public import Name, Person, PublicArchive
from aigaq.pages import name_index
from aigaq.words import names

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

GIVEN = [
    a + b for a in ("Nur", "Ber", "Qal", "Tur", "Zhan") for b in ("bek", "lan", "gul", "tay")
]


def files(archive: PublicArchive) -> dict[str, str]:
    return {a.path: a.data.decode() for a in name_index.artifacts(archive)}


def shards(archive: PublicArchive) -> dict[str, str]:
    return {path: text for path, text in files(archive).items() if "/n-" in path}


def rows(text: str) -> list[list[Any]]:
    return json.loads(text[text.index(",") + 1 : -len(");\n")])


def people(count: int, of: Iterable[str] = GIVEN) -> dict[str, Person]:
    """Each with two names of `of`, and all the same where there is one only."""
    some = [*of]
    made = {}
    for n in range(count):
        text = f"{some[n % len(some)]} {some[n // len(some) % len(some)]}"
        key = f"p-{n:05}"
        made[key] = Person(id=key, names=(Name(text=text, lang="en", kinds=("preferred",)),))
    return made


@pytest.fixture
def many(build_archive: Callable[..., PublicArchive]) -> PublicArchive:
    return build_archive(people=people(9000), places={}, organisations={})


def test_a_small_archive_has_one_file_and_a_directory(archive: PublicArchive) -> None:
    assert list(files(archive)) == ["assets/names/index.js", "assets/names/n-.js"]


def test_every_attested_name_is_there_with_its_language_and_how_fit_it_is(
    archive: PublicArchive,
) -> None:
    (text,) = shards(archive).values()

    (mother,) = (row for row in rows(text) if row[1] == "p-bb22")

    assert mother[:4] == [0, "p-bb22", "en 0", "Placeholder Mother"]
    assert mother[4:6] == ["en 2", "Placeholder Mothr"]
    assert mother[-2:] == ["zh-Hans 2", "占位母亲"]


def test_nobody_is_found_by_a_description(archive: PublicArchive) -> None:
    (text,) = shards(archive).values()

    assert "my aunt" not in text
    assert "p-cc33" not in text


def test_of_a_protected_person_only_the_public_name_is_there(archive: PublicArchive) -> None:
    (text,) = shards(archive).values()

    assert [row[2:] for row in rows(text) if row[1] == "p-dd44"] == [["en 0", "Interviewer A"]]


def test_the_browser_gets_the_tables_that_python_reads(archive: PublicArchive) -> None:
    call = files(archive)["assets/names/index.js"]
    tables, *_ = json.loads(call.replace("aigaqNames.begin(", "[").replace(");\n", "]"))

    assert tables == {key: names.TABLES[key] for key in names.TABLES if key != "writing"}


def directory(found: Mapping[str, str]) -> tuple[list[str], list[int]]:
    call = found["assets/names/index.js"]
    _, starts, lists, _ = json.loads(
        call.replace("aigaqNames.begin(", "[").replace(");\n", "]")
    )
    return starts, lists


def test_the_directory_names_every_file_in_the_order_of_its_keys(many: PublicArchive) -> None:
    found = files(many)
    starts, lists = directory(found)

    assert starts == sorted(set(starts))
    assert starts[0] == ""
    assert len(starts) == len(shards(many)) > 5
    assert {f"assets/names/w-{n}.js" for n in lists} == {p for p in found if "/w-" in p}


def test_every_word_of_a_name_leads_to_a_file_that_has_it(many: PublicArchive) -> None:
    starts, _ = directory(files(many))
    held = [{row[1] for row in rows(text)} for text in shards_in_order(many, starts)]
    lost = []
    for person in [*many.people.values()][::37]:
        one, other = names.words(person.names[0].text)
        joined = ((one + other, ""),) if len(one + other) <= 12 else ()
        for word, beside in ((one, other), (other, one), *joined):
            for root in names.roots(word):
                keys = (
                    [f"{root} {key}" for key in names.roots(beside)] if beside else [f"{root} "]
                )
                there = {i for key in keys for i in under(key, starts)}
                lost += [word] if all(person.id not in held[i] for i in there) else []

    assert lost == []


def under(key: str, starts: list[str]) -> list[int]:
    ends = [*starts[1:], "\U0010ffff"]
    both = enumerate(zip(starts, ends, strict=True))
    return [n for n, (start, end) in both if start < f"{key}\uffff" and end > key]


def shards_in_order(archive: PublicArchive, starts: list[str]) -> list[str]:
    by_name = shards(archive)
    return [
        by_name[f"assets/names/n-{s.lower().replace(' ', '_').replace('-', 'u2d-')}.js"]
        for s in starts
    ]


@pytest.mark.parametrize("of", [GIVEN, ["Nurlan"], ["Nurlan", "Berik"]])
def test_no_file_is_larger_than_a_slow_reader_can_bear(
    build_archive: Callable[..., PublicArchive], of: list[str]
) -> None:
    found = files(build_archive(people=people(9000, of)))

    assert max(len(text.encode()) for text in found.values()) < name_index.LIMIT * 1.06
    assert max(len(gzip.compress(text.encode())) for text in found.values()) < 10_000


def test_the_same_names_make_the_same_bytes_whatever_their_order(
    many: PublicArchive, build_archive: Callable[..., PublicArchive]
) -> None:
    turned = dict(reversed(many.people.items()))

    again = build_archive(people=turned, places={}, organisations={})

    assert name_index.artifacts(again) == name_index.artifacts(many)


def test_a_person_who_is_withdrawn_leaves_no_trace_and_changes_few_files(
    many: PublicArchive,
) -> None:
    gone = next(iter(many.people))
    rest = {key: one for key, one in many.people.items() if key != gone}

    before, after = files(many), files(dataclasses.replace(many, people=rest))

    assert any(gone in text for text in before.values())
    assert not any(gone in text for text in after.values())
    assert sum(before.get(path) != text for path, text in after.items()) < len(after) / 2


def test_words_are_listed_by_length_for_those_with_mistakes(many: PublicArchive) -> None:
    (text,) = (text for path, text in files(many).items() if "/w-" in path)
    listed = text.split('"')[3].split(" ")

    assert set(listed) == {stem for name in GIVEN for stem in names.stems(name.lower())}
    assert all(len(one) <= len(other) for one, other in pairwise(listed))
