"""A draw with everything that planning looks at: its facts, its text, its thread."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeVar

from intimacy_tarot._card_text import CardText
from intimacy_tarot._content import Read
from intimacy_tarot._deck import Deck
from intimacy_tarot._draw import Draw
from intimacy_tarot._facts import Facts, facts_of
from intimacy_tarot._library import card_text, pictures, theme, wording
from intimacy_tarot._models import FRAGMENT_OF, DrawnCard, Role, ThemeId, Voice
from intimacy_tarot._pick import Picker
from intimacy_tarot._planned import Planned, used_of
from intimacy_tarot._senses import Sense, SensesFile
from intimacy_tarot._spread import Spread
from intimacy_tarot._thread import Thread, thread_of

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from intimacy_tarot._card_text import Entry
    from intimacy_tarot._seed import Seed
    from intimacy_tarot._spread import Answer, Position
    from intimacy_tarot._wording import ThemeFile

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Scene:
    """What is on the table: cards, voices and texts by position, the facts, the thread, and the picker."""

    draw: Draw
    spread: Spread
    deck: Deck
    facts: Facts
    thread: Thread
    picker: Picker
    cards: dict[str, DrawnCard]
    voices: dict[str, Voice]
    texts: dict[str, Read[CardText]]
    senses: dict[str, Sense]
    """The sense of what each card names at its position, where it has one and the deck says it."""
    digests: dict[str, str]
    """What was read so far: the digest of each file by its name."""
    heard: ThemeId | None = None
    """The theme that the reader's own question names."""

    def turned_to(self, heard: ThemeId | None) -> Scene:
        """Return the scene with its thread chosen anew for the theme that a question names."""
        return replace(self, thread=thread_of(self.facts, self.spread, heard), heard=heard) if heard else self

    def wording(self, name: str, model: type[T]) -> Read[T]:
        """Return a file of the shared wording, in the deck's language."""
        return self._kept(wording(self.deck.language, name, model))

    def pictures(self, name: str, model: type[T]) -> Read[T] | None:
        """Return a file of what the deck's pictures share, or None where the deck has none."""
        read = pictures(self.deck, name, model)
        return None if read is None else self._kept(read)

    def theme(self, which: ThemeId) -> Read[ThemeFile]:
        """Return a theme."""
        return self._kept(theme(which))

    def _kept(self, read: Read[T]) -> Read[T]:
        self.digests[read.file] = read.digest
        return read

    def digest(self) -> str:
        """Return one digest of everything that was read for this reading."""
        total = hashlib.sha256()
        for file, digest in sorted(self.digests.items()):
            total.update(f"{file} {digest}\n".encode())
        return total.hexdigest()

    def entry(self, place: str) -> Entry:
        """Return the entry of the card at a position."""
        return self.texts[place].content.entry(self.cards[place].orientation)

    def ref(self, place: str) -> str:
        """Return how a sentence calls the card at a position: "the Hermit"."""
        return self.texts[place].content.ref

    def fragments(self) -> list[tuple[str, str]]:
        """Return what a spread's wording may take up of each position, by name: "wall.snag", "wall.handle"."""
        found: list[tuple[str, str]] = []
        for position in self.spread.positions:
            entry = self.entry(position.id)
            found.append((f"{position.id}.{FRAGMENT_OF[position.role]}", entry.fragment(position.role)))
            found.append((f"{position.id}.ref", self.ref(position.id)))
            if position.role is Role.OBSTACLE:
                found.append((f"{position.id}.handle", entry.handle))
        return found

    def fitting(self, answers: Sequence[Answer]) -> list[Answer]:
        """Return those that fit the draw: the ones for what its cards name, or else the ones for any."""
        able = [answer for answer in answers if answer.fits(self.voices, self.senses)]
        return [answer for answer in able if answer.senses] or able

    def joined(self, key: str, text: str) -> Planned:
        """Return a wording of the spread's last paragraph with the fragments of the positions it names."""
        return Planned("synthesis", self.spread.file, key, text, used_of(self.fragments(), text))

    def at(self, place: str) -> str:
        """Return where a position is, as a phrase: "at the window"."""
        return self.position(place).at

    def position(self, place: str) -> Position:
        """Return a position of the spread by its id."""
        return next(position for position in self.spread.positions if position.id == place)

    def role(self, place: str) -> Role:
        """Return the role of a position."""
        return self.position(place).role

    def with_role(self, role: Role) -> tuple[Position, ...]:
        """Return the positions that ask for a role."""
        return tuple(position for position in self.spread.positions if position.role is role)

    def own_voice(self, place: str) -> bool:
        """Whether the card at a position speaks in the voice of its own base."""
        return self.cards[place].meaning.polarity.value in (self.voices[place].value, "mixed")


def scene_of(draw: Draw, seed: Seed, avoid: Collection[str] = ()) -> Scene:
    """Return the scene of a draw; raises ContentError where a drawn card has no text."""
    spread, deck = draw.loaded()
    facts = facts_of(draw)
    cards = dict(zip(draw.positions, draw.cards, strict=True))
    named = pictures(deck, "senses.yaml", SensesFile)
    texts = {place: card_text(deck, card.card) for place, card in zip(draw.positions, draw.cards, strict=True)}
    digests = {text.file: text.digest for text in texts.values()}
    digests |= {named.file: named.digest} if named else {}
    return Scene(
        draw=draw,
        spread=spread,
        deck=deck,
        facts=facts,
        thread=thread_of(facts, spread),
        picker=Picker(seed, avoid),
        cards=cards,
        voices=dict(zip(draw.positions, facts.voices, strict=True)),
        texts=texts,
        senses=_senses_of(spread, cards, named.content if named else None),
        digests=digests | {spread.file: spread.digest, deck.id: deck.digest},
    )


def _senses_of(spread: Spread, cards: Mapping[str, DrawnCard], named: SensesFile | None) -> dict[str, Sense]:
    by_card = {senses.id: senses for senses in named.cards} if named else {}
    found: dict[str, Sense] = {}
    for position in spread.positions:
        card = cards[position.id]
        senses = by_card.get(card.card.id)
        sense = senses.of(card.orientation).of(position.role) if senses else None
        if sense:
            found[position.id] = sense
    return found
