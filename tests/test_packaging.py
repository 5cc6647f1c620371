"""What is packaged is what the tree holds: no module, no content file and no dependency more or less."""

from __future__ import annotations

import ast
import importlib
import re
import sys
import tomllib
from importlib.metadata import entry_points
from pathlib import Path

import pytest

import intimacy_tarot as tarot

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
SETUPTOOLS = PROJECT["tool"]["setuptools"]
FOLDERS = {package: ROOT / folder for package, folder in SETUPTOOLS["package-dir"].items()}
CODE = (".py", ".pyc", ".pyi")


def _tree() -> set[Path]:
    """Return every file in the packages' folders, what Python leaves there aside."""
    return {
        path
        for folder in FOLDERS.values()
        for path in folder.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts and path.suffix != ".pyc"
    }


def _packaged_data() -> set[Path]:
    """Return the files that the patterns for package data take in, as setuptools reads them: from each package."""
    patterns = SETUPTOOLS["package-data"]
    assert set(patterns) <= {"*", *FOLDERS}
    return {
        path
        for package, folder in FOLDERS.items()
        for pattern in (*patterns.get("*", ()), *patterns.get(package, ()))
        for path in folder.glob(pattern)
        if path.is_file()
    }


def test_the_list_of_packages_is_the_tree():
    """Every folder with an `__init__.py` is listed as a package at its place, and nothing else is."""
    found = {}
    for top, package in (("src", ""), ("decks", "intimacy_tarot.decks"), ("spreads", "intimacy_tarot.spreads")):
        for init in (ROOT / top).rglob("__init__.py"):
            inner = init.parent.relative_to(ROOT / top).parts
            found[".".join([*filter(None, [package]), *inner])] = init.parent

    assert sorted(SETUPTOOLS["packages"]) == sorted(found)
    assert found == FOLDERS


def test_no_module_lies_outside_a_package():
    """Every Python file of the packages' folders lies in a package's own folder, so that it is installed."""
    assert {path.parent for path in _tree() if path.suffix == ".py"} == set(FOLDERS.values())


def test_every_content_file_is_packaged():
    """Every file that is not code is taken in by a pattern for package data, and the patterns take in no code."""
    content = {path for path in _tree() if path.suffix not in CODE}

    assert content
    assert content - _packaged_data() == set()
    assert not {path for path in _packaged_data() if path.suffix in CODE}


@pytest.mark.parametrize("suffix", [".yaml", ".j2"])
def test_content_of_each_kind_is_there(suffix: str):
    """Decks, spreads, wording and templates are among what is packaged, so that the test above tests something."""
    assert any(path.suffix == suffix for path in _packaged_data())


def test_py_typed_is_packaged_and_empty():
    """Type checkers find the marker that says the package's annotations count."""
    marker = FOLDERS["intimacy_tarot"] / "py.typed"

    assert marker in _packaged_data()
    assert marker.read_bytes() == b""


def test_decks_and_spreads_are_packages_that_differ():
    """Both data folders hold an `__init__.py` that is a docstring and no more, and the two are not the same."""
    inits = [(ROOT / top / "__init__.py").read_text(encoding="utf-8") for top in ("decks", "spreads")]

    for init in inits:
        body = ast.parse(init).body
        assert len(body) == 1
        assert ast.get_docstring(ast.parse(init))
    assert inits[0] != inits[1]


def test_nothing_is_included_by_itself():
    """Package data is what the patterns say, and never what a build tool thinks of."""
    assert SETUPTOOLS["include-package-data"] is False


def test_the_dependencies_are_pyyaml_and_jinja2():
    """Installing the library brings PyYAML and Jinja2 and nothing else, each from a version up and without a cap."""
    names = {}
    for dependency in PROJECT["project"]["dependencies"]:
        name, least = re.fullmatch(r"([A-Za-z0-9]+)>=([0-9.]+)", dependency).groups()
        names[name] = least

    assert sorted(names) == ["Jinja2", "PyYAML"]
    assert "optional-dependencies" not in PROJECT["project"]


def test_the_code_imports_nothing_else():
    """Every import of the package is its own, the standard library's, or one of the two dependencies."""
    tops = set()
    for path in (path for path in _tree() if path.suffix == ".py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                tops |= {alias.name.partition(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom):
                assert node.level == 0, path
                tops.add(str(node.module).partition(".")[0])

    assert tops - set(sys.stdlib_module_names) == {"intimacy_tarot", "jinja2", "yaml"}


def test_the_script_leads_to_a_function():
    """The one script of the package leads to a function that takes the call's words."""
    assert list(PROJECT["project"]["scripts"]) == ["intimacy-tarot"]
    module, _, name = PROJECT["project"]["scripts"]["intimacy-tarot"].partition(":")

    assert callable(getattr(importlib.import_module(module), name))
    assert [point.value for point in entry_points(group="console_scripts", name="intimacy-tarot")] == [
        f"{module}:{name}"
    ]


def test_the_version_is_written_once():
    """The project's version is the package's own, read from it or equal to it."""
    if "version" in PROJECT["project"].get("dynamic", ()):
        module, _, name = SETUPTOOLS["dynamic"]["version"]["attr"].rpartition(".")
        version = getattr(importlib.import_module(module), name)
    else:
        version = PROJECT["project"]["version"]

    assert version == tarot.__version__


@pytest.mark.parametrize("path", sorted(_tree()), ids=lambda path: path.relative_to(ROOT).as_posix())
def test_every_packaged_file_is_plain_text(path: Path):
    """Every packaged file is UTF-8 without a byte order mark, has plain line ends, and ends with one if it has any."""
    raw = path.read_bytes()
    raw.decode("utf-8")

    assert not raw.startswith(b"\xef\xbb\xbf")
    assert b"\r" not in raw
    assert not raw or raw.endswith(b"\n")


def test_licence_and_readme_are_there():
    """The files that the project's metadata name are in the tree."""
    assert PROJECT["project"]["license"] == "MIT"
    for name in (PROJECT["project"]["readme"], *PROJECT["project"]["license-files"]):
        assert (ROOT / name).read_text(encoding="utf-8").strip()
