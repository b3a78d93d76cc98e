"""How many peers have all of a torrent, as far as one who gives it to them can see."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from aigaq.mirror import torrent_file

if TYPE_CHECKING:
    from collections.abc import Iterable

_BLOCK = 1 << 14  # bytes, by the protocol
_NEAR = 512  # pieces: whoever lacks more is not looked at closely


class Copies:
    """Counts each peer once, by the name of its session; what it says of itself is believed.

    A peer has all of it when it says so. Most clients part from seeds the moment they are whole
    and never say so: they count, too, if they had or were sent every piece when they parted.
    """

    def __init__(self, pieces: int, piece_length: int, last_length: int) -> None:
        self._lt = torrent_file.library()
        self._pieces = pieces
        self._each = max(1, piece_length // _BLOCK)  # blocks of a piece
        self._last = max(1, -(-last_length // _BLOCK))  # of the last one
        self._sent: dict[str, bytearray] = {}
        self._had: dict[str, bytes] = {}
        self._near = max(_NEAR, pieces // 50)
        self.here = 0
        self.whole: set[str] = set()

    def see(self, peers: Iterable[Any], alerts: Iterable[Any]) -> None:
        """What is to be seen now, and what has happened since the last time."""
        for one in alerts:
            if isinstance(one, self._lt.block_uploaded_alert):
                self._note(str(one.pid), one.piece_index, one.block_index)
            elif isinstance(one, self._lt.peer_disconnected_alert):
                self._part(str(one.pid))
        self.here = 0
        for peer in peers:
            if peer.connection_type != self._lt.peer_info.standard_bittorrent:
                continue
            self.here += 1
            name = str(peer.pid)
            if peer.flags & self._lt.peer_info.seed:
                self.whole.add(name)
            elif self._pieces - peer.num_pieces <= self._near:
                self._had[name] = bytes(peer.pieces)

    def _note(self, name: str, piece: int, block: int) -> None:
        blocks = self._sent.get(name)
        if blocks is None:
            blocks = self._sent[name] = bytearray((self._pieces - 1) * self._each + self._last)
        number = piece * self._each + block
        if 0 <= number < len(blocks):
            blocks[number] = 1

    def _part(self, name: str) -> None:
        sent, had = self._sent.pop(name, b""), self._had.pop(name, bytes(self._pieces))
        if sent and all(had[n] or self._was_sent(sent, n) for n in range(self._pieces)):
            self.whole.add(name)

    def _was_sent(self, sent: bytearray | bytes, piece: int) -> bool:
        return all(sent[piece * self._each : (piece + 1) * self._each])
