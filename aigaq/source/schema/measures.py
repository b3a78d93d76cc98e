"""Numbers in records: years, counts, lengths of time, points on the map, paragraphs."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Annotated

from aigaq.source.document import Node, Sequence
from aigaq.source.schema.fields import Leaf, text_of
from aigaq.source.schema.reading import Reading, refused, wrong_shape
from aigaq.words.diagnostics import Problem

NOT_A_NUMBER = Problem("S009", "{value} is not {wanted}", "{remedy}")
NOT_A_COUNT = Problem(
    "S011",
    "{value} is not a count of people",
    'Write 4, about 4, or 3 to 5; leave "count" out where nobody said.',
)
NOT_A_DURATION = Problem(
    "S012",
    "{value} is not a length of time",
    "Write a number of days, months or years: 3 months; about 2 years; more than 10 days;"
    " less than 1 year.",
)
NOT_A_PLACE_IN_A_TEXT = Problem(
    "S015",
    "{value} is not the address of a paragraph",
    "Write p and the number of the paragraph: p7; the start of its digest may follow: p7@3f9c.",
)

_COUNT = re.compile(r"(?:(about) )?(\d{1,9})|(\d{1,9}) to (\d{1,9})")
_LASTED = re.compile(
    r"(?:(about|more than|less than) )?(\d{1,5}(?:\.\d)?)( and a half)? (day|month|year)s?"
)
_PARAGRAPH = re.compile(r"(p[1-9]\d{0,5})(?:@([0-9a-f]{4,16}))?")


@dataclass(frozen=True, slots=True)
class Count:
    """How many people a group has, as told: `low` and `high` are the same for one number."""

    low: int
    high: int
    about: bool = False


@dataclass(frozen=True, slots=True)
class Lasted:
    """How long something lasted. `bound` is empty, `about`, `more than` or `less than`."""

    number: float
    unit: str  # days | months | years
    bound: str = ""


def whole_number(node: Node, reading: Reading) -> int:
    text = text_of(node)
    if not re.fullmatch(r"\d{1,9}", text, re.ASCII):
        words = {"wanted": "a whole number", "remedy": "Write digits only: 12."}
        raise refused(NOT_A_NUMBER.at(node.span, value=reading.quote(text), **words))
    return int(text)


def _years(node: Node, reading: Reading) -> int | float | str:
    text = text_of(node)
    if text == "unknown":
        return text
    if not re.fullmatch(r"\d{1,3}(\.\d{1,2})?", text, re.ASCII):
        words = {
            "wanted": "a number of years",
            "remedy": "Write the number alone, or unknown: 12; 1.5; unknown. What does not fit"
            ' into a number (such as "life") belongs in words: with years: unknown.',
        }
        raise refused(NOT_A_NUMBER.at(node.span, value=reading.quote(text), **words))
    return float(text) if "." in text else int(text)


def _point(node: Node, reading: Reading) -> tuple[float, float]:
    if not isinstance(node, Sequence) or len(node.items) != 2:
        raise wrong_shape(
            node, "a list of two numbers", "Write latitude, longitude: [44.0, 81.3]."
        )
    texts = [text_of(item) for item in node.items]
    for item, text, limit in zip(node.items, texts, (90, 180), strict=True):
        if (
            not re.fullmatch(r"-?\d{1,3}(\.\d{1,8})?", text, re.ASCII)
            or abs(float(text)) > limit
        ):
            words = {
                "wanted": f"a number of degrees between -{limit} and {limit}",
                "remedy": "Write latitude first, then longitude: [44.0, 81.3].",
            }
            raise refused(NOT_A_NUMBER.at(item.span, value=reading.quote(text), **words))
    return float(texts[0]), float(texts[1])


def _count(node: Node, reading: Reading) -> Count:
    text = text_of(node)
    match = _COUNT.fullmatch(text)
    if match:
        about, one, low, high = match.groups()
        made = Count(int(one or low), int(one or high), about is not None)
        if 0 < made.low <= made.high:
            return made
    raise refused(NOT_A_COUNT.at(node.span, value=reading.quote(text)))


def _lasted(node: Node, reading: Reading) -> Lasted:
    text = text_of(node)
    match = _LASTED.fullmatch(text)
    if not match:
        raise refused(NOT_A_DURATION.at(node.span, value=reading.quote(text)))
    bound, number, half, unit = match.groups()
    length = float(number) + (0.5 if half else 0)
    return Lasted(int(length) if length.is_integer() else length, f"{unit}s", bound or "")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A place in a text: `p7`, with the beginning of the paragraph's digest, if written."""

    address: str
    digest: str = ""


def _paragraph(node: Node, reading: Reading) -> Paragraph:
    text = text_of(node)
    match = _PARAGRAPH.fullmatch(text)
    if not match:
        raise refused(NOT_A_PLACE_IN_A_TEXT.at(node.span, value=reading.quote(text)))
    return Paragraph(match[1], match[2] or "")


Years = Annotated[
    int | float | str | None,
    Leaf(_years, {"anyOf": [{"type": "number", "minimum": 0}, {"const": "unknown"}]}),
]
Point = Annotated[
    tuple[float, float] | None,
    Leaf(_point, {"type": "array", "items": {"type": "number"}, "minItems": 2, "maxItems": 2}),
]
CountField = Annotated[Count | None, Leaf(_count, {"type": ["string", "integer"]})]
LastedField = Annotated[Lasted | None, Leaf(_lasted, {"type": "string"})]
ParagraphField = Annotated[
    Paragraph | None, Leaf(_paragraph, {"type": "string", "pattern": f"^{_PARAGRAPH.pattern}$"})
]
