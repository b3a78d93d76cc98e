"""Whom a person must not be taken for, and who may be the same: what was decided, and why."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from aigaq.archive.public import Identity
    from aigaq.pages.context import Context, Link, Phrase


@dataclass(frozen=True, slots=True)
class IdentityView:
    """Another person; who decided about the two, in their words, and why."""

    other: Link
    by: Phrase
    why: Phrase


def views(
    identities: Iterable[Identity], decided: str, context: Context
) -> tuple[IdentityView, ...]:
    """Those of one decision, `open` or `different`."""
    return tuple(
        IdentityView(context.link(one.other), context.pick(one.by), context.pick(one.why))
        for one in identities
        if one.decided == decided
    )
