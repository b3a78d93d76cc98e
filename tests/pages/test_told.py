"""The free words of a header are the reader's where a translation has them."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any

import pytest

from aigaq.archive.public import Asked, Claim
from aigaq.pages import claims, context, texts
from aigaq.pages.index import Index
from aigaq.pages.labels import Labels
from aigaq.pages.page import Contents, Page
from aigaq.words.localised import Localised

if TYPE_CHECKING:
    from collections.abc import Callable

PHRASES = {
    "in August": "тамызда",
    "by car": "көлікпен",
    "a teacher": "мұғалім",
    "a driver": "жүргізуші",
    "a cousin": "бөлесі",
    "the police": "полиция",
    "a city court": "қалалық сот",
    "her prayers": "намазы",
    "the akim": "әкім",
}


@pytest.fixture(name="view")
def _view(archive: Any, changed: Any) -> Callable[..., Any]:
    """`view(entry, lang)`: an entry of the English text `t-3333`, translated into Kazakh."""
    phrases = tuple((en, Localised.of({"kk": kk})) for en, kk in PHRASES.items())

    def show(entry: Claim | Asked, lang: str) -> Any:
        kept = {"claims": (entry,)} if isinstance(entry, Claim) else {"asked": (entry,)}
        index = Index(changed(archive, texts={"t-3333": {"phrases": phrases, **kept}}))
        page = Page(
            path=f"{lang}/people/p-bb22.html",
            kind="person",
            lang=lang,
            contents=Contents(None, Labels(tuple(index.labels.values()))),
        )
        here = context.Context(page, archive.site, texts.of(lang, ""))
        known = {source.id: source for source in claims.sources(index, (entry,))}
        return claims.views((entry,), here, known)[0]

    return show


CLAIM = Claim(
    text="t-3333",
    number=1,
    about="p-bb22",
    what="fined",
    said="in August",
    words=Localised.of({"en": "by car"}),
    value=Localised.of({"en": "a teacher"}),
    chain=("a driver", "org-embassy"),
    with_whom="a cousin",
    done_by="the police",
    court="a city court",
    because="her prayers",
)
ASKED = Asked(
    text="t-3333",
    how="letter",
    to=("the akim",),
    said="in August",
    words=Localised.of({"en": "by car"}),
)


def words_of(view: Any) -> dict[str, context.Phrase]:
    """Every free word that a reader meets."""
    details = {d.key: d.values[0].phrase for d in view.details}
    found = {"said": view.said, "words": view.words, **details}
    return found | ({"chain": view.evidence.chain[0].phrase} if view.evidence.chain else {})


@pytest.mark.parametrize("entry", [CLAIM, ASKED], ids=["claim", "asked"])
def test_every_free_word_is_the_readers_where_a_translation_has_it(
    view: Any, entry: Any
) -> None:
    original, translated = (words_of(view(entry, lang)) for lang in ("en", "kk"))

    assert original
    assert {key: PHRASES[p.text] for key, p in original.items()} == {
        key: p.text for key, p in translated.items()
    }
    assert {p.lang for p in translated.values()} == {""}


@pytest.mark.parametrize("entry", [CLAIM, ASKED], ids=["claim", "asked"])
def test_without_a_translation_the_words_are_the_originals_and_say_their_language(
    view: Any, entry: Any
) -> None:
    shown = words_of(view(entry, "ug"))

    assert {p.text for p in shown.values()} <= set(PHRASES)
    assert {(p.lang, p.dir) for p in shown.values()} == {("en", "ltr")}


def test_kazakh_in_another_script_is_read_in_kazakh(view: Any) -> None:
    said = view(CLAIM, "kk-Latn").said

    assert (said.text, said.lang) == ("тамызда", "kk")


def test_an_editors_own_map_goes_before_a_translation(view: Any) -> None:
    words = Localised.of({"en": "by car", "kk": "машинамен"})

    assert view(dataclasses.replace(CLAIM, words=words), "kk").words.text == "машинамен"


def test_a_page_holds_the_phrases_of_its_own_claims_alone(archive: Any, changed: Any) -> None:
    phrases = (("in August", Localised.of({"kk": "тамызда"})), ("other", Localised()))
    text = changed(archive, texts={"t-3333": {"phrases": phrases}}).texts["t-3333"]

    assert claims.source(text, (CLAIM,)).phrases == phrases[:1]
