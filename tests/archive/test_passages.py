from __future__ import annotations

from typing import Any

from aigaq.archive import passages

BODY = """One [Sample](person:p-1) and https://example.org/Sample here[^1].

::: note by=Editor
Two ![A picture](media/Sample.jpg "Caption") `Code`.
:::
"""


def read(sources: Any) -> dict[str, str]:
    return {str(one.span): one.words for one in passages.of(sources.linked()[0])}


def words(text: str) -> list[str]:
    return [word for _, word in passages.words(text)]


def test_a_body_is_read_by_lines_without_addresses(sources: Any) -> None:
    sources.text("t-1", body=BODY).person("p-1")

    lines = [one for one in passages.of(sources.linked()[0]) if one.is_line]

    assert [words(one.words) for one in lines] == [
        ["One", "Sample", "and", "here"],
        ["Two", "A", "picture", "Caption"],
    ]


def test_a_position_in_a_line_is_its_column(sources: Any) -> None:
    sources.text("t-1", body="One [Sample](person:p-1).\n").person("p-1")

    [line] = [one for one in passages.of(sources.linked()[0]) if one.is_line]

    assert str(line.at(line.words.index("Sample"))).endswith(":6")
    assert line.named >= {"p-1", "t-1"}


def test_headers_are_read_in_the_language_of_the_file_or_value(sources: Any) -> None:
    claim = {"about": "p-1", "what": "other", "words": {"en": "Told", "kk": "Сөз"}}
    sources.text("t-1", title="The Title", claims=[claim]).person("p-1")

    said = {one.words: one.lang for one in passages.of(sources.linked()[0])}

    assert (said["The Title"], said["Told"], said["Сөз"]) == ("en", "en", "kk")


def test_names_are_no_words_but_descriptions_are(sources: Any) -> None:
    names = [
        {"text": "Sample", "lang": "en"},
        {"text": "an Aunt", "lang": "en", "kind": "described"},
    ]
    sources.person("p-1", names=names)

    assert "an Aunt" in read(sources).values()
    assert "Sample" not in read(sources).values()


def test_what_is_not_open_is_not_read(sources: Any) -> None:
    sources.person(
        "p-1", protect="pseudonym", names=[{"text": "Rose", "lang": "en", "kind": "pseudonym"}]
    )
    sources.text("t-1", body="", protect="restricted", title="Canary")

    assert "Canary" not in read(sources).values()
