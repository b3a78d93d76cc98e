"""All source files of a site become records: each file by its folder, each with its schema."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Generic, Protocol, TypeVar

from aigaq.source import captions, characters, frontmatter
from aigaq.source.document import Mapping, Scalar
from aigaq.source.schema import drafts, lists, reading, validate
from aigaq.source.schema import records as models
from aigaq.source.schema import texts as bodied
from aigaq.source.schema.reading import Model
from aigaq.source.schema.site import SiteConfig
from aigaq.source.schema.validate import Located
from aigaq.words.diagnostics import Problem, Span, has_errors

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from aigaq.source.document import Document, Node, Source
    from aigaq.words.diagnostics import Diagnostic

NO_SITE = Problem(
    "S080",
    "there is no site.yaml",
    'Add one; the smallest holds `title: "…"` and `languages: [en]`.',
)
MISPLACED = Problem(
    "S081",
    "no kind of record lives here",
    "Texts go into content/testimonies, people into content/people, and so on;"
    " docs/content-model.md has the whole list.",
)
NOT_A_SITE_LANGUAGE = Problem(
    "S082",
    "{lang} is not one of the site's languages",
    "Add it to `languages` in site.yaml, or rename the file to one of {known}.",
)

OTHER_FOLDER = Problem(
    "S083",
    "these are the keys of {other}, not of {here}",
    "Move the file to content/{folder}, or correct its keys.",
)

M = TypeVar("M", bound=Model)

_PROTECT = re.compile(r"\W?".join("protect"), re.IGNORECASE)
_NOTE = re.compile(r"content/[A-Z]+\.md")
_ONE_A_FILE: dict[str, tuple[str, type[Model]]] = {
    "people": ("person", models.Person),
    "groups": ("group", models.Group),
    "places": ("place", models.Place),
    "organisations": ("organisation", models.Organisation),
    "series": ("series", models.Series),
    "consent": ("consent", models.Consent),
}
ALL = ""
SITE = "site.yaml"
TOPICS = "content/topics.yaml"
_LISTS: dict[str, type[Model]] = {
    TOPICS: lists.Topic,
    "content/glossary.yaml": lists.GlossaryEntry,
    "content/corrections.yaml": lists.Correction,
    "content/identities.yaml": lists.Identity,
}


@dataclass(frozen=True, slots=True)
class Written(Generic[M]):
    """A record with a body in one language. Line 1 of `body` is `body_line` of the file."""

    located: Located[M]
    lang: str
    body: str
    body_line: int

    @property
    def record(self) -> M:
        return self.located.record

    @property
    def id(self) -> str:
        return self.located.id

    @property
    def path(self) -> str:
        return self.located.path


@dataclass(frozen=True, slots=True)
class Unfinished:
    """The words of a draft whose header still lacks something; they are only checked."""

    path: str
    id: str
    lang: str
    body: str
    body_line: int


@dataclass(frozen=True, slots=True)
class Records:
    """Everything that was written, in the order of the files.

    `unread` are ids and kinds of files that are left out, for their errors or as `unfinished`:
    whoever names them is not wrong. `ALL` is every id of a kind, in a list that is no list.
    """

    site: Located[SiteConfig]
    unread: tuple[tuple[str, str], ...] = ()
    unfinished: tuple[Unfinished, ...] = ()
    texts: tuple[Written[bodied.Text], ...] = ()
    translations: tuple[Written[bodied.Translation], ...] = ()
    pages: tuple[Written[bodied.Page], ...] = ()
    people: tuple[Located[models.Person], ...] = ()
    groups: tuple[Located[models.Group], ...] = ()
    places: tuple[Located[models.Place], ...] = ()
    organisations: tuple[Located[models.Organisation], ...] = ()
    series: tuple[Located[models.Series], ...] = ()
    consent: tuple[Located[models.Consent], ...] = ()
    sidecars: tuple[Located[models.MediaSidecar], ...] = ()
    transcripts: tuple[captions.Transcript, ...] = ()
    topics: tuple[Located[lists.Topic], ...] = ()
    glossary: tuple[Located[lists.GlossaryEntry], ...] = ()
    corrections: tuple[Located[lists.Correction], ...] = ()
    identities: tuple[Located[lists.Identity], ...] = ()


class Kept(Protocol):
    """Files that were read before, each with one record and nothing wrong."""

    def get(self, source: Source) -> tuple[str, object] | None:
        """The field of `Records`, and the record."""

    def put(self, source: Source, name: str, value: object) -> None:
        """What was read now."""


@dataclass(slots=True)
class _Gathered:
    """What has been read so far, by the field of `Records` that it belongs to."""

    site: SiteConfig
    fields: dict[str, list[object]] = field(default_factory=dict)
    found: list[Diagnostic] = field(default_factory=list)

    def add(self, name: str, *values: object) -> None:
        self.fields.setdefault(name, []).extend(values)

    def unread(self, path: str, kind: str) -> None:
        record_id, _ = validate.file_id(path)
        self.add("unread", *([(record_id, kind)] if record_id else []))

    def unfinished(self, document: Document, lang: str) -> None:
        record_id, _ = validate.file_id(document.path)
        draft = Unfinished(document.path, record_id, lang, document.body, document.body_line)
        self.add("unfinished", draft)


def read(
    sources: Iterable[Source], *, lost: Iterable[str] = (), kept: Kept | None = None
) -> tuple[Records | None, list[Diagnostic]]:
    """Every record that can be read, and what is wrong with others; None without site.yaml.

    Up to site.yaml all `sources` are held; those behind it are asked for one after the other.
    `lost` are paths of files that are there and could not be had, known once all are asked for:
    they count as unread, too. `kept` has records that were read before, with this site.yaml.
    """
    ahead, every = itertools.tee(sources)
    site, found = settings(ahead)
    del ahead  # else all would be held
    if site is None:
        return None, found
    gathered = _Gathered(site.record, found=found)
    for source in every:
        _file_once(source, gathered, kept)
    for path in lost:
        kind = _kind_at(path)
        if kind:
            gathered.unread(path, kind)
        elif path == TOPICS:
            gathered.add("unread", (ALL, "topic"))
    fields = {name: tuple(values) for name, values in gathered.fields.items()}
    return Records(site, **fields), sorted(gathered.found)  # type: ignore[arg-type]


def _file_once(source: Source, gathered: _Gathered, kept: Kept | None) -> None:
    """`_file`, if it was not read before."""
    if known := kept and kept.get(source):
        gathered.add(*known)
        return
    own = _Gathered(gathered.site)
    _file(source, own)
    for name, values in own.fields.items():
        gathered.add(name, *values)
    gathered.found += own.found
    if kept and not own.found and [*map(len, own.fields.values())] == [1]:
        ((name, (value,)),) = own.fields.items()
        kept.put(source, name, value)


def one(source: Source, site: SiteConfig) -> Written[Any] | None:
    """The one record with a body in a file; None if anything is wrong with that file."""
    gathered = _Gathered(site)
    _file(source, gathered)
    made = [one for values in gathered.fields.values() for one in values]
    if has_errors(gathered.found) or len(made) != 1 or not isinstance(made[0], Written):
        return None
    return made[0]


def _kind_at(path: str) -> str:
    """The kind of record that a file of this path holds, or none."""
    folder = path.split("/")[1] if path.count("/") > 1 else ""
    with_body = {"testimonies": "text", "pages": "page"}
    return with_body.get(folder) or _ONE_A_FILE.get(folder, ("",))[0]


def settings(
    sources: Iterable[Source],
) -> tuple[Located[SiteConfig] | None, list[Diagnostic]]:
    """What site.yaml says."""
    source = next((s for s in sources if s.path == SITE), None)
    if source is None:
        return None, [NO_SITE.at(Span(SITE))]
    node, found = frontmatter.record(source)
    if node is None:
        return None, found
    site, more = validate.record(SiteConfig, node, path=source.path, language="")
    return site, [*found, *more]


def _file(source: Source, gathered: _Gathered) -> None:
    parts = source.path.split("/")
    folder = parts[1] if len(parts) > 2 else ""
    if folder in {"testimonies", "pages"} and source.path.endswith(".md"):
        _with_body(source, gathered, folder)
    elif folder in _ONE_A_FILE and source.path.endswith(".yaml"):
        _of_folder(source, gathered, folder)
    elif folder == "media" and source.path.endswith(".yaml"):
        _one(source.path, _node(source, gathered), gathered, "sidecars", models.MediaSidecar)
    elif folder == "media" and source.path.endswith(".vtt"):
        transcript, found = captions.read(source)
        gathered.add("transcripts", transcript)
        gathered.found += found
    elif source.path in _LISTS:
        _list(source, gathered)
    elif not _is_no_record(source.path):
        gathered.found.append(MISPLACED.at(Span(source.path)))


def _is_no_record(path: str) -> bool:
    """Settings, and notes to editors beside the folders: README.md, SOURCES.md."""
    return path == SITE or _NOTE.fullmatch(path) is not None


def _of_folder(source: Source, gathered: _Gathered, folder: str) -> None:
    """The one record of a file, of the kind of its folder, where it does not look astray."""
    node, found = frontmatter.record(source)
    gathered.found += found
    hidden = _in_doubt(source, node, found)
    home = _home(node, folder)
    (_, here), (kind, there) = _ONE_A_FILE[folder], _ONE_A_FILE[home]
    if home != folder:
        words = {"here": here.noun, "other": there.noun, "folder": home}
        gathered.found.append(OTHER_FOLDER.at(Span(source.path), **words))
    elif _one(source.path, node, gathered, folder, here, hidden=hidden):
        return
    gathered.unread(source.path, kind)


def _home(node: Node | None, folder: str) -> str:
    """The folder whose records have the keys of `node`; `folder` in doubt."""
    keys = {key.text for key, _ in node.entries} if isinstance(node, Mapping) else set()
    if len(keys.difference(_ONE_A_FILE[folder][1].keys)) < 2:
        return folder
    strange = {
        name: len(keys.difference(model.keys)) for name, (_, model) in _ONE_A_FILE.items()
    }
    best = min(strange, key=strange.__getitem__)
    # One key may be a slip; two that are at home elsewhere are none.
    return best if strange[folder] - strange[best] >= 2 else folder


def _node(source: Source, gathered: _Gathered) -> Node | None:
    node, found = frontmatter.record(source)
    gathered.found += found
    return node


def _in_doubt(source: Source, node: Node | None, found: list[Diagnostic]) -> bool:
    """Whether a line that may hide the record is among those that could not be read."""
    if not has_errors(found):
        return False
    keys = {key.text for key, _ in node.entries} if isinstance(node, Mapping) else set()
    nearly = sum(map(_begins_nearly_so, source.text.split("\n")))
    written = max(nearly, len(_PROTECT.findall(source.text)))
    return written > ("protect" in keys)


def _begins_nearly_so(line: str) -> bool:
    """Whether the key of a line may have been meant as `protect`, with two slips in it."""
    words = (re.split("[:=：]", line, maxsplit=1)[0], *line.split(maxsplit=1)[:1])
    return any(map(_is_nearly_so, {re.sub(r"[\W\d_]", "", word) for word in words}))


@lru_cache(maxsize=1024)
def _is_nearly_so(letters: str) -> bool:
    folded = letters.casefold().translate(characters.LATIN)
    return 4 < len(folded) < 11 and SequenceMatcher(None, folded, "protect").ratio() >= 0.7


def _one(
    path: str,
    node: Node | None,
    gathered: _Gathered,
    name: str,
    model: type[Model],
    *,
    hidden: bool = False,
) -> bool:
    """Whether the one record of a file could be read."""
    if node is None:
        return False
    language = gathered.site.default_language
    located, more = validate.record(model, node, path=path, language=language, hidden=hidden)
    gathered.found += more
    gathered.add(name, *([located] if located else []))
    return located is not None


def _list(source: Source, gathered: _Gathered) -> None:
    node, found = frontmatter.record(source)
    entries, more = validate.listed(
        _LISTS[source.path], node, path=source.path, language=gathered.site.default_language
    )
    gathered.found += [*found, *more]
    gathered.add(source.path.removeprefix("content/").removesuffix(".yaml"), *entries)
    if source.path == TOPICS and node is None:
        gathered.add("unread", (ALL, "topic"))
    elif source.path == TOPICS:
        read_well = {entry.id for entry in entries}
        bad = (i for i in _written_ids(node) if i not in read_well)
        gathered.add("unread", *((topic_id, "topic") for topic_id in bad))


def _written_ids(node: Node | None) -> Iterator[str]:
    """The ids of a list's entries, of those with errors, too."""
    for entry in reading.items(node):
        if isinstance(entry, Mapping):
            written = reading.Written(entry).get("id")
            yield from [written.text] if isinstance(written, Scalar) else []


