"""What kind of thing each card names as trouble, wish, help and step, and what two of them come to together."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING, Annotated, Final, TypeAlias, TypeVar

from intimacy_tarot._models import FRAGMENT_OF, Keyed, Orientation, Plain, Role, Text
from intimacy_tarot._spread import Variants

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence


class Snag(StrEnum):
    """What stands in the way."""

    SILENCE = "silence"
    GUESS = "guess"
    INSTEAD = "instead"
    SHARPNESS = "sharpness"
    PRESSURE = "pressure"
    ABSENCE = "absence"
    MASK = "mask"
    GUARD = "guard"
    DEBT = "debt"


class Wish(StrEnum):
    """What is longed for."""

    HEARD = "heard"
    WELCOME = "welcome"
    FREEDOM = "freedom"
    COMPANY = "company"
    REST = "rest"
    NOTICE = "notice"
    PEACE = "peace"


class Gift(StrEnum):
    """What helps."""

    CANDOR = "candor"
    ATTENTION = "attention"
    PATIENCE = "patience"
    WARMTH = "warmth"
    PLAY = "play"
    LOYALTY = "loyalty"
    MENDING = "mending"
    LIMITS = "limits"


class Move(StrEnum):
    """What one person could do."""

    ASK = "ask"
    TELL = "tell"
    PRAISE = "praise"
    ADMIT = "admit"
    WAIT = "wait"
    GIVE = "give"
    JOIN = "join"
    KEEP = "keep"


Sense: TypeAlias = Snag | Wish | Gift | Move

SENSES_OF: Final[Mapping[Role, type[Sense]]] = MappingProxyType(
    {Role.OBSTACLE: Snag, Role.NEED: Wish, Role.STRENGTH: Gift, Role.COUNSEL: Move}
)
"""The senses that a card can have in a role; the other roles have none."""


@dataclass(frozen=True, slots=True)
class Senses:
    """The senses of a card one way up."""

    snag: Snag
    wish: Wish
    gift: Gift
    move: Move

    def of(self, role: Role) -> Sense | None:
        """Return the sense of what a card says in a role, or None for a role that has none."""
        found: Sense | None = getattr(self, FRAGMENT_OF[role]) if role in SENSES_OF else None
        return found


@dataclass(frozen=True, slots=True)
class CardSenses:
    """The senses of a card both ways up."""

    id: str
    upright: Senses
    reversed: Senses

    def of(self, orientation: Orientation) -> Senses:
        """Return the senses of the card as it lies."""
        return self.upright if orientation is Orientation.UPRIGHT else self.reversed


@dataclass(frozen=True, slots=True)
class Claim:
    """What may be said of the couple after a look at the pictures, and the kinds of trouble that it speaks to."""

    id: str
    text: Plain
    snags: tuple[Snag, ...] = ()


@dataclass(frozen=True, slots=True)
class OpenClaim:
    """The same, for a look that names two cards."""

    id: str
    text: Annotated[str, Text(1, 80, ("*",))]
    snags: tuple[Snag, ...] = ()


AnyClaim = TypeVar("AnyClaim", bound=Claim | OpenClaim)


def apt(claims: Sequence[AnyClaim], named: Collection[Sense]) -> Sequence[AnyClaim]:
    """Return the claims that speak to a kind of trouble which the cards name, or else all of them."""
    speaking = [it for it in claims if {*named} & {*it.snags}]
    return speaking or claims


AptClaims = Annotated[tuple[Claim, ...], Keyed(least=1)]
OpenClaims = Annotated[tuple[OpenClaim, ...], Keyed(least=1)]


@dataclass(frozen=True, slots=True)
class SensesFile:
    """A deck's `senses.yaml`."""

    cards: Annotated[tuple[CardSenses, ...], Keyed()]


@dataclass(frozen=True, slots=True)
class Related:
    """What two senses come to together, as a claim in the last paragraph."""

    claims: Variants


@dataclass(frozen=True, slots=True)
class ToWish:
    """`relations/snag_wish/<snag>.yaml`: a trouble of one sense with a wish of each."""

    heard: Related
    welcome: Related
    freedom: Related
    company: Related
    rest: Related
    notice: Related
    peace: Related


@dataclass(frozen=True, slots=True)
class ToGift:
    """`relations/<snag or wish>_gift/<sense>.yaml`: a trouble, or a wish, with what helps."""

    candor: Related
    attention: Related
    patience: Related
    warmth: Related
    play: Related
    loyalty: Related
    mending: Related
    limits: Related


@dataclass(frozen=True, slots=True)
class ToMove:
    """`relations/snag_move/<snag>.yaml`: a trouble of one sense with something to do of each."""

    ask: Related
    tell: Related
    praise: Related
    admit: Related
    wait: Related
    give: Related
    join: Related
    keep: Related
