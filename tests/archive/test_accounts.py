from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Any

import pytest

from aigaq.archive import accounts

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from aigaq.archive.accounts import Difference

    Claims = Sequence[Mapping[str, Any]]


def differences(
    sources: Any, *texts: Claims, published: str = "2022-05-02"
) -> tuple[Difference, ...]:
    """Where texts differ about p-1: each tells these claims, in the order of the ids."""
    sources.person("p-1", sex="male")
    sources.place("pl-land", type="country").place("pl-other", type="country")
    sources.place("pl-town", type="city", in_="pl-land").place("pl-city", type="city")
    origin = {"outlet": "Example Daily", "published": published, "rights": "own"}
    for n, told in enumerate(texts):
        claims = [{"about": "p-1"} | dict(claim) for claim in told]
        sources.text(f"t-{n}", original=origin, claims=claims)
    return accounts.of_archive(sources.publish()).get("p-1", ())


def aspects(found: tuple[Difference, ...]) -> list[str]:
    return [one.aspect for one in found]


def born(when: str | None = None, **more: Any) -> dict[str, Any]:
    return {"what": "born", "when": when, **more}


def detained(**more: Any) -> dict[str, Any]:
    return {"what": "detained", "status": "camp", **more}


def held(status: str = "camp", **more: Any) -> dict[str, Any]:
    return {"what": "held", "status": status, **more}


def silent(**more: Any) -> dict[str, Any]:
    return {"what": "last-contact", "contact": "none", "with": "his wife"} | more


def journey(because: str | None, **more: Any) -> dict[str, Any]:
    ways = {"from": "pl-land", "to": "pl-other"}
    return {"what": "travelled", "because": because, **ways, **more}


def reason(key: str, by: str = "family") -> dict[str, Any]:
    return {"what": "reason", "reason": key, "given_by": by}


def sentenced(years: str, **more: Any) -> dict[str, Any]:
    return {"what": "sentenced", "years": years, **more}


# In each aspect: what can be no difference, and what is one.

