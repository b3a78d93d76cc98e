"""The interface texts: every language complete, gaps kept, and the files up to date."""

from __future__ import annotations

import io
import re

import pytest
from babel.messages import pofile
from babel.messages.catalog import Catalog

from aigaq.desk import catalogues
from aigaq.output import shipped
from aigaq.words import languages

LOCALES = shipped.folder("theme") / "locales"
SPOKEN = ("en", "kk", "ru", "ug", "zh-Hans", "tr")
GAP = re.compile(r"%\((\w+)\)s|\{(\w+)\}")


@pytest.fixture(scope="module")
def wanted() -> Catalog:
    return catalogues.of_package()


def text_of(lang: str) -> str:
    return (LOCALES / f"{lang}.po").read_text("utf-8")


def messages(lang: str) -> Catalog:
    return pofile.read_po(io.StringIO(text_of(lang)), locale=languages.of(lang).babel)


@pytest.mark.parametrize("lang", SPOKEN)
def test_a_catalogue_has_every_text(lang: str, wanted: Catalog) -> None:
    have = {(m.context, m.id): m.string for m in messages(lang)}
    missing = []
    for message in wanted:
        told = have.get((message.context, message.id)) if message.id else "not a text"
        if not told or not all(told):  # a plural has several forms
            missing.append(message.id)
    assert missing == []


@pytest.mark.parametrize("lang", SPOKEN)
def test_a_catalogue_is_as_the_tool_would_write_it(lang: str, wanted: Catalog) -> None:
    assert catalogues.updated(lang, text_of(lang), wanted) == text_of(lang)


@pytest.mark.parametrize("lang", SPOKEN)
def test_a_translation_keeps_the_gaps_of_its_text(lang: str) -> None:
    changed = []
    for message in messages(lang):
        ids = message.id if isinstance(message.id, tuple) else (message.id,)
        told = message.string if isinstance(message.string, tuple) else (message.string,)
        allowed = {gap for text in ids for gap in GAP.findall(text)}
        changed += [text for text in told if message.id and set(GAP.findall(text)) - allowed]
        if len(ids) == 1 and message.id and set(GAP.findall(told[0])) != allowed:
            changed.append(told[0])
    assert changed == []


@pytest.mark.parametrize("lang", [lang for lang in SPOKEN if lang != "en"])
def test_what_no_native_reader_has_checked_says_so(lang: str) -> None:
    assert '"X-Status: draft\\n"' in text_of(lang)


def test_texts_are_found_in_templates_and_in_code() -> None:
    templates = {"a.html": '{{ _("One") }}{{ ngettext("%(n)s day", "%(n)s days", 2, n=2) }}'}
    code = {"a.py": 'say("Two"); noted("Three"); say_in("where", "Four"); other("Five")'}

    found = {(m.context, m.id) for m in catalogues.collected(templates, code) if m.id}

    told = {(None, "One"), (None, ("%(n)s day", "%(n)s days")), (None, "Two"), (None, "Three")}
    assert told | {("where", "Four")} <= found
    assert (None, "Five") not in found


def test_translations_stay_and_texts_that_are_gone_leave() -> None:
    head = 'msgid ""\nmsgstr ""\n"X-Status: draft\\n"\n\n'
    old = head + 'msgid "One"\nmsgstr "Бір"\n\nmsgid "Gone"\nmsgstr "Жоқ"\n'
    wanted = catalogues.collected({"a.html": '{{ _("One") }}{{ _("New") }}'}, {})

    made = catalogues.updated("kk", old, wanted)

    assert 'msgid "One"\nmsgstr "Бір"' in made
    assert 'msgid "New"\nmsgstr ""' in made
    assert "Gone" not in made
    assert "X-Status: draft" in made
