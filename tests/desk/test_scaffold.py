from __future__ import annotations

import datetime
import re
from typing import Any

import pytest

from aigaq.desk import scaffold
from aigaq.source import disk, records
from aigaq.source.schema import fields
from aigaq.words import vocabularies
from aigaq.words.diagnostics import has_errors

TODAY = datetime.date(2026, 11, 22)

# What an editor writes into each new file: the empty value that is filled, and with what.
FILLED = {
    "testimony": {
        "title:": 'title: "A day in August"',
        "told_by:": "told_by: p-1",
        "  date:": "  date: 2024-03-09",
        "consent:": "consent: c-1",
        "---\n\n": "---\n\nThey took her in August.\n",
    },
    "person": {
        "protect:": "protect: open",
        "  - text:": '  - text: "Placeholder Name"',
        "role:": "role: missing",
    },
    "group": {
        "  en:": "  en: grandchildren",
        "count:": "count: about 10",
        "minors:": "minors: true",
    },
    "place": {
        "  - text:": "  - text: X",
        "type:": "type: county",
        "precision:": "precision: county",
    },
    "organisation": {"  - text:": "  - text: Volunteers", "type:": "type: advocacy"},
    "consent": {
        "given_by:": "given_by: p-1",
        "scope: []": "scope: [site, mirror]",
        "names:": "names: real",
        "date:": "date: 2024-03-09",
    },
    "page": {"title:": 'title: "About"', "---\n\n": "---\n\nWords.\n"},
}
PREFIX = {"testimony": "t", "person": "p", "group": "g", "place": "pl", "organisation": "org"}


def new(site: Any, kind: str, record_id: str | None = None, lang: str | None = None) -> str:
    """The path of a new file, from the site's folder."""
    named = "about" if kind == "page" and record_id is None else record_id
    path, problems = scaffold.new(site.root, kind, record_id=named, lang=lang, today=TODAY)
    assert path is not None, problems
    return str(path.relative_to(site.root))


def refusals(site: Any, kind: str, record_id: str | None, lang: str | None = None) -> list[Any]:
    path, problems = scaffold.new(site.root, kind, record_id=record_id, lang=lang, today=TODAY)
    assert path is None
    return [problem.problem for problem in problems]


def text_of(site: Any, path: str) -> str:
    return (site.root / path).read_text("utf-8")


def filled(text: str, values: dict[str, str]) -> str:
    for empty, value in values.items():
        text, count = re.subn(rf"(?m)^{re.escape(empty)}(?=\s|$)", value, text, count=1)
        assert count, empty
    return text


def read(site: Any) -> tuple[Any, list[Any]]:
    sources, _, found = disk.sources(site.root)
    written, problems = records.read(sources)
    return written, [*found, *problems]


# What a new file holds


@pytest.mark.parametrize("kind", FILLED)
def test_a_new_file_that_is_filled_has_no_error(site: Any, kind: str) -> None:
    path = new(site, kind)

    site.write(path, filled(text_of(site, path), FILLED[kind]))

    assert not [p for p in read(site)[1] if p.is_error]


@pytest.mark.parametrize("kind", FILLED)
def test_a_new_file_that_is_not_filled_is_named_with_what_it_lacks(
    site: Any, kind: str
) -> None:
    path = new(site, kind)

    problems = read(site)[1]

    assert problems
    assert {p.span.path for p in problems} == {path}
    assert all(p.span.line for p in problems)


@pytest.mark.parametrize("kind", ["testimony", "page", "translation"])
def test_a_new_text_that_is_not_filled_keeps_nobody_from_publishing(
    site: Any, kind: str
) -> None:
    site.config(languages=["en", "kk"]).testimony("t-1")
    new(site, "testimony", "t-1", "kk") if kind == "translation" else new(site, kind)

    report = site.build()

    assert report.status == 0
    assert {p.problem.severity for p in report.problems} == {"warning"}


