"""The site while it is written: served from memory, drafts included, made anew at every change.

Laws: the preview runs the code that publishes, and writes nothing but the site's `.cache/`.
While the sources have errors, the last good state stays, with the errors over it.
Where only the words of a text were changed, its pages come first, and the rest follows.
"""

from __future__ import annotations

import datetime
import secrets
import threading
import time
import webbrowser
from contextlib import contextmanager
from dataclasses import dataclass, field
from http import HTTPStatus
from pathlib import Path
from typing import TYPE_CHECKING

from aigaq import pipeline
from aigaq.desk import dashboard, excerpts, overlay, serving, watching
from aigaq.desk.edition import Edition
from aigaq.desk.serving import Answer
from aigaq.output import refusal
from aigaq.pipeline import collecting
from aigaq.words.diagnostics import Problem, Span, has_errors

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from aigaq.words.diagnostics import Diagnostic

NO_PORT = Problem(
    "V001",
    "the preview cannot use port {port}: {reason}",
    "Another preview may be running: stop it, or let --port 0 take any free port.",
)
FAILED = Problem(
    "V002",
    "aigaq has failed here ({kind} in {place}); this is a fault of the program, not yours",
    "Please report this line. Undo your last change if you have to go on at once.",
)

PAUSE = 1.0  # seconds without a change after which all is read, where pages were shown first
_DESK = frozenset({"_desk", "_desk/", overlay.DESK})
_IDLE = 15.0  # seconds between two signs of life in a stream of events


@dataclass(frozen=True, slots=True)
class State:
    """What is shown. `problems` are of the latest reading, `edition` of the last good one.

    `excerpts` are the lines that the first errors are at.
    """

    version: str
    edition: Edition | None
    problems: tuple[Diagnostic, ...]
    excerpts: Mapping[Diagnostic, Sequence[str]] = field(default_factory=dict)


