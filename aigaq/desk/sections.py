"""What a report says, before anybody decides how it is written: sections of rows."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

MOST = 200  # rows of a section that people are shown; programs get all


@dataclass(frozen=True, slots=True)
class Row:
    """`what` is an id, a path or a number; `page` is where the preview shows it."""

    what: str
    said: str
    page: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """Rows under a heading; `remedy` says what an editor should do with them."""

    heading: str
    rows: tuple[Row, ...]
    remedy: str = ""


def text(sections: Sequence[Section]) -> str:
    """As a terminal shows it."""
    return _written(sections, "{}\n\n", "  {0.what}: {0.said}\n")


def markdown(sections: Sequence[Section]) -> str:
    """A list for a review comment or an issue."""
    return _written(sections, "## {}\n\n", "- `{0.what}`: {0.said}\n")


def as_json(sections: Sequence[Section]) -> str:
    """For programs: all rows of each heading."""
    made = [asdict(section) for section in sections]
    return json.dumps(made, ensure_ascii=False, indent=2) + "\n"


def _written(sections: Sequence[Section], heading: str, line: str) -> str:
    parts = []
    for section in sections:
        rows = "".join(line.format(row) for row in section.rows[:MOST]) or "  Nothing.\n"
        more = len(section.rows) - MOST
        rows += f"  … and {more} more.\n" if more > 0 else ""
        remedy = f"\n{section.remedy}\n" if section.remedy and section.rows else ""
        parts.append(heading.format(section.heading) + rows + remedy)
    return "\n".join(parts)


FORMS: Mapping[str, Callable[[Sequence[Section]], str]] = {
    "text": text,
    "markdown": markdown,
    "json": as_json,
}
