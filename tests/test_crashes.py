"""The real command, killed, without room, crowded, lied to: one whole site, a clean next run.

A stage's own crash tests stand beside it (`output/test_release.py`); here whole builds die,
with workers, search engine and leak check, and everything that they leave is looked at.
"""

from __future__ import annotations

import hashlib
import os
import random
import re
import resource
import shutil
import signal
import subprocess
import tempfile
import time
import urllib.request
from collections import Counter
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


# So that the small site, too, is made by several processes.
SEVERAL = {"FAULT_PARTS": "5"}


@dataclass(frozen=True)
class Site:
    """A site that was built and then edited; `old` and `new` are its files before and after."""

    root: Path
    old: dict[str, tuple[int, bytes]]
    new: dict[str, tuple[int, bytes]]
    cache: frozenset[str]  # what the cache holds after a build that nobody disturbed

    def copied(self, to: Path) -> Path:
        """The edited site with the old site in `public`, and the old cache."""
        shutil.copytree(self.root, to, symlinks=True)
        return to


def cached(root: Path) -> frozenset[str]:
    """All that the cache holds; of notes on built sites, which are named by place, its own."""
    own = hashlib.sha256(os.fsencode(root / "public")).hexdigest()
    names = (path.relative_to(root / ".cache") for path in (root / ".cache").rglob("*"))
    files = {name.as_posix() for name in names if (root / ".cache" / name).is_file()}
    pages = f"pages/{own[:2]}/{own[2:]}"
    others = {name for name in files if not name.startswith(("pages/", "last/"))}
    return frozenset(others | ({"pages"} if pages in files else set()))


def edit(site: Any) -> None:
    """A page is changed, a text comes, another goes with its narrator."""
    site.page("about", body="Other words.\n").testimony("t-4", "kk", "Ол қайтып келмеді.\n")
    for gone in ("testimonies/t-2.kk.md", "consent/c-t-2.yaml", "people/p-rose.yaml"):
        site.remove(f"content/{gone}")


@pytest.fixture(scope="module")
def edited(whole: Any, site_builder: Any, tmp_path_factory: pytest.TempPathFactory) -> Site:
    folder = tmp_path_factory.mktemp("edited")
    site = whole.small(site_builder(folder / "site"))
    assert whole.built(site.root, search=True) == 0
    old = whole.files(site.public)
    edit(site)
    disturbed_by_nobody = shutil.copytree(site.root, folder / "built", symlinks=True)
    clean = whole.sources(site.root, folder / "clean")
    for root in (disturbed_by_nobody, clean):
        assert whole.built(root, search=True) == 0
    new = whole.files(clean / "public")
    assert new == whole.files(disturbed_by_nobody / "public")
    assert new.keys() ^ old.keys()
    return Site(site.root, old, new, cached(disturbed_by_nobody))


@pytest.fixture
def tmp_path() -> Iterator[Path]:
    """Short: the address of a socket has 107 bytes, and pytest's own folders lie deep."""
    with tempfile.TemporaryDirectory(prefix="t") as folder:
        yield Path(folder)


