"""YAML that only says what stands there, and every error at its place."""

from __future__ import annotations

import time

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from aigaq.source import strict_yaml
from aigaq.source.document import Mapping, Scalar, Sequence

TYPICAL = """\
kind: testimony
title: "If I do not look for her, who will?"
title_is_quote: true
summary: "A daughter looks for her mother, sentenced to twelve years."
topics: [prison, families-apart]
told_by:
  - {person: p-aa11, label: AIGUL}
about:
  - {person: p-bb22, of: p-aa11, relation: mother, as_told: "my mother"}
interview: {date: 2024-03-09, place: pl-almaty, by: [p-dd44], language: kk}
claims:
  - {about: p-bb22, what: detained, status: camp, when: 2017-08, known_by: from-family, at: p7}
  - {about: p-bb22, what: sentenced, years: 12, when: about 2018-04, at: p9}
protect: open
consent: c-0042
"""


def read(text, **places):
    return strict_yaml.parse(text, path="a.md", **places)


def places(text, **where):
    return [f"{one.span.line}:{one.span.column} {one.code}" for one in read(text, **where)[1]]


def plain(node):
    """Nodes as ordinary Python values, with unquoted nothing as None."""
    match node:
        case Scalar(text, _, quoted):
            return text if text or quoted else None
        case Sequence(items, _):
            return [plain(item) for item in items]
        case Mapping(entries, _):
            return {key.text: plain(value) for key, value in entries}


def test_a_typical_header_is_read_without_a_word():
    tree, found = read(TYPICAL)

    assert found == []
    assert plain(tree)["claims"][1] == {
        "about": "p-bb22",
        "what": "sentenced",
        "years": "12",
        "when": "about 2018-04",
        "at": "p9",
    }


@pytest.mark.parametrize(
    "text",
    [
        *("NO", "yes", "on", "off", "true", "2030-01-01", "2024-02-30", "2017-04", "12:30:45"),
        *("012345", "0o10", "1e3", "1.0", ".inf", ".nan", "0x1F", "1_000", "=", "9" * 5000),
        "2001-12-14T21:59:43Z",
    ],
)
def test_every_scalar_stays_the_text_that_was_written(text):
    tree, found = read(f"a: {text}\n")

    assert (plain(tree), found) == ({"a": text}, [])


@pytest.mark.parametrize("nothing", ["", " ~", " null", " # a comment"])
def test_a_plain_nothing_is_an_empty_text_that_is_not_quoted(nothing):
    tree, found = read(f"a:{nothing}\n")

    assert found == []
    assert (tree.entries[0][1].text, tree.entries[0][1].quoted) == ("", False)


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ('""', ""),
        ("'~'", "~"),
        ('"null"', "null"),
        ("|\n  one\n  two", "one\ntwo\n"),
        (">-\n  x", "x"),
    ],
)
def test_quotes_and_blocks_are_marked_as_quoted(written, text):
    value = read(f"a: {written}\n")[0].entries[0][1]

    assert (value.text, value.quoted) == (text, True)


def test_language_tags_and_ids_are_keys_and_no_is_no_boolean():
    tree, found = read("zh-Hans: a\np-aa11: b\nno: c\nreal_name: d\n")

    assert (list(plain(tree)), found) == (["zh-Hans", "p-aa11", "no", "real_name"], [])


def test_places_count_from_one_in_code_points_and_from_the_first_line_given():
    tree, _ = read("a:\n  - {ә: 1}\n  - {k: «😀», l: ىئ}\n", first_line=7)

    second = tree.entries[0][1].items[1]
    assert str(second.span) == "a.md:9:5"
    assert [str(value.span) for _, value in second.entries] == ["a.md:9:9", "a.md:9:17"]


def test_nothing_is_no_tree_and_no_problem():
    assert read("") == (None, [])
    assert read("# only a comment\n\n") == (None, [])


