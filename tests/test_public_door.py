"""The one public door: what stands in `__all__`, how it is told of, and that every error is of our own kind."""

from __future__ import annotations

import copy
import inspect
import pickle
import re
import subprocess
import sys
from importlib.resources import files
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import intimacy_tarot as tarot
from intimacy_tarot import _errors

PUBLIC = [(name, getattr(tarot, name)) for name in tarot.__all__]
CLASSES = [value for _, value in PUBLIC if inspect.isclass(value)]
FUNCTIONS = [value for _, value in PUBLIC if inspect.isfunction(value)]
METHODS = [
    pytest.param(cls, member, id=f"{cls.__name__}.{name}")
    for cls in CLASSES
    for name, member in vars(cls).items()
    if not name.startswith("_") and (inspect.isfunction(member) or isinstance(member, (classmethod, staticmethod)))
]
KINDS = {
    "CardError": ValueError,
    "ContentError": ValueError,
    "DrawError": ValueError,
    "PersonError": ValueError,
    "RecordError": ValueError,
    "SeedTypeError": TypeError,
    "SeedValueError": ValueError,
    "StyleError": LookupError,
    "TarotError": Exception,
    "UnknownIdError": LookupError,
}
ERRORS = [getattr(tarot, name) for name in KINDS]

_TEXT = st.text(max_size=60)
_PROBLEMS = st.builds(
    tarot.Problem,
    code=_TEXT,
    place=st.builds(tarot.Place, file=_TEXT, line=st.integers(1, 9_999), column=st.integers(1, 999)),
    path=_TEXT,
    message=_TEXT,
    hint=_TEXT,
    severity=st.sampled_from(["error", "warning"]),
)


def _example(told: Any) -> bool:
    return ">>> " in (inspect.getdoc(told) or "")


def test_all_is_sorted_and_says_each_name_once():
    """`__all__` is a sorted list without doubles."""
    assert tarot.__all__ == sorted(set(tarot.__all__))


@pytest.mark.parametrize("name", tarot.__all__)
def test_a_name_of_all_can_be_imported(name: str):
    """Each name of `__all__` is there, and `from intimacy_tarot import` finds it."""
    found: dict[str, Any] = {}
    exec(f"from intimacy_tarot import {name}", found)  # noqa: S102  the very statement that is promised

    assert found[name] is getattr(tarot, name)


def test_all_leaves_out_nothing_public():
    """Whatever the package shows without an underscore, its modules aside, is in `__all__`."""
    shown = {
        name
        for name, value in vars(tarot).items()
        if not name.startswith("_") and not inspect.ismodule(value) and name != "annotations"
    }

    assert shown <= set(tarot.__all__)


@pytest.mark.parametrize("name", [name for name, value in PUBLIC if callable(value)])
def test_no_public_name_is_hidden_by_a_module(name: str):
    """What is public is what the door says after every module has been imported: no module goes by that name."""
    assert not inspect.ismodule(getattr(tarot, name))
    assert not (files("intimacy_tarot") / f"{name}.py").is_file()


def test_the_version_is_a_plain_one():
    """The version is three numbers, parted by dots."""
    assert re.fullmatch(r"[0-9]+\.[0-9]+\.[0-9]+", tarot.__version__)


def test_the_annotations_count():
    """`py.typed` lies in the package."""
    assert (files("intimacy_tarot") / "py.typed").is_file()


def test_importing_reads_writes_and_prints_nothing():
    """Importing the package is quiet, and imports neither the script nor a template."""
    code = (
        "import sys, intimacy_tarot\n"
        "assert 'intimacy_tarot._cli' not in sys.modules\n"
        "assert 'argparse' not in sys.modules\n"
    )
    found = subprocess.run([sys.executable, "-W", "error", "-c", code], capture_output=True, check=False)

    assert (found.returncode, found.stdout, found.stderr) == (0, b"", b"")


@pytest.mark.parametrize("function", FUNCTIONS, ids=lambda function: function.__name__)
def test_a_public_function_has_an_example(function: Any):
    """Every public function has a docstring: a sentence first, and an example that the doctests run."""
    assert re.match(r"[A-Z].*[.:]\n", f"{inspect.getdoc(function)}\n", re.DOTALL)
    assert _example(function)


@pytest.mark.parametrize("cls", CLASSES, ids=lambda cls: cls.__name__)
def test_a_public_class_is_told_of(cls: type):
    """Every public class has a docstring of its own, not the one that dataclasses write."""
    assert "__doc__" in vars(cls)
    assert cls.__doc__
    assert not cls.__doc__.startswith(f"{cls.__name__}(")


