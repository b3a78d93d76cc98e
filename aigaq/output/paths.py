"""Which names a published file may have, on every system that a mirror may run."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from aigaq.output import targets
from aigaq.words.diagnostics import Problem, Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from aigaq.words.diagnostics import Diagnostic

BAD_PATH = Problem(
    "X030",
    "a file of the site would get a name that is not allowed: {path}",
    "Names are parts joined by /, without .., backslashes, colons and control characters.",
)
TWICE = Problem(
    "X031",
    'two files of the site would get the same name: "{path}" and "{other}"',
    "Give one of the two records another id; capital letters make no difference.",
)
FILE_AND_FOLDER = Problem(
    "X032",
    'a file and a folder of the site would get the same name: "{path}" and "{other}"',
    "Give one of the two records another id.",
)

_LONGEST_NAME = 255  # bytes, on every usual file system
# Windows refuses <>:"|?*; a backslash is its separator.
_FORBIDDEN = re.compile(r'[\x00-\x1f\x7f<>:"|?*\\]')


class Register:
    """The paths of one release: every one is checked and none is given twice."""

    def __init__(self) -> None:
        self.found: list[Diagnostic] = []
        self._files: dict[str, str] = {}
        self._folders: dict[str, str] = {}

    def accepts(self, path: str) -> bool:
        """Takes `path` in; `False` if it may not be written, with the reason in `found`."""
        if not is_safe(path):
            shown = path.encode("ascii", "backslashreplace").decode("ascii")
            self.found.append(BAD_PATH.at(Span(shown), path=shown))
            return False
        folded = _folded(path)
        new_folders = list(self._new_folders(folded))
        reason = self._objection(path, folded, new_folders)
        if reason is not None:
            self.found.append(reason)
            return False
        self._files[folded] = path
        self._folders.update((folder, path) for folder in new_folders)
        return True

    def _new_folders(self, folded: str) -> Iterator[str]:
        """The folders above that no earlier path has: above a known one all are known."""
        folder = folded.rpartition("/")[0]
        while folder and folder not in self._folders:
            yield folder
            folder = folder.rpartition("/")[0]

    def _objection(
        self, path: str, folded: str, new_folders: Iterable[str]
    ) -> Diagnostic | None:
        span = Span(path)
        if folded in self._files:
            return TWICE.at(span, path=path, other=self._files[folded])
        if folded in self._folders:
            return FILE_AND_FOLDER.at(span, path=path, other=self._folders[folded])
        for folder in new_folders:
            if folder in self._files:
                return FILE_AND_FOLDER.at(span, path=path, other=self._files[folder])
        return None


def is_safe(path: str) -> bool:
    """Whether `path` is relative, stays below its root, and can be written everywhere."""
    if _FORBIDDEN.search(path) or path == targets.MARKER:
        return False
    return all(_is_safe_name(name) for name in path.split("/"))


def _is_safe_name(name: str) -> bool:
    if name in {"", ".", ".."} or name.endswith((".", " ")):
        return False
    try:
        return len(name.encode()) <= _LONGEST_NAME
    except UnicodeEncodeError:  # half of a surrogate pair
        return False


def _folded(path: str) -> str:
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", path).casefold())
