"""No value of a record that is not open, nor of a consent card, reaches a sentence."""

from __future__ import annotations

import string
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aigaq.source.document import Mapping, Node, Scalar, Sequence
from aigaq.source.schema import parts, records, texts, validate
from aigaq.source.schema.claims import About, Asked, Claim, Part
from aigaq.source.schema.reading import Model
from aigaq.words.diagnostics import Diagnostic, Span

SPAN = Span("content/people/p-1.en.md", 3, 1)
CANARY = "Zhanarqyz Qanaryeva"
INNER: dict[str, type[Model]] = {
    "claims": Claim, "asked": Asked, "about": About, "parts": Part, "told_by": parts.Speaker,
    "interview": parts.Interview, "original": parts.Original, "credits": parts.Credit,
    "chain": parts.ChainStep, "objects": parts.Thing, "names": records.Name,
    "family": records.Relative, "coarsen": records.Coarsen, "part_of": records.Membership,
}  # fmt: skip
HIDDEN = [
    (records.Consent, None),
    (records.Person, None),
    (records.Group, None),
    *((records.Person, level) for level in ("pseudonym", "restricted", "withdrawn", "openn")),
    *((records.Group, level) for level in ("group-only", "sealed-until 2030")),
    *((texts.Text, level) for level in ("restricted", "pseudonym", "withdrawn", "Open")),
    *((model, "restricted") for model in (records.Place, records.Organisation, records.Series)),
]


def scalar(text: str) -> Scalar:
    return Scalar(text, SPAN)


def mapping(**values: Node) -> Mapping:
    return Mapping(tuple((scalar(k), v) for k, v in values.items()), SPAN)


def shapes(text: str) -> Iterator[Node]:
    """The canary in every shape in which an editor could write it."""
    word = scalar(text)
    yield word
    yield Sequence((word, word), SPAN)
    yield Mapping(((scalar("en"), word),), SPAN)
    yield Mapping(((word, word),), SPAN)
    yield Sequence((Mapping(((word, word), (scalar("text"), word)), SPAN),), SPAN)
    yield scalar(f"{text} 2017")
    yield scalar(f"sealed-until {text}")


def judged(model: type[Model], level: str | None, **values: Node) -> list[Diagnostic]:
    protect = {"protect": scalar(level)} if level and "protect" not in values else {}
    node = mapping(**{**protect, **values})
    return validate.record(model, node, path=SPAN.path, language="en")[1]


def tells(found: list[Diagnostic], secret: str) -> list[str]:
    pieces = [secret.casefold(), *secret.casefold().split()]
    return [str(d) for d in found if any(piece in str(d).casefold() for piece in pieces)]


@pytest.mark.parametrize(("model", "level"), HIDDEN)
def test_no_field_of_a_hidden_record_is_quoted(model: type[Model], level: str | None) -> None:
    told: list[str] = []
    for key in (*model.keys, "zzz"):
        for shape in shapes(CANARY):
            told += tells(judged(model, level, **{key: shape}), CANARY)
    assert told == []


@pytest.mark.parametrize(("model", "level"), HIDDEN)
def test_no_field_inside_a_part_of_a_hidden_record_is_quoted(
    model: type[Model], level: str | None
) -> None:
    told: list[str] = []
    for outer, part in INNER.items():
        if outer not in model.keys or (outer == "chain" and model is texts.Text):
            continue
        for key in (*part.keys, "zzz"):
            for shape in shapes(CANARY):
                told += tells(judged(model, level, **{outer: mapping(**{key: shape})}), CANARY)
    assert told == []


def test_the_same_field_of_an_open_record_is_quoted() -> None:
    found = judged(records.Person, "open", names=scalar("X"), sex=scalar(CANARY))
    assert tells(found, CANARY) != []


@pytest.mark.parametrize("key", ["protct", "Protect", "protected", "PROTECT"])
def test_a_slip_in_the_key_does_not_open_a_record(key: str) -> None:
    found = judged(texts.Text, None, **{key: scalar("pseudonym"), "kind": scalar(CANARY)})
    assert "S003" in {problem.code for problem in found}
    assert tells(found, CANARY) == []


def test_a_suggestion_does_not_mirror_a_hidden_value() -> None:
    found = judged(records.Person, "pseudonym", sex=scalar("femal"))
    assert not any("mean" in problem.remedy for problem in found)


_SECRETS = st.text(string.ascii_uppercase + "ҒҚӘЖШЫ", min_size=7, max_size=12)


@given(data=st.data(), secret=_SECRETS, case=st.sampled_from(HIDDEN))
@settings(max_examples=300, deadline=None)
def test_no_mixture_of_fields_is_quoted(data: Any, secret: str, case: Any) -> None:
    model, level = case
    keys = data.draw(st.lists(st.sampled_from(model.keys), unique=True, max_size=6))
    values = {key: data.draw(st.sampled_from(list(shapes(secret)))) for key in keys}
    assert tells(judged(model, level, **values), secret) == []
