from __future__ import annotations

import datetime

import pytest

from aigaq.archive import public, publish


def test_without_the_use_translate_there_are_no_translations(sources):
    sources.testimony("t-1").consent("c-n", scope="site").translation("t-1", "kk")
    assert [v.lang for v in sources.publish().texts["t-1"].versions] == ["en"]


def test_with_the_use_translate_there_are_translations(sources):
    sources.testimony("t-1").translation("t-1", "kk")
    assert [v.lang for v in sources.publish().texts["t-1"].versions] == ["en", "kk"]


@pytest.mark.parametrize("use", ["data-download", "mirror", "print"])
def test_a_use_of_the_card_is_a_use_of_the_text(sources, use):
    sources.testimony("t-1").consent("c-n", scope=["site", use])
    assert sources.publish().texts["t-1"].scope == {"site", use}


@pytest.mark.parametrize("drafts", [True, False])
def test_drafts_of_translations_and_pages_are_for_the_preview(sources, drafts):
    sources.text("t-1").translation("t-1", "kk", draft=True).page("about")
    sources.page("about", "kk", draft=True).page("plan", draft=True)
    made = sources.publish(drafts=drafts)
    shown = (
        len(made.texts["t-1"].versions),
        len(made.pages["about"].versions),
        len(made.pages),
    )
    assert shown == ((2, 2, 2) if drafts else (1, 1, 1))


def test_words_of_unclear_rights_are_not_shown_in_any_language(sources):
    """The schema and the linking refuse them as well; this is the last of three nets."""
    rights = {"url": "https://example.org/", "rights": "unclear"}
    sources.text("t-1", original=rights, summary="What it tells.").translation("t-1", "kk")
    archive, before = sources.linked()
    made, _ = publish.view_of(archive, publish.Options(built=datetime.date(2026, 11, 22)))
    versions = made.texts["t-1"].versions
    assert {problem.code for problem in before} == {"S039", "L013"}
    assert [version.body for version in versions] == [public.NO_BODY, public.NO_BODY]
    assert versions[0].summary == "What it tells."


def test_a_text_by_somebody_counted_stays_without_its_narrator(sources):
    sources.person("p-n", protect="group-only").person("p-m")
    about = [{"person": "p-m", "relation": "mother", "as_told": "my mother"}]
    claims = [{"about": "p-m", "what": "died"}]
    asked = [{"how": "letter", "for": "p-m"}]
    sources.testimony("t-1", told_by="p-n", about=about, claims=claims, asked=asked)
    text = sources.publish().texts["t-1"]
    assert (text.told_by, text.about) == ((), (public.Subject(id="p-m"),))
    assert [(c.about, c.by, c.by_words) for c in text.claims] == [("p-m", "", "")]
    assert [(a.by, a.about) for a in text.asked] == [((), ("p-m",))]


def test_a_thing_of_somebody_counted_is_nobodys(sources):
    sources.person("p-c", protect="group-only")
    sources.text("t-1", objects=[{"id": "ob-1", "what": "scarf", "of": "p-c"}])
    [thing] = sources.publish().texts["t-1"].objects
    assert (thing.id, thing.of) == ("ob-1", "")


