"""How a pattern is worded: what is counted on the table, and what two places share."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from intimacy_tarot._counted import Counted
from intimacy_tarot._wording import InVoices

FAMILIES: Final = {
    "table": (
        Counted.MAJORS_MANY, Counted.MAJORS_NONE, Counted.SUIT_MANY, Counted.ELEMENT_MANY, Counted.ELEMENTS_ABSENT,
        Counted.COURTS_MANY, Counted.SAME_COURT, Counted.NUMBER_REPEAT, Counted.REVERSALS_MANY,
        Counted.REVERSALS_NONE,
    ),
    "places": (
        Counted.PARTNERS_SAME_SUIT, Counted.PARTNERS_SAME_RANK, Counted.REMEDY_NAMED, Counted.SAME_ROAD,
    ),
}  # fmt: skip
"""What the opening may point out on the whole table, and what a hinge may say of two places.

What is counted and stands in neither, as the dignity of neighbors or a circle of themes, is a fact without words.
"""

SEEN: Final[dict[str, tuple[str, ...]]] = {"count": ("seen", "all")}
PATTERN: Final[dict[Counted, dict[str, tuple[str, ...]]]] = {
    Counted.MAJORS_MANY: SEEN,
    Counted.MAJORS_NONE: {"count": ("all",)},
    Counted.SUIT_MANY: SEEN,
    Counted.ELEMENT_MANY: SEEN,
    Counted.ELEMENTS_ABSENT: {"absent": ("elements",)},
    Counted.COURTS_MANY: SEEN,
    Counted.SAME_COURT: {"first": ("ref",), "last": ("ref",)},
    Counted.NUMBER_REPEAT: {**SEEN, "number": ("word", "meaning")},
    Counted.REVERSALS_MANY: SEEN,
    Counted.REVERSALS_NONE: {"count": ("all",)},
    Counted.PARTNERS_SAME_SUIT: {"reader": ("ref",), "partner": ("ref",)},
    Counted.PARTNERS_SAME_RANK: {"reader": ("ref",), "partner": ("ref",)},
    Counted.REMEDY_NAMED: {"obstacle": ("ref",), "counsel": ("ref",)},
    Counted.SAME_ROAD: {"obstacle": ("ref",), "counsel": ("ref",)},
}
"""The names of each kind's wording."""


@dataclass(frozen=True, slots=True)
class BySuit:
    """Wordings by suit."""

    wands: InVoices
    cups: InVoices
    swords: InVoices
    pentacles: InVoices


@dataclass(frozen=True, slots=True)
class ByElement:
    """Wordings by element."""

    fire: InVoices
    water: InVoices
    air: InVoices
    earth: InVoices


@dataclass(frozen=True, slots=True)
class ByCourt:
    """Wordings by the rank of a court."""

    page: InVoices
    knight: InVoices
    queen: InVoices
    king: InVoices


@dataclass(frozen=True, slots=True)
class TableFile:
    """`patterns/table.yaml`: what may be pointed out on the whole table."""

    majors_many: InVoices
    majors_none: InVoices
    suit_many: BySuit
    element_many: ByElement
    elements_absent: InVoices
    courts_many: InVoices
    same_court: ByCourt
    number_repeat: InVoices
    reversals_many: InVoices
    reversals_none: InVoices


@dataclass(frozen=True, slots=True)
class PlacesFile:
    """`patterns/places.yaml`: what may be said of two places."""

    partners_same_suit: InVoices
    partners_same_rank: InVoices
    remedy_named: InVoices
    same_road: InVoices


FILES: Final[dict[str, type]] = {"table": TableFile, "places": PlacesFile}


def family(what: Counted) -> str:
    """Return the family of a kind of pattern.

    >>> family(Counted.REMEDY_NAMED)
    'places'
    """
    return next(name for name, kinds in FAMILIES.items() if what in kinds)
