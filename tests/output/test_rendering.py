from __future__ import annotations

import dataclasses
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from aigaq import pipeline
from aigaq.archive import protected
from aigaq.output import folder, leaks, noted, release, rendering

if TYPE_CHECKING:
    from collections.abc import Iterator

HIDDEN = "Placeholder Hidden"
SAID = "They took her to the town in the August of that year, and nobody wrote."
OPTIONS = pipeline.Options(jobs=1)


@pytest.fixture
def prepared(site: Any) -> pipeline.Prepared:
    site.person("p-h1d3", name=HIDDEN, protect="restricted")
    site.testimony("t-1", body=f"{SAID}\n")
    made, problems, _ = pipeline.prepare(site.root, options=OPTIONS, step=str)
    assert made is not None, problems
    return made


def job(prepared: Any, new: release.Release, **changes: Any) -> rendering.Job:
    watch = leaks.watchlist(prepared.protected)
    notes = noted.Notes(Path("/nowhere"), Path("/nowhere"), watch)
    made: rendering.Job = prepared.job(new, watch, notes)
    return dataclasses.replace(made, **changes)


def test_pages_come_out_as_one_asks_for_them_singly(prepared: Any, tmp_path: Path) -> None:
    with release.begun(tmp_path / "public", site_root=tmp_path / "site") as new:
        made = rendering.part(job(prepared, new), 0)
        for placed in made.placed:
            new.take(placed)
        new.publish()

    written = {one.path: (tmp_path / "public" / one.path).read_bytes() for one in made.placed}
    assert written == {path: prepared.artifact(path)[0].data for path in written}
    assert written.keys() == prepared.pages.keys()
    assert all(one.is_new for one in made.placed)


def test_without_a_place_pages_come_back_as_bytes(prepared: Any, tmp_path: Path) -> None:
    with release.begun(tmp_path / "public", site_root=tmp_path / "site") as new:
        made = rendering.part(job(prepared, new, placer=None), 0)

    assert made.placed == ()
    assert {file.path for file in made.files} == prepared.pages.keys()


def test_parts_cover_all_pages_once(prepared: Any, tmp_path: Path) -> None:
    with release.begun(tmp_path / "public", site_root=tmp_path / "site") as new:
        one = job(prepared, new)
        many = dataclasses.replace(one, pages=one.pages * 12)

    assert len(many.pages) > 2 * rendering.AT_ONCE
    starts = [first for first in many.parts if first >= 0]
    covered = [n for first in starts for n in range(first, first + rendering.AT_ONCE)]
    assert covered[: len(many.pages)] == list(range(len(many.pages)))


def test_parts_cover_all_other_files_once(prepared: Any, tmp_path: Path) -> None:
    with release.begun(tmp_path / "public", site_root=tmp_path / "site") as new:
        one = job(prepared, new, pages=())
        placed = [other for n in one.other_parts for other in rendering.part(one, n).others]

        for one in placed:
            new.take(one)
        new.publish()
    written = {one.path: (tmp_path / "public" / one.path).read_bytes() for one in placed}
    other = {file.path: file.data for file in prepared.machine_files()}
    assert written == {path: data for path, data in other.items() if path in written}
    assert {*other} - {*written} == {file.path for file in prepared.assets}


@pytest.fixture
def there(prepared: Any, tmp_path: Path) -> Any:
    """A published site, and a function that renders it again with changes of the job."""
    target = tmp_path / "public"
    watch = leaks.watchlist(prepared.protected)
    notes = noted.Notes(tmp_path / "cache", target, watch)
    with release.begun(target, site_root=tmp_path / "site") as new:
        made = rendering.part(job(prepared, new), 0)
        for placed in made.placed:
            new.take(placed)
        new.publish()
        notes.keep(made.noted, new.traces)

    def again(spoil: Any = None, **changes: Any) -> rendering.Made:
        with release.begun(target, site_root=tmp_path / "site") as new:
            known, is_clean = notes.read()
            changes = {"noted": known, "is_clean": is_clean, **changes}
            if spoil:
                spoil(target / "en/index.html")
            return rendering.part(job(prepared, new, **changes), 0)

    return again


