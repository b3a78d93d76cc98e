"""Exported sources: a build of them is the site, and nothing else can be read in them."""

from __future__ import annotations

import datetime
import io
import runpy
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from aigaq import pipeline
from aigaq.mirror.export import layout
from aigaq.mirror.export import whole as export

if TYPE_CHECKING:
    from collections.abc import Callable

HERE = Path(__file__).parent
PLANTED = runpy.run_path(str(HERE.parents[1] / "test_canaries.py"))
CANARIES = PLANTED["CANARIES"]


def picture(colour: str, size: tuple[int, int] = (900, 600)) -> bytes:
    file = io.BytesIO()
    Image.new("RGB", size, colour).save(file, "PNG")
    return file.getvalue()


def claim(about: str, what: str, **rest: Any) -> dict[str, Any]:
    return {"about": about, "what": what} | rest


def all_kinds(site: Any) -> None:
    """Filled by `whole.told`."""


def coarse(site: Any) -> None:
    """Somebody is told of under another name, less exactly than it is written."""
    _places(site)
    kept = {"place": "country", "dates": "year", "work": "hide"}
    site.person("p-rose", "Rose", protect="pseudonym", coarsen=kept)
    site.person("p-open", "Placeholder Open")
    site.testimony(
        "t-1",
        told_by="p-rose",
        source="Written down in a village that nobody may know",
        interview={"date": "2024-03-09", "place": "pl-town", "conditions": "In her kitchen"},
        about=["p-open"],
        claims=[
            claim("p-rose", "detained", status="camp", when="2017-08-14", where="pl-town"),
            claim("p-rose", "worked-as", value="The only teacher of the village"),
            claim("p-rose", "other", words="What only she can know"),
            claim("p-rose", "reason", reason="other", given_by="family", words="Her songs"),
            claim(
                "p-open", "last-contact", contact="letters", when="2018-03", said="in spring"
            ),
        ],
        asked=[{"how": "other", "words": "A way of her own", "when": "2019-05-05"}],
    )


def without_origin(site: Any) -> None:
    """Where a text comes from may be too exact to be told."""
    site.person("p-rose", "Rose", protect="pseudonym", coarsen={"words": "hide"})
    site.testimony("t-1", told_by="p-rose", source="Written down in her kitchen")


def hidden(site: Any) -> None:
    """A text that all may read names somebody of whom nobody may know."""
    _places(site)
    site.person("p-hidden", protect="restricted", names=None).person("p-open", "Open Name")
    site.organisation("org-gone", protect="restricted").page("secret", draft=True)
    site.person("p-counted", protect="group-only", names=None)
    site.testimony(
        "t-1",
        body="She told [her](person:p-counted) and [us](page:secret).\n\n"
        "::: note by=org-gone source=https://example.org/\nNoted.\n:::\n",
        about=["p-open", {"person": "p-hidden", "relation": "mother"}],
        mentions=["p-hidden", "org-gone", "pl-town"],
        claims=[claim("p-hidden", "died"), claim("p-open", "lived-in", where="pl-town")],
        asked=[{"how": "letter", "to": "org-gone"}, {"how": "picket", "by": "p-counted"}],
        credits=[{"who": "org-gone", "role": "partner"}],
    )
    site.testimony("t-2", told_by="p-hidden", body="", protect="restricted", consent=None)
    site.testimony("t-3", told_by="p-counted")
    site.testimony("t-4", told_by=None, kind="report", original={"rights": "own"},
                   credits=[{"who": "p-hidden", "role": "author"}])  # fmt: skip
    site.testimony("t-5", draft=True).translation("t-1", "kk", draft=True)
    site.config(languages=["en", "kk"])


def kin(site: Any) -> None:
    """That somebody protected is family is told by a number only."""
    site.person("p-rose", "Rose", protect="pseudonym")
    site.person("p-two", "Two", protect="initials").person("p-son", "Open Son")
    site.person("p-open", "Open Name", family=[
        {"person": "p-rose", "is": "daughter"}, {"person": "p-two", "is": "sister"},
        {"person": "p-son", "is": "son"},
        {"person": "p-friend", "is": "other", "words": "Private words"},
    ]).person("p-friend", "Open Friend")  # fmt: skip
    site.testimony(
        "t-1",
        told_by="p-open",
        about=[
            {"person": "p-rose", "relation": "daughter"},
            {"person": "p-son", "as_told": "he"},
        ],
        claims=[claim("p-open", "family-member", other="p-rose", relation="daughter")],
    )


