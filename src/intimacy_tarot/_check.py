"""Reading all of a deck or a spread and cross-checking it, so that an author sees every fault in one run."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from intimacy_tarot._card_text import CardText
from intimacy_tarot._content import cross_faults, placed
from intimacy_tarot._convert import Converter
from intimacy_tarot._cross import Fault, unknown_id
from intimacy_tarot._echo import near_duplicates, overused_objects, overused_openers
from intimacy_tarot._errors import ContentError, Place, Problem, UnknownIdError, guess, nearest
from intimacy_tarot._library import (
    DECKS,
    SPREADS,
    deck_ids,
    load_deck,
    spread_ids,
    text_name,
    theme,
)
from intimacy_tarot._lint import Said, fragment_problems, text_problems
from intimacy_tarot._models import DeckFile
from intimacy_tarot._pictures import MotifsFile, PairsFile, PicturesFile
from intimacy_tarot._senses import SensesFile
from intimacy_tarot._source import Folder
from intimacy_tarot._spread import SpreadFile

if TYPE_CHECKING:
    import os
    from collections.abc import Collection, Iterator

    from intimacy_tarot._deck import Deck

PICTURES: dict[str, type] = {
    "pictures.yaml": PicturesFile,
    "pairs.yaml": PairsFile,
    "motifs.yaml": MotifsFile,
    "senses.yaml": SensesFile,
}


def check(content: str | os.PathLike[str]) -> tuple[Problem, ...]:
    """Return every fault of a deck or a spread, by id or by path, sorted by place; none means it is sound.

    A deck is a folder and a spread a file. Everything is read: the manifest, the text of every card,
    what the pictures share. Warnings are among the problems. Raises UnknownIdError for an unknown id.

    >>> check("major-arcana")
    ()
    """
    folder, name = _found(content)
    problems = _deck(folder) if name is None else _spread(folder, name)
    return tuple(sorted(problems, key=lambda problem: problem.place))


def _found(content: str | os.PathLike[str]) -> tuple[Folder, str | None]:
    """Return a deck's folder, or a spread's folder and file."""
    if not isinstance(content, str):
        path, folder = Path(content), Folder.on_disk(content)
        return (folder, None) if folder.is_there else (Folder.on_disk(path.parent), path.name)
    if content in deck_ids():
        return Folder.packaged(DECKS.anchor, content), None
    if content in spread_ids():
        return SPREADS, f"{content}.yaml"
    known = (*deck_ids(), *spread_ids())
    raise UnknownIdError(f"found {content[:60]!r}, expected a packaged deck or spread; {nearest(content, known)}")


class Checked(NamedTuple):
    """A file that was checked: what is wrong with it by itself, and its texts by their paths."""

    problems: list[Problem]
    texts: dict[str, Said]


def check_file(folder: Folder, name: str, model: type[Any], card_names: Collection[str] = ()) -> Checked:
    """Return every fault of one file: its shape, its budgets, its parts against each other, its wording."""
    try:
        source = folder.read(name)
    except ContentError as error:
        return Checked(list(error.problems), {})
    reader = Converter(source, source.events(), strict=True)
    value = reader.read(model)
    problems = list(reader.problems)
    texts = {path: Said(reader.places[path], path, text) for path, text in reader.texts.items()}
    if value is not None:
        problems += placed(source, model, [*cross_faults(value), *_file_faults(value)])
    masked = {*card_names, *(said.text for path, said in texts.items() if model is DeckFile and path.endswith(".name"))}
    for said in texts.values():
        problems += text_problems(said, masked)
    if model is CardText:
        problems += fragment_problems(texts)
    return Checked(problems, texts)


def _file_faults(value: Any) -> Iterator[Fault]:
    """Yield what a file's own parts cannot know without the themes."""
    if isinstance(value, DeckFile):
        for card in value.cards:
            for way, meaning in (("upright", card.upright), ("reversed", card.reversed)):
                signs = [sign.id for sign in theme(meaning.theme).content.signs]
                if meaning.sign is not None:
                    yield from unknown_id(
                        f"cards.{card.id}.{way}.sign", f"sign of {meaning.theme}", meaning.sign, signs
                    )


