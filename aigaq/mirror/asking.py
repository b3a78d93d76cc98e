"""What one mirror answers: its release, some of its files, and pages that should be gone."""

from __future__ import annotations

import random
import secrets
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from aigaq.mirror import carriage, hashing, heads, manifest, onion, verification
from aigaq.mirror.carriage import web
from aigaq.output import refusal
from aigaq.words.diagnostics import Problem, Severity, Span

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from aigaq.mirror.carriage import Limits
    from aigaq.mirror.mirror_list import Mirror
    from aigaq.mirror.verification import Trust, Verdict
    from aigaq.words.diagnostics import Diagnostic

NOT_ASKED = Problem(
    "A112",
    "this mirror was not asked: {reason}",
    "Nothing is known of it. `aigaq mirror verify` takes other kinds of addresses, too, one at"
    " a time.",
    Severity.WARNING,
)

_NO_WEB = "only copies on web servers are, as readers see them"


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """`kept` are RELEASE, its signatures and LEDGER, just as they were judged.

    Without a verdict, `problems` say why there is none.
    """

    mirror: Mirror
    verdict: Verdict | None = None
    kept: Mapping[str, bytes]
    problems: tuple[Diagnostic, ...] = ()

    @property
    def digest(self) -> str:
        """By which its RELEASE is told from others."""
        return manifest.digest(self.kept[manifest.STATEMENT])

    @property
    def ledger(self) -> bytes | None:
        """The one that was signed, or None."""
        data = self.kept.get(manifest.LEDGER)
        release = self.verdict.release if self.verdict else None
        is_signed = release and data is not None and manifest.digest(data) == release.ledger
        return data if is_signed else None


def answer(mirror: Mirror, trust: Trust, *, sample: int, limits: Limits) -> Answer:
    """Judged by what it shows alone, of which `sample` files are drawn by lot.

    Raises `Refused` where a tool is missing here.
    """
    reason = _objection(mirror)
    if reason:
        return _without(mirror, NOT_ASKED.at(Span(mirror.address), reason=reason))
    try:
        source = web.Web(mirror.address, limits=limits)
    except refusal.Refused as refused:
        return _without(mirror, *refused.diagnostics)
    root = heads.Rooted(source)
    lots = random.SystemRandom()  # whom it is to convince must not know which
    try:
        verdict = verification.of(
            root,
            replace(trust, seen=None),
            chosen=lambda paths: lots.sample(paths, min(sample, len(paths))),
        )
    except refusal.NotPossibleNow as refused:
        return _without(mirror, *refused.diagnostics)
    finally:
        source.close()
    kept = {name: data for name, data in root.kept.items() if name != manifest.NAME}
    return Answer(mirror=mirror, verdict=verdict, kept=kept)


def _without(mirror: Mirror, *problems: Diagnostic) -> Answer:
    return Answer(mirror=mirror, kept={}, problems=problems)


def _objection(mirror: Mirror) -> str:
    """Why a mirror is not asked."""
    if not carriage.is_web(mirror.address):
        return _NO_WEB
    return onion.NEEDS_TOR if onion.needs_tor(onion.host(mirror.address)) else ""


def shown(
    mirror: Mirror,
    paths: Sequence[str],
    *,
    now: Mapping[str, str],
    own: Mapping[str, str],
    limits: Limits,
) -> list[str]:
    """Those of `paths` at which a mirror shows what the newest release does not have there.

    `now` is the manifest of that, `own` the one that the mirror shows. Some servers answer
    every address: of these a page is told only if it is the one that was signed. Raises
    `NotPossibleNow`.
    """
    probes = [f"{secrets.token_hex(8)}.html" for _ in range(2)]
    source = web.Web(mirror.address, limits=limits)
    try:
        found = dict(hashing.digests(source, [*probes, *paths]))
    finally:
        source.close()
    nothing: Collection[str] = {"", now.get("404.html", ""), *(found[p] for p in probes)}
    is_vague = found[probes[0]] != found[probes[1]]
    return [
        path
        for path in paths
        if found[path] not in nothing
        and found[path] != now.get(path)
        and (not is_vague or found[path] == own.get(path))
    ]
