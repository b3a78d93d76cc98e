from __future__ import annotations

import datetime
import errno
import os
import signal
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from aigaq.output import exchange, folder, paths, refusal, release, targets
from aigaq.pages.page import Artifact

FIRST = {"index.html": b"one", "en/a/index.html": b"A", "en/b/index.html": b"B"}
SECOND = {"index.html": b"two", "en/a/index.html": b"A", "en/c/index.html": b"C"}


@pytest.fixture
def site(tmp_path: Path) -> Path:
    root = tmp_path / "site"
    (root / "content").mkdir(parents=True)
    return root


def build(site: Path, files: dict[str, bytes]) -> release.Report:
    artifacts = [Artifact(path, data) for path, data in files.items()]
    return release.write(artifacts, site / "public", site_root=site)


def on_disk(target: Path) -> dict[str, bytes]:
    return {
        path.relative_to(target).as_posix(): path.read_bytes()
        for path in target.rglob("*")
        if path.is_file() and path.name != targets.MARKER
    }


def names_beside(site: Path) -> list[str]:
    return sorted(path.name for path in site.iterdir())


# What a build does


def test_a_first_build_writes_every_file(site: Path) -> None:
    report = build(site, FIRST)

    assert on_disk(site / "public") == FIRST
    assert report.written == tuple(sorted(FIRST))


def test_a_second_build_tells_what_it_wrote_removed_and_kept(site: Path) -> None:
    build(site, FIRST)

    report = build(site, SECOND)

    assert report == release.Report(
        written=("en/c/index.html", "index.html"),
        removed=("en/b/index.html",),
        kept=("en/a/index.html",),
    )


def test_stale_files_are_gone_and_nothing_lies_beside(site: Path) -> None:
    build(site, FIRST)
    (site / "public" / "left-over.html").write_bytes(b"by nobody")

    build(site, SECOND)

    assert on_disk(site / "public") == SECOND
    assert names_beside(site) == ["content", "public"]


def test_an_unchanged_file_keeps_its_date_and_its_place_on_disk(site: Path) -> None:
    build(site, FIRST)
    old = (site / "public/en/a/index.html").stat()

    build(site, SECOND)

    new = (site / "public/en/a/index.html").stat()
    assert (new.st_ino, new.st_mtime_ns) == (old.st_ino, old.st_mtime_ns)


def test_where_nothing_changed_nothing_is_touched(site: Path) -> None:
    build(site, FIRST)
    everything = [site / "public", *(site / "public").rglob("*")]
    before = [(path.stat().st_ino, path.stat().st_mtime_ns) for path in everything]

    report = build(site, FIRST)

    assert [(path.stat().st_ino, path.stat().st_mtime_ns) for path in everything] == before
    assert (report.written, report.removed) == ((), ())
    assert names_beside(site) == ["content", "public"]


def test_a_left_over_empty_folder_is_gone_after_the_next_build(site: Path) -> None:
    build(site, FIRST)
    (site / "public" / "empty").mkdir()

    build(site, FIRST)

    assert not (site / "public" / "empty").exists()


@pytest.mark.parametrize("umask", [0o000, 0o077, 0o777])
def test_modes_do_not_depend_on_the_umask(site: Path, umask: int) -> None:
    old = os.umask(umask)
    try:
        build(site, FIRST)
    finally:
        os.umask(old)

    found = {
        (path.is_dir(), stat.S_IMODE(path.stat().st_mode))
        for path in [site / "public", *(site / "public").rglob("*")]
    }
    assert found == {(True, 0o755), (False, 0o644)}


def test_a_file_made_private_by_hand_is_readable_again(site: Path) -> None:
    build(site, FIRST)
    (site / "public/index.html").chmod(0o600)

    build(site, FIRST)

    assert stat.S_IMODE((site / "public/index.html").stat().st_mode) == 0o644


def test_a_link_put_into_the_site_is_replaced_and_its_goal_left_alone(site: Path) -> None:
    build(site, FIRST)
    goal = site / "content" / "x.md"
    goal.write_bytes(b"one")
    (site / "public/index.html").unlink()
    (site / "public/index.html").symlink_to(goal)

    build(site, FIRST)

    assert not (site / "public/index.html").is_symlink()
    assert goal.read_bytes() == b"one"


