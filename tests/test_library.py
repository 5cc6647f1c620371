"""Finding content: a text is an id and a path is a path, a deck may extend another, and what is missing is a fault."""

from __future__ import annotations

import json
import os
import random
import shutil
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

import intimacy_tarot as tarot
from intimacy_tarot import _content
from intimacy_tarot import _library as library
from intimacy_tarot._card_text import CardText
from intimacy_tarot._models import ThemeId
from intimacy_tarot._pictures import MotifsFile, PairsFile, PicturesFile
from intimacy_tarot._source import Folder
from intimacy_tarot._wording import CareFile

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).parents[1]
SUITS = ("wands", "cups", "swords", "pentacles")
RANKS = (
    "ace",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "page",
    "knight",
    "queen",
    "king",
)
MAJORS = tuple(f"major_arcana.{number:02}" for number in range(22))
DECK_ORDER = (*MAJORS, *(f"minor_arcana.{suit}.{rank}" for suit in SUITS for rank in RANKS))
IDS = {*tarot.deck_ids(), *tarot.spread_ids()}

MEANING = {
    "themes": ["bond", "trust"],
    "polarity": "light",
    "keywords": ["a lamp"],
    "essence": "A lamp is lit and somebody comes home to it gladly.",
}
STRAINED = MEANING | {"polarity": "shadow", "sign": "fading_afterglow"}
CARD = {
    "name": "The Lamp",
    "element": "fire",
    "number": 1,
    "number_meaning": "a beginning",
    "upright": MEANING,
    "reversed": STRAINED,
}


def _dump(content: Any) -> str:
    """Return content as YAML, nothing in it shared, so that no anchor is written."""
    return yaml.safe_dump(json.loads(json.dumps(content)), sort_keys=False)


def _deck(folder: Path, **keys: Any) -> Path:
    """Write a deck's manifest into a folder of its own, and return that folder."""
    content = {"id": folder.name, "name": "A deck", "language": "en"} | keys
    folder.mkdir(parents=True, exist_ok=True)
    written = {key: value for key, value in content.items() if value is not None}
    (folder / "deck.yaml").write_text(_dump(written), encoding="utf-8")
    return folder


def _copied(name: str, to: Path) -> Path:
    """Copy a packaged deck or spread to a folder, and return where it lies now."""
    source = ROOT / "decks" / name if name in tarot.deck_ids() else ROOT / "spreads" / f"{name}.yaml"
    if source.is_dir():
        return Path(shutil.copytree(source, to / source.name))
    return Path(shutil.copy(source, to))


def _fault(load: Callable[[], object]) -> tarot.Problem:
    """Return the one problem of the ContentError that a call raises."""
    with pytest.raises(tarot.ContentError) as raised:
        load()
    assert len(raised.value.problems) == 1
    assert str(raised.value) == str(raised.value.problems[0])
    return raised.value.problems[0]


def _line(file: Path, start: str) -> int:
    """Return the number of the line that begins so."""
    return next(n for n, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1) if line.startswith(start))


# ids ------------------------------------------------------------------------------------------------------------------


def test_deck_ids_are_the_folders_with_a_manifest():
    """The ids of the decks are the folders of `decks/` that hold a deck.yaml, sorted."""
    assert tarot.deck_ids() == tuple(sorted(path.parent.name for path in ROOT.glob("decks/*/deck.yaml")))


def test_spread_ids_are_the_files():
    """The ids of the spreads are the names of the YAML files of `spreads/`, sorted."""
    assert tarot.spread_ids() == tuple(sorted(path.stem for path in ROOT.glob("spreads/*.yaml")))


@pytest.mark.parametrize("deck", tarot.deck_ids())
def test_a_deck_is_loaded_by_its_id(deck: str):
    """Every packaged deck loads, goes by its id, and holds each of its cards once, in deck order."""
    loaded = tarot.load_deck(deck)
    cards = [card.id for card in loaded.cards]

    assert loaded.id == deck
    assert cards == sorted(set(cards), key=DECK_ORDER.index)


def test_the_rider_waite_smith_deck_is_whole():
    """The deck has all 78 cards, and the Major Arcana are its first 22."""
    assert [card.id for card in tarot.load_deck("rider-waite-smith").cards] == [*DECK_ORDER]
    assert [card.id for card in tarot.load_deck("major-arcana").cards] == [*MAJORS]
    assert tarot.load_deck("major-arcana").cards == tarot.load_deck("rider-waite-smith").cards[:22]


