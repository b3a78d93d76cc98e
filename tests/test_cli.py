"""The command line as an editor meets it: exit statuses, options, and where what is printed."""

from __future__ import annotations

import contextlib
import importlib.metadata
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from aigaq import cli
from aigaq.desk import preview, scaffold
from aigaq.output import lock
from aigaq.pipeline import preparing

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

BUILD = Path(__file__).parents[1] / "build.py"
HEAVY = {
    *("pydantic", "jinja2", "markdown", "babel", "yaml", "rich", "watchdog", "PIL", "nh3"),
    *("segno", "pagefind_bin", "asyncio", "multiprocessing", "subprocess", "http.server"),
}

Ran = tuple[int, str, str]


@pytest.fixture
def aigaq(capsys: pytest.CaptureFixture[str]) -> Callable[..., Ran]:
    """Runs the command in this process: its exit status, standard output, standard error."""

    def run(*args: object) -> Ran:
        status: Any = 0
        try:
            cli.main([str(arg) for arg in args])
        except SystemExit as left:
            status = left.code
        printed = capsys.readouterr()
        return int(status), printed.out, printed.err

    return run


@pytest.fixture
def good(site: Any) -> Path:
    """The folder of a site without any problem, and without a text that takes time."""
    return Path(site.place("pl-1").root)


@pytest.fixture
def bad(site: Any) -> Path:
    """The folder of a site with one error."""
    return Path(site.person("p-1", not_same_as="p-nobody").root)


def build_py(*args: object, cwd: Path, **more: Any) -> subprocess.CompletedProcess[bytes]:
    """`python build.py …`, as a process of its own."""
    command = [sys.executable, str(BUILD), *map(str, args)]
    return subprocess.run(
        command, cwd=cwd, capture_output=True, check=False, timeout=60, **more
    )


# Exit statuses


@pytest.mark.parametrize("command", ["check", "build", "clean", "new", "--help", "--version"])
def test_what_goes_well_ends_with_0(aigaq: Any, good: Path, command: str) -> None:
    more = {"new": ["person"], "build": ["--no-search"]}.get(command, [])

    assert aigaq("--root", good, command, *more)[0] == cli.Exit.GOOD


@pytest.mark.parametrize("command", ["check", "build"])
def test_errors_in_the_content_end_with_1(aigaq: Any, bad: Path, command: str) -> None:
    status, out, _ = aigaq(command, "--root", bad)

    assert status == cli.Exit.CONTENT
    assert "content/people/p-1.yaml:3:14: error L" in out


def test_a_new_file_with_a_bad_id_ends_with_1(aigaq: Any, good: Path) -> None:
    status, out, _ = aigaq("new", "person", "--id", "../x", "--root", good)

    assert status == cli.Exit.CONTENT
    assert '"../x" cannot be an id' in out


def test_a_site_that_is_being_built_cannot_be_cleaned_now(aigaq: Any, good: Path) -> None:
    with lock.held(good):
        status, out, _ = aigaq("clean", "--root", good)

    assert status == cli.Exit.NOT_NOW
    assert str(os.getpid()) in out


def test_a_port_that_is_taken_ends_with_3(aigaq: Any, good: Path) -> None:
    with preview.started(good, port=0, say=str) as address:
        port = address.rstrip("/").rpartition(":")[2]

        status, out, _ = aigaq("serve", "-q", "--root", good, "--port", port)

    assert status == cli.Exit.NOT_NOW
    assert port in out


@pytest.mark.parametrize(
    "args",
    [
        ["biuld"],
        ["build", "check"],
        ["--wrong"],
        ["check", "--wrong"],
        ["check", "--format", "pdf"],
        ["build", "--date", "yesterday"],
        ["build", "--jobs", "0"],
        ["serve", "--port", "70000"],
        ["new"],
        ["new", "poem"],
        ["report", "poem"],
        ["report", "names", "--format", "github"],
        ["--root"],
        ["check", "--root", "nowhere"],
        ["--root", "nowhere"],
        ["check", "--root", "site.yaml"],
        ["build", "--output", "content"],
    ],
)
def test_wrong_usage_ends_with_4_and_changes_nothing(
    aigaq: Any, site: Any, monkeypatch: pytest.MonkeyPatch, args: list[str]
) -> None:
    site.testimony("t-1")
    before = site.sources()
    monkeypatch.chdir(site.root)

    status, out, err = aigaq(*args)

    assert (status, bool(out + err)) == (cli.Exit.USAGE, True)
    assert site.sources() == before


def test_a_folder_that_is_no_site_ends_with_4_and_is_named(aigaq: Any, tmp_path: Path) -> None:
    status, _, err = aigaq("check", "--root", tmp_path)

    assert status == cli.Exit.USAGE
    assert f"{tmp_path} has no site.yaml" in err
    assert "--root" in err


