from __future__ import annotations

import pytest

# Every place where a record is named: how it is written, the kinds that may stand there, and an
# id that exists but is of another kind.
PEOPLE = ("person", "group")
ACTORS = ("person", "group", "organisation", "place")
IN_TEXTS = {
    "series": ({"series": "s-x"}, ("series",), "p-1"),
    "topics": ({"topics": "to-x"}, ("topic",), "p-1"),
    "consent": ({"consent": "c-x"}, ("consent",), "p-1"),
    "mentions": ({"mentions": "p-x"}, ACTORS, "c-1"),
    "told_by": ({"told_by": "p-x"}, ("person",), "pl-1"),
    "about": ({"about": "p-x"}, PEOPLE, "pl-1"),
    "about of": (
        {"about": [{"person": "p-1", "of": "p-x", "relation": "mother"}]},
        ("person",),
        "g-1",
    ),
    "interview by": ({"interview": {"by": "p-x"}}, ("person",), "org-1"),
    "interview place": ({"interview": {"place": "pl-x"}}, ("place",), "p-1"),
    "interview interpreter": ({"interview": {"interpreter": "p-x"}}, ("person",), "org-1"),
    "outlet": ({"original": {"outlet": "org-x", "rights": "own"}}, ("organisation",), "p-1"),
    "original chain": (
        {
            "original": {
                "rights": "own",
                "url": "https://a.example/",
                "chain": [{"outlet": "org-x"}],
            }
        },
        ("organisation",),
        "p-1",
    ),
    "credit": (
        {"credits": [{"who": "p-x", "role": "author"}]},
        ("person", "organisation"),
        "pl-1",
    ),
    "reviewed_by": (
        {"credits": [{"who": "words", "role": "author", "reviewed_by": "p-x"}]},
        ("person", "organisation"),
        "pl-1",
    ),
    "claim about": ({"claims": [{"about": "p-x", "what": "died"}]}, PEOPLE, "pl-1"),
    "claim by": (
        {"claims": [{"about": "p-1", "what": "died", "by": "p-x"}]},
        ("person", "organisation"),
        "pl-1",
    ),
    "claim where": (
        {"claims": [{"about": "p-1", "what": "died", "where": "pl-x"}]},
        ("place",),
        "p-1",
    ),
    "claim from": (
        {"claims": [{"about": "p-1", "what": "travelled", "from": "pl-x"}]},
        ("place",),
        "p-1",
    ),
    "claim to": (
        {"claims": [{"about": "p-1", "what": "travelled", "to": "pl-x"}]},
        ("place",),
        "p-1",
    ),
    "claim with": (
        {"claims": [{"about": "p-1", "what": "contact", "with": "p-x"}]},
        ACTORS,
        "c-1",
    ),
    "claim done_by": (
        {"claims": [{"about": "p-1", "what": "fined", "done_by": "org-x"}]},
        ACTORS,
        "c-1",
    ),
    "claim court": (
        {"claims": [{"about": "p-1", "what": "sentenced", "years": "1", "court": "org-x"}]},
        ACTORS,
        "c-1",
    ),
    "claim other": (
        {
            "claims": [
                {"about": "p-1", "what": "family-member", "other": "p-x", "relation": "son"}
            ]
        },
        PEOPLE,
        "pl-1",
    ),
    "asked by": ({"asked": [{"how": "letter", "by": "p-x"}]}, ACTORS, "c-1"),
    "asked for": ({"asked": [{"how": "letter", "for": "p-x"}]}, PEOPLE, "pl-1"),
    "asked to": ({"asked": [{"how": "letter", "to": "org-x"}]}, ACTORS, "c-1"),
    "object of": ({"objects": [{"id": "ob-1", "what": "scarf", "of": "p-x"}]}, PEOPLE, "pl-1"),
    "object kept_by": (
        {"objects": [{"id": "ob-1", "what": "scarf", "kept_by": "p-x"}]},
        ("person", "organisation"),
        "pl-1",
    ),
}
IN_RECORDS = {
    "person from": ("person", {"from": "pl-x"}, "p-1"),
    "person family": ("person", {"family": [{"person": "p-x", "is": "aunt"}]}, "pl-1"),
    "person not_same_as": ("person", {"not_same_as": "p-x"}, "pl-1"),
    "name source": (
        "person",
        {"names": [{"text": "Placeholder", "lang": "en", "source": "t-x"}]},
        "p-1",
    ),
    "group of": ("group", {"of": "p-x"}, "pl-1"),
    "place in": ("place", {"in": "pl-x"}, "p-1"),
    "place name source": (
        "place",
        {"names": [{"text": "Placeholder", "lang": "en", "source": "t-x"}]},
        "p-1",
    ),
    "organisation predecessor": ("organisation", {"predecessor": "org-x"}, "p-1"),
    "organisation part_of": ("organisation", {"part_of": [{"org": "org-x"}]}, "p-1"),
    "organisation not_same_as": ("organisation", {"not_same_as": "org-x"}, "p-1"),
    "organisation name source": (
        "organisation",
        {"names": [{"text": "Placeholder", "lang": "en", "source": "t-x"}]},
        "p-1",
    ),
    "series order": ("series", {"order": "t-x"}, "p-1"),
    "series credit": ("series", {"credits": [{"who": "p-x", "role": "partner"}]}, "pl-1"),
}


