"""How what an editor wrote opens into a model: one mapping at a time, every slip gathered.

Models are validated from the nodes of `aigaq.source.document`, so every rule has the place of
what it judges at hand. Law: of a record that is not open, no value reaches a sentence.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from collections.abc import Mapping as Map
from dataclasses import dataclass, field
from functools import lru_cache
from typing import ClassVar

from pydantic import BaseModel, ConfigDict, ValidationInfo, model_validator
from pydantic_core import PydanticCustomError

from aigaq.source.document import Mapping, Node, Scalar, Sequence
from aigaq.words import diagnostics
from aigaq.words.diagnostics import Diagnostic, Problem, Span

UNKNOWN_KEY = Problem(
    "S001",
    "{key} is not a key of {here}",
    "Correct or delete it; an unknown key is never read.{hint} Known here: {known}.",
)
MISSING = Problem("S002", '"{key}" {is_missing} in {here}', "{remedy}")
NOT_IN_LIST = Problem(
    "S003", "{value} is not in the list for {list}", "{hint}Write one of these: {known}."
)
OTHER_WITHOUT_WORDS = Problem(
    "S022",
    '"other" stands here without words',
    'Say in a line "words: …" what it was, or choose a key of the list.',
)
WRONG_SHAPE = Problem("S004", "{wanted} is expected here, not {got}", "{remedy}")

_SHAPES = {Scalar: "a text", Sequence: "a list", Mapping: "a mapping of keys and values"}
_LONGEST_QUOTE = 60


@dataclass(frozen=True, slots=True)
class Reading:
    """What validation knows of the file at hand, and the problems it has gathered so far.

    `hidden` records are judged without their values being quoted; `language` is that of plain
    texts where a map per language could stand.
    """

    language: str = ""
    hidden: bool = False
    found: list[Diagnostic] = field(default_factory=list)

    def quote(self, text: str) -> str:
        """`"text"` for a sentence, or `this value` where it must not be shown."""
        if self.hidden:
            return "this value"
        shown = text if len(text) <= _LONGEST_QUOTE else text[: _LONGEST_QUOTE - 1] + "…"
        return f'"{shown}"'

    def suggest(self, text: str, known: Iterable[str]) -> str:
        """` Did you mean …?`; nothing for hidden records, whose values it would mirror."""
        return "" if self.hidden else nearest(text, known)


UNREAD = Reading()  # for models that code makes: nothing was written, nowhere


def nearest(word: str, known: Iterable[str]) -> str:
    """` Did you mean "x"?`, whatever the case, with spaces and underscores for hyphens."""
    plain = {key.casefold().replace("_", "-"): key for key in known}
    near = diagnostics.did_you_mean(word.casefold().replace(" ", "-").replace("_", "-"), plain)
    for folded, key in plain.items():
        near = near.replace(f'"{folded}"', f'"{key}"')
    return near


def refused(*found: Diagnostic) -> PydanticCustomError:
    """Our diagnostics on pydantic's road; `validate` unpacks them."""
    return PydanticCustomError("aigaq", "see found", {"found": found})


def wrong_shape(node: object, wanted: str, remedy: str) -> PydanticCustomError:
    span = node.span if isinstance(node, Scalar | Sequence | Mapping) else Span("")
    got = next((name for kind, name in _SHAPES.items() if isinstance(node, kind)), "something")
    return refused(WRONG_SHAPE.at(span, wanted=wanted, got=got, remedy=remedy))


def is_empty(node: Node) -> bool:
    """Whether nothing is written here: an empty value is an absent one, at any depth."""
    if isinstance(node, Scalar):
        return not node.text.strip()
    inside = node.items if isinstance(node, Sequence) else [value for _, value in node.entries]
    return all(map(is_empty, inside))


def items(node: Node | None) -> tuple[Node, ...]:
    """The items of a list; a single value is a list of one."""
    if node is None or is_empty(node):
        return ()
    if isinstance(node, Sequence):
        return tuple(item for item in node.items if not is_empty(item))
    return (node,)


