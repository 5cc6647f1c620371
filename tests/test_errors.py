"""What can go wrong, as data and as text: the errors, their wording and their order."""

from __future__ import annotations

import copy
import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intimacy_tarot import _errors
from intimacy_tarot._errors import Place, Problem, TarotError, content_error, guess, nearest, shown

BUILT_IN = {
    "ContentError": ValueError,
    "UnknownIdError": LookupError,
    "CardError": ValueError,
    "DrawError": ValueError,
    "SeedTypeError": TypeError,
    "SeedValueError": ValueError,
    "PersonError": ValueError,
    "RecordError": ValueError,
    "StyleError": LookupError,
}

WORDS = st.text(max_size=12)
PLACES = st.builds(Place, st.sampled_from(["a.yaml", "b.yaml"]), st.integers(1, 30), st.integers(1, 30))
PROBLEMS = st.builds(Problem, st.just("code"), PLACES, WORDS, WORDS, WORDS, st.sampled_from(["error", "warning"]))


def errors() -> dict[str, type[TarotError]]:
    found = vars(_errors).values()
    return {one.__name__: one for one in found if isinstance(one, type) and issubclass(one, TarotError)}


def test_every_error_is_known_here():
    """No error is added without a line in this file."""
    assert set(errors()) == {"TarotError", *BUILT_IN}


@pytest.mark.parametrize(("name", "built_in"), BUILT_IN.items())
def test_an_error_is_ours_and_the_built_in_kind(name, built_in):
    """Each error can be caught as TarotError and as the built-in that people already catch."""
    assert issubclass(errors()[name], (TarotError,))
    assert issubclass(errors()[name], built_in)


@pytest.mark.parametrize("name", ["TarotError", *BUILT_IN])
@given(message=WORDS, problems=st.lists(PROBLEMS, max_size=3))
def test_an_error_survives_pickle_and_copy(name, message, problems):
    """An error that crosses a process keeps its type, its text and its problems."""
    error = errors()[name](message, iter(problems))
    for twin in (pickle.loads(pickle.dumps(error)), copy.copy(error), copy.deepcopy(error)):  # noqa: S301  our own
        assert type(twin) is type(error)
        assert str(twin) == message
        assert twin.problems == tuple(problems)


def test_an_error_without_problems_holds_none():
    """An error needs no problems."""
    assert TarotError("no").problems == ()


@given(PLACES)
def test_a_place_is_written_as_editors_open_it(place):
    """A place reads file:line:column."""
    file, line, column = str(place).split(":")
    assert (file, int(line), int(column)) == (place.file, place.line, place.column)


def test_a_place_is_the_start_of_its_file_unless_told():
    """Lines and columns count from 1."""
    assert str(Place("a.yaml")) == "a.yaml:1:1"


@given(st.lists(PLACES))
def test_places_stand_in_order_of_file_line_and_column(places):
    """Sorting places follows the files and then down the page, by number and not by text."""
    keys = [(place.file, place.line, place.column) for place in sorted(places)]
    assert keys == sorted((place.file, place.line, place.column) for place in places)


@pytest.mark.parametrize(
    ("path", "hint", "text"),
    [
        ("", "", "d.yaml:2:5: found x"),
        ("upright.need", "", "d.yaml:2:5: found x (at upright.need)"),
        ("", "did you mean 'y'?", "d.yaml:2:5: found x; did you mean 'y'?"),
        ("care", "did you mean 'y'?", "d.yaml:2:5: found x (at care); did you mean 'y'?"),
    ],
)
def test_a_problem_reads_place_message_path_hint(path, hint, text):
    """A problem's text leaves out the path and the hint it has not, and nothing else."""
    assert str(Problem("code", Place("d.yaml", 2, 5), path, "found x", hint)) == text


def test_a_problem_is_an_error_without_a_hint_unless_told():
    """The default severity keeps content from being used, and a hint is only there where there is one."""
    problem = Problem("code", Place("d.yaml"), "", "found x")
    assert (problem.severity, problem.hint) == ("error", "")


@given(PROBLEMS)
def test_a_problem_is_a_value(problem):
    """Problems compare, hash and pickle by what they hold."""
    twin = pickle.loads(pickle.dumps(problem))  # noqa: S301  our own
    assert twin == problem
    assert hash(twin) == hash(problem)
    with pytest.raises(AttributeError):
        problem.code = "other"
    with pytest.raises(AttributeError):
        problem.place.line = 0


@given(st.lists(PROBLEMS, max_size=8))
def test_one_error_lists_every_problem_in_order(problems):
    """The error for some content has each problem once, by place, the rest as found; its text is their lines."""
    error = content_error(iter(problems))
    expected = sorted(problems, key=lambda problem: (problem.place.file, problem.place.line, problem.place.column))
    assert list(error.problems) == expected
    assert str(error) == "\n".join(str(problem) for problem in expected)


@given(st.text(), st.lists(WORDS))
def test_a_guess_names_a_known_word_or_nothing(found, known):
    """Whatever was found, a guess is empty or names one of the words there are."""
    assert guess(found, known) in {"", *(f"did you mean {word!r}?" for word in known)}


@given(st.text("abcdef", min_size=1, max_size=20), st.lists(st.text("ghij", min_size=1, max_size=8)))
def test_a_word_is_its_own_nearest(word, others):
    """Among unlike words, a word is nearest to itself, and to itself with a slip at its end."""
    assert guess(word, [*others, word]) == f"did you mean {word!r}?"
    assert guess(f"{word}{word[-1]}", iter([*others, word])) == f"did you mean {word!r}?"


def test_a_guess_looks_at_no_more_than_a_line():
    """Only the first 80 characters are compared, so that a long word costs no more."""
    assert guess("a" * 80 + "z" * 100_000, ["a" * 80]) == guess("a" * 80, ["a" * 80]) != ""


@given(st.text("xyz", max_size=6), st.lists(st.text("abc", min_size=1, max_size=6)))
def test_nearest_falls_back_to_the_words_there_are(found, known):
    """Where nothing is close, all the known words are told, in their order."""
    assert nearest(found, iter(known)) == f"known: {', '.join(known)}"


def test_nearest_prefers_the_guess():
    """Where something is close, only that is told."""
    assert nearest("cup", iter(["cups", "swords"])) == "did you mean 'cups'?"


@given(st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.binary() | st.lists(st.integers()))
def test_a_value_is_shown_as_python_writes_it(value):
    """What Python can write is shown so."""
    assert shown(value) == repr(value)


@pytest.mark.parametrize("value", [10**5000, -(10**5000), [10**5000]], ids=["large", "small", "held"])
def test_a_number_too_long_to_write_is_shown_by_its_kind(value):
    """A number of more digits than Python writes is told by its kind, and never raises."""
    assert shown(value) == f"a very long {type(value).__name__}"
