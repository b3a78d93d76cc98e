"""Connections to a server that may be slow, endless or silent: each answer has its time."""

from __future__ import annotations

import io
import ssl
import time
from contextlib import suppress
from http import client
from socket import SHUT_RDWR
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import socket

    from aigaq.mirror.carriage import Limits


_HEADS = 1 << 20  # bytes that may come with a file


class Meter:
    """How long this answer has kept us waiting, and for how many bytes.

    Only waiting counts: what is done with the bytes may take as long as it likes.
    """

    def __init__(self, limits: Limits, ends: float) -> None:
        self._limits, self._ends = limits, ends
        self._waited = 0.0
        self._received = 0
        self.total = 0  # bytes of all answers, with their heads

    def begin(self) -> None:
        """A new answer is waited for."""
        self._waited, self._received = 0.0, 0

    def received(self, socket: socket.socket, raw: Any, into: Any) -> int:
        """What has come of `raw`, which reads from the socket.

        Raises `TimeoutError` where an answer has used up its time, `HTTPException` where it is
        larger than any file, be it heads without end.
        """
        if self._received > self._limits.largest + _HEADS:
            raise client.HTTPException
        now = time.monotonic()
        earned = self._limits.stall + self._received / self._limits.slowest
        left = min(self._limits.stall, earned - self._waited, self._ends - now)
        if left <= 0:
            raise TimeoutError
        socket.settimeout(left)
        count: int = raw.readinto(into)
        self._waited += time.monotonic() - now
        self._received += count
        self.total += count
        return count


class _Flow(io.RawIOBase):
    """What comes from a socket, by a meter; it keeps the socket open as a file of it does."""

    def __init__(self, socket: socket.socket, meter: Meter) -> None:
        self._socket, self._meter = socket, meter
        self._raw: Any = socket.makefile("rb", buffering=0)

    def readable(self) -> bool:
        return True

    def readinto(self, into: Any) -> int:
        return self._meter.received(self._socket, self._raw, into)

    def close(self) -> None:
        self._raw.close()
        super().close()


class _Wire:
    """As much of a socket as `http.client` uses."""

    def __init__(self, socket: socket.socket, meter: Meter, stall: float) -> None:
        self._socket, self._meter, self._stall = socket, meter, stall

    def sendall(self, data: bytes) -> None:
        self._socket.settimeout(self._stall)
        self._socket.sendall(data)

    def makefile(self, _: str) -> io.BufferedReader:
        return io.BufferedReader(_Flow(self._socket, self._meter), 1 << 16)

    def close(self) -> None:
        self._socket.close()


class Line(client.HTTPConnection):
    """A connection with a meter; not for two threads at once."""

    meter: Meter
    sock: Any
    _real: socket.socket | None = None

    def connect(self) -> None:
        super().connect()
        self._real = self.sock
        self.sock = _Wire(self.sock, self.meter, self.timeout or 0)

    def cut(self) -> None:
        """Ends it while another thread waits for what comes."""
        if self._real is not None:
            with suppress(OSError):  # it has ended already
                self._real.shutdown(SHUT_RDWR)


class _Secure(Line, client.HTTPSConnection):
    """The system says which certificates are good."""


def line(scheme: str, host: str, port: int, limits: Limits, ends: float) -> Line:
    """A connection, made when it is first used.

    `ends` is the time (of `time.monotonic`) at which all is over.
    """
    made: Line
    if scheme == "https":
        context = ssl.create_default_context()
        made = _Secure(host, port, timeout=limits.stall, context=context)
    else:
        made = Line(host, port, timeout=limits.stall)
    made.meter = Meter(limits, ends)
    return made
