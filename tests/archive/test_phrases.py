"""A translation translates the free words of the header, and only what may be told is told."""

from __future__ import annotations

from typing import Any

import pytest

CLAIMS = [
    {"about": "p-1", "what": "detained", "status": "camp", "said": "in the spring"},
    {"about": "p-2", "what": "other", "words": "words about the other"},
]


@pytest.fixture
def translated(sources: Any) -> Any:
    """A text about two people, whose Kazakh translation has these phrases."""

    def write(phrases: dict[str, str], **second: Any) -> Any:
        facts = {
            "from": "en",
            "machine": True,
            "phrases": [list(pair) for pair in phrases.items()],
        }
        sources.person("p-1").person("p-2", **second)
        sources.text("t-1", claims=CLAIMS)
        return sources.translation("t-1", "kk", translation=facts)

    return write


def test_words_of_a_claim_are_told_in_the_language_of_the_translation(translated: Any) -> None:
    made = translated({"in the spring": "көктемде"}).publish()

    [(words, localised)] = made.texts["t-1"].phrases
    assert (words, localised.pairs) == ("in the spring", (("kk", "көктемде"),))


def test_words_that_the_header_does_not_have_are_told_at_their_line(translated: Any) -> None:
    problem = translated({"in spring": "көктемде"}).the("L014")

    assert problem.span.path == "content/testimonies/t-1.kk.md"
    assert not problem.is_error
    assert "spring" not in problem.message


def test_words_of_a_claim_that_may_not_be_told_stay_behind(translated: Any) -> None:
    phrases = {"in the spring": "көктемде", "words about the other": "басқа туралы"}

    made = translated(phrases, protect="restricted", names=None).publish()

    assert [words for words, _ in made.texts["t-1"].phrases] == ["in the spring"]


def test_an_unpublished_translation_translates_nothing(sources: Any) -> None:
    sources.testimony("t-1", about="p-1", claims=CLAIMS[:1]).person("p-1")
    sources.consent("c-n", scope="site")
    facts = {"from": "en", "machine": True, "phrases": [["in the spring", "көктемде"]]}
    sources.translation("t-1", "kk", translation=facts)

    assert sources.publish().texts["t-1"].phrases == ()


def test_kin_terms_keepers_and_tags_are_translated_too(sources: Any) -> None:
    sources.person("p-1").person("p-2")
    sources.text(
        "t-1",
        told_by="p-2",
        about=[{"person": "p-1", "of": "p-2", "relation": "mother", "as_told": "my mother"}],
        objects=[{"id": "ob-1", "what": "scarf", "kept_by": "a museum"}],
        tags=["picket"],
    )
    phrases = [["my mother", "анам"], ["a museum", "мұражай"], ["picket", "пикет"]]
    facts = {"from": "en", "machine": True, "phrases": phrases}
    sources.translation("t-1", "kk", translation=facts)

    told = sources.publish().texts["t-1"].phrases

    assert sources.codes() == ()
    assert [words for words, _ in told] == ["a museum", "my mother", "picket"]
