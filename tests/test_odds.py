"""Chances: against every draw of a small deck, and against the published figures for the whole one."""

from __future__ import annotations

import csv
from itertools import combinations, permutations, product
from math import isclose, prod
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import intimacy_tarot as tarot
from intimacy_tarot import _odds
from intimacy_tarot._counted import _groups

DECK = tarot.load_deck("rider-waite-smith")
GROUPS = {trait: tuple(_groups(DECK, trait).values()) for trait in ("major", "suit", "element", "court", "number")}
RATES = (0.0, 0.1, 0.35, 0.5, 1.0)


def _figures():
    """Yield each published chance: the event, how many cards, and the figure to four places."""
    path = Path(__file__).parent / "data" / "odds.csv"
    for row in csv.DictReader(path.read_text(encoding="utf-8").splitlines()):
        event = row.pop("event")
        yield from ((event, int(cards), float(figure)) for cards, figure in row.items() if figure)


def _chance(event: str, cards: int) -> float:
    """Return the chance of an event by its published name: "suit 3", "none reversed at .35"."""
    words = event.split()
    rate = float(words[words.index("at") + 1]) if "at" in words else 0.0
    if words[0] == "no":
        return 1 - _odds.marked(1, cards, *GROUPS["major"], 78)
    if words[0] == "none":
        return (1 - rate) ** cards
    least = int(words[-1])
    if words[0] == "reversed":
        return _odds.turned(least, cards, rate)
    if words[0] in ("majors", "courts"):
        return _odds.marked(least, cards, sum(GROUPS["major" if words[0] == "majors" else "court"]), 78)
    if words[0] == "elements":
        return _odds.missing(least, cards, GROUPS["element"], 78)
    return _odds.most_of_any(least, cards, GROUPS[words[0]], 78)


@pytest.mark.parametrize(("event", "cards", "figure"), [*_figures()])
def test_the_published_chances_are_what_counting_the_whole_deck_gives(event, cards, figure):
    """For 3, 4, 5, 6, 7 and 10 cards, and at both reversal rates, to the fourth place."""
    assert abs(_chance(event, cards) - figure) <= 0.00005001


@pytest.mark.parametrize("rate", RATES)
@pytest.mark.parametrize("of", range(1, 8))
def test_the_chance_of_reversals_is_what_counting_every_row_gives(of, rate):
    """For up to seven cards, the chance of at least so many reversed is the sum over all rows of them."""
    for count in range(of + 1):
        rows = (row for row in product((True, False), repeat=of) if sum(row) >= count)
        counted = sum(prod(rate if turned else 1 - rate for turned in row) for row in rows)
        assert isclose(_odds.turned(count, of, rate), counted, abs_tol=1e-12)


@given(st.integers(1, 78), st.floats(0, 1), st.data())
def test_a_chance_is_a_chance(of, rate, data):
    """It lies from 0 to 1, is certain for none at all, and falls as more is asked for."""
    count = data.draw(st.integers(0, of - 1))
    more, fewer = _odds.turned(count + 1, of, rate), _odds.turned(count, of, rate)
    assert 0 <= more <= 1
    assert 0 <= fewer <= 1
    assert more <= fewer + 1e-12
    assert isclose(_odds.turned(0, of, rate), 1)


@st.composite
def _small(draw):
    """Return a small deck by the group of each card (None for none), and how many cards are drawn of it."""
    cards = draw(st.lists(st.sampled_from([None, 0, 1, 2]), min_size=2, max_size=7))
    return cards, draw(st.integers(1, len(cards)))


def _share(draws, test) -> float:
    return sum(map(test, draws)) / len(draws)


@given(_small(), st.integers(0, 4))
@settings(max_examples=150)
def test_counts_of_groups_are_what_every_draw_of_a_small_deck_gives(small, least):
    """The chance of so many of one group, of so many of any, and of so many groups missing."""
    cards, drawn = small
    draws = list(combinations(cards, drawn))
    groups = tuple(cards.count(group) for group in (0, 1, 2))
    size = len(cards)
    assert isclose(
        _odds.marked(least, drawn, groups[0], size), _share(draws, lambda d: d.count(0) >= least), abs_tol=1e-12
    )
    assert isclose(
        _odds.most_of_any(least, drawn, groups, size),
        _share(draws, lambda d: any(d.count(group) >= least for group in (0, 1, 2))),
        abs_tol=1e-12,
    )
    assert isclose(
        _odds.missing(least, drawn, groups, size),
        _share(draws, lambda d: sum(d.count(group) == 0 for group in (0, 1, 2)) >= least),
        abs_tol=1e-12,
    )


@given(_small())
def test_two_places_agree_as_often_as_every_pair_of_a_small_deck_does(small):
    """Two named positions hold cards of one group as often as two cards in order are of one."""
    cards, _ = small
    pairs = list(permutations(cards, 2))
    groups = [cards.count(group) for group in (0, 1, 2)]
    agreed = _share(pairs, lambda pair: pair[0] is not None and pair[0] == pair[1])
    assert isclose(_odds.alike(groups, len(cards)), agreed, abs_tol=1e-12)
    shares = [[float(card == group) for card in cards] for group in (0, 1, 2)]
    assert isclose(_odds.alike_by_chance(shares), agreed, abs_tol=1e-12)


@given(_small(), st.data())
@settings(max_examples=100)
def test_a_flanked_card_is_as_likely_as_every_arrangement_makes_it(small, data):
    """Gone through by groups, the chance is the share of all orders in which some card is flanked."""
    cards, drawn = small
    drawn = min(drawn, 4)
    links = [pair for pair in combinations(range(drawn), 2) if data.draw(st.booleans())]
    beside = tuple(tuple(b if a == n else a for a, b in links if n in (a, b)) for n in range(drawn))
    contrary = ((1,), (0, 2), (1,))
    orders = [[3 if group is None else group for group in order] for order in permutations(cards, drawn)]
    least = data.draw(st.integers(1, 2))
    share = _share(orders, lambda row: sum(_odds.flanked_at(row, beside, contrary)) >= least)
    groups = tuple(cards.count(group) for group in (0, 1, 2))
    assert isclose(_odds.flanked(least, beside, contrary, groups, len(cards)), share, abs_tol=1e-12)


@pytest.mark.parametrize(
    ("row", "flanked"),
    [
        ((0, 1, 0), [False, True, False]),
        ((0, 1, 1), [False, False, False]),
        ((1, 2, 1), [False, True, False]),
        ((3, 1, 0), [False, False, False]),
    ],
)
def test_a_card_is_flanked_by_two_contrary_neighbors(row, flanked):
    """Both of two must be contrary, and a card of no element hinders nobody."""
    assert list(_odds.flanked_at(row, ((1,), (0, 2), (1,)), ((1,), (0, 2), (1,)))) == flanked
