"""What is fetched from others is pinned by digest, has a reason, and is asked after."""

from __future__ import annotations

import contextlib
import importlib.metadata
import json
import os
import re
import shutil
import subprocess
import sys
import threading
import tomllib
import zipfile
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

import pytest
from packaging.markers import Marker
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parents[1]
RUN, TEST = ROOT / "requirements.txt", ROOT / "requirements-test.txt"
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
BUILDERS = {
    "editables",
    "setuptools",
}  # of tools/lock.py: nothing that is installed asks for them

PIN = r"([\w.-]+)==(\S+)(?: ; ([^\\\n]+?))?((?: \\\n    --hash=sha256:[0-9a-f]{64})+)\n"


def pinned(place: Path) -> dict[str, tuple[str, str, list[str]]]:
    """Version, marker and digests, by the normal form of the name."""
    return {
        canonicalize_name(name): (version, marker, re.findall(r":(\w+)", digests))
        for name, version, marker, digests in re.findall(PIN, place.read_text("utf-8"))
    }


def wanted(*, test: bool) -> list[str]:
    """What pyproject.toml asks for."""
    extra = PROJECT["project"]["optional-dependencies"]["test"] if test else []
    return [
        *PROJECT["project"]["dependencies"],
        *PROJECT["build-system"]["requires"],
        *extra,
    ]


def reached(roots: list[str]) -> Iterator[Requirement]:
    """Each requirement that holds here, down through what is installed."""
    queue, seen = [(Requirement(root), "") for root in roots], set()
    while queue:
        one, extra = queue.pop()
        if one.marker and not one.marker.evaluate({"extra": extra}):
            continue
        yield one
        for asked in {"", *one.extras}:
            if (one.name, asked) not in seen:
                seen.add((one.name, asked))
                below = importlib.metadata.requires(one.name) or ()
                queue += [(Requirement(text), asked) for text in below]


def names(roots: list[str]) -> set[str]:
    return {canonicalize_name(one.name) for one in reached(roots)}


# --- what is pinned ---


@pytest.mark.parametrize("place", [RUN, TEST], ids=lambda place: place.name)
def test_a_file_holds_pins_with_digests_and_nothing_else(place: Path) -> None:
    assert re.fullmatch(rf"#[^\n]*\n(?:{PIN})+", place.read_text("utf-8"))


def test_no_package_is_pinned_twice() -> None:
    assert set(pinned(RUN)) & set(pinned(TEST)) == set()


def test_every_package_that_the_site_is_made_with_is_pinned_and_no_other() -> None:
    assert set(pinned(RUN)) == names(wanted(test=False)) | BUILDERS


def test_every_package_that_the_tests_need_is_pinned_and_no_other() -> None:
    marked = {name: marker for name, (_, marker, _) in pinned(TEST).items() if marker}
    others = {n for n, marker in marked.items() if not Marker(marker.strip(" ;")).evaluate()}
    assert set(pinned(TEST)) - others == names(wanted(test=True)) - names(wanted(test=False))


def test_a_pinned_version_is_one_that_is_asked_for() -> None:
    pins = pinned(RUN) | pinned(TEST)
    every = reached(wanted(test=True))
    wrong = [
        str(one)
        for one in every
        if not one.specifier.contains(pins[canonicalize_name(one.name)][0])
    ]
    assert wrong == []


def test_the_tests_run_with_what_is_pinned() -> None:
    pins = pinned(RUN) | pinned(TEST)
    here = {name: importlib.metadata.version(name) for name in names(wanted(test=True))}
    assert here == {name: pins[name][0] for name in here}


def test_the_makefile_installs_by_digest_or_from_here() -> None:
    lines = re.findall(
        r"^PINNED := (.*)|^\t@\$\(PIP\) (.*)", (ROOT / "Makefile").read_text(), re.M
    )
    assert ["".join(line) for line in lines] == [
        "install --require-hashes -r requirements.txt",
        "$(PINNED)",
        "install --no-deps --no-build-isolation -e .",
        "$(PINNED) --no-build-isolation -r requirements-test.txt",
    ]


