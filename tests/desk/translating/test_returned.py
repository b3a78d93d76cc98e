from __future__ import annotations

from typing import Any

import pytest

from aigaq import pipeline

WORDS = {
    "A title": "Бір атау",
    "NARRATOR": "АЙТУШЫ",
    "in August": "тамызда",
    "She is in a room.": "Ол бөлмеде.",
    "They took her in August.": "Тамызда.",
    "Yes.": "Иә.",
    "Nobody answered.[^1]": "Ешкім.[^1]",
    "[^1]: By letter.": "[^1]: Хатпен.",
}


def test_a_new_translation(desk: Any) -> None:
    desk.export()
    desk.translate(WORDS)

    assert desk.bring(by="A. Translator") == []

    head, body = desk.file().split("---\n")[1:]
    assert head.partition("  of:")[0] == (
        'title: "Бір атау"\ndraft: true\ntranslation:\n  from: en\n  by: "A. Translator"\n'
        '  status: draft\n  labels: {p-1: "АЙТУШЫ"}\n  phrases:\n'
        '    - ["in August", "тамызда"]\n'
    )
    assert body == (
        "\n::: scene\nОл бөлмеде.\n:::\n\nАЙТУШЫ: Тамызда.\n\nАЙТУШЫ: Иә.\n\n"
        "АЙТУШЫ: Иә.\n\nАЙТУШЫ: Ешкім.[^1]\n\n[^1]: Хатпен.\n"
    )


def test_check_has_nothing_to_say_of_it(desk: Any) -> None:
    desk.export()
    desk.translate(WORDS)
    desk.bring(machine=True)

    options = pipeline.Options(drafts=True, jobs=1)
    _, problems, _ = pipeline.prepare(desk.site.root, options=options, step=str)
    assert [p for p in problems if "t-1.kk" in p.span.path] == []


def test_out_and_back_changes_nothing(desk: Any) -> None:
    desk.export()
    desk.translate(WORDS)
    desk.bring(by="A. Translator")
    file = desk.site.root / "content/testimonies/t-1.kk.md"
    file.write_text(desk.file().replace("status: draft", "status: reviewed"))
    before = desk.file()

    desk.export()
    assert desk.bring() == []

    assert desk.file() == before


def test_what_is_not_translated_is_left_out_and_known(desk: Any) -> None:
    desk.export()
    desk.translate({key: WORDS[key] for key in ("A title", "Nobody answered.[^1]")})
    desk.bring(by="A. Translator")

    assert "\n\nNARRATOR: Ешкім.[^1]\n" in desk.file()
    assert "scene" not in desk.file()
    assert '  of: "p5@' in desk.file()


def test_how_it_was_made_stays_but_somebody_must_read_it_again(desk: Any) -> None:
    desk.export()
    desk.translate(WORDS)
    desk.bring(by="A. Translator")
    file = desk.site.root / "content/testimonies/t-1.kk.md"
    text = desk.file().replace("---\n", "---\n# A note of an editor.\n", 1)
    text = text.replace("draft: true\n", "").replace("status: draft", "status: reviewed")
    file.write_text(text.replace("  by:", "  date: 2025-04\n  machine: true\n  by:"))
    desk.export()
    po = desk.folder / "t-1.kk.po"
    po.write_text(po.read_text().replace('"Тамызда."', '"Ол тамыз еді."'))

    assert desk.bring() == []

    assert desk.file().startswith(
        '---\n# A note of an editor.\ntitle: "Бір атау"\ntranslation:'
    )
    for line in ('by: "A. Translator"', "date: 2025-04", "machine: true", "status: draft"):
        assert f"  {line}\n" in desk.file()
    assert "Ол тамыз еді." in desk.file()


def test_words_of_an_older_original_are_told_and_nothing_is_lost(desk: Any) -> None:
    desk.export()
    desk.translate(WORDS)
    file = desk.site.root / "content/testimonies/t-1.en.md"
    file.write_text(file.read_text().replace("took her", "led her away"))

    (problem,) = desk.bring(by="A. Translator")

    assert problem.code == "N021"
    assert not (desk.site.root / "content/testimonies/t-1.kk.md").exists()


def test_an_unsure_translation_stays_and_readers_are_told(desk: Any) -> None:
    desk.export()
    desk.translate(WORDS)
    desk.bring(by="A. Translator")
    file = desk.site.root / "content/testimonies/t-1.en.md"
    file.write_text(file.read_text().replace("in August.", "in July."))
    desk.export()
    desk.translate({})
    po = desk.folder / "t-1.kk.po"
    po.write_text(po.read_text().replace('"Ол бөлмеде."', '"Ол бір бөлмеде."'))

    assert desk.bring() == []

    assert "АЙТУШЫ: Тамызда." in desk.file()
    assert " 000000 " in desk.file()


def test_words_of_the_translators_own_are_not_lost(desk: Any) -> None:
    desk.export()
    desk.translate(WORDS)
    desk.bring(by="A. Translator")
    file = desk.site.root / "content/testimonies/t-1.kk.md"
    text = (
        desk.file()
        .replace('of: "', 'of: "- ')
        .replace("::: scene", "::: note by=editor\nАудармашыдан.\n:::\n\n::: scene", 1)
    )
    file.write_text(text)
    desk.export()
    po = desk.folder / "t-1.kk.po"
    po.write_text(po.read_text().replace('"Иә."', '"Ия."'))

    (problem,) = desk.bring()

    assert (problem.code, problem.span.path) == ("N023", "content/testimonies/t-1.kk.md")
    assert desk.file() == text


@pytest.mark.parametrize(
    ("words", "by", "code"),
    [({"Yes.": "Иә."}, "A. Translator", "N022"), ({"A title": "Бір атау"}, "", "N024")],
)
def test_what_is_missing_is_told(desk: Any, words: Any, by: str, code: str) -> None:
    desk.export()
    desk.translate(words)

    assert [problem.code for problem in desk.bring(by=by)] == [code]
