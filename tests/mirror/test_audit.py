"""`mirror audit`: real servers on loopback, each with a copy of its own, good or not."""

from __future__ import annotations

import contextlib
import datetime
import json
import shutil
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from aigaq import cli
from aigaq.mirror import audit, audit_report, memory, mirror_list, signers, verification
from aigaq.mirror.carriage import Limits

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

NOW = datetime.datetime(2026, 11, 23, 12, tzinfo=datetime.UTC)  # when releases are made
DAY = NOW.date()


class Mirrors:
    """Copies of an archive by name, each behind a server of its own."""

    def __init__(self, first: Any, servers: Any, stack: contextlib.ExitStack) -> None:
        self.first, self.servers, self.stack = first, servers, stack
        self.copies: dict[str, Any] = {}
        self.addresses: dict[str, str] = {}
        self.seen: memory.Seen | None = None

    def add(self, name: str, misbehave: Any = None, *, nginx: bool = False) -> Any:
        """A new mirror of the first copy as it is now."""
        made = type(self.first)(self.first.folder.with_name(name), self.first.keys)
        shutil.copytree(self.first.folder, made.folder)
        made.pinned = self.first.pinned
        self.copies[name] = made
        if nginx:
            self.addresses[name] = self.stack.enter_context(self.servers.nginx(made.folder))
        else:
            server = self.servers.python(made.folder, misbehave)
            self.addresses[name] = self.stack.enter_context(server).url
        return made

    def update(self, *names: str) -> None:
        """These follow the first copy."""
        for name in names:
            folder = self.copies[name].folder
            for path in list(folder.iterdir()):
                shutil.rmtree(path) if path.is_dir() else path.unlink()
            shutil.copytree(self.first.folder, folder, dirs_exist_ok=True)

    def listed(self) -> tuple[mirror_list.Mirror, ...]:
        found, problems = mirror_list.read(self.text().encode(), "MIRRORS")
        assert problems == []
        return found

    def text(self) -> str:
        return "".join(f"{address} KZ 2026-11\n" for address in self.addresses.values())

    def audit(self, *, sample: int = 1000, now: datetime.datetime = NOW) -> audit.Audit:
        known, _ = signers.read(self.first.pinned, "pinned")
        trust = verification.Trust(
            pinned=self.first.pinned,
            known=known,
            threshold=2,
            now=now,
            seen=self.seen,
        )
        limits = Limits(stall=2.0, whole=20.0)
        return audit.of(self.listed(), trust, sample=sample, limits=limits, say=lambda _: None)

    def states(self, **options: Any) -> dict[str, str]:
        found = self.audit(**options).findings
        by_address = {one.answer.mirror.address: one.state for one in found}
        return {name: by_address[address] for name, address in self.addresses.items()}

    def told(self, name: str, **options: Any) -> list[str]:
        """Code and place below the mirror of each problem."""
        address = self.addresses[name]
        [one] = [
            f for f in self.audit(**options).findings if f.answer.mirror.address == address
        ]
        return [f"{p.code} {p.span.path.removeprefix(address)}".strip() for p in one.problems]


@pytest.fixture
def mirrors(copy: Any, servers: Any) -> Iterator[Mirrors]:
    with contextlib.ExitStack() as stack:
        copy.write("404.html", b"<p>Nothing here</p>").release({})
        yield Mirrors(copy, servers, stack)


FAR: dict[str, Any] = {"next_by": datetime.date(2099, 1, 1)}


def withdraw(copy: Any, new: dict[str, bytes] | None = None, **fields: Any) -> Any:
    """The next release, from which a text has been withdrawn."""
    for page in copy.folder.glob("*/testimonies/t-2.html"):
        page.unlink()
    seq = int(copy.read("RELEASE").split()[3]) + 1
    ledger = f"{copy.ledger}t-2 withdrawn {seq} {DAY}\n"
    return copy.next(new or {}, ledger=ledger, **fields)


def test_mirrors_that_show_the_newest_release_are_good(mirrors: Mirrors) -> None:
    mirrors.add("a", nginx=True)
    mirrors.add("b")

    made = mirrors.audit()

    assert [finding.state for finding in made.findings] == ["good", "good"]
    assert (made.status, made.newest and made.newest.seq) == (0, 1)


