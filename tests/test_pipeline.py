"""The line as a whole: which day it counts from, what it stops at, and what it leaves alone."""

from __future__ import annotations

import datetime
import gc
import shutil
import time
from pathlib import Path
from typing import Any

import pytest

from aigaq import pipeline
from aigaq.archive import visibility
from aigaq.output import confined, kept_records
from aigaq.pipeline import reading
from aigaq.source import disk, records


def silent(_: str) -> None:
    """No progress."""


def prepared(site: Any, **options: Any) -> Any:
    made, found, _ = pipeline.prepare(
        site.root, options=pipeline.Options(**options), step=silent
    )
    return made, found


def test_the_day_that_was_asked_for_goes_before_all_others(site: Any) -> None:
    site.testimony("t-1", added="2024-05-01")

    made, _ = prepared(site, date=datetime.date(2026, 1, 2))

    assert made.archive.built == datetime.date(2026, 1, 2)


def test_without_a_commit_the_newest_addition_is_the_day(site: Any) -> None:
    site.testimony("t-1", added="2024-05-01").testimony("t-2", added="2025-06-02")

    made, _ = prepared(site)

    assert made.archive.built == datetime.date(2025, 6, 2)


def test_where_no_day_is_known_a_review_is_due_and_no_seal_has_ended(site: Any) -> None:
    site.consent("c-9", review_after="2020-01-01", after_review="restrict")
    site.testimony("t-1", added=None, consent="c-9")
    site.testimony("t-2", added=None)

    made, _ = prepared(site)

    assert made.archive.built == visibility.NO_DATE
    assert set(made.archive.texts) == {"t-2"}


def test_a_turn_of_a_translation_has_the_label_of_the_translation(site: Any) -> None:
    site.config(languages=["en", "kk"]).person("p-1").testimony(
        "t-1", told_by=[{"person": "p-1", "label": "ONE"}], body="ONE: Words.\n"
    ).translation(
        "t-1", "kk", translation={"from": "en", "machine": True, "labels": {"p-1": "БІР"}}
    )
    written, _ = records.read(disk.sources(site.root)[0])
    assert written is not None

    labels = {task.language: task.labels for task in reading._tasks(written)}

    assert labels == {"en": ("ONE",), "kk": ("БІР",)}


def test_texts_that_are_converted_while_others_are_read_come_out_the_same(site: Any) -> None:
    site.config(languages=["en", "kk", "ru"]).person("p-1").page(
        "about", "en", body="A page.\n"
    )
    for n in range(9):  # translations are read before and after their original
        site.testimony(
            f"t-{n}", lang="kk",
            told_by=[{"person": "p-1", "label": "ONE"}], body=f"ONE: Words {n}.\n",
        )  # fmt: skip
        for lang, labels in (("en", {}), ("ru", {"p-1": "ОДИН"})):
            told = {"from": "kk", "machine": True, "labels": labels}
            site.translation(f"t-{n}", lang, translation=told, body=f"ONE: Words {n}.\n")

    one, two = (
        reading.linked(site.root, options=pipeline.Options(jobs=jobs, first=True), step=silent)
        for jobs in (1, 2)
        if not shutil.rmtree(site.root / ".cache", ignore_errors=True)
    )

    assert len(one.bodies) == 28
    assert (one.bodies, one.problems) == (two.bodies, two.problems)


def test_what_is_told_ahead_of_the_rest_is_what_will_be_asked_for(site: Any) -> None:
    site.config(languages=["en", "kk"]).person("p-1").page("about", "en")
    site.testimony("t-1", lang="kk", told_by=[{"person": "p-1", "label": "ONE"}])
    site.translation("t-1", "en", translation={"from": "kk", "machine": True})
    site.translation("t-lost", "en", translation={"from": "kk", "machine": True})
    sources, *_ = disk.sources(site.root)
    kept = kept_records.KeptRecords(site.root / ".cache", sources[-1])
    begun: list[Any] = []

    written, _ = records.read(sources, kept=reading._Early(kept, begun.append))

    assert written is not None
    asked = [task for task in reading._tasks(written) if "t-lost" not in task.path]
    assert len(begun) == 3
    assert sorted(begun, key=str) == sorted(asked, key=str)


