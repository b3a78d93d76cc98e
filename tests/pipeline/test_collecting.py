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


@pytest.mark.parametrize("was_on", [True, False])
def test_nobody_looks_for_cycles_while_it_is_put_off(*, was_on: bool) -> None:
    before = gc.get_threshold()

    def fails() -> None:
        with collecting.put_off():
            assert not gc.isenabled()
            assert gc.get_threshold()[0] > before[0]  # of a copy that looks again
            raise ValueError("on the way")

    try:
        if not was_on:
            gc.disable()
        with pytest.raises(ValueError, match="on the way"):
            fails()
        assert gc.isenabled() == was_on
    finally:
        gc.enable()

    assert gc.get_threshold() == before
    assert gc.get_freeze_count() == 0


def test_what_was_made_while_it_was_put_off_is_freed_later() -> None:
    with collecting.put_off():
        knot = Knot()
        known = weakref.ref(knot)
        del knot
    assert known() is not None

    gc.collect()
    assert known() is None


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
