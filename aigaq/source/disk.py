"""The site's folder as it lies on disk: every file found, judged by name and size, and read.

Laws: nothing outside the folder is touched, no link is followed, no file is opened that is not
a plain one, size comes before content, and whatever goes wrong is a diagnostic. The order is
that of the paths, never that of the file system.
"""

from __future__ import annotations

import hashlib
import os
import re
import stat
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from aigaq.source import characters, frontmatter
from aigaq.source.document import Source
from aigaq.words.diagnostics import Diagnostic, Problem, Severity, Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

MISSING = Problem(
    "K001",
    "{what} is missing in the site's folder",
    "Check that the program is started in the site's folder, or name the folder with --root.",
)
LINK = Problem(
    "K002",
    "this is a link to another file or folder; links are not followed",
    "Put the file itself here instead of the link.",
)
SPECIAL = Problem(
    "K003",
    "this is not the plain file or folder that is expected here",
    "Delete it or move it out of the site's folder.",
)
UNREADABLE = Problem(
    "K004",
    "this cannot be read: {reason}",
    "Check its permissions and whether another program holds it.",
)
TOO_LARGE = Problem(
    "K005",
    "the file is larger than {limit} KB",
    "Divide a text into several files. Make a picture smaller; let a long recording stand on "
    "another host.",
)
NOT_UTF_8 = Problem(
    "K006",
    "the file is not UTF-8: the byte {byte} is no letter there",
    "Open the file in your editor and save it as UTF-8.",
)
OTHER_ENCODING = Problem(
    "K007",
    "the file is written in {encoding}, not in UTF-8",
    "Open the file in your editor and save it as UTF-8.",
)
NUL = Problem(
    "K008",
    "the file holds a NUL byte, so it is no text",
    "Restore the file from an earlier version, or save the text again as UTF-8.",
)
TWINS = Problem(
    "K009",
    "this file and {other} have the same name on other computers",
    "Rename one of them: capital letters and ways of writing an accent do not count.",
)
BAD_NAME = Problem(
    "K010",
    "the name of this file or folder holds {character}",
    "Rename it with letters, digits and hyphens.",
)
BACKUP = Problem(
    "K011",
    "this looks like a copy that an editor or a system left behind; it is not read",
    "Delete it: everything in this folder can be seen by the public. Or rename it.",
    Severity.WARNING,
)
UNKNOWN = Problem(
    "K012",
    "a file with this ending is not read here",
    "Rename it: texts end in .md, records in .yaml (not .yml). Pictures and recordings belong "
    "in content/media/; what is neither belongs outside of content/.",
)
OUTSIDE = Problem(
    "K013",
    "this is not a file below content/media/",
    "Name the file by its path below content/media/, without `..`.",
)

MAX_TEXT = 256 * 1024
MAX_MEDIA = 256 * 1024 * 1024
_CONTENT, _SITE, _MEDIA = "content", "site.yaml", "content/media/"

# What Windows allows in no name, and what could lead out of the folder there.
_OUTSIDE = frozenset({"", ".", ".."})
_NOT_PORTABLE = frozenset('\0\\:*?"<>|')
# By their names: what editors and systems leave beside the files that people write.
_LEFT_BEHIND = re.compile(
    r".*(~|\.(orig|rej|bak|old|tmp|swp|swo|part|crdownload))|[.#~].*\.(md|yaml|vtt).*",
    re.IGNORECASE,
)
_SYSTEM = frozenset({"thumbs.db", "desktop.ini"})
# No media, whatever the folder: a text in the wrong place must not vanish without a word.
_WRITTEN = re.compile(r".*\.(md|markdown|txt|ya?ml|docx?|odt|rtf|html?)", re.IGNORECASE)
_ENCODINGS = (
    (b"\xff\xfe\0\0", "UTF-32"),
    (b"\0\0\xfe\xff", "UTF-32"),
    (b"\xff\xfe", "UTF-16"),
    (b"\xfe\xff", "UTF-16"),
)
_MARKS = tuple(mark for mark, _ in _ENCODINGS)
# Where a system lacks one of these, the checks before the opening stand alone.
_FLAGS = sum(getattr(os, name, 0) for name in ("O_NOFOLLOW", "O_NONBLOCK", "O_BINARY"))