@pytest.fixture
def after(
    edited: Site, whole: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Callable[..., str]:
    """Which of the two sites stands there whole; and the next run, which needs no help."""
    beside = {path.name for path in edited.root.iterdir()}

    def looked(root: Path, temporary: Path = tmp_path / "tmp") -> str:
        found = whole.files(root / "public")
        assert found in (edited.old, edited.new), "torn"

        with monkeypatch.context() as patched:
            patched.setattr(tempfile, "tempdir", str(temporary))
            assert whole.built(root, search=True) == 0

        assert whole.files(root / "public") == edited.new
        assert {path.name for path in root.iterdir()} == beside
        assert cached(root) == edited.cache
        # The folders of Python's own processes, with a socket in them at most, may stay.
        left = [path for path in temporary.iterdir() if not path.name.startswith("pymp-")]
        assert left == []
        return "old" if found == edited.old else "new"

    (tmp_path / "tmp").mkdir()
    return looked


# Killed


def changes(edited: Site, whole: Any, tmp_path: Path, *, first: bool = False) -> int:
    """How often a whole build changes the disk; of a `first` one, with no site and no cache."""
    root, note = edited.copied(tmp_path / "counted"), tmp_path / "count"
    if first:
        shutil.rmtree(root / "public")
        shutil.rmtree(root / ".cache")
    whole.process(root, "--date", whole.DATE, FAULT_COUNT=str(note), **SEVERAL)
    return int(note.read_text())


def test_a_command_killed_anywhere_leaves_one_whole_site_and_the_next_run_is_clean(
    edited: Site, whole: Any, after: Any, size: Any, tmp_path: Path
) -> None:
    last = changes(edited, whole, tmp_path)
    points = size(4, 160)
    chance = random.Random(7)
    seen: Counter[str] = Counter()
    assert last > 200

    for n in range(points):
        # Every other one dies in the middle of what it began, not before it.
        delay = 0 if n % 2 else chance.uniform(0.0002, 0.02)
        at = 1 + int((n + 0.5) / points * 0.95 * last)  # at the end not always as many
        root = edited.copied(tmp_path / f"{n}")
        faults = {"FAULT_KILL_AT": str(at), "FAULT_KILL_AFTER": str(delay), **SEVERAL}
        status, _, _ = whole.ran(
            root, "--date", whole.DATE, TMPDIR=str(tmp_path / "tmp"), **faults
        )

        assert status in {-signal.SIGKILL, 0} if delay else status == -signal.SIGKILL, (n, at)
        seen[after(root)] += 1
        shutil.rmtree(root)

    assert seen["old"] >= points // 2
    assert seen["new"]


def test_a_command_killed_at_any_time_leaves_one_whole_site(
    edited: Site, whole: Any, after: Any, size: Any, tmp_path: Path
) -> None:
    began = time.monotonic()
    whole.process(edited.copied(tmp_path / "timed"), "--date", whole.DATE, **SEVERAL)
    whole_time = time.monotonic() - began
    points = size(1, 30)

    for n in range(points):
        root = edited.copied(tmp_path / f"{n}")
        temporary = {"TMPDIR": str(tmp_path / "tmp"), **SEVERAL}
        with whole.started(root, "--date", whole.DATE, **temporary) as process:
            time.sleep(whole_time * (n + 0.5) / points)
            os.killpg(process.pid, signal.SIGKILL)
        after(root)
        shutil.rmtree(root)


def test_nothing_is_left_of_a_first_build_that_was_killed(
    edited: Site, whole: Any, after: Any, size: Any, tmp_path: Path
) -> None:
    last = changes(edited, whole, tmp_path, first=True)
    points = size(1, 20)

    for n in range(points):
        root = edited.copied(tmp_path / f"{n}")
        shutil.rmtree(root / "public")
        shutil.rmtree(root / ".cache")
        at = {
            "FAULT_KILL_AT": str(1 + int(n * 0.95 * last / points)),
            "TMPDIR": str(tmp_path / "tmp"),
        }
        status, _, _ = whole.ran(root, "--date", whole.DATE, **at, **SEVERAL)
        assert status == -signal.SIGKILL

        if not (root / "public").exists():
            shutil.copytree(edited.root / "public", root / "public")  # as if it were the old
        after(root)
        shutil.rmtree(root)


# No room


@contextmanager
def disk(place: Path, **options: object) -> Iterator[None]:
    """A file system in memory with little room; its size can be changed by mounting again."""
    place.mkdir()
    told = ",".join(f"{name}={value}" for name, value in options.items())
    made = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", told, "none", str(place)],
        capture_output=True,
        check=False,
    )
    if made.returncode:
        pytest.skip("only root can make a small disk")
    try:
        yield
    finally:
        subprocess.run(["umount", str(place)], check=True)


def room(folder: Path) -> tuple[int, int]:
    """Pages and files that a folder takes on a disk in memory."""
    every = [folder, *folder.rglob("*")]
    return sum(-(-p.lstat().st_size // 4096) for p in every if not p.is_dir()), len(every)


def lacks(kind: str, share: float, edited: Site) -> dict[str, object]:
    """A disk that has the edited site and a share of what the build of it needs."""
    pages, inodes = room(edited.root)
    if kind == "room":
        return {"size": f"{4 * int(pages * (1 + share))}k"}
    return {"size": "100m", "nr_inodes": 10 + int(inodes * (1 + share))}


def test_a_full_disk_leaves_one_whole_site_and_the_next_run_is_clean(
    edited: Site, whole: Any, after: Any, size: Any, tmp_path: Path
) -> None:
    tries = size(2, 30)
    seen: Counter[int] = Counter()
    for n in range(tries):
        small = tmp_path / f"small-{n}"
        share = 0.02 + 0.9 * n / tries
        with disk(small, **lacks("room" if n % 2 else "files", share, edited)):
            root = edited.copied(small / "site")
            temporary = small / "tmp"
            temporary.mkdir()

            given = {"TMPDIR": str(temporary), **SEVERAL}
            status, out, err = whole.ran(root, "--date", whole.DATE, **given)

            assert (status, err) in {(0, ""), (3, "")}, (n, out, err)
            assert {0: "", 3: "X001"}[status] in out
            seen[status] += 1
            more = "remount,size=100m,nr_inodes=100000"
            subprocess.run(["mount", "-o", more, str(small)], check=True)
            where = after(root, temporary)
            assert where == "old" or status == 0
    assert seen[3] >= tries // 3


def test_files_that_may_not_grow_leave_the_old_site(
    edited: Site, whole: Any, after: Any, tmp_path: Path
) -> None:
    limit = 5000
    root = edited.copied(tmp_path / "site")
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, before[1]))
    own = {"PYTHONDONTWRITEBYTECODE": "1"}  # half of a module would stay behind, for all others
    try:
        process = whole.started(root, "--date", whole.DATE, **own)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    with process:
        out, err = process.communicate(timeout=600)

    assert (process.returncode, err) == (3, ""), out + err
    assert "X001" in out
    assert after(root) == "old"


