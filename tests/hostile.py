"""What a stranger could send: real files and words, broken in every way we know, and what they are sent to.

Everything follows from a seed, so that what was found once can be had again. `attack` gives the inputs of a target
one by one with what became of each.
"""

from __future__ import annotations

import contextlib
import copy
import io
import json
import random
import tempfile
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import yaml

import intimacy_tarot as tarot
from intimacy_tarot import _source
from intimacy_tarot._axes import AxisFile
from intimacy_tarot._card_text import CardText
from intimacy_tarot._cli import main
from intimacy_tarot._content import cross_faults
from intimacy_tarot._convert import convert
from intimacy_tarot._models import DeckFile
from intimacy_tarot._pictures import MotifsFile, PairsFile, PicturesFile
from intimacy_tarot._senses import SensesFile, ToWish
from intimacy_tarot._source import Folder
from intimacy_tarot._spread import SpreadFile
from intimacy_tarot._wording import PracticesFile, ThreadFile

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ROOT: Final = Path(__file__).parents[1]
DECK: Final = ROOT / "decks" / "rider-waite-smith"
WORDING: Final = ROOT / "src" / "intimacy_tarot" / "wording" / "en"

REARRANGED: Final = 0.7
"""The share of broken records that are still JSON."""

SMALL_STACK: Final = 256 * 1024
HEAD: Final = 20_000
"""How much of a large file is sent: enough for every kind of thing in it, and little enough for many tries."""

MEAN: Final = (
    "&a ", "*a", "!!python/object:os.system ", "<<: *a", "%YAML 1.1\n---\n", "---\n", "...\n", "\t", "\0", "\x85",
    "\u2028", "\u202e", "\u2066", "\ufeff", "\ud800", "\\ud800", "\\u0000", '"', "'", "{", "}", "[", "]", ": ", "- ",
    "#", "|\n", ">-\n", "? ", "@", "`", ",", "\r\n", "\r", "\n", "  ", "é", "𐀀", "e\u0301", "1e999", "NaN", "-0",
    "0x1f", "null", "~", "yes", "12:30", "2024-01-01", "9" * 60, "{{ P.subj }}", "{{ P.Subj", "}}", "{% if P %}",
    "{% endif %}", "{% for a in b %}", "{{ x.__class__ }}", "{{ 7*7 }}", "{{ P.subj|cap_first|cap_first }}",
    "{{ not P.subj }}", "{# note #}", "{% raw %}", "{{" + "a." * 150 + "b}}", "{{" + "(" * 90 + "}}",
    "{% if a %}" * 40, "[" * 40, "{" * 40, "[" * 3000, "- " * 3000, "? " * 2000, "a: " * 500, "x" * 30_000,
    "\n" * 4000, " " * 6000, "../../etc/passwd", "a\0b", "rx", "reversed", "XIV", "C2 rx", "of", "(R)",
    "\u0131\u0130", "\ufb00", "text:", "--", "--seed", "-1", "%s", "$(id)", "|cat",
)  # fmt: skip
"""Pieces that mean something to one reader or another."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one input: `read`, `refused` by an error of ours, or what else got out, and its seconds."""

    sent: str
    found: str
    seconds: float


def broken(text: str, chance: random.Random) -> str:
    """Return a text with one to four things done to it."""
    for _ in range(chance.choice((1, 1, 2, 4))):
        text = chance.choice(WAYS)(text, chance)
    return text


def _with(text: str, chance: random.Random) -> str:
    at = chance.randint(0, len(text))
    return text[:at] + chance.choice(MEAN) + text[at:]


def _without(text: str, chance: random.Random) -> str:
    at = chance.randint(0, len(text))
    return text[:at] + text[at + chance.randint(1, 40) :]


def _cut(text: str, chance: random.Random) -> str:
    return text[: chance.randint(0, len(text))]


def _other(text: str, chance: random.Random) -> str:
    at = chance.randint(0, len(text))
    code = chance.randrange(chance.choice((128, 0x3000, 0x110000)))
    return text[:at] + chr(code) + text[at + 1 :]


def _lines(text: str, chance: random.Random) -> str:
    """Swap, double, drop or shift a line."""
    lines = text.split("\n")
    one, other = chance.randrange(len(lines)), chance.randrange(len(lines))
    done = chance.randrange(4)
    if done == 0:
        lines[one], lines[other] = lines[other], lines[one]
    elif done == 1:
        lines.insert(one, lines[other])
    elif done == 2:
        del lines[one]
    else:
        lines[one] = " " * chance.randint(1, 8) + lines[one].lstrip()
    return "\n".join(lines)


