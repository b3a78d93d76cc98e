"""What others wrote becomes files of this archive: tables, web pages, folders of Markdown.

The line is the same for all: what was brought becomes a plan of files, the site's own reader
judges them, and only then, and only if somebody says so, they are written.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from aigaq.desk.importing import (
    articles,
    known_keys,
    markdown_folder,
    narrators,
    planned,
    saved_page,
    tables,
    tabular,
    wordpress,
    writing,
)
from aigaq.words.diagnostics import Problem, Span, has_errors

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from aigaq.desk.importing.articles import Article
    from aigaq.desk.importing.known_keys import Keys
    from aigaq.desk.importing.planned import Plan, Present
    from aigaq.words.diagnostics import Diagnostic

    Reader = Callable[[Path], tuple[list[Article], list[Diagnostic]]]

INSIDE = Problem(
    "I032",
    "this lies in the site's folder, where everybody can read it one day",
    "Move it out of there before you import it: beside it is kept what you call the rows, and"
    " words that may not be published.",
)

NOT_OF_ROWS = Problem(
    "I058",
    "{option} is for texts that do not say it themselves; a table says it in its rows",
    "Leave the option out, and write it into a column of the table.",
)
NOT_OF_ONE = Problem(
    "I062",
    "--by-heading divides texts on which several people speak; a row of a table is one record",
    "Leave the option out.",
)

_READERS = {
    "wordpress": wordpress.read,
    "page": saved_page.read,
    "markdown": markdown_folder.read,
}
_FORMS = {".xlsx": "xlsx", ".xml": "wordpress", ".html": "page", ".htm": "page"}


@dataclass(frozen=True, slots=True)
class Request:
    """What is asked for: the files, what they are, and whether to write.

    Without `form` they are what they look like. `kind` is what the rows of tables are, `wanted`
    is said of all articles alike.
    """

    paths: Sequence[Path]
    form: str = ""
    kind: str = ""
    wanted: articles.Wanted = field(default_factory=articles.Wanted)
    write: bool = False

    @property
    def form_of_all(self) -> str:
        first = self.paths[0]
        if self.form:
            return self.form
        if first.is_dir():
            tables_ = (one for one in first.glob("*.csv") if one.name != known_keys.NAME)
            return "csv" if any(tables_) else "markdown"
        return _FORMS.get(first.suffix.lower(), "csv")


@dataclass
class Done:
    """What an import came to: the plan, what is wrong, and what was written."""

    plan: Plan
    problems: list[Diagnostic]
    written: list[str] = field(default_factory=list)


def run(root: Path, request: Request, *, step: Callable[[str], None]) -> Done:
    """Plans, judges and, if asked, writes. Nothing is written if any problem is an error."""
    step("reading")
    here, found = planned.present(root)
    if here is None:
        return Done(planned.Plan(), found)
    home = root.resolve()
    inside = [path for path in request.paths if path.resolve().is_relative_to(home)]
    if inside:
        return Done(planned.Plan(), [INSIDE.at(Span(path.name)) for path in inside])
    beside = _beside(request.paths[0])
    keys, found = known_keys.read(beside, here.ids)
    if found:
        return Done(planned.Plan(), found)
    plan = _plan(request, here, keys)
    if plan.files:
        plan.problems = sorted({*plan.problems, *writing.judged(root, plan, step=step)})
    done = Done(plan, plan.problems)
    if request.write and not has_errors(plan.problems):
        _write(root, request.paths[0], keys, done)
    return done


def _beside(path: Path) -> Path:
    return path.absolute() if path.is_dir() else path.absolute().parent


def _words_of(path: Path) -> Path:
    """The folder for words that may not stand in the archive."""
    return path.absolute().parent / f"{path.stem}-words"


def _plan(request: Request, here: Present, keys: Keys) -> Plan:
    read = _READERS.get(request.form_of_all)
    if read is None:
        whole = tabular.plan(request.paths, here, keys, kind=request.kind)
        whole.problems += [*_not_there(request, []), *_not_of_rows(request)]
        return whole
    brought = [(path, *_read(path, request, read, here, keys)) for path in request.paths]
    named = [one for _, of_file, _, _ in brought for one in of_file]
    whole = planned.Plan(problems=_not_there(request, named))
    for path, _, texts, found in brought:
        one = articles.plan(texts, request.wanted, here, keys, path.name)
        whole.files += one.files
        whole.same += one.same
        whole.beside |= one.beside
        whole.problems += [*found, *one.problems]
    if whole.beside:
        words = {"count": len(whole.beside), "folder": _words_of(request.paths[0]).name}
        span = Span(request.paths[0].name)
        whole.problems.append(articles.BESIDE.at(span, **words))
    return whole


def _read(
    path: Path, request: Request, read: Reader, here: Present, keys: Keys
) -> tuple[list[Article], list[Article], list[Diagnostic]]:
    """What of a file can be named, what of that is to be planned, and what is wrong."""
    by_heading = request.wanted.by_heading
    brought, found = read(path)
    texts, more = narrators.not_otherwise_there(brought, here, keys, by_heading=by_heading)
    if not by_heading:
        return brought, texts, [*found, *more]
    parts, wrong = narrators.of_all(texts, request.wanted.skip)
    return [*brought, *parts], parts, [*found, *more, *wrong]


def _not_there(request: Request, texts: Sequence[Article]) -> list[Diagnostic]:
    """What somebody wanted to leave out and did not name as it is called."""
    span = Span(request.paths[0].name)
    example = next((str(one.place) for one in texts), span.path)
    return [
        articles.NOT_THERE.at(span, name=tables.seen(name), example=example)
        for name in request.wanted.skip
        if not any(articles.is_skipped(one, (name,)) for one in texts)
    ]


def _not_of_rows(request: Request) -> list[Diagnostic]:
    """What somebody said of texts, where tables say it themselves."""
    span = Span(request.paths[0].name)
    said = {name: getattr(request.wanted, name) for name in ("lang", "rights", "series")}
    found = [NOT_OF_ROWS.at(span, option=f"--{name}") for name in said if said[name]]
    divided = [NOT_OF_ONE.at(span)] if request.wanted.by_heading else []
    return [*found, *divided]


def _write(root: Path, first: Path, keys: Keys, done: Done) -> None:
    """The ids first: whatever stops the writing, the next run goes on with the same ones."""
    try:
        keys.keep(_beside(first))
        _keep_words(_words_of(first), done.plan.beside)
    except OSError as error:
        reason = error.strerror or "?"
        done.problems.append(writing.NOT_KEPT.at(Span(first.name), reason=reason))
        return
    done.written, found = writing.write(root, done.plan)
    done.problems += found


def _keep_words(folder: Path, words: dict[str, str]) -> None:
    """Files that are there stay as they are: somebody may have worked on them."""
    for name, text in words.items():
        folder.mkdir(exist_ok=True)
        if not (folder / name).exists():
            (folder / name).write_text(text, "utf-8")