@pytest.mark.parametrize("spread", tarot.spread_ids())
def test_a_spread_is_loaded_by_its_id(spread: str):
    """Every packaged spread loads, goes by its id, and says which file it was."""
    loaded = tarot.load_spread(spread)

    assert loaded.id == spread
    assert loaded.file == f"spreads/{spread}.yaml"
    assert loaded.positions


@pytest.mark.parametrize(
    ("load", "found", "said"),
    [
        (tarot.load_deck, "major-arkana", "did you mean 'major-arcana'?"),
        (tarot.load_deck, "zzz", "known: major-arcana, rider-waite-smith"),
        (tarot.load_spread, "emotional-blok", "did you mean 'emotional-block'?"),
        (tarot.load_spread, "zzz", f"known: {', '.join(tarot.spread_ids())}"),
    ],
    ids=["deck, near", "deck, far", "spread, near", "spread, far"],
)
def test_an_unknown_id_is_refused_with_what_there_is(load: Callable[[str], object], found: str, said: str):
    """An unknown id raises UnknownIdError with the nearest guess, or else with the ids there are."""
    what = "deck" if load is tarot.load_deck else "spread"

    with pytest.raises(tarot.UnknownIdError) as raised:
        load(found)

    assert str(raised.value) == f"found the {what} {found!r}, expected one that is packaged; {said}"


@given(text=st.text(max_size=200) | st.sampled_from(["..", "/", "major-arcana/", "./one-card", "one-card.yaml", ""]))
def test_a_text_is_only_ever_an_id(text: str):
    """Any text that is no id raises UnknownIdError, whatever path it may look like, and in a bounded message."""
    if text in IDS:
        text += "?"
    for load in (tarot.load_deck, tarot.load_spread):
        with pytest.raises(tarot.UnknownIdError) as raised:
            load(text)
        assert len(str(raised.value)) < 1000


def test_a_text_never_opens_a_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """A deck and a spread that lie there, under the very name and path that a text says, stay closed to it."""
    deck, spread = _copied("major-arcana", tmp_path), _copied("one-card", tmp_path)
    (tmp_path / "mine").symlink_to(deck)
    monkeypatch.chdir(tmp_path)

    for text in (str(deck), "./major-arcana", "mine", f"../{tmp_path.name}/major-arcana"):
        with pytest.raises(tarot.UnknownIdError):
            tarot.load_deck(text)
    for text in (str(spread), "./one-card.yaml", "one-card.yaml"):
        with pytest.raises(tarot.UnknownIdError):
            tarot.load_spread(text)


# paths ----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("deck", tarot.deck_ids())
def test_a_deck_on_disk_is_the_deck_itself(deck: str, tmp_path: Path):
    """A copy of a packaged deck, loaded by its path, is equal to it."""
    assert tarot.load_deck(_copied(deck, tmp_path)) == tarot.load_deck(deck)


@pytest.mark.parametrize("spread", tarot.spread_ids())
def test_a_spread_on_disk_is_the_spread_itself(spread: str, tmp_path: Path):
    """A copy of a packaged spread, loaded by its path, has its id, its digest and its content."""
    copied, packaged = tarot.load_spread(_copied(spread, tmp_path)), tarot.load_spread(spread)

    assert (copied.id, copied.digest, copied.content) == (packaged.id, packaged.digest, packaged.content)


def test_a_reading_does_not_record_where_content_lay(tmp_path: Path):
    """A reading made from a deck and a spread on disk holds no path of the machine."""
    deck, spread = _copied("rider-waite-smith", tmp_path), _copied("one-card", tmp_path)

    reading = tarot.read(spread, deck=deck, seed=4)

    assert str(tmp_path) not in reading.to_json()
    assert str(tmp_path) not in reading.trace()


