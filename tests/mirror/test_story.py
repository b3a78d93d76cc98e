"""The whole story by the documents alone: mirrors, alterations, a dead origin, a withdrawal."""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ORIGIN = "https://archive.example.org/"
OTHER = "https://mirror.example.net/"


class Archive:
    """The editors' site: two of three sign each release, as the page on keys says."""

    def __init__(self, site: Any, editors: list[Any], people: Any) -> None:
        self.site, self.root, self.editors, self.people = site, site.root, editors, people
        site.config(mirrors=True, address=ORIGIN, languages=["en", "kk"])
        site.testimony("t-1").testimony("t-2").translation("t-2", "kk")
        site.write(".gitignore", ".cache/\npublic/\n")
        site.write("releases/allowed_signers", people.listed(editors))
        editors[0].types("git init -q", self.root)

    def release(self) -> None:
        """Commits what is there, and makes and signs the next release."""
        self.editors[0].types("git add -A && git commit -qm Change", self.root)
        first, second = self.people.blocks("keys.md", "Each release")
        self.editors[0].types(first, self.root)
        self.editors[1].types(second, self.root)

    @property
    def public(self) -> Path:
        place: Path = self.root / "public"
        return place


class Keeper:
    """Somebody with a mirror in a folder of their own, who has read `become.md`."""

    def __init__(self, person: Any, people: Any, archive: Path) -> None:
        self.person, self.people, self.archive = person, people, archive
        self.folder: Path = person.home / "mirror"
        self.folder.mkdir()
        self.site = self.folder / "site"
        self.url = ""

    def becomes(self, source: str) -> int:
        """The three commands, with the archive's real address, and the comparison between.

        The status of the third.
        """
        [three] = self.people.blocks("become.md", "Three commands")[:1]
        clone, pin, follow = three.splitlines()
        install = " && make -s -C archive program"
        assert clone.endswith(install)
        clone = clone.removesuffix(install)
        where = {"https://code.example.org/archive.git": str(self.archive)}
        self.person.types(clone, self.folder, **where)
        self.person.program(self.folder / "archive/.venv/bin/aigaq")
        self.person.types(pin, self.folder)
        [compare] = self.people.blocks("verify.md", "The list of signers")
        told = self.person.types(compare, self.folder, **{"~/pinned": "pinned"})
        assert told.count("SHA256:") == 3
        status, _ = self.person.ran(follow, self.folder, **{ORIGIN: source})
        return int(status)

    def follows(self, source: str, other: str = "") -> tuple[int, str]:
        """The command of every few hours; of two sources, the one that the page shows."""
        three, two, *_ = self.people.blocks("become.md", "Three commands")
        if other:
            instead = {ORIGIN: source, OTHER: other}
            status, said = self.person.ran(two, self.folder, **instead)
        else:
            status, said = self.person.ran(
                three.splitlines()[2], self.folder, **{ORIGIN: source}
            )
        return int(status), str(said)

    def verify(self) -> tuple[int, str]:
        """What the page on checking says, in the folder of the copy."""
        [block] = self.people.blocks("verify.md", "With the program")
        status, said = self.person.ran(block, self.site, **{"~/pinned": "../pinned"})
        return int(status), str(said)

    @property
    def files(self) -> dict[str, str]:
        """Every file by its digest."""
        return {
            path.relative_to(self.site).as_posix(): hashlib.sha256(
                path.read_bytes()
            ).hexdigest()
            for path in self.site.rglob("*")
            if path.is_file()
        }


@pytest.fixture
def archive(site: Any, people: Any, tmp_path: Path) -> Archive:
    editors = [people.Editor(tmp_path / f"editor-{name}") for name in "abc"]
    made = Archive(site, editors, people)
    made.release()
    return made


@pytest.fixture
def keeper(archive: Archive, people: Any, tmp_path: Path) -> Callable[[str], Keeper]:
    return lambda name: Keeper(people.Person(tmp_path / name), people, archive.root)


@pytest.fixture
def stack(lacking: Callable[[str], Any]) -> Iterator[contextlib.ExitStack]:
    for name in ("nginx", "rsync"):
        if not shutil.which(name, path=f"{os.environ['PATH']}:/usr/sbin"):
            lacking(f"there is no {name}: run `make tools`")
    with contextlib.ExitStack() as opened:
        yield opened


TEXT, OTHER_TEXT = "en/testimonies/t-1.html", "en/testimonies/t-2.html"


def _swap(site: Path) -> None:
    (site / TEXT).rename(site / "aside")
    (site / OTHER_TEXT).rename(site / TEXT)
    (site / "aside").rename(site / OTHER_TEXT)


def _link(site: Path) -> None:
    shutil.move(site / TEXT, site.parent / "elsewhere.html")
    (site / TEXT).symlink_to(site.parent / "elsewhere.html")


