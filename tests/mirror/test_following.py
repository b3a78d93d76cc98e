"""A folder that follows sources: up to date, whole, and never one that nobody has signed."""

from __future__ import annotations

import contextlib
import datetime
import errno
import os
import random
import resource
import shutil
import signal
import time
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from aigaq.mirror import (
    carriage,
    following,
    git,
    memory,
    signers,
    sources,
    staging,
    verification,
)
from aigaq.mirror.carriage import disk
from aigaq.output import exchange, folder, refusal, targets
from aigaq.words.diagnostics import Span

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

NOW = datetime.datetime(2026, 11, 23, 12, tzinfo=datetime.UTC)
IMPATIENT = carriage.Limits(stall=0.5, slowest=1e6, whole=30)
LISTS = ("RELEASE", "SHA256SUMS", "LEDGER")


class Mirror:
    """A folder that follows, with what its keeper has pinned and seen."""

    def __init__(self, folder: Path, pinned: bytes) -> None:
        self.folder, self.pinned = folder, pinned
        self.seen: memory.Seen | None = None

    def trust(self, **other: Any) -> verification.Trust:
        known, _ = signers.read(self.pinned, "pinned")
        asked: dict[str, Any] = {"threshold": 2, "now": NOW, "seen": self.seen} | other
        return verification.Trust(pinned=self.pinned, known=known, **asked)

    def follow(
        self, *places: object, limits: carriage.Limits = IMPATIENT, **other: Any
    ) -> following.Outcome:
        with contextlib.ExitStack() as stack:
            carriers = [carriage.of(str(place), limits=limits) for place in places]
            for one in carriers:
                stack.callback(one.close)
            outcome = following.follow(carriers, self.folder, self.trust(**other))
        self.seen = outcome.seen or self.seen
        return outcome

    def told(self, *places: object, **other: Any) -> tuple[int, list[str]]:
        outcome = self.follow(*places, **other)
        return outcome.status, [problem.code for problem in outcome.problems]

    @property
    def status(self) -> int:
        """What a stranger finds who verifies it."""
        trust = replace(self.trust(), seen=None)
        return verification.of(carriage.of(str(self.folder)), trust).status

    def files(self) -> dict[str, bytes]:
        return files_of(self.folder)


def files_of(folder: Path) -> dict[str, bytes]:
    every = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in every}


@pytest.fixture
def mirror(copy: Any, tmp_path: Path) -> Iterator[Mirror]:
    """Nothing lies beside it when a test is over, unless that is what the test is about."""
    place = tmp_path / "mirrors"
    place.mkdir()
    made = Mirror(place / "site", copy.pinned)
    yield made
    left = [path.name for path in place.iterdir() if path.name.startswith(".")]
    assert left == ([] if not getattr(made, "interrupted", False) else left)


@pytest.mark.parametrize("kind", ["folder", "python", "nginx", "rsync"])
def test_an_empty_place_becomes_a_copy_by_any_route_and_stays_up_to_date(
    copy: Any, mirror: Mirror, servers: Any, kind: str
) -> None:
    with contextlib.ExitStack() as stack:
        source: Any = copy.folder
        if kind != "folder":
            source = stack.enter_context(getattr(servers, kind)(copy.folder))
        source = getattr(source, "url", source)

        first = mirror.follow(source)
        assert (first.status, first.changed, first.problems) == (0, True, ())
        assert (mirror.status, mirror.files()) == (0, files_of(copy.folder))

        copy.next({"en/new.html": b"new", "index.html": b"<p>New home</p>"})
        (copy.folder / "assets/site.css").unlink()
        copy.next({})
        second = mirror.follow(source)

    assert (second.status, second.changed, second.fetched, second.removed) == (0, True, 2, 1)
    assert (mirror.status, mirror.files()) == (0, files_of(copy.folder))


def test_of_a_long_manifest_what_has_changed_comes_and_whoever_lies_about_it_gains_nothing(
    copy: Any, mirror: Mirror, servers: Any
) -> None:
    copy.next({f"en/p{n:04}.html": b"%d" % n for n in range(1000)})
    mirror.follow(copy.folder)
    whole = len(copy.read("SHA256SUMS"))
    with servers.nginx(copy.folder) as url:
        copy.next({"en/p0700.html": b"changed"})
        honest = mirror.follow(url)
        copy.next({"en/p0700.html": b"once more"})
        copy.write("SHA256SUMS.parts", b"7 0123456789abcdef\n" * 9)
        lying = mirror.follow(url)

    assert (honest.status, honest.fetched, honest.problems) == (0, 1, ())
    assert sum(honest.received.values()) < whole / 4
    assert (lying.status, lying.fetched, lying.problems) == (0, 1, ())
    assert sum(lying.received.values()) > whole
    assert mirror.status == 0
    assert mirror.files()["en/p0700.html"] == b"once more"


