"""The same bytes anywhere: the real command, its search index included, in many environments.

Each row differs from the others in everything at once, so that any two values of any two
factors meet in some row; the search index is made anew in each.
"""

from __future__ import annotations

import itertools
import os
import random
import shutil
import subprocess
import sys
import sysconfig
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

WHO = {"GIT_AUTHOR_NAME": "X", "GIT_AUTHOR_EMAIL": "x@example.org"}
WHO |= {"GIT_COMMITTER_NAME": "X", "GIT_COMMITTER_EMAIL": "x@example.org"}
LATE = "2026-03-01T23:30:00-0500"  # in UTC it is 2 March already
NOWHERE = {"GIT_DIR": "/nowhere/.git", "GIT_WORK_TREE": "/nowhere", "GIT_TRACE": "1"}

# What may differ from machine to machine: variables of the environment, and what is not one.
FACTORS: dict[str, tuple[dict[str, str], ...]] = {
    "zone": (
        {"TZ": "UTC"},
        {"TZ": "Pacific/Kiritimati"},
        {"TZ": "America/New_York"},
        {"TZ": "<-12>12"},
    ),
    "language": (
        {"LC_ALL": "C.UTF-8"},
        {"LC_ALL": "tr_TR.UTF-8", "LANGUAGE": "kk"},
        {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
        {"LANG": "POSIX", "PYTHONIOENCODING": "ascii"},
    ),
    "hashes": ({"PYTHONHASHSEED": "0"}, {"PYTHONHASHSEED": "1"}, {"PYTHONHASHSEED": "4242"}),
    "umask": ({"UMASK": "022"}, {"UMASK": "077"}, {"UMASK": "000"}),
    "place": (
        {"PLACE": "site"},
        {"PLACE": "Орын мұрағаты ئارخىپ 档案"},
        {"PLACE": "a/b c/d'e"},
        {"PLACE": "%41&#x22;/-q"},
    ),
    "order": ({"ORDER": "sorted"}, {"ORDER": "backwards"}, {"ORDER": "shuffled"}),
    "disk": ({}, {"DISK": "memory"}),
    "temporary": ({}, {"TMPDIR": "memory"}),
    "jobs": ({"JOBS": "1"}, {"JOBS": "2"}, {"JOBS": "3"}),
    "from": ({}, {"CWD": "/"}, {"CWD": "root"}),
    "root": ({}, {"ROOT": "behind a link"}),
    "terminal": ({"TERM": "dumb"}, {"TERM": "xterm", "COLUMNS": "20", "FORCE_COLOR": "1"}),
    "git": ({}, NOWHERE, {"GIT_CONFIG_COUNT": "1", "GIT_CONFIG_KEY_0": "log.showSignature",
                          "GIT_CONFIG_VALUE_0": "true"}),
    "others": ({}, {"NO_COLOR": "1", "HOME": "/nowhere"}, {"PAGEFIND_SITE": "/nowhere",
               "SOURCE_DATE_EPOCH": "1", "PYTHONOPTIMIZE": "1"}),
    "python": ({}, {"PYTHON": "system"}, {"PYTHON": "3.12"}, {"PYTHON": "3.13"}),
}  # fmt: skip


def rows() -> list[dict[str, str]]:
    """Environments in which any two values of any two factors meet at least once."""
    names = list(FACTORS)
    open_pairs = {
        (one, x, other, y)
        for one, other in itertools.combinations(names, 2)
        for x in range(len(FACTORS[one]))
        for y in range(len(FACTORS[other]))
    }
    chance = random.Random(1)
    made = []
    while open_pairs:
        best: dict[str, int] = {}
        most = -1
        for _ in range(60):
            tried = {name: chance.randrange(len(FACTORS[name])) for name in names}
            new = sum(tried[a] == x and tried[b] == y for a, x, b, y in open_pairs)
            if new > most:
                best, most = tried, new
        open_pairs = {p for p in open_pairs if (best[p[0]], best[p[2]]) != (p[1], p[3])}
        made.append(best)
    return [{k: v for n, x in row.items() for k, v in FACTORS[n][x].items()} for row in made]


ROWS = rows()


def git(root: Path, *arguments: str, **more: str) -> None:
    environment = {"PATH": os.environ["PATH"], "HOME": "/nowhere"} | WHO | more
    subprocess.run(["git", *arguments], cwd=root, env=environment, check=True)


def laid(source: Path, root: Path, order: str) -> None:
    """The sources of a site, file by file, as a commit of its own."""
    files = sorted(
        path
        for path in source.rglob("*")
        if path.is_file() and path.relative_to(source).parts[0] in {"content", "site.yaml"}
    )
    if order != "sorted":
        files.reverse() if order == "backwards" else random.Random(5).shuffle(files)
    for path in files:
        place = root / path.relative_to(source)
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(path.read_bytes())
    git(root, "init", "-q")
    git(root, "add", ".")
    git(root, "commit", "-qm", "All", GIT_COMMITTER_DATE=LATE)


PROJECT = Path(__file__).resolve().parents[1]
SYSTEM = Path("/usr/bin/python3")


def interpreter(name: str) -> dict[str, str]:
    """Another Python: of `.venv-NAME`, or the system's with the libraries of this one.

    Where there is none of that name, or none of this version, it is that of the test.
    """
    other = PROJECT / f".venv-{name}/bin/python"
    if other.exists():
        return {"python": str(other)}
    version = "import sys; print(*sys.version_info[:2])"
    if name == "system" and SYSTEM.exists():
        asked = [str(SYSTEM), "-c", version]
        said = subprocess.run(asked, capture_output=True, text=True, check=True).stdout.split()
        if said == [str(number) for number in sys.version_info[:2]]:
            libraries = f"{PROJECT}{os.pathsep}{sysconfig.get_path('purelib')}"
            return {"python": str(SYSTEM), "PYTHONPATH": libraries}
    return {}


@pytest.fixture
def memory() -> Iterator[Path]:
    """A folder on a disk in memory, where names come in another order; else on any."""
    parent = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
    with tempfile.TemporaryDirectory(dir=parent) as folder:
        yield Path(folder)


def built(
    whole: Any, source: Path, row: dict[str, str], at: Path, memory: Path, *, day: str = ""
) -> Path:
    """The site of a row, built; as of its commit, or of a `day`."""
    own = dict(row)
    base = memory / at.name if own.pop("DISK", "") else at
    root = base / own.pop("PLACE")
    root.mkdir(parents=True)
    laid(source, root, own.pop("ORDER"))
    if own.pop("ROOT", ""):
        (base / "link").symlink_to(root.parent, target_is_directory=True)
        root = base / "link" / root.name
    if own.get("CWD") == "root":
        own["CWD"] = str(root)
    if "TMPDIR" in own:
        own["TMPDIR"] = str(memory)
    options = ["--jobs", own.pop("JOBS"), *(["--date", day] if day else [])]
    own |= interpreter(own.pop("PYTHON", "")) | {"FAULT_PARTS": "10"}
    status, out, err = whole.ran(root, *options, **own)
    err = "" if "GIT_TRACE" in own else err
    assert (status, out, err) == (0, "", ""), f"{row}\n{err}"
    return root / "public"


def late(whole: Any, site: Any) -> Path:
    """A site with a seal that ended everywhere on Earth on the day of the commit, in UTC."""
    names = {"text": "Late", "lang": "en", "kind": "pseudonym"}
    whole.told(site).place("pl-late", protect="sealed-until 2026-02-28", names=[names])
    return Path(site.root)


def test_any_two_values_of_any_two_factors_meet() -> None:
    assert len(ROWS) >= 12


@pytest.mark.skipif(shutil.which("git") is None, reason="there is no git here")
def test_a_commit_has_the_same_bytes_wherever_it_is_built(
    site: Any, whole: Any, size: Any, tmp_path: Path, memory: Path
) -> None:
    source = late(whole, site)
    outputs = [
        built(whole, source, row, tmp_path / f"{n}", memory)
        for n, row in enumerate(ROWS[: size(4, len(ROWS))])
    ]

    assert [whole.differences(outputs[0], other) for other in outputs] == [[]] * len(outputs)
    assert (outputs[0] / "search/ug/pagefind-entry.json").is_file()
    assert (outputs[0] / "en/places/pl-late.html").is_file()


def test_another_program_of_that_name_has_no_part_in_a_build(
    site: Any, whole: Any, tmp_path: Path
) -> None:
    """Processes that a build starts look for the program by themselves."""
    whole.told(site)
    assert whole.built(site.root) == 0
    other = tmp_path / "other"
    shutil.copytree(PROJECT / "aigaq", other / "aigaq")
    with (other / "aigaq/output/conversion.py").open("a") as code:
        code.write("\ndef _convert(_):\n    return b'nothing'\n")
    shutil.rmtree(site.root / ".cache")

    run = {"PYTHONPATH": str(other), "CWD": "/"}
    whole.process(
        site.root, "--date", whole.DATE, "--no-search", "--output", tmp_path / "o", **run
    )

    assert whole.differences(site.public, tmp_path / "o") == []


def test_a_second_build_of_the_demonstration_touches_nothing(
    demonstration: Path, whole: Any
) -> None:
    before = whole.traces(demonstration / "public")

    options = ["--jobs", 2, "--date", whole.DATE]
    whole.process(demonstration, *options, TZ="America/New_York", LC_ALL="C", UMASK="077")

    assert whole.traces(demonstration / "public") == before


@pytest.mark.nightly
@pytest.mark.parametrize("n", range(12))
def test_the_demonstration_has_the_same_bytes_wherever_it_is_built(
    demonstration: Path, whole: Any, n: int, tmp_path: Path, memory: Path
) -> None:
    public = built(whole, whole.PROJECT, ROWS[n], tmp_path / "row", memory, day=whole.DATE)

    assert whole.differences(demonstration / "public", public) == []


@pytest.mark.parametrize("version", ["3.11", "3.12", "3.13"])
def test_another_python_makes_the_same_bytes(
    site: Any, whole: Any, version: str, tmp_path: Path
) -> None:
    """Looks for `.venv-VERSION`, which `make VENV=.venv-VERSION PYTHON=…` makes."""
    here = "{}.{}".format(*sys.version_info)
    python = whole.PROJECT / f".venv-{version}/bin/python"
    if version == here or not python.exists():
        pytest.skip(f"there is no .venv-{version} here, or it is the Python of this test")
    whole.told(site)
    assert whole.built(site.root, search=True) == 0

    whole.process(
        site.root, "--date", whole.DATE, "--output", tmp_path / "other", python=str(python)
    )

    assert whole.differences(site.public, tmp_path / "other") == []
