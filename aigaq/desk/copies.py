"""A copy of a site, shown to whoever carries it: served to the browsers of this computer alone.

Law: what is answered is what the copy's own manifest names, and what belongs beside it. What
else lies in the folder is not there for a browser, and links are not followed.
"""

from __future__ import annotations

import threading
import webbrowser
from contextlib import contextmanager
from http import HTTPStatus
from typing import TYPE_CHECKING

from aigaq.desk import serving
from aigaq.desk.serving import Answer
from aigaq.mirror import manifest, sources
from aigaq.output import refusal, targets
from aigaq.words.diagnostics import Problem, Severity, Span

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from aigaq.words.diagnostics import Diagnostic

NO_MANIFEST = Problem(
    "A110",
    "there is no SHA256SUMS here: this is no copy of a release",
    "Name the folder in which it lies. For a site of your own that is not released yet:"
    " `aigaq serve`.",
)
NO_PORT = Problem(
    "A111",
    "the copy cannot be served at port {port}: {reason}",
    "Something else is there: let --port 0 take any free port.",
)
UNCHECKED = Problem(
    "A118",
    "nobody has checked this copy: somebody may have changed what you will read",
    "Get the archive's list of signers from two places that are not this copy, and name it with"
    " --signers: docs/mirrors/verify.md.",
    Severity.WARNING,
)

_LARGEST = 1 << 28  # bytes of a manifest
_PLAIN = "text/plain; charset=utf-8"
# What has no ending, and people read.
_TEXTS = frozenset(
    {manifest.NAME, manifest.STATEMENT, manifest.LEDGER, manifest.SIGNERS, manifest.MIRRORS}
)


class Copy:
    """The files of a copy, as a browser is shown them. Raises `Refused` where there is none."""

    def __init__(self, place: Path) -> None:
        self._folder = sources.Folder(place)
        raw = sources.small(self._folder, manifest.NAME, _LARGEST)
        if raw is None:
            raise refusal.Refused(NO_MANIFEST.at(Span(str(place))))
        digests, problems = manifest.read(raw)
        if problems:
            raise refusal.Refused(*problems)
        listing = self._folder.listing()
        assert listing is not None, "a folder can be listed"
        own = {path for path in listing.files if manifest.is_detached(path)}
        self._files = frozenset((digests.keys() & listing.files) | own) - {targets.MARKER}

    def answer(self, path: str) -> Answer:
        if path in self._files:
            return self._sent(HTTPStatus.OK, path)
        if f"{path}/index.html" in self._files:
            return Answer(HTTPStatus.FOUND, to=f"{path}/")
        return self._missing()

    def versions(self) -> Iterator[str]:
        """A copy does not change while it is read."""
        return iter(())

    def _sent(self, status: HTTPStatus, path: str) -> Answer:
        kind = _PLAIN if path in _TEXTS or manifest.SIGNATURE.fullmatch(path) else ""
        try:
            file = self._folder.open(path)
        except (sources.MissingError, refusal.NotPossibleNow):
            return Answer(HTTPStatus.NOT_FOUND, b"This file cannot be read.", _PLAIN)
        return Answer(status, type=kind or serving.type_of(path), file=file)

    def _missing(self) -> Answer:
        if "404.html" in self._files:
            return self._sent(HTTPStatus.NOT_FOUND, "404.html")
        return Answer(HTTPStatus.NOT_FOUND, b"The copy has no such file.", _PLAIN)


def run(
    place: Path, *, port: int, browser: bool, say: Callable[[str], None]
) -> tuple[Diagnostic, ...]:
    """Serves the copy until the user stops it; why that is not possible, else nothing.

    `port` 0 is any free one; `browser` opens the copy there. Raises `Refused`.
    """
    try:
        with started(Copy(place), port) as address:
            say(f"The copy is at {address} and only this computer can see it.")
            say("Nothing of what is read is written down. Stop it with Ctrl+C.")
            if browser:
                webbrowser.open(address)
            threading.Event().wait()
    except OSError as error:
        return (NO_PORT.at(Span(str(place)), port=port, reason=error.strerror or error),)
    except KeyboardInterrupt:
        say("The copy is not served any more.")
    return ()


@contextmanager
def started(copy: Copy, port: int) -> Iterator[str]:
    """The address at which a copy is served while the block runs. `OSError`: no such port."""
    with serving.Server(port, copy) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
        thread.start()
        try:
            yield server.address
        finally:
            server.shutdown()
