"""The leak check: no byte of the output may hold what is protected, whatever it is wrapped in.

What cannot hold anything is put aside by the `sieve`; the rest is read as a person may read
it. Nothing protected, nothing to do. `serve` is not checked: it shows drafts, to their editor.

Not found, and nobody should rely on it: words in the pixels of a picture or in sound, words
encrypted or enciphered, letters set apart (`N a m e`), a name told only by what it is about,
Chinese in traditional characters where the list has simplified ones, or the other way round.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeVar

from aigaq.archive.protected import Value
from aigaq.output import clean_files, containers, disguises, refusal
from aigaq.output.clean_files import CleanFiles
from aigaq.output.keys import Key
from aigaq.output.known_texts import KnownTexts
from aigaq.output.sieve import Sieve
from aigaq.output.watchlist import Watchlist
from aigaq.words.diagnostics import Problem, Severity, Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from aigaq.archive.protected import Protected
    from aigaq.pages.page import Artifact
    from aigaq.words.diagnostics import Diagnostic

LEAK = Problem(
    "X110",
    "this would make public what is protected: {what}{more}",
    "Nothing was published. Take the words out of the text that holds them (a mention of"
    " somebody protected is not found by links alone); if no text does, report it at once: it"
    " is a fault of the program.",
)
NOT_LOOKED_FOR = Problem(
    "X111",
    "the name in this line of the list is not looked for: it is too short, or one word that"
    " public names or texts have, too",
    "Write the whole name, given name and surname, and each spelling in a line of its own.",
    Severity.WARNING,
)
LIST_IN_SITE = Problem(
    "X112",
    "the list of names lies in the site's folder, from where everybody can read it",
    "Move it to a place outside of the repository. If it was ever committed, ask for help with"
    " git's history at once.",
)
NO_LIST = Problem(
    "X113",
    "the list of names cannot be read: {reason}",
    "It is a text file in UTF-8 with one name a line; what follows # is a comment.",
)

T = TypeVar("T")

_AT_ONCE = 1 << 20  # bytes
_DEEPEST = 3  # of what is encoded inside of what was encoded

LISTED = "the list of names"
_NOTHING: frozenset[Key] = frozenset()
FILES_OF_A_RECORD = 5  # so many are told; of others the number


@dataclass(frozen=True, slots=True)
class Leak:
    """What was found in a file; `path` has `…` for parts that hold something protected."""

    path: str
    values: frozenset[Value]


def watchlist(
    protected: Protected,
    listed: Sequence[Value] = (),
    interface: Iterable[str] = (),
    *,
    cache_dir: Path | None = None,
) -> Watchlist:
    """What is to be looked for; `interface` are the theme's texts, nobody's words.

    `cache_dir` is the site's `.cache`: public texts known from there are not read again.
    """
    watch = Watchlist(protected.values, listed)
    known = KnownTexts(watch, cache_dir)
    if watch:
        watch.without(protected.public_names, protected.public_words, interface, known)
    return watch


def problems(
    artifacts: Iterable[Artifact], watch: Watchlist, *, cache_dir: Path | None = None
) -> list[Diagnostic]:
    """Every leak in the output, and warnings on listed names that are not looked for."""
    return [*told(found(artifacts, watch, cache_dir=cache_dir)), *too_plain(watch)]


def found(
    artifacts: Iterable[Artifact], watch: Watchlist, *, cache_dir: Path | None = None
) -> list[Leak]:
    """Every leak in these files.

    `cache_dir` is the site's `.cache`: files that were clean there are not looked at again.
    """
    if not watch:
        return []
    clean, files = CleanFiles(watch, cache_dir), tuple(artifacts)
    search = Search(watch)
    leaked = [*search.each(clean.others(files)), *search.indexed(clean.bundles(files))]
    if not leaked:
        clean.keep()
    return leaked


def too_plain(watch: Watchlist) -> list[Diagnostic]:
    """A warning for each name of the list that is not looked for."""
    lines = (int(value.field.removeprefix("line ")) for value in watch.lost())
    return [NOT_LOOKED_FOR.at(Span(LISTED, line)) for line in lines]


def told(leaked: Iterable[Leak], problem: Problem = LEAK) -> list[Diagnostic]:
    """Leaks as problems: a file and canary ids, never the words."""
    files: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for leak in leaked:
        for value in leak.values:
            files[value.record][leak.path].add(value.field)
    diagnostics = []
    for record, fields in sorted(files.items()):
        shown = sorted(fields)[:FILES_OF_A_RECORD]
        rest = len(fields) - len(shown)
        for path in shown:
            what = f"{record} ({', '.join(sorted(fields[path]))})"
            more = f", also in {rest} other files" if rest and path == shown[-1] else ""
            diagnostics.append(problem.at(Span(path), what=what, more=more))
    return diagnostics


def names_of(path: Path, site_root: Path) -> tuple[Value, ...]:
    """The names of a list, as `name` or `name = id`. Raises `Refused` for a list in the site.

    The list is never written anywhere, and its lines are told by number or by the id alone.
    """
    if path.resolve().is_relative_to(site_root.resolve()):
        raise refusal.Refused(LIST_IN_SITE.at(Span(LISTED)))
    try:
        lines = path.read_text("utf-8-sig").splitlines()
    except OSError as error:
        raise refusal.Refused(NO_LIST.at(Span(LISTED), reason=str(error.strerror))) from error
    except UnicodeDecodeError as error:
        raise refusal.Refused(NO_LIST.at(Span(LISTED), reason="not UTF-8")) from error
    found = []
    for number, line in enumerate(lines, 1):
        name, _, record = (part.strip() for part in line.partition("#")[0].partition("="))
        if name:
            found.append(Value(record or LISTED, f"line {number}", name, "name"))
    return tuple(found)


@dataclass
class Search:
    """Goes through files and remembers what it has seen, clean or not."""

    watch: Watchlist
    _read: dict[bytes, frozenset[Key]] = field(default_factory=dict)  # pieces of texts
    _opened: dict[int, frozenset[Key]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._sieve = Sieve(self.watch, self._holds)

    def of(self, artifacts: Iterable[Artifact]) -> list[Leak]:
        words: dict[str, list[Artifact]] = defaultdict(list)

        def seen() -> Iterator[Artifact]:  # not all of them are to be held
            for artifact in artifacts:
                if clean_files.is_of_bundle(artifact.path):
                    words[clean_files.bundle(artifact.path)].append(artifact)
                yield artifact

        return [*self.each(seen()), *self.indexed(words.values())]

    def each(self, artifacts: Iterable[Artifact]) -> Iterator[Leak]:
        """What stands in a file."""
        for artifact, _, in_path, in_data in self.all((a, a.path, a.data) for a in artifacts):
            if in_path or in_data:
                yield Leak(self.path(artifact.path)[0], self.values(in_path | in_data))

    def indexed(self, bundles: Iterable[Sequence[Artifact]]) -> Iterator[Leak]:
        """What the index of a search bundle tells that stands in none of its files."""
        for bundle in bundles:
            yield from self._indexed(bundle)

    def all(
        self, files: Iterable[tuple[T, str, bytes]]
    ) -> Iterator[tuple[T, str, frozenset[Key], frozenset[Key]]]:
        """What stands in the path and in the bytes of each file, with what it came with."""
        for group in _groups(files):
            opened = [
                [path.encode("utf-8", "replace"), *self._texts(data)] for _, path, data in group
            ]
            pieces = iter(self._sieve.pieces([text for texts in opened for text in texts]))
            for (thing, path, data), texts in zip(group, opened, strict=True):
                in_path = self.path(path)[1] if next(pieces) else _NOTHING
                own = [piece for _ in texts[1:] for piece in next(pieces)]
                found = _NOTHING.union(*map(self._piece, own))
                if containers.is_container(data):
                    found = self._opened.setdefault(hash(data), found)
                yield thing, path, in_path, found

    def _texts(self, data: bytes) -> Iterable[bytes]:
        """The texts of a file; none of a container that was opened already."""
        if not containers.is_container(data):
            return (data,)
        return () if hash(data) in self._opened else containers.texts(data)

    def _piece(self, piece: bytes) -> frozenset[Key]:
        if piece not in self._read:
            self._read[piece] = self._text(piece.decode("utf-8", "replace"))
        return self._read[piece]

    def path(self, path: str) -> tuple[str, frozenset[Key]]:
        """A path that may be told, and what the name of the file or a folder gives away."""
        found = self._text(path)
        if not found:
            return path, found
        parts = ["…" if self._text(part) else part for part in path.split("/")]
        shown = "/".join(parts)
        return ("…" if shown == path else shown), found

    def data(self, data: bytes) -> frozenset[Key]:
        """What a file holds, opened as far as it can be."""
        (found,) = (keys for *_, keys in self.all([(None, "", data)]))
        return found

    def lines(self, data: bytes) -> dict[int, frozenset[Value]]:
        """The lines of a text in which something stands, or from which it goes on."""
        lines = data.split(b"\n")
        found = {
            number: self.values(keys)
            for number in range(1, len(lines) + 1)
            if (keys := self._bytes(b"\n".join(lines[number - 1 : number + 1])))
        }
        doubled = {n for n in found if n + 1 in found and found[n] <= found[n + 1]}
        return {n: values for n, values in found.items() if n not in doubled}

    def values(self, keys: Iterable[Key]) -> frozenset[Value]:
        return frozenset(value for key in keys for value in self.watch.values_of(key))

    def _bytes(self, data: bytes) -> frozenset[Key]:
        return self._text(data.decode("utf-8", "replace"))

    def _text(self, text: str, depth: int = 0) -> frozenset[Key]:
        opened = disguises.decoded(text)
        found = {
            hit.key
            for reading in disguises.readings(text, opened)
            for hit in self.watch.found(reading)
        }
        for data in disguises.hidden(opened) if depth < _DEEPEST else ():
            for part in containers.texts(data):
                found |= self._text(part.decode("utf-8", "replace"), depth + 1)
        return frozenset(found)

    def _holds(self, data: bytes) -> bool:
        return any(
            self._text(part.decode("utf-8", "replace"), 1) for part in containers.texts(data)
        )

    # --- the search index: a list of words, each with the places where it stood ---

    def _indexed(self, bundle: Sequence[Artifact]) -> Iterator[Leak]:
        """A bundle is many files; what stands in its index is told at the first.

        The index knows no ends of sentences. Two words that a page of the bundle holds were
        looked at there, and are no name.
        """
        indexes = [one for one in bundle if one.path.endswith(".pf_index")]
        places = (place for one in indexes for place in self._placed(one.data))
        hits = {hit.key for hit in self.watch.found(containers.in_order(places))}
        if not hits:
            return
        pages = [
            self.watch.parts_in(text)
            for one in bundle
            if one not in indexes
            for text in _fragment(one.data)
        ]
        keys = {key for key in hits if not any(page.issuperset(key[1:]) for page in pages)}
        if keys:
            path = min(self.path(one.path)[0] for one in indexes)
            yield Leak(path, self.values(keys))

    def _placed(self, data: bytes) -> Iterator[tuple[containers.Place, str]]:
        for part in containers.unzipped(data):
            words = {word for word, _ in containers.entries(part)}
            if stems := self.watch.stems(tuple(words)):
                yield from containers.placed(part, stems)


def _fragment(data: bytes) -> Iterator[str]:
    return (part.decode("utf-8", "replace") for part in containers.texts(data))


def _groups(files: Iterable[tuple[T, str, bytes]]) -> Iterator[list[tuple[T, str, bytes]]]:
    """As many files at once as make the work quick and the memory small."""
    group: list[tuple[T, str, bytes]] = []
    size = 0
    for one in files:
        group.append(one)
        size += len(one[2]) + len(one[1])
        if size > _AT_ONCE:
            yield group
            group, size = [], 0
    if group:
        yield group
