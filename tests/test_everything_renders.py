"""Every complete deck on every spread, over many seeds: no seam shows, and no wording lies where nothing reaches it."""

from __future__ import annotations

import itertools
import re
from collections import defaultdict
from functools import cache, lru_cache
from importlib.resources import files
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import yaml

import intimacy_tarot as tarot
from intimacy_tarot._length import most_words
from intimacy_tarot._library import card_text, pictures
from intimacy_tarot._models import Orientation, Role
from intimacy_tarot._pictures import MotifsFile, PairsFile, PicturesFile
from intimacy_tarot._spread import Lens

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

pytestmark = pytest.mark.at_length

SEEDS = 200
ONE_IN = 10
"""Markdown and JSON are made of every tenth seed."""
DEFAULT = "rider-waite-smith"
DRAWS_A_SLOT = 4
SELDOM = (
    ("after-argument", 224), ("emotional-block", 235), ("foundation", 243), ("partner-need", 260), ("foundation", 276),
    ("celtic-cross", 293), ("relationship-cross", 306), ("celtic-cross", 325), ("after-argument", 331), ("scales", 344),
    ("reconnecting", 365), ("emotional-block", 412), ("hard-conversation", 451), ("foundation", 530),
    ("after-argument", 671), ("foundation", 1279), ("you-partner-us", 260), ("three-mirrors", 313),
    ("after-argument", 360), ("emotional-block", 629), ("emotional-block", 917), ("after-argument", 1321),
    *(("reconnecting", seed) for seed in (200, 227, 243, 244, 264, 276, 282, 292, 320, 331, 341, 360, 395, 631, 1184)),
    *(("reconnecting", seed) for seed in (1321, 1438, 1596, 1766, 1825, 3303, 3911)), ("three-mirrors", 202),
    *(("two-meanings", seed) for seed in (232, 351, 530)),
    *(("reconnecting", seed) for seed in (232, 312, 414, 574, 692, 1501, 3042)),
)  # fmt: skip
"""Spreads and seeds whose draws show what few draws do, found by trying one after another."""
MOST_SEEDS = 3600
"""How long a wording is looked for before it counts as out of reach."""


def _complete(deck: str) -> bool:
    loaded = tarot.load_deck(deck)
    try:
        for card in loaded.cards:
            card_text(loaded, card)
    except tarot.ContentError:
        return False
    return True


DECKS = tuple(deck for deck in tarot.deck_ids() if _complete(deck))
SPREADS = tarot.spread_ids()
EVERYTHING = pytest.mark.parametrize(("deck", "spread"), [*product(DECKS, SPREADS)])
EVERY_DECK = pytest.mark.parametrize("deck", DECKS)

SEAMS = {
    "a leftover brace": re.compile(r"[{}]"),
    "a doubled word": re.compile(r"\b(?!(?:had|that)\b)([a-z']+) \1\b", re.IGNORECASE),
    "a doubled space": re.compile(r"  "),
    "a space before a stop": re.compile(r" [.,;:!?]"),
    "a doubled stop": re.compile(r"[.,;:]\s?[.,;:!?]|[!?]\s?[.,;:]|[.!?]\"\."),
    "a sentence that starts small": re.compile(r"(?<!\")[.!?] [a-z]|\.\" [a-z]|^[a-z]"),
    "a space at an end": re.compile(r"^\s|\s$"),
    "a name of the machinery": re.compile(r"_|<|>|\bUndefined\b|\bobject at\b"),
}


PARTNERS = (None, "Robin", tarot.Person("Robin", "she"), tarot.Person("Robin", "he"))
"""Who the partner is, by turns."""


def _gendered(reading: tarot.Reading) -> bool:
    return reading.partner is not None and reading.partner.pronouns != "they"


@lru_cache(maxsize=1)
def _bans() -> dict[str, re.Pattern[str]]:
    rules = yaml.safe_load((files("intimacy_tarot") / "lint" / "rules.yaml").read_text(encoding="utf-8"))
    return {ban: re.compile(rule["pattern"], re.IGNORECASE) for ban, rule in rules["banned"].items()}


