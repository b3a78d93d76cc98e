"""The search index, made by the real Pagefind: what is kept, and that it is always the same."""

from __future__ import annotations

import gzip
import os
import random
import resource
import sys
import tempfile
import zlib
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from aigaq.output import pagefind, search
from aigaq.pages import bundles as parts
from aigaq.pages.slim_page import Fed, SlimPage, fed, of_file

if TYPE_CHECKING:
    from collections.abc import Mapping


def slim_page(lang: str, number: int, words: str) -> Fed:
    path = f"{lang}/testimonies/t-{number}.html"
    text = (
        f'<!doctype html><html lang="{lang}"><head><title>T</title>'
        f'<meta data-pagefind-meta="aka[content]" content="Халида · 哈 丽 达 {number}"></head>'
        f'<body data-pagefind-body data-pagefind-sort="record:1"><h1>T {number}</h1>'
        f'<span id="p1"></span><p>{words}</p></body></html>'
    )
    return of_file(path, text.encode())


def small_site(words: str = "placeholder") -> dict[str, tuple[Fed, ...]]:
    choice = random.Random(7)
    some = [f"{words}{choice.randrange(400)}" for _ in range(4000)]
    return {
        lang: tuple(slim_page(lang, n, " ".join(some[n * 90 : n * 90 + 90])) for n in range(40))
        for lang in ("en", "zh-Hans")
    }


def bundles(
    slim: Mapping[str, tuple[Fed, ...]], cache: Path | None = None, **options: Any
) -> dict[str, bytes]:
    made, problems = search.bundles(slim, cache_dir=cache, **options)
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
    monkeypatch.setattr(pagefind, "indexed", lambda *_, **__: pytest.fail("made again"))

    assert bundles(slim, tmp_path) == fresh


def test_a_changed_page_makes_its_bundle_anew(tmp_path: Path) -> None:
    bundles(small_site(), tmp_path)
    changed = small_site("other")

    assert bundles(changed, tmp_path) == bundles(changed)


def edited(slim: dict[str, tuple[Fed, ...]]) -> dict[str, tuple[Fed, ...]]:
    others = slim["en"][1:]
    return slim | {"en": (slim_page("en", 0, "an edited sentence"), *others)}


@pytest.fixture
def in_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parts, "LARGEST", 15)


@pytest.mark.usefixtures("in_parts")
def test_a_large_language_stands_in_parts_and_the_first_has_the_engine() -> None:
    found = bundles(small_site())

    folders = {path.rpartition("/fragment/")[0] for path in found if "/fragment/" in path}
    assert {f"{folder}/" for folder in folders if "/en/" in folder} == set(
        parts.folders("en", 40)
    )
    assert len(folders) == 8
    assert [p for p in found if p.endswith((".js", ".pagefind"))] == [
        "search/en/0/pagefind.js",
        "search/en/0/wasm.en.pagefind",
        "search/zh-Hans/0/pagefind.js",
        "search/zh-Hans/0/wasm.unknown.pagefind",
    ]


@pytest.mark.usefixtures("in_parts")
def test_parts_never_give_one_id_to_two_pages() -> None:
    ids = [path.rpartition("/")[2] for path in bundles(small_site()) if "/en/" in path]

    found = [one for one in ids if one.endswith(".pf_fragment")]
    assert sorted(found) == sorted(f"testimonies~t-{n}.pf_fragment" for n in range(40))


@pytest.mark.usefixtures("in_parts")
def test_every_page_is_in_one_part() -> None:
    pages = small_site()["en"]

    split = [page for _, some in parts.split("en", pages) for page in some]

    assert sorted(split, key=lambda page: page.path) == sorted(
        pages, key=lambda page: page.path
    )


@pytest.mark.usefixtures("in_parts")
def test_after_one_edit_one_part_is_indexed_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    slim = small_site()
    bundles(slim, tmp_path)
    read: list[int] = []
    real = pagefind.indexed

    def counted(engine: Path, lang: str, pages: tuple[Fed, ...], **options: Any) -> Any:
        read.append(len(pages))
        return real(engine, lang, pages, **options)

    monkeypatch.setattr(pagefind, "indexed", counted)
    found = bundles(edited(slim), tmp_path)

    assert len(read) == 1
    assert read[0] < 20
    monkeypatch.setattr(pagefind, "indexed", real)
    assert found == bundles(edited(slim))


