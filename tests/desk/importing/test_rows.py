"""A row becomes a file; every slip is told at its row and column, and nothing is changed."""

from __future__ import annotations

import re
from typing import Any

import pytest

from aigaq.desk.importing import known_keys

PEOPLE = "id,names.en.preferred,protect\np-1,Placeholder Name,open\n"


def test_a_row_becomes_a_file(desk: Any) -> None:
    done = desk.bring("people.csv", PEOPLE).run(write=True)
    assert (done.problems, done.written) == ([], ["content/people/p-1.yaml"])
    assert desk.file("p-1.yaml") == (
        'names:\n  - {text: "Placeholder Name", lang: en, kind: preferred}\nprotect: open\n'
    )


def test_without_write_nothing_is_written(desk: Any) -> None:
    done = desk.bring("people.csv", PEOPLE).run()
    assert [file.path for file in done.plan.files] == ["content/people/p-1.yaml"]
    assert desk.site.sources() == ("site.yaml",)


def test_a_second_import_writes_nothing_and_says_so(desk: Any) -> None:
    desk.bring("people.csv", PEOPLE).run(write=True)
    again = desk.run(write=True)
    assert (again.plan.files, again.plan.same) == ([], ["content/people/p-1.yaml"])


def test_a_changed_row_is_told_and_not_applied(desk: Any) -> None:
    desk.bring("people.csv", PEOPLE).run(write=True)
    before = desk.file("p-1.yaml")
    told = desk.bring("people.csv", PEOPLE.replace("Name", "Other")).run(write=True)
    assert [f"{str(one.span).partition(' [')[0]} {one.code}" for one in told.problems] == [
        "people.csv:2 I027"
    ]
    assert "names" in told.problems[0].message
    assert desk.file("p-1.yaml") == before


def test_one_wrong_row_keeps_all_from_being_written(desk: Any) -> None:
    rows = PEOPLE + "p-2,Placeholder Two,opne\n"
    done = desk.bring("people.csv", rows).run(write=True)
    assert [f"{str(one.span).partition(' [')[0]} {one.code}" for one in done.problems] == [
        "people.csv:3:3 S003"
    ]
    assert str(done.problems[0].span) == "people.csv:3:3 [C: protect]"
    assert desk.site.sources() == ("site.yaml",)


def test_all_problems_of_all_tables_are_told_at_once(desk: Any) -> None:
    desk.bring("people.csv", "key,nmes,protect,sex\n1,,open,femal\n,x,open,\n")
    desk.bring("places.csv", "id,names.en.preferred,type\n../x,X,county\npl-1,Y,countie\n")
    assert desk.told() == [
        "people.csv:1:2 I021",
        "people.csv:2 S002",
        "people.csv:2:4 S003",
        "people.csv:3 I022",
        "places.csv:2:1 S005",
        "places.csv:3:3 S003",
    ]


@pytest.mark.parametrize(
    "record", ["../../../etc/x", "a/b", "p 1", "P-1", "con", "x" * 65, "\u202ep-1", "p-1.yaml"]
)
def test_an_id_can_lead_nowhere(desk: Any, record: str) -> None:
    desk.bring("people.csv", PEOPLE.replace("p-1", record))
    assert set(desk.told(write=True)) <= {"people.csv:2:1 S005", "people.csv:2:1 S006"}
    assert desk.site.sources() == ("site.yaml",)


def test_a_media_file_can_lead_nowhere(desk: Any) -> None:
    desk.bring("media.csv", "file,alt.en\n../../x,A scarf\n")
    assert desk.told() == ["media.csv:2:1 S016"]


@pytest.mark.parametrize("sign", ["\u202e", "\x1b", "\0", "\u200b"])
def test_a_sign_that_hides_is_told_in_its_cell(desk: Any, sign: str) -> None:
    desk.bring("people.csv", PEOPLE.replace("Placeholder N", f"Placeholder{sign}N"))
    (told,) = desk.told(write=True)
    assert re.fullmatch(r"people\.csv:2:2 C00\d", told)


