"""XML of strangers: whether it may be read at all. Law: no document type, so no entities.

An entity can be made to fill the memory (the "billion laughs") or to name a file on this
computer; no table and no export of a web log needs one.
"""

from __future__ import annotations

from xml.parsers import expat

DECLARES = "it declares a document type, which can hide anything"
BROKEN = "its XML is broken in line {line}"


class _RefusedError(Exception):
    """A document type or an entity is declared."""


def unsafe(data: bytes) -> str:
    """Why this XML is not read, in words for a sentence; empty where it may be."""
    parser = expat.ParserCreate()

    def refuse(*_: object) -> None:
        raise _RefusedError

    parser.StartDoctypeDeclHandler = refuse
    parser.EntityDeclHandler = refuse
    try:
        parser.Parse(data, True)  # noqa: FBT003 - the signature of expat
    except _RefusedError:
        return DECLARES
    except (expat.ExpatError, ValueError) as error:
        return BROKEN.format(line=getattr(error, "lineno", 0))
    return ""
