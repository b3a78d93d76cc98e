"""Pictures on disk become files of the site, each made once, or a sentence for an editor."""

from __future__ import annotations

import datetime
import io
from typing import TYPE_CHECKING

import pytest
from PIL import Image

from aigaq.archive import public
from aigaq.output import pictures, workers
from aigaq.source import disk, records
from aigaq.source.markup import convert

if TYPE_CHECKING:
    from aigaq.words.diagnostics import Diagnostic

BUILT = datetime.date(2026, 11, 22)
MEDIA = "content/media/"
ALT = "alt: {en: A placeholder}\n"


def picture(size: tuple[int, int] = (90, 60), kind: str = "PNG") -> bytes:
    file = io.BytesIO()
    Image.linear_gradient("L").resize(size).save(file, kind)
    return file.getvalue()


@pytest.fixture
def with_photo(site):
    """A site whose only person has a photo; `sidecar` are its lines after `alt`."""

    def make(data: bytes, sidecar: str = "", *, name: str = "face.png"):
        site.write(MEDIA + name, data).write(f"{MEDIA}{name}.yaml", ALT + sidecar)
        return site.person("p-1", photo=name)

    return make


def made(site) -> tuple[pictures.Made, list[Diagnostic]]:
    """What the pipeline asks for, with real bodies."""
    sources, media, found = disk.sources(site.root)
    read, more = records.read(sources)
    assert read is not None
    assert [*found, *more] == []
    bodies = {}
    for text in (*read.texts, *read.pages):
        bodies[text.path] = convert.convert(
            text.body, path=text.path, first_line=text.body_line, labels=(), language="en"
        )[0]
    return pictures.of(read, bodies, media, root=site.root, built=BUILT, jobs=1)


def the_problem(site) -> tuple[str, str, int]:
    result, [problem] = made(site)
    assert (dict(result.pictures), dict(result.data)) == ({}, {})
    return problem.code, problem.span.path, problem.span.line


