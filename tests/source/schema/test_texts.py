from __future__ import annotations

import pytest

from aigaq.source import strict_yaml
from aigaq.source.document import Mapping
from aigaq.source.schema import parts, texts
from aigaq.source.schema.dates import Protect

PATH = "content/testimonies/t-1.kk.md"
OPEN = texts.Text(title="T", told_by=("p-1",))


def problems(text: texts.Text, body: str) -> list[tuple[str, int]]:
    found = texts.body_problems(text, body, path=PATH, body_line=10)
    return [(problem.code, problem.span.line) for problem in found]


@pytest.mark.parametrize("level", ["sealed-until", "restricted", "withdrawn"])
def test_a_text_that_nobody_may_read_has_no_body(level: str) -> None:
    hidden = texts.Text(protect=Protect(level))
    assert problems(hidden, "\n\nHer words\n") == [("S037", 12)]
    assert problems(hidden, "\n \n") == []


@pytest.mark.parametrize("level", ["open", "pseudonym", "initials"])
def test_a_text_that_may_be_read_has_a_body(level: str) -> None:
    text = OPEN.model_copy(update={"protect": Protect(level)})
    assert problems(text, "Her words\n") == []


def test_unclear_rights_allow_no_body() -> None:
    text = texts.Text(title="T", original=parts.Original(rights="unclear"))
    assert problems(text, "Their words") == [("S039", 10)]
    assert problems(text, "") == []


def test_a_text_without_words_is_warned_of_unless_it_is_a_draft() -> None:
    [warning] = texts.body_problems(OPEN, "\n", path=PATH, body_line=10)
    assert not warning.is_error
    assert problems(OPEN.model_copy(update={"draft": True}), "\n") == []


@pytest.mark.parametrize(
    ("header", "model"),
    [
        ("title: T\n", texts.Text),
        ("title: T\ntranslation: {from: kk}\n", texts.Translation),
        ("title: T\ntranslation:\n", texts.Translation),
    ],
)
def test_a_file_with_translation_facts_is_a_translation(header: str, model: type) -> None:
    node, _ = strict_yaml.parse(header, path=PATH)
    assert isinstance(node, Mapping)
    assert texts.model_of(node) is model
