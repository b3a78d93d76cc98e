"""Every mistake is found at its place, with a code of its own and a way out.

In a text, ▸ marks the place where the problem must be found. Keys of the smallest valid record
are added below what a row writes, unless the row writes them itself or begins with "only".
"""

from __future__ import annotations

from typing import Any

import pytest

from aigaq.source.document import Scalar, Sequence
from aigaq.source.schema import lists, records, site, texts, validate
from aigaq.source.schema.reading import Model
from aigaq.words.diagnostics import Span

SMALLEST: dict[type[Model], dict[str, str]] = {
    texts.Text: {
        "title": "T",
        "told_by": "p-1",
        "about": "p-2",
        "source": "Interview",
        "consent": "c-1",
    },
    texts.Translation: {"title": "T", "translation": "{from: kk, by: p-1}"},
    texts.Page: {"title": "T"},
    records.Person: {"names": "Placeholder Name", "protect": "open"},
    records.Group: {"group": "sons", "protect": "open"},
    records.Place: {"names": "X"},
    records.Organisation: {"names": "X"},
    records.Series: {"title": "X"},
    records.Consent: {"given_by": "p-1", "scope": "site"},
    records.MediaSidecar: {"alt": "A scarf"},
    lists.Topic: {"id": "prison", "label": "Prison"},
    lists.GlossaryEntry: {"id": "akim", "term": "akim", "meaning": "mayor"},
    lists.Correction: {"date": "2026-11-01", "record": "t-1", "what": "W"},
    lists.Identity: {"pair": "[p-1, p-2]", "decided": "same", "by": "editors"},
    site.SiteConfig: {"title": "T", "languages": "[en, kk]"},
}
T, TR, P, G = texts.Text, texts.Translation, records.Person, records.Group
PL, S, C, M = records.Place, site.SiteConfig, records.Consent, records.MediaSidecar

