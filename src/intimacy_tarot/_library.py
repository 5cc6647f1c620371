"""Decks, spreads and shared wording, by id from the package or by path from any folder.

A `str` is only ever an id and an `os.PathLike` only ever a path, so that a visitor's text never
opens a folder.
"""

from __future__ import annotations

import hashlib
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeVar

from intimacy_tarot._card_text import CardText
from intimacy_tarot._content import Read, placed, read
from intimacy_tarot._cross import Fault
from intimacy_tarot._deck import Deck
from intimacy_tarot._errors import Place, Problem, UnknownIdError, content_error, nearest
from intimacy_tarot._models import Card, DeckFile, ThemeId
from intimacy_tarot._source import Folder
from intimacy_tarot._spread import Spread, SpreadFile
from intimacy_tarot._wording import ArticleFile, ThemeFile

if TYPE_CHECKING:
    import os

T = TypeVar("T")

DECKS: Final = Folder.packaged("intimacy_tarot.decks")
SPREADS: Final = Folder.packaged("intimacy_tarot.spreads")
PACKAGE: Final = Folder.packaged("intimacy_tarot")


@lru_cache(maxsize=1)
def deck_ids() -> tuple[str, ...]:
    """Return the ids of the packaged decks, sorted.

    >>> deck_ids()
    ('major-arcana', 'rider-waite-smith')
    """
    return tuple(name for name in DECKS.names() if "." not in name and DECKS.holds(f"{name}/deck.yaml"))


@lru_cache(maxsize=1)
def spread_ids() -> tuple[str, ...]:
    """Return the ids of the packaged spreads, sorted.

    >>> "emotional-block" in spread_ids()
    True
    """
    return tuple(name.removesuffix(".yaml") for name in SPREADS.names() if name.endswith(".yaml"))


def load_deck(deck: str | os.PathLike[str]) -> Deck:
    """Return a deck by id, or by the path of its folder.

    Raises UnknownIdError for an id that is not packaged, and ContentError with every fault of the
    manifest.

    >>> len(load_deck("rider-waite-smith").cards)
    78
    """
    if not isinstance(deck, str):
        found = Folder.on_disk(deck)
        return _deck(replace(found, called=found.leaf), found.leaf)
    if deck not in deck_ids():
        raise _unknown("deck", deck, deck_ids())
    return _packaged_deck(deck)


@lru_cache(maxsize=32)
def _packaged_deck(deck: str) -> Deck:
    return _deck(Folder.packaged("intimacy_tarot.decks", deck), deck)


def _deck(folder: Folder, named: str) -> Deck:
    found = read(folder, "deck.yaml", DeckFile)
    content = found.content
    if content.id != named:
        raise _misplaced(folder, "id", "id", f"found the id {content.id!r}, expected the folder's name {named!r}")
    if content.language not in languages():
        message = f"found the language {content.language!r}, expected one that the shared wording is in"
        raise _misplaced(folder, "language", "unknown-id", message, nearest(content.language, languages()))
    if content.extends is None:
        return Deck(content.id, content.name, content.language, content.cards, found.digest, (folder,))
    if content.extends not in deck_ids() or content.extends == content.id:
        message = f"found the deck {content.extends!r} to extend, expected a packaged one"
        raise _misplaced(folder, "extends", "unknown-id", message, nearest(content.extends, deck_ids()))
    base = _packaged_deck(content.extends)
    cards = _extended(folder, content, base)
    together = hashlib.sha256(f"{found.digest} {base.digest}".encode()).hexdigest()
    return Deck(content.id, content.name, content.language, cards, together, (folder, *base.folders))


def _extended(folder: Folder, content: DeckFile, base: Deck) -> tuple[Card, ...]:
    merged = {card.id: card for card in (*base.cards, *content.cards)}
    missing = [card for card in content.keep if card not in merged]
    if missing:
        message = f"found {missing[0]!r} to keep, expected cards of {base.id}"
        raise _misplaced(folder, "keep", "unknown-id", message, nearest(missing[0], merged))
    return tuple(merged[card] for card in content.keep or merged)


@lru_cache(maxsize=1)
def languages() -> tuple[str, ...]:
    """Return the languages that the shared wording is in."""
    return PACKAGE.names("wording")


def load_spread(spread: str | os.PathLike[str]) -> Spread:
    """Return a spread by id, or by the path of its YAML file.

    Raises UnknownIdError for an id that is not packaged, and ContentError with every fault of the file.

    >>> load_spread("one-card").name
    'One Lamp'
    """
    if not isinstance(spread, str):
        path = Path(spread)
        return _spread(Folder.on_disk(path.parent), path.name)
    if spread not in spread_ids():
        raise _unknown("spread", spread, spread_ids())
    return _spread(SPREADS, f"{spread}.yaml")


def _spread(folder: Folder, name: str) -> Spread:
    found = read(folder, name, SpreadFile)
    return Spread(name.removesuffix(".yaml"), found.file, found.digest, found.content)


def card_text(deck: Deck, card: Card) -> Read[CardText]:
    """Return a card's authored text from the first of the deck's folders that holds it.

    Raises ContentError if none does: missing text is a fault, never silence.
    """
    name = text_name(card.id)
    for folder in deck.folders:
        if _holds(folder, name):
            return read(folder, name, CardText)
    message = f"found no text for {card.name} in the deck {deck.id!r}, expected the file {name}"
    raise content_error([Problem("missing-text", Place(f"{deck.folders[0].label}/{name}"), "", message)])


def text_name(card: str) -> str:
    """Return the name of the file that holds a card's text, below a deck's folder.

    >>> text_name("minor_arcana.cups.ace")
    'minor_arcana/cups/ace.yaml'
    """
    return f"{card.replace('.', '/')}.yaml"


def pictures(deck: Deck, name: str, model: type[T]) -> Read[T] | None:
    """Return one of the files beside a deck's manifest, such as `pictures.yaml`, or None where it has none."""
    holder = next((folder for folder in deck.folders if _holds(folder, name)), None)
    return None if holder is None else read(holder, name, model)


def _holds(folder: Folder, name: str) -> bool:
    return _packaged_holds(folder, name) if folder.anchor else folder.holds(name)


@lru_cache(maxsize=512)
def _packaged_holds(folder: Folder, name: str) -> bool:
    return folder.holds(name)


def wording(language: str, name: str, model: type[T]) -> Read[T]:
    """Return a file of the shared wording in a language."""
    return read(PACKAGE, f"wording/{language}/{name}.yaml", model)


def theme(which: ThemeId) -> Read[ThemeFile]:
    """Return one of the article's themes."""
    return read(PACKAGE, f"themes/{which}.yaml", ThemeFile)


def article() -> ArticleFile:
    """Return the article's claims and what carries each."""
    return read(PACKAGE, "themes/article.yaml", ArticleFile).content


def _misplaced(folder: Folder, path: str, code: str, message: str, hint: str = "") -> Exception:
    return content_error(placed(folder.read("deck.yaml"), DeckFile, [Fault(path, code, message, hint)]))


def _unknown(what: str, found: str, known: tuple[str, ...]) -> UnknownIdError:
    return UnknownIdError(f"found the {what} {found[:60]!r}, expected one that is packaged; {nearest(found, known)}")