def test_where_no_file_and_no_process_is_left_the_command_says_so(
    edited: Site, whole: Any, after: Any, size: Any, tmp_path: Path
) -> None:
    root = edited.copied(tmp_path / "site")
    shutil.rmtree(root / ".cache")
    for files in (12,) if size(1, 0) else range(7, 13):
        status, out, err = whole.ran(root, "--date", whole.DATE, FAULT_FILES=str(files))
        assert (status, err) == (3, ""), (files, out, err)
        assert "X005" in out
    for processes in range(1, 2 if size(1, 0) else 3):
        faults = {"FAULT_PROCESSES": str(processes), "TMPDIR": str(tmp_path / "tmp")}
        status, out, err = whole.ran(root, "--date", whole.DATE, **faults)
        assert (status, err) == (3, ""), (processes, out, err)
        assert "X005" in out
    assert after(root) == "old"


# Several at once


def test_builds_that_start_together_make_one_site(
    edited: Site, whole: Any, after: Any, size: Any, tmp_path: Path
) -> None:
    root = edited.copied(tmp_path / "site")
    crowd = [whole.started(root, "--date", whole.DATE, **SEVERAL) for _ in range(size(2, 20))]
    done = [(process.communicate(timeout=900), process.returncode) for process in crowd]

    statuses = [status for _, status in done]
    assert 0 in statuses
    assert set(statuses) <= {0, 3}
    assert all("X040" in out for (out, _), status in done if status == 3)
    assert [err for (_, err), _ in done if err] == []
    assert after(root) == "new"


def test_two_sites_built_into_one_folder_do_not_mix(
    edited: Site, whole: Any, size: Any, tmp_path: Path
) -> None:
    one, other = (edited.copied(tmp_path / name) for name in ("one", "other"))
    (other / "content/pages/about.en.md").write_text("---\ntitle: Another\n---\nOther.\n")
    target = tmp_path / "target"
    alone = []
    for root in (one, other):
        assert whole.built(root) == 0
        alone.append(whole.files(root / "public"))
    for n in range(size(1, 10)):
        options = ["--date", whole.DATE, "--output", target, "--no-search"]
        pair = [whole.started(root, *options, **SEVERAL) for root in (one, other)]
        time.sleep(0.001 * n)
        done = [(process.communicate(timeout=600), process.returncode) for process in pair]

        assert {status for _, status in done} <= {0, 3}, done
        assert all("X020" in out for (out, _), status in done if status == 3)
        assert whole.files(target) in alone
        assert [path.name for path in tmp_path.iterdir() if "aigaq" in path.name] == []


def test_builds_while_the_preview_runs_are_clean_builds(
    edited: Site, whole: Any, size: Any, tmp_path: Path
) -> None:
    root = edited.copied(tmp_path / "site")
    shown = [str(whole.BUILD), "serve", "--port", "0", "--root", str(root)]
    with subprocess.Popen([whole.PYTHON, *shown], stderr=subprocess.PIPE, text=True) as preview:
        try:
            address = next(
                found[0]
                for line in preview.stderr
                if (found := re.search(r"http://\S+/", line))
            )
            for n in range(size(1, 12)):
                text = root / f"content/testimonies/t-draft-{n % 3}.en.md"
                text.write_text(f"---\ntitle: A draft {n}\ndraft: true\n---\nHidden {n}.\n")
                page = root / "content/pages/about.en.md"
                page.write_text(f"---\ntitle: About {n}\n---\nWords {n}.\n")
                with whole.started(root, "--date", whole.DATE) as build:
                    for path in ("", "en/about.html", "search/en/pagefind-entry.json") * 2:
                        with urllib.request.urlopen(address + path, timeout=60) as answer:
                            assert answer.status == 200
                    out, err = build.communicate(timeout=600)
                assert (build.returncode, err) == (0, ""), out + err
                clean = whole.sources(root, tmp_path / f"clean-{n}")
                assert whole.built(clean, search=True) == 0
                assert whole.differences(root / "public", clean / "public") == []
        finally:
            preview.send_signal(signal.SIGINT)
            preview.stderr.read()
    assert preview.returncode == 0


