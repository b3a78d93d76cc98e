"""Records that are kept are those that would be read, and doubt reads again."""

from __future__ import annotations

from dataclasses import fields, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from aigaq.output import cache, kept_records
from aigaq.source import disk, records

if TYPE_CHECKING:
    from aigaq.source.document import Source

HERE = Path(__file__).resolve().parents[2]


def sources_of(root: Path) -> tuple[Source, ...]:
    return disk.sources(root)[0]


def read(cache: Path, sources: tuple[Source, ...]) -> tuple[Any, int]:
    """The records, and how many files were known beforehand."""
    site = next(source for source in sources if source.path == "site.yaml")
    kept = kept_records.KeptRecords(cache, site)
    known = sum(kept.get(source) is not None for source in sources)
    found, _ = records.read(sources, kept=kept)
    kept.keep()
    return found, known


@pytest.mark.parametrize("root", [HERE, HERE / "docs" / "example"])
def test_what_was_kept_is_what_is_read(tmp_path: Path, root: Path) -> None:
    sources = sources_of(root)
    plain, problems = records.read(sources)
    first, _ = read(tmp_path, sources)
    again, known = read(tmp_path, sources)

    assert first == again == plain
    assert repr(again) == repr(plain)
    assert known > len(sources) - len(problems) - 9
    for name in (one.name for one in fields(records.Records)):
        for one, other in zip(listed(again, name), listed(plain, name), strict=True):
            assert one.record.model_fields_set == other.record.model_fields_set
            assert one.record.model_dump() == other.record.model_dump()


def listed(found: Any, name: str) -> list[Any]:
    value = getattr(found, name)
    return [one for one in value if hasattr(one, "record")] if isinstance(value, tuple) else []


@pytest.mark.parametrize("at", [0, 20, 90, 300, -1])
def test_a_damaged_entry_is_not_believed(tmp_path: Path, at: int) -> None:
    sources = sources_of(HERE / "docs" / "example")
    plain, _ = read(tmp_path, sources)
    entries = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert entries
    for entry in entries:
        data = bytearray(entry.read_bytes())
        data[at] ^= 1
        entry.write_bytes(data)

    assert read(tmp_path, sources) == (plain, 0)


def test_a_changed_file_is_read_again_and_its_words_are_forgotten(
    tmp_path: Path, site: Any
) -> None:
    site.person("p-1", "Placeholder Name")
    site.person("p-2", "Placeholder Second")
    folder = tmp_path / "kept"
    read(folder, sources_of(site.root))
    site.person("p-1", "Placeholder Changed")
    changed, known = read(folder, sources_of(site.root))

    assert known == 1
    assert [one.record.names[0].text for one in changed.people] == [
        "Placeholder Changed",
        "Placeholder Second",
    ]
    kept = b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())
    assert b"Placeholder Name" not in kept
    assert b"Placeholder Changed" in kept


def test_only_what_is_kept_with_a_changed_file_is_written_again(tmp_path: Path) -> None:
    def entries() -> set[Path]:
        return {path for path in tmp_path.rglob("*") if path.is_file()}

    sources = [
        one
        for one in sources_of(HERE / "docs" / "example")
        if one.path != "content/people/p-2z8n.yaml"
    ]
    read(tmp_path, sources_of(HERE / "docs" / "example"))
    before = {path: path.stat().st_ino for path in entries()}
    read(tmp_path, sources)

    assert sum(before.get(path) != path.stat().st_ino for path in entries()) <= 1
    assert len(before) > 5


def test_withdrawn_words_go_where_nothing_can_be_kept(tmp_path: Path, site: Any) -> None:
    folder = tmp_path / "kept"
    site.person("p-1", "Placeholder Name")
    read(folder, sources_of(site.root))
    site.config(title="Another Archive")
    (site.root / "content/people/p-1.yaml").unlink()
    read(folder, sources_of(site.root))

    for entry in (path for path in folder.rglob("*") if path.is_file()):
        assert b"Placeholder Name" not in entry.read_bytes()


def test_withdrawn_words_go_where_the_disk_is_full(
    tmp_path: Path, site: Any, monkeypatch: Any
) -> None:
    folder = tmp_path / "kept"
    site.person("p-1", "Placeholder Name")
    read(folder, sources_of(site.root))
    (site.root / "content/people/p-1.yaml").unlink()
    monkeypatch.setattr(cache.Cache, "put", lambda *_: None)
    read(folder, sources_of(site.root))

    assert not [path for path in folder.rglob("*") if path.is_file()]


def test_another_place_or_another_site_is_read_again(tmp_path: Path, site: Any) -> None:
    site.person("p-1", "Placeholder Name")
    sources = sources_of(site.root)
    read(tmp_path, sources)
    moved = tuple(replace(one, path=one.path.replace("p-1", "p-9")) for one in sources)
    settled = tuple(
        replace(one, digest="0" * 64) if one.path == "site.yaml" else one for one in sources
    )

    assert [one.id for one in read(tmp_path, moved)[0].people] == ["p-9"]
    assert read(tmp_path, settled)[1] == 0


def test_what_is_wrong_with_a_file_is_told_again(tmp_path: Path, site: Any) -> None:
    site.person("p-1", "Placeholder Name", nonsense="x")
    sources = sources_of(site.root)
    kept = kept_records.KeptRecords(tmp_path, sources[-1])
    _, first = records.read(sources, kept=kept)
    _, again = records.read(sources, kept=kept)

    assert first
    assert first == again