SAME = {
    "date: the same day": (born("1958-03-01"), born("1958-03-01")),
    "date: a month of the year": (born("1958"), born("1958-05")),
    "date: spans that overlap": (born("1957/1959"), born("1959/1960")),
    "date: about the year before": (born("1958~"), born("1957")),
    "date: maybe the year before": (born("1958?"), born("1957")),
    "date: an end that is not known": (born("../1958"), born("1950")),
    "date: not told": (born(), born("1958")),
    "date: unknown": (born("unknown"), born("1958")),
    "date: before a later year": (born("before 1960"), born("1958")),
    "place: the same": (born(where="pl-town"), born(where="pl-town")),
    "place: a town in the land": (born(where="pl-land"), born(where="pl-town")),
    "place: not told": (born(where="pl-town"), born()),
    "length: the same": (sentenced("10"), sentenced("10")),
    "length: not known": (sentenced("10"), sentenced("unknown")),
    "length: a year in months": (
        detained(when="2017-05", lasted="1 year"),
        detained(when="2017", lasted="13 months"),
    ),
    "length: more than a part": (
        detained(when="2017-05", lasted="more than 8 months"),
        detained(when="2017-05", lasted="2 years"),
    ),
    "length: about as long": (
        detained(when="2017-05", lasted="about 10 months"),
        detained(when="2017-05", lasted="12 months"),
    ),
    "length: not told": (detained(when="2017-05", lasted="8 months"), detained(when="2017-05")),
    "length: still going on when the shorter was told": (
        silent(when="2017-05", lasted="5 years"),
        silent(when="2017-05", lasted="7 years"),
    ),
    "length: of the contact with others": (
        silent(when="2017-05", lasted="10 days", **{"with": "his wife"}),
        silent(when="2017-05", lasted="8 months", **{"with": "his uncle"}),
    ),
    "purpose: the same": (journey("A wedding", when="2012"), journey("a wedding", when="2012")),
    "purpose: said closer": (
        journey("a wedding", when="2012"),
        journey("a wedding in the family", when="2012"),
    ),
    "purpose: of another journey": (
        journey("a wedding", when="2012"),
        journey("a funeral", when="2014"),
    ),
    "purpose: of a journey without a date": (journey("a wedding"), journey("a funeral")),
    "purpose: of the way back": (
        journey("a wedding", when="2012"),
        journey("a funeral", when="2012", **{"from": "pl-other", "to": "pl-land"}),
    ),
    "purpose: not told": (journey("a wedding", when="2012"), journey(None, when="2012")),
    "reason: the same": (reason("online-post"), reason("online-post", "official")),
    "reason: not known": (reason("online-post"), reason("not-known")),
    "reason: none was given": (reason("online-post"), reason("none-given", "official")),
    "status: the same": (held(), held()),
    "status: not known": (held("unknown"), held("prison")),
    "status: missing, and found in prison": (held("missing"), held("prison")),
    "status: awaiting trial in custody": (held("police-custody"), held("awaiting-trial")),
    "status: at different times": (
        held("camp", when="2017-08"),
        held("prison", when="2019-02"),
    ),
    "how known: not said": (held(known_by="not-said"), held(known_by="rumour")),
}
DIFFERENT = {
    "length: without contact": (
        silent(when="2017-05", lasted="10 days"),
        silent(when="2017-05", lasted="8 months"),
    ),
    "length: without any trace": (
        {"what": "disappeared", "when": "2017-05", "lasted": "10 days"},
        {"what": "disappeared", "when": "2017-05", "lasted": "8 months"},
    ),
    "purpose": (journey("a wedding", when="2012"), journey("a funeral", when="2012-03")),
    "date": (born("1958"), born("1960-01")),
    "date: about, and ten years": (born("1958~"), born("1968")),
    "date: before": (born("before 1950"), born("1958")),
    "date: an interval that ends before": (born("1950/1952"), born("1958/..")),
    "place": (born(where="pl-town"), born(where="pl-city")),
    "place: of one arrest": (
        detained(when="2017-05", where="pl-town"),
        detained(when="2017-05-03", where="pl-other"),
    ),
    "length": (sentenced("10"), sentenced("12")),
    "length: of one arrest": (
        detained(when="2017-05", lasted="10 days"),
        detained(when="2017-05", lasted="2 months"),
    ),
    "reason": (reason("online-post"), reason("travel-abroad")),
    "reason: denied": (reason("online-post", "official"), reason("denied-by-family")),
    "status": (held("camp", when="2019-02-03"), held("prison", when="2019-02-03")),
    "status: free, and in prison since": (
        {"what": "released", "status": "released", "when": "2019-12"},
        held("prison", when="since 2019-05"),
    ),
    "contact": (
        {"what": "contact", "contact": "none", "with": "p-2", "when": "2019-02-03"},
        {"what": "contact", "contact": "letters", "with": "p-2", "when": "2019-02-03"},
    ),
}


@pytest.mark.parametrize("pair", SAME.values(), ids=SAME)
def test_what_can_be_told_as_one_is_no_difference(sources: Any, pair: Claims) -> None:
    assert differences(sources, pair[:1], pair[1:]) == ()


@pytest.mark.parametrize("name", DIFFERENT)
def test_what_cannot_be_told_as_one_is_a_difference(sources: Any, name: str) -> None:
    one, other = DIFFERENT[name]
    sources.person("p-2")
    [found] = differences(sources, [one], [other])
    assert found.aspect == name.partition(":")[0]
    assert [claim.text for claim in found.claims] == ["t-0", "t-1"]


@pytest.mark.parametrize("pair", DIFFERENT.values(), ids=DIFFERENT)
def test_no_side_goes_before_the_other(new_sources: Any, pair: Claims) -> None:
    found = []
    for one, other in itertools.permutations(pair):
        [difference] = differences(new_sources().person("p-2"), [one], [other])
        claims = sorted(
            str((c.when, c.where, c.status, c.reason, c.years, c.lasted, c.contact))
            for c in difference.claims
        )
        found.append((difference.aspect, difference.what, claims))
    assert found[0] == found[1]


def test_one_speaker_of_one_text_does_not_differ_from_themself(sources: Any) -> None:
    assert differences(sources, [born("1958"), born("1960")]) == ()