def _worded(text: str, chance: random.Random) -> str:
    """Put something mean in the place of a word."""
    words = text.split(" ")
    words[chance.randrange(len(words))] = chance.choice(MEAN)
    return " ".join(words)


WAYS: Final = (_with, _without, _cut, _other, _lines, _worded, _with, _worded)


def rearranged(text: str, chance: random.Random) -> str:
    """Return a record that is still JSON, one to four of its values changed, moved, doubled or gone."""
    data = json.loads(text)
    for _ in range(chance.choice((1, 1, 2, 4))):
        places = list(_places_in(data))
        whole, key = chance.choice(places)
        other, place = chance.choice(places)
        done = chance.randrange(6)
        if done == 0:
            whole[key] = copy.deepcopy(other[place])
        elif done == 1:
            whole[key], other[place] = copy.deepcopy(other[place]), copy.deepcopy(whole[key])
        elif done == 2:
            del whole[key]
        elif done == 3 and isinstance(whole, list):
            whole.insert(key, copy.deepcopy(whole[key]))
        elif done == 4:
            whole[key] = chance.choice((None, True, 0, -1, 0.5, "", [], {}, chance.choice(MEAN)))
        else:
            alike = [(one, at) for one, at in places if type(one[at]) is type(whole[key])]
            other, place = chance.choice(alike)
            whole[key] = copy.deepcopy(other[place])
    return json.dumps(data)


def _places_in(data: Any) -> Iterator[tuple[Any, Any]]:
    """Yield every place in plain data, as what holds it and its key or number there."""
    for key, value in list(data.items() if isinstance(data, dict) else enumerate(data)):
        yield data, key
        if isinstance(value, (dict, list)):
            yield from _places_in(value)


# --- what is attacked


def _file(path: Path) -> str:
    text = path.read_text(encoding="utf-8")
    return text if len(text) < HEAD else text[: text.rindex("\n", 0, HEAD) + 1]


def _desk(folder: str, model: type) -> Callable[[str], None]:
    """Return what takes a text as a stranger's file in a folder, and reads it as a model."""
    path = Path(folder) / "sent.yaml"

    def take(text: str) -> None:
        path.write_bytes(text.encode("utf-8", "surrogatepass"))
        content, _ = convert(Folder.on_disk(folder).read("sent.yaml"), model)
        for _ in cross_faults(content):
            return

    return take


def _record(text: str) -> None:
    """Load a saved reading and print it in every format; one that is refused may still be verified."""
    try:
        reading = tarot.Reading.from_json(text)
        for printed in (str, repr, _drawn, tarot.Reading.to_json, tarot.Reading.trace):
            printed(reading)
        for printed in (tarot.Reading.to_markdown, tarot.Reading.to_html, tarot.Reading.to_svg):
            printed(reading)
    finally:
        tarot.verify(text)


def _drawn(reading: tarot.Reading) -> str:
    return f"{reading.draw}{reading.plan}"


def _card(text: str) -> None:
    deck = tarot.load_deck("rider-waite-smith")
    try:
        deck.find(text)
    except tarot.TarotError:
        deck.parse(text)


def _person(text: str) -> None:
    try:
        tarot.Person(text)
    finally:
        tarot.read("one-card", seed=text, question=text, reader=text, support_text=text, deck="major-arcana")


def _script(text: str) -> None:
    """Run the script with the words of a text; it may end in 0, 1 or 2 and say one line where it fails."""
    printed, told = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8") for _ in range(2))
    with contextlib.redirect_stdout(printed), contextlib.redirect_stderr(told):
        try:
            status = main(text.split("\n"))
        except SystemExit as leaving:
            status = leaving.code
        told.flush()
    said = told.buffer.getvalue().decode("utf-8")
    if status not in (0, 1, 2, None) or "Traceback" in said:
        raise AssertionError(f"status {status!r}: {said[:200]}")
    if status == 2 and said.count("\n") != 1:
        raise AssertionError(f"not one line: {said[:200]!r}")


