"""The sentences of "How do we know?": every combination, in every interface language."""

from __future__ import annotations

import dataclasses
import itertools
import pathlib
import re
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from markupsafe import Markup, escape

from aigaq.pages import claims, context, evidence, texts
from aigaq.pages.context import Link, Phrase
from aigaq.pages.evidence import Evidence, Telling
from aigaq.pages.index import Index
from aigaq.pages.labels import Labels
from aigaq.pages.moments import Moment
from aigaq.pages.page import Contents, Page
from aigaq.words import edtf, vocabularies

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ROOT = pathlib.Path(__file__).parents[2]
LANGUAGES = ("en", "kk", "ru", "tr", "ug", "zh-Hans")
EXPECTED = yaml.safe_load(
    (pathlib.Path(__file__).parent / "how_do_we_know.yaml").read_text("utf-8")
)
_TAG = re.compile(r"<[^>]+>")
_BDI = re.compile(r"<bdi(?: [^>]*)?>[^<]*</bdi>")


def interface(lang: str) -> texts.Texts:
    return texts.of(lang, (ROOT / f"theme/locales/{lang}.po").read_text("utf-8"))


def shown(link: Link) -> Markup:
    """As the renderer shows a link, without its address."""
    phrase = link.phrase
    lang = f' lang="{phrase.lang}" dir="{phrase.dir}"' if phrase.lang else ""
    return Markup(f"<bdi{lang}>{escape(phrase.text)}</bdi>")


def named(words: str, lang: str = "") -> Link:
    return Link(Phrase(words, lang, "ltr" if lang else ""))


def known(
    known_by: str = "",
    *,
    tellers: tuple[Link, ...] = (named("T0"),),
    steps: int = 0,
    sure: str = "",
    how: str = "",
) -> Evidence:
    when = Moment("D0") if how else None
    return Evidence(
        telling=Telling(when, how, named("a text")),
        tellers=tellers,
        known_by=known_by,
        chain=tuple(named(f"S{n}") for n in range(steps)),
        certainty=sure,
    )


def every_evidence() -> Iterator[Evidence]:
    tellers = ((named("T0"),), (named("words & words", "en"), named("T1")), ())
    for known_by, who, steps, sure, how in itertools.product(
        ("", *vocabularies.KNOWN_BY),
        tellers,
        (0, 1, 2, 3, 5),
        ("", *vocabularies.CERTAINTIES),
        ("", "interview", "publication"),
    ):
        yield known(known_by, tellers=who, steps=steps, sure=sure, how=how)


def values(one: Evidence) -> list[str]:
    """What stands in the gaps, in the order of the sentences."""
    steps = [step.phrase.text for step in one.chain]
    return [
        *(str(escape(teller.phrase.text)) for teller in one.tellers),
        *([str(len(steps)), *steps] if steps else []),
        *([one.telling.when.words] if one.telling.when else []),
    ]


def test_every_way_of_knowing_and_every_certainty_has_its_sentence() -> None:
    assert set(evidence.TOLD) == {"", *vocabularies.KNOWN_BY}
    assert set(evidence.SURE) == set(vocabularies.CERTAINTIES)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_combination_is_whole_sentences_with_every_value_isolated(lang: str) -> None:
    say, stop = interface(lang), "。" if lang == "zh-Hans" else "."
    for one in every_evidence():
        html = one.in_words(say, shown)
        assert sorted(map(_plain, _BDI.findall(html))) == sorted(values(one)), html
        around = _BDI.sub("", html)
        assert not re.search(r"%|\(\w+\)s|<|[.。]{2}", around), html
        assert around.count(stop) == 2 + bool(one.chain) + bool(one.certainty), html
        if lang not in {"en", "tr"}:
            assert not re.search("[A-Za-z]", around), html


def test_no_turkish_sentence_is_the_english_one() -> None:
    turkish, english = interface("tr"), interface("en")
    for key, how in itertools.product(evidence.TOLD, evidence.WHEN):
        one = known(key, steps=2, sure="likely", how=how)
        told = (one.in_words(say, shown) for say in (turkish, english))
        mine, theirs = ({*re.split(r"\.(?: |$)", _plain(t))} - {""} for t in told)
        assert not mine & theirs


@pytest.mark.parametrize(
    ("steps", "words"), [(1, "1 звено:"), (2, "2 звена:"), (5, "5 звеньев:"), (21, "21 звено:")]
)
def test_a_chain_takes_the_form_of_its_number_in_russian(steps: int, words: str) -> None:
    assert words in _plain(known(steps=steps).in_words(interface("ru"), shown))


