"""How Python's own housekeeping goes with a whole archive in memory.

Neither an archive nor the making of a page leaves cycles behind, so to look for them as an
archive grows was a sixth of the time; and whoever looks lets nobody else work.
"""

from __future__ import annotations

import gc
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_PAUSE = 50_000  # objects, which are looked through in 25 ms
_TURN = 0.0005  # seconds until another thread may go on; of Python itself 0.005


@contextmanager
def seldom(after: int = 1_000_000) -> Iterator[None]:
    """While it lasts, cycles are looked for after so many new objects instead of 700."""
    before = gc.get_threshold()
    gc.set_threshold(after, 20, 100)
    try:
        yield
    finally:
        gc.set_threshold(*before)


@contextmanager
def while_others_wait() -> Iterator[Callable[[], None]]:
    """For a server: who asks for a page is answered while another thread reads everything.

    Threads take turns ten times as often. What is yielded is to be called whenever all has
    been read: what is there then is left out of the looks that follow.
    """
    turn = sys.getswitchinterval()
    sys.setswitchinterval(_TURN)
    try:
        with seldom(_PAUSE):
            yield gc.freeze
    finally:
        gc.unfreeze()
        sys.setswitchinterval(turn)
