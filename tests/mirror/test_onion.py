"""Names of onion services are nobody's business."""

from __future__ import annotations

import pytest

from aigaq.mirror import onion

NAME = f"{'a' * 56}.onion"


@pytest.mark.parametrize("host", [NAME, f"www.{NAME}", f"{NAME}.", NAME.upper()])
def test_only_a_process_that_goes_through_tor_may_ask_for_one(
    host: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("LD_PRELOAD", raising=False)
    assert onion.needs_tor(host)
    monkeypatch.setenv("LD_PRELOAD", "/usr/lib/torsocks/libtorsocks.so")
    assert not onion.needs_tor(host)


@pytest.mark.parametrize("host", ["", "onion", "onion.example.org", "127.0.0.1"])
def test_other_names_may_be_asked_for(host: str) -> None:
    assert not onion.needs_tor(host)


@pytest.mark.parametrize(
    ("address", "host"),
    [
        (f"http://{NAME}/a", NAME),
        (f"rsync://who@{NAME}:873/a", NAME),
        (f"git://{NAME}/source.git", NAME),
        ("/a/folder", ""),
        ("http://[", ""),
    ],
)
def test_the_name_is_found_in_an_address(address: str, host: str) -> None:
    assert onion.host(address) == host