def test_a_formula_stays_words(desk: Any) -> None:
    desk.bring("people.csv", PEOPLE.replace("Placeholder Name", "'=1+1")).run(write=True)
    assert '{text: "=1+1", lang: en' in desk.file("p-1.yaml")


# --- ids ---


def test_a_key_gets_an_id_that_tells_nothing_and_stays(desk: Any) -> None:
    rows = "key,names.en.preferred,protect\nPlaceholder Name,Placeholder Name,open\n"
    (path,) = desk.bring("people.csv", rows).run(write=True).written
    again = desk.run(write=True)
    assert re.fullmatch(r"content/people/p-[2-9b-z]{4}\.yaml", path)
    assert (again.plan.files, again.plan.same) == ([], [path])
    kept = (desk.folder / known_keys.NAME).read_text("utf-8")
    assert kept == f"kind,key,id\npeople,Placeholder Name,{path[15:-5]}\n"


def test_rows_name_one_another_by_key(desk: Any) -> None:
    rows = "key,names.en.preferred,protect,from,family.1.person,family.1.is\n"
    rows += "1,Placeholder One,open,places:7,people:2,sister\n2,Placeholder Two,open,,,\n"
    desk.bring("people.csv", rows)
    done = desk.bring("places.csv", "key,names.en.preferred\n7,Place\n").run(write=True)
    ids = {one.split("/")[1]: one for one in done.written}
    place = ids["places"].rpartition("/")[2].removesuffix(".yaml")
    assert done.problems == []
    assert any(f"from: {place}\n" in file.text for file in done.plan.files)


def test_a_key_that_no_row_has_is_told(desk: Any) -> None:
    rows = "key,names.en.preferred,protect,not_same_as\n1,Placeholder One,open,people:2\n"
    assert desk.bring("people.csv", rows).told() == ["people.csv:2:4 I024"]


def test_an_id_of_another_kind_of_record_is_told(desk: Any) -> None:
    desk.site.place("p-1")
    assert desk.bring("people.csv", PEOPLE).told() == ["people.csv:2:1 I026"]


def test_a_file_in_a_folder_of_its_own_is_found(desk: Any) -> None:
    desk.bring("people.csv", PEOPLE).run(write=True)
    text = desk.file("p-1.yaml")
    desk.site.remove("content/people/p-1.yaml").write("content/people/north/p-1.yaml", text)
    assert desk.run().plan.same == ["content/people/north/p-1.yaml"]


def test_one_record_in_two_rows_is_told(desk: Any) -> None:
    rows = PEOPLE + "p-1,Placeholder Two,open\n"
    assert desk.bring("people.csv", rows).told() == ["people.csv:3 I023"]


def test_two_cells_that_say_the_same_are_told(desk: Any) -> None:
    rows = "id,names.en.preferred,protect,summary,summary.en\np-1,Placeholder,open,a,b\n"
    assert desk.bring("people.csv", rows).told() == ["people.csv:2:5 I025"]


# --- texts ---


def test_a_text_is_a_draft_until_somebody_says_otherwise(desk: Any) -> None:
    desk.site.person("p-1").consent("c-1", given_by="p-1")
    rows = "id,title,told_by,source,consent,body\nt-1,A title,p-1,Interview,c-1,Words.\n"
    done = desk.bring("testimonies.csv", rows).run(write=True)
    assert done.problems == []
    assert desk.file("t-1.en.md") == (
        '---\ndraft: true\ntitle: "A title"\ntold_by: p-1\nsource: Interview\nconsent: c-1\n'
        "---\n\nWords.\n"
    )


def test_an_editor_who_lifted_the_draft_is_not_told_of_it(desk: Any) -> None:
    desk.site.testimony("t-1", told_by="p-narrator", consent="c-1", body="\nWords.\n")
    desk.site.consent("c-1")
    rows = "id,title,told_by,source,consent,body\n"
    rows += 't-1,Title of t-1,p-narrator,"Interview by the project, 2024-03",c-1,Words.\n'
    done = desk.bring("testimonies.csv", rows).run()
    assert (done.problems, done.plan.same) == ([], ["content/testimonies/t-1.en.md"])


