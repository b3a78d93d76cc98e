"""Names of onion services, which nobody but Tor is asked for (RFC 7686)."""

from __future__ import annotations

import os
from urllib import parse

NEEDS_TOR = "an onion service is reached through Tor only: begin the command with `torsocks`"


def needs_tor(host: str) -> bool:
    """Whether a name is that of an onion service, and this process does not go through Tor.

    A resolver that is asked for such a name learns who reads what.
    """
    is_onion = host.lower().rstrip(".").endswith(".onion")
    return is_onion and "torsocks" not in os.environ.get("LD_PRELOAD", "")


def host(address: str) -> str:
    """The name in an address with a scheme; empty where there is none."""
    try:
        return parse.urlsplit(address).hostname or ""
    except ValueError:
        return ""
