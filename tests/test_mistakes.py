"""What a tired volunteer gets wrong, through the real command: where it is, and the way out.

`tests/mistakes/good` is a small site without a problem; each entry of `tests/mistakes/*.txt` is
one slip in it; those of `warnings.txt` let the site be made. Its lines begin with a sign:

    # what was done
    @ the file in which it was done
    - what stood there (once)
    + what was written instead; without "-" the file is new
    ? where the message is, if no sign in "+" says so: a path, LINE:COLUMN, or both
    ! the code, and a part of the remedy
    ~ why the program does not tell it well yet

In "+" ▸ marks the line and the column that the message names, ▹ the line alone.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from aigaq import cli, pipeline
from aigaq.desk import tongues

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

HERE = Path(__file__).parent
FOLDER = HERE / "mistakes"
GOOD = FOLDER / "good"
BUILD = HERE.parent / "build.py"
AT_COLUMN, AT_LINE = "▸▹"
OURS = "\ue000-\uf8ff"  # stand for the marks of several slips in one file
ARGUMENTS = ("-q", "--no-search", "--jobs", "1", "--date", "2026-11-22")
TEXT = "content/testimonies/t-1.en.md"
TRANSLATED = "content/testimonies/t-1.kk.md"
TOWN = "content/places/pl-town.yaml"

_TOLD = re.compile(
    r"(?P<path>[^:\n]+)(?::(?P<line>\d+))?(?::(?P<column>\d+))?: (?P<severity>error|warning)"
    r" (?P<code>[A-Z]\d{3}): (?P<message>.+)\n    (?P<remedy>.+)\n"
)


_NAMED = re.compile(r'`[^` ]+`|(?<=")[\w-]+(?=")|\b\w+_\w+\b|[\w./-]+[.](?:yaml|md|po)\b')


_QUOTED = re.compile(r'"[^"]*"|`[^`]*`|"[^"]*')  # what somebody else has written
_ENGLISH = re.compile(r"\b(?:the|is|are|it|of|to|with|and|or|this|not|here|write|an?) [a-z]")


@dataclass(kw_only=True)
class Mistake:
    """One slip, and what must be told of it."""

    name: str
    path: str = ""
    old: list[str] = field(default_factory=list)
    new: list[str] = field(default_factory=list)
    place: str = ""  # of the problem that comes next, where no mark says it
    problems: list[tuple[str, str, str]] = field(default_factory=list)  # place, code, remedy
    fault: str = ""

    def applied(self, text: str) -> str:
        """The file with the slip in it, its mark included; `text` is the file as it was."""
        new = "\n".join(self.new)
        if not self.old:
            return new + "\n" if new else ""
        old = "\n".join(self.old)
        assert text.count(old) == 1, f"{self.name}: {old!r} stands {text.count(old)} times"
        return text.replace(old, new)


def parsed(path: Path) -> Iterator[Mistake]:
    for entry in re.split(r"^# ", path.read_text("utf-8"), flags=re.M)[1:]:
        name, *lines = entry.rstrip("\n").split("\n")
        mistake = Mistake(name=name)
        for line in filter(None, lines):
            sign, rest = line[0], line[2:]
            if sign == "!":
                code, _, remedy = rest.partition(" ")
                mistake.problems.append((mistake.place, code, remedy))
                mistake.place = ""
            elif sign in "-+":
                (mistake.old if sign == "-" else mistake.new).append(rest)
            else:
                setattr(mistake, {"@": "path", "?": "place", "~": "fault"}[sign], rest)
        yield mistake


WARNED = FOLDER / "warnings.txt"
MISTAKES = {
    f"{path.stem}: {mistake.name}": mistake
    for path in sorted(FOLDER.glob("*.txt"))
    if path != WARNED
    for mistake in parsed(path)
}
WARNINGS = {mistake.name: mistake for mistake in parsed(WARNED)}


TOGETHER = (
    "claims: a sentence for life",
    "claims: a way of asking in other words",
    "dates: 30 February",
    "fences: an empty record",
    "fences: an empty text",
    "fences: fences around a record",
    "ids: a capital letter in an id",
    "ids: a record in a folder of nobody",
    "ids: a text in a language that the site does not have",
    "ids: an id that the site needs itself",
    "keys: a content note in two words",
    "keys: a count in words",
    "keys: a hyphen for an underscore",
    "keys: a kind of place in another spelling",
    "keys: a relation in free words",
    "keys: a scope that is not in the list",
    "keys: a status in free words",
    "keys: gender for sex",
    "markdown: a note to oneself on a page",
    "privacy: a real name in the file of a protected person",
    "site: a page in the menu that is not there",
    "translations: nobody translated it",
)
FROM_OUTSIDE = (
    "claims: detained, and not how",
    "dates: 30 February",
    "fences: the header is never closed",
    "ids: two originals of one text",
    "keys: a hyphen for an underscore",
    "markdown: a link that runs",
    "markdown: a note to oneself",
    "privacy: a link to somebody hidden",
    "privacy: a real name in the file of a protected person",
    "site: no title",
    "templates: a template asks for what its page does not have",
    "translations: a translation of nothing",
    "yaml: a key in the editor's language",
)

SPOKEN = ("kk", "ru")
# Told by a whole check alone, for they hang on records two steps away; or by a build.
FROM_AFAR = (
    "a teacher, and no text says so",
    "an outlet whose name was spoilt",
    "two outlets of one name",
    "templates: a template asks for what its page does not have",
    "templates: a template includes what is not there",
)
# Told of another file than the one that was spoilt.
ELSEWHERE = (
    "keys: a scope that is not in the list",
    "pictures: a picture that is said to be finished, and was made elsewhere",
    "privacy: a site for mirrors and a card without them",
    "recordings: a narrator who asked for another name after the recording",
    "recordings: a recording that was never copied into the folder",
    "a card that does not allow the voice",
    "a card that keeps faces back, and a picture of which nobody says whose face is in it",
    "a date of somebody under another name",
    "a village of somebody under another name",
    "facts of somebody who was decided to be another",
    "somebody missing of whom no status is told",
    "the day on which somebody under another name was born",
)


def told(printed: str) -> list[tuple[str, str, str]]:
    """Place, code and remedy of every problem; all that was printed must be problems."""
    assert _TOLD.sub("", printed) == "", printed
    found = []
    for one in _TOLD.finditer(printed):
        place = ":".join(filter(None, (one["path"], one["line"], one["column"])))
        found.append((place, one["code"], one["remedy"]))
    return found


def snapshot(folder: Path) -> dict[str, tuple[int, int, int, bytes]]:
    """Inode, time of the last change, mode and bytes of every file: of a site left alone."""
    return {
        path.relative_to(folder).as_posix(): (
            (state := path.stat()).st_ino,
            state.st_mtime_ns,
            state.st_mode,
            path.read_bytes(),
        )
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The good site, built."""
    root = tmp_path_factory.mktemp("good") / "site"
    shutil.copytree(GOOD, root)
    cli.main(["build", *ARGUMENTS, "--root", str(root)])
    return root