MISTAKES: list[tuple[type[Model], str, str, str]] = [
    # keys
    (T, "▸told-by: p-1", "S001", 'Did you mean "told_by"?'),
    (T, "▸Topics: prison", "S001", 'Did you mean "topics"?'),
    (T, "▸date: 2024", "S001", "interview: {date: …}"),
    (T, "▸id: t-1", "S001", "name of the file"),
    (T, "▸author: X", "S001", "role: author"),
    (T, "▸rights: own", "S001", "belongs into original:"),
    (T, "▸zzz: 1", "S001", "Known here: kind"),
    (T, "claims: [{about: p-1, what: born, ▸person: p-1}]", "S001", "about:"),
    (T, "claims:\n  - about: p-1\n    what: born\n    ▸place: pl-1", "S001", "where:"),
    (T, "interview: {▸when: 2024}", "S001", "Known here: date"),
    (TR, "▸told_by: p-1", "S001", "original only"),
    (P, "▸gender: female", "S001", "sex:"),
    (P, "family: [{person: p-1, ▸relation: aunt, is: aunt}]", "S001", "is:"),
    (S, "▸licens: X", "S001", 'Did you mean "licence"?'),
    (S, "▸url: https://example.org", "S001", "address:"),
    (C, "▸form: X", "S001", "Known here: given_by"),
    # missing
    (T, "only ▸told_by: p-1\nsource: S\nconsent: c-1", "S002", "title_by: editor"),
    (T, "claims: [▸{what: born}]", "S002", "id of the person or group"),
    (T, "claims: [▸{about: p-1}]", "S002", "kind of claim"),
    (T, "asked: [▸{by: p-1}]", "S002", "letter, picket"),
    (T, "told_by:\n  - ▸label: AIGUL", "S002", "person: …"),
    (T, "told_by: [p-1, p-3]\nabout: [▸{person: p-2, relation: mother}]", "S002", "Add of:"),
    (T, "about: [▸{person: p-2, of: p-1}]", "S002", "Add relation:"),
    (TR, "only ▸title: T", "S002", '"translation: …"'),
    (TR, "translation: ▸{by: p-1}", "S002", "language tag of the original"),
    (P, "only ▸names: Placeholder Name", "S002", "protect: open"),
    (P, "only ▸protect: open", "S002", "names: with at least one"),
    (G, "only ▸group: sons", "S002", "protect: group-only"),
    (C, "only ▸given_by: p-1", "S002", "Add scope:"),
    (S, "only ▸title: T", "S002", "languages: [en, kk]"),
    (S, "only title: T\n▸languages: []", "S002", "languages: [en, kk]"),
    # lists
    (T, "kind: ▸testimoni", "S003", 'Did you mean "testimony"?'),
    (T, "kind: ▸Interview", "S003", 'Did you mean "interview"?'),
    (T, "extent: ▸whole", "S003", "full, excerpt, summary"),
    (T, "content_notes: [torture, ▸sexual violence]", "S003", '"sexual-violence"?'),
    (T, "claims: [{about: p-1, what: ▸arrested}]", "S003", "detained, held"),
    (T, "claims: [{about: p-1, what: held, status: ▸jail}]", "S003", "prison"),
    (T, "claims: [{about: p-1, what: born, certainty: ▸80%}]", "S003", "confirmed, likely"),
    (T, "original: {rights: ▸copyright}", "S003", "own, permission"),
    (T, "asked: [{how: ▸mail}]", "S003", "petition, letter"),
    (T, "protect: ▸private", "S003", "sealed-until DATE"),
    (T, "protect: ▸seal", "S003", "open, initials"),
    (TR, "translation: {from: kk, by: p-1, status: ▸reviewd}", "S003", "draft, reviewed"),
    (P, "names: {text: X, kind: [preferred, ▸real]}", "S003", "preferred"),
    (P, "sex: ▸f", "S003", "female, male"),
    (PL, "type: ▸villige", "S003", '"village"?'),
    (C, "scope: [site, ▸web]", "S003", "site, translate"),
    (S, "untranslated: ▸hide", "S003", "show-original, link"),
    (S, "search: {extended: ▸yes}", "S003", "auto, true, false"),
    # shapes
    (T, "title: ▸[a, b]", "S004", "quotes"),
    (T, "interview: ▸Almaty", "S004", "Write keys with values"),
    (T, "claims: ▸detained", "S004", "about, what"),
    (T, "claims: [{about: p-1, what: born, when: ▸{year: 2017}}]", "S004", "2017-08"),
    (T, "tags: ▸{a: b}", "S004", "one text"),
    (PL, "at: ▸Almaty", "S004", "latitude, longitude"),
    (M, "redact: ▸all", "S004", "[[120, 40, 200, 90]]"),
    (TR, "translation: {from: kk, by: p-1, labels: ▸AIGUL}", "S004", "for each speaker"),
    # ids, languages, answers, numbers, addresses
    (T, "told_by: ▸Aigul", "S005", "small Latin letters"),
    (T, "mentions: [p-1, ▸p_2]", "S005", "p-7k3q"),
    (T, "objects: [{id: ▸page-1, what: W}]", "S006", "Choose another id"),
    (lists.Topic, "id: ▸index", "S006", "Choose another id"),
    (T, "interview: {language: ▸kz}", "S007", 'Did you mean "kk"?'),
    (P, "names: {text: X, lang: ▸zh-hans}", "S007", 'Did you mean "zh-Hans"?'),
    (P, "summary: {en: X, ▸cn: Y}", "S007", 'Did you mean "zh-Hans"?'),
    (S, "title: {▸english: T}", "S007", "en, kk, ru"),
    (T, "draft: ▸yes", "S008", "true or false"),
    (G, "minors: ▸True", "S008", "true or false"),
    (T, "claims: [{about: p-1, what: sentenced, years: ▸life}]", "S009", "years: unknown"),
    (PL, "at: [▸81.3.4, 44]", "S009", "latitude first"),
    (PL, "at: [▸143.2, 44]", "S009", "latitude first"),
    (M, "redact: [[▸ten, 1, 2, 3]]", "S009", "digits only"),
    (T, "original: {url: ▸example.org/story}", "S010", "https://"),
    (T, "original: {archived: [▸'javascript:alert(1)']}", "S010", "https://"),
    (T, "original: {url: ▸'https://me:secret@example.org/'}", "S010", "user name"),
    (G, "count: ▸some", "S011", "about 4"),
    (G, "count: ▸5 to 3", "S011", "3 to 5"),
    (T, "claims: [{about: p-1, what: born, lasted: ▸two weeks}]", "S012", "about 2 years"),
    # dates
    (T, "added: ▸2026-11", "S014", "2026-11-22"),
    (T, "added: ▸2026-02-30", "S014", "2026-11-22"),
    (T, "protect: ▸sealed-until 2030", "S014", "2026-11-22"),
    (T, "protect: ▸sealed-until", "S019", "sealed-until 2030-01-01"),
    (T, "interview: {date: ▸09.03.2024}", "D008", "2024-03-09"),
    (T, "claims: [{about: p-1, what: born, when: ▸some day}]", "D001", "unknown"),
    (T, "claims: [{about: p-1, what: born, when: [2017, ▸some day]}]", "D001", "2017-08"),
    (T, "interview: {date: ▸2 years before interview}", "S018", "2024-03"),
    # paragraphs, files, labels
    (T, "claims: [{about: p-1, what: born, at: ▸7}]", "S015", "p7"),
    (T, "claims: [{about: p-1, what: born, at: ▸'#t7'}]", "S015", "p7"),
    (P, "photo: ▸../secret.jpg", "S016", "scarf.jpg"),
    (P, "photo: ▸/home/me/a.jpg", "S016", "from that folder on"),
    (P, "photo: ▸'a\\b.jpg'", "S016", "forward slashes"),
    (S, "theme: {overrides: ▸../mine}", "S016", "theme/"),
    (T, "told_by: {person: p-1, label: ▸'AIGUL:'}", "S017", "AIGUL"),
    # claims
    (T, "claims: [▸{about: p-1, what: detained}]", "S020", "camp, prison"),
    (T, "claims: [▸{about: p-1, what: sentenced}]", "S020", "years: unknown"),
    (T, "claims: [▸{about: p-1, what: reason, reason: assembly}]", "S020", "given_by:"),
    (T, "claims: [▸{about: p-1, what: other}]", "S020", "Add words:"),
    (T, "claims: [▸{about: p-1, what: family-member, other: p-2}]", "S020", "relation:"),
    (T, "claims: [{about: p-1, what: born, ▸status: camp}]", "S021", "second claim"),
    (T, "claims: [{about: p-1, what: contact, ▸years: 3}]", "S021", "contact, with"),
    (
        T,
        "claims: [{about: p-1, what: reason, reason: ▸other, given_by: family}]",
        "S022",
        "words: …",
    ),
    (T, "asked: [{how: ▸other}]", "S022", "words: …"),
    (PL, "type: ▸other", "S022", "words: …"),
    # where a text comes from, who told it, who allowed it
    (T, "only ▸title: T\ntold_by: p-1\nconsent: c-1", "S030", "interview:"),
    (T, "only ▸title: T\nsource: S\nconsent: c-1", "S031", "Add told_by:"),
    (T, "only ▸title: T\nsource: S\ntold_by: p-1", "S031", "Add consent:"),
    (
        T,
        "only ▸title: T\nkind: interview\ntold_by: p-1\noriginal: {rights: own}",
        "S031",
        "Add consent:",
    ),
    (
        T,
        "kind: report\nsource:\ncredits: {who: X, role: author}\n▸interview: {date: 2024}",
        "S032",
        "Add source:",
    ),
    (T, "▸kind: news", "S033", "who: unknown"),
    (T, "kind: news\n▸credits: {who: X, role: editor}", "S033", "role: author"),
    (
        T,
        "only title: T\n▸original: {url: https://example.org/a}",
        "S034",
        "rights: unclear",
    ),
    (
        T,
        "original: {url: https://example.org/a, rights: ▸excerpt-only}",
        "S035",
        "extent: excerpt",
    ),
    (
        T,
        "extent: ▸summary\noriginal: {url: https://example.org/a, rights: excerpt-only}",
        "S035",
        "rights: own",
    ),
    (T, "voice: summary\nextent: ▸full", "S036", "voice: own"),
    (
        T,
        "told_by: [{person: p-1, label: A}, {person: p-2, label: ▸A}]",
        "S038",
        "label of their own",
    ),
    (
        T,
        "told_by: {person: p-1, label: A}\ninterview: {by: {person: p-2, label: ▸A}}",
        "S038",
        "label of their own",
    ),
    (TR, "translation: ▸{from: kk}", "S041", "machine: true"),
    (TR, "translation: {from: ▸en, by: p-1}", "S042", "name"),
    (TR, "translation: {from: kk, by: p-1, of: ▸3f9c XYZ}", "S043", "Delete the line"),
    # protected people
    (
        P,
        "protect: pseudonym\nnames: {text: Rose, kind: pseudonym}\n▸born: 1980",
        "S050",
        "Delete",
    ),
    (
        P,
        "protect: restricted\nnames: A. B.\n▸family: {person: p-1, is: aunt}",
        "S050",
        "Delete",
    ),
    (
        P,
        "protect: initials\nnames: {text: A. B., ▸note: her real name is known}",
        "S050",
        "Delete",
    ),
    (P, "protect: pseudonym\nnames: {text: ▸Real Name, lang: en}", "S051", "kind: pseudonym"),
    (P, "protect: initials\nnames: ▸Li Wu", "S051", "full stops"),
    (P, "protect: initials\nnames: ▸李伍", "S051", "full stops"),
    (
        P,
        "protect: pseudonym\nnames: {text: ▸Real Name, kind: [pseudonym, true-name]}",
        "S051",
        "at once",
    ),
    (P, "▸coarsen: {dates: year}", "S052", "protect: pseudonym"),
    # media
    (M, "redact: [▸[1, 2, 3]]", "S053", "from the left"),
    (M, "redact: [▸[1, 2, 0, 3]]", "S053", "from the left"),
    (M, "sha256: ▸abc", "S054", "sha256sum"),
    (M, "only ▸caption: C", "S056", "alt:"),
    # lists of one file
    (lists.Identity, "pair: ▸[p-1, p-1]", "S060", "two ids"),
    (lists.Identity, "pair: ▸[p-1]", "S060", "p-1, p-2"),
    (lists.Topic, "id: prison\nbroader: ▸prison", "S061", "another topic"),
    # the site
    (S, "languages: [en, kk, ▸en]", "S070", "Delete one"),
    (S, "languages: [en, ▸zzx]", "S071", "Check the tag"),
    (S, "address: ▸example.org", "S072", "https://"),
    (S, "address: ▸https://example.org/?a=1", "S072", "https://"),
    (S, "address: ▸https://example.org/#top", "S072", "https://"),
    (S, "publisher: {name: X, contact: ▸archive@example.org}", "S073", "mailto:"),
    (S, "menu: [home, ▸About us]", "S005", "small Latin letters"),
]


