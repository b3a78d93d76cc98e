from __future__ import annotations

import pytest

from aigaq.source import records
from aigaq.source.document import Source

SITE = "title: Placeholder\nlanguages: [en, kk]\n"
NAMES = "names: [{text: Placeholder, lang: en}]\n"
HEADER = "kind: news\ntitle: Title\nsource: A copy\nconsent: c-1\n"
TEXT = f"---\n{HEADER}credits: [{{who: X, role: author}}]\n---\nWords.\n"
TRANSLATION = "---\ntitle: Title\ntranslation: {from: en, machine: true}\n---\nWords.\n"
FILES = {
    "people": ("content/people/x-1.yaml", NAMES + "protect: open\n"),
    "groups": ("content/groups/x-1.yaml", "group: people\nprotect: open\n"),
    "places": ("content/places/x-1.yaml", NAMES),
    "organisations": ("content/organisations/x-1.yaml", NAMES),
    "series": ("content/series/x-1.yaml", "title: Title\n"),
    "consent": ("content/consent/x-1.yaml", "given_by: p-1\nscope: site\n"),
    "texts": ("content/testimonies/x-1.en.md", TEXT),
    "translations": ("content/testimonies/x-1.kk.md", TRANSLATION),
    "pages": ("content/pages/x-1.en.md", "---\ntitle: Title\n---\nWords.\n"),
    "topics": ("content/topics.yaml", "- {id: x-1, label: Prison}\n"),
    "glossary": ("content/glossary.yaml", "- {id: x-1, term: akim, meaning: mayor}\n"),
}


def read(files):
    made = [Source(path, text, "") for path, text in sorted(files.items())]
    return records.read(made)


def codes(found):
    return [problem.code for problem in found]


@pytest.mark.parametrize("field", FILES)
def test_a_file_becomes_a_record_of_its_folder(field):
    path, text = FILES[field]
    made, found = read({"site.yaml": SITE, path: text})
    assert found == []
    assert [record.id for record in getattr(made, field)] == ["x-1"]


@pytest.mark.parametrize("field", ["people", "places", "series", "texts", "pages"])
def test_folders_within_the_folders_mean_nothing(field):
    path, text = FILES[field]
    place, _, name = path.rpartition("/")
    made, found = read({"site.yaml": SITE, f"{place}/a/b/{name}": text})
    assert (len(getattr(made, field)), found) == (1, [])


@pytest.mark.parametrize(
    ("name", "entry"),
    [
        ("corrections", "{date: 2026-11-01, record: t-1, what: A month.}"),
        ("identities", "{pair: [p-1, p-2], decided: same, by: two editors}"),
    ],
)
def test_a_list_becomes_its_entries_with_their_lines(name, entry):
    made, _ = read({"site.yaml": SITE, f"content/{name}.yaml": f"- {entry}\n- {entry}\n"})
    lines = [record.span_of("record").line for record in getattr(made, name)]
    assert lines == [1, 2]


def test_a_sidecar_belongs_to_its_media_file():
    made, found = read({"site.yaml": SITE, "content/media/camp/gate.jpg.yaml": "alt: A gate\n"})
    assert ([s.path for s in made.sidecars], found) == (
        ["content/media/camp/gate.jpg.yaml"],
        [],
    )


def test_plain_texts_of_a_record_are_in_the_first_language_of_the_site():
    made, _ = read(
        {"site.yaml": SITE.replace("en, kk", "kk, en"), FILES["series"][0]: "title: T\n"}
    )
    assert made.series[0].record.title.pairs == (("kk", "T"),)


def test_plain_texts_of_a_text_are_in_the_language_of_its_file():
    made, _ = read({"site.yaml": SITE, "content/testimonies/x-1.kk.md": TEXT})
    assert made.texts[0].record.source.pairs == (("kk", "A copy"),)


def test_a_body_knows_on_which_line_it_starts():
    made, _ = read({"site.yaml": SITE, FILES["texts"][0]: TEXT})
    [text] = made.texts
    assert (text.body, text.body_line, text.lang) == ("Words.\n", 8, "en")


def test_without_site_yaml_there_is_nothing():
    made, [problem] = read({FILES["people"][0]: FILES["people"][1]})
    assert (made, problem.code, problem.span.path) == (None, "S080", "site.yaml")


@pytest.mark.parametrize("broken", ["title: [", "languages: [en]\n"])
def test_a_site_yaml_with_errors_stops_the_reading(broken):
    made, found = read({"site.yaml": broken, FILES["people"][0]: "nothing: known\n"})
    assert made is None
    assert {problem.span.path for problem in found} == {"site.yaml"}


@pytest.mark.parametrize(
    "path",
    [
        "content/peple/p-1.yaml",
        "content/people/p-1.md",
        "content/testimonies/t-1.yaml",
        "content/p-1.yaml",
        "content/topics/a.yaml",
        "content/topic.yaml",
    ],
)
def test_a_file_where_no_record_lives_is_told(path):
    assert codes(read({"site.yaml": SITE, path: NAMES})[1]) == ["S081"]


