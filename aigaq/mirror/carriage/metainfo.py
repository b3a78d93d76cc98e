"""What a torrent by a stranger names, and whether it may be used at all."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib import parse

from aigaq.mirror import sources, torrent_file
from aigaq.mirror.carriage import swarm
from aigaq.output import paths, refusal
from aigaq.words.diagnostics import Problem, Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from aigaq.mirror.carriage import Limits

NOT_A_TORRENT = Problem(
    "A093",
    "this is no torrent of a site: {reason}",
    "Name a site.torrent that `aigaq mirror pack` has made, or a magnet link of one; or take"
    " another copy.",
)

LARGEST = 1 << 26  # bytes of a torrent
_MOST_SEEDS = 50  # web servers that one torrent may have us ask
_LIMITS = {"max_decode_tokens": 16_000_000, "max_decode_depth": 40, "max_pieces": 1 << 22}


@dataclass(frozen=True, slots=True)
class Metainfo:
    """A torrent that may be used. `index` and `sizes` have its files by their safe paths."""

    parameters: Any
    index: Mapping[str, int]
    sizes: Mapping[str, int]

    @property
    def digest(self) -> str:
        """The info-hash: 40 digits and letters."""
        return str(self.parameters.ti.info_hashes().v1)

    @property
    def count(self) -> int:
        """Files, also those that only fill up pieces."""
        return int(self.parameters.ti.num_files())


def read(data: bytes, shown: str) -> Metainfo:
    """A torrent as it is stored. Raises `NotPossibleNow` for one that is not to be used."""
    lt = torrent_file.library()
    if len(data) > LARGEST:
        raise _refused(shown, "it is too large")
    try:
        found = lt.load_torrent_buffer(data, _LIMITS)
    except (RuntimeError, ValueError, TypeError):
        raise _refused(shown, "it cannot be read") from None
    return _checked(found, shown)


def of_place(place: str, shown: str, limits: Limits) -> bytes:
    """The bytes of a torrent by its path or address, cut off where they are too many."""
    if not place.lower().startswith(("http://", "https://")):
        try:
            with Path(place).open("rb") as file:
                return file.read(LARGEST + 1)
        except OSError as error:
            raise sources.unreachable(shown, error) from error
    from aigaq.mirror.carriage import web  # noqa: PLC0415 - ssl and more, for an address only

    folder, _, name = place.rpartition("/")
    source = web.Web(f"{folder}/", limits=limits)
    try:
        return sources.read(source, parse.unquote(name), LARGEST)
    except sources.MissingError:
        raise _refused(shown, "there is no such file") from None
    finally:
        source.close()


def of_magnet(
    link: str, shown: str, at: Path, reach: swarm.Reach, patience: swarm.Patience
) -> Metainfo:
    """The torrent of a magnet link, from those who have it: `at` is an empty folder."""
    lt = torrent_file.library()
    try:
        asked = lt.parse_magnet_uri(link)
    except RuntimeError:
        raise _refused(shown, "it is no magnet link") from None
    seeds, peers = list(asked.url_seeds), list(asked.peers)
    trackers = list(asked.trackers)
    session = swarm.Swarm(asked, at, reach)
    try:
        while not session.handle.status().has_metadata:
            session.wait()
            patience.at(0, shown)
        found = lt.add_torrent_params()
        found.ti = session.handle.torrent_file()
    finally:
        session.leave()
    found.url_seeds, found.peers, found.trackers = seeds, peers, trackers
    return _checked(found, shown)


def _checked(found: Any, shown: str) -> Metainfo:
    """Names as they are written, and not as libtorrent would mend them."""
    lt = torrent_file.library()
    if not found.ti.info_hashes().has_v1():
        raise _refused(shown, "it is of version 2 only")
    try:
        written = lt.bdecode(found.ti.info_section()).get(b"files")
    except RuntimeError:
        raise _refused(shown, "it has too many files") from None
    layout, register = found.ti.layout(), paths.Register()
    if not isinstance(written, list) or len(written) != layout.num_files():
        raise _refused(shown, "it is of one file")
    index: dict[str, int] = {}
    for number, entry in enumerate(written):
        flags = layout.file_flags(number)
        if flags & lt.file_storage.flag_pad_file:
            continue
        path = _path(entry.get(b"path"))
        if flags & lt.file_storage.flag_symlink or not path or not register.accepts(path):
            raise _refused(shown, f"a file in it is called {sources.shown(path) or 'nothing'}")
        index[path] = number
    found.url_seeds, found.http_seeds = _web_seeds(found.url_seeds), []
    found.renamed_files = {number: path for path, number in index.items()}
    return Metainfo(found, index, {p: layout.file_size(n) for p, n in index.items()})


def _web_seeds(addresses: Iterable[str]) -> list[str]:
    """Those that may be asked: no onion services, of which name servers would hear."""
    hosts = ((address, _host(address)) for address in addresses)
    good = [address for address, host in hosts if host and not host.endswith(".onion")]
    return good[:_MOST_SEEDS]


def _host(address: str) -> str:
    try:
        parts = parse.urlsplit(address)
    except ValueError:
        return ""
    return (parts.hostname or "") if parts.scheme in ("http", "https") else ""


def _path(parts: object) -> str:
    """A path of its parts; empty where it is none, or one part would be several."""
    if not isinstance(parts, list) or any(b"/" in part for part in parts):
        return ""
    return "/".join(part.decode("utf-8", "surrogateescape") for part in parts)


def _refused(shown: str, reason: str) -> refusal.NotPossibleNow:
    return refusal.NotPossibleNow(NOT_A_TORRENT.at(Span(shown), reason=reason))