class Preview:
    """The site of a folder, as a browser is shown it. Several threads may ask at once.

    One thread tells of changes, and shows pages at once where it can; another one reads all.
    """

    def __init__(self, root: Path, say: Callable[[str], None]) -> None:
        self._root = root
        self._say = say
        self._run = secrets.token_hex(4)  # so that a browser notices a new run, too
        self._changed = threading.Condition()
        self._closed = False
        self._due: float | None = None  # when all is to be read
        self._worked_out: tuple[State, str] | None = None  # the desk
        self._meanwhile: list[str] = []  # files whose pages were shown since that began
        self._state = State(f"{self._run}-0", None, ())

    def read(self) -> None:
        """Read the sources again and show what they say now."""
        began = time.monotonic()
        with self._changed:
            self._meanwhile = []
        edition, problems = self._prepared()
        with self._changed:
            for path in self._meanwhile if edition else ():
                edition = self._retouched(edition, path) or edition
            self._show(edition or self._state.edition, problems)
        self._report(problems, time.monotonic() - began)

    def changed(self, paths: frozenset[str]) -> None:
        """Show what these files say now: their pages, if only words were changed, else all."""
        began = time.monotonic()
        with self._changed:
            edition, path = self._state.edition, ""
            if edition and len(paths) == 1 and not has_errors(self._state.problems):
                path = Path(next(iter(paths))).relative_to(self._root).as_posix()
            shown = self._retouched(edition, path) if path else None
            if shown:
                self._meanwhile.append(path)
                self._show(shown, self._state.problems)
            self._due = time.monotonic() + (PAUSE if shown else 0)
            self._changed.notify_all()
        if shown:
            self._say(f"Shown in {time.monotonic() - began:.2f} s: {path}. The rest follows.")

    def keep_reading(self, settle: Callable[[], None]) -> None:
        """Read all whenever it is due, until the end; `settle` after each time."""
        while self._is_due():
            self.read()
            settle()

    def _is_due(self) -> bool:
        """Waits until all is to be read; false at the end."""
        with self._changed:
            while not self._closed:
                left = None if self._due is None else self._due - time.monotonic()
                if left is not None and left <= 0:
                    self._due = None
                    return True
                self._changed.wait(left)
        return False

    def _show(self, edition: Edition | None, problems: Iterable[Diagnostic]) -> None:
        """To be called with the lock."""
        number = int(self._state.version.rpartition("-")[2]) + 1
        found = tuple(problems)
        errors = [one for one in found if one.is_error][: overlay.SHOWN]
        lines = {one: excerpts.of(self._root, one) for one in errors}
        self._state = State(f"{self._run}-{number}", edition, found, lines)
        self._changed.notify_all()

    def _retouched(self, edition: Edition | None, path: str) -> Edition | None:
        """An edition with the pages of one text made anew; None where that will not do."""
        try:
            made = pipeline.retouched(edition.prepared, self._root, path) if edition else None
        except Exception:  # whatever it is: to read all finds and tells it
            return None
        return edition.retouched(made) if edition and made else None

    def close(self) -> None:
        """End all streams of events."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()

    def versions(self) -> Iterator[str]:
        """The version that is shown now, then each later one; empty texts in idle times."""
        told = ""
        while (version := self._next(told)) is not None:
            yield version if version != told else ""
            told = version

    def _next(self, told: str) -> str | None:
        """The version to be shown after `told`, or `told` after a while; `None` at the end."""
        with self._changed:
            self._changed.wait_for(lambda: self._closed or self._state.version != told, _IDLE)
            return None if self._closed else self._state.version

    def answer(self, path: str) -> Answer:
        """To a request for `path`, from what the last good state of the sources makes of it."""
        state = self._state
        if path in overlay.FILES:
            return Answer(HTTPStatus.OK, overlay.FILES[path], serving.type_of(path))
        if path == overlay.PROBLEMS:
            return _own(HTTPStatus.OK, "Problems", "What was found at the last look.", state)
        if path in _DESK and state.edition:
            return self._desk(state, state.edition)
        if state.edition is None:
            said = "The content has errors. When they are mended, the site appears by itself."
            return _own(HTTPStatus.SERVICE_UNAVAILABLE, "Nothing to show yet", said, state)
        return _found(path, state, state.edition)

    def _desk(self, state: State, edition: Edition) -> Answer:
        """What waits for an editor, worked out once for each state: names take a while."""
        known = self._worked_out
        if known is None or known[0] is not state:
            seen = edition.prepared.seen
            assert seen is not None, "a preview has one"
            today = datetime.datetime.now(datetime.UTC).date()
            known = state, dashboard.page(seen.archive, state.problems, today)
            self._worked_out = known
        said = "What waits, the most urgent first. Nobody else sees this page."
        words = (state.version, state.problems, state.excerpts)
        page = overlay.page("The editor's desk", said, *words, inside=known[1])
        return Answer(HTTPStatus.OK, page)

    def _prepared(self) -> tuple[Edition | None, list[Diagnostic]]:
        options = pipeline.Options(drafts=True)
        try:
            ready, problems, _ = pipeline.prepare(self._root, options=options, step=_silence)
        except refusal.Refused as refused:
            return None, list(refused.diagnostics)
        except Exception as error:  # the preview outlives a fault of the program
            return None, [_fault(error)]
        return (Edition(ready, self._root) if ready else None), problems

    def _shows_older(self, problems: list[Diagnostic]) -> bool:
        return has_errors(problems) and self._state.edition is not None

    def _report(self, problems: list[Diagnostic], seconds: float) -> None:
        for problem in problems:
            if problem.is_error:
                self._say(str(problem))
        counted = overlay.summary(problems) or "no problems"
        stays = "; the last good state stays" if self._shows_older(problems) else ""
        self._say(f"Read in {seconds:.1f} s: {counted}{stays}.")


def run(
    root: Path, *, port: int, browser: bool, say: Callable[[str], None]
) -> tuple[Diagnostic, ...]:
    """Show the site until the user stops it; why that is not possible, else nothing.

    `port` 0 is any free one; `browser` opens the site there; `say` takes lines of progress.
    """
    try:
        say("Reading the site.")
        with started(root, port=port, say=say) as address:
            say(f"The preview is at {address} and only this computer can see it.")
            say("It writes nothing into the site's folder but .cache/. Stop it with Ctrl+C.")
            if browser:
                webbrowser.open(address)
            threading.Event().wait()
    except OSError as error:
        return (NO_PORT.at(Span(str(root)), port=port, reason=error.strerror or error),)
    except KeyboardInterrupt:
        say("The preview has ended.")
    return ()


@contextmanager
def started(root: Path, *, port: int, say: Callable[[str], None]) -> Iterator[str]:
    """The address at which the site is served while the block runs.

    Raises `OSError` where the port cannot be had.
    """
    preview = Preview(root, say)
    with serving.Server(port, preview) as server, collecting.while_others_wait() as settle:
        tree = watching.Tree(root)
        preview.read()
        settle()
        thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
        thread.start()
        try:
            reader = threading.Thread(target=preview.keep_reading, args=(settle,), daemon=True)
            reader.start()
            with watching.watched(root, tree, preview.changed):
                yield server.address
        finally:
            preview.close()
            server.shutdown()
            reader.join()


def _found(path: str, state: State, edition: Edition) -> Answer:
    """The file at `path`; else the site's own words for one that is not there."""
    try:
        made, problems = edition.file(path)
        if made is None and not problems and edition.has_page(f"{path}/index.html"):
            return Answer(HTTPStatus.FOUND, to=f"{path}/")
        status = HTTPStatus.OK
        if made is None and not problems and edition.has_page("404.html"):
            status = HTTPStatus.NOT_FOUND
            made, problems = edition.file("404.html")
    except Exception as error:  # the preview outlives a fault of the program
        made, problems = None, [_fault(error)]
    if made is None:
        return _missing(state, problems)
    if not made.path.endswith(".html"):
        return Answer(status, made.data, serving.type_of(made.path))
    return Answer(
        status, overlay.added(made.data, state.version, state.problems, state.excerpts)
    )


def _missing(state: State, problems: list[Diagnostic]) -> Answer:
    if not problems:
        return _own(HTTPStatus.NOT_FOUND, "No such page", "The site has no file here.", state)
    told = State(state.version, None, tuple(problems))
    said = "This part of the site cannot be made. When that is mended, it appears by itself."
    return _own(HTTPStatus.INTERNAL_SERVER_ERROR, "Not possible", said, told)


def _own(status: HTTPStatus, title: str, sentence: str, state: State) -> Answer:
    return Answer(
        status, overlay.page(title, sentence, state.version, state.problems, state.excerpts)
    )


def _fault(error: Exception) -> Diagnostic:
    """What can be passed on: the place is ours, the message may hold private words."""
    step = error.__traceback__
    while step and step.tb_next:
        step = step.tb_next
    place = f"{Path(step.tb_frame.f_code.co_filename).name}:{step.tb_lineno}" if step else "?"
    return FAILED.at(Span("aigaq"), kind=type(error).__name__, place=place)


def _silence(_: str) -> None:
    """Steps of a reading that is over in a moment."""
