"""The laws of a build, on whole sites through the real command: same bytes, nothing in vain.

What a stage promises is tested beside it; here a site is built as its editors build it, and all
of its files are compared, the search index included.
"""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from aigaq import cli

if TYPE_CHECKING:
    from collections.abc import Callable

HERE = Path(__file__).parent
PROJECT = HERE.parent
BUILD = PROJECT / "build.py"
DATE = "2026-11-22"
PAGE = "en/testimonies/t-1.html"
LANGUAGES = ("en", "kk", "ug", "zh-Hans")
STEPS = 10  # of random edits, from each of four seeds


def told(site: Any) -> Any:
    """A small site of every kind of record, in four languages."""
    return (
        site.config(languages=LANGUAGES, address="https://archive.example.org/")
        .topics({"id": "prison", "label": {"en": "Prison", "kk": "Түрме"}})
        .place("pl-land", "Land", type="country")
        .place("pl-town", "Town", type="county", in_="pl-land")
        .organisation("org-paper", "Placeholder Paper", type="outlet")
        .series("s-1")
        .person("p-mother", "Placeholder Mother", from_="pl-town")
        .person("p-rose", "Rose", protect="pseudonym")
        .group("g-1", of="p-mother")
        .testimony(
            "t-1",
            body="They took [her](person:p-mother).\n\nNobody knew.[^1]\n\n[^1]: Why.\n",
            topics=["prison"],
            series=["s-1"],
            about=[{"person": "p-mother", "relation": "mother"}],
            interview={"date": "2024-03-09", "place": "pl-town"},
            claims=[
                {"about": "p-mother", "what": "detained", "status": "camp", "when": "2017-08"},
                {"about": "p-mother", "what": "lived-in", "where": "pl-town"},
            ],
        )
        .translation("t-1", "kk", "Оны тамызда алып кетті.\n\nЕшкім білмеді.\n")
        .testimony("t-2", "ug", body="ئۇ تۈرمىگە قامالدى.\n", told_by="p-rose")
        .testimony("t-3", "zh-Hans", body="他们把她送进看守所。\n")
        .page("about")
    )


