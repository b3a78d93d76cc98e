"""How Python's own housekeeping goes with a whole archive in memory.

An archive holds no cycles, so to look for them as it grows was a sixth of the time; and whoever
looks lets nobody else work.
"""

from __future__ import annotations

import gc
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_TURN = 0.0005  # seconds until another thread may go on; of Python itself 0.005


@contextmanager
def seldom() -> Iterator[None]:
    """While it lasts, cycles are looked for after 50,000 new objects instead of 700."""
    before = gc.get_threshold()
    gc.set_threshold(50_000, 20, 100)
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
        with seldom():
            yield gc.freeze
    finally:
        gc.unfreeze()
        sys.setswitchinterval(turn)