@pytest.fixture
def known(sources):
    """One open record of each kind."""
    sources.person("p-1").group("g-1").place("pl-1").organisation("org-1").series("s-1")
    return sources.consent("c-1", given_by="p-1").topics("to-1").text("t-1")


def placed(files, problem):
    """The words of the source at the place of a problem."""
    line = files[problem.span.path].split("\n")[problem.span.line - 1]
    return line[max(problem.span.column - 1, 0) :]


def with_id(fields, old, new):
    """`fields` with one id replaced, however deep."""
    if isinstance(fields, dict):
        return {key: with_id(value, old, new) for key, value in fields.items()}
    if isinstance(fields, list):
        return [with_id(item, old, new) for item in fields]
    return new if fields == old else fields


def unknown_in(fields):
    """The id that does not exist: the only one that ends in -x."""
    found = [
        word
        for word in str(fields).replace("'", " ").split()
        if word.rstrip(",]}").endswith("-x")
    ]
    return found[0]


@pytest.mark.parametrize("case", IN_TEXTS)
def test_an_unknown_id_in_a_text_is_told_at_its_place(known, case):
    fields, _, _ = IN_TEXTS[case]
    problem = known.text("t-2", **fields).the("L002")
    assert placed(known.files, problem).startswith(f'"{unknown_in(fields)}"')


@pytest.mark.parametrize("case", IN_TEXTS)
def test_an_unknown_id_in_a_text_brings_the_nearest_of_the_right_kind(known, case):
    fields, _, _ = IN_TEXTS[case]
    remedy = known.text("t-2", **fields).the("L002").remedy
    assert remedy.endswith(f'Did you mean "{unknown_in(fields)[:-1]}1"?')


@pytest.mark.parametrize("case", IN_TEXTS)
def test_an_id_of_the_wrong_kind_in_a_text_is_told_with_both_kinds(known, case):
    fields, kinds, wrong = IN_TEXTS[case]
    written = with_id(fields, unknown_in(fields), wrong)
    problem = known.text("t-2", **written).the("L003")
    assert placed(known.files, problem).startswith(f'"{wrong}"')
    expected = ("record",) if case == "mentions" else kinds
    assert all(kind in problem.message for kind in expected)


@pytest.mark.parametrize("case", IN_RECORDS)
def test_an_unknown_id_in_a_record_is_told_at_its_place_with_the_nearest(known, case):
    kind, fields, _ = IN_RECORDS[case]
    wrong = unknown_in(fields)
    problem = getattr(known, kind)(f"{kind}-2", **fields).the("L002")
    assert placed(known.files, problem).startswith(f'"{wrong}"')
    assert f'Did you mean "{wrong[:-1]}1"?' in problem.remedy


@pytest.mark.parametrize("case", IN_RECORDS)
def test_an_id_of_the_wrong_kind_in_a_record_is_told_at_its_place(known, case):
    kind, fields, wrong = IN_RECORDS[case]
    written = with_id(fields, unknown_in(fields), wrong)
    problem = getattr(known, kind)(f"{kind}-2", **written).the("L003")
    assert placed(known.files, problem).startswith(f'"{wrong}"')


@pytest.mark.parametrize(
    ("name", "entry"),
    [
        ("corrections", {"date": "2026-11-01", "record": "t-x", "what": "A month."}),
        ("identities", {"pair": ["p-1", "p-x"], "decided": "same", "by": "two editors"}),
        ("topics", {"id": "to-2", "label": "Prison", "broader": "to-x"}),
    ],
)
def test_an_unknown_id_in_a_list_is_told_at_its_line(known, name, entry):
    if name == "topics":
        known.listed("topics", {"id": "to-1", "label": "One"}, entry)
    else:
        known.listed(name, entry)
    problem = known.the("L002")
    assert problem.span.path == f"content/{name}.yaml"
    assert placed(known.files, problem).startswith(('"t-x"', '"p-x"', '"to-x"', '["p-1"'))


