"""The straight line from sources to a release; the only place that joins the stages.

Its parts are imported when they are asked for: to know that nothing has changed needs few.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from aigaq.pipeline.building import build, check
    from aigaq.pipeline.options import Options, Report
    from aigaq.pipeline.preparing import Prepared, prepare
    from aigaq.pipeline.reading import Linked, linked
    from aigaq.pipeline.retouching import retouched

__all__ = [
    "Linked",
    "Options",
    "Prepared",
    "Report",
    "build",
    "check",
    "linked",
    "prepare",
    "retouched",
]

_MODULES = {
    "building": ("build", "check"),
    "options": ("Options", "Report"),
    "preparing": ("Prepared", "prepare"),
    "reading": ("Linked", "linked"),
    "retouching": ("retouched",),
}
_MODULE_OF = {name: module for module, names in _MODULES.items() for name in names}


def __getattr__(name: str) -> Any:
    if name not in _MODULE_OF:
        raise AttributeError(name)
    return getattr(import_module(f"aigaq.pipeline.{_MODULE_OF[name]}"), name)