class _Place:
    """A path that is no Path."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def __fspath__(self) -> str:
        return str(self._path)


def test_any_path_like_will_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """A relative path, one that climbs and comes back, a link, and any other os.PathLike lead to the deck as well."""
    deck, spread = _copied("major-arcana", tmp_path), _copied("one-card", tmp_path)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "link").symlink_to(deck)

    for path in (Path("major-arcana"), deck / ".." / deck.name, Path("link"), _Place(deck)):
        assert tarot.load_deck(path) == tarot.load_deck("major-arcana")
    for path in (Path("one-card.yaml"), deck / ".." / spread.name, _Place(spread)):
        assert tarot.load_spread(path).content == tarot.load_spread("one-card").content


@pytest.mark.parametrize(
    ("load", "name", "code"),
    [
        (tarot.load_deck, "nowhere", "no-file"),
        (tarot.load_spread, "nowhere.yaml", "no-file"),
        (tarot.load_spread, "nowhere/deep/down.yaml", "no-file"),
        (tarot.load_spread, "Shouted.yaml", "bad-name"),
        (tarot.load_spread, ".hidden.yaml", "bad-name"),
        (tarot.load_spread, "two words.yaml", "bad-name"),
    ],
)
def test_a_path_that_leads_nowhere_is_a_fault(load: Callable[[Path], object], name: str, code: str, tmp_path: Path):
    """A path without content, or with a name that content may not have, is a ContentError that names the file."""
    problem = _fault(lambda: load(tmp_path / name))

    assert problem.code == code
    assert problem.place.file.startswith(str(tmp_path / name))


def test_a_link_that_leads_out_of_its_deck_is_a_fault(tmp_path: Path):
    """A deck cannot show a file that lies outside its folder, not by a link to a file and not by one to a folder."""
    deck = _copied("rider-waite-smith", tmp_path)
    outside = tmp_path / "outside"
    shutil.move(deck / "major_arcana", outside)
    (deck / "major_arcana").symlink_to(outside)
    loaded = tarot.load_deck(deck)

    assert _fault(lambda: library.card_text(loaded, loaded.cards[0])).code == "outside"


def test_content_on_disk_is_read_anew(tmp_path: Path):
    """What is mended on disk is there at the next load."""
    deck = _deck(tmp_path / "mine", cards={"major_arcana.00": CARD})
    before = tarot.load_deck(deck)
    _deck(tmp_path / "mine", cards={"major_arcana.00": CARD | {"name": "The Lantern"}})

    after = tarot.load_deck(deck)

    assert [card.name for card in (*before.cards, *after.cards)] == ["The Lamp", "The Lantern"]
    assert before != after


def test_packaged_content_is_read_once_and_kept_within_bounds():
    """A packaged deck is one object however often it is asked for, and no cache can grow without end."""
    assert tarot.load_deck("rider-waite-smith") is tarot.load_deck("rider-waite-smith")
    assert tarot.load_spread("one-card").content is tarot.load_spread("one-card").content
    for cache in (_content._packaged, library._packaged_deck, library.languages):
        assert cache.cache_info().currsize <= cache.cache_info().maxsize <= 1000


def test_threads_load_the_same_content():
    """Decks, spreads and texts that eight threads load at once, from cold caches, are equal."""
    for cache in (_content._packaged, library._packaged_deck, library.languages):
        cache.cache_clear()

    def load(_: int) -> object:
        deck = tarot.load_deck("major-arcana")
        return deck, [library.card_text(deck, card) for card in deck.cards[:4]], tarot.load_spread("one-card")

    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(load, range(16)))

    assert all(each == found[0] for each in found)


# digests --------------------------------------------------------------------------------------------------------------


def test_a_digest_does_not_see_layout(tmp_path: Path):
    """Comments, line breaks and quoting leave a spread's digest alone; another word, or another order, does not."""
    path = tmp_path / "one-card.yaml"
    packaged = tarot.load_spread("one-card")
    content = yaml.safe_load((ROOT / "spreads" / "one-card.yaml").read_text(encoding="utf-8"))

    def digest(text: str) -> str:
        path.write_text(text, encoding="utf-8")
        return tarot.load_spread(path).digest

    assert digest(yaml.safe_dump(content, sort_keys=False, width=40)) == packaged.digest
    assert digest(f"# a remark\n{json.dumps(content)}") == packaged.digest
    assert digest(_dump(content | {"name": f"{content['name']}s"})) != packaged.digest
    assert digest(_dump(dict(reversed(content.items())))) != packaged.digest


