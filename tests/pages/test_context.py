from __future__ import annotations

import pytest

from aigaq.archive.public import Group, Name, Site, Text, Topic, Version
from aigaq.pages import context, labels, texts
from aigaq.pages.context import Link, Phrase
from aigaq.pages.labels import Labels
from aigaq.pages.page import Contents, Page
from aigaq.words.localised import Localised


@pytest.fixture
def here(build_archive):
    """A context in a language that knows every label of the archive."""

    def make(lang="en", untranslated="show-original", **changes):
        archive = build_archive(**changes)
        known = Labels(tuple(labels.of_archive(archive).values()))
        page = Page(path=f"{lang}/x.html", kind="x", lang=lang, contents=Contents((), known))
        site = Site(
            title=archive.site.title, languages=("en", "kk", "ug"), untranslated=untranslated
        )
        return context.Context(page, site, texts.of(lang, ""))

    return make


def test_words_in_the_language_of_the_page_are_not_marked(here):
    assert here("kk").phrase("Сөз", "kk") == Phrase("Сөз")


def test_words_in_another_language_are_marked_with_it_and_its_direction(here):
    assert here("en").phrase("سۆز", "ug") == Phrase("سۆز", "ug", "rtl")


def test_no_words_have_no_language(here):
    assert here("en").phrase("", "ug") == Phrase("")


def test_the_best_text_for_a_reader_is_picked(here):
    texts_ = Localised.of({"en": "One", "ru": "Один"})
    assert here("kk").pick(texts_) == Phrase("Один", "ru", "ltr")


def test_of_no_text_an_empty_phrase_is_picked(here):
    assert not here().pick(Localised())


def test_a_link_leads_to_the_page_in_the_same_tree(here):
    assert here("kk").link("p-aa11") == Link(
        Phrase("Плейсхолдер Қызы"), "kk/people/p-aa11.html"
    )


def test_a_link_keeps_its_anchor(here):
    assert here("kk").link("t-1111", "p4").anchor == "p4"


def test_a_group_is_a_place_on_the_page_of_its_person(here):
    link = here().link("g-0007")
    assert (link.path, link.anchor) == ("en/people/p-bb22.html", "g-0007")


def test_a_group_of_nobody_has_a_page_of_its_own(here):
    group = Group(id="g-1", label=Localised.of({"en": "people"}))
    link = here(groups={"g-1": group}).link("g-1")
    assert link == Link(Phrase("people"), "en/people/g-1.html")


def test_an_unknown_id_is_a_fault_of_the_page(here):
    with pytest.raises(KeyError):
        here().link("p-nobody")


@pytest.mark.parametrize(
    ("lang", "untranslated", "path"),
    [
        ("ug", "show-original", "ug/testimonies/t-1111.html"),
        ("ug", "link", "kk/testimonies/t-1111.html"),
        ("en", "link", "en/testimonies/t-1111.html"),
    ],
)
def test_a_text_that_is_not_translated_is_read_where_the_site_says(
    here, lang, untranslated, path
):
    assert here(lang, untranslated).address("t-1111") == path


def test_words_stay_words_where_an_id_or_words_may_stand(here):
    assert here().link_or_words("the akim") == Link(Phrase("the akim"))


def test_an_id_becomes_a_link_where_an_id_or_words_may_stand(here):
    assert here().link_or_words("org-embassy").path == "en/organisations/org-embassy.html"


@pytest.mark.parametrize("word", ["prison", "nearby"])
def test_a_word_that_is_the_id_of_a_thing_stays_a_word(here, word):
    assert here().link_or_words(word) == Link(Phrase(word))


def test_a_name_is_shown_in_the_language_of_the_reader(here):
    names = (Name(text="A", lang="en"), Name(text="А", lang="kk"))
    assert (here("en").name(names).text, here("kk").name(names).text) == ("A", "А")


def test_links_keep_their_order(here):
    assert [link.path for link in here().links(("t-2222", "t-1111"))] == [
        "en/testimonies/t-2222.html",
        "en/testimonies/t-1111.html",
    ]


def test_a_text_and_a_topic_are_shown_by_their_titles(here):
    topic = Topic(id="topic", label=Localised.of({"en": "Topic"}))
    text = Text(
        id="t-1",
        kind="news",
        extent="full",
        voice="own",
        lang="en",
        versions=(Version(lang="en", title="Title"),),
    )
    made = here(topics={"topic": topic}, texts={"t-1": text})
    assert [made.link(i).phrase.text for i in ("topic", "t-1")] == ["Topic", "Title"]


def test_an_author_whom_nobody_knows_is_told_in_the_language_of_the_page(here):
    spoken = texts.of(
        "kk", 'msgid ""\nmsgstr ""\n\nmsgctxt "certainty"\nmsgid "unknown"\nmsgstr "белгісіз"\n'
    )
    made = here("kk")
    made = context.Context(made.page, made.site, spoken)
    assert made.link_or_words("unknown") == Link(Phrase("белгісіз"))


def test_what_is_the_same_on_all_pages_is_made_once_for_each_object(here):
    made = here("en")
    first, alike = ["a"], ["a"]

    def told(value):
        return [*value]

    once = made.once("key", first, told)

    assert made.once("key", first, told) is once
    assert made.once("other", first, told) is not once
    assert made.once("key", alike, told) is not once