def test_a_person_who_must_not_be_named_is_made_by_deleting_the_notes(site: Any) -> None:
    path = new(site, "person")
    values = {"protect:": "protect: pseudonym", "  - text:": "  - text: Aunt A."}
    written = filled(
        text_of(site, path), values | {"    kind: preferred": "    kind: pseudonym"}
    )
    lines = [line for line in written.split("\n") if not line.startswith("#")]

    site.write(path, "\n".join(lines))

    assert not [p for p in read(site)[1] if p.is_error]


@pytest.mark.parametrize("level", vocabularies.PROTECT)
def test_a_new_person_names_every_level_of_protection(site: Any, level: str) -> None:
    assert f"#   {level} " in text_of(site, new(site, "person"))


@pytest.mark.parametrize("kind", ["group", "consent"])
def test_a_new_file_that_must_not_hold_notes_has_none(site: Any, kind: str) -> None:
    assert "#" not in text_of(site, new(site, kind))


@pytest.mark.parametrize("kind", ["testimony", "page"])
def test_a_new_text_is_a_draft_until_somebody_says_otherwise(site: Any, kind: str) -> None:
    path = new(site, kind)
    site.write(path, filled(text_of(site, path), FILLED[kind]))

    written, _ = read(site)

    assert [text.record.draft for text in (*written.texts, *written.pages)] == [True]


def test_a_new_testimony_tells_when_it_was_added(site: Any) -> None:
    path = new(site, "testimony")
    site.write(path, filled(text_of(site, path), FILLED["testimony"]))

    written, _ = read(site)

    assert written.texts[0].record.added == TODAY


def test_nobody_is_open_unless_somebody_decides_it(site: Any) -> None:
    values = {key: value for key, value in FILLED["person"].items() if key != "protect:"}
    path = new(site, "person")
    site.write(path, filled(text_of(site, path), values))

    written, problems = read(site)

    assert not written.people
    assert [dict(p.words)["key"] for p in problems] == ["protect"]


def test_a_text_and_a_page_of_another_language_say_so_in_their_names(site: Any) -> None:
    site.config(languages=["en", "kk"])

    made = [new(site, "testimony", "t-1", "kk"), new(site, "page", "about", "kk")]

    assert made == ["content/testimonies/t-1.kk.md", "content/pages/about.kk.md"]


@pytest.mark.parametrize("kind", ["person", "place", "organisation"])
def test_the_first_name_of_a_record_is_in_the_language_that_was_asked_for(
    site: Any, kind: str
) -> None:
    site.config(languages=["en", "kk"])

    assert "    lang: kk\n" in text_of(site, new(site, kind, lang="kk"))


# Translations


def test_the_id_of_a_text_with_another_language_starts_its_translation(site: Any) -> None:
    site.config(languages=["en", "kk"]).testimony("t-1", "kk")
    path = new(site, "testimony", "t-1", "en")
    site.write(path, filled(text_of(site, path), {"title:": "title: T", "  by:": "  by: p-2"}))

    written, problems = read(site)

    assert not has_errors(problems)
    assert [
        (one.id, one.lang, one.record.translation.from_) for one in written.translations
    ] == [("t-1", "en", "kk")]


def test_a_translation_is_made_from_the_original_and_not_from_a_translation(site: Any) -> None:
    site.config(languages=["en", "kk", "ru"]).testimony("t-1", "kk").translation(
        "t-1", "en", of="kk"
    )

    assert "from: kk" in text_of(site, new(site, "testimony", "t-1", "ru"))


def test_a_translation_lies_beside_its_original(site: Any) -> None:
    site.config(languages=["en", "kk"]).testimony("t-1")
    original = text_of(site, "content/testimonies/t-1.en.md")
    site.remove("content/testimonies/t-1.en.md")
    site.write("content/testimonies/2024/spring/t-1.en.md", original)

    assert new(site, "testimony", "t-1", "kk") == "content/testimonies/2024/spring/t-1.kk.md"


# Ids


