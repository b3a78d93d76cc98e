"""The leak check: no byte of the output may hold what is protected, whatever it is wrapped in.

Files are gone through line by line, each distinct line once in a run, and what meets at its
ends: what stands on a thousand pages is read once. Nothing protected, nothing to do. `serve` is
not checked: it shows drafts, to their editor alone.

Not found, and nobody should rely on it: words in the pixels of a picture or in sound, words
encrypted or enciphered, letters set apart (`N a m e`), a name told only by what it is about,
Chinese in traditional characters where the list has simplified ones, or the other way round.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from itertools import groupby, pairwise
from typing import TYPE_CHECKING

from aigaq.archive.protected import Value
from aigaq.output import containers, disguises, refusal
from aigaq.output.watchlist import Key, Watchlist
from aigaq.words.diagnostics import Problem, Severity, Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
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

Mark = int | tuple[int, int]  # of a line, of two neighbours

_APART = b"\n\n\x1e\n"  # nothing reads on over it
_NEAR = 96  # bytes of two lines in which a name could go from one to the other
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
    protected: Protected, listed: Sequence[Value] = (), interface: Iterable[str] = ()
) -> Watchlist:
    """What is to be looked for; `interface` are the theme's texts, nobody's words."""
    watch = Watchlist(protected.values, listed)
    if watch:
        watch.without(protected.public_names, protected.public_words, interface)
    return watch


def problems(artifacts: Iterable[Artifact], watch: Watchlist) -> list[Diagnostic]:
    """Every leak in the output, and warnings on listed names that are not looked for."""
    found = Search(watch).of(artifacts) if watch else []
    return [*told(found), *too_plain(watch)]


def too_plain(watch: Watchlist) -> list[Diagnostic]:
    """A warning for each name of the list that is not looked for."""
    lines = (int(value.field.removeprefix("line ")) for value in watch.lost())
    return [NOT_LOOKED_FOR.at(Span(LISTED, line)) for line in lines]


def told(found: Iterable[Leak], problem: Problem = LEAK) -> list[Diagnostic]:
    """Leaks as problems: a file and canary ids, never the words."""
    files: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for leak in found:
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
    _clean: set[Mark] = field(default_factory=set)  # what was read, for the better or not
    _dirty: dict[Mark, frozenset[Key]] = field(default_factory=dict)
    _opened: dict[int, frozenset[Key]] = field(default_factory=dict)

    def of(self, artifacts: Iterable[Artifact]) -> list[Leak]:
        found = []
        bundles: dict[str, list[tuple[containers.Place, str]]] = defaultdict(list)
        pages: dict[str, set[frozenset[str]]] = defaultdict(set)
        for artifact in artifacts:
            path, in_path = self.path(artifact.path)
            keys = in_path | self.data(artifact.data)
            if artifact.path.endswith(".pf_index"):
                bundles[path] += self._placed(artifact.data)
            elif artifact.path.endswith(".pf_fragment"):
                pages[_bundle(artifact.path)] |= self._parts(artifact.data)
            if keys:
                found.append(Leak(path, self.values(keys)))
        return [*found, *self._indexed(bundles, pages)]

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
        if not containers.is_container(data):
            return self._lines(data)
        digest = hash(data)
        if digest not in self._opened:
            texts = list(containers.texts(data))
            self._opened[digest] = _NOTHING.union(*map(self._lines, texts))
        return self._opened[digest]

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

    def _lines(self, data: bytes) -> frozenset[Key]:
        """What a text holds. A line is read once; its end beside the next one's start, too."""
        lines = [line for line in data.split(b"\n") if line]
        marks = list(map(hash, lines))
        pieces: list[tuple[Mark, bytes]] = []
        is_fresh = [mark not in self._clean for mark in marks]
        self._clean.update(marks)
        for fresh, group in groupby(range(len(lines)), is_fresh.__getitem__):
            if fresh:
                run = list(group)
                pieces.append((marks[run[0]], b"\n".join(lines[run[0] : run[-1] + 1])))
        pairs = list(pairwise(marks))
        pieces += (
            (pair, lines[n][-_NEAR:] + b"\n" + lines[n + 1].lstrip()[:_NEAR])
            for n, pair in enumerate(pairs)
            if pair not in self._clean
            and not (is_fresh[n] and is_fresh[n + 1])
            and not disguises.begins_anew(lines[n + 1])
        )
        self._clean.update(pairs)
        if pieces and self._bytes(_APART.join(piece for _, piece in pieces)):
            self._remember(pieces)
        if not self._dirty:
            return _NOTHING
        here = self._dirty.keys() & {*marks, *pairs}
        return _NOTHING.union(*(self._dirty[mark] for mark in here))

    def _remember(self, pieces: Iterable[tuple[Mark, bytes]]) -> None:
        """At which lines something stood, so that other files that have them are told, too."""
        for mark, piece in pieces:
            for line in piece.split(b"\n"):
                if keys := self._bytes(line):
                    self._dirty[hash(line)] = keys
            if keys := self._bytes(piece):
                self._dirty[mark] = self._dirty.get(mark, _NOTHING) | keys

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

    # --- the search index: a list of words, each with the places where it stood ---

    def _placed(self, data: bytes) -> Iterator[tuple[containers.Place, str]]:
        for part in containers.unzipped(data):
            yield from containers.placed(part, self.watch.stems)

    def _parts(self, data: bytes) -> set[frozenset[str]]:
        texts = (part.decode("utf-8", "replace") for part in containers.texts(data))
        return {parts for text in texts if len(parts := self.watch.parts_in(text)) > 1}

    def _indexed(
        self,
        bundles: Mapping[str, list[tuple[containers.Place, str]]],
        pages: Mapping[str, set[frozenset[str]]],
    ) -> Iterator[Leak]:
        """A bundle is many files; what stands in it is told at the first.

        The index knows no ends of sentences. Two words that a page of the bundle holds were
        looked at there, and are no name.
        """
        folders: dict[str, list[str]] = defaultdict(list)
        for path in bundles:
            folders[_bundle(path)].append(path)
        for folder, paths in folders.items():
            text = containers.in_order(place for path in paths for place in bundles[path])
            keys = {
                hit.key
                for hit in self.watch.found(text)
                if not any(parts.issuperset(hit.key[1:]) for parts in pages[folder])
            }
            if keys:
                yield Leak(min(paths), self.values(keys))


def _bundle(path: str) -> str:
    """The folder of the search bundle that a file belongs to."""
    return path.rsplit("/", 2)[0]
