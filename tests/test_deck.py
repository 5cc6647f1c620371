"""A deck: dealing it, finding its cards, and its being a value."""

from __future__ import annotations

import copy
import dataclasses
import math
import pickle
from decimal import Decimal
from fractions import Fraction
from itertools import islice

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

import intimacy_tarot as tarot
from intimacy_tarot._deck import DEFAULT_RATE, check_count, check_rate, shuffled, turned
from intimacy_tarot._seed import words

RIDER = tarot.load_deck("rider-waite-smith")
MAJORS = tarot.load_deck("major-arcana")

LEAVES = st.text() | st.integers() | st.binary()
SEEDS = LEAVES | st.lists(LEAVES, min_size=1, max_size=3).map(tuple)
RATES = st.floats(0, 1)


def first(size):
    """Return a deck of the first cards of the Rider-Waite-Smith deck."""
    return dataclasses.replace(RIDER, id=f"first-{size}", cards=RIDER.cards[:size])


@given(SEEDS, st.integers(1, 78), RATES, st.data())
def test_a_deal_holds_different_cards_of_the_deck(seed, size, rate, data):
    """Any deal has as many cards as were asked for, all of the deck, none twice."""
    deck = first(size)
    count = data.draw(st.integers(1, size))
    dealt = deck.deal(count, seed=seed, reversal_rate=rate)
    assert isinstance(dealt, tuple)
    assert len({card.card.id for card in dealt}) == len(dealt) == count
    assert all(type(card) is tarot.DrawnCard and card.card in deck.cards for card in dealt)
    assert all(type(card.reversed) is bool for card in dealt)


@given(SEEDS, st.integers(1, 78))
def test_a_whole_deal_is_the_deck_in_another_order(seed, size):
    """Dealing all cards gives each exactly once."""
    assert sorted(shuffled(size, size, seed)) == list(range(size))
    assert {card.card.id for card in first(size).deal(size, seed=seed)} == {card.id for card in RIDER.cards[:size]}


@given(SEEDS, st.integers(1, 78), RATES)
def test_a_longer_deal_begins_with_the_shorter(seed, size, rate):
    """Cards and orientations of every shorter deal are the beginning of the whole: a further card moves none."""
    deck = first(size)
    whole = deck.deal(size, seed=seed, reversal_rate=rate)
    for count in range(1, size + 1):
        assert deck.deal(count, seed=seed, reversal_rate=rate) == whole[:count]


@given(SEEDS, RATES, RATES)
def test_the_rate_moves_no_card(seed, one, other):
    """Another rate deals the same cards, and a higher one only turns more of them."""
    low, high = (MAJORS.deal(22, seed=seed, reversal_rate=rate) for rate in sorted((one, other)))
    assert [card.card for card in low] == [card.card for card in high]
    assert all(after.reversed or not before.reversed for before, after in zip(low, high, strict=True))


@given(SEEDS, st.integers(1, 78))
def test_orientations_belong_to_positions(seed, size):
    """Which positions are reversed depends on the seed alone, not on the size of the deck."""
    flags = [card.reversed for card in RIDER.deal(size, seed=seed, reversal_rate=0.5)]
    assert flags == [card.reversed for card in first(size).deal(size, seed=seed, reversal_rate=0.5)]
    assert flags == turned(size, seed, 0.5)


@given(SEEDS)
def test_the_rates_at_the_edges_turn_none_or_all(seed):
    """At 0 no card is reversed and at 1 every card is, as int or as float."""
    for rate in (0, 0.0, 5e-324, 2**-33):
        assert not any(card.reversed for card in RIDER.deal(78, seed=seed, reversal_rate=rate))
    for rate in (1, 1.0):
        assert all(card.reversed for card in RIDER.deal(78, seed=seed, reversal_rate=rate))


@given(SEEDS, st.integers(0, 9))
def test_a_word_below_the_rate_is_reversed_and_no_other(seed, place):
    """A position is reversed by a rate of (its word + 1) / 2^32, and by nothing less: the rate is rounded down."""
    word = next(islice(words(seed, "reversed"), place, None))
    assert not turned(10, seed, word / 2**32)[place]
    assert turned(10, seed, (word + 1) / 2**32)[place]
    assert not turned(10, seed, (word + 0.75) / 2**32)[place]


def test_the_usual_rate_is_35_percent():
    """A deal without a rate is one at 0.35."""
    assert DEFAULT_RATE == 0.35
    for seed in range(20):
        assert MAJORS.deal(22, seed=seed) == MAJORS.deal(22, seed=seed, reversal_rate=0.35)


def test_a_deal_is_the_same_for_ever():
    """Published deals of named cards never change."""
    assert [card.card.id.removeprefix("minor_arcana.") for card in RIDER.deal(4, seed=42, reversal_rate=0.5)] == [
        "cups.four",
        "cups.three",
        "wands.ten",
        "major_arcana.06",
    ]
    assert [str(card) for card in MAJORS.deal(2, seed=42)] == ["The Sun", "Wheel of Fortune"]


@pytest.mark.parametrize(
    "rate",
    [
        *(-0.1, 1.1, -5e-324, math.nextafter(1, 2), math.inf, -math.inf, math.nan, 2, -1),
        *(True, False, None, "0.5", b"0.5", Decimal("0.5"), Fraction(1, 2), 0.5 + 0j, [0.5], (0.5,)),
    ],
    ids=lambda rate: repr(rate)[:20],
)
def test_other_rates_are_refused(rate):
    """A rate that is no number from 0 to 1 is a DrawError that shows it and says what is expected."""
    for refuse in (lambda: check_rate(rate), lambda: MAJORS.deal(3, seed=1, reversal_rate=rate)):
        with pytest.raises(tarot.DrawError, match="expected a number from 0 to 1") as caught:
            refuse()
        assert repr(rate) in str(caught.value)
        assert isinstance(caught.value, ValueError)