@pytest.mark.parametrize("name", ["README.md", "SOURCES.md"])
def test_notes_to_editors_beside_the_folders_are_no_records(name):
    records, found = read({"site.yaml": SITE, f"content/{name}": "# Whatever\n"})
    assert records is not None
    assert found == []


def test_a_language_that_the_site_does_not_have_is_told():
    _, [problem] = read({"site.yaml": SITE, "content/testimonies/x-1.ug.md": TEXT})
    assert problem.code == "S082"
    assert "en, kk" in problem.remedy


def test_all_problems_of_all_files_are_told_at_once():
    files = {"content/people/p-1.yaml": "nothing: known\n", "content/places/a.yaml": "x: y\n"}
    _, found = read({"site.yaml": SITE} | files)
    assert {problem.span.path for problem in found} == set(files)
    assert found == sorted(found)


@pytest.mark.parametrize(
    ("path", "text", "kind"),
    [
        ("content/people/x-1.yaml", "nothing: known\n", "person"),
        ("content/consent/x-1.yaml", "- a list\n", "consent"),
        ("content/testimonies/x-1.en.md", "no header\n", "text"),
        ("content/testimonies/x-1.en.md", "---\nnothing: known\n---\n", "text"),
        ("content/testimonies/x-1.ug.md", TEXT, "text"),
    ],
)
def test_a_file_with_errors_is_remembered_by_id_and_kind(path, text, kind):
    made, _ = read({"site.yaml": SITE, path: text})
    assert made.unread == (("x-1", kind),)


@pytest.mark.parametrize("field", FILES)
def test_a_good_file_is_not_among_the_unread(field):
    path, text = FILES[field]
    assert read({"site.yaml": SITE, path: text})[0].unread == ()


def test_the_body_of_a_text_is_judged_by_its_header():
    text = "---\nprotect: restricted\n---\nWords.\n"
    _, found = read({"site.yaml": SITE, "content/testimonies/x-1.en.md": text})
    assert codes(found) == ["S037"]


PSEUDONYM = "names: [{text: Rose, lang: en, kind: pseudonym}]\nprotect: pseudonym\n"
NOTE = "# CANARY of the village X\n"


@pytest.mark.parametrize(
    ("path", "text"),
    [
        (FILES["people"][0], NOTE + PSEUDONYM),
        (FILES["groups"][0], NOTE + "group: people\nprotect: group-only\n"),
        (FILES["consent"][0], NOTE + FILES["consent"][1]),
        (FILES["places"][0], NOTE + NAMES + "protect: restricted\n"),
    ],
)
def test_a_comment_in_a_record_that_is_not_open_is_an_error_and_never_quoted(path, text):
    _, found = read({"site.yaml": SITE, path: text})
    assert [(one.code, one.span.line, one.is_error) for one in found] == [("S064", 1, True)]
    assert "CANARY" not in str(found[0])


def test_a_comment_in_a_text_that_is_not_open_is_an_error():
    text = f"---\n{NOTE}title: Title\nprotect: restricted\n---\n"
    _, found = read({"site.yaml": SITE, FILES["texts"][0]: text})
    assert [(one.code, one.span.line) for one in found] == [("S064", 2)]


@pytest.mark.parametrize("field", ["people", "groups", "places", "texts", "pages"])
def test_a_comment_in_an_open_record_is_nobodys_business(field):
    path, text = FILES[field]
    noted = text.replace("---\n", f"---\n{NOTE}", 1) if text.startswith("---") else NOTE + text
    assert read({"site.yaml": SITE, path: noted})[1] == []


def test_who_has_not_decided_about_protection_is_told_that_alone():
    _, found = read({"site.yaml": SITE, FILES["people"][0]: NOTE + NAMES + "protect:\n"})
    assert codes(found) == ["S002"]


@pytest.mark.parametrize(
    ("folder", "other"),
    [
        ("places", "role: missing\nsex: female\nprotect: open\n"),
        ("organisations", "role: missing\nsex: female\nwork: teacher\nslip: x\n"),
    ],
)
def test_a_file_in_the_folder_of_another_kind_is_told_that_alone(folder, other):
    made, found = read({"site.yaml": SITE, f"content/{folder}/x-1.yaml": NAMES + other})
    assert (codes(found), made.unread) == (["S083"], (("x-1", "person"),))
    assert "content/people" in found[0].remedy


def test_one_key_of_another_kind_is_a_slip_of_its_own():
    _, found = read({"site.yaml": SITE, FILES["places"][0]: NAMES + "sex: female\n"})
    assert codes(found) == ["S001"]


@pytest.mark.parametrize(
    "line",
    [
        "protect*a: x",
        "\rprotect: restricted",
        "prot ect: x",
        "protect: open\nprotect: restricted",
    ],
)
@pytest.mark.parametrize("field", ["texts", "places"])
def test_where_the_line_that_hides_cannot_be_read_no_value_is_quoted(field, line):
    path, text = FILES[field]
    spoilt = f"{line}\nseries: Qanary Name\ntype: Qanary Name\n"
    text = text.replace("---\n", f"---\n{spoilt}", 1) if "---" in text else spoilt + text
    _, found = read({"site.yaml": SITE, path: text})
    assert len(found) > 1
    assert "Qanary" not in " ".join(map(str, found))
