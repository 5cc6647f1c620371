"""Strangers' content, records, words and arguments: read, or refused by an error of ours, and never at length."""

from __future__ import annotations

import tracemalloc
from pathlib import Path

import pytest
from hostile import TARGETS, attack, on_small_stack

import intimacy_tarot as tarot

pytestmark = pytest.mark.at_length

TRIES = 400
FEWER = 60
SLOW = 5.0
"""Seconds; an input takes milliseconds, and a machine may be busy."""

MOST_MEMORY = 200 * 1024 * 1024


@pytest.mark.parametrize("target", TARGETS)
def test_nothing_but_our_own_errors_gets_out(target):
    """However an input is broken, it is read or refused, on a stack of 256 KB and by either parser, before long."""
    for outcome in on_small_stack(lambda: list(attack(target, TRIES, seed=1))):
        assert outcome.found in ("read", "refused"), outcome.sent[:300]
        assert outcome.seconds < SLOW, outcome.sent[:300]


@pytest.mark.parametrize("target", TARGETS)
def test_no_input_takes_much_memory(target):
    """No broken input takes 200 MB, all of them together included."""
    tracemalloc.start()
    try:
        assert all(outcome.found in ("read", "refused") for outcome in attack(target, FEWER, seed=2))
        assert tracemalloc.get_traced_memory()[1] < MOST_MEMORY
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("target", TARGETS)
def test_some_broken_inputs_are_read_and_most_are_refused(target):
    """The attack is a real one: it comes through the first checks as well as failing them."""
    found = [outcome.found for outcome in attack(target, TRIES, seed=3)]
    assert found.count("read") > 2
    assert target == "script" or found.count("refused") > TRIES // 8


@pytest.mark.parametrize("depth", [100, 5_000, 200_000])
@pytest.mark.parametrize("brackets", ["[", '{"a":'])
def test_a_nested_record_is_refused_on_a_small_stack(depth, brackets):
    """Nesting ends no interpreter, wherever in a record it stands."""

    def refused():
        for text in (brackets * depth, '{"format": "intimacy-tarot/reading/1", "draw": ' + brackets * depth):
            with pytest.raises(tarot.RecordError):
                tarot.Reading.from_json(text)
            with pytest.raises(tarot.RecordError):
                tarot.verify(text)
        return True

    assert on_small_stack(refused)


@pytest.mark.parametrize("name", ["a\0b", "\ud800", "x" * 5000, "..", "/dev/null", "/proc/self/mem", "/"])
@pytest.mark.parametrize("load", [tarot.load_deck, tarot.load_spread, tarot.check])
def test_a_path_that_is_no_content_is_refused(load, name):
    """Whatever a path leads to, or cannot lead to, ends in an error of ours or in a list of faults."""
    try:
        found = load(Path(name))
    except tarot.TarotError:
        return
    assert load is tarot.check
    assert found
