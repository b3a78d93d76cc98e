"""Slim pages: what the search engine is fed, language by language, and what it is not fed."""

from __future__ import annotations

import html
import re
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aigaq.pages import han, slim, slim_page, texts
from aigaq.pages.index import Index

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import Any

    from aigaq.archive.public import PublicArchive


def fed(archive: PublicArchive, lang: str) -> dict[str, str]:
    """The slim pages of a language by path, as text."""
    spoken = {tag: texts.of(tag, "") for tag in archive.site.languages}
    found = slim.pages(Index(archive), spoken)[lang]
    return {artifact.path: artifact.data.decode() for artifact in found}


def meta(page: str, key: str) -> str:
    found = re.search(rf'data-pagefind-meta="{key}\[content\]" content="([^"]*)"', page)
    return html.unescape(found[1]) if found else ""


def test_every_language_has_pages_even_without_a_word_in_it(
    build_archive: Callable[..., PublicArchive],
) -> None:
    kinds = (
        "texts",
        "people",
        "groups",
        "places",
        "organisations",
        "series",
        "topics",
        "pages",
    )
    bare = build_archive(**{kind: {} for kind in kinds})

    assert list(fed(bare, "ug")) == ["ug/index.html"]


def test_a_bundle_has_originals_and_translations_in_its_language(
    archive: PublicArchive,
) -> None:
    assert "en/testimonies/t-1111.html" in fed(archive, "en")
    assert "kk/testimonies/t-1111.html" in fed(archive, "kk")


def test_a_text_that_is_only_shown_untranslated_is_not_fed(archive: PublicArchive) -> None:
    assert "en/testimonies/t-2222.html" not in fed(archive, "en")
    assert "ug/testimonies/t-2222.html" in fed(archive, "ug")


def test_every_slim_page_stands_for_a_page_of_the_site(
    archive: PublicArchive, pages_of: Callable[[PublicArchive], Mapping[str, Any]]
) -> None:
    planned = pages_of(archive)

    for lang in archive.site.languages:
        assert set(fed(archive, lang)) <= set(planned)


def test_a_person_is_found_by_every_attested_spelling(archive: PublicArchive) -> None:
    aka = meta(fed(archive, "en")["en/people/p-bb22.html"], "aka")

    for spelling in ("Placeholder Mothr", "Плейсхолдер Ана", "پلېيسخولدېر ئانا", "占 位 母 亲"):
        assert spelling in aka.split(slim_page.BETWEEN_NAMES)


def test_a_text_is_found_by_the_names_of_those_who_tell_and_of_whom_it_tells(
    archive: PublicArchive,
) -> None:
    aka = meta(fed(archive, "en")["en/testimonies/t-1111.html"], "aka")

    assert {"Плейсхолдер Қызы", "Плейсхолдер Ана"} <= set(aka.split(slim_page.BETWEEN_NAMES))


def test_a_protected_person_is_fed_by_the_public_name_only(archive: PublicArchive) -> None:
    page = fed(archive, "en")["en/people/p-dd44.html"]

    assert meta(page, "aka") == "Interviewer A"


def test_each_paragraph_has_its_address_before_it(archive: PublicArchive) -> None:
    page = fed(archive, "en")["en/testimonies/t-1111.html"]

    assert '<span id="p2"></span><p>They took her in August.</p>' in page
    assert '<span id="h-1"></span><h2>Later</h2>' in page


def test_a_page_says_its_language_kind_and_date(archive: PublicArchive) -> None:
    page = fed(archive, "kk")["kk/testimonies/t-1111.html"]

    assert '<html lang="kk">' in page
    assert meta(page, "kind")
    assert "2024" in meta(page, "date")


def test_a_title_in_another_language_is_marked_with_it(archive: PublicArchive) -> None:
    pages = fed(archive, "ug")

    assert (
        f'<span id="{slim_page.TITLE_LANGUAGE}en"></span><h1>' in pages["ug/series/nearby.html"]
    )
    assert slim_page.TITLE_LANGUAGE not in pages["ug/topics/prison.html"]


def test_words_of_the_archive_cannot_become_elements(
    archive: PublicArchive, changed: Callable[..., PublicArchive]
) -> None:
    version = archive.texts["t-2222"].versions[0]
    values = {f: getattr(version, f) for f in ("lang", "body")}
    hostile = type(version)(title='"><script>x</script>', **values)
    page = fed(changed(archive, texts={"t-2222": {"versions": (hostile,)}}), "ug")

    assert "<script>" not in page["ug/testimonies/t-2222.html"]


def test_han_characters_stand_apart_and_other_words_do_not() -> None:
    assert han.apart("在2017年，Yerkin也") == "在 2017 年 ，Yerkin 也"


@pytest.mark.parametrize("text", ["Қалида", "تۈرمىگە", "detained", "日本のこと"[2:]])
def test_text_without_han_stays_as_it_is(text: str) -> None:
    assert han.apart(text) == text


@given(st.text("看守所阿 aБئ。々𠀀", max_size=20))
def test_only_spaces_are_added(text: str) -> None:
    assert "".join(han.apart(text).split()) == "".join(text.split())
    assert han.apart(han.apart(text)) == han.apart(text)


def test_a_slim_page_is_known_by_all_that_it_is_made_of() -> None:
    page = slim_page.SlimPage(
        path="en/a.html", title="A", kind="Text", parts=(slim_page.Part("words", "p1"),)
    )
    others = [
        (replace(page, **changed), "en", ())
        for changed in (
            {"path": "en/b.html"},
            {"title": "B"},
            {"title_lang": "kk"},
            {"kind": "Note"},
            {"date": "2017"},
            {"aka": ("A", "B")},
            {"content_notes": ("violence",)},
            {"parts": (slim_page.Part("words", "p2"),)},
            {"parts": (slim_page.Part("words", "p1", 2),)},
            {"is_described": True},
        )
    ]
    others += [(page, "kk", ()), (page, "en", (("kind", "page"),))]
    files = [slim_page.fed(*one) for one in ((page, "en", ()), *others)]

    assert len({file.digest for file in files}) == len({(f.path, f.data) for f in files}) == 13
    assert slim_page.fed(replace(page), "en").digest == files[0].digest


def test_a_page_without_a_word_has_its_kind_and_no_other_page_has() -> None:
    bare = slim_page.SlimPage(path="en/a.html", title="???", kind="Person")
    told = replace(bare, parts=(slim_page.Part("¿", "p1"), slim_page.Part("7", "p2")))
    named = replace(bare, title="乃")

    assert "<p>Person</p>" in slim_page.fed(bare, "en").data.decode()
    for page in (told, named):
        assert "<p>Person</p>" not in slim_page.fed(page, "en").data.decode()


def test_the_frame_has_every_field_that_a_page_has(archive: PublicArchive) -> None:
    for lang in archive.site.languages:
        used = {key for page in fed(archive, lang).values() for key in fields(page)}
        assert used <= fields(slim_page.frame(lang).data.decode())


def fields(page: str) -> set[str]:
    return set(re.findall(r'data-pagefind-meta="(\w+)\[content\]"', page))