def test_one_behind_one_altered_and_one_dead_are_named(mirrors: Mirrors) -> None:
    mirrors.add("good", nginx=True)
    mirrors.add("behind", nginx=True)
    mirrors.add("altered").write("assets/site.css", b"others")
    mirrors.addresses["dead"] = f"http://127.0.0.1:{mirrors.servers.free_port()}/"
    withdraw(mirrors.first)
    mirrors.update("good")

    assert mirrors.states() == {
        "good": "good",
        "behind": "behind",
        "altered": "altered",
        "dead": "unreachable",
    }
    assert mirrors.audit().status == 1
    assert mirrors.told("altered")[0] == "A033 assets/site.css"
    assert mirrors.told("behind") == [
        "A113",
        "A114 en/testimonies/t-2.html",
        "A114 kk/testimonies/t-2.html",
    ]
    assert mirrors.told("dead") == ["A071 RELEASE"]


def test_who_is_behind_is_told_by_how_much_and_since_when(mirrors: Mirrors) -> None:
    mirrors.add("behind")
    mirrors.first.next({"new.html": b"new"})
    mirrors.add("middle")
    withdraw(mirrors.first)
    mirrors.add("newest")

    said = mirrors.audit().findings[0].problems[0].message

    assert "shows release 1 of 2026-11-23, and the newest is release 3" in said
    assert said.endswith("it is 2 releases behind, since 2026-11-23")


def test_a_mirror_that_only_adds_files_still_shows_what_was_withdrawn(mirrors: Mirrors) -> None:
    keeps = mirrors.add("keeps")
    withdraw(mirrors.first)
    shutil.copytree(mirrors.first.folder, keeps.folder, dirs_exist_ok=True)  # deletes nothing

    assert mirrors.states() == {"keeps": "behind"}
    assert mirrors.told("keeps") == [
        "A114 en/testimonies/t-2.html",
        "A114 kk/testimonies/t-2.html",
    ]
    assert mirrors.audit().status == 2


def test_a_tombstone_in_the_place_of_a_page_is_not_what_was_withdrawn(mirrors: Mirrors) -> None:
    mirrors.add("good")
    mirrors.add("keeps")
    withdraw(mirrors.first, {"en/testimonies/t-2.html": b"<p>This text was withdrawn.</p>"})
    mirrors.update("good")

    assert mirrors.states() == {"good": "good", "keeps": "behind"}
    assert "A114 en/testimonies/t-2.html" in mirrors.told("keeps")


def test_what_is_hidden_may_return_and_is_not_shown_until_then(mirrors: Mirrors) -> None:
    mirrors.add("behind")
    mirrors.first.write("en/testimonies/t-2.html", b"<p>Kept back.</p>")
    (mirrors.first.folder / "kk/testimonies/t-2.html").unlink()
    mirrors.first.next({}, ledger=f"{mirrors.first.ledger}t-2 hidden 2 {DAY}\n")
    mirrors.add("good")

    assert mirrors.states() == {"behind": "behind", "good": "good"}
    assert "A114 kk/testimonies/t-2.html" in mirrors.told("behind")


def _vague(handler: Any) -> bool:
    """A server that answers every address, each time in other words."""
    if not (handler.server_folder / handler.path.lstrip("/")).is_file():
        handler.answer(f"<p>{handler.path} is not here</p>".encode())
        return True
    return False


def test_a_server_that_answers_every_address_is_not_blamed(mirrors: Mirrors) -> None:
    place = mirrors.first.folder.with_name("vague")

    def answers(handler: Any) -> bool:
        handler.server_folder = place
        return _vague(handler)

    withdraw(mirrors.first)
    mirrors.add("vague", answers)

    # Behind the last signature such a server shows something that is none.
    assert [one for one in mirrors.told("vague") if one.startswith("A114")] == []


def test_of_very_much_that_was_taken_out_the_latest_is_asked_for_and_some_of_the_rest(
    mirrors: Mirrors,
) -> None:
    pages = {f"en/testimonies/t-{n}.html": b"<p>Words</p>" for n in range(10, 400)}
    mirrors.first.release(pages)
    asked: list[str] = []

    def notes(handler: Any) -> bool:
        asked.append(handler.path)
        return False

    mirrors.add("behind", notes)
    for path in pages:
        (mirrors.first.folder / path).unlink()
    gone = "".join(f"t-{n} withdrawn 2 {DAY}\n" for n in range(10, 400))
    mirrors.first.next({}, ledger=mirrors.first.ledger + gone)
    mirrors.add("good")

    told = mirrors.told("behind", sample=1)

    assert "A114 en/testimonies/t-10.html" in told
    wanted = {path for path in asked if "/testimonies/" in path or "/people/" in path}
    assert len(wanted) <= audit.MOST_PAGES + 1


