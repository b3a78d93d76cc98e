"""Pictures and recordings as they are published, with what is told of them, as sources again.

A picture is taken over in all its finished sizes: from a smaller one no build could make the
larger, and what is larger than that nobody gets. A recording is cleaned once more when it is
built, which changes nothing in what is clean.
"""

from __future__ import annotations

import base64
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from aigaq.archive.public import Picture
from aigaq.mirror.export import bodies, layout, texts
from aigaq.words import cues

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from aigaq.archive.public import PublicArchive, Recording
    from aigaq.mirror.export.records import Unnamed

    Files = Iterator[tuple[str, layout.Data]]

_FOLDER = "content/media/"
_CARD = "kept-back"
# No file has the name that it has in the output: names that editors gave may stand nowhere.
_OURS = "file-"
# One grey pixel, which no build shows: what is kept back must be a file.
_PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNoAAAAggCBd81ytgAAAABJRU5ErkJggg=="
)


@dataclass
class Names:
    """Names for finished files: that of the file in the output, with a number for each twin.

    Two records of one file may say different things of it, so each has a file of its own.
    """

    _known: dict[Picture | Recording, str] = field(default_factory=dict)
    _count: dict[str, int] = field(default_factory=dict)

    def of(self, one: Picture | Recording | None) -> str:
        if one is None:
            return ""
        if one not in self._known:
            self._known[one] = self._new(_base(one))
        return self._known[one]

    def _new(self, base: str) -> str:
        number = self._count[base] = self._count.get(base, 0) + 1
        stem, dot, ending = base.rpartition(".")
        twin = "" if number == 1 else f"-{number}"
        return f"{stem[:2]}/{_OURS}{stem}{twin}{dot}{ending}"

    def __iter__(self) -> Iterator[tuple[str, Picture | Recording]]:
        return iter([(name, one) for one, name in self._known.items()])


def _base(one: Picture | Recording) -> str:
    if one.path:
        return one.path.rpartition("/")[2]
    ending = "mp4" if getattr(one, "kind", "") == "video" else "mp3"
    return f"elsewhere.{ending}"


def of(archive: PublicArchive, target: Path, names: Names) -> Files:
    """The files of all that was named, from the release in `target`; call it last."""
    for name, one in names:
        if isinstance(one, Picture):
            yield from _picture(archive, target, name, one)
        else:
            yield from _recording(archive, target, name, one)


def kept_back(unnamed: Unnamed) -> Files:
    """The picture that stands where one is kept back, and the card that keeps it back."""
    sidecar = {"alt": layout.NOT_TOLD, "consent": _CARD}
    yield _FOLDER + bodies.KEPT_BACK, _PIXEL
    yield f"{_FOLDER}{bodies.KEPT_BACK}.yaml", layout.record(sidecar)
    card = {"given_by": unnamed(), "scope": "print"}
    yield layout.path("consent", f"{_CARD}.yaml"), layout.record(card)


def _consent(archive: PublicArchive, one: Picture | Recording) -> str:
    scope = archive.media_scopes.get(one.address)
    return "" if scope is None else texts.consent_id(scope)


def _picture(archive: PublicArchive, target: Path, name: str, picture: Picture) -> Files:
    folder = name.rpartition("/")[0]
    sizes = [f"{folder}/{_OURS}{size.path.rpartition('/')[2]}" for size in picture.smaller]
    for size, place in zip(picture.sizes, [*sizes, name], strict=True):
        yield _FOLDER + place, target / size.path
    sidecar = {
        "alt": picture.alt,
        "caption": picture.caption,
        "credit": picture.credit,
        "consent": _consent(archive, picture),
        "finished": [*sizes, name],
    }
    yield f"{_FOLDER}{name}.yaml", layout.record(sidecar)


def _recording(archive: PublicArchive, target: Path, name: str, one: Recording) -> Files:
    if one.path:
        yield _FOLDER + name, target / one.path
    sidecar = {
        "caption": one.caption,
        "credit": one.credit,
        "consent": _consent(archive, one),
        "transcript": f"{name}.vtt",
        "language": one.lang,
        "voice": "changed" if one.voice_changed else "",
        "hosts": one.hosts,
        "sha256": one.sha256,
    }
    yield f"{_FOLDER}{name}.yaml", layout.record(sidecar)
    yield f"{_FOLDER}{name}.vtt", cues.webvtt(one.cues).encode()