@dataclass(frozen=True, slots=True, order=True)
class File:
    """A file that was found, not read: its path from the root with `/`, its size in bytes."""

    path: str
    size: int


@dataclass(frozen=True, slots=True)
class Tree:
    """What the site's folder holds, by path: `texts` to be read, `media` to be referred to."""

    texts: tuple[File, ...] = ()
    media: tuple[File, ...] = ()


def sources(root: Path) -> tuple[tuple[Source, ...], tuple[File, ...], list[Diagnostic]]:
    """Every text of the site, read; its media files, not read; and all problems with them."""
    tree, found = scan(root)
    return tuple(each(root, tree.texts, found)), tree.media, sorted(found)


def each(root: Path, files: Iterable[File], found: list[Diagnostic]) -> Iterator[Source]:
    """The texts among `files` of one scan, each read when it is asked for.

    `found` takes what is wrong with those that are left out.
    """
    folders = set[str]()
    for file in files:
        source, problems = read(root, file.path, folders=folders)
        found += problems
        if source is not None:
            yield source


def scan(root: Path) -> tuple[Tree, list[Diagnostic]]:
    """`site.yaml` and all files below `content/`, by name and size alone; nothing is opened."""
    files, found = _walked(root)
    found += _twins(files)
    texts = tuple(file for file in files if _is_text(file.path))
    media = tuple(file for file in files if _is_media(file.path))
    known = {*texts, *media}
    found += [UNKNOWN.at(Span(file.path)) for file in files if file not in known]
    return Tree(texts, media), sorted(found)


def read(
    root: Path, path: str, *, folders: set[str] | None = None
) -> tuple[Source | None, list[Diagnostic]]:
    """The text at `path`, a path from `scan`: strict UTF-8, without BOM, with LF line ends.

    The digest is that of this text, so that a checkout with CRLF has the same. `folders` holds
    folders that were seen to be none but plain ones in this very reading, and takes more.
    """
    raw = _bytes(root, path, MAX_TEXT, set() if folders is None else folders)
    if isinstance(raw, Diagnostic):
        return None, [raw]
    decoded = _decoded(raw, path)
    if isinstance(decoded, Diagnostic):
        return None, [decoded]
    text = frontmatter.plain(decoded)
    unchanged = raw if text is decoded else text.encode("utf-8")
    return Source(path, text, hashlib.sha256(unchanged).hexdigest()), []


def read_media(root: Path, path: str) -> bytes | Diagnostic:
    """The bytes of the media file at `path`, a path from `scan`, or why there are none."""
    if not path.startswith(_MEDIA):
        return OUTSIDE.at(Span(_shown(path)))
    return _bytes(root, path, MAX_MEDIA, set())


def _is_text(path: str) -> bool:
    if path.endswith(".yaml"):
        return True
    return path.endswith(".vtt" if path.startswith(_MEDIA) else ".md")


def _is_media(path: str) -> bool:
    return path.startswith(_MEDIA) and not _is_text(path) and not _WRITTEN.fullmatch(path)


def _walked(root: Path) -> tuple[list[File], list[Diagnostic]]:
    """All files of the site by path, and what was found in their stead."""
    files: list[File] = []
    folders: list[str] = []
    found: list[Diagnostic] = []
    for path, wanted in ((_SITE, files), (_CONTENT, folders)):
        before = len(found)
        _enter(path, root / path, files, folders, found)
        if not wanted and len(found) == before:
            found.append(MISSING.at(Span(path), what=path))
    while folders:
        folder = folders.pop()
        for entry in _entries(root, folder, found):
            path = f"{folder}/{entry.name}"
            if _is_wanted(entry.name, path, found):
                _enter(path, entry, files, folders, found)
    return sorted(files), found


def _entries(root: Path, folder: str, found: list[Diagnostic]) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(root / folder) as entries:
            return sorted(entries, key=lambda entry: entry.name)
    except OSError as error:
        found.append(UNREADABLE.at(Span(folder), reason=error.strerror))
        return []