def test_a_part_of_the_files_is_read_and_told(mirrors: Mirrors) -> None:
    mirrors.add("a")

    [finding] = mirrors.audit(sample=3).findings

    verdict = finding.answer.verdict
    assert verdict is not None
    assert (verdict.hashed, verdict.release and verdict.release.files) == (3, 7)


def test_two_signed_releases_of_one_number_are_a_fork_and_kept(
    mirrors: Mirrors, tmp_path: Path
) -> None:
    mirrors.add("one")
    mirrors.first.next({"en/new.html": b"one"})
    mirrors.update("one")
    other = mirrors.add("other")
    other.release({"en/new.html": b"other"}, ledger=other.ledger, seq=2)

    made = mirrors.audit()

    assert mirrors.states() == {"one": "forked", "other": "forked"}
    assert (made.status, made.seen) == (1, None)
    kept = audit.keep_proofs(made, tmp_path / "forks")
    assert len(kept) == 2
    for place in kept:
        assert {p.name for p in place.iterdir()} >= {"RELEASE", "RELEASE.sig", "RELEASE.sig.2"}
    assert {(place / "RELEASE").read_bytes() for place in kept} == {
        mirrors.copies["one"].read("RELEASE"),
        other.read("RELEASE"),
    }


def test_a_release_that_follows_another_one_is_a_fork(mirrors: Mirrors) -> None:
    mirrors.add("old")
    mirrors.first.next({"en/new.html": b"new"}, previous="0" * 64)
    mirrors.add("new")

    assert mirrors.states() == {"old": "behind", "new": "forked"}
    assert mirrors.told("new") == ["A116"]


def test_a_ledger_that_lost_a_line_is_told_beside_an_older_one(mirrors: Mirrors) -> None:
    mirrors.add("old")
    for page in mirrors.first.folder.glob("*/testimonies/t-2.html"):
        page.unlink()
    mirrors.first.next({}, ledger="t-1 1\n")
    mirrors.add("new")

    assert mirrors.told("new") == ["A117"]
    assert mirrors.states()["new"] == "forked"


def test_what_the_auditor_saw_before_counts_as_a_release_too(mirrors: Mirrors) -> None:
    mirrors.add("a")
    first = mirrors.audit().seen
    assert first is not None
    mirrors.seen = replace(first, seq=3)

    assert mirrors.states() == {"a": "behind"}
    assert mirrors.audit().seen is None

    mirrors.seen = replace(first, release="0" * 64)
    assert mirrors.states() == {"a": "forked"}

    mirrors.seen = replace(first, ledger="0" * 64)
    assert mirrors.states() == {"a": "altered"}

    mirrors.seen = first
    assert mirrors.states() == {"a": "good"}


def test_where_everybody_is_stale_nobody_is_behind(mirrors: Mirrors) -> None:
    mirrors.add("a")
    later = NOW + datetime.timedelta(days=120)

    assert mirrors.states(now=later) == {"a": "stale"}
    assert mirrors.audit(now=later).status == 2


def test_an_unsigned_release_makes_nobody_behind(mirrors: Mirrors) -> None:
    mirrors.add("good")
    forged = mirrors.add("forged")
    forged.next({"en/new.html": b"new"}, by=("stranger",))

    assert mirrors.states() == {"good": "good", "forged": "altered"}


def test_a_server_that_never_ends_costs_a_bounded_time(mirrors: Mirrors) -> None:
    def drips(handler: Any) -> bool:
        handler.raw(b"HTTP/1.1 200 OK\r\n\r\n", *(b"s" for _ in range(40)), pause=0.25)
        return True

    mirrors.add("slow", drips)
    mirrors.add("good")

    assert mirrors.states() == {"slow": "unreachable", "good": "good"}


@pytest.mark.parametrize(
    "address",
    [
        "magnet:?xt=urn:btih:0000000000000000000000000000000000000000",
        "ipfs://bafybeigdyrzt5sfp7udm7hu76uh7y26nf3efuylqabf3oclgtqy55fbzdi",
        "rsync://mirror.example.net/archive",
        "git://mirror.example.net/archive",
        "https://mirror.example.net/source.git",
        "https://mirror.example.net/site.torrent",
        f"http://{'a' * 56}.onion/",
    ],
)
def test_what_is_no_web_address_is_listed_as_not_asked(mirrors: Mirrors, address: str) -> None:
    mirrors.add("good")
    mirrors.addresses["other"] = address

    made = mirrors.audit()

    assert mirrors.states() == {"good": "good", "other": "not asked"}
    assert made.status == 0
    assert "A112" in str(made.findings[1].problems[0])


