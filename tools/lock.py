"""Makes requirements.txt and requirements-test.txt anew: every package by version and digest.

    make lock                   after a change of pyproject.toml; what fits stays as it is
    make lock UPGRADE="nh3 rich"    these as new as pyproject.toml lets them be

pip chooses the versions on this machine; packages that only other systems or other Pythons need
are found in what the packages say of themselves, and pinned with a marker. A package that has
wheels is installed from these alone: to build one would run what nobody has pinned.
"""

from __future__ import annotations

import itertools
import json
import subprocess
import sys
import tempfile
import tomllib
from typing import TYPE_CHECKING, Any

from pip._vendor.packaging.requirements import Requirement
from pip._vendor.packaging.utils import canonicalize_name
from registry import OLDEST, ROOT, RUN, TEST, Pin, Registry, pins

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    Environment = dict[str, str]

HEAD = "# Made by `make lock` from pyproject.toml; what each is for: docs/dependencies.md"
BUILDS = (
    "editables>=0.3",  # hatchling's, for `pip install -e .`
    "setuptools>=70.1",  # for PyMeeus, a package of the tests that has no wheel
)
SYSTEMS = (
    ("linux", "Linux", "posix", "x86_64"),
    ("linux", "Linux", "posix", "aarch64"),
    ("darwin", "Darwin", "posix", "arm64"),
    ("win32", "Windows", "nt", "AMD64"),
)
ENVIRONMENTS: tuple[Environment, ...] = tuple(
    {
        "python_version": f"3.{minor}",
        "python_full_version": f"3.{minor}.1",
        "implementation_name": "cpython",
        "platform_python_implementation": "CPython",
        "sys_platform": system,
        "platform_system": name,
        "os_name": kind,
        "platform_machine": machine,
    }
    for minor, (system, name, kind, machine) in itertools.product(range(OLDEST, 15), SYSTEMS)
)


def main() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    run = [*project["project"]["dependencies"], *project["build-system"]["requires"], *BUILDS]
    test = project["project"]["optional-dependencies"]["test"]
    upgraded = {canonicalize_name(name) for name in sys.argv[1:]}
    kept = [pin for name, pin in pins(RUN, TEST).items() if name not in upgraded]

    packages = resolved([*run, *test], kept)
    registry = Registry()
    needed_to_run = needed(run, packages)
    needed_to_test = {
        name: where
        for name, where in needed([*run, *test], packages).items()
        if name not in needed_to_run
    }
    write(RUN, needed_to_run, packages, registry)
    write(TEST, needed_to_test, packages, registry)


def resolved(wanted: list[str], kept: list[Pin]) -> dict[str, dict[str, Any]]:
    """The metadata of all that any environment needs, by the normal form of the name."""
    wanted = [*wanted, *(pin.name for pin in kept if pin.marker)]
    while True:
        packages = _chosen(wanted, kept)
        missing = {
            f"{one.name}{one.specifier}"
            for environment in ENVIRONMENTS
            for one in _walk(wanted, packages, environment)
            if canonicalize_name(one.name) not in packages
        }
        if not missing:
            return packages
        wanted += sorted(missing)


def _chosen(wanted: list[str], kept: Iterable[Pin]) -> dict[str, dict[str, Any]]:
    """What pip would install here."""
    with tempfile.NamedTemporaryFile("w", suffix=".txt") as constraints:
        constraints.writelines(f"{pin.name}=={pin.version}\n" for pin in kept)
        constraints.flush()
        options = ("--dry-run", "--ignore-installed", "--quiet", "--report", "-")
        command = [sys.executable, "-m", "pip", "--disable-pip-version-check", "install"]
        command += [*options, "-c", constraints.name, *wanted]
        report = subprocess.run(command, stdout=subprocess.PIPE, check=True).stdout  # noqa: S603
    every = (one["metadata"] for one in json.loads(report)["install"])
    return {canonicalize_name(one["name"]): one for one in every}


def needed(
    wanted: list[str], packages: Mapping[str, dict[str, Any]]
) -> dict[str, list[Environment]]:
    """In which environments a package is needed; an error if its version does not do there."""
    found: dict[str, list[Environment]] = {}
    for environment in ENVIRONMENTS:
        names = set()
        for one in _walk(wanted, packages, environment):
            name = canonicalize_name(one.name)
            version = packages[name]["version"]
            if not one.specifier.contains(version, prereleases=True):
                raise SystemExit(f"{one} is wanted where {version} is chosen")
            names.add(name)
        for name in names:
            found.setdefault(name, []).append(environment)
    return found


def _walk(
    wanted: Iterable[str], packages: Mapping[str, dict[str, Any]], environment: Environment
) -> Iterator[Requirement]:
    """Every requirement that holds in an environment, from the wanted ones down."""
    queue, seen = [(Requirement(one), "") for one in wanted], set()
    while queue:
        one, extra = queue.pop()
        if one.marker and not one.marker.evaluate({**environment, "extra": extra}):
            continue
        yield one
        name = canonicalize_name(one.name)
        for asked in {"", *one.extras} - {e for n, e in seen if n == name}:
            seen.add((name, asked))
            below = packages.get(name, {}).get("requires_dist", ())
            queue += [(Requirement(text), asked) for text in below]


def write(
    place: Path,
    wanted: Mapping[str, list[Environment]],
    packages: Mapping[str, dict[str, Any]],
    registry: Registry,
) -> None:
    entries = [HEAD]
    for name in sorted(wanted):
        version = packages[name]["version"]
        files = registry.files(name).get(version, [])
        wheels = [file for file in files if file.name.endswith(".whl")]
        if place == RUN and not wheels:
            raise SystemExit(f"{name} has no wheel: nothing is built where the site is made")
        digests = sorted(file.sha256 for file in wheels or files)
        if not digests:
            raise SystemExit(f"the registry tells of no file of {name} {version}")
        lines = [f"{packages[name]['name']}=={version}{_marker(wanted[name])}"]
        entries.append(" \\\n".join([*lines, *(f"    --hash=sha256:{d}" for d in digests)]))
    place.write_text("\n".join([*entries, ""]), "utf-8")


def _marker(here: list[Environment]) -> str:
    if len(here) == len(ENVIRONMENTS):
        return ""
    for key in ("sys_platform", "python_version"):
        values = {environment[key] for environment in here}
        if here == [one for one in ENVIRONMENTS if one[key] in values]:
            return " ; " + " or ".join(f'{key} == "{value}"' for value in sorted(values))
    raise SystemExit(f"no simple marker says where this is needed: {here}")


if __name__ == "__main__":
    main()
