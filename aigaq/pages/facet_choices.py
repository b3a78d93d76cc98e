"""What a reader may narrow a search down by, in a file for each language: labels and counts.

The search page reads it when somebody opens the choice, and not before: all values are offered,
and the places of a large archive weigh more than the page. A classic script, like the names.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from aigaq.pages import naming, slim_facets
from aigaq.pages.page import Artifact
from aigaq.words import alphabet, languages

if TYPE_CHECKING:
    from collections.abc import Mapping

    from aigaq.pages.index import Index
    from aigaq.pages.slim_facets import Counted, Facet
    from aigaq.pages.texts import Texts

FOLDER = "assets/choices/"
# A value's key, token, label, number of pages in this language and in all, and the label's
# language where it is another.
Row = tuple[Any, ...]


def artifacts(index: Index, texts_by_lang: Mapping[str, Texts]) -> tuple[Artifact, ...]:
    """A script for each language of the site; none where nothing is worth a choice."""
    facets = slim_facets.of_archive(index)
    return tuple(
        Artifact(f"{FOLDER}{lang}.js", _script(rows(facets, index, texts_by_lang[lang])))
        for lang in (index.languages if facets else ())
    )


def rows(facets: tuple[Facet, ...], index: Index, say: Texts) -> Mapping[str, tuple[Row, ...]]:
    """The values as a reader looks for them: from the newest year, or from A to Z."""
    return {facet.name: _of(facet, index, say) for facet in facets}


def _of(facet: Facet, index: Index, say: Texts) -> tuple[Row, ...]:
    labelled = [(*_label(facet.name, value, index, say), value) for value in facet.values]
    if facet.name == "year":
        labelled.sort(key=lambda one: one[2].key, reverse=True)
    else:
        labelled.sort(key=lambda one: (*alphabet.sort_key(one[1]), one[2].key))
    return tuple(
        (
            value.key,
            slim_facets.token(facet.name, value.key),
            text,
            dict(value.by_language).get(say.lang, 0),
            value.everywhere,
            *((lang,) if lang != say.lang else ()),
        )
        for lang, text, value in labelled
    )


def _label(facet: str, value: Counted, index: Index, say: Texts) -> tuple[str, str]:
    """A language and words in it."""
    if facet == "kind":
        return say.lang, slim_facets.kind_label(value.key, say)
    if facet == "year":
        return say.lang, value.key
    reading = languages.reading_order(say.lang, index.languages)
    text, lang = naming.of_label(index.labels[value.key], reading)
    return lang, text


def _script(choices: Mapping[str, tuple[Row, ...]]) -> bytes:
    said = json.dumps(choices, ensure_ascii=False, separators=(",", ":"))
    return f"window.aigaqChoices = {said};\n".encode()
