"""Files of every nature under every name, through the real command: told, and nothing else.

Beside the site lies what must not be read or written, and its old edition, which must stay.
"""

from __future__ import annotations

import io
import os
import re
import socket
import struct
import subprocess
import sys
import unicodedata
import zlib
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from PIL import Image

if TYPE_CHECKING:
    from collections.abc import Callable

BUILD = Path(__file__).parents[2] / "build.py"
CANARY = "QANARY7"
PERSON = "names:\n  - {text: Placeholder Name, lang: en, kind: preferred}\nprotect: open\n"
TOLD = re.compile(
    r"(?P<path>.+?)(?::\d+)?(?::\d+)?: (?:error|warning) [A-Z]\d{3}: .+\n    .+\n"
)

# Names of files that hold a good record. None is one that the site can have.
NAMES = (
    *("p-1.yml", "p-1.YAML", "p-1.yaml.txt", "p-1.json", "p-1.html", "p-1.svg", "p-1.py"),
    *("P-1.yaml", "p_1.yaml", "p 1.yaml", "p-1 .yaml", " p-1.yaml", "p-1..yaml", "p.1.yaml"),
    *("-rf.yaml", "--help.yaml", "--root=x.yaml", "-.yaml", "p-é.yaml", "раypal.yaml"),
    *("p-$(touch x).yaml", "p-`id`.yaml", "p-;id.yaml", "p-&.yaml", "p-'.yaml", "p-!.yaml"),
    *("p-{{7*7}}.yaml", "p-{0}.yaml", "p-%s.yaml", "p-%(x)s.yaml", "p-%2e%2e%2fx.yaml"),
    *("p-<b>.yaml", 'p-"x".yaml', "p-*.yaml", "p-?.yaml", "p-|.yaml", "p-a:b.yaml", "C:x.yaml"),
    *("p-\\x.yaml", "..\\..\\x.yaml", "p-\n.yaml", "p-\r.yaml", "p-\t.yaml", "p-\x1b[31m.yaml"),
    *("p-\x7f.yaml", "p-\u202e1.yaml", "p-\u200b1.yaml", "p-\u2028.yaml", "p-\u0301.yaml"),
    *("p-ﬁ.yaml", "p-İ.yaml", "p-ß.yaml", "p-\u212a.yaml", "p-中.yaml", "p-محمد.yaml"),
    "p-😀.yaml",
    *("CON.yaml", "NUL.yaml", "con.yaml", "nul.yaml", "aux.yaml", "com1.yaml", "lpt9.yaml"),
    *("index.yaml", "page-2.yaml", "p-1.old.yaml", "git~1.yaml"),
    *("p-" + "a" * 63 + ".yaml", "a" * 237 + ".yaml"),
    *("p-1.yaml~", "#p-1.yaml#", ".#p-1.yaml", "p-1.yaml.orig", "p-1.yaml.swp", "._p-1.yaml"),
)  # fmt: skip
TEXTS = (
    "t-1.md",
    "t-1.xx.md",
    "t-1.en.kk.md",
    "t-1.EN.md",
    ".en.md",
    "t-2..en.md",
    "t-1.en.txt",
)


@pytest.fixture
def old(site: Any) -> Any:
    """A small site, built, with secrets beside its folder."""
    outside = site.root.parent / "outside"
    (outside / "folder").mkdir(parents=True)
    for place in ("secret.yaml", "secret.jpg", "folder/p-7.yaml"):
        (outside / place).write_text(PERSON.replace("Placeholder", CANARY), "utf-8")
    site.testimony("t-good").build()
    return site


def run(site: Any) -> tuple[int, str, str]:
    """The command as an editor runs it: its status, what it told, and what went wrong in it."""
    arguments = ["build", "-q", "--no-search", "--date", "2026-11-22", "--root", str(site.root)]
    ran = subprocess.run(
        [sys.executable, str(BUILD), *arguments], capture_output=True, check=False, timeout=300,
        env={**os.environ, "TERM": "dumb"},
    )  # fmt: skip
    return ran.returncode, ran.stdout.decode(), ran.stderr.decode()


def everything(folder: Path) -> dict[str, tuple[int, int, bytes]]:
    """Every file below the folder but the cache and the lock: mode, time and bytes."""
    found = {}
    for path in sorted(folder.rglob("*")):
        name = os.fsencode(path.relative_to(folder)).decode("latin-1")
        state = path.lstat()
        data = path.read_bytes() if path.is_file() and not path.is_symlink() else b""
        if ".cache" not in name:
            found[name] = (state.st_mode, 0 if path.is_dir() else state.st_mtime_ns, data)
    return found


def told_of(printed: str) -> set[str]:
    """The paths that are told of; all that is printed must be problems."""
    assert TOLD.sub("", printed) == "", TOLD.sub("", printed)
    return {one["path"] for one in TOLD.finditer(printed)}


