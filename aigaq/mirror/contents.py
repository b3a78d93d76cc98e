"""Whether a copy has just the files of its manifest, each with the bytes that were signed."""

from __future__ import annotations

from itertools import takewhile
from typing import TYPE_CHECKING

from aigaq.mirror import hashing, manifest, signatures, sources, stretches
from aigaq.output import targets
from aigaq.words.diagnostics import Problem, Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from aigaq.mirror.sources import Listing, Source
    from aigaq.mirror.statement import Release
    from aigaq.words.diagnostics import Diagnostic

CHANGED = Problem(
    "A033",
    "this file is not the one that was signed",
    "Take this file from another copy, and tell who runs this one.",
)
MISSING = Problem(
    "A034",
    "this file is missing",
    "Take it from another copy. If pages were taken out on purpose, nobody has signed that.",
)
EXTRA = Problem(
    "A035",
    "this file does not belong to the release",
    "Do not read it; delete it. If this is your own server, let no program add files here.",
)
STRANGE = Problem(
    "A036",
    "this is a {what}, and a release has plain files only",
    "Delete it, and put the file itself in its place if there is one.",
)
UNKNOWN_PAGE = Problem(
    "A037",
    "the release has no such file",
    "Name it as it stands below the folder of the site: en/testimonies/t-7k3q.html.",
)
NOT_OURS = Problem(
    "A038",
    "this file may only hold the two lines that the program writes into it",
    "Delete it: readers do not need it.",
)


def strangers(
    source: Source, digests: Mapping[str, str], listing: Listing | None, release: Release
) -> Iterator[Diagnostic]:
    """What is there and does not belong, where that can be seen.

    A signature does not belong behind a name that is free: a server's copy is read up to there.
    """
    if listing is None:
        return
    for path, what in listing.strange:
        yield STRANGE.at(Span(sources.shown(path)), what=what)
    signed = {*takewhile(listing.files.__contains__, signatures.names())}
    for path in sorted(listing.files - digests.keys() - signed):
        if not manifest.is_detached(path) or manifest.SIGNATURE.fullmatch(path):
            yield EXTRA.at(Span(sources.shown(path)))
    if targets.MARKER in listing.files:
        wanted = targets.marker(release.date)
        if sources.small(source, targets.MARKER, len(wanted)) != wanted:
            yield NOT_OURS.at(Span(targets.MARKER))
    if manifest.HINT in listing.files:
        wanted = stretches.text(manifest.text(digests).encode())
        if sources.small(source, manifest.HINT, len(wanted)) != wanted:
            yield EXTRA.at(Span(manifest.HINT))


def altered(
    source: Source,
    digests: Mapping[str, str],
    paths: Sequence[str],
    listing: Listing | None,
) -> Iterator[Diagnostic]:
    """Files that are not as they were signed, and, where that can be seen, any that lacks."""
    gone = digests.keys() - listing.files if listing else frozenset[str]()
    for path in sorted(gone):
        yield MISSING.at(Span(path))
    for path in set(paths) - digests.keys():
        yield UNKNOWN_PAGE.at(Span(sources.shown(path)))
    here = [path for path in paths if path in digests and path not in gone]
    for path, digest in hashing.digests(source, here):
        if digest != digests[path]:
            yield (CHANGED if digest else MISSING).at(Span(path))
