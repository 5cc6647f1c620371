"""100,000 deals at fixed seeds: cards and orientations as even as chance has them, no less and no more.

Every statistic is a chi-square, or a normal score for a single rate, and has to lie inside its 99.9 % band,
0.05 % off at either end; for chi-square the ends are Wilson and Hilferty's approximation. Planted faults
are caught in a quarter of the deals.
"""

from __future__ import annotations

import math
from collections import Counter
from statistics import NormalDist

import pytest

import intimacy_tarot as tarot
from intimacy_tarot._deck import shuffled, turned
from intimacy_tarot._seed import below, words

pytestmark = pytest.mark.at_length

DEALS = 100_000
FEWER = 25_000
MAJORS = 22
DEALT = 8
RATE = 0.35

SEEDS = {
    "ints": lambda number: number - DEALS // 2,
    "texts": lambda number: f"visitor {number}",
    "tuples": lambda number: (f"user-{number % 500}", number // 500),
}


def quantile(share, freedom):
    """Return the chi-square below which a share of chance results lies, by Wilson and Hilferty."""
    spread = 2 / (9 * freedom)
    return freedom * (1 - spread + NormalDist().inv_cdf(share) * math.sqrt(spread)) ** 3


def chi_square(found, expected):
    """Return the chi-square of the counts found, cell by cell, over the counts expected."""
    assert set(found) <= set(expected)
    assert math.isclose(sum(found.values()), sum(expected.values()))
    return sum((found.get(cell, 0) - count) ** 2 / count for cell, count in expected.items())


def inside(found, expected, freedom=None):
    """Return whether counts are as even as 99.9 % of chance results are."""
    freedom = freedom or len(expected) - 1
    return quantile(0.0005, freedom) < chi_square(found, expected) < quantile(0.9995, freedom)


def even(cells, total):
    return dict.fromkeys(cells, total / len(cells))


def places_are_even(hands, size=MAJORS):
    """Return for each place of the hands whether each card lies there equally often."""
    return [inside(Counter(column), even(range(size), len(hands))) for column in zip(*hands, strict=True)]


def pairs_are_even(pairs, size=MAJORS):
    """Return whether each ordered pair of different cards is equally often first and second."""
    cells = [(one, other) for one in range(size) for other in range(size) if one != other]
    return inside(Counter(pairs), even(cells, len(pairs)))


def neighbors_are_even(firsts, size=MAJORS):
    """Return whether the first cards of two neighboring seeds are each of all pairs equally often."""
    pairs = Counter(zip(firsts[::2], firsts[1::2], strict=True))
    return inside(pairs, even([(one, other) for one in range(size) for other in range(size)], len(firsts) // 2))


def turns_are_even(flags, rate=RATE):
    """Return for the places of the hands whether each is reversed at the rate, taken together and one by one."""
    deals, places = len(flags), len(flags[0])
    scores = [
        (sum(column) - deals * rate) / math.sqrt(deals * rate * (1 - rate)) for column in zip(*flags, strict=True)
    ]
    together = sum(score**2 for score in scores)
    band = NormalDist().inv_cdf(0.9995)
    return [quantile(0.0005, places) < together < quantile(0.9995, places), *(abs(score) < band for score in scores)]


def patterns_are_even(flags, rate=RATE):
    """Return whether the first six places are reversed independently of each other."""
    cells = {
        tuple(bool(number >> place & 1) for place in range(6)): rate ** number.bit_count()
        * (1 - rate) ** (6 - number.bit_count())
        for number in range(64)
    }
    return inside(Counter(tuple(row[:6]) for row in flags), {cell: share * len(flags) for cell, share in cells.items()})


def turns_are_free_of_cards(firsts, flags, rate=RATE, size=MAJORS):
    """Return whether each card comes to lie first, upright and reversed, as often as card and rate alone say."""
    shares = {True: rate, False: 1 - rate}
    expected = {(card, flag): len(firsts) * shares[flag] / size for card in range(size) for flag in shares}
    return inside(Counter(zip(firsts, flags, strict=True)), expected)


@pytest.fixture(scope="module", params=SEEDS)
def hands(request):
    """Return the places of 100,000 deals of eight cards, for seeds that follow each other."""
    return [tuple(shuffled(MAJORS, DEALT, SEEDS[request.param](number))) for number in range(DEALS)]


@pytest.fixture(scope="module", params=SEEDS)
def dealt_and_turned(request):
    """Return the first place and the orientations of 100,000 deals, for seeds that follow each other."""
    seeds = [SEEDS[request.param](number) for number in range(DEALS)]
    return [shuffled(MAJORS, 1, seed)[0] for seed in seeds], [tuple(turned(DEALT, seed, RATE)) for seed in seeds]


@pytest.mark.parametrize("freedom", [8, 22, 42, 76, 462])
@pytest.mark.parametrize("share", [0.0005, 0.01, 0.5, 0.99, 0.9995])
def test_the_critical_values_are_right(freedom, share):
    """The approximated ends of the band leave outside what the exact distribution says, to less than half of it."""
    half = quantile(share, freedom) / 2
    above = sum(math.exp(step * math.log(half) - math.lgamma(step + 1) - half) for step in range(freedom // 2))
    outside = min(share, 1 - share)
    assert math.isclose(above if share > 0.5 else 1 - above, outside, rel_tol=0.5)


def test_a_chi_square_is_what_it_is():
    """The statistic of a small table is the one worked out by hand, empty cells counted."""
    assert chi_square({"a": 6, "b": 4}, {"a": 4, "b": 4, "c": 2}) == 1 + 0 + 2


def test_every_place_is_even(hands):
    """The first card, and the card at each place, is each card of the deck equally often."""
    assert places_are_even(hands) == [True] * DEALT


def test_pairs_are_even(hands):
    """First and second card, and first and last of eight, are each pair of cards equally often."""
    assert pairs_are_even([(hand[0], hand[1]) for hand in hands])
    assert pairs_are_even([(hand[0], hand[-1]) for hand in hands])


def test_neighboring_seeds_are_independent(hands):
    """The first card of one seed says nothing about the first card of the next."""
    assert neighbors_are_even([hand[0] for hand in hands])


def test_orientations_are_at_the_rate(dealt_and_turned):
    """Each place is reversed at the rate, and the places are reversed independently of each other."""
    _, flags = dealt_and_turned
    assert turns_are_even(flags) == [True] * (DEALT + 1)
    assert patterns_are_even(flags)


def test_orientations_are_free_of_the_cards(dealt_and_turned):
    """Which card lies first says nothing about the way up it lies."""
    firsts, flags = dealt_and_turned
    assert turns_are_free_of_cards(firsts, [row[0] for row in flags])


@pytest.mark.parametrize("rate", [0.001, 0.5])
def test_other_rates_are_kept_too(rate):
    """At a small rate and at an even one each place is reversed that often."""
    assert turns_are_even([turned(4, number, rate) for number in range(DEALS)], rate) == [True] * 5


def test_a_deck_deals_evenly():
    """Through the public door, 100,000 first cards of 78, and the way up they lie, are even."""
    deck = tarot.load_deck("rider-waite-smith")
    place = {card.id: number for number, card in enumerate(deck.cards)}
    drawn = [deck.deal(1, seed=number)[0] for number in range(DEALS)]
    firsts = [place[card.card.id] for card in drawn]
    assert places_are_even([(first,) for first in firsts], 78) == [True]
    assert turns_are_even([(card.reversed,) for card in drawn]) == [True, True]
    assert turns_are_free_of_cards(firsts, [card.reversed for card in drawn], size=78)


def planted(pick, count=3, size=MAJORS):
    """Return hands dealt by a shuffle whose choice of the place to swap with is `pick`."""
    hands = []
    for number in range(FEWER):
        stream, places = words(number, "cards"), list(range(size))
        for here in range(count):
            there = pick(stream, here, size)
            places[here], places[there] = places[there], places[here]
        hands.append(tuple(places[:count]))
    return hands


def test_the_stand_in_without_a_fault_passes():
    """The shuffle that the faults are planted in is the right one where none is planted."""
    hands = planted(lambda stream, here, size: here + below(stream, size - here))
    assert hands[:1000] == [tuple(shuffled(MAJORS, 3, number)) for number in range(1000)]
    assert places_are_even(hands) == [True] * 3
    assert pairs_are_even([hand[:2] for hand in hands])


@pytest.mark.parametrize(
    "pick",
    [
        pytest.param(lambda stream, here, size: here + (next(stream) & 255) % (size - here), id="remainder-of-a-byte"),
        pytest.param(lambda stream, _, size: below(stream, size), id="swap-with-any-place"),
        pytest.param(lambda stream, here, size: here + 1 + below(stream, size - here - 1), id="never-the-same-place"),
        pytest.param(lambda stream, here, size: here + below(stream, size - here - 1), id="never-the-last"),
        pytest.param(lambda stream, here, size: here + below(stream, 100) * (size - here) // 100, id="rounded"),
    ],
)
def test_a_biased_shuffle_is_caught(pick):
    """Shuffles with the usual faults are not even at some place, or in their pairs."""
    hands = planted(pick)
    assert not (all(places_are_even(hands)) and pairs_are_even([hand[:2] for hand in hands]))


@pytest.mark.parametrize(
    "first",
    [
        pytest.param(lambda number: number % MAJORS, id="in-turn"),
        pytest.param(lambda number: shuffled(MAJORS, 1, number % 1000)[0], id="a-thousand-streams"),
        pytest.param(lambda number: shuffled(MAJORS, 1, abs(number % 2 - number))[0], id="two-seeds-one-stream"),
        pytest.param(
            lambda number: (shuffled(MAJORS, 1, number // 2)[0] + number % 2) % MAJORS, id="next-seed-next-card"
        ),
    ],
)
def test_poor_seeding_is_caught(first):
    """Seeds that share streams, or give cards in turn, are too uneven, too even or show in their neighbors."""
    firsts = [first(number) for number in range(FEWER)]
    assert not (all(places_are_even([(card,) for card in firsts])) and neighbors_are_even(firsts))


def test_cards_too_even_are_caught():
    """Cards in turn are each equally often to the last one, and that is outside the band as well."""
    assert places_are_even([(number % MAJORS,) for number in range(FEWER)]) == [False]


@pytest.mark.parametrize("rate", [RATE - 0.008, RATE + 0.008])
def test_a_rate_a_little_off_is_caught(rate):
    """Orientations at a rate that is off by less than one in a hundred are outside the band."""
    assert not all(turns_are_even([turned(DEALT, number, rate) for number in range(FEWER)]))


def test_one_word_for_two_places_is_caught():
    """Two places that share a word are each reversed at the rate, and are caught by their pattern."""
    flags = [(row[0], row[0], *row[2:]) for row in (turned(DEALT, number, RATE) for number in range(FEWER))]
    assert not patterns_are_even(flags)


def test_one_stream_for_cards_and_orientations_is_caught():
    """Orientations read from the words of the cards depend on the cards, and are caught by it."""
    firsts, flags = [], []
    for number in range(FEWER):
        word = next(words(number, "cards"))
        firsts.append(word * MAJORS >> 32)
        flags.append(word < RATE * 2**32)
    assert not turns_are_free_of_cards(firsts, flags)
