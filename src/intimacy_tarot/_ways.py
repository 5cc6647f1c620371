"""What two people deal with, each matter in a strained way or in an eased one."""

from __future__ import annotations

from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping


class Matter(StrEnum):
    """What two people deal with, in a strained way or in an eased one."""

    WORDS = "words"
    QUESTIONS = "questions"
    LOAD = "load"
    GUARD = "guard"
    PACE = "pace"
    PRICE = "price"
    POSE = "pose"
    ATTENTION = "attention"
    HOLD = "hold"
    START = "start"
    CHOICE = "choice"
    HURT = "hurt"
    VIEW = "view"
    ROOM = "room"
    NEARNESS = "nearness"
    WEIGHT = "weight"
    TOUCH = "touch"


class Contraries(NamedTuple):
    """The two ways of dealing with a matter."""

    strained: str
    eased: str


WAYS: Final[Mapping[Matter, Contraries]] = MappingProxyType(
    {
        Matter.WORDS: Contraries("hushed", "said"),
        Matter.QUESTIONS: Contraries("guessed", "asked"),
        Matter.LOAD: Contraries("lopsided", "shared"),
        Matter.GUARD: Contraries("guarded", "trusted"),
        Matter.PACE: Contraries("hurried", "unhurried"),
        Matter.PRICE: Contraries("counted", "given"),
        Matter.POSE: Contraries("posed", "unposed"),
        Matter.ATTENTION: Contraries("absent", "noticed"),
        Matter.HOLD: Contraries("gripped", "loosened"),
        Matter.START: Contraries("delayed", "begun"),
        Matter.CHOICE: Contraries("yielded", "chosen"),
        Matter.HURT: Contraries("wounded", "mended"),
        Matter.VIEW: Contraries("hidden", "seen"),
        Matter.ROOM: Contraries("crowded", "quiet"),
        Matter.NEARNESS: Contraries("apart", "near"),
        Matter.WEIGHT: Contraries("heavy", "light"),
        Matter.TOUCH: Contraries("instead", "wordless"),
    }
)
"""Each matter's strained way and its eased one."""

STRAINED: Final = frozenset(pair.strained for pair in WAYS.values())
EASED: Final = frozenset(pair.eased for pair in WAYS.values())
