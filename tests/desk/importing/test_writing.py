"""What is planned is written whole, and nothing that is there is touched."""

from __future__ import annotations

from typing import Any

from aigaq.desk.importing import planned, writing


def plan(*paths: str) -> planned.Plan:
    return planned.Plan([planned.Planned(path, "words\n", lambda one: one) for path in paths])


def test_a_file_that_came_to_be_meanwhile_is_not_touched(site: Any) -> None:
    site.write("content/people/p-2.yaml", "theirs\n")
    paths = [f"content/people/p-{n}.yaml" for n in (1, 2, 3)]
    written, found = writing.write(site.root, plan(*paths))
    assert (written, [one.code for one in found]) == (paths[:1], ["I031"])
    assert (site.root / paths[1]).read_text() == "theirs\n"


def test_a_folder_that_cannot_be_made_is_told(site: Any) -> None:
    site.write("content/people", "a file\n")
    written, found = writing.write(site.root, plan("content/people/p-1.yaml"))
    assert (written, [one.code for one in found]) == ([], ["N003"])
