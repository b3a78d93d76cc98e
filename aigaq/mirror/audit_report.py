"""An audit as text for people, as a list for an issue, and for machines."""

from __future__ import annotations

import html
import json
from typing import TYPE_CHECKING

from aigaq.mirror import asking, audit, sources

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from aigaq.mirror.audit import Audit, Finding
    from aigaq.words.diagnostics import Diagnostic

MOST = 20  # problems of one mirror that people are shown
_HEADINGS = {
    "forked": "Two releases that cannot both be true",
    "altered": "Altered: not what was signed",
    "behind": "Behind",
    "stale": "Stale: the next release is overdue",
    "unreachable": "Not reached",
    "not asked": "Not asked",
    "good": "Good",
}
_MARKDOWN = frozenset("\\`*_[]|~#@!")


def text(made: Audit) -> str:
    """As a terminal shows it."""
    return _written(made, "{}", "{}", "    {}", "        {}", str)


def markdown(made: Audit) -> str:
    """Lists for an issue, or for a letter."""
    return _written(made, "## {}", "- {}", "  - {}", "    {}", _plain)


def as_json(made: Audit) -> str:
    """Everything, for programs."""
    newest = made.newest
    whole = {
        "status": made.status,
        "newest": newest and {"seq": newest.seq, "date": str(newest.date)},
        "mirrors": [_row(finding) for finding in made.findings],
    }
    return json.dumps(whole, ensure_ascii=False, indent=1) + "\n"


FORMS: Mapping[str, Callable[[Audit], str]] = {
    "text": text,
    "json": as_json,
    "markdown": markdown,
}


def _row(finding: Finding) -> dict[str, object]:
    mirror, verdict = finding.answer.mirror, finding.answer.verdict
    release = verdict.release if verdict else None
    return {
        "address": mirror.address,
        "country": mirror.country,
        "since": mirror.since,
        "state": finding.state,
        "seq": release and release.seq,
        "date": release and str(release.date),
        "read": verdict.hashed if verdict else 0,
        "files": release and release.files,
        "problems": [
            {
                "path": sources.shown(p.span.path),
                "severity": str(p.problem.severity),
                "code": p.code,
                "message": p.message,
                "remedy": p.remedy,
            }
            for p in finding.problems
        ],
    }


def _written(
    made: Audit,
    heading: str,
    first: str,
    further: str,
    remedy: str,
    plain: Callable[[str], str],
) -> str:
    """The worst first; of a mirror each problem, and what to do about it once for all alike."""
    lines = [*_summary(made), ""]
    for state in audit.STATES:
        found = [finding for finding in made.findings if finding.state == state]
        if not found:
            continue
        lines += [heading.format(f"{_HEADINGS[state]}: {len(found)}"), ""]
        for finding in found:
            lines.append(first.format(plain(_head(finding))))
            for line, is_remedy in _told(finding):
                lines.append((remedy if is_remedy else further).format(plain(line)))
            lines.append("")
    return "\n".join(lines)


def _summary(made: Audit) -> Iterator[str]:
    count = len(made.findings)
    asked = sum(finding.state != "not asked" for finding in made.findings)
    newest = made.newest
    if newest:
        yield f"Newest: release {newest.seq} of {newest.site}, {newest.date}."
    yield f"{asked} of {count} mirrors were asked, each for a few files, drawn by lot."
    if made.pages:
        gone = "one text or person" if made.pages == 1 else f"{made.pages} texts and people"
        yield (
            f"They were asked for the pages of {gone} that the newest ledger takes out,"
            f" each for {audit.MOST_PAGES} at most."
        )


def _head(finding: Finding) -> str:
    mirror, verdict = finding.answer.mirror, finding.answer.verdict
    where = mirror.address
    if mirror.country != "-":
        where += f" ({mirror.country})"
    if verdict is None or verdict.release is None:
        return where
    release = verdict.release
    return f"{where}: release {release.seq}, {verdict.hashed} of {release.files} files read"


def _told(finding: Finding) -> Iterator[tuple[str, bool]]:
    """Lines, and whether each is a remedy, which stands behind the last that it is for."""
    shown = finding.problems[:MOST]
    for number, problem in enumerate(shown):
        yield _sentence(finding, problem), False
        following = shown[number + 1] if number + 1 < len(shown) else None
        if problem.remedy and (following is None or following.remedy != problem.remedy):
            yield problem.remedy, True
    if len(finding.problems) > MOST:
        yield f"{len(finding.problems) - MOST} more; --format json has them all.", False


def _sentence(finding: Finding, problem: Diagnostic) -> str:
    where = sources.shown(problem.span.path)
    is_itself = where in {finding.answer.mirror.address, ""} or problem.code in _OF_ALL
    said = f"{problem.code}: {problem.message}"
    return said if is_itself else f"{where}: {said}"


_OF_ALL = frozenset({asking.NOT_ASKED.code})


def _plain(words: str) -> str:
    """Words of strangers, so that they are no markup."""
    shown = html.escape(words, quote=False)
    return "".join(f"\\{letter}" if letter in _MARKDOWN else letter for letter in shown)