@pytest.mark.usefixtures("in_parts")
def test_several_engines_at_once_make_the_same_bytes_in_the_same_order(tmp_path: Path) -> None:
    slim = small_site()
    backwards = {lang: pages[::-1] for lang, pages in reversed(slim.items())}

    alone, together = bundles(slim), bundles(backwards, tmp_path, jobs=4)

    assert list(alone.items()) == list(together.items())
    assert list(bundles(slim, tmp_path, jobs=4).items()) == list(alone.items())


@pytest.fixture
def in_portions(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parts, "PORTION", 6)


@pytest.mark.usefixtures("in_portions")
def test_after_one_edit_one_portion_is_read_by_the_engine(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    slim = small_site()
    bundles(slim, tmp_path)
    read: list[list[str]] = []
    real = pagefind.indexed

    def counted(engine: Path, lang: str, pages: tuple[Fed, ...], **options: Any) -> Any:
        read.append([page.path for page in pages])
        return real(engine, lang, pages, **options)

    monkeypatch.setattr(pagefind, "indexed", counted)
    found = bundles(edited(slim), tmp_path)

    assert len(read) == 1
    assert "en/testimonies/t-0.html" in read[0]
    assert len(read[0]) <= 8
    monkeypatch.setattr(pagefind, "indexed", real)
    assert found == bundles(edited(slim))


def test_a_bundle_does_not_tell_of_how_many_portions_it_was_joined(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    whole = bundles(small_site())

    for size in (1, 6, 17):
        monkeypatch.setattr(parts, "PORTION", size)
        assert bundles(small_site()) == whole


@pytest.mark.usefixtures("in_portions")
def test_a_sequence_of_edits_ends_as_a_clean_build_does(tmp_path: Path) -> None:
    slim = small_site()["en"]
    states = (
        slim,
        slim[3:],
        (*slim[3:], slim_page("en", 50, "a new page"), slim_page("en", 5000, "and another")),
        (*slim[3:20], slim_page("en", 20, "changed"), *slim[21:]),
        slim[:1],
        slim,
    )

    for state in states:
        assert bundles({"en": state}, tmp_path, jobs=2) == bundles({"en": state})


def test_pages_that_did_not_change_are_not_written_again(tmp_path: Path) -> None:
    slim = small_site()
    fresh = bundles(slim, tmp_path)

    def fails() -> bytes:
        raise AssertionError

    untold = {
        lang: tuple(Fed(page.path, page.digest, fails) for page in pages)
        for lang, pages in slim.items()
    }

    assert bundles(untold, tmp_path) == fresh


@pytest.mark.usefixtures("in_portions")
def test_a_damaged_portion_is_not_believed(tmp_path: Path) -> None:
    slim = small_site()
    bundles(slim, tmp_path)
    for path in tmp_path.rglob("*"):
        if path.is_file():
            data = bytearray(path.read_bytes())
            data[-1] ^= 1
            path.write_bytes(data)

    assert bundles(edited(slim), tmp_path) == bundles(edited(slim))


@pytest.mark.usefixtures("in_portions")
def test_whoever_stops_a_build_does_not_wait_for_all_portions(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    read: list[str] = []
    real = pagefind.indexed

    def stopped(engine: Path, lang: str, pages: tuple[Fed, ...], **options: Any) -> Any:
        read.append(lang)
        if len(read) == 2:
            raise KeyboardInterrupt
        return real(engine, lang, pages, **options)

    monkeypatch.setattr(pagefind, "indexed", stopped)

    with pytest.raises(KeyboardInterrupt):
        search.bundles(small_site(), cache_dir=None)
    assert len(read) < 6  # of about 14 portions


def test_what_another_library_packed_is_not_believed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its bytes may be others, and a clean build would have those of the library here."""
    bundles(small_site(), tmp_path)
    read: list[str] = []
    real = pagefind.indexed

    def counted(engine: Path, lang: str, pages: tuple[Fed, ...], **options: Any) -> Any:
        read.append(lang)
        return real(engine, lang, pages, **options)

    monkeypatch.setattr(pagefind, "indexed", counted)
    monkeypatch.setattr(zlib, "ZLIB_RUNTIME_VERSION", "another")
    bundles(small_site(), tmp_path)

    assert len(read) == 4  # of two languages a frame and a portion


@pytest.mark.parametrize("title", ["???", "…", "\N{SNOWMAN}", "'", "²", "ª", "ـ", "營"])
def test_a_page_in_whose_name_no_word_is_is_found_like_any_other(title: str) -> None:
    slim = fed(SlimPage(path="en/people/p-1.html", title=title, kind="Person"), "en")

    assert "search/en/fragment/people~p-1.pf_fragment" in bundles({"en": (slim,)})


def test_metadata_that_no_slim_page_has_is_told() -> None:
    words = b'<html lang="en"><head><meta data-pagefind-meta="colour[content]" content="red">'
    strange = of_file("en/strange.html", words + b"</head><body><h1>A</h1></body></html>")

    made, problems = search.bundles({"en": (strange,)}, cache_dir=None)

    assert made == ()
    assert [problem.code for problem in problems] == ["X104"]


def test_what_a_language_had_before_is_forgotten(tmp_path: Path) -> None:
    slim = small_site()
    bundles(slim, tmp_path)
    before = {path for path in tmp_path.rglob("*") if path.is_file()}

    bundles(edited(slim), tmp_path)

    after = {path for path in tmp_path.rglob("*") if path.is_file()}
    # Of each language a bundle, its frame and a portion; the frame stays.
    assert len(before) == len(after) == 6
    assert len(before & after) == 4


def test_a_language_that_the_site_no_longer_has_is_forgotten(tmp_path: Path) -> None:
    slim = small_site()
    bundles(slim, tmp_path)
    (tmp_path / "fragments").mkdir()

    bundles({"en": slim["en"]}, tmp_path)

    assert sorted(path.name for path in tmp_path.iterdir()) == ["fragments", "search-en"]


def test_where_no_search_is_made_all_that_it_had_is_forgotten(tmp_path: Path) -> None:
    bundles(small_site(), tmp_path)
    (tmp_path / "fragments").mkdir()

    search.forget(tmp_path)

    assert [path.name for path in tmp_path.iterdir()] == ["fragments"]


def test_one_language_is_made_without_losing_the_others(tmp_path: Path) -> None:
    slim = small_site()
    bundles(slim, tmp_path)

    found = bundles(edited(slim), tmp_path, only="en")

    assert {path.split("/")[1] for path in found} == {"en"}
    assert sorted(path.name for path in tmp_path.iterdir()) == ["search-en", "search-zh-Hans"]


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


STAND_IN = """#!{python}
import base64, json, gzip, os, signal, subprocess, sys
STRANGE = gzip.compress(b"pagefind_dcd" + bytes.fromhex("8181 836161 8183 01 626262 8080"))
def words(one):
    return json.loads(base64.b64decode(one))
if "--version" in sys.argv:
    os.execv({real!r}, [{real!r}, "--version"])
{before}
real = subprocess.Popen([{real!r}, "--service"], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
asked, heard = b"", b""
while not asked.endswith(b",") or words(asked.split(b",")[-2])["payload"]["type"] != "GetFiles":
    asked += (said := os.read(0, 1 << 20))
    real.stdin.write(said)
    real.stdin.flush()
while heard.count(b",") < asked.count(b","):
    heard += real.stdout.read1(1 << 20)
*others, last = heard[:-1].split(b",")
answer = words(last)
files = {{f["path"]: base64.b64decode(f["content"]) for f in answer["payload"]["files"]}}
def of(end):
    return sorted(name for name in files if end in name)
{spoil}
answer["payload"]["files"] = [
    {{"path": n, "content": base64.b64encode(d).decode()}} for n, d in files.items()
]
others.append(base64.b64encode(json.dumps(answer).encode()))
sys.stdout.buffer.write(b",".join(others) + b",")
"""


def engine(
    place: Path, monkeypatch: pytest.MonkeyPatch, *, before: str = "", spoil: str = ""
) -> None:
    """Lets a program stand in for the engine: it does something before, or spoils `files`."""
    real = str(pagefind.executable(extended=False))
    broken = place / "pagefind"
    broken.write_text(
        STAND_IN.format(python=sys.executable, real=real, before=before, spoil=spoil)
    )
    broken.chmod(0o755)
    monkeypatch.setenv("PAGEFIND_BINARY_PATH", str(broken))


FAILING = {
    "sys.exit('cannot read')": ("X103", "cannot read"),
    "os.kill(os.getpid(), signal.SIGKILL)": ("X103", "stopped by signal 9"),
    "os._exit(0)": ("X104", "IndexError"),
    "os.write(1, b'!,'); os._exit(0)": ("X103", "cannot be read"),
    "os.write(1, base64.b64encode(b'[]') + b','); os._exit(0)": ("X103", "cannot be read"),
    "os.write(1, b'e30='); os._exit(0)": ("X104", "IndexError"),
}
SPOILT = {
    "del files[of('.pf_meta')[0]]": ("X104", "pf_meta"),
    "files |= dict.fromkeys(of('index/'), STRANGE)": ("X104", "cannot be read"),
    "files |= dict.fromkeys(of('index/'), b'')": ("X104", "torn"),
    "files |= {n: files[n][:-1] for n in of('index/')}": ("X104", "torn"),
    "files = {n: d for n, d in files.items() if 'index/' not in n}": ("X104", "missing"),
    "del files[of('fragment/')[0]]": ("X104", "40 of 41 pages"),
    "files['pagefind.js'] = files['pagefind.js'][:9000]": ("X104", "1 files torn"),
    "files['pagefind-entry.json'] = b'{'": ("X104", ""),
}


@pytest.mark.parametrize("script", [*FAILING, *SPOILT])
def test_an_engine_that_fails_or_leaves_half_a_bundle_is_told(
    script: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine(tmp_path, monkeypatch, **{"before" if script in FAILING else "spoil": script})
    cache = tmp_path / "cache"

    made, problems = search.bundles({"en": small_site()["en"]}, cache_dir=cache)

    code, said = (FAILING | SPOILT)[script]
    assert made == ()
    assert [problem.code for problem in problems] == [code]
    assert said in problems[0].message
    assert [path for path in cache.rglob("*") if path.is_file()] == []


def test_an_engine_that_spoils_nothing_makes_what_the_real_one_makes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    slim = {"en": small_site()["en"]}
    real = bundles(slim)

    engine(tmp_path, monkeypatch)

    assert bundles(slim) == real


def test_nothing_of_the_pages_is_written_to_a_disk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The order of files in a folder is another on every disk; and a killed build leaves it."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, before[1]))
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    try:
        made, problems = search.bundles({"en": small_site()["en"]}, cache_dir=None)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)

    assert made
    assert problems == []
    assert list(tmp_path.iterdir()) == []


def test_an_engine_that_is_no_program_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "pagefind").write_bytes(b"\0\1")
    (tmp_path / "pagefind").chmod(0o755)
    monkeypatch.setenv("PAGEFIND_BINARY_PATH", str(tmp_path / "pagefind"))

    _, problems = search.bundles({"en": small_site()["en"]}, cache_dir=None)

    assert [problem.code for problem in problems] == ["X103"]


def test_languages_that_are_whole_are_kept_when_another_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    slim = small_site()
    chinese = "b'zh-Hans' in base64.b64decode(asked.split(b',')[1])"
    engine(tmp_path, monkeypatch, spoil=f"files = {{}} if {chinese} else files")

    _, problems = search.bundles(slim, cache_dir=tmp_path / "cache")

    assert [problem.code for problem in problems] == ["X104"]
    assert {path.name for path in (tmp_path / "cache").iterdir()} == {"search-en"}


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


def test_without_a_whole_index_nothing_is_published(
    site: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site.testimony("t-1").build(search=True)
    before = {path: (site.public / path).read_bytes() for path in site.files()}
    engine(tmp_path, monkeypatch, spoil="del files[of('index/')[0]]")

    report = site.testimony("t-1", body="Other words.\n").build(search=True)

    assert (report.status, [p.code for p in report.problems]) == (1, ["X104"])
    assert {path: (site.public / path).read_bytes() for path in site.files()} == before
