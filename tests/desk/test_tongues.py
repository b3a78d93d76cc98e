"""The catalogues of messages: up to date, drafts, and gaps as they are in English."""

from __future__ import annotations

import io
import string
from pathlib import Path
from typing import Any

import pytest
from babel.messages import pofile

from aigaq import cli
from aigaq.cli import console
from aigaq.desk import reference, tongues

LOCALES = Path(tongues.__file__).parent / "locales"
LANGUAGES = [lang for lang in console.LANGUAGES if lang != "en"]


def catalogue(lang: str) -> Any:
    return pofile.read_po(io.StringIO((LOCALES / f"{lang}.po").read_text("utf-8")), locale=lang)


def test_there_is_a_catalogue_for_each_language_that_can_be_asked_for() -> None:
    assert sorted(path.stem for path in LOCALES.glob("*.po")) == sorted(LANGUAGES)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_catalogue_has_just_the_sentences_of_the_code(lang: str) -> None:
    """After a change: `make docs`."""
    text = (LOCALES / f"{lang}.po").read_text("utf-8")
    assert tongues.updated(lang, text, tongues.collected()) == text


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_catalogue_that_no_native_reader_has_checked_says_so(lang: str) -> None:
    assert '"X-Status: draft\\n"' in (LOCALES / f"{lang}.po").read_text("utf-8")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_nothing_is_said_to_editors_that_is_not_translated(lang: str) -> None:
    """A new message is translated with the commit that brings it."""
    lacking = [
        message.id
        for message in catalogue(lang)
        if message.id and not all(_forms(message.string))
    ]
    assert lacking == []


def _forms(string: Any) -> tuple[str, ...]:
    return string if isinstance(string, tuple) else (string,)


def gaps(sentence: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name is not None}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_translation_has_no_gap_that_its_sentence_has_not(lang: str) -> None:
    strange = {}
    for message in catalogue(lang):
        if not message.string or (message.context and "{word}" not in str(message.id)):
            continue
        one = isinstance(message.id, tuple)
        forms = message.string if one else (message.string,)
        english = gaps(message.id[1] if one else message.id)
        if any(not gaps(form) <= english for form in forms):
            strange[message.id] = message.string
    assert strange == {}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_message_and_its_remedy_are_told_in_the_language(
    lang: str, site: Any, capsys: Any
) -> None:
    site.write("content/people/p-1.yaml", "names: X\nprotekt: open\nprotect: open\n")
    with pytest.raises(SystemExit):
        cli.main(["check", "--language", lang, "--root", str(site.root)])

    first, remedy, _, summary = f"{capsys.readouterr().out}\n\n".split("\n")[:4]

    assert first.startswith("content/people/p-1.yaml:2:1: error S001: ")
    english = next(p for p in reference.problems() if p.code == "S001")
    made = tongues.read(lang).texts
    assert made.gettext(english.message).partition("{")[0] in first
    assert "Did you mean" not in remedy
    assert '"protect"' in remedy or "«protect»" in remedy
    assert "error" not in summary


def test_the_environment_names_the_language(
    site: Any, capsys: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AIGAQ_LANGUAGE", "ru")
    cli.main(["check", "--root", str(site.place("pl-1").root)])
    assert "errors" not in capsys.readouterr().out
