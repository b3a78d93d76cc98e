from __future__ import annotations

from typing import Any

import pytest

CODES = ("P013", "P014")


def told(sources: Any, *claims: dict[str, Any], **more: Any) -> list[tuple[str, int]]:
    """Codes and lines of what is found about p-1, whose claims have lines of their own."""
    sources.person("p-1")
    lines = "".join(
        f"  - {{{', '.join(f'{k}: {v}' for k, v in ({'about': 'p-1'} | claim).items())}}}\n"
        for claim in claims
    )
    sources.text("t-1", **more)
    sources.files["content/testimonies/t-1.en.md"] = sources.files[
        "content/testimonies/t-1.en.md"
    ].replace("---\n", f"---\nclaims:\n{lines}", 1)
    _, found = sources.published()
    return [(one.code, one.span.line) for one in found if one.code in CODES]


def detained(when: str, **more: str) -> dict[str, str]:
    return {"what": "detained", "status": "camp", "when": when, **more}


def released(when: str) -> dict[str, str]:
    return {"what": "released", "status": "released", "when": when}


BORN = {"what": "born", "when": "2019"}


def test_a_release_before_the_arrest_is_a_warning_at_the_release(sources: Any) -> None:
    assert told(sources, detained("2018"), released("2016")) == [("P013", 4)]


def test_who_died_does_nothing_later(sources: Any) -> None:
    died = {"what": "died", "when": "2010"}
    assert told(sources, detained("2018"), died) == [("P013", 4)]


def test_nobody_is_born_after_something_happened_to_them(sources: Any) -> None:
    claims = detained("2018"), {"what": "travelled", "when": "2003"}, BORN
    assert told(sources, *claims) == [("P013", 3), ("P013", 4)]


def test_what_is_told_cannot_come_after_the_telling(sources: Any) -> None:
    assert told(sources, detained("2021")) == [("P014", 3)]


def test_accounts_are_held_against_each_other(sources: Any) -> None:
    sources.text("t-2", claims=[{"about": "p-1", **detained("2018")}])
    assert told(sources, released("2016")) == [("P013", 3)]


@pytest.mark.parametrize(
    "claims",
    [
        (detained("2018"), released("2018")),
        (detained("2018~"), released("2017")),
        (detained("2016"), released("2017"), detained("2018")),
        ({"what": "held", "status": "camp"}, detained("2018"), released("2016")),
        (detained("2018"), {"what": "released", "status": "released", "when": "../2018"}),
        ({"what": "born", "when": "unknown"}, detained("2018")),
        ({"what": "died", "when": "2010"}, {"what": "reason", "reason": "not-known",
                                            "given_by": "family", "when": "2012"}),
        (detained("2020"),),
    ],
)  # fmt: skip
def test_what_may_be_true_is_not_warned_of(sources: Any, claims: Any) -> None:
    assert told(sources, *claims) == []


@pytest.mark.parametrize("protect", ["pseudonym", "restricted", "initials"])
def test_nothing_is_said_of_protected_people(sources: Any, protect: str) -> None:
    claims = [{"about": "p-1", **one} for one in (detained("2018"), released("2016"), BORN)]
    sources.person("p-1", protect=protect, names=[{"text": "P. P.", "kind": "pseudonym"}])
    sources.text("t-1", claims=claims)
    assert [one for one in sources.published()[1] if one.code in CODES] == []


def test_nothing_is_said_of_a_hidden_text(sources: Any) -> None:
    told_in = {"protect": "restricted", "body": ""}
    assert told(sources, detained("2018"), released("2016"), **told_in) == []


def test_the_other_place_is_named(sources: Any) -> None:
    told(sources, detained("2018"), released("2016"))
    [problem] = [one for one in sources.published()[1] if one.code == "P013"]
    assert '"released" is dated before "detained" in line 3' in problem.message
