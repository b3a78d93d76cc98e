"""A small, rich archive of placeholder people that the tests of pages share.

`archive` is the whole; `build_archive(**changes)` is the same with some of its parts replaced;
`view_of(archive, path)` and `html_of(archive, path)` show one page of it as a template and as a
reader see it. No person here exists.
"""

from __future__ import annotations

import dataclasses
import datetime
import hashlib
import pathlib
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import pytest

from aigaq.archive.public import (
    Asked,
    Claim,
    ContentPage,
    Correction,
    Count,
    Credit,
    Duration,
    FamilyTie,
    GlossaryEntry,
    Group,
    Identity,
    Interview,
    Membership,
    Name,
    Narrator,
    Object,
    Organisation,
    Original,
    Person,
    Picture,
    Place,
    ProvenanceStep,
    PublicArchive,
    SentencePart,
    Series,
    Site,
    Subject,
    Text,
    Topic,
    Translation,
    Version,
)
from aigaq.pages import context, kinds, press, routes, texts
from aigaq.pages.index import Index
from aigaq.words import edtf
from aigaq.words.fragments import Block, Container, Fragment, Reference
from aigaq.words.localised import Localised

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

TEMPLATES = pathlib.Path(__file__).parents[2] / "templates"
SCOPE = frozenset({"site", "translate", "data-download", "mirror"})


def date(text: str) -> edtf.EdtfDate:
    """A date as editors write it."""
    found = edtf.parse(text)
    assert isinstance(found, edtf.EdtfDate), text
    return found


def words(**by_language: str) -> Localised:
    """`words(en="scarf", zh_Hans="…")`."""
    return Localised.of({tag.replace("_", "-"): text for tag, text in by_language.items()})


def name(text: str, lang: str, *named: str, **more: Any) -> Name:
    return Name(text=text, lang=lang, kinds=named, **more)


def block(address: str, text: str, **more: Any) -> Block:
    """A paragraph or another block whose HTML is its plain text unless given."""
    digest = hashlib.sha256("".join(text.split()).casefold().encode()).hexdigest()[:16]
    values = {"kind": "paragraph", "html": f"<p>{text}</p>", "line": 1} | more
    return Block(address=address, text=text, digest=digest, **values)


def by_id(records: Iterable[Any]) -> Mapping[str, Any]:
    return MappingProxyType({r.id: r for r in sorted(records, key=lambda r: r.id)})


def the_people() -> tuple[Person, ...]:
    daughter = Person(
        id="p-aa11",
        names=(
            name("Placeholder Daughter", "en", "preferred"),
            name("Плейсхолдер Қызы", "kk", "preferred"),
        ),
        sort="Daughter, Placeholder",
        sex="female",
        place="pl-county-x",
        role=("narrator", "relative"),
    )
    mother = Person(
        id="p-bb22",
        names=(
            name("Placeholder Mother", "en", "preferred"),
            name("Placeholder Mothr", "en", "press-spelling", source="t-3333"),
            name("Плейсхолдер Ана", "kk", "true-name"),
            name("پلېيسخولدېر ئانا", "ug"),
            name("占位母亲", "zh-Hans", "registered", note=words(en="as in the register")),
        ),
        sort="Mother, Placeholder",
        sex="female",
        born=date("1958~"),
        place="pl-county-x",
        ethnicity=words(en="Kazakh", kk="қазақ"),
        work=(words(en="teacher", kk="мұғалім"),),
        family=(FamilyTie(person="p-cc33", relation="sister", as_told=words(en="my aunt")),),
        role=("missing",),
        photo=Picture(
            path="media/p-bb22.jpg",
            width=600,
            height=800,
            alt=words(en="A woman at a school gate"),
            credit=words(en="Placeholder Photographer"),
        ),
        summary=words(en="Retired teacher from county X.", kk="X ауданынан зейнеткер мұғалім."),
        identities=(
            Identity(
                other="p-ee55",
                decided="different",
                by=words(en="two editors", kk="екі редактор"),
            ),
        ),
    )
    aunt = Person(
        id="p-cc33",
        names=(name("my aunt", "en", "described"),),
        sex="female",
        role=("missing",),
    )
    interviewer = Person(
        id="p-dd44",
        names=(name("Interviewer A", "en", "pseudonym"),),
        protect="pseudonym",
        note=words(en="The name was changed."),
    )
    survivor = Person(
        id="p-ee55",
        names=(
            name("Әлем Плейсхолдер", "kk", "preferred"),
            name("Alem Placeholder", "en", "preferred"),
        ),
        sex="male",
        place="pl-city-m",
        role=("survivor", "narrator"),
    )
    return daughter, mother, aunt, interviewer, survivor