@lru_cache(maxsize=1)
def _card_names() -> re.Pattern[str]:
    names = {card.name for deck in tarot.deck_ids() for card in tarot.load_deck(deck).cards}
    return re.compile("|".join(map(re.escape, sorted(names, key=len, reverse=True))), re.IGNORECASE)


@cache
def _made(deck: str, spread: str) -> tuple[tarot.Reading, ...]:
    seeds = SEEDS if deck == DEFAULT else SEEDS // 2
    return tuple(tarot.read(spread, deck=deck, seed=seed, partner=PARTNERS[seed % 4]) for seed in range(seeds))


@cache
def _texts(deck: str, spread: str) -> tuple[str, ...]:
    return tuple(reading.to_text() for reading in _made(deck, spread))


def _lines(deck: str, spread: str) -> dict[str, int]:
    """Return each different line that was printed, with the first seed that did."""
    found: dict[str, int] = {}
    for seed, text in enumerate(_texts(deck, spread)):
        title, rule, *rest = text.splitlines()
        assert rule == "=" * len(title)
        for line in (title, *rest):
            found.setdefault(line, seed)
    return found


def _words(text: str) -> list[str]:
    return re.findall(r"[A-Za-z0-9'-]*[A-Za-z0-9][A-Za-z0-9'-]*", text)


def _around(found: re.Match[str]) -> str:
    return found.string[max(0, found.start() - 40) : found.end() + 40]


def test_there_is_a_complete_deck_to_read_from():
    """At least one packaged deck has a text for every card, so that the tests below test something."""
    assert DECKS
    assert SPREADS


@EVERYTHING
def test_no_line_shows_a_seam(deck: str, spread: str):
    """No printed line holds a leftover brace, a doubled word, space or stop, or the name of an inner thing."""
    faults = [
        (seed, what, _around(found))
        for line, seed in _lines(deck, spread).items()
        for what, seam in SEAMS.items()
        if (found := seam.search(line.removeprefix("- ")))
    ]

    assert faults == []


@EVERY_DECK
def test_nothing_that_is_said_is_banned(deck: str):
    """No heading and no passage, the cards' names masked, runs into an editorial ban, a blocking or a warning one."""
    said = {
        _card_names().sub("the card", text)
        for spread in SPREADS
        for reading in _made(deck, spread)
        if not _gendered(reading)
        for section in reading.sections
        for text in (section.heading or "", *(passage.text for passage in section.passages))
    }
    faults = [
        (ban, _around(found))
        for text in sorted(said)
        for ban, pattern in _bans().items()
        if (found := pattern.search(text))
    ]

    assert faults == []


@EVERYTHING
def test_no_passage_is_empty_and_every_one_has_an_address(deck: str, spread: str):
    """Every section has passages, and every passage has words, clean ends, a file and a key."""
    for reading in _made(deck, spread):
        for section in reading.sections:
            assert section.passages, (reading.seed, section.kind)
            assert section.heading is None or section.heading == section.heading.strip() != ""
        for passage in reading.passages:
            assert passage.text == " ".join(passage.text.split()) != "", (reading.seed, passage)
            assert passage.file.endswith(".yaml")
            assert passage.key


@EVERYTHING
def test_no_wording_is_printed_twice_in_a_reading(deck: str, spread: str):
    """No passage and no whole sentence of six words or more comes twice in one reading."""
    for reading in _made(deck, spread):
        sentences = [
            sentence
            for passage in reading.passages
            for sentence in re.split(r"(?<=[.!?]) ", passage.text)
            if len(sentence.split()) >= 6
        ]

        assert sorted(sentences) == sorted(set(sentences)), reading.seed


@EVERYTHING
def test_the_page_is_even(deck: str, spread: str):
    """A printed reading ends in one line end and never leaves two lines empty."""
    for seed, text in enumerate(_texts(deck, spread)):
        assert text.endswith("\n"), seed
        assert not text.endswith("\n\n"), seed
        assert "\n\n\n" not in text, seed