# A cache that is not what it was


def flipped(entry: Path, chance: random.Random) -> None:
    data = bytearray(entry.read_bytes())
    data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
    entry.write_bytes(data)


def truncated(entry: Path, chance: random.Random) -> None:
    data = entry.read_bytes()
    entry.write_bytes(data[: chance.randrange(len(data))])


def grown(entry: Path, chance: random.Random) -> None:
    entry.write_bytes(entry.read_bytes() + chance.randbytes(chance.randrange(1, 100)))


def swapped(entry: Path, chance: random.Random) -> None:
    others = [path for path in sorted(entry.parents[1].rglob("*")) if path.is_file()]
    other = chance.choice(others)
    mine, theirs = entry.read_bytes(), other.read_bytes()
    entry.write_bytes(theirs)
    other.write_bytes(mine)


def removed(entry: Path, _: random.Random) -> None:
    entry.unlink()


def of_another_version(entry: Path, _: random.Random) -> None:
    entry.write_bytes(entry.read_bytes().replace(b"aigaq-cache 1", b"aigaq-cache 0", 1))


def a_folder(entry: Path, _: random.Random) -> None:
    entry.unlink()
    entry.mkdir()
    (entry / "x").touch()


def a_link_to_itself(entry: Path, _: random.Random) -> None:
    entry.unlink()
    entry.symlink_to(entry)


def a_file_for_its_folder(entry: Path, _: random.Random) -> None:
    shutil.rmtree(entry.parent)
    entry.parent.touch()


def the_page_of_somebody_else(entry: Path, _: random.Random) -> None:
    entry.write_bytes(b"<script>alert(1)</script>")


SPOILING = (
    *(flipped, truncated, grown, swapped, removed, of_another_version, a_folder),
    *(a_link_to_itself, a_file_for_its_folder, the_page_of_somebody_else),
)


def test_a_spoilt_cache_changes_nothing_but_the_time(
    edited: Site, whole: Any, size: Any, tmp_path: Path
) -> None:
    root = edited.copied(tmp_path / "site")
    whole.process(root, "--date", whole.DATE)
    before = whole.traces(root / "public")
    kept = shutil.copytree(root / ".cache", tmp_path / "kept")
    chance = random.Random(3)
    at_once = 5
    for n in range(size(2, 40)):
        for spoil in (SPOILING * 2)[n * at_once % len(SPOILING) :][:at_once]:
            entries = [path for path in (root / ".cache").glob("*/??/*") if path.is_file()]
            spoil(chance.choice(sorted(entries)), chance)

        assert whole.built(root, search=True) == 0

        assert whole.traces(root / "public") == before
        shutil.rmtree(root / ".cache")
        shutil.copytree(kept, root / ".cache")


# The clock


CLOCKS = {"1970": 1, "1999": 915_148_799, "2038": 2_147_483_647, "2106": 4_294_967_295}


def test_the_clock_says_nothing(edited: Site, whole: Any, size: Any, tmp_path: Path) -> None:
    root = edited.copied(tmp_path / "site")
    options = ["--date", whole.DATE]
    years = ["2106", "1970"] if size(1, 0) else [*CLOCKS, "1999", "2106", "1970"]
    for n, year in enumerate(years):
        now = CLOCKS[year]
        # Forwards and backwards, with sources and an old site of the past and the future.
        for path in (root / "content").rglob("*"):
            os.utime(path, (now - n, now - n))
        if n % 2:
            (root / "content/pages/about.en.md").write_text("---\ntitle: X\n---\nOther.\n")
        else:
            shutil.copyfile(
                edited.root / "content/pages/about.en.md", root / "content/pages/about.en.md"
            )
        whole.process(root, *options, FAULT_CLOCK=str(now))

        clean = whole.sources(root, tmp_path / f"clean-{n}")
        assert whole.built(clean, search=True) == 0
        assert whole.differences(root / "public", clean / "public") == []
