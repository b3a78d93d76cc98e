"""Texts that stop other converters: each is converted or told at its file, within the limits.

They go through the workers with the limits of a real build: 2 s of processor time, 512 MB.
"""

from __future__ import annotations

import random
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from aigaq.output import conversion, workers

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

LENGTH = 50_000
LABELS = ("AIGUL",)
UNITS = (
    "[", "![", "[[", "[a](b", "[a](<b", "[[a", "<a ", "<a@b ", "<![CDATA[", "# a\n", "[^a] ",
    "{:", "[a] ", "`", "~~~a\n", "<http://a", "<b>", "* a\n", "1. a\n", "\\|", "\\*", "__a__",
    "a`", "> >", "- - - ", "> ", "*", "**a ", "*a **b ", "a* b** ", "{{", "((a", "((a)) ",
    "[a](b) ", "a|", "|a|\n|-|\n", ":::\n", "a\n\n", "- a\n\n", "> a\n\n", "    a\n\n", "&amp;",
    "<a@b.c> ", "](", '[a](b "c', "[^a]: b\n", "a**b", "AIGUL: a\n\n", "``a` ", "a\n=\n\n",
    "]", "a](", "[a][b] ", "[a]: b\n", "_a", "***a", "\\", "&#", "&a", "<!-", "</a", "<?",
    ":a\n", "a\n: b\n\n", "~", "=\n", "-\n", "\t- a\n", "1) a\n", "a  \n", "[[a]] ",
    "::: quotation\na\n", "{{a|b}} ", "((a))((", "person:p-1 ", "[a](person:p-1) ", "# ", "中",
    "![a](b.jpg) ", "![a](b.jpg)\n\n", "http://a ", "a@b.c ", "---\n", "***\n\n", "\u0301",
    "\u0627\u0651", "a\u0301\u0301\u0301", "ﷺ", "&#x1F600;", "\r", " ", "\n", "\t",
    "x[^1]\n\n[^1]: ", "|", "|-", "a|b\n-|-\n",
)  # fmt: skip
NESTED = (
    "*" * 2000 + "a" + "*" * 2000,
    "**a " * 400 + "b** " * 400,
    "[" * 150 + "a" + "]" * 150 + "(https://example.org)",
    "(" * 190 + "a" + ")" * 190,
    "[" * 4000 + "]" * 4000,
    "\n".join("> " * depth + "a" for depth in range(300)),
    "\n".join("    " * depth + "- a" for depth in range(300)),
    "\n".join("> " * depth + "- a" for depth in range(19)) * 100,
    "|".join("a" * 3000) + "\n" + "|".join("-" * 3000) + "\n" + "a\n" * 2000,
    ("|".join("`a" * 49) + "\n" + "|".join("-" * 49) + "\n" + "`|" * 4000),
    "\n\n".join(f"x[^{n}]" for n in range(5000)) + "\n\n[^a]: note",
    "\n\n".join(f"x[^{n}]\n\n[^{n}]: y[^{n + 1}]" for n in range(190)),
    "\n\n".join(f"::: quotation\n{'>' * 15} a" for _ in range(300)),
)


def tasks() -> Iterator[conversion.Task]:
    for body in (*((unit * LENGTH)[:LENGTH] for unit in UNITS), *NESTED):
        yield task(body)


def generated(seed: int) -> conversion.Task:
    """A few units mixed, some in long runs, cut to the length of a long text."""
    chance = random.Random(seed)
    units = chance.sample(UNITS, chance.randint(2, 4))
    parts = (chance.choice(units) * chance.choice((1, 1, 2, 9, 190)) for _ in range(4000))
    body, separator = "", chance.choice(("", "", " ", "\n", "\n\n"))
    for part in parts:
        body += part + separator
        if len(body) > LENGTH:
            break
    return task(body[:LENGTH])


def task(body: str) -> conversion.Task:
    return conversion.Task(
        path="t.en.md", first_line=7, body=body, labels=LABELS, language="en"
    )


def stopped(given: list[conversion.Task], folder: Path) -> dict[str, str]:
    """What a worker had to be ended for, or did not survive: the code, by the text's start."""
    made = conversion.fragments(given, cache_dir=folder, jobs=2)
    limits = {workers.TOO_LONG, workers.TOO_MUCH_MEMORY, workers.ENDED, workers.FAILED}
    return {
        text.body[:40]: str(one)
        for text, (fragment, found) in zip(given, made, strict=True)
        for one in found
        if one.problem in limits
    }


def test_no_shape_takes_two_seconds_or_512_mb(tmp_path: Path) -> None:
    assert stopped(list(tasks()), tmp_path) == {}


def test_no_mixture_of_shapes_takes_two_seconds_or_512_mb(
    tmp_path: Path, size: Callable[[int, int], int]
) -> None:
    assert stopped([generated(seed) for seed in range(size(30, 1_500))], tmp_path) == {}


@pytest.mark.parametrize("limit", [1, 60])
def test_what_is_refused_for_its_shape_is_told_at_its_line(limit: int, tmp_path: Path) -> None:
    """`limit` lines of words stand before a row of signs that is too long."""
    body = "words\n\n" * limit + "!" * 201
    [(_, [found])] = conversion.fragments([task(body)], cache_dir=tmp_path, jobs=1)
    assert (found.span.path, found.span.line) == ("t.en.md", 7 + 2 * limit)
