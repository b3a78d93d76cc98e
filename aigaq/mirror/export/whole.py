"""All sources of what is published, as files: the whole that is packed into `source.git/`."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from aigaq.mirror.export import bodies, layout, looks, media, records, texts
from aigaq.source import disk
from aigaq.source import records as written

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from aigaq.archive.public import Picture, PublicArchive, Version
    from aigaq.source.records import Records, Written

Files = dict[str, layout.Data]


@dataclass(frozen=True, slots=True)
class Material:
    """What is exported: the public archive as it was built, and the files of its look.

    `pictures` leads from the key of a picture's file to the finished one; all finished files
    lie below `target`.
    """

    archive: PublicArchive
    target: Path
    pictures: Mapping[str, Picture] = field(default_factory=dict)


def of(root: Path, material: Material) -> Files:
    """The files of the exported sources, by path; the site in `root` was built just now."""
    sources, _, _ = disk.sources(root)
    read, _ = written.read(sources)
    assert read is not None, "it was built"
    archive = material.archive
    taken = {*archive.people, *archive.texts, *archive.groups, *archive.places}
    unnamed = records.Unnamed(taken | {*archive.redirects, *archive.tombstones})
    names = media.Names()
    given = records.Given(unnamed, names.of)
    files: Files = {"site.yaml": records.site(archive.site, read.site.record)}
    files |= dict(_bodied(read, material, given))
    if any(f"({bodies.KEPT_BACK})".encode() in layout.read(data) for data in files.values()):
        files |= dict(media.kept_back(unnamed))
    files |= dict(records.all_of(archive, given, texts.wordless(archive)))
    files |= dict(media.of(archive, material.target, names))
    files |= dict(texts.cards(archive, given))
    files |= dict(unnamed.files())
    files |= looks.of(root, read.site.record.theme.overrides)
    return dict(sorted(files.items()))


def _bodied(
    read: Records, material: Material, given: records.Given
) -> Iterator[tuple[str, bytes]]:
    archive = material.archive
    known = _known(read, material, given)
    files: dict[str, dict[str, Written[Any]]] = {}
    every: tuple[Written[Any], ...] = (*read.texts, *read.translations, *read.pages)
    for one in every:
        files.setdefault(one.id, {})[one.lang] = one
    for text in archive.texts.values():
        own = {v.lang: _written(files[text.id][v.lang], v, known) for v in text.versions}
        yield from texts.text(text, own, given)
    for page in archive.pages.values():
        own = {v.lang: _written(files[page.slug][v.lang], v, known) for v in page.versions}
        yield from texts.page(page, own, given)


def _written(file: Written[Any], version: Version, known: bodies.Known) -> texts.Written:
    facts = getattr(file.record, "translation", None)
    return texts.Written(
        bodies.public(file.body, known),
        bodies.turns(file.body, file.body_line, version.body),
        facts.of if facts else (),
    )


def _known(read: Records, material: Material, given: records.Given) -> bodies.Known:
    archive = material.archive
    kinds = (archive.texts, archive.people, archive.groups, archive.places, archive.topics)
    shown = {i for kind in (*kinds, archive.organisations, archive.series) for i in kind}
    shown |= {*archive.redirects}
    in_texts = {
        one
        for kind in (archive.texts, archive.pages)
        for thing in kind.values()
        for version in thing.versions
        for one in version.pictures
    }
    shown_pictures = {key: one for key, one in material.pictures.items() if one in in_texts}
    every = (read.texts, read.people, read.groups, read.places, read.organisations, read.series)
    return bodies.Known(
        ids=shown,
        pages=set(archive.pages),
        hidden={one.id for kind in every for one in kind} - shown,
        pictures={key: given.name(one) for key, one in shown_pictures.items()},
    )
