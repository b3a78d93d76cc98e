from __future__ import annotations

import dataclasses
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

import pytest

from aigaq.pages import routes
from aigaq.pages.fingerprints import Fingerprints
from aigaq.pages.index import Index


@dataclass(frozen=True)
class Thing:
    a: Any
    b: Any = ""


@dataclass(frozen=True)
class Other:
    a: Any
    b: Any = ""


def fingerprint(value: object, basis: bytes = b"") -> bytes:
    return Fingerprints(basis).of(value)


ALIKE = [
    (Thing("1"), Thing(1)),
    (Thing(1), Thing(True)),
    (Thing(1), Thing(1.0)),
    (Thing(None), Thing("None")),
    (Thing(""), Thing(None)),
    (Thing("a", "b"), Thing("ab")),
    (Thing("a', 'b"), Thing("a", "b")),
    (Thing(("a", "b")), Thing(("a, b",))),
    (Thing(("a", ("b",))), Thing((("a",), "b"))),
    (Thing(()), Thing("()")),
    (Thing(()), Thing(frozenset())),
    (Thing({}), Thing(frozenset())),
    (Thing({"a": "b"}), Thing((("a", "b"),))),
    (Thing({"a": "1", "b": "2"}), Thing({"b": "2", "a": "1"})),
    (Thing(date(2017, 1, 1)), Thing("2017-01-01")),
    (Thing(date(2017, 1, 1)), Thing("datetime.date(2017, 1, 1)")),
    (Thing(date(2017, 1, 1)), Thing(date(2017, 1, 2))),
    (Thing(frozenset({"a"})), Thing(("a",))),
    (Thing(frozenset({"a", "b"})), Thing(frozenset({("a", "b")}))),
    (Thing({1: "a"}), Thing({"1": "a"})),
    (Thing(2**40), Thing(float(2**40))),
    (Thing("қ", "а"), Thing("қа")),
    (Thing("a"), Other("a")),
    (Thing(Thing("a")), Thing(Other("a"))),
    (Thing(Thing("a", "b")), Thing(Thing("a"), "b")),
    (Thing("\ud800"), Thing("?")),
]


@pytest.mark.parametrize(("one", "other"), ALIKE, ids=[str(n) for n in range(len(ALIKE))])
def test_values_that_look_alike_are_told_apart(one: Thing, other: Thing) -> None:
    assert fingerprint(one) != fingerprint(other)


def test_equal_values_have_one_fingerprint_wherever_they_come_from() -> None:
    one = Thing(("a", Thing("b")), {"c": frozenset({"d", "e"})})
    again = Thing(("a", Thing("b")), {"c": frozenset({"e", "d"})})

    assert fingerprint(one) == fingerprint(again)


def test_how_a_value_is_held_in_memory_does_not_count() -> None:
    text, pair = "қала", ("a", Thing(1))

    one = Thing((text, text), (pair, pair))
    again = Thing((sys.intern("қала"), text.encode().decode()), (("a", Thing(1)), (*pair,)))

    assert fingerprint(one) == fingerprint(again)
    assert fingerprint(Thing(2**70)) == fingerprint(Thing(int(str(2**70))))


NOON = datetime(2017, 1, 1, 12, tzinfo=UTC)


@pytest.mark.parametrize("value", [b"2017-01-01", ["a"], {"a"}, NOON])
def test_what_a_page_does_not_hold_is_refused(value: object) -> None:
    """Bytes and lists stand for something else in what is hashed."""
    with pytest.raises(TypeError):
        fingerprint(Thing((value,)))


def test_a_set_has_no_order_under_any_hash_seed() -> None:
    made = {
        subprocess.run(
            [sys.executable, "-c", _OF_A_SET],
            env={"PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("0", "1", "2", "3")
    }

    assert len(made) == 1


_OF_A_SET = """
from dataclasses import make_dataclass
from aigaq.pages.fingerprints import Fingerprints
value = make_dataclass("Thing", ["a"], frozen=True)(frozenset("abcdefgh"))
print(Fingerprints().of(value).hex())
"""


def test_what_is_shared_counts() -> None:
    assert fingerprint(Thing("a"), b"one") != fingerprint(Thing("a"), b"two")


def test_what_cannot_be_read_to_the_ground_is_refused() -> None:
    with pytest.raises(TypeError):
        fingerprint(Thing(object()))


def test_every_page_has_a_fingerprint_of_its_own(archive: Any) -> None:
    pages, _ = routes.plan(Index(archive))

    prints = Fingerprints()

    assert len({prints.of(page) for page in pages}) == len(pages) > 50


def test_whatever_changes_in_the_inputs_of_a_page_changes_its_fingerprint(archive: Any) -> None:
    """Each leaf of each page of the small archive, one after the other."""
    pages, _ = routes.plan(Index(archive))
    kinds = {page.kind: page for page in pages if page.lang == "en"}

    for page in kinds.values():
        before = fingerprint(page)
        for changed in _changes(page):
            assert fingerprint(changed) != before

    assert len(kinds) > 10


def _changes(value: Any) -> Iterator[Any]:
    """The value with one text or number in it changed, each in turn; of 40 parts at most."""
    if isinstance(value, bool):
        yield not value
    elif isinstance(value, str | int):
        yield value + type(value)(1)
    else:
        for change, part in list(_parts(value))[:40]:
            yield from map(change, _changes(part))


def _parts(value: Any) -> Iterator[tuple[Callable[[Any], Any], Any]]:
    """Each part of a value, and what makes the value with another in its place."""
    if isinstance(value, tuple):
        for n, item in enumerate(value):
            yield (lambda new, n=n: (*value[:n], new, *value[n + 1 :])), item
    elif isinstance(value, Mapping):
        for key, item in value.items():
            yield (lambda new, key=key: {**value, key: new}), item
    elif dataclasses.is_dataclass(value):
        for field in dataclasses.fields(value):
            name = field.name
            yield (lambda new, name=name: _with(value, name, new)), getattr(value, name)


def _with(value: Any, name: str, new: Any) -> Any:
    """A copy with another field; made without asking the class, which may check its values."""
    copy = object.__new__(type(value))
    for field in dataclasses.fields(value):
        said = new if field.name == name else getattr(value, field.name)
        object.__setattr__(copy, field.name, said)
    return copy