@EVERYTHING
def test_markdown_says_what_the_text_says(deck: str, spread: str):
    """With its marks and escapes taken away, the Markdown of a reading has the very words of its text."""
    for reading, text in list(zip(_made(deck, spread), _texts(deck, spread), strict=True))[::ONE_IN]:
        markdown = reading.to_markdown()
        plain = re.sub(r"\\(.)", r"\1", re.sub(r"(?<!\\)[*#>]", "", markdown))

        assert _words(plain) == _words(text)
        assert not re.search(r"(?<!\\)[{}\[\]<|`_]|\n\n\n", markdown)


@EVERYTHING
def test_json_gives_the_reading_back(deck: str, spread: str):
    """A reading that went through JSON is equal, prints the same, and leaves no brace in its words."""
    for reading, text in list(zip(_made(deck, spread), _texts(deck, spread), strict=True))[::ONE_IN]:
        again = tarot.Reading.from_json(reading.to_json())

        assert again == reading
        assert again.to_text() == text
        assert not any("{" in passage["text"] for part in reading.to_dict()["sections"] for passage in part["passages"])


@EVERYTHING
def test_a_six_card_reading_has_500_to_850_words(deck: str, spread: str):
    """Every reading of six cards, headings and footer counted, keeps within its length; others within their own."""
    cards = len(tarot.load_spread(spread).positions)
    if cards != 6:
        assert all(len(_words(text)) <= most_words(cards) + 5 for text in _texts(deck, spread))
        return

    lengths = {seed: len(text.split()) for seed, text in enumerate(_texts(deck, spread))}

    assert {seed: length for seed, length in lengths.items() if not 500 <= length <= 850} == {}


def _count(passage: str) -> int:
    """Return how many words stand between the spaces of a passage, a name in braces counted as one."""
    return sum(any(map(str.isalpha, word)) for word in re.sub(r"\{\{.*?\}\}", "you", passage).split())


@EVERY_DECK
def test_every_role_passage_has_38_to_52_words(deck: str):
    """Every passage of every entry is within its budget, counted by its spaces."""
    loaded = tarot.load_deck(deck)
    counts = {
        (card.name, way.value, role.value): _count(card_text(loaded, card).content.entry(way).passage(role))
        for card, way, role in product(loaded.cards, Orientation, Role)
    }

    assert {where: count for where, count in counts.items() if not 38 <= count <= 52} == {}


def _left(wanted: Iterable[str], readings: Iterable[tarot.Reading]) -> set[str]:
    """Return the addresses of wordings that no reading holds; looks no further than it must."""
    left, more = set(wanted), iter(readings)
    while left and (reading := next(more, None)):
        left -= {f"{passage.file}#{passage.key}" for passage in reading.passages}
    return left


def _more(deck: str, *spreads: str) -> Iterator[tarot.Reading]:
    """Yield the readings that are at hand, then others, until it is long enough."""
    for spread in spreads:
        yield from _made(deck, spread)
    for seed, spread in product(range(SEEDS, MOST_SEEDS), spreads):
        yield tarot.read(spread, deck=deck, seed=seed)


@EVERY_DECK
def test_every_passage_of_every_card_can_be_read(deck: str):
    """Each card, either way up, is read with its own passage at a position of each role."""
    loaded = tarot.load_deck(deck)
    cards = loaded.cards
    said = [*Role, *(f"lenses.{lens}" for lens in Lens)]
    wanted = {f"{card_text(loaded, card).file}#{way}.{role}" for card, way, role in product(cards, Orientation, said)}
    sizes = {spread: len(tarot.load_spread(spread).positions) for spread in SPREADS}
    laid = (
        tarot.lay(spread, [tarot.DrawnCard(cards[(first + n) % len(cards)], turned) for n in range(size)], deck=deck)
        for spread, size in sizes.items()
        for first in range(len(cards))
        for turned in (False, True)
    )

    assert _left(wanted, map(tarot.interpret, laid)) == set()