REFUSED = {
    "a duplicate key": ("a: 1\nb: 2\na: 3\n", ["3:1 Y005"]),
    "a duplicate key deep inside": ("a:\n  - {b: 1, c: 2, b: 3}\n", ["2:18 Y005"]),
    "a duplicate key, once quoted": ('a: 1\n"a": 2\n', ["2:1 Y005"]),
    "an anchor": ("a: &x 1\n", ["1:4 Y006"]),
    "an alias": ("a: &x 1\nb: *x\n", ["1:4 Y006", "2:4 Y007"]),
    "emphasis taken for an alias": ("a: *important* news\n", ["1:4 Y007"]),
    "a lonely star": ("a: * b\n", ["1:4 Y007"]),
    "a list that contains itself": ("a: &x [*x]\n", ["1:4 Y006", "1:8 Y007"]),
    "a merge key": ("a: {<<: {b: 1}}\n", ["1:5 Y008"]),
    "a tag": ("a: !!python/object/apply:os.system ['id']\n", ["1:4 Y009"]),
    "a harmless tag": ('a: !!bool "no"\n', ["1:4 Y009"]),
    "a binary tag": ("a: !!binary aGk=\n", ["1:4 Y009"]),
    "a set": ("a: !!set {b, c}\n", ["1:4 Y009"]),
    "an exclamation": ("a: !Help me\n", ["1:4 Y009"]),
    "a directive": ("%YAML 1.1\n---\na: 1\n", ["1:1 Y010"]),
    "an unknown directive": ("%FOO bar\n---\na: 1\n", ["1:1 Y010"]),
    "a document marker": ("---\na: 1\n", ["1:1 Y011"]),
    "two documents": ("a: 1\n---\nb: 2\n", ["2:1 Y011"]),
    "two documents, ended by dots": ("a: 1\n...\nb: 2\n", ["2:1 Y011"]),
    "a key that begins with a digit": ("1a: x\n", ["1:1 Y012"]),
    "a key in another script": ("а: x\n", ["1:1 Y012"]),
    "a key with a space": ("real name: x\n", ["1:1 Y012"]),
    "an empty key": ('"": x\n', ["1:1 Y012"]),
    "a list as a key": ("[a]: b\n", ["1:1 Y013"]),
    "a mapping as a key": ("{a: 1}: b\n", ["1:1 Y013"]),
    "a list as an explicit key": ("? - a\n: b\n", ["1:3 Y013"]),
    "one text": ("some words\n", ["1:1 Y014"]),
    "one text in quotes": ("'some words'\n", ["1:1 Y014"]),
    "a zero-width space in a key": ("con\u200bsent: x\n", ["1:4 C004"]),
    "a line break that is none": ('a: "A"\u0085consent: public\n', ["1:7 C003"]),
    "a paragraph separator": ("a: b\u2029consent: public\n", ["1:5 C003"]),
    "a reversed order": ("a: \u202eb\n", ["1:4 C005"]),
    "a BOM in the middle": ("a: 1\n\ufeffb: 2\n", ["2:1 C004"]),
    "a tab in the indentation": ("a: 1\n\tb: 2\n", ["2:1 C001"]),
    "a tab after a colon": ("a:\t1\n", ["1:3 C001"]),
    "a NUL": ("a: \0\n", ["1:4 C002"]),
    "an escape": ("a: \x1b[31m\n", ["1:4 C002"]),
    "a surrogate": ("a: \ud800\n", ["1:4 C007"]),
    "a NUL, escaped": ('a: "\\0"\n', ["1:4 C002"]),
    "a next line, escaped": ('a: "x\\Ny"\n', ["1:4 C003"]),
    "a reversed order, escaped": ('a: "\\u202e"\n', ["1:4 C005"]),
    "a surrogate, escaped": ('a: "\\ud800"\n', ["1:7 Y030"]),
    "a text that eats a key": ('a: "one\nconsent: c-1\nb: "\n', ["1:4 Y021"]),
    "a text that eats an indented key": ("a: 'one\n  consent: c-1'\n", ["1:4 Y021"]),
    "a list that becomes a text": ("a: one\n  - two\n", ["2:3 Y023"]),
    "an item that becomes a text": ("- one\n - two\n", ["2:2 Y023"]),
}


@pytest.mark.parametrize(("text", "expected"), REFUSED.values(), ids=REFUSED.keys())
def test_what_acts_or_hides_is_refused_at_its_place(text, expected):
    assert places(text) == expected