SCRIPTS: Final = (
    "read\none-card\n--seed\n7", "draw\nscales\n--seed\ntext:7\n--reversal-rate\n0.5",
    "lay\none-card\nThe Moon rx\n--format\njson", "list", "show\nscales", "show\nrider-waite-smith\ntwo of cups",
    "read\none-card\n--partner\nSam\n--pronouns\nshe\n--format\nhtml\n--style\nnight", "check\none-card",
    "verify\nnone.json",
    "read\none-card\n--format\nsvg\n--palette\ndark\n--width\n40\n--no-themes",
)  # fmt: skip

CARDS: Final = ("two of cups", "C2 rx", "XIV", "The Moon reversed", "queen of swords (R)", "major_arcana.00", "W10")
TYPED: Final = ("Renée", "Why are we so distant?", "a quiet evening", "He hits me and I am afraid")


def corpus(target: str) -> list[str]:
    """Return the whole inputs that the broken ones of a target without files are made of."""
    if target == "record":
        named = tarot.read("one-card", seed=(1, "x"), partner="Sam")
        asked = tarot.read("you-partner-us", seed=2, question="Why?")
        return [named.to_json(), asked.to_json(), named.to_json(private=False)]
    return list({"card name": CARDS, "script": SCRIPTS, "typed words": TYPED}[target])


FILES: Final[dict[str, dict[Path, type]]] = {
    "deck": {
        ROOT / "decks" / "major-arcana" / "deck.yaml": DeckFile,
        DECK / "deck.yaml": DeckFile,
        DECK / "pictures.yaml": PicturesFile,
        DECK / "pairs.yaml": PairsFile,
        DECK / "motifs.yaml": MotifsFile,
        DECK / "senses.yaml": SensesFile,
    },
    "entry": {
        DECK / "major_arcana" / "08.yaml": CardText,
        DECK / "minor_arcana" / "cups" / "two.yaml": CardText,
    },
    "spread": {ROOT / "spreads" / "one-card.yaml": SpreadFile, ROOT / "spreads" / "you-partner-us.yaml": SpreadFile},
    "wording": {
        WORDING / "thread.yaml": ThreadFile,
        WORDING / "practices.yaml": PracticesFile,
        WORDING / "axes" / "eyes.yaml": AxisFile,
        WORDING / "relations" / "snag_wish" / "silence.yaml": ToWish,
    },
}
"""Each kind of content: the files that its broken ones are made of, and the model of each."""

TARGETS: Final = (*FILES, "record", "card name", "typed words", "script")


def takers(target: str, folder: str) -> list[tuple[str, Callable[[str], Any]]]:
    """Return a target's whole inputs, each with what takes the broken ones made of it."""
    if target in FILES:
        return [(_file(path), _desk(folder, model)) for path, model in FILES[target].items()]
    take = {"record": _record, "card name": _card, "typed words": _person, "script": _script}[target]
    return [(text, take) for text in corpus(target)]


def attack(target: str, count: int, seed: int = 0) -> Iterator[Outcome]:
    """Send so many broken inputs to a target, and yield what became of each; YAML is read by both parsers in turn."""
    chance, own = random.Random(f"{target} {seed}"), _source._LOADER  # noqa: S311  it has to be had again
    folder = tempfile.TemporaryDirectory()
    try:
        pairs = takers(target, folder.name)
        for number in range(count):
            whole, take = chance.choice(pairs)
            sent = (rearranged if target == "record" and chance.random() < REARRANGED else broken)(whole, chance)
            _source._LOADER = own if number % 2 else yaml.SafeLoader
            begun = time.thread_time()
            found = _became(take, sent)
            yield Outcome(sent, found, time.thread_time() - begun)
    finally:
        _source._LOADER = own
        folder.cleanup()


def _became(take: Callable[[str], Any], sent: str) -> str:
    try:
        take(sent)
    except tarot.TarotError:
        return "refused"
    except Exception as error:  # noqa: BLE001  whatever else gets out is what is looked for
        return f"{type(error).__name__}: {error}"[:300]
    return "read"


def on_small_stack(run: Callable[[], Any]) -> Any:
    """Return what a function returns in a thread with a stack of 256 KB."""
    found: list[Any] = []
    before = threading.stack_size(SMALL_STACK)
    try:
        thread = threading.Thread(target=lambda: found.append(run()))
        thread.start()
    finally:
        threading.stack_size(before)
    thread.join()
    return found[0]