@pytest.fixture(scope="module")
def bare_deck(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a deck whose cards say what is asked of them and no more: they do not lean, and have no lenses."""
    whole = Path(str(files("intimacy_tarot.decks") / DEFAULT))
    folder = tmp_path_factory.mktemp("bare") / "bare"
    for path in sorted(whole.glob("*_arcana/**/*.yaml")):
        text = re.sub(r"(?m)^  (?:lenses|leans):\n(?:    .*\n)+", "", path.read_text(encoding="utf-8"))
        (folder / path.relative_to(whole)).parent.mkdir(parents=True, exist_ok=True)
        (folder / path.relative_to(whole)).write_text(text, encoding="utf-8")
    (folder / "deck.yaml").write_text(
        f"id: bare\nname: Bare\nlanguage: en\nextends: {DEFAULT}\n", encoding="utf-8", newline="\n"
    )
    return folder


@pytest.fixture(scope="module")
def unnamed_deck(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a deck whose own senses say of one card alone what it names."""
    folder = tmp_path_factory.mktemp("unnamed") / "unnamed"
    folder.mkdir()
    named = yaml.safe_load((files("intimacy_tarot.decks") / DEFAULT / "senses.yaml").read_text(encoding="utf-8"))
    (card, senses), *_ = named["cards"].items()
    (folder / "senses.yaml").write_text(yaml.safe_dump({"cards": {card: senses}}), encoding="utf-8", newline="\n")
    manifest = f"id: unnamed\nname: Unnamed\nlanguage: en\nextends: {DEFAULT}\n"
    (folder / "deck.yaml").write_text(manifest, encoding="utf-8", newline="\n")
    return folder


def _bare(deck: Path, *spreads: str) -> Iterator[tarot.Reading]:
    """Yield readings of a deck that leaves out what may be left out."""
    for seed, spread in product(range(MOST_SEEDS), spreads):
        yield tarot.read(spread, deck=deck, seed=seed, show_themes=False)


@pytest.mark.parametrize("spread", SPREADS)
def test_every_wording_of_a_spread_can_be_read(bare_deck: Path, spread: str):
    """Every frame, answer and closing of a spread is said for some seed of a deck whose cards do not lean."""
    loaded = tarot.load_spread(spread)
    content = loaded.content
    keys = [f"positions.{place.id}.frames.{frame.id}" for place in content.positions for frame in place.frames]
    keys += [f"synthesis.answers.{answer.id}" for answer in content.synthesis.answers]
    keys += [f"synthesis.closings.{closing.id}" for closing in content.synthesis.closings]

    assert _left([f"{loaded.file}#{key}" for key in keys], _bare(bare_deck, spread)) == set()


@EVERYTHING
def test_every_verdict_and_opening_of_a_spread_can_be_read(deck: str, spread: str):
    """What a spread says where the cards name things and lean is said for some seed of every packaged deck."""
    loaded = tarot.load_spread(spread)
    openings = loaded.content.openings
    fitting = [opening for opening in openings if opening.senses] or openings
    keys = [f"openings.{opening.id}" for opening in fitting]
    keys += [f"synthesis.verdicts.{verdict.id}" for verdict in loaded.content.synthesis.verdicts]

    assert _left([f"{loaded.file}#{key}" for key in keys], _more(deck, spread)) == set()


@pytest.mark.parametrize("spread", SPREADS)
def test_every_opening_for_any_draw_can_be_read(unnamed_deck: Path, spread: str):
    """An opening that asks nothing of the cards is said for some seed where none of them names anything."""
    loaded = tarot.load_spread(spread)
    plain = [f"{loaded.file}#openings.{opening.id}" for opening in loaded.content.openings if not opening.senses]

    assert _left(plain, _bare(unnamed_deck, spread)) == set()


@EVERYTHING
def test_every_title_of_a_synthesis_can_be_read(deck: str, spread: str):
    """Every title of a spread's last paragraph stands there for some seed."""
    titles = {title.text for title in tarot.load_spread(spread).content.synthesis.titles}

    seen = {
        section.heading
        for reading in _made(deck, spread)
        for section in reading.sections
        if section.kind == "synthesis"
    }

    assert seen == titles


@EVERY_DECK
@pytest.mark.parametrize("name", ["questions", "practices", "care"])
def test_every_shared_wording_can_be_read(deck: str, name: str):
    """Every question, practice, note and the footer is said for some seed of some spread."""
    source = (files("intimacy_tarot") / "wording" / "en" / f"{name}.yaml").read_text(encoding="utf-8")
    keys = (key for key in _leaves(yaml.safe_load(source)) if not key.startswith("plain."))  # no reading holds those
    wanted = {f"wording/en/{name}.yaml#{key}" for key in keys}

    assert _left(wanted, _more(deck, *SPREADS)) == set()


def test_every_word_on_a_lens_can_be_read(bare_deck: Path):
    """Each sentence that says which side of closeness is meant stands before a card that has no passage for it."""
    source = (files("intimacy_tarot") / "wording" / "en" / "lenses.yaml").read_text(encoding="utf-8")
    wanted = {f"wording/en/lenses.yaml#{key}" for key in _leaves(yaml.safe_load(source))}

    assert _left(wanted, _bare(bare_deck, "foundation", "scales")) == set()


def _leaves(value: object, key: str = "") -> Iterator[str]:
    """Yield the key of every wording: of a text, or of a record that holds its `text`."""
    if isinstance(value, dict) and "text" not in value:
        for name, inner in value.items():
            yield from _leaves(inner, f"{key}.{name}" if key else name)
    else:
        yield key


def _here(loaded: tarot.Deck, cards: Iterable[str]) -> list[str]:
    """Return those of some cards that a deck has."""
    return [card for card in cards if any(card == other.id for other in loaded.cards)]


def _around_pair(deck: str, earlier: str, later: str) -> Iterator[tarot.Reading]:
    """Yield readings of three cards that hold the two, with one other card after another between them."""
    loaded = tarot.load_deck(deck)
    cards = {card.id: tarot.DrawnCard(card) for card in loaded.cards}
    others = [card for card in cards if card not in (earlier, later)]
    for seed in range(200):
        other = cards[others[seed % len(others)]]
        yield tarot.interpret(tarot.lay("three-mirrors", [cards[earlier], other, cards[later]], deck=deck), seed=seed)


@EVERY_DECK
def test_every_hinge_of_every_pair_can_be_read(deck: str):
    """Every hinge between two listed cards of the deck is said for some seed."""
    loaded = tarot.load_deck(deck)
    read = pictures(loaded, "pairs.yaml", PairsFile)
    assert read is not None
    left = set()

    for pair in read.content.pairs:
        if len(_here(loaded, pair.cards)) < 2:
            continue
        wanted = [f"{read.file}#pairs.{pair.id}.hinges.{hinge.id}" for hinge in pair.hinges]
        left |= _left(wanted, _around_pair(deck, *pair.cards))

    assert left == set()


@EVERY_DECK
def test_every_wording_of_every_motif_can_be_read(deck: str):
    """Every way of seeing two cards of a motif together is said for some seed."""
    loaded = tarot.load_deck(deck)
    read = pictures(loaded, "motifs.yaml", MotifsFile)
    assert read is not None
    left = set()

    for motif in read.content.motifs:
        here = _here(loaded, motif.cards)
        if len(here) < 2:
            continue
        wanted = [f"{read.file}#motifs.{motif.id}.seen.{seen.id}" for seen in motif.seen]
        left |= _left(wanted, _around_pair(deck, here[0], here[-1]))

    assert left == set()


def _within_family(deck: str, members: list[str]) -> Iterator[tarot.Reading]:
    """Yield readings of three cards of a family, one three after another."""
    loaded = tarot.load_deck(deck)
    cards = {card.id: tarot.DrawnCard(card) for card in loaded.cards}
    threes = [*itertools.combinations(members, 3)]
    for seed in range(MOST_SEEDS):
        three = [cards[card] for card in threes[seed * 7919 % len(threes)]]
        yield tarot.interpret(tarot.lay("three-mirrors", three, deck=deck), seed=seed)


@EVERY_DECK
def test_every_claim_of_every_family_can_be_read(deck: str):
    """Every claim about a family of things in the pictures is said for some seed."""
    loaded = tarot.load_deck(deck)
    read = pictures(loaded, "pictures.yaml", PicturesFile)
    assert read is not None
    left = set()

    for family in read.content.families:
        here = _here(loaded, family.members)
        if len(here) < 3:
            continue
        wanted = [f"{read.file}#families.{family.id}.claims.{claim.id}" for claim in family.claims]
        left |= _left(wanted, _within_family(deck, here))

    assert left == set()


SHARED = ("axes/*.yaml", "thread.yaml", "patterns/*.yaml")
"""The shared wording in which a wording's slot is met only by some draws."""


@cache
def _slots() -> dict[str, list[str]]:
    """Return the ids of the wordings of each slot that only some draws have, by the slot's address."""
    found: dict[str, list[str]] = {}
    shared = Path(str(files("intimacy_tarot") / "wording" / "en"))
    for path in (path for pattern in SHARED for path in sorted(shared.glob(pattern))):
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
        for key in _leaves(content):
            slot, _, id_ = key.rpartition(".")
            if slot:
                found.setdefault(f"wording/en/{path.relative_to(shared).as_posix()}#{slot}", []).append(id_)
    return {slot: ids for slot, ids in found.items() if not slot.endswith("#leads")}


def _slot(passage: tarot.Passage) -> str:
    return f"{passage.file}#{passage.key.rpartition('.')[0]}"


UNARGUED = ("check-in", "emotional-block", "foundation", "two-meanings")
"""Spreads with a trouble, in which a deck whose cards do not argue has pictures looked at."""


@cache
def _by_slot(bare_deck: Path) -> dict[str, list[tarot.Reading]]:
    """Return some readings for each slot, from many seeds of every spread: of the default deck, and of a bare one."""
    found: dict[str, list[tarot.Reading]] = defaultdict(list)
    usual = (reading for spread in SPREADS for reading in _made(DEFAULT, spread))
    seldom = (tarot.read(spread, deck=DEFAULT, seed=seed) for spread, seed in SELDOM)
    unargued = (tarot.read(spread, deck=bare_deck, seed=seed) for spread in UNARGUED for seed in range(800))
    for reading in itertools.chain(usual, seldom, unargued):
        for slot in {_slot(passage) for passage in reading.passages} & set(_slots()):
            if len(found[slot]) < DRAWS_A_SLOT:
                found[slot].append(reading)
    return found


def test_every_slot_of_shared_wording_is_met(bare_deck: Path):
    """Each pattern on each axis, line of each thread and kind of rarity is what some draw of a few thousand shows."""
    assert set(_slots()) - set(_by_slot(bare_deck)) == set()


def test_every_shared_wording_of_a_slot_can_be_read(bare_deck: Path):
    """Every touch, thing to watch, thread and pattern is said, for some seed of a draw that calls for it.

    Claims are kept for some troubles; that each is kept for one or for all is shown where they are chosen.
    """
    left = set()
    for slot, ids in _slots().items():
        if "#claims." in slot:
            continue
        wanted = {f"{slot}.{id_}" for id_ in ids}
        for reading, seed in product(_by_slot(bare_deck)[slot], range(8)):
            said = {passage.id for passage in reading.passages}
            again = tarot.interpret(reading.draw, seed=seed, avoid=[f"{slot}.{id_}" for id_ in ids] + [*said])
            wanted -= said | {passage.id for passage in again.passages}
            for _ in range(len(wanted)):
                avoid = [f"{slot}.{id_}" for id_ in ids if f"{slot}.{id_}" not in wanted]
                again = tarot.interpret(reading.draw, seed=seed, avoid=avoid)
                before = len(wanted)
                wanted -= {passage.id for passage in again.passages}
                if len(wanted) == before:
                    break
            if not wanted:
                break
        left |= wanted
    assert left == set()
