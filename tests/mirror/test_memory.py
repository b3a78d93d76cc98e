from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from aigaq.mirror import manifest, memory
from aigaq.output import refusal

if TYPE_CHECKING:
    from pathlib import Path

LEDGER = b"t-1 1\nt-2 1\n"


def seen(
    seq: int = 3, release: bytes = b"three", site: str = "https://a.example/"
) -> memory.Seen:
    return memory.Seen(
        site=site,
        seq=seq,
        release=manifest.digest(release),
        size=len(LEDGER),
        ledger=manifest.digest(LEDGER),
    )


def codes(before: memory.Seen | None, now: memory.Seen, previous: bytes = b"") -> list[str]:
    return [p.code for p in memory.objections(before, now, manifest.digest(previous))]


def test_what_is_remembered_is_read_again(tmp_path: Path) -> None:
    memory.write(tmp_path / "seen", seen())

    assert memory.read(tmp_path / "seen") == seen()
    assert [path.name for path in tmp_path.iterdir()] == ["seen"]


def test_who_has_seen_nothing_remembers_nothing(tmp_path: Path) -> None:
    assert memory.read(tmp_path / "seen") is None


@pytest.mark.parametrize("text", ["", "seq: 3\n", f"{seen()}\n", str(seen()).replace("3", "x")])
def test_a_broken_memory_is_no_empty_one(tmp_path: Path, text: str) -> None:
    (tmp_path / "seen").write_text(text)

    with pytest.raises(refusal.Refused) as refused:
        memory.read(tmp_path / "seen")

    assert [problem.code for problem in refused.value.diagnostics] == ["A024"]


def test_a_disk_that_does_not_take_it_is_told(tmp_path: Path) -> None:
    with pytest.raises(refusal.NotPossibleNow):
        memory.write(tmp_path / "nowhere/seen", seen())


def test_the_same_release_and_later_ones_are_no_surprise() -> None:
    assert codes(None, seen()) == []
    assert codes(seen(), seen()) == []
    assert codes(seen(), seen(4, b"four"), previous=b"three") == []
    assert codes(seen(), seen(9, b"nine"), previous=b"eight") == []


def test_an_older_release_is_one_that_was_set_back() -> None:
    assert codes(seen(), seen(2, b"two")) == ["A021"]


def test_two_releases_of_one_number_are_a_fork() -> None:
    assert codes(seen(), seen(3, b"another")) == ["A022"]


def test_the_next_release_names_the_one_that_was_seen() -> None:
    assert codes(seen(), seen(4, b"four"), previous=b"another") == ["A023"]


def test_an_archive_may_move() -> None:
    now = seen(4, b"four", "https://b.example/")

    [problem] = memory.objections(seen(), now, manifest.digest(b"three"))

    assert (problem.code, problem.is_error) == ("A025", False)


@pytest.mark.parametrize("ledger", [LEDGER, LEDGER + b"t-3 4\n"])
def test_a_ledger_goes_on(ledger: bytes) -> None:
    assert memory.goes_on(seen(), ledger)


@pytest.mark.parametrize(
    "ledger", [b"", b"t-1 1\n", LEDGER.replace(b"t-1", b"t-9"), b"t-2 1\n"]
)
def test_a_ledger_that_lost_a_line_does_not(ledger: bytes) -> None:
    assert not memory.goes_on(seen(), ledger)
    assert memory.goes_on(None, ledger)
