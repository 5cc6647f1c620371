"""Seeded tarot readings about emotional and sexual intimacy.

>>> import intimacy_tarot as tarot
>>> reading = tarot.read("emotional-block", seed=7)
>>> reading.question
"What's blocking our emotional connection?"
"""

from __future__ import annotations

from intimacy_tarot._check import check
from intimacy_tarot._compose import Passage, Section
from intimacy_tarot._deck import Deck
from intimacy_tarot._draw import Draw, draw, lay
from intimacy_tarot._errors import (
    CardError,
    ContentError,
    DrawError,
    PersonError,
    Place,
    Problem,
    RecordError,
    SeedTypeError,
    SeedValueError,
    StyleError,
    TarotError,
    UnknownIdError,
)
from intimacy_tarot._facts import Facts
from intimacy_tarot._interpret import interpret, read
from intimacy_tarot._library import deck_ids, load_deck, load_spread, spread_ids
from intimacy_tarot._models import Card, DrawnCard
from intimacy_tarot._person import Person
from intimacy_tarot._planned import Plan
from intimacy_tarot._reading import Reading
from intimacy_tarot._spread import Position, Spread
from intimacy_tarot._verify import Finding, Verification, verify
from intimacy_tarot._version import VERSION as __version__  # noqa: N811  the name that tools look for

__all__ = [
    "Card",
    "CardError",
    "ContentError",
    "Deck",
    "Draw",
    "DrawError",
    "DrawnCard",
    "Facts",
    "Finding",
    "Passage",
    "Person",
    "PersonError",
    "Place",
    "Plan",
    "Position",
    "Problem",
    "Reading",
    "RecordError",
    "Section",
    "SeedTypeError",
    "SeedValueError",
    "Spread",
    "StyleError",
    "TarotError",
    "UnknownIdError",
    "Verification",
    "__version__",
    "check",
    "deck_ids",
    "draw",
    "interpret",
    "lay",
    "load_deck",
    "load_spread",
    "read",
    "spread_ids",
    "verify",
]
