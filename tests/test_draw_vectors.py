"""The draw against its published vectors, and against a second writing of DESIGN section 4."""

from __future__ import annotations

import json
import math
import struct
from fractions import Fraction
from hashlib import sha512
from itertools import chain, count, islice
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

import intimacy_tarot as tarot
from intimacy_tarot._deck import shuffled, turned
from intimacy_tarot._seed import canon, tag, untag, words

VECTORS = json.loads((Path(__file__).parent / "data" / "draw-vectors.json").read_text(encoding="utf-8"))
DECKS = {22: "major-arcana", 78: "rider-waite-smith"}

LEAVES = st.text() | st.integers() | st.binary()
SEEDS = LEAVES | st.recursive(
    LEAVES.map(lambda leaf: (leaf,)),
    lambda inner: st.tuples(inner) | st.tuples(LEAVES, inner) | st.tuples(inner, inner, LEAVES),
    max_leaves=4,
)
RATES = st.floats(0, 1) | st.integers(0, 2**32).map(lambda part: part / 2**32)


def vector_id(vector):
    return json.dumps(vector["seed"])[:40]


def second_canon(seed):
    if type(seed) is str:
        return b"s%b" % bytes(seed, "utf-8")
    if type(seed) is int:
        return b"i%d" % seed
    if type(seed) is bytes:
        return b"b%b" % seed
    return b"".join([b"t", *map(second_field, map(second_canon, seed))])


def second_field(data):
    return struct.pack(">Q", len(data)) + data


def second_words(seed, purpose, *labels):
    head = second_field(b"intimacy-tarot/draw/1") + second_field(purpose.encode()) + second_field(second_canon(seed))
    message = head + b"".join(second_field(label.encode()) for label in labels)
    blocks = (sha512(struct.pack(">I", block) + message).digest() for block in count())
    return chain.from_iterable(struct.unpack(">16I", block) for block in blocks)


def second_cards(seed, size, dealt):
    """Return the cards dealt, keeping only the places that were swapped: the others hold their own number."""
    stream, moved, cards = second_words(seed, "cards"), {}, []
    for place in range(dealt):
        left = size - place
        other = place + next(word for word in stream if word // left < 2**32 // left) % left
        cards.append(moved.get(other, other))
        moved[other] = moved.get(place, place)
    return cards


def second_turned(seed, dealt, rate):
    least = math.floor(Fraction(rate) * 2**32)
    return [word < least for word in islice(second_words(seed, "reversed"), dealt)]


def deck_order():
    """Return the card ids in the order of DESIGN section 2."""
    pips = ("ace", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
    ranks, suits = (*pips, "page", "knight", "queen", "king"), ("wands", "cups", "swords", "pentacles")
    majors = [f"major_arcana.{number:02}" for number in range(22)]
    return majors + [f"minor_arcana.{suit}.{rank}" for suit in suits for rank in ranks]


@pytest.mark.parametrize("vector", VECTORS, ids=vector_id)
def test_vectors_hold_for_canonical_bytes(vector):
    """Each vector's seed has the canonical bytes that were published."""
    seed = untag(vector["seed"])
    assert canon(seed).hex() == vector["canon_hex"]
    assert tag(seed) == vector["seed"]


@pytest.mark.parametrize("vector", VECTORS, ids=vector_id)
def test_vectors_hold_for_places_and_orientations(vector):
    """Each vector's seed gives the places and the orientations that were published."""
    seed = untag(vector["seed"])
    assert shuffled(vector["n"], vector["k"], seed) == vector["cards"]
    assert turned(vector["k"], seed, vector["rate"]) == [flag == "R" for flag in vector["reversed"]]


@pytest.mark.parametrize("vector", VECTORS, ids=vector_id)
def test_vectors_hold_for_a_deck_of_cards(vector):
    """The packaged decks deal each vector's cards, counted in the deck order of the design."""
    deck, order = tarot.load_deck(DECKS[vector["n"]]), deck_order()
    dealt = deck.deal(vector["k"], seed=untag(vector["seed"]), reversal_rate=vector["rate"])
    assert [card.card.id for card in dealt] == [order[place] for place in vector["cards"]]
    assert "".join("UR"[card.reversed] for card in dealt) == vector["reversed"]


@pytest.mark.parametrize(("size", "deck"), DECKS.items())
def test_the_packaged_decks_stand_in_deck_order(size, deck):
    """Majors from the Fool to the World, then each suit from ace to king: what the vectors count on."""
    assert [card.id for card in tarot.load_deck(deck).cards] == deck_order()[:size]


def test_the_vectors_reach_every_part_of_the_algorithm():
    """Among the vectors are every type of seed, a whole deck of each size, and a word that is passed over."""
    assert {name for vector in VECTORS for name in vector["seed"]} == {"str", "int", "bytes", "tuple"}
    assert {vector["n"] for vector in VECTORS if vector["n"] == vector["k"]} == {22, 78}
    passed = [
        vector["seed"]
        for vector in VECTORS
        for place, word in enumerate(islice(words(untag(vector["seed"]), "cards"), vector["k"]))
        if word >= 2**32 - 2**32 % (vector["n"] - place)
    ]
    assert passed == [{"int": "65007215"}]


@pytest.mark.parametrize("vector", VECTORS, ids=vector_id)
def test_the_second_writing_holds_the_vectors_too(vector):
    """The algorithm written a second time from the design alone gives the same vectors."""
    seed = untag(vector["seed"])
    assert second_canon(seed).hex() == vector["canon_hex"]
    assert second_cards(seed, vector["n"], vector["k"]) == vector["cards"]
    assert second_turned(seed, vector["k"], vector["rate"]) == [flag == "R" for flag in vector["reversed"]]


@given(SEEDS, st.integers(1, 120), st.data())
@example(65007215, 78, None)
def test_both_writings_shuffle_alike(seed, size, data):
    """For a seed of any type, a deck of any size and any number of cards, both writings deal the same."""
    dealt = data.draw(st.integers(1, size)) if data else size
    assert shuffled(size, dealt, seed) == second_cards(seed, size, dealt)


@given(SEEDS, st.integers(1, 78), RATES)
@example("edge", 78, 0.0)
@example("edge", 78, 1.0)
@example("edge", 78, 5e-324)
@example("edge", 78, math.nextafter(1, 0))
def test_both_writings_turn_alike(seed, dealt, rate):
    """For a seed of any type and any rate, both writings reverse the same positions."""
    assert turned(dealt, seed, rate) == second_turned(seed, dealt, rate)


@given(SEEDS, st.text(max_size=6), st.lists(st.text(max_size=6), max_size=3))
def test_both_writings_give_the_same_words(seed, purpose, labels):
    """For a seed of any type, any purpose and any labels, both writings give the same stream."""
    assert list(islice(words(seed, purpose, *labels), 40)) == list(islice(second_words(seed, purpose, *labels), 40))
