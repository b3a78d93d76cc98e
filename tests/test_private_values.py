"""What is private changes nothing, and what is protected is as if it had never been written.

A site with every kind of private value: of records that are hidden, of fields for editors
alone, of facts that are told less exactly. Whole outputs are compared, byte for byte.
"""

from __future__ import annotations

import datetime
import hashlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from aigaq import pipeline
from aigaq.pipeline import filling
from aigaq.words.diagnostics import has_errors

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping
    from pathlib import Path

TODAY = datetime.date(2026, 11, 22)
HIDDEN = ("person", "group", "place", "organisation", "series", "text", "picture", "draft")
LETTERS = "abcdeimnorstuzAKQШқөңүіәЖжийіئۇيغۇر维吾尔çğış"
WORDS = st.text(LETTERS + " ,.'-!?", min_size=1, max_size=40).filter(lambda t: bool(t.strip()))
NAMES = st.text(LETTERS, min_size=2, max_size=12)
NUMBERS = st.integers(1, 60).map(str)


def days(year: int) -> st.SearchStrategy[str]:
    inside = st.dates(datetime.date(year, 1, 1), datetime.date(year, 12, 31))
    return inside.map(datetime.date.isoformat)


# How a value of each kind is drawn, by the first part of its slot's name.
DRAWN: Mapping[str, st.SearchStrategy[str]] = {
    "words": WORDS.map(str.strip),
    "name": NAMES,
    # Of a few, which are converted once: to convert takes longer than all else.
    "body": st.sampled_from(
        ["Words.", "Nobody knew *that*.", "Ешкім білмеді.", "## One\n\nTwo"]
    ),
    "number": NUMBERS,
    "id": st.text("0123456789abcdef", min_size=6, max_size=10),
    "2017": days(2017),
    "2024": days(2024),
    "2030": days(2030),
    "village": st.sampled_from(["pl-v", "pl-w"]),
    "status": st.sampled_from(["camp", "prison", "released", "unknown"]),
    "known": st.sampled_from(["saw", "rumour", "from-family", "media"]),
    "relation": st.sampled_from(["mother", "aunt", "friend"]),
    "type": st.sampled_from(["village", "camp", "city"]),
    "point": st.floats(44.01, 44.04).map(lambda number: f"{number:.5f}"),
    "scope": st.sampled_from(["press-contact", "un-submission"]),
}


@dataclass
class Slots:
    """The private values of a site, by name; one that is asked for first is made up."""

    values: dict[str, str] = field(default_factory=dict)

    def __getitem__(self, name: str) -> str:
        return self.values.setdefault(name, PLAIN[name.partition(" ")[0]])


PLAIN = {
    "words": "somebody said it", "body": "Said so", "name": "Qazyna", "number": "3",
    "id": "7k3q",
    "2017": "2017-08-14", "2024": "2024-03-09", "2030": "2030-01-01", "village": "pl-v",
    "status": "camp", "known": "rumour", "relation": "aunt", "type": "camp", "point": "44.02",
    "scope": "press-contact",
}  # fmt: skip


def told(site: Any, private: Slots, hidden: Collection[str] = HIDDEN, level: str = "") -> Any:
    """The site; `hidden` are the kinds of hidden records that it has."""
    has = _Has(hidden)
    _public(site, private, has)
    _coarse(site, private)
    gone = level or "restricted"
    if "person" in has:
        _person(site, private, gone)
    if "group" in has:
        words = {"group": private["words group"], "count": private["number group"]}
        site.group("g-gone", protect=gone, note_public=private["words group note"], **words)
    if "place" in has:
        site.place("pl-gone", private["name place"], protect=gone, in_="pl-f",
                   type=private["type place"], words=private["words place"])  # fmt: skip
    if "organisation" in has:
        words = {"type": "company", "words": private["words org"]}
        site.organisation("org-gone", private["name org"], protect=gone, **words)
    if "series" in has:
        who = [{"who": private["name credit of series"], "role": "partner"}]
        site.series("s-gone", private["words series"], protect=gone, credits=who,
                    introduction=private["words introduction"])  # fmt: skip
    if "text" in has:
        _text(site, private, gone)
    if "draft" in has:
        _drafts(site, private)
    if "picture" in has:
        _picture(site, private)
    _lists(site, private, has)
    return site


