"""Pictures from an editor's folder to a reader's page, and nothing else from that folder."""

from __future__ import annotations

import io
import re
from html.parser import HTMLParser
from posixpath import dirname, join, normpath

import pytest
from PIL import Image

from aigaq import pipeline
from aigaq.desk.edition import Edition

CANARY = "secretvillage"
HELD = {"about": "p-1", "what": "detained", "status": "camp", "when": "2017-08"}
SIDECAR = """\
alt: {en: "A face", kk: "Бет-әлпет"}
caption: {en: "Taken in summer"}
credit: Placeholder Photographer
redact: [[10, 10, 400, 400]]
"""
OF_THE_SCARF = """\
alt: {en: "A scarf"}
caption: {en: "A caption that the text has, too"}
credit: {en: "Placeholder Painter"}
"""
BODY = """Words.

![A grey scarf](secretvillage-2.png "Her scarf")

More ![a](x/gate.png) words.
"""
FIGURE = "<figure>.*?</figure>"
LARGE = (900, 600)


def photo(shade: int, kind: str = "PNG", size: tuple[int, int] = (300, 200)) -> bytes:
    """Every one different, with a comment that nobody may read."""
    file = io.BytesIO()
    image = Image.linear_gradient("L").resize(size).point(lambda v: (v + shade) % 256)
    tags = Image.Exif()
    tags[0x010E] = CANARY
    image.save(file, kind, exif=tags)
    return file.getvalue()


def filled(site):
    """A person on the wall with a photo, a figure in a text, and a thing that is kept."""
    site.config(languages=["en", "kk"])
    site.write("content/media/secretvillage-1.jpg", photo(0, "JPEG", LARGE))
    site.write("content/media/secretvillage-1.jpg.yaml", SIDECAR)
    site.write("content/media/secretvillage-2.png", photo(50, size=LARGE))
    site.write("content/media/secretvillage-2.png.yaml", OF_THE_SCARF)
    site.write("content/media/secretvillage-3.png", photo(100))
    site.write("content/media/secretvillage-3.png.yaml", 'alt: {en: "A letter", kk: "Хат"}\n')
    site.write("content/media/secretvillage-unused.png", photo(150))
    site.write("content/media/x/gate.png", photo(200))
    site.person("p-1", "Placeholder Name", photo="secretvillage-1.jpg")
    thing = {"id": "ob-1", "what": "letter", "of": "p-1", "photo": "secretvillage-3.png"}
    return site.testimony("t-1", body=BODY, about="p-1", claims=[HELD], objects=[thing])


@pytest.fixture(scope="module")
def built(site_builder, tmp_path_factory):
    """The site, built once for all that only look."""
    site = filled(site_builder(tmp_path_factory.mktemp("pictures")))
    report = site.build()
    assert (report.status, report.problems) == (0, ())
    return site


