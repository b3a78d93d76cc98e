from __future__ import annotations

from dataclasses import replace

from aigaq.words.fragments import Gloss


def test_a_word_stands_in_the_reader_s_language_with_its_meaning(archive, view_of):
    (entry,) = view_of(archive, "kk/glossary.html").entries
    assert (entry.term.text, entry.meaning.text) == ("әкім", "жергілікті басшы")


def test_without_words_there_is_no_such_page(build_archive, pages_of):
    assert "en/glossary.html" not in pages_of(build_archive(glossary=()))


def test_a_word_that_a_text_explains_leads_to_its_paragraph(archive, changed, view_of):
    text = archive.texts["t-3333"]
    [english] = [v for v in text.versions if v.lang == "en"]
    block = next(b for b in english.body.blocks if b.address)
    gloss = Gloss(term="akim", text="a local mayor", line=block.line)
    body = replace(english.body, glosses=(gloss,))
    versions = tuple(replace(v, body=body) if v is english else v for v in text.versions)
    made = changed(archive, texts={"t-3333": {"versions": versions}})
    [shown] = view_of(made, "en/glossary.html").glosses
    assert (shown.word, shown.meaning) == ("akim", "a local mayor")
    assert shown.text.anchor == [b.address for b in english.body.blocks if b.address][-1]
    assert view_of(made, "kk/glossary.html").glosses == ()