def files(folder: Path) -> dict[str, tuple[int, bytes]]:
    """Mode and bytes of every file, hidden ones too: what a mirror would carry."""
    return {
        path.relative_to(folder).as_posix(): (path.stat().st_mode, path.read_bytes())
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def traces(folder: Path) -> dict[str, tuple[int, int, int]]:
    """What tells that a file was written anew, even with the same bytes; folders too."""
    return {
        path.relative_to(folder).as_posix(): (
            (state := path.lstat()).st_ino,
            state.st_mtime_ns,
            state.st_ctime_ns,
        )
        for path in (folder, *sorted(folder.rglob("*")))
    }


def differences(one: Path, other: Path) -> list[str]:
    """The paths of files that are not the same in both folders."""
    here, there = files(one), files(other)
    return sorted(path for path in {*here, *there} if here.get(path) != there.get(path))


@pytest.fixture
def build(capfd: pytest.CaptureFixture[str]) -> Callable[..., str]:
    """`aigaq build` in this process, which must go well; what it printed."""

    def run(root: Path, *args: object, search: bool = False, status: int = 0) -> str:
        options = [*args, "--root", root, "--date", DATE, "--jobs", 1]
        left: Any = 0
        try:
            cli.main(["build", *map(str, options), *([] if search else ["--no-search"])])
        except SystemExit as stop:
            left = stop.code
        printed = capfd.readouterr()
        assert left == status, printed.out + printed.err
        return printed.out

    return run


def process(root: Path, *args: object, **environment: str) -> None:
    """`python build.py …` with an environment of its own, which must go well."""
    umask = int(environment.pop("UMASK", "022"), 8)
    ran = subprocess.run(
        [sys.executable, str(BUILD), "-q", "--root", str(root), *map(str, args)],
        env={"PATH": os.environ["PATH"], "HOME": os.environ.get("HOME", "/")} | environment,
        umask=umask,
        capture_output=True,
        check=False,
        timeout=600,
    )
    assert (ran.returncode, ran.stdout, ran.stderr) == (0, b"", b"")


# A second build


def test_a_second_build_touches_nothing(site: Any, build: Any) -> None:
    told(site)
    build(site.root, search=True)
    before = traces(site.public)

    printed = build(site.root, search=True)

    assert "nothing has changed" in printed
    assert traces(site.public) == before


def test_without_its_cache_a_build_touches_nothing(site: Any, build: Any) -> None:
    told(site)
    build(site.root, search=True)
    before = traces(site.public)
    shutil.rmtree(site.root / ".cache")

    build(site.root, search=True)

    assert traces(site.public) == before


def test_a_spoilt_cache_is_not_believed(site: Any, build: Any) -> None:
    told(site)
    build(site.root, search=True)
    before = traces(site.public)
    for entry in (site.root / ".cache").glob("*/??/*"):
        entry.write_bytes(entry.read_bytes()[:-1] + b"\0")

    build(site.root, search=True)

    assert traces(site.public) == before


def test_an_edit_rewrites_only_what_shows_it(site: Any, build: Any) -> None:
    told(site)
    build(site.root)
    before = traces(site.public)
    site.page("about", body="Other words.\n")

    build(site.root)

    after = traces(site.public)
    rewritten = {p for p in before if before[p] != after[p] and (site.public / p).is_file()}
    # Links are counted in a file's status, so only inode and time of change are compared.
    rewritten = {p for p in rewritten if before[p][:2] != after[p][:2]}
    shown = ("about.html", "index.html")  # the home page begins with its words
    assert rewritten == {f"{lang}/{name}" for lang in LANGUAGES for name in shown}


# The same bytes anywhere


@dataclass(frozen=True)
class Place:
    """Where and how a build runs."""

    folder: str
    jobs: int
    environment: dict[str, str]
    backwards: bool = False  # the order in which the files of the site were made


PLACES = (
    Place(
        "site",
        1,
        {"TZ": "UTC", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "0", "UMASK": "022"},
    ),
    Place(
        "Орын мұрағаты ئارخىپ 档案",
        2,
        {"TZ": "Pacific/Kiritimati", "LC_ALL": "tr_TR.UTF-8", "PYTHONHASHSEED": "1"}
        | {"UMASK": "077", "LANGUAGE": "kk", "PAGEFIND_SITE": "/nowhere"},
        backwards=True,
    ),
    Place(
        "a/b c/d'e",
        2,
        {"TZ": "America/New_York", "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
        | {"PYTHONHASHSEED": "4242", "UMASK": "002", "COLUMNS": "20", "FORCE_COLOR": "1"},
    ),
)


def copied(source: Path, place: Place, into: Path) -> Path:
    """The sources of a site, file by file, in the folder of a place."""
    root = into / place.folder
    paths = sorted(path for path in source.rglob("*") if path.is_file())
    for path in reversed(paths) if place.backwards else paths:
        name = path.relative_to(source)
        if name.parts[0] in {"content", "site.yaml"}:
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            (root / name).write_bytes(path.read_bytes())
    return root


def test_a_site_has_the_same_bytes_wherever_it_is_built(site: Any, tmp_path: Path) -> None:
    told(site)
    roots = [copied(site.root, place, tmp_path / f"{n}") for n, place in enumerate(PLACES)]
    for root, place in zip(roots, PLACES, strict=True):
        process(root, "--jobs", place.jobs, "--date", DATE, **place.environment)

    assert differences(roots[0] / "public", roots[1] / "public") == []
    assert differences(roots[0] / "public", roots[2] / "public") == []
    assert (roots[0] / "public/search/ug/pagefind-entry.json").is_file()


@pytest.mark.skipif(shutil.which("git") is None, reason="there is no git here")
def test_a_commit_has_one_date_in_all_time_zones(site: Any, tmp_path: Path) -> None:
    late = {"names": {"text": "Late", "kind": "pseudonym"}, "type": "county"}
    told(site).place("pl-late", protect="sealed-until 2026-02-28", **late)
    who = {"GIT_AUTHOR_NAME": "X", "GIT_AUTHOR_EMAIL": "x@example.org"}
    who |= {"GIT_COMMITTER_NAME": "X", "GIT_COMMITTER_EMAIL": "x@example.org"}
    when = {"GIT_COMMITTER_DATE": "2026-03-01T23:30:00-0500"}
    for command in (["init", "-q"], ["add", "."], ["commit", "-qm", "All"]):
        environment = {"PATH": os.environ["PATH"], "HOME": str(tmp_path)} | who | when
        subprocess.run(["git", *command], cwd=site.root, env=environment, check=True)
    outputs = [tmp_path / zone for zone in ("one", "other")]

    for output, zone in zip(outputs, ("America/New_York", "Pacific/Kiritimati"), strict=True):
        process(site.root, "--no-search", "--output", output, TZ=zone)

    assert differences(*outputs) == []
    # In UTC it was 2 March already, so the seal had ended everywhere on Earth.
    assert (outputs[0] / "en/places/pl-late.html").is_file()


# The demonstration content


def test_a_second_build_of_the_demonstration_touches_nothing(demonstration: Path) -> None:
    before = traces(demonstration / "public")

    process(demonstration, "--jobs", 2, "--date", DATE, **PLACES[2].environment)

    assert traces(demonstration / "public") == before


def test_the_demonstration_has_the_same_bytes_elsewhere(
    demonstration: Path, tmp_path: Path
) -> None:
    other = copied(PROJECT, PLACES[1], tmp_path)

    process(other, "--jobs", 2, "--date", DATE, **PLACES[1].environment)

    assert differences(demonstration / "public", other / "public") == []


# Incremental equals clean


class Editor:
    """Changes a site at random, now and then wrongly; the same way for the same seed."""

    def __init__(self, site: Any, seed: int) -> None:
        self.site = site
        self.chance = random.Random(seed)
        self.number = 0
        self.slip = site.root / "content/people/p-slip.yaml"

    def edit(self) -> str:
        """One change; what it was. A slip is mended at the next one."""
        self.number += 1
        self.slip.unlink(missing_ok=True)
        steps = [name for name in dir(self) if name.startswith("step_")]
        name = self.chance.choice(steps)
        getattr(self, name)()
        return name

    def texts(self) -> list[Path]:
        return sorted((self.site.root / "content/testimonies").glob("*.md"))

    def step_a_new_text(self) -> None:
        lang = self.chance.choice(LANGUAGES)
        self.site.testimony(f"t-new-{self.number}", lang, f"Words {self.number}.\n")

    def step_a_new_translation(self) -> None:
        text = self.chance.choice(self.texts())
        record, lang, _ = text.name.split(".")
        to = self.chance.choice([tag for tag in LANGUAGES if tag != lang])
        self.site.translation(record, to, f"Other words {self.number}.\n", of=lang)

    def step_a_text_goes(self) -> None:
        texts = self.texts()
        if len(texts) > 2:
            self.chance.choice(texts).unlink()

    def step_more_words(self) -> None:
        text = self.chance.choice(self.texts())
        text.write_text(f"{text.read_text('utf-8')}\nAnd then {self.number}.\n", "utf-8")

    def step_a_new_name(self) -> None:
        self.site.person("p-mother", f"Placeholder Mother {self.number}", from_="pl-town")

    def step_a_new_person(self) -> None:
        self.site.person(f"p-new-{self.number}", role="missing", family=[{"person": "p-mother",
                         "is": "aunt"}])  # fmt: skip

    def step_somebody_is_protected(self) -> None:
        level = self.chance.choice(["pseudonym", "restricted", "initials"])
        self.site.person("p-rose", "R. S.", protect=level)

    def step_a_topic_more(self) -> None:
        topics = ["prison", *(f"topic-{n}" for n in range(self.chance.randrange(4)))]
        self.site.topics(*({"id": topic, "label": topic.title()} for topic in topics))

    def step_a_place_moves(self) -> None:
        self.site.place("pl-town", f"Town {self.number}", type="county")

    def step_another_title(self) -> None:
        self.site.config(title=f"Placeholder Archive {self.number}")

    def step_fewer_languages(self) -> None:
        self.site.config(
            languages=self.chance.choice([LANGUAGES, LANGUAGES[:3], LANGUAGES[:2]])
        )

    def step_another_template(self) -> None:
        main = f"<h1>{{{{ words(page.title) }}}}</h1><p>{self.number}</p>"
        head = '{% extends "base.html" %}{% block main %}'
        self.site.write("templates/content_page.html", f"{head}{main}{{% endblock %}}\n")

    def step_the_own_template_goes(self) -> None:
        shutil.rmtree(self.site.root / "templates", ignore_errors=True)

    def step_another_look(self) -> None:
        self.site.write(
            f"theme/css/own-{self.number % 3}.css", f"p {{ margin: {self.number}px }}"
        )

    def step_a_slip(self) -> None:
        self.slip.write_text(f"nmaes: X{self.number}\n", "utf-8")


def built(root: Path, *, search: bool) -> int:
    """Builds quietly in this process; the exit status."""
    options = ["--root", str(root), "--date", DATE, "--jobs", "1", "-q"]
    try:
        cli.main(["build", *options, *([] if search else ["--no-search"])])
    except SystemExit as left:
        return int(left.code or 0)
    return 0


@pytest.mark.parametrize("seed", range(4))
def test_whatever_was_edited_an_incremental_build_equals_a_clean_one(
    seed: int, site: Any, tmp_path: Path
) -> None:
    told(site)
    editor = Editor(site, seed)
    clean = tmp_path / "clean"
    history: list[str] = []
    for step in range(STEPS):
        history.append(editor.edit())
        search = step == STEPS - 1
        before = traces(site.public) if site.public.exists() else {}
        status = built(site.root, search=search)
        shutil.rmtree(clean, ignore_errors=True)
        ignored = shutil.ignore_patterns("public", ".cache")
        shutil.copytree(site.root, clean, ignore=ignored)

        assert built(clean, search=search) == status, history
        if status:
            assert (traces(site.public) if site.public.exists() else {}) == before, history
            assert not (clean / "public").exists(), history
        else:
            assert differences(site.public, clean / "public") == [], history


# Where the site goes


def test_what_was_removed_vanishes(site: Any, build: Any) -> None:
    told(site)
    build(site.root, search=True)
    site.remove("content/testimonies/t-2.ug.md").remove("content/consent/c-t-2.yaml")

    build(site.root, search=True)

    assert [path for path in site.files() if "t-2" in path] == []
    assert [path for path, (_, data) in files(site.public).items() if b"t-2" in data] == []
    assert list((site.public / "search/ug/fragment").iterdir()) != []


def test_a_site_can_go_elsewhere(
    site: Any, build: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told(site)
    build(site.root)
    monkeypatch.chdir(tmp_path)

    build(site.root, "--output", "else where/site")

    assert differences(site.public, tmp_path / "else where/site") == []


def test_a_site_can_be_moved_and_built_on(site: Any, build: Any, tmp_path: Path) -> None:
    told(site)
    build(site.root, search=True)
    moved = site.root.rename(tmp_path / "Көшкен мұрағат")
    before = {path: trace[:2] for path, trace in traces(moved / "public").items()}

    build(moved, search=True)

    assert {path: trace[:2] for path, trace in traces(moved / "public").items()} == before


def test_a_site_without_templates_has_those_of_the_package(site: Any, build: Any) -> None:
    told(site)

    build(site.root)

    assert not (site.root / "templates").exists()
    assert "They took" in site.read(PAGE)
    assert (site.public / "assets/site.css").stat().st_size > 1000


# From a wheel


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the package as `pip install` leaves it, without what it depends on."""
    folder = tmp_path_factory.mktemp("wheel")
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "-q"]
    said = ""
    for source in (["--no-index", "--no-build-isolation"], []):  # offline, else as make does
        wheel = [*pip, "wheel", str(PROJECT), "--no-deps", *source, "-w", str(folder)]
        made = subprocess.run(wheel, capture_output=True, check=False, timeout=300, text=True)
        if made.returncode == 0:
            break
        said = made.stderr.strip().rpartition("\n")[2]
    else:
        pytest.skip(f"pip cannot build a wheel here: {said}")
    (built_wheel,) = folder.glob("*.whl")
    options = ["--no-deps", "--no-index", "--target", str(folder / "lib")]
    subprocess.run([*pip, "install", *options, str(built_wheel)], check=True)
    return folder / "lib"


def test_the_installed_package_builds_the_same_site(
    site: Any, build: Any, installed: Path, tmp_path: Path
) -> None:
    told(site)
    build(site.root)
    program = "from aigaq import cli, __file__; print(__file__); cli.main()"
    options = ["--root", str(site.root), "--output", str(tmp_path / "out"), "--no-search"]

    ran = subprocess.run(
        [sys.executable, "-c", program, "-q", *options, "--date", DATE],
        cwd=tmp_path,
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(installed)},
        capture_output=True,
        check=False,
        text=True,
        timeout=600,
    )

    assert (ran.returncode, ran.stderr) == (0, "")
    assert Path(ran.stdout.strip()).is_relative_to(installed)
    assert differences(site.public, tmp_path / "out") == []
