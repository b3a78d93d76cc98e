"""The generated part of `docs/theme.md`: what the template of each kind of page sees."""

from __future__ import annotations

import re
from dataclasses import fields as fields_of
from dataclasses import is_dataclass

from aigaq.desk import introspection
from aigaq.pages import frame, kinds

_START, _END = "<!-- start of what the code says -->", "<!-- end of what the code says -->"


def template_views() -> str:
    """The generated part of `docs/theme.md`: every kind of page and what its template sees."""
    known = _dataclasses()
    parts = [introspection.MADE.format(what="part")]
    wanted: dict[str, str] = {}  # module.Name → heading
    parts += [
        "### `frame`: around every page",
        introspection.docstring(frame.Frame),
        _members(frame.Frame, known, wanted),
    ]
    for name, module in kinds.KINDS.items():
        parts += [
            f"### `{module.TEMPLATE}`: {name.replace('_', ' ')}",
            introspection.docstring(module),
            _members(module.View, known, wanted),
        ]
    parts.append("## The parts of views")
    told: list[str] = []
    while left := [name for name in wanted if name not in told]:
        told.append(left[0])
        made = known[left[0]]
        parts += [
            f"### {wanted[left[0]]}",
            introspection.docstring(made),
            _members(made, known, wanted),
        ]
    return "\n\n".join(parts)


def _dataclasses() -> dict[str, type]:
    """The dataclasses of the pages floor and of its words, by `module.Name`."""
    return {
        f"{module.__name__}.{name}": value
        for module in introspection.modules()
        if module.__name__.startswith(("aigaq.pages.", "aigaq.archive.public"))
        for name, value in vars(module).items()
        if isinstance(value, type)
        and is_dataclass(value)
        and value.__module__ == module.__name__
    }


def _members(made: type, known: dict[str, type], wanted: dict[str, str]) -> str:
    return "\n".join(
        f"- `{f.name}`: {_typed(str(f.type), made.__module__, known, wanted)}"
        for f in fields_of(made)
    )


def _typed(type_: str, home: str, known: dict[str, type], wanted: dict[str, str]) -> str:
    """A type as code, followed by links to the parts that it names."""
    links = []
    for name in dict.fromkeys(re.findall(r"\b[A-Z]\w+", type_)):
        places = [k for k in (f"{home}.{name}", *known) if k in known]
        full = next((k for k in places if k.endswith(f".{name}")), "")
        if full:
            wanted.setdefault(full, _unlike(name, full, wanted))
            links.append(f"[{wanted[full]}](#{introspection.slug(wanted[full])})")
    return " ".join([f"`{type_}`", *(["→", ", ".join(links)] if links else [])])


def _unlike(name: str, full: str, wanted: dict[str, str]) -> str:
    """A heading of its own: two modules may have a part of the same name."""
    return name if name not in wanted.values() else f"{name} of {full.split('.')[-2]}"


def with_views(page: str) -> str:
    """`docs/theme.md` with its generated part made anew."""
    before, _, rest = page.partition(_START)
    after = rest.partition(_END)[2]
    return f"{before}{_START}\n\n{template_views()}\n\n{_END}{after}"
