"""The report on translations: how each was made, and what of it no longer fits its source."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from aigaq.archive import translations
from aigaq.words import stamps

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping

    from aigaq.archive.private import Archive, Text, Translated

NOTHING = "There is no translation.\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One translation. `outdated` are its own paragraphs, `left_out` those of its source.

    `is_beside`: it is known which of its paragraphs stands for which, so readers can see both.
    """

    id: str
    lang: str
    path: str
    source: str
    status: str
    machine: bool
    abridged: bool
    is_stamped: bool
    is_beside: bool
    outdated: tuple[str, ...]
    left_out: tuple[str, ...]


def of(archive: Archive) -> tuple[Row, ...]:
    """Every translation whose words, and those that it was made from, could be read."""
    return tuple(
        _row(text, one)
        for text in archive.texts.values()
        for one in text.translations
        if one.is_whole and translations.source_of(text, one) is not None
    )


def new_stamps(archive: Archive, names: Collection[str]) -> Mapping[str, tuple[str, ...]]:
    """File → its stamps as they should be: of the translations that `names` names (`ID.LANG`).

    Without names, of all that have none: who has some may have to read again first. None where
    nobody knows which paragraph stands for which.
    """
    return dict(_new_stamps(archive, frozenset(names)))


def _new_stamps(
    archive: Archive, names: frozenset[str]
) -> Iterator[tuple[str, tuple[str, ...]]]:
    for text in archive.texts.values():
        for one in text.translations:
            given = one.written.record.translation.of
            source = translations.source_of(text, one)
            wanted = name_of(one) in names if names else not given
            if wanted and source and source.blocks and one.is_whole and one.body.blocks:
                yield one.written.path, stamps.written(one.body, source, given)


def name_of(one: Translated) -> str:
    return f"{one.written.id}.{one.written.lang}"


def _row(text: Text, one: Translated) -> Row:
    facts, source = one.written.record.translation, translations.source_of(text, one)
    assert source is not None
    pairs = stamps.align(one.body, source, facts.of)
    found = {pair.there for pair in pairs}
    left = (b.address for b in stamps.paragraphs(source) if b.address not in found)
    return Row(
        id=one.written.id,
        lang=one.written.lang,
        path=one.written.path,
        source=facts.from_,
        status=facts.status,
        machine=facts.machine,
        abridged=facts.abridged,
        is_stamped=bool(facts.of),
        is_beside=bool(pairs),
        outdated=tuple(pair.here for pair in pairs if pair.changed),
        left_out=tuple(left) if pairs and not facts.abridged else (),
    )


def text(rows: Collection[Row]) -> str:
    """As a terminal shows it."""
    return "".join(f"{row.path}: {said(row)}\n" for row in rows) or NOTHING


def markdown(rows: Collection[Row]) -> str:
    """A list for a review comment or an issue."""
    return "".join(f"- `{row.path}`: {said(row)}\n" for row in rows) or NOTHING


def as_json(rows: Collection[Row]) -> str:
    """For programs."""
    return json.dumps([asdict(row) for row in rows], ensure_ascii=False, indent=2) + "\n"


def said(row: Row) -> str:
    """How it was made, and what is wrong with it, in words."""
    words = [f"from {row.source}", "by machine" if row.machine else "", row.status]
    words += ["abridged" if row.abridged else ""]
    words += [f"outdated: {', '.join(row.outdated)}" if row.outdated else ""]
    words += [f"not translated: {', '.join(row.left_out)}" if row.left_out else ""]
    words += ["" if row.is_beside else "not shown beside the original"]
    words += ["" if row.is_stamped else "without stamps"]
    return "; ".join(word for word in words if word)


FORMS: Mapping[str, Callable[[Collection[Row]], str]] = {
    "text": text,
    "markdown": markdown,
    "json": as_json,
}