def test_every_field_of_a_text_is_carried_over(sources):
    sources.person("p-1").person("p-2").place("pl-1").organisation("org-1").series("s-1")
    sources.topics("topic").text(
        "t-1",
        kind="report",
        extent="excerpt",
        added="2026-11-20",
        title_is_quote=True,
        title_by="editor",
        summary="What it tells.",
        series="s-1",
        topics="topic",
        tags="picket",
        content_notes="torture",
        told_by=[{"person": "p-1", "label": "A"}],
        about=[{"person": "p-2", "relation": "mother", "as_told": "my mother"}],
        mentions=["org-1", "pl-1"],
        interview={
            "date": "2024-03-09",
            "place": "pl-1",
            "by": "p-2",
            "language": "kk",
            "conditions": "In a cafe",
        },
        source="A copy",
        original={
            "outlet": "org-1",
            "published": "2024-06",
            "published_basis": "its footer",
            "url": "https://example.org/story",
            "url_as_printed": "story.html",
            "archived": "https://archive.example.org/abc",
            "rights": "permission",
            "rights_text": "With permission.",
            "chain": [{"outlet": "Example Daily", "role": "broadcast", "date": "2024-05"}],
        },
        credits=[
            {"who": "p-1", "role": "author", "from": "ru", "abridged": True, "date": "2024"}
        ],
        objects=[{"id": "ob-1", "what": "scarf", "of": "p-2", "kept_by": "p-1"}],
    )
    text = sources.publish().texts["t-1"]
    assert (text.kind, text.extent, text.voice, text.lang) == ("report", "excerpt", "own", "en")
    assert (text.title_is_quote, text.title_by_editor) == (True, True)
    assert (text.added.notation, text.date.notation) == ("2026-11-20", "2024-06")
    assert (text.series, text.topics, text.tags) == (("s-1",), ("topic",), ("picket",))
    assert (text.content_notes, text.mentions) == (("torture",), ("org-1", "pl-1"))
    assert text.told_by == (public.Narrator(person="p-1", label="A"),)
    [subject] = text.about
    assert (subject.id, subject.of, subject.relation) == ("p-2", "p-1", "mother")
    assert subject.as_told.get("en") == "my mother"
    assert (text.interview.place, text.interview.by) == ("pl-1", ("p-2",))
    assert (text.interview.language, text.interview.conditions.get("en")) == ("kk", "In a cafe")
    assert text.source.get("en") == "A copy"
    original = text.original
    assert (original.outlet, original.is_record, original.rights) == (
        "org-1",
        True,
        "permission",
    )
    assert (original.url, original.url_as_printed) == (
        "https://example.org/story",
        "story.html",
    )
    assert original.archived == ("https://archive.example.org/abc",)
    assert original.published_basis.get("en") == "its footer"
    assert original.rights_text.get("en") == "With permission."
    [step] = original.chain
    assert (step.outlet, step.is_record, step.role) == ("Example Daily", False, "broadcast")
    [credit] = text.credits
    assert (credit.who, credit.is_record, credit.role) == ("p-1", True, "author")
    assert (credit.source_language, credit.abridged, credit.date.notation) == (
        "ru",
        True,
        "2024",
    )
    [thing] = text.objects
    assert (thing.id, thing.text, thing.of, thing.kept_by) == ("ob-1", "t-1", "p-2", "p-1")
    [version] = text.versions
    assert (version.title, version.summary) == ("Title of t-1", "What it tells.")
    assert version.labels == (("A", "p-1"),)


def test_the_date_of_a_text_is_that_of_its_publication_else_of_its_interview(sources):
    sources.testimony("t-1", interview={"date": "2024-03-09"})
    sources.text("t-2", interview={"date": "2024-03-09"})
    dates = [text.date.notation for text in sources.publish().texts.values()]
    assert dates == ["2024-03-09", "2020-05-02"]


def test_a_text_that_nobody_says_when_it_was_added_is_as_new_as_its_date(sources):
    assert sources.text("t-1").publish().texts["t-1"].added.notation == "2020-05-02"


def test_how_a_translation_was_made_is_told(sources):
    sources.person("p-1").person("p-h", protect="restricted").text("t-1")
    facts = {"from": "en", "by": ["p-1", "p-h", "A friend"], "date": "2024-07"}
    facts |= {"status": "reviewed", "abridged": True}
    sources.translation("t-1", "kk", summary="Мазмұны", translation=facts)
    version = sources.publish().texts["t-1"].version("kk")
    made = version.translation
    assert (made.source, made.status, made.by) == ("en", "reviewed", ("p-1", "A friend"))
    assert (made.machine, made.abridged, made.date.notation) == (False, True, "2024-07")
    assert (version.title, version.summary) == ("Title of t-1 in kk", "Мазмұны")


def test_a_translation_has_labels_of_its_own_where_it_says_so(sources):
    sources.person("p-1").person("p-2")
    speakers = [{"person": "p-1", "label": "A"}, {"person": "p-2", "label": "B"}]
    sources.text("t-1", body="A: One.\n\nB: Two.\n", told_by=speakers)
    facts = {"from": "en", "machine": True, "labels": {"p-2": "Б"}}
    sources.translation("t-1", "kk", "A: Бір.\n\nБ: Екі.\n", translation=facts)
    version = sources.publish().texts["t-1"].version("kk")
    assert version.labels == (("A", "p-1"), ("Б", "p-2"))
    assert [block.speaker for block in version.body.blocks] == ["A", "Б"]


def test_somebody_who_speaks_twice_under_two_labels_keeps_both(sources):
    interview = {"by": [{"person": "p-1", "label": "Q"}], "date": "2024"}
    sources.person("p-1")
    told = [{"person": "p-1", "label": "A"}]
    sources.text("t-1", told_by=told, interview=interview)
    assert sources.publish().texts["t-1"].versions[0].labels == (("A", "p-1"), ("Q", "p-1"))


def test_the_versions_of_a_page_come_the_original_first(sources):
    sources.page("about", "kk").page("about", "en", translation={"from": "kk", "machine": True})
    versions = sources.publish().pages["about"].versions
    assert [(v.lang, v.translation is None) for v in versions] == [("kk", True), ("en", False)]


def test_a_relation_to_somebody_who_is_not_named_is_not_told(sources):
    sources.person("p-1").person("p-h", protect="restricted")
    about = [{"person": "p-1", "of": "p-h", "relation": "mother", "as_told": "her mother"}]
    assert sources.text("t-1", about=about).publish().texts["t-1"].about == (
        public.Subject(id="p-1"),
    )
