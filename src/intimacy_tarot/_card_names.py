"""Reading the name of a card: forgiving in form, exact in answer."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from intimacy_tarot._errors import CardError, guess
from intimacy_tarot._models import Card, DrawnCard, Rank, Suit

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

MOST_NAME: Final = 80

_TURNED: Final = re.compile(r"[\s,]*(?:\(\s*)?\b(reversed|rev|rx|r|upright|up)\b\.?\s*\)?$|[\s,]*\((r|rx)\)$")
_CODE: Final = re.compile(r"([wcsp])\s*-?\s*(a|10|[2-9]|p|n|k|q)")
_PIPS: Final = {str(number): rank for number, rank in zip(range(2, 11), list(Rank)[1:10], strict=True)}
_CODES: Final = {
    "a": Rank.ACE,
    "1": Rank.ACE,
    "p": Rank.PAGE,
    "n": Rank.KNIGHT,
    "q": Rank.QUEEN,
    "k": Rank.KING,
} | _PIPS
_SUITS: Final = {suit.value[0]: suit for suit in Suit}
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


def _calls(card: Card) -> Iterator[str]:
    """Yield every plain form by which a card may be called."""
    plain = _plain(card.name)
    yield from (card.id, plain, plain.removeprefix("the "))
    if card.suit is not None and card.rank is not None:
        for code, rank in _CODES.items():
            if rank is card.rank:
                yield from (f"{code} of {card.suit}", f"{code} {card.suit}", f"{card.suit.value[0]}{code}")
        yield f"{card.rank} {card.suit}"
    elif card.number is not None and card.number < len(_ROMAN):
        yield from (str(card.number), f"{card.number:02}", _ROMAN[card.number])
        if plain == "judgement":
            yield "judgment"


def _matches(cards: Iterable[Card], plain: str) -> list[Card]:
    other = " ".join(_OTHER_WORDS.get(word, word) for word in plain.split())
    wanted = {plain, other, other.removeprefix("the ")}
    if code := _CODE.fullmatch(plain):
        wanted.add(code[1] + code[2])
    return [card for card in cards if wanted & set(_calls(card))]


def _shown(name: object) -> str:
    if not isinstance(name, str) or len(name) > MOST_NAME:
        raise CardError(f"found no card's name, expected text of at most {MOST_NAME} characters")
    return name


def _one(cards: tuple[Card, ...], name: str, found: list[DrawnCard]) -> DrawnCard:
    if len(found) > 1:
        raise CardError(f"found {name!r}, which could be {' or '.join(card.name for card in found)}; say which")
    if not found:
        calls = {call: card.name for card in cards for call in _calls(card) if len(call) > 2}
        hint = guess(_plain(name), calls)
        near = next((f"did you mean {calls[call]!r}?" for call in calls if repr(call) in hint), "")
        raise CardError(f"found {name!r}, expected a card of this deck; {near}".rstrip("; "))
    return found[0]


def find(cards: tuple[Card, ...], name: str) -> Card:
    """Return the card that goes by a name; see Deck.find."""
    matches = _matches(cards, _plain(_shown(name)))
    return _one(cards, name, [DrawnCard(card) for card in matches]).card


def parse(cards: tuple[Card, ...], name: str) -> DrawnCard:
    """Return the card and the way up that a text names; see Deck.parse."""
    plain = _plain(_shown(name))
    found = [DrawnCard(card) for card in _matches(cards, plain)]
    if turned := _TURNED.search(plain):
        way = (turned[1] or turned[2])[0] == "r"
        found += [DrawnCard(card, way) for card in _matches(cards, plain[: turned.start()].strip())]
    return _one(cards, name, found)
