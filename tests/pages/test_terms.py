"""A word is explained where a text first uses it, in the endings of its language."""

from __future__ import annotations

import pytest

from aigaq.archive.public import GlossaryEntry, Version
from aigaq.pages import terms
from aigaq.words.fragments import Block, Fragment
from aigaq.words.localised import Localised


def used(lang: str, term: str, *paragraphs: str) -> list[str]:
    """The paragraphs of a text that explain `term`."""
    blocks = tuple(
        Block(kind="paragraph", html="", text=text, line=n, address=f"p{n}")
        for n, text in enumerate(paragraphs, 1)
    )
    entry = GlossaryEntry(id="term", term=Localised.of({lang: term}), meaning=Localised())
    version = Version(lang=lang, title="T", body=Fragment(blocks=blocks))
    return [address for address, _ in terms.used(version, (entry,))]


def test_the_first_paragraph_alone_explains_it() -> None:
    assert used("en", "akim", "They came.", "The akim refused.", "The akim left.") == ["p2"]


@pytest.mark.parametrize(
    ("lang", "term", "text"),
    [
        ("en", "akim", "Two Akims refused."),
        ("kk", "әкім", "Ауыл әкіміне жазды."),
        ("ru", "мулла", "Он пригласил муллу."),
        ("ru", "неке (никах)", "Никах прочитали дома."),
        ("ug", "ناماز", "نامىزىنى ئوقۇدى"),
        ("tr", "imam", "İmamların sözü"),
        ("zh-Hans", "乃玛孜（礼拜）", "她做乃玛孜。"),
    ],
)
def test_a_word_is_known_in_its_endings(lang: str, term: str, text: str) -> None:
    assert used(lang, term, text) == ["p1"]


@pytest.mark.parametrize(
    ("lang", "term", "text"),
    [
        ("en", "akim", "Akimbo she stood."),
        ("ru", "имам", "Динамам не место."),
        ("ru", "хуэй", "Она стала худа."),
        ("kk", "имам", "Ол жоқ."),
        ("zh-Hans", "乃玛孜（礼拜）", "礼拜天"),
    ],
)
def test_another_word_is_none(lang: str, term: str, text: str) -> None:
    assert used(lang, term, text) == []


def test_an_entry_without_a_word_in_this_language_is_found_nowhere() -> None:
    entry = GlossaryEntry(id="term", term=Localised.of({"kk": "әкім"}), meaning=Localised())
    body = Fragment(
        blocks=(Block(kind="paragraph", html="", text="әкім", line=1, address="p1"),)
    )

    assert terms.used(Version(lang="ru", title="T", body=body), (entry,)) == ()
