"""The search engine Pagefind: where it is, and one run of it over pages, checked to be whole.

Law: no Pagefind filters and one language a run; with either its files differ from run to run.
The pages are told to it one after the other, sorted: it numbers them as they come, and in a
folder they come as the file system likes, which is another order on every disk. So nothing of
them lies in a temporary folder, either, which a killed build would leave behind.
"""

from __future__ import annotations

import base64
import binascii
import importlib
import json
import os
import re
import shutil
import subprocess
import zlib
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from itertools import islice
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from aigaq.words.diagnostics import Problem, Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from aigaq.pages.slim_page import Fed
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
    "Build again; if it fails again, build with --no-search and report this message.",
)

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
    engine: Path, lang: str, pages: Iterable[Fed], *, frame: Fed | None = None, part: int = 0
) -> tuple[Mapping[str, bytes], list[Diagnostic]]:
    """The files that a search page loads, by their names, or why there are none.

    The engine is told a `frame` before all pages; it gives the fields of metadata their order.
    `part` is one of several of a language, from 0: no two of its parts give an id to two pages.
    """
    told = [*([frame] if frame else []), *sorted(pages, key=lambda page: page.path)]
    # Ids are a language and seven digits; the rest of a private tag is not looked at.
    forced = {"force_language": f"{lang}-x-{part}"} if part else {}
    ran, answers = _spoken(engine, _requests(told, {"keep_index_url": True, **forced}))
    fault = next((one["message"] for one in answers if one["type"] == "Error"), "")
    if ran.returncode != 0 or fault:
        reason = (fault or _reason(ran))[:500]
        return {}, [FAILED.at(Span("site.yaml"), language=lang, reason=reason)]
    try:
        made = _files(answers)
    except (LookupError, binascii.Error) as error:
        lost = f"{type(error).__name__} {error}"
    else:
        lost = _lost(made, len(told))
    if lost:
        return {}, [NOT_WHOLE.at(Span("site.yaml"), language=lang, reason=lost)]
    return _without_other_engines(made), []


def _requests(pages: Iterable[Fed], config: Mapping[str, object]) -> list[dict[str, Any]]:
    """What the engine is asked, in this order; it answers in the same."""
    return [
        {"type": "NewIndex", "config": config},
        *(
            {
                "type": "AddFile",
                "index_id": 0,  # the first of a run
                "file_path": page.path,
                "file_contents": page.data.decode(),
            }
            for page in pages
        ),
        {"type": "GetFiles", "index_id": 0},
    ]


def _files(answers: Sequence[Mapping[str, Any]]) -> dict[str, bytes]:
    """What the search page loads, sorted."""
    files = {one["path"]: one["content"] for one in answers[-1]["files"]}
    wanted = sorted(filter(_WANTED.fullmatch, files))
    return {name: binascii.a2b_base64(files[name], strict_mode=True) for name in wanted}


def _spoken(
    engine: Path, requests: Sequence[Mapping[str, Any]]
) -> tuple[_Ran, list[Mapping[str, Any]]]:
    """How the engine ended, and its answers, fewer than requests where it ended too early."""
    try:
        process = subprocess.Popen(  # noqa: S603 (our own engine, our own arguments)
            [str(engine), "--service"],
            cwd=engine.parent,
            env=_environment(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
    except OSError as error:  # it is no program, or not one for this machine
        return _Ran([str(engine)], error.errno or 1, "", str(error.strerror)), []
    with process, ThreadPoolExecutor(2) as threads:
        assert process.stdin
        assert process.stdout
        assert process.stderr
        threads.submit(_say, process.stdin, requests)
        said = threads.submit(process.stderr.read)
        answers = list(islice(_heard(process.stdout), len(requests)))
        with suppress(OSError):
            process.stdin.close()  # not before all is answered: at the end it stops at once
        process.stdout.read()
        status = process.wait()
    return _Ran([str(engine)], status, "", said.result().decode("utf-8", "replace")), answers


def _say(to: IO[bytes], requests: Sequence[Mapping[str, Any]]) -> None:
    with suppress(OSError, ValueError):  # it has ended: how, its status tells
        for number, payload in enumerate(requests, 1):
            words = json.dumps({"message_id": number, "payload": payload}, ensure_ascii=False)
            to.write(base64.b64encode(words.encode()) + b",")
        to.flush()


def _heard(stream: IO[bytes]) -> Iterator[Mapping[str, Any]]:
    """Each answer; an error for one that cannot be read."""
    rest: list[bytes] = []
    while data := stream.read1(1 << 20):  # type: ignore[attr-defined]
        *ended, last = data.split(b",")
        for one in ended:
            try:
                answer = json.loads(base64.b64decode(b"".join((*rest, one))))["payload"]
                yield {"type": answer["type"], **answer}
            except (ValueError, LookupError, TypeError):
                yield {"type": "Error", "message": "(an answer that cannot be read)"}
            rest = []
        rest.append(last)


def _run(engine: Path, *arguments: str) -> _Ran:
    """What the engine prints when it is asked for nothing but words."""
    command = [str(engine), *arguments]
    try:
        return subprocess.run(  # noqa: S603 (our own engine, our own arguments)
            command,
            cwd=engine.parent,
            env=_environment(),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            encoding="utf-8",
            errors="replace",
            check=False,
        )
    except OSError as error:  # it is no program, or not one for this machine
        return _Ran(command, error.errno or 1, stdout="", stderr=str(error.strerror))


def _environment() -> dict[str, str]:
    """Without the settings that the engine would read from there."""
    return {k: v for k, v in os.environ.items() if not k.startswith("PAGEFIND_")}


def _reason(ran: _Ran) -> str:
    lines = [line.strip() for line in ran.stderr.splitlines() if line.strip()]
    said = " ".join(dict.fromkeys(lines))
    if ran.returncode < 0:
        said = f"{said} (stopped by signal {-ran.returncode}; is there memory enough?)".lstrip()
    return said or f"exit status {ran.returncode}"


# --- whether a bundle is whole


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