# What happens meanwhile


def build_while(site: Path, files: dict[str, bytes], meanwhile) -> None:
    """A build during which `meanwhile` is called with the folder that is being filled."""

    def artifacts():
        yield from (Artifact(path, data) for path, data in files.items())
        (new,) = site.glob(".public.aigaq-new-*")
        meanwhile(new)

    release.write(artifacts(), site / "public", site_root=site)


@pytest.mark.parametrize(
    "tamper",
    [
        lambda new: (new / "index.html").write_bytes(b"other"),
        lambda new: (new / "index.html").unlink(),
        lambda new: (new / "link").symlink_to(new / "index.html"),
        lambda new: os.mkfifo(new / "pipe"),
    ],
    ids=["changes", "removes", "links", "makes a pipe"],
)
def test_a_folder_that_somebody_else_changes_is_not_published(site, tamper) -> None:
    with pytest.raises(folder.TornError):
        build_while(site, FIRST, tamper)

    assert not (site / "public").exists()


def test_pages_that_fail_half_way_leave_the_old_site(site: Path) -> None:
    build(site, FIRST)

    def pages():
        yield Artifact("index.html", b"two")
        raise ValueError("a template failed")

    with pytest.raises(ValueError, match="template"):
        release.write(pages(), site / "public", site_root=site)

    assert on_disk(site / "public") == FIRST
    assert names_beside(site) == ["content", "public"]


def test_the_unfinished_site_is_readable_to_its_owner_only(site: Path) -> None:
    seen = []

    build_while(site, FIRST, lambda new: seen.append(stat.S_IMODE(new.stat().st_mode)))

    assert seen == [0o700]


# Names


@pytest.mark.parametrize(
    "path",
    ["", "/etc/x", "../x", "a/../../x", "a//b", "./a", "a/.", "a\\b", "C:x", "a\0b", "a\nb",
     "a.", "a/", "\ud800", "x" * 256, ".aigaq-site"],
)  # fmt: skip
def test_a_name_that_could_leave_the_site_is_refused(site: Path, path: str) -> None:
    with pytest.raises(refusal.Refused) as refused:
        build(site, {path: b"x"})

    assert [one.problem for one in refused.value.diagnostics] == [paths.BAD_PATH]
    assert str(refused.value).isprintable() or "\n" in str(refused.value)
    assert names_beside(site) == ["content"]


@pytest.mark.parametrize(
    ("one", "other", "problem"),
    [
        ("a/b", "a/b", paths.TWICE),
        ("a/B", "a/b", paths.TWICE),
        ("é", "e\u0301", paths.TWICE),
        ("a", "a/b", paths.FILE_AND_FOLDER),
        ("a/b", "A", paths.FILE_AND_FOLDER),
    ],
)
def test_two_files_on_one_name_are_refused(site: Path, one, other, problem) -> None:
    artifacts = [Artifact(one, b"1"), Artifact(other, b"2")]

    with pytest.raises(refusal.Refused) as refused:
        release.write(artifacts, site / "public", site_root=site)

    assert [found.problem for found in refused.value.diagnostics] == [problem]


def test_all_bad_names_are_told_at_once(site: Path) -> None:
    with pytest.raises(refusal.Refused) as refused:
        build(site, {"../a": b"", "ok": b"", "/b": b""})

    assert len(refused.value.diagnostics) == 2


# Targets


def full(path: Path) -> Path:
    path.mkdir(parents=True, exist_ok=True)
    (path / "precious.txt").write_text("precious")
    return path


def linked(site: Path) -> Path:
    (site / "public").symlink_to(full(site.parent / "elsewhere"))
    return site / "public"


def linked_content(site: Path) -> Path:
    outside = full(site.parent / "texts")
    (site / "content").rmdir()
    (site / "content").symlink_to(outside)
    return outside


def a_file(site: Path) -> Path:
    (site / "public").write_text("a file")
    return site / "public"


def a_fake_marker(site: Path) -> Path:
    target = full(site / "public")
    (target / targets.MARKER).symlink_to(target / "precious.txt")
    return target