@pytest.fixture
def root(built: Path, tmp_path: Path) -> Path:
    """A copy of the good and built site, to be spoilt."""
    return Path(shutil.copytree(built, tmp_path / "site"))


@pytest.fixture
def build(root: Path, capfd: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str]]:
    """`aigaq build` in this process: exit status, and all that it printed."""

    def run(*more: str) -> tuple[int, str]:
        status: Any = 0
        try:
            cli.main(["build", *ARGUMENTS, *more, "--root", str(root)])
        except SystemExit as left:
            status = left.code
        printed = capfd.readouterr()
        return int(status), printed.out + printed.err

    return run


def make(root: Path, *mistakes: Mistake) -> list[tuple[str, str, str]]:
    """Makes the mistakes in the site; returns what must be told of them, as it is sorted."""
    files: dict[str, str] = {}
    for number, mistake in enumerate(mistakes):
        file = root / mistake.path
        as_it_was = file.read_text("utf-8") if file.exists() else ""
        spoilt = mistake.applied(files.get(mistake.path, as_it_was))
        for kind, mark in enumerate((AT_COLUMN, AT_LINE)):
            spoilt = spoilt.replace(mark, chr(0xE000 + 2 * number + kind))
        files[mistake.path] = spoilt
    for path, text in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(re.sub(f"[{OURS}]", "", text), "utf-8")
    wanted = [
        (_written_out(mistake, place) or _marked(mistake, number, files), code, remedy)
        for number, mistake in enumerate(mistakes)
        for place, code, remedy in mistake.problems
    ]
    return sorted(wanted, key=lambda one: [*map(_number, one[0].split(":")), one[1]])


