from __future__ import annotations

import random
from dataclasses import replace
from pathlib import Path

import pytest

from aigaq.output import conversion, workers
from aigaq.source.markup import convert
from aigaq.words.diagnostics import Span
from aigaq.words.fragments import Fragment

GOOD = """AIGUL: They told us ((a local mayor)) it would be a month. [[laughs]]

## A heading

::: note by=editor source=https://example.org/other
See [her](person:p-bb22) and [that](testimony:t-9x2d#p4).[^1]
:::

![A scarf](scarf.jpg)

[^1]: A note.
"""
BAD = """::: scene
Inside.

::: hard torture
Nested, and never closed; [a person](person: p-1) and <b>raw</b>.

{{not closed

[^1]: one

[^1]: twice
"""
COMMENT = "Words.\n\n<!-- a private note -->\n"


def task(body: str = GOOD, *, path: str = "content/t-1.en.md", line: int = 12):
    return conversion.Task(
        path=path, first_line=line, body=body, labels=("AIGUL",), language="en"
    )


def converted(one: conversion.Task):
    fragment, found = convert.convert(
        one.body,
        path=one.path, first_line=one.first_line, labels=one.labels, language=one.language,
    )  # fmt: skip
    return fragment, tuple(found)


def run(*tasks: conversion.Task, cache: Path, jobs: int = 1):
    return conversion.fragments(tasks, cache_dir=cache, jobs=jobs)


def entries(cache: Path) -> list[Path]:
    return sorted(path for path in cache.rglob("*") if path.is_file())


@pytest.mark.parametrize("body", [GOOD, BAD, COMMENT, ""], ids=["good", "bad", "comment", "no"])
@pytest.mark.parametrize("line", [1, 9, 100])
def test_the_result_is_that_of_the_converter_itself(tmp_path, body: str, line: int) -> None:
    one = task(body, line=line)

    assert run(one, cache=tmp_path) == [converted(one)]


@pytest.mark.parametrize("body", [GOOD, BAD])
def test_the_result_from_the_cache_is_the_same(tmp_path: Path, body: str) -> None:
    one = task(body)
    run(one, cache=tmp_path)

    assert run(one, cache=tmp_path) == [converted(one)]


@pytest.mark.parametrize("body", [GOOD, BAD])
def test_a_longer_header_or_another_file_converts_nothing_anew(tmp_path, body: str) -> None:
    run(task(body), cache=tmp_path)
    before = entries(tmp_path)
    moved = task(body, path="content/deeper/t-2.en.md", line=77)

    assert run(moved, cache=tmp_path) == [converted(moved)]
    assert entries(tmp_path) == before


def test_the_key_depends_on_all_that_the_converter_is_told() -> None:
    base = {"path": "p", "first_line": 1, "body": "b", "labels": ("A", "B"), "language": "en"}
    keys = {
        conversion.key(conversion.Task(**{**base, **change}))
        for change in (
            {}, {"body": "c"}, {"labels": ("A",)}, {"labels": ("AB",)}, {"language": "kk"},
            {"labels": ("A",), "body": "Bb"}, {"labels": (), "language": "enA"},
        )
    }  # fmt: skip

    assert len(keys) == 7


def test_the_key_does_not_depend_on_the_order_of_labels() -> None:
    one, other = (
        conversion.Task(path="p", first_line=1, body="b", labels=labels)
        for labels in (("A", "B"), ("B", "A"))
    )

    assert conversion.key(one) == conversion.key(other)


def test_every_random_damage_of_the_cache_of_250_changes_no_result(tmp_path: Path) -> None:
    tasks = [task(f"Text {n}.\n\n{GOOD}", path=f"{n}.md") for n in range(25)]
    right = run(*tasks, cache=tmp_path)
    chance = random.Random(20261122)

    for _ in range(10):
        for path in entries(tmp_path):
            data = bytearray(path.read_bytes())
            place = chance.randrange(len(data))
            if chance.random() < 0.5:
                data[place] ^= 1 << chance.randrange(8)
            else:
                del data[place:]
            path.write_bytes(data)
        assert run(*tasks, cache=tmp_path, jobs=2) == right


def test_a_whole_entry_that_is_no_converted_text_is_not_believed(tmp_path: Path) -> None:
    one = task()
    conversion.Drawers(tmp_path / "fragments").put({conversion.key(one): b'["another shape"]'})

    assert run(one, cache=tmp_path) == [converted(one)]


def test_equal_bodies_are_converted_once_and_told_at_each_file(tmp_path: Path) -> None:
    one, two = task(BAD, path="a.md", line=5), task(BAD, path="b.md", line=50)

    assert run(one, two, cache=tmp_path) == [converted(one), converted(two)]
    assert len(entries(tmp_path)) == 1


def test_the_number_of_workers_changes_nothing(tmp_path: Path) -> None:
    tasks = [task(f"{GOOD}\n\nNumber {n}.", path=f"{n}.md", line=n + 1) for n in range(45)]

    one = run(*tasks, cache=tmp_path / "one", jobs=1)
    three = run(*tasks, cache=tmp_path / "three", jobs=3)

    assert one == three == [converted(task_) for task_ in tasks]


@pytest.mark.parametrize(("jobs", "copies"), [(1, 0), (1, 2), (2, 0), (2, 2)])
def test_what_was_begun_ahead_changes_nothing(tmp_path: Path, jobs: int, copies: int) -> None:
    tasks = [task(f"{GOOD}\n\nNumber {n}.", path=f"{n}.md", line=n + 1) for n in range(9)]
    tasks.append(replace(tasks[0], path="again.md"))
    guesses = [
        *reversed(tasks[:6]),
        replace(tasks[7], labels=()),  # wrong: the turns of the original were not known
        task("Never asked for."),
    ]
    with conversion.ahead(tmp_path / "ahead", jobs=jobs, copies=copies) as ahead:
        for guess in guesses:
            ahead.begin(guess)
        done = conversion.fragments(
            tasks, cache_dir=tmp_path / "ahead", jobs=jobs, convert_all=ahead.convert_all
        )
    run(*tasks, cache=tmp_path / "plain")

    assert done == [converted(one) for one in tasks]
    kept, plain = entries(tmp_path / "ahead"), entries(tmp_path / "plain")
    assert [path.name for path in kept] == [path.name for path in plain]
    assert [path.read_bytes() for path in kept] == [path.read_bytes() for path in plain]


def test_what_the_cache_has_is_not_begun(tmp_path: Path) -> None:
    run(task(), cache=tmp_path)

    with conversion.ahead(tmp_path, jobs=2) as ahead:
        ahead.begin(task())

        assert not ahead._crew._tasks


def test_all_batches_are_given_in_order(tmp_path: Path) -> None:
    tasks = (task("Short.", path=f"{n}.md") for n in range(1100))

    done = conversion.fragments(tasks, cache_dir=tmp_path, jobs=1)

    assert [found for _, found in done] == [()] * 1100


def test_a_text_that_cannot_be_converted_is_told_at_its_file_and_not_kept(tmp_path) -> None:
    slow = task(GOOD * 50, path="slow.md")
    limits = workers.Limits(deadline=0.001)

    ((fragment, (found,)),) = conversion.fragments(
        [slow], cache_dir=tmp_path, jobs=1, limits=limits
    )

    assert (fragment, found.problem) == (Fragment(), workers.TOO_LONG)
    assert found.span == Span("slow.md")
    assert entries(tmp_path) == []
