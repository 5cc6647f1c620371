"""A record without its private parts: nothing that a person typed is in it, or can be told from it."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from typed_words import fit, people

import intimacy_tarot as tarot

pytestmark = pytest.mark.at_length

QUESTIONS = yaml.safe_load((Path(__file__).parent / "data" / "questions.yaml").read_text("utf-8"))


@given(people(), fit(60), st.sampled_from(tarot.spread_ids()), st.integers(0, 30), st.booleans())
@settings(max_examples=150)
def test_a_public_record_has_nothing_of_what_was_typed(words, avoid, spread, seed, laid):
    """It is the record of the same cards without a word typed, whatever was typed, and holds no text of it."""
    draw = tarot.draw(spread, seed=seed)
    draw = tarot.lay(spread, [card.card.name for card in draw.cards]) if laid else draw
    wording = {"seed": words["question"]} if laid else {}
    public = tarot.interpret(draw, avoid=[avoid], **words, **wording).to_dict(private=False)
    plain = tarot.interpret(draw)
    assert public == plain.to_dict(private=False)
    leaves = [value for value in _leaves(public) if isinstance(value, str)]
    known = {text for text in (*words.values(), avoid) if len(text) < 4 or text in plain.to_json(private=False)}
    assert not [text for text in {*words.values(), avoid} - known if any(text in leaf for leaf in leaves)]


def _leaves(data):
    if isinstance(data, (dict, list)):
        for value in data.values() if isinstance(data, dict) else data:
            yield from _leaves(value)
        return
    yield data


@pytest.mark.parametrize("pronouns", ["she", "he"])
def test_a_public_record_has_nothing_of_pronouns(pronouns):
    """Whom a reading speaks of, and how, is left out."""
    robin = tarot.Person("Robin", pronouns)
    named = tarot.read("partner-need", seed=3, partner=robin, reader=robin)
    assert named.to_json(private=False) == tarot.read("partner-need", seed=3).to_json(private=False)


def test_a_public_record_does_not_tell_what_kind_of_question_was_asked():
    """Over questions of harm, of fear, of any theme and of none, each spread's public record is one and the same."""
    kinds: Counter[tuple[str, bool]] = Counter()
    for spread in ("partner-need", "emotional-block", "one-card"):
        draw = tarot.draw(spread, seed=3)
        alone = tarot.interpret(draw).to_json(private=False)
        for asked in [one["text"] for part in QUESTIONS.values() for one in part][::5]:
            reading = tarot.interpret(draw, question=asked)
            kinds[str(reading.kind), reading.plan.heard is not None] += 1
            assert reading.to_json(private=False) == alone
    assert {kind for kind, _ in kinds} == {"reading", "solo", "care"}
    assert {heard for _, heard in kinds} == {True, False}


@pytest.mark.parametrize("asked", ["What now?", "How do I learn to trust her?", "Am I scared of her?", "He hit me"])
def test_a_public_record_holds_no_passage_plan_or_kind(asked):
    """Its parts are the draw, the facts, the spread's question and the digest of what was drawn, and no others."""
    public = tarot.read("partner-need", seed=3, question=asked).to_dict(private=False)
    assert set(public) == {"format", "private", "draw", "question", "show_themes", "facts", "content"}
    assert set(public["content"]) == {"version", "drawn"}
    assert public["question"] == tarot.load_spread("partner-need").question
