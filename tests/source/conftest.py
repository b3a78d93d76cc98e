"""Recordings as programs write them, and what becomes of them: for sounds and for films."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from aigaq.source import recording_faults, recordings

if TYPE_CHECKING:
    from collections.abc import Callable

FILES = Path(__file__).with_name("recordings")


@pytest.fixture
def file() -> Callable[[str], bytes]:
    """The bytes of a file in `recordings`; its README says how each was made."""
    return lambda name: (FILES / name).read_bytes()


@pytest.fixture
def cleaned() -> Callable[[bytes], bytes]:
    """The recording as it is published."""

    def made(data: bytes) -> bytes:
        done = recordings.clean(data)
        assert isinstance(done, bytes), done
        return done

    return made


@pytest.fixture
def refusal() -> Callable[[bytes], str]:
    """The code of the problem for which it is not published."""

    def code(data: bytes) -> str:
        done = recordings.clean(data)
        assert isinstance(done, recording_faults.RecordingProblem)
        return done.problem.code

    return code
