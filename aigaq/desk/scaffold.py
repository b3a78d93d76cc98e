"""New files to be filled in: where they go, what they are called, and what stands in them.

Law: nothing that exists is ever changed. The id of a record tells nothing about anyone.
"""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass
from pathlib import Path
from string import Template
from typing import TYPE_CHECKING

from aigaq.source import disk, records
from aigaq.source.schema import fields, reading
from aigaq.words.diagnostics import Problem, Span, has_errors

if TYPE_CHECKING:
    import datetime
    from collections.abc import Callable, Collection, Mapping, Sequence

    from aigaq.source.schema.site import SiteConfig
    from aigaq.words.diagnostics import Diagnostic

EXISTS = Problem(
    "N001",
    'there is already a file with the id "{id}"',
    "Open that file, or choose another id; without --id you get one that is free.",
)
NO_NAME = Problem(
    "N002",
    "a page needs a name, which becomes its address",
    "Name it with --id: `aigaq new page --id about`.",
)
CANNOT_WRITE = Problem(
    "N003",
    "the new file cannot be written: {reason}",
    "Check that the folder is yours and that the disk may be written to.",
)

# Without vowels, so that no id is a word, and without what looks like something else.
ALPHABET = "23456789bcdfghjkmnpqrstvwxz"
_LENGTH = 4  # of what is random in an id; half a million ids, and longer where these run out
_TRIES = 32
_SKELETONS = Path(__file__).parent / "skeletons"
_IS_TRANSLATION = re.compile(r"^translation:", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class _Kind:
    """A kind of file: its folder, how its ids begin, and whether it is written per language."""

    folder: str
    prefix: str
    has_language: bool = False


@dataclass(frozen=True, slots=True)
class Editor:
    """Whose file it is: the language of the notes in it, and who fills it.

    `answered` gets the name of the skeleton, its text and the language of the file's own words.
    """

    lang: str = "en"
    answered: Callable[[str, str, str], str] | None = None


KINDS: Mapping[str, _Kind] = {
    "testimony": _Kind("content/testimonies", "t-", has_language=True),
    "person": _Kind("content/people", "p-"),
    "group": _Kind("content/groups", "g-"),
    "place": _Kind("content/places", "pl-"),
    "organisation": _Kind("content/organisations", "org-"),
    "consent": _Kind("content/consent", "c-"),
    "page": _Kind("content/pages", "", has_language=True),
}

Made = tuple[Path | None, list["Diagnostic"]]


def new(
    root: Path,
    kind: str,
    *,
    record_id: str | None,
    lang: str | None,
    today: datetime.date,
    editor: Editor | None = None,
) -> Made:
    """The path of a new file of `kind` (a key of `KINDS`), or why there is none.

    Without `record_id` it gets an id that nobody can guess anything from; without `lang` it is
    in the site's first language. The id of a text or page that is there already, with another
    language, starts a translation of it.
    """
    editor = editor or Editor()
    here = KINDS[kind]
    site, found = site_of(root)
    if site is None:
        return None, found
    lang = lang or site.default_language
    tree, _ = disk.scan(root)
    ids = _ids([file.path for file in tree.texts])
    problems = _objections(here, record_id, lang, site.languages)
    if problems:
        return None, problems
    record_id = record_id or free_id(here.prefix, ids)
    others = ids.get(record_id, [])
    if others and not _is_translation(here, others, lang):
        same = (path for path in others if path.endswith(f".{lang}.md"))
        return None, [EXISTS.at(Span(next(same, others[0])), id=record_id)]
    words = {"id": record_id, "lang": lang, "today": today.isoformat()}
    folder, form = here.folder, kind
    if others:
        folder = others[0].rpartition("/")[0]
        form = "translation" if kind == "testimony" else kind
        words["original"] = _original(root, others)
    ending = f"{lang}.md" if here.has_language else "yaml"
    text = Template(skeleton(form, editor.lang)).substitute(words)
    if editor.answered is not None:
        text = editor.answered(form, text, lang)
    return _write(root, f"{folder}/{record_id}.{ending}", text, record_id)


def site_of(root: Path) -> tuple[SiteConfig | None, list[Diagnostic]]:
    """What `site.yaml` says, or why it says nothing."""
    source, found = disk.read(root, "site.yaml")
    if source is None:
        return None, found
    site, found = records.settings([source])
    return (None if site is None or has_errors(found) else site.record), found


def _objections(
    kind: _Kind, record_id: str | None, lang: str, known: Sequence[str]
) -> list[Diagnostic]:
    """What is wrong with the id or the language that was asked for."""
    span = Span(kind.folder)
    if record_id is None and not kind.prefix:
        return [NO_NAME.at(span)]
    found = []
    if record_id is not None:
        shown = f'"{record_id}"'
        if not fields.is_id(record_id):
            found.append(fields.not_an_id(record_id, span, reading.UNREAD))
        elif fields.is_reserved(record_id):
            found.append(fields.RESERVED_ID.at(span, value=shown))
    if lang not in known:
        words = {"lang": f'"{lang}"', "known": ", ".join(known)}
        found.append(records.NOT_A_SITE_LANGUAGE.at(span, **words))
    return found


def _ids(paths: Sequence[str]) -> dict[str, list[str]]:
    """The files of each id, whatever their kind: an id is that of one record in the archive."""
    ids: dict[str, list[str]] = {}
    for path in paths:
        if path.count("/") > 1 and not path.startswith("content/media/"):
            ids.setdefault(path.rpartition("/")[2].partition(".")[0], []).append(path)
    return ids


def free_id(prefix: str, taken: Collection[str]) -> str:
    """An id that no record has, as short as can be had without a search."""
    length = _LENGTH
    while True:
        for _ in range(_TRIES):
            made = prefix + "".join(secrets.choice(ALPHABET) for _ in range(length))
            if made not in taken:
                return made
        length += 1


def _is_translation(kind: _Kind, others: Sequence[str], lang: str) -> bool:
    """Whether the files of an id are the same text in other languages."""
    return kind.has_language and all(
        path.startswith(f"{kind.folder}/") and not path.endswith(f".{lang}.md")
        for path in others
    )


def _original(root: Path, paths: Sequence[str]) -> str:
    """The language of the one that is no translation; of the first, where that is not clear."""
    for path in paths:
        source, _ = disk.read(root, path)
        if source is not None and not _IS_TRANSLATION.search(source.text):
            return path.split(".")[-2]
    return paths[0].split(".")[-2]


def skeleton(name: str, lang: str = "en") -> str:
    """What stands in a new file, with `$id`, `$lang`, `$today` and `$original` to be filled.

    `lang` is the language of its notes; keys and values are the same in all. Files that must
    hold no notes, of groups and consents, are in no language.
    """
    told = _SKELETONS / lang / f"{name}.txt"
    return (told if told.exists() else _SKELETONS / f"{name}.txt").read_text("utf-8")


def _write(root: Path, path: str, text: str, record_id: str) -> Made:
    place = root / path
    folders = place.relative_to(root).parents
    link = next((folder for folder in folders if (root / folder).is_symlink()), None)
    if link is not None and link != Path():
        return None, [disk.LINK.at(Span(link.as_posix()))]
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        with place.open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except FileExistsError:
        return None, [EXISTS.at(Span(path), id=record_id)]
    except OSError as error:
        return None, [CANNOT_WRITE.at(Span(path), reason=error.strerror or "?")]
    return place, []