@pytest.mark.parametrize(("cls", "method"), METHODS)
def test_a_public_method_has_an_example_or_its_class_has(cls: type, method: Any):
    """Every public method has a docstring, and there is an example in it or in its class's."""
    assert inspect.getdoc(method)
    assert _example(method) or _example(cls)


@pytest.mark.parametrize(
    "cls", [cls for cls in CLASSES if not issubclass(cls, Exception)], ids=lambda cls: cls.__name__
)
def test_every_field_and_property_can_be_found_out(cls: type):
    """Every public property of a class has a docstring."""
    properties = {name: member for name, member in vars(cls).items() if isinstance(member, property)}

    assert {name for name, member in properties.items() if not name.startswith("_") and not member.__doc__} == set()


def test_methods_take_the_words_that_content_uses():
    """What a method wants to know can be said by the plain word, without a class that is not at the door."""
    star = tarot.load_deck("major-arcana").find("the star")
    facts = tarot.read("one-card", seed=7).facts

    assert star.meaning("upright") is star.upright
    assert star.meaning("reversed") is star.reversed
    assert [facts.theme(fact.theme.value) for fact in facts.themes] == list(facts.themes)


def test_the_errors_are_the_ones_that_are_known():
    """The errors of the public door are those of the table above, and no others are raised by name in `_errors`."""
    here = {name for name, value in PUBLIC if inspect.isclass(value) and issubclass(value, BaseException)}
    written = {
        name for name, value in vars(_errors).items() if inspect.isclass(value) and issubclass(value, BaseException)
    }

    assert here == written == set(KINDS)


@pytest.mark.parametrize(("name", "kind"), KINDS.items())
def test_an_error_is_ours_and_the_built_in_of_its_kind(name: str, kind: type):
    """Each error is a TarotError, and what an `except` for the built-in kind would catch."""
    error = getattr(tarot, name)

    assert issubclass(error, tarot.TarotError)
    assert issubclass(error, kind)
    assert str(error("found x, expected y")) == "found x, expected y"
    assert error("found x, expected y").problems == ()


@given(error=st.sampled_from(ERRORS), message=_TEXT, problems=st.lists(_PROBLEMS, max_size=3))
def test_an_error_survives_pickling_and_copying(
    error: type[tarot.TarotError], message: str, problems: list[tarot.Problem]
):
    """An error comes out of a pickle or a copy with its kind, its text and its problems."""
    whole = error(message, problems)

    for again in (pickle.loads(pickle.dumps(whole)), copy.copy(whole), copy.deepcopy(whole)):  # noqa: S301  our own
        assert type(again) is error
        assert str(again) == message
        assert again.problems == tuple(problems)


@pytest.mark.parametrize(
    ("fault", "kind"),
    [
        pytest.param(lambda: tarot.read("no-such-spread"), tarot.UnknownIdError, id="a spread's id"),
        pytest.param(lambda: tarot.load_deck("no-such-deck"), tarot.UnknownIdError, id="a deck's id"),
        pytest.param(lambda: tarot.check("no-such-thing"), tarot.UnknownIdError, id="an id to check"),
        pytest.param(lambda: tarot.load_deck("major-arcana").find("no such"), tarot.CardError, id="a card's name"),
        pytest.param(lambda: tarot.lay("one-card", ["the star", "the sun"]), tarot.DrawError, id="too many cards"),
        pytest.param(lambda: tarot.draw("one-card", reversal_rate=2), tarot.DrawError, id="a rate"),
        pytest.param(lambda: tarot.draw("one-card", seed=True), tarot.SeedTypeError, id="a seed's type"),
        pytest.param(lambda: tarot.draw("one-card", seed=()), tarot.SeedValueError, id="a seed's value"),
        pytest.param(lambda: tarot.Person(""), tarot.PersonError, id="a person's name"),
        pytest.param(lambda: tarot.Reading.from_json("{"), tarot.RecordError, id="a record"),
    ],
)
def test_what_goes_wrong_is_said_by_an_error_of_its_kind(fault: Any, kind: type[tarot.TarotError]):
    """Each kind of misuse raises its own error, which says what was found."""
    with pytest.raises(kind, match="found") as raised:
        fault()

    assert type(raised.value) is kind
    assert raised.value.__suppress_context__ or raised.value.__context__ is None
