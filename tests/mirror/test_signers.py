from __future__ import annotations

import subprocess
from typing import Any

import pytest

from aigaq.mirror import signers

KEY = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIFFUzGYSjqBfVM6h0cHDHSuyqeIQfcUlY0o14y9r8h7V"


def read(text: str) -> tuple[list[str], list[str]]:
    made, found = signers.read(text.encode(), "pinned")
    return [one.name for one in made], [f"{p.code} {p.span}" for p in found]


@pytest.mark.parametrize(
    "options",
    [
        *("", 'namespaces="site-release" ', 'namespaces="git,site-release" '),
        'namespaces="site-release",valid-after="20260101",valid-before="20280101Z" ',
    ],
)
def test_a_name_and_a_key_with_or_without_limits_is_a_signer(options: str) -> None:
    assert read(f"a@example.org {options}{KEY} a comment\n") == (["a@example.org"], [])


def test_words_for_people_are_passed_over() -> None:
    assert read(f"# editors\n\na@example.org {KEY}\n") == (["a@example.org"], [])


@pytest.mark.parametrize(
    "line",
    [
        *(f"*@example.org {KEY}", f"a@example.org,b@example.org {KEY}", f'"a b" {KEY}', KEY),
        *(f"a@example.org cert-authority {KEY}", f"!a@example.org {KEY}", "a@example.org"),
        *(f"a@example.org ssh-rsa {KEY.split()[1]}", "a@example.org ssh-ed25519 AAA*"),
        f'a@example.org namespaces="site-release",cert-authority {KEY}',
    ],
)
def test_patterns_authorities_and_broken_keys_are_refused(line: str) -> None:
    assert read(f"# list\n{line}\n") == ([], ["A010 pinned:2"])


def test_a_key_counts_once() -> None:
    found = read(f"a@example.org {KEY}\nb@example.org {KEY}\n")

    assert found == (["a@example.org"], ["A011 pinned:2"])


@pytest.mark.parametrize("text", ["", "\n", "# nobody\n"])
def test_a_list_of_nobody_is_told(text: str) -> None:
    assert read(text) == ([], ["A012 pinned"])


def test_a_fingerprint_is_the_one_that_ssh_keygen_shows(keys: Any) -> None:
    public = keys.path("one").with_suffix(".pub")
    said = subprocess.run(["ssh-keygen", "-lf", public], capture_output=True, check=True)

    [signer], _ = signers.read(keys.listed("one"), "pinned")

    assert signer.fingerprint in said.stdout.decode()
