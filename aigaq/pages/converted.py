"""Interface texts in a script that nobody wrote them in: converted by table from another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from babel.messages.catalog import Catalog

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from babel.messages.catalog import Message


def catalogue(
    own: Catalog, source: Catalog, write: Callable[[str], str]
) -> tuple[Catalog, bool]:
    """The texts of `own`, else those of `source` as `write` writes them; whether there are any.

    The plural forms are those of `source`: it is the same language.
    """
    made = Catalog(locale=source.locale)
    made.mime_headers = source.mime_headers
    told = {}
    for message in _told(own):
        made.add(message.id, message.string, context=message.context)
        told[message.context, message.id] = message
    rest = [message for message in _told(source) if (message.context, message.id) not in told]
    for message in rest:
        forms = message.string
        words = write(forms) if isinstance(forms, str) else tuple(map(write, forms or ()))
        made.add(message.id, words, context=message.context)
    return made, bool(rest)


def _told(catalogue: Catalog) -> Iterator[Message]:
    """What is translated in all its plural forms and not in doubt; not the header."""
    for message in catalogue:
        forms = [message.string] if isinstance(message.string, str) else message.string or ()
        if message.id and not message.fuzzy and forms and all(forms):
            yield message
