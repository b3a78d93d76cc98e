"""The report on people who may be one: what speaks for it and against, where it is written."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from aigaq.archive.identities import Candidate, Reason

REMEDY = (
    "Nothing is joined by itself. Decide in content/identities.yaml, with who decided and why:"
    " same, different or open."
)
NOBODY = "Nobody here may be the same person as somebody else.\n"


def text(found: Sequence[Candidate]) -> str:
    """As a terminal shows it."""
    return _listed(found, "{} and {}: {}", "    {}: {}", "    {}: {} ({})")


def markdown(found: Sequence[Candidate]) -> str:
    """A list for a review comment or an issue."""
    return _listed(found, "- **{}** and **{}**: {}", "  - `{}` {}", "  - {}: {} (`{}`)")


def _listed(found: Sequence[Candidate], pair: str, person: str, reason: str) -> str:
    """Every candidate, with the forms of the lines for the pair, a person and a reason."""
    lines = []
    for one in found:
        lines.append(pair.format(*one.pair, _state(one)))
        for name, span in one.people:
            lines.append(person.format(span, name or "protected, so nothing is compared"))
        for title, reasons in _sides(one):
            lines += [reason.format(title, r.words, _places(r)) for r in reasons]
        lines.append("")
    return "\n".join([*lines, REMEDY, ""]) if found else NOBODY


def as_json(found: Sequence[Candidate]) -> str:
    """A JSON list, one object a pair."""
    rows = [
        {
            "pair": one.pair,
            "people": [{"name": name, "place": str(span)} for name, span in one.people],
            "decided": one.decision.decided if one.decision else None,
            "decided_by": one.decision.by if one.decision else None,
            "decided_in": str(one.decision.span) if one.decision else None,
            **{
                side: [
                    {"words": r.words, "weight": r.weight, "places": list(map(str, r.spans))}
                    for r in reasons
                ]
                for side, reasons in _sides(one)
            },
        }
        for one in found
    ]
    return json.dumps(rows, ensure_ascii=False, indent=1) + "\n"


def _state(one: Candidate) -> str:
    if one.decision is None:
        return f"not decided (weight {one.weight})"
    return f"decided: {one.decision.decided}, by {one.decision.by} ({one.decision.span})"


def _sides(one: Candidate) -> tuple[tuple[str, tuple[Reason, ...]], ...]:
    return (
        ("for", tuple(r for r in one.reasons if r.weight > 0)),
        ("against", tuple(r for r in one.reasons if r.weight < 0)),
    )


def _places(reason: Reason) -> str:
    return ", ".join(map(str, reason.spans))


FORMS: Mapping[str, Callable[[Sequence[Candidate]], str]] = {
    "text": text,
    "markdown": markdown,
    "json": as_json,
}
