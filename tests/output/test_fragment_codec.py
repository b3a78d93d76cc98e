from __future__ import annotations

import json
import random
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aigaq.output import fragment_codec
from aigaq.words import fragments
from aigaq.words.diagnostics import Diagnostic, Problem, Severity, Span

texts = st.text(max_size=12)
numbers = st.integers(0, 10**6)
containers = st.builds(
    fragments.Container,
    kind=st.sampled_from(get_args(fragments.ContainerKind)),
    number=numbers, by=texts, source=texts, content_note=texts,
)  # fmt: skip
blocks = st.builds(
    fragments.Block,
    kind=st.sampled_from(get_args(fragments.BlockKind)),
    html=texts, text=texts, line=numbers, address=texts, digest=texts, speaker=texts,
    container=st.none() | containers, level=numbers, anchor=texts,
)  # fmt: skip
converted = st.builds(
    fragments.Fragment,
    blocks=st.lists(blocks, max_size=3).map(tuple),
    references=st.lists(st.builds(fragments.Reference, kind=texts, target=texts, anchor=texts, line=numbers, column=numbers), max_size=2).map(tuple),  # noqa: E501
    pictures=st.lists(st.tuples(texts, numbers), max_size=2).map(tuple),
    glosses=st.lists(st.builds(fragments.Gloss, term=texts, text=texts, line=numbers), max_size=2).map(tuple),  # noqa: E501
    footnotes=texts,
)  # fmt: skip
problems = st.builds(
    Problem, code=texts, message=texts, remedy=texts, severity=st.sampled_from(Severity)
)
diagnostics = st.lists(
    st.builds(
        Diagnostic,
        span=st.builds(Span, path=texts, line=numbers, column=numbers),
        problem=problems,
        words=st.lists(st.tuples(texts, texts), max_size=2).map(tuple),
    ),
    max_size=2,
).map(tuple)


@settings(deadline=None)  # the machine may be busy
@given(converted, diagnostics)
def test_the_round_trip_is_exact(fragment, found) -> None:
    data = fragment_codec.encode((fragment, found))

    assert fragment_codec.decode(data) == (fragment, found)
    assert fragment_codec.encode(fragment_codec.decode(data)) == data


def test_a_severity_is_a_severity_again() -> None:
    warning = Problem("Y001", "m", "r", Severity.WARNING).at(Span("p"))

    _, (found,) = fragment_codec.decode(
        fragment_codec.encode((fragments.Fragment(), (warning,)))
    )

    assert found.problem.severity is Severity.WARNING


HEAD, _, REST = fragment_codec.encode(
    (
        fragments.Fragment(
            blocks=(
                fragments.Block(
                    kind="turn", html="<p>x</p>", text="x", line=3, address="p1",
                    container=fragments.Container(kind="scene", number=1),
                ),
                fragments.Block(kind="list", html="<ul><li>y</li></ul>", text="y", line=5),
            ),
            pictures=(("a.jpg", 4),),
            glosses=(fragments.Gloss(term="t", text="g", line=5),),
            references=(fragments.Reference(kind="person", target="p-1", line=5, column=2),),
        ),
        (Problem("Y001", "m {x}", "r").at(Span("p", 1), x=1, line=7),),
    )
).partition(b"\n")  # fmt: skip
WHOLE = json.loads(HEAD)


def test_a_text_can_be_told_of_another_file_where_it_stands_lower() -> None:
    fragment, (found,) = fragment_codec.decode(HEAD + b"\n" + REST, path="q", lines=10)

    assert [block.line for block in fragment.blocks] == [13, 15]
    assert [one.line for one in (*fragment.glosses, *fragment.references)] == [15, 15]
    assert fragment.pictures == (("a.jpg", 14),)
    assert (found.span, dict(found.words)) == (Span("q", 11), {"x": "1", "line": "17"})


@pytest.mark.parametrize("rest", [b"", REST + b"\0", REST.replace(b"\0", b""), b"\xff" + REST])
def test_words_that_are_not_those_of_the_blocks_are_a_value_error(rest: bytes) -> None:
    with pytest.raises(ValueError, match=r"pieces|decode"):
        fragment_codec.decode(HEAD + b"\n" + rest)


def test_anything_of_another_shape_is_a_value_error() -> None:
    chance = random.Random(20261122)
    refused = 0
    for _ in range(500):
        head = json.dumps(bent(json.loads(json.dumps(WHOLE)), chance)).encode()
        data = head + b"\n" + REST
        try:
            fragment_codec.decode(data)
        except ValueError:
            refused += 1
    assert refused > 300  # the rest are other texts in the right shape


def bent(plain, chance: random.Random):
    """`plain` with one value, somewhere, replaced by one of another kind."""
    here = plain
    while True:
        places = list(here) if isinstance(here, dict) else list(range(len(here)))
        inner = [n for n in places if isinstance(here[n], list | dict) and here[n]]
        if not inner or chance.random() < 0.25:
            here[chance.choice(places)] = chance.choice([None, 1.5, True, [], {}, "?", [[]]])
            return plain
        here = here[chance.choice(inner)]


@pytest.mark.parametrize("data", [b"", b"{}", b"[]", b"[1,2]", b"\xff", b"[" * 100_000, b"NaN"])
def test_what_is_no_converted_text_is_a_value_error(data: bytes) -> None:
    with pytest.raises(ValueError, match="validation error"):
        fragment_codec.decode(data)