class Addresses(HTMLParser):
    """All addresses of a page that lead to files of the site."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.found += [v for name, v in attrs if name in {"href", "src"} and v]
        for one in dict(attrs).get("srcset", "").split(", "):
            self.found += one.split(" ")[:1] if one else []


def images(site, path: str) -> list[dict[str, str]]:
    tags = re.findall("<img [^>]*>", site.read(path))
    return [dict(re.findall(r'([a-z]+)="([^"]*)"', tag)) for tag in tags]


def pages(site) -> list[str]:
    return [path for path in site.files() if path.endswith(".html")]


def test_a_photo_is_on_the_page_of_the_person(built):
    [image] = [i for i in images(built, "en/people/p-1.html") if i["alt"] == "A face"]
    assert (image["width"], image["height"], image["sizes"]) == ("900", "600", "20rem")
    assert "Taken in summer" in built.read("en/people/p-1.html")
    assert "Placeholder Photographer" in built.read("en/people/p-1.html")


@pytest.mark.parametrize(("lang", "alt"), [("en", "A face"), ("kk", "Бет-әлпет")])
@pytest.mark.parametrize("page", ["people/p-1.html", "wall.html"])
def test_a_photo_is_described_in_the_language_of_the_page(built, page, lang, alt):
    assert alt in {image["alt"] for image in images(built, f"{lang}/{page}")}


def test_a_figure_in_a_body_has_its_caption_and_its_size(built):
    [figure] = re.findall(FIGURE, built.read("en/testimonies/t-1.html"), re.DOTALL)[:1]
    file = r"\.\./\.\./media/[0-9a-f]{16}\.webp"
    assert re.fullmatch(
        rf'<figure><a class="full" href="({file})"><img src="({file})" width="900" height="600"'
        rf' srcset="\2 320w, \1 900w" sizes="\(min-width: 40rem\) 36rem, 100vw"'
        r' alt="A grey scarf" decoding="async"></a><figcaption>Her scarf</figcaption></figure>',
        figure,
    )


def test_whose_a_figure_is_stands_under_it(built):
    page = built.read("en/testimonies/t-1.html")
    assert re.search("</figure>.*?Placeholder Painter.*?More", page, re.DOTALL)
    assert "A caption that the text has" not in page


@pytest.mark.parametrize("page", ["testimonies/t-1.html", "people/p-1.html", "wall.html"])
def test_only_the_first_picture_of_a_page_does_not_wait(built, page):
    waits = [image.get("loading") for image in images(built, f"en/{page}")]
    assert waits == [None] + ["lazy"] * (len(waits) - 1)


def test_what_is_hidden_by_a_box_is_in_no_size(built):
    [image] = [i for i in images(built, "en/people/p-1.html") if i["alt"] == "A face"]
    files = [one.split(" ")[0] for one in image["srcset"].split(", ")]
    assert len(files) == 2
    for file in files:
        with Image.open(built.public / normpath(join("en/people", file))) as shown:
            scale = shown.width / LARGE[0]
            box = shown.crop([round(edge * scale) for edge in (60, 60, 360, 360)])
            assert box.convert("L").getextrema()[1] < 12


def test_the_wall_shows_a_small_size_and_its_page_leads_to_the_full_one(built):
    assert images(built, "en/wall.html")[0]["sizes"] == "5rem"
    [full] = re.findall('<a class="full" href="([^"]+)"', built.read("en/people/p-1.html"))
    with Image.open(built.public / normpath(join("en/people", full))) as shown:
        assert shown.size == LARGE


def test_a_thing_that_is_kept_has_its_picture(built):
    assert "A letter" in {image["alt"] for image in images(built, "en/testimonies/t-1.html")}


def test_every_picture_and_every_link_leads_to_a_file(built):
    files = set(built.files())
    dead = [
        (page, address)
        for page in pages(built)
        if page != "404.html"
        for address in Addresses(built.read(page)).found
        if not re.match(r"[a-z]+:|#", address)
        and normpath(join(dirname(page), address.partition("#")[0].partition("?")[0]))
        not in files
    ]
    assert dead == []


def test_every_published_picture_is_on_a_page(built):
    shown = {
        normpath(join(dirname(page), address))
        for page in pages(built)
        for address in Addresses(built.read(page)).found
        if address.endswith(".webp")
    }
    assert len(shown) == 6
    assert {path for path in built.files() if path.startswith("media/")} == shown


def test_neither_names_of_files_nor_words_inside_them_are_published(built):
    for path in built.files():
        data = (built.public / path).read_bytes()
        assert CANARY not in path
        assert CANARY.encode() not in data, path
        assert b"gate.png" not in data, path


def test_two_builds_give_the_same_bytes(built, new_site):
    other = filled(new_site("other"))
    other.build(jobs=2)
    assert contents(other) == contents(built)


def contents(site) -> dict[str, bytes]:
    return {path: (site.public / path).read_bytes() for path in site.files()}


def test_the_preview_shows_the_same_pictures(built):
    options = pipeline.Options(jobs=1, drafts=True)
    prepared, _, _ = pipeline.prepare(built.root, options=options, step=lambda _: None)
    assert prepared is not None
    [photo_of_person] = [
        i["src"] for i in images(built, "en/people/p-1.html") if i["alt"] == "A face"
    ]
    path = normpath(join("en/people", photo_of_person))
    made, problems = Edition(prepared, built.root).file(path)
    assert made is not None
    assert (made.data, problems) == ((built.public / path).read_bytes(), [])


# --- what is hidden ---


@pytest.mark.parametrize(
    "hide",
    [
        lambda site: site.testimony("t-1", body=BODY, draft=True),
        lambda site: site.consent("c-t-1", status="paused"),
        lambda site: site.person("p-narrator", names=None, protect="restricted"),
    ],
    ids=["draft", "paused", "hidden narrator"],
)
def test_a_picture_of_a_hidden_text_is_not_published(site, hide):
    site.write("content/media/secretvillage-2.png", photo(50))
    site.write("content/media/x/gate.png", photo(200))
    hide(site.testimony("t-1", body=BODY))
    assert site.build().status == 0
    assert [path for path in site.files() if path.startswith("media/")] == []


def test_a_picture_without_consent_leaves_no_trace_but_a_warning(site):
    filled(site).consent("c-p", given_by="p-1", status="withdrawn")
    for name in ("1.jpg", "2.png", "3.png"):
        site.write(
            f"content/media/secretvillage-{name}.yaml", "alt: Gone words\nconsent: c-p\n"
        )
    report = site.build()
    assert (report.status, {problem.code for problem in report.problems}) == (0, {"G014"})
    assert [path for path in site.files() if path.startswith("media/")] == [
        images(site, "en/testimonies/t-1.html")[0]["src"].removeprefix("../../")
    ]
    for page in pages(site):
        assert not re.search("Gone words|A grey scarf|Her scarf|media:", site.read(page)), page


def test_a_picture_that_is_not_there_leaves_the_old_site_untouched(site):
    filled(site).build()
    before = contents(site)
    site.remove("content/media/secretvillage-2.png")
    report = site.build()
    assert (report.status, [p.code for p in report.problems if p.is_error]) == (1, ["G010"])
    assert contents(site) == before


@pytest.mark.parametrize(
    ("mirrors", "is_shown", "scope", "wanted"),
    [
        (True, True, ["site"], True),
        (True, True, ["site", "mirror"], False),
        (True, True, ["press-contact"], False),  # which keeps it back anyhow
        (True, False, ["site"], False),
        (False, True, ["site"], False),
    ],
)
def test_a_picture_that_mirrors_may_not_have_stops_a_site_for_mirrors(
    site, mirrors, is_shown, scope, wanted
):
    site.config(mirrors=mirrors).consent("c-face", scope=scope)
    site.write("content/media/face.jpg", photo(0, "JPEG"))
    site.write("content/media/face.jpg.yaml", "alt: {en: A face}\nconsent: c-face\n")
    site.testimony("t-1", body="Words.\n\n![A face](face.jpg)\n" if is_shown else "Words.\n")

    found = [str(p.span) for p in site.check() if p.code == "P030"]

    assert found == (["content/media/face.jpg.yaml:2:10"] if wanted else [])
