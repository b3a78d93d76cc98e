from __future__ import annotations

import pickle
from collections.abc import Collection
from random import Random
from typing import Any

import pytest

from aigaq.source import strict_yaml
from aigaq.source.document import Mapping, Node, Scalar, Sequence
from aigaq.source.schema import lists, records, site, texts, validate
from aigaq.source.schema.claims import Claim
from aigaq.source.schema.reading import Model
from aigaq.words import vocabularies
from aigaq.words.diagnostics import Span

TEXT = """\
title: T
told_by: p-1
consent: c-1
source: S
claims:
  - {about: p-2, what: detained, status: camp}
  -
  - about: p-2
    what: sentenced
    years: 12
    at: p7
about: p-2
"""
PATH = "content/testimonies/sub/t-1.kk.md"
MODELS = (
    *(texts.Text, texts.Translation, texts.Page, site.SiteConfig),
    *(records.Person, records.Group, records.Place, records.Organisation, records.Series),
    *(records.Consent, records.MediaSidecar),
    *(lists.Topic, lists.GlossaryEntry, lists.Correction, lists.Identity),
)


def test_a_part_of_a_record_knows_its_place(read: Any) -> None:
    located, _ = read(texts.Text, TEXT, PATH)
    assert located.span_of("claims", 1, "at") == Span(PATH, 11, 9)
    assert located.span_of("title") == Span(PATH, 1, 8)


def test_what_is_not_written_has_the_place_of_its_nearest_parent(read: Any) -> None:
    located, _ = read(texts.Text, TEXT, PATH)
    assert located.span_of("claims", 0, "when") == Span(PATH, 6, 5)
    assert located.span_of("claims", 7) == Span(PATH, 6, 3)
    assert located.span_of("summary") == Span(PATH, 1, 1)


def test_a_single_value_is_the_first_of_its_list(read: Any) -> None:
    located, _ = read(texts.Text, TEXT, PATH)
    assert located.span_of("about", 0, "person") == Span(PATH, 12, 8)


def test_a_record_has_the_id_of_its_file(read: Any) -> None:
    located, _ = read(texts.Text, TEXT, PATH)
    assert located.id == "t-1"


def test_a_record_travels_between_processes(read: Any) -> None:
    located, _ = read(texts.Text, TEXT, PATH)
    assert pickle.loads(pickle.dumps(located)) == located


def test_a_record_cannot_be_changed(read: Any) -> None:
    located, _ = read(texts.Text, TEXT, PATH)
    with pytest.raises(ValueError, match="frozen"):
        located.record.title = "Other"


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("content/people/P-1.yaml", "S005"),
        ("content/people/a b.yaml", "S005"),
        ("content/people/index.yaml", "S006"),
        ("content/people/page-2.yaml", "S006"),
        ("content/people/.yaml", "S063"),
        ("content/people/p-1.old.yaml", "S005"),
        ("content/people/con.yaml", "S006"),
        ("content/people/" + "a" * 65 + ".yaml", "S005"),
    ],
)
def test_the_name_of_a_file_must_be_an_id(path: str, code: str, read: Any) -> None:
    located, found = read(records.Person, "names: X\nprotect: open\n", path)
    assert [(d.code, d.span) for d in found] == [(code, Span(path))]
    assert located is None


def test_the_name_of_a_media_file_is_free(read: Any) -> None:
    _, found = read(records.MediaSidecar, "alt: A\n", "content/media/My Scarf.JPG.yaml")
    assert found == []


def test_a_recording_needs_its_words(read: Any) -> None:
    _, found = read(
        records.MediaSidecar, "hosts: https://example.org/\n", "content/media/a.MP4.yaml"
    )
    assert [d.code for d in found] == ["S055"]


@pytest.mark.parametrize(
    ("path", "language", "codes"),
    [
        ("content/testimonies/t-1.kk.md", "kk", []),
        ("content/testimonies/a/t-1.zh-Hans.md", "zh-Hans", []),
        ("content/testimonies/t-1.md", "", ["S063"]),
        ("content/testimonies/t-1.kz.md", "", ["S007"]),
    ],
)
def test_the_language_of_a_text_stands_in_its_name(
    path: str, language: str, codes: list[str]
) -> None:
    made, found = validate.file_language(path)
    assert (made, [d.code for d in found]) == (language, codes)


