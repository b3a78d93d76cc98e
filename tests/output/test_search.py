"""The search index, made by the real Pagefind: what is kept, and that it is always the same."""

from __future__ import annotations

import gzip
import os
import random
from typing import TYPE_CHECKING

import pytest

from aigaq.output import search
from aigaq.pages.page import Artifact

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


def slim_page(lang: str, number: int, words: str) -> Artifact:
    path = f"{lang}/testimonies/t-{number}.html"
    text = (
        f'<!doctype html><html lang="{lang}"><head><title>T</title>'
        f'<meta data-pagefind-meta="aka[content]" content="Халида · 哈 丽 达 {number}"></head>'
        f'<body data-pagefind-body data-pagefind-sort="record:1"><h1>T {number}</h1>'
        f'<span id="p1"></span><p>{words}</p></body></html>'
    )
    return Artifact(path, text.encode())


def small_site(words: str = "placeholder") -> dict[str, tuple[Artifact, ...]]:
    choice = random.Random(7)
    some = [f"{words}{choice.randrange(400)}" for _ in range(4000)]
    return {
        lang: tuple(slim_page(lang, n, " ".join(some[n * 90 : n * 90 + 90])) for n in range(40))
        for lang in ("en", "zh-Hans")
    }


def bundles(
    slim: Mapping[str, tuple[Artifact, ...]], cache: Path | None = None
) -> dict[str, bytes]:
    made, problems = search.bundles(slim, cache_dir=cache)
    assert problems == []
    return {artifact.path: artifact.data for artifact in made}


def test_each_language_has_a_bundle_of_its_own() -> None:
    found = bundles(small_site())

    assert {"search/en/pagefind.js", "search/zh-Hans/pagefind-entry.json"} <= set(found)


def test_nothing_is_kept_that_the_search_page_does_not_load() -> None:
    kinds = {path.split("/", 2)[2].split("/")[0] for path in bundles(small_site())}

    assert {k for k in kinds if not k.endswith(".pf_meta")} == {
        "pagefind.js",
        "pagefind-entry.json",
        "wasm.en.pagefind",
        "wasm.unknown.pagefind",
        "fragment",
        "index",
    }


def test_a_language_has_the_one_engine_that_it_needs() -> None:
    engines = [path for path in bundles(small_site()) if "wasm." in path]

    assert engines == ["search/en/wasm.en.pagefind", "search/zh-Hans/wasm.unknown.pagefind"]


def test_the_same_pages_give_the_same_bytes_whatever_the_order_of_files() -> None:
    slim = small_site()
    backwards = {lang: pages[::-1] for lang, pages in reversed(slim.items())}

    assert bundles(backwards) == bundles(slim) == bundles(slim)


def test_a_bundle_from_the_cache_is_the_bundle(tmp_path: Path) -> None:
    slim = small_site()
    fresh = bundles(slim, tmp_path)

    assert bundles(slim, tmp_path) == fresh == bundles(slim)


def test_a_bundle_in_the_cache_is_used_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    slim = small_site()
    fresh = bundles(slim, tmp_path)
    monkeypatch.setattr(search, "_indexed", lambda *_: pytest.fail("made again"))

    assert bundles(slim, tmp_path) == fresh


def test_a_changed_page_makes_its_bundle_anew(tmp_path: Path) -> None:
    bundles(small_site(), tmp_path)
    changed = small_site("other")

    assert bundles(changed, tmp_path) == bundles(changed)


def test_a_damaged_cache_is_not_believed(tmp_path: Path) -> None:
    slim = small_site()
    fresh = bundles(slim, tmp_path)
    for path in tmp_path.rglob("*"):
        if path.is_file():
            data = bytearray(path.read_bytes())
            data[len(data) // 2] ^= 1
            path.write_bytes(data)

    assert bundles(slim, tmp_path) == fresh


def test_the_words_of_a_page_are_in_its_fragment() -> None:
    found = bundles({"en": (slim_page("en", 1, "a very placeholder sentence"),)})
    fragments = [gzip.decompress(data) for path, data in found.items() if "/fragment/" in path]

    assert b"a very placeholder sentence" in fragments[0]
    assert b'"url":"/en/testimonies/t-1.html"' in fragments[0]


def test_a_missing_engine_is_said_with_a_remedy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PAGEFIND_BINARY_PATH", "/nowhere/pagefind")

    made, problems = search.bundles(small_site(), cache_dir=None)

    assert made == ()
    assert [problem.code for problem in problems] == ["X101"]


def test_an_engine_that_fails_is_quoted_without_our_folders(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = tmp_path / "pagefind"
    broken.write_text('#!/bin/sh\necho "cannot read $2" >&2\nexit 1\n')
    broken.chmod(0o755)
    monkeypatch.setenv("PAGEFIND_BINARY_PATH", str(broken))

    made, problems = search.bundles({"en": small_site()["en"]}, cache_dir=None)

    assert made == ()
    assert problems[0].code == "X103"
    assert "cannot read …" in problems[0].message


def test_a_failed_bundle_is_not_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PAGEFIND_BINARY_PATH", "/bin/false")
    search.bundles({"en": small_site()["en"]}, cache_dir=tmp_path)

    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_settings_of_the_environment_do_not_reach_the_engine(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    slim = {"en": small_site()["en"]}
    plain = bundles(slim)
    monkeypatch.setenv("PAGEFIND_FORCE_LANGUAGE", "ru")
    monkeypatch.setenv("PAGEFIND_EXCLUDE_SELECTORS", "p")

    assert bundles(slim) == plain


def test_the_extended_engine_is_demanded_only_if_asked_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("PATH", os.devnull)

    _, problems = search.bundles({"en": small_site()["en"]}, cache_dir=None, extended=True)

    assert [problem.code for problem in problems] == ["X102"]
