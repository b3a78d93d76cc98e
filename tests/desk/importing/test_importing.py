"""The line of an import: read, plan, judge, write."""

from __future__ import annotations

from typing import Any

from aigaq.desk import importing
from aigaq.desk.importing import known_keys

PEOPLE = "key,names.en.preferred,protect\n1,Placeholder Name,open\n"


def test_a_site_without_settings_is_told(desk: Any) -> None:
    desk.bring("people.csv", PEOPLE).site.remove("site.yaml")
    assert [one.code for one in desk.run().problems][-1:] == ["S080"]


def test_a_table_in_the_folder_of_the_site_is_refused(desk: Any) -> None:
    desk.site.write("content/people/people.csv", PEOPLE)
    path = desk.site.root / "content/people/people.csv"
    request = importing.Request([path], write=True)
    done = importing.run(desk.site.root, request, step=lambda _: None)
    assert [one.code for one in done.problems] == ["I032"]


def test_errors_that_the_site_has_already_stop_no_import(desk: Any) -> None:
    desk.site.person("p-9", sex="nonsense")
    assert len(desk.bring("people.csv", PEOPLE).run(write=True).written) == 1


def test_an_error_that_the_import_brings_to_another_file_stops_it(desk: Any) -> None:
    desk.site.place("pl-1", in_="pl-2").place("pl-2")
    desk.site.remove("content/places/pl-2.yaml")
    rows = "id,names.en.preferred,in\npl-2,Placeholder,pl-1\n"
    done = desk.bring("places.csv", rows).run(write=True)
    assert any(one.is_error for one in done.problems)
    assert done.written == []


def test_the_file_of_ids_is_no_table(desk: Any) -> None:
    desk.bring("people.csv", PEOPLE).run(write=True)
    assert (desk.folder / known_keys.NAME).is_file()
    assert desk.run().problems == []


def test_a_link_in_the_archive_is_not_followed(desk: Any) -> None:
    outside = desk.folder / "elsewhere"
    outside.mkdir()
    (desk.site.root / "content/people").symlink_to(outside)
    done = desk.bring("people.csv", PEOPLE).run(write=True)
    assert any(one.code == "K002" for one in done.problems)
    assert list(outside.iterdir()) == []


def test_a_folder_of_markdown_is_one_after_its_ids_are_kept_in_it(desk: Any) -> None:
    words = "Placeholder words that are long enough to be those of somebody."
    desk.bring("texts/a.md", f"---\ntitle: A title\n---\n{words}\n")
    first = desk.run("texts", write=True)
    again = desk.run("texts", write=True)
    assert (desk.folder / "texts/aigaq-ids.csv").exists()
    assert (len(first.written), again.plan.same, again.problems) == (1, first.written, [])
