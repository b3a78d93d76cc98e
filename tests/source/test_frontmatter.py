"""Two fences or an error: what stands in a header never becomes text."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aigaq.source import frontmatter
from aigaq.source.document import Mapping, Sequence, Source

HEADER = "title: A title\nreal_name: CANARY\n"
BODY = "They took her in August.\n\nAIGUL: They told us it would be a month.\n"
GOOD = f"---\n{HEADER}---\n{BODY}"


def parsed(text, language=""):
    return frontmatter.parse(Source("a.md", text, ""), language=language)


def places(found):
    return [f"{one.span.line}:{one.span.column} {one.code}" for one in found]


def test_the_correct_form_is_a_header_and_a_body_with_their_lines():
    document, found = parsed(GOOD)

    assert found == []
    assert document.path == "a.md"
    assert [(key.text, key.span.line) for key, _ in document.header.entries] == [
        ("title", 2),
        ("real_name", 3),
    ]
    assert (document.body, document.body_line) == (BODY, 5)


@pytest.mark.parametrize(
    "text",
    [GOOD.replace("\n", "\r\n"), "\ufeff" + GOOD, "\ufeff" + GOOD.replace("\n", "\r\n")],
    ids=["CRLF", "BOM", "BOM and CRLF"],
)
def test_what_windows_makes_of_the_file_is_the_same_document(text):
    assert parsed(text) == parsed(GOOD)


BLOCK = "title: A title\nnote: |\n  one\n---\n  two\nreal_name: CANARY\n"
SLIPS = {
    "an empty line first": (f"\n{GOOD}", ["1:1 F002"]),
    "a space first": (f" {GOOD}", ["1:1 F003"]),
    "four dashes": (f"----\n{HEADER}----\n{BODY}", ["1:1 F003"]),
    "a space behind": (f"--- \n{HEADER}--- \n{BODY}", ["1:1 F003"]),
    "saved by a word processor": (f"{{\\rtf1\\ansi {HEADER}{BODY}}}", ["1:1 F005"]),
    "a JSON header": (f'{{"real_name": "CANARY"}}\n\n{BODY}', ["1:1 F005"]),
    "JSON between fences": (f'---json\n{{"real_name": "CANARY"}}\n---\n{BODY}', ["1:1 F005"]),
    "no close": (f"---\n{HEADER}\n{BODY}", ["1:1 F006"]),
    "closed by dots": (f"---\n{HEADER}...\n{BODY}", ["4:1 F007"]),
    "closed by two dashes": (f"---\n{HEADER}--\n{BODY}", ["4:1 F007"]),
    "closed by an autocorrected dash": (f"---\n{HEADER}—-\n{BODY}", ["4:1 F007"]),
    "closed by one long dash": (f"---\n{HEADER}—\n{BODY}", ["4:1 F007"]),
    "closed with a space behind": (f"---\n{HEADER}--- \n{BODY}", ["4:1 F007"]),
    "closed with a space before": (f"---\n{HEADER} ---\n{BODY}", ["4:1 F007"]),
    "closed by four dashes": (f"---\n{HEADER}----\n{BODY}", ["4:1 F007"]),
    "closed by pluses": (f"---\n{HEADER}+++\n{BODY}", ["4:1 F007"]),
    "closed wrongly, and a rule below": (
        f"---\n{HEADER}----\n{BODY}\n---\n\nMore.\n",
        ["4:1 F007"],
    ),
    "a TOML header": (f"+++\n{HEADER}+++\n{BODY}", ["1:1 F005"]),
    "opened by an autocorrected dash": (f"—-\n{HEADER}---\n{BODY}", ["1:1 F003"]),
    "a comment first": (f"<!-- draft -->\n{GOOD}", ["1:1 F004"]),
    "a YAML comment first": (f"# draft\n{GOOD}", ["1:1 F004"]),
    "text first": (f"A title\n{GOOD}", ["1:1 F004"]),
    "no fence at all": (f"{HEADER}\n{BODY}", ["1:1 F004"]),
    "a second header": (f"---\ntitle: A title\n---\n---\n{HEADER}---\n{BODY}", ["4:1 F008"]),
    "a second header further down": (
        f"---\ntitle: A title\n---\n\nWords.\n\n---\n{HEADER}---\n{BODY}",
        ["8:1 F008"],
    ),
    "a fence in a text of the header": (f"---\n{BLOCK}---\n{BODY}", ["7:1 F008"]),
    "a fence in the last text": (
        f"---\ntitle: A\nnote: |\n  one\n---\n  CANARY\n---\n{BODY}",
        ["6:1 F008"],
    ),
    "keys below the fence": (f"---\ntitle: A title\n---\n{HEADER}\n{BODY}", ["4:1 F008"]),
    "a heading underlined with a fence": (f"{GOOD}\nHeading\n---\nText\n", ["10:1 F008"]),
    "a list": (f"---\n- title: A title\n- real_name: CANARY\n---\n{BODY}", ["2:1 F009"]),
    "one text": (f"---\nCANARY\n---\n{BODY}", ["2:1 Y014"]),
    "an empty header": (f"---\n---\n{BODY}", ["1:1 F010"]),
    "broken YAML": (f"---\ntitle: Testimony: about X\n---\n{BODY}", ["2:17 Y020"]),
    "an empty file": ("", ["0:0 F001"]),
    "only white space": ("\n  \n", ["0:0 F001"]),
    "only the opening": ("---", ["1:1 F006"]),
    "UTF-8 read twice": ("\xef\xbb\xbf" + GOOD, ["1:1 F004"]),
}


@pytest.mark.parametrize(("text", "expected"), SLIPS.values(), ids=SLIPS.keys())
def test_a_slip_of_a_fence_is_an_error_at_its_line_and_gives_no_document(text, expected):
    document, found = parsed(text)

    assert document is None
    assert places(found)[: len(expected)] == expected
    assert all(one.remedy for one in found)


@pytest.mark.parametrize("text", [text for text, _ in SLIPS.values()], ids=SLIPS.keys())
def test_no_message_repeats_what_stands_in_the_file(text):
    _, found = parsed(text)

    assert "CANARY" not in "".join(str(one) for one in found)


def test_a_key_that_stands_twice_names_both_lines():
    _, found = parsed(f"---\nconsent: c-1\n{HEADER}consent: c-2\n---\n{BODY}")

    assert places(found) == ["5:1 Y005"]
    assert "first in line 2, again in line 5" in found[0].message


def test_slips_in_header_and_body_are_told_together():
    _, found = parsed("---\ntitle: *x\ntitle: y\n---\nA\u200bB\n")

    assert places(found) == ["2:8 Y007", "3:1 Y005", "5:2 C004"]


def test_a_wrong_close_does_not_hide_the_problems_above_it():
    _, found = parsed(f"---\ntitle: !x y\n----\n{BODY}")

    assert places(found) == ["2:8 Y009", "3:1 F007"]


def test_a_rule_with_empty_lines_around_it_is_body():
    document, found = parsed(f"{GOOD}\n---\n\nMore.\n")

    assert found == []
    assert document.body.endswith("\n---\n\nMore.\n")


def test_labels_of_speakers_are_no_keys():
    body = "AIGUL: One.\n\nEditor: Two.\n\nA: three\nB: four\n"

    document, found = parsed(f"---\ntitle: A\n---\n{body}")

    assert (document.body, found) == (body, [])


def test_a_body_may_begin_with_an_ellipsis():
    assert parsed("---\ntitle: A\n---\n…\n\nThey took her.\n")[1] == []


def test_an_empty_body_is_a_body():
    document, found = parsed("---\ntitle: A\n---\n")

    assert (document.body, document.body_line, found) == ("", 4, [])


def test_joiners_in_the_body_depend_on_the_language():
    text = "---\ntitle: A\n---\nمی\u200cخواهم\n"

    assert parsed(text, "fa")[1] == []
    assert places(parsed(text, "kk")[1]) == ["4:3 C006"]


def test_a_header_of_more_than_64_kb_is_not_even_parsed():
    document, found = parsed(f"---\ntitle: {'ә' * 33_000}\n---\n")

    assert document is None
    assert places(found) == ["2:0 F011"]


def test_a_record_is_yaml_from_end_to_end():
    tree, found = frontmatter.record(Source("p.yaml", "\ufeffsort: x\r\nsex: female\r\n", ""))

    assert isinstance(tree, Mapping)
    assert ([key.text for key, _ in tree.entries], found) == (["sort", "sex"], [])


def test_a_record_may_be_a_list():
    tree, found = frontmatter.record(
        Source("topics.yaml", "- {id: prison}\n- {id: camp}\n", "")
    )

    assert isinstance(tree, Sequence)
    assert (len(tree.items), found) == (2, [])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ["0:0 F013"]),
        ("# nothing\n", ["0:0 F013"]),
        ("---\nsex: female\n", ["1:1 F012"]),
        ("---\nsex: female\n---\nBody\n", ["1:1 F012", "3:1 Y011"]),
        ("sex: female\n---\nBody\n", ["2:1 Y011"]),
        ("a name\n", ["1:1 Y014"]),
    ],
)
def test_a_record_has_no_fences_and_is_not_empty(text, expected):
    assert places(frontmatter.record(Source("p.yaml", text, ""))[1]) == expected


FENCES = ["---", "----", "--", " ---", "--- ", "...", "—-", "+++", "", "# note", "- a", "a: 1"]
LINES = [*FENCES, "real_name: CANARY", "note: |", "  text", "Words.", "\t", '"']


def test_no_mixture_of_fences_puts_a_line_of_the_first_header_into_the_body(size):
    chance = random.Random(7)
    for _ in range(size(3_000, 100_000)):
        lines = chance.choices(LINES, k=chance.randrange(15))
        text = chance.choice(["\n", "\r\n"]).join(["---", "real_name: CANARY", *lines])

        document, _ = parsed(text)

        if document is not None:
            assert "---" in lines, lines
            assert document.body_line == lines.index("---") + 4
            assert document.body == "\n".join(lines[lines.index("---") + 1 :])


@settings(max_examples=500, deadline=None)
@given(st.text(st.characters(codec=None), max_size=200))
def test_no_text_raises(text):
    parsed(text)
    parsed(f"---\n{text}\n---\n{text}")
    frontmatter.record(Source("p.yaml", text, ""))


CONFLICT = "<<<<<<< HEAD\none\n=======\ntwo\n>>>>>>> corrections\n"


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (GOOD + CONFLICT, ["8:1 F014"]),
        (GOOD + CONFLICT + CONFLICT, ["8:1 F014", "13:1 F014"]),
        (GOOD.replace("title: A title\n", CONFLICT), ["2:1 F014"]),
        (CONFLICT, ["1:1 F014"]),
        (f"{GOOD}>>>>>>> corrections\n", ["8:1 F014"]),
        (f"{GOOD}<<<<<<< HEAD\n", ["8:1 F014"]),
    ],
)
def test_two_versions_that_git_could_not_join_are_named_and_nothing_is_read(text, wanted):
    document, found = parsed(text)

    assert (document, places(found)) == (None, wanted)


def test_two_versions_of_a_record_are_named_and_nothing_is_read():
    tree, found = frontmatter.record(Source("a.yaml", "a: b\n" + CONFLICT, ""))

    assert (tree, places(found)) == (None, ["2:1 F014"])


def test_a_heading_underlined_with_seven_signs_is_no_conflict():
    assert parsed(f"{GOOD}\nHeading\n=======\n")[1] == []


def test_what_a_word_processor_saved_is_called_by_its_name():
    _, found = parsed("{\\rtf1 ---}\n")
    assert "RTF" in found[0].message
