from __future__ import annotations

import errno
import os
import random
from pathlib import Path

import pytest

from aigaq.output.drawers import Drawers

KEY, NEIGHBOUR, OTHER = ("ab" + "0" * 62, "ab" + "1" * 62, "cd" + "0" * 62)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "fragments"


def kept(folder: Path, *keys: str) -> list[bytes | None]:
    """As a later build finds it."""
    store = Drawers(folder)
    return [store.get(key) for key in keys]


def put(folder: Path, **entries: bytes) -> None:
    store = Drawers(folder)
    for key, data in entries.items():
        store.put({key: data})


@pytest.mark.parametrize("data", [b"", b"\n", b"x" * 100_000, bytes(range(256)), b"1 2\n" * 9])
def test_what_was_put_is_there_at_once_and_later(folder: Path, data: bytes) -> None:
    store = Drawers(folder)
    assert KEY not in store
    for key, words in {NEIGHBOUR: b"before", KEY: data, OTHER: b"elsewhere"}.items():
        store.put({key: words})

    assert KEY in store
    assert [store.get(key) for key in (NEIGHBOUR, KEY, OTHER)] == [
        b"before",
        data,
        b"elsewhere",
    ]
    assert kept(folder, NEIGHBOUR, KEY, OTHER) == [b"before", data, b"elsewhere"]
    assert sorted(path.name for path in folder.iterdir()) == ["ab", "cd"]


def test_many_that_are_put_together_are_there_at_once_and_later(folder: Path) -> None:
    entries = {f"{number % 3:02x}{number:062x}": b"%d" % number * 50 for number in range(90)}
    store = Drawers(folder)
    assert KEY not in store
    store.put({KEY: b"before"})
    store.put({**entries, NEIGHBOUR: b"behind"})

    assert [store.get(key) for key in (KEY, NEIGHBOUR)] == [b"before", b"behind"]
    assert {key: store.get(key) for key in entries} == entries
    assert kept(folder, *entries) == [*entries.values()]
    assert len([*folder.iterdir()]) == 4


def test_what_was_not_put_is_not_there(folder: Path) -> None:
    put(folder, **{KEY: b"data"})

    assert kept(folder, NEIGHBOUR, OTHER) == [None, None]


def test_a_later_value_stands_in_for_the_earlier(folder: Path) -> None:
    put(folder, **{KEY: b"one", NEIGHBOUR: b"data"})
    put(folder, **{KEY: b"two"})

    assert kept(folder, KEY, NEIGHBOUR) == [b"two", b"data"]


def test_two_that_fill_the_same_drawer_lose_nothing_but_time(folder: Path) -> None:
    one, two = Drawers(folder), Drawers(folder)
    keys = [f"ab{number:062x}" for number in range(20)]
    for store in (one, two):
        assert store.get(KEY) is None
    for number, key in enumerate(keys):
        (one, two)[number % 2].put({key: key.encode()})

    found = [store.get(key) for store in (one, two) for key in keys]
    assert {*zip(keys * 2, found, strict=True)} <= {
        (key, data) for key in keys for data in (key.encode(), None)
    }
    assert kept(folder, *keys) == [key.encode() for key in keys]


def test_after_every_random_damage_of_600_entries_are_as_they_were_or_not_there(
    folder: Path,
) -> None:
    chance = random.Random(20261124)
    for round_ in range(600):
        keys = [f"ab{number:062x}" for number in range(6)]
        words = {key: chance.randbytes(chance.randrange(9, 300)) for key in keys}
        put(folder, **words)
        drawer = folder / "ab"
        drawer.write_bytes(damaged(drawer.read_bytes(), round_, chance))

        found = dict(zip(keys, kept(folder, *keys), strict=True))
        assert [key for key in keys if found[key] not in (words[key], None)] == []
        if round_ % 2:
            Drawers(folder).prune(keys[:3])
            assert kept(folder, *keys[3:]) == [None] * 3
            assert all(words[key] not in whole(folder) for key in keys[3:])
        put(folder, **words)
        Drawers(folder).prune(keys)
        put(folder, **words)
        Drawers(folder).prune(keys)
        assert kept(folder, *keys) == list(words.values()), f"round {round_}"
        drawer.unlink()


def whole(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in sorted(folder.iterdir()))


def damaged(data: bytes, round_: int, chance: random.Random) -> bytes:
    place = chance.randrange(len(data))
    match round_ % 5:
        case 0:
            return data[:place]
        case 1:
            return data + chance.randbytes(1 + place)
        case 2:
            return data[:place] + data[place + 1 :]
        case 3:
            return data[:place] + b"\0" * (len(data) - place) + b"\0"
    flipped = bytearray(data)
    flipped[place] ^= 1 << chance.randrange(8)
    return bytes(flipped)