def written(model: type[Model], row: str) -> tuple[str, int, int]:
    """The whole YAML of a row, and the line and column that it marks."""
    text = row.removeprefix("only ")
    before = text.partition("▸")[0]
    own = {line.partition(":")[0].lstrip("▸") for line in text.split("\n")}
    rest = {} if row.startswith("only ") else SMALLEST[model]
    lines = [text.replace("▸", ""), *(f"{k}: {v}" for k, v in rest.items() if k not in own)]
    column = len(before.rpartition("\n")[2]) + 1
    return "\n".join(lines) + "\n", before.count("\n") + 1, column


@pytest.mark.parametrize("model", SMALLEST)
def test_what_the_mistakes_are_added_to_is_valid(model: type[Model], read: Any) -> None:
    text, _, _ = written(model, "")
    assert [str(problem) for problem in read(model, text)[1]] == []


@pytest.mark.parametrize(
    ("model", "row", "code", "way_out"), MISTAKES, ids=[f"{m[2]} {m[1]}" for m in MISTAKES]
)
def test_a_mistake_is_found_at_its_place_with_a_way_out(
    model: type[Model], row: str, code: str, way_out: str, read: Any
) -> None:
    text, line, column = written(model, row)
    located, found = read(model, text)
    places = [(d.code, d.span.line, d.span.column) for d in found]
    assert places == [(code, line, column)], [str(problem) for problem in found]
    assert located is None
    assert way_out in found[0].remedy, found[0].remedy


