"""The examples of the content model, the smallest and the full ones, are valid."""

from __future__ import annotations

import datetime
from typing import Any

import pytest

from aigaq.source.schema import lists, records, site, texts
from aigaq.source.schema.dates import Protect
from aigaq.source.schema.measures import Count, Lasted, Paragraph
from aigaq.words import edtf
from aigaq.words.localised import Localised

SMALLEST_TEXT = """\
title: "If I do not look for her, who will?"
told_by: p-aa11
about: p-bb22
source: "Interview by the project, Almaty, 2024-03"
consent: c-0042
"""
FULL_TEXT = """\
kind: testimony
extent: full
voice: own
draft: true
added: 2026-11-22
title: "If I do not look for her, who will?"
title_is_quote: true
title_by: editor
summary: "A daughter looks for her mother, sentenced to twelve years."
series: [nearby]
topics: [prison, families-apart]
tags: [picket]
content_notes: [torture]
told_by:
  - {person: p-aa11, label: AIGUL}
about:
  - {person: p-bb22, of: p-aa11, relation: mother, as_told: "my mother"}
mentions: [p-cc33, g-0007, org-volunteers]
interview: {date: 2024-03-09, place: pl-almaty, by: [p-dd44], interpreter: [p-ee55],
            language: kk, conditions: "Cafe; stopped twice"}
original:
  outlet: org-example-magazine
  published: 2024-06~
  published_basis: "no date on the page; the text mentions 28 May 2024"
  url: https://example.org/story
  url_as_printed: story-29735842.html
  archived: [https://archive.example.org/abc]
  rights: permission
  rights_text: "Reprinted with the permission of Example Magazine."
  chain:
    - {outlet: org-example-first, role: first-publication, date: 2024-05~}
credits:
  - {who: p-ff66, role: photographer}
  - {who: p-gg77, role: translator, from: ru, abridged: true,
     reviewed_by: p-ee55, date: 2024-07}
claims:
  - {about: p-bb22, what: detained, status: camp, when: 2017-08,
     said: "in August of that year", where: pl-county-x, known_by: from-family,
     chain: ["husband's sister", "the narrator"], lasted: about 3 months, at: p7@3f9c}
  - {about: p-bb22, what: sentenced, years: 12, when: about 2018-04,
     parts: [{status: prison, years: 5}, {status: camp, years: 7}],
     known_by: from-official-spoken, at: p9}
  - {about: p-bb22, what: reason, reason: religion-practice, given_by: family, at: p10}
asked:
  - {by: p-aa11, to: org-embassy, for: p-bb22, how: letter, when: 2019-11, answer: none}
objects:
  - {id: ob-scarf, what: {en: "scarf"}, of: p-bb22, kept_by: p-aa11, photo: scarf.jpg}
protect: open
consent: c-0042
"""
FULL_SITE = """\
title: {en: "Placeholder Archive", kk: "Орынбасар мұрағат"}
description: {en: "Testimonies"}
address: https://archive.example.org/
languages: [en, kk, ru, ug, zh-Hans, tr]
untranslated: show-original
publisher: {name: "Placeholder Group", contact: mailto:archive@example.org}
licence: {text: CC-BY-NC-ND-4.0, data: CC-BY-4.0}
exit_link: {en: https://www.example.org/}
search: {engine: pagefind, extended: auto}
menu: [home, testimonies, people, wall, timeline, places, topics, search, about]
theme: {overrides: theme/}
wall: {country: pl-country}
mirrors: false
"""
TRANSLATION = """\
title: "If I do not look for her"
translation:
  from: kk
  by: p-gg77
  date: 2024-07
  status: draft
  machine: true
  abridged: false
  labels: {p-aa11: "АЙГҮЛ"}
  of: "3f9c 77a1"
"""
PERSON = """\
names:
  - {text: "Placeholder Name", lang: en, kind: preferred}
  - {text: "Плейсхолдер Есім", lang: kk, kind: true-name}
  - {text: "Placeholder Nm", lang: en, kind: [press-spelling, misspelling], source: t-9x2d}
  - {text: "Placeholder Reg", lang: zh-Latn, kind: registered,
     note: "religious name was not allowed"}
sort: "Name, Placeholder"
sex: female
born: 1958~
from: pl-village-x
ethnicity: kazakh
work: [teacher]
family:
  - {person: p-cc33, is: aunt, as_told: "sister"}
role: missing
photo: p-bb22.jpg
protect: open
summary: {en: "Retired teacher from village X."}
not_same_as: [p-zz99]
"""
VALID = {
    "smallest text": (texts.Text, SMALLEST_TEXT),
    "full text": (texts.Text, FULL_TEXT),
    "news with an author": (
        texts.Text,
        (
            "kind: news\ntitle: T\noriginal: {outlet: Example, rights: unclear}\n"
            "credits: {who: unknown, role: author}\n"
        ),
    ),
    "press facts in our own words": (
        texts.Text,
        (
            "kind: report\nvoice: summary\ntitle: T\ncredits: {who: p-1, role: author}\n"
            "original: {outlet: Example, published: 2019, rights: own}\n"
        ),
    ),
    "testimony published before": (
        texts.Text,
        (
            "title: T\noriginal: {url: https://example.org/a, rights: excerpt-only}\n"
            "extent: excerpt\n"
        ),
    ),
    "sealed stub": (texts.Text, "protect: sealed-until 2031-01-01\n"),
    "tombstone": (texts.Text, "protect: withdrawn\n"),
    "translation": (texts.Translation, TRANSLATION),
    "smallest translation": (
        texts.Translation,
        "title: T\ntranslation: {from: kk, machine: true}\n",
    ),
    "page": (texts.Page, "title: About\n"),
    "translated page": (texts.Page, "title: About\ntranslation: {from: kk, by: p-1}\n"),
    "person": (records.Person, PERSON),
    "smallest person": (records.Person, "names: Placeholder Name\nprotect: open\n"),
    "protected person": (
        records.Person,
        (
            "names: {text: Rose, lang: en, kind: pseudonym}\nprotect: pseudonym\n"
            'note_public: {en: "Name changed."}\n'
            "coarsen: {place: prefecture, dates: year, work: hide}\n"
        ),
    ),
    "person with initials": (records.Person, 'names: "R. K."\nprotect: initials\n'),
    "restricted person": (records.Person, "protect: restricted\n"),
    "group": (
        records.Group,
        (
            '{group: {en: grandchildren}, count: "4", of: p-bb22, minors: true,'
            " protect: group-only}"
        ),
    ),
    "place": (
        records.Place,
        (
            "type: county\nin: pl-prefecture-y\n"
            "names: [{text: X, lang: en}, {text: Икс, lang: kk},"
            ' {text: Old X, lang: en, kind: former, until: "2019"}]\nprecision: county\n'
            "at: [44.0, 81.3]\n"
        ),
    ),
    "organisation": (
        records.Organisation,
        (
            "type: advocacy\nnames: [{text: Volunteers, lang: en, kind: preferred}]\n"
            "predecessor: org-volunteers-first\n"
            'part_of: [{org: org-ministry, from: "2010", until: "2016"}]\n'
            "not_same_as: [org-volunteers-registered]\n"
        ),
    ),
    "series": (
        records.Series,
        (
            'title: {en: "Nearby"}\nintroduction: {en: "Words"}\n'
            "credits: [{who: org-volunteers, role: partner}]\norder: [t-1, t-2]\n"
        ),
    ),
    "consent card": (
        records.Consent,
        (
            "given_by: [p-aa11]\ndate: 2024-03-09\n"
            "scope: [site, translate, data-download, mirror, print]\nnames: real\n"
            'faces: narrator-only\nothers_object: "relatives inside could not be asked"\n'
            "review_after: 2027-03-09\nstatus: active\n"
        ),
    ),
    "picture": (
        records.MediaSidecar,
        (
            "alt: {en: A scarf}\ncaption: {en: C}\ncredit: p-1\nconsent: c-1\n"
            "redact: [[1, 2, 3, 4], [5, 6, 7, 8]]\n"
        ),
    ),
    "topic": (
        lists.Topic,
        'id: prison\nlabel: {en: "Prison", kk: "Түрме"}\nbroader: detention\nnote: {en: N}\n',
    ),
    "glossary entry": (
        lists.GlossaryEntry,
        "id: akim\nterm: {kk: әкім}\nmeaning: {en: mayor}\n",
    ),
    "correction": (
        lists.Correction,
        'date: 2026-11-01\nrecord: t-9x2d\nwhat: {en: "The month was given wrongly."}\n',
    ),
    "decision": (
        lists.Identity,
        'pair: [p-aa1, p-bb1]\ndecided: different\nby: "two editors"\nwhy: "Other village."\n',
    ),
    "site": (site.SiteConfig, FULL_SITE),
    "smallest site": (site.SiteConfig, "title: Placeholder\nlanguages: en\n"),
}