@pytest.fixture
def count(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The pages that were rendered, as they are."""
    asked: list[str] = []
    original = rendering.press.artifact

    def counted(press: Any, page: Any) -> Any:
        asked.append(page.path)
        return original(press, page)

    monkeypatch.setattr(rendering.press, "artifact", counted)
    return asked


def test_what_is_there_as_it_would_be_is_not_rendered(there: Any, count: list[str]) -> None:
    made = there()

    assert count == []
    assert len(made.placed) > 10
    assert not any(one.is_new for one in made.placed)


def test_another_basis_renders_all(there: Any, count: list[str]) -> None:
    made = there(basis=b"another template")

    assert len(count) == len(made.placed)


def test_another_file_with_other_bytes_of_as_many_is_written(data: Any, tmp_path: Path) -> None:
    data("Nothing.")
    file = tmp_path / "public" / "data" / "a.json"
    status = file.stat()
    file.write_text("Somethin", encoding="utf-8")
    os.utime(file, ns=(status.st_atime_ns, status.st_mtime_ns))

    assert data("Nothing.").others[0].is_new
    assert file.read_text(encoding="utf-8") == "Nothing."


def _other_bytes_at_the_same_time(file: Path) -> None:
    status, data = file.stat(), file.read_bytes()
    file.write_bytes(data.replace(b"<h1", b"<h2", 1))
    os.utime(file, ns=(status.st_atime_ns, status.st_mtime_ns))


@pytest.mark.parametrize(
    "spoil",
    [
        _other_bytes_at_the_same_time,
        lambda file: file.write_bytes(b"by somebody else"),
        lambda file: file.write_bytes(b""),
        lambda file: file.chmod(0o600),
        lambda file: file.unlink(),
        lambda file: (file.rename(file.with_name("x")), file.symlink_to("x")),
    ],
    ids=["bytes", "all bytes", "none", "mode", "gone", "link"],
)
def test_a_file_that_somebody_changed_is_rendered(
    there: Any, count: list[str], spoil: Any
) -> None:
    made = there(spoil)

    assert count == ["en/index.html"]
    assert len(made.placed) > 10


def test_a_file_that_somebody_touched_is_the_same(there: Any, count: list[str]) -> None:
    there(lambda file: os.utime(file, ns=(1, 1)))

    assert count == []


def test_what_nobody_touched_is_not_read(
    there: Any, count: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def unwanted(file: str) -> bytes:
        raise AssertionError(file)

    monkeypatch.setattr(folder, "_bytes", unwanted)

    assert not any(one.is_new for one in there().placed)
    assert count == []


def test_another_file_that_nobody_touched_is_not_read(
    data: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    original = folder._bytes
    data("Nothing.")
    monkeypatch.setattr(folder, "_bytes", lambda file: asked.append(file) or original(file))

    assert not data("Nothing.").others[0].is_new
    assert not [file for file in asked if file.endswith("a.json")]
    assert data("Anything").others[0].is_new  # as many bytes
    assert [file for file in asked if file.endswith("a.json")]


def test_what_is_kept_is_looked_through_for_what_is_newly_hidden(
    there: Any, count: list[str]
) -> None:
    value = protected.Value("t-9", "body", SAID)
    watch = leaks.watchlist(protected.Protected((value,)))

    assert not there(watch=watch, is_clean=True).leaks
    found = there(watch=watch, is_clean=False)

    assert count == []
    assert any("t-1" in leak.path for leak in found.leaks)


# --- files that are no pages ---


@pytest.fixture
def data(prepared: Any, tmp_path: Path) -> Any:
    """Makes the data of a site again, in which a canary may stand in one file."""
    target = tmp_path / "public"
    value = protected.Value("t-9", "body", "Placeholder canary words that nobody says")
    watch = leaks.watchlist(protected.Protected((value,)))
    notes = noted.Notes(tmp_path / "cache", target, watch)

    def again(words: str = "", **changes: Any) -> rendering.Made:
        files = (rendering.Artifact("data/a.json", words.encode()),)
        with release.begun(target, site_root=tmp_path / "site") as new:
            known, is_clean = notes.read()
            changes = {"watch": watch, "noted": known, "is_clean": is_clean, **changes}
            made = rendering.part(
                job(prepared, new, pages=(), others=(lambda: files,), **changes), -1
            )
            for placed in made.others:
                new.take(placed)
            new.publish()
            notes.keep(made.noted, new.traces)
            return made

    return again


CANARY = "It says: Placeholder canary words that nobody says."


def test_another_file_is_looked_through_when_it_changes(data: Any) -> None:
    assert not data("Nothing.").leaks
    assert [leak.path for leak in data(CANARY).leaks] == ["data/a.json"]


def test_another_file_is_looked_through_for_what_is_newly_hidden(data: Any) -> None:
    data(CANARY)

    assert not data(CANARY, is_clean=True).leaks
    assert data(CANARY, is_clean=False).leaks


def test_another_file_that_is_the_same_is_kept(data: Any) -> None:
    data("Nothing.")

    assert not data("Nothing.").others[0].is_new
    assert data("Something.").others[0].is_new


@pytest.mark.parametrize("hidden", [(), (protected.Value("t-9", "body", HIDDEN),)])
def test_another_file_is_on_disk_before_the_next_is_made(
    hidden: tuple[protected.Value, ...], prepared: Any, tmp_path: Path
) -> None:
    found: list[int] = []

    def made() -> Iterator[rendering.Artifact]:
        for number in range(3):
            found.append(len([*tmp_path.glob("**/*.jsonl")]))
            yield rendering.Artifact(f"data/{number}.jsonl", b"{}\n")

    watch = leaks.watchlist(protected.Protected(hidden))
    with release.begun(tmp_path / "public", site_root=tmp_path / "site") as new:
        placed = rendering.part(
            job(prepared, new, pages=(), others=(made,), watch=watch), -1
        ).others

    assert found == [0, 1, 2]
    assert len(placed) == 3