def test_there_are_enough_mistakes_in_the_table() -> None:
    assert len(MISTAKES) >= 100


def test_several_mistakes_come_back_at_once_in_the_order_of_the_file(read: Any) -> None:
    text = """\
kind: testimoni
titel: T
told_by: Aigul
claims:
  - {about: p-1, what: detained, when: 31.12.2017, at: 7}
  - {what: arrested}
  - {about: p-1, what: sentenced, years: life, parts: [{status: jail, years: 1}]}
original: {url: example.org}
"""
    _, found = read(texts.Text, text)
    assert [(d.code, d.span.line, d.span.column) for d in found] == [
        ("S002", 1, 1),
        ("S003", 1, 7),
        ("S001", 2, 1),
        ("S005", 3, 10),
        ("S020", 5, 5),
        ("D008", 5, 40),
        ("S015", 5, 56),
        ("S002", 6, 5),
        ("S003", 6, 12),
        ("S009", 7, 42),
        ("S003", 7, 65),
        ("S010", 8, 17),
    ]


@pytest.mark.parametrize("node_text", ["[a, b]", "just words"])
@pytest.mark.parametrize("model", SMALLEST)
def test_a_record_that_is_no_mapping_is_refused(
    model: type[Model], node_text: str, read: Any
) -> None:
    span = Span("content/x.yaml", 1, 1)
    node = Sequence((Scalar("a", span),), span) if "[" in node_text else Scalar("words", span)
    located, found = validate.record(model, node, path="content/p-1.en.md", language="en")
    assert located is None
    assert "S004" in {problem.code for problem in found}


def test_an_empty_file_misses_its_required_keys() -> None:
    _, found = validate.record(
        records.Person, None, path="content/people/p-1.yaml", language="en"
    )
    assert [(d.code, str(d.span)) for d in found] == [
        ("S002", "content/people/p-1.yaml:1:1"),
        ("S002", "content/people/p-1.yaml:1:1"),
    ]