def test_a_translation_is_a_row_with_its_language(desk: Any) -> None:
    desk.site.config(languages=["en", "kk"]).testimony("t-1")
    rows = "id,lang,title,translation.from,translation.machine,body\nt-1,kk,Атау,en,true,Сөз.\n"
    done = desk.bring("testimonies.csv", rows).run(write=True)
    assert (done.problems, done.written) == ([], ["content/testimonies/t-1.kk.md"])


def test_words_without_rights_are_not_taken_into_the_repository(desk: Any) -> None:
    head = "id,title,kind,credits.1.who,credits.1.role,original.outlet,body\n"
    row = "t-1,A title,news,unknown,author,Example Outlet,{}\n"
    assert desk.bring("texts.csv", head + row.format("Words.")).told(kind="testimony") == [
        "texts.csv:2:7 I030"
    ]
    done = desk.bring("texts.csv", head + row.format("")).run(kind="testimony", write=True)
    assert done.problems == []
    assert 'original: {outlet: "Example Outlet", rights: unclear}' in desk.file("t-1.en.md")


def test_a_problem_in_the_words_is_told_at_the_column_of_the_words(desk: Any) -> None:
    desk.site.person("p-1").consent("c-1", given_by="p-1")
    rows = "id,title,told_by,source,consent,body\nt-1,A,p-1,Interview,c-1,[x](person:p-9)\n"
    (told,) = desk.bring("testimonies.csv", rows).told()
    assert told.startswith("testimonies.csv:2:6 ")


def test_long_words_are_joined_from_their_columns(desk: Any) -> None:
    desk.site.person("p-1").consent("c-1", given_by="p-1")
    rows = "id,title,told_by,source,consent,body.2,body\nt-1,A,p-1,S,c-1,two,one \n"
    desk.bring("testimonies.csv", rows).run(write=True)
    assert desk.file("t-1.en.md").endswith("---\n\none two\n")


def test_a_text_that_no_file_can_hold_is_told(desk: Any) -> None:
    cell = "x" * 100_000
    rows = f"id,title,source,body,body.2,body.3\nt-1,A,S,{cell},{cell},{cell}\n"
    assert "testimonies.csv:2:4 I029" in desk.bring("testimonies.csv", rows).told()


def test_a_protected_person_may_bring_no_name_and_none_is_shown(desk: Any) -> None:
    desk.bring("people.csv", PEOPLE.replace("open", "pseudonym"))
    done = desk.run(write=True)
    assert [one.code for one in done.problems] == ["S051"]
    assert "Placeholder" not in str(done.problems[0])
    assert desk.site.sources() == ("site.yaml",)


@pytest.mark.parametrize("protect", ["pseudonym", "opne", ""])
def test_what_stands_for_an_id_is_not_shown_of_a_row_that_is_not_open(
    desk: Any, protect: str
) -> None:
    rows = PEOPLE.replace("p-1", "Placeholder Real").replace("open", protect)
    (told,) = desk.bring("people.csv", rows).run().problems
    assert "Real" not in str(told)


# --- lists ---


def test_the_rows_of_a_list_are_one_file(desk: Any) -> None:
    rows = "id,label.en,broader\nprison,Prison,\ncell,Cell,prison\n"
    done = desk.bring("topics.csv", rows).run(write=True)
    assert (done.problems, done.written) == ([], ["content/topics.yaml"])
    assert desk.run().plan.same == ["content/topics.yaml"]


def test_an_entry_that_a_list_lacks_is_told_and_not_added(desk: Any) -> None:
    desk.site.topics({"id": "prison", "label": {"en": "Prison"}})
    rows = "id,label.en\nprison,Prison\ncell,Cell\n"
    assert desk.bring("topics.csv", rows).told(write=True) == ["topics.csv:3 I028"]


def test_a_slip_in_a_list_is_told_at_its_row(desk: Any) -> None:
    rows = "id,label.en,broader\nprison,Prison,\ncell,Cell,Prison!\n"
    assert desk.bring("topics.csv", rows).told() == ["topics.csv:3:3 S005"]
