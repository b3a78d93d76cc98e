"""Makes a built site a release: manifest, ledger and RELEASE, all a function of the commit.

Law: the same commit gives the same bytes, however often. What was released before is read
from git, never from what an earlier run left.
"""

from __future__ import annotations

import re
import shutil
import zlib
from dataclasses import dataclass
from importlib import metadata
from typing import TYPE_CHECKING

import aigaq
from aigaq.mirror import hashing, manifest, memory, planning, sources, statement, stretches
from aigaq.output import lock, refusal
from aigaq.source import disk, ledger
from aigaq.words.diagnostics import Problem, Severity, Span, has_errors

if TYPE_CHECKING:
    import datetime
    from collections.abc import Collection
    from pathlib import Path

    from aigaq.mirror.planning import Plan
    from aigaq.mirror.statement import Release
    from aigaq.source.ledger import Entry
    from aigaq.words.diagnostics import Diagnostic

NOT_FOR_MIRRORS = Problem(
    "A052",
    "the site is not meant for mirrors: nobody has looked whether all consents allow copies",
    "Write `mirrors: true` and run `aigaq check`: it names each text whose consent is missing.",
)
NO_ADDRESS = Problem(
    "A053",
    "a release says where the archive stands, and there is no address",
    "Add `address: https://…` to site.yaml.",
)
OTHER_BYTES = Problem(
    "A057",
    "release {seq} was made of this content, and here it becomes other bytes",
    "Install exactly what requirements.txt names, or make a new release with"
    " `aigaq mirror pack --renew`.",
)
CHANGED_MEANWHILE = Problem(
    "A066",
    "another commit was made while the site was built",
    "Run `aigaq mirror pack` again.",
)
SOON_STALE = Problem(
    "A059",
    "this release is stale after {day}, for it is dated by its commit",
    "Make a new commit first, of today: `git commit --allow-empty`.",
    Severity.WARNING,
)

OTHER_SOURCES = Problem(
    "A069",
    "release {seq} was packed without these sources, so nobody has signed them",
    "Make a new release with `aigaq mirror pack --source --renew`.",
)
NOT_PLAIN = Problem(
    "A060",
    "a {what} in the built site cannot be part of a release",
    "Build into an empty folder, and let no other program write there.",
)

