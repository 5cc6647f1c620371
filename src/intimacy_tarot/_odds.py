"""How likely at least as much as was seen would have been: counted exactly, over the deck at hand."""

from __future__ import annotations

from functools import lru_cache
from itertools import product
from math import comb, perm
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

MOST_ARRANGED: Final = 6
"""Up to how many cards every arrangement of elements is gone through."""


def turned(count: int, of: int, rate: float) -> float:
    """Return the chance of at least `count` reversed cards among `of`, each turned on its own at `rate`.

    >>> round(turned(2, 6, 0.35), 4)
    0.6809
    """
    return min(1.0, sum(comb(of, k) * rate**k * (1 - rate) ** (of - k) for k in range(count, of + 1)))


def marked(count: int, drawn: int, group: int, size: int) -> float:
    """Return the chance of at least `count` cards of one group among so many drawn: the hypergeometric tail.

    >>> round(marked(3, 5, 22, 78), 4)
    0.133
    """
    ways = sum(comb(group, k) * comb(size - group, drawn - k) for k in range(count, min(drawn, group) + 1))
    return ways / comb(size, drawn)


@lru_cache(maxsize=1024)
def most_of_any(count: int, drawn: int, groups: tuple[int, ...], size: int) -> float:
    """Return the chance that at least one of several groups, none sharing a card, gives `count` cards or more.

    >>> round(most_of_any(3, 5, (14, 14, 14, 14), 78), 4)
    0.1516
    """
    fewer = _ways([[comb(group, k) for k in range(count)] for group in groups], drawn, size - sum(groups))
    return 1 - fewer / comb(size, drawn)


@lru_cache(maxsize=1024)
def missing(count: int, drawn: int, groups: tuple[int, ...], size: int) -> float:
    """Return the chance that at least `count` of several groups, none sharing a card, give no card.

    >>> round(missing(2, 5, (21, 19, 19, 19), 78), 4)
    0.1596
    """
    ways = {0: [1]}
    for group in groups:
        some = [0, *(comb(group, k) for k in range(1, drawn + 1))]
        ways = {gone: _sum(_times(ways.get(gone, [0]), some), ways.get(gone - 1, [0])) for gone in range(max(ways) + 2)}
    rest = [comb(size - sum(groups), k) for k in range(drawn + 1)]
    found = sum(_at(_times(row, rest), drawn) for gone, row in ways.items() if gone >= count)
    return found / comb(size, drawn)


def alike(groups: Sequence[int], size: int) -> float:
    """Return the chance that two named positions hold cards of one group.

    >>> round(alike((14, 14, 14, 14), 78), 4)
    0.1212
    """
    return sum(group * (group - 1) for group in groups) / (size * (size - 1))


def alike_by_chance(shares: Sequence[Sequence[float]]) -> float:
    """Return the chance that two named positions agree in what each card shows only by its own chance.

    `shares` has a row for each thing shown, with each card's chance of showing it.

    >>> round(alike_by_chance([(1.0, 1.0, 0.0)]), 4)
    0.3333
    """
    size = len(shares[0])
    return sum(sum(row) ** 2 - sum(share * share for share in row) for row in shares) / (size * (size - 1))


@lru_cache(maxsize=64)
def flanked(
    least: int,
    neighbors: tuple[tuple[int, ...], ...],
    contrary: tuple[tuple[int, ...], ...],
    groups: tuple[int, ...],
    size: int,
) -> float:
    """Return the chance that so many cards or more are flanked, gone through arrangement by arrangement.

    `neighbors` are those of each position, `contrary` those of each group, both by number; the cards of
    no group stand last.
    """
    others = size - sum(groups)
    counts = (*groups, others) if others else groups
    rows = product(range(len(counts)), repeat=len(neighbors))
    ways = sum(_arrangements(row, counts) for row in rows if sum(flanked_at(row, neighbors, contrary)) >= least)
    return ways / perm(size, len(neighbors))


def flanked_at(
    row: Sequence[int], neighbors: Sequence[Sequence[int]], contrary: Sequence[Sequence[int]]
) -> Iterator[bool]:
    """Yield for each position whether it is flanked: two neighbors, both contrary, or three contrary ones or more."""
    for here, around in enumerate(neighbors):
        against = sum(row[here] < len(contrary) and row[near] in contrary[row[here]] for near in around)
        yield against >= 3 or against == len(around) == 2


def _arrangements(row: Sequence[int], counts: Sequence[int]) -> int:
    ways = 1
    for group, count in enumerate(counts):
        ways *= perm(count, row.count(group))
    return ways


def _ways(rows: Sequence[list[int]], drawn: int, others: int) -> int:
    total = [comb(others, k) for k in range(drawn + 1)]
    for row in rows:
        total = _times(total, row)
    return _at(total, drawn)


def _times(one: Sequence[int], other: Sequence[int]) -> list[int]:
    found = [0] * (len(one) + len(other) - 1)
    for here, ways in enumerate(one):
        for there, more in enumerate(other):
            found[here + there] += ways * more
    return found


def _sum(one: Sequence[int], other: Sequence[int]) -> list[int]:
    return [_at(one, k) + _at(other, k) for k in range(max(len(one), len(other)))]


def _at(row: Sequence[int], place: int) -> int:
    return row[place] if place < len(row) else 0