def test_an_entry_under_the_label_of_another_is_not_there(folder: Path) -> None:
    put(folder, **{KEY: b"data"})
    drawer = folder / "ab"
    drawer.write_bytes(drawer.read_bytes().replace(KEY.encode(), NEIGHBOUR.encode()))

    assert kept(folder, KEY, NEIGHBOUR) == [None, None]


def test_pruning_leaves_what_was_named_and_no_word_of_what_was_not(folder: Path) -> None:
    put(
        folder, **{NEIGHBOUR: b"a name that was deleted", KEY: b"stays", OTHER: b"another name"}
    )

    Drawers(folder).prune({KEY})

    assert kept(folder, KEY, NEIGHBOUR, OTHER) == [b"stays", None, None]
    assert b"name" not in whole(folder)
    assert [path.name for path in folder.iterdir()] == ["ab"]


def test_pruning_removes_an_earlier_value_of_the_same_key(folder: Path) -> None:
    put(folder, **{KEY: b"a name"})
    put(folder, **{KEY: b"stays"})

    Drawers(folder).prune({KEY})

    assert kept(folder, KEY) == [b"stays"]
    assert b"name" not in whole(folder)


def test_what_is_put_after_pruning_is_there(folder: Path) -> None:
    store = Drawers(folder)
    for key in (KEY, NEIGHBOUR):
        store.put({key: b"data"})
    store.prune({NEIGHBOUR})
    store.put({KEY: b"again"})

    assert [store.get(key) for key in (KEY, NEIGHBOUR)] == [b"again", b"data"]


def test_where_nothing_goes_no_drawer_is_written_anew(folder: Path) -> None:
    put(folder, **{KEY: b"data", OTHER: b"data"})
    before = {path.name: path.stat().st_ino for path in folder.iterdir()}

    Drawers(folder).prune({KEY, OTHER})

    assert {path.name: path.stat().st_ino for path in folder.iterdir()} == before


def test_where_the_disk_is_full_what_was_deleted_goes_all_the_same(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(folder, **{KEY: b"stays", NEIGHBOUR: b"a name"})

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "no space left")

    monkeypatch.setattr(Path, "write_bytes", full)
    Drawers(folder).prune({KEY})

    assert kept(folder, KEY, NEIGHBOUR) == [None, None]
    assert b"name" not in whole(folder)


def test_an_entry_that_the_disk_takes_in_part_leaves_the_others(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(folder, **{KEY: b"data"})
    write = os.write
    monkeypatch.setattr(os, "write", lambda file, data: write(file, data[:100]))
    put(folder, **{NEIGHBOUR: b"data"})
    monkeypatch.undo()
    put(folder, **{NEIGHBOUR: b"later"})

    assert kept(folder, KEY, NEIGHBOUR) == [b"data", b"later"]


def test_what_an_older_aigaq_or_an_ended_build_left_goes(folder: Path) -> None:
    (folder / "ab").mkdir(parents=True)
    (folder / "ab" / ("0" * 62)).write_bytes(b"a name")
    (folder / "cd").mkdir()
    (folder / "cd" / ("0" * 62)).write_bytes(b"a name")
    (folder / ".new-0123").write_bytes(b"a name")

    put(folder, **{KEY: b"data"})
    assert kept(folder, KEY, OTHER) == [b"data", None]
    Drawers(folder).prune({KEY})

    assert [path.name for path in folder.iterdir()] == ["ab"]
    assert kept(folder, KEY) == [b"data"]


def test_a_cache_that_cannot_be_written_is_not_an_error(folder: Path) -> None:
    folder.write_text("in the way")
    store = Drawers(folder)

    store.put({KEY: b"data"})
    store.prune(())

    assert store.get(KEY) is None
    assert folder.read_text() == "in the way"


@pytest.mark.parametrize("key", ["", "../../x", "AB" * 32, "a/b", "ab" * 33, KEY + "\n"])
def test_a_key_that_is_no_digest_is_refused(folder: Path, key: str) -> None:
    with pytest.raises(ValueError, match="digest"):
        Drawers(folder).put({key: b"data"})


@pytest.mark.parametrize("linked", ["fragments", "fragments/ab", "fragments/cd"])
def test_what_is_a_link_is_not_followed(tmp_path: Path, linked: str) -> None:
    """Somebody may have put it into the repository: git carries links."""
    precious = tmp_path / "precious"
    precious.mkdir()
    (precious / "ab").write_text("a testimony")
    (precious / "cd").write_text("a testimony")
    where = tmp_path / linked
    where.parent.mkdir(exist_ok=True)
    to_file = where.name == "ab"
    where.symlink_to(precious / "ab" if to_file else precious)

    store = Drawers(tmp_path / "fragments")
    store.prune(())
    store.put({KEY: b"data"})
    store.prune(())

    assert {path.name: path.read_text() for path in precious.iterdir()} == {
        "ab": "a testimony",
        "cd": "a testimony",
    }