def test_where_nobody_could_be_asked_nothing_is_good(mirrors: Mirrors) -> None:
    mirrors.addresses["other"] = "rsync://mirror.example.net/archive"

    assert mirrors.audit().status == 3


# --- the command ---


@pytest.fixture
def run(
    mirrors: Mirrors, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> Callable[..., tuple[int, str]]:
    """Status and words of the command; the releases are of today as far as it knows."""
    pinned = tmp_path / "pinned/allowed_signers"
    pinned.parent.mkdir()
    pinned.write_bytes(mirrors.first.pinned)
    command = ["mirror", "audit", str(tmp_path / "MIRRORS"), "--signers", str(pinned)]
    command += ["--threshold", "2", "--timeout", "20"]

    def ran(*options: str) -> tuple[int, str]:
        (tmp_path / "MIRRORS").write_text(mirrors.text())
        status: Any = 0
        try:
            cli.main([*command, *options])
        except SystemExit as left:
            status = left.code
        said = capsys.readouterr()
        return int(status or 0), said.out

    return ran


@pytest.fixture
def three(mirrors: Mirrors) -> Mirrors:
    """One good, one behind a withdrawal, one altered; promises hold for a long time."""
    mirrors.first.release({}, **FAR)
    mirrors.add("good")
    mirrors.add("behind")
    mirrors.add("altered").write("index.html", b"others")
    withdraw(mirrors.first, **FAR)
    mirrors.update("good")
    return mirrors


def test_the_report_says_of_each_mirror_what_is_wrong_and_what_to_do(
    three: Mirrors, run: Any
) -> None:
    status, said = run("--sample", "99")

    assert status == 1
    assert said.startswith("Newest: release 2 of https://archive.example.org/, 2026-11-23.\n")
    assert said.index("Altered: not what was signed: 1") < said.index("Behind: 1")
    assert said.index("Behind: 1") < said.index("Good: 1")
    assert 'A114: "t-2" was withdrawn with release 2, and is still shown here' in said
    assert "Write kindly to who runs it" in said
    assert "index.html: A033" in said


def test_a_markdown_report_holds_no_markup_of_strangers(three: Mirrors) -> None:
    three.copies["altered"].write("en/testimonies/t-1.html", b"others")

    said = audit_report.markdown(three.audit())

    assert "\n## Behind: 1\n" in said
    assert "A033: this file is not the one that was signed" in said


def test_a_program_is_told_everything(three: Mirrors, run: Any) -> None:
    status, said = run("--format", "json")
    told = json.loads(said)

    assert (status, told["status"], told["newest"]["seq"]) == (1, 1, 2)
    by_state = {one["state"]: one for one in told["mirrors"]}
    assert by_state["behind"]["address"] == three.addresses["behind"]
    assert by_state["behind"]["seq"] == 1
    assert {p["code"] for p in by_state["behind"]["problems"]} == {"A113", "A114"}
    assert by_state["good"]["problems"] == []


def test_the_newest_release_is_remembered(three: Mirrors, run: Any, tmp_path: Path) -> None:
    assert run()[0] == 1

    assert "seq: 2\n" in (tmp_path / "pinned/allowed_signers.seen").read_text()


def test_a_fork_is_kept_beside_the_list_of_signers(
    mirrors: Mirrors, run: Any, tmp_path: Path
) -> None:
    mirrors.add("one")
    other = mirrors.add("other")
    other.release({"en/new.html": b"other"})

    assert run()[0] == 1

    kept = list((tmp_path / "pinned/allowed_signers.forks").iterdir())
    assert len(kept) == 2


@pytest.mark.parametrize("text", ["", "# none yet\n", "ftp://mirror.example.net/ KZ 2026-11\n"])
def test_a_list_without_mirrors_has_status_4(
    mirrors: Mirrors, run: Any, monkeypatch: pytest.MonkeyPatch, text: str
) -> None:
    monkeypatch.setattr(mirrors, "text", lambda: text)

    assert run()[0] == 4
