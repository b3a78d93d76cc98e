"""The form of the open data: JSON says what the schema says, and stays what it was."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any

import pytest

from aigaq.archive import public
from aigaq.pages import data_format
from aigaq.words.fragments import Block, Container, Fragment
from aigaq.words.localised import Localised

if TYPE_CHECKING:
    from collections.abc import Callable

    from aigaq.archive.public import PublicArchive

# The fields of format 2. More may come; to rename or remove one makes a new format.
FORMAT_2 = {
    "Archive": "$schema address changes contact counts description format languages left_out"
    " licence parts publisher tables title",
    "Asked": "about answer at by how said text to told_by when words",
    "Block": "address digest kind level speaker text",
    "Changes": "$schema changes format",
    "Claim": "about at because by by_words certainty chain contact court destination done_by"
    " given_by known_by lasted number origin other parts reason relation said status text value"
    " what when where with_whom words years",
    "Credit": "abridged date is_record reviewed_by role source_language who",
    "Date": "earliest edtf latest sense",
    "File": "bytes path sha256",
    "Fragment": "blocks footnotes",
    "Group": "count id label minors of page record",
    "Interview": "by conditions date interpreter language place",
    "Name": "kinds lang note since source text until",
    "Object": "at id kept_by of photo text what",
    "Organisation": "id names not_same_as page part_of predecessor record type words",
    "Original": "archived chain is_record outlet published published_basis rights rights_text"
    " url url_as_printed",
    "Person": "born ethnicity family id identities names note page photo place protect record"
    " role sex sort summary unnamed_relatives work",
    "Picture": "alt caption credit height path width",
    "Place": "at id names page precision record type within words",
    "Series": "credits id introduction page record texts title",
    "Subject": "as_told id of relation",
    "Text": "about added asked claims content_notes credits date extent id interview kind lang"
    " licence mentions objects original page pages phrases record series source tags"
    " title_by_editor title_is_quote told_by topics versions voice",
    "Topic": "broader id label note page record",
    "Translation": "abridged by date machine source status",
    "Version": "body labels lang summary title translation",
}


def test_no_field_of_a_format_goes_away() -> None:
    types = data_format.schema("")["$defs"]

    for name, fields in FORMAT_2.items():
        assert set(fields.split()) <= types[name]["properties"].keys(), name
    assert data_format.VERSION == 2


def test_a_date_has_its_notation_and_its_bounds(date: Callable[[str], Any]) -> None:
    assert data_format.value(date("2017-08~")) == {
        "edtf": "2017-08~",
        "earliest": "2017-08-01",
        "latest": "2017-08-31",
    }
    since = data_format.value(date("since 2017-05"))
    assert (since["sense"], since["earliest"]) == ("since", "2017-05-01")
    assert "latest" not in since


def test_what_is_empty_is_left_out_and_what_is_required_is_not() -> None:
    assert data_format.value(public.Count(low=0, high=2)) == {"low": 0, "high": 2}
    assert data_format.value(public.Series(id="s-1", title=Localised())) == {
        "id": "s-1",
        "title": {},
    }


def test_a_body_is_plain_text_with_addresses_and_digests() -> None:
    link = '<p>See <a href="testimony:t-9">it</a>.</p>'
    scene = Container(kind="scene", number=1)
    block = Block(
        kind="paragraph", html=link, text="See it.", line=7, address="p1", digest="d1",
        container=scene,
    )  # fmt: skip
    notes = '<p id="fn"><a href="testimony:t-9">It</a> &amp; more</p>'

    made = data_format.value(Fragment(blocks=(block,), footnotes=notes))

    assert made["footnotes"] == "It & more"
    (one,) = made["blocks"]
    assert (one["text"], one["address"], one["digest"]) == ("See it.", "p1", "d1")
    assert not {"html", "line"} & one.keys()


def test_free_words_and_labels_are_objects(archive: PublicArchive) -> None:
    text = dataclasses.replace(
        archive.texts["t-1111"], phrases=(("in August", Localised.of({"kk": "тамызда"})),)
    )

    assert data_format.value(text)["phrases"] == {"in August": {"kk": "тамызда"}}


@pytest.mark.parametrize("kind", data_format.RECORDS)
def test_every_record_type_has_a_schema_of_its_own(kind: str) -> None:
    schema = data_format.schema("https://archive.example.org/data/schema-2.json")
    name = data_format.RECORDS[kind][0].__name__

    made = schema["$defs"][name]
    assert made["properties"]["record"] == {"const": kind}
    assert made["additionalProperties"] is False
    assert made["description"]
    assert {"$ref": f"#/$defs/{name}"} in schema["oneOf"]
    assert schema["$id"].endswith("/data/schema-2.json")
