"""Whatever is done to a copy is seen, and a copy to which nothing was done is believed."""

from __future__ import annotations

import os
import random
import shutil
from typing import TYPE_CHECKING, Any

import pytest

from aigaq.mirror import manifest
from aigaq.output import targets

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

Alteration = Any  # (copy, lots) -> None


def _any(copy: Any, lots: random.Random) -> str:
    return str(lots.choice(copy.paths()))


def flip(copy: Any, lots: random.Random) -> None:
    path = _any(copy, lots)
    data = bytearray(copy.read(path))
    data[lots.randrange(len(data))] ^= 1 << lots.randrange(8)
    copy.write(path, bytes(data))


def truncate(copy: Any, lots: random.Random) -> None:
    path = _any(copy, lots)
    data = copy.read(path)
    copy.write(path, data[: lots.randrange(len(data))])


def append(copy: Any, lots: random.Random) -> None:
    path = _any(copy, lots)
    copy.write(path, copy.read(path) + lots.choice([b"\n", b" ", b"\0", b"<script>"]))


def remove(copy: Any, lots: random.Random) -> None:
    needed = [p for p in copy.paths() if p not in (targets.MARKER, manifest.HINT)]
    (copy.folder / lots.choice(needed)).unlink()


def add(copy: Any, lots: random.Random) -> None:
    folder = lots.choice(["", "en/", "assets/", "new/", "source.git/", "source.git/hooks/"])
    name = lots.choice(
        [
            *("page.html", ".htaccess", "RELEASE.sig.0", "RELEASE.sig.01", "RELEASE.sig.100"),
            *("RELEASE.old", "release", "a\nb.html", "Thumbs.db", "x" * 200, "page\u202e.html"),
        ]
    )
    copy.write(f"{folder}{lots.randrange(1000)}{name}", b"added")


def add_beside_the_signatures(copy: Any, lots: random.Random) -> None:
    """What looks like a signature is none, or none of this release."""
    stranger = copy.keys.signature("stranger", b"something else")
    copy.write("RELEASE.sig.7", lots.choice([b"", b"<html>", stranger, stranger[:-1]]))


def rename(copy: Any, lots: random.Random) -> None:
    path = _any(copy, lots)
    (copy.folder / path).rename(copy.folder / f"{path}.{lots.randrange(1000)}")


def swap(copy: Any, lots: random.Random) -> None:
    one, other = lots.sample([p for p in copy.paths() if not manifest.is_detached(p)], 2)
    data, others = copy.read(one), copy.read(other)
    copy.write(one, others).write(other, data)


def link(copy: Any, lots: random.Random) -> None:
    """The very bytes, but behind a link."""
    place = copy.folder / _any(copy, lots)
    elsewhere = copy.folder.with_name("elsewhere")
    shutil.move(place, elsewhere)
    place.symlink_to(elsewhere)


def link_a_folder(copy: Any, lots: random.Random) -> None:
    place = copy.folder / lots.choice(["en", "kk", "assets"])
    elsewhere = copy.folder.with_name("elsewhere")
    shutil.move(place, elsewhere)
    place.symlink_to(elsewhere)


def put_a_pipe(copy: Any, lots: random.Random) -> None:
    place = copy.folder / _any(copy, lots)
    place.unlink()
    os.mkfifo(place)


def set_a_file_back(copy: Any, lots: random.Random) -> None:
    """A file of the release before, in the tree of the next one."""
    changed = lots.choice([p for p in copy.paths() if not manifest.is_detached(p)])
    old = copy.read(changed)
    copy.next({changed: old + b"!"}).write(changed, old)


def set_all_back(copy: Any, lots: random.Random) -> None:
    """The whole release before, signatures and all, where the next one has been seen."""
    before = {path: copy.read(path) for path in copy.paths()}
    copy.next({"new.html": lots.randbytes(9)}).verify()
    shutil.rmtree(copy.folder)
    for path, data in before.items():
        copy.write(path, data)


def sign_with_another_key(copy: Any, lots: random.Random) -> None:
    copy.signed(lots.choice(["one", "two"]), "stranger")


def sign_for_something_else(copy: Any, lots: random.Random) -> None:
    copy.signed("one", "two", namespace=lots.choice(["git", "file", "site-releases"]))


def sign_below_the_quorum(copy: Any, lots: random.Random) -> None:
    one = lots.choice(["one", "two", "three"])
    copy.signed(*[one] * lots.randint(1, 3))


def shrink_the_ledger(copy: Any, lots: random.Random) -> None:
    """All signers agree, and a line that was there is not there any more."""
    copy.verify()
    lines = copy.ledger.splitlines(keepends=True)
    gone = lines.pop(lots.randrange(len(lines)))
    for page in copy.folder.glob(f"*/testimonies/{gone.split()[0]}.html"):
        page.unlink()
    copy.next(ledger="".join(lines))


def fork(copy: Any, lots: random.Random) -> None:
    """All signers agree to a second release of the number that was seen."""
    copy.verify()
    copy.release({"new.html": lots.randbytes(9)}, ledger=copy.ledger, seq=2)


KINDS: tuple[Callable[[Any, random.Random], None], ...] = (
    flip,
    truncate,
    append,
    remove,
    add,
    add_beside_the_signatures,
    rename,
    swap,
    link,
    link_a_folder,
    put_a_pipe,
    set_a_file_back,
    set_all_back,
    sign_with_another_key,
    sign_for_something_else,
    sign_below_the_quorum,
    shrink_the_ledger,
    fork,
)


@pytest.mark.parametrize("alter", KINDS, ids=lambda kind: kind.__name__)
def test_an_altered_copy_is_refused(
    alter: Alteration, new_copy: Any, made_up_pages: Any, size: Any, tmp_path: Path
) -> None:
    bases = [new_copy(f"base{n}").release(made_up_pages(n)) for n in range(size(2, 20))]
    for base in bases:
        base.write("en/ruled.html", b"ruled").next()
    for seed in range(size(4, 1000)):
        copy = new_copy("copy")
        shutil.copytree(bases[seed % len(bases)].folder, copy.folder)
        alter(copy, random.Random(seed))

        wanted = 2 if alter is set_all_back else 1
        assert copy.verify().status == wanted, seed

        shutil.rmtree(copy.folder)
        _swept(tmp_path / "elsewhere")


def _swept(place: Path) -> None:
    if place.is_dir():
        shutil.rmtree(place)
    place.unlink(missing_ok=True)


def test_a_copy_to_which_nothing_was_done_is_good(
    new_copy: Any, made_up_pages: Any, size: Any
) -> None:
    for seed in range(size(3, 100)):
        copy = new_copy(f"copy{seed}").release(made_up_pages(seed))
        assert copy.told() == (0, []), seed

        for name in (targets.MARKER, manifest.HINT):
            (copy.folder / name).unlink()  # which no copy needs
        copy.next({f"en/{seed}.html": b"new"})
        assert copy.told() == (0, []), seed