def test_packages_of_npm_are_pinned_by_version_and_digest() -> None:
    wanted = json.loads((ROOT / "tests/package.json").read_text())["dependencies"]
    locked = json.loads((ROOT / "tests/package-lock.json").read_text())["packages"]
    locked.pop("")

    assert {f"node_modules/{name}": version for name, version in wanted.items()} == {
        name: one["version"] for name, one in locked.items()
    }
    for one in locked.values():
        assert re.fullmatch(r"sha512-[\w+/]{86}==", one["integrity"])
        assert "resolved" not in one


# --- why ---


def told(page: str, heading: str = "") -> list[str]:
    """The packages in the first columns of a page's tables, of one section if it is named."""
    text = (ROOT / page).read_text("utf-8")
    if heading:
        text = text.partition(f"## {heading}\n")[2].partition("\n## ")[0]
    cells = re.findall(r"^\| ([\w., -]+) \|", text, re.M)
    found = [name for cell in cells for name in cell.split(", ")]
    return [canonicalize_name(name) for name in found if name != "Package"]


def test_every_package_has_its_reason_once_and_nothing_else_has_one() -> None:
    reasons = [
        *told("ARCHITECTURE.md", "Run-time dependencies"),
        *told("docs/dependencies.md"),
    ]
    npm = json.loads((ROOT / "tests/package.json").read_text())["dependencies"]
    assert sorted(reasons) == sorted([*pinned(RUN), *pinned(TEST), *npm])


def test_what_our_own_code_imports_has_its_reason_in_the_architecture() -> None:
    own = {canonicalize_name(Requirement(r).name) for r in PROJECT["project"]["dependencies"]}
    assert set(told("ARCHITECTURE.md", "Run-time dependencies")) == own


# --- how the files are made ---


@pytest.fixture(scope="module")
def lock() -> Iterator[Any]:
    sys.path.insert(0, str(ROOT / "tools"))
    try:
        yield __import__("lock")
    finally:
        sys.path.remove(str(ROOT / "tools"))


def package(version: str, *below: str) -> dict[str, Any]:
    return {"version": version, "requires_dist": list(below)}


def test_a_package_for_one_system_is_pinned_with_its_marker(lock: Any) -> None:
    packages = {
        "one": package(
            "1.0", 'two>=2; sys_platform == "win32"', 'three; python_version<"3.13"'
        ),
        "two": package("2.1"),
        "three": package("3.0", "four; extra == 'x'"),
    }
    where = lock.needed(["one"], packages)
    assert {name: lock._marker(environments) for name, environments in where.items()} == {
        "one": "",
        "two": ' ; sys_platform == "win32"',
        "three": ' ; python_version == "3.11" or python_version == "3.12"',
    }


def test_an_extra_that_is_asked_for_is_followed(lock: Any) -> None:
    packages = {"one": package("1", "two; extra == 'x'"), "two": package("2")}
    assert set(lock.needed(["one[x]"], packages)) == {"one", "two"}
    assert set(lock.needed(["one"], packages)) == {"one"}


def test_a_version_that_does_not_do_on_another_system_is_refused(lock: Any) -> None:
    packages = {"one": package("1", "two>=3; sys_platform == 'darwin'"), "two": package("2")}
    with pytest.raises(SystemExit, match="two>=3"):
        lock.needed(["one", "two"], packages)


@pytest.mark.parametrize(
    ("file", "version"),
    [
        ("a_b-1.2.tar.gz", "1.2"),
        ("a_b-1.2-py3-none-any.whl", "1.2"),
        ("a_b-1.2-py2.py3-none-any.whl", "1.2"),
        ("a_b-1.2-cp38-abi3-macosx_11_0_arm64.whl", "1.2"),
        ("a_b-1.2-cp313-cp313t-musllinux_1_2_aarch64.whl", "1.2"),
        ("a_b-1.2-cp310-cp310-win_amd64.whl", ""),
        ("a_b-1.2-py2-none-any.whl", ""),
        ("a_b-1.2-py3.11.egg", ""),
        ("notes.txt", ""),
    ],
)
def test_files_are_pinned_that_our_pythons_can_install(
    lock: Any, file: str, version: str
) -> None:
    assert sys.modules["registry"]._version(file) == version


