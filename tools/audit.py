"""Asks the registries what they say today of the packages that are pinned: `make audit`.

Told are versions with a known vulnerability, versions that their authors have withdrawn, and
files that are no longer offered with the digest that is pinned. The exit status is 1 if there
is any, and 3 if there is none but something could not be asked: silence is not an answer.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections import defaultdict

from registry import ROOT, RUN, TEST, Pin, Registry, pins

Silent = dict[str, list[str]]  # what was asked → the packages for which nothing answered

VULNERABLE = "known vulnerabilities"
FILES = "files and their digests"


def main() -> None:
    registry = Registry()
    every = pins(RUN, TEST)
    found: list[str] = []
    silent: Silent = defaultdict(list)
    for name, pin in every.items():
        found += _changed(registry, name, pin, silent)
        warnings = registry.warnings(name, pin.version)
        if warnings is None:
            silent[VULNERABLE].append(pin.name)
        found += [f"{pin.name} {pin.version}: vulnerable, {one}" for one in warnings or ()]
    found += _of_npm(silent)

    lines = list(found)
    for what, names in silent.items():
        lines.append(f"NOT ASKED, for the registry does not answer: {what} of {len(names)}")
        lines.append(f"  ({', '.join(names)})")
    lines.append(f"{len(every)} Python packages and those of npm: {len(found)} to look at")
    sys.stdout.write("".join(f"{line}\n" for line in lines))
    sys.exit(1 if found else 3 if silent else 0)


def _changed(registry: Registry, name: str, pin: Pin, silent: Silent) -> list[str]:
    """What is no longer as it was when the package was pinned."""
    offered = registry.files(name)
    if not offered:
        silent[FILES].append(pin.name)
        return []
    files = offered.get(pin.version, [])
    gone = set(pin.hashes) - {file.sha256 for file in files}
    reasons = {file.yanked for file in files if file.yanked is not None}
    return [
        *([f"{pin.name} {pin.version}: {len(gone)} pinned files are gone"] if gone else ()),
        *(f"{pin.name} {pin.version}: withdrawn by its authors: {why}" for why in reasons),
    ]


def _of_npm(silent: Silent) -> list[str]:
    """What npm knows of the packages that the tests check pages with."""
    command = [shutil.which("npm") or "npm", "audit", "--json", "--package-lock-only"]
    try:
        answer = subprocess.run(  # noqa: S603
            command, cwd=ROOT / "tests", capture_output=True, check=False
        )
        told = json.loads(answer.stdout)["vulnerabilities"]
    except (OSError, ValueError, KeyError):
        silent[f"{VULNERABLE} (npm)"].append("tests/package-lock.json")
        return []
    return [f"{name}: vulnerable, {one['severity']}" for name, one in told.items()]


if __name__ == "__main__":
    main()
