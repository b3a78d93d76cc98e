"""A file while it comes from a server: what is there of a large one is not fetched twice."""

from __future__ import annotations

import hashlib
import os
import re
from typing import TYPE_CHECKING

from aigaq.output import refusal

if TYPE_CHECKING:
    from email.message import Message
    from io import RawIOBase
    from pathlib import Path

FOLDER = ".aigaq-parts"
_LARGE = 1 << 20  # bytes from which on it is noted which file of the server a part is of
_RANGE = re.compile(r"bytes (\d{1,18})-\d{1,18}/(?:\d{1,18}|\*)")


class Part:
    """What has come of one file from one server: `of_what` names both."""

    def __init__(self, into: Path, of_what: str) -> None:
        self._folder = into / FOLDER
        key = hashlib.sha256(of_what.encode()).hexdigest()
        self._data, self._tag = self._folder / key, self._folder / f"{key}.tag"

    def wanted(self) -> dict[str, str]:
        """The headers that ask for the rest, if there is a part that can go on."""
        try:
            tag, size = self._tag.read_text("latin-1"), self._data.stat().st_size
        except OSError:
            return {}
        return {"Range": f"bytes={size}-", "If-Range": tag} if size else {}

    def goes_on(self, headers: Message) -> bool:
        """Whether a server that sends a part sends the one that was asked for."""
        return begins(headers) == self._data.stat().st_size

    def fill(self, answer: RawIOBase, headers: Message, *, rest: bool) -> None:
        """Writes what comes; raises what reading it does, and then keeps what can go on."""
        with refusal.disk_errors(self._folder):
            self._folder.mkdir(parents=True, exist_ok=True)
            if not rest:
                self._note(headers)
            with self._data.open("ab" if rest else "wb", buffering=0) as file:
                while data := answer.read(1 << 20):
                    file.write(data)

    def _note(self, headers: Message) -> None:
        """Only a server that can say whether it still has the same file can go on with it."""
        tag = headers.get("ETag", "")
        tag = headers.get("Last-Modified", "") if not tag or tag.startswith("W/") else tag
        size = headers.get("Content-Length", "")
        if tag and len(tag) < 256 and size.isdecimal() and int(size[:20]) >= _LARGE:
            self._tag.write_text(tag, "latin-1")
        else:
            self._tag.unlink(missing_ok=True)

    def settle(self, place: Path) -> None:
        """The file is whole: it goes where it is looked for."""
        with refusal.disk_errors(place):
            place.parent.mkdir(parents=True, exist_ok=True)
            os.replace(self._data, place)  # noqa: PTH105 - says that the target may exist
            self._tag.unlink(missing_ok=True)

    def drop(self) -> None:
        self._data.unlink(missing_ok=True)
        self._tag.unlink(missing_ok=True)


def begins(headers: Message) -> int | None:
    """From which byte on a server sends a part of a file; None where it does not say."""
    found = _RANGE.fullmatch(headers.get("Content-Range", ""))
    return int(found[1]) if found else None