def _with_body(source: Source, gathered: _Gathered, folder: str) -> None:
    lang, found = validate.file_language(source.path)
    known = gathered.site.languages
    if lang and lang not in known:
        found = [NOT_A_SITE_LANGUAGE.at(Span(source.path), lang=lang, known=", ".join(known))]
    document, more = frontmatter.parse(source, language=lang)
    gathered.found += [*found, *more]
    hidden = _in_doubt(source, document.header if document else None, more)
    located = _header(document, gathered, folder, lang, hidden=hidden) if document else None
    if document and located and not found:
        written = Written(located, lang, document.body, document.body_line)
        gathered.add(_field_of(located.record), written)
    else:
        gathered.unread(source.path, _kind_at(source.path))


def _header(
    document: Document, gathered: _Gathered, folder: str, lang: str, *, hidden: bool
) -> Located[Model] | None:
    """The record of a file with a body, which is judged together with it."""
    model = bodied.Page if folder == "pages" else bodied.model_of(document.header)
    located: Located[Model] | None
    located, found = validate.record(
        model, document.header, path=document.path, language=lang, hidden=hidden
    )
    found = drafts.softened(document, found)
    gathered.found += found
    if located is None and not has_errors(found):
        gathered.unfinished(document, lang)
    if located and isinstance(located.record, bodied.Text):
        gathered.found += bodied.body_problems(
            located.record, document.body, path=document.path, body_line=document.body_line
        )
    return located


def _field_of(record: Model) -> str:
    if isinstance(record, bodied.Page):
        return "pages"
    return "translations" if isinstance(record, bodied.Translation) else "texts"
