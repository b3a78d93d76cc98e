from __future__ import annotations

import pytest

from aigaq.archive import public


@pytest.mark.parametrize(
    "target",
    ["person:p-h", "place:pl-h", "org:org-h", "group:g-h", "series:s-h", "testimony:t-h#p1"],
)
def test_a_link_to_something_hidden_is_an_error_where_it_stands(sources, target):
    sources.person("p-h", protect="restricted").place("pl-h", protect="restricted")
    sources.organisation("org-h", protect="withdrawn").group("g-h", protect="restricted")
    sources.series("s-h", protect="restricted").text("t-h", body="", protect="restricted")
    sources.text("t-1", body=f"One.\n\nSee [some\nwords]({target}).\n")
    made, found = sources.published()
    assert [(p.code, p.span.path, p.span.line) for p in found if p.is_error] == [
        ("P005", "content/testimonies/t-1.en.md", 10)
    ]
    assert target.split(":")[1].split("#")[0] not in repr(made.texts["t-1"].versions)
    assert target.split(":")[1] not in str(found)


def test_links_of_footnotes_and_headings_are_seen_to(sources):
    sources.person("p-c", protect="group-only")
    body = "# On [her](person:p-c)\n\nOne.[^1]\n\n[^1]: See [her](person:p-c).\n"
    sources.text("t-1", body=body)
    shown = sources.publish().texts["t-1"].versions[0].body
    assert "p-c" not in repr(shown)
    assert "On her" in shown.blocks[0].html
    assert "See her." in shown.footnotes


def test_a_link_to_a_hidden_record_in_a_hidden_text_is_nobodys_business(sources):
    sources.person("p-h", protect="restricted")
    sources.text("t-1", body="See [words](person:p-h).\n", draft=True)
    assert sources.published()[1] == []


def test_a_link_to_a_page_stays_where_readers_get_it(sources):
    sources.page("about").page("later", draft=True)
    sources.text("t-1", body="See [one](page:about) and [two](page:later).\n")
    [block] = sources.publish().texts["t-1"].versions[0].body.blocks
    assert block.html == '<p>See <a href="page:about">one</a> and two.</p>'


def test_a_link_to_a_page_that_is_not_there_is_told(sources):
    sources.page("about").text("t-1", body="See [it](page:abuot).\n")
    problem = sources.the("L002")
    assert 'Did you mean "about"?' in problem.remedy


PICTURE = public.Picture(path="media/0a1b.webp", width=640, height=480)


def test_a_finished_picture_gets_its_path_and_size(sources):
    sources.text("t-1", body='![a > "grey" scarf](scarf.jpg "My *scarf*")\n')
    [block] = (
        sources.publish(pictures={"scarf.jpg": PICTURE}).texts["t-1"].versions[0].body.blocks
    )
    assert '<img src="media:media/0a1b.webp" width="640" height="480" ' in block.html
    assert ' alt="a &gt; &quot;grey&quot; scarf"' in block.html
    assert block.text == 'a > "grey" scarf My *scarf*'


@pytest.mark.parametrize("pictures", [{}, {"scarf.jpg": PICTURE}])
def test_a_picture_that_is_withheld_leaves_no_words(sources, pictures):
    body = "![canary one](scarf.jpg)\n\nTold ![a canary > two](scarf.jpg) twice.\n"
    sources.person("p-n").consent("c-1", status="withdrawn", given_by="p-n")
    sources.sidecar("scarf.jpg", consent="c-1").text("t-1", body=body)
    shown = sources.publish(pictures=pictures).texts["t-1"].versions[0].body
    assert "canary" not in repr(shown)
    assert "scarf" not in repr(shown)
    assert [b.text for b in shown.blocks] == ["", "Told twice."]


def test_the_turns_of_a_hidden_speaker_have_no_label(sources):
    sources.person("p-open").person("p-h", protect="restricted")
    interview = {"date": "2024", "by": [{"person": "p-h", "label": "CANARY"}]}
    sources.text("t-1", body="CANARY: Asked.\n", told_by="p-open", interview=interview)
    [version] = sources.publish().texts["t-1"].versions
    assert [(b.kind, b.speaker, b.text) for b in version.body.blocks] == [
        ("turn", "", "Asked.")
    ]
    assert version.labels == ()


def test_the_label_in_a_translation_of_a_hidden_speaker_is_hidden_too(sources):
    sources.person("p-open").person("p-h", protect="group-only")
    speakers = ["p-open", {"person": "p-h", "label": "H"}]
    sources.text("t-1", body="H: Asked.\n", told_by=speakers)
    facts = {"from": "en", "machine": True, "labels": {"p-h": "КАНАРЕЙКА"}}
    sources.translation("t-1", "kk", "КАНАРЕЙКА: Сұрақ.\n", translation=facts)
    assert "КАНАРЕЙКА" not in repr(sources.publish())