def test_a_stick_that_knows_neither_rights_nor_links_holds_a_copy_too(
    copy: Any, mirror: Mirror, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(errno.EPERM, "Operation not permitted")  # as exFAT does

    for name in ("chmod", "link"):
        monkeypatch.setattr(os, name, refuse)

    assert mirror.follow(copy.folder).changed
    copy.next({"en/new.html": b"new"})
    assert mirror.told(copy.folder) == (0, [])
    assert mirror.files() == files_of(copy.folder)


def test_where_nothing_has_changed_nothing_is_touched(copy: Any, mirror: Mirror) -> None:
    mirror.follow(copy.folder)
    before = {path: path.lstat() for path in [mirror.folder, *mirror.folder.rglob("*")]}

    outcome = mirror.follow(copy.folder)

    assert (outcome.status, outcome.changed, outcome.problems) == (0, False, ())
    assert {path: path.lstat() for path in [mirror.folder, *mirror.folder.rglob("*")]} == before


def test_only_what_has_changed_is_asked_for(copy: Any, mirror: Mirror, servers: Any) -> None:
    mirror.follow(copy.folder)
    data = copy.read("kk/testimonies/t-1.html")
    (copy.folder / "kk/testimonies/t-1.html").rename(copy.folder / "kk/testimonies/t-3.html")
    copy.next({"kk/testimonies/t-1.html": b"another", "en/same.html": data})

    with servers.python(copy.folder) as server:
        outcome = mirror.follow(server.url)

    signatures = [f"RELEASE.sig{end}" for end in ("", ".2", ".3")]
    asked = sorted([*LISTS, *signatures, "kk/testimonies/t-1.html"])
    assert sorted(path[1:] for path in server.paths) == [p for p in asked if p != "LEDGER"]
    sizes = [len(copy.read(path)) for path in asked if path not in {"LEDGER", "RELEASE.sig.3"}]
    assert sum(sizes) < outcome.received[server.url] < sum(sizes) + 9 * 400
    assert mirror.status == 0


def test_a_withdrawn_text_is_gone_here_and_in_what_was_gathered(
    copy: Any, mirror: Mirror, servers: Any
) -> None:
    mirror.follow(copy.folder)
    copy.next({"film.webm": b"x" * 9})
    with servers.python(
        copy.folder, lambda h: h.path == "/film.webm" and not h.raw()
    ) as server:
        assert mirror.told(server.url) == (3, ["A103", "A105"])
    gathered = mirror.folder.parent / ".site.aigaq-follow/site"
    assert (gathered / "en/testimonies/t-2.html").is_file()

    for language in ("en", "kk"):
        (copy.folder / language / "testimonies/t-2.html").unlink()
    copy.next({}, ledger=f"{copy.ledger}t-2 withdrawn 3 2026-11-23\n")
    outcome = mirror.follow(copy.folder)

    assert (outcome.status, outcome.removed, mirror.status) == (0, 2, 0)
    assert list(mirror.folder.parent.rglob("*t-2*")) == []


def test_the_newest_release_wins_and_old_sources_help(
    copy: Any, mirror: Mirror, tmp_path: Path, servers: Any
) -> None:
    old = shutil.copytree(copy.folder, tmp_path / "old")
    copy.next({"en/new.html": b"new"})
    for path in ("index.html", "kk/testimonies/t-1.html"):
        (copy.folder / path).unlink()  # a copy that has lost something

    with servers.python(old) as old_server, servers.python(copy.folder) as new_server:
        outcome = mirror.follow(old_server.url, new_server.url)

    assert outcome.release is not None
    assert (outcome.status, outcome.release.seq, outcome.fetched) == (0, 2, 7)
    assert "/index.html" in old_server.paths
    assert mirror.status == 0


def lies(handler: Any) -> bool:
    """Sends another page, as long as the true one."""
    place = Path(handler.directory, handler.path[1:])
    if handler.path.endswith("t-1.html") and place.is_file():
        handler.answer(b"?" * place.stat().st_size)
        return True
    return False


def drips(handler: Any) -> bool:
    if handler.path.endswith("t-1.html"):
        handler.raw(b"HTTP/1.1 200 OK\r\nContent-Length: 90\r\n\r\n", *[b"x"] * 40, pause=0.1)
        return True
    return False


def dies(handler: Any) -> bool:
    if handler.path.endswith("t-1.html"):
        handler.raw(b"HTTP/1.1 200 OK\r\nContent-Length: 90\r\n\r\nhalf of it")
        return True
    return False


@pytest.mark.parametrize(("fault", "code"), [(lies, "A104"), (drips, "A103"), (dies, "A103")])
def test_a_bad_source_is_named_and_the_next_one_taken(
    copy: Any, mirror: Mirror, servers: Any, fault: Any, code: str
) -> None:
    with servers.python(copy.folder, fault) as bad, servers.python(copy.folder) as good:
        began = time.monotonic()
        outcome = mirror.follow(bad.url, good.url)

    assert (outcome.status, outcome.changed) == (0, True)
    assert [(p.code, p.span.path) for p in outcome.problems] == [(code, bad.url)]
    assert (mirror.status, mirror.files()) == (0, files_of(copy.folder))
    assert time.monotonic() - began < 8


@pytest.fixture
def hostile(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository with a link in the place of RELEASE."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    place = git.begun(tmp_path / "hostile/source.git")
    who = "committer a <a@example.org> 1760000000 +0000\ndata 0\n"
    link = "M 120000 inline RELEASE\ndata 11\n/etc/passwd\n"
    lines = f"commit refs/heads/release\n{who}{link}".encode()
    git.run(place, "fast-import", "--quiet", "--date-format=raw", said=[lines])
    return place


def test_a_repository_that_is_altered_stops_nobody_else(
    copy: Any, mirror: Mirror, hostile: Path
) -> None:
    assert mirror.told(hostile) == (1, ["A103", "A106"])
    assert mirror.told(hostile, copy.folder) == (0, ["A103"])
    assert mirror.files() == files_of(copy.folder)


class Altered(disk.Disk):
    """Has sources that nobody has signed, as is seen when files are made of them."""

    def bring(self, *_: object) -> None:
        raise git.Altered(git.NOT_PLAIN.at(Span("source.git"), what="RELEASE"))


def test_a_source_that_turns_out_altered_stops_nobody_else(copy: Any, mirror: Mirror) -> None:
    bad, good = Altered(copy.folder), disk.Disk(copy.folder)

    alone = following.follow([bad], mirror.folder, mirror.trust())
    both = following.follow([bad, good], mirror.folder, mirror.trust())

    assert (alone.status, [p.code for p in alone.problems]) == (1, ["A103", "A105"])
    assert (both.status, [p.code for p in both.problems]) == (0, ["A103"])


def test_no_source_is_blamed_for_what_cannot_be_read_here(
    copy: Any, mirror: Mirror, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mirror.follow(copy.folder)
    theirs = shutil.copytree(copy.folder, tmp_path / "theirs")
    copy.next({"en/new.html": b"new"})

    def broken(self: disk.Disk, path: str) -> Any:
        if self.place == mirror.folder and path == "LEDGER":
            raise sources.unreachable(path, OSError(errno.EIO, "Input/output error"))
        return sources.Folder.open(self, path)

    monkeypatch.setattr(disk.Disk, "open", broken)
    assert mirror.told(theirs, copy.folder) == (0, [])
    assert mirror.files() == files_of(copy.folder)


def test_a_slow_source_does_not_keep_from_asking_another(
    copy: Any, mirror: Mirror, servers: Any
) -> None:
    copy.next({f"en/{n:02}.html": b"x" * 9 for n in range(60)})

    def creeps(handler: Any) -> bool:
        time.sleep(1.2 * handler.path.endswith(".html"))
        return False

    with servers.python(copy.folder, creeps) as slow, servers.python(copy.folder) as good:
        limits = replace(IMPATIENT, stall=9)
        outcome = mirror.follow(slow.url, good.url, limits=limits)

    assert (outcome.status, outcome.problems, mirror.status) == (0, (), 0)
    assert sum(path.endswith(".html") for path in slow.paths) <= 8


@pytest.mark.parametrize(("fault", "wanted"), [(lies, 1), (drips, 3), (dies, 3)])
def test_with_bad_sources_alone_the_copy_stays_as_it_was(
    copy: Any, mirror: Mirror, servers: Any, fault: Any, wanted: int
) -> None:
    mirror.follow(copy.folder)
    before = mirror.files()
    copy.next({"kk/testimonies/t-1.html": b"new", "en/testimonies/t-1.html": b"new, too"})

    with servers.python(copy.folder, fault) as bad:
        status, codes = mirror.told(bad.url)

    assert (status, codes[-1]) == (wanted, "A105")
    assert (mirror.status, mirror.files()) == (0, before)
    assert mirror.follow(copy.folder).status == 0


def test_a_run_goes_on_where_the_last_one_had_to_stop(
    copy: Any, mirror: Mirror, servers: Any
) -> None:
    copy.next({f"en/{number}.html": b"%d" % number for number in range(60)})

    with servers.python(
        copy.folder, lambda h: h.path == "/en/50.html" and not h.raw()
    ) as first:
        assert mirror.told(first.url) == (3, ["A103", "A105"])
    with servers.python(copy.folder) as second:
        assert mirror.follow(second.url).status == 0

    there = [path for path in second.paths if path.endswith(".html")]
    assert "/en/50.html" in there
    assert len(there) < 30
    assert mirror.status == 0


def test_what_was_gathered_is_believed_no_more_than_a_source(
    copy: Any, mirror: Mirror, servers: Any
) -> None:
    copy.next({"en/a": b"a file", "en/film.webm": b"x" * 9})
    with servers.python(
        copy.folder, lambda h: h.path == "/en/film.webm" and not h.raw()
    ) as one:
        assert mirror.told(one.url) == (3, ["A103", "A105"])
    gathered = mirror.folder.parent / ".site.aigaq-follow/site"
    (gathered / "index.html").write_bytes(b"evil")
    (gathered / "evil.html").symlink_to("/etc/passwd")
    (copy.folder / "en/a").unlink()
    copy.next({"en/a/b": b"in a folder of that name"})

    assert mirror.follow(copy.folder).status == 0
    assert (mirror.status, mirror.files()) == (0, files_of(copy.folder))


def test_a_source_that_was_set_back_is_not_followed(
    copy: Any, mirror: Mirror, tmp_path: Path
) -> None:
    old = shutil.copytree(copy.folder, tmp_path / "old")
    copy.next({"en/new.html": b"new"})
    mirror.follow(copy.folder)
    before = mirror.files()

    assert mirror.told(old) == (2, ["A103", "A106"])
    mirror.seen = None  # the copy itself is a witness, too
    assert mirror.told(old) == (2, ["A103", "A106"])
    assert mirror.told(old, copy.folder) == (0, [])
    assert mirror.files() == before


def test_two_releases_of_one_number_stop_everything(
    copy: Any, mirror: Mirror, tmp_path: Path, new_copy: Callable[[str], Any]
) -> None:
    mirror.follow(copy.folder)
    shutil.copytree(copy.folder, tmp_path / "fork")
    fork = new_copy("fork").next({"en/theirs.html": b"theirs"})
    copy.next({"en/ours.html": b"ours"})

    assert mirror.told(copy.folder, fork.folder) == (1, ["A102"])
    assert mirror.follow(copy.folder).status == 0
    assert mirror.told(fork.folder)[0] == 1
    mirror.seen = None
    assert mirror.told(fork.folder) == (1, ["A102"])
    assert mirror.status == 0


def test_a_release_that_lost_a_text_in_silence_is_not_followed(
    copy: Any, mirror: Mirror, tmp_path: Path
) -> None:
    good = shutil.copytree(copy.folder, tmp_path / "good")
    mirror.follow(good)
    before = mirror.files()
    copy.next({}, ledger="t-1 1\n")

    assert mirror.told(copy.folder) == (1, ["A103", "A106"])
    assert mirror.told(copy.folder, good) == (0, ["A103"])
    assert mirror.files() == before


def test_a_release_with_too_few_signatures_is_not_followed(copy: Any, mirror: Mirror) -> None:
    copy.signed("one", "stranger")

    assert mirror.told(copy.folder) == (1, ["A103", "A106"])
    assert not mirror.folder.exists()


def test_a_stale_release_is_followed_and_told(copy: Any, mirror: Mirror) -> None:
    late = NOW + datetime.timedelta(days=200)

    assert mirror.told(copy.folder, now=late) == (2, ["A020"])
    assert mirror.told(copy.folder, now=late) == (2, ["A020"])
    assert mirror.files() == files_of(copy.folder)


def test_a_signature_that_came_later_comes_too(copy: Any, mirror: Mirror) -> None:
    mirror.follow(copy.folder)
    before = mirror.files()
    copy.signed("one", "two", "three")

    outcome = mirror.follow(copy.folder)

    assert (outcome.changed, outcome.fetched, mirror.status) == (True, 0, 0)
    assert mirror.files().keys() - before.keys() == {"RELEASE.sig.3"}
    copy.signed("two", "one")
    assert mirror.follow(copy.folder).changed is False


@pytest.mark.parametrize("harm", ["changed", "removed", "added", "link", "root"])
def test_a_copy_that_was_harmed_heals(
    copy: Any, mirror: Mirror, servers: Any, harm: str
) -> None:
    mirror.follow(copy.folder)
    page = mirror.folder / "en/testimonies/t-1.html"
    if harm == "changed":
        page.write_bytes(b"?" * page.stat().st_size)
    elif harm == "removed":
        page.unlink()
    elif harm == "added":
        mirror.folder.joinpath("en/evil.html").write_bytes(b"evil")
    elif harm == "link":
        mirror.folder.joinpath("en/passwd").symlink_to("/etc/passwd")
    else:
        mirror.folder.joinpath("SHA256SUMS").write_bytes(b"")
    assert mirror.status == 1

    with servers.python(copy.folder) as server:
        outcome = mirror.follow(server.url)

    assert (outcome.status, mirror.status, mirror.files()) == (0, 0, files_of(copy.folder))
    pages = [path for path in server.paths if path.endswith("html")]
    assert len(pages) == (harm in {"changed", "removed"})


def test_a_folder_of_other_files_is_never_replaced(copy: Any, mirror: Mirror) -> None:
    mirror.folder.mkdir()
    (mirror.folder / "thesis.txt").write_text("years of work")

    with pytest.raises(refusal.Refused, match="A100") as refused:
        mirror.follow(copy.folder)

    assert refused.value.exit_status == 4
    assert mirror.files() == {"thesis.txt": b"years of work"}


def test_a_copy_that_somebody_carried_here_is_taken_over(
    copy: Any, mirror: Mirror, servers: Any
) -> None:
    shutil.copytree(copy.folder, mirror.folder)
    (mirror.folder / targets.MARKER).unlink()
    copy.next({"en/new.html": b"new"})

    with servers.python(copy.folder) as server:
        assert mirror.follow(server.url).fetched == 1
    assert mirror.status == 0


def test_a_copy_with_files_of_somebody_else_is_not(copy: Any, mirror: Mirror) -> None:
    shutil.copytree(copy.folder, mirror.folder)
    (mirror.folder / targets.MARKER).unlink()
    (mirror.folder / "thesis.txt").write_text("years of work")

    with pytest.raises(refusal.Refused, match="A100"):
        mirror.follow(copy.folder)


def test_what_only_the_owner_may_read_is_served_all_the_same(
    copy: Any, mirror: Mirror, tmp_path: Path
) -> None:
    shutil.copytree(copy.folder, mirror.folder)
    for path in mirror.folder.rglob("*.html"):
        path.chmod(0o600)
    copy.next({"en/new.html": b"new"})
    before = os.umask(0o077)
    try:
        mirror.follow(copy.folder)
    finally:
        os.umask(before)

    modes = {p.stat().st_mode & 0o777 for p in mirror.folder.rglob("*") if p.is_file()}
    folders = [mirror.folder, *(p for p in mirror.folder.rglob("*") if p.is_dir())]
    assert (modes, {p.stat().st_mode & 0o777 for p in folders}) == ({0o644}, {0o755})


def test_two_runs_at_once_do_not_meet(copy: Any, mirror: Mirror) -> None:
    with (
        staging.held(mirror.folder, mirror.trust()),
        pytest.raises(refusal.NotPossibleNow, match="A101"),
    ):
        mirror.follow(copy.folder)

    assert mirror.follow(copy.folder).status == 0


def test_a_source_that_changes_while_it_is_read_is_asked_again(
    copy: Any, mirror: Mirror, servers: Any
) -> None:
    done: list[Any] = []

    def changes(handler: Any) -> bool:
        if handler.path == "/kk/testimonies/t-1.html" and not done:
            done.append(copy.next({"kk/testimonies/t-1.html": b"the next release"}))
        return False

    with servers.python(copy.folder, changes) as server:
        outcome = mirror.follow(server.url)

    assert outcome.release is not None
    assert (outcome.status, outcome.release.seq, outcome.problems) == (0, 2, ())
    assert mirror.status == 0


def test_a_source_that_changes_at_every_look_does_not_stop_the_others(
    copy: Any, mirror: Mirror, servers: Any, tmp_path: Path
) -> None:
    old = shutil.copytree(copy.folder, tmp_path / "old")
    copy.next({"kk/testimonies/t-1.html": b"new"})

    def wavers(handler: Any) -> bool:
        """Shows the new release when it is asked first, and then has only the old one."""
        asked = [path for path, _ in handler.server.asked if path == "/RELEASE"]
        if handler.path.endswith(".html") or len(asked) % 2 == 0:
            handler.directory = str(old)
        return False

    with servers.python(copy.folder, wavers) as bad, servers.python(copy.folder) as good:
        outcome = mirror.follow(bad.url, good.url)

    assert (outcome.status, [p.code for p in outcome.problems]) == (0, ["A107"])
    assert (mirror.status, mirror.files()) == (0, files_of(copy.folder))


def test_what_cannot_be_removed_is_told(
    copy: Any, mirror: Mirror, monkeypatch: pytest.MonkeyPatch
) -> None:
    mirror.follow(copy.folder)
    copy.next({"en/new.html": b"new"})
    with monkeypatch.context() as patched:
        patched.setattr(shutil, "rmtree", lambda *_, **__: None)
        assert mirror.told(copy.folder) == (0, ["A108"])
        assert mirror.told(copy.folder) == (0, ["A108"])

    assert mirror.told(copy.folder) == (0, [])


def test_where_folders_cannot_change_places_in_one_step_a_crash_is_put_right(
    copy: Any, mirror: Mirror, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(copy.folder, mirror.folder)
    (mirror.folder / targets.MARKER).unlink()
    before = mirror.files()
    copy.next({"en/new.html": b"new"})
    with monkeypatch.context() as patched:
        patched.setattr(exchange, "exchange", lambda *_: False)
        patched.setattr(exchange, "two_renames", first_rename_alone)
        with pytest.raises(KilledError):
            mirror.follow(copy.folder)
    assert not mirror.folder.exists()

    with staging.held(mirror.folder, mirror.trust()):
        assert {**mirror.files(), targets.MARKER: b""} == {**before, targets.MARKER: b""}
    assert mirror.follow(copy.folder).status == 0
    assert mirror.files() == files_of(copy.folder)


def test_a_kill_while_a_copy_is_marked_leaves_a_copy(
    copy: Any, mirror: Mirror, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(copy.folder, mirror.folder)
    (mirror.folder / targets.MARKER).unlink()
    before = {path.name for path in mirror.folder.iterdir()}
    there = []
    copy.next({"en/new.html": b"new"})

    def look(_: Path) -> None:
        there.append({path.name for path in mirror.folder.iterdir()})

    monkeypatch.setattr(folder, "flush", look)
    mirror.follow(copy.folder)

    assert before in there
    assert all(names <= before | {targets.MARKER} for names in there)


class KilledError(Exception):
    """Stands for kill -9."""


def first_rename_alone(_: Path, target: Path) -> Path:
    """As `two_renames`, which is killed in between."""
    target.rename(target.with_name(f".{target.name}.aigaq-old-{'0' * 12}"))
    raise KilledError


def test_a_full_disk_is_told_and_no_source_is_blamed(
    copy: Any, mirror: Mirror, tmp_path: Path
) -> None:
    copy.next({"film.webm": random.Random(1).randbytes(3_000_000)})
    mirror.interrupted = True  # type: ignore[attr-defined]
    with file_sizes_up_to(1_000_000), pytest.raises(refusal.NotPossibleNow, match="X001"):
        mirror.follow(copy.folder)
    assert not mirror.folder.exists()


def test_a_source_that_fills_the_disk_is_left_for_the_next(
    copy: Any, mirror: Mirror, servers: Any
) -> None:
    def endless(handler: Any) -> bool:
        if handler.path.endswith(".html"):
            handler.raw(b"HTTP/1.1 200 OK\r\n\r\n", bytes(3_000_000))
        return handler.path.endswith(".html")

    with servers.python(copy.folder, endless) as liar, file_sizes_up_to(1_000_000):
        outcome = mirror.follow(liar.url, copy.folder)

    assert (outcome.status, outcome.changed) == (0, True)
    assert [problem.code for problem in outcome.problems] == ["A103"]
    assert mirror.files() == files_of(copy.folder)


@contextlib.contextmanager
def file_sizes_up_to(count: int) -> Iterator[None]:
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    before = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (count, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        signal.signal(signal.SIGXFSZ, before)