SYNTAX = {
    "a colon in a text": ("title: Testimony: about X\n", ["1:17 Y020"]),
    "a colon in an item": ("a:\n  - one: two: three\n", ["2:13 Y020"]),
    "an unclosed double quote": ('a: "b\nc: d\n', ["1:4 Y021"]),
    "an unclosed single quote": ("a: 'b\nc: d\n", ["1:4 Y021"]),
    "a quote closed by the next one": ('a: "b\nc: "d"\n', ["1:4 Y021"]),
    "quotes within quotes": ('a: "If I" she said\n', ["1:11 Y022"]),
    "an apostrophe within quotes": ("a: 'it's'\n", ["1:8 Y022"]),
    "a key indented under a value": ("a: 1\n  b: 2\n", ["2:3 Y023"]),
    "an indentation that fits nowhere": ("a:\n    b: 1\n  c: 2\n", ["3:3 Y023"]),
    "an item that fits nowhere": ("a:\n  - b\n - c\n", ["3:2 Y023"]),
    "an open square bracket": ("a: [b, c\nd: e\n", ["1:4 Y024"]),
    "a directive at the end": (" a: b\n%YAML 1.2", ["2:1 Y011"]),
    "an open bracket at the end": ("a: b\nc: [d,\n", ["2:4 Y024"]),
    "an open bracket after a key at the end": ("a: [{b: c}, {d: ']', e:\n", ["1:13 Y024"]),
    "an open curly bracket": ("a: {b: c\nd: e\n", ["1:4 Y024"]),
    "a missing comma": ("a: {b: c d: e}\n", ["1:4 Y024"]),
    "a line without a colon": ("a: 1\nsome words\nb: 2\n", ["2:1 Y025"]),
    "a line without a key": ("a: 1\n: x\n", ["2:1 Y025"]),
    "a first line without a colon": ("some words\na: 1\n", ["1:1 Y025"]),
    "no space after the colon": ("a: 1\nb:2\nc: 3\n", ["2:1 Y026"]),
    "no space in the only line": ("title:x\n", ["1:1 Y026"]),
    "a wide colon": ("a: 1\ntitle：x\nb: 2\n", ["2:1 Y027"]),
    "an at sign first": ("a: @name\n", ["1:4 Y028"]),
    "a back-tick first": ("a: `code`\n", ["1:4 Y028"]),
    "a percent sign first": ("a: %x\n", ["1:4 Y028"]),
    "items under a value": ("a: 1\n- b\n", ["2:1 Y029"]),
    "a key under items": ("- a\nb: 1\n", ["2:1 Y029"]),
    "a backslash": ('a: "C:\\photos"\n', ["1:7 Y030"]),
    "two commas": ("a: [b, , c]\n", ["1:8 Y031"]),
    "a closing bracket alone": ("a: ]\n", ["1:4 Y031"]),
    "an item on the line of its key": ("a: - b\n", ["1:4 Y032"]),
    "a dash before a text": ("a: - \n", ["1:4 Y032"]),
    "a word after the bar": ("a: |b\n  c\n", ["1:5 Y033"]),
}


@pytest.mark.parametrize(("text", "expected"), SYNTAX.values(), ids=SYNTAX.keys())
def test_a_slip_of_syntax_has_its_own_sentence_at_its_place(text, expected):
    assert places(text) == expected


def test_all_problems_before_a_syntax_error_are_told_with_it():
    text = "a: &x 1\na: 2\nreal name: 3\nb: c: d\ne: !t f\n"

    assert places(text) == ["1:4 Y006", "2:1 Y005", "3:1 Y012", "4:5 Y020"]


def test_a_syntax_error_below_a_forbidden_character_is_not_told_as_it_may_be_its_echo():
    assert places("a:\t[b\n") == ["1:3 C001"]
    assert places("a: b: c\nd: \u200b\n") == ["1:5 Y020", "2:4 C004"]


def test_a_duplicate_names_both_lines_and_the_first_is_kept():
    tree, (found,) = read("consent: one\nb: 2\nconsent: two\n", first_line=2)

    assert found.message == ('the key "consent" stands twice: first in line 2, again in line 4')
    assert plain(tree) == {"consent": "one", "b": "2"}


def test_the_second_document_never_replaces_the_first():
    assert plain(read("consent: restricted\n---\nconsent: public\n")[0]) == {
        "consent": "restricted"
    }


def test_values_with_errors_do_not_act():
    tree, _ = read("a: &x {b: 1}\nc: *x\n<<: *x\n")

    assert plain(tree) == {"a": {"b": "1"}, "c": None}


@pytest.mark.parametrize(
    "text",
    ["a: one #5\n", "a: [b] #c\n", "a:\n  - one #two\n"],
)
def test_a_text_that_a_comment_cuts_short_is_a_warning(text):
    found = read(text)[1]

    assert all(not one.is_error for one in found)
    assert [one.code for one in found] == ([] if "[b]" in text else ["Y015"])


def test_an_ordinary_comment_is_no_problem():
    assert read("a: one   # two\nb: http://x/#c\n# d\nc: '#5'\n")[1] == []


def test_twelve_levels_are_read_and_the_thirteenth_is_refused():
    assert places("a: " + "[" * 11 + "]" * 11) == []
    assert places("a: " + "[" * 12 + "]" * 12) == ["1:15 Y003"]


def test_many_entries_are_refused():
    assert places("".join(f"k{n}: v\n" for n in range(2400))) == []
    assert places("".join(f"k{n}: v\n" for n in range(2600))) == ["2499:8 Y004"]


