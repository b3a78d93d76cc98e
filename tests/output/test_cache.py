from __future__ import annotations

import hashlib
import random
from pathlib import Path

import pytest

from aigaq.output import cache

KEY = hashlib.sha256(b"a key").hexdigest()
OTHER = hashlib.sha256(b"another").hexdigest()


@pytest.fixture
def store(tmp_path: Path) -> cache.Cache:
    return cache.Cache(tmp_path / "fragments")


def entry(tmp_path: Path, key: str = KEY) -> Path:
    return tmp_path / "fragments" / key[:2] / key[2:]


@pytest.mark.parametrize("data", [b"", b"\n", b"x" * 100_000, bytes(range(256))])
def test_what_was_put_is_there(store: cache.Cache, data: bytes) -> None:
    store.put(KEY, data)

    assert store.get(KEY) == data


def test_what_was_not_put_is_not_there(store: cache.Cache) -> None:
    assert store.get(KEY) is None


def test_a_later_value_stands_in_for_the_earlier(store: cache.Cache) -> None:
    store.put(KEY, b"one")
    store.put(KEY, b"two")

    assert store.get(KEY) == b"two"


def test_every_random_damage_of_400_is_noticed(store: cache.Cache, tmp_path: Path) -> None:
    chance = random.Random(20261122)
    for round_ in range(400):
        store.put(KEY, chance.randbytes(chance.randrange(0, 300)))
        whole = entry(tmp_path).read_bytes()
        entry(tmp_path).write_bytes(damaged(whole, round_, chance))
        assert store.get(KEY) is None, f"round {round_}"


def damaged(whole: bytes, round_: int, chance: random.Random) -> bytes:
    place = chance.randrange(len(whole))
    match round_ % 5:
        case 0:
            return whole[:place]
        case 1:
            return whole + chance.randbytes(1 + place)
        case 2:
            return whole[:place] + whole[place + 1 :]
        case 3:
            return whole[:place] + b"\0" * (len(whole) - place) + b"\0"
    flipped = bytearray(whole)
    flipped[place] ^= 1 << chance.randrange(8)
    return bytes(flipped)


def test_an_entry_of_another_version_is_not_there(store: cache.Cache, tmp_path: Path) -> None:
    store.put(KEY, b"data")
    whole = entry(tmp_path).read_bytes()
    entry(tmp_path).write_bytes(whole.replace(b"aigaq-cache 1", b"aigaq-cache 2"))

    assert store.get(KEY) is None


def test_an_entry_under_the_name_of_another_is_not_there(store, tmp_path: Path) -> None:
    store.put(KEY, b"data")
    entry(tmp_path, OTHER).parent.mkdir()
    entry(tmp_path).rename(entry(tmp_path, OTHER))

    assert store.get(OTHER) is None


def test_an_entry_that_became_a_folder_is_made_anew(store, tmp_path: Path) -> None:
    entry(tmp_path).mkdir(parents=True)
    (entry(tmp_path) / "x").touch()
    assert store.get(KEY) is None

    store.put(KEY, b"data")

    assert store.get(KEY) == b"data"
    assert list(entry(tmp_path).parent.iterdir()) == [entry(tmp_path)]


def test_a_folder_of_entries_that_became_a_file_is_made_anew(store, tmp_path: Path) -> None:
    entry(tmp_path).parent.parent.mkdir()
    entry(tmp_path).parent.touch()

    store.put(KEY, b"data")

    assert store.get(KEY) == b"data"


def test_a_cache_that_cannot_be_written_is_not_an_error(tmp_path: Path) -> None:
    (tmp_path / "fragments").write_text("in the way")
    store = cache.Cache(tmp_path / "fragments")

    store.put(KEY, b"data")

    assert store.get(KEY) is None


@pytest.mark.parametrize("key", ["", "../../x", "AB" * 32, "a/b", "ab" * 100, KEY + "\n"])
def test_a_key_that_is_no_digest_is_refused(store: cache.Cache, key: str) -> None:
    with pytest.raises(ValueError, match="digest"):
        store.put(key, b"data")


def test_the_keys_of_entries_are_told_and_nothing_else(tmp_path: Path) -> None:
    store = cache.Cache(tmp_path)
    assert store.all_keys() == ()
    for key in ("b" * 64, "a" * 64):
        store.put(key, b"")
    (tmp_path / "aa/.new-00").write_bytes(b"")
    (tmp_path / "note").write_bytes(b"")

    assert store.all_keys() == ("a" * 64, "b" * 64)


def test_pruning_leaves_what_was_named(store: cache.Cache, tmp_path: Path) -> None:
    store.put(KEY, b"kept")
    store.put(OTHER, b"a name that was deleted from the text")

    store.prune({KEY})

    assert store.get(KEY) == b"kept"
    assert not entry(tmp_path, OTHER).exists()


def test_pruning_goes_on_past_what_is_no_entry(store: cache.Cache, tmp_path: Path) -> None:
    lost = [KEY[:2] + f"{n:062x}" for n in range(20)]
    for key in lost:
        store.put(key, b"a name that was deleted from the text")
    folder = entry(tmp_path).parent
    (folder / "0-folder").mkdir()
    (folder / "0-folder/x").touch()
    (folder / "0-link").symlink_to(tmp_path)

    store.prune(())

    assert list(folder.iterdir()) == []
    assert tmp_path.exists()


def test_the_cache_keeps_itself_out_of_git(tmp_path: Path) -> None:
    assert (cache.folder(tmp_path) / ".gitignore").read_text() == "*\n"


def test_a_folder_of_the_cache_that_is_a_link_is_not_followed(
    store: cache.Cache, tmp_path: Path
) -> None:
    """Somebody may have put it into the repository: git carries links."""
    precious = tmp_path / "precious"
    precious.mkdir()
    (precious / "testimony.md").touch()
    key = "ab" + "0" * 62
    store.put("cd" + "0" * 62, b"so that there is a folder")
    (tmp_path / "fragments/ab").symlink_to(precious)

    store.prune(())
    store.put(key, b"data")

    assert [path.name for path in precious.iterdir()] == ["testimony.md"]
    assert store.get(key) == b"data"
