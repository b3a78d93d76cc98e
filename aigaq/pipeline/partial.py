"""A few files and what is needed to judge them: what they name, and versions of their texts.

Of all other records only the ids are known, from the names of their files; who names one of
these is not wrong. So a problem that hangs on a record two steps away is left to a whole check.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from aigaq.source import disk, records

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator
    from pathlib import Path

    from aigaq.source.disk import File
    from aigaq.source.document import Source
    from aigaq.words.diagnostics import Diagnostic

_ID = re.compile(r"[a-z0-9][a-z0-9-]*")
_OBJECT = re.compile(r"\bobject:([a-z0-9-]+)")  # it stands in a text, and has no file
_SITE, _GLOSSARY = "site.yaml", "content/glossary.yaml"
_MEDIA, _TEXTS, _PAGES = "content/media/", "content/testimonies/", "content/pages/"


def sources(
    root: Path, changed: Collection[str]
) -> tuple[tuple[Source, ...], tuple[File, ...], list[Diagnostic], list[str]]:
    """As `disk.sources`, but of `changed` and what these need; and the paths of the others."""
    tree, found = disk.scan(root)
    paths = [file.path for file in tree.texts]
    folders = set[str]()
    read: dict[str, Source | None] = {}

    def take(wanted: Iterable[str]) -> None:
        for path in wanted:
            if path not in read:
                read[path], problems = disk.read(root, path, folders=folders)
                found.extend(problems)

    take(path for path in paths if path in changed)
    ids = {_id(path) for path in changed if _has_id(path)}
    told = {_id(path) for path in changed if _has_id(path) and not path.startswith(_TEXTS)}
    told.update(*(_OBJECT.findall(source.text) for source in read.values() if source))
    files = {_file(path) for path in changed if path.startswith(_MEDIA)}
    take(_that_name(root, [path for path in paths if path not in read], told, files))
    if files:  # a transcript is named beside a recording, and that in a text
        files = {_file(path) for path in read if path.startswith(_MEDIA)} - files
        take(_that_name(root, [path for path in paths if path not in read], set(), files))
    words = ids.union(*(_ID.findall(source.text) for source in read.values() if source))
    shown = "\n".join(source.text for source in read.values() if source)
    take(path for path in paths if path in _ALWAYS or _is_named(path, words, shown))
    if _SITE in changed:
        take(path for path in paths if path.startswith(_PAGES))
    ordered = tuple(source for path in paths if (source := read.get(path)))
    return ordered, tree.media, sorted(found), [path for path in paths if path not in read]


_ALWAYS = frozenset({_SITE, _GLOSSARY, records.TOPICS})


def _id(path: str) -> str:
    return path.rpartition("/")[2].partition(".")[0]


def _has_id(path: str) -> bool:
    return path.count("/") > 1 and not path.startswith(_MEDIA)


def _file(path: str) -> str:
    """The name of a media file by which records know it, of the file beside it, too."""
    return path.removeprefix(_MEDIA).removesuffix(".yaml")


def _is_named(path: str, words: Collection[str], shown: str) -> bool:
    """Whether a record's id, a page, or the file of a sidecar or transcript is in `shown`."""
    if path.startswith(_MEDIA):
        return _file(path) in shown
    if path.startswith(_PAGES):
        return f"page:{_id(path)}" in shown
    return _id(path) in words


def _that_name(
    root: Path, paths: Iterable[str], ids: set[str], files: Collection[str]
) -> Iterator[str]:
    """Texts that tell of one of the ids, and whatever shows one of the files."""
    for path in paths:
        if files or (ids and path.startswith(_TEXTS)):
            source, _ = disk.read(root, path)
            text = source.text if source else ""
            if any(file in text for file in files) or (
                any(name in text for name in ids) and not ids.isdisjoint(_ID.findall(text))
            ):
                yield path