def a_git_folder(site: Path) -> Path:
    build(site, FIRST)
    full(site / "public" / ".git")
    return site / "public"


DANGEROUS = {
    "a folder with files of others": (lambda s: full(s / "public"), targets.NOT_OURS),
    "a marker that is a link": (a_fake_marker, targets.NOT_OURS),
    "a git repository": (a_git_folder, targets.HOLDS_GIT),
    "the site": (lambda s: s, targets.HOLDS_SOURCES),
    "the site by dots": (lambda s: s / "content" / "..", targets.HOLDS_SOURCES),
    "above the site": (lambda s: s.parent, targets.HOLDS_SOURCES),
    "content": (lambda s: s / "content", targets.AMONG_SOURCES),
    "in content": (lambda s: s / "content" / "new", targets.AMONG_SOURCES),
    "templates, not there yet": (lambda s: s / "templates", targets.AMONG_SOURCES),
    "in theme": (lambda s: s / "theme" / "css", targets.AMONG_SOURCES),
    "in .git": (lambda s: s / ".git" / "x", targets.AMONG_SOURCES),
    "the cache": (lambda s: s / ".cache", targets.AMONG_SOURCES),
    "where content is a link to": (linked_content, targets.AMONG_SOURCES),
    "a link": (linked, targets.NOT_A_FOLDER),
    "a file": (a_file, targets.NOT_A_FOLDER),
    "the root": (lambda s: Path("/"), targets.TOO_PRECIOUS),
    "home": (lambda s: Path.home(), targets.TOO_PRECIOUS),
    "above home": (lambda s: Path.home().parent, targets.TOO_PRECIOUS),
}


@pytest.mark.parametrize("name", DANGEROUS)
def test_a_dangerous_target_is_refused_untouched(
    site: Path, name: str, monkeypatch, tmp_path_factory
) -> None:
    home = full(tmp_path_factory.mktemp("homes") / "placeholder")
    monkeypatch.setenv("HOME", str(home))
    make, problem = DANGEROUS[name]
    target = make(site)
    before = sorted(site.parent.rglob("*"))

    with pytest.raises(refusal.Refused) as refused:
        release.write([Artifact("index.html", b"x")], target, site_root=site)

    assert [found.problem for found in refused.value.diagnostics] == [problem]
    assert sorted(site.parent.rglob("*")) == before


@pytest.mark.parametrize("place", ["public", "deep/er/public", "../outside", "docs"])
def test_an_ordinary_target_is_taken(site: Path, place: str) -> None:
    (site / "docs").mkdir()

    release.write([Artifact("index.html", b"x")], site / place, site_root=site)

    assert (site / place / "index.html").read_bytes() == b"x"


# The disk


WRITE = """
import resource, sys
from pathlib import Path
from aigaq.output import refusal, release
from aigaq.pages.page import Artifact
root, limit = Path(sys.argv[1]), int(sys.argv[2])
resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
pages = [Artifact(f"p{n}.html", b"y" * n * 100) for n in range(1, 11)]
try:
    release.write(pages, root / "public", site_root=root)
except refusal.Refused as refused:
    print(refused.diagnostics[0].code)
    sys.exit(refused.exit_status)
"""


@pytest.mark.parametrize("limit", [10, 350, 999])
def test_a_full_disk_leaves_the_old_site_and_a_clean_place(site, limit) -> None:
    build(site, FIRST)

    run = subprocess.run(
        [sys.executable, "-c", WRITE, str(site), str(limit)],
        capture_output=True, text=True, check=False, cwd=Path(release.__file__).parents[2],
    )  # fmt: skip

    assert (run.returncode, run.stdout, run.stderr) == (3, "X001\n", "")
    assert on_disk(site / "public") == FIRST
    assert names_beside(site) == ["content", "public"]


def test_a_folder_that_may_not_be_written_is_not_possible_now(site: Path) -> None:
    (site / "file").write_text("in the way")

    with pytest.raises(refusal.NotPossibleNow) as refused:
        release.write([], site / "file" / "public", site_root=site)

    assert refused.value.diagnostics[0].problem is refusal.CANNOT_WRITE


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT, errno.EFBIG])
def test_each_kind_of_no_room_is_called_a_full_disk(number: int) -> None:
    found = refusal.not_possible(Path("public"), OSError(number, "no room"))

    assert found.diagnostics[0].problem is refusal.DISK_FULL


