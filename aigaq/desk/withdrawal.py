"""Takes a text or a person out of the archive: words, translations, pictures, consent cards.

What stays is a file that says `protect: withdrawn`, and a line in the ledger, so that the id
never returns. Law: nothing is touched while anything is not committed; so git can undo all of
it until it is committed, and nothing else is lost with it.
"""

from __future__ import annotations

import re
import shutil
from dataclasses import dataclass
from typing import TYPE_CHECKING

from aigaq import pipeline
from aigaq.mirror.export import history
from aigaq.output import cache, lock, refusal, repository
from aigaq.pages import addresses
from aigaq.source import disk, ledger
from aigaq.words.diagnostics import Problem, Span

if TYPE_CHECKING:
    import datetime
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from pathlib import Path

    from aigaq.archive.private import Archive
    from aigaq.source.document import Source
    from aigaq.words.diagnostics import Diagnostic

NOT_COMMITTED = Problem(
    "N010",
    "this has changes that are not committed",
    "Commit it or undo it first: what is not committed could be lost.",
)
NOBODY = Problem(
    "N011",
    'no text and no person has the id "{id}"',
    "The id is the first part of the file's name: t-7k3q in t-7k3q.kk.md. Other records are"
    " deleted as files.",
)
ALREADY = Problem(
    "N012",
    '"{id}" is withdrawn already',
    "`aigaq check` tells if anything of it is still here.",
)

_MEDIA = "content/media/"
_STUB = {"text": "---\n{}---\n", "person": "{}"}
_FOLDERS = {"text": "content/testimonies/", "person": "content/people/"}


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """What a withdrawal does: paths from the site's folder, each in the order of the paths.

    `mentions` are the lines of other files that name what goes, by id or by name; `has_names`:
    a person goes, and with them what the leak check knew; `shared` are texts that the person
    told together with others, which are hidden with them; `addresses` are those where its pages
    stood, absolute where the site knows its own address.
    """

    ids: tuple[str, ...]
    emptied: Mapping[str, str]  # the new text of each
    deleted: tuple[str, ...]
    mentions: tuple[Span, ...]
    shared: tuple[str, ...]
    addresses: tuple[str, ...]
    has_names: bool


def withdraw(
    root: Path,
    record_id: str,
    *,
    tombstone: bool,
    today: datetime.date,
    step: Callable[[str], None],
) -> tuple[Withdrawal | None, list[Diagnostic]]:
    """Takes it out, and says what was done; or why nothing was. The commit is left to people.

    Of a person, the texts go too that nobody else told. Raises `Refused` where the disk does
    not take it or a build is running.
    """
    problems = [NOT_COMMITTED.at(Span(path)) for path in repository.uncommitted(root) or ()]
    if problems:
        return None, problems
    read = pipeline.linked(root, options=pipeline.Options(drafts=True), step=step)
    if read.archive is None:
        return None, read.problems
    kind = next((k for k in ("text", "person") if record_id in _named(read.archive, k)), "")
    if not kind:
        own = [
            p for p in read.problems if any(_is_of(p.span.path, k, record_id) for k in _STUB)
        ]
        return None, own or [NOBODY.at(Span("content"), id=record_id)]
    if _level(read.archive, kind, record_id) == "withdrawn":
        return None, [ALREADY.at(Span("content"), id=record_id)]
    sources, media, _ = disk.sources(root)
    done = _planned(read.archive, kind, record_id, sources, [file.path for file in media])
    _carry_out(root, done, tombstone=tombstone, today=today)
    return done, []


def _named(archive: Archive, kind: str) -> Mapping[str, object]:
    return archive.texts if kind == "text" else archive.people


def _level(archive: Archive, kind: str, record_id: str) -> str:
    if kind == "text":
        return archive.texts[record_id].written.record.protect.level
    return archive.people[record_id].record.protect.level


def _planned(
    archive: Archive, kind: str, record_id: str, sources: Iterable[Source], media: list[str]
) -> Withdrawal:
    told = {
        text.id: {speaker.person for speaker in text.written.record.told_by}
        for text in archive.texts.values()
    }
    theirs = [i for i, tellers in told.items() if kind == "person" and tellers == {record_id}]
    shared = [i for i, tellers in told.items() if kind == "person" and record_id in tellers]
    gone = {record_id: kind} | dict.fromkeys(sorted(theirs), "text")
    files = {source.path: source.text for source in sources}
    emptied = {_original(archive, k, i): _STUB[k] for i, k in gone.items()}
    deleted = {
        path
        for path in files
        if path not in emptied and any(_is_of(path, k, i) for i, k in gone.items())
    }
    deleted |= _cards(archive, frozenset(gone))
    deleted |= _only_in(files, media, {*emptied, *deleted})
    kept = {path: words for path, words in files.items() if path not in {*emptied, *deleted}}
    return Withdrawal(
        ids=tuple(gone),
        emptied=emptied,
        deleted=tuple(sorted(deleted)),
        mentions=tuple(_mentions(kept, [*gone, *_names(archive, gone)])),
        shared=tuple(sorted({*shared} - {*theirs})),
        addresses=tuple(_addresses(archive, gone)),
        has_names=kind == "person",
    )


def _original(archive: Archive, kind: str, record_id: str) -> str:
    if kind == "text":
        return archive.texts[record_id].written.path
    return archive.people[record_id].path


def _is_of(path: str, kind: str, record_id: str) -> bool:
    name = path.rpartition("/")[2]
    return path.startswith(_FOLDERS[kind]) and name.startswith(f"{record_id}.")