class _Has(frozenset[str]):
    def __call__(self, kind: str, *items: Any) -> list[Any]:
        """The items where there are hidden records of this kind."""
        return list(items) if kind in self else []


def _public(site: Any, private: Slots, has: _Has) -> None:
    """What everybody may read, with what is private in its files."""
    site.config(languages=["en", "kk"], address="https://archive.example.org/")
    site.place("pl-c", "Country", type="country")
    site.place("pl-f", "Prefecture", type="prefecture", in_="pl-c", precision="prefecture",
               at=[private["point place"], "81.3"])  # fmt: skip
    for name in ("pl-v", "pl-w"):
        site.place(name, f"Village {name[-1].upper()}", type="village", in_="pl-f")
    _renamed(site, private)
    site.consent("c-1", date=private["2024 card"], others_object=private["words card"],
                 review_after=private["2030 review"], names="real",
                 scope=["site", "data-download", "mirror", private["scope card"]])  # fmt: skip
    mine = f"p-{private['id person']}"
    site.person("p-open", "Placeholder Open", born="1961", family=[
        *has("person", {"person": mine, "is": private["relation family"],
                        "as_told": private["words as told"]}),
    ])  # fmt: skip
    site.person("p-narrator", "Placeholder Narrator")
    site.series("s-1", order=["t-1", *has("text", f"t-{private['id text']}")])
    site.testimony(
        "t-1",
        body="They took [her](person:p-open).\n\nThen nobody knew.\n",
        consent="c-1",
        about=[{"person": "p-open", "relation": "other", "words": private["words relation"]},
               *has("person", {"person": mine, "relation": private["relation about"],
                               "as_told": private["words about"]})],
        mentions=["pl-v", *has("person", mine), *has("organisation", "org-gone"),
                  *has("place", "pl-gone"), *has("group", "g-gone")],
        interview={"date": "2024-03-09", "place": "pl-v", "language": "en",
                   "interpreter": has("person", mine) or None},
        credits=[{"who": "Placeholder Editor", "role": "other", "words": private["words role"]},
                 *has("person", {"who": mine, "role": "photographer"})],
        claims=[*has("person", *_of_somebody(mine, private)), *has("group", {
                    "about": "g-gone", "what": "illness", "words": private["words ill"]}),
                {"about": "p-open", "what": "detained", "status": "camp", "when": "2017-08",
                 "at": "p1"},
                *has("person", {"about": "p-open", "what": "family-member", "other": mine,
                                "relation": private["relation claim"]})],
        asked=[*has("person", {"how": "letter", "for": mine, "to": private["words to"],
                               "words": private["words asked"], "when": "2019-11"}),
               {"how": "letter", "for": "p-open", "when": "2019", "answer": "none"}],
        objects=[*has("person", {"id": "ob-gone", "of": mine, "what": private["words thing"]}),
                 {"id": "ob-1", "what": "scarf", "of": "p-open"}],
    )  # fmt: skip
    # Its card does not allow a translation.
    site.translation("t-1", "kk", f"{private['body kk']}.\n\nQ.\n",
                     title=private["words kk title"])  # fmt: skip


def _of_somebody(who: str, private: Slots) -> tuple[dict[str, str], ...]:
    """Claims about one of whom nothing is told."""
    return (
        {"about": who, "what": "detained", "status": private["status claim"],
         "when": private["2017 claim"], "said": private["words said"],
         "where": private["village claim"], "known_by": private["known claim"],
         "chain": private["words chain"], "words": private["words claim"]},
        {"about": who, "what": "worked-as", "value": private["words work"]},
        {"about": who, "what": "sentenced", "years": private["number years"],
         "court": private["words court"]},
    )  # fmt: skip


def _renamed(site: Any, private: Slots) -> None:
    """A place and an organisation under other names."""
    for kind, make in (("pl-alias", site.place), ("org-alias", site.organisation)):
        real = {"text": private[f"name {kind}"], "lang": "en", "kind": "preferred"}
        other = {"text": f"Shown {kind}", "lang": "en", "kind": "pseudonym"}
        make(kind, protect="pseudonym", names=[real, other], words=private[f"words {kind}"])


