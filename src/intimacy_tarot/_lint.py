"""The editorial rules for one text by itself: what none may say, what none may leave open, what fits its slot."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Annotated, Final, Literal, NamedTuple

from intimacy_tarot._content import read
from intimacy_tarot._errors import Place, Problem
from intimacy_tarot._library import PACKAGE
from intimacy_tarot._models import FRAGMENT_OF, Keyed, Role

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from intimacy_tarot._errors import Severity

NOUNS: Final = tuple(fragment for role, fragment in FRAGMENT_OF.items() if role is not Role.COUNSEL)
MOVE: Final = FRAGMENT_OF[Role.COUNSEL]

_SUBJECT: Final = re.compile(r"\{\{-?\s*(?:P|other|partner)\.[Ss]ubj\b[^}]*\}\}\s*(?P<next>[\w']*)")
_FILLED: Final = re.compile(rf"(?P<before>[\w']*)\s*\{{\{{\s*\w+\.(?P<fragment>{'|'.join((*NOUNS, MOVE))})\b")


class Said(NamedTuple):
    """A text as it stands in a file: where, at which path, and its words."""

    place: Place
    path: str
    text: str


@dataclass(frozen=True, slots=True)
class Ban:
    """A pattern that no text may match; `block` fails a check, `warn` is told and passes."""

    id: str
    level: Literal["block", "warn"]
    pattern: str


@dataclass(frozen=True, slots=True)
class Openers:
    """How many first words make an opening, and how many passages of a deck may share one."""

    words: int
    most: int


@dataclass(frozen=True, slots=True)
class Objects:
    """Ordinary objects, and how many cards of a deck any one of them may serve."""

    most: int
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RulesFile:
    """`lint/rules.yaml`."""

    modals: tuple[str, ...]
    """What may follow a person in braces."""
    determiners: tuple[str, ...]
    """How a phrase begins that stands where a noun does."""
    people: tuple[str, ...]
    """How the couple is called: names, over which no run of words is counted."""
    unfinished: str
    """The pattern of a text that somebody meant to come back to."""
    run: int
    """How many words in a row no two texts may share."""
    openers: Openers
    objects: Objects
    banned: Annotated[tuple[Ban, ...], Keyed(least=1)]


@lru_cache(maxsize=1)
def rules() -> RulesFile:
    """Return the editorial rules."""
    return read(PACKAGE, "lint/rules.yaml", RulesFile).content


@lru_cache(maxsize=1)
def _bans() -> tuple[tuple[Ban, re.Pattern[str]], ...]:
    return tuple((ban, re.compile(ban.pattern, re.IGNORECASE)) for ban in rules().banned)


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


def text_problems(said: Said, card_names: Collection[str] = ()) -> Iterator[Problem]:
    """Yield what is wrong with a text, whatever stands around it."""
    for ban, words in banned(said.text, card_names):
        level: Severity = "error" if ban.level == "block" else "warning"
        yield _problem(ban.id, said, f"found {words!r}, expected none of {ban.id}", level)
    if found := re.search(rules().unfinished, said.text, re.IGNORECASE):
        yield _problem("unfinished", said, f"found {found[0]!r}, expected a finished text")
    for subject in _SUBJECT.finditer(said.text):
        if subject["next"] not in rules().modals:
            found_word = repr(subject["next"]) if subject["next"] else "no word"
            message = f"found {found_word} after a person, expected one of {', '.join(rules().modals)}"
            yield _problem("person-modal", said, message)
    yield from _filled_slots(said)


def _filled_slots(said: Said) -> Iterator[Problem]:
    """Yield a fault for each fragment that a wording puts where its grammar does not fit."""
    for slot in _FILLED.finditer(said.text):
        before, fragment = slot["before"].lower(), slot["fragment"]
        if fragment == MOVE and before != "to":
            yield _problem("slot", said, f"found a {MOVE} after {before!r}, expected it after 'to'")
        if fragment != MOVE and before in rules().determiners:
            yield _problem("slot", said, f"found a {fragment} after {before!r}, expected no article before it")


def fragment_problems(said: Mapping[str, Said]) -> Iterator[Problem]:
    """Yield what is wrong with the fragments of a card's file, its texts given by their paths."""
    for path, text in said.items():
        way, _, field = path.partition(".")
        first = text.text.split()[0]
        if field in NOUNS and first not in rules().determiners:
            yield _problem("slot", text, f"found {first!r} first, expected a noun phrase that begins with 'a' or 'an'")
        elif field == MOVE and first in (*rules().determiners, "to"):
            yield _problem("slot", text, f"found {first!r} first, expected a verb as it stands after 'to'")
        elif field == "handle" and f"{way}.obstacle" in said:
            noun = text.text.split()[-1]
            if noun.lower() not in said[f"{way}.obstacle"].text.lower():
                yield _problem("slot", text, f"found {noun!r}, expected a noun that stands in the obstacle passage")


def _problem(code: str, said: Said, message: str, severity: Severity = "error") -> Problem:
    return Problem(code, said.place, said.path, message, "", severity)
