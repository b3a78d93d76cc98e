from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from aigaq.desk.translating import catalogues

ROOT = Path(__file__).parents[3]


def ids(po: str) -> list[str]:
    return [line[7:-1] for line in po.splitlines() if line.startswith("msgid ")][1:]


def test_a_catalogue_has_header_and_words_in_their_order(desk: Any) -> None:
    desk.export()

    assert ids(desk.po()) == [
        "A title",
        "NARRATOR",
        "in August",
        "She is in a room.",
        "They took her in August.",
        "Yes.",
        "Yes.",
        "Nobody answered.[^1]",
        "[^1]: By letter.",
    ]
    assert "#: content/testimonies/t-1.en.md:" in desk.po()


def test_other_programs_read_it(desk: Any, lacking: Any, tmp_path: Path) -> None:
    if not shutil.which("msgfmt"):
        lacking("there is no msgfmt: install gettext")
    desk.export()
    desk.translate({"A title": "Бір атау", "Yes.": "Иә."})

    ran = subprocess.run(
        [
            "msgfmt",
            "--check-format",
            "-o",
            str(tmp_path / "out.mo"),
            str(desk.folder / "t-1.kk.po"),
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (ran.returncode, ran.stderr) == (0, "")


def test_what_is_translated_stands_in_it(desk: Any) -> None:
    desk.site.translation(
        "t-1",
        "kk",
        title="Бір атау",
        translation={
            "from": "en",
            "by": "A. Translator",
            "labels": {"p-1": "АЙТУШЫ"},
            "phrases": [["in August", "тамызда"]],
        },
        body="::: scene\nОл бөлмеде.\n:::\n\nАЙТУШЫ: Тамызда.\n\nАЙТУШЫ: Иә.\n\n"
        "АЙТУШЫ: Ия.\n\nАЙТУШЫ: Ешкім.[^1]\n\n[^1]: Хатпен.\n",
    )
    desk.export()

    assert {key: said for key, (said, _) in desk.said().items()} == {
        ("title", "A title"): "Бір атау",
        ("label", "NARRATOR"): "АЙТУШЫ",
        ("phrase", "in August"): "тамызда",
        (None, "She is in a room."): "Ол бөлмеде.",
        (None, "They took her in August."): "Тамызда.",
        (None, "Yes."): "Иә.",
        ("2", "Yes."): "Ия.",
        (None, "Nobody answered.[^1]"): "Ешкім.[^1]",
        (None, "[^1]: By letter."): "[^1]: Хатпен.",
    }


def test_words_that_changed_since_are_unsure(desk: Any) -> None:
    desk.export()
    desk.translate({"A title": "Бір атау", "They took her in August.": "Тамызда."})
    assert desk.bring(by="A. Translator") == []
    file = desk.site.root / "content/testimonies/t-1.en.md"
    file.write_text(file.read_text().replace("in August.", "in July."))

    desk.export()

    assert desk.said()[None, "They took her in July."] == ("Тамызда.", True)
    assert desk.said()["title", "A title"] == ("Бір атау", False)


def test_an_older_catalogue_keeps_what_is_translated(desk: Any) -> None:
    desk.export()
    desk.translate({"Yes.": "Иә.", "They took her in August.": "Тамызда."})
    file = desk.site.root / "content/testimonies/t-1.en.md"
    file.write_text(file.read_text().replace("took her", "led her away"))

    desk.export()

    assert desk.said()[None, "Yes."] == ("Иә.", False)
    assert '#~ msgid "They took her in August."\n#~ msgstr "Тамызда."' in desk.po()
    desk.export()
    assert '#~ msgstr "Тамызда."' in desk.po()


@pytest.mark.parametrize(
    "raw",
    [
        "",
        "no catalogue",
        'msgid ""\nmsgstr ""\n"Language: kk\\n"\n',
    ],
)
def test_what_is_no_catalogue_of_a_text_is_none(raw: str) -> None:
    with pytest.raises(catalogues.NotACatalogueError):
        catalogues.read(raw)


# --- what readers do not get ---


def test_words_about_hidden_people_are_not_in_it(desk: Any) -> None:
    desk.site.person("p-h1d3", protect="restricted")
    desk.site.testimony(
        "t-1",
        told_by=[{"person": "p-1", "label": "NARRATOR"}],
        claims=[
            {
                "about": "p-1",
                "what": "detained",
                "status": "camp",
                "said": "in August",
                "at": "p2",
            },
            {
                "about": "p-h1d3",
                "what": "detained",
                "status": "camp",
                "said": "canary words",
                "at": "p2",
            },
        ],
        tags=["an open word"],
        body=BODY,
    )
    desk.export()

    assert "in August" in desk.po()
    assert "an open word" in desk.po()
    assert "canary" not in desk.po()


BODY = "One.\n\nTwo.\n"


def test_a_text_that_readers_do_not_get_has_none(desk: Any) -> None:
    desk.site.testimony("t-2", draft=True, body=BODY)
    desk.site.testimony("t-3", protect="restricted", body="")
    desk.site.consent("c-9", scope=["site"]).testimony("t-4", consent="c-9", body=BODY)

    assert desk.export() == []
    assert [path.name for path in desk.folder.iterdir()] == ["t-1.kk.po"]
    for name in ("t-2", "t-3", "t-4", "t-none"):
        (problem,) = desk.export(name)
        assert problem.code == "N025"


def test_a_draft_is_sent_out_only_when_one_says_so(desk: Any) -> None:
    desk.site.testimony("t-2", draft=True, body=BODY)

    assert [problem.code for problem in desk.export("t-2")] == ["N025"]
    assert desk.export("t-2", drafts=True) == []


def test_a_picture_that_is_withheld_does_not_go_out(desk: Any, picture: Any) -> None:
    desk.site.config(languages=["en", "kk"])
    desk.site.consent("c-9", scope=["site", "translate"], status="withdrawn")
    desk.site.write("content/media/kept.jpg", picture)
    desk.site.write("content/media/kept.jpg.yaml", "consent: c-9\nalt: {en: A canary}\n")
    desk.site.testimony("t-5", body="One.\n\n![A canary](kept.jpg)\n\nTwo.\n")
    desk.export("t-5")

    assert ids(desk.po("t-5.kk"))[-2:] == ["One.", "Two."]


@pytest.fixture
def picture() -> bytes:
    return (ROOT / "docs/example/content/media/scarf.jpg").read_bytes()
