"""What a torrent or an archive of a release holds, in which order, and how it is called."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import takewhile
from typing import TYPE_CHECKING
from urllib import parse

from aigaq.mirror import keygen, manifest, signatures, sources, statement
from aigaq.output import refusal
from aigaq.words.diagnostics import Problem, Span

if TYPE_CHECKING:
    from pathlib import Path

    from aigaq.mirror.statement import Release

UNSIGNED = Problem(
    "A090",
    "this release has no signature yet, so nobody could check what carries it",
    "Sign it with `aigaq mirror sign`, commit releases/, and run the same command again: it"
    " makes the same release with its signatures.",
)
NOT_WHOLE = Problem(
    "A091",
    "this was changed or taken away since the release was packed",
    "Run `aigaq mirror pack` again, and let no other program write into the folder.",
)


@dataclass(frozen=True, slots=True)
class Payload:
    """A signed release in a folder. `paths` begin with those by which the others are judged."""

    folder: Path
    release: Release
    paths: tuple[str, ...]

    @property
    def name(self) -> str:
        """What folders of copies are called, in torrents and archives."""
        return name(self.release.site)

    def beside(self, suffix: str) -> Path:
        """The place of an archive of this release."""
        called = f"{self.name}-{self.release.seq}.{suffix}"
        return self.folder.absolute().parent / called


def of(folder: Path) -> Payload:
    """The release in a folder: all but `source.git/`, `site.torrent`, hint and marker.

    Raises `Refused` where there is none, or none that anybody has signed.
    """
    source = sources.Folder(folder)
    raw = sources.small(source, manifest.STATEMENT, statement.LARGEST) or b""
    release, problems = statement.read(raw)
    if release is None:
        raise refusal.Refused(*problems)
    signed = tuple(takewhile(lambda one: (folder / one).is_file(), signatures.names()))
    if not any(keygen.fits(raw, folder / one) for one in signed):
        raise refusal.Refused(UNSIGNED.at(Span(str(folder))))
    listed = sources.small(source, manifest.NAME, 1 << 28) or b""
    digests, problems = manifest.read(listed)
    if manifest.digest(listed) != release.manifest or problems:
        raise refusal.Refused(NOT_WHOLE.at(Span(manifest.NAME)))
    heads = (manifest.STATEMENT, *signed, manifest.LEDGER, manifest.NAME)
    return Payload(folder, release, (*heads, *digests))


def name(site: str) -> str:
    """The last part of an archive's address, or its host: `archive.example.org`."""
    address = parse.urlsplit(site)
    last = address.path.rstrip("/").rpartition("/")[2]
    made = re.sub(r"[^\w.-]", "_", last or address.hostname or "", flags=re.ASCII)
    return made.strip(".") or "site"
