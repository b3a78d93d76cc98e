"""XML as text: elements from names, attributes and children, always well-formed.

Characters that XML 1.0 (section 2.2) forbids are dropped: a reader of feeds refuses a whole
file for one of them, and no writer of the standard library looks.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from xml.sax import saxutils

if TYPE_CHECKING:
    from collections.abc import Mapping

# Beyond what is forbidden, also the control characters that section 2.2 advises against.
_ILLEGAL = re.compile(
    "[^\t\n\r\x20-\x7e\xa0-\ud7ff\ue000-\ufdcf\ufdf0-\ufffd\U00010000-\U0010ffff]"
)
_HEAD = '<?xml version="1.0" encoding="utf-8"?>\n'


class Xml(str):
    """A piece of finished XML; any other string is text and will be escaped."""

    __slots__ = ()


def element(name: str, *children: str, attributes: Mapping[str, str] | None = None) -> Xml:
    """An element. `name` and the names of attributes are constants of the code, not content."""
    pairs = (attributes or {}).items()
    head = "".join(f" {key}={saxutils.quoteattr(legal(value))}" for key, value in pairs)
    inner = "".join(c if isinstance(c, Xml) else saxutils.escape(legal(c)) for c in children)
    return Xml(f"<{name}{head}>{inner}</{name}>" if inner else f"<{name}{head}/>")


def document(root: Xml) -> bytes:
    """A whole file, in UTF-8."""
    return f"{_HEAD}{root}\n".encode()


def legal(text: str) -> str:
    """`text` without the characters that XML cannot hold; all that can be printed it can."""
    return text if text.isprintable() else _ILLEGAL.sub("", text)