@pytest.mark.parametrize("name", VALID)
def test_an_example_of_the_content_model_is_valid(name: str, read: Any) -> None:
    model, text = VALID[name]
    located, found = read(model, text)
    assert [str(problem) for problem in found] == []
    assert isinstance(located.record, model)


def test_a_full_text_keeps_what_was_written(read: Any) -> None:
    text = read(texts.Text, FULL_TEXT)[0].record
    detained, sentenced, reason = text.claims
    assert text.added == datetime.date(2026, 11, 22)
    assert text.told_by[0].label == "AIGUL"
    assert text.about[0].as_told == Localised.of({"kk": "my mother"})
    assert detained.lasted == Lasted(3, "months", "about")
    assert detained.at == Paragraph("p7", "3f9c")
    assert sentenced.when == edtf.parse("about 2018-04")
    assert [part.years for part in sentenced.parts] == [5, 7]
    assert reason.given_by == "family"
    assert text.asked[0].for_ == ("p-bb22",)
    assert text.credits[1].from_ == "ru"
    assert text.rights == "permission"


def test_the_smallest_text_gets_its_defaults(read: Any) -> None:
    text = read(texts.Text, SMALLEST_TEXT)[0].record
    assert (text.kind, text.extent, text.voice, text.draft) == (
        "testimony",
        "full",
        "own",
        False,
    )
    assert text.protect == Protect("open")
    assert text.source == Localised.of({"kk": "Interview by the project, Almaty, 2024-03"})


