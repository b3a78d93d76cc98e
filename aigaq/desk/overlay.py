"""What the preview adds to a page: that it is not public, what is wrong, and how it reloads.

All of it is in English, marked as such, and stands at the end of the page, so that headings,
landmarks and the first stop of the Tab key stay those that readers will have.
"""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING

from aigaq.words.diagnostics import has_errors

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from aigaq.words.diagnostics import Diagnostic

    Excerpts = Mapping[Diagnostic, Sequence[str]]  # the lines that problems are at, for some

FOLDER = ".preview"  # no page of a site can be here: ids and languages begin with letters
EVENTS = f"{FOLDER}/events"
PROBLEMS = f"{FOLDER}/problems.html"
DESK = "_desk/index.html"  # nor here
_HEAD = f'<strong>Preview, not public.</strong> <a href="/{DESK}">The editor\'s desk</a>.'
SHOWN = 20  # problems on a page; the rest stands on a page of its own

_POLICY = re.compile(rb'(<meta http-equiv="Content-Security-Policy" content=")([^"]*)')
_NEEDED = ("script-src", "style-src", "connect-src")

RELOAD = """\
"use strict";
const shown = document.getElementById("aigaq-preview").dataset.version;
let stream = null;
// A browser keeps only a few connections to one host: a page in the background holds none.
function listen() {
  if (stream) stream.close();
  stream = null;
  if (document.visibilityState === "hidden") return;
  stream = new EventSource("/.preview/events");
  stream.addEventListener("version", (event) => {
    if (event.data !== shown) location.reload();
  });
}
document.addEventListener("visibilitychange", listen);
addEventListener("pagehide", () => stream && stream.close());
addEventListener("pageshow", listen);
listen();
"""

STYLE = """\
#aigaq-preview {
  position: fixed; inset: auto 0 0 0; z-index: 2147483647; max-height: 60vh; overflow: auto;
  padding: .4rem 1rem; border-top: 3px solid #b26a00; background: #fff6e0; color: #2b1d00;
  font: 1rem/1.4 system-ui, sans-serif; text-align: left;
}
#aigaq-preview[data-state="error"] { border-color: #b00020; background: #fdecee; }
#aigaq-preview p { margin: .2rem 0; }
#aigaq-preview ol { margin: .4rem 0; padding: 0 0 0 1.4rem; }
#aigaq-preview li { margin: 0 0 .5rem; }
#aigaq-preview code { font: .9em ui-monospace, monospace; }
#aigaq-preview pre { margin: .2rem 0; overflow: auto; font: .9em/1.3 ui-monospace, monospace; }
#aigaq-preview a { color: inherit; }
.aigaq-preview-page { margin: 0 auto; max-width: 46rem; padding: 1rem; }
.aigaq-preview-page #aigaq-preview { position: static; max-height: none; }
@media print { #aigaq-preview { display: none; } }
"""

FILES = {
    f"{FOLDER}/reload.js": RELOAD.encode(),
    f"{FOLDER}/banner.css": STYLE.encode(),
}


def added(
    page: bytes, version: str, problems: Sequence[Diagnostic], excerpts: Excerpts
) -> bytes:
    """`page` with the banner at its end; where a page allows no script, it allows this one."""
    page = _POLICY.sub(lambda found: found[1] + _allowing(found[2]), page, count=1)
    before, end, after = page.rpartition(b"</body>")
    said = f"<p>{_HEAD}{_last_good(problems)}</p>\n{_told(problems, SHOWN, excerpts)}"
    banner = _banner(version, problems, said).encode()
    return before + banner + end + after if end else page + banner


def page(
    title: str,
    sentence: str,
    version: str,
    problems: Sequence[Diagnostic],
    excerpts: Excerpts,
    *,
    inside: str | None = None,
) -> bytes:
    """A page of the preview's own; with nothing `inside` all problems stand in its banner."""
    told = _told(problems, len(problems), excerpts) if inside is None else ""
    said = f"<p>{_HEAD}</p>\n{told}"
    return (
        f'<!doctype html>\n<html lang="en" dir="ltr">\n<head>\n<meta charset="utf-8">\n'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{html.escape(title)}</title>\n</head>\n"
        f'<body class="aigaq-preview-page">\n<main>\n<h1>{html.escape(title)}</h1>\n'
        f"<p>{html.escape(sentence)}</p>\n{inside or ''}</main>\n"
        f"{_banner(version, problems, said)}</body>\n</html>\n"
    ).encode()


def summary(problems: Sequence[Diagnostic]) -> str:
    """How many errors and warnings there are, in words; empty without any."""
    errors = sum(problem.is_error for problem in problems)
    counts = ((errors, "error"), (len(problems) - errors, "warning"))
    return ", ".join(f"{n} {word}{'s' * (n != 1)}" for n, word in counts if n)


def _banner(version: str, problems: Sequence[Diagnostic], said: str) -> str:
    state = "error" if has_errors(problems) else "good"
    return (
        f'<link rel="stylesheet" href="/{FOLDER}/banner.css">\n'
        f'<aside id="aigaq-preview" lang="en" dir="ltr" aria-label="Preview"'
        f' data-version="{version}" data-state="{state}">\n{said}</aside>\n'
        f'<script src="/{FOLDER}/reload.js"></script>\n'
    )


def _last_good(problems: Sequence[Diagnostic]) -> str:
    if not has_errors(problems):
        return ""
    return (
        " There are errors, so this is the site as it was before them."
        " When they are mended, it goes on by itself."
    )


def _told(problems: Sequence[Diagnostic], limit: int, excerpts: Excerpts) -> str:
    """What is wrong: errors in full view, warnings behind their number."""
    errors = [problem for problem in problems if problem.is_error]
    warnings = [problem for problem in problems if not problem.is_error]
    said = f"<p>{summary(errors)}:</p>\n{_list(errors, limit, excerpts)}" if errors else ""
    if warnings:
        said += f"<details><summary>{summary(warnings)}</summary>\n"
        said += f"{_list(warnings, limit, excerpts)}</details>\n"
    return said


def _list(problems: Sequence[Diagnostic], limit: int, excerpts: Excerpts) -> str:
    rows = "".join(
        f"<li><code>{html.escape(str(one.span))}</code>: {html.escape(one.message)}"
        f" <small>({one.code})</small>{_excerpt(excerpts.get(one, ()))}"
        f"{html.escape(one.remedy)}</li>\n"
        for one in problems[:limit]
    )
    more = len(problems) - limit
    rest = f'<p><a href="/{PROBLEMS}">{more} more</a></p>\n' if more > 0 else ""
    return f"<ol>\n{rows}</ol>\n{rest}"


def _excerpt(lines: Sequence[str]) -> str:
    return f"<pre>{html.escape(chr(10).join(lines))}</pre>" if lines else "<br>"


def _allowing(policy: bytes) -> bytes:
    """The policy, with our own files allowed where it says nothing of their kind."""
    named = {part.split()[0] for part in policy.decode().split(";") if part.split()}
    missing = (f"; {name} 'self'" for name in _NEEDED if name not in named)
    return policy + "".join(missing).encode()
