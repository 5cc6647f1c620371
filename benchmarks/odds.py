"""Counted chances beside simulated ones: `python benchmarks/odds.py [DRAWS]`, 200,000 if not said.

For each number of cards it prints, for every pattern that the facts of a draw can hold, the greatest
difference between the chance that was counted and the share of the draws that showed at least as much.
"""

from __future__ import annotations

import random
import sys
from collections import defaultdict
from typing import Any

import intimacy_tarot as tarot
from intimacy_tarot._counted import Table, counted

SPREADS = ("you-partner-us", "check-in", "foundation", "emotional-block", "celtic-cross")
RATE = 0.35
SEED = 20261126


def drawn(spread: Any, deck: Any, chance: random.Random) -> Table:
    """Return a table of cards drawn by the standard library's own shuffle."""
    cards = chance.sample(deck.cards, len(spread.positions))
    turned = tuple(tarot.DrawnCard(card, reversed=chance.random() < RATE) for card in cards)
    return Table(spread.positions, turned, deck, RATE, turned=True)


def compared(name: str, draws: int) -> tuple[float, str]:
    """Return the greatest difference between counted and simulated chances for a spread, and where it is."""
    chance = random.Random(SEED)  # noqa: S311  dice for a simulation, not a secret
    deck, spread = tarot.load_deck("rider-waite-smith"), tarot.load_spread(name)
    seen: dict[str, dict[int, int]] = defaultdict(lambda: defaultdict(int))
    exact: dict[tuple[str, int], float] = {}
    for _ in range(draws):
        for odds in counted(drawn(spread, deck, chance)):
            seen[odds.what][odds.count] += 1
            exact[odds.what, odds.count] = odds.chance
    worst = (0.0, "")
    for (what, count), counted_chance in exact.items():
        share = sum(times for found, times in seen[what].items() if found >= count) / draws
        worst = max(worst, (abs(share - counted_chance), f"{what} {count}: {counted_chance} and {share:.4f}"))
    return worst


def main() -> None:
    """Print the greatest difference for each spread."""
    draws = int(sys.argv[1]) if len(sys.argv) > 1 else 200_000
    for name in SPREADS:
        difference, where = compared(name, draws)
        print(f"{name:16} {difference:.4f}  {where}")


if __name__ == "__main__":
    main()
