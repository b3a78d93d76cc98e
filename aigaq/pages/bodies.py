"""The body of a text or page as a template shows it: blocks, grouped by what contains them.

The interface words that stand between the blocks are in the reader's language, so language and
direction of the text are marked on each block and not on the whole.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from itertools import groupby
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from aigaq.pages import objects
from aigaq.pages.context import NO_PHRASE, Link
from aigaq.words import languages

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from aigaq.archive.public import Version
    from aigaq.pages.claims import ClaimView
    from aigaq.pages.context import Context
    from aigaq.pages.objects import PictureView
    from aigaq.pages.recordings import Moment
    from aigaq.pages.terms import Term
    from aigaq.words.fragments import Block, Container

NOTHING: Mapping[str, tuple[Any, ...]] = MappingProxyType({})


@dataclass(frozen=True, slots=True, kw_only=True)
class BlockView:
    """A block: sanitised HTML, its address (`p7`) and number, its speaker, its claims.

    `is_outdated`: the words that it translates have changed since.
    `terms` are words of the glossary which the text first uses here, `pictures` those shown
    here of whom more is to be said than the text itself says, `moments` when it is heard in
    the text's recordings.
    """

    kind: str
    html: str
    address: str
    number: str
    level: int
    anchor: str
    speaker: Link | None
    claims: tuple[ClaimView, ...]
    terms: tuple[Term, ...]
    pictures: tuple[PictureView, ...]
    moments: tuple[Moment, ...]
    is_outdated: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """Neighbouring blocks in one container: `scene`, `note`, `hard`, or none (empty `kind`)."""

    blocks: tuple[BlockView, ...]
    kind: str = ""
    by: Link | None = None  # note: who wrote it; None where it is the editor
    source: str = ""
    content_note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """A body; `lang` and `dir` are empty where they are the page's."""

    stretches: tuple[Stretch, ...]
    footnotes: str
    lang: str
    dir: str

    def __bool__(self) -> bool:
        return bool(self.stretches)

    @property
    def addresses(self) -> frozenset[str]:
        return frozenset(b.address for s in self.stretches for b in s.blocks if b.address)


def of(
    version: Version,
    context: Context,
    *,
    own_words: bool = True,
    claims: Mapping[str, tuple[ClaimView, ...]] = NOTHING,
    terms: Mapping[str, tuple[Term, ...]] = NOTHING,
    moments: Mapping[str, tuple[Moment, ...]] = NOTHING,
) -> Body:
    """The body of `version`; `claims`, `terms` and `moments` by their paragraph's address.

    Without `own_words` the text is a retelling: its quotations lose the mark of one, for
    nothing in it is the narrator's speech.
    """
    elsewhere = version.lang != context.lang
    speakers = dict(version.labels)
    pairs = version.translation.pairs if version.translation else ()
    outdated = {pair.here for pair in pairs if pair.changed}

    def shown(block: Block) -> BlockView:
        return BlockView(
            kind=block.kind,
            html=block.html if own_words else _set_off(block.html),
            address=block.address,
            number=block.address.removeprefix("p"),
            level=block.level,
            anchor=block.anchor,
            speaker=_speaker(block.speaker, speakers, version.lang, context),
            claims=claims.get(block.address, ()),
            terms=terms.get(block.address, ()),
            pictures=tuple(_pictures(block, version, context)),
            moments=moments.get(block.address, ()),
            is_outdated=block.address in outdated,
        )

    return Body(
        stretches=tuple(
            _stretch(blocks[0].container, tuple(shown(b) for b in blocks), context)
            for _, group in groupby(version.body.blocks, key=lambda block: block.container)
            if (blocks := tuple(group))
        ),
        footnotes=version.body.footnotes,
        lang=version.lang if elsewhere else "",
        dir=languages.direction(version.lang) if elsewhere else "",
    )


def _stretch(
    container: Container | None, blocks: tuple[BlockView, ...], context: Context
) -> Stretch:
    if container is None:
        return Stretch(blocks=blocks)
    note, by = container.content_note, container.by
    return Stretch(
        blocks=blocks,
        kind=container.kind,
        by=context.link_or_words(by) if by and by != "editor" else None,
        source=container.source,
        content_note=context.texts.label("content_note", note) if note else "",
    )


def _speaker(
    label: str, speakers: Mapping[str, str], lang: str, context: Context
) -> Link | None:
    """The label as it stands in the text, leading to the page of whom it marks."""
    if not label:
        return None
    person = speakers.get(label, "")
    path = context.link(person).path if context.knows(person) else ""
    return Link(context.phrase(label, lang), path)


def _pictures(block: Block, version: Version, context: Context) -> Iterator[PictureView]:
    """A caption that the text gives itself stands for that of the picture's own sidecar."""
    shown = (p for p in version.pictures if f'src="media:{p.usual.path}"' in block.html)
    for picture in shown:
        if picture.caption or picture.credit:
            made = objects.picture(picture, context, instead=NO_PHRASE)
            has_caption = "<figcaption>" in block.html
            yield dataclasses.replace(made, caption=NO_PHRASE) if has_caption else made


def _set_off(html: str) -> str:
    """Sanitised HTML, its quotations as plain blocks; those tags have no attributes."""
    opened = html.replace("<blockquote>", '<div class="set-off">')
    return opened.replace("</blockquote>", "</div>")
