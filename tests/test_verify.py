"""Verifying: what was not touched is the same, what was touched is told with its place, and the rest is unknown."""

from __future__ import annotations

import copy
import json
import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import intimacy_tarot as tarot
from intimacy_tarot import Finding

PEOPLE = {"partner": "Robin", "reader": tarot.Person("Sam", "she"), "question": "Why so quiet?"}
SAME, CHANGED, UNKNOWN = Finding


def _found(record):
    found = tarot.verify(record)
    return found.cards, found.words


@pytest.mark.parametrize("spread", tarot.spread_ids())
def test_what_was_not_touched_is_the_same(spread):
    """A reading, its data and its JSON are found to be what its seed and options give, and so are its public parts."""
    reading = tarot.read(spread, seed="a seed", support_text="Call a friend.", show_themes=False, **PEOPLE)
    for record in (reading, reading.to_dict(), reading.to_json()):
        assert tarot.verify(record) == tarot.Verification(SAME, SAME)
    for record in (reading.to_dict(private=False), reading.to_json(private=False)):
        assert tarot.verify(record) == tarot.Verification(SAME, UNKNOWN, ("the private parts are missing",))


@given(st.integers() | st.text(max_size=9) | st.binary(max_size=9), st.floats(0, 1), st.booleans())
def test_every_seed_and_rate_verifies(seed, rate, themes):
    """Whatever seed and rate a reading was drawn with, it verifies from its JSON."""
    reading = tarot.read("three-mirrors", seed=seed, reversal_rate=rate, show_themes=themes)
    assert not tarot.verify(reading.to_json()).altered
    assert not tarot.verify(reading.to_json(private=False)).altered


def _leaves(data, path=()):
    if isinstance(data, dict):
        for key, value in data.items():
            yield from _leaves(value, (*path, key))
    elif isinstance(data, list):
        for at, value in enumerate(data):
            yield from _leaves(value, (*path, at))
    else:
        yield path, data


@given(st.data())
def test_whatever_text_is_changed_is_found(data):
    """A word altered anywhere in the sections is told at its path; nothing altered goes by as the same."""
    reading = tarot.read("foundation", seed=7, **PEOPLE)
    record = copy.deepcopy(reading.to_dict())
    paths = [path for path, value in _leaves(record["sections"]) if isinstance(value, str) and path[-1] == "text"]
    path = data.draw(st.sampled_from(paths))
    inner = record["sections"]
    for key in path[:-1]:
        inner = inner[key]
    inner[path[-1]] = f"{inner[path[-1]]} And so on."
    found = tarot.verify(record)
    assert (found.cards, found.words, found.altered) == (SAME, CHANGED, True)
    (told,) = found.differences
    assert told.startswith("sections[")


@pytest.mark.parametrize("private", [True, False])
def test_a_card_that_was_changed_is_found(private):
    """Another card, or one turned over, is not what the seed gives, with the private parts and without."""
    record = tarot.read("foundation", seed=7, **PEOPLE).to_dict(private=private)
    record["draw"]["cards"][1]["reversed"] ^= True
    record["draw"]["cards"][0], record["draw"]["cards"][2] = record["draw"]["cards"][2], record["draw"]["cards"][0]
    found = tarot.verify(record)
    assert found.cards is CHANGED
    assert [told.partition(":")[0] for told in found.differences[:3]] == [f"draw.cards[{at}]" for at in range(3)]
    assert found.altered


def test_a_seed_that_was_changed_is_found():
    """Under another seed the cards are others."""
    record = tarot.read("foundation", seed=7).to_dict()
    record["draw"]["seed"] = {"int": "8"}
    assert tarot.verify(record).cards is CHANGED


@pytest.mark.parametrize("part", ["question", "facts"])
def test_what_follows_from_the_cards_is_found_without_the_private_parts(part):
    """The public parts hold the spread's question and the facts, and either is told where it is otherwise."""
    record = tarot.read("foundation", seed=7).to_dict(private=False)
    if part == "question":
        record["question"] = "Shall I be rich?"
    else:
        record["facts"]["majors"] = 22
    found = tarot.verify(record)
    assert found.cards is CHANGED
    assert found.differences[0].startswith(part)


def test_words_of_another_version_are_unknown():
    """Where the content has changed since, the cards are the same and the words cannot be told."""
    record = tarot.read("foundation", seed=7).to_dict()
    record["content"]["digest"] = "0" * 64
    found = tarot.verify(record)
    assert (found.cards, found.words) == (SAME, UNKNOWN)
    assert found.differences[0].endswith("the words are of another content version")
    public = tarot.read("foundation", seed=7).to_dict(private=False)
    public["content"]["drawn"] = "0" * 64
    public["facts"]["majors"] = 22
    assert _found(public) == (SAME, UNKNOWN)