@pytest.mark.parametrize("date", ["9 апреля 2021 г.", "около 2018 г."])
@pytest.mark.parametrize("how", ["interview", "publication"])
def test_a_date_that_ends_in_a_stop_does_not_double_it(date: str, how: str) -> None:
    one = Evidence(telling=Telling(Moment(date), how, named("a text")), tellers=(named("T"),))

    assert ".." not in _plain(one.in_words(interface("ru"), shown))


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("case", EXPECTED, ids=lambda case: case["case"])
def test_the_sentences_read_as_they_were_read_through(case: dict[str, Any], lang: str) -> None:
    one = known(
        case.get("known_by", ""),
        tellers=(named("T0"),) if case.get("speaker", True) else (),
        steps=case.get("steps", 0),
        sure=case.get("certainty", ""),
        how=case.get("told", ""),
    )

    said = one.in_words(interface(lang), shown, here="told" not in case)

    assert _plain(said) == case[lang]


def _plain(html: str) -> str:
    return _TAG.sub("", html)


# --- from a claim or an intervention ---


@pytest.fixture(name="evidence_of")
def _evidence_of(archive: Any) -> Callable[..., Evidence]:
    """`evidence_of(entry, lang="en", archive=…)`."""

    def find(entry: Any, lang: str = "en", archive: Any = archive) -> Evidence:
        index = Index(archive)
        page = Page(
            path=f"{lang}/people/p-bb22.html",
            kind="person",
            lang=lang,
            contents=Contents(None, Labels(tuple(index.labels.values()))),
        )
        here = context.Context(page, archive.site, texts.of(lang, ""))
        [source] = claims.sources(index, (entry,))
        return evidence.of(entry, here, source)

    return find


def test_a_text_of_which_nobody_knows_the_day_says_so(archive: Any, evidence_of: Any) -> None:
    text = archive.texts["t-3333"]
    undated = dataclasses.replace(text, date=edtf.parse("unknown"))
    told = dataclasses.replace(archive, texts={**archive.texts, "t-3333": undated})

    said = evidence_of(undated.claims[0], archive=told).in_words(interface("en"), shown)

    assert said.endswith(" When this was told is not known.")


def test_a_step_of_a_chain_may_be_a_record_words_or_the_narrator(
    archive: Any, evidence_of: Any
) -> None:
    claim = dataclasses.replace(
        archive.texts["t-1111"].claims[0], chain=("org-embassy", "a driver", "narrator")
    )

    steps = evidence_of(claim).chain

    assert [(step.phrase.text, step.path) for step in steps] == [
        ("Placeholder Embassy", "en/organisations/org-embassy.html"),
        ("a driver", ""),
        ("Placeholder Daughter", "en/people/p-aa11.html"),
    ]


def test_the_name_of_the_speaker_in_a_chain_leads_to_them(
    archive: Any, evidence_of: Any
) -> None:
    claim = dataclasses.replace(archive.texts["t-1111"].claims[0], chain=("Плейсхолдер Қызы",))

    [step] = evidence_of(claim).chain

    assert (step.phrase.text, step.path) == ("Placeholder Daughter", "en/people/p-aa11.html")


def test_a_narrator_whom_nobody_names_is_called_so(archive: Any, evidence_of: Any) -> None:
    claim = dataclasses.replace(archive.texts["t-1111"].claims[0], by="", chain=("narrator",))

    found = evidence_of(claim)

    assert [step.phrase.text for step in found.chain] == ["the narrator"]
    assert "is not named here" in found.in_words(texts.of("en", ""), shown)


def test_a_speaker_may_be_words(archive: Any, evidence_of: Any) -> None:
    found = evidence_of(archive.texts["t-3333"].claims[0])

    assert found.by == named("Placeholder Reporter")


def test_what_was_asked_says_who_told_it(archive: Any, evidence_of: Any, changed: Any) -> None:
    asked = dataclasses.replace(archive.texts["t-1111"].asked[0], told_by=("p-aa11", "a guest"))
    more = changed(archive, texts={"t-1111": {"asked": (asked,)}})

    said = evidence_of(asked, archive=more).in_words(texts.of("en", ""), shown, here=True)

    assert _plain(said) == "This was told by Placeholder Daughter, a guest."


def test_in_its_own_text_the_day_of_telling_is_not_said_again(
    archive: Any, evidence_of: Any
) -> None:
    found = evidence_of(archive.texts["t-1111"].claims[0])
    say = texts.of("en", "")

    assert "The interview dates from" in found.in_words(say, shown)
    assert "The interview dates from" not in found.in_words(say, shown, here=True)


def test_the_passage_is_the_text_by_its_title_at_the_paragraph(
    archive: Any, evidence_of: Any
) -> None:
    passage = evidence_of(archive.texts["t-1111"].claims[0]).telling.passage

    assert (passage.path, passage.anchor) == ("en/testimonies/t-1111.html", "p2")
    assert passage.phrase.text == "If I do not look for her, who will?"
