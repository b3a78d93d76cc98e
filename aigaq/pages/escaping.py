"""Words become HTML as `markupsafe` has it, without the objects that it makes on the way."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

import markupsafe
from markupsafe import Markup, escape

if TYPE_CHECKING:
    from collections.abc import Callable

# Of a text; `escape` adds an object to say that it is done. Not public, so it may be gone.
escaped: Callable[[str], str] = getattr(
    markupsafe, "_escape_inner", lambda text: str(escape(text))
)
# A text that is HTML already; `Markup()` would first ask what it is.
markup: Callable[[str], Markup] = partial(str.__new__, Markup)


def shown(value: Any) -> str:
    """A value as it stands in HTML, not marked as such; a fifth of what `escape` takes."""
    kind = type(value)
    if kind is Markup:
        return value  # type: ignore[no-any-return]
    return escaped(value) if kind is str else escape(value)