def test_a_text_in_our_own_words_is_a_summary(read: Any) -> None:
    text = read(texts.Text, SMALLEST_TEXT + "voice: summary\n")[0].record
    assert text.extent == "summary"


def test_an_empty_value_is_an_absent_one(read: Any) -> None:
    text = read(
        texts.Text, SMALLEST_TEXT + 'kind:\nclaims: []\ntags: ["", ""]\noriginal: {url: }\n'
    )[0]
    assert text.record == read(texts.Text, SMALLEST_TEXT)[0].record


def test_a_name_without_kind_is_also_used_in_the_language_of_the_site(read: Any) -> None:
    [name] = read(records.Person, "names: Placeholder Name\nprotect: open\n")[0].record.names
    assert (name.lang, name.kind) == ("en", ("also-used",))


def test_a_seal_has_its_last_day(read: Any) -> None:
    text = read(texts.Text, "protect: sealed-until 2031-01-01\n")[0].record
    assert text.protect == Protect("sealed-until", datetime.date(2031, 1, 1))
    assert text.protect.hides


@pytest.mark.parametrize(
    ("written", "count"),
    [
        ("4", Count(4, 4)),
        ("about 12", Count(12, 12, about=True)),
        ("3 to 5", Count(3, 5)),
    ],
)
def test_a_count_is_a_number_about_one_or_between_two(
    written: str, count: Count, read: Any
) -> None:
    group = read(records.Group, f"group: sons\nprotect: open\ncount: {written}\n")[0].record
    assert group.count == count


def test_a_single_box_to_paint_over_needs_no_list_of_lists(read: Any) -> None:
    picture = read(records.MediaSidecar, "alt: A\nredact: [1, 2, 3, 4]\n")[0].record
    assert picture.redact == ((1, 2, 3, 4),)


def test_a_list_of_dates_means_one_of_these(read: Any) -> None:
    claims = "claims: {about: p-1, what: born, when: [2017, about 2018-02]}\n"
    text = read(texts.Text, SMALLEST_TEXT + claims)[0].record
    assert text.claims[0].when.notation == "[2017,2018-02~]"


def test_plain_texts_of_the_site_are_in_its_first_language(read: Any) -> None:
    made = read(site.SiteConfig, "languages: [kk, en]\ntitle: Placeholder\n")[0].record
    assert made.title == Localised.of({"kk": "Placeholder"})
    assert made.default_language == "kk"


def test_the_address_of_the_site_ends_with_a_slash(read: Any) -> None:
    made = read(site.SiteConfig, "languages: en\ntitle: T\naddress: https://example.org/a\n")[0]
    assert made.record.address == "https://example.org/a/"


@pytest.mark.parametrize("model", dict.fromkeys(model for model, _ in VALID.values()))
def test_editors_programs_get_a_json_schema_of_every_record(model: Any) -> None:
    schema = model.model_json_schema()
    assert set(schema["properties"]) == set(model.keys)
    assert schema["additionalProperties"] is False


def test_programs_can_make_records_without_a_file() -> None:
    made = texts.Text(title="T", told_by=("p-1",), claims=({"about": "p-1", "what": "born"},))
    assert made.told_by[0].person == "p-1"
    assert made.claims[0].what == "born"