def test_two_voices_of_one_text_may_differ(sources: Any) -> None:
    sources.person("p-2").person("p-3")
    told = [born("1958", by="p-2"), born("1960", by="p-3")]
    assert aspects(differences(sources, told)) == ["date"]


def test_three_accounts_make_one_difference(sources: Any) -> None:
    [found] = differences(sources, [born("1958")], [born("1960")], [born("1962")])
    assert found.accounts == 3


def test_accounts_that_agree_are_one_side(sources: Any) -> None:
    [one] = differences(sources, [born("1958")], [born("1961")], [born("1958")])
    assert one.accounts == 3
    assert [[c.text for c in side] for side in one.sides] == [["t-0", "t-2"], ["t-1"]]


def test_on_a_side_an_account_stands_once(sources: Any) -> None:
    told = [reason("online-post"), reason("online-post")]
    [one] = differences(sources, told, [reason("assembly")])
    assert [len(side) for side in one.sides] == [1, 1]


def test_who_agrees_with_all_takes_no_part(sources: Any) -> None:
    [found] = differences(sources, [born("1958")], [born("195X")], [born("1953")])
    assert [claim.text for claim in found.claims] == ["t-0", "t-2"]


def test_two_arrests_are_not_one_that_is_told_twice(sources: Any) -> None:
    twice = [detained(when="2017-05"), detained(when="2019-02")]
    assert differences(sources, twice, [detained(when="2018-01")]) == ()


def test_an_arrest_after_a_release_is_another(sources: Any) -> None:
    freed = {"what": "released", "status": "released", "when": "2018-06"}
    later = [detained(when="2019-02")]
    assert differences(sources, [detained(when="2017-05"), freed], later) == ()


def test_an_account_does_not_differ_about_what_came_after_it(sources: Any) -> None:
    """The first was told in 2020, and cannot have known the arrest of 2021."""
    told = [detained(when="2017-05")], [detained(when="2021-05")]
    assert differences(sources, *told, published="2020-05-02") == ()


def test_from_the_police_to_a_camp_is_a_way_and_no_difference(sources: Any) -> None:
    first = {"what": "detained", "status": "police-custody", "when": "2017-05"}
    assert differences(sources, [first], [detained(when="2017-08")]) == ()


def test_the_police_after_the_camp_is_a_difference(sources: Any) -> None:
    last = {"what": "detained", "status": "police-custody", "when": "2017-09"}
    assert aspects(differences(sources, [detained(when="2017-08")], [last])) == ["date"]


def test_two_journeys_are_not_one(sources: Any) -> None:
    there = {"what": "emigrated", "to": "pl-other", "when": "2018"}
    on = {"what": "emigrated", "from": "pl-other", "when": "2020"}
    assert differences(sources, [there], [on]) == ()


def test_a_person_who_says_how_they_learned_it_in_two_ways(sources: Any) -> None:
    sources.person("p-2")
    one = held("prison", by="p-2", known_by="official-message")
    other = held("prison", by="p-2", known_by="from-official-spoken")
    assert aspects(differences(sources, [one], [other])) == ["how-known"]


def test_a_message_is_followed_through_those_who_passed_it_on(sources: Any) -> None:
    sources.person("p-2").organisation("org-embassy")
    one = held(by="org-embassy", known_by="official-message", chain=["Placeholder p-2"])
    other = held(by="p-2", known_by="from-official-spoken")
    assert aspects(differences(sources, [one], [other])) == ["how-known"]


def test_two_witnesses_may_know_in_two_ways(sources: Any) -> None:
    sources.person("p-2").person("p-3")
    told = [held(by="p-2", known_by="saw")], [held(by="p-3", known_by="from-family")]
    assert differences(sources, *told) == ()


# Kinship


def family(sources: Any, *relations: str) -> tuple[Difference, ...]:
    sources.person("p-2")
    claims = ({"what": "family-member", "other": "p-2", "relation": r} for r in relations)
    return differences(sources, *([claim] for claim in claims))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("brother", "brother"),
        ("brother", "younger-brother"),
        ("sibling", "elder-sister"),
        ("aunt", "paternal-aunt"),
        ("mother", "adoptive-parent"),
        ("aunt", "neighbour"),
        ("relative", "uncle"),
        ("spouse", "wife"),
    ],
)
def test_a_closer_word_of_kin_is_no_difference(sources: Any, one: str, other: str) -> None:
    assert family(sources, one, other) == ()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("elder-brother", "younger-brother"),
        ("maternal-aunt", "paternal-aunt"),
        ("aunt", "mother"),
        ("cousin", "brother"),
    ],
)
def test_another_word_of_kin_is_a_difference(sources: Any, one: str, other: str) -> None:
    assert aspects(family(sources, one, other)) == ["kinship"]


