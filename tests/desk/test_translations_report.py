from __future__ import annotations

import json
from typing import Any

import pytest

from aigaq import cli, pipeline
from aigaq.desk import translations_report

BODY = "One.\n\nTwo.\n"


@pytest.fixture(name="told")
def _told(site: Any) -> Any:
    site.config(languages=["en", "kk", "tr"]).testimony("t-1", body=BODY)
    return site.translation("t-1", "kk", "Бір.\n\nЕкі.\n").translation("t-1", "tr", "Bir.\n")


def run(told: Any, *arguments: str) -> int:
    try:
        cli.main(["-q", "report", "translations", "--root", str(told.root), *arguments])
    except SystemExit as left:
        return int(left.code or 0)
    return 0


def rows(told: Any) -> dict[str, translations_report.Row]:
    read = pipeline.linked(told.root, options=pipeline.Options(), step=lambda _: None)
    assert read.archive is not None
    return {row.lang: row for row in translations_report.of(read.archive)}


def test_every_translation_is_told_with_what_it_lacks(told: Any) -> None:
    found = rows(told)

    assert (found["kk"].is_beside, found["kk"].is_stamped) == (True, False)
    assert not found["tr"].is_beside
    words = translations_report.text(tuple(found.values()))
    assert "t-1.tr.md: from en; by machine; draft; not shown beside the original" in words


def test_a_stamped_translation_is_outdated_when_its_source_changes(told: Any) -> None:
    assert run(told, "--stamp", "t-1.kk") == 0
    assert rows(told)["kk"].outdated == ()

    told.testimony("t-1", body=BODY.replace("Two", "More"))

    assert rows(told)["kk"].outdated == ("p2",)
    assert told.codes().count("L018") == 1


def test_only_who_names_a_translation_renews_its_stamps(told: Any) -> None:
    run(told, "--stamp", "t-1.kk")
    told.testimony("t-1", body=BODY.replace("Two", "More"))

    run(told, "--stamp")
    assert rows(told)["kk"].outdated == ("p2",)

    run(told, "--stamp", "t-1.kk")
    assert rows(told)["kk"].outdated == ()


def test_what_cannot_be_stamped_is_told(told: Any, capsys: Any) -> None:
    assert run(told, "--stamp", "t-1.tr") == 1
    assert "N005" in capsys.readouterr().out


def test_a_translation_that_is_not_there_is_a_mistake_of_the_command(told: Any) -> None:
    assert run(told, "--stamp", "t-1.ug") == 4


def test_programs_get_the_same(told: Any, capsys: Any) -> None:
    run(told, "--format", "json", "t-1.kk")

    [row] = json.loads(capsys.readouterr().out)
    assert (row["id"], row["lang"], row["left_out"]) == ("t-1", "kk", [])


def test_without_translations_that_is_what_is_said() -> None:
    assert translations_report.text(()) == translations_report.NOTHING
