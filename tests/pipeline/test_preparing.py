"""What is ready to be planned: `tests/test_pipeline.py` walks the whole line."""

from __future__ import annotations

import gc
from types import FunctionType, ModuleType
from typing import Any

import pytest

from aigaq import pipeline
from aigaq.archive import private
from aigaq.pipeline import preparing
from aigaq.source.schema.validate import Located

PRIVATE = (private.Archive, private.Text, Located)


def reached(value: object) -> dict[int, object]:
    """All that a value keeps alive, itself included, but for the program."""
    found: dict[int, object] = {}
    waiting = [value]
    while waiting:
        one = waiting.pop()
        if id(one) not in found and not isinstance(one, (type, ModuleType, FunctionType)):
            found[id(one)] = one
            waiting += gc.get_referents(one)
    return found


@pytest.mark.parametrize("drafts", [False, True])
def test_only_the_preview_keeps_the_private_archive(site: Any, drafts: bool) -> None:
    """A copy of the process, such as makes the search, would hold it as long as it lives."""
    site.testimony("t-1", body="They took her.\n")

    public, problems, _ = preparing.published(
        site.root, options=pipeline.Options(jobs=1, drafts=drafts), step=str
    )

    assert public is not None, problems
    assert list(public.index.archive.texts) == ["t-1"]
    kept = [one for one in reached(public).values() if isinstance(one, PRIVATE)]
    assert bool(kept) is drafts