def test_cards_laid_by_hand_are_unknown_and_their_words_are_not():
    """What nobody drew from a seed cannot be drawn again; its words follow from the cards all the same."""
    reading = tarot.interpret(tarot.lay("one-card", ["the star"]))
    assert _found(reading) == (UNKNOWN, SAME)
    assert _found(reading.to_json(private=False)) == (UNKNOWN, UNKNOWN)


def test_what_is_not_at_hand_is_unknown():
    """A deck or an algorithm that this version has not is no sign of tampering."""
    record = tarot.read("one-card", seed=7).to_dict()
    record["draw"]["deck"] = "somebody-elses"
    found = tarot.verify(record)
    assert (found.cards, found.words) == (UNKNOWN, UNKNOWN)
    assert "found the deck 'somebody-elses'" in found.differences[0]
    record = tarot.read("one-card", seed=7).to_dict()
    record["draw"]["algorithm"] = "intimacy-tarot/draw/2"
    assert _found(record) == (UNKNOWN, UNKNOWN)
    assert not tarot.verify(record).altered


def test_positions_that_the_spread_has_not_are_found():
    """A record whose positions are not the spread's is changed."""
    record = tarot.read("one-card", seed=7).to_dict()
    text = json.dumps(record).replace('"lamp"', '"lump"')
    assert tarot.verify(text).cards is CHANGED


@pytest.mark.parametrize("record", ["", "{}", "[]", "null", {}, {"format": 1}, {"format": {1, 2}}, "[" * 99999])
def test_what_is_no_record_is_refused(record):
    """Text and data that hold no reading are a RecordError, and so is data that goes round in a circle."""
    with pytest.raises(tarot.RecordError):
        tarot.verify(record)
    circle: dict[str, object] = {"format": "intimacy-tarot/reading/1"}
    circle["self"] = circle
    with pytest.raises(tarot.RecordError):
        tarot.verify(circle)


def test_a_verification_says_what_was_found():
    """It prints a line for the cards, one for the words, and one for each difference, long values cut short."""
    record = tarot.read("one-card", seed=7).to_dict()
    record["question"] = "x" * 99
    record["sections"][0]["passages"][0]["text"] = "Robin said something private."
    first, second, third, fourth = str(tarot.verify(record)).splitlines()
    assert (first, second) == ("cards: same", "words: changed")
    assert third.startswith(f"question: found '{'x' * 56}..., expected '")
    assert fourth == "sections[0].passages[0].text: found otherwise"


NODE = shutil.which("node")
SEEDS = (7, -1, 2**80, "a quiet evening", "", "żółty 月 🌙", b"\x00\xff", ("couple", (7, b"\x00"), ""))


@pytest.mark.skipif(NODE is None, reason="no Node on this machine")
@pytest.mark.parametrize("deck", tarot.deck_ids())
@pytest.mark.parametrize("seed", SEEDS, ids=repr)
def test_another_language_draws_the_same_cards(tmp_path, seed, deck):
    """Plain Node, from the page on the algorithm alone, finds saved cards the same, and altered ones changed."""
    example = Path(__file__).parent.parent / "examples" / "verify.mjs"
    saved = tmp_path / "saved.json"
    record = tarot.read("celtic-cross", seed=seed, deck=deck, reversal_rate=0.5).to_dict(private=False)
    for altered in (False, True):
        record["draw"]["cards"][9]["reversed"] ^= altered
        saved.write_text(json.dumps(record), "utf-8")
        done = subprocess.run([NODE, example, saved], check=False, capture_output=True, text=True)
        assert (done.returncode, done.stdout) == (int(altered), f"cards: {'changed' if altered else 'same'}\n")


@pytest.mark.parametrize("private", [True, False])
@pytest.mark.parametrize("altered", ["a position", "a card twice", "what a card is called", "a rate"])
def test_what_no_draw_could_give_is_found(private, altered):
    """Cards laid by hand are held against their spread and their deck, and a rate against what a rate can be."""
    laid = tarot.interpret(tarot.lay("three-mirrors", ["the hermit", "XIV rx", "C2"]))
    reading = tarot.read("three-mirrors", seed=7) if altered == "a rate" else laid
    record = reading.to_dict(private=private)
    assert not tarot.verify(record).altered
    if altered == "a position":
        record["draw"]["positions"][0] = "elsewhere"
    elif altered == "a card twice":
        record["draw"]["cards"][0] = record["draw"]["cards"][1]
    elif altered == "a rate":
        record["draw"]["reversal_rate"] = 1.5
    else:
        record["draw"]["cards"][0]["card"]["name"] = "The Sun"
    found = tarot.verify(record)
    assert found.altered
    assert any("draw" in told for told in found.differences)


def test_facts_of_another_content_are_told():
    """Without its private parts a record says of its content only a digest; where that is another, this is told."""
    record = tarot.read("one-card", seed=7).to_dict(private=False)
    record["content"]["drawn"] = "0" * 64
    found = tarot.verify(record)
    assert (found.cards, found.words) == (SAME, UNKNOWN)
    assert found.differences[0] == "content: the facts are of another content version"