def test_the_country_of_the_wall_must_be_a_place(known):
    problem = known.site(wall={"country": "p-1"}).the("L003")
    assert (problem.span.path, problem.span.line) == ("site.yaml", 3)


def test_a_consent_card_is_not_quoted_when_its_id_leads_nowhere(known):
    problem = known.consent("c-2", given_by="p-secret").the("L002")
    assert "p-secret" not in str(problem)
    assert problem.span.line == 1


def test_the_card_of_a_picture_must_exist(known):
    problem = known.sidecar("scarf.jpg", consent="c-x").the("L002")
    assert problem.span.path == "content/media/scarf.jpg.yaml"


@pytest.mark.parametrize("key", ["by", "labels"])
def test_a_translation_names_only_who_exists(known, key):
    facts = {"from": "en", "by": "p-1", "labels": {"p-1": "A"}}
    facts |= {"by": "p-x"} if key == "by" else {"labels": {"p-x": "A"}}
    problem = known.translation("t-1", "kk", translation=facts).the("L002")
    assert problem.span.path == "content/testimonies/t-1.kk.md"


@pytest.mark.parametrize(
    "words", ["ex-husband", "police", "unknown", "Org-1", "two neighbours", "co-author"]
)
def test_words_may_stand_where_an_id_or_words_may_stand(known, words):
    claim = {"about": "p-1", "what": "fined", "done_by": words}
    assert known.text("t-2", claims=[claim]).codes() == ()


def test_a_word_that_is_a_topic_too_is_a_word(known):
    claim = {"about": "p-1", "what": "fined", "done_by": "police"}
    assert known.topics("to-1", "police").text("t-2", claims=[claim]).codes() == ()


def test_an_id_without_the_usual_prefix_is_an_id_where_it_exists(known):
    known.place("almaty").text("t-2", credits=[{"who": "almaty", "role": "author"}])
    assert known.codes() == ("L003",)


def test_who_names_a_file_with_errors_is_not_told_that_it_is_missing(known):
    known.write("content/people/p-2.yaml", "nothing: known\n").text("t-2", about="p-2")
    assert "L002" not in known.codes()


# --- ids, languages, originals ---


@pytest.mark.parametrize(
    ("kind", "folder"),
    [
        ("person", "people"),
        ("group", "groups"),
        ("place", "places"),
        ("organisation", "organisations"),
        ("series", "series"),
        ("consent", "consent"),
    ],
)
def test_one_id_for_two_kinds_is_told_with_both_places(sources, kind, folder):
    sources.text("x-1").person("p-n")
    getattr(sources, kind)("x-1", **({"given_by": "p-n"} if kind == "consent" else {}))
    problem = sources.the("L001")
    places = {problem.span.path, problem.message.rpartition(" ")[2]}
    assert places == {f"content/{folder}/x-1.yaml", "content/testimonies/x-1.en.md"}


def test_one_id_in_two_folders_of_a_kind_is_told_with_both_files(sources):
    sources.person("a/p-1").person("b/p-1")
    assert "content/people/a/p-1.yaml" in sources.the("L001").message


@pytest.mark.parametrize("name", ["topics", "glossary"])
def test_ids_of_lists_are_ids_like_others(sources, name):
    entry = {"topics": {"label": "One"}, "glossary": {"term": "akim", "meaning": "mayor"}}[name]
    sources.person("x-1").listed(name, {"id": "x-1"} | entry)
    assert str(sources.the("L001").span).startswith(f"content/{name}.yaml:1:")


def test_the_id_of_an_object_is_an_id_like_others(sources):
    sources.person("x-1").text("t-1", objects=[{"id": "x-1", "what": "scarf"}])
    assert sources.the("L001").span.path == "content/testimonies/t-1.en.md"


def test_a_translation_needs_an_original(sources):
    assert sources.translation("t-1", "kk").the("L004").span.path.endswith("t-1.kk.md")


def test_a_translation_of_an_original_with_errors_is_not_blamed(sources):
    sources.write("content/testimonies/t-1.en.md", "---\nnothing: known\n---\n")
    assert "L004" not in sources.translation("t-1", "kk").codes()


