"""Python's housekeeping is as it was before, whatever happened meanwhile."""

from __future__ import annotations

import gc
import sys
import weakref

import pytest

from aigaq.pipeline import collecting


class Knot:
    """Holds itself, so that only who looks for cycles can free it."""

    def __init__(self) -> None:
        self.itself = self


def test_cycles_are_looked_for_seldom_while_it_lasts() -> None:
    before = gc.get_threshold()

    def fails() -> None:
        with collecting.seldom():
            assert gc.get_threshold()[0] > before[0]
            raise ValueError("on the way")

    with pytest.raises(ValueError, match="on the way"):
        fails()

    assert gc.get_threshold() == before


def test_a_server_leaves_everything_as_it_was() -> None:
    before = gc.get_threshold(), sys.getswitchinterval(), gc.get_freeze_count()

    def fails() -> None:
        with collecting.while_others_wait() as settle:
            assert sys.getswitchinterval() < before[1]
            settle()
            assert gc.get_freeze_count() > 1000
            raise ValueError("on the way")

    with pytest.raises(ValueError, match="on the way"):
        fails()

    assert (gc.get_threshold(), sys.getswitchinterval(), gc.get_freeze_count()) == before


def test_what_comes_after_settling_is_still_freed() -> None:
    with collecting.while_others_wait() as settle:
        old = Knot()
        known = weakref.ref(old)
        settle()
        new = Knot()
        later = weakref.ref(new)
        del old, new
        gc.collect()

        assert later() is None
        assert known() is not None  # what is left out costs its memory, and no time

    gc.collect()
    assert known() is None