@pytest.mark.parametrize("rate", [0, 1, 0.0, 1.0, 0.35, 5e-324])
def test_rates_from_0_to_1_come_back_as_floats(rate):
    """A rate that holds comes back unchanged, as a float."""
    checked = check_rate(rate)
    assert checked == rate
    assert type(checked) is float


@pytest.mark.parametrize(
    "count", [0, -1, 23, True, False, None, 1.0, "3", (3,), Fraction(3)], ids=lambda count: repr(count)[:20]
)
def test_other_counts_are_refused(count):
    """A count that is no int from 1 to the size of the deck is a DrawError that shows it and says the range."""
    for refuse in (lambda: check_count(count, 22), lambda: MAJORS.deal(count, seed=1)):
        with pytest.raises(tarot.DrawError, match="cards to deal, expected 1 to 22") as caught:
            refuse()
        assert repr(count) in str(caught.value)


@pytest.mark.parametrize("number", [10**5000, -(10**5000)], ids=["huge", "negative"])
def test_numbers_too_long_to_print_are_refused_too(number):
    """A count or a rate with more digits than Python will print is refused as any other: with a DrawError."""
    with pytest.raises(tarot.DrawError, match="expected 1 to 22"):
        MAJORS.deal(number, seed=1)
    with pytest.raises(tarot.DrawError, match="expected a number from 0 to 1"):
        MAJORS.deal(1, seed=1, reversal_rate=number)


@given(st.integers(1, 78))
def test_counts_within_the_deck_are_taken(size):
    """The smallest and the largest count of a deck of any size are dealt."""
    deck = first(size)
    assert len(deck.deal(1, seed=1)) == 1
    assert len(deck.deal(size, seed=1)) == size
    with pytest.raises(tarot.DrawError):
        deck.deal(size + 1, seed=1)


def test_seeds_are_refused_by_a_deal():
    """A deal needs a seed that can be used, and says so; None is none."""
    for seed in (None, True, 1.0, [1]):
        with pytest.raises(tarot.SeedTypeError):
            MAJORS.deal(3, seed=seed)
    for seed in ((), "\ud800", 10**4300):
        with pytest.raises(tarot.SeedValueError):
            MAJORS.deal(3, seed=seed)
    with pytest.raises(TypeError):
        MAJORS.deal(3)


def test_a_deck_finds_and_parses_its_cards():
    """`find` gives the card and `parse` the card as it lies, both of this deck only."""
    assert RIDER.find("two of cups") is RIDER.cards[37]
    assert RIDER.parse("2 of cups rx") == tarot.DrawnCard(RIDER.cards[37], reversed=True)
    assert MAJORS.find("the star") is MAJORS.cards[17]
    for read in (MAJORS.find, MAJORS.parse):
        with pytest.raises(tarot.CardError):
            read("two of cups")


@given(st.integers(0, 77), st.booleans())
def test_a_drawn_card_knows_how_it_lies(place, turned_over):
    """Name, orientation and meaning of a drawn card follow from the card and the way up it lies."""
    card = RIDER.cards[place]
    drawn = tarot.DrawnCard(card, turned_over)
    assert str(drawn) == drawn.name == card.name + ", reversed" * turned_over
    assert drawn.orientation == ("reversed" if turned_over else "upright")
    assert drawn.meaning is (card.reversed if turned_over else card.upright)


def test_decks_are_equal_when_their_manifests_are():
    """A deck is a value: where its folders are does not matter, what its manifest says does."""
    assert dataclasses.replace(MAJORS, folders=()) == MAJORS
    assert hash(dataclasses.replace(MAJORS, folders=())) == hash(MAJORS)
    assert dataclasses.replace(MAJORS, digest="0" * 64) != MAJORS
    assert first(22) != MAJORS
    assert MAJORS.cards == RIDER.cards[:22]


@pytest.mark.parametrize("deck", [RIDER, MAJORS], ids=lambda deck: deck.id)
def test_decks_can_be_pickled_and_copied(deck):
    """A deck that went through pickle or deepcopy is equal and deals the same."""
    for again in (pickle.loads(pickle.dumps(deck)), copy.deepcopy(deck)):  # noqa: S301  our own bytes
        assert again == deck
        assert hash(again) == hash(deck)
        assert again.deal(5, seed="pickle") == deck.deal(5, seed="pickle")


@pytest.mark.parametrize("field", [field.name for field in dataclasses.fields(tarot.Deck)])
def test_decks_cannot_be_changed(field):
    """No field of a deck can be set or deleted."""
    with pytest.raises(dataclasses.FrozenInstanceError):
        setattr(MAJORS, field, None)
    with pytest.raises(dataclasses.FrozenInstanceError):
        delattr(MAJORS, field)


@given(SEEDS)
@example("a quiet evening")
def test_dealing_leaves_the_deck_as_it_was(seed):
    """A deal is a function of its arguments: the deck is not used up, nor put in another order."""
    before = MAJORS.cards
    dealt = MAJORS.deal(22, seed=seed)
    assert MAJORS.cards == before
    assert MAJORS.deal(22, seed=seed) == dealt