def test_a_file_is_read_when_it_is_asked_for_and_texts_come_first(
    site: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    site.config(languages=["en"]).person("p-1").page("about", "en")
    site.testimony("t-1").testimony("t-2")
    done: list[str] = []
    read, put = disk.read, kept_records.KeptRecords.put

    def reads(root: Any, path: str, **folders: Any) -> Any:
        done.append(path)
        return read(root, path, **folders)

    def puts(kept: Any, source: Any, name: str, value: object) -> None:
        done.append(name)
        put(kept, source, name, value)

    monkeypatch.setattr(disk, "read", reads)
    monkeypatch.setattr(kept_records.KeptRecords, "put", puts)
    reading.linked(site.root, options=pipeline.Options(jobs=1), step=silent)

    texts = ["content/testimonies/t-1.en.md", "content/testimonies/t-2.en.md"]
    ahead = ["site.yaml", "content/pages/about.en.md", "pages"]
    assert done[:7] == [*ahead, texts[0], "texts", texts[1], "texts"]
    assert "content/people/p-1.yaml" in done[7:]


@pytest.mark.parametrize("config", ["languages: [en\n", "languages: 7\n", "title: Ours\n"])
def test_with_a_wrong_site_yaml_all_files_are_read_nevertheless(site: Any, config: str) -> None:
    site.config(languages=["en"]).testimony("t-1")
    (site.root / "site.yaml").write_text(config)
    (site.root / "content/testimonies/t-2.en.md").write_bytes(b"\xff")

    read = reading.linked(site.root, options=pipeline.Options(), step=silent)

    assert read.archive is None
    assert "K006" in {one.code for one in read.problems}
    assert read.files == len(disk.sources(site.root)[0])


def test_who_names_a_file_that_cannot_be_had_is_not_wrong(site: Any) -> None:
    site.config(languages=["en"]).person("p-1").testimony("t-1", told_by=[{"person": "p-1"}])
    (site.root / "content/people/p-1.yaml").write_bytes(b"\xff")

    problems, _ = pipeline.check(site.root, step=silent)

    assert {one.code for one in problems if one.is_error} == {"K006"}


def test_only_who_has_read_nothing_begins_with_copies_of_itself(site: Any) -> None:
    site.testimony("t-1")
    most = 2 if confined.can_be_copied() else 0

    for options, copies in (
        (pipeline.Options(jobs=4), 0),
        (pipeline.Options(jobs=4, whole=True), 0),
        (pipeline.Options(jobs=4, first=True), most),
        (pipeline.Options(jobs=1, first=True), min(most, 1)),
    ):
        with reading._ahead(site.root, options) as ahead:
            assert ahead is not None
            assert [worker.is_copy for worker in ahead._crew._workers] == [True] * copies
    with reading._ahead(site.root, pipeline.Options(first=True, names=Path("list"))) as ahead:
        assert ahead is None


def test_an_error_stops_the_line_before_anything_is_planned(site: Any) -> None:
    site.testimony("t-1", told_by="p-nobody")

    made, found = prepared(site)

    assert made is None
    assert "L002" in {problem.code for problem in found}


@pytest.mark.parametrize(("written", "engine"), [("auto", False), ("true", True)])
def test_the_engine_of_the_search_is_that_of_the_site(
    site: Any, written: str, engine: bool
) -> None:
    site.config(search={"extended": written}).testimony("t-1")

    made, _ = prepared(site)

    assert made.extended is engine


def test_words_that_were_taken_out_are_not_kept_where_no_search_is_made(site: Any) -> None:
    site.testimony("t-1", body="Withdrawnword.\n")
    assert not site.build(search=True).status
    site.testimony("t-1", body="Others.\n")

    assert not site.build(search=False).status

    assert [path for path in kept(site) if "/search" in str(path)] == []
    assert not any(b"withdrawnword" in path.read_bytes().lower() for path in kept(site))


@pytest.mark.parametrize("way", ["build", "check", "preview"])
def test_words_of_a_file_that_was_never_built_are_not_kept_when_it_is_gone(
    site: Any, way: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = time.time_ns
    monkeypatch.setattr(time, "time_ns", lambda: now() + 60 * 10**9)  # no file is young
    site.testimony("t-1")
    assert not site.build().status
    before = set(site.sources())
    site.testimony("t-2", told_by="p-nobody", body="Withdrawnword.\n")
    if way == "preview":
        prepared(site, drafts=True)
    else:
        getattr(site, way)()
    assert any(b"Withdrawnword" in path.read_bytes() for path in kept(site))

    for path in set(site.sources()) - before:
        (site.root / path).unlink()

    assert not site.build().status
    assert not any(b"Withdrawnword" in path.read_bytes() for path in kept(site))


def kept(site: Any) -> list[Path]:
    return [path for path in (site.root / ".cache").rglob("*") if path.is_file()]


def test_garbage_is_collected_as_before_when_a_build_or_check_has_ended(
    site: Any, tmp_path: Path
) -> None:
    site.testimony("t-1")
    before = gc.get_threshold()
    seen = list[tuple[int, ...]]()

    pipeline.check(site.root, step=lambda _: seen.append(gc.get_threshold()))
    pipeline.build(
        site.root,
        tmp_path / "public",
        options=pipeline.Options(jobs=1, search=False),
        step=lambda _: seen.append(gc.get_threshold()),
    )

    assert before not in seen
    assert gc.get_threshold() == before
