"""One run of the real engine; what `search` makes of its runs stands in test_search."""

from __future__ import annotations

import gzip
import os
from typing import TYPE_CHECKING

import pytest

from aigaq.output import pagefind
from aigaq.pages import slim_page

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


@pytest.fixture
def engine() -> Path:
    found = pagefind.executable(extended=False)
    assert found is not None
    return found


def page(number: int, words: str) -> slim_page.Fed:
    body = f"<body data-pagefind-body><h1>T {number}</h1><p>{words}</p></body>"
    text = f'<html lang="en">{body}</html>'
    return slim_page.of_file(f"en/testimonies/t-{number}.html", text.encode())


def index(engine: Path, *pages: slim_page.Fed, part: int = 0) -> Mapping[str, bytes]:
    files, problems = pagefind.indexed(engine, "en", pages, part=part)
    assert problems == []
    return files


def test_words_are_indexed_alike_in_every_part(engine: Path) -> None:
    pages = [page(n, f"walking walked walks {n}") for n in range(20)]

    def stems(part: int) -> set[bytes]:
        files = index(engine, *pages, part=part)
        return {gzip.decompress(d) for path, d in files.items() if path.startswith("index/")}

    assert stems(0) == stems(1)


def test_the_files_are_the_same_whatever_the_order_of_the_pages(engine: Path) -> None:
    pages = [page(n, f"placeholder words {n}") for n in range(20)]

    assert index(engine, *pages) == index(engine, *reversed(pages))


def test_an_engine_is_known_by_its_own_answer(engine: Path) -> None:
    assert pagefind.version(engine).startswith("pagefind ")


def test_an_engine_that_is_not_where_it_should_be_is_none(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("PAGEFIND_BINARY_PATH", os.devnull)

    assert pagefind.executable(extended=False) is None