def the_places() -> tuple[Place, ...]:
    return (
        Place(
            id="pl-country-a",
            type="country",
            names=(name("Country A", "en", "preferred"), name("А елі", "kk", "preferred")),
        ),
        Place(
            id="pl-region-b",
            type="region",
            within="pl-country-a",
            names=(name("Region B", "en", "preferred"), name("B رايونى", "ug", "preferred")),
        ),
        Place(
            id="pl-county-x",
            type="county",
            within="pl-region-b",
            precision="county",
            at=(44.0, 81.3),
            names=(
                name("County X", "en", "preferred"),
                name("Икс ауданы", "kk", "preferred"),
                name("某县", "zh-Hans"),
                name("Old X", "en", "former", until=date("2019")),
            ),
        ),
        Place(
            id="pl-camp-1",
            type="camp",
            within="pl-county-x",
            names=(name("Camp One", "en", "preferred"),),
        ),
        Place(
            id="pl-country-z",
            type="country",
            names=(name("Country Z", "en", "preferred"),),
        ),
        Place(
            id="pl-city-m",
            type="city",
            within="pl-country-z",
            names=(name("City M", "en", "preferred"), name("М қаласы", "kk", "preferred")),
        ),
    )


def the_organisations() -> tuple[Organisation, ...]:
    return (
        Organisation(
            id="org-volunteers",
            type="advocacy",
            names=(name("Volunteers", "en", "preferred"), name("Еріктілер", "kk", "preferred")),
            predecessor=("org-volunteers-first",),
            not_same_as=("org-volunteers-registered",),
            words=words(en="A placeholder group of relatives."),
        ),
        Organisation(
            id="org-volunteers-first",
            type="advocacy",
            names=(name("First Volunteers", "en", "preferred"),),
        ),
        Organisation(
            id="org-volunteers-registered",
            type="ngo",
            names=(name("Volunteers", "en", "preferred"),),
        ),
        Organisation(
            id="org-ministry",
            type="authority",
            names=(
                name("Placeholder Ministry", "en", "preferred"),
                name("PM", "en", "abbreviation"),
            ),
        ),
        Organisation(
            id="org-embassy",
            type="authority",
            names=(name("Placeholder Embassy", "en", "preferred"),),
            part_of=(Membership(org="org-ministry", since=date("2010"), until=date("2016")),),
        ),
        Organisation(
            id="org-magazine",
            type="outlet",
            names=(name("Example Magazine", "en", "preferred"),),
        ),
    )


