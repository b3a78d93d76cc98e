"""A release carried by git: the signed lines and the sources come, the files are made here.

Whoever has the release before fetches what has changed in the sources and no page. The sources
are built only when somebody has judged RELEASE (`trusts`) and they are those that it names by
their digest; whether the bytes are right, the manifest judges as with every other carrier.
"""

from __future__ import annotations

import contextlib
import io
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from aigaq.mirror import git, hashing, manifest, rebuilding, sources, statement
from aigaq.mirror.carriage import web
from aigaq.mirror.export import history
from aigaq.output import aside, refusal

if TYPE_CHECKING:
    from collections.abc import Sequence

    from aigaq.mirror.carriage import Limits
    from aigaq.mirror.rebuilding import Build

_SEALED = f"refs/heads/{history.SEALED}"
_REFS = 4096  # bytes of the list of two branches
_MOST = 1 << 27  # bytes of what is signed: twice the largest ledger


class Git:
    """A `source.git`, or a copy of it elsewhere. `build` is asked for all other files."""

    together = True  # one file costs as much as all

    def __init__(self, place: str, *, limits: Limits, build: Build | None = None) -> None:
        self._place, self._limits, self._build = place, limits, build
        self._room = tempfile.TemporaryDirectory(prefix="aigaq-", ignore_cleanup_errors=True)
        self._repository: Path | None = None
        self._held: dict[str, bytes] = {}
        self._trusted = b""
        self._site: sources.Folder | None = None

    @property
    def name(self) -> str:
        return self._place

    def trusts(self, raw: bytes) -> None:
        """That this RELEASE is signed by enough: what it names may be built."""
        self._trusted = raw

    def listing(self) -> None:
        """Nobody can add files to what is made here."""
        return

    def open(self, path: str) -> BinaryIO:
        held = self._sealed()
        if path in held:
            return io.BytesIO(held[path])
        if manifest.is_detached(path) and path != manifest.NAME:
            raise sources.MissingError(path)
        return self._made(path).open(path)

    def bring(self, paths: Sequence[str], into: Path) -> None:
        for path in paths:
            try:
                with self.open(path) as file, refusal.disk_errors(into):
                    place = into / path
                    place.parent.mkdir(parents=True, exist_ok=True)
                    with aside.replacing(place, lasting=False) as fresh:
                        fresh.write_bytes(file.read())
            except sources.MissingError:
                continue

    def close(self) -> None:
        self._room.cleanup()

    def _fetched(self) -> Path:
        """The repository, brought up to date once; what was fetched before is not again."""
        if self._repository is None or not self._repository.is_dir():
            place = git.kept(self._place) or Path(self._room.name) / "git"
            whole = min(self._limits.whole, git.WHOLE)
            if not self._is_brought(place):
                git.fetched(self._place, place, whole=whole)
            self._repository = place
        return self._repository

    def _is_brought(self, place: Path) -> bool:
        """Whether all is here, or has come in one file for those who had the release before.

        Only on a plain web server the release lies in files. What is odd is left to git.
        """
        address = self._place.removeprefix("git+")
        if not git.commit(place, _SEALED) or not address.startswith(("http://", "https://")):
            return False
        try:
            with contextlib.closing(web.Web(address, limits=self._limits)) as server:
                wanted = sources.read(server, "info/refs", _REFS)
                if git.refs(place) == wanted:
                    return True
                bundle = sources.read(server, history.BUNDLE, history.LARGEST)
            git.unbundled(bundle, place)
        except (refusal.Refused, sources.MissingError):
            return False
        return git.refs(place) == wanted

    def _sealed(self) -> dict[str, bytes]:
        if not self._held:
            files = git.read_anew(self._fetched, _signed)
            ledger = history.joined(files)
            lists = {path: data for path, data in files.items() if "/" not in path}
            self._held = lists | {manifest.LEDGER: ledger}
        return self._held

    def _made(self, path: str) -> sources.Folder:
        """The site, with its manifest, made once."""
        held = self._sealed()
        raw = held.get(manifest.STATEMENT, b"")
        release, _ = statement.read(raw)
        if self._build is None or release is None or raw != self._trusted:
            raise sources.MissingError(path)
        if self._site is None:
            room = Path(self._room.name)
            place = room / rebuilding.SOURCES
            files = git.read_anew(
                self._fetched, lambda here: rebuilding.signed_files(here, release, place)
            )
            with rebuilding.built(files, room, release.date, self._build) as site:
                self._site = sources.Folder(site)
            _listed(self._site, held)
        return self._site


def _signed(place: Path) -> dict[str, bytes]:
    if not git.commit(place, _SEALED):
        raise sources.MissingError(manifest.STATEMENT)
    return git.files(place, _SEALED, _MOST)


def _listed(site: sources.Folder, held: dict[str, bytes]) -> None:
    """Writes the manifest of what was made, and the lists that people wrote."""
    listing = site.listing()
    assert listing is not None
    for path in rebuilding.LISTS & held.keys():
        (site.place / path).write_bytes(held[path])
    paths = sorted(p for p in listing.files | (rebuilding.LISTS & held.keys()))
    digests = dict(hashing.digests(site, [p for p in paths if manifest.may_be_listed(p)]))
    (site.place / manifest.NAME).write_text(manifest.text(digests), "utf-8")