def _number(part: str) -> str:
    return part.zfill(6) if part.isdigit() else part


def _written_out(mistake: Mistake, place: str) -> str:
    return f"{mistake.path}:{place}" if place[:1].isdigit() else place


def _marked(mistake: Mistake, number: int, files: dict[str, str]) -> str:
    """`path:line:column` of the mark of a slip, without what it does not name."""
    first = chr(0xE000 + 2 * number)
    mark = re.search(f"[{first}{chr(ord(first) + 1)}]", files[mistake.path])
    if not mark:
        return mistake.path
    lines = re.sub(f"[{OURS}]", "", mark.string[: mark.start()]).split("\n")
    line = f"{mistake.path}:{len(lines)}"
    return f"{line}:{len(lines[-1]) + 1}" if mark[0] == first else line


def assert_told(printed: str, wanted: list[tuple[str, str, str]]) -> None:
    """Just what is wanted was told, in order, each with its part of a remedy."""
    found = told(printed)
    assert [(place, code) for place, code, _ in found] == [one[:2] for one in wanted]
    for (_, _, remedy), (_, _, part) in zip(found, wanted, strict=True):
        assert part in remedy


def assert_told_alike(said: str, english: str) -> None:
    """Places, weights and codes as in English; message and remedy in words of the language,
    with every key, command and value that the English ones name.
    """
    ours, theirs = (list(_TOLD.finditer(text)) for text in (said, english))
    assert _TOLD.sub("", said) == "", said
    assert len(ours) == len(theirs) > 0
    for one, other in zip(ours, theirs, strict=True):
        for part in ("path", "line", "column", "severity", "code"):
            assert one[part] == other[part]
        for part in ("message", "remedy"):
            assert re.search("[а-яё]{2}", one[part]), one[part]
            assert not _ENGLISH.findall(_QUOTED.sub("", one[part])), one[part]
            named = set(_NAMED.findall(other[part])) - {"caption", "quotes"}  # examples
            assert {word for word in named if word not in one[part]} == set()


def of_each(mistakes: dict[str, Mistake]) -> pytest.MarkDecorator:
    def marks(one: Mistake) -> tuple[pytest.MarkDecorator, ...]:
        return (pytest.mark.xfail(strict=True, reason=one.fault),) if one.fault else ()

    rows = [pytest.param(one, id=name, marks=marks(one)) for name, one in mistakes.items()]
    return pytest.mark.parametrize("mistake", rows)


def test_the_corpus_is_as_large_as_was_promised_and_asks_for_a_remedy_each_time() -> None:
    slips = MISTAKES | WARNINGS
    assert len(slips) >= 150
    assert [name for name, one in slips.items() if not all(p[2] for p in one.problems)] == []


def test_the_site_that_is_spoilt_has_no_problem(build: Any) -> None:
    assert build() == (cli.Exit.GOOD, "")


