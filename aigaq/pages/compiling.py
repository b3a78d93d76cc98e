"""How templates become Python code that is quick to run; what they say is not decided here.

Jinja asks at each call whether the callee wants the context, and formats each interface text
anew. None of what our templates call wants the context, and most texts have no gaps.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from jinja2 import BytecodeCache, nodes
from jinja2.compiler import CodeGenerator, Frame, optimizeconst
from markupsafe import Markup, escape

if TYPE_CHECKING:
    import gettext
    from collections.abc import Callable

    from jinja2 import Environment
    from jinja2.bccache import Bucket

_PLAIN = re.compile(r"(?:[^%]|%\(\w+\)s)*")  # no gap but %(name)s


class Generator(CodeGenerator):
    """Writes `f(x)` where Jinja writes `context.call(f, x)`.

    So a function that Jinja would hand the context (`pass_context`) cannot be called.
    """

    @optimizeconst
    def visit_Call(self, node: nodes.Call, frame: Frame, forward_caller: bool = False) -> None:  # noqa: N802, FBT001, FBT002 - Jinja's name and signature
        self.visit(node.node, frame)
        if node.args:
            first, *others = node.args
            self.write("(")
            self.visit(first, frame)
        else:  # what follows begins with a comma
            others = []
            self.write("(*()")
        rest = nodes.Call(
            node.node, others, node.kwargs, node.dyn_args, node.dyn_kwargs, lineno=node.lineno
        )
        self.signature(rest, frame, {"caller": "caller"} if forward_caller else None)
        self.write(")")


class Cache(BytecodeCache):
    """Templates compiled once for all languages: their code is the same in each."""

    def __init__(self) -> None:
        self._known: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        if bucket.key in self._known:
            bucket.bytecode_from_string(self._known[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._known[bucket.key] = bucket.bytecode_to_string()


def install(env: Environment, catalogue: gettext.NullTranslations) -> None:
    """Make `env` quick, and give it a catalogue's texts in the new style of Jinja's `i18n`."""
    env.code_generator_class = Generator
    env.newstyle_gettext = True  # type: ignore[attr-defined]  # the extension's
    env.globals.update(_texts(catalogue))


def _texts(catalogue: gettext.NullTranslations) -> dict[str, Callable[..., Markup]]:
    """`_`, `gettext`, `ngettext`, `pgettext` and `npgettext` for templates.

    Each looks a text up once, and fills its gaps with what is escaped. Raises `KeyError` where
    a gap has nothing to fill it, and what `%` raises where a text is no format.
    """
    known: dict[tuple[str, ...], tuple[Markup, bool]] = {}

    def found(key: tuple[str, ...], look_up: Callable[..., str]) -> tuple[Markup, bool]:
        if key not in known:
            text = look_up(*key)
            known[key] = Markup(text), _PLAIN.fullmatch(text) is not None  # noqa: S704 - ours
        return known[key]

    def filled(text: Markup, is_plain: bool, gaps: dict[str, Any]) -> Markup:  # noqa: FBT001
        if not is_plain:
            return text % gaps
        if "%" not in text:
            return text
        safe = {name: escape(value) for name, value in gaps.items()}
        return Markup(str(text) % safe)  # noqa: S704 - each value is escaped

    def gettext(message: str, /, **gaps: Any) -> Markup:
        return filled(*found((message,), catalogue.gettext), gaps)

    def ngettext(one: str, many: str, num: int, /, **gaps: Any) -> Markup:
        text = Markup(catalogue.ngettext(one, many, num))  # noqa: S704 - ours
        return text % ({"num": num} | gaps)

    def pgettext(context: str, message: str, /, **gaps: Any) -> Markup:
        key = (context, message)
        return filled(*found(key, catalogue.pgettext), {"context": context} | gaps)

    def npgettext(context: str, one: str, many: str, num: int, /, **gaps: Any) -> Markup:
        text = Markup(catalogue.npgettext(context, one, many, num))  # noqa: S704 - ours
        return text % ({"context": context, "num": num} | gaps)

    return {
        "_": gettext,
        "gettext": gettext,
        "ngettext": ngettext,
        "pgettext": pgettext,
        "npgettext": npgettext,
    }