# --- what registries say today ---


class Registry(BaseHTTPRequestHandler):
    """Offers what is pinned; what it says of nh3 is up to the test."""

    file: ClassVar[dict[str, Any]] = {}  # of the first one
    warnings: ClassVar[list[dict[str, Any]] | None] = []  # None: it does not answer

    def do_GET(self) -> None:
        _, kind, name, *file = self.path.split("/")
        of_nh3 = name == "nh3"
        if kind == "pypi":
            warnings = self.warnings if of_nh3 or self.warnings is None else []
            self.say(warnings is not None, {"vulnerabilities": warnings})
            return
        if file != [""]:
            self.say(True, {"not": "what was pinned"})
            return
        version, _, digests = (pinned(RUN) | pinned(TEST))[name]
        files: list[dict[str, Any]] = [
            {
                "filename": f"{name.replace('-', '_')}-{version}-{number}-py3-none-any.whl",
                "hashes": {"sha256": digest},
            }
            for number, digest in enumerate(digests)
        ]
        files[0] |= self.file if of_nh3 else {}
        files = [file | {"url": file["filename"]} for file in files]
        self.say(True, {"name": name, "files": files})

    def do_POST(self) -> None:  # npm's question
        self.rfile.read(int(self.headers["Content-Length"]))
        self.say(self.warnings is not None, {})

    def say(self, answers: bool, what: dict[str, Any]) -> None:
        body = json.dumps(what).encode() if answers else b""
        self.send_response(200 if answers else 404)
        self.send_header("Content-Type", "application/vnd.pypi.simple.v1+json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        """Nothing."""


def asking(address: str, *command: str) -> subprocess.CompletedProcess[str]:
    """What a Python program answers whose registry is at this address."""
    kept = {k: v for k, v in os.environ.items() if not k.upper().startswith("PIP_")}
    environment = {
        **kept,
        "PIP_CONFIG_FILE": os.devnull,
        "PIP_INDEX_URL": f"{address}/simple",
        "PIP_NO_CACHE_DIR": "1",
        "PIP_RETRIES": "0",
        "npm_config_registry": address,
        "npm_config_fetch_retries": "0",
        "no_proxy": "127.0.0.1",
    }
    return subprocess.run(
        [sys.executable, *command], env=environment, capture_output=True, check=False, text=True
    )


@contextlib.contextmanager
def registry(**says: Any) -> Iterator[str]:
    """The address of one that says so."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Saying", (Registry,), says))
    with server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


ILL = {
    "file": {"yanked": "a mistake", "hashes": {"sha256": "0" * 64}},
    "warnings": [{"id": "X-1", "withdrawn": None}],
}


@pytest.mark.parametrize(
    ("says", "status", "lines"),
    [
        ({"warnings": [{"id": "X-1", "withdrawn": "2026-01-01"}]}, 0, ["0 to look at"]),
        (
            ILL,
            1,
            [
                "nh3 {}: 1 pinned files are gone",
                "nh3 {}: withdrawn by its authors: a mistake",
                "nh3 {}: vulnerable, X-1",
                "3 to look at",
            ],
        ),
        ({"warnings": None}, 3, ["NOT ASKED", "known vulnerabilities of ", "(npm) of 1"]),
    ],
    ids=["a warning that was taken back", "ill", "silent"],
)
def test_the_audit_tells_what_the_registry_says(
    says: dict[str, Any], status: int, lines: list[str], lacking: Any
) -> None:
    if not shutil.which("npm"):
        lacking("there is no npm")
    with registry(**says) as address:
        told = asking(address, str(ROOT / "tools/audit.py"))
    assert told.returncode == status
    version = pinned(RUN)["nh3"][0]
    assert [line for line in lines if line.replace("{}", version) not in told.stdout] == []


