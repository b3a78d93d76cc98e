"""How an exported source is written: YAML in one way only, and paths that keep updates small.

A folder's listing is a file to git: whoever fetches one changed text fetches the listings above
it, too. With eight folders on each of four levels these stay small in an archive of any size.
"""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from aigaq.words.localised import Localised

if TYPE_CHECKING:
    import datetime
    from collections.abc import Mapping

    from aigaq.words.counted_dates import RelativeDate
    from aigaq.words.edtf import EdtfDate

# What a file holds, or the file of the release that holds it: recordings are large.
Data = bytes | Path

LEVELS = 4
NOT_TOLD = "…"  # where something must stand that readers are not told

_PLAIN = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?", re.ASCII)


def read(data: Data) -> bytes:
    return data if isinstance(data, bytes) else data.read_bytes()


def path(folder: str, name: str) -> str:
    """Where the file of a record lies: `content/people/3/0/7/1/p-7k3q.yaml`."""
    digits = hashlib.sha256(name.partition(".")[0].encode()).digest()
    levels = "/".join(str(digit % 8) for digit in digits[:LEVELS])
    return f"content/{folder}/{levels}/{name}"


def record(fields: Mapping[str, Any]) -> bytes:
    """A YAML file. What is empty is left out, as `Localised`, dates and numbers are written."""
    return _mapping(fields).encode()


def listed(entries: list[dict[str, Any]]) -> bytes:
    """A YAML file that is a list, an entry a line."""
    return "".join(f"- {_flow(entry)}\n" for entry in map(_filled, entries)).encode()


def text(fields: Mapping[str, Any], body: str) -> bytes:
    """A Markdown file with its header."""
    words = f"\n{body}\n" if body else ""
    return f"---\n{_mapping(fields)}---\n{words}".encode()


def date(date: EdtfDate | None) -> str:
    return date.notation if date else ""


def counted(when: RelativeDate) -> str:
    """`more than 2.5 years before interview`."""
    amount = f"{when.amount:g} {when.unit}s {'after' if when.after else 'before'}"
    return f"{when.bound} {amount} {when.anchor}".strip()


def day(day: datetime.date | None) -> str:
    return day.isoformat() if day else ""


def _mapping(fields: Mapping[str, Any]) -> str:
    lines = []
    for key, value in _filled(fields).items():
        if isinstance(value, list) and any(isinstance(one, dict) for one in value):
            lines += [f"{key}:", *(f"  - {_flow(one)}" for one in value)]
        else:
            lines.append(f"{key}: {_flow(value)}")
    return "".join(f"{line}\n" for line in lines)


def _filled(value: Any) -> Any:
    """The same without what is empty; an item of a list stays where only it is asked for."""
    if isinstance(value, Localised):
        return dict(value.pairs)
    if isinstance(value, dict):
        filled = {key: _filled(inside) for key, inside in value.items()}
        return {key: inside for key, inside in filled.items() if _is_told(inside)}
    if isinstance(value, list | tuple):
        return [inside for inside in map(_filled, value) if _is_told(inside)]
    return value


def _is_told(value: Any) -> bool:
    return value is not None and value is not False and value not in ("", [], {})


def _flow(value: Any) -> str:
    if isinstance(value, dict):
        return f"{{{', '.join(f'{key}: {_flow(one)}' for key, one in value.items())}}}"
    if isinstance(value, list):
        return f"[{', '.join(map(_flow, value))}]"
    if value is True:
        return "true"
    words = str(value)
    plain = _PLAIN.fullmatch(words) and words != "null"  # which YAML takes for nothing
    return words if plain else json.dumps(words, ensure_ascii=False)