def turns(site: Any) -> None:
    """Who speaks, where one of them may not be named."""
    site.config(languages=["en", "kk"])
    site.person("p-one", "Placeholder One").person("p-two", "Placeholder Two")
    site.person("p-counted", protect="group-only", names=None)
    site.testimony(
        "t-1",
        told_by=[
            {"person": "p-one", "label": "ONE"},
            {"person": "p-counted", "label": "OTHER"},
        ],
        interview={"by": [{"person": "p-two", "label": "ASKS"}], "date": "2024"},
        body="ASKS: What?\n\nONE: That.\n\nOTHER: And this.\n\n::: scene\nSilence.\n:::\n",
        claims=[
            claim("p-one", "lived-in", at="p2"),
            claim("p-one", "lived-in", at="p3"),
            claim("p-one", "lived-in", at="p4"),
        ],
        asked=[{"how": "letter", "at": "p3"}],
    )
    labels = {"p-one": "БІР", "p-counted": "БАСҚА", "p-two": "СҰРАЙДЫ"}
    facts = {"from": "en", "machine": True, "labels": labels}
    site.translation("t-1", "kk", "СҰРАЙДЫ: Не?\n\nБІР: Сол.\n\nБАСҚА: Және бұл.\n\nҮн жоқ.\n",
                     translation=facts)  # fmt: skip


def translated(site: Any) -> None:
    """A translation with stamps, of which one is old and one is of words that have gone."""
    site.config(languages=["en", "kk", "ru"])
    site.testimony("t-1", body="First.\n\nSecond.\n\nThird.\n", claims=[
        claim("p-narrator", "reason", reason="none-given", given_by="family", words="So said"),
    ])  # fmt: skip
    phrases = [["So said", "Олар айтты"]]
    of = "p1@ffffffffffff - p3"
    facts = {"from": "en", "machine": True, "of": of, "phrases": phrases}
    site.translation("t-1", "kk", "Бір.\n\nЕкі.\n\nҮш.\n", translation=facts)
    facts = {"from": "kk", "by": "p-narrator", "status": "reviewed", "date": "2025-01"}
    site.translation("t-1", "ru", "Раз.\n\nДва.\n\nТри.\n", translation=facts)


def one_person(site: Any) -> None:
    """Decisions on who is who."""
    site.person("p-a", "Name A").person("p-b", "Name B", born="1970").person("p-c", "Name C")
    site.person("p-d", "Name D", not_same_as="p-a")
    site.organisation("org-a", not_same_as="org-b").organisation("org-b")
    site.listed(
        "identities",
        {"pair": ["p-a", "p-b"], "decided": "same", "by": "Editor One, in the office"},
        {"pair": ["p-a", "p-c"], "decided": "different", "by": "two editors", "why": "Age"},
        {"pair": ["p-c", "p-d"], "decided": "open", "by": "two editors"},
    )
    site.testimony("t-1", told_by="p-b", body="I am [she](person:p-b).\n", about="p-a")


def pictures(site: Any) -> None:
    """Pictures that are shown, kept back, named in a line, and one with two descriptions."""
    for name, colour in {"one": "red", "twin": "red", "kept": "blue", "line": "green"}.items():
        site.write(
            f"content/media/{name} of Private Name.png".replace(" ", "-"), picture(colour)
        )
    for name, alt in {"one": "A red field", "twin": "Another red field"}.items():
        site._record("media", f"{name}-of-Private-Name.png", {"alt": alt, "credit": "C"})
    site.consent("c-paused", status="paused").consent("c-pic", scope=["site", "mirror"])
    site._record("media", "kept-of-Private-Name.png", {"alt": "Private", "consent": "c-paused"})
    site._record("media", "line-of-Private-Name.png", {"alt": "Green", "consent": "c-pic"})
    site.person("p-a", "Name A", photo="twin-of-Private-Name.png")
    site.testimony(
        "t-1",
        body='Seen.\n\n![A field](one-of-Private-Name.png "A caption")\n\n'
        "![Private words](kept-of-Private-Name.png)\n\n"
        "In ![green](line-of-Private-Name.png) a line, ![Private](kept-of-Private-Name.png)"
        " too.\n",
        objects=[
            {"id": "ob-1", "what": "field", "of": "p-a", "photo": "one-of-Private-Name.png"}
        ],
    )


def withdrawn(site: Any) -> None:
    site.testimony("t-1")
    site.testimony("t-gone", body="", protect="withdrawn", tombstone=True, told_by=None,
                   title=None, source=None, consent=None)  # fmt: skip
    site.person("p-gone", protect="withdrawn", tombstone=True, names=None)