def test_the_good_entries_of_a_list_are_read_and_the_others_told() -> None:
    text = "- {id: a, label: A}\n- {id: b}\n- {id: a, label: Again}\n"
    node, _ = strict_yaml.parse(text, path="content/topics.yaml")
    made, found = validate.listed(lists.Topic, node, path="content/topics.yaml", language="en")
    assert [entry.id for entry in made] == ["a", "a"]
    assert [(d.code, d.span.line) for d in found] == [("S002", 2), ("S062", 3)]


def test_an_empty_list_file_is_an_empty_list() -> None:
    assert validate.listed(lists.Topic, None, path="content/topics.yaml", language="en") == (
        (),
        [],
    )


WORDS = [
    *("", " ", "open", "pseudonym", "sealed-until", "sealed-until 2030-01-01", "true"),
    *("2017", "about 2018", "[1, 2]", "p7", "other", "p-1", "unknown", "A. B.", "12", "news"),
    *(
        "detained",
        "sentenced",
        "reason",
        "https://example.org/",
        "kk",
        "x:y",
        "{gap}",
        "Ә\u0301",
    ),
]
INSIDE = ["about", "what", "who", "role", "person", "text", "lang", "en", "kk", "from", "zz"]


def grown(random: Random, keys: Collection[str], depth: int) -> Node:
    """A tree of texts, lists and mappings, of keys that mean something in places."""
    span = Span("content/x.en.md", random.randint(1, 9), random.randint(1, 9))
    kind = random.choices(["text", "list", "mapping"], [3, 1, 2])[0] if depth < 4 else "text"
    if kind == "text" and depth:
        return Scalar(random.choice(WORDS), span)
    if kind == "list" and depth:
        below = (grown(random, INSIDE, depth + 1) for _ in range(random.randint(0, 3)))
        return Sequence(tuple(below), span)
    names = random.sample([*keys, "zz"], min(random.randint(0, 9), len(keys)))
    below = (grown(random, [*INSIDE, *Claim.keys], depth + 1) for _ in names)
    return Mapping(
        tuple((Scalar(name, span), node) for name, node in zip(names, below, strict=True)), span
    )


@pytest.mark.parametrize("model", MODELS)
def test_whatever_is_written_gives_a_record_or_reasons(model: type[Model]) -> None:
    for seed in range(300):
        node = grown(Random(seed), model.keys, 0)
        located, found = validate.record(model, node, path="content/x.en.md", language="en")
        assert (located is None) == any(problem.is_error for problem in found), seed
        assert "S099" not in {problem.code for problem in found}, seed
        assert all(str(problem) for problem in found), seed


@pytest.mark.parametrize("what", vocabularies.WHATS)
def test_a_claim_with_all_that_its_kind_needs_and_may_have_is_valid(
    what: str, read: Any
) -> None:
    values = {
        "status": "camp", "years": "12", "reason": "assembly", "given_by": "family",
        "relation": "mother", "contact": "letters", "lasted": "2 years", "when": "2018",
        "parts": "[{status: camp, years: 12}]", "known_by": "saw", "certainty": "likely",
        "at": "p1",
    }  # fmt: skip
    rule = vocabularies.CLAIM_FIELDS[what]
    keys = dict.fromkeys((*vocabularies.CLAIM_COMMON, *rule.needs, *rule.may))
    inside = ", ".join(f"{k}: {what if k == 'what' else values.get(k, 'p-1')}" for k in keys)
    _, found = read(
        texts.Text, f"title: T\ntold_by: p-1\nsource: S\nconsent: c-1\nclaims: {{{inside}}}\n"
    )
    assert [str(problem) for problem in found] == []


def test_a_key_that_stands_without_a_value_is_not_called_missing() -> None:
    span = Span("t-1.en.md", 2, 1)
    header = Mapping(((Scalar("title", span), Scalar("", span)),), Span("t-1.en.md", 1, 1))
    _, found = validate.record(texts.Page, header, path="content/pages/t-1.en.md", language="")
    assert [(one.span, one.message) for one in found] == [
        (span, '"title" has no value in the header of a page')
    ]


def test_the_id_of_a_hidden_record_is_not_spelt_out_letter_by_letter() -> None:
    span = Span("c-1.yaml", 1, 1)
    given = ((Scalar("given_by", span), Scalar("\u0440-1", span)),)
    card = Mapping((*given, (Scalar("scope", span), Scalar("site", span))), span)
    _, found = validate.record(
        records.Consent, card, path="content/consent/c-1.yaml", language=""
    )
    assert [one.code for one in found] == ["S005"]
    assert "U+0440" not in str(found[0])
