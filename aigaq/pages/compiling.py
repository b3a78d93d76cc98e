"""How templates become Python code that is quick to run; what they say is not decided here.

Jinja is made for more than our templates ask: for each value it makes an object to say that it
is escaped, for each call it looks whether the callee wants the context, for each attribute it
runs a function in Python, and what is imported `with context` it makes anew for each page.
"""

from __future__ import annotations

import operator
import re
from functools import cache
from typing import TYPE_CHECKING, Any

import jinja2
from jinja2 import BytecodeCache, TemplateError, nodes
from jinja2.compiler import CodeGenerator, Frame, optimizeconst
from jinja2.utils import missing
from markupsafe import Markup

from aigaq.pages import escaping
from aigaq.pages.escaping import markup, shown

if TYPE_CHECKING:
    import gettext
    from collections.abc import Callable, Iterable, Iterator, Mapping, MutableMapping
    from types import CodeType

    from jinja2 import Template
    from jinja2.bccache import Bucket
    from jinja2.compiler import MacroRef
    from jinja2.environment import TemplateModule
    from jinja2.runtime import Context

_PLAIN = re.compile(r"(?:[^%]|%\(\w+\)s)*")  # no gap but %(name)s
ANY = "*"  # among the names that a template takes: whatever there is
_NAMING = (nodes.Extends, nodes.Include, nodes.Import, nodes.FromImport)
_Import = nodes.Import | nodes.FromImport


def macro_of(
    write: Callable[..., str], name: str, arguments: tuple[str, ...]
) -> Callable[..., Markup]:
    """A macro; `write` takes all arguments in order. Half of what Jinja's `Macro` takes."""
    count = len(arguments)
    write.__defaults__ = (missing,) * count  # `write` knows what to do where one is left out

    def macro(*given: object, **named: object) -> Markup:
        if named or len(given) > count:
            given = (*given, *_rest(name, arguments, len(given), named))
        return markup(write(*given))

    return macro


def _rest(
    name: str, arguments: tuple[str, ...], given: int, named: dict[str, object]
) -> Iterator[object]:
    """The arguments after those that were `given` by place; `TypeError` where Jinja has it."""
    if given > len(arguments):
        message = f"macro {name!r} takes not more than {len(arguments)} argument(s)"
        raise TypeError(message)
    for argument in arguments[given:]:
        yield named.pop(argument, missing)
    for other in named:
        message = f"macro {name!r} takes no keyword argument {other!r}"
        raise TypeError(message)


def module_of(
    template: Template, context: Context, own: Mapping[str, object]
) -> TemplateModule:
    """What is imported `with context`; `own` are names that stand in no context.

    Made once for all pages if nothing in it, however deep, is said by the page: 0.2 ms each.
    """
    names, known = _looked_up(template), template.environment.globals
    changed = any(map(operator.is_not, map(context.parent.get, names), map(known.get, names)))
    if changed or ANY in names or names & (context.vars.keys() | own.keys()):
        return template.make_module(context.get_all(), shared=True, locals=own)
    return template.module


def _looked_up(template: Template) -> frozenset[str]:
    """The names that a template, and all that it uses, takes from a context."""
    code = template.root_render_func.__globals__
    if "all_looked_up" not in code:
        names, found = set(code["looked_up"]), {template}
        queue = list(code["used"])
        while queue:
            try:
                used = template.environment.get_template(queue.pop())
            except TemplateError:  # told when a page comes to it
                names.add(ANY)
                continue
            if used not in found:
                found.add(used)
                names |= set(used.root_render_func.__globals__["looked_up"])
                queue += used.root_render_func.__globals__["used"]
        code["all_looked_up"] = frozenset(names)
    return code["all_looked_up"]  # type: ignore[no-any-return]