def the_testimony() -> Text:
    """`t-1111`: a daughter tells about her mother; in Kazakh, with a draft translation."""
    scene = Container(kind="scene", number=1)
    note = Container(kind="note", number=2, by="editor", source="https://example.org/other")
    hard = Container(kind="hard", number=3, content_note="torture")
    table = "<table><tbody><tr><td>Year</td><td>2017</td></tr></tbody></table>"
    kazakh = Fragment(
        blocks=(
            block("p1", "Ол екі баламен бөлмеде отыр.", container=scene),
            block("p2", "Оны тамызда алып кетті.", kind="turn", speaker="ҚЫЗЫ"),
            block("", "Кейін", kind="heading", html="Кейін", level=2, anchor="h-1"),
            block(
                "p3",
                "Анам он екі жылға кесілді.",
                kind="turn",
                speaker="ҚЫЗЫ",
                html='<p><a href="person:p-bb22">Анам</a> он екі жылға кесілді.</p>',
            ),
            block("p4", "Басқа сұхбатта ай басқаша айтылған.", container=note),
            block("p5", "Оларды ұрды.", container=hard),
            block("p6", "Year 2017", kind="table", html=table),
        ),
        references=(Reference(kind="person", target="p-bb22", line=7, column=7),),
    )
    english = Fragment(
        blocks=(
            block("p1", "She sits in a room with two children.", container=scene),
            block("p2", "They took her in August.", kind="turn", speaker="DAUGHTER"),
            block("", "Later", kind="heading", html="Later", level=2, anchor="h-1"),
            block(
                "p3",
                "My mother was sentenced to twelve years.",
                kind="turn",
                speaker="DAUGHTER",
                html='<p><a href="person:p-bb22">My mother</a> was sentenced to twelve years.'
                "</p>",
            ),
            block("p4", "In another interview the month was another one.", container=note),
            block("p5", "They were beaten.", container=hard),
            block("p6", "Year 2017", kind="table", html=table),
        ),
        references=(Reference(kind="person", target="p-bb22", line=7, column=11),),
    )
    return Text(
        id="t-1111",
        kind="testimony",
        extent="full",
        voice="own",
        lang="kk",
        versions=(
            Version(
                lang="kk",
                title="Мен іздемесем, кім іздейді?",
                summary="Қызы анасын іздейді.",
                body=kazakh,
                labels=(("ҚЫЗЫ", "p-aa11"),),
            ),
            Version(
                lang="en",
                title="If I do not look for her, who will?",
                summary="A daughter looks for her mother.",
                body=english,
                translation=Translation(
                    source="kk",
                    status="draft",
                    machine=True,
                    by=("p-ee55",),
                    date=date("2024-07"),
                ),
                labels=(("DAUGHTER", "p-aa11"),),
            ),
        ),
        title_is_quote=True,
        added=date("2026-11-20"),
        date=date("2024-03-09"),
        series=("nearby",),
        topics=("prison", "families-apart"),
        content_notes=("torture",),
        told_by=(Narrator(person="p-aa11", label="ҚЫЗЫ"),),
        about=(
            Subject(id="p-bb22", of="p-aa11", relation="mother", as_told=words(kk="анам")),
            Subject(id="g-0007"),
        ),
        mentions=("org-volunteers",),
        interview=Interview(
            date=date("2024-03-09"),
            place="pl-city-m",
            by=("p-dd44",),
            language="kk",
            conditions=words(en="In a cafe"),
        ),
        source=words(en="Interview by the project"),
        claims=(
            Claim(
                text="t-1111",
                number=1,
                about="p-bb22",
                what="detained",
                by="p-aa11",
                status="camp",
                when=date("2017-08"),
                said="тамызда",
                where="pl-camp-1",
                known_by="from-family",
                chain=("husband's sister",),
                at="p2",
            ),
            Claim(
                text="t-1111",
                number=2,
                about="p-bb22",
                what="sentenced",
                by="p-aa11",
                years="12",
                parts=(
                    SentencePart(status="prison", years="5"),
                    SentencePart(status="camp", years="7"),
                ),
                when=date("2018-04~"),
                known_by="from-official-spoken",
                at="p3",
            ),
            Claim(
                text="t-1111",
                number=3,
                about="p-bb22",
                what="reason",
                by="p-aa11",
                reason="religion-practice",
                given_by="family",
                at="p3",
            ),
            Claim(
                text="t-1111",
                number=4,
                about="p-cc33",
                what="disappeared",
                by="p-aa11",
                status="missing",
                when=date("2017/2019"),
                where="pl-county-x",
                known_by="rumour",
                certainty="possible",
                at="p5",
            ),
        ),
        asked=(
            Asked(
                text="t-1111",
                by=("p-aa11",),
                to=("org-embassy",),
                about=("p-bb22",),
                how="letter",
                when=date("2019-11"),
                answer="none",
                at="p3",
            ),
        ),
        objects=(
            Object(
                id="ob-scarf",
                text="t-1111",
                what=words(en="scarf", kk="орамал"),
                of="p-bb22",
                kept_by="p-aa11",
                photo=Picture(path="media/scarf.jpg", width=400, height=300),
            ),
        ),
        scope=SCOPE,
    )


def the_untranslated_text() -> Text:
    """`t-2222`: a survivor tells of himself, in Uyghur only."""
    return Text(
        id="t-2222",
        kind="interview",
        extent="excerpt",
        voice="own",
        lang="ug",
        versions=(
            Version(
                lang="ug",
                title="مەن قايتىپ كەلدىم",
                body=Fragment(blocks=(block("p1", "مېنى بىر يىل تۇتتى."),)),
            ),
        ),
        added=date("2026-11-22"),
        date=date("2023-05-02"),
        series=("nearby",),
        topics=("detention",),
        told_by=(Narrator(person="p-ee55"),),
        about=(Subject(id="p-ee55"),),
        interview=Interview(date=date("2023-05-02"), place="pl-city-m", by=("p-dd44",)),
        claims=(
            Claim(
                text="t-2222",
                number=1,
                about="p-ee55",
                what="held",
                by="p-ee55",
                status="camp",
                when=date("2017-11"),
                where="pl-camp-1",
                lasted=Duration(number=12, unit="months", bound="about"),
                known_by="own-experience",
                at="p1",
            ),
            Claim(
                text="t-2222",
                number=2,
                about="p-ee55",
                what="released",
                by="p-ee55",
                status="left-country",
                when=date("2018-12"),
                where="pl-city-m",
                known_by="own-experience",
                at="p1",
            ),
            Claim(
                text="t-2222",
                number=3,
                about="g-0007",
                what="other",
                by="p-ee55",
                words=words(ug="بالىلار بىللە ئىدى"),
                at="p1",
            ),
        ),
        scope=SCOPE,
    )