@of_each(MISTAKES)
def test_a_mistake_is_told_at_its_place_and_nothing_is_written(
    mistake: Mistake, root: Path, build: Any
) -> None:
    before = snapshot(root / "public")
    wanted = make(root, mistake)

    status, printed = build()

    assert_told(printed, wanted)
    assert status == cli.Exit.CONTENT
    assert snapshot(root / "public") == before


@of_each({name: one for name, one in (MISTAKES | WARNINGS).items() if name not in FROM_AFAR})
def test_a_check_of_the_spoilt_file_alone_tells_the_same_of_it(
    mistake: Mistake, root: Path
) -> None:
    spoilt = f"{mistake.path}:"
    wanted = [one[:2] for one in make(root, mistake) if f"{one[0]}:".startswith(spoilt)]

    found, _ = pipeline.check(root, step=lambda _: None, changed=frozenset({mistake.path}))

    assert [(str(problem.span), problem.code) for problem in found] == wanted
    for lang in SPOKEN if found else ():
        said = "".join(f"{tongues.read(lang).paragraph(one)}\n" for one in found)
        assert_told_alike(said, "".join(f"{one}\n" for one in found))


@pytest.mark.parametrize("lang", SPOKEN)
@pytest.mark.parametrize("name", FROM_AFAR + ELSEWHERE)
def test_what_is_told_elsewhere_or_by_a_build_alone_is_told_in_the_language_too(
    name: str, lang: str, root: Path, build: Any
) -> None:
    make(root, (MISTAKES | WARNINGS)[name])

    (status, english), (there, said) = build(), build("--language", lang)

    assert_told_alike(said, english)
    assert status == there


@of_each(WARNINGS)
def test_a_warning_is_told_at_its_place_and_the_site_is_made(
    mistake: Mistake, root: Path, build: Any
) -> None:
    wanted = make(root, mistake)

    status, printed = build()

    assert_told(printed, wanted)
    assert status == cli.Exit.GOOD


def test_twenty_mistakes_are_told_at_once_in_the_order_of_the_files(
    root: Path, build: Any
) -> None:
    before = snapshot(root / "public")
    wanted = make(root, *(MISTAKES[name] for name in TOGETHER))

    status, printed = build()

    assert len(TOGETHER) >= 20
    assert_told(printed, wanted)
    assert status == cli.Exit.CONTENT
    assert snapshot(root / "public") == before


@pytest.mark.parametrize("name", FROM_OUTSIDE)
def test_the_command_as_a_process_tells_the_same(name: str, root: Path) -> None:
    before = snapshot(root / "public")
    wanted = make(root, MISTAKES[name])

    ran = subprocess.run(
        [sys.executable, BUILD, *ARGUMENTS, "--root", root],
        capture_output=True,
        check=False,
        timeout=60,
    )

    assert_told(ran.stdout.decode(), wanted)
    assert (ran.returncode, ran.stderr) == (cli.Exit.CONTENT, b"")
    assert snapshot(root / "public") == before


# What is no text, or not of this folder


def utf_16(root: Path) -> None:
    (root / TEXT).write_bytes((root / TEXT).read_text("utf-8").encode("utf-16"))


def latin_1(root: Path) -> None:
    spoilt = (root / TEXT).read_bytes().replace(b"nobody knew", "nobody knéw".encode("latin-1"))
    (root / TEXT).write_bytes(spoilt)


def nul(root: Path) -> None:
    (root / TEXT).write_bytes((root / TEXT).read_bytes().replace(b"knew", b"kn\0w"))


def linked(root: Path) -> None:
    (root / "elsewhere.md").write_bytes((root / TEXT).read_bytes())
    (root / TEXT).unlink()
    (root / TEXT).symlink_to(root / "elsewhere.md")


def too_large(root: Path) -> None:
    with (root / TEXT).open("a", encoding="utf-8") as file:
        file.write("\nWords.\n" * 40_000)


def pipe(root: Path) -> None:
    os.mkfifo(root / "content/people/p-pipe.yaml")


