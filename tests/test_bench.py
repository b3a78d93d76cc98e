"""What the benchmarks measure is what they say: no form is quick because it is not read."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from typing import Any

import pytest

from aigaq.words import edtf

ROOT = Path(__file__).resolve().parents[1]


def of(name: str) -> Any:
    spec = importlib.util.spec_from_file_location(f"bench_{name}", ROOT / f"bench/{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


DATES = of("dates")


@pytest.mark.parametrize("form", [*DATES.NOTATION, *DATES.WORDS])
def test_every_date_of_the_benchmark_is_read(form: str) -> None:
    templates = DATES.WORDS.get(form) or (DATES.NOTATION[form],)

    texts = [template.format_map(DATES.gaps()) for template in templates for _ in range(9)]

    assert [text for text in texts if edtf.parse(text) is None] == []


@pytest.mark.parametrize("form", DATES.WORDS)
def test_every_form_of_the_benchmark_is_there_in_each_language(form: str) -> None:
    assert len(DATES.WORDS[form]) == len(DATES.LANGUAGES)