@pytest.mark.parametrize(("kind", "prefix"), PREFIX.items())
def test_a_new_id_tells_the_kind_and_nothing_else(site: Any, kind: str, prefix: str) -> None:
    name = new(site, kind).rpartition("/")[2].partition(".")[0]

    assert re.fullmatch(rf"{prefix}-[{scaffold.ALPHABET}]{{4}}", name)


def test_two_hundred_new_people_have_two_hundred_ids(site: Any) -> None:
    assert len({new(site, "person") for _ in range(200)}) == 200


def test_an_id_that_is_taken_by_any_kind_of_record_is_not_given_again(
    site: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    # A tiny alphabet makes every short id collide.
    monkeypatch.setattr(scaffold, "ALPHABET", "2")
    site.place("p-2222")

    assert new(site, "person") == "content/people/p-22222.yaml"


def test_no_letter_of_an_id_looks_like_another(site: Any) -> None:
    assert not set(scaffold.ALPHABET) & set("0o1liaeuy")


@pytest.mark.parametrize(
    "record_id", ["../../x", "/x", "p/1", "p\\1", "P-1", "p 1", "", "-x", "é", "p.en", "p" * 65]
)
def test_an_id_that_is_none_is_refused_in_the_schemas_own_words(
    site: Any, record_id: str
) -> None:
    assert refusals(site, "person", record_id) == [fields.NOT_AN_ID]
    assert site.sources() == ("site.yaml",)


@pytest.mark.parametrize("record_id", ["index", "page-2"])
def test_an_id_that_the_site_keeps_for_itself_is_refused(site: Any, record_id: str) -> None:
    assert refusals(site, "testimony", record_id) == [fields.RESERVED_ID]


def test_a_page_without_a_name_is_refused(site: Any) -> None:
    assert refusals(site, "page", None) == [scaffold.NO_NAME]


def test_a_language_that_the_site_does_not_have_is_refused(site: Any) -> None:
    assert refusals(site, "testimony", None, "kk") == [records.NOT_A_SITE_LANGUAGE]


# What is there already


@pytest.mark.parametrize(
    "path", ["people/p-1.yaml", "places/old/p-1.yaml", "testimonies/p-1.en.md"]
)
def test_a_file_with_that_id_is_never_overwritten(site: Any, path: str) -> None:
    site.write(f"content/{path}", "mine")

    assert refusals(site, "person", "p-1") == [scaffold.EXISTS]
    assert text_of(site, f"content/{path}") == "mine"


def test_a_text_in_the_same_language_is_never_overwritten(site: Any) -> None:
    site.testimony("t-1")

    assert refusals(site, "testimony", "t-1", "en") == [scaffold.EXISTS]


def test_the_translation_that_is_there_is_the_file_that_is_named(site: Any) -> None:
    site.config(languages=["en", "kk"]).testimony("t-1")
    site.write("content/testimonies/t-1.kk.md", "mine")

    _, found = scaffold.new(site.root, "testimony", record_id="t-1", lang="kk", today=TODAY)

    assert [one.span.path for one in found] == ["content/testimonies/t-1.kk.md"]


def test_a_link_in_the_place_of_the_new_file_is_not_followed(site: Any) -> None:
    outside = site.root.parent / "outside.yaml"
    (site.root / "content/people").mkdir()
    (site.root / "content/people/p-1.yaml").symlink_to(outside)

    assert refusals(site, "person", "p-1") == [scaffold.EXISTS]
    assert not outside.exists()


def test_a_folder_that_is_a_link_is_not_followed(site: Any) -> None:
    outside = site.root.parent / "outside"
    outside.mkdir()
    (site.root / "content/people").symlink_to(outside)

    assert refusals(site, "person", "p-1") == [disk.LINK]
    assert not any(outside.iterdir())


def test_a_site_whose_settings_cannot_be_read_gets_no_new_file(site: Any) -> None:
    site.write("site.yaml", "title: [")

    path, problems = scaffold.new(site.root, "person", record_id=None, lang=None, today=TODAY)

    assert path is None
    assert {problem.span.path for problem in problems} == {"site.yaml"}
