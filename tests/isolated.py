"""Makes a site from the bytes of a public archive and nothing else: `isolated.py BYTES FOLDER`.

Run where the sources are not there. With `--watched` no file is opened outside of the program's
own folders and FOLDER, else it stops; `--search` makes the search index, too.
"""

from __future__ import annotations

import dataclasses
import datetime
import importlib
import json
import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

HOME = "aigaq."  # all types are ours …
KINDS = ("aigaq.archive.public", "aigaq.words.")  # … and public, or words


def encoded(value: Any) -> bytes:
    """A public archive as JSON; `TypeError` for anything that may not be in one."""
    return json.dumps(_plain(value), ensure_ascii=False).encode("utf-8", "surrogatepass")


def decoded(data: bytes) -> Any:
    return _made(json.loads(data.decode("utf-8", "surrogatepass")))


def _plain(value: Any) -> Any:
    if value is None or isinstance(value, str | int | float):
        return value
    if isinstance(value, datetime.date):
        return {"date": value.isoformat()}
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if isinstance(value, frozenset):
        return {"set": sorted(value)}
    if isinstance(value, Mapping):
        return {"map": [[key, _plain(item)] for key, item in value.items()]}
    kind = type(value)
    if not dataclasses.is_dataclass(value) or not kind.__module__.startswith(KINDS):
        raise TypeError(f"{kind.__module__}.{kind.__qualname__} in the public archive")
    names = [field.name for field in dataclasses.fields(value)]
    return {
        "type": f"{kind.__module__}:{kind.__qualname__}",
        "of": {name: _plain(getattr(value, name)) for name in names},
    }


def _made(value: Any) -> Any:
    if isinstance(value, list):
        return tuple(map(_made, value))
    if not isinstance(value, dict):
        return value
    if "date" in value:
        return datetime.date.fromisoformat(value["date"])
    if "set" in value:
        return frozenset(value["set"])
    if "map" in value:
        return {key: _made(item) for key, item in value["map"]}
    module, _, name = value["type"].partition(":")
    kind = getattr(importlib.import_module(module), name)
    return kind(**{key: _made(item) for key, item in value["of"].items()})


def rendered(archive: Any, *, search: bool) -> dict[str, bytes]:
    """Every file of the site but the pictures and recordings, which are finished before."""
    from aigaq.output import search as engine  # noqa: PLC0415 - only where a site is made
    from aigaq.output import theme as themes  # noqa: PLC0415
    from aigaq.pages import machine, press, routes, slim  # noqa: PLC0415
    from aigaq.pages.index import Index  # noqa: PLC0415

    theme, index = themes.read(Path("/nowhere")), Index(archive)
    pages, _ = routes.plan(index)
    ready = press.of(archive.site, templates=theme.templates, catalogues=theme.catalogues)
    made = [press.artifact(ready, page)[0] for page in pages]
    made += [*machine.artifacts(index, pages, ready.texts, theme.outline), *theme.assets]
    if search:
        made += engine.bundles(slim.pages(index, ready.texts), cache_dir=None)[0]
    return {artifact.path: artifact.data for artifact in made if artifact}


def watch(allowed: tuple[str, ...]) -> None:
    """From now on this process opens nothing outside of the folders `allowed`."""

    def judge(event: str, arguments: tuple[Any, ...]) -> None:
        if event in {"open", "os.listdir", "os.scandir"}:
            path = arguments[0]
            place = os.path.realpath(os.fsdecode(path)) if isinstance(path, str | bytes) else ""
            if place and not place.startswith(allowed):
                raise PermissionError(f"{event} outside: {place}")
        if event.startswith(("subprocess.", "os.exec", "os.fork", "os.system", "socket.")):
            raise PermissionError(event)

    sys.addaudithook(judge)


def own_folders() -> tuple[str, ...]:
    """Where the program and its environment lie."""
    import aigaq  # noqa: PLC0415
    from aigaq.output import shipped  # noqa: PLC0415

    package = Path(aigaq.__file__).parent
    shown = map(shipped.folder, ("templates", "theme"))
    own = [package, *shown, Path(sys.prefix), Path(sys.base_prefix), Path(__file__)]
    return tuple(dict.fromkeys(os.path.realpath(path) for path in own))


def main(data: str, folder: str, *options: str) -> None:
    archive = Path(data).read_bytes()
    if "--watched" in options:
        zones = tuple(os.path.realpath(f"/usr/{name}") for name in ("share/zoneinfo", "lib"))
        watch((*own_folders(), *zones, os.path.realpath(folder)))
    for path, made in rendered(decoded(archive), search="--search" in options).items():
        place = Path(folder) / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(made)


if __name__ == "__main__":
    main(*sys.argv[1:])
