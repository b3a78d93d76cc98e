"""A release as one ZIM file, which Kiwix reads and searches offline.

It holds the same pages and is no copy that could be verified: no two runs give the same bytes.
"""

from __future__ import annotations

import io
import os
import re
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import aigaq
from aigaq.output import aside, refusal
from aigaq.words.diagnostics import Problem, Span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from aigaq.mirror.payload import Payload

NO_ZIMWRITERFS = Problem(
    "A094",
    "there is no zimwriterfs on this computer, which makes ZIM files",
    "Install it: `apt install zim-tools`. All else works without it.",
)
NOT_MADE = Problem(
    "A095",
    "zimwriterfs made no ZIM file: {reason}",
    "See that there is room on the disk. If there is, write to those who make aigaq.",
)

_TOOL = "zimwriterfs"
_PICTURE = "illustration_48x48.png"
_TITLE, _DESCRIPTION = 30, 80  # characters, of which catalogues show no more
# ISO 639-3, by which Kiwix knows languages; three letters stand for themselves.
_CODES = dict(
    re.findall(
        r"(\w+):(\w+)",
        "en:eng kk:kaz ru:rus ug:uig zh:zho tr:tur ky:kir uz:uzb mn:mon de:deu fr:fra es:spa"
        " ja:jpn ar:ara fa:fas ur:urd ps:pus he:heb yi:yid it:ita pt:por nl:nld pl:pol uk:ukr",
    )
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shelf:
    """What a reader's list of books shows of the archive; `languages` are tags, best first."""

    title: str
    description: str
    publisher: str
    languages: Sequence[str]


def write(payload: Payload, shelf: Shelf) -> Path:
    """Makes `SITE-SEQ.zim` beside the folder, with an index of all words. Raises `Refused`."""
    place = payload.beside("zim")
    with (
        refusal.disk_errors(place),
        tempfile.TemporaryDirectory(prefix=f".{place.name}-", dir=place.parent) as folder,
    ):
        pages, made = Path(folder, "pages"), Path(folder, place.name)
        for path in payload.paths:
            if (payload.folder / path).stat().st_size:  # an empty file is an error in a ZIM
                _link(payload.folder / path, pages / path)
        (pages / _PICTURE).write_bytes(_illustration())
        _run([*_options(payload, shelf), str(pages), str(made)], made)
        with aside.replacing(place, for_all=True) as fresh:
            made.replace(fresh)
    return place


def tool() -> str:
    """Where zimwriterfs is. Raises `Refused` where it is not installed."""
    found = shutil.which(_TOOL)
    if found is None:
        raise refusal.Refused(NO_ZIMWRITERFS.at(Span(_TOOL)))
    return found


def language(tags: Sequence[str]) -> str:
    """The languages as Kiwix names them, each once.

    `mul` where it knows none of them, and for more than three: of a longer list libzim 8 makes
    an index in which nothing is found.
    """
    short = (tag.partition("-")[0] for tag in tags)
    known = (_CODES.get(tag, tag if len(tag) == 3 else "") for tag in short)
    codes = tuple(dict.fromkeys(code for code in known if code))
    return ",".join(codes) if 0 < len(codes) < 4 else "mul"


def _options(payload: Payload, shelf: Shelf) -> list[str]:
    return [
        "--welcome=index.html",
        f"--illustration={_PICTURE}",
        f"--language={language(shelf.languages)}",
        f"--title={_short(shelf.title, _TITLE)}",
        f"--description={_short(shelf.description or shelf.title, _DESCRIPTION)}",
        f"--creator={shelf.publisher or shelf.title}",
        f"--publisher={shelf.publisher or shelf.title}",
        f"--name={payload.name}",
        f"--source={payload.release.site}",
        f"--scraper=aigaq {aigaq.__version__}",
    ]


def _short(text: str, most: int) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= most else f"{plain[: most - 1].rstrip()}…"


def _run(arguments: list[str], made: Path) -> None:
    # Chinese has no spaces: without this a whole sentence would be one word of the index.
    own = {**os.environ, "LC_ALL": "C.UTF-8", "XAPIAN_CJK_NGRAM": "1"}
    done = subprocess.run(  # noqa: S603
        [tool(), *arguments],
        env=own,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
    )
    if done.returncode or not made.is_file():
        said = (done.stdout + done.stderr).decode("utf-8", "replace").strip().splitlines()
        reason = said[-1][:200] if said else f"its status is {done.returncode}"
        raise refusal.Refused(NOT_MADE.at(Span(made.name), reason=reason))


def _link(old: Path, new: Path) -> None:
    new.parent.mkdir(parents=True, exist_ok=True)
    try:
        new.hardlink_to(old)
    except OSError as error:
        if refusal.is_full(error):
            raise
        shutil.copyfile(old, new)


def _illustration() -> bytes:
    """The icon of the site, drawn anew: lines of a page on a dark ground."""
    from PIL import Image, ImageDraw  # noqa: PLC0415 - slow to load, and seldom needed

    scale = 12
    picture = Image.new("RGBA", (32 * scale, 32 * scale))
    draw = ImageDraw.Draw(picture)
    last = 32 * scale - 1
    draw.rounded_rectangle((0, 0, last, last), radius=4 * scale, fill="#1f2a33")
    for top, right in ((8, 23), (14, 23), (20, 18)):
        draw.rectangle(
            (9 * scale, top * scale, right * scale, int((top + 2.4) * scale)), fill="#f4efe6"
        )
    out = io.BytesIO()
    picture.resize((48, 48), Image.Resampling.LANCZOS).save(out, "PNG")
    return out.getvalue()