def _spread(folder: Folder, name: str) -> list[Problem]:
    problems, texts = check_file(folder, name, SpreadFile)
    return [*problems, *near_duplicates([*texts.values()])]


def _deck(folder: Folder) -> list[Problem]:
    try:
        deck = load_deck(Path(folder.path)) if not folder.anchor else load_deck(folder.path)
    except ContentError as error:
        problems, _ = check_file(folder, "deck.yaml", DeckFile)
        return [*problems, *(problem for problem in error.problems if problem not in problems)]
    names = [card.name for card in deck.cards]
    problems, _ = check_file(folder, "deck.yaml", DeckFile, names)
    cards: dict[str, list[Said]] = {}
    for card in deck.cards:
        found = _card(deck, card.id, card.name, names)
        problems += found.problems
        cards[card.name] = [*found.texts.values()]
    shared: list[Said] = []
    for name, model in PICTURES.items():
        if folder.holds(name):
            found = check_file(folder, name, model, names)
            problems += [*found.problems, *_shared_faults(folder, name, model, {card.id for card in deck.cards})]
            shared += found.texts.values()
    problems += _strays(folder, [text_name(card.id) for card in deck.cards])
    texts = [said for card in cards.values() for said in card]
    return [*problems, *near_duplicates([*texts, *shared], names), *overused_openers(texts), *overused_objects(cards)]


def _card(deck: Deck, card: str, called: str, names: Collection[str]) -> Checked:
    """Return what is found in the text of a card, from the first of the deck's folders that holds it."""
    name = text_name(card)
    holder = next((at for at in deck.folders if at.holds(name)), None)
    if holder is not None:
        return check_file(holder, name, CardText, names)
    message = f"found no text for {called}, expected the file {name}"
    return Checked([Problem("missing-text", Place(f"{deck.folders[0].label}/{name}"), "", message)], {})


def _strays(folder: Folder, known: Collection[str]) -> Iterator[Problem]:
    """Yield a fault for each YAML file below the deck that nothing reads."""
    expected = ["deck.yaml", *PICTURES, *known]
    for name in _below(folder):
        if name.endswith((".yaml", ".yml")) and name not in expected:
            message = f"found the file {name}, expected the text of a card of this deck"
            yield Problem("unknown-file", Place(f"{folder.label}/{name}"), "", message, guess(name, expected))


def _below(folder: Folder, part: str = "") -> Iterator[str]:
    """Yield the names of what lies below a deck's folder, as deep as its texts lie."""
    for leaf in folder.names(part):
        name = f"{part}/{leaf}" if part else leaf
        yield name
        if name.count("/") < 2:
            yield from _below(folder, name)


def _shared_faults(folder: Folder, name: str, model: type[Any], cards: Collection[str]) -> Iterator[Problem]:
    """Yield a fault for each card that a file of pictures names and the deck has not."""
    try:
        source = folder.read(name)
    except ContentError:
        return  # told when the file itself was checked
    value = Converter(source, source.events()).read(model)
    if value is not None:
        found = [fault for path, card in _named(value) for fault in unknown_id(path, "card", card, cards)]
        yield from placed(source, model, found)


def _named(value: PicturesFile | PairsFile | MotifsFile | SensesFile) -> Iterator[tuple[str, str]]:
    if isinstance(value, PairsFile):
        yield from ((f"pairs.{pair.id}.cards", card) for pair in value.pairs for card in pair.cards)
    elif isinstance(value, MotifsFile):
        yield from ((f"motifs.{motif.id}.cards", card) for motif in value.motifs for card in motif.cards)
    elif isinstance(value, SensesFile):
        yield from ((f"cards.{card.id}", card.id) for card in value.cards)
    else:
        yield from ((f"cards.{sights.id}", sights.id) for sights in value.cards)
        for family in value.families:
            yield from ((f"families.{family.id}.cards[{at}]", card) for at, card in enumerate(family.cards))
            yield from ((f"families.{family.id}.states.{state.id}", state.id) for state in family.states)