def test_a_folder_below_a_site_is_told_where_the_site_is(aigaq: Any, good: Path) -> None:
    spaced = good.rename(good.with_name("my site"))
    _, _, err = aigaq("check", "--root", spaced / "content")

    assert f"type cd '{spaced.resolve()}'" in " ".join(err.split())


def test_a_site_whose_file_is_misnamed_is_told_the_right_name(
    aigaq: Any, tmp_path: Path
) -> None:
    (tmp_path / "site.yaml.txt").touch()

    _, _, err = aigaq("check", "--root", tmp_path)

    assert "site.yaml.txt: rename it to site.yaml" in err


def test_a_fault_of_the_program_ends_with_5_and_repeats_no_words_of_the_content(
    aigaq: Any, good: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def faulty(*_: object, **__: object) -> None:
        raise ZeroDivisionError("the real name of somebody")

    monkeypatch.setattr(preparing, "prepare", faulty)

    status, out, err = aigaq("check", "--root", good)

    assert status == cli.Exit.BUG
    assert "ZeroDivisionError in building.py:" in err
    assert "real name" not in out + err
    assert "Traceback" not in err


# Options before and after the command, and no command


@pytest.mark.parametrize(
    "line",
    [
        "--root ROOT -q check",
        "--root=ROOT -q check",
        "-q --root ROOT check",
        "--quiet check --root ROOT",
        "--root ROOT check -q",
        "check --root ROOT -q",
        "check -q --root=ROOT",
        "check --format text -q --root ROOT",
    ],
)
def test_root_and_quiet_may_stand_before_and_after_the_command(
    aigaq: Any, bad: Path, line: str
) -> None:
    status, out, err = aigaq(*(word.replace("ROOT", str(bad)) for word in line.split()))

    assert status == cli.Exit.CONTENT
    assert out.startswith("content/people/p-1.yaml:3:")
    assert err == ""


@pytest.mark.parametrize(
    "line",
    [
        "--root ROOT",
        "--root=ROOT",
        "--root ROOT --no-search",
        "--no-search --root ROOT",
        "--date 2026-11-22 --root ROOT",
        "build --root ROOT",
        "--root ROOT build --jobs 1",
    ],
)
def test_no_command_is_build(aigaq: Any, bad: Path, line: str) -> None:
    out = aigaq(*(word.replace("ROOT", str(bad)) for word in line.split()))[1]

    assert out.endswith("1 error, 0 warnings. Nothing was written.\n")


def test_no_word_at_all_builds_the_site_of_this_folder(
    aigaq: Any, site: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(site.person("p-1").root)

    assert aigaq()[0] == 0

    assert "en/people/p-1.html" in site.files()


def test_a_folder_with_the_name_of_a_command_is_still_a_folder(
    aigaq: Any, new_site: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = new_site("check").person("p-1")
    monkeypatch.chdir(tmp_path)

    aigaq("--root", "check", "--no-search")

    assert site.files()


def test_a_mistyped_command_is_named_as_such(aigaq: Any) -> None:
    assert "biuld" in aigaq("biuld")[2]


def test_an_output_folder_is_seen_from_the_working_folder(
    aigaq: Any, good: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)

    aigaq("--root", good, "--output", "out", "--no-search")

    assert (tmp_path / "out/index.html").is_file()
    assert not (good / "public").exists()


# What is printed, and where


def test_problems_go_to_standard_output_and_progress_to_standard_error(
    aigaq: Any, bad: Path
) -> None:
    _, out, err = aigaq("check", "--root", bad)

    assert "error" in out
    assert "error" not in err
    assert err.splitlines()[0] == "reading"
    assert "reading" not in out


def test_every_problem_comes_with_its_remedy_and_the_count(aigaq: Any, bad: Path) -> None:
    place, remedy, count = aigaq("check", "--root", bad)[1].splitlines()

    assert place.startswith("content/people/p-1.yaml:3:")
    assert remedy.startswith("    ")
    assert count == "1 error, 0 warnings in 2 files."


def test_a_build_with_errors_leaves_the_old_site(aigaq: Any, site: Any) -> None:
    site.person("p-1", name="Old Placeholder").build()
    before = site.read("en/people/p-1.html")
    site.person("p-1", name="New Placeholder", not_same_as="p-nobody")

    _, out, _ = aigaq("build", "--root", site.root)

    assert out.endswith("1 error, 0 warnings. Nothing was written.\n")
    assert site.read("en/people/p-1.html") == before


def test_quiet_says_nothing_when_all_is_well(aigaq: Any, good: Path) -> None:
    assert aigaq("-q", "build", "--no-search", "--root", good) == (0, "", "")


def test_a_build_says_what_it_did_and_where_the_site_begins(
    aigaq: Any, good: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(good)

    first = aigaq("build", "--no-search")[1]
    second = aigaq("build", "--no-search")[1]

    assert " files written, 0 removed). Open public/index.html" in first
    assert "nothing has changed" in second


@pytest.mark.parametrize("folder", ["good", "bad"])
def test_json_is_json_whatever_else_is_said(
    aigaq: Any, folder: str, request: pytest.FixtureRequest
) -> None:
    root = request.getfixturevalue(folder)

    _, out, _ = aigaq("check", "--format", "json", "--root", root)

    assert len(json.loads(out)) == (folder == "bad")


def test_the_report_on_names_has_pairs_with_their_lines_and_changes_nothing(
    aigaq: Any, site: Any
) -> None:
    site.person("p-1", name="Sample").person("p-2", name="Sample")
    before = {path for path in site.root.rglob("*") if ".cache" not in path.parts}

    status, out, _ = aigaq("report", "names", "--root", site.root)

    assert status == cli.Exit.GOOD
    assert "\np-1 and p-2: not decided" in out
    assert "content/people/p-2.yaml:" in out
    assert {path for path in site.root.rglob("*") if ".cache" not in path.parts} == before


@pytest.mark.parametrize("folder", ["good", "bad"])
def test_a_report_is_made_of_what_could_be_read(
    aigaq: Any, folder: str, request: pytest.FixtureRequest
) -> None:
    root = request.getfixturevalue(folder)

    status, out, _ = aigaq("-q", "report", "names", "--format", "json", "--root", root)

    assert status == cli.Exit.GOOD
    assert json.loads(out)["people"] == []


def test_without_settings_there_is_no_report(aigaq: Any, good: Path) -> None:
    (good / "site.yaml").write_text("- a list\n", "utf-8")

    status, out, _ = aigaq("report", "names", "--root", good)

    assert status == cli.Exit.CONTENT
    assert out.startswith("site.yaml:1:1: error")


def test_a_new_file_is_named_alone_so_that_a_script_can_use_it(
    aigaq: Any, good: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(good)

    _, out, err = aigaq("new", "testimony", "--id", "t-2")

    assert out == "content/testimonies/t-2.en.md\n"
    assert "aigaq check" in err


def test_check_names_what_a_new_file_still_lacks(aigaq: Any, good: Path) -> None:
    aigaq("new", "testimony", "--id", "t-2", "--root", good)

    _, out, _ = aigaq("check", "-q", "--root", good)

    assert all(f'"{key}" has no value' in out for key in ("title", "told_by", "consent"))
    assert "content/testimonies/t-2.en.md:" in out


def test_the_command_line_knows_every_kind_that_can_be_started() -> None:
    assert set(cli.site.KINDS) == set(scaffold.KINDS)


# As a process of its own


def test_the_door_and_the_installed_command_are_the_same() -> None:
    (script,) = importlib.metadata.entry_points(group="console_scripts", name="aigaq")

    assert script.load() is cli.main


def test_a_python_without_descriptions_is_refused(good: Path) -> None:
    ran = subprocess.run(
        [sys.executable, "-OO", str(BUILD), "build"], cwd=good, capture_output=True, check=False
    )
    assert (ran.returncode, ran.stdout) == (4, b"")
    assert b"-OO" in ran.stderr
    assert not (good / "public").exists()


def test_build_py_builds_the_site_of_the_working_folder(site: Any) -> None:
    site.testimony("t-1")

    ran = build_py("--no-search", cwd=site.root)

    assert (ran.returncode, ran.stderr.count(b"Traceback")) == (0, 0)
    assert "en/testimonies/t-1.html" in site.files()


@pytest.mark.parametrize(
    "command",
    [
        "import aigaq.cli",
        "import aigaq.cli; aigaq.cli.main(['-h'])",
        "import aigaq.cli; aigaq.cli.main(['build', '-h'])",
    ],
)
def test_help_loads_nothing_heavy(command: str) -> None:
    asked = (
        f"import sys\ntry:\n    {command}\nfinally:\n    print(*sys.modules, file=sys.stderr)"
    )

    ran = subprocess.run([sys.executable, "-c", asked], capture_output=True, check=True)

    loaded = set(ran.stderr.decode().split())
    assert "aigaq.cli" in loaded
    assert not HEAVY & loaded
    ours = {module for module in loaded if module.startswith("aigaq.")}
    assert [module for module in sorted(ours) if not module.startswith("aigaq.cli")] == []


def test_a_terminal_without_our_letters_shows_them_as_numbers(site: Any) -> None:
    site.testimony("t-1", kind="айғақ")

    ran = build_py("check", cwd=site.root, env={**os.environ, "PYTHONIOENCODING": "cp1252"})

    assert ran.returncode == cli.Exit.CONTENT
    assert rb"\u0430\u0439\u0493" in ran.stdout
    assert b"Traceback" not in ran.stderr


def test_a_reader_who_has_seen_enough_causes_no_traceback(site: Any) -> None:
    for number in range(300):
        site.testimony(f"t-{number}", told_by="p-nobody")
    command = [sys.executable, str(BUILD), "check", "-q"]

    with subprocess.Popen(
        command, cwd=site.root, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        process.stdout.readline()
        process.stdout.close()
        said = process.stderr.read()

    assert b"Traceback" not in said
    assert b"aigaq has failed" not in said


def rubbish(site: Any) -> None:
    """What a failing disk makes of a cache."""
    site.testimony("t-1").check()
    for path in (site.root / ".cache").rglob("*"):
        if path.is_file():
            path.write_bytes(b"\xff rubbish")


def instead(name: str) -> Callable[[Any], object]:
    """A file in the place of a folder."""

    def put(site: Any) -> None:
        shutil.rmtree(site.root / name, ignore_errors=True)
        site.write(name, "")

    return put


DAMAGES: dict[str, Callable[[Any], object]] = {
    "the content is a file": instead("content"),
    "the cache is a file": instead(".cache"),
    "the built site is a file": instead("public"),
    "the templates are a file": instead("templates"),
    "there is no content": lambda site: shutil.rmtree(site.root / "content"),
    "the settings are not text": lambda site: site.write("site.yaml", b"\xff\xfe\0\0\x80"),
    "the settings are empty": lambda site: site.write("site.yaml", ""),
    "the settings are a list": lambda site: site.write("site.yaml", "- a\n- b\n"),
    "the cache is rubbish": rubbish,
    "a template is not text": lambda site: site.write("templates/place.html", b"\xff\x80"),
    "a catalogue is broken": lambda site: site.write("theme/locales/en.po", 'msgid "a\nmsgstr'),
    "a text is a folder": lambda site: site.write("content/people/p-2.yaml/x.yaml", ""),
    "a record is a link": lambda site: (site.root / "content/x.yaml").symlink_to("/etc/passwd"),
    "a link leads to itself": lambda site: (site.root / "content/x.yaml").symlink_to("x.yaml"),
}


@pytest.mark.parametrize("command", ["build", "check"])
@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES)
def test_a_damaged_folder_is_never_a_fault_of_the_program(
    aigaq: Any, site: Any, command: str, damage: Callable[[Any], object]
) -> None:
    damage(site.person("p-1"))

    status, out, err = aigaq(command, "--root", site.root)

    assert status != cli.Exit.BUG, err
    assert status == 0 or out or err


def test_an_output_folder_may_have_a_name_that_cannot_be_printed(
    aigaq: Any, good: Path, tmp_path: Path
) -> None:
    target = tmp_path / os.fsdecode(b"\xff\xd2")

    status, out, _ = aigaq("--root", good, "--output", target, "--no-search")

    assert (status, r"\udcff" in out) == (0, True)


@contextlib.contextmanager
def serving(site: Any) -> Iterator[subprocess.Popen[bytes]]:
    """`python build.py serve` as a shell starts it: in a process group of its own."""
    command = [sys.executable, str(BUILD), "serve", "--port", "0"]
    with subprocess.Popen(
        command, cwd=site.root, stderr=subprocess.PIPE, start_new_session=True
    ) as process:
        yield process


def ctrl_c(process: subprocess.Popen[bytes]) -> bytes:
    """What is still said: the keys reach every process of the group."""
    os.killpg(process.pid, signal.SIGINT)
    return process.stderr.read()


def test_ctrl_c_ends_the_preview_well(site: Any) -> None:
    site.testimony("t-1")
    with serving(site) as process:
        said = b""
        while b"Ctrl+C" not in said:
            said += process.stderr.readline()
        time.sleep(0.2)  # the line is printed just before the waiting begins

        said += ctrl_c(process)

    assert process.returncode == 0
    assert b"Traceback" not in said
    assert said.endswith(b"The preview has ended.\n")


@pytest.mark.parametrize("seconds", [0.0, 0.2, 0.5, 0.8])
def test_ctrl_c_while_the_preview_begins_causes_no_traceback(site: Any, seconds: float) -> None:
    for number in range(100):
        site.testimony(f"t-{number}")
    with serving(site) as process:
        assert process.stderr.readline() == b"Reading the site.\n"
        time.sleep(seconds)

        said = ctrl_c(process)

    assert b"Traceback" not in said
