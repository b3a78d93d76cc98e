from __future__ import annotations

import dataclasses
import pathlib
import re
from typing import TYPE_CHECKING, Any

import pytest

from aigaq.archive import accounts
from aigaq.archive.public import Claim, Count, Duration, Group, Identity, Name, SentencePart
from aigaq.pages import press, routes, texts
from aigaq.pages.index import Index
from aigaq.words.localised import Localised

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from aigaq.archive.public import PublicArchive

REPOSITORY = pathlib.Path(__file__).parents[2]
LANGUAGES = ("en", "kk", "ru", "ug", "zh-Hans", "tr")
MOTHER = "en/people/p-bb22.html"
NEWS = "en/testimonies/t-3333.html"

PURPOSES = ("a wedding", "a funeral")
WAY = {"origin": "pl-county-x", "destination": "pl-city-m"}

# For each aspect what t-1111 says, and what t-3333.
SIDES: Mapping[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "place": ({"what": "born", "where": "pl-county-x"}, {"what": "born", "where": "pl-city-m"}),
    "length": ({"what": "sentenced", "years": "12"}, {"what": "sentenced", "years": "15"}),
    "reason": (
        {"what": "reason", "reason": "online-post", "given_by": "official"},
        {"what": "reason", "reason": "denied-by-family", "given_by": "family"},
    ),
    "purpose": (
        {"what": "travelled", "when": "2012", "because": PURPOSES[0]} | WAY,
        {"what": "travelled", "when": "2012", "because": PURPOSES[1]} | WAY,
    ),
    "kinship": (
        {"what": "family-member", "other": "p-ee55", "relation": "cousin"},
        {"what": "family-member", "other": "p-ee55", "relation": "son"},
    ),
    "status": (
        {"what": "held", "status": "camp", "when": "2018-02-01"},
        {"what": "held", "status": "prison", "when": "2018-02-01"},
    ),
    "contact": (
        {"what": "contact", "contact": "none", "when": "2018-02-01", "with_whom": "p-aa11"},
        {"what": "contact", "contact": "letters", "when": "2018-02-01", "with_whom": "p-aa11"},
    ),
    "how-known": (
        {"what": "held", "status": "camp", "known_by": "official-message", "by": "p-aa11"},
        {"what": "held", "status": "camp", "known_by": "rumour", "by": "p-aa11"},
    ),
    "how-known, a sentence": (
        {"what": "sentenced", "years": "9", "known_by": "court-paper", "by": "p-aa11"},
        {"what": "sentenced", "years": "9", "known_by": "rumour", "by": "p-aa11"},
    ),
    "how-known, a reason": (
        {"what": "reason", "reason": "assembly", "known_by": "court-paper", "by": "p-aa11"},
        {"what": "reason", "reason": "assembly", "known_by": "rumour", "by": "p-aa11"},
    ),
}


@pytest.fixture(name="telling")
def _telling(
    archive: PublicArchive, changed: Callable[..., PublicArchive], date: Callable[[str], Any]
) -> Callable[..., PublicArchive]:
    """The archive in which each text tells nothing but these claims about the mother."""

    def tell(*told: Iterable[dict[str, Any]]) -> PublicArchive:
        made = {}
        for text, claims in zip(("t-1111", "t-3333", "t-2222"), told, strict=False):
            values = (
                {
                    "about": "p-bb22",
                    "at": "p1",
                    "by": "p-aa11" if text == "t-1111" else "p-ee55",
                }
                | one
                | ({"when": date(one["when"])} if "when" in one else {})
                for one in claims
            )
            made[text] = {
                "claims": tuple(
                    Claim(text=text, number=n, **one) for n, one in enumerate(values, 1)
                ),
                "phrases": tuple((word, Localised.of({"en": word})) for word in PURPOSES),
            }
        cleared = {t: {"claims": ()} for t in archive.texts}
        return changed(archive, texts=cleared | made)

    return tell


def section(html: str) -> str:
    found = re.search(r'<section class="differences".*?</section>', html, re.S)
    return found[0] if found else ""


