"""A scheduler and two workers on this machine: what a cluster is, without its cables."""

from __future__ import annotations

import dataclasses
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from aigaq import pipeline
from aigaq.output import cluster, conversion, refusal
from aigaq.output.cluster import Cluster

NAME = "Placeholder Hidden"

_CLUSTER = """
import distributed, sys
if __name__ == "__main__":
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, host="127.0.0.1", dashboard_address=None
    ) as made:
        print(made.scheduler_address.removeprefix("tcp://"), flush=True)
        sys.stdin.read()
"""


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with subprocess.Popen(
        [sys.executable, "-c", _CLUSTER],
        cwd=tmp_path_factory.mktemp("cluster"),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as running:
        assert running.stdout is not None
        yield running.stdout.readline().strip()


@pytest.fixture
def filled(site: Any) -> Any:
    """A site whose pages are several parts of a job, and which has something to hide."""
    site.config(languages=("en", "kk"), address="https://archive.example.org/")
    site.person("p-h1d3", name=NAME, protect="restricted")
    for number in range(60):
        site.testimony(f"t-{number}", body=f"They took her.\n\nNobody wrote {number}.\n")
    return site


def files(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def built(site: Any, target: Path, **options: Any) -> pipeline.Report:
    asked = pipeline.Options(search=False, **options)
    return pipeline.build(site.root, target, options=asked, step=str)


def test_a_cluster_makes_the_same_bytes(filled: Any, tmp_path: Path, address: str) -> None:
    alone = built(filled, tmp_path / "alone", jobs=1)
    shutil.rmtree(filled.root / ".cache")

    there = built(filled, tmp_path / "there", executor=address)

    assert (alone.status, there.status) == (0, 0), there.problems
    assert alone.pages > 100
    assert files(tmp_path / "there") == files(tmp_path / "alone")


def test_what_is_there_is_not_made_again(filled: Any, tmp_path: Path, address: str) -> None:
    built(filled, tmp_path / "public", executor=address)
    filled.testimony("t-0", body="They took her.\n\nEverybody wrote.\n")

    again = built(filled, tmp_path / "public", executor=address)

    assert 0 < len(again.written) < 20
    assert files(tmp_path / "public").keys() > set(again.written)


def test_a_leak_is_found_here(filled: Any, tmp_path: Path, address: str) -> None:
    filled.testimony("t-1", body=f"They took {NAME} in August.\n")

    report = built(filled, tmp_path / "public", executor=address)

    assert report.status == 2
    assert not (tmp_path / "public").exists()


def test_nothing_that_is_looked_for_is_sent(
    filled: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What would go out with the job, taken at the door."""
    import pickle  # noqa: PLC0415

    from aigaq.output import leaks, noted, release, rendering  # noqa: PLC0415

    options = pipeline.Options(jobs=1)
    prepared, _, _ = pipeline.prepare(filled.root, options=options, step=str)
    assert prepared is not None
    assert prepared.protected is not None
    watch = leaks.watchlist(prepared.protected)
    notes = noted.Notes(tmp_path, tmp_path, watch)
    with release.begun(tmp_path / "public", site_root=filled.root) as new:
        job = prepared.job(new, watch, notes)
        _, rest = rendering.divided(job)

    assert NAME.encode() in pickle.dumps(dataclasses.replace(job, placer=None, others=()))
    sent = pickle.dumps(rest)
    assert NAME.encode() not in sent
    assert str(tmp_path).encode() not in sent


def test_a_text_that_takes_too_long_is_ended_there(tmp_path: Path, address: str) -> None:
    tasks = [
        conversion.Task(path="content/a.md", first_line=1, body="Words.\n"),
        conversion.Task(path="content/b.md", first_line=1, body="Other words.\n"),
    ]
    limits = dataclasses.replace(conversion.workers.LIMITS, deadline=0.0001)

    done = conversion.fragments(
        tasks,
        cache_dir=tmp_path,
        jobs=1,
        limits=limits,
        convert_all=Cluster(address).convert_all,
    )

    assert [problems[0].code for _, problems in done] == ["X050", "X050"]


def test_nobody_at_the_address(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster, "_SECONDS", 1)

    with pytest.raises(refusal.NotPossibleNow) as told:
        Cluster("127.0.0.1:1").convert_all(str, [cluster.workers.Task("a", "b")], jobs=1)

    assert [one.code for one in told.value.diagnostics] == ["X062"]


def test_without_the_package_the_remedy_names_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)

    with pytest.raises(refusal.Refused) as told:
        Cluster("127.0.0.1:1").convert_all(str, [cluster.workers.Task("a", "b")], jobs=1)

    (problem,) = told.value.diagnostics
    assert problem.code == "X061"
    assert "aigaq[dask]" in problem.remedy


def test_another_version_is_refused(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster.aigaq, "__version__", "0.0.1")

    with pytest.raises(refusal.Refused) as told:
        Cluster(address).convert_all(str, [cluster.workers.Task("a", "b")], jobs=1)

    (problem,) = told.value.diagnostics
    assert problem.code == "X063"
    assert "0.0.1" in problem.message
