from __future__ import annotations

import json

from aigaq.desk import sections
from aigaq.desk.sections import Row, Section

MADE = (
    Section("Waiting", (Row("t-1", "one thing", "en/t-1.html"),), "Do it."),
    Section("Done", (), "Nothing to do."),
)


def test_people_get_headings_rows_and_what_to_do() -> None:
    assert sections.text(MADE) == (
        "Waiting\n\n  t-1: one thing\n\nDo it.\n\nDone\n\n  Nothing.\n"
    )
    assert "## Waiting\n\n- `t-1`: one thing\n" in sections.markdown(MADE)


def test_programs_get_everything() -> None:
    many = (Section("Many", tuple(Row(str(n), "") for n in range(sections.MOST + 5))),)

    assert len(json.loads(sections.as_json(many))[0]["rows"]) == sections.MOST + 5
    assert "… and 5 more." in sections.text(many)
