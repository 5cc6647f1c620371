"""Choosing a wording: every variant has a rank for the seed, and the highest that the plan allows is taken."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from intimacy_tarot._errors import Place, Problem, content_error
from intimacy_tarot._seed import rank

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence

    from intimacy_tarot._seed import Seed

V = TypeVar("V")


class Choice(NamedTuple):
    """A variant known by its id alone."""

    id: str


def variant_of(passage: str) -> str:
    """Return the slot and the variant that a passage's id names.

    >>> variant_of("spreads/emotional-block.yaml#openings.pick-it-up")
    'emotional-block.openings.pick-it-up'
    """
    file, _, key = passage.partition("#")
    return f"{file.rpartition('/')[2].removesuffix('.yaml')}.{key}"


class Picker:
    """Picks variants for one reading; what was picked once is not picked again.

    A slot is a file's stem and the key above the variants ("emotional-block.openings"). Variants whose
    passage id stands in `avoid` are taken only when nothing else is left.
    """

    def __init__(self, seed: Seed, avoid: Collection[str] = ()) -> None:
        self._seed = seed
        self._avoid = frozenset(map(variant_of, avoid))
        self._used: set[str] = set()

    def ranked(self, slot: str, variants: Sequence[V]) -> list[V]:
        """Return the variants, each with an `id`, from the highest rank down, avoided ones last."""
        return sorted(
            variants,
            key=lambda variant: (
                f"{slot}.{_id(variant)}" in self._avoid,
                -rank(self._seed, slot, _id(variant)),
            ),
        )

    def pick(self, slot: str, variants: Sequence[V], allow: Callable[[V], bool] = lambda _: True) -> V | None:
        """Return the highest variant that is allowed and not used yet, or None."""
        for variant in self.ranked(slot, variants):
            if f"{slot}.{_id(variant)}" not in self._used and allow(variant):
                self._used.add(f"{slot}.{_id(variant)}")
                return variant
        return None

    def take(self, slot: str, variants: Sequence[V], allow: Callable[[V], bool] = lambda _: True) -> V:
        """Return what `pick` returns; raises ContentError when nothing is left that is allowed."""
        found = self.pick(slot, variants, allow)
        if found is None:
            message = f"found no wording for {slot} that fits this draw, expected one"
            raise content_error([Problem("no-wording", Place(slot), "", message)])
        return found

    def chance(self, slot: str, labels: Sequence[str]) -> str:
        """Return one of a few labels, by rank."""
        return max(labels, key=lambda label: rank(self._seed, slot, label))


def _id(variant: Any) -> str:
    return str(variant.id)