def test_a_text_has_one_original(sources):
    problem = sources.text("t-1", "en").text("t-1", "kk").the("L005")
    assert "content/testimonies/t-1.en.md" in problem.message


def test_a_text_has_one_file_a_language(sources):
    problem = sources.text("a/t-1").text("b/t-1").the("L006")
    assert "content/testimonies/a/t-1.en.md" in problem.message


def test_a_translation_into_the_language_of_the_original_is_a_second_file(sources):
    sources.text("t-1")
    facts = {"from": "kk", "machine": True}
    sources.translation("sub/t-1", "en", translation=facts)
    assert "L006" in sources.codes()


def test_two_translations_into_one_language_are_told(sources):
    sources.text("t-1").translation("a/t-1", "kk").translation("b/t-1", "kk")
    assert sources.the("L006").span.path == "content/testimonies/b/t-1.kk.md"


def test_a_page_has_one_file_a_language(sources):
    assert (
        sources.page("a/about").page("b/about").the("L006").span.path.endswith("b/about.en.md")
    )


def test_a_page_is_not_only_a_translation(sources):
    sources.page("about", "kk", translation={"from": "en", "machine": True})
    assert sources.codes() == ("L004",)


def test_a_translation_comes_from_a_language_that_is_there(sources):
    sources.text("t-1").translation("t-1", "kk", translation={"from": "ug", "machine": True})
    problem = sources.the("L007")
    assert "en, kk" in problem.remedy
    assert problem.span.line == 3


def test_a_translation_may_come_from_another_translation(sources):
    sources.text("t-1").translation("t-1", "kk")
    sources.translation("t-1", "ug", translation={"from": "kk", "machine": True})
    assert sources.codes() == ()


def test_unequal_paragraph_counts_are_a_warning(sources):
    problem = sources.text("t-1", body="One.\n\nTwo.\n").translation("t-1", "kk").the("L009")
    assert not problem.is_error
    assert "2 paragraphs, this translation 1" in problem.message


def test_an_abridged_translation_has_fewer_paragraphs(sources):
    sources.text("t-1", body="One.\n\nTwo.\n")
    facts = {"from": "en", "machine": True, "abridged": True}
    assert sources.translation("t-1", "kk", translation=facts).codes() == ()


@pytest.mark.parametrize(
    "fields",
    [
        {"protect": "restricted"},
        {"original": {"url": "https://example.org/", "rights": "unclear"}},
    ],
)
def test_words_of_a_text_that_may_not_be_read_may_not_stand_in_its_translation(sources, fields):
    problem = sources.text("t-1", body="", **fields).translation("t-1", "kk").the("L013")
    assert problem.is_error
    assert problem.span.path == "content/testimonies/t-1.kk.md"


# --- circles, menu, bodies ---


def test_a_place_within_itself_is_told_with_its_way(sources):
    sources.place("pl-1", in_="pl-2").place("pl-2", in_="pl-3").place("pl-3", in_="pl-1")
    assert [p.span.path for p in sources.found("L008")] == [
        f"content/places/pl-{n}.yaml" for n in (1, 2, 3)
    ]
    assert "pl-1 → pl-2 → pl-3 → pl-1" in sources.found("L008")[0].message


def test_a_place_beside_a_circle_is_not_blamed(sources):
    sources.place("pl-1", in_="pl-2").place("pl-2", in_="pl-2").place("pl-3", in_="pl-1")
    assert [p.span.path for p in sources.found("L008")] == ["content/places/pl-2.yaml"]


def test_topics_do_not_lie_within_themselves(sources):
    sources.listed(
        "topics",
        {"id": "a", "label": "A", "broader": "b"},
        {"id": "b", "label": "B", "broader": "a"},
    )
    assert [p.span.line for p in sources.found("L008")] == [1, 2]


def test_organisations_do_not_precede_themselves(sources):
    sources.organisation("org-1", predecessor=["org-2"])
    sources.organisation("org-2", predecessor=["org-3", "org-1"]).organisation("org-3")
    assert len(sources.found("L008")) == 2


def test_a_menu_entry_leads_somewhere(sources):
    problem = sources.site(menu=["home", "abuot"]).page("about").the("S074")
    assert 'Did you mean "about"?' in problem.remedy


def test_a_menu_entry_may_be_a_page_of_the_editors(sources):
    assert sources.site(menu=["home", "about"]).page("about").codes() == ()


