"""A release that comes as its sources: what is fetched is little, and the rest is made here."""

from __future__ import annotations

import contextlib
import datetime
import hashlib
import shutil
import threading
from typing import TYPE_CHECKING, Any

import pytest

from aigaq.mirror import (
    carriage,
    git,
    manifest,
    rebuilding,
    signers,
    sources,
    statement,
    verification,
)
from aigaq.mirror.carriage import git as carrier
from aigaq.mirror.export import history
from aigaq.output import refusal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

NOW = datetime.datetime(2026, 11, 23, 12, tzinfo=datetime.UTC)
FILES = {"site.yaml": b"title: A\n", "content/t-1.md": b"Words.\n"}


def build(root: Path, target: Path, _: datetime.date) -> list[Any]:
    """A build that copies: what is made of the sources is not the question here."""
    shutil.copytree(root / "content", target)
    return []


@pytest.fixture
def released(copy: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """A release of what `build` makes of FILES, with its repository beside its files."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    for path in copy.paths():
        (copy.folder / path).unlink()
    _release(copy, FILES)
    return copy


def _release(copy: Any, files: dict[str, bytes], **fields: Any) -> None:
    made = {
        path.removeprefix("content/"): data
        for path, data in files.items()
        if path.startswith("content/")
    }
    listed = {"allowed_signers": copy.pinned}
    copy.release(made | listed, source=rebuilding.digest(files), ledger="", **fields)
    store = git.begun(copy.folder.parent / "home/source.git")
    release, _ = statement.read(copy.read(manifest.STATEMENT))
    assert release is not None
    history.commit(store, files, seq=release.seq, when=1_760_000_000 + release.seq)
    history.seal(store, copy.folder)
    history.publish(store, copy.folder)


@pytest.fixture
def new_git() -> Iterator[Callable[..., carrier.Git]]:
    with contextlib.ExitStack() as stack:

        def made(place: object) -> carrier.Git:
            one = carriage.of(str(place), build=build)
            stack.callback(one.close)
            assert isinstance(one, carrier.Git)
            return one

        yield made


def judged(copy: Any, one: carrier.Git) -> verification.Verdict:
    """As a checker does who asks for two signatures."""
    known, _ = signers.read(copy.pinned, "pinned")
    trust = verification.Trust(pinned=copy.pinned, known=known, threshold=2, now=NOW)
    return verification.of(one, trust)


def read(one: sources.Source, path: str) -> bytes:
    with one.open(path) as file:
        return file.read()


def test_what_is_signed_comes_as_it_is(released: Any, new_git: Any) -> None:
    one = new_git(released.folder / "source.git")

    for name in ("RELEASE", "RELEASE.sig", "RELEASE.sig.2", "LEDGER", "allowed_signers"):
        assert read(one, name) == released.read(name)
    with pytest.raises(sources.MissingError):
        one.open("RELEASE.sig.3")


def test_the_rest_is_made_once_the_release_is_trusted(
    released: Any, new_git: Any, tmp_path: Path
) -> None:
    one = new_git(released.folder / "source.git")
    with pytest.raises(sources.MissingError):
        one.open(manifest.NAME)
    one.trusts(b"another release")
    with pytest.raises(sources.MissingError):
        one.open("t-1.md")

    one.trusts(released.read(manifest.STATEMENT))

    assert read(one, manifest.NAME) == released.read(manifest.NAME)
    one.bring(["t-1.md", "gone.md", "allowed_signers"], tmp_path / "into")
    assert (tmp_path / "into/t-1.md").read_bytes() == b"Words.\n"
    assert {path.name for path in (tmp_path / "into").iterdir()} == {
        "t-1.md",
        "allowed_signers",
    }


def test_a_good_one_is_judged_as_any_other_copy(released: Any, new_git: Any) -> None:
    one = new_git(released.folder / "source.git")

    verdict = judged(released, one)

    assert (verdict.status, verdict.problems, verdict.hashed) == (0, (), 2)


def test_sources_that_nobody_signed_are_not_built(released: Any, new_git: Any) -> None:
    store = released.folder / "source.git"
    history.commit(store, FILES | {"content/t-1.md": b"Lies.\n"}, seq=1, when=1)
    history.seal(store, released.folder)
    one = new_git(store)

    with pytest.raises(refusal.Refused) as refused:
        judged(released, one)

    assert [problem.code for problem in refused.value.diagnostics] == ["A087"]


def test_a_repository_without_a_release_has_none(new_git: Any, tmp_path: Path) -> None:
    history.commit(git.begun(tmp_path / "some.git"), FILES, seq=1, when=1)

    with pytest.raises(sources.MissingError):
        new_git(tmp_path / "some.git").open(manifest.STATEMENT)


def test_one_that_is_not_there_is_not_possible_now(new_git: Any, servers: Any) -> None:
    with pytest.raises(refusal.NotPossibleNow):
        new_git(f"git+http://127.0.0.1:{servers.free_port()}/source.git").open("RELEASE")


def test_an_update_by_a_plain_server_is_small(
    released: Any, new_git: Any, servers: Any
) -> None:
    many = FILES | {f"content/{n % 8}/{n // 8 % 8}/{n}.md": b"%d" % n * 300 for n in range(300)}
    _release(released, many, seq=2)
    received = 0
    lock = threading.Lock()

    def count(handler: Any) -> bool:
        nonlocal received
        path = released.folder / handler.path.partition("?")[0].lstrip("/")
        with lock:
            received += path.stat().st_size if path.is_file() else 0
        return False

    with servers.python(released.folder, count) as server:
        address = f"git+{server.url}source.git"
        first = new_git(address)
        assert read(first, "RELEASE") == released.read("RELEASE")
        whole, received = received, 0
        _release(released, many | {"content/3/1/11.md": b"Mended.\n"}, seq=3)
        second = new_git(address)
        second.trusts(released.read("RELEASE"))

        assert read(second, manifest.NAME) == released.read(manifest.NAME)

    assert whole > 10_000
    assert received < 5_000


def test_what_stands_where_the_signed_lines_should_be_is_not_read_if_it_is_large(
    released: Any, new_git: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(carrier, "_MOST", 1000)
    with pytest.raises(refusal.Refused, match="A082"):
        new_git(released.folder / "source.git").open("RELEASE")


LONG = b"".join(
    hashlib.sha256(b"%d" % n).hexdigest().encode() + b" words\n" for n in range(300)
)


@pytest.fixture
def kept(released: Any, new_git: Any, servers: Any) -> Iterator[Any]:
    """A server of a second release, of which the first was fetched before; its paths."""
    texts = {f"content/{n % 8}/{n}.md": b"%d" % n for n in range(40)} | {"content/t.md": LONG}
    _release(released, FILES | texts, seq=2)
    with servers.python(released.folder) as server:
        server.carrier = lambda: new_git(f"git+{server.url}source.git")
        assert read(server.carrier(), "RELEASE") == released.read("RELEASE")
        mended = LONG.replace(b"words", b"mended", 1)
        _release(released, FILES | texts | {"content/t.md": mended}, seq=3)
        server.asked.clear()
        yield server


def test_of_a_long_text_what_was_changed_comes_in_one_file(released: Any, kept: Any) -> None:
    one = kept.carrier()
    one.trusts(released.read("RELEASE"))
    assert read(one, manifest.NAME) == released.read(manifest.NAME)

    assert kept.paths == ["/source.git/info/refs", "/source.git/changes.bundle"]
    sent = sum((released.folder / path[1:]).stat().st_size for path in kept.paths)
    assert sent < 2500  # with two signatures

    kept.asked.clear()
    assert read(kept.carrier(), "RELEASE") == released.read("RELEASE")
    assert kept.paths == ["/source.git/info/refs"]


@pytest.mark.parametrize(
    "kind", ["words", "cut off", "flipped", "too long", "not there", "one branch"]
)
def test_a_bundle_that_is_odd_is_left_and_git_asks_for_itself(
    released: Any, kept: Any, kind: str
) -> None:
    place = released.folder / "source.git/changes.bundle"
    data = place.read_bytes()
    place.unlink()
    if kind == "one branch":
        home = released.folder.parent / "home/source.git"
        data = git.run(home, "bundle", "create", "--quiet", "-", "refs/heads/main")
    odd = {
        "words": b"<p>Nothing</p>",
        "cut off": data[:-30],
        "flipped": data[:-40] + bytes([data[-40] ^ 1]) + data[-39:],
        "too long": data + bytes(history.LARGEST),
        "one branch": data,
    }
    if kind in odd:
        place.write_bytes(odd[kind])

    assert read(kept.carrier(), "RELEASE") == released.read("RELEASE")


def test_whoever_has_an_older_release_gets_all_that_is_new(released: Any, kept: Any) -> None:
    _release(released, FILES | {"content/t.md": LONG}, seq=4)
    assert read(kept.carrier(), "RELEASE") == released.read("RELEASE")


@pytest.mark.parametrize("name", ["refs/heads/release:RELEASE", "refs/heads/main:site.yaml"])
@pytest.mark.parametrize("left", [b"", None])
def test_what_is_kept_and_damaged_is_brought_anew(
    released: Any, new_git: Any, name: str, left: bytes | None
) -> None:
    address = str(released.folder / "source.git")
    assert read(new_git(address), "RELEASE") == released.read("RELEASE")
    place = git.kept(address)
    assert place is not None
    digest = git.run(place, "rev-parse", name).decode().strip()
    for pack in (place / "objects/pack").glob("*.pack"):
        aside = pack.rename(place / "pack")
        git.run(place, "unpack-objects", "-q", said=[aside.read_bytes()])
    damaged = place / "objects" / digest[:2] / digest[2:]
    damaged.unlink()
    if left is not None:
        damaged.write_bytes(left)

    one = new_git(address)
    one.trusts(released.read(manifest.STATEMENT))

    assert read(one, manifest.NAME) == released.read(manifest.NAME)
