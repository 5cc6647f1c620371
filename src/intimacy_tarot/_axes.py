"""How the pictures are compared: the wording of each axis, and how clauses are set beside each other."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from intimacy_tarot._models import Plain
from intimacy_tarot._pictures import Side
from intimacy_tarot._senses import AptClaims, Claim
from intimacy_tarot._spread import OpenVariant, OpenVariants, Variant, Variants

if TYPE_CHECKING:
    from intimacy_tarot._models import Role
    from intimacy_tarot._pictures import Pattern

SEEN = {
    "axis": ("lead", "asks", "most", "other"),
    "count": ("all", "most", "other"),
    "most": ("one", "two", "three", "at"),
    "other": ("one", "two", "at"),
}
FAMILY = {"family": ("lead", "one", "two", "three")}


@dataclass(frozen=True, slots=True)
class Sided:
    """Wordings by the side of the card that differs."""

    open: Variants
    closed: Variants

    def of(self, side: Side) -> tuple[Variant, ...]:
        """Return the wordings for a side."""
        return self.open if side is Side.OPEN else self.closed


@dataclass(frozen=True, slots=True)
class SidedClaims:
    """What may be said of the couple, for an open side and for a closed one."""

    open: AptClaims
    closed: AptClaims

    def of(self, side: Side) -> tuple[Claim, ...]:
        """Return the claims for a side."""
        return self.open if side is Side.OPEN else self.closed


@dataclass(frozen=True, slots=True)
class ByRole:
    """What one odd picture may say of the couple, by the role of the position it lies at."""

    ground: SidedClaims
    person: SidedClaims
    between: SidedClaims
    need: SidedClaims
    obstacle: SidedClaims
    strength: SidedClaims
    counsel: SidedClaims

    def of(self, role: Role) -> SidedClaims:
        """Return the claims for a role."""
        sided: SidedClaims = getattr(self, role.value)
        return sided


@dataclass(frozen=True, slots=True)
class Claims:
    """What each pattern on an axis may say of the couple."""

    one: ByRole
    same_open: AptClaims
    same_closed: AptClaims
    turn_open: AptClaims
    few_open: AptClaims
    few_closed: AptClaims
    even: AptClaims


@dataclass(frozen=True, slots=True)
class AxisFile:
    """`axes/<axis>.yaml`: how an axis is spoken of, from the first line of a reading to the last paragraph."""

    watch: Variants
    """What the opening tells the reader to watch."""
    leads: Variants
    asks: Plain
    open: Plain
    closed: Plain
    touches: Sided
    """What is said at the one card that differs."""
    claims: Claims


@dataclass(frozen=True, slots=True)
class SeenFile:
    """`seen.yaml`: how clauses are set beside each other, by pattern."""

    one: OpenVariants
    same: OpenVariants
    turn: OpenVariants
    few: OpenVariants
    even: OpenVariants
    family: OpenVariants

    def of(self, pattern: Pattern) -> tuple[OpenVariant, ...]:
        """Return the wordings for a pattern."""
        variants: tuple[OpenVariant, ...] = getattr(self, pattern.value)
        return variants
