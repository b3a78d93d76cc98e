"""The rows of the table: what is measured, beside what, and what is to be reached."""

from __future__ import annotations

import functools
import itertools
import statistics
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from bench import cost
from bench.build import live, sites
from bench.build.sites import Sites
from bench.cost import Cost

EDITS = 5  # in one round of the preview
STARTS = 11  # of the command in one round
REST = 2.0  # seconds: a build does not believe a file that was changed a moment before it

Measured = tuple[str, float, float]  # a line, ours, and what is beside; 0 where nothing is
A = Callable[[], Cost]


@dataclass(frozen=True, slots=True)
class Line:
    """What a figure is. `reach` is a share of `beside`, or an amount without that; 0: none."""

    what: str
    unit: str
    beside: str = ""
    reach: float = 0.0


BOTH, HUGO, SERVER = "Hugo + Pagefind", "Hugo", "hugo server"
LINES = {
    "clean wall": Line("clean build with search: time", "s", BOTH, 0.6),
    "clean cpu": Line("clean build with search: CPU", "s", BOTH),
    "clean memory": Line("clean build with search: memory of all processes", "MB", BOTH, 0.5),
    "plain wall": Line("clean build without search: time", "s", HUGO, 0.7),
    "plain cpu": Line("clean build without search: CPU", "s", HUGO),
    "plain memory": Line("clean build without search: memory of all processes", "MB", HUGO),
    "same wall": Line("nothing changed: time", "s", HUGO, 0.03),
    "same cpu": Line("nothing changed: CPU", "s", HUGO),
    "edit wall": Line("publish after an edit in the largest language: time", "s", BOTH, 0.25),
    "edit cpu": Line("publish after an edit in the largest language: CPU", "s", BOTH),
    "else wall": Line("publish after an edit in the next largest: time", "s", BOTH, 0.12),
    "else cpu": Line("publish after an edit in the next largest: CPU", "s", BOTH),
    "preview": Line("preview: from saving to the page", "ms", SERVER, 0.15),
    "check cold": Line("check, without a cache", "s", reach=15),
    "check warm": Line("check again", "s", reach=2),
    "help wall": Line("start-up, aigaq --help: time", "ms", reach=150),
    "help cpu": Line("start-up, aigaq --help: CPU", "ms"),
}


def clean(site: Sites, turn: int) -> Iterator[Measured]:
    """With search, from nothing."""
    site.forget()
    yield from _costs("clean", *_in_turn(turn, site.build, site.hugo_and_pagefind))
    print(site.compared(), flush=True)


def plain(site: Sites, turn: int) -> Iterator[Measured]:
    """Without search, from nothing."""
    site.forget()
    bare = functools.partial(site.build, search=False)
    yield from _costs("plain", *_in_turn(turn, bare, site.hugo))
    print(site.compared(), flush=True)


def edit(site: Sites, turn: int) -> Iterator[Measured]:
    """A sentence more in one testimony; the last build and its cache are there."""
    for line, lang in zip(("edit", "else"), site.languages, strict=False):
        site.build()
        with site.edited(lang, f"Edit {turn}"):
            costs = _in_turn(turn, site.build, site.hugo_and_pagefind)
        yield from _times(line, *costs)


def same(site: Sites, turn: int) -> Iterator[Measured]:
    """Built again; Hugo has no other way than to build everything."""
    time.sleep(REST)
    site.build()
    yield from _times("same", *_in_turn(turn, site.build, site.hugo))


def preview(site: Sites, _: int) -> Iterator[Measured]:
    """A sentence is changed; the page is asked for as a browser would do it."""
    ours, theirs = live.ours(site, EDITS), live.hugo(site, EDITS)
    yield "preview", 1000 * statistics.median(ours), 1000 * statistics.median(theirs)


def check(site: Sites, _: int) -> Iterator[Measured]:
    site.forget()
    yield "check cold", site.check().wall, 0
    yield "check warm", site.check().wall, 0


def start(_: Sites, __: int) -> Iterator[Measured]:
    costs = [cost.of([*sites.AIGAQ, "--help"]) for _ in range(STARTS)]
    yield "help wall", 1000 * statistics.median(one.wall for one in costs), 0
    yield "help cpu", 1000 * statistics.median(one.cpu for one in costs), 0


ROWS: Mapping[str, Callable[[Sites, int], Iterator[Measured]]] = {
    "plain": plain,
    "clean": clean,
    "same": same,
    "edit": edit,
    "preview": preview,
    "check": check,
    "help": start,
}


@dataclass(slots=True)
class Figures:
    """All that was measured of one line: pairs, in the order of the rounds."""

    line: Line
    pairs: list[tuple[float, float]] = field(default_factory=list)

    @property
    def ours(self) -> float:
        return statistics.median(ours for ours, _ in self.pairs)

    @property
    def beside(self) -> float:
        return statistics.median(beside for _, beside in self.pairs)

    def cells(self) -> tuple[str, ...]:
        """What, ours, beside, the middle ratio and the ends, reach, whether it is reached."""
        line = self.line
        if not line.beside:
            reach = f"≤ {line.reach:g} {line.unit}" if line.reach else ""
            return line.what, self._amount(self.ours), "", "", reach, self._verdict(self.ours)
        ratios = sorted(ours / beside for ours, beside in self.pairs)
        middle = statistics.median(ratios)
        spread = f" ({ratios[0]:.2f}–{ratios[-1]:.2f})" if len(ratios) > 1 else ""
        return (
            line.what,
            self._amount(self.ours),
            f"{line.beside} {self._amount(self.beside)}",
            f"{middle:.3g}{spread}",
            f"≤ {line.reach:g}" if line.reach else "",
            self._verdict(middle),
        )

    def _amount(self, value: float) -> str:
        return f"{value:,.{1 if self.line.unit == 's' else 0}f} {self.line.unit}"

    def _verdict(self, reached: float) -> str:
        if not self.line.reach:
            return ""
        return "yes" if reached <= self.line.reach else "no"


def measured(site: Sites, only: Sequence[str], rounds: int) -> Iterator[Measured]:
    """The lines of the rows that are asked for, as soon as each is known, round after round."""
    for turn, row in itertools.product(range(rounds), only):
        yield from ROWS[row](site, turn)


def gathered(found: Iterable[Measured]) -> dict[str, Figures]:
    figures: dict[str, Figures] = {}
    for key, ours, beside in found:
        figures.setdefault(key, Figures(LINES[key])).pairs.append((ours, beside))
    return figures


def growth(small: Figures, large: Figures, times: float) -> str:
    """How much more a site costs that is so many times as large; 1 is linear."""
    return f"{large.ours / small.ours / times:.2f}"


def _times(row: str, ours: Cost, theirs: Cost) -> Iterator[Measured]:
    yield f"{row} wall", ours.wall, theirs.wall
    yield f"{row} cpu", ours.cpu, theirs.cpu


def _costs(row: str, ours: Cost, theirs: Cost) -> Iterator[Measured]:
    yield from _times(row, ours, theirs)
    yield f"{row} memory", ours.memory, theirs.memory


def _in_turn(turn: int, ours: A, theirs: A) -> tuple[Cost, Cost]:
    """Each begins every other time, so that none has the better half of a machine's hour."""
    if turn % 2:
        later = theirs()
        return ours(), later
    return ours(), theirs()
