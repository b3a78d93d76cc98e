"""Catalogues out to translators, and back: which texts, which files, all or none."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from aigaq.archive import publish
from aigaq.desk.translating import catalogues, returned
from aigaq.output import aside
from aigaq.source import records
from aigaq.source.document import Source
from aigaq.words.diagnostics import Problem, Span

if TYPE_CHECKING:
    import datetime
    from collections.abc import Collection, Iterable, Sequence

    from aigaq.archive.private import Archive
    from aigaq.archive.public import PublicArchive
    from aigaq.desk.translating.returned import How
    from aigaq.words.diagnostics import Diagnostic

NOT_A_CATALOGUE = Problem(
    "N020",
    "this is no catalogue of a text",
    "Name a file that `aigaq translations export` made; programs must keep its header.",
)
NOT_SHOWN = Problem(
    "N025",
    "there is no text {id} that may be translated into {lang}",
    "Look at `draft`, `protect` and the consent card of the text (translate), and at the"
    " languages in site.yaml.",
)
NOT_READABLE = Problem(
    "N026",
    "as it came back this would be no file that can be read",
    "Look for marks that were opened and not closed, and for labels without a colon; or write"
    " the translation by hand.",
)

_LARGEST = 8_000_000  # bytes of a catalogue; the longest text has a twentieth of that


@dataclass(frozen=True, slots=True)
class File:
    """A file to be written, and whether it differs from what is there."""

    path: Path
    data: bytes
    is_new: bool


def exported(
    archive: Archive,
    lang: str,
    names: Collection[str],
    folder: Path,
    *,
    today: datetime.date,
    drafts: bool,
) -> tuple[list[File], list[Diagnostic]]:
    """A catalogue for each text that readers get and that may be translated, or those named."""
    public, open_ = _open(archive, lang, today, drafts=drafts)
    found = [NOT_SHOWN.at(Span("."), id=one, lang=lang) for one in sorted({*names} - open_)]
    files = []
    for name in sorted(open_ & {*names} if names else open_):
        text, path = archive.texts[name], folder / f"{name}.{lang}.po"
        one = next((t for t in text.translations if t.written.lang == lang), None)
        messages = catalogues.messages(text, public.texts[name], one)
        try:
            before = _read(path) if path.exists() else ""
            made = catalogues.written(text, messages, lang, before=before)
        except catalogues.NotACatalogueError:
            found.append(NOT_A_CATALOGUE.at(Span(str(path))))
        else:
            files.append(File(path, made.encode(), made != before))
    return files, found


def imported(
    root: Path, archive: Archive, paths: Iterable[Path], how: How, *, today: datetime.date
) -> tuple[list[File], list[Diagnostic]]:
    """The translations of catalogues that came back."""
    files: list[File] = []
    found: list[Diagnostic] = []
    for path in paths:
        file, problems = _imported(root, archive, path, how, today)
        found += problems
        files += [file] if file else []
    return files, found


def write(files: Sequence[File]) -> list[Path]:
    """Writes those that differ, each whole at once."""
    new = [file for file in files if file.is_new]
    for file in new:
        file.path.parent.mkdir(parents=True, exist_ok=True)
        aside.replace(file.path, file.data)
    return [file.path for file in new]


def _imported(
    root: Path, archive: Archive, path: Path, how: How, today: datetime.date
) -> tuple[File | None, list[Diagnostic]]:
    try:
        name, lang, said = catalogues.read(_read(path))
    except catalogues.NotACatalogueError:
        return None, [NOT_A_CATALOGUE.at(Span(str(path)))]
    public, open_ = _open(archive, lang, today, drafts=True)
    if name not in open_:
        return None, [NOT_SHOWN.at(Span(str(path)), id=name, lang=lang)]
    text = archive.texts[name]
    made, found = returned.file_of(text, public.texts[name], lang, said, how, path=str(path))
    if found or made is None:
        return None, found
    own = (one.written.path for one in text.translations if one.written.lang == lang)
    place = next(own, f"{text.written.path.rpartition('/')[0]}/{name}.{lang}.md")
    target = root / place
    before = _read(target) if target.exists() else ""
    made = _with_comments(made, before)
    if records.one(Source(place, made, ""), archive.site.record) is None:
        return None, [NOT_READABLE.at(Span(str(path)))]
    return File(target, made.encode(), made != before), []


def _with_comments(made: str, before: str) -> str:
    """With the notes that stand in the header of the file that is there."""
    header = before.split("\n---", 1)[0].split("\n")[1:]
    notes = "".join(f"{line}\n" for line in header if line.startswith("#"))
    return made.replace("---\n", f"---\n{notes}", 1)


def _read(path: Path) -> str:
    with path.open("rb") as stream:
        raw = stream.read(_LARGEST + 1)
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise catalogues.NotACatalogueError from error
    if len(raw) > _LARGEST:
        raise catalogues.NotACatalogueError
    return text


def _open(
    archive: Archive, lang: str, today: datetime.date, *, drafts: bool
) -> tuple[PublicArchive, set[str]]:
    """What readers get, and the texts that may be translated into a language of the site."""
    seen, _ = publish.seen_of(archive, publish.Options(built=today, drafts=drafts))
    public, _ = publish.of_seen(seen, today)
    if lang not in archive.site.record.languages:
        return public, set()
    return public, {
        name
        for name, scopes in seen.visible.texts.items()
        if "translate" in scopes and archive.texts[name].written.lang != lang
    }
