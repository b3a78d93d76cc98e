"""Which pictures are wanted, what is wrong with the others, and which of them are shown."""

from __future__ import annotations

import unicodedata

import pytest

from aigaq.archive import pictures, public
from aigaq.words.diagnostics import Severity, has_errors
from aigaq.words.localised import Localised

SCARF = "content/media/scarf.jpg"
ACUTE = "content/media/é.jpg"


@pytest.fixture
def wanted(sources):
    """What is wanted of `files` below the root; `withheld` are keys."""

    def find(*files: str, withheld: tuple[str, ...] = ()):
        archive, _ = sources.linked()
        bodies = {text.written.path: text.body for text in archive.texts.values()}
        for text in archive.texts.values():
            bodies |= {one.written.path: one.body for one in text.translations}
        for page in archive.pages.values():
            bodies |= {written.path: body for written, body in page.versions}
        return pictures.wanted(
            archive.records,
            bodies,
            files=files,
            withheld=dict.fromkeys(withheld, pictures.WITHHELD),
        )

    return find


def told(problems):
    return [(problem.code, problem.span.path, problem.span.line) for problem in problems]


# --- where pictures are named ---


def with_a_photo(sources):
    sources.person("p-n", photo="scarf.jpg").sidecar("scarf.jpg")


def with_an_object(sources):
    sources.text("t-1", objects=[{"id": "ob-1", "what": "scarf", "photo": "scarf.jpg"}])
    sources.sidecar("scarf.jpg")


def with_a_figure(sources):
    sources.text("t-1", body="![A scarf](scarf.jpg)\n")


def with_a_translated_figure(sources):
    sources.text("t-1", body="Words.\n").translation("t-1", "kk", body="![орамал](scarf.jpg)\n")


def with_a_figure_on_a_page(sources):
    sources.page("about", body="![A scarf](scarf.jpg)\n")


PLACES = [
    with_a_photo,
    with_an_object,
    with_a_figure,
    with_a_translated_figure,
    with_a_figure_on_a_page,
]


@pytest.mark.parametrize("place", PLACES)
def test_a_picture_that_is_named_is_wanted(sources, wanted, place):
    place(sources)
    made, found = wanted(SCARF)
    assert ([one.path for one in made], has_errors(found)) == ([SCARF], False)


@pytest.mark.parametrize("place", PLACES)
def test_a_picture_that_is_not_there_is_told_at_the_line_that_names_it(sources, wanted, place):
    place(sources)
    made, found = wanted()
    [problem] = [problem for problem in found if problem.code == "G010"]
    line = sources.files[problem.span.path].splitlines()[problem.span.line - 1]
    assert (made, "scarf.jpg" in line) == ((), True)


def test_a_picture_that_nothing_names_is_not_wanted(wanted):
    assert wanted(SCARF) == ((), [])


def test_a_picture_that_is_named_twice_is_wanted_once(sources, wanted):
    with_a_figure(sources)
    with_a_photo(sources)
    assert len(wanted(SCARF)[0]) == 1


def test_capital_letters_count_and_the_right_name_is_offered(sources, wanted):
    sources.text("t-1", body="![A scarf](SCARF.JPG)\n")
    made, [problem] = wanted(SCARF)
    assert (made, problem.code) == ((), "G010")
    assert 'Did you mean "scarf.jpg"?' in problem.remedy


def test_names_of_other_files_are_not_offered_where_something_is_protected(sources, wanted):
    thing = {"id": "ob-1", "what": "scarf", "photo": "Scarf.jpg"}
    sources.text("t-1", body="", objects=[thing], protect="restricted")
    _, [problem] = wanted(SCARF)
    assert "scarf.jpg" not in f"{problem}"


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_two_ways_of_writing_an_accent_are_one_name(sources, wanted, form):
    sources.text("t-1", body="![A scarf](é.jpg)\n")
    file = unicodedata.normalize(form, ACUTE)
    made, found = wanted(file)
    assert ([one.path for one in made], found) == ([file], [])


# --- words ---


def test_a_photograph_without_a_sidecar_is_told(sources, wanted):
    sources.person("p-n", photo="scarf.jpg")
    made, found = wanted(SCARF)
    assert (made, told(found)) == ((), [("G011", "content/people/p-n.yaml", 3)])


def test_the_words_of_a_picture_are_those_of_its_sidecar(sources, wanted):
    sources.person("p-n", photo="scarf.jpg")
    sources.sidecar(
        "scarf.jpg", alt={"en": "A scarf"}, caption={"kk": "Орамал"}, credit="Nobody"
    )
    [one] = wanted(SCARF)[0]
    small, full = public.Size("media/0.webp", 3, 2), public.Size("media/1.webp", 6, 4)
    assert one.shown([small, full]) == public.Picture(
        path="media/1.webp",
        width=6,
        height=4,
        smaller=(small,),
        alt=Localised.of({"en": "A scarf"}),
        caption=Localised.of({"kk": "Орамал"}),
        credit=Localised.of({"en": "Nobody"}),
    )


# --- the description in each language ---

EVERY = {"en": "A scarf", "kk": "Орамал", "ug": "ياغلىق"}


def test_a_picture_that_is_described_in_all_languages_is_well(sources, wanted):
    sources.person("p-n", photo="scarf.jpg").sidecar("scarf.jpg", alt=EVERY)
    assert wanted(SCARF)[1] == []