def test_where_no_registry_is_reached_the_audit_says_so() -> None:
    told = asking("http://127.0.0.1:9", str(ROOT / "tools/audit.py"))
    assert (told.returncode, told.stdout.count("NOT ASKED")) == (3, 3)


@pytest.mark.parametrize("told", [{}, {"hashes": {"sha256": "0" * 64}}, {"hashes": {}}])
def test_a_mirror_that_gives_another_file_is_refused(
    told: dict[str, Any], tmp_path: Path
) -> None:
    version, _, digests = pinned(RUN)["nh3"]
    asked = tmp_path / "asked.txt"
    asked.write_text(f"nh3=={version} --hash=sha256:{digests[0]}\n")
    command = ["-m", "pip", "download", "--no-deps", "--require-hashes", "-r", str(asked)]

    with registry(file=told) as address:
        answer = asking(address, *command, "--dest", str(tmp_path))
    assert answer.returncode == 1
    assert "DO NOT MATCH THE HASHES" in answer.stderr
    assert [*tmp_path.glob("*.whl")] == []


# --- what is not fetched ---

WATCHED = """
import os, sys
def watch(event, given):
    is_asking = event in ("socket.getaddrinfo", "socket.gethostbyname")
    if is_asking or (event == "socket.connect" and isinstance(given[1], tuple)):
        os._exit(9)  # nobody can catch it
sys.addaudithook(watch)
from aigaq import cli
"""


def _watched(code: str, *, apart: bool) -> int:
    """The exit status: 9 if it asked the network; `apart`, where there is none to be asked."""
    without = ["unshare", "--map-root-user", "--net"] if apart else []
    command = [*without, sys.executable, "-c", WATCHED + code]
    return subprocess.run(command, capture_output=True, check=False, cwd=ROOT).returncode


def test_a_build_asks_nobody_and_needs_nobody(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "docs/example", tmp_path / "site")
    options = ["-q", "--root", str(tmp_path / "site"), "build", "--jobs", "1"]
    apart = bool(shutil.which("unshare")) and _watched("", apart=True) == 0

    assert _watched(f"cli.main({options})", apart=apart) == 0
    assert (tmp_path / "site/public/index.html").is_file()


def test_somebody_who_asks_would_be_noticed() -> None:
    code = "import socket; socket.create_connection(('127.0.0.1', 9))"
    assert _watched(code, apart=False) == 9


# --- what others install ---


def test_a_wheel_has_the_same_bytes_wherever_and_whenever_it_is_made(tmp_path: Path) -> None:
    wheels = [_wheel(tmp_path / "a", "0", 0o022), _wheel(tmp_path / "b/c d", "1", 0o077)]
    assert wheels[0].read_bytes() == wheels[1].read_bytes()

    with zipfile.ZipFile(wheels[0]) as wheel:
        parts = {name.split("/")[0] for name in wheel.namelist()}
    version = wheels[0].name.split("-")[1]
    assert parts == {"aigaq", f"aigaq-{version}.dist-info"}


def _wheel(place: Path, seed: str, umask: int) -> Path:
    """Made from a copy of the sources, whose files are as old as the copy."""
    source = place / "source"
    for name in ("aigaq", "templates", "theme"):
        shutil.copytree(ROOT / name, source / name, copy_function=shutil.copyfile)
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copyfile(ROOT / name, source / name)
    command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-index"]
    command += ["--no-build-isolation", "--no-cache-dir", "--wheel-dir", str(place)]
    subprocess.run(
        [*command, str(source)],
        check=True, capture_output=True, umask=umask,
        env={**os.environ, "PYTHONHASHSEED": seed, "TZ": f"X{seed}"},
    )  # fmt: skip
    (wheel,) = place.glob("*.whl")
    return wheel