def the_news() -> Text:
    """`t-3333`: a news text in English with a reviewed translation; it contradicts `t-1111`."""
    return Text(
        id="t-3333",
        kind="news",
        extent="full",
        voice="own",
        lang="en",
        versions=(
            Version(
                lang="en",
                title="Teacher held since September",
                summary="A magazine on a teacher.",
                body=Fragment(
                    blocks=(block("p1", "A teacher is held."), block("p2", "No answer."))
                ),
            ),
            Version(
                lang="kk",
                title="Мұғалім қыркүйектен бері қамауда",
                body=Fragment(
                    blocks=(block("p1", "Мұғалім қамауда."), block("p2", "Жауап жоқ."))
                ),
                translation=Translation(source="en", status="reviewed", by=("org-volunteers",)),
            ),
        ),
        added=date("2026-11-21"),
        date=date("2018-06-12"),
        topics=("prison",),
        about=(Subject(id="p-bb22"),),
        original=Original(
            outlet="org-magazine",
            is_record=True,
            published=date("2018-06-12"),
            url="https://example.org/story",
            archived=("https://archive.example.org/abc",),
            rights="permission",
            rights_text=words(en="Reprinted with permission."),
            chain=(
                ProvenanceStep(
                    outlet="Example Daily",
                    is_record=False,
                    role="first-publication",
                    date=date("2018-05~"),
                ),
            ),
        ),
        credits=(
            Credit(who="Placeholder Reporter", is_record=False, role="author"),
            Credit(
                who="org-volunteers", is_record=True, role="translator", source_language="en"
            ),
        ),
        claims=(
            Claim(
                text="t-3333",
                number=1,
                about="p-bb22",
                what="detained",
                by_words="Placeholder Reporter",
                status="police-custody",
                when=date("2017-09"),
                where="pl-county-x",
                known_by="media",
                at="p1",
            ),
        ),
        asked=(
            Asked(
                text="t-3333",
                by=("org-volunteers",),
                to=("org-ministry",),
                about=("p-bb22",),
                how="petition",
                when=date("2018-02"),
                answer="refusal",
                at="p2",
            ),
        ),
        scope=SCOPE,
    )


def the_site(**changes: Any) -> Site:
    values: dict[str, Any] = {
        "title": words(en="Placeholder Archive", kk="Үлгі мұрағаты", ug="ئۈلگە ئارخىپ"),
        "description": words(en="What relatives tell.", kk="Туыстардың айтқаны."),
        "address": "https://archive.example.org/",
        "languages": ("en", "kk", "ug"),
        "publisher": words(en="Placeholder Group"),
        "contact": "mailto:archive@example.org",
        "licence_text": "CC-BY-NC-ND-4.0",
        "licence_data": "CC-BY-4.0",
        "page_titles": (("about", words(en="About", kk="Жоба туралы")),),
        "wall_country": "pl-country-a",
    }
    return Site(**values | changes)


def the_pages() -> tuple[ContentPage, ...]:
    about_en = Fragment(blocks=(block("p1", "This is a placeholder."), block("p2", "More.")))
    about_kk = Fragment(blocks=(block("p1", "Бұл үлгі."), block("p2", "Тағы.")))
    cover = Fragment(blocks=(block("p1", "Many are not here."),))
    return (
        ContentPage(
            slug="about",
            versions=(
                Version(lang="en", title="About", body=about_en),
                Version(
                    lang="kk",
                    title="Жоба туралы",
                    body=about_kk,
                    translation=Translation(source="en", status="reviewed"),
                ),
            ),
        ),
        ContentPage(
            slug="coverage",
            versions=(Version(lang="en", title="What is not here", body=cover),),
        ),
    )