def printable(name: str) -> str:
    return "".join(char if char.isprintable() else "?" for char in name)


def refused(site: Any) -> set[str]:
    """Builds; nothing may change on the disk. Returns the paths that were told of."""
    before = everything(site.root.parent)
    status, printed, raised = run(site)
    assert (status, raised) == (1, "")
    assert everything(site.root.parent) == before
    assert CANARY not in printed
    return told_of(printed)


def test_no_name_that_a_site_cannot_have_is_read(old: Any) -> None:
    for name in NAMES:
        old.write(f"content/people/{name}", PERSON)
    for name in TEXTS:
        old.write(f"content/testimonies/{name}", "---\ntitle: x\n---\nWords.\n")
    for name in (b"p-\xff.yaml", b"p-\xc3.yaml"):
        Path(os.fsdecode(os.fsencode(old.root / "content/people") + b"/" + name)).write_text(
            PERSON
        )

    told = refused(old)

    wanted = {f"content/people/{printable(name)}" for name in NAMES}
    wanted |= {f"content/testimonies/{name}" for name in TEXTS}
    assert wanted - told == set()
    assert "content/people/p-?.yaml" in told


# Files that are none, or lead out of the folder


def linked(place: Path, to: str) -> None:
    place.parent.mkdir(parents=True, exist_ok=True)
    place.symlink_to(to)


def piped(place: Path) -> None:
    os.mkfifo(place)


def listening(place: Path) -> None:
    """A socket; its own path must be short, so it is bound from within the folder."""
    with socket.socket(socket.AF_UNIX) as one:
        before = Path.cwd()
        os.chdir(place.parent)
        try:
            one.bind(place.name)
        finally:
            os.chdir(before)


THINGS: dict[str, Callable[[Path], None]] = {
    "content/people/p-10.yaml": lambda p: linked(p, "/etc/passwd"),
    "content/people/p-11.yaml": lambda p: linked(p, "../../../outside/secret.yaml"),
    "content/people/p-12.yaml": lambda p: linked(p, "p-narrator.yaml"),
    "content/people/p-13.yaml": lambda p: linked(p, "p-13.yaml"),
    "content/people/p-14.yaml": lambda p: linked(p, "nowhere"),
    "content/people/p-15.yaml": lambda p: linked(p, "/dev/zero"),
    "content/people/p-16.yaml": piped,
    "content/people/p-17.yaml": listening,
    "content/people/deep": lambda p: linked(p, "../../../outside/folder"),
    "content/people/up": lambda p: linked(p, ".."),
    "content/people/all": lambda p: linked(p, "/"),
    "content/more": lambda p: linked(p, "../../outside"),
    "content/media/a.jpg": lambda p: linked(p, "../../../outside/secret.jpg"),
    "content/media/a.jpg.yaml": lambda p: linked(p, "/proc/self/environ"),
    "content/media/b.vtt": lambda p: linked(p, "/dev/stdin"),
    "content/media/c.jpg": piped,
    "content/media/more": lambda p: linked(p, "/proc/self/fd"),
    "content/topics.yaml": lambda p: linked(p, "/etc/hostname"),
    "content/glossary.yaml": piped,
    "content/testimonies/t-1.en.md": lambda p: linked(p, "/proc/self/mem"),
}


def test_nothing_that_is_no_plain_file_is_opened(old: Any) -> None:
    (old.root / "content/media").mkdir()
    for path, make in THINGS.items():
        make(old.root / path)
    old.write(f"content/people/{unicodedata.normalize('NFC', 'é')}.yaml", PERSON)
    old.write(f"content/people/{unicodedata.normalize('NFD', 'é')}.yaml", PERSON)

    told = refused(old)

    assert {*THINGS} - told == set()
    assert len({path for path in told if path.endswith(("é.yaml", "e\u0301.yaml"))}) == 2


# Pictures


def chunk(name: bytes, body: bytes) -> bytes:
    return (
        struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
    )


