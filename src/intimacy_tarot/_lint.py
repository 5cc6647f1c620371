"""The editorial rules: what no text may say."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Annotated, Literal

from intimacy_tarot._library import PACKAGE, read
from intimacy_tarot._models import Keyed

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator


@dataclass(frozen=True, slots=True)
class Ban:
    """A pattern that no text may match; `block` fails a check, `warn` is told and passes."""

    id: str
    level: Literal["block", "warn"]
    pattern: str


@dataclass(frozen=True, slots=True)
class RulesFile:
    """`lint/rules.yaml`."""

    banned: Annotated[tuple[Ban, ...], Keyed(least=1)]


@lru_cache(maxsize=1)
def _bans() -> tuple[tuple[Ban, re.Pattern[str]], ...]:
    found = read(PACKAGE, "lint/rules.yaml", RulesFile).content.banned
    return tuple((ban, re.compile(ban.pattern, re.IGNORECASE)) for ban in found)


def banned(text: str, card_names: Collection[str] = ()) -> Iterator[tuple[Ban, str]]:
    """Yield each ban that a text runs into, with the words that do; the names of cards are masked first.

    >>> [(ban.id, words) for ban, words in banned("It is destined.")]
    [('b1-certainty-2', 'destined')]
    >>> list(banned("The Hanged Man waits.", ["The Hanged Man"]))
    []
    """
    for name in card_names:
        text = re.sub(re.escape(name), "the card", text, flags=re.IGNORECASE)
    for ban, pattern in _bans():
        if found := pattern.search(text):
            yield ban, found[0]
