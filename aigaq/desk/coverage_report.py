"""The report on coverage: what is told in which language, and what nobody has told yet."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from aigaq.desk.sections import Row, Section
from aigaq.pages import addresses
from aigaq.words import within

if TYPE_CHECKING:
    from collections.abc import Iterator

    from aigaq.archive.public import PublicArchive, Text


def of(archive: PublicArchive) -> tuple[Section, ...]:
    """Of what readers get: drafts and what is hidden are not counted."""
    site = archive.site
    return (
        Section("What there is", tuple(_counts(archive))),
        Section("Languages", tuple(_spoken(archive, lang) for lang in site.languages)),
        Section(
            "Texts without any claim",
            tuple(
                Row(text.id, text.original_version.title, _page(text))
                for text in archive.texts.values()
                if not text.claims
            ),
            "Nothing of these stands on the page of anybody, nor in the timeline.",
        ),
        Section(
            "Claims that lead to no paragraph",
            tuple(_loose(archive)),
            "Add `at:` with the number of the paragraph, so that readers can see the words.",
        ),
        Section(
            "People of whom no text tells",
            tuple(_untold(archive)),
            "Their pages hold a name and nothing else.",
        ),
    )


def _counts(archive: PublicArchive) -> Iterator[Row]:
    kinds = Counter(text.kind for text in archive.texts.values())
    yield from (Row(kind, str(number)) for kind, number in sorted(kinds.items()))
    claims = sum(len(text.claims) for text in archive.texts.values())
    for number, what in (
        (len(archive.people), "people"),
        (len(archive.groups), "groups"),
        (len(archive.places), "places"),
        (len(archive.organisations), "organisations"),
        (claims, "claims"),
    ):
        yield Row(what, str(number))


def _spoken(archive: PublicArchive, lang: str) -> Row:
    ways: Counter[str] = Counter()
    for text in archive.texts.values():
        version = text.version(lang)
        if version is None:
            ways["not translated"] += 1
        elif version.translation is None:
            ways["original"] += 1
        else:
            made = version.translation
            machine = "by machine, " if made.machine else ""
            ways[f"{machine}{made.status}"] += 1
    return Row(lang, ", ".join(f"{number} {way}" for way, number in sorted(ways.items())))


def _loose(archive: PublicArchive) -> Iterator[Row]:
    for text in archive.texts.values():
        number = sum(not claim.at for claim in text.claims)
        if number and text.original_version.body.blocks:
            yield Row(text.id, f"{number} of {len(text.claims)}", _page(text))


def _untold(archive: PublicArchive) -> Iterator[Row]:
    told = within.Walk().texts(tuple(archive.texts.values()))
    for person in archive.people.values():
        if person.id not in told:
            page = addresses.of_record("person", person.id, archive.site.languages[0])
            yield Row(person.id, person.names[0].text if person.names else "", page)


def _page(text: Text) -> str:
    return addresses.of_record("text", text.id, text.lang)