def published_before(site: Any) -> None:
    """Texts that speak by their rights, in part only, and one without its words."""
    site.organisation("org-paper", type="other", words="A leaflet").topics(
        {"id": "prison", "label": "Prison"}
    )
    original = {"outlet": "org-paper", "published": "2019-06~", "url": "https://example.org/a",
                "published_basis": "The page says so",
                "chain": [{"outlet": "First Paper", "role": "other",
                           "words": "Private words"}]}  # fmt: skip
    author = [{"who": "A. Reporter", "role": "author", "reviewed_by": "B. Other"}]
    for number, rights in enumerate(("own", "excerpt-only", "unclear"), 1):
        site.testimony(
            f"t-{number}",
            body="" if rights == "unclear" else "Words.\n",
            extent="excerpt" if rights == "excerpt-only" else None,
            kind="report", told_by=None, source=None, credits=author, topics="prison",
            original=original | {"rights": rights},
            claims=[claim("p-a", "died", when="2 and a half years before published")],
        )  # fmt: skip
    site.person("p-a", "Name A", names=[{"text": "Name A", "lang": "en", "kind": "preferred"},
        {"text": "Nick", "lang": "en", "kind": "nickname", "from": "1990", "source": "t-1",
         "note": "At school"}])  # fmt: skip
    site.series("s-1", order=["t-2", "t-1"], credits=author)
    site.listed("corrections", {"date": "2026-01-02", "record": "t-1", "what": "A month."})
    site.listed("glossary", {"id": "g-akim", "term": "akim", "meaning": "a mayor"})


def renamed(site: Any) -> None:
    """Places and organisations under another name."""
    other = [{"text": "Elsewhere", "lang": "en", "kind": "pseudonym"},
             {"text": "Private Town", "lang": "en"}]  # fmt: skip
    site.place("pl-1", protect="pseudonym", names=other, type="other", words="Private words")
    site.organisation("org-1", protect="pseudonym", names=other, type="other", words="Private")
    site.place("pl-2", type="village", at=["44.123456", "81.654321"], precision="county")
    site.testimony("t-1", mentions=["pl-1", "org-1", "pl-2"])


def own_look(site: Any) -> None:
    site.write(
        "templates/tombstone.html",
        '{#- Editor One -#}\n<p lang="en">Own words</p>\n{# why #}\n',
    )
    site.write("theme/css/site.css", "p { color: #123456 } /* Editor One */\n")
    site.write("theme/notes.md", "Editor One wrote this\n")
    site.testimony("t-1").page("about")


def markdown(site: Any) -> None:
    """Words that no reader sees, and what looks like such words and is none."""
    site.person("p-a", "Name A").testimony(
        "t-1",
        body="A [link][here] and a note.[^1]\n\n[here]: https://example.org/ 'Title'\n"
        "[Private Name]: https://example.org/private\n\n[^1]: The note,\n    goes on.\n\n"
        "[^2]: Private Name is in no text.\n\n    Nor is this Private Name.\n\n"
        "```\n[code](person:p-a)\n```\n\n[Seen]: words, not an address.\n\n"
        "| a | b |\n|---|---|\n| 1 | 2 |\n",
    )


def _places(site: Any) -> None:
    site.place("pl-land", "Land", type="country")
    site.place("pl-town", "Town", type="county", in_="pl-land")


STORIES = (
    all_kinds, coarse, without_origin, hidden, kin, turns, translated, one_person, pictures,
    withdrawn, published_before, renamed, own_look, markdown,
)  # fmt: skip


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.__name__)
def test_a_build_of_the_exported_sources_is_the_site(
    site: Any, again: Any, whole: Any, story: Any
) -> None:
    story(site) if story is not all_kinds else whole.told(site)

    made = again(site)

    assert made.differs == []
    everything = b"\n".join([*map(str.encode, made.files), *made.files.values()])
    for private in (b"Private", b"Editor One", b"p-hidden", b"p-counted", b"org-gone", b"c-t-"):
        assert private not in everything, story.__name__


@pytest.fixture(scope="module")
def planted(tmp_path_factory: pytest.TempPathFactory, site_builder: Any, exported: Any) -> Any:
    """A site with a canary in every private field, its canaries, and its exported sources."""
    site = site_builder(tmp_path_factory.mktemp("planted"))
    plant = PLANTED["planted"](site, "restricted")
    for path in site.sources():
        if path.endswith(("site.yaml", "p-open.yaml", "pl-c.yaml", "t-open.en.md")):
            written = (site.root / path).read_text()
            comment = f"# {plant.word('comment')}\n"
            start = "---\n" if path.endswith(".md") else ""
            site.write(path, start + comment + written.removeprefix(start))
    folder = tmp_path_factory.mktemp("exported")
    for path, data in exported(site).items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(data)
    return plant, folder