def _flip(site: Path) -> None:
    data = bytearray((site / TEXT).read_bytes())
    data[len(data) // 2] ^= 1
    (site / TEXT).write_bytes(data)


def _edit(name: str, old: bytes, new: bytes) -> Callable[[Path], None]:
    def edit(site: Path) -> None:
        data = (site / name).read_bytes()
        assert old in data
        (site / name).write_bytes(data.replace(old, new, 1))

    return edit


def _set_back(site: Path) -> None:
    shutil.rmtree(site)
    shutil.copytree(site.parent / "old", site)


# Twelve ways in which a copy lies. The last two need an older release: a copy of it is `old`.
ALTERED: dict[str, Callable[[Path], object]] = {
    "a bit is flipped": _flip,
    "a file is cut short": lambda site: (site / TEXT).write_bytes(b"<p>"),
    "a page is taken away": lambda site: (site / TEXT).unlink(),
    "a page is added": lambda site: (site / "en/testimonies/t-9.html").write_text("forged"),
    "a page is renamed": lambda site: (site / TEXT).rename(site / "en/testimonies/t-3.html"),
    "two pages are swapped": _swap,
    "a link stands in the place of a page": _link,
    "the list has a line less": _edit("SHA256SUMS", b"\n", b""),
    "the ledger has a line less": _edit("LEDGER", b"t-1 1\n", b""),
    "a signature is too few": lambda site: (site / "RELEASE.sig.2").unlink(),
    "an old file in a new tree": lambda site: shutil.copy(
        site.parent / "old" / OTHER_TEXT, site / OTHER_TEXT
    ),
    "the whole copy is set back": _set_back,
}


def test_the_archive_cannot_be_silenced_and_its_copies_cannot_lie(
    archive: Archive,
    keeper: Any,
    servers: Any,
    stack: contextlib.ExitStack,
    people: Any,
    size: Callable[[int, int], int],
) -> None:
    origin = contextlib.ExitStack()
    source = origin.enter_context(servers.nginx(archive.public))

    # Three folders become mirrors, each with three commands.
    one, two, three = (keeper(name) for name in ("one", "two", "three"))
    assert one.becomes(source) == 0
    one.url = stack.enter_context(servers.nginx(one.site))
    assert two.becomes(one.url) == 0
    two.url = stack.enter_context(servers.python(two.site)).url
    assert three.becomes(stack.enter_context(servers.rsync(two.site))) == 0
    three.url = stack.enter_context(servers.python(three.site)).url
    assert one.files == two.files == three.files
    [look] = [b for b in people.blocks("become.md", "Show it to readers") if "verify" in b]
    one.person.types(look, one.folder, **{OTHER: one.url})
    assert [mirror.verify() for mirror in (one, two, three)] == [(0, "")] * 3

    # The archive goes on, and they follow.
    shutil.copytree(one.site, one.folder / "old")
    archive.site.testimony("t-2", body="They came back in spring.\n")
    archive.release()
    assert [mirror.follows(source) for mirror in (one, two)] == [(0, "")] * 2
    assert "They came back in spring." in (two.site / OTHER_TEXT).read_text()
    assert one.verify() == (0, "")

    # One is altered in twelve ways, refused each time, and mended by the next follow.
    assert len(ALTERED) == 12
    good = one.files
    for number, (what, alter) in enumerate(ALTERED.items()):
        alter(one.site)
        status, said = one.verify()
        assert status in (1, 2), what
        assert "error A" in said, what
        if number % size(4, 1) == 0:
            assert one.follows(source)[0] == 0, what
        else:
            shutil.rmtree(one.site)
            shutil.copytree(two.site, one.site)
        assert one.files == good, what

    # The origin disappears, and a fourth mirror joins, though one of the others lies.
    origin.close()
    _flip(two.site)
    four = keeper("four")
    assert four.becomes(source) == 3
    status, said = four.follows(two.url, one.url)
    assert (status, four.files == good) == (0, True), said
    four.url = stack.enter_context(servers.python(four.site)).url

    # Somebody withdraws. The editors carry the release to the first mirror on a stick.
    archive.editors[0].types("aigaq withdraw t-2", archive.root)
    archive.release()
    stick = one.folder / "stick/site"
    fill = people.blocks("README.md", "From a disk or a stick")[1]
    instead = {"~/mirror/site": str(archive.public), "/media/stick/site": str(stick)}
    archive.editors[0].types(fill, **instead, **{"~/pinned": str(two.folder / "pinned")})
    assert one.follows(str(stick))[0] == 0
    assert two.follows(one.url)[0] == 0
    assert four.follows(two.url, one.url)[0] == 0
    for mirror in (one, two, four):
        assert not list(mirror.site.glob("*/testimonies/t-2*"))
        assert "t-2 withdrawn 3 " in (mirror.site / "LEDGER").read_text()
        assert mirror.verify() == (0, "")

    # The third does not follow, and the audit names it and what it still shows, and no other.
    mirrors = {"one": one, "two": two, "three": three, "four": four}
    lines = [f"{mirror.url} KZ 2026-11\n" for mirror in mirrors.values()]
    archive.site.write("releases/MIRRORS", "".join(lines))
    [audit] = people.blocks("looking-after.md", "Ask them all")
    who = {"~/pinned": str(one.folder / "pinned")}
    status, said = archive.editors[2].ran(audit, archive.root, **who)
    assert status == 2
    behind = said.partition("Behind: 1\n")[2].partition("\nGood: 3\n")[0]
    assert three.url in behind
    assert "shows release 1" in behind
    assert f"{three.url}{OTHER_TEXT}" in behind
    assert f"{three.url}kk/testimonies/t-2.html" in behind
    assert not any(mirror.url in behind for mirror in (one, two, four))

    # It gets a letter, follows, and is good again.
    assert three.follows(one.url)[0] == 0
    assert archive.editors[2].ran(audit, archive.root, **who)[0] == 0
