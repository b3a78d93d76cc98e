"""Archives in memory, from source texts through the real reader, told one record a line.

    def test_a_narrator_is_public(sources):
        sources.person("p-1").text("t-1", told_by="p-1")
        assert "p-1" in sources.publish().people

Every record is valid as it stands. Keywords are the keys of the file: `None` leaves one out,
and a trailing underscore is dropped (`from_`, `in_`). No person here exists.
"""

from __future__ import annotations

import datetime
import hashlib
import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import pytest

from aigaq.archive import link, publish, visibility
from aigaq.archive.visible import Seen
from aigaq.source import records
from aigaq.source.document import Source
from aigaq.source.markup import convert
from aigaq.words.diagnostics import Diagnostic, has_errors

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from aigaq.archive.private import Archive
    from aigaq.archive.public import Picture, PublicArchive
    from aigaq.source.records import Records
    from aigaq.words.fragments import Fragment

BUILT = datetime.date(2026, 11, 22)


class Sources:
    """Files by path. Whatever writes returns the builder, and replaces what was there."""

    def __init__(self) -> None:
        self.files: dict[str, str] = {}
        self.site()

    # What is written by hand

    def write(self, path: str, text: str) -> Sources:
        self.files[path] = text
        return self

    def site(self, **fields: Any) -> Sources:
        config = {"title": "Placeholder Archive", "languages": ["en", "kk", "ug"]}
        return self.write("site.yaml", _mapping(config | fields))

    def text(
        self, record: str, lang: str = "en", body: str = "Words.\n", **fields: Any
    ) -> Sources:
        """A text that was published before and whose rights are our own: nobody must exist."""
        header = {
            "kind": "news",
            "title": f"Title of {record}",
            "original": {"outlet": "Example Daily", "published": "2020-05-02", "rights": "own"},
            "credits": [{"who": "Placeholder Reporter", "role": "author"}],
        }
        return self.with_body(f"testimonies/{record}.{lang}", header | fields, body)

    def testimony(
        self, record: str, lang: str = "en", body: str = "Words.\n", **fields: Any
    ) -> Sources:
        """A text told by `p-n` with the card `c-n`, unless you say else; both are made."""
        if "told_by" not in fields:
            fields["told_by"] = "p-n"
            self._unless_there("people/p-n", lambda: self.person("p-n"))
        if "consent" not in fields:
            giver, fields["consent"] = fields["told_by"], "c-n"
            self._unless_there("consent/c-n", lambda: self.consent("c-n", given_by=giver))
        header = {"title": f"Title of {record}", "source": "Interview by the project"}
        return self.with_body(f"testimonies/{record}.{lang}", header | fields, body)

    def translation(
        self, record: str, lang: str, body: str = "Other words.\n", **fields: Any
    ) -> Sources:
        header = {
            "title": f"Title of {record} in {lang}",
            "translation": {"from": "en", "machine": True},
        }
        return self.with_body(f"testimonies/{record}.{lang}", header | fields, body)

    def page(
        self, slug: str, lang: str = "en", body: str = "Words.\n", **fields: Any
    ) -> Sources:
        return self.with_body(
            f"pages/{slug}.{lang}", {"title": f"Title of {slug}"} | fields, body
        )

    def person(self, record: str, **fields: Any) -> Sources:
        """A person, open unless you say else; a protected one has a pseudonym alone."""
        protect = fields.get("protect", "open")
        kind = "preferred" if protect == "open" else "pseudonym"
        names = [{"text": f"Placeholder {record}", "lang": "en", "kind": kind}]
        return self.record("people", record, {"names": names, "protect": "open"} | fields)

    def group(self, record: str, **fields: Any) -> Sources:
        return self.record("groups", record, {"group": "people", "protect": "open"} | fields)

    def place(self, record: str, **fields: Any) -> Sources:
        return self.record("places", record, {"names": _names(record)} | fields)

    def organisation(self, record: str, **fields: Any) -> Sources:
        return self.record("organisations", record, {"names": _names(record)} | fields)

    def series(self, record: str, **fields: Any) -> Sources:
        return self.record("series", record, {"title": f"Title of {record}"} | fields)

    def consent(self, record: str, **fields: Any) -> Sources:
        scope = ["site", "translate", "data-download", "mirror"]
        return self.record("consent", record, {"given_by": "p-n", "scope": scope} | fields)

    def sidecar(self, file: str, **fields: Any) -> Sources:
        return self.record("media", file, {"alt": "A placeholder"} | fields)

    def listed(self, name: str, *entries: Mapping[str, Any]) -> Sources:
        """A list: topics, glossary, corrections, identities."""
        lines = [f"- {_flow(entry)}\n" for entry in entries]
        return self.write(f"content/{name}.yaml", "".join(lines))

    def topics(self, *ids: str, **broader: str) -> Sources:
        entries = [{"id": i, "label": i.title(), "broader": broader.get(i)} for i in ids]
        return self.listed("topics", *entries)

    def record(self, folder: str, record: str, fields: Mapping[str, Any]) -> Sources:
        return self.write(f"content/{folder}/{record}.yaml", _mapping(fields))

    def with_body(self, name: str, fields: Mapping[str, Any], body: str) -> Sources:
        return self.write(f"content/{name}.md", f"---\n{_mapping(fields)}---\n{body}")

    def _unless_there(self, name: str, make: Callable[[], object]) -> None:
        if f"content/{name}.yaml" not in self.files:
            make()

    # What becomes of it

    def read(self) -> tuple[Records, list[Diagnostic]]:
        sources = [
            Source(path, text, hashlib.sha256(text.encode()).hexdigest())
            for path, text in sorted(self.files.items())
        ]
        read, found = records.read(sources)
        assert read is not None, found
        return read, found

    def linked(self) -> tuple[Archive, list[Diagnostic]]:
        """The linked archive and every problem up to there."""
        read, found = self.read()
        converted = dict(_bodies(read))
        bodies = {path: body for path, (body, _) in converted.items()}
        told = [problem for _, problems in converted.values() for problem in problems]
        broken = {problem.span.path for problem in told if problem.is_error}
        archive, more = link.archive(read, bodies, broken=broken)
        return archive, sorted({*found, *told, *more})

    def published(
        self,
        *,
        built: datetime.date = BUILT,
        drafts: bool = False,
        pictures: Mapping[str, Picture] | None = None,
    ) -> tuple[PublicArchive, list[Diagnostic]]:
        """The public archive and every problem up to there; what came before is no error."""
        archive, before = self.linked()
        assert not has_errors(before), "\n".join(map(str, before))
        options = publish.Options(built=built, drafts=drafts, pictures=pictures)
        made, found = publish.view_of(archive, options)
        return made, sorted({*before, *found})

    def publish(self, **options: Any) -> PublicArchive:
        """The public archive of sources in which nothing is wrong."""
        made, found = self.published(**options)
        assert not has_errors(found), "\n".join(map(str, found))
        return made

    def seen(self) -> Seen:
        """What may be named, with nobody decided to be another."""
        archive, _ = self.linked()
        return Seen(archive, visibility.of(archive, built=BUILT)[0], {}, {})

    def codes(self) -> tuple[str, ...]:
        """The codes of all problems up to linking."""
        return tuple(problem.code for problem in self.linked()[1])

    def found(self, code: str) -> list[Diagnostic]:
        """The problems of one code, up to linking."""
        return [problem for problem in self.linked()[1] if problem.code == code]

    def the(self, code: str) -> Diagnostic:
        """The only problem of one code, up to linking."""
        [problem] = self.found(code)
        return problem