def words(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", "", html).split())


def test_two_accounts_are_written_out_with_speaker_value_and_paragraph(
    archive: PublicArchive, html_of: Callable[[PublicArchive, str], str]
) -> None:
    html = section(html_of(archive, MOTHER))
    told = words(html)
    assert "Two accounts differ about when this happened: detained." in told
    assert "August 2017 This was told by Placeholder Daughter." in told
    assert "September 2017 This was told by Placeholder Reporter." in told
    assert 'href="../testimonies/t-1111.html#p2"' in html
    assert 'href="../testimonies/t-3333.html#p1"' in html


def test_the_page_of_somebody_told_of_alike_has_no_such_section(
    archive: PublicArchive, html_of: Callable[[PublicArchive, str], str]
) -> None:
    assert section(html_of(archive, "en/people/p-ee55.html")) == ""


def test_accounts_that_agree_stand_on_one_side(
    telling: Callable[..., PublicArchive], html_of: Callable[[PublicArchive, str], str]
) -> None:
    told = ([{"what": "born", "when": year}] for year in ("1958", "1958", "1964"))
    html = words(section(html_of(telling(*told), MOTHER)))
    assert "Two accounts" not in html
    assert "Accounts differ about when this happened: born. 1958 This was told" in html
    assert html.count("1958") == html.count("1964") == 1
    assert html.count("This was told by") == 3


def test_who_gave_a_reason_is_told_apart_from_through_whom_we_know_it(
    telling: Callable[..., PublicArchive], html_of: Callable[[PublicArchive, str], str]
) -> None:
    official = {
        "what": "reason",
        "reason": "online-post",
        "given_by": "official",
        "chain": ("the consulate", "narrator"),
    }
    inferred = {"what": "reason", "reason": "assembly", "given_by": "inferred"}
    html = words(section(html_of(telling([official], [inferred]), MOTHER)))
    assert (
        "something posted online The reason was given by an official, as told by Placeholder"
        " Daughter. It was passed on in 2 steps: the consulate, then Placeholder Daughter."
    ) in html
    assert "This reason was concluded by the speaker: Alem Placeholder." in html


@pytest.mark.parametrize(
    ("claims", "sentence"),
    [
        (
            [
                {"what": "detained", "status": "camp", "when": "2018"},
                {"what": "released", "status": "released", "when": "2016"},
            ],
            "As told, the release would lie before the detention;",
        ),
        (
            [{"what": "born", "when": "2019"}, {"what": "detained", "when": "2018"}],
            "As told, this would lie before the birth: detained.",
        ),
        (
            [{"what": "died", "when": "2016"}, {"what": "travelled", "when": "2018"}],
            "As told, this would lie after the death: travelled.",
        ),
        (
            [{"what": "detained", "when": "2026"}],
            "As told, this would lie after the day on which it was told: detained.",
        ),
    ],
)
def test_an_order_that_cannot_be_is_told_and_both_claims_are_shown(
    telling: Callable[..., PublicArchive],
    html_of: Callable[[PublicArchive, str], str],
    claims: list[dict[str, Any]],
    sentence: str,
) -> None:
    page = html_of(telling(claims), MOTHER)
    html = words(section(page))
    assert sentence in html
    assert all(claim["when"] in html for claim in claims)
    beside = page.count('<a href="#differences">The order as told cannot be')
    assert beside == len(claims)


def test_an_order_that_can_be_is_not_spoken_of(
    archive: PublicArchive, html_of: Callable[[PublicArchive, str], str]
) -> None:
    assert "Order as told" not in html_of(archive, MOTHER)


@pytest.mark.parametrize("aspect", SIDES)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_each_aspect_is_a_sentence_in_every_language(
    telling: Callable[..., PublicArchive], aspect: str, lang: str
) -> None:
    archive = telling(*([one] for one in SIDES[aspect]))
    html = section(page(archive, f"{lang}/people/p-bb22.html"))
    sentences = re.findall(r"<p><strong>(.*?)</strong></p>", html)
    english = section(page(archive, "en/people/p-bb22.html"))
    assert len(sentences) == 1
    assert html.count("<li>") == 4  # two sides, each with one account
    assert html.count("#p1") == 2
    assert "%(" not in html
    if lang != "en":
        assert sentences != re.findall(r"<p><strong>(.*?)</strong></p>", english)


@pytest.mark.parametrize("lang", LANGUAGES[1:])
def test_no_text_of_ours_is_left_in_english(
    telling: Callable[..., PublicArchive], lang: str
) -> None:
    catalogue = texts.of(lang, po(lang))
    source = (REPOSITORY / "templates/_differences.html").read_text("utf-8")
    found = re.findall(r'_\("([^"]+)"', source)
    found += re.findall(r'ngettext\("([^"]+)"', source)
    untranslated = [one for one in found if catalogue.catalogue.gettext(one) == one
                    and catalogue.catalogue.ngettext(one, one, 3) == one]  # fmt: skip
    assert untranslated == []


def test_people_who_may_be_one_are_said_to_be(
    telling: Callable[..., PublicArchive],
    changed: Callable[..., PublicArchive],
    html_of: Callable[[PublicArchive, str], str],
) -> None:
    told = (
        [{"what": "family-member", "other": who, "relation": relation}]
        for who, relation in (("p-cc33", "aunt"), ("p-ee55", "cousin"))
    )
    archive = changed(
        telling(*told),
        people={"p-cc33": {"identities": (Identity(other="p-ee55", decided="open"),)}},
    )
    html = words(section(html_of(archive, MOTHER)))
    assert "It is open whether these are one person: my aunt, Alem Placeholder." in html


def test_figures_that_do_not_add_up_are_flagged_and_kept(
    telling: Callable[..., PublicArchive], html_of: Callable[[PublicArchive, str], str]
) -> None:
    parts = (
        SentencePart(status="prison", years="5"),
        SentencePart(status="camp", years="6"),
    )
    archive = telling([{"what": "sentenced", "years": "12", "parts": parts}])
    html = words(section(html_of(archive, MOTHER)))
    assert "make 11 years together; the whole is told as 12 years." in html
    assert "They are not corrected here." in html


def test_a_length_that_does_not_fit_its_dates_is_flagged(
    telling: Callable[..., PublicArchive], html_of: Callable[[PublicArchive, str], str]
) -> None:
    held = {
        "what": "held",
        "when": "2017-05/2018-05",
        "lasted": Duration(number=3, unit="years"),
    }
    html = words(section(html_of(telling([held]), MOTHER)))
    assert "the length of time and the dates do not fit together" in html


def test_two_numbers_of_one_group_are_flagged(
    archive: PublicArchive, html_of: Callable[[PublicArchive, str], str]
) -> None:
    label = archive.groups["g-0007"].label
    other = Group(id="g-0008", label=label, count=Count(low=14, high=14), of="p-bb22")
    more = dataclasses.replace(archive, groups={**archive.groups, "g-0008": other})
    html = words(section(html_of(more, MOTHER)))
    assert "(grandchildren): 4 people, 14 people." in html


def test_the_page_of_a_text_leads_to_the_other_account(
    archive: PublicArchive, html_of: Callable[[PublicArchive, str], str]
) -> None:
    html = html_of(archive, NEWS)
    assert '<a href="../people/p-bb22.html#differences">' in html
    assert "another account differs in this: the date." in words(html)


def test_a_text_in_which_two_voices_differ_is_not_another_account(
    telling: Callable[..., PublicArchive], view_of: Callable[[PublicArchive, str], Any]
) -> None:
    told = [{"what": "born", "when": "1958"}, {"what": "born", "when": "1961", "by": "p-aa11"}]
    archive = telling([], told)
    assert Index(archive).differences
    assert view_of(archive, NEWS).differing == ()


def test_a_protected_person_has_no_differences_anywhere(
    archive: PublicArchive,
    changed: Callable[..., PublicArchive],
    html_of: Callable[[PublicArchive, str], str],
) -> None:
    names = (Name(text="M.", lang="en", kinds=("pseudonym",)),)
    hidden = changed(archive, people={"p-bb22": {"protect": "pseudonym", "names": names}})
    assert accounts.of_archive(hidden) == {}
    assert section(html_of(hidden, MOTHER)) == ""
    assert "another account differs" not in html_of(hidden, NEWS)


def po(lang: str) -> str:
    return (REPOSITORY / f"theme/locales/{lang}.po").read_text("utf-8")


def page(archive: PublicArchive, path: str) -> str:
    """A page of the archive in one of our languages, with our catalogue."""
    lang = path.partition("/")[0]
    site = dataclasses.replace(archive.site, languages=(lang,))
    whole = dataclasses.replace(archive, site=site)
    templates = {
        found.relative_to(REPOSITORY / "templates").as_posix(): found.read_text("utf-8")
        for found in (REPOSITORY / "templates").rglob("*.html")
    }
    printer = press.of(site, templates=templates, catalogues={lang: po(lang)})
    planned, _ = routes.plan(Index(whole))
    artifact, problems = press.artifact(printer, next(p for p in planned if p.path == path))
    assert artifact is not None, problems
    return artifact.data.decode("utf-8")
