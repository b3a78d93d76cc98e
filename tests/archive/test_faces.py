"""Whose face may be seen: a card that speaks of faces keeps pictures back until one looked."""

from __future__ import annotations

from typing import Any

import pytest

from aigaq.archive import faces

BOX = [[1, 1, 2, 2]]


@pytest.fixture
def withheld(sources: Any) -> Any:
    """The keys that are kept back."""

    def ask() -> set[str]:
        archive, _ = sources.linked()
        bodies = {text.written.path: text.body for text in archive.texts.values()}
        for text in archive.texts.values():
            bodies |= {one.written.path: one.body for one in text.translations}
        return set(faces.withheld(archive.records, bodies))

    return ask


def in_an_object(sources: Any) -> None:
    sources.testimony("t-1", objects=[{"id": "ob-1", "what": "scarf", "photo": "a.jpg"}])


def in_the_body(sources: Any) -> None:
    sources.testimony("t-1", body="![A scarf](a.jpg)\n")


def in_a_translation(sources: Any) -> None:
    sources.site(languages=["en", "kk"]).testimony("t-1")
    sources.translation("t-1", "kk", body="![орамал](a.jpg)\n")


def of_the_giver(sources: Any) -> None:
    sources.testimony("t-1").person("p-n", photo="a.jpg")


def by_a_card_of_its_own(sources: Any) -> None:
    sources.person("p-n")


WAYS = (in_an_object, in_the_body, in_a_translation, of_the_giver, by_a_card_of_its_own)


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
@pytest.mark.parametrize(
    ("card", "sidecar", "is_kept"),
    [
        (None, {}, False),
        ("all", {}, False),
        ("none", {}, True),
        ("none", {"redact": BOX}, False),
        ("none", {"faces": "none"}, False),
        ("none", {"faces": "narrator-only", "redact": BOX}, True),
        ("none", {"faces": "all"}, True),
        ("narrator-only", {}, True),
        ("narrator-only", {"redact": BOX}, False),
        ("narrator-only", {"faces": "none"}, False),
        ("narrator-only", {"faces": "narrator-only"}, False),
        ("narrator-only", {"faces": "all", "redact": BOX}, True),
    ],
)
def test_a_picture_is_kept_back_until_it_is_said_to_keep_to_the_card(
    sources: Any, withheld: Any, way: Any, card: str | None, sidecar: Any, is_kept: bool
) -> None:
    way(sources)
    own = {"consent": "c-n"} if way is by_a_card_of_its_own else {}
    sources.consent("c-n", faces=card).sidecar("a.jpg", **sidecar, **own)

    assert withheld() == ({"a.jpg"} if is_kept else set())


def test_a_picture_without_a_sidecar_is_kept_back(sources: Any, withheld: Any) -> None:
    in_the_body(sources)
    sources.consent("c-n", faces="none")
    assert withheld() == {"a.jpg"}


def test_the_strictest_of_several_cards_wins(sources: Any, withheld: Any) -> None:
    sources.testimony("t-1", body="![A](a.jpg)\n", consent=["c-n", "c-2"])
    sources.consent("c-n", faces="narrator-only").consent("c-2", faces="none")
    sources.sidecar("a.jpg", faces="narrator-only")
    assert withheld() == {"a.jpg"}


def test_what_one_text_keeps_back_no_other_shows(sources: Any, withheld: Any) -> None:
    sources.testimony("t-1", body="![A](a.jpg)\n", consent="c-n").consent("c-n", faces="none")
    sources.testimony("t-2", body="![A](a.jpg)\n", consent="c-2").consent("c-2", faces="all")
    sources.sidecar("a.jpg")
    assert withheld() == {"a.jpg"}


@pytest.mark.parametrize(("file", "is_kept"), [("talk.mp4", True), ("talk.opus", False)])
def test_a_film_has_faces_and_a_sound_has_none(
    sources: Any, withheld: Any, file: str, is_kept: bool
) -> None:
    sources.testimony("t-1", recordings=[file]).consent("c-n", faces="none", voices="own")
    sources.sidecar(file, transcript="talk.vtt", alt=None)
    assert withheld() == ({file} if is_kept else set())


def test_a_site_leaves_the_picture_out_and_says_why(site: Any) -> None:
    site.consent("c-1", faces="narrator-only").testimony(
        "t-1", consent="c-1", body="They took her.\n\n![Kerchief by the gate](a.jpg)\n"
    )
    site.write("content/media/a.jpg", b"\xff\xd8").write("content/media/a.jpg.yaml", ALT)

    report = site.build()

    assert report.status == 0
    assert [(p.code, p.span.line) for p in report.problems if p.code[0] in "GP"] == [
        ("P028", 9)
    ]
    assert "Kerchief" not in "".join(map(site.read, (p for p in site.files() if "html" in p)))


ALT = 'alt: {en: "Kerchief by the gate"}\n'
