"""Reading the name of a card: forgiving in form, exact in answer."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from intimacy_tarot._errors import CardError, guess
from intimacy_tarot._models import Card, DrawnCard, Rank

if TYPE_CHECKING:
    from collections.abc import Iterable

MOST_NAME: Final = 80

_TURNED: Final = re.compile(r"\s*(?:\(\s*)?\b(reversed|rev|rx|r|upright|up)\b\.?\s*\)?$")
_CODE: Final = re.compile(r"([wcsp])\s*(a|10|[2-9]|p|n|k|q)")
_PIPS: Final = {str(number): rank for number, rank in zip(range(2, 11), list(Rank)[1:10], strict=True)}
_CODES: Final = {
    "a": Rank.ACE,
    "1": Rank.ACE,
    "p": Rank.PAGE,
    "n": Rank.KNIGHT,
    "q": Rank.QUEEN,
    "k": Rank.KING,
} | _PIPS
_ROMAN: Final = (
    "0",
    "i",
    "ii",
    "iii",
    "iv",
    "v",
    "vi",
    "vii",
    "viii",
    "ix",
    "x",
    "xi",
    "xii",
    "xiii",
    "xiv",
    "xv",
    "xvi",
    "xvii",
    "xviii",
    "xix",
    "xx",
    "xxi",
)
_OTHER_WORDS: Final = {
    "coins": "pentacles",
    "disks": "pentacles",
    "discs": "pentacles",
    "rods": "wands",
    "staves": "wands",
    "pents": "pentacles",
    "chalices": "cups",
}


def _plain(name: str) -> str:
    return " ".join(re.sub(r"[^\w.() ]+", " ", name.casefold()).split())


@lru_cache(maxsize=1024)
def _forms(card: str, name: str, number: int | None) -> tuple[str, ...]:
    """Return every plain form by which the card of that id may be called."""
    plain = _plain(name)
    forms = [card, plain, plain.removeprefix("the ")]
    part, *kind = card.split(".")
    if part == "minor_arcana":
        suit, rank = kind
        codes = [code for code, coded in _CODES.items() if coded == rank]
        forms += [form for code in codes for form in (f"{code} of {suit}", f"{code} {suit}", suit[0] + code)]
        forms += [f"{rank} {suit}", rank]
    elif number is not None and 0 <= number < len(_ROMAN):
        forms += [str(number), f"{number:02}", _ROMAN[number], *(["judgment"] if plain == "judgement" else [])]
    return tuple(forms)


def _calls(card: Card) -> tuple[str, ...]:
    return _forms(card.id, card.name, card.number)


def _matches(cards: Iterable[Card], plain: str) -> list[Card]:
    other = " ".join(_OTHER_WORDS.get(word, word) for word in plain.split())
    wanted = {plain, other, other.removeprefix("the ")} - {""}
    if code := _CODE.fullmatch(plain):
        wanted.add(code[1] + code[2])
    return [card for card in cards if not wanted.isdisjoint(_calls(card))]


def _shown(name: object) -> str:
    if not isinstance(name, str) or len(name) > MOST_NAME:
        raise CardError(f"found no card's name, expected text of at most {MOST_NAME} characters")
    return name


def _one(cards: tuple[Card, ...], name: str, bare: str, found: list[DrawnCard]) -> DrawnCard:
    if len(found) > 1:
        raise CardError(f"found {name!r}, which could be {' or '.join(card.name for card in found)}; say which")
    if not found:
        calls = {call: card.name for card in cards for call in _calls(card) if len(call) > 2}
        hint = guess(bare, calls)
        near = next((f"did you mean {calls[call]!r}?" for call in calls if repr(call) in hint), "")
        raise CardError(f"found {name!r}, expected a card of this deck; {near}".rstrip("; "))
    return found[0]


def find(cards: tuple[Card, ...], name: str) -> Card:
    """Return the card that goes by a name; see Deck.find."""
    plain = _plain(_shown(name))
    return _one(cards, name, plain, [DrawnCard(card) for card in _matches(cards, plain)]).card


def parse(cards: tuple[Card, ...], name: str) -> DrawnCard:
    """Return the card and the way up that a text names; see Deck.parse."""
    bare = plain = _plain(_shown(name))
    found = [DrawnCard(card) for card in _matches(cards, plain)]
    if turned := _TURNED.search(plain):
        bare = plain[: turned.start()]
        found += [DrawnCard(card, turned[1][0] == "r") for card in _matches(cards, bare)]
    return _one(cards, name, bare, found)