def _coarse(site: Any, private: Slots) -> None:
    """Somebody under a pseudonym, of whom texts tell more than is shown."""
    site.person("p-rose", "Rose", protect="pseudonym",
                coarsen={"place": "prefecture", "dates": "year", "work": "hide"})  # fmt: skip
    about = {"about": "p-rose", "where": private["village rose"]}
    about |= {"when": private["2017 rose"], "words": private["words of rose"]}
    about["chain"] = private["words chain of rose"]
    site.testimony(
        "t-2", told_by="p-rose", body="Words of hers.\n", source=private["words source"],
        interview={"date": private["2024 interview"], "place": private["village interview"],
                   "conditions": private["words conditions"]},
        claims=[about | {"what": "detained", "status": "camp", "said": private["words said 2"]},
                about | {"what": "worked-as", "value": private["words work 2"]},
                about | {"what": "charged", "done_by": private["name office"],
                         "because": private["words because"]}],
        asked=[{"how": "letter", "for": "p-rose", "when": private["2017 asked"],
                "to": private["name akim"], "said": private["words said 3"]}],
    )  # fmt: skip
    site.person("p-counted", private["name counted"], protect="group-only",
                note_public=private["words counted"])  # fmt: skip


def _person(site: Any, private: Slots, level: str) -> None:
    site.person(f"p-{private['id person']}", private["name person"], protect=level,
                note_public=private["words note"])  # fmt: skip
    if level == "restricted":
        place = next((site.root / "content/people").glob("p-[0-9a-f]*.yaml")).name
        site.listed("identities", {
            "pair": [place.removesuffix(".yaml"), "p-open"], "decided": "different",
            "by": private["words by"], "why": private["words why"],
        })  # fmt: skip


def _text(site: Any, private: Slots, level: str) -> None:
    site.testimony(
        f"t-{private['id text']}", body="", protect=level, consent="c-1",
        title=private["words title"], summary=private["words summary"],
        tags=[private["words tag"]], interview={"date": private["2024 text"]},
        claims=[{"about": "p-open", "what": "released", "status": "released",
                 "when": private["2017 text"], "said": private["words said 4"]}],
        objects=[{"id": "ob-text", "what": private["words thing 2"]}],
    )  # fmt: skip


def _drafts(site: Any, private: Slots) -> None:
    site.testimony("t-draft", body=f"{private['body draft']}\n", draft=True, consent="c-1",
                   title=private["words draft title"])  # fmt: skip
    site.page("about", body=f"{private['body page']}\n", draft=True)
    site.translation("t-2", "kk", f"{private['body translation']}\n", draft=True,
                     title=private["words translation title"])  # fmt: skip


def _picture(site: Any, private: Slots) -> None:
    """A picture that its card keeps back."""
    site.consent("c-paused", status="paused", others_object=private["words paused"])
    site.write("content/media/photo.jpg", b"\xff\xd8" + private["id photo"].encode())
    sidecar = {"alt": private["words alt"], "caption": private["words caption"]}
    lines = "".join(f'{key}: {{en: "{_quoted(text)}"}}\n' for key, text in sidecar.items())
    site.write("content/media/photo.jpg.yaml", f"{lines}consent: c-paused\n")
    site.person("p-pictured", "Placeholder Pictured", photo="photo.jpg")


def _quoted(text: str) -> str:
    return text.replace("\\", "").replace('"', "")


def _lists(site: Any, private: Slots, has: _Has) -> None:
    of_text = {"date": "2026-01-02", "record": f"t-{private['id text']}",
               "what": private["words corrected"]}  # fmt: skip
    open_one = {"date": "2026-01-01", "record": "t-1", "what": "A month."}
    site.listed("corrections", open_one, *has("text", of_text))


def made(root: Path, *, search: bool = False) -> str:
    """The digest of all files of a site, made as the build makes them."""
    options = pipeline.Options(jobs=1, date=TODAY, search=search)
    prepared, problems, _ = pipeline.prepare(root, options=options, step=_silent)
    assert prepared, "\n".join(str(one) for one in problems if one.is_error)
    bundles, problems = filling.bundles(
        prepared.index, prepared.theme, root, options=options, extended=prepared.extended
    )
    artifacts = [*prepared.machine_files(), *bundles]
    for path in prepared.pages:
        page, found = prepared.artifact(path)
        problems += found
        artifacts += [page] if page else []
    assert not has_errors(problems)
    digest = hashlib.sha256()
    for artifact in sorted(artifacts, key=lambda artifact: artifact.path):
        digest.update(f"{artifact.path}\0{len(artifact.data)}\0".encode() + artifact.data)
    return digest.hexdigest()


