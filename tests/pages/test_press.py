from __future__ import annotations

import pytest

from aigaq.pages import press


@pytest.fixture
def printed(archive, pages_of):
    def make(path, templates, catalogues=None):
        made = press.of(archive.site, templates=templates, catalogues=catalogues or {})
        return press.artifact(made, pages_of(archive)[path])

    return make


def test_a_page_becomes_a_file_in_utf_8(printed):
    template = {"person.html": "{{ words(page.title) }} {{ frame.lang }}"}
    made, found = printed("kk/people/p-aa11.html", template)
    assert found == []
    assert (made.path, made.data.decode()) == (
        "kk/people/p-aa11.html",
        "<bdi>Плейсхолдер Қызы</bdi> kk",
    )


def test_each_language_has_its_own_texts(printed):
    po = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\n'
    po += 'msgid "Menu"\nmsgstr "Мәзір"\n'
    template = {"person.html": "{{ _('Menu') }}"}
    shown = [
        printed(f"{lang}/people/p-aa11.html", template, {"kk": po})[0].data.decode()
        for lang in ("en", "kk", "ug")
    ]
    assert shown == ["Menu", "Мәзір", "Menu"]


def test_a_fault_makes_no_file(printed):
    made, found = printed("kk/people/p-aa11.html", {"person.html": "{{ nothing }}"})
    assert made is None
    assert [problem.code for problem in found] == ["T001"]


def test_the_same_page_is_the_same_bytes(printed, html_of, archive):
    assert html_of(archive, "en/people/p-bb22.html") == html_of(
        archive, "en/people/p-bb22.html"
    )