def test_kinship_is_compared_from_both_sides(sources: Any) -> None:
    sources.person("p-2", sex="male")
    mine = {"what": "family-member", "other": "p-2", "relation": "son"}
    his = {"about": "p-2", "what": "family-member", "other": "p-1", "relation": "uncle"}
    assert aspects(differences(sources, [mine], [his])) == ["kinship"]
    again = his | {"relation": "father"}
    assert differences(sources, [mine], [again]) == ()


def test_the_head_of_a_text_tells_kinship_too(sources: Any) -> None:
    sources.person("p-2")
    about = {"person": "p-2", "of": "p-1", "relation": "cousin"}
    sources.text("t-9", about=about)
    told = {"what": "family-member", "other": "p-2", "relation": "sister"}
    [found] = differences(sources, [told])
    assert [claim.number for claim in found.claims] == [1, 0]


def test_people_who_may_be_one_are_compared_as_one(sources: Any) -> None:
    sources.person("p-2").person("p-3")
    sources.listed(
        "identities", {"pair": ["p-2", "p-3"], "decided": "open", "by": "two", "why": "…"}
    )
    one = {"what": "family-member", "other": "p-2", "relation": "adoptive-parent"}
    other = {"what": "family-member", "other": "p-3", "relation": "aunt"}
    [found] = differences(sources, [one], [other])
    assert found.perhaps_one == ("p-2", "p-3")


# Nothing hidden


@pytest.mark.parametrize("protect", ["restricted", "pseudonym", "initials", "group-only"])
def test_nothing_is_compared_about_a_protected_person(sources: Any, protect: str) -> None:
    names = [{"text": "P. P.", "kind": "pseudonym"}]
    for n, year in enumerate((1958, 1968)):
        claims = [{"about": "p-1", **born(str(year))}]
        sources.text(f"t-{n}", claims=claims)
    sources.person("p-1", protect=protect, names=names)
    assert accounts.of_archive(sources.publish()) == {}


def test_a_hidden_text_is_no_account(sources: Any) -> None:
    sources.person("p-1").text("t-8", protect="restricted", body="", claims=[
        {"about": "p-1", **born("1968")}])  # fmt: skip
    assert differences(sources, [born("1958")]) == ()


def test_a_tie_to_a_protected_person_is_not_compared(sources: Any) -> None:
    sources.person("p-2", protect="pseudonym")
    claims = ({"what": "family-member", "other": "p-2", "relation": r} for r in ("aunt", "son"))
    assert differences(sources, *([claim] for claim in claims)) == ()


def test_of_two_journeys_that_may_be_meant_none_is_compared(sources: Any) -> None:
    twice = [journey("a wedding", when="2012"), journey(None, when="2012")]
    assert differences(sources, twice, [journey("a funeral", when="2012")]) == ()


def test_purposes_in_two_languages_are_compared_where_both_are_translated(
    new_sources: Any,
) -> None:
    def found(**phrases: Any) -> tuple[Difference, ...]:
        sources = new_sources()
        sources.person("p-1").place("pl-land", type="country").place("pl-other", type="country")
        for text, lang, because in (("t-0", "en", "a wedding"), ("t-1", "kk", "жерлеу")):
            claim = {"about": "p-1"} | journey(because, when="2012")
            sources.text(text, lang, claims=[claim])
        made = {"from": "en", "machine": True} | phrases
        sources.translation("t-0", "kk", translation=made)
        return accounts.of_archive(sources.publish()).get("p-1", ())

    assert found() == ()
    assert aspects(found(phrases=[["a wedding", "той"]])) == ["purpose"]
    assert found(phrases=[["a wedding", "жерлеу"]]) == ()