_RELEASES = ledger.FOLDER
_WITHDRAWN = re.compile(r"^protect:\s*withdrawn\s*$", re.MULTILINE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """What a release must know of the site that was built."""

    address: str
    mirrors: bool
    published: Collection[str]  # ids of texts and people who have a page
    source: str = ""  # the digest of the sources that go with it


def pack(
    root: Path, target: Path, plan: Plan, site: Site
) -> tuple[Release | None, list[Diagnostic]]:
    """Writes the release into `target`, which holds the site built of the plan's commit.

    Also notes it in `releases/`. Nothing is written where there is an error. Raises `Refused`.
    """
    found = [] if site.mirrors else [NOT_FOR_MIRRORS.at(Span("site.yaml"))]
    found += [] if site.address else [NO_ADDRESS.at(Span("site.yaml"))]
    entries, problems = _next_ledger(root, plan, site.published)
    found += problems
    if has_errors(found):
        return None, sorted(found)
    with lock.held(root), refusal.disk_errors(target):
        found = _changed_meanwhile(root, target, plan)
        if found:
            return None, found
        extra = _files_of(root)
        digests, found = _digests(target, extra)
        if found:
            return None, found
        made = _release(plan, site, manifest.text(digests), entries)
        if plan.again and plan.last and plan.last.manifest != made.manifest:
            where = Span(_RELEASES + manifest.STATEMENT)
            return None, [OTHER_BYTES.at(where, seq=plan.seq)]
        if plan.again and plan.last and site.source not in {"", plan.last.source}:
            where = Span(_RELEASES + manifest.STATEMENT)
            return None, [OTHER_SOURCES.at(where, seq=plan.seq)]
        release = plan.last if plan.again and plan.last else made
        _write(root, target, release, manifest.text(digests), entries, extra)
    return release, []


def _changed_meanwhile(root: Path, target: Path, plan: Plan) -> list[Diagnostic]:
    now, found = planning.planned(root, target, renew=not plan.again)
    return found if found or now == plan else [CHANGED_MEANWHILE.at(Span("."))]


def soon_stale(release: Release, today: datetime.date) -> list[Diagnostic]:
    """A warning where the promised next release is due within a week."""
    if (release.next_by - today).days < 7:
        return [SOON_STALE.at(Span(manifest.STATEMENT), day=release.next_by)]
    return []


def _next_ledger(
    root: Path, plan: Plan, published: Collection[str]
) -> tuple[tuple[Entry, ...], list[Diagnostic]]:
    if plan.again:
        return plan.entries, []
    files: dict[str, list[str]] = {}
    tree, _ = disk.scan(root)
    for file in tree.texts:
        if file.path.startswith(("content/testimonies/", "content/people/")):
            name = file.path.rpartition("/")[2]
            files.setdefault(name.partition(".")[0], []).append(file.path)
    shown = {i for i, e in ledger.states(plan.entries).items() if e.state == "published"}
    hidden = shown - {*published}
    return ledger.grown(
        plan.entries,
        published=published,
        there=files,
        withdrawn={i for i in hidden if _says_withdrawn(root, files.get(i, ()))},
        seq=plan.seq,
        day=plan.date,
    )


def _says_withdrawn(root: Path, paths: Collection[str]) -> bool:
    read = (disk.read(root, path)[0] for path in paths)
    return any(one is not None and _WITHDRAWN.search(one.text) for one in read)


def _files_of(root: Path) -> dict[str, bytes]:
    """The lists that go with the release, by their names in it."""
    places = ((name, root / _RELEASES / name) for name in (manifest.SIGNERS, manifest.MIRRORS))
    return {name: place.read_bytes() for name, place in places if place.is_file()}


def _digests(target: Path, extra: dict[str, bytes]) -> tuple[dict[str, str], list[Diagnostic]]:
    """The digest of every file of the release: those that were built, and `extra`."""
    source = sources.Folder(target)
    listing = source.listing()
    assert listing is not None
    found = [_strange(path, what) for path, what in listing.strange]
    built = sorted(
        path for path in listing.files if not manifest.is_detached(path) and path not in extra
    )
    badly = (path for path in built if not manifest.may_be_listed(path))
    found += [_strange(path, "badly named file") for path in badly]
    if found:
        return {}, found
    digests = dict(hashing.digests(source, built))
    return digests | {name: manifest.digest(data) for name, data in extra.items()}, []


def _strange(path: str, what: str) -> Diagnostic:
    return NOT_PLAIN.at(Span(sources.shown(path)), what=what)


def _release(
    plan: Plan, site: Site, listed: str, entries: tuple[Entry, ...]
) -> statement.Release:
    return statement.Release(
        site=site.address,
        seq=plan.seq,
        date=plan.date,
        commit=plan.commit,
        source=site.source,
        engine=engine(),
        files=listed.count("\n"),
        previous=manifest.digest(plan.last_bytes) if plan.last else statement.FIRST,
        next_by=plan.date + statement.VALID,
        manifest=manifest.digest(listed.encode()),
        ledger=manifest.digest(_text(entries).encode()),
    )


def engine() -> str:
    """What the bytes of a release depend on besides its sources, with versions."""
    parts = [f"aigaq {aigaq.__version__}"]
    parts += [f"{name} {metadata.version(name)}" for name in ("pagefind", "pillow")]
    return ", ".join([*parts, f"zlib {zlib.ZLIB_RUNTIME_VERSION}"])


def _text(entries: Collection[Entry]) -> str:
    return "".join(f"{entry}\n" for entry in entries)


def _write(
    root: Path,
    target: Path,
    release: Release,
    listed: str,
    entries: tuple[Entry, ...],
    extra: dict[str, bytes],
) -> None:
    """RELEASE last: until then no check takes the folder for a release."""
    noted = root / _RELEASES
    noted.mkdir(exist_ok=True)
    raw = str(release).encode()
    kept = [p for p in noted.iterdir() if manifest.SIGNATURE.fullmatch(p.name)]
    old = noted / manifest.STATEMENT
    if not old.is_file() or old.read_bytes() != raw:
        for path in kept:
            path.unlink()
        kept = []
    (target / manifest.STATEMENT).unlink(missing_ok=True)
    for path in target.glob(f"{manifest.STATEMENT}.sig*"):
        path.unlink()
    whole = _text(entries).encode()
    hint = stretches.text(listed.encode())
    lists = {manifest.NAME: listed.encode(), manifest.HINT: hint, manifest.LEDGER: whole}
    for name, data in {**extra, **lists}.items():
        memory.replace(target / name, data)
    for path in kept:
        shutil.copyfile(path, target / path.name)
    memory.replace(root / ledger.PATH, whole)
    memory.replace(old, raw)
    memory.replace(target / manifest.STATEMENT, raw)