def test_a_long_text_is_refused_before_it_is_parsed():
    assert places("a: " + "x" * 2**18) == ["0:0 Y002"]


@pytest.mark.parametrize(
    "bomb",
    [
        *("[", "{", "- ", "? ", "[\n", "{a: ", "[a,", "&a ", "!!a ", "*a ", "%A ", "a: ", '"'),
        *("'", "\n", "a: |\n", "- [", "k: v\n", "\\", "[a: ", "!", ",", "a,", "<<: *a\n"),
        *("\u200b", "\ud800\n"),
    ],
)
def test_a_bomb_is_refused_in_no_time(bomb):
    started = time.process_time()

    read((bomb * 2**18)[: 2**18])

    assert time.process_time() - started < 2


def test_without_the_c_parser_there_is_a_clear_refusal(monkeypatch):
    monkeypatch.delattr(yaml, "CSafeLoader")

    tree, (found,) = read("a: 1\n")

    assert (tree, found.code) == (None, "Y001")
    assert "libyaml" in found.message


@settings(max_examples=1000, deadline=None)
@given(st.text(alphabet=st.characters(codec=None), max_size=80))
def test_no_text_at_all_raises(text):
    read(text)


FILLERS = "\u115f\u1160\u3164\uffa0"  # letters by name, but invisible
VALUES = st.recursive(
    st.text(
        st.characters(categories=["L", "Nd", "P", "Zs"], exclude_characters=FILLERS),
        max_size=12,
    ),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.from_regex(r"[A-Za-z][A-Za-z0-9_-]{0,8}", fullmatch=True), inner, max_size=3
        )
    ),
    max_leaves=12,
)


@settings(max_examples=300, deadline=None)
@given(st.dictionaries(st.from_regex(r"[a-z]{1,6}", fullmatch=True), VALUES, min_size=1))
def test_what_a_yaml_writer_wrote_in_quotes_is_read_back(values):
    text = yaml.safe_dump(values, default_style='"', allow_unicode=True, width=10_000)

    tree, found = read(text)

    assert (plain(tree), found) == (values, [])


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("# one\na: b\n", (1, 1)),
        ("a: b # one\n", (1, 6)),
        ("a: 'b # c' # one\n", (1, 12)),
        ("a: {b: c} # one\n", (1, 11)),
        ("a: | # one\n  # text\n", (1, 6)),
        ("a: |\n  # text\n# one\n", (3, 1)),
        ("a: b\n  # one\n", (2, 3)),
        ("a:\n  - b\n  #one\n", (3, 3)),
        ("a: b\n\n# one", (3, 1)),
    ],
)
def test_the_first_comment_has_its_place(text, place):
    tree, _ = read(text)

    assert (tree.comment.line, tree.comment.column) == place


@pytest.mark.parametrize(
    "text",
    ["a: b#c", 'a: "# b"', "a: '\n  # b'", "a: |\n  # b", "a: >-\n\n  b\n  # c\n", "a: b"],
)
def test_a_sign_within_a_text_is_no_comment(text):
    assert read(text)[0].comment is None


@pytest.mark.parametrize(
    "value", ["“A title”", "„Ein Titel“", "«Заголовок»", "‘don’t’", "”A title”", "[“a, b”]"]
)
def test_quotation_marks_that_readers_would_see_are_told(value):
    (first, *_) = read(f"title: {value}")[1]

    assert (first.code, first.is_error) == ("Y016", False)


@pytest.mark.parametrize(
    "value",
    [
        "“One” and “two”",
        '"“A quoted title”"',
        "《书名》",
        "She said “no”",
        "don’t",
        "“No,” she said",
    ],
)
def test_quotation_marks_that_belong_to_the_text_are_not_told(value):
    assert places(f"title: {value}") == []


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("title:\u00a0A\nb: c", "1:7 Y034"),
        ("title:\u00a0A", "1:7 Y034"),
        ("title\u202f: A", "1:6 Y034"),
        ("a:\n\u00a0\u00a0b: c", "2:1 Y034"),
        ("a: {b:\u00a0c}", "1:7 Y034"),
        ("a: “b: c”", "1:4 Y035"),
        ("a: {b: “c, d”}", "1:8 Y035"),
    ],
)
def test_what_only_looks_like_a_space_or_a_quotation_mark_is_named(text, wanted):
    assert places(text) == [wanted]


@pytest.mark.parametrize(
    "text", ["a: « b »", "a: b:\u00a0c", "a: |\n  \u3000\u3000她说", "a: b\u00a0c"]
)
def test_a_space_of_another_width_within_a_text_is_good(text):
    assert "Y034" not in "".join(places(text))
