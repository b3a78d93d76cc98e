"""The shape of the house: small modules, each with its sentence and its tests."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "aigaq"
MODULES = sorted(PACKAGE.rglob("*.py"))

# Modules without a test file of their own.
WITHOUT_BEHAVIOUR = (
    "archive/private.py",  # values: whoever makes or reads them tests them
    "archive/public.py",
    "pages/page.py",
    "source/document.py",
    "words/fragments.py",
    "desk/meanings.py",  # words: held to the schemas by tests/test_docs.py
    "words/labels.py",  # words: held to the lists by tests/words/test_vocabularies.py
)
# Parts of one thing, and the tests of the whole, which reach every rule of theirs.
TESTED_WITH = {
    "cli/checking.py": "test_cli.py",
    "cli/console.py": "test_cli.py",
    "cli/editing.py": "desk/test_editor_files.py",
    "cli/mirror.py": "mirror/test_commands.py",
    "cli/mirror_audit.py": "mirror/test_audit.py",
    "cli/mirror_follow.py": "mirror/test_follow_command.py",
    "cli/mirror_carry.py": "mirror/test_carrying.py",
    "cli/mirror_seed.py": "mirror/test_seeding.py",
    "cli/mirror_source.py": "mirror/test_rebuilding.py",
    "cli/papers.py": "desk/test_form.py",
    "cli/reports.py": "test_cli.py",
    "cli/translating.py": "desk/translating/test_exchange.py",
    "cli/trusting.py": "mirror/test_commands.py",
    "cli/site.py": "test_cli.py",
    "desk/copies.py": "mirror/test_serving.py",
    "desk/edition.py": "desk/test_preview.py",
    "desk/overlay.py": "desk/test_preview.py",
    "desk/papers.py": "desk/test_form.py",
    "desk/questions.py": "desk/test_form.py",
    "desk/serving.py": "desk/test_preview.py",
    "mirror/asking.py": "mirror/test_audit.py",
    "mirror/audit_report.py": "mirror/test_audit.py",
    "mirror/carriage/parts.py": "mirror/carriage/test_web.py",
    "mirror/carriage/wire.py": "mirror/carriage/test_web.py",
    "mirror/carriage/copies.py": "mirror/test_seeding.py",
    "mirror/carriage/metainfo.py": "mirror/carriage/test_torrent.py",
    "mirror/carriage/swarm.py": "mirror/carriage/test_torrent.py",
    "mirror/contents.py": "mirror/test_verification.py",
    "mirror/fetching.py": "mirror/test_following.py",
    "mirror/heads.py": "mirror/test_following.py",
    "mirror/export/bodies.py": "mirror/export/test_whole.py",
    "mirror/export/layout.py": "mirror/export/test_whole.py",
    "mirror/export/looks.py": "mirror/export/test_whole.py",
    "mirror/export/media.py": "mirror/export/test_whole.py",
    "mirror/export/records.py": "mirror/export/test_whole.py",
    "mirror/export/texts.py": "mirror/export/test_whole.py",
    "mirror/planning.py": "mirror/test_packing.py",
    "mirror/staging.py": "mirror/test_following.py",
    "output/exchange.py": "output/test_release.py",
    "output/folder.py": "output/test_release.py",
    "output/paths.py": "output/test_release.py",
    "output/picture_work.py": "output/test_pictures.py",
    "output/refusal.py": "output/test_release.py",
    "output/targets.py": "output/test_release.py",
    "pages/han.py": "pages/test_slim.py",
    "pages/slim_page.py": "pages/test_slim.py",
    "output/shipped.py": "output/test_theme.py",
    "pipeline/building.py": "test_pipeline.py",
    "pipeline/filling.py": "test_pipeline.py",
    "pipeline/options.py": "test_pipeline.py",
    "pipeline/reading.py": "test_pipeline.py",
    "pipeline/retouching.py": "test_retouching.py",
    "source/markup/findings.py": "source/markup/test_convert.py",
    "source/markup/inline.py": "source/markup/test_convert.py",
    "source/schema/claims.py": "source/schema/test_mistakes.py",
    "source/schema/dates.py": "source/schema/test_mistakes.py",
    "source/schema/fields.py": "source/schema/test_mistakes.py",
    "source/schema/lists.py": "source/schema/test_mistakes.py",
    "source/schema/measures.py": "source/schema/test_mistakes.py",
    "source/schema/parts.py": "source/schema/test_examples.py",
    "source/schema/reading.py": "source/schema/test_mistakes.py",
    "source/schema/records.py": "source/schema/test_mistakes.py",
    "source/yaml_syntax.py": "source/test_strict_yaml.py",
    "words/date_advice.py": "words/test_edtf.py",
    "words/date_points.py": "words/test_edtf.py",
}
# Reached only by tests of what uses them: a test file of their own is still to be written.
STILL_WITHOUT = ("pages/articles.py",)
EXCEPTIONS = (*WITHOUT_BEHAVIOUR, *TESTED_WITH, *STILL_WITHOUT)

LONGEST_FUNCTION = 45  # lines, decorators and docstring included
LONGEST_MODULE = 400
LONGER = ("archive/public.py",)  # the whole public surface on one page, types only


def name_of(module: Path) -> str:
    return module.relative_to(PACKAGE).as_posix()


def tree_of(module: Path) -> ast.Module:
    return ast.parse(module.read_text("utf-8"), str(module))


def of_each_module(argument: str) -> pytest.MarkDecorator:
    return pytest.mark.parametrize(argument, MODULES, ids=name_of)


@of_each_module("module")
def test_a_module_opens_with_its_responsibility_in_a_sentence(module: Path) -> None:
    if module.name == "__init__.py" and not module.read_text("utf-8").strip():
        return
    first = (ast.get_docstring(tree_of(module)) or "").split("\n\n")[0].replace("\n", " ")
    assert re.fullmatch(r"[A-Z`].{15,}[.`]|aigaq: .+\.", first)


@of_each_module("module")
def test_a_module_has_a_test_file_that_mirrors_it(module: Path) -> None:
    name = module.relative_to(PACKAGE)
    if module.name == "__init__.py" or name.as_posix() in EXCEPTIONS:
        return
    assert (ROOT / "tests" / name.parent / f"test_{name.name}").is_file()


@pytest.mark.parametrize("name", EXCEPTIONS)
def test_an_exception_is_still_one(name: str) -> None:
    path = Path(name)
    assert (PACKAGE / path).is_file()
    assert not (ROOT / "tests" / path.parent / f"test_{path.name}").is_file()


@pytest.mark.parametrize("tests", sorted(set(TESTED_WITH.values())))
def test_what_tests_a_part_is_there(tests: str) -> None:
    assert (ROOT / "tests" / tests).is_file()


@of_each_module("module")
def test_only_the_command_line_prints(module: Path) -> None:
    if name_of(module).startswith("cli/"):
        return
    calls = [n for n in ast.walk(tree_of(module)) if isinstance(n, ast.Call)]
    assert [
        c.lineno for c in calls if _called(c) in {"print", "click.echo", "rich.print"}
    ] == []


@of_each_module("module")
def test_no_module_uses_a_yaml_loader_that_guesses_types(module: Path) -> None:
    loaders = {"load", "load_all", "safe_load", "full_load", "unsafe_load", "safe_load_all"}
    used = {
        f"{node.value.id}.{node.attr}"
        for node in ast.walk(tree_of(module))
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name)
    }
    assert used & {f"yaml.{loader}" for loader in loaders} == set()


@of_each_module("module")
def test_no_module_runs_what_it_reads(module: Path) -> None:
    """Content is data: never a template, never code, never a pickle, never a shell's line.

    What only writes with marshal, for a digest, reads nothing.
    """
    nodes = list(ast.walk(tree_of(module)))
    calls = [node for node in nodes if isinstance(node, ast.Call)]
    called = {_called(call).rpartition(".")[2] for call in calls}
    told = {word.arg: ast.unparse(word.value) for call in calls for word in call.keywords}
    names = [a.name for n in nodes if isinstance(n, ast.Import) for a in n.names]
    names += [n.module or "" for n in nodes if isinstance(n, ast.ImportFrom)]
    assert called & {"eval", "exec", "from_string", "system", "popen"} == set()
    assert {*names} & {"pickle", "shelve"} == set()
    assert "marshal" not in names or _used(nodes, "marshal") == {"dumps"}
    assert (told.get("shell"), told.get("autoescape", "True")) == (None, "True")


def _used(nodes: Iterable[ast.AST], module: str) -> set[str]:
    """What is taken from a module that is imported; all of it, where it has another name."""
    taken = {
        node.attr
        for node in nodes
        if isinstance(node, ast.Attribute) and ast.unparse(node.value) == module
    }
    imports = [n for n in nodes if isinstance(n, ast.Import | ast.ImportFrom)]
    plain = [alias for n in imports if isinstance(n, ast.Import) for alias in n.names]
    others = any(isinstance(n, ast.ImportFrom) and n.module == module for n in imports)
    renamed = any(alias.name == module and alias.asname for alias in plain)
    return taken | ({"*"} if others or renamed else set())


@of_each_module("module")
def test_no_module_is_too_long(module: Path) -> None:
    is_longer = len(module.read_text("utf-8").splitlines()) > LONGEST_MODULE
    assert is_longer == (name_of(module) in LONGER)


@of_each_module("module")
def test_no_function_is_too_long(module: Path) -> None:
    functions = [
        node
        for node in ast.walk(tree_of(module))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    ]
    assert {f.name: _lines(f) for f in functions if _lines(f) > LONGEST_FUNCTION} == {}


def test_the_door_holds_nothing_but_the_call() -> None:
    body = tree_of(ROOT / "build.py").body
    kinds = [type(node).__name__ for node in body]
    assert kinds == ["Expr", "ImportFrom", "If"]
    assert ast.unparse(body[-1]) == "if __name__ == '__main__':\n    main()"


def test_every_floor_of_the_package_has_a_place_among_the_layers() -> None:
    layers = re.search(
        r"^layers = \[(.*)\]", (ROOT / "pyproject.toml").read_text(), re.MULTILINE
    )
    assert layers is not None
    floors = {path.stem for path in PACKAGE.iterdir() if (path / "__init__.py").is_file()}
    floors |= {path.stem for path in PACKAGE.glob("*.py") if not path.stem.startswith("_")}
    assert set(re.findall(r"\w+", layers[1])) == floors


def _called(call: ast.Call) -> str:
    return ast.unparse(call.func)


def _lines(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    first = min((d.lineno for d in function.decorator_list), default=function.lineno)
    return (function.end_lineno or first) - first + 1
