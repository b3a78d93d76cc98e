from __future__ import annotations

import dataclasses
from typing import Any

import pytest

from aigaq.archive.public import ProvenanceStep
from aigaq.pages import context, provenance, texts


@pytest.fixture(name="told")
def _told(archive: Any, pages_of: Any) -> Any:
    """`told(text, archive=…)`: `(text, context of its English page)`."""

    def make(text_id: str, archive: Any = archive) -> Any:
        page = pages_of(archive)[f"en/testimonies/{text_id}.html"]
        return page.inputs.text, context.Context(page, archive.site, texts.of("en", ""))

    return make


def keys(made: Any) -> list[str]:
    return [step.key for step in made.steps]


def test_a_recorded_text_starts_with_its_recording_and_ends_here(told: Any) -> None:
    assert keys(provenance.of(*told("t-1111"))) == ["recorded", "translated", "here"]


def test_the_copy_that_was_used_stands_after_earlier_ones(told: Any) -> None:
    made = provenance.of(*told("t-3333"))

    assert keys(made) == ["published", "used", "translated", "here"]
    assert made.steps[0].role == "first published"


def test_a_copy_without_a_date_stands_after_the_first_if_that_is_the_one_used(
    archive: Any, changed: Any, told: Any
) -> None:
    original = archive.texts["t-3333"].original
    copy = ProvenanceStep(outlet="Example Weekly", is_record=False, role="republication")

    def order(*chain: ProvenanceStep) -> list[str]:
        alone = dataclasses.replace(original, chain=chain)
        made = changed(archive, texts={"t-3333": {"original": alone}})
        return keys(provenance.of(*told("t-3333", made)))

    assert order(copy)[:2] == ["used", "published"]
    assert order(*original.chain, copy)[:3] == ["published", "published", "used"]


def test_a_later_copy_stands_after_the_one_that_was_used(
    archive: Any, changed: Any, told: Any, date: Any
) -> None:
    original = archive.texts["t-3333"].original
    later = ProvenanceStep(
        outlet="Example Weekly", is_record=False, role="republication", date=date("2020")
    )
    chain = dataclasses.replace(original, chain=(*original.chain, later))
    longer = changed(archive, texts={"t-3333": {"original": chain}})

    steps = provenance.of(*told("t-3333", longer)).steps

    assert [step.who[0].phrase.text for step in steps[:3]] == [
        "Example Daily",
        "Example Magazine",
        "Example Weekly",
    ]


@pytest.mark.parametrize(
    ("written", "is_lost"),
    [
        ("", True),
        ("unknown", True),
        ("2021~", True),
        ("[2021-03..2021-04]", True),
        ("2021-03", False),
        ("2021-03-04", False),
    ],
)
def test_a_copy_whose_date_was_concluded_has_lost_it(
    archive: Any, changed: Any, told: Any, date: Any, written: str, *, is_lost: bool
) -> None:
    published = date(written) if written else None
    original = dataclasses.replace(archive.texts["t-3333"].original, published=published)
    made = provenance.of(
        *told("t-3333", changed(archive, texts={"t-3333": {"original": original}}))
    )

    assert [step.undated for step in made.steps if step.key == "used"] == [is_lost]
    assert not any(step.undated for step in made.steps if step.key != "used")


def test_credits_are_named_with_their_roles(told: Any) -> None:
    made = provenance.of(*told("t-3333"))

    assert [(c.role, c.who.phrase.text) for c in made.credits] == [
        ("author", "Placeholder Reporter"),
        ("translator", "Volunteers"),
    ]


def test_rights_are_told_in_words(told: Any) -> None:
    made = provenance.of(*told("t-3333"))

    assert (made.rights, made.rights_text.text) == (
        "published with permission",
        "Reprinted with permission.",
    )


def test_only_addresses_of_web_pages_become_links(
    archive: Any, changed: Any, told: Any
) -> None:
    original = dataclasses.replace(
        archive.texts["t-3333"].original, url="javascript:alert(1)", archived=("ftp://x",)
    )
    hostile = changed(archive, texts={"t-3333": {"original": original}})

    made = provenance.of(*told("t-3333", hostile))

    assert (made.url, made.archived) == ("", ())
