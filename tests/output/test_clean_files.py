"""What was clean is not looked at again, and nothing is skipped that was not looked at."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from aigaq.archive.protected import Protected, Value
from aigaq.output import clean_files, leaks, search_portions
from aigaq.output.watchlist import Watchlist
from aigaq.pages.page import Artifact

if TYPE_CHECKING:
    from pathlib import Path

NAME = "Placeholder Name"
FILES = (Artifact("a.html", b"<p>one</p>"), Artifact("b.html", b"<p>two</p>"))
BUNDLE = (
    Artifact("search/en/index/x.pf_index", b"1"),
    Artifact("search/en/fragment/x.pf_fragment", b"2"),
)


def watch(*names: str) -> Watchlist:
    return Watchlist([Value("p-1", "names.text", name, "name") for name in names])


def checked(folder: Path, *files: Artifact, wanted: Watchlist | None = None) -> list[Artifact]:
    """What is looked at when these files are checked and found clean."""
    clean = clean_files.CleanFiles(wanted or watch(NAME), folder)
    others = clean.others(files)
    clean.keep()
    return others


def test_a_file_is_looked_at_once(tmp_path: Path) -> None:
    assert checked(tmp_path, *FILES) == [*FILES]
    assert checked(tmp_path, *FILES) == []


def test_a_file_with_other_bytes_or_another_path_is_looked_at(tmp_path: Path) -> None:
    checked(tmp_path, *FILES)
    changed = Artifact("a.html", b"<p>One</p>"), Artifact("c.html", b"<p>two</p>")
    assert checked(tmp_path, *changed) == [*changed]


def test_path_and_bytes_cannot_be_taken_for_each_other(tmp_path: Path) -> None:
    checked(tmp_path, Artifact("a", b"b"), Artifact("1 1\na", b""))
    assert len(checked(tmp_path, Artifact("ab", b""), Artifact("", b"ab"))) == 2


def test_with_another_name_everything_is_looked_at(tmp_path: Path) -> None:
    checked(tmp_path, *FILES)
    assert checked(tmp_path, *FILES, wanted=watch(NAME, "Nurlan Serikbayev")) == [*FILES]


def test_a_list_from_outside_leaves_nothing_behind(tmp_path: Path) -> None:
    listed = Watchlist((), [Value("p-1", "line 1", NAME, "name")])
    assert checked(tmp_path, *FILES, wanted=listed) == [*FILES]
    assert checked(tmp_path, *FILES, wanted=listed) == [*FILES]
    assert not list(tmp_path.rglob("*"))


def bundles(folder: Path, *files: Artifact) -> list[list[Artifact]]:
    """The search bundles whose index is looked at, when these files are found clean."""
    clean = clean_files.CleanFiles(watch(NAME), folder)
    others = clean.bundles(files)
    clean.keep()
    return others


def test_a_search_bundle_is_looked_at_as_a_whole(tmp_path: Path) -> None:
    bundles(tmp_path, *BUNDLE)
    assert bundles(tmp_path, *BUNDLE) == []
    changed = Artifact("search/en/fragment/x.pf_fragment", b"3")
    assert bundles(tmp_path, BUNDLE[0], changed) == [[BUNDLE[0], changed]]


def test_of_a_changed_bundle_only_new_files_are_looked_at_one_by_one(tmp_path: Path) -> None:
    checked(tmp_path, *BUNDLE)
    assert checked(tmp_path, *BUNDLE) == []
    changed = Artifact("search/en/fragment/x.pf_fragment", b"3")
    assert checked(tmp_path, BUNDLE[0], changed) == [changed]


def test_a_file_that_is_clean_is_no_bundle_that_is(tmp_path: Path) -> None:
    checked(tmp_path, BUNDLE[0])
    assert bundles(tmp_path, BUNDLE[0]) == [[BUNDLE[0]]]


def test_a_name_that_only_a_changed_index_puts_together_is_found(tmp_path: Path) -> None:
    """Both files were clean beside a page that holds both words, and it is gone."""
    wanted = leaks.watchlist(Protected((Value("p-1", "names.text", NAME, "name"),)))
    words = [["name", [[0, [2], []]], []], ["placeholder", [[0, [1], []]], []]]
    index = Artifact(
        "search/en/index/a.pf_index", search_portions.packed(search_portions.cbor([words]))
    )
    page = b'{"content":"Placeholder. It had no proper or other kind of a name"}'
    told = Artifact("search/en/fragment/a.pf_fragment", search_portions.packed(page))
    other = Artifact(
        "search/en/fragment/b.pf_fragment", search_portions.packed(b'{"content":"x"}')
    )

    assert leaks.problems([index, told, other], wanted, cache_dir=tmp_path) == []
    assert leaks.problems([index, told, other], wanted, cache_dir=tmp_path) == []
    for files in ([index, other], [index]):
        found = leaks.problems(files, wanted, cache_dir=tmp_path)
        assert [problem.span.path for problem in found] == [index.path]


@pytest.mark.parametrize("at", [0, 13, 40, 90, -1])
def test_a_damaged_entry_is_not_believed(tmp_path: Path, at: int) -> None:
    checked(tmp_path, *FILES)
    (entry,) = (path for path in tmp_path.rglob("*") if path.is_file())
    data = bytearray(entry.read_bytes())
    data[at] ^= 1
    entry.write_bytes(data)
    assert checked(tmp_path, *FILES) == [*FILES]


def test_an_entry_that_is_cut_off_is_not_believed(tmp_path: Path) -> None:
    checked(tmp_path, *FILES)
    (entry,) = (path for path in tmp_path.rglob("*") if path.is_file())
    entry.write_bytes(entry.read_bytes()[:-32])
    assert checked(tmp_path, *FILES) == [*FILES]


def test_after_a_leak_nothing_is_taken_for_clean(tmp_path: Path) -> None:
    wanted = leaks.watchlist(Protected((Value("p-1", "names.text", NAME, "name"),)))
    leak = Artifact("a.html", f"<p>{NAME}</p>".encode())
    for _ in range(2):
        assert [
            p.span.path for p in leaks.problems([leak, *FILES], wanted, cache_dir=tmp_path)
        ] == ["a.html"]


def test_a_leak_that_comes_later_is_found_beside_clean_files(tmp_path: Path) -> None:
    wanted = leaks.watchlist(Protected((Value("p-1", "names.text", NAME, "name"),)))
    assert leaks.problems(FILES, wanted, cache_dir=tmp_path) == []
    leak = Artifact("a.html", f"<p>{NAME}</p>".encode())
    assert leaks.problems([leak, FILES[1]], wanted, cache_dir=tmp_path)


def test_no_entry_holds_a_word(tmp_path: Path) -> None:
    checked(tmp_path, *FILES)
    kept = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    assert b"laceholder" not in kept
    assert b"html" not in kept
