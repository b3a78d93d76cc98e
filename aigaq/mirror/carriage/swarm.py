"""A BitTorrent session that tells nobody of itself unless it is asked to."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from aigaq.mirror import sources, torrent_file
from aigaq.output import refusal
from aigaq.words.diagnostics import Span

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from aigaq.mirror.carriage import Limits
    from aigaq.mirror.carriage.metainfo import Metainfo

Peer = tuple[str, int]
PORT = 6881
_POLL = 0.1  # seconds
_AGAIN = 2.0  # seconds without progress until we ask again


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """Whom a session speaks to: peers and web seeds that it was told of, and nobody else.

    `listen` is where others may reach it (`127.0.0.1:6881`, several joined by commas), nowhere
    if it is empty. With `find` the public network is asked for peers, too: DHT, other peers,
    and the trackers that a torrent names. Those then learn the address of this computer.
    """

    listen: str = ""
    peers: tuple[Peer, ...] = ()
    find: bool = False


QUIET = Reach()


class Patience:
    """How long we wait for others, by the limits for strangers, and until `ends` at most."""

    def __init__(self, limits: Limits, ends: float) -> None:
        self._limits, self._ends = limits, ends
        self._begun = self._last = self._asked = time.monotonic()
        self._most = self._first = -1
        self._times = 0

    def at(self, received: int, shown: str, *, counts: bool = True) -> int:
        """`received` bytes are here. Raises `NotPossibleNow` where that took too long.

        Only more than ever before is progress: who sends wrong pieces does not keep us.
        Not 0 now and then while nothing comes: it is time to ask for the how-manieth time.
        """
        now = time.monotonic()
        if self._first < 0 or not counts:
            self._begun = self._last = now
            self._most = self._first = received
        if received > self._most:
            self._most, self._last, self._times = received, now, 0
        earned = self._limits.stall + (self._most - self._first) / self._limits.slowest
        slow = now - self._last > self._limits.stall or now - self._begun > earned
        if slow or now > self._ends:
            raise failed(shown, "nobody sends what is missing, or not fast enough")
        if now - max(self._last, self._asked) < _AGAIN:
            return 0
        self._asked = now
        self._times += 1
        return self._times


def failed(shown: str, reason: str) -> refusal.NotPossibleNow:
    """The refusal for a torrent that cannot be fetched."""
    return refusal.NotPossibleNow(sources.UNREACHABLE.at(Span(shown), reason=reason))


class Swarm:
    """One torrent in a session of its own, in a folder. `at` is where its files lie."""

    def __init__(self, torrent: Any, at: Path, reach: Reach, *, seeding: bool = False) -> None:
        self._lt = torrent_file.library()
        self._session = self._lt.session(self._settings(reach))
        flags = self._lt.torrent_flags
        torrent.save_path = str(at)
        torrent.flags &= ~(flags.auto_managed | flags.paused | flags.update_subscribe)
        if seeding:  # upload mode: never writes into the folder, whatever its bytes become
            torrent.flags |= flags.seed_mode | flags.upload_mode
            torrent.url_seeds = []
        else:
            torrent.flags |= flags.default_dont_download
        if not reach.find:
            torrent.flags |= flags.disable_dht | flags.disable_pex | flags.disable_lsd
            torrent.trackers, torrent.dht_nodes = [], []
        self.handle = self._session.add_torrent(torrent)
        self._peers = reach.peers
        self.call()

    @property
    def port(self) -> int:
        """Where it listens."""
        return int(self._session.listen_port())

    def call(self) -> None:
        """Connects to the peers that it was told of; those that are there are left alone.

        libtorrent tries three times, and then never again.
        """
        for peer in self._peers:
            self.handle.connect_peer(peer)

    def wait(self) -> list[Any]:
        """What has happened, after a tenth of a second at most."""
        self._session.wait_for_alert(int(_POLL * 1000))
        return list(self._session.pop_alerts())

    def want(self, paths: Iterable[str], known: Metainfo) -> None:
        """Asks for these files and no others, and once more of peers who wait for a question.

        libtorrent does not ask an idle peer again after another one's piece did not fit.
        """
        self.call()
        none = [0] * known.count
        self.handle.prioritize_files(none)
        for path in paths:
            none[known.index[path]] = 4
        self.handle.prioritize_files(none)

    def watch(self, at: Path) -> None:
        """As `wait`. Raises `NotPossibleNow` where the disk refuses what has come."""
        for one in self.wait():
            if isinstance(one, self._lt.file_error_alert):
                error = OSError(one.error.value(), one.error.message())
                raise refusal.not_possible(at, error)

    def whole(self, paths: Iterable[str], known: Metainfo) -> set[str]:
        """Which of these files have come, and fit the torrent."""
        pieces = self._lt.torrent_handle.piece_granularity
        come = self.handle.file_progress(flags=pieces)
        return {path for path in paths if come[known.index[path]] >= known.sizes[path]}

    @property
    def received(self) -> int:
        """Bytes that are there: less again where a piece did not fit."""
        return int(self.handle.status().total_done)

    @property
    def sent_to_us(self) -> int:
        """Bytes that have come, also those that did not fit."""
        return int(self.handle.status().total_payload_download)

    @property
    def is_checking(self) -> bool:
        """Whether it still looks through what was there before."""
        states = self._lt.torrent_status.states
        return self.handle.status().state in (
            states.checking_files,
            states.checking_resume_data,
        )

    def peers(self) -> list[Any]:
        """Whoever is connected, as libtorrent tells of them."""
        return list(self.handle.get_peer_info())

    def flushed(self, seconds: float) -> bool:
        """Whether all that has come is in the files, within a time."""
        self.handle.flush_cache()
        ends = time.monotonic() + seconds
        while time.monotonic() < ends:
            if any(isinstance(one, self._lt.cache_flushed_alert) for one in self.wait()):
                return True
        return False

    def leave(self) -> None:
        """Ends the session and closes its files, which stay."""
        self._session.pause()
        self._session.remove_torrent(self.handle)
        ends = time.monotonic() + 5
        while time.monotonic() < ends:
            if any(isinstance(one, self._lt.torrent_removed_alert) for one in self.wait()):
                break
        del self._session

    def _settings(self, reach: Reach) -> dict[str, Any]:
        kinds = self._lt.alert_category
        return {
            "alert_mask": kinds.error
            | kinds.status
            | kinds.storage
            | kinds.connect
            | kinds.piece_progress
            | kinds.upload,
            "alert_queue_size": 20_000,
            "listen_interfaces": reach.listen,
            "max_retry_port_bind": 0,  # another port would not be the one that was told
            "listen_system_port_fallback": False,
            "enable_dht": reach.find,
            "enable_lsd": False,
            "enable_upnp": False,
            "enable_natpmp": False,
            "enable_outgoing_utp": reach.find,  # others may come by uTP
            "user_agent": "aigaq",
            "handshake_client_version": "aigaq",
            "allow_multiple_connections_per_ip": True,  # mirrors behind one address
            "close_redundant_connections": False,  # whoever is whole stays to be counted
            "max_metadata_size": 1 << 26,
            "connections_limit": 200,
            "file_pool_size": 100,
            "aio_threads": 2,
            "hashing_threads": 1,
            "max_peerlist_size": 500,
            "min_reconnect_time": 2,
            "peer_timeout": 30,
            "urlseed_timeout": 20,
            "urlseed_wait_retry": 10,
        }
