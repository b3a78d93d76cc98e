"""Files that are written aside and renamed: whoever reads one sees the old or the new, whole.

A kill leaves at most a file whose name begins with a dot, and the next writing removes it. Of
two who write one file at once, the earlier may find the place of its own removed: `OSError`.
"""

from __future__ import annotations

import hashlib
import os
import secrets
import stat
from contextlib import contextmanager
from typing import TYPE_CHECKING

from aigaq.output import folder

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


def replace(path: Path, data: bytes, *, for_all: bool = False) -> None:
    """Writes a file as `replacing` does."""
    with replacing(path, for_all=for_all) as fresh:
        fresh.write_bytes(data)


@contextmanager
def replacing(path: Path, *, for_all: bool = False, lasting: bool = True) -> Iterator[Path]:
    """A place for a file, which becomes `path` when the block ends without an error.

    It may be read by those who could read the file before it, or `for_all`. Unless it is
    `lasting`, somebody else sees to it that it survives a power cut, and that nobody else
    writes there. Raises `OSError`.
    """
    # Not longer than a name may be, and not where somebody else could have put a link.
    name = hashlib.sha256(path.name.encode("utf-8", "surrogateescape")).hexdigest()[:16]
    ours = f".{secrets.token_hex(8)}" if lasting else ""
    fresh = path.with_name(f".{name}{ours}.fresh")
    for left in path.parent.glob(f".{name}.*fresh") if lasting else (fresh,):
        left.unlink(missing_ok=True)
    before = path.stat().st_mode & 0o777 if path.is_file() else None
    mode = 0o666 if before is None else before | stat.S_IRUSR | stat.S_IWUSR
    try:
        os.close(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode))
        yield fresh
        if for_all:
            folder.for_all(fresh)
        elif before is not None:
            folder.for_all(fresh, before)
        if lasting:
            folder.flush(fresh)
        os.replace(fresh, path)  # noqa: PTH105 - says that the target may exist
    finally:
        fresh.unlink(missing_ok=True)
