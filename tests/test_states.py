"""Every state of protection and consent, every way from one to another, every use of a consent.

A site goes from state to state in one folder, with its cache; after each step it is the site
that has never known another state.
"""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

USES = ("site", "translate", "data-download", "mirror", "print")
SEALED, ENDED = "sealed-until 2099-01-01", "sealed-until 2020-01-01"
NAME, WORDS, TITLE = "Qazybek Shonai", "kerchief by the gate", "Where the river bends"


def person(site: Any, level: str) -> None:
    """The narrator at a level; under any but `open` only another name stands here."""
    shown = {"open": NAME, "initials": "Q. S."}.get(level, "Rose")
    site.person("p-1", shown, protect=level)


def card(site: Any, status: str) -> None:
    site.consent("c-1", given_by="p-1", scope=USES, status=status)


def text(site: Any, level: str) -> None:
    """The text at a level; where it is hidden its words are not here."""
    is_hidden = level in {SEALED, "restricted", "withdrawn"}
    body = "" if is_hidden else f"She left her {WORDS}.\n"
    site.testimony("t-1", told_by="p-1", consent="c-1", protect=level, body=body,
                   title="" if is_hidden else TITLE, draft=None)  # fmt: skip


def draft(site: Any, is_draft: str) -> None:
    site.testimony("t-1", told_by="p-1", consent="c-1", body=f"She left her {WORDS}.\n",
                   title=TITLE, draft=is_draft)  # fmt: skip


AXES: dict[Callable[[Any, str], None], tuple[str, ...]] = {
    card: ("active", "paused", "withdrawn"),
    draft: ("false", "true"),
    text: ("open", SEALED, "restricted", "withdrawn"),
    person: ("open", "initials", "pseudonym", "group-only", ENDED, SEALED, "restricted",
             "withdrawn"),
}  # fmt: skip
# Which of the three may be read; in a state that is not here nothing of a text, or a person.
SEEN = {key: {NAME, WORDS, TITLE} for key in ("open", "active", "false")}
SEEN |= {key: {WORDS, TITLE} for key in ("initials", "pseudonym", "group-only", ENDED)}


def started(site: Any) -> Any:
    person(site, "open")
    card(site, "active")
    text(site, "open")
    return site.person("p-2", "Placeholder Two").testimony("t-2", told_by="p-2", mentions="p-1")


def contents(site: Any, *, search: bool) -> dict[str, bytes]:
    report = site.build(search=search)
    assert report.status == 0, report.problems
    return {path: (site.public / path).read_bytes() for path in site.files()}


def walk(states: tuple[str, ...]) -> Iterator[str]:
    """From the first state on, every way from one to another at least once."""
    for here, there in itertools.combinations(states, 2):
        yield from (here, there, here)


@pytest.mark.parametrize(
    "axis",
    [draft, *(pytest.param(one, marks=pytest.mark.nightly) for one in (card, text, person))],
    ids=lambda axis: axis.__name__,
)
def test_after_each_way_the_site_is_the_one_that_was_always_so(
    new_site: Any, size: Callable[[int, int], int], axis: Any
) -> None:
    search = bool(size(0, 1))
    states, clean = AXES[axis], {}
    for n, state in enumerate(states):
        fresh = started(new_site(f"clean-{n}"))
        axis(fresh, state)
        clean[state] = contents(fresh, search=search)
    site = started(new_site("site"))
    for state in walk(states):
        axis(site, state)
        assert contents(site, search=search) == clean[state], state
    assert len({tuple(sorted(c.items())) for c in clean.values()}) > 1


@pytest.mark.parametrize(
    ("axis", "state"), [(axis, state) for axis, states in AXES.items() for state in states]
)
def test_in_each_state_it_is_seen_what_may_be_seen(site: Any, axis: Any, state: str) -> None:
    started(site)
    axis(site, state)

    pages = b"\0".join(contents(site, search=False).values()).decode("utf-8", "ignore")

    nothing = set() if axis is person else {NAME}  # of the text
    assert {one for one in (NAME, WORDS, TITLE) if one in pages} == SEEN.get(state, nothing)


# What a consent allows, for each kind of output


def of_uses(site: Any, *left_out: str) -> Any:
    """A text in two languages whose card allows all uses but some."""
    site.config(languages=["en", "kk"], address="https://archive.example.org/", mirrors=False)
    site.person("p-1", "Placeholder One").person("p-2", "Placeholder Two")
    site.consent("c-1", given_by="p-1", scope=[use for use in USES if use not in left_out])
    taken = {"about": "p-2", "what": "detained", "status": "camp", "when": "2017"}
    site.testimony("t-1", told_by="p-1", consent="c-1", body=f"She left her {WORDS}.\n",
                   about="p-2", claims=[taken])  # fmt: skip
    site.translation("t-1", "kk", "Орамалын тастап кетті.\n", title="Өзен")
    site.build()
    return site


def holds(site: Any, words: str, *folders: str) -> bool:
    found = [path for path in site.files() if path.startswith(folders)]
    assert found
    return any(words in site.read(path) for path in found)


def is_shown(site: Any) -> bool:
    return "en/testimonies/t-1.html" in site.files() and holds(site, WORDS, "en/")


def is_translated(site: Any) -> bool:
    return holds(site, "Орамалын", "kk/")


def is_data(site: Any) -> bool:
    return holds(site, WORDS, "data/")


def is_printed(site: Any) -> bool:
    return "en/people/p-2-flyer.html" in site.files()


def may_be_mirrored(site: Any) -> bool:
    site.config(mirrors=True)
    return "P004" not in {problem.code for problem in site.build().problems}


OUTPUTS = {
    "site": is_shown,
    "translate": is_translated,
    "data-download": is_data,
    "print": is_printed,
    "mirror": may_be_mirrored,
}


@pytest.mark.parametrize("use", USES)
def test_a_use_that_is_not_allowed_is_left_out_and_no_other(site: Any, use: str) -> None:
    of_uses(site, use)
    wanted = set() if use == "site" else set(USES) - {use}
    made = {one for one, is_made in OUTPUTS.items() if one != "mirror" and is_made(site)}
    assert made == wanted - {"mirror"}
    assert may_be_mirrored(site) is (use != "mirror")


def test_all_that_is_allowed_is_made(site: Any) -> None:
    of_uses(site)
    assert {use for use, is_made in OUTPUTS.items() if is_made(site)} == set(USES)