def same_name(root: Path) -> None:
    (root / "content/media").mkdir(exist_ok=True)
    for name in ("Bread.jpg", "bread.jpg"):
        (root / "content/media" / name).write_bytes(b"no picture")


def control_in_name(root: Path) -> None:
    (root / "content/people/p-\x07.yaml").write_text("names: X\nprotect: open\n")


def template_in_latin_1(root: Path) -> None:
    (root / "templates").mkdir()
    (root / "templates/wall.html").write_bytes("<h1>Mémoire</h1>".encode("latin-1"))


@pytest.mark.parametrize(
    ("spoil", "place", "code", "remedy"),
    [
        (utf_16, TEXT, "K007", "save it as UTF-8"),
        (latin_1, f"{TEXT}:31:67", "K006", "save it as UTF-8"),
        (nul, f"{TEXT}:31:67", "K008", "earlier version"),
        (linked, TEXT, "K002", "Put the file itself here"),
        (too_large, TEXT, "K005", "Divide"),
        (pipe, "content/people/p-pipe.yaml", "K003", "Delete it"),
        (same_name, "content/media/bread.jpg", "K009", "Rename one of them"),
        (control_in_name, "content/people/p-?.yaml", "K010", "Rename it"),
        (template_in_latin_1, "templates/wall.html", "X003", "Save it as UTF-8"),
    ],
)
def test_a_file_that_is_no_text_is_told_and_nothing_is_written(
    spoil: Any, place: str, code: str, remedy: str, root: Path, build: Any
) -> None:
    before = snapshot(root / "public")
    spoil(root)

    status, printed = build()

    assert_told(printed, [(place, code, remedy)])
    assert status == cli.Exit.CONTENT
    assert snapshot(root / "public") == before


def test_a_linked_folder_is_told_and_nothing_is_written(root: Path, build: Any) -> None:
    before = snapshot(root / "public")
    (root / "content/people").rename(root / "people")
    (root / "content/people").symlink_to(root / "people")

    status, printed = build()

    assert ("content/people", "K002") in [one[:2] for one in told(printed)]
    assert status == cli.Exit.CONTENT
    assert snapshot(root / "public") == before


# What is no mistake


def bom(raw: bytes) -> bytes:
    return b"\xef\xbb\xbf" + raw


def crlf(raw: bytes) -> bytes:
    return raw.replace(b"\n", b"\r\n")


@pytest.mark.parametrize("changed", [bom, crlf, lambda raw: bom(crlf(raw))])
def test_what_windows_does_to_files_changes_nothing(
    changed: Any, root: Path, build: Any
) -> None:
    before = snapshot(root / "public")
    written = (path for path in (root / "content").rglob("*.*") if path.suffix != ".jpg")
    for path in (*written, root / "site.yaml"):
        path.write_bytes(changed(path.read_bytes()))

    assert build() == (cli.Exit.GOOD, "")
    assert snapshot(root / "public") == before


@pytest.mark.parametrize(
    ("path", "old", "new", "place", "code"),
    [
        (TEXT, "I asked", "SISTER: I asked", ":31:1", "M030"),
        (TEXT, "I asked", "<br> asked", ":31:1", "M032"),
        (TEXT, "[^1]: ", "[^2]: Nobody calls.\n\n[^1]: ", ":33:1", "M061"),
        (TRANSLATED, "\n\nЕшкім", " Ешкім", ":5", "L009"),
        (TOWN, "type: county", "type: county #half", ":1:13", "Y015"),
    ],
)
def test_a_warning_is_told_and_does_not_stop_publication(
    path: str, old: str, new: str, place: str, code: str, root: Path, build: Any
) -> None:
    shutil.rmtree(root / "public")
    file = root / path
    file.write_text(file.read_text("utf-8").replace(old, new), "utf-8")

    status, printed = build()

    assert [one[:2] for one in told(printed)] == [(path + place, code)]
    assert status == cli.Exit.GOOD
    assert (root / "public/en/testimonies/t-1.html").is_file()
