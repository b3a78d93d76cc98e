"""The search index: Pagefind over slim pages, one bundle a language, always the same bytes.

Law: no Pagefind filters and one language a run; with either its files differ from run to run.
A bundle is kept in the cache by all that was fed in, so an unchanged language costs nothing.
"""

from __future__ import annotations

import hashlib
import importlib
import json
import os
import re
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from aigaq.output import cache
from aigaq.pages.page import Artifact
from aigaq.words.diagnostics import Problem, Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from aigaq.words.diagnostics import Diagnostic

_Ran = subprocess.CompletedProcess[str]

MISSING = Problem(
    "X101",
    "the search engine Pagefind is not installed, so the site would have no search",
    "Install it with `pip install pagefind_bin==1.5.2`, or build with --no-search.",
)
NOT_EXTENDED = Problem(
    "X102",
    "site.yaml asks for the extended Pagefind, and it is not installed",
    "Write `extended: auto` under `search:` (Chinese is found without it, too), or install"
    " `pagefind_bin_extended`.",
)
FAILED = Problem(
    "X103",
    'the search index for the language {language} could not be made. Pagefind says: "{reason}"',
    "Build again; if it fails again, build with --no-search and report this message.",
)

FOLDER = "search"
_OPTIONS = ("--silent", "--keep-index-url")
# What the search page loads. The stock interfaces, 0.5 MB a language, and the worker stay away.
_WANTED = re.compile(
    r"pagefind\.js|pagefind-entry\.json|pagefind\.[^/]+\.pf_meta|wasm\.[^/]+\.pagefind"
    r"|fragment/[^/]+\.pf_fragment|index/[^/]+\.pf_index"
)


def bundles(
    slim: Mapping[str, tuple[Artifact, ...]], *, cache_dir: Path | None, extended: bool = False
) -> tuple[tuple[Artifact, ...], list[Diagnostic]]:
    """The bundles of all languages, as files below `search/LANG/`.

    `cache_dir` is the site's `.cache`; None keeps nothing. One language after the other, for
    the engine takes hundreds of megabytes on a large one.
    """
    engine = _executable(extended=extended)
    if engine is None:
        return (), [(NOT_EXTENDED if extended else MISSING).at(Span("site.yaml"))]
    kept = cache.Cache(cache_dir / FOLDER) if cache_dir else None
    version = _version(engine)
    made: list[Artifact] = []
    found: list[Diagnostic] = []
    for lang, pages in sorted(slim.items()):
        key = _key(version, lang, pages)
        entry = kept.get(key) if kept else None
        if entry is not None:
            made += (Artifact(path, data) for path, data in cache.unpacked(entry))
            continue
        bundle, problems = _indexed(engine, lang, pages)
        made += bundle
        found += problems
        if kept and not problems:
            kept.put(key, cache.packed((file.path, file.data) for file in bundle))
    return tuple(made), found


# --- the engine ---


def _executable(*, extended: bool) -> Path | None:
    """`PAGEFIND_BINARY_PATH`, else the installed package, else what the system has."""
    given = os.environ.get("PAGEFIND_BINARY_PATH")
    if given:
        path = shutil.which(given)
        return Path(path).resolve() if path else None
    plain = () if extended else ("pagefind_bin",)
    for package in (*plain, "pagefind_bin_extended"):
        try:
            found: Path = importlib.import_module(package).get_executable()
        except (ImportError, FileNotFoundError):
            continue
        return found.resolve()
    path = shutil.which("pagefind_extended" if extended else "pagefind")
    return Path(path) if path else None


def _version(engine: Path) -> str:
    """What tells one engine from another: its own answer, its name, its size."""
    ran = _run(engine, "--version")
    return f"{ran.stdout.strip()} {engine.name} {engine.stat().st_size}"


def _run(engine: Path, *arguments: str, folder: Path | None = None) -> _Ran:
    """Runs the engine away from the settings that it would read from folders or environment."""
    environment = {k: v for k, v in os.environ.items() if not k.startswith("PAGEFIND_")}
    return subprocess.run(  # noqa: S603 (our own engine, our own arguments)
        [str(engine), *arguments],
        cwd=folder or engine.parent,
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        encoding="utf-8",
        errors="replace",
        check=False,
    )


def _indexed(
    engine: Path, lang: str, pages: Iterable[Artifact]
) -> tuple[tuple[Artifact, ...], list[Diagnostic]]:
    """One bundle, made in a folder of its own that is gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="aigaq-search-") as temporary:
        site, bundle = Path(temporary, "site"), Path(temporary, "bundle")
        for page in pages:
            place = site / page.path
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(page.data)
        arguments = ("--site", str(site), "--output-path", str(bundle), *_OPTIONS)
        ran = _run(engine, *arguments, folder=Path(temporary))
        if ran.returncode != 0 or not (bundle / "pagefind-entry.json").is_file():
            reason = _reason(ran, temporary)
            return (), [FAILED.at(Span("site.yaml"), language=lang, reason=reason)]
        return _collected(bundle, lang), []


def _reason(ran: _Ran, temporary: str) -> str:
    lines = [line.strip() for line in ran.stderr.splitlines() if line.strip()]
    said = " ".join(dict.fromkeys(lines)) or f"exit status {ran.returncode}"
    return said.replace(temporary, "…")[:500]


def _collected(bundle: Path, lang: str) -> tuple[Artifact, ...]:
    """The files that the search page loads, sorted; of the two engines only the one in use."""
    entry = json.loads((bundle / "pagefind-entry.json").read_bytes())
    used = {f"wasm.{one['wasm'] or 'unknown'}.pagefind" for one in entry["languages"].values()}
    files = {p.relative_to(bundle).as_posix(): p for p in bundle.rglob("*") if p.is_file()}
    return tuple(
        Artifact(f"{FOLDER}/{lang}/{name}", path.read_bytes())
        for name, path in sorted(files.items())
        if _WANTED.fullmatch(name) and (not name.startswith("wasm.") or name in used)
    )


# --- the cache ---


def _key(version: str, lang: str, pages: Iterable[Artifact]) -> str:
    """Digest of all that the bundle depends on, each part with its length."""
    state = hashlib.sha256()
    for part in (version, " ".join(_OPTIONS), _WANTED.pattern, lang):
        state.update(f"{len(part.encode())}:{part}".encode())
    for page in pages:
        state.update(f"{len(page.path.encode())}:{page.path}{len(page.data)}:".encode())
        state.update(page.data)
    return state.hexdigest()