def kept(site) -> dict[str, bytes]:
    folder = site.root / ".cache" / "pictures"
    return {path.name: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


# --- what is made ---


def test_a_picture_is_named_by_what_it_shows(with_photo):
    result, found = made(with_photo(picture()))
    [(path, data)] = result.data.items()
    assert (found, path.startswith("media/"), len(path)) == ([], True, len("media/.webp") + 16)
    shown = result.pictures["face.png"]
    assert (shown.path, shown.width, shown.height) == (path, 90, 60)
    assert Image.open(io.BytesIO(data)).size == (90, 60)


def test_the_name_of_the_file_makes_no_difference(with_photo):
    first = made(with_photo(picture()))[0].data
    assert made(with_photo(picture(), name="other.png"))[0].data == first


def test_a_box_gives_another_picture_and_another_name(with_photo):
    plain = made(with_photo(picture()))[0].data
    boxed = made(with_photo(picture(), "redact: [[10, 10, 30, 30]]\n"))[0].data
    assert not plain.keys() & boxed.keys()


def test_only_what_is_shown_becomes_a_file(with_photo):
    result, _ = made(with_photo(picture()))
    photo = result.pictures["face.png"]
    person = public.Person(id="p-1", names=(), photo=photo)
    site = public.Site(title=public.NOTHING)
    shown = public.PublicArchive(site=site, built=BUILT, people={"p-1": person})
    hidden = public.PublicArchive(site=site, built=BUILT)
    assert [one.path for one in pictures.artifacts(result, shown)] == [photo.path]
    assert pictures.artifacts(result, hidden) == ()


# --- the cache ---


def test_the_cache_changes_nothing(with_photo):
    site = with_photo(picture())
    first = made(site)
    assert len(kept(site)) == 1
    assert made(site) == first


@pytest.mark.parametrize("damage", [lambda d: d[:-1], lambda d: d[:-1] + b"?", lambda _: b""])
def test_a_damaged_entry_is_not_believed(with_photo, damage):
    site = with_photo(picture())
    first = made(site)
    [entry] = (p for p in (site.root / ".cache" / "pictures").rglob("*") if p.is_file())
    entry.write_bytes(damage(entry.read_bytes()))
    assert made(site) == first


def test_a_picture_before_its_boxes_does_not_stay_in_the_cache(with_photo):
    made(with_photo(picture()))
    before = kept(with_photo(picture()))
    site = with_photo(picture(), "redact: [[10, 10, 30, 30]]\n")
    made(site)
    assert len(kept(site)) == 1
    assert not before.keys() & kept(site).keys()


def test_a_picture_that_is_no_longer_named_does_not_stay_in_the_cache(with_photo):
    site = with_photo(picture())
    made(site)
    site.person("p-1")
    made(site)
    assert kept(site) == {}


# --- what cannot be shown ---


def test_what_is_no_picture_is_told_at_its_file(with_photo):
    assert the_problem(with_photo(b"<svg/>")) == ("G001", "content/media/face.png", 0)


def test_half_a_picture_is_told_at_its_file(with_photo):
    half = picture((600, 600))
    assert the_problem(with_photo(half[: len(half) // 2])) == (
        "G002",
        "content/media/face.png",
        0,
    )


def test_a_box_beyond_the_edge_is_told_at_the_boxes(with_photo):
    site = with_photo(picture(), "redact: [[900, 10, 30, 30]]\n")
    assert the_problem(site) == ("G004", "content/media/face.png.yaml", 2)


def test_a_file_that_is_too_large_is_not_read(with_photo):
    site = with_photo(picture())
    with (site.root / MEDIA / "face.png").open("r+b") as file:
        file.truncate(pictures.MAX_BYTES + 1)
    assert the_problem(site) == ("G005", "content/media/face.png", 0)


@pytest.mark.parametrize(
    "limits",
    [workers.Limits(deadline=0.01), workers.Limits(memory=256 * workers.MEGABYTE)],
    ids=["time", "memory"],
)
def test_a_picture_that_costs_too_much_is_told(with_photo, monkeypatch, limits):
    monkeypatch.setattr(pictures, "LIMITS", limits)
    file = io.BytesIO()
    Image.new("RGBA", (7000, 7000)).save(
        file, "PNG", compress_level=1
    )  # twice 196 MB in memory
    site = with_photo(file.getvalue())
    assert the_problem(site) == ("G006", "content/media/face.png", 0)


def test_the_largest_picture_that_is_allowed_is_made(with_photo):
    file = io.BytesIO()
    Image.new("RGBA", (7071, 7071)).save(file, "PNG", compress_level=1)
    result, found = made(with_photo(file.getvalue()))
    assert ([s.width for s in result.pictures["face.png"].sizes], found) == (
        [320, 720, 1600],
        [],
    )


def test_a_link_is_not_followed(with_photo, tmp_path):
    site = with_photo(picture())
    (tmp_path / "outside.png").write_bytes(picture())
    place = site.root / MEDIA / "face.png"
    sources, media, _ = disk.sources(site.root)
    place.unlink()
    place.symlink_to(tmp_path / "outside.png")
    read, _ = records.read(sources)
    result, [problem] = pictures.of(read, {}, media, root=site.root, built=BUILT, jobs=1)
    assert (dict(result.data), problem.code) == ({}, "K002")


# --- consent ---


@pytest.mark.parametrize(
    "card",
    [
        {"status": "paused"},
        {"status": "withdrawn"},
        {"scope": ["print"]},
        {"review_after": "2026-01-01", "after_review": "restrict"},
    ],
)
def test_a_picture_without_consent_is_not_even_made(with_photo, card):
    site = with_photo(picture(), "consent: c-1\n").consent("c-1", given_by="p-1", **card)
    assert the_problem(site) == ("G014", "content/people/p-1.yaml", 3)
    assert kept(site) == {}


def test_a_picture_is_hidden_with_whoever_gave_it(with_photo):
    site = with_photo(picture(), "consent: c-1\n").consent("c-1", given_by="p-2")
    site.person("p-2", names=None, protect="restricted")
    assert the_problem(site)[0] == "G014"


def test_a_picture_with_consent_is_shown(with_photo):
    site = with_photo(picture(), "consent: c-1\n").consent("c-1", given_by="p-1")
    result, found = made(site)
    assert (len(result.data), found) == (1, [])
