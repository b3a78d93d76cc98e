"""`site.torrent`: BitTorrent v1 in small pieces, web servers as seeds, no trackers.

Law: the same release with the same signatures gives the same bytes. It vouches for nothing:
whoever fetches by it checks the signatures as with any other copy.
"""

from __future__ import annotations

import datetime
import hashlib
import importlib
from typing import TYPE_CHECKING, Any
from urllib import parse

from aigaq.mirror import manifest, memory, mirror_list, sources
from aigaq.mirror.payload import NOT_WHOLE
from aigaq.output import refusal
from aigaq.words.diagnostics import Problem, Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from aigaq.mirror.payload import Payload

NO_LIBTORRENT = Problem(
    "A092",
    "there is no libtorrent 2.1 or newer here, which makes, fetches and seeds torrents",
    "Install it where aigaq is: `python -m pip install 'libtorrent>=2.1'`. All else works"
    " without it.",
)

NAME = "site.torrent"
_SMALLEST = 1 << 14  # bytes of a piece
_SMALL = 1 << 29  # bytes of a release up to which pieces are that small
_MOST = 1 << 20  # pieces: of more, the torrent itself would be a large file
_READ = 1 << 20  # bytes


def library() -> Any:
    """libtorrent; raises `Refused` where it is not installed, or too old."""
    try:
        found = importlib.import_module("libtorrent")
    except ImportError:
        found = None
    if not hasattr(found, "create_file_entry"):
        raise refusal.Refused(NO_LIBTORRENT.at(Span("libtorrent")))
    return found


def write(payload: Payload) -> Path:
    """Puts it into the folder of the release. Raises `Refused`."""
    place = payload.folder / NAME
    memory.replace(place, made(payload))
    return place


def made(payload: Payload) -> bytes:
    """The file, with the archive's address and the mirrors that the release names as seeds."""
    lt = library()
    sizes = [_size(payload, path) for path in payload.paths]
    files = [
        lt.create_file_entry(f"{payload.name}/{path}", size)
        for path, size in zip(payload.paths, sizes, strict=True)
    ]
    length = piece_length(sum(sizes))
    new = lt.create_torrent(files, length, flags=lt.create_torrent.v1_only)
    for number, digest in enumerate(_digests(payload, sizes, length)):
        new.set_hash(number, digest)
    for address in web_seeds(payload):
        new.add_url_seed(address)
    day = datetime.datetime.combine(payload.release.date, datetime.time(), datetime.UTC)
    new.set_creation_date(int(day.timestamp()))
    entry = new.generate()
    entry.pop(b"created by", None)
    return bytes(lt.bencode(entry))


def piece_length(size: int) -> int:
    """Bytes of a piece: an edit costs about one for each file that it changes."""
    length = _SMALLEST if size <= _SMALL else 2 * _SMALLEST
    while size > length * _MOST:
        length *= 2
    return length


def web_seeds(payload: Payload) -> tuple[str, ...]:
    """Where web servers have the files: BEP 19 adds the torrent's name to each address.

    Onion services are left out: a client that is not behind Tor would ask the name server of
    its provider for them.
    """
    place = payload.folder / manifest.MIRRORS
    mirrors, _ = mirror_list.read(place.read_bytes() if place.is_file() else b"", place.name)
    addresses = (payload.release.site, *(mirror.address for mirror in mirrors))
    return tuple(dict.fromkeys(_seeds(addresses, payload.name)))


def _seeds(addresses: Iterable[str], name: str) -> Iterator[str]:
    for address in addresses:
        parts = parse.urlsplit(address)
        host = parts.hostname or ""
        if parts.scheme not in ("http", "https") or host.endswith(".onion"):
            continue
        above, _, last = parts.path.rstrip("/").rpartition("/")
        path = above if last == name else parts.path.rstrip("/")
        yield parse.urlunsplit((parts.scheme, parts.netloc, f"{path}/", "", ""))


def _size(payload: Payload, path: str) -> int:
    try:
        return (payload.folder / path).lstat().st_size
    except OSError:
        raise _changed(path) from None


def _digests(payload: Payload, sizes: Iterable[int], length: int) -> Iterator[bytes]:
    """SHA-1 of each piece: what the protocol asks for, and no more than that."""
    made, room = hashlib.sha1(usedforsecurity=False), length
    source = sources.Folder(payload.folder)
    for path, size in zip(payload.paths, sizes, strict=True):
        left = size
        try:
            with source.open(path) as file:
                while part := file.read(min(room, _READ)):
                    made.update(part)
                    left, room = left - len(part), room - len(part)
                    if not room:
                        yield made.digest()
                        made, room = hashlib.sha1(usedforsecurity=False), length
        except sources.MissingError:
            raise _changed(path) from None
        if left:
            raise _changed(path)
    if room < length:
        yield made.digest()


def _changed(path: str) -> refusal.Refused:
    return refusal.Refused(NOT_WHOLE.at(Span(path)))