def _cards(archive: Archive, gone: frozenset[str]) -> set[str]:
    """Consent cards that only stood for what goes: they name who gave them."""
    used: dict[str, set[str]] = {}
    for text in archive.texts.values():
        for card in text.written.record.consent:
            used.setdefault(card, set()).add(text.id)
    cards = archive.consent
    return {cards[i].path for i, texts in used.items() if i in cards and texts <= gone}


def _only_in(files: Mapping[str, str], media: Iterable[str], going: set[str]) -> set[str]:
    """Pictures and recordings that nothing else names, with the files that describe them."""
    found: set[str] = set()
    for path in media:
        naming = _naming(files, path)
        if naming and naming <= going:
            found |= {path, f"{path}.yaml"} & {path, *files}
    for path in files:
        described = path.endswith(".vtt") and {p for p in found if p in files}
        if described and any(_of(path).search(files[sidecar]) for sidecar in described):
            found.add(path)
    return found


def _naming(files: Mapping[str, str], media: str) -> set[str]:
    """The records and texts that name a file; what lies beside it describes it only."""
    name = _of(media)
    return {p for p, words in files.items() if not p.startswith(_MEDIA) and name.search(words)}


def _of(media: str) -> re.Pattern[str]:
    return _whole(media.removeprefix(_MEDIA))


def _whole(name: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w.-]){re.escape(name)}(?![\w-])")


def _names(archive: Archive, gone: Mapping[str, str]) -> Iterator[str]:
    """The names of people who go: from now on no file tells the leak check what they are."""
    for record_id in gone:
        person = archive.people.get(record_id)
        yield from (name.text for name in person.record.names) if person else ()


def _mentions(files: Mapping[str, str], wanted: Iterable[str]) -> Iterator[Span]:
    """The lines that hold one of the ids or names."""
    names = re.compile("|".join(_whole(one).pattern for one in wanted), re.IGNORECASE)
    for path, words in files.items():
        for number, line in enumerate(words.splitlines(), start=1):
            if names.search(line):
                yield Span(path, number)


def _addresses(archive: Archive, gone: Mapping[str, str]) -> Iterator[str]:
    site = archive.records.site.record
    for record_id, kind in gone.items():
        for lang in site.languages:
            yield f"{site.address}{addresses.of_record(kind, record_id, lang)}"


def _carry_out(root: Path, done: Withdrawal, *, tombstone: bool, today: datetime.date) -> None:
    """The ledger first: what follows can be done again, and an id that is in it stays out."""
    with lock.held(root), refusal.disk_errors(root):
        place = root / ledger.PATH
        place.parent.mkdir(exist_ok=True)
        lines = [str(ledger.Entry(i, "withdrawn", None, today)) for i in done.ids]
        before = place.read_text("utf-8") if place.exists() else ""
        start = "" if before.endswith("\n") or not before else "\n"
        with place.open("a", encoding="utf-8", newline="\n") as file:
            file.write(start + "".join(f"{line}\n" for line in lines))
        header = "protect: withdrawn\n" + ("tombstone: true\n" if tombstone else "")
        for path, form in done.emptied.items():
            (root / path).write_text(form.format(header), encoding="utf-8", newline="\n")
        for path in done.deleted:
            (root / path).unlink()
        shutil.rmtree(root / cache.FOLDER)  # it keeps what was made of the words
        history.forget(root)  # and this what was exported of them


_PUBLISH = (
    "Run `aigaq check`, then `git add content releases` and commit, build and publish: until"
    " then the old site is readable."
)
_MENTIONS = "Read these lines, which name what is gone"
_SHARED = (
    "Others told these, too; they are hidden now. Ask them, and take out what is not theirs"
)
_HISTORY = (
    "The words are still in git's history and in every copy of it:"
    " docs/editors/when-a-name-slipped.md says how they leave it."
)
_FORGET = "Ask search engines and web archives to forget"
_MIRRORS = (
    "If you make releases for mirrors, make and sign the next one: its ledger tells them. Write"
    " to all who have copies: theirs go only if they update or delete them."
)
_NAMES = (
    "No file tells the program their names any more. Write them into the list of names that you"
    " keep outside of the folder, and run `aigaq check --names` with it."
)
_PAPER = "Destroy printed copies, and tell newspapers and partners who were given the text."
_PERSON = (
    "Tell the person what was done, and that copies which others made cannot be called back."
)


def told(done: Withdrawal) -> str:
    """What was done, and what people still have to do, as plain text."""
    steps = [
        _PUBLISH,
        *_looks(_MENTIONS, map(str, done.mentions)),
        *_looks(_SHARED, done.shared),
        *([_NAMES] if done.has_names else []),
        _HISTORY,
        *_looks(_FORGET, done.addresses),
        _MIRRORS,
        _PAPER,
        _PERSON,
    ]
    lines = [
        f"Withdrawn: {', '.join(done.ids)}.",
        *(f"  emptied  {path}" for path in done.emptied),
        *(f"  deleted  {path}" for path in done.deleted),
        f"  noted    {ledger.PATH}",
        "",
        "What people still have to do:",
        *(f"{number}. {step}" for number, step in enumerate(steps, start=1)),
    ]
    return "\n".join(lines)


def _looks(what: str, where: Iterable[str]) -> list[str]:
    listed = "".join(f"\n     {one}" for one in where)
    return [f"{what}:{listed}"] if listed else []