def test_a_deck_that_extends_another_has_a_digest_of_both(tmp_path: Path):
    """A deck that only extends one differs from it in its digest, and a card of its own makes another one still."""
    plain = tarot.load_deck(_deck(tmp_path / "a" / "mine", extends="major-arcana"))
    other = tarot.load_deck(_deck(tmp_path / "b" / "mine", extends="rider-waite-smith"))
    more = tarot.load_deck(_deck(tmp_path / "c" / "mine", extends="major-arcana", cards={"major_arcana.00": CARD}))

    digests = [deck.digest for deck in (plain, other, more, tarot.load_deck("major-arcana"))]
    assert len(set(digests)) == 4


# extending ------------------------------------------------------------------------------------------------------------


@given(keep=st.lists(st.sampled_from(DECK_ORDER), unique=True, min_size=1))
def test_a_deck_keeps_what_it_says_in_that_order(keep: list[str]):
    """A deck that extends another and keeps some cards has just these, in the order in which it names them."""
    with tempfile.TemporaryDirectory() as folder:
        deck = tarot.load_deck(_deck(Path(folder) / "mine", extends="rider-waite-smith", keep=keep))

    whole = {card.id: card for card in tarot.load_deck("rider-waite-smith").cards}
    assert list(deck.cards) == [whole[card] for card in keep]


def test_a_deck_that_keeps_nothing_by_name_keeps_all(tmp_path: Path):
    """Without `keep` a deck has every card of the one it extends."""
    deck = tarot.load_deck(_deck(tmp_path / "mine", extends="major-arcana"))

    assert deck.cards == tarot.load_deck("major-arcana").cards
    assert (deck.id, deck.name, deck.language) == ("mine", "A deck", "en")


def test_a_card_of_its_own_takes_the_place_of_the_other(tmp_path: Path):
    """A deck's own card stands where the extended deck has one of that id, and a new card stands at the end."""
    own = {"minor_arcana.cups.two": CARD | {"name": "Two Lamps"}, "major_arcana.03": CARD}

    deck = tarot.load_deck(_deck(tmp_path / "mine", extends="major-arcana", cards=own))

    assert [card.id for card in deck.cards] == [*MAJORS, "minor_arcana.cups.two"]
    assert [deck.cards[n].name for n in (2, 3, 22)] == ["The High Priestess", "The Lamp", "Two Lamps"]


def test_a_card_of_its_own_can_be_kept(tmp_path: Path):
    """`keep` may name the deck's own cards among the others."""
    keep = ["minor_arcana.cups.two", "major_arcana.00"]

    deck = tarot.load_deck(
        _deck(tmp_path / "mine", extends="major-arcana", cards={"minor_arcana.cups.two": CARD}, keep=keep)
    )

    assert [card.id for card in deck.cards] == keep


@pytest.mark.parametrize(
    ("keys", "code", "path", "hint"),
    [
        ({"id": "another"}, "id", "id", ""),
        ({"language": "ne"}, "unknown-id", "language", "known: en"),
        ({"language": "../en"}, "unknown-id", "language", "known: en"),
        ({"cards": None}, "no-cards", "", ""),
        ({"keep": ["major_arcana.00"]}, "keep", "keep", ""),
        ({"extends": "major-arkana"}, "unknown-id", "extends", "did you mean 'major-arcana'?"),
        ({"extends": "mine"}, "unknown-id", "extends", None),
        ({"extends": "major-arcana", "keep": ["major_arcana.77"]}, "unknown-id", "keep", None),
        ({"extends": "major-arcana", "keep": ["minor_arcana.cups.ace"]}, "unknown-id", "keep", None),
        ({"extends": "major-arcana", "keep": ["major_arcana.00", "major_arcana.00"]}, "keep", "keep", ""),
    ],
    ids=[
        "an id that is not the folder's",
        "an unknown language",
        "a language that climbs",
        "no cards",
        "keep without extends",
        "an unknown deck",
        "itself",
        "no such card",
        "a card of another deck",
        "a card kept twice",
    ],
)
def test_a_manifest_that_contradicts_itself_is_a_fault(
    keys: dict[str, Any], code: str, path: str, hint: str | None, tmp_path: Path
):
    """A manifest's faults are told with their code and path, at the line where they stand, and with a guess."""
    folder = _deck(tmp_path / "mine", **{"cards": {"major_arcana.00": CARD}} | keys)

    problem = _fault(lambda: tarot.load_deck(folder))

    assert (problem.code, problem.path, problem.severity) == (code, path, "error")
    assert hint is None or problem.hint == hint
    assert problem.place.file == f"{folder}/deck.yaml"
    assert problem.place.line == (_line(folder / "deck.yaml", f"{path}:") + (path == "keep") if path else 1)


