"""What the reference pages read from the program: its modules, its docstrings, its anchors."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import re
from typing import TYPE_CHECKING

import aigaq

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import ModuleType

MADE = "<!-- Written by `make docs` from the code; edit the code, not this {what}. -->"


def modules() -> Iterator[ModuleType]:
    """Every module of the package, imported."""
    for found in pkgutil.walk_packages(aigaq.__path__, "aigaq."):
        yield importlib.import_module(found.name)


def docstring(thing: object) -> str:
    """The first paragraph, with the keys as an editor writes them (`from`, not `from_`)."""
    first = (inspect.getdoc(thing) or "").split("\n\n")[0].replace("\n", " ")
    return re.sub(r"`(\w+)_`", r"`\1`", first)


def slug(heading: str) -> str:
    """The anchor that a code host gives to a heading."""
    kept = re.sub(r"[^\w\- ]", "", heading.casefold().replace("`", ""))
    return kept.strip().replace(" ", "-")