def _silent(_: str) -> None:
    pass


def slots_of(make: Callable[[], Any]) -> tuple[str, ...]:
    """The names of all private values of the site."""
    private = Slots()
    told(make(), private)
    return tuple(private.values)


def test_changing_what_is_private_leaves_every_byte_as_it_was(
    new_site: Any, size: Callable[[int, int], int]
) -> None:
    count = iter(range(10**6))
    names = slots_of(lambda: new_site("names"))
    before = made(told(new_site("before"), Slots()).root)
    after = new_site("after")

    @settings(
        max_examples=size(12, 1000),
        deadline=None,
        suppress_health_check=list(HealthCheck),
        database=None,
    )
    @given(st.fixed_dictionaries({name: DRAWN[name.partition(" ")[0]] for name in names}))
    def changed(values: dict[str, str]) -> None:
        next(count)
        _emptied(after)
        assert made(told(after, Slots(dict(values))).root) == before

    changed()
    assert next(count) >= size(12, 1000)
    assert len(names) >= 60


def _emptied(site: Any) -> None:
    for path in site.sources():
        site.remove(path)


def test_nor_does_the_search_know_of_it(new_site: Any) -> None:
    private = Slots({"name person": "Other", "words claim": "by the mill", "id person": "abc"})
    one, other = told(new_site("one"), Slots()), told(new_site("other"), private)
    assert made(one.root, search=True) == made(other.root, search=True)


def test_changing_what_is_public_is_seen(new_site: Any) -> None:
    """Else the other tests would show nothing."""
    one, other = told(new_site("one"), Slots()), told(new_site("other"), Slots())
    other.person("p-open", "Placeholder Other", born="1961")
    assert made(one.root) != made(other.root)


@pytest.fixture(scope="module")
def without(tmp_path_factory: pytest.TempPathFactory, site_builder: Any) -> str:
    """The digest of the site on which nothing hidden was ever written."""
    site = site_builder(tmp_path_factory.mktemp("without"))
    return made(told(site, Slots(), ()).root)


KEPT = HIDDEN[:6]  # a picture that is kept back has an open person here, who is there


@pytest.mark.parametrize(
    ("hidden", "level"),
    [
        *(([kind], "restricted") for kind in (*KEPT, "draft")),
        (KEPT, "withdrawn"),
        (KEPT, "sealed-until 2099-01-01"),
    ],
)
def test_what_is_protected_is_as_if_it_had_never_been_written(
    site: Any, without: str, hidden: Collection[str], level: str
) -> None:
    assert made(told(site, Slots(), hidden, level).root) == without


def test_every_private_value_is_one_that_the_leak_check_looks_for(site: Any) -> None:
    told(site, private := Slots())
    marked = {n: f"Qz{k} {text}" for k, (n, text) in enumerate(private.values.items())}
    free = {
        n: text
        for n, text in marked.items()
        if n.partition(" ")[0] in {"words", "name", "body"}
    }
    _emptied(site)
    options = pipeline.Options(jobs=1, date=TODAY)

    prepared, _, _ = pipeline.prepare(
        told(site, Slots(dict(free))).root, options=options, step=_silent
    )

    assert prepared
    assert prepared.protected
    looked_for = "\n".join(value.text for value in prepared.protected.values)
    assert [name for name, text in free.items() if text not in looked_for] == []


def test_a_tombstone_is_all_that_the_two_differ_in(new_site: Any) -> None:
    def pages(site: Any) -> set[str]:
        options = pipeline.Options(jobs=1, date=TODAY, search=False)
        prepared, _, _ = pipeline.prepare(site.root, options=options, step=_silent)
        assert prepared
        return set(prepared.pages)

    with_it, without = told(new_site("with"), Slots(), ()), told(new_site("no"), Slots(), ())
    with_it.write("content/people/p-0w0t.yaml", "protect: withdrawn\ntombstone: true\n")
    assert pages(with_it) - pages(without) == {f"{lang}/people/p-0w0t.html" for lang in LANGS}


LANGS = ("en", "kk")