def test_a_language_without_a_description_is_a_warning_at_the_description(sources, wanted):
    sources.person("p-n", photo="scarf.jpg").sidecar("scarf.jpg", alt={"en": "A scarf"})
    [problem] = wanted(SCARF)[1]
    assert told([problem]) == [("G017", "content/media/scarf.jpg.yaml", 1)]
    assert (problem.is_error, "kk, ug" in problem.message) == (False, True)


@pytest.mark.parametrize("lang", ["en", "kk"])
def test_the_language_of_the_text_that_shows_a_picture_is_required(sources, wanted, lang):
    other = {"en": "kk", "kk": "en"}[lang]
    things = [{"id": "ob-1", "what": "scarf", "photo": "scarf.jpg"}]
    sources.text("t-1", lang, objects=things)
    sources.sidecar("scarf.jpg", alt={other: EVERY[other]})
    [problem] = wanted(SCARF)[1]
    assert told([problem]) == [("G016", "content/media/scarf.jpg.yaml", 1)]
    assert (problem.is_error, f"{lang}:" in problem.remedy) == (True, True)


def test_a_person_is_described_at_least_in_the_first_language_of_the_site(sources, wanted):
    sources.person("p-n", photo="scarf.jpg").sidecar("scarf.jpg", alt={"kk": "Орамал"})
    assert [problem.code for problem in wanted(SCARF)[1]] == ["G016"]


def test_a_figure_is_described_where_it_stands(sources, wanted):
    with_a_figure(sources)
    sources.sidecar("scarf.jpg", alt={"kk": "Орамал"})
    assert wanted(SCARF)[1] == []


# --- what a sidecar keeps back ---


@pytest.mark.parametrize(
    ("file", "sidecar"),
    [
        ("scarf.jpg", "scarf.jpg"),
        ("Scarf.JPG", "scarf.jpg"),
        ("scarf.jpg", "SCARF.jpg"),
        (unicodedata.normalize("NFD", "é.jpg"), unicodedata.normalize("NFC", "é.jpg")),
        (unicodedata.normalize("NFC", "é.jpg"), unicodedata.normalize("NFD", "é.jpg")),
    ],
)
def test_a_sidecar_binds_its_picture_however_the_names_are_spelled(
    sources, wanted, file, sidecar
):
    sources.text("t-1", body=f"![A scarf]({unicodedata.normalize('NFC', file)})\n")
    sources.sidecar(sidecar, redact=[["1", "2", "3", "4"]])
    [one] = wanted(f"content/media/{file}")[0]
    assert one.redact == ((1, 2, 3, 4),)


def test_a_picture_whose_consent_is_missing_is_left_out_with_a_warning(sources, wanted):
    with_a_figure(sources)
    made, [problem] = wanted(SCARF, withheld=("scarf.jpg",))
    assert (made, problem.code, problem.is_error) == ((), "G014", False)


@pytest.mark.parametrize(
    ("fields", "code", "severity"),
    [
        ({}, "G012", Severity.WARNING),
        ({"consent": "c-n"}, "G013", Severity.ERROR),
        ({"redact": [["1", "2", "3", "4"]]}, "G013", Severity.ERROR),
    ],
)
def test_a_sidecar_without_its_picture_is_told(sources, wanted, fields, code, severity):
    sources.person("p-n").consent("c-n").sidecar("scarf", **fields)
    _, [problem] = wanted(SCARF)
    assert (problem.code, problem.problem.severity) == (code, severity)
    assert problem.span.path == "content/media/scarf.yaml"


def test_a_recording_may_lie_with_another_host(sources, wanted):
    sources.write("content/media/talk.mp3.yaml", "transcript: talk.vtt\nconsent: c-n\n")
    assert wanted() == ((), [])


def test_a_recording_is_no_picture(sources, wanted):
    sources.person("p-n", photo="talk.mp3")
    made, found = wanted("content/media/talk.mp3")
    assert (made, told(found)) == ((), [("G015", "content/people/p-n.yaml", 3)])


# --- what is shown ---

PICTURE = public.Picture(
    path="media/0a1b.webp",
    width=640,
    height=480,
    smaller=(public.Size("media/0a1c.webp", 320, 240),),
)


@pytest.mark.parametrize("place", PLACES)
def test_what_a_public_record_shows_is_published(sources, place):
    sources.person("p-n").consent("c-n")
    place(sources)
    shown = sources.publish(pictures={"scarf.jpg": PICTURE})
    assert pictures.paths(shown) == ("media/0a1b.webp", "media/0a1c.webp")


@pytest.mark.parametrize("hiding", [{"draft": True}, {"protect": "sealed-until 2030-01-01"}])
def test_what_only_a_hidden_text_shows_is_not_published(sources, hiding):
    thing = {"id": "ob-1", "what": "scarf", "photo": "scarf.jpg"}
    sources.text("t-1", body="", objects=[thing], **hiding)
    shown = sources.publish(pictures={"scarf.jpg": PICTURE})
    assert pictures.paths(shown) == ()


def test_no_name_of_a_file_reaches_the_public_archive(sources):
    sources.person("p-n").consent("c-n")
    for place in PLACES:
        place(sources)
    shown = sources.publish(pictures={"scarf.jpg": PICTURE})
    assert "scarf.jpg" not in repr(shown)
