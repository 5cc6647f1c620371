"""The editorial rules for one text: nothing banned, nothing unfinished, every person and fragment where it fits."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intimacy_tarot._errors import Place
from intimacy_tarot._lint import MOVE, NOUNS, Said, fragment_problems, rules, text_problems

HERE = Place("some.yaml", 4, 9)


def _codes(text: str) -> list[str]:
    return [problem.code for problem in text_problems(Said(HERE, "a.path", text))]


def _slots(**texts: str) -> list[tuple[str, str]]:
    said = {path.replace("__", "."): Said(HERE, path.replace("__", "."), text) for path, text in texts.items()}
    return [(problem.code, problem.path) for problem in fragment_problems(said)]


def test_a_plain_text_has_no_problems():
    """Text with people, fragments and ordinary punctuation passes."""
    assert _codes("{{ P.Subj }} may wait, and {{ partner.subj }} could stay.") == []
    assert _codes("A first step may be to {{ stone.move }}. What stands there is {{ wall.snag }}.") == []
    assert _codes('"Not tonight," somebody says. Is that all?') == []


@pytest.mark.parametrize("modal", ["may", "might", "can", "could", "would"])
@pytest.mark.parametrize("subject", ["{{ P.subj }}", "{{ P.Subj }}", "{{ partner.subj }}", "{{partner.Subj}}"])
def test_a_person_takes_a_modal(subject: str, modal: str):
    """A modal after a person fits every number, and passes."""
    assert _codes(f"Perhaps {subject} {modal} come.") == []


@pytest.mark.parametrize("after", ["is", "wants", "maybe", "mights", "", "has"])
def test_a_person_without_a_modal_is_told(after: str):
    """A verb that would have to agree, or no word at all, is a fault that says what was expected."""
    (problem,) = text_problems(Said(HERE, "a.path", f"Perhaps {{{{ P.subj }}}} {after}".strip() + "."))
    assert (problem.code, problem.place, problem.path, problem.severity) == ("person-modal", HERE, "a.path", "error")
    assert repr(after) in problem.message or "no word" in problem.message
    assert problem.message.endswith("expected one of may, might, can, could, would")


def test_a_person_who_is_no_subject_needs_no_modal():
    """Objects and possessives go with any word."""
    assert _codes("A word from {{ partner.obj }} lands in {{ P.poss }} lap.") == []


@pytest.mark.parametrize(
    "text",
    ["To do: TODO", "tbd", "Lorem ipsum dolor.", "And then...", "And then\u2026", "why??", "<a scene>", "[more]"],
)
def test_an_unfinished_text_is_told(text: str):
    """A note to oneself, dots and brackets are faults, whatever their case."""
    assert _codes(text) == ["unfinished"]


@pytest.mark.parametrize("text", ["a todos list", "A low dot.", "Is it? Is it not?", "Rest."])
def test_a_finished_text_is_let_be(text: str):
    """Words that hold such a note, and single marks, are no faults."""
    assert _codes(text) == []


@pytest.mark.parametrize("fragment", NOUNS)
@pytest.mark.parametrize("article", ["a", "The", "your", "no"])
def test_a_phrase_takes_no_article_before_it(fragment: str, article: str):
    """A fragment brings its own article, so that another before its slot is a fault."""
    assert _codes(f"Here is {article} {{{{ wall.{fragment} }}}}.") == ["slot"]
    assert _codes(f"Here is {{{{ wall.{fragment} }}}}.") == []


@pytest.mark.parametrize("before", ["may", "a", ""])
def test_a_move_stands_after_to(before: str):
    """The counsel's fragment is a bare infinitive, and any word but "to" before it is a fault."""
    assert _codes(f"{before} {{{{ stone.{MOVE} }}}}.") == ["slot"]
    assert _codes(f"It helps to {{{{ stone.{MOVE} }}}}.") == []


def test_a_handle_may_stand_anywhere():
    """The short name of a snag brings its own article and is told of nowhere."""
    assert _codes("Lift {{ wall.handle }}, and it goes to {{ wall.handle }}.") == []


@pytest.mark.parametrize("fragment", NOUNS)
def test_a_phrase_begins_as_a_noun_does(fragment: str):
    """A fragment that stands for a noun begins with an article or a number, and not with a verb."""
    assert _slots(**{f"upright__{fragment}": "a lamp on the sill"}) == []
    assert _slots(**{f"reversed__{fragment}": "waiting at the sill"}) == [("slot", f"reversed.{fragment}")]


@pytest.mark.parametrize(("text", "told"), [("put it down", 0), ("to put it down", 1), ("the first step", 1)])
def test_a_move_begins_with_its_verb(text: str, told: int):
    """A move is what comes after "to", so that neither "to" nor an article opens it."""
    assert _slots(upright__move=text) == [("slot", "upright.move")] * told


def test_a_handle_takes_its_noun_from_the_obstacle():
    """The last word of a handle stands in the obstacle passage of the same way up."""
    assert _slots(upright__handle="the low lamp", upright__obstacle="Lamps burn.") == []
    assert _slots(upright__handle="the low lamp", upright__obstacle="Nothing.") == [("slot", "upright.handle")]
    assert _slots(upright__handle="the low lamp", reversed__obstacle="Nothing.") == []


@given(st.text(max_size=200))
def test_any_text_is_read_to_its_end(text: str):
    """No text, whatever it holds, stops the rules; each problem stands where the text does."""
    assert {problem.place for problem in text_problems(Said(HERE, "", text))} <= {HERE}


def test_the_rules_agree_with_each_other():
    """No object is listed twice, none is capitalized, and the limits leave room for at least one use."""
    objects = rules().objects
    assert len(set(objects.words)) == len(objects.words)
    assert {word for word in objects.words if word != word.lower()} == set()
    assert min(objects.most, rules().openers.most, rules().openers.words) >= 1
    assert rules().run > rules().openers.words