class Generator(CodeGenerator):
    """Writes what is quick where Jinja writes what is general.

    So a function that Jinja would hand the context (`pass_context`) cannot be called.
    """

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self._looked_up: set[str] = set()

    def visit_Template(self, node: nodes.Template, frame: Frame | None = None) -> None:  # noqa: N802 - Jinja's name
        """What templates are told of themselves, for `module_of`, stands at their end."""
        self.writeline(f"from {escaping.__name__} import escaped")
        self.writeline(f"from {__name__} import macro_of, module_of")
        super().visit_Template(node, frame)
        naming: Iterable[Any] = node.find_all(_NAMING)
        asked = [one.template for one in naming]
        used = [one.value for one in asked if isinstance(one, nodes.Const)]
        unknown = {ANY} if len(used) < len(asked) else set()
        self.writeline(f"looked_up = {sorted(self._looked_up | unknown)!r}")
        self.writeline(f"used = {used!r}")

    def enter_frame(self, frame: Frame) -> None:
        super().enter_frame(frame)
        loads = frame.symbols.loads.values()
        self._looked_up |= {name for way, name in loads if way == "resolve" and name}

    @optimizeconst
    def visit_Call(self, node: nodes.Call, frame: Frame, forward_caller: bool = False) -> None:  # noqa: N802, FBT001, FBT002 - Jinja's name and signature
        """`f(x)`, where Jinja writes `context.call(f, x)`."""
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

    @optimizeconst
    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:  # noqa: N802 - Jinja's name
        """Python's own `getattr`; Jinja's, which looks for items too, where that finds none."""
        self.write("(found if (found := getattr((of := ")
        self.visit(node.node, frame)
        self.write(f"), {node.attr!r}, missing)) is not missing")
        self.write(f" else environment.getattr(of, {node.attr!r}))")

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        """`escaping.shown`, but a call only where there is something to escape: 590 a page."""
        if self._is_plain(frame, finalize):
            self.write("(v if (k := type(v := ")
        else:
            super()._output_child_pre(node, frame, finalize)

    def _output_child_post(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        if self._is_plain(frame, finalize):
            self.write(")) is Markup else escaped(v) if k is str else escape(v))")
        else:
            super()._output_child_post(node, frame, finalize)

    def _is_plain(self, frame: Frame, finalize: Any) -> bool:
        way = frame.eval_ctx
        return bool(way.autoescape) and not way.volatile and not finalize.src

    def macro_def(self, macro_ref: MacroRef, frame: Frame) -> None:
        node, way = macro_ref.node, frame.eval_ctx
        is_plain = way.autoescape and not (
            way.volatile
            or macro_ref.accesses_kwargs
            or macro_ref.accesses_varargs
            or macro_ref.accesses_caller
        )
        if is_plain and isinstance(node, nodes.Macro):
            arguments = tuple(argument.name for argument in node.args)
            self.write(f"macro_of(macro, {node.name!r}, {arguments!r})")
        else:
            super().macro_def(macro_ref, frame)

    def _import_common(self, node: _Import, frame: Frame) -> None:
        if not node.with_context:
            super()._import_common(node, frame)
            return
        self.write("module_of(environment.get_template(")
        self.visit(node.template, frame)
        self.write(f", {self.name!r}), context, {self.dump_local_context(frame)})")


class Cache(BytecodeCache):
    """Templates compiled once for all languages: their code is the same in each."""

    def __init__(self) -> None:
        self._known: dict[str, tuple[str, CodeType | None]] = {}  # with the text's checksum

    def load_bytecode(self, bucket: Bucket) -> None:
        checksum, code = self._known.get(bucket.key, ("", None))
        if checksum == bucket.checksum:
            bucket.code = code

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._known[bucket.key] = bucket.checksum, bucket.code


class _Template(jinja2.Template):
    """Tells its environment of the contexts that end with the page for which they are made."""

    def new_context(
        self,
        vars: Any = None,  # noqa: A002 - Jinja's name
        shared: bool = False,  # noqa: FBT001, FBT002 - Jinja's signature
        locals: Any = None,  # noqa: A002 - Jinja's name
    ) -> Context:
        made = super().new_context(vars, shared, locals)
        if vars and "page" in vars:  # what all pages share is made of no page
            self.environment.of_page.append(made)  # type: ignore[attr-defined]  # ours
        return made


class Environment(jinja2.Environment):
    """What is looked up for each page without what may change: no template, no global does."""

    template_class = _Template

    def __init__(self, **settings: Any) -> None:
        super().__init__(auto_reload=False, **settings)
        self._templates: dict[str, Template] = {}
        self.of_page: list[Context] = []

    def rendered(self, name: str, *, page: object, frame: object) -> str:
        """A page. What it was made of is free at once, not when cycles are looked for.

        Contexts hold macros, and macros their context: some 250 objects of each page. Only a
        macro that calls itself is left to wait.
        """
        template = self.get_template(name)
        context = template.new_context({"page": page, "frame": frame})
        try:
            return "".join(template.root_render_func(context))
        except Exception:
            self.handle_exception()  # raises it again, with the lines of templates
        finally:
            for one in self.of_page:
                one.vars.clear()
            self.of_page.clear()

    def get_template(
        self,
        name: Any,
        parent: str | None = None,
        globals: Any = None,  # noqa: A002 - Jinja's name
    ) -> Template:
        """A template by its name alone: 17 are asked for on a page, at 2.5 µs each."""
        found = self._templates.get(name)
        if found is None:
            found = self._templates[name] = super().get_template(name, parent, globals)
        return found

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """The names of the environment; to copy a `ChainMap` of them takes 15 µs a page."""
        return {**self.globals, **d} if d else self.globals


def install(env: jinja2.Environment, catalogue: gettext.NullTranslations) -> None:
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

    @cache
    def bare(message: str) -> Markup:
        return _filled(*found((message,), catalogue.gettext), {})

    def gettext(message: str, /, **gaps: Any) -> Markup:
        return _filled(*found((message,), catalogue.gettext), gaps) if gaps else bare(message)

    def ngettext(one: str, many: str, num: int, /, **gaps: Any) -> Markup:
        text = Markup(catalogue.ngettext(one, many, num))  # noqa: S704 - ours
        return text % ({"num": num} | gaps)

    def pgettext(context: str, message: str, /, **gaps: Any) -> Markup:
        key = (context, message)
        return _filled(*found(key, catalogue.pgettext), {"context": context} | gaps)

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


def _filled(text: Markup, is_plain: bool, gaps: dict[str, Any]) -> Markup:  # noqa: FBT001
    """A text with its gaps filled; `is_plain`: all of them are `%(name)s`."""
    if not is_plain:
        return text % gaps
    if "%" not in text:
        return text
    return markup(str(text) % {name: shown(value) for name, value in gaps.items()})