def _bodies(read: Records) -> Iterator[tuple[str, tuple[Fragment, list[Diagnostic]]]]:
    """As the pipeline does: a translation may have labels of its own."""
    labels = {}
    for text in read.texts:
        interviewers = text.record.interview.by if text.record.interview else ()
        speakers = (*text.record.told_by, *interviewers)
        labels[text.id] = {s.person: s.label for s in speakers if s.label}
        yield text.path, _converted(text, labels[text.id])
    for one in read.translations:
        own = labels.get(one.id, {}) | dict(one.record.translation.labels)
        yield one.path, _converted(one, own)
    for page in read.pages:
        yield page.path, _converted(page, {})


def _converted(written: Any, labels: Mapping[str, str]) -> tuple[Fragment, list[Diagnostic]]:
    return convert.convert(
        written.body,
        path=written.path,
        first_line=written.body_line,
        labels=tuple(labels.values()),
        language=written.lang,
    )


def _names(record: str) -> list[dict[str, str]]:
    return [{"text": f"Name of {record}", "lang": "en", "kind": "preferred"}]


def _mapping(fields: Mapping[str, Any]) -> str:
    """Keys and values, one a line, as an editor would write them."""
    return "".join(
        f"{key.removesuffix('_')}: {_flow(value)}\n"
        for key, value in fields.items()
        if value is not None
    )


def _flow(value: Any) -> str:
    if isinstance(value, Mapping):
        inside = (
            f"{key.removesuffix('_')}: {_flow(v)}" for key, v in value.items() if v is not None
        )
        return f"{{{', '.join(inside)}}}"
    if isinstance(value, list | tuple):
        return f"[{', '.join(map(_flow, value))}]"
    if isinstance(value, bool):
        return "true" if value else "false"
    return json.dumps(str(value), ensure_ascii=False)


@pytest.fixture
def new_sources() -> Callable[[], Sources]:
    """Makes further sources, for tests that compare."""
    return Sources


@pytest.fixture
def sources() -> Sources:
    return Sources()