# text -----------------------------------------------------------------------------------------------------------------


def test_text_comes_from_the_first_folder_that_has_it(tmp_path: Path):
    """A deck's own text goes before that of the deck it extends, which is there for all other cards."""
    folder = _deck(tmp_path / "mine", extends="rider-waite-smith")
    (folder / "major_arcana").mkdir()
    shutil.copy(ROOT / "decks/rider-waite-smith/major_arcana/17.yaml", folder / "major_arcana/00.yaml")
    deck = tarot.load_deck(folder)

    fool, magician, star = (library.card_text(deck, deck.cards[number]) for number in (0, 1, 17))

    assert fool.content == star.content
    assert fool.file == "mine/major_arcana/00.yaml"
    assert magician.file == "decks/rider-waite-smith/major_arcana/01.yaml"
    assert magician == library.card_text(tarot.load_deck("rider-waite-smith"), deck.cards[1])


def test_missing_text_is_a_fault(tmp_path: Path):
    """A card without text in any of its deck's folders is a ContentError that names the file it should be in."""
    folder = _deck(tmp_path / "mine", cards={"minor_arcana.cups.two": CARD})
    deck = tarot.load_deck(folder)

    problem = _fault(lambda: library.card_text(deck, deck.cards[0]))

    assert problem.code == "missing-text"
    assert problem.place == tarot.Place(f"{folder}/minor_arcana/cups/two.yaml")
    assert "The Lamp" in problem.message
    assert "minor_arcana/cups/two.yaml" in problem.message


def test_a_card_without_text_cannot_be_read(tmp_path: Path):
    """A draw that holds a card without text is no reading: the fault is told, and nothing is left out in silence."""
    deck = _deck(tmp_path / "mine", cards={"minor_arcana.cups.two": CARD})

    drawn = tarot.draw("one-card", seed=1, deck=deck)

    assert _fault(lambda: tarot.interpret(drawn)).code == "missing-text"


@pytest.mark.parametrize(
    ("card", "name"),
    [("major_arcana.00", "major_arcana/00.yaml"), ("minor_arcana.cups.ace", "minor_arcana/cups/ace.yaml")],
)
def test_the_path_of_a_text_is_the_card_s_id(card: str, name: str):
    """The file that holds a card's text is named by the card's id."""
    assert library.text_name(card) == name


@pytest.mark.parametrize(
    ("name", "model"), [("pictures.yaml", PicturesFile), ("pairs.yaml", PairsFile), ("motifs.yaml", MotifsFile)]
)
def test_what_pictures_share_comes_from_the_first_folder_too(name: str, model: type, tmp_path: Path):
    """A deck's own file goes first, then that of the deck it extends; a deck that has neither has None."""
    own, inherits = (
        _deck(tmp_path / "own", extends="major-arcana"),
        _deck(tmp_path / "inherits", extends="major-arcana"),
    )
    alone = _deck(tmp_path / "alone", cards={"major_arcana.00": CARD})
    shutil.copy(ROOT / "decks/rider-waite-smith" / name, own)
    packaged = library.pictures(tarot.load_deck("rider-waite-smith"), name, model)

    found = [library.pictures(tarot.load_deck(deck), name, model) for deck in (own, inherits, alone)]

    assert [read and read.content for read in found] == [packaged.content, packaged.content, None]
    assert [read and read.file for read in found] == [f"own/{name}", f"decks/rider-waite-smith/{name}", None]


def test_shared_wording_is_found_by_language():
    """Wording is read in a language that is there; one that is not, and one that climbs, is a fault."""
    assert library.languages() == ("en",)
    assert library.wording("en", "care", CareFile).file == "wording/en/care.yaml"
    assert _fault(lambda: library.wording("xx", "care", CareFile)).code == "no-file"
    assert _fault(lambda: library.wording("../wording/en", "care", CareFile)).code == "bad-name"


