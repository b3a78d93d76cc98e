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

_MANY = 1_000_000  # objects
_PAUSE = 50_000  # objects, which are looked through in 25 ms
_TURN = 0.0005  # seconds until another thread may go on; of Python itself 0.005


@contextmanager
def put_off() -> Iterator[None]:
    """Nobody looks for cycles as an archive grows; and seldom where it is `gc.enable`d again.

    To look through an archive of ten thousand testimonies once takes some two seconds.
    """
    was_on, before = gc.isenabled(), gc.get_threshold()
    gc.disable()
    gc.set_threshold(_MANY, 20, 100)
    try:
        yield
    finally:
        gc.freeze()
        gc.unfreeze()  # what is there is old by now, and not the next to be looked through
        gc.set_threshold(*before)
        if was_on:
            gc.enable()


@contextmanager
def while_others_wait() -> Iterator[Callable[[], None]]:
    """For a server: who asks for a page is answered while another thread reads everything.

    Threads take turns ten times as often. What is yielded is to be called whenever all has
    been read: what is there then is left out of the looks that follow.
    """
    turn, before = sys.getswitchinterval(), gc.get_threshold()
    sys.setswitchinterval(_TURN)
    try:
        gc.set_threshold(_PAUSE, *before[1:])
        yield gc.freeze
    finally:
        gc.set_threshold(*before)
        gc.unfreeze()
        sys.setswitchinterval(turn)