# Killed


def in_child(work, *, kill_at: int | None = None) -> tuple[int, int]:
    """Runs `work` in a forked process; returns how it ended and how many disk events it had.

    With `kill_at`, the process kills itself by SIGKILL right before its n-th such event, so
    that every step of the disk is a moment of death.
    """
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        events = 0

        def watch(event: str, _arguments: object) -> None:
            nonlocal events
            if event.startswith(("open", "os.", "shutil.")):
                events += 1
                if events == kill_at:
                    os.kill(os.getpid(), signal.SIGKILL)

        try:
            sys.addaudithook(watch)
            work()
            os.write(writer, str(events).encode())
            os._exit(0)
        finally:
            os._exit(1)
    os.close(writer)
    with os.fdopen(reader) as answer:
        events = int(answer.read() or 0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), events


def test_a_build_killed_at_any_step_leaves_one_whole_site(site: Path) -> None:
    build(site, FIRST)
    whole = [on_disk(site / "public"), SECOND]
    _, steps = in_child(lambda: build(site, SECOND))
    seen = set()

    for step in range(1, steps + 1):
        build(site, FIRST)
        code, _ = in_child(lambda: build(site, SECOND), kill_at=step)
        assert code == -signal.SIGKILL
        found = on_disk(site / "public")
        assert found in whole, f"torn at step {step} of {steps}"
        seen.add(whole.index(found))

    assert steps >= 40
    assert seen == {0, 1}


def test_the_run_after_a_kill_is_clean(site: Path) -> None:
    build(site, FIRST)
    _, steps = in_child(lambda: build(site, SECOND))

    for step in range(1, steps + 1):
        build(site, FIRST)
        in_child(lambda: build(site, SECOND), kill_at=step)
        build(site, SECOND)
        assert on_disk(site / "public") == SECOND
        assert names_beside(site) == ["content", "public"], f"after step {step}"


def test_a_first_build_killed_at_any_step_leaves_no_half_site(site: Path) -> None:
    target = site / "public"
    _, steps = in_child(lambda: build(site, FIRST))

    for step in range(1, steps + 1):
        subprocess.run(["rm", "-rf", str(target)], check=True)
        in_child(lambda: build(site, FIRST), kill_at=step)
        assert not target.exists() or on_disk(target) == FIRST


def test_a_kill_between_two_renames_is_put_right_by_the_next_run(site: Path) -> None:
    build(site, FIRST)
    target = site / "public"

    def two_renames() -> None:
        new = site / ".public.aigaq-new-000000000000"
        release.write([Artifact("index.html", b"two")], new, site_root=site)
        sys.addaudithook(kill_at_second_rename())
        exchange.two_renames(new, target)

    code, _ = in_child(two_renames)
    assert (code, target.exists()) == (-signal.SIGKILL, False)
    exchange.recover(target)

    assert on_disk(target) == FIRST
    assert names_beside(site) == ["content", "public"]


def kill_at_second_rename():
    renames = 0

    def watch(event: str, _arguments: object) -> None:
        nonlocal renames
        if event == "os.rename" and (renames := renames + 1) == 2:
            os.kill(os.getpid(), signal.SIGKILL)

    return watch


def test_two_renames_do_what_one_exchange_does(site: Path) -> None:
    build(site, FIRST)
    new = site / "other"
    release.write([Artifact("index.html", b"two")], new, site_root=site)

    old = exchange.two_renames(new, site / "public")

    assert on_disk(site / "public") == {"index.html": b"two"}
    assert on_disk(old) == FIRST


def test_a_living_build_is_not_swept_away_by_another(site: Path) -> None:
    build(site, FIRST)

    def another(_new: Path) -> None:
        with pytest.raises(refusal.NotPossibleNow) as refused:
            build(site, FIRST)
        assert refused.value.diagnostics[0].problem is exchange.BEING_WRITTEN

    build_while(site, SECOND, another)

    assert on_disk(site / "public") == SECOND


