from __future__ import annotations


def test_a_word_stands_in_the_reader_s_language_with_its_meaning(archive, view_of):
    (entry,) = view_of(archive, "kk/glossary.html").entries
    assert (entry.term.text, entry.meaning.text) == ("әкім", "жергілікті басшы")


def test_without_words_there_is_no_such_page(build_archive, pages_of):
    assert "en/glossary.html" not in pages_of(build_archive(glossary=()))
