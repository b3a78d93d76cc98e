"""The kinds of page, one module each: `TEMPLATE`, `plan(index)` and `view(page, context)`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aigaq.pages.kinds import (
    chooser,
    content_page,
    corrections,
    coverage,
    flyer,
    glossary,
    group,
    home,
    how_to_cite,
    missing,
    objects,
    open_data,
    organisation,
    organisations,
    parallel,
    people,
    person,
    place,
    places,
    redirect,
    search,
    series,
    series_list,
    text,
    texts,
    timeline,
    tombstone,
    topic,
    topics,
    verify,
    wall,
)

if TYPE_CHECKING:
    from collections.abc import Mapping
    from types import ModuleType

KINDS: Mapping[str, ModuleType] = {
    "chooser": chooser,
    "content_page": content_page,
    "corrections": corrections,
    "coverage": coverage,
    "flyer": flyer,
    "glossary": glossary,
    "group": group,
    "home": home,
    "how_to_cite": how_to_cite,
    "missing": missing,
    "objects": objects,
    "open_data": open_data,
    "organisation": organisation,
    "organisations": organisations,
    "parallel": parallel,
    "people": people,
    "person": person,
    "place": place,
    "places": places,
    "redirect": redirect,
    "search": search,
    "series": series,
    "series_list": series_list,
    "text": text,
    "texts": texts,
    "timeline": timeline,
    "tombstone": tombstone,
    "topic": topic,
    "topics": topics,
    "verify": verify,
    "wall": wall,
}