def test_no_reader_ever_finds_the_site_missing(site: Path) -> None:
    one = {f"p{n}.html": b"1" for n in range(5)}
    two = {f"p{n}.html": b"2" for n in range(5)}
    build(site, one)
    child = os.fork()
    if child == 0:
        try:
            for _ in range(60):
                build(site, two)
                build(site, one)
        finally:
            os._exit(0)

    looks = 0
    while os.waitpid(child, os.WNOHANG)[0] == 0:
        held = os.open(site / "public", os.O_RDONLY | os.O_DIRECTORY)
        os.close(held)
        looks += 1

    assert looks > 100


# Cleaning


def test_cleaning_removes_the_site_the_cache_and_left_overs(site: Path) -> None:
    build(site, FIRST)
    (site / ".cache").mkdir()
    (site / ".public.aigaq-new-0123456789ab").mkdir()

    assert release.clean(site) == ()

    assert names_beside(site) == ["content"]


def test_cleaning_leaves_a_folder_that_is_not_ours(site: Path) -> None:
    full(site / "public")

    (found,) = release.clean(site)

    assert found.problem is targets.NOT_OURS
    assert (site / "public" / "precious.txt").exists()


# The build date


def built_for(site: Path, day: str, *, by_hand: bool = False) -> release.Report:
    date = datetime.date.fromisoformat(day) if day else None
    artifact = Artifact("index.html", day.encode())
    return release.write(
        [artifact], site / "public", site_root=site, built=date, may_go_back=by_hand
    )


@pytest.mark.parametrize("earlier", ["2026-03-01", "2025-12-31", ""])
def test_a_site_of_a_later_day_is_not_replaced(site: Path, earlier: str) -> None:
    built_for(site, "2026-03-02")
    before = on_disk(site / "public")

    with pytest.raises(refusal.NotPossibleNow) as refused:
        built_for(site, earlier)

    assert [one.code for one in refused.value.diagnostics] == ["X022"]
    assert (on_disk(site / "public"), names_beside(site)) == (before, ["content", "public"])


@pytest.mark.parametrize("later", ["2026-03-02", "2026-03-03"])
def test_a_site_of_the_same_or_an_earlier_day_is_replaced(site: Path, later: str) -> None:
    built_for(site, "2026-03-02")
    built_for(site, later)
    assert on_disk(site / "public") == {"index.html": later.encode()}


def test_a_day_that_was_named_by_hand_may_be_earlier(site: Path) -> None:
    built_for(site, "2026-03-02")
    built_for(site, "2026-03-01", by_hand=True)
    assert targets.built(site / "public") == datetime.date(2026, 3, 1)


def test_a_site_from_before_the_day_was_noted_is_replaced(site: Path) -> None:
    built_for(site, "2026-03-02")
    (site / "public" / targets.MARKER).write_bytes(targets.MARKER_TEXT)
    built_for(site, "2026-03-01")
    assert on_disk(site / "public") == {"index.html": b"2026-03-01"}


def test_the_day_of_a_site_that_a_crash_put_aside_still_counts(site: Path) -> None:
    built_for(site, "2026-03-02")
    (site / "public").rename(site / ".public.aigaq-old-0123456789ab")

    with pytest.raises(refusal.NotPossibleNow):
        built_for(site, "2026-03-01")


@pytest.mark.parametrize("day", [b"built for 2026-13-99\n", b"built for \xff\n", b"\x00"])
def test_a_day_that_cannot_be_read_is_none(site: Path, day: bytes) -> None:
    built_for(site, "2026-03-02")
    (site / "public" / targets.MARKER).write_bytes(targets.MARKER_TEXT + day)
    assert targets.built(site / "public") is None


def test_what_a_killed_build_left_goes_even_if_nothing_is_written(tmp_path):
    target = tmp_path / "site" / "public"
    target.parent.mkdir()
    left = target.with_name(".public.aigaq-new-0123456789ab")
    left.mkdir()
    (left / "words.html").write_text("of a build that was killed")

    release.recover(target, site_root=target.parent)

    assert list(target.parent.iterdir()) == []
    release.recover(tmp_path / "nowhere" / "public", site_root=target.parent)
