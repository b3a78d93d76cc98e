"""What search engines and libraries read in a page: schema.org as JSON-LD, of open data only.

Claims are left out on purpose: schema.org has no way to say who said a thing and how they know.
Approximate dates are left out too, for `datePublished` would make them exact; so is what the
page has anyway for those who read such data (the summary) or another page (other titles).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from aigaq.pages import addresses, naming
from aigaq.pages.context import UNKNOWN

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from aigaq.archive.public import Credit, Name, Person, Text, Version
    from aigaq.pages.context import Context
    from aigaq.words.edtf import EdtfDate

SCHEMA = "https://schema.org"
_TYPES = {"news": "NewsArticle", "report": "Report", "analysis": "AnalysisNewsArticle"}
_RECORDS = {"person": "Person", "organisation": "Organization", "place": "Place"}
_EXACT = re.compile(r"[0-9]{4}(-(0[1-9]|1[0-2])(-[0-9]{2})?)?")
_LICENCES = re.compile(r"CC-(BY(?:-NC)?(?:-ND|-SA)?)-([0-9]\.[0-9])")

_FORMATS = {"json": "application/json", "csv": "text/csv"}

Node = dict[str, Any]


def of_text(text: Text, context: Context) -> Mapping[str, Any]:
    """A text in the version that this page shows; a translation names what it translates."""
    shown = text.shown_in(context.lang)
    return _full(
        {
            "@type": _TYPES.get(text.kind, "Article"),
            "@id": _url(addresses.of_record("text", text.id, shown.lang), context),
            "url": _url(context.page.path, context),
            "headline": shown.title,
            "inLanguage": shown.lang,
            **_dates(text),
            "author": _authors(text, context),
            "translator": _translators(shown, context),
            "about": [
                _named(subject.id, context)
                for subject in text.about
                if context.labels[subject.id].kind != "group"  # nobody in particular
            ],
            "keywords": [context.link(topic).phrase.text for topic in text.topics],
            "isPartOf": [_work("CreativeWorkSeries", one, context) for one in text.series],
            "isBasedOn": text.original.url if text.original else "",
            **_kin(text, shown, context),
            "publisher": _publisher(context),
            "license": _licence(text, context),
        }
    )


def of_person(person: Person, context: Context) -> Mapping[str, Any]:
    """A person; one who is protected has the public name and nothing else."""
    name = naming.in_language(person.names, context.reading)
    node: Node = {
        "@type": "Person",
        "@id": _url(context.page.path, context),
        "url": _url(context.page.path, context),
        "name": _said(name, context),
    }
    if person.protect != "open":
        return _full(node)
    return _full(
        node
        | {
            "alternateName": _alternates(person.names, name, context),
            "description": context.pick(person.summary).text,
            "gender": person.sex,
            "birthDate": _exact(person.born),
            "jobTitle": [context.pick(work).text for work in person.work],
            "image": _url(person.photo.path, context) if person.photo else "",
        }
    )


def of_site(context: Context) -> Mapping[str, Any]:
    """The archive itself, for the home page; its search is named where the address is known."""
    site = context.site
    search = f"{site.address}{context.lang}/search.html?q={{words}}" if site.address else ""
    action = {
        "@type": "SearchAction",
        "target": {"@type": "EntryPoint", "urlTemplate": search},
        "query-input": "required name=words",
    }
    return _full(
        {
            "@type": "WebSite",
            "url": _url(context.page.path, context),
            "name": context.pick(site.title).text,
            "description": context.pick(site.description).text,
            "inLanguage": context.lang,
            "publisher": _publisher(context),
            "license": _licence_address(site.licence_text),
            "potentialAction": action if search else None,
        }
    )


def of_data(context: Context, files: Iterable[str]) -> Mapping[str, Any]:
    """The open data by the paths of its files, for those who collect data sets."""
    site, texts = context.site, context.texts
    title = context.pick(site.title).text
    return _full(
        {
            "@type": "Dataset",
            "url": _url(context.page.path, context),
            "name": f"{title} — {texts.catalogue.gettext('Open data')}",
            "description": context.pick(site.description).text or title,
            "inLanguage": list(site.languages),
            "license": _licence_address(site.licence_data),
            "creator": _publisher(context),
            "isAccessibleForFree": True,
            "distribution": [
                {
                    "@type": "DataDownload",
                    "contentUrl": _url(path, context),
                    "encodingFormat": _FORMATS[path.rpartition(".")[2]],
                }
                for path in files
            ],
        }
    )


def _full(node: Node) -> Node:
    """The node without what is empty; lists of one become their one item."""
    values = {k: v[0] if isinstance(v, list) and len(v) == 1 else v for k, v in node.items()}
    return {"@context": SCHEMA, **{k: v for k, v in values.items() if v}}


def _url(path: str, context: Context) -> str:
    """Absolute where the site knows its address, else relative to the page."""
    if context.site.address:
        return context.site.address + path
    return addresses.relative(context.page.path, path)


def _exact(date: EdtfDate | None) -> str:
    return date.notation if date and _EXACT.fullmatch(date.notation) else ""


def _dates(text: Text) -> Node:
    recorded = text.interview.date if text.interview else None
    published = text.original.published if text.original else text.added
    return {"dateCreated": _exact(recorded), "datePublished": _exact(published)}


def _authors(text: Text, context: Context) -> list[Node]:
    if text.told_by:
        return [_named(narrator.person, context) for narrator in text.told_by]
    return [
        _credited(c, context) for c in text.credits if c.role == "author" and c.who != UNKNOWN
    ]


def _credited(credit: Credit, context: Context) -> Node:
    return _named(credit.who, context) if credit.is_record else _person(credit.who)


def _translators(shown: Version, context: Context) -> list[Node]:
    made = shown.translation.by if shown.translation else ()
    return [_named(who, context) if context.knows(who) else _person(who) for who in made]


def _person(name: str) -> Node:
    return {"@type": "Person", "name": name}


def _named(record_id: str, context: Context) -> Node:
    """A record that the text names, by its public name."""
    link = context.link(record_id)
    return {
        "@type": _RECORDS.get(context.labels[record_id].kind, "Thing"),
        "name": link.phrase.text,
        "@id": _url(link.path, context),
    }


def _work(kind: str, record_id: str, context: Context) -> Node:
    link = context.link(record_id)
    return {"@type": kind, "name": link.phrase.text, "@id": _url(link.path, context)}


def _kin(text: Text, shown: Version, context: Context) -> Node:
    """The original of a translation, or the translations of an original."""
    if shown.translation is not None:
        return {"translationOfWork": _version(text, text.original_version, context)}
    others = [v for v in text.versions if v.translation and v.lang in context.site.languages]
    return {"workTranslation": [_version(text, version, context) for version in others]}


def _version(text: Text, version: Version, context: Context) -> Node:
    return {
        "@type": _TYPES.get(text.kind, "Article"),
        "@id": _url(addresses.of_record("text", text.id, version.lang), context),
        "inLanguage": version.lang,
    }


def _said(name: Name, context: Context) -> Node | str:
    """A name, with its language where it is not the page's."""
    if name.lang == context.lang:
        return name.text
    return {"@value": name.text, "@language": name.lang}


def _alternates(names: Iterable[Name], shown: Name, context: Context) -> list[Node | str]:
    """The other attested names, each once; a description ("my aunt") is not a name."""
    others = {n.text: n for n in names if n.text != shown.text and "described" not in n.kinds}
    return [_said(name, context) for name in others.values()]


def _publisher(context: Context) -> Node | None:
    name = context.pick(context.site.publisher).text
    return {"@type": "Organization", "name": name} if name else None


def _licence(text: Text, context: Context) -> str:
    """The site's licence, for what is the archive's own; other rights are told on the page."""
    if text.original is not None and text.original.rights != "own":
        return ""
    return _licence_address(context.site.licence_text)


def _licence_address(name: str) -> str:
    found = _LICENCES.fullmatch(name)
    if not found:
        return ""
    return f"https://creativecommons.org/licenses/{found[1].lower()}/{found[2]}/"