@pytest.mark.parametrize(
    "target",
    [
        *("person:p-1", "group:g-1", "place:pl-1", "org:org-1", "series:s-1", "topic:to-1"),
        *("testimony:t-1", "testimony:t-1#p1"),
    ],
)
def test_a_body_links_to_every_kind_of_record(known, target):
    assert known.text("t-2", body=f"See [words]({target}).\n").codes() == ()


@pytest.mark.parametrize(
    ("target", "nearest"),
    [
        ("person:p-x", "p-1"),
        ("group:g-x", "g-1"),
        ("place:pl-x", "pl-1"),
        ("org:org-x", "org-1"),
        ("series:s-x", "s-1"),
        ("topic:to-x", "to-1"),
        ("testimony:t-x", "t-1"),
    ],
)
def test_a_link_to_nothing_is_told_where_it_starts(known, target, nearest):
    problem = known.text("other", body=f"One.\n\nSee [words]({target}).\n").the("L002")
    assert placed(known.files, problem).startswith(target)
    assert f'"{nearest}"' in problem.remedy


def test_a_link_to_the_wrong_kind_is_told(known):
    problem = known.text("t-2", body="See [words](person:pl-1).\n").the("L003")
    assert '"pl-1" is a place; a person is expected here' in problem.message


def test_a_link_to_a_paragraph_that_is_not_there_is_told(known):
    problem = known.text("t-2", body="See [words](testimony:t-1#p2).\n").the("L010")
    assert problem.span.path == "content/testimonies/t-2.en.md"


@pytest.mark.parametrize("where", ["translation", "page"])
def test_links_of_translations_and_pages_are_checked(known, where):
    body = "See [words](person:p-x).\n"
    known.translation("t-1", "kk", body) if where == "translation" else known.page(
        "about", body=body
    )
    assert known.codes() == ("L002",)


def test_who_wrote_a_note_exists_or_its_first_line_is_told(known):
    problem = known.text("t-2", body="One.\n\n::: note by=p-x\nWords.\n:::\n").the("L002")
    assert placed(known.files, problem) == "Words."


@pytest.mark.parametrize("by", ["editor", "p-1", "org-1"])
def test_a_note_is_by_words_or_by_somebody(known, by):
    assert known.text("t-2", body=f"::: note by={by}\nWords.\n:::\n").codes() == ()


# --- what only follows from another mistake is not told ---


@pytest.mark.parametrize("deeper", ["a", "z"])
def test_a_copy_in_a_folder_is_told_and_not_the_file_above_it(sources, deeper):
    problem = sources.person("p-1").person(f"{deeper}/p-1").the("L001")
    assert problem.span.path == f"content/people/{deeper}/p-1.yaml"
    assert "delete or rename the copy" in problem.remedy


def test_a_copied_translation_in_a_folder_is_told_and_not_the_one_above_it(sources):
    sources.text("t-1").translation("t-1", "kk").translation("copies/t-1", "kk")
    assert sources.the("L006").span.path == "content/testimonies/copies/t-1.kk.md"


def test_a_translated_page_is_not_blamed_for_the_errors_of_its_original(sources):
    sources.write("content/pages/about.en.md", "---\ntilte: About\n---\nWords.\n")
    sources.page("about", "kk", translation={"from": "en", "machine": True})
    assert "L004" not in sources.codes()


def test_a_menu_entry_may_be_a_page_with_errors_of_its_own(sources):
    sources.site(menu=["home", "about"])
    sources.write("content/pages/about.en.md", "---\ntilte: About\n---\nWords.\n")
    assert "S074" not in sources.codes()


def test_of_a_text_whose_block_is_never_closed_only_that_is_told(sources):
    sources.person("p-1").person("p-2").testimony(
        "t-1",
        body="::: scene\nA room.\n\n::: note\nWords.\n:::\n\nA: One.\n\nB: Two.\n",
        told_by=[{"person": "p-1", "label": "A"}, {"person": "p-2", "label": "B"}],
        consent="c-1",
        claims=[{"about": "p-1", "what": "died", "at": "p3"}, {"about": "p-1", "what": "died"}],
    ).consent("c-1", given_by=["p-1", "p-2"])
    sources.translation("t-1", "kk", "Бір.\n").text("t-2", body="[it](testimony:t-1#p9)\n")
    assert sources.codes() == ("M022",)


def test_words_of_a_hidden_text_are_an_error_in_a_translation_that_is_not_finished(sources):
    sources.text("t-1", body="", protect="restricted").translation(
        "t-1", "kk", "Words.\n", title=None, draft=True
    )
    assert sources.the("L013").span.path == "content/testimonies/t-1.kk.md"
