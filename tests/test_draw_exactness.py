"""The draw where sampling cannot see: every outcome counted at small word sizes, and the same draws wherever dealt.

With words of a few bits every stream can be written down, and a bias too small for any sample shows as one
outcome more.
"""

from __future__ import annotations

import json
import locale
import os
import random
import subprocess
import sys
import warnings
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from itertools import permutations, product
from math import factorial, perm
from pathlib import Path

import pytest

import intimacy_tarot as tarot
from intimacy_tarot._deck import shuffled, swapped
from intimacy_tarot._seed import SPAN, below, words

READINGS = 1000
DEAL = "import sys, json, intimacy_tarot as tarot; deck = tarot.load_deck('rider-waite-smith')\n"
DEAL += "first, step = map(int, sys.argv[1:])\n"
DEAL += "print(json.dumps([[c.card.id, c.reversed] for n in range(first, 1000, step) for c in deck.deal(6, seed=n)]))"


def outcomes(deal, span, length):
    """Return how often each outcome comes of all streams of so many words that are long enough for one."""
    found = Counter()
    for stream in product(range(span), repeat=length):
        try:
            found[deal(iter(stream))] += 1
        except StopIteration:
            continue
    return found


@pytest.mark.parametrize("span", [2, 4, 5, 8, 16, 31, 32])
def test_each_number_below_a_bound_is_exactly_as_likely(span):
    """Of all streams of two words, as many give each number, whatever the bound."""
    for bound in range(1, span + 1):
        found = outcomes(lambda stream, bound=bound: below(stream, bound, span), span, 2)
        assert set(found) == set(range(bound))
        assert len(set(found.values())) == 1


@pytest.mark.parametrize(
    ("size", "count", "span", "length"),
    [(2, 2, 4, 3), (3, 3, 4, 5), (3, 3, 8, 4), (4, 4, 4, 6), (4, 2, 8, 4), (5, 5, 8, 5), (5, 2, 16, 3), (6, 3, 8, 5)],
)
def test_each_order_is_exactly_as_likely(size, count, span, length):
    """Of all streams, as many give each order of the cards dealt, and every order is among them."""
    found = outcomes(lambda stream: tuple(swapped(size, count, stream, span)), span, length)
    assert set(found) == set(permutations(range(size), count))
    assert len(found) == perm(size, count)
    assert len(set(found.values())) == 1


def remainder(stream, bound, span):
    """Return a number below a bound with the usual fault: nothing is passed over."""
    del span
    return next(stream) % bound


def one_too_many(stream, bound, span):
    """Return a number below a bound with the limit off by one."""
    while True:
        word = next(stream)
        if word <= span - span % bound:
            return word % bound


@pytest.mark.parametrize("pick", [remainder, one_too_many])
def test_the_smallest_bias_shows(pick):
    """A word too many for one number is seen by counting, where no sample of its size would show it."""
    found = outcomes(lambda stream: pick(stream, 5, 32), 32, 2)
    assert len(set(found.values())) > 1


def test_a_swap_with_any_place_shows():
    """The best known wrong shuffle gives some orders more often, and counting says which."""

    def anywhere(stream):
        places = list(range(3))
        for here in range(3):
            there = below(stream, 3, 4)
            places[here], places[there] = places[there], places[here]
        return tuple(places)

    found = outcomes(anywhere, 4, 5)
    assert len(found) == factorial(3)
    assert len(set(found.values())) > 1


def test_the_real_draw_is_the_one_that_was_counted():
    """With words of 32 bits, what was counted is what deals the cards."""
    assert SPAN == 2**32
    for seed in range(50):
        assert shuffled(78, 10, seed) == swapped(78, 10, words(seed, "cards"))


# --- wherever it is dealt


def dealt(first, step):
    """Return the cards of every so many of a thousand deals, as plain data."""
    deck = tarot.load_deck("rider-waite-smith")
    numbers = range(first, READINGS, step)
    return [[card.card.id, card.reversed] for number in numbers for card in deck.deal(6, seed=number)]


def surroundings():
    """Return what a draw has no business to touch."""
    return random.getstate(), dict(os.environ), Path.cwd(), locale.setlocale(locale.LC_ALL), list(warnings.filters)


def test_eight_threads_deal_what_one_deals():
    """A thousand deals in eight threads are those of one, and nothing around them is touched."""
    before = surroundings()
    with ThreadPoolExecutor(8) as pool:
        shares = list(pool.map(lambda first: dealt(first, 8), range(8)))
    assert shares == [dealt(first, 8) for first in range(8)]
    assert surroundings() == before


def test_eight_threads_read_what_one_reads():
    """Readings made at once in eight threads are those made one after the other."""
    jobs = [(spread, seed) for spread in tarot.spread_ids() for seed in range(6)]
    alone = [str(tarot.read(spread, seed=seed)) for spread, seed in jobs]
    before = surroundings()
    with ThreadPoolExecutor(8) as pool:
        together = list(pool.map(lambda job: str(tarot.read(job[0], seed=job[1])), jobs))
    assert together == alone
    assert surroundings() == before


def test_four_processes_deal_what_one_deals():
    """A thousand deals in four processes, each with another hash seed, are those of this one."""
    running = [
        subprocess.Popen(
            [sys.executable, "-c", DEAL, str(first), "4"],
            stdout=subprocess.PIPE,
            env={**os.environ, "PYTHONHASHSEED": str(first)},
        )
        for first in range(4)
    ]
    for first, process in enumerate(running):
        found, _ = process.communicate(timeout=120)
        assert json.loads(found) == dealt(first, 4)