def png(
    width: int, height: int, *more: tuple[bytes, bytes], rows: bytes | None = None
) -> bytes:
    """A one-bit PNG of any size; its rows are black, so it is small on the disk."""
    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    black = b"\0" * (height * ((width + 7) // 8 + 1)) if rows is None else rows
    parts = [(b"IHDR", head), *more, (b"IDAT", zlib.compress(black, 9)), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunk(*part) for part in parts)


def unfolding(size: int) -> bytes:
    return b"x\0\0" + zlib.compress(bytes(size), 9)


def saved(kind: str, size: tuple[int, int] = (90, 60), **more: Any) -> bytes:
    file = io.BytesIO()
    Image.linear_gradient("L").resize(size).convert("RGB").save(file, kind, **more)
    return file.getvalue()


SVG = f"<svg xmlns='http://www.w3.org/2000/svg'><script>{CANARY}</script></svg>".encode()
EPS = f"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n({CANARY}) show\n".encode()
ZIP = b"PK\3\4" + CANARY.encode() + b"PK\5\6" + bytes(18)
BAD_PICTURES: dict[str, Callable[[], bytes]] = {
    "bomb-1.png": lambda: png(13_500, 13_500),
    "bomb-2.png": lambda: png(60_000, 60_000, rows=b""),
    "bomb-3.png": lambda: png(2**31 - 1, 1, rows=b"\0"),
    "bomb-4.png": lambda: png(60, 60, (b"zTXt", unfolding(200_000_000))),
    "bomb-5.png": lambda: png(60, 60, (b"iCCP", unfolding(90_000_000))),
    "bomb-6.gif": lambda: b"GIF89a" + struct.pack("<HH", 65_535, 65_535) + bytes(99),
    "bomb-7.jpg": lambda: saved("JPEG").replace(b"\0\x3c\0\x5a", b"\xff\xff\xff\xff", 1),
    "bomb-8.tif": lambda: b"II*\0\x08\0\0\0" + b"\xff\xff" + bytes(range(256)) * 40,
    "loop.tif": lambda: b"II*\0\x08\0\0\0\0\0\x08\0\0\0" * 9,
    "half.jpg": lambda: saved("JPEG", (900, 600))[:2_000],
    "half.webp": lambda: saved("WEBP", (900, 600), lossless=True)[:300],
    "half.png": lambda: saved("PNG", (900, 600))[:900],
    "sum.png": lambda: saved("PNG").replace(b"IDAT", b"IDAT\xff\xff", 1),
    "size-0.png": lambda: png(0, 0),
    "nothing.jpg": lambda: b"",
    "words.jpg": lambda: b"no picture at all\n",
    "page.jpg": lambda: b"<!doctype html><script>" + CANARY.encode() + b"</script>",
    "vector.jpg": lambda: SVG,
    "vector.png": lambda: b"\xef\xbb\xbf" + SVG,
    "vector.svg": lambda: SVG,
    "vector.svgz": lambda: zlib.compress(SVG),
    "script.jpg": lambda: EPS,
    "script.pdf": lambda: b"%PDF-1.7\n" + EPS,
    "map.bmp": lambda: saved("BMP"),
    "icon.png": lambda: saved("ICO"),
    "film.jpg": lambda: b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom" + bytes(200),
    "program.jpg": lambda: b"\x7fELF" + bytes(60),
    "archive.jpg": lambda: ZIP,
    "import.jpg": lambda: b"push graphic-context\nimage over 0,0 0,0 'url(https://x/)'\n",
    "header.jpg": lambda: b"\xff\xd8\xff\xe0" + b"\xff" * 4_000,
}  # fmt: skip
POLYGLOTS: dict[str, Callable[[], bytes]] = {
    "tail-1.jpg": lambda: saved("JPEG") + ZIP,
    "tail-2.png": lambda: saved("PNG") + SVG,
    "tail-3.gif": lambda: saved("GIF") + b"/*" + CANARY.encode() + b"*/=1;",
    "tail-4.webp": lambda: saved("WEBP") + CANARY.encode(),
    "inside-1.jpg": lambda: saved("JPEG", comment=f"*/{CANARY}()/*".encode()),
    "inside-2.png": lambda: png(60, 60, (b"tEXt", b"x\0" + CANARY.encode())),
    "inside-3.png": lambda: png(60, 60, (b"QaNa", CANARY.encode())),
    "other-1.png": lambda: saved("JPEG"),
    "other-2.jpg": lambda: saved("WEBP"),
    "large.png": lambda: png(7_000, 7_000),
}


def pictured(site: Any, pictures: dict[str, Callable[[], bytes]]) -> None:
    """A text that shows all of them."""
    for name, make in pictures.items():
        site.write(f"content/media/{name}", make())
        site.write(f"content/media/{name}.yaml", "alt: {en: A placeholder}\n")
    site.testimony("t-pictures", body="\n\n".join(f"![A placeholder]({n})" for n in pictures))


def test_no_file_that_is_no_good_picture_is_published(old: Any) -> None:
    pictured(old, BAD_PICTURES)
    wanted = {f"content/media/{name}" for name in BAD_PICTURES}
    assert wanted - refused(old) == set()


def test_of_a_picture_that_is_also_something_else_only_pixels_are_published(old: Any) -> None:
    pictured(old, POLYGLOTS)
    status, printed, raised = run(old)
    assert (status, raised) == (0, ""), printed
    page = old.read("en/testimonies/t-pictures.html")
    assert page.count("<img ") == len(POLYGLOTS)
    assert [
        p for p in old.public.rglob("*") if p.is_file() and CANARY.encode() in p.read_bytes()
    ] == []