def test_no_byte_of_them_holds_what_stands_in_a_private_field(planted: Any) -> None:
    plant, folder = planted

    assert CANARIES["found"](CANARIES["bytes_of"](folder), plant.names) == set()
    assert len(plant.names) >= 200
    assert len(CANARIES["SPELLINGS"]) >= 25


def test_what_may_be_read_is_found_in_them(site: Any, exported: Any, tmp_path: Path) -> None:
    """Else the search could be blind."""
    plant = PLANTED["planted"](site, "open")
    plain = {"as written": CANARIES["SPELLINGS"]["as written"]}
    everything = b"\n".join(exported(site).values())

    hits = {field for field, _ in CANARIES["found"](everything, plant.names, plain)}

    assert len(hits) > 100


def test_a_site_with_everything_in_the_open_is_the_same_again(site: Any, again: Any) -> None:
    PLANTED["planted"](site, "open")

    assert again(site).differs == []


def test_the_example_of_the_documents_is_the_same_again(
    new_site: Any, again: Any, whole: Any
) -> None:
    """With pictures, and with a recording that is heard."""
    site = new_site("example")
    shutil.rmtree(site.root)
    whole.sources(HERE.parents[2] / "docs/example", site.root)

    made = again(site)

    assert made.differs == []
    assert any(path.endswith(".wav") for path in made.files)


@pytest.mark.nightly
def test_the_demonstration_is_the_same_again_with_its_search(new_site: Any, again: Any) -> None:
    """With a look of its own, which is the program's: nothing of it is exported."""
    site = new_site("demonstration")
    shutil.rmtree(site.root)
    site.root.mkdir()
    for name in ("content", "templates", "theme"):
        shutil.copytree(HERE.parents[2] / name, site.root / name)
    shutil.copy(HERE.parents[2] / "site.yaml", site.root)

    made = again(site, search=True)

    assert made.differs == []
    assert all(path.startswith(("content/", "site.yaml")) for path in made.files)


def test_the_same_sources_are_exported_in_any_order_and_place(
    new_site: Any, whole: Any, exported: Any
) -> None:
    one, other = whole.told(new_site("one")), new_site("other")
    for path in reversed(one.sources()):
        other.write(path, (one.root / path).read_bytes())

    assert exported(one) == exported(other)


PRIVATE = runpy.run_path(str(HERE.parents[1] / "test_private_values.py"))


def prepared(site: Any, target: Path) -> dict[str, bytes]:
    """The exported sources, for which no page has to be made."""
    options = pipeline.Options(jobs=1, date=datetime.date(2026, 11, 22))
    made, problems, _ = pipeline.prepare(site.root, options=options, step=lambda _: None)
    assert made is not None, problems
    for one in made.media:
        (target / one.path).parent.mkdir(parents=True, exist_ok=True)
        (target / one.path).write_bytes(one.data)
    files = export.of(site.root, export.Material(made.archive, target, made.pictures))
    return {path: layout.read(data) for path, data in files.items()}


def test_changing_what_is_private_leaves_every_exported_byte_as_it_was(
    new_site: Any, size: Callable[[int, int], int], tmp_path: Path
) -> None:
    told, drawn, slots = PRIVATE["told"], PRIVATE["DRAWN"], PRIVATE["Slots"]
    names = PRIVATE["slots_of"](lambda: new_site("names"))
    before = prepared(told(new_site("before"), slots()), tmp_path / "before-files")
    after = new_site("after")

    @settings(
        max_examples=size(12, 1000),
        deadline=None,
        suppress_health_check=list(HealthCheck),
        database=None,
    )
    @given(st.fixed_dictionaries({name: drawn[name.partition(" ")[0]] for name in names}))
    def changed(values: dict[str, str]) -> None:
        for path in after.sources():
            after.remove(path)
        assert prepared(told(after, slots(dict(values))), tmp_path / "after-files") == before

    changed()
    assert len(names) >= 60


@pytest.mark.parametrize("level", ["restricted", "withdrawn", "sealed-until 2099-01-01"])
def test_what_is_protected_is_exported_as_if_it_had_never_been_written(
    new_site: Any, tmp_path: Path, level: str
) -> None:
    told, slots = PRIVATE["told"], PRIVATE["Slots"]

    hidden = told(new_site("hidden"), slots(), PRIVATE["KEPT"], level)
    without = told(new_site("without"), slots(), ())

    assert prepared(hidden, tmp_path / "one") == prepared(without, tmp_path / "two")


def test_a_site_with_every_private_value_is_the_same_again(site: Any, again: Any) -> None:
    PRIVATE["told"](site, PRIVATE["Slots"]())

    assert again(site).differs == []