@pytest.mark.parametrize("which", ThemeId)
def test_every_theme_has_its_file(which: ThemeId):
    """Each of the eight themes is read from a file of its name."""
    assert library.theme(which).file == f"themes/{which}.yaml"
    assert library.theme(which).content.name


def test_the_article_is_read():
    """The article's title and claims are there."""
    assert library.article().title
    assert library.article().claims


# faults between the parts of a file -----------------------------------------------------------------------------------


def test_a_fault_between_parts_is_told_at_its_place(tmp_path: Path):
    """A spread whose parts do not agree is a ContentError with every such fault, each at its own line."""
    path = _copied("three-mirrors", tmp_path)
    content = yaml.safe_load(path.read_text(encoding="utf-8"))
    first, second, _ = content["positions"].values()
    first["cell"], second["rotate"] = [0, 1], 45
    content["synthesis"]["closings"] = {"lost": "Look to {{ nowhere.gift }}.", "fine": "Look about."}
    path.write_text(_dump(content), encoding="utf-8")

    with pytest.raises(tarot.ContentError) as raised:
        tarot.load_spread(path)

    lines = path.read_text(encoding="utf-8").splitlines()
    found = {(problem.code, problem.path): lines[problem.place.line - 1].strip() for problem in raised.value.problems}
    assert found == {
        ("grid", "positions.understood.cell"): "- 0",
        ("grid", "positions.beyond.rotate"): "rotate: 45",
        ("template", "synthesis.closings.lost"): "lost: Look to {{ nowhere.gift }}.",
    }
    assert [problem.place for problem in raised.value.problems] == sorted(p.place for p in raised.value.problems)


def test_faults_of_shape_are_told_together(tmp_path: Path):
    """A manifest with several faults of shape tells all of them in one error, a line for each."""
    folder = _deck(tmp_path / "mine", cards={"major_arcana.00": CARD | {"element": "steam", "nmae": "x"}}, nme="y")

    with pytest.raises(tarot.ContentError) as raised:
        tarot.load_deck(folder)

    assert {problem.code for problem in raised.value.problems} == {"unknown-value", "unknown-key"}
    assert len(raised.value.problems) == 3
    assert len(str(raised.value).splitlines()) == 3


def test_content_without_parts_to_compare_has_no_faults():
    """Only files whose parts must agree are checked across them."""
    assert list(_content.cross_faults(object())) == []


def test_reading_a_packaged_file_twice_gives_one_object():
    """A packaged file is one object however often it is read; a file on disk is read each time."""
    packaged = Folder.packaged("intimacy_tarot.decks", "rider-waite-smith")
    on_disk = Folder.on_disk(ROOT / "decks" / "rider-waite-smith")
    name = "major_arcana/00.yaml"

    assert _content.read(packaged, name, CardText) is _content.read(packaged, name, CardText)
    first, second = _content.read(on_disk, name, CardText), _content.read(on_disk, name, CardText)
    assert first is not second
    assert first == second


@pytest.mark.skipif(os.name != "posix", reason="needs a file that is no regular one")
def test_a_file_that_is_no_file_is_a_fault(tmp_path: Path):
    """A pipe where content is wanted is a fault, and nobody waits for it."""
    os.mkfifo(tmp_path / "pipe.yaml")

    assert _fault(lambda: tarot.load_spread(tmp_path / "pipe.yaml")).code == "no-file"


def test_content_from_disk_draws_like_the_packaged_one(tmp_path: Path):
    """A deck and a spread copied to disk give the same cards and the same words."""
    deck, spread = _copied("rider-waite-smith", tmp_path), _copied("three-mirrors", tmp_path)
    majors = _deck(tmp_path / "major-arcana", extends="rider-waite-smith", keep=[*MAJORS])
    seed = random.Random(7).getrandbits(64)  # noqa: S311  any seed will do

    assert tarot.draw(spread, seed=seed, deck=deck) == tarot.draw("three-mirrors", seed=seed, deck="rider-waite-smith")
    assert str(tarot.read(spread, seed=seed, deck=majors)) == str(
        tarot.read("three-mirrors", seed=seed, deck="major-arcana")
    )