@dataclass(frozen=True, slots=True)
class Written:
    """A mapping as it stands in the file, for rules about several keys at once.

    `values` is what is written, by key; a key without a value is not there.
    """

    node: Mapping
    reading: Reading = UNREAD
    values: dict[str, Node] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        filled = {key.text: value for key, value in self.node.entries if not is_empty(value)}
        object.__setattr__(self, "values", filled)

    @property
    def span(self) -> Span:
        return self.node.span

    def get(self, key: str) -> Node | None:
        """The value of a key; `None` where it is absent or empty."""
        return self.values.get(key)

    def has(self, *keys: str) -> bool:
        """Whether one of `keys` has a value."""
        return not self.values.keys().isdisjoint(keys)

    def filled(self) -> tuple[Scalar, ...]:
        """The keys that have a value, in the order of the file."""
        return tuple(name for name, _ in self.node.entries if name.text in self.values)

    def text(self, key: str) -> str:
        """The text of a key; empty where there is none, or something else than a text."""
        value = self.get(key)
        return value.text.strip() if isinstance(value, Scalar) else ""

    def each(self, key: str) -> tuple[Written, ...]:
        """The mappings in the list (of one or many) of a key."""
        found = items(self.get(key))
        return tuple(Written(n, self.reading) for n in found if isinstance(n, Mapping))

    def inner(self, key: str) -> Written:
        """The mapping of a key; an empty one where there is none."""
        value = self.get(key)
        node = value if isinstance(value, Mapping) else Mapping((), self.span)
        return Written(node, self.reading)

    def at(self, key: str) -> Span:
        """Where the value of a key stands; the mapping's own place where it is absent."""
        value = self.get(key)
        return self.span if value is None else value.span

    def lack_of(self, key: str) -> tuple[Span, str]:
        """Where a key without a value is to be told, and how: it may stand there, empty."""
        for name, _ in self.node.entries:
            if name.text == key:
                return name.span, "has no value"
        return self.span, "is missing"

    def at_key(self, key: str) -> Span:
        """Where the key itself stands."""
        return next((name.span for name in self.filled() if name.text == key), self.span)


class Model(BaseModel):
    """Whatever an editor writes as a mapping: closed, frozen, one sentence per mistake."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", validate_by_name=True, validate_by_alias=True
    )

    noun: ClassVar[str] = "this part"  # how a sentence calls it
    shorthand: ClassVar[str] = ""  # the key that a plain text stands for
    hints: ClassVar[Map[str, str]] = {}  # keys that people write here by mistake → what to do
    remedies: ClassVar[Map[str, str]] = {}  # required keys → how to supply one
    keys: ClassVar[tuple[str, ...]] = ()
    required: ClassVar[tuple[str, ...]] = ()
    may_be_other: ClassVar[tuple[str, ...]] = ()  # keys whose `other` is told in `words:`

    @classmethod
    def __pydantic_init_subclass__(cls, **_: object) -> None:
        fields = {made.alias or name: made for name, made in cls.model_fields.items()}
        cls.keys = tuple(fields)
        cls.required = tuple(key for key, made in fields.items() if made.is_required())

    @classmethod
    def hides(cls, written: Written) -> bool:
        """Whether the values of this record must stay out of every sentence.

        A slip in the key `protect` or in its value opens no record.
        """
        if written.has("protect") or "protect" in cls.required:
            return written.text("protect") != "open"
        near_misses = (_is_nearly_protect(key.text) for key, _ in written.node.entries)
        return "protect" in cls.keys and any(near_misses)

    @classmethod
    def rules(cls, _written: Written) -> Iterator[Diagnostic]:
        """What is wrong with the mapping as a whole, beside its single values."""
        yield from ()

    @model_validator(mode="before")
    @classmethod
    def _open(cls, data: object, info: ValidationInfo) -> object:
        if isinstance(data, Scalar | str) and cls.shorthand:
            return {cls.shorthand: data}
        if not isinstance(info.context, Reading):
            return data
        if not isinstance(data, Mapping):
            keys = ", ".join(cls.required or cls.keys)
            raise wrong_shape(data, "a mapping", f"Write keys with values, such as: {keys}.")
        written = Written(data, info.context)
        found = info.context.found
        found += _unknown(cls, written)
        found += _missing(cls, written)
        found += _wordless(cls, written)
        found += cls.rules(written)
        return {key: value for key, value in written.values.items() if key in cls.keys}


@lru_cache(maxsize=1024)  # keys are few, and comparing letters is slow
def _is_nearly_protect(key: str) -> bool:
    return bool(nearest(key, ["protect"]))


def _unknown(model: type[Model], written: Written) -> Iterator[Diagnostic]:
    for key, _ in written.node.entries:
        if key.text in model.keys:
            continue
        near = model.hints.get(key.text) or nearest(key.text, model.keys).strip()
        name = "this key" if written.reading.hidden else f'"{key.text}"'
        words = {"here": model.noun, "known": ", ".join(model.keys)}
        yield UNKNOWN_KEY.at(key.span, key=name, hint=f" {near}" if near else "", **words)


def _missing(model: type[Model], written: Written) -> Iterator[Diagnostic]:
    for key in model.required:
        if key not in written.values:
            yield missing(model, written, key)


def _wordless(model: type[Model], written: Written) -> Iterator[Diagnostic]:
    for key in model.may_be_other:
        if written.text(key) == "other" and not written.has("words"):
            yield OTHER_WITHOUT_WORDS.at(written.at(key))


def missing(model: type[Model], written: Written, key: str, remedy: str = "") -> Diagnostic:
    """The problem of a key that must be there, with `remedy` or the model's own for it."""
    remedy = remedy or model.remedies.get(key) or f'Add a line "{key}: …".'
    span, how = written.lack_of(key)
    return MISSING.at(span, key=key, is_missing=how, here=model.noun, remedy=remedy)