def placeholder_archive(**changes: Any) -> PublicArchive:
    """The archive, with some of its fields replaced."""
    pages = {page.slug: page for page in the_pages()}
    values: dict[str, Any] = {
        "site": the_site(),
        "built": datetime.date(2026, 11, 22),
        "texts": by_id((the_testimony(), the_untranslated_text(), the_news())),
        "people": by_id(the_people()),
        "groups": by_id(
            (
                Group(
                    id="g-0007",
                    label=words(en="grandchildren", kk="немерелер"),
                    count=Count(low=4, high=4),
                    of="p-bb22",
                    minors=True,
                ),
            )
        ),
        "places": by_id(the_places()),
        "organisations": by_id(the_organisations()),
        "series": by_id(
            (
                Series(
                    id="nearby",
                    title=words(en="Nearby", kk="Жақын"),
                    introduction=words(en="Conversations with neighbours."),
                    credits=(Credit(who="org-volunteers", is_record=True, role="partner"),),
                    texts=("t-2222", "t-1111"),
                ),
            )
        ),
        "topics": by_id(
            (
                Topic(id="detention", label=words(en="Detention", kk="Қамау")),
                Topic(
                    id="prison",
                    label=words(en="Prison", kk="Түрме", ug="تۈرمە"),
                    broader="detention",
                    note=words(en="After a court or without one."),
                ),
                Topic(id="families-apart", label=words(en="Families apart")),
            )
        ),
        "pages": MappingProxyType(pages),
        "glossary": (
            GlossaryEntry(
                id="gl-akim",
                term=words(en="akim", kk="әкім"),
                meaning=words(en="a local mayor", kk="жергілікті басшы"),
            ),
        ),
        "corrections": (
            Correction(
                date=date("2026-11-01"),
                record="t-3333",
                what=words(en="The month was given wrongly."),
            ),
            Correction(
                date=date("2026-10-01"), record="", what=words(en="A page was renamed.")
            ),
        ),
        "redirects": MappingProxyType({"p-zz99": "p-bb22"}),
    }
    return PublicArchive(**values | changes)


def pages_of(archive: PublicArchive) -> Mapping[str, Any]:
    """Every planned page by its path."""
    planned, _ = routes.plan(Index(archive))
    return {page.path: page for page in planned}


def page_context(archive: PublicArchive, page: Any, po_text: str = "") -> context.Context:
    return context.Context(page, archive.site, texts.of(page.lang, po_text))


def view_of(archive: PublicArchive, path: str) -> Any:
    """What the template of the page at `path` sees, with English interface texts."""
    page = pages_of(archive)[path]
    return kinds.KINDS[page.kind].view(page, page_context(archive, page))


def html_of(archive: PublicArchive, path: str) -> str:
    """The finished page at `path`, made with the templates of this repository."""
    templates = {
        found.relative_to(TEMPLATES).as_posix(): found.read_text(encoding="utf-8")
        for found in TEMPLATES.rglob("*.html")
    }
    printer = press.of(archive.site, templates=templates, catalogues={})
    artifact, problems = press.artifact(printer, pages_of(archive)[path])
    assert artifact is not None, problems
    return artifact.data.decode("utf-8")


@pytest.fixture
def archive() -> PublicArchive:
    return placeholder_archive()


@pytest.fixture(name="build_archive")
def _build_archive() -> Callable[..., PublicArchive]:
    return placeholder_archive


@pytest.fixture(name="changed")
def _changed() -> Callable[..., PublicArchive]:
    """`changed(archive, people={"p-bb22": {"photo": None}})`: some fields of some records."""

    def change(
        archive: PublicArchive, **records: Mapping[str, Mapping[str, Any]]
    ) -> PublicArchive:
        new = {
            kind: MappingProxyType(
                {
                    i: dataclasses.replace(r, **dict(records[kind].get(i, {})))
                    for i, r in getattr(archive, kind).items()
                }
            )
            for kind in records
        }
        return dataclasses.replace(archive, **new)

    return change


@pytest.fixture(name="view_of")
def _view_of() -> Callable[[PublicArchive, str], Any]:
    return view_of


@pytest.fixture(name="html_of")
def _html_of() -> Callable[[PublicArchive, str], str]:
    return html_of


@pytest.fixture(name="pages_of")
def _pages_of() -> Callable[[PublicArchive], Mapping[str, Any]]:
    return pages_of


@pytest.fixture(name="date")
def _date() -> Callable[[str], edtf.EdtfDate]:
    return date


@pytest.fixture(name="words")
def _words() -> Callable[..., Localised]:
    return words
