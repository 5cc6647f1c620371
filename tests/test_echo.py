"""The editorial rules for texts together: each echo is told once, at the later place, and names are left out of it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intimacy_tarot._echo import near_duplicates, overused_objects, overused_openers, words_of
from intimacy_tarot._errors import Place
from intimacy_tarot._lint import Said, rules

RUN = rules().run
OPENERS = rules().openers
OBJECTS = rules().objects
WORDS = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]


def _texts(*texts: str, path: str = "upright.ground") -> list[Said]:
    return [Said(Place("some.yaml", line), path, text) for line, text in enumerate(texts, 1)]


def _said(*texts: str, names: tuple[str, ...] = ()) -> list[tuple[int, str, str]]:
    return [
        (problem.place.line, problem.message.split("'")[1], problem.hint)
        for problem in near_duplicates(_texts(*texts), names)
    ]


def test_a_shared_run_is_told_at_the_later_text():
    """The whole run is told, however long, at the later text, with the place of the earlier."""
    assert _said("Left one two three four five six seven.", "One, two three four five six: seven right.") == [
        (2, "one two three four five six seven", "first at some.yaml:1:1")
    ]


def test_a_shorter_run_is_let_be():
    """Words in a row that are fewer than the rule's are ordinary English."""
    text = " ".join(WORDS[: RUN - 1])
    assert _said(f"a {text} b", f"c {text} d") == []


def test_a_text_that_repeats_itself_is_no_pair():
    """A run inside one text is not two texts sharing it."""
    text = " ".join(WORDS[:RUN])
    assert _said(f"{text} and {text}") == []


def test_each_pair_is_told_once():
    """Two texts that share two runs are one pair; three texts that share one are two."""
    run, other = " ".join(WORDS[:RUN]), " ".join(WORDS[-RUN:])
    assert [line for line, _, _ in _said(f"{run}. Then {other}", f"{other}. Later {run}")] == [2]
    assert [line for line, _, _ in _said(run, run, run)] == [2, 3]


@pytest.mark.parametrize(
    "name", ["Six of Cups", "{{ partner.subj }}", "{{ wall.snag | cap_first }}", "the two of you", "Neither of you"]
)
def test_a_name_ends_a_run(name: str):
    """A card's name, a name in braces and a name of the couple are not counted, and no run goes over them."""
    assert (
        _said(f"one two three {name} four five six", f"one two three {name} four five six", names=("Six of Cups",))
        == []
    )
    assert len(_said(f"{name} one two three four five six", f"one two three four five six {name}")) == 1


@given(st.lists(st.lists(st.sampled_from(WORDS), max_size=14).map(" ".join), max_size=5))
def test_every_shared_run_is_found(texts: list[str]):
    """A text is told exactly when it shares a run with one before it, counted the plain way."""

    def runs(text: str) -> set[tuple[str, ...]]:
        words = text.split()
        return {tuple(words[start : start + RUN]) for start in range(len(words) - RUN + 1)}

    expected = {
        line for line, text in enumerate(texts, 1) if any(runs(text) & runs(before) for before in texts[: line - 1])
    }
    found = _said(*texts)
    assert {line for line, _, _ in found} == expected
    assert all(run in texts[line - 1] for line, run, _ in found)


def test_an_opening_wears_out():
    """Beyond the passages that an opening may serve, each further one is told, with where it came first."""
    texts = _texts(*(f"It may be {word}." for word in WORDS[: OPENERS.most + 2]))
    found = list(overused_openers(texts))
    assert [problem.place.line for problem in found] == [OPENERS.most + 1, OPENERS.most + 2]
    assert {(problem.code, problem.severity, problem.hint) for problem in found} == {
        ("overused-opener", "warning", "first at some.yaml:1:1")
    }


def test_only_role_passages_open():
    """Practices, bridges and fragments may begin alike."""
    assert list(overused_openers(_texts(*["If you both like."] * 9, path="upright.practice.text"))) == []


def _card(text: str, picture: str = "a hill") -> list[Said]:
    return [*_texts(picture, path="image"), *_texts(text, path="upright.need")]


def test_an_object_wears_out():
    """Beyond the cards that an object may serve, each further one is told, with those that it serves."""
    word = OBJECTS.words[0]
    cards = {f"Card {number}": _card(f"Somebody's {word}s, and a {word}.") for number in range(OBJECTS.most + 1)}
    (problem,) = overused_objects(cards)
    assert (problem.code, problem.severity, problem.path) == ("overused-object", "warning", "upright.need")
    assert problem.message == f"found {word!r} in {OBJECTS.most + 1} cards, expected at most {OBJECTS.most}"
    assert problem.hint == "it serves Card 0, Card 1, Card 2"


def test_what_a_picture_holds_is_not_counted():
    """A card may speak of the object in its own picture as often as it likes, and takes nobody's place."""
    word = OBJECTS.words[0]
    cards = {f"Card {number}": _card(f"A {word}.", f"two {word}s on a hill") for number in range(9)}
    cards |= {f"Card 1{number}": _card(f"A {word}.", f"a stained-{word} hill") for number in range(9)}
    assert list(overused_objects(cards)) == []


def test_words_are_counted_as_they_are_said():
    """A name in braces is one word, case is nothing, and hyphens and apostrophes hold a word together."""
    assert words_of("{{ P.Subj }} May rest, half-asleep; it's 7.") == ["you", "may", "rest", "half-asleep", "it's"]
