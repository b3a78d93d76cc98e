"""The lists with a file each: topics, glossary, corrections, same-person decisions."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, ClassVar

from aigaq.source.document import Node, Scalar
from aigaq.source.schema.dates import DayField
from aigaq.source.schema.fields import Id, Leaf, NewId, PerLanguage, id_of, one_of
from aigaq.source.schema.reading import Model, Reading, Written, items, refused
from aigaq.words.diagnostics import Diagnostic, Problem
from aigaq.words.localised import Localised

NOT_A_PAIR = Problem(
    "S060",
    "a decision is about two different records",
    "Write two ids: pair: [p-1, p-2]; with decided: same the first stays.",
)
BROADER_THAN_ITSELF = Problem(
    "S061", "the topic is broader than itself", "Write the id of another topic, or delete it."
)


class Topic(Model):
    """A topic that texts can have; `broader` is the topic above it."""

    noun: ClassVar[str] = "a topic"

    id: NewId
    label: PerLanguage
    broader: Id = ""
    note: PerLanguage = Localised()

    @classmethod
    def rules(cls, written: Written) -> Iterator[Diagnostic]:
        if written.has("broader") and written.text("broader") == written.text("id"):
            yield BROADER_THAN_ITSELF.at(written.at("broader"))


class GlossaryEntry(Model):
    """A word that readers may not know, and what it means."""

    noun: ClassVar[str] = "an entry of the glossary"

    id: NewId
    term: PerLanguage
    meaning: PerLanguage


class Correction(Model):
    """What was wrong in a record, and since when it is not."""

    noun: ClassVar[str] = "a correction"

    date: DayField
    record: Id
    what: PerLanguage


def _pair(node: Node, reading: Reading) -> tuple[str, str]:
    ids = [id_of(item, reading) for item in items(node) if isinstance(item, Scalar)]
    if len(ids) != 2 or ids[0] == ids[1]:
        raise refused(NOT_A_PAIR.at(node.span))
    return ids[0], ids[1]


Pair = Annotated[
    tuple[str, str],
    Leaf(_pair, {"type": "array", "items": {"type": "string"}, "minItems": 2, "maxItems": 2}),
]


class Identity(Model):
    """Whether two records are of one person, as somebody decided."""

    noun: ClassVar[str] = "a decision"

    pair: Pair
    decided: Annotated[str, one_of("decision")]
    by: PerLanguage
    why: PerLanguage = Localised()
