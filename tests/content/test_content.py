"""The demonstration archive: every fact has its source lines, no sentence is anybody else's."""

from __future__ import annotations

import importlib.util
import re
import sys
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from aigaq import pipeline

if TYPE_CHECKING:
    from aigaq.archive.public import PublicArchive, Text

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
CONTENT = ROOT / "content"
IDS = sorted(path.name.partition(".")[0] for path in (HERE / "facts").glob("*.yaml"))
ENGLISH = sorted({*CONTENT.rglob("*.en.md"), *CONTENT.rglob("*.yaml"), *CONTENT.glob("*.md")})


@cache
def shingles() -> ModuleType:
    spec = importlib.util.spec_from_file_location("shingles", HERE / "shingles.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@cache
def archive() -> PublicArchive:
    prepared, problems, _ = pipeline.prepare(
        ROOT, options=pipeline.Options(), step=lambda _: None
    )
    assert prepared is not None, problems
    return prepared.archive


@cache
def known() -> frozenset[bytes]:
    found: frozenset[bytes] = shingles().known()
    return found


@cache
def sources() -> dict[str, set[int]]:
    """The lines of each source that are not empty."""
    written = yaml.safe_load((HERE / "sources.yaml").read_text("utf-8"))
    return {
        key: set(shingles().numbers(about["lines"].split(", ")))
        for key, about in written.items()
    }


def facts_of(text: str) -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load(
        (HERE / "facts" / f"{text}.yaml").read_text("utf-8")
    )
    return loaded


def paragraphs_of(text: Text) -> list[str]:
    return [b.address for b in text.original_version.body.blocks if b.address]


def lines_of(where: Any, source: str) -> list[tuple[str, int]]:
    """The (source, line) pairs that an entry of a table of facts names."""
    pairs = []
    for one in [] if where == "editor" else where:
        named, _, span = str(one).rpartition(":")
        pairs += [(named or source, n) for n in shingles().numbers([span])]
    return pairs


# --- where the facts come from ---


def test_every_text_has_a_table_of_its_facts() -> None:
    assert sorted(archive().texts) == IDS


@pytest.mark.parametrize("text", IDS)
def test_every_paragraph_says_which_lines_it_comes_from(text: str) -> None:
    assert list(facts_of(text)["paragraphs"]) == paragraphs_of(archive().texts[text])


@pytest.mark.parametrize("text", IDS)
def test_the_lines_are_there_and_say_something(text: str) -> None:
    facts = facts_of(text)
    named = [
        pair
        for where in facts["paragraphs"].values()
        for pair in lines_of(where, facts["source"])
    ]

    assert named
    assert [pair for pair in named if pair[1] not in sources()[pair[0]]] == []


@pytest.mark.parametrize("text", IDS)
def test_only_an_editors_note_may_come_from_the_editors(text: str) -> None:
    blocks = archive().texts[text].original_version.body.blocks
    notes = {b.address for b in blocks if b.container and b.container.kind == "note"}
    ours = {at for at, where in facts_of(text)["paragraphs"].items() if where == "editor"}

    assert ours <= notes


@pytest.mark.parametrize("text", IDS)
def test_every_claim_says_how_it_is_known_and_in_which_paragraph(text: str) -> None:
    claims = archive().texts[text].claims

    assert [c.what for c in claims if not (c.known_by and c.at)] == []


@pytest.mark.parametrize("text", IDS)
def test_every_retelling_names_its_source_and_says_that_it_is_one(text: str) -> None:
    record = archive().texts[text]

    assert record.voice == "summary"
    assert record.original is not None
    assert record.original.outlet


@pytest.mark.parametrize("text", IDS)
def test_the_list_of_sources_has_a_line_for_it(text: str) -> None:
    listed = (CONTENT / "SOURCES.md").read_text("utf-8")

    assert len([line for line in listed.splitlines() if f"`{text}`" in line]) == 1


# --- whose words they are ---


@pytest.mark.parametrize("path", ENGLISH, ids=lambda p: p.relative_to(CONTENT).as_posix())
def test_no_run_of_eight_words_is_shared_with_a_source(path: Path) -> None:
    words = re.sub(r"https?://\S+", "", path.read_text("utf-8"))  # an address may hold a title
    assert shingles().shared(words, known()) == []


def test_a_shared_run_of_eight_words_would_be_found() -> None:
    copied = "one two three four five six seven eight"
    digests = frozenset(digest for digest, _ in shingles().runs(copied))
    dressed = "One, two “three” [four](person:p-1) five — SIX seven eight nine."

    assert shingles().shared(dressed, digests) == [copied]


def test_the_sources_are_known_by_more_than_ten_thousand_runs() -> None:
    assert len(known()) > 10_000


@pytest.mark.parametrize("text", IDS)
def test_nothing_is_quoted(text: str) -> None:
    """In our summaries no sentence stands as anybody's own."""
    [original] = CONTENT.rglob(f"testimonies/**/{text}.en.md")
    body = original.read_text("utf-8").split("\n---\n", 1)[1]

    assert re.findall(r"[“\"][^”\"]*\s[^”\"]*\s[^”\"]*[.!?][”\"]", body) == []


# --- how much there is ---


def test_the_archive_has_what_later_features_are_tried_on() -> None:
    made = archive()

    assert len(made.texts) >= 16
    assert len(made.people) >= 45
    assert len(made.places) >= 25
    assert len(made.organisations) >= 12
    assert any(place for place in made.places.values() if _was_renamed(place.names))
    assert sum(len(text.objects) for text in made.texts.values()) >= 5
    assert made.corrections
    assert made.glossary


def _was_renamed(names: Any) -> bool:
    return any("former" in name.kinds and name.until for name in names)


@pytest.mark.parametrize(
    ("lang", "least"), [("kk", 10), ("ru", 10), ("ug", 4), ("zh-Hans", 4), ("tr", 4)]
)
def test_texts_are_translated_as_drafts(lang: str, least: int) -> None:
    versions = [v for t in archive().texts.values() if (v := t.version(lang)) is not None]

    assert len(versions) >= least
    assert {v.translation.status for v in versions if v.translation} == {"draft"}


@pytest.mark.parametrize("lang", ["kk", "ru"])
def test_every_text_has_a_summary_in(lang: str) -> None:
    made = archive().texts.values()

    assert [t.id for t in made if not ((v := t.version(lang)) and v.summary)] == []


@pytest.mark.parametrize("lang", ["kk", "ru", "ug", "zh-Hans", "tr"])
def test_every_page_is_there_as_a_draft_in(lang: str) -> None:
    english = {path.name.partition(".")[0] for path in CONTENT.glob("pages/*.en.md")}
    drafts = {
        path.name.partition(".")[0]
        for path in CONTENT.glob(f"pages/*.{lang}.md")
        if "status: draft" in path.read_text("utf-8")
    }

    assert drafts == english


@pytest.mark.parametrize("lang", ["kk", "ru", "ug", "zh-Hans", "tr"])
def test_topics_series_and_glossary_are_translated_into(lang: str) -> None:
    made = archive()
    localised = [
        *(topic.label for topic in made.topics.values()),
        *(series.title for series in made.series.values()),
        *(series.introduction for series in made.series.values()),
        *(entry.term for entry in made.glossary),
    ]

    assert [words.pairs for words in localised if not words.get(lang)] == []
