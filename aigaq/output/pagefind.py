"""The search engine Pagefind: where it is, and one run of it over pages, checked to be whole.

Law: no Pagefind filters and one language a run; with either its files differ from run to run.
"""

from __future__ import annotations

import importlib
import json
import os
import re
import shutil
import subprocess
import tempfile
import zlib
from pathlib import Path
from typing import TYPE_CHECKING

from aigaq.output import refusal
from aigaq.words.diagnostics import Problem, Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from aigaq.pages.page import Artifact
    from aigaq.words.diagnostics import Diagnostic

_Ran = subprocess.CompletedProcess[str]

FAILED = Problem(
    "X103",
    'the search index for the language {language} could not be made. Pagefind says: "{reason}"',
    "Build again; if it fails again, build with --no-search and report this message.",
)
NOT_WHOLE = Problem(
    "X104",
    "the search index for the language {language} is not whole: {reason}",
    "Most often the disk is full: free some space where the system keeps temporary files, or"
    " let TMPDIR name a folder on another disk, and build again.",
)

_OPTIONS = ("--silent", "--keep-index-url")
# What the search page loads. The stock interfaces, 0.5 MB a language, and the worker stay away.
_WANTED = re.compile(
    r"pagefind\.js|pagefind-entry\.json|pagefind\.[^/]+\.pf_meta|wasm\.[^/]+\.pagefind"
    r"|fragment/[^/]+\.pf_fragment|index/[^/]+\.pf_index"
)
_SIGNATURE = b"pagefind_dcd"  # with which every packed file begins, when it is unpacked


def executable(*, extended: bool) -> Path | None:
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


def version(engine: Path) -> str:
    """What tells one engine from another: its own answer, its name, its size."""
    ran = _run(engine, "--version")
    return f"{ran.stdout.strip()} {engine.name} {engine.stat().st_size}"


def indexed(
    engine: Path, lang: str, pages: Iterable[Artifact], *, part: int = 0
) -> tuple[Mapping[str, bytes], list[Diagnostic]]:
    """The files that a search page loads, by their names, or why there are none.

    They are made in a folder of its own that is gone afterwards. `part` is one of several of a
    language, from 0: no two of its parts give an id to two pages.
    """
    # Ids are a language and seven digits; the rest of a private tag is not looked at.
    options = ("--force-language", f"{lang}-x-{part}") if part else ()
    try:
        with tempfile.TemporaryDirectory(prefix="aigaq-search-") as temporary:
            place = Path(temporary)
            _written(pages := tuple(pages), place / "site")
            ran = _run(engine, *_arguments(place), *options, folder=place)
            if ran.returncode != 0:
                reason = _reason(ran).replace(temporary, "…")[:500]
                return {}, [FAILED.at(Span("site.yaml"), language=lang, reason=reason)]
            made = _read(place / "bundle")
    except OSError as error:
        lost = "no room is left" if refusal.is_full(error) else str(error.strerror)
    else:
        lost = _lost(made, len(pages))
    if lost:
        return {}, [NOT_WHOLE.at(Span("site.yaml"), language=lang, reason=lost)]
    return _without_other_engines(made), []


def _written(pages: Iterable[Artifact], site: Path) -> None:
    for page in pages:
        place = site / page.path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(page.data)


def _arguments(place: Path) -> tuple[str, ...]:
    return ("--site", str(place / "site"), "--output-path", str(place / "bundle"), *_OPTIONS)


def _read(bundle: Path) -> dict[str, bytes]:
    """What the search page loads, sorted."""
    files = {p.relative_to(bundle).as_posix(): p for p in bundle.rglob("*") if p.is_file()}
    return {n: p.read_bytes() for n, p in sorted(files.items()) if _WANTED.fullmatch(n)}


def _run(engine: Path, *arguments: str, folder: Path | None = None) -> _Ran:
    """Runs the engine away from the settings that it would read from folders or environment."""
    environment = {k: v for k, v in os.environ.items() if not k.startswith("PAGEFIND_")}
    command = [str(engine), *arguments]
    try:
        return subprocess.run(  # noqa: S603 (our own engine, our own arguments)
            command,
            cwd=folder or engine.parent,
            env=environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            encoding="utf-8",
            errors="replace",
            check=False,
        )
    except OSError as error:  # it is no program, or not one for this machine
        return _Ran(command, error.errno or 1, stdout="", stderr=str(error.strerror))


def _reason(ran: _Ran) -> str:
    lines = [line.strip() for line in ran.stderr.splitlines() if line.strip()]
    said = " ".join(dict.fromkeys(lines))
    if ran.returncode < 0:
        said = f"{said} (stopped by signal {-ran.returncode}; is there memory enough?)".lstrip()
    return said or f"exit status {ran.returncode}"


# --- whether a bundle is whole: on a full disk the engine leaves empty files and tells nobody


def _lost(files: Mapping[str, bytes], pages: int) -> str:
    """What is missing or torn in a bundle for so many pages, in words; empty if nothing is."""
    try:
        entry = json.loads(files["pagefind-entry.json"])
        (language,) = entry["languages"].values()
        meta = _unpacked(files[f"pagefind.{language['hash']}.pf_meta"])
        packed = (name for name in files if not name.endswith((".js", ".json")))
        torn = [name for name in packed if not _unpacked(files[name])]
    except (KeyError, ValueError, zlib.error) as error:
        return f"{type(error).__name__} {error}"
    if not files.get("pagefind.js", b"").rstrip().endswith(b"};"):
        torn.append("pagefind.js")
    prefix = language["hash"].rpartition("_")[0]
    named = set(re.findall(rb"%b_[0-9a-f]{7,}" % re.escape(prefix.encode()), meta))
    there = {n.partition("/")[2].rpartition(".")[0].encode() for n in files if "/" in n}
    fragments = sum(name.startswith("fragment/") for name in files)
    if torn or named - there or {fragments, language["page_count"]} != {pages}:
        missing = len(named - there)
        return f"{fragments} of {pages} pages, {len(torn)} files torn, {missing} missing"
    return ""


def _unpacked(data: bytes) -> bytes:
    """What a packed file holds; empty where its end or its signature is missing."""
    stream = zlib.decompressobj(wbits=31)
    found = stream.decompress(data)
    return found if stream.eof and found.startswith(_SIGNATURE) else b""


def _without_other_engines(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Of the two programs for a browser that come with a bundle, the one that it uses."""
    entry = json.loads(files["pagefind-entry.json"])
    used = {f"wasm.{one['wasm'] or 'unknown'}.pagefind" for one in entry["languages"].values()}
    return {n: data for n, data in files.items() if not n.startswith("wasm.") or n in used}