def _is_wanted(name: str, path: str, found: list[Diagnostic]) -> bool:
    """Whether a thing of this name is looked at: its name comes before its nature."""
    if not (name.isprintable() and _NOT_PORTABLE.isdisjoint(name)):
        strange = next(c for c in name if c in _NOT_PORTABLE or not c.isprintable())
        found.append(BAD_NAME.at(Span(_shown(path)), character=characters.name(strange)))
        return False
    if _LEFT_BEHIND.fullmatch(name):
        found.append(BACKUP.at(Span(path)))
        return False
    return not name.startswith(".") and name.lower() not in _SYSTEM


def _enter(
    path: str,
    place: Path | os.DirEntry[str],
    files: list[File],
    folders: list[str],
    found: list[Diagnostic],
) -> None:
    """Put what lies at `place` where it belongs."""
    try:
        state = place.stat(follow_symlinks=False)
    except FileNotFoundError:
        return  # gone since its folder was listed, or never there
    except OSError as error:
        found.append(UNREADABLE.at(Span(path), reason=error.strerror))
        return
    is_folder = stat.S_ISDIR(state.st_mode)
    if is_folder and path != _SITE:
        folders.append(path)
    elif stat.S_ISREG(state.st_mode) and path != _CONTENT:
        files.append(File(path, state.st_size))
    else:
        found.append((LINK if stat.S_ISLNK(state.st_mode) else SPECIAL).at(Span(path)))


def _twins(files: list[File]) -> list[Diagnostic]:
    """Files that are one on a disk that folds letters (macOS, Windows)."""
    first: dict[str, str] = {}
    found = []
    for file in files:
        composed = unicodedata.normalize("NFC", file.path)
        other = first.setdefault(unicodedata.normalize("NFC", composed.casefold()), file.path)
        if other != file.path:
            found.append(TWINS.at(Span(file.path), other=other))
    return found


def _bytes(root: Path, path: str, limit: int, folders: set[str]) -> bytes | Diagnostic:
    """The whole plain file at `path`, or why there is none."""
    span = Span(_shown(path))
    parts = path.split("/")
    if not _OUTSIDE.isdisjoint(parts) or not _NOT_PORTABLE.isdisjoint(path):
        return OUTSIDE.at(span)
    top = os.fspath(root)
    try:
        for n in range(1, len(parts)):
            folder = "/".join((top, *parts[:n]))
            if folder not in folders and stat.S_ISLNK(os.lstat(folder).st_mode):
                return LINK.at(span)
            folders.add(folder)
        place = f"{top}/{path}"
        mode = os.lstat(place).st_mode
        if stat.S_ISLNK(mode):
            return LINK.at(span)
        if not stat.S_ISREG(mode):
            return SPECIAL.at(span)
        return _opened(place, span, limit)
    except OSError as error:
        return UNREADABLE.at(span, reason=error.strerror)


def _opened(place: str, span: Span, limit: int) -> bytes | Diagnostic:
    with os.fdopen(os.open(place, os.O_RDONLY | _FLAGS), "rb") as file:
        if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
            return SPECIAL.at(span)
        raw = file.read(limit + 1)
    return raw if len(raw) <= limit else TOO_LARGE.at(span, limit=limit // 1024)


def _decoded(raw: bytes, path: str) -> str | Diagnostic:
    """Strict UTF-8; what is wrong has line and column."""
    if raw.startswith(_MARKS):
        encoding = next(name for mark, name in _ENCODINGS if raw.startswith(mark))
        return OTHER_ENCODING.at(Span(path), encoding=encoding)
    if b"\0" in raw:
        return NUL.at(_place(path, raw, raw.index(b"\0")))
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as error:
        byte = f"0x{raw[error.start]:02X}"
        return NOT_UTF_8.at(_place(path, raw, error.start), byte=byte)


def _place(path: str, raw: bytes, index: int) -> Span:
    """Where byte `index` stands; what is before it need not be UTF-8 either."""
    before = raw[:index].decode("utf-8", "replace").removeprefix("\ufeff")
    return Span(path, before.count("\n") + 1, len(before) - before.rfind("\n"))


def _shown(path: str) -> str:
    """`path` as it can be printed: what is no plain sign becomes `?`."""
    if path.isprintable():
        return path
    return "".join(char if char.isprintable() else "?" for char in path)
